"""The sheet `Queries`: cells that the program did not understand, each with its rule and remedy; written by every run."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter import Workbook

from templates.content import Content, Value
from templates.sheets.table import TableColumn, write_table
from templates.styles import Styles

NAME = "Queries"
"""Of the sheet and of its table."""

COLUMNS = (
    TableColumn(heading="Cell", width=12),
    TableColumn(heading="Value", width=24, number_format="@"),
    TableColumn(heading="Rule", width=52),
    TableColumn(heading="Remedy", width=60),
)


def write(workbook: Workbook, styles: Styles, content: Content) -> None:
    """Add the sheet, empty.

    Example:
        >>> from io import BytesIO
        >>> book = Workbook(BytesIO())
        >>> write(book, Styles(book), Content.of())
        >>> [sheet.name for sheet in book.worksheets()]
        ['Queries']
    """
    del content
    write_rows(workbook, styles, ())


def write_rows(workbook: Workbook, styles: Styles, rows: Sequence[Sequence[Value]]) -> None:
    """Add the sheet with rows: cell, value, rule and remedy of each query."""
    write_table(workbook, styles, sheet=NAME, table=NAME, columns=COLUMNS, rows=rows)
