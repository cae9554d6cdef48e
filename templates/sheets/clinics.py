"""The sheet `Clinics`: when clinics are held, on which strand, and how many seats they have; the plan is made from it."""

from __future__ import annotations

from xlsxwriter import Workbook

from model.vocabulary import STRANDS
from templates.cells import write_value
from templates.content import Content
from templates.sheets.input_rules import warning
from templates.sheets.table import TableColumn, write_table
from templates.styles import Styles

NAME = "Clinics"
"""Of the sheet and of its table."""

ANY_STRAND = "Any"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
COLUMNS = (
    TableColumn(heading="Slot", width=26),
    TableColumn(heading="Day", width=14),
    TableColumn(heading="Time", width=15),
    TableColumn(heading="Room", width=10),
    TableColumn(heading="Strand", width=16),
    TableColumn(heading="Seats", width=9, number_format="0", centred=True),
    TableColumn(heading="Staff", width=26),
)
ROOM, HEADING_ROW = 8, 4

_NOTE = (
    "One clinic a week a row: a name of its own, the day, the time (12:40-13:20), a strand or Any, and its seats. "
    "Plan clinics then fills the sheet Clinic plan."
)
_ABSENCES = "Who cannot come on some days: say so in the markbook under Unavailable, such as Mon, Thu."


def write(workbook: Workbook, styles: Styles, content: Content) -> None:
    """Add the sheet, with the clinics of the content.

    Example:
        >>> from io import BytesIO
        >>> book = Workbook(BytesIO())
        >>> write(book, Styles(book), Content.of())
        >>> [sheet.name for sheet in book.worksheets()]
        ['Clinics']
    """
    clinics = content.example.clinics
    room = max(ROOM, len(clinics))
    sheet = write_table(
        workbook,
        styles,
        sheet=NAME,
        table=NAME,
        columns=COLUMNS,
        rows=[
            (clinic.slot, clinic.day, clinic.time, clinic.room, clinic.strand, clinic.seats, clinic.staff)
            for clinic in clinics
        ],
        header_row=HEADING_ROW,
        room=room,
    )
    sheet.set_row(0, 30)
    write_value(sheet, 1, 1, "Clinics", styles.page_title())
    for row, words in ((2, _NOTE), (3, _ABSENCES)):
        write_value(sheet, row, 1, words, styles.text(text_wrap=False, indent=0))
    strands = [*(strand.value for strand in STRANDS), ANY_STRAND]
    days = warning("Day", "Choose a day of the week.", validate="list", source=list(DAYS))
    strand = warning("Strand", "Choose one of the six strands, or Any.", validate="list", source=strands)
    seats = warning(
        "Seats", "Type a whole number from 1 to 60.", validate="integer", criteria="between", minimum=1, maximum=60
    )
    for column, rule in ((1, days), (4, strand), (5, seats)):
        sheet.data_validation(HEADING_ROW, column, HEADING_ROW + room - 1, column, rule)
