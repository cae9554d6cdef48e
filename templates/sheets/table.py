"""Sheets that are one Excel table with its headings in row 1: the program fills them, or teacher and program together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from templates.cells import write_value
from templates.content import Value
from templates.layout import Group
from templates.styles import Styles

A4 = 9
"""Excel's number of the paper."""

TABLE_STYLE = "Table Style Light 1"
"""Thin lines and grey bands, which follow the table when the program makes it longer."""


@dataclass(frozen=True, kw_only=True)
class TableColumn:
    """A column: its heading, its width in characters, and how its numbers look."""

    heading: str
    width: float
    number_format: str = "General"
    centred: bool = False


def write_table(
    workbook: Workbook,
    styles: Styles,
    *,
    sheet: str,
    table: str,
    columns: Sequence[TableColumn],
    rows: Sequence[Sequence[Value]],
    header_row: int = 1,
    room: int = 1,
) -> Worksheet:
    """Add a sheet with a table.

    Args:
        workbook, styles: Where.
        sheet, table: Names of the sheet and of its table.
        columns: From column A on.
        rows: What the table holds.
        header_row: The row of the headings, counted from 1.
        room: The least number of rows; Excel wants one even in an empty table.

    Returns:
        The sheet, for what is particular to it.

    Example:
        >>> from io import BytesIO
        >>> book = Workbook(BytesIO())
        >>> column = TableColumn(heading="Cell", width=12)
        >>> write_table(book, Styles(book), sheet="Queries", table="Queries", columns=[column], rows=[]).get_name()
        'Queries'
    """
    page = workbook.add_worksheet(sheet)
    heading = styles.band(Group.IDENTITY, align="left", indent=1, valign="vcenter")
    looks = []
    for position, column in enumerate(columns):
        place = {"align": "center", "indent": 0} if column.centred else {}
        looks.append(styles.text(num_format=column.number_format, text_wrap=not column.centred, **place))
        # The column carries the format too, for rows that are added later.
        page.set_column(position, position, column.width, looks[-1])
    last_row = header_row + max(room, len(rows), 1)
    page.set_row(header_row - 1, 22)
    page.add_table(
        header_row - 1,
        0,
        last_row - 1,
        len(columns) - 1,
        {
            "name": table,
            "style": TABLE_STYLE,
            "columns": [{"header": column.heading, "header_format": heading} for column in columns],
        },
    )
    filled = [*rows, *[[None] * len(columns)] * (last_row - header_row - len(rows))]
    for number, cells in enumerate(filled, start=header_row + 1):
        for place_in_row, (cell, look) in enumerate(zip(cells, looks, strict=True), start=1):
            write_value(page, number, place_in_row, cell, look)
    page.freeze_panes(header_row, 0)
    set_up_page(page)
    page.repeat_rows(header_row - 1)
    return page


def set_up_page(page: Worksheet) -> None:
    """Print on A4, landscape, one page wide, with the sheet's name at the foot."""
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&9Confidential: student data&C&9&A&R&9Page &P of &N")
