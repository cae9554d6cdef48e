"""The student table: what is known of one cohort, keyed by student, with no trace of the sheet it came from.

One `Cohort` is the students of one markbook sheet: a class, a set or a whole year. Arrays have one row per student in the
order of `keys`; nothing downstream relies on that order (a test shuffles it).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from model.vocabulary import HALF_TERMS, Strand

FloatArray = npt.NDArray[np.float64]
StateArray = npt.NDArray[np.int8]


_BY_HALF_TERM = ("attendance", "homework", "effort")


def _shapes(students: int) -> dict[str, tuple[int, ...]]:
    """What may be known of students beside their marks, and its shape."""
    once = dict.fromkeys(("target", "ks2", "working_at", "higher", "teaching_set"), (students,))
    return {**once, **dict.fromkeys(_BY_HALF_TERM, (students, HALF_TERMS))}


class MarkState(IntEnum):
    """What a mark cell says. Only `MARK` has a number beside it; the other four stay four different things.

    Example:
        >>> MarkState.ABSENT.name
        'ABSENT'
    """

    MARK = 0
    ABSENT = 1
    NOT_REQUIRED = 2
    NOT_YET_JOINED = 3
    NOT_RECORDED = 4


class AssessmentKind(StrEnum):
    """A topic test, or a paper of a mock examination."""

    TEST = "test"
    MOCK = "mock"


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """One column of marks.

    Args:
        title: The heading as the teacher wrote it.
        kind: Topic test or mock paper.
        strand: Strand of the test, None where it is mixed or unknown (mocks).
        topic: One of `vocabulary.TOPICS`, or the teacher's own word, or None.
        out_of: The total in marks (above 0), None where the markbook has none.
        half_term: 1 to 6 where the heading or the sheet tells it, else None.
        grades: Where the marks are steps of a scale of grades: the GCSE grade, 0 to 9, that each step stands for, from the
            lowest step; empty where nobody has tied the scale to GCSE grades.
    """

    title: str
    kind: AssessmentKind = AssessmentKind.TEST
    strand: Strand | None = None
    topic: str | None = None
    out_of: float | None = None
    half_term: int | None = None
    grades: tuple[float, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Part:
    """The questions of one paper on one topic: the richest evidence that there is of what to work on, and no test of its own.

    Args:
        paper: The title of the paper.
        strand, topic: What the questions are about; the topic is None where only the strand is told.
        out_of: Their marks in all, above 0.
        questions: How many there are.
        half_term: 1 to 6 where the paper tells it.
    """

    paper: str
    strand: Strand
    topic: str | None
    out_of: float
    questions: int
    half_term: int | None = None


NEVER_SAT = 3
"""Assessments, at least, that somebody must have been absent from to be called always absent: two may be one bad week."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Cohort:
    """The students of one sheet, with n students and m assessments; NaN where nothing is known.

    Args:
        keys: n identities, all different.
        half_term: 1 to 6, the half-term that the records reach.
        target: (n,) target grades, 1 to 9.
        ks2: (n,) key stage 2 scaled scores, 80 to 120.
        working_at: (n,) the teacher's own working-at or predicted grades, 0 to 9.
        higher: (n,) 1 for higher tier, 0 for foundation.
        teaching_set: (n,) a number for each set or class that the sheet tells apart; the numbers mean nothing else.
        attendance, homework: (n, 6) per cent by half-term, 0 to 100.
        effort: (n, 6) the scale 1 to 4 by half-term.
        assessments: m assessments, oldest first.
        earned: (n, m) marks earned.
        state: (n, m) values of `MarkState`; `earned` is NaN exactly where the state is not MARK.
        parts: p parts of papers that are known question by question; the papers themselves are among the assessments.
        parts_earned: (n, p) marks earned in the parts, NaN where not known.

    Raises:
        ValueError: The shapes do not fit together, or keys repeat (a programming error, never a user's).

    Example:
        >>> test = Assessment(title="Fractions", strand=Strand.NUMBER, topic="Fractions", out_of=20)
        >>> cohort = Cohort.build(keys=("ZQ1", "ZQ2"), half_term=1, assessments=(test,), earned=[[12], [float("nan")]])
        >>> cohort.size, cohort.state.tolist()
        (2, [[0], [4]])
    """

    keys: tuple[str, ...]
    half_term: int
    target: FloatArray
    ks2: FloatArray
    working_at: FloatArray
    higher: FloatArray
    teaching_set: FloatArray
    attendance: FloatArray
    homework: FloatArray
    effort: FloatArray
    assessments: tuple[Assessment, ...]
    earned: FloatArray
    state: StateArray
    parts: tuple[Part, ...]
    parts_earned: FloatArray

    def __post_init__(self) -> None:
        n, m = len(self.keys), len(self.assessments)
        if len(set(self.keys)) != n:
            raise ValueError("keys repeat")
        if not 1 <= self.half_term <= HALF_TERMS:
            raise ValueError(f"half-term {self.half_term} is not 1 to {HALF_TERMS}")
        for name, shape in _shapes(n).items():
            if getattr(self, name).shape != shape:
                raise ValueError(f"{name} has shape {getattr(self, name).shape}, not {shape}")
        if self.earned.shape != (n, m) or self.state.shape != (n, m):
            raise ValueError(f"marks have shapes {self.earned.shape} and {self.state.shape}, not {(n, m)}")
        if self.parts_earned.shape != (n, len(self.parts)):
            raise ValueError(f"parts have shape {self.parts_earned.shape}, not {(n, len(self.parts))}")
        if not np.array_equal(np.isnan(self.earned), self.state != MarkState.MARK):
            raise ValueError("a mark is a number exactly where its state is MARK")

    @classmethod
    def build(
        cls,
        *,
        keys: Sequence[str],
        half_term: int,
        target: npt.ArrayLike | None = None,
        ks2: npt.ArrayLike | None = None,
        working_at: npt.ArrayLike | None = None,
        higher: npt.ArrayLike | None = None,
        teaching_set: npt.ArrayLike | None = None,
        attendance: npt.ArrayLike | None = None,
        homework: npt.ArrayLike | None = None,
        effort: npt.ArrayLike | None = None,
        assessments: Sequence[Assessment] = (),
        earned: npt.ArrayLike | None = None,
        state: npt.ArrayLike | None = None,
        parts: Sequence[Part] = (),
        parts_earned: npt.ArrayLike | None = None,
    ) -> Cohort:
        """Make a cohort from what there is; what is left out is unknown. Without `state`, NaN marks are not recorded."""
        n, m = len(keys), len(assessments)

        def filled(values: npt.ArrayLike | None, shape: tuple[int, ...]) -> FloatArray:
            return np.full(shape, np.nan) if values is None else np.asarray(values, dtype=np.float64)

        marks = filled(earned, (n, m)).reshape(n, m)
        unmarked = np.where(np.isnan(marks), MarkState.NOT_RECORDED, MarkState.MARK)
        states = unmarked if state is None else np.asarray(state)
        return cls(
            keys=tuple(keys),
            half_term=half_term,
            target=filled(target, (n,)),
            ks2=filled(ks2, (n,)),
            working_at=filled(working_at, (n,)),
            higher=filled(higher, (n,)),
            teaching_set=filled(teaching_set, (n,)),
            attendance=filled(attendance, (n, HALF_TERMS)),
            homework=filled(homework, (n, HALF_TERMS)),
            effort=filled(effort, (n, HALF_TERMS)),
            assessments=tuple(assessments),
            earned=marks,
            state=states.astype(np.int8).reshape(n, m),
            parts=tuple(parts),
            parts_earned=filled(parts_earned, (n, len(parts))).reshape(n, len(parts)),
        )

    @property
    def size(self) -> int:
        """The number of students."""
        return len(self.keys)

    @property
    def totals(self) -> FloatArray:
        """(m,) the totals of the assessments, NaN where there is none."""
        return np.array([np.nan if a.out_of is None else a.out_of for a in self.assessments], dtype=np.float64)

    @property
    def is_mock(self) -> npt.NDArray[np.bool_]:
        """(m,) which assessments are papers of a mock examination."""
        return np.array([a.kind is AssessmentKind.MOCK for a in self.assessments], dtype=bool)

    @property
    def has_mark(self) -> npt.NDArray[np.bool_]:
        """(n,) who has at least one mark."""
        return np.asarray((self.state == MarkState.MARK).any(axis=1))

    def take(self, rows: Sequence[int] | npt.NDArray[np.intp]) -> Cohort:
        """The same cohort with the students at `rows` only, in that order.

        Example:
            >>> Cohort.build(keys=("a", "b", "c"), half_term=1).take([2, 0]).keys
            ('c', 'a')
        """
        index = np.asarray(rows, dtype=np.intp)
        if np.array_equal(index, np.arange(self.size)):
            return self  # a cohort is never changed, and a copy of a school's marks is large
        picked = {name: getattr(self, name)[index] for name in (*_shapes(0), "earned", "state", "parts_earned")}
        return replace(self, keys=tuple(self.keys[i] for i in index), **picked)

    def up_to(self, half_term: int) -> Cohort:
        """What the markbook held at the end of `half_term`: later engagement and later assessments are taken away.

        Assessments without a half-term stay.
        """
        keep = [i for i, a in enumerate(self.assessments) if a.half_term is None or a.half_term <= half_term]
        kept_parts = [i for i, part in enumerate(self.parts) if part.half_term is None or part.half_term <= half_term]
        later = np.arange(1, HALF_TERMS + 1) > half_term

        engagement: dict[str, Any] = {name: np.where(later, np.nan, getattr(self, name)) for name in _BY_HALF_TERM}
        return replace(
            self,
            half_term=half_term,
            **engagement,
            assessments=tuple(self.assessments[i] for i in keep),
            earned=self.earned[:, keep],
            state=self.state[:, keep],
            parts=tuple(self.parts[i] for i in kept_parts),
            parts_earned=self.parts_earned[:, kept_parts],
        )


def always_absent(cohort: Cohort) -> npt.NDArray[np.bool_]:
    """(n,) who has no mark and was absent from three assessments or more: nobody to be scored, and nobody to be overlooked.

    Example:
        >>> tests = [Assessment(title=name) for name in ("Angles", "Ratio", "Graphs")]
        >>> state = [[MarkState.ABSENT] * 3, [MarkState.ABSENT, MarkState.ABSENT, MarkState.NOT_RECORDED]]
        >>> always_absent(Cohort.build(keys=("a", "b"), half_term=2, assessments=tests, state=state)).tolist()
        [True, False]
    """
    return np.asarray(~cohort.has_mark & ((cohort.state == MarkState.ABSENT).sum(axis=1) >= NEVER_SAT))
