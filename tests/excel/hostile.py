"""Hostile sheets: what a teacher's workbook may hold that a writer must keep off or a reader must name."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from tests import support

STUDENTS = 12
LAST = len(support.HEADINGS)
Change = Callable[[Worksheet], None]


def _group_row(page: Worksheet) -> None:
    page.insert_rows(8)
    page.cell(8, 2).value = "Group average"
    for column in range(10, LAST + 1):
        letter = page.cell(1, column).column_letter
        page.cell(8, column).value = f"=AVERAGE({letter}2:{letter}7)"


def _averages_below(page: Worksheet) -> None:
    page.cell(STUDENTS + 4, 1).value = "Average"
    for column in range(10, LAST + 1):
        letter = page.cell(1, column).column_letter
        page.cell(STUDENTS + 4, column).value = f"=AVERAGE({letter}2:{letter}13)"


def _spare_formulas(page: Worksheet) -> None:
    for row in range(2, STUDENTS + 2):
        page.cell(row, LAST + 2).value = f'=IF(J{row}="","","")'


def _far_note(page: Worksheet) -> None:
    page.cell(5, LAST + 4).value = "Ring home"


def _merged_title(page: Worksheet) -> None:
    page.insert_rows(1, 2)
    page.cell(1, 1).value = "Year 9 set 2, autumn"
    page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=LAST + 6)


def _errors(page: Worksheet) -> None:
    for row, column, error in ((3, 10, "#N/A"), (4, 11, "#REF!"), (5, 12, "#DIV/0!"), (6, 5, "#VALUE!")):
        page.cell(row, column).value = error
        page.cell(row, column).data_type = "e"


def _unseen(page: Worksheet) -> None:
    page.cell(3, 10).value, page.cell(4, 2).value = "17\u200b", "Zov\u00adb"


def _texts(page: Worksheet) -> None:
    page.cell(3, 10).value, page.cell(4, 10).value, page.cell(5, 11).value = "12/20", "abs", "1O"
    page.cell(6, 2).value = "=cmd|' /C calc'!A0"
    page.cell(6, 2).data_type = "s"


def _hidden(page: Worksheet) -> None:
    for row in (3, 4, 8):
        page.row_dimensions[row].hidden = True
    page.auto_filter.ref = f"A1:M{STUDENTS + 1}"
    page.auto_filter.add_filter_column(3, ["9K1"])


def _formats(page: Worksheet) -> None:
    for row in range(1, 60):
        page.cell(row, LAST + 8).fill = PatternFill("solid", fgColor="FFCC00")


_BASE: dict[str, Change] = {
    "group row": _group_row, "averages below": _averages_below, "spare formulas": _spare_formulas, "far note": _far_note,
    "merged title": _merged_title, "errors": _errors, "unseen signs": _unseen, "texts": _texts, "hidden": _hidden,
    "formats": _formats,
}  # fmt: skip
_LAST = ("merged title", "group row")  # they move rows, so they come last
PAIRS = tuple(
    tuple(sorted((one, other), key=lambda name: (name in _LAST, name == "merged title")))
    for one, other in product(_BASE, _BASE)
    if one < other
)
"""Every two troubles together: 45 sheets."""


def hostile(path: Path, names: tuple[str, ...]) -> Path:
    """A class with some troubles.

    Args:
        path: Where it goes.
        names: The troubles.
    """
    support.class_file(path, STUDENTS)
    book, page = support.opened(path)
    for name in names:
        _BASE[name](page)
    book.save(path)
    return path
