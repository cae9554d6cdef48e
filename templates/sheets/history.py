"""The sheet `History`: one row per student and run, written by the program; the Summary compares the last two runs."""

from __future__ import annotations

from datetime import date

from xlsxwriter import Workbook

from addin.results.columns import FLAG_COLOURS
from templates.content import Content
from templates.sheets.table import TableColumn, write_table
from templates.styles import Styles

NAME = "History"
"""Of the sheet and of its table."""

COLUMNS = (
    TableColumn(heading="Date", width=12, number_format="yyyy-mm-dd", centred=True),
    TableColumn(heading="Student ID", width=14),
    TableColumn(heading="Name", width=28),
    TableColumn(heading="Risk", width=8, number_format="0%", centred=True),
    TableColumn(heading="Flag", width=20, centred=True),
    TableColumn(heading="Priority", width=10, number_format="0", centred=True),
    TableColumn(heading="Half-term", width=11, number_format="0", centred=True),
)

MOST_ROWS = 20_000
"""How far down flags are coloured: more than 200 students make in a year of weekly runs."""


def write(workbook: Workbook, styles: Styles, content: Content) -> None:
    """Add the sheet, with the earlier runs of the content.

    Example:
        >>> from io import BytesIO
        >>> book = Workbook(BytesIO())
        >>> write(book, Styles(book), Content.of())
        >>> [sheet.name for sheet in book.worksheets()]
        ['History']
    """
    rows = [
        (_serial(run.day), run.student_id, run.name, run.risk, run.flag, run.priority, run.half_term)
        for run in content.example.history
    ]
    sheet = write_table(workbook, styles, sheet=NAME, table=NAME, columns=COLUMNS, rows=rows)
    flag = [column.heading for column in COLUMNS].index("Flag")
    for value, colours in FLAG_COLOURS.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{value.value}"', "format": styles.flag(colours)}
        sheet.conditional_format(1, flag, MOST_ROWS, flag, rule)


def _serial(day: date) -> int:
    """The number by which Excel knows a day.

    Example:
        >>> _serial(date(2026, 2, 6))
        46059
    """
    return (day - date(1899, 12, 30)).days
