"""Finds a class on a sheet: the row of headings, the rows of students, totals and what else stands around them.

In comes a sheet, out goes a layout whose columns are settled by words and shape, with the rows of its students.
"""
