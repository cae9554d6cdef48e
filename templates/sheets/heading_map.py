"""The heading map of the sheet `Setup`: where the program misreads a heading, the teacher says here what it means.

An Excel table of two columns, `Heading` and `Means`, and beside it the list of meanings to choose from.
"""

from __future__ import annotations

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from addin.reading.headings.column import Role
from model.vocabulary import STRANDS
from templates.cells import write_value
from templates.layout import Group
from templates.sheets.input_rules import warning
from templates.styles import INPUT_FILL, LINE, SOFT_INK, Styles

TABLE = "HeadingMap"
ROWS = 12
_HELP = (
    "Only where the program takes a column for something else. Type the heading as it stands in your markbook, and "
    "choose what it means from the list on the right. markbook check shows how every column was understood."
)


def meanings() -> tuple[str, ...]:
    """Everything that a heading may mean: the roles of columns, and tests by strand; results are the program's own.

    Example:
        >>> meanings()[0], "Ratio test" in meanings(), "ignored" in meanings(), "result" in meanings()
        ('student ID', True, True, False)
    """
    roles = [role.value for role in Role if role not in (Role.RESULT, Role.IGNORED)]
    return (*roles, *(f"{strand} test" for strand in STRANDS), Role.IGNORED.value)


def write(workbook: Workbook, sheet: Worksheet, styles: Styles, *, first_row: int) -> None:
    """Write title, table and list from `first_row` (counted from 1) on, in columns A to D.

    Example:
        >>> from io import BytesIO
        >>> book = Workbook(BytesIO())
        >>> write(book, book.add_worksheet("Setup"), Styles(book), first_row=20)
        >>> [name[0] for name in book.defined_names]
        ['heading_meanings']
    """
    sheet.set_row(first_row - 1, 24)
    write_value(sheet, first_row, 1, "What headings mean", styles.section())
    for column in (2, 3, 4):
        write_value(sheet, first_row, column, None, styles.section())
    header_row = first_row + 1
    heading = styles.band(Group.IDENTITY, align="left", indent=1, valign="vcenter")
    sheet.set_row(header_row - 1, 20)
    sheet.add_table(
        header_row - 1,
        0,
        header_row - 1 + ROWS,
        1,
        {
            "name": TABLE,
            "style": None,
            "columns": [{"header": words, "header_format": heading} for words in ("Heading", "Means")],
        },
    )
    write_value(sheet, header_row, 3, None, heading)
    write_value(sheet, header_row, 4, "To choose from", heading)
    filled = styles.text(bottom=1, bottom_color=LINE, bg_color=INPUT_FILL)
    for row in range(header_row + 1, header_row + 1 + ROWS):
        for column in (1, 2):
            write_value(sheet, row, column, None, filled)
    top_of_help = styles.text(font_color=SOFT_INK, valign="top")
    sheet.merge_range(header_row, 2, header_row + 3, 2, "", top_of_help)
    write_value(sheet, header_row + 1, 3, _HELP, top_of_help)
    words = meanings()
    for row, word in enumerate(words, start=header_row + 1):
        write_value(sheet, row, 4, word, styles.text(bottom=1, bottom_color=LINE))
    workbook.define_name("heading_meanings", f"={sheet.name}!$D${header_row + 1}:$D${header_row + len(words)}")
    rule = warning("Means", "Choose one of the words on the right.", validate="list", source="=heading_meanings")
    sheet.data_validation(header_row, 1, header_row + ROWS - 1, 1, rule)
