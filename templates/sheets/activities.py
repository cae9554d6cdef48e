"""The sheet `Activities`: the library of activities as an Excel table that the teacher may edit and extend.

A line an activity, so that the library can be looked through; a lesson is read in full where its cell is clicked, and on the sheet
`Support`. On paper it is one page: what each activity is called and which misconception it meets.
"""

from __future__ import annotations

from xlsxwriter import Workbook

from model.activities import bundled
from model.vocabulary import STRANDS
from templates.cells import A4, write_value
from templates.content import Content
from templates.layout import Group
from templates.sheets.input_rules import warning
from templates.styles import LINE, Styles

NAME = "Activities"
"""Of the sheet and of its table."""

COLUMNS: tuple[tuple[str, str, float], ...] = (
    ("strand", "Strand", 12),
    ("topic", "Topic", 22),
    ("kind", "Kind", 11),
    ("title", "Title", 40),
    ("misconception", "Misconception", 80),
    ("scaffold", "Scaffold", 68),
    ("fade", "How it fades", 46),
    ("source", "Source", 36),
)
"""The attribute of `model.activities.Activity`, the heading of the sheet, the width in characters."""

TITLE_ROW, NOTE_ROW, HEADING_ROW = 1, 2, 4

_PRINTED = ("strand", "topic", "kind", "title", "misconception")


def library() -> list[tuple[str, ...]]:
    """The activities that the program ships, each with the texts of `COLUMNS`.

    Example:
        >>> {row[0] for row in library()} == {strand.value for strand in STRANDS}
        True
    """
    return [tuple(str(getattr(activity, name)) for name, _, _ in COLUMNS) for activity in bundled()]


def write(workbook: Workbook, styles: Styles, content: Content) -> None:
    """Add the sheet; it is the same for every class, so that `content` is not looked at.

    Example:
        >>> from io import BytesIO
        >>> book = Workbook(BytesIO())
        >>> write(book, Styles(book), Content.of())
        >>> [sheet.name for sheet in book.worksheets()]
        ['Activities']
    """
    del content
    sheet = workbook.add_worksheet(NAME)
    rows = library()
    for position, (_, _, width) in enumerate(COLUMNS):
        sheet.set_column(position, position, width)
    sheet.set_row(TITLE_ROW - 1, 30)
    write_value(sheet, TITLE_ROW, 1, "Activities", styles.page_title())
    note = (
        "A starting point, and yours: change any row, delete it, or type a new one below the last. "
        "Click a cell to read all of it above the sheet; Home > Wrap Text opens a whole row."
    )
    on_paper = (
        "On paper: select the rows you want and print the selection; a clinic pack prints what its session needs."
    )
    write_value(sheet, NOTE_ROW, 1, note, styles.text(text_wrap=False, indent=0))
    write_value(sheet, NOTE_ROW + 1, 1, on_paper, styles.text(text_wrap=False, indent=0))
    last_row = HEADING_ROW + len(rows)
    heading = styles.band(Group.IDENTITY, align="left", indent=1, valign="vcenter")
    sheet.add_table(
        HEADING_ROW - 1,
        0,
        last_row - 1,
        len(COLUMNS) - 1,
        {
            "name": NAME,
            "style": None,
            "columns": [{"header": words, "header_format": heading} for _, words, _ in COLUMNS],
        },
    )
    for row, texts in enumerate(rows, start=HEADING_ROW + 1):
        for column, text in enumerate(texts, start=1):
            is_title = COLUMNS[column - 1][0] == "title"
            look = styles.text(bold=is_title, text_wrap=False, bottom=1, bottom_color=LINE)
            write_value(sheet, row, column, text, look)
    strands = [strand.value for strand in STRANDS]
    rule = warning("Strand", "Choose one of the six strands, so that it can be found.", validate="list", source=strands)
    sheet.data_validation(HEADING_ROW, 0, last_row - 1, 0, rule)
    names = [name for name, _, _ in COLUMNS]
    sheet.freeze_panes(HEADING_ROW, names.index("title") + 1)
    sheet.set_portrait()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.5)
    sheet.fit_to_pages(1, 1)
    # Of some hundred activities nobody wants all on paper, and a whole workbook is printed now and then.
    sheet.print_area(0, 0, HEADING_ROW - 1, len(_PRINTED) - 1)
    sheet.set_footer("&C&9&A&R&9Page &P of &N")
