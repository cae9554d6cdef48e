"""Looks at cells before any word is read.

In come columns and rows of cells, out go profiles of columns, what is worked out from what, and the block where students stand.
"""
