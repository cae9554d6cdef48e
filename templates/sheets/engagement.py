"""Attendance, homework and effort: the latest value as a formula over the half-terms, and a line of them behind it."""

from __future__ import annotations

from collections.abc import Callable

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from model.vocabulary import EFFORT_HIGHEST, EFFORT_LOWEST
from templates import formulas
from templates.layout import FIRST_STUDENT_ROW, Column, Entry, half_terms_of

_ENDS = {"attendance": (50, 100), "homework": (0, 100), "effort": (EFFORT_LOWEST - 0.5, EFFORT_HIGHEST + 0.5)}
"""Bottom and top of the lines, the same for all students, so that they can be compared; few attend less than every other lesson."""

_LINE_COLOUR = "#9DB4D8"
"""Pale, so that the number in front of it can be read, in print too."""


def formulas_of(columns: tuple[Column, ...]) -> dict[int, str]:
    """Place of a column from 0 -> its formula, without "=".

    Example:
        >>> from templates.layout import columns
        >>> [columns()[place].heading for place in formulas_of(columns())]
        ['Latest attendance %', 'Latest homework %', 'Latest effort']
    """
    latest = {place: half_terms_of(column) for place, column in enumerate(columns) if column.entry is Entry.LATEST}
    return {place: formulas.latest(headings[0], headings[-1]) for place, headings in latest.items()}


def draw_lines(sheet: Worksheet, columns: tuple[Column, ...], *, place_of: Callable[[int], int], rows: int) -> None:
    """Draw every student's half-terms as a line (a sparkline of Excel's) in the cell that says the latest.

    Args:
        sheet: Where.
        columns: The teacher's columns; the half-terms of one kind stand side by side.
        place_of: From the place of a column to its place on the sheet, both from 0.
        rows: How many rows of students there are.
    """
    headings = [column.heading for column in columns]
    for number in formulas_of(columns):
        half_terms = [place_of(headings.index(heading)) for heading in half_terms_of(columns[number])]
        lines = range(FIRST_STUDENT_ROW - 1, FIRST_STUDENT_ROW - 1 + rows)
        lowest, highest = _ENDS[columns[number].source]
        look = {
            "location": [xl_rowcol_to_cell(line, place_of(number)) for line in lines],
            "range": [xl_range(line, half_terms[0], line, half_terms[-1]) for line in lines],
            "min": lowest,
            "max": highest,
            "series_color": _LINE_COLOUR,
            "weight": 1.5,
            # Or Excel draws nothing while the half-terms are folded.
            "show_hidden": True,
        }
        sheet.add_sparkline(lines[0], place_of(number), look)
