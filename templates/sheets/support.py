"""The sheet `Support`: a card for each student who is flagged or accepted, four to a page, written by every run."""

from __future__ import annotations

from xlsxwriter import Workbook

from addin.results.support_cards import CARDS_A_PAGE, HEADINGS, SHEET, WIDTHS
from templates.content import Content
from templates.roster import LARGEST_ROSTER
from templates.sheets.tables import TableColumn, write_table
from templates.styles import Styles

_CENTRED = frozenset({"Review on", "Decision"})
_SCALE = 60
"""Per cent at which the columns fill a page of A4 across, and four cards with the longest activities one from top to bottom."""


def write(workbook: Workbook, styles: Styles, content: Content) -> None:
    """Add the sheet.

    Example:
        >>> from io import BytesIO
        >>> book = Workbook(BytesIO())
        >>> write(book, Styles(book), Content.of())
        >>> [sheet.name for sheet in book.worksheets()]
        ['Support']
    """
    del content
    columns = [
        TableColumn(
            heading=heading,
            width=width,
            number_format="yyyy-mm-dd" if heading == "Review on" else "General",
            centred=heading in _CENTRED,
        )
        for heading, width in zip(HEADINGS, WIDTHS, strict=True)
    ]
    sheet = write_table(workbook, styles, sheet=SHEET, table=SHEET, columns=columns, rows=())
    # A page that is fitted to a number of pages heeds no breaks, so it is scaled instead.
    sheet.set_print_scale(_SCALE)
    sheet.set_margins(left=0.3, right=0.3, top=0.45, bottom=0.55)
    sheet.set_h_pagebreaks(list(range(1 + CARDS_A_PAGE, 2 + LARGEST_ROSTER, CARDS_A_PAGE)))
    sheet.set_header("&L&12Support: who is flagged or accepted&R&10&D")
    sheet.freeze_panes(1, 1)
