"""Guards, reads and patches the parts of an .xlsx or .xlsm file; used by `addin/hosts/closed_file.py` alone.

guard.check(path)                       refuse what is no workbook or would not fit
read.read_book(path)                    the file as a `grid.Book`
patch.patch_workbook(source, edits, target)   the file with new result columns, all else byte for byte
"""
