"""The sheet `Clinic plan`: who is invited to which clinic, written by the program; the teacher enters who came."""

from __future__ import annotations

from xlsxwriter import Workbook

from templates.content import Content
from templates.input_rules import warning
from templates.styles import Styles
from templates.table_sheet import TableColumn, write_table

NAME, TABLE = "Clinic plan", "ClinicPlan"
COLUMNS = (
    TableColumn(heading="Slot", width=22),
    TableColumn(heading="Student ID", width=14),
    TableColumn(heading="Name", width=28),
    TableColumn(heading="Topic", width=34),
    TableColumn(heading="Invited", width=13, number_format="yyyy-mm-dd", centred=True),
    TableColumn(heading="Offered", width=10, number_format="0", centred=True),
    TableColumn(heading="Attended", width=11, number_format="0", centred=True),
)
ROOM = 24


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
        "Clinics", "Type how many clinics, a whole number from 0.", validate="integer", criteria=">=", value=0
    )
    for column in (5, 6):
        sheet.data_validation(1, column, ROOM, column, count)
