"""The open workbook, proved through xlwings' own remote engine."""
