"""Students who are read from ranges and scored: the class of a formula, once for all formulas over it, or rows beside it.

What is worked out of a class is kept under its ranges, the half-term, the model in use and what was said of headings: where one
of these is another, it is another class. A class that is kept is never changed, so threads share it; two that ask for a new class
at once may both work it out, and get the same.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from threading import Lock
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from addin.errors import RequestProblem
from addin.formulas.cells import MOST_CELLS, Cells
from addin.reading.grid import EXCEL_ERRORS, CellValue, as_text
from addin.reading.headings.column import MARKED_ROLES, Column, Role, understand
from addin.reading.headings.remembered import BEST_MARK, Said, remembered, said
from addin.reading.records import CellDoubt, read_records
from addin.reading.settle import settle
from addin.reading.shape.profile import PROFILED, profiles
from addin.reading.table.one_is_best import ask_which_is_best, with_best
from model.activities import bundled
from model.language.speech import ENGLISH, Language, Sentence
from model.local import in_use
from model.pathway import NEEDS_OF_A_PATH, Step, pathways
from model.reasons import Reason, all_reasons
from model.scorecard import Scorecard, score
from model.strands import Need, needs
from model.students import Cohort, always_absent

Row = Sequence[CellValue]

MOST_CLASSES = 200
"""Classes that are kept, the last ones used, as long as their cells are no more than those of all ranges."""


class Scored:
    """Students, scored; reasons, topics and paths are worked out once they are asked for.

    Args:
        cohort: The students.
        doubts: What was not understood of their rows.
        card: The model.
        against: The class that they are compared with; None where they are the class.
        places: Where they stand in it, -1 for who does not.
    """

    def __init__(
        self,
        cohort: Cohort,
        doubts: Sequence[CellDoubt],
        card: Scorecard,
        against: Cohort | None = None,
        places: Sequence[int] | None = None,
    ) -> None:
        self.cohort, self.against, self.card = cohort, against, card
        self.scores = score(cohort, card=card, against=against, places=places)
        self.risks: list[float] = self.scores.risk.tolist()
        self.errors: dict[int, list[str]] = {}  # row -> its cells that hold errors of Excel, in words
        self.without_target: dict[int, str] = {}  # row -> what to say instead of a risk
        for doubt in doubts:
            if doubt.row < cohort.size and as_text(doubt.value) in EXCEL_ERRORS:
                told = f"{doubt.column.heading}: {as_text(doubt.value)}"
                self.errors.setdefault(doubt.row, []).append(Sentence("Not read: %(cell)s", cell=told))
                if doubt.column.role is Role.TARGET:
                    self.without_target[doubt.row] = f"{told}. Mend the target's formula or enter it."
        self._told: dict[Language, tuple[tuple[Reason, ...], ...]] = {}
        self._paths: dict[Language, tuple[tuple[Step, ...], ...]] = {}

    def told(self, language: Language = ENGLISH) -> tuple[tuple[Reason, ...], ...]:
        """The reasons of each student, worked out once for a language."""
        if language not in self._told:
            self._told[language] = all_reasons(
                self.cohort, self.scores, reference=self.card.reference, against=self.against, language=language
            )
        return self._told[language]

    @cached_property
    def absent(self) -> npt.NDArray[np.bool_]:
        """(n,) who was always absent."""
        return always_absent(self.cohort)

    @cached_property
    def needs(self) -> tuple[tuple[Need, ...], ...]:
        """The needs of each student, more of them than are shown."""
        placed = self.scores.standing
        return needs(self.cohort, placed.marks, parts=placed.parts, peers=self.against, most=NEEDS_OF_A_PATH)

    def paths(self, language: Language = ENGLISH) -> tuple[tuple[Step, ...], ...]:
        """The path of each student, worked out once for a language."""
        if language not in self._paths:
            placed = self.scores.standing
            self._paths[language] = pathways(
                self.cohort, placed.marks, self.needs, parts=placed.parts, peers=self.against, library=bundled(),
                language=language,
            )  # fmt: skip
        return self._paths[language]


class ScoredClass(Scored):
    """A whole class, scored, in which rows are looked up.

    Args:
        columns: What its columns are.
        rows: Its rows of cells.
        half_term: The half-term that was given.
        card: The model.
    """

    def __init__(
        self, columns: tuple[Column, ...], rows: tuple[Row, ...], half_term: int | None, card: Scorecard
    ) -> None:
        self.columns, self.rows = columns, rows
        read = read_records(columns, rows, keys=[str(number) for number in range(len(rows))], half_term=half_term)
        super().__init__(read.cohort, read.doubts, card)
        self.blank = [is_blank(row) for row in rows]
        self._place_of = {_as_key(row): place for place, row in enumerate(rows)}

    def places(self, rows: Sequence[Row]) -> list[int]:
        """Where rows stand in the class, by all their cells; -1 for those that do not."""
        return [self._place_of.get(_as_key(row), -1) for row in rows]

    def beside(self, rows: Sequence[Row], places: Sequence[int]) -> Scored:
        """Rows that are not all in the class, compared with it.

        Args:
            rows: n rows of cells.
            places: Where the same students stand in the class, -1 for who does not.
        """
        n = len(rows)
        read = read_records(
            self.columns,
            [*rows, *self.rows],
            keys=[str(number) for number in range(n + len(self.rows))],
            half_term=self.cohort.half_term,
        )
        ours, against = read.cohort.take(range(n)), read.cohort.take(range(n, n + len(self.rows)))
        return Scored(ours, read.doubts, self.card, against, places)


def is_blank(row: Row) -> bool:
    """Whether nothing stands in a row.

    Example:
        >>> is_blank((None, " ")), is_blank((None, 0.0))
        (True, False)
    """
    return not any(as_text(cell) for cell in row)


def _as_key(row: Row) -> tuple[Row, tuple[bool, ...]]:
    # 1 and TRUE are equal and not the same.
    return row, tuple([cell is True or cell is False for cell in row])


class _Key(NamedTuple):
    """Whatever the scores of a class hang on."""

    headings: Cells
    out_of: Cells
    strands: Cells
    rows: Cells
    half_term: int | None
    card: Scorecard
    said: Said


_kept: OrderedDict[_Key, ScoredClass | str] = OrderedDict()
"""Classes, the last ones used at the end; or why there are no scores, in words."""
_lock = Lock()


def class_of(headings: Cells, out_of: Cells, strands: Cells, rows: Cells, half_term: int | None) -> ScoredClass:
    """The class of a formula, from what is kept where nothing of it has changed.

    Args:
        headings, out_of, strands: The rows above the students; the last two may be empty.
        rows: The students.
        half_term: 1 to 6; None where it was left out.

    Raises:
        RequestProblem: The headings leave something open, or there is no column of marks.
        ScorecardError: The model in use cannot be used.
    """
    key = _Key(headings, out_of, strands, rows, half_term, in_use(), said())
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
    if found is None:
        found = _understood(key)
        with _lock:
            _kept[key] = found
            cells = sum(each.rows.size for each in _kept)
            while len(_kept) > 1 and (len(_kept) > MOST_CLASSES or cells > MOST_CELLS):
                cells -= _kept.popitem(last=False)[0].rows.size
    if isinstance(found, str):
        raise RequestProblem(found)
    return found


def forget_classes() -> None:
    """Forget all classes."""
    with _lock:
        _kept.clear()


def _understood(key: _Key) -> ScoredClass | str:
    (headings,), rows = key.headings.rows, key.rows.rows
    out_of, strands = (above.rows[0] if above.rows else () for above in (key.out_of, key.strands))
    means = remembered(map(as_text, headings))
    told = understand(headings, out_of=out_of, strands=strands, means=means)
    found = profiles(rows[:PROFILED], len(told))
    columns = with_best(settle(told, found), means.get(BEST_MARK, ""))
    question = None if BEST_MARK in means else ask_which_is_best(columns, found)
    if question is not None:
        return f"headings: {question}"
    if not any(column.role in MARKED_ROLES for column in columns):
        return "headings: no column of marks among them. Give the heading row above the same columns as the students."
    return ScoredClass(columns, rows, key.half_term, key.card)
