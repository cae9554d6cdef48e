"""Rows around the students that are no students: totals, averages and the like, and the row of strands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from addin.grid import CellValue, Sheet, as_text
from addin.headings import IDENTITY_ROLES, Role, role_of, strand_of

LABEL_COLUMNS = 12
"""The word that names a row of totals is looked for in this many columns from the left."""

LONGEST_STRAND = 40
"""Characters of a cell that names a strand."""

_SUMMARY_ROW = re.compile(
    r"(class |set |group |year )?(totals?|averages?|means?|median|max(imum)?( marks?)?|min(imum)?|out of|marks available|"
    r"possible|standard deviation|count|number of students)",
    re.IGNORECASE,
)
_TOTALS_LABEL = re.compile(
    r"(out of|max(imum)?( marks?)?|totals?|total marks?|marks available|possible)", re.IGNORECASE
)
_TOTALS_BELOW = re.compile(
    # Below the headings a bare "Total" is what each student scored in all.
    r"(out of|max(imum)?( marks?)?|total marks?|marks available|possible)",
    re.IGNORECASE,
)
_TOTALS_NOT_MAXIMA = re.compile(r"out of|total marks?|marks available|possible", re.IGNORECASE)
_MINIMA = re.compile(r"(class |set |group |year )?min(imum)?( marks?)?", re.IGNORECASE)
_WHO = (*IDENTITY_ROLES, Role.FORM, Role.SET)


def who_columns(headings: Sequence[CellValue]) -> tuple[int, ...]:
    """The columns, from 0, that tell who stands in a row.

    Example:
        >>> who_columns(("Surname", "Forename", "Form", "Angles"))
        (0, 1, 2)
    """
    return tuple(i for i, heading in enumerate(headings) if role_of(as_text(heading)) in _WHO)


def filled(cells: Sequence[CellValue], who: Sequence[int]) -> int:
    """How many of the cells that tell who somebody is are filled."""
    return sum(i < len(cells) and bool(as_text(cells[i])) for i in who)


def is_summary(cells: Sequence[CellValue], who: Sequence[int]) -> bool:
    """Whether a row holds totals, averages or the like and not a student.

    Args:
        cells: The row.
        who: The columns that tell who stands in it, as `who_columns` gives them.

    Example:
        >>> is_summary(("Average", None, 12.5), (0, 1)), is_summary(("Quent", "Max", 15), (0, 1))
        (True, False)
    """
    return _is_label(cells, who, _SUMMARY_ROW)


def totals_row(sheet: Sheet, header_row: int) -> tuple[tuple[CellValue, ...], int | None]:
    """The row of totals, and its number where it stands among the students (right below the headings, or at their foot)."""
    for row in range(header_row - 1, max(0, header_row - 4), -1):
        if any(_TOTALS_LABEL.fullmatch(as_text(cell)) for cell in sheet.rows[row - 1][:LABEL_COLUMNS]):
            return sheet.rows[row - 1], None
    who, below = who_columns(sheet.rows[header_row - 1]), sheet.rows[header_row:]
    # Beside a minimum, the maximum is what somebody scored, not what the test is out of.
    words = _TOTALS_NOT_MAXIMA if any(_is_label(cells, who, _MINIMA) for cells in below) else _TOTALS_BELOW
    for row, cells in enumerate(below, start=header_row + 1):
        if _is_label(cells, who, words):
            return cells, row
    return (), None


def strand_row(sheet: Sheet, header_row: int) -> tuple[CellValue, ...]:
    """The row above the headings that names strands; empty without one."""
    for row in range(header_row - 1, max(0, header_row - 4), -1):
        texts = [as_text(cell) for cell in sheet.rows[row - 1]]
        # A sentence that happens to hold such a word is a title.
        named = any(len(text) <= LONGEST_STRAND and strand_of(text) is not None for text in texts)
        if named and not any(_TOTALS_LABEL.fullmatch(text) for text in texts):
            return sheet.rows[row - 1]
    return ()


def _is_label(cells: Sequence[CellValue], who: Sequence[int], words: re.Pattern[str]) -> bool:
    """Whether a row is named by such a word. A boy called Max has a surname or an ID beside it; a row of totals has not."""
    first = next((text for cell in cells[:LABEL_COLUMNS] if (text := as_text(cell))), "")
    named = (as_text(cells[i]) for i in who if i < len(cells))
    return any(words.fullmatch(text) for text in (first, *named)) and filled(cells, who) < 2
