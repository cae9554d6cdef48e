"""Understands a sheet.

In comes a grid of cells (`grid.Book`), out goes a `Markbook` with its students, columns, marks and queries.
"""
