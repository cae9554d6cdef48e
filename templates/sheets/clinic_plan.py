"""The sheet `Clinic plan`: who is invited to which clinic, written by the program; the teacher enters who came."""

from __future__ import annotations

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from addin.results.clinic_register import ATTENDED, CLINIC, HEADINGS, INVITED, OFFERED, STATUS, WIDTHS
from templates.content import Content
from templates.layout import Group
from templates.sheets.input_rules import warning
from templates.sheets.table import TableColumn, write_table
from templates.styles import BANDS, INPUT_FILL, Styles

NAME, TABLE = "Clinic plan", "ClinicPlan"
_FORMATS = {"Date": "yyyy-mm-dd", "Expected": "0.00", "Chance of too many": "0%", "Offered": "0", "Attended": "0"}
"""How the numbers of a column look; those columns are centred."""

COLUMNS = tuple(
    TableColumn(
        heading=heading, width=width, number_format=_FORMATS.get(heading, "General"), centred=heading in _FORMATS
    )
    for heading, width in zip(HEADINGS, WIDTHS, strict=True)
)
ROOM = 24
MOST_ROWS = 20_000
"""How far down rules and colours reach: a year of weekly clinics for 200 students and some more."""


def write(workbook: Workbook, styles: Styles, content: Content) -> None:
    """Add the sheet, empty.

    Example:
        >>> from io import BytesIO
        >>> book = Workbook(BytesIO())
        >>> write(book, Styles(book), Content.of())
        >>> [sheet.name for sheet in book.worksheets()]
        ['Clinic plan']
    """
    del content
    sheet = write_table(workbook, styles, sheet=NAME, table=TABLE, columns=COLUMNS, rows=(), room=ROOM)
    count = warning(
        "Clinics",
        "Type 1 for came and 0 for not (or how many clinics); leave it empty if not known.",
        validate="integer",
        criteria=">=",
        value=0,
    )
    sheet.data_validation(1, OFFERED, MOST_ROWS, ATTENDED, count)
    status = "$" + xl_col_to_name(STATUS) + "2"
    band = {"bold": True, "bg_color": BANDS[Group.IDENTITY].pale}
    heads = {"type": "formula", "criteria": f'={status}="{CLINIC}"', "format": styles.highlight(**band)}
    sheet.conditional_format(1, 0, MOST_ROWS, len(COLUMNS) - 1, heads)
    invited = {"type": "formula", "criteria": f'={status}="{INVITED}"', "format": styles.highlight(bg_color=INPUT_FILL)}
    sheet.conditional_format(1, ATTENDED, MOST_ROWS, ATTENDED, invited)
