"""The workbooks that the project ships, and the modules that build them.

`build` puts a workbook together; each sheet is one module with a function `write` (those that are one table share
`table_sheet`); `layout` says which columns the markbook has and `content` what goes into them; `formulas` holds the formulas of
`Summary` and `Fairness`; `roster` and `example` invent students and their year, so that no example holds a real name.
"""
