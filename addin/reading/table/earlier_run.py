"""The result columns of an earlier run, put aside while a sheet is understood: a marked sheet reads as it did before.

Flags, reasons and decisions are words and numbers beside marks. Where a sheet's meaning is told from its shape, from several rows
of headings or from what its cells hold, they would tell something too, and a second run would see another sheet than the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice

from addin.reading.grid import Sheet, as_text, holds
from addin.reading.headings.column import Column, Role
from addin.reading.headings.roles import RESULT_HEADINGS
from addin.reading.table.find_table import HEADING_ROWS

MOST_OWN_HEADINGS = 2
"""So many headings of results may be a teacher's own; a run leaves nine."""

_HEADINGS = frozenset(heading.casefold() for heading in RESULT_HEADINGS)
_SUREST = "decision note"


def are_of_a_run(headings: set[str]) -> bool:
    """Whether headings of results in one row are those of an earlier run, and not a few of a teacher's own.

    Example:
        >>> are_of_a_run({"Flag", "Risk", "Why"}), are_of_a_run({"Risk", "Change"}), are_of_a_run({"Decision note"})
        (True, False, True)
    """
    found = {heading.casefold() for heading in headings}
    return len(found) > MOST_OWN_HEADINGS or _SUREST in found


def result_places(sheet: Sheet) -> tuple[int, Mapping[int, str]] | None:
    """The row, from 1, in which an earlier run's headings stand, and place from 0 -> heading; None without a run.

    Example:
        >>> rows = (("Year 9",), ("Name", "Flag", "Risk", "Priority"), ("Ova", "● Watch", 0.4, 1))
        >>> result_places(Sheet(name="Y9", rows=tuple((*row, None, None, None)[:4] for row in rows)))
        (2, {1: 'Flag', 2: 'Risk', 3: 'Priority'})
    """
    filled = (row for row, cells in enumerate(sheet.rows, start=1) if any(map(holds, cells)))
    for row in sorted({*islice(filled, HEADING_ROWS), *(table.first_row for table in sheet.tables)}):
        cells = sheet.rows[row - 1] if row <= len(sheet.rows) else ()
        places: dict[int, str] = {}
        for place, cell in enumerate(cells):
            if isinstance(cell, str) and (text := as_text(cell)).casefold() in _HEADINGS:
                places[place] = text
        if are_of_a_run(set(places.values())):
            return row, _each_once(places)
    return None


def _each_once(places: dict[int, str]) -> dict[int, str]:
    """Without what a teacher calls as a result is called: of two such columns that is ours which has more of ours at its side."""

    def beside(place: int) -> int:
        left = next(n for n in range(place, -2, -1) if n not in places)
        return next(n for n in range(place, max(places) + 2) if n not in places) - left

    best: dict[str, int] = {}
    for place, heading in places.items():
        known = best.setdefault(heading.casefold(), place)
        if beside(place) > beside(known):
            best[heading.casefold()] = place
    return {place: heading for place, heading in places.items() if best[heading.casefold()] == place}


def without_results(sheet: Sheet, row: int, places: Mapping[int, str]) -> Sheet:
    """The sheet with nothing in the columns of an earlier run, from its row of headings down."""
    below = (
        tuple(None if place in places else cell for place, cell in enumerate(cells)) for cells in sheet.rows[row - 1 :]
    )
    return replace(sheet, rows=(*sheet.rows[: row - 1], *below))


def with_results(columns: tuple[Column, ...], places: Mapping[int, str]) -> tuple[Column, ...]:
    """The columns of a sheet that was understood without them, and they among them."""
    return tuple(
        Column(index=column.index, heading=places[column.index], role=Role.RESULT) if column.index in places else column
        for column in columns
    )
