"""Sheets whose students stand in columns: question by question down the side, names along the top."""

from __future__ import annotations

import re

from addin.reading.grid import Sheet, as_text
from addin.reading.headings.column import role_of
from addin.reading.shape.profile import Kind, kind_of

FEWEST_NAMES = 3
"""Names along the top that make a class."""

LABELS = 6
"""Columns at the left that may say something of each question."""

_QUESTION = re.compile(r"q|qs|questions?|question (no|number)|item|aufgabe|frage|exercise", re.IGNORECASE)


def is_turned(sheet: Sheet) -> bool:
    """Whether questions stand below each other and students beside each other.

    Example:
        >>> rows = (("Question", "Marks", "Ova", "Tul", "Pim"), (1, 4, 0, 1, 4), (2, 5, 4, 1, 3), (3, 3, 3, 2, 0))
        >>> is_turned(Sheet(name="Paper 1", rows=rows)), turned(Sheet(name="Paper 1", rows=rows)).rows[2]
        (True, ('Ova', 0, 4, 3))
    """
    row = _heading_row(sheet)
    if row is None:
        return False
    names = [cell for cell in sheet.rows[row][1:] if kind_of(cell) is Kind.WORD and role_of(as_text(cell)) is None]
    below = [cells for cells in sheet.rows[row + 1 :] if kind_of(cells[_place(sheet, row)]) in (Kind.NUMBER, Kind.CODE)]
    return len(set(map(as_text, names))) >= FEWEST_NAMES and len(below) >= FEWEST_NAMES


def turned(sheet: Sheet) -> Sheet:
    """The sheet with its rows as columns, from the row of headings on."""
    row = _heading_row(sheet) or 0
    place = _place(sheet, row)
    rows = [cells[place:] for cells in sheet.rows[row:]]
    return Sheet(name=sheet.name, rows=tuple(zip(*rows, strict=True)), visible=sheet.visible)


def _heading_row(sheet: Sheet) -> int | None:
    return next((row for row, cells in enumerate(sheet.rows[:10]) if any(map(_asks, cells[:LABELS]))), None)


def _place(sheet: Sheet, row: int) -> int:
    return next(place for place, cell in enumerate(sheet.rows[row]) if _asks(cell))


def _asks(cell: object) -> bool:
    return isinstance(cell, str) and _QUESTION.fullmatch(" ".join(cell.split())) is not None
