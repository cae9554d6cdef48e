"""Sheets that are one Excel table: the program fills them, or teacher and program together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from addin.results.clinic_register import (
    ATTENDED,
    CLINIC,
    HEADINGS,
    INVITED,
    OFFERED,
    STATUS,
    TICKET,
    TICKET_QUESTIONS,
    WIDTHS,
)
from addin.results.columns import FLAG_COLOURS
from model.vocabulary import STRANDS
from templates.cells import A4, write_value
from templates.content import Content, Value
from templates.layout import Group
from templates.sheets.input_rules import SEATS, warning
from templates.styles import BANDS, INPUT_FILL, Styles

MOST_ROWS = 20_000
"""How far down rules and colours reach: more than 200 students make in a year of weekly runs or clinics."""

_FOOTER = "&L&9Confidential: student data&C&9&A&R&9Page &P of &N"
_SCALE_OF_RUNS, _LINE_OF_RUNS = 57, 13.5
"""Per cent, and points of a row, at which three runs of a class stand on one page."""

TABLE_STYLE = "Table Style Light 1"
"""Thin lines and grey bands, which follow the table when the program makes it longer."""


@dataclass(frozen=True, kw_only=True)
class TableColumn:
    """A column: its heading, its width in characters, and how its numbers look."""

    heading: str
    width: float
    number_format: str = "General"
    centred: bool = False
    one_line: bool = False
    """The text stays on one line, however long."""


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
        wrap = not (column.centred or column.one_line)
        looks.append(styles.text(num_format=column.number_format, text_wrap=wrap, **place))
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
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.set_footer(_FOOTER)
    page.repeat_rows(header_row - 1)
    return page


def write_clinics(workbook: Workbook, styles: Styles, content: Content) -> None:
    """Add the sheet `Clinics` with the clinics of the content: when they are held, on which strand, and how many seats they have;
    the plan is made from it.

    Example:
        >>> from io import BytesIO
        >>> book = Workbook(BytesIO())
        >>> write_clinics(book, Styles(book), Content.of())
        >>> [sheet.name for sheet in book.worksheets()]
        ['Clinics']
    """
    columns = (
        TableColumn(heading="Slot", width=26),
        TableColumn(heading="Day", width=14),
        TableColumn(heading="Time", width=15),
        TableColumn(heading="Room", width=10),
        TableColumn(heading="Strand", width=16),
        TableColumn(heading="Seats", width=9, number_format="0", centred=True),
        TableColumn(heading="Staff", width=26),
    )
    clinics, heading_row = content.example.clinics, 4
    room = max(8, len(clinics))
    sheet = write_table(
        workbook,
        styles,
        sheet="Clinics",
        table="Clinics",
        columns=columns,
        rows=clinics,
        header_row=heading_row,
        room=room,
    )
    sheet.set_row(0, 30)
    write_value(sheet, 1, 1, "Clinics", styles.page_title())
    notes = (
        "One clinic a week a row: a name of its own, the day, the time (12:40-13:20), a strand or Any, and its seats. "
        "Plan clinics then fills the sheet Clinic plan.",
        "Who cannot come on some days: say so in the markbook under Unavailable, such as Mon, Thu.",
    )
    for row, words in enumerate(notes, start=2):
        write_value(sheet, row, 1, words, styles.text(text_wrap=False, indent=0))
    weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    strands = [*(strand.value for strand in STRANDS), "Any"]
    days = warning("Day", "Choose a day of the week.", validate="list", source=weekdays)
    strand = warning("Strand", "Choose one of the six strands, or Any.", validate="list", source=strands)
    for column, rule in ((1, days), (4, strand), (5, SEATS)):
        sheet.data_validation(heading_row, column, heading_row + room - 1, column, rule)


def write_clinic_plan(workbook: Workbook, styles: Styles, content: Content) -> None:
    """Add the sheet `Clinic plan`, empty: who is invited to which clinic, written by the program; the teacher enters who came.

    Example:
        >>> from io import BytesIO
        >>> book = Workbook(BytesIO())
        >>> write_clinic_plan(book, Styles(book), Content.of())
        >>> [sheet.name for sheet in book.worksheets()]
        ['Clinic plan']
    """
    del content
    # How the numbers of a column look; those columns are centred.
    formats = {
        "Date": "yyyy-mm-dd",
        "Expected": "0.00",
        "Chance of too many": "0%",
        "Offered": "0",
        "Attended": "0",
        "Exit ticket": "0",
    }
    columns = [
        TableColumn(
            heading=heading, width=width, number_format=formats.get(heading, "General"), centred=heading in formats
        )
        for heading, width in zip(HEADINGS, WIDTHS, strict=True)
    ]
    sheet = write_table(workbook, styles, sheet="Clinic plan", table="ClinicPlan", columns=columns, rows=(), room=24)
    sheet.hide()  # the first plan shows it
    hint = "Type 1 for came and 0 for not (or how many clinics); leave it empty if not known."
    count = warning("Clinics", hint, validate="integer", criteria=">=", value=0)
    sheet.data_validation(1, OFFERED, MOST_ROWS, ATTENDED, count)
    right = f"Type how many of the {TICKET_QUESTIONS} answers were right; leave it empty where there was no ticket."
    ticket = warning("Exit ticket", right, validate="integer", criteria="between", minimum=0, maximum=TICKET_QUESTIONS)
    sheet.data_validation(1, TICKET, MOST_ROWS, TICKET, ticket)
    status = "$" + xl_col_to_name(STATUS) + "2"
    band = {"bold": True, "bg_color": BANDS[Group.IDENTITY].pale}
    heads = {"type": "formula", "criteria": f'={status}="{CLINIC}"', "format": styles.highlight(**band)}
    sheet.conditional_format(1, 0, MOST_ROWS, len(columns) - 1, heads)
    invited = {"type": "formula", "criteria": f'={status}="{INVITED}"', "format": styles.highlight(bg_color=INPUT_FILL)}
    sheet.conditional_format(1, ATTENDED, MOST_ROWS, TICKET, invited)


def write_history(workbook: Workbook, styles: Styles, content: Content) -> None:
    """Add the sheet `Runs` with the earlier runs of the content: one row per student and run, written by the program; the
    Summary compares the last two runs.

    Example:
        >>> from io import BytesIO
        >>> book = Workbook(BytesIO())
        >>> write_history(book, Styles(book), Content.of())
        >>> [sheet.name for sheet in book.worksheets()]
        ['Runs']
    """
    columns = (
        TableColumn(heading="Date", width=12, number_format="yyyy-mm-dd", centred=True),
        TableColumn(heading="Student ID", width=14),
        TableColumn(heading="Name", width=28),
        TableColumn(heading="Risk", width=8, number_format="0%", centred=True),
        TableColumn(heading="Flag", width=20, centred=True),
        TableColumn(heading="Priority", width=10, number_format="0", centred=True),
        TableColumn(heading="Half-term", width=11, number_format="0", centred=True),
        TableColumn(heading="Working on", width=36),
    )
    # Excel knows a day by its number from the last but one day of 1899.
    rows = [((run.day - date(1899, 12, 30)).days, *run[1:]) for run in content.example.history]
    sheet = write_table(workbook, styles, sheet="Runs", table="History", columns=columns, rows=rows)
    sheet.set_portrait()
    sheet.set_print_scale(_SCALE_OF_RUNS)
    sheet.set_margins(left=0.4, right=0.4, top=0.3, bottom=0.4)
    sheet.set_footer(_FOOTER, {"margin": 0.2})
    sheet.set_default_row(_LINE_OF_RUNS)
    colour_flags(sheet, styles, [column.heading for column in columns].index("Flag"))


def colour_flags(sheet: Worksheet, styles: Styles, column: int) -> None:
    """Colour the flags of a column, counted from 0, below the headings."""
    for flag, colours in FLAG_COLOURS.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{flag.value}"', "format": styles.flag(colours)}
        sheet.conditional_format(1, column, MOST_ROWS, column, rule)


def write_queries(
    workbook: Workbook, styles: Styles, content: Content | None = None, *, rows: Sequence[Sequence[Value]] = ()
) -> None:
    """Add the sheet `Queries`: cells that the program did not understand; written by every run, and empty until then.

    Args:
        workbook, styles: Where.
        content: Of a markbook, where the sheet is hidden as long as there are no queries; None for a copy of results.
        rows: Cell, value, rule and remedy of each query.

    Example:
        >>> from io import BytesIO
        >>> book = Workbook(BytesIO())
        >>> write_queries(book, Styles(book))
        >>> [sheet.name for sheet in book.worksheets()]
        ['Queries']
    """
    columns = (
        TableColumn(heading="Cell", width=12),
        TableColumn(heading="Value", width=24, number_format="@"),
        TableColumn(heading="Rule", width=52),
        TableColumn(heading="Remedy", width=60),
    )
    sheet = write_table(workbook, styles, sheet="Queries", table="Queries", columns=columns, rows=rows)
    if content is not None and not rows:
        sheet.hide()  # the first query shows it
