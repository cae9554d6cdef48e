"""Works on closed files.

In comes the path of a workbook, out goes the path of a result; what is replaced is kept as a dated backup.
"""
