"""One call of a formula: the ranges that it names, checked, and its students among those who are scored."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from addin.errors import RequestProblem
from addin.formulas.cells import cells_of
from addin.formulas.scored import Row, Scored, ScoredClass, class_of, is_blank
from addin.reading.grid import CellValue, as_text
from addin.reading.headings.column import half_term_of
from addin.reading.ranges import cell_of, half_term_given
from model.language.speech import ENGLISH, Language
from model.pathway import Step
from model.reasons import Reason
from model.scorecard import priorities
from model.strands import SHOWN, Need

WIDEST = 16_384
"""Columns of a sheet. Who sends more to a server is not Excel, and would keep the others waiting for minutes."""


class Call:
    """The students of a call: student i stands in row i of those that it names.

    Args:
        scored: Those who are scored, these students among them.
        places: n places among them, -1 for a blank row.
    """

    def __init__(self, scored: Scored, places: Sequence[int]) -> None:
        self.scored, self.places = scored, places

    def is_blank(self, i: int) -> bool:
        """Whether nothing stands in row i."""
        return self.places[i] < 0

    def risk(self, i: int) -> float:
        """The risk of student i, 0 to 1; NaN without one."""
        return self.scored.risks[self.places[i]]

    def flag(self, i: int) -> str:
        """The flag of student i, with its sign."""
        return self.scored.scores.flags[self.places[i]].value

    def priority(self, i: int) -> int:
        """The place of student i among the students of the call, 1 for the first; 0 for who has none."""
        return int(self._priorities[i])

    def told(self, i: int, language: Language = ENGLISH) -> tuple[Reason, ...]:
        """The reasons of student i."""
        return self.scored.told(language)[self.places[i]]

    def not_read(self, i: int) -> Sequence[str]:
        """The cells of student i that hold errors of Excel, in words."""
        return self.scored.errors.get(self.places[i], ())

    def without_target(self, i: int) -> str | None:
        """What to say of student i instead, where the target is an error of Excel."""
        return self.scored.without_target.get(self.places[i])

    def topics(self, i: int) -> tuple[Need, ...]:
        """The needs of student i that are shown."""
        return self.scored.needs[self.places[i]][:SHOWN]

    def path(self, i: int, language: Language = ENGLISH) -> tuple[Step, ...]:
        """The path of student i."""
        return self.scored.paths(language)[self.places[i]]

    @cached_property
    def _priorities(self) -> npt.NDArray[np.int_]:
        scores, card = self.scored.scores, self.scored.card
        there = np.flatnonzero(np.array(self.places) >= 0)
        at = np.array(self.places)[there]
        found = np.zeros(len(self.places), dtype=int)
        found[there] = priorities(
            scores.risk[at],
            scores.standing.gap[at],
            tuple(map(str, there.tolist())),
            blend=card.blend,
            cuts=card.thresholds,
            first=self.scored.absent[at],
        )
        return found


def asked(students: Any, headings: Any, out_of: Any, strands: Any, cohort: Any, half_term: Any) -> Call:
    """The students of a call, scored.

    Where all of them stand in the cohort they are looked up there: the class says how its cells are read and what they tell, and a
    formula in each row says what one formula over all rows does.

    Args:
        students, headings, out_of, strands, cohort: Ranges, as they are handed over; all but the first two may be None.
        half_term: 1 to 6, or blank.

    Raises:
        MarkbookError: The ranges do not fit together, or leave something open.

    Example:
        >>> rows, headings = [["Ova", 7, 2], ["Tul", 4, 19], ["Zev", 5, 9]], [["Name", "Target", "Angles (20)"]]
        >>> asked(rows[1:], headings, None, None, rows, None).places
        [1, 2]
    """
    rows, peers, found = _class(students, headings, out_of, strands, cohort, half_term_given(half_term))
    if rows is found.rows:
        blank, places = found.blank, list(range(len(rows)))
    else:
        blank, places = [is_blank(row) for row in rows], found.places(rows)
    if not peers and blank.count(False) == 1:
        raise RequestProblem("Give the class as cohort: one student alone cannot be compared.")
    return _among(found, rows, blank, places)


def asked_what_if(students: Any, headings: Any, out_of: Any, change: Any, value: Any) -> Call:
    """The students of a call, each scored as if one cell held another value, against the class as it is.

    Args:
        students, headings, out_of: Ranges, as they are handed over; the last may be None.
        change: The heading of the column, a cell.
        value: What the student's cell holds then, a cell.

    Raises:
        MarkbookError: The ranges do not fit together, or there is no such heading.
    """
    rows, _, found = _class(students, headings, out_of, None, None, None)
    (row_of_headings,) = cells_of(headings, "headings").rows
    column, put = _changed_column(row_of_headings, cell_of(change), found.cohort.half_term), cell_of(value)
    changed = [(*row[:column], put, *row[column + 1 :]) if any(row) else row for row in rows]
    blank = [is_blank(row) for row in changed]
    return Call(found.beside(changed, range(len(rows))), _places_of_own(blank))


def _class(
    students: Any, headings: Any, out_of: Any, strands: Any, cohort: Any, half_term: int | None
) -> tuple[tuple[Row, ...], tuple[Row, ...], ScoredClass]:
    """The rows of the students, those of the cohort, and the class: the cohort, or without one the students."""
    rows, peers = cells_of(students, "students", keep=False), cells_of(cohort, "cohort")
    given = {"headings": headings, "out_of": out_of, "strands": strands}
    above = {name: cells_of(range_, name) for name, range_ in given.items()}
    for name, cells in above.items():
        if len(cells.rows) > 1:
            raise RequestProblem(f"{name}: {len(cells.rows)} rows were given. Select one row.")
    if not rows.rows or not above["headings"].rows:
        raise RequestProblem(f"{'headings' if rows.rows else 'students'}: nothing was given. Select the cells.")
    width = len(above["headings"].rows[0])
    if width > WIDEST:
        raise RequestProblem(f"headings: {width} columns were given, and a sheet has {WIDEST}. Select the class alone.")
    for name, cells in {
        "students": rows,
        "out_of": above["out_of"],
        "strands": above["strands"],
        "cohort": peers,
    }.items():
        widths = cells.widths - {0, width}
        if widths:
            raise RequestProblem(f"{name}: {min(widths)} columns, headings: {width}. Give both from the same columns.")
    return rows.rows, peers.rows, class_of(**above, rows=peers if peers.rows else rows, half_term=half_term)


def _among(found: ScoredClass, rows: Sequence[Row], blank: Sequence[bool], places: Sequence[int]) -> Call:
    """Students where they stand in the class; where one of them does not, beside it."""
    if any(place < 0 and not gap for place, gap in zip(places, blank, strict=True)):
        return Call(found.beside(rows, places), _places_of_own(blank))
    return Call(found, [-1 if gap else place for place, gap in zip(places, blank, strict=True)])


def _places_of_own(blank: Sequence[bool]) -> list[int]:
    return [-1 if gap else place for place, gap in enumerate(blank)]


def _changed_column(headings: Sequence[CellValue], change: CellValue, half_term: int) -> int:
    """The column that a heading names: exactly, or without its half-term the one of the half-term that the marks reach."""
    wanted = as_text(change).casefold()
    texts = [as_text(heading).casefold() for heading in headings]
    if wanted in texts:
        return texts.index(wanted)
    dated = {half_term_of(text): i for i, text in enumerate(texts) if wanted and text.startswith(f"{wanted} ")}
    reached = [number for number in dated if number is not None and number <= half_term]
    if not reached:
        raise RequestProblem(f"change: there is no heading {as_text(change)!r}. Give one of the headings, in quotes.")
    return dated[max(reached)]
