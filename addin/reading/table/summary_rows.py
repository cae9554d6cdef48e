"""Rows around the students that are no students: totals, averages and the like, strands, titles of groups."""

from __future__ import annotations

import re
from collections.abc import Sequence

from addin.reading.grid import CellValue, Sheet, as_text
from addin.reading.grid import holds as holds
from addin.reading.headings.column import ENGAGEMENT_ROLES, WHO_ROLES, Role, half_term_of, role_of, strand_of

LABEL_COLUMNS = 12
"""The word that names a row of totals is looked for in this many columns from the left."""

ROWS_ABOVE = 3
"""Totals, strands and groups are looked for in this many rows above the headings."""

LONGEST_STRAND = 40
"""Characters of a cell that names a strand; what is longer is a title."""

_GROUP = r"(class |set |group |year |form |whole )?"
_WITHOUT_LABEL = r"out of|total marks?|marks? (available|out of|possible)|available( marks)?|possible( marks)?"
_MAXIMUM = r"max(imum)?( marks?| scores?| points)?"
_SUMMARY_ROW = re.compile(
    rf"{_GROUP}(totals?|averages?|means?|median|mode|range|{_MAXIMUM}|min(imum)?( marks?| scores?)?|{_WITHOUT_LABEL}|"
    r"standard deviation|st\.? ?dev|sd|count|number of students|(average|mean) (marks?|scores?|%|per ?cent)|% ?(average|mean)|"
    r"highest|lowest|national average|grade boundar(y|ies))",
    re.IGNORECASE,
)
_TOTALS_ABOVE = re.compile(rf"{_WITHOUT_LABEL}|{_MAXIMUM}|totals?", re.IGNORECASE)
# Below the headings a bare "Total" is what each student scored in all.
_TOTALS_BELOW = re.compile(rf"{_WITHOUT_LABEL}|{_MAXIMUM}", re.IGNORECASE)
_TOTALS_NOT_MAXIMA = re.compile(_WITHOUT_LABEL, re.IGNORECASE)
_MAXIMA = re.compile(_MAXIMUM, re.IGNORECASE)
_MINIMA = re.compile(rf"{_GROUP}(min(imum)?( marks?| scores?)?|lowest)", re.IGNORECASE)
_SECTION = re.compile(
    r"(set|class|group|form|tutor group|year|boys|girls|foundation|higher)\b.{0,12}|\d{1,2}[a-z]{1,2}\d?",
    re.IGNORECASE,
)


def filled(cells: Sequence[CellValue], columns: Sequence[int], most: int | None = None) -> int:
    """How many of these columns, from 0, are filled; with `most`, no more than so many are counted."""
    width, count = len(cells), 0
    for i in columns:
        if i < width and (cell := cells[i]) is not None and holds(cell):
            count += 1
            if count == most:
                break
    return count


def who_columns(headings: Sequence[CellValue]) -> tuple[int, ...]:
    """The columns, from 0, that tell who stands in a row.

    Example:
        >>> who_columns(("Surname", "Forename", "Form", "Angles"))
        (0, 1, 2)
    """
    return tuple(i for i, heading in enumerate(headings) if holds(heading) and role_of(as_text(heading)) in WHO_ROLES)


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


def is_section(cells: Sequence[CellValue], who: Sequence[int]) -> bool:
    """Whether a row is the title of a group of students, such as "Set 2": one such word and nothing else.

    Example:
        >>> is_section(("Set 2", None, None), (0,)), is_section(("Set 2", None, 12), (0,)), is_section(("Ova", None, None), (0,))
        (True, False, False)
    """
    if filled(cells, who, 2) != 1:
        return False
    there = [cell for cell in cells if holds(cell)]
    return len(there) == 1 and _SECTION.fullmatch(as_text(there[0])) is not None


def names_maximum(cells: Sequence[CellValue], who: Sequence[int]) -> bool:
    """Whether a row below the headings is called "Max", which may be the total or the best mark.

    Example:
        >>> names_maximum(("Max", None, 20), (0, 1)), names_maximum(("Out of", None, 20), (0, 1))
        (True, False)
    """
    return _is_label(cells, who, _MAXIMA)


def totals_row(
    sheet: Sheet, header_row: int, who: Sequence[int] | None = None
) -> tuple[tuple[CellValue, ...], int | None]:
    """The row of totals that a word such as "Out of" names, and its number where it stands below the headings."""
    for row in _rows_above(header_row):
        if any(is_totals_label(cell) for cell in sheet.rows[row - 1][:LABEL_COLUMNS]):
            return sheet.rows[row - 1], None
    who = who_columns(sheet.rows[header_row - 1]) if who is None else who
    # Of those rows alone that no student stands in, by the name and what is beside it.
    below = [
        (row, cells) for row, cells in enumerate(sheet.rows[header_row:], header_row + 1) if filled(cells, who, 2) < 2
    ]
    # Beside a minimum, the maximum is what somebody scored, not what the test is out of.
    words = _TOTALS_NOT_MAXIMA if any(_is_label(cells, who, _MINIMA) for _, cells in below) else _TOTALS_BELOW
    for row, cells in below:
        if _is_label(cells, who, words):
            return cells, row
    return (), None


def is_totals_label(cell: CellValue) -> bool:
    """Whether a cell above the headings holds a word that names a row of totals.

    Example:
        >>> is_totals_label("Out of:"), is_totals_label("Target")
        (True, False)
    """
    return isinstance(cell, str) and _TOTALS_ABOVE.fullmatch(_word(cell)) is not None


def strand_row(sheet: Sheet, header_row: int) -> tuple[CellValue, ...]:
    """The row above the headings that names strands; empty without one."""
    for row in _rows_above(header_row):
        cells = sheet.rows[row - 1]
        if not any(is_totals_label(cell) for cell in cells) and any(
            isinstance(cell, str) and len(text := as_text(cell)) <= LONGEST_STRAND and strand_of(text) is not None
            for cell in cells
        ):
            return cells
    return ()


def group_row(sheet: Sheet, header_row: int) -> tuple[CellValue, ...]:
    """The row above the headings that groups them by half-term, engagement or mock; empty without one.

    A single word there is a title of the sheet.
    """
    roles = (*ENGAGEMENT_ROLES, Role.MOCK)
    for row in _rows_above(header_row):
        texts = [as_text(cell) for cell in sheet.rows[row - 1] if isinstance(cell, str) and holds(cell)]
        grouping = (len(text) <= LONGEST_STRAND and (half_term_of(text) or role_of(text) in roles) for text in texts)
        if len(texts) > 1 and any(grouping):
            return sheet.rows[row - 1]
    return ()


def _rows_above(header_row: int) -> range:
    return range(header_row - 1, max(0, header_row - 1 - ROWS_ABOVE), -1)


def _word(cell: CellValue) -> str:
    return as_text(cell).rstrip(" :.=-")


def _is_label(cells: Sequence[CellValue], who: Sequence[int], words: re.Pattern[str]) -> bool:
    """Whether a row is named by such a word. A boy called Max has a surname or an ID beside it; a row of totals has not."""
    if filled(cells, who, 2) == 2:
        return False
    first = next((cell for cell in cells[:LABEL_COLUMNS] if holds(cell)), None)
    named = (cells[i] for i in who if i < len(cells) and holds(cells[i]))
    return any(isinstance(cell, str) and words.fullmatch(_word(cell)) is not None for cell in (first, *named))
