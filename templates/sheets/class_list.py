"""The sheet `Class list`: the class in order of priority on one page, written by every run and empty until then."""

from __future__ import annotations

from xlsxwriter import Workbook

from addin.results.class_list import HEADINGS, SHEET, WIDTHS
from templates.content import Content
from templates.sheets.tables import TableColumn, colour_flags, write_table
from templates.styles import Styles

TABLE = "ClassList"

ONE_PAGE = 40
"""Students who still fit on one page of A4 in letters that can be read."""

_CENTRED = frozenset({"Priority", "Flag", "Risk", "Likely grade", "Target", "Last runs", "Decision"})
_LINE = 16.5
"""Points: thirty lines stand on a small screen at 75 %."""


def write(workbook: Workbook, styles: Styles, content: Content) -> None:
    """Add the sheet.

    Example:
        >>> from io import BytesIO
        >>> book = Workbook(BytesIO())
        >>> write(book, Styles(book), Content.of())
        >>> [sheet.name for sheet in book.worksheets()]
        ['Class list']
    """
    columns = [
        TableColumn(
            heading=heading,
            width=width,
            number_format="0%" if heading == "Risk" else "General",
            centred=heading in _CENTRED,
            one_line=True,
        )
        for heading, width in zip(HEADINGS, WIDTHS, strict=True)
    ]
    sheet = write_table(workbook, styles, sheet=SHEET, table=TABLE, columns=columns, rows=())
    sheet.set_default_row(_LINE)
    colour_flags(sheet, styles, HEADINGS.index("Flag"))
    if content.room <= ONE_PAGE:
        sheet.fit_to_pages(1, 1)
    sheet.set_header("&L&12Class list in order of priority&R&10&D")
    sheet.freeze_panes(1, HEADINGS.index("Risk"))
