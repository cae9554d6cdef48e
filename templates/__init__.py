"""The workbooks that the project ships, and the modules that build them.

`build` puts a workbook together; each sheet is one module with a function `write`; `layout` says which columns the
markbook has; `roster` invents students, so that no example holds a real name.
"""
