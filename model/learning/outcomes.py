"""A school's own outcomes: last year's records and final grades as rows that a model can learn from.

One row is what the markbook held of a student at the end of one half-term, with the gap that the summer showed. Rows come in
the order of the students' keys, so that the order of the sheet changes no figure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from model.errors import OutcomesError
from model.features import FEATURE_NAMES, features
from model.scorecard import Scorecard, usual_error
from model.standing.place import standing
from model.students import Cohort, FloatArray

FEWEST = 30
"""Fewer outcomes than this cannot tell a better model from a luckier one (the standard error of a share is then .09)."""

FEWEST_OF_EACH = 6
"""So many must have missed their target and as many reached it: each of five folds then holds out at least one of either."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Outcomes:
    """r rows of n students.

    Args:
        keys: n students, sorted.
        student: (r,) place of each row's student in `keys`.
        half_term: (r,) 1 to 6.
        matrix: (r, p) features in the order of the scorecard that they were made for, not standardised.
        gap: (r,) target minus final grade, in grades.
        level_gap: (r,) working level minus target, in grades: what the rule "working below target" goes by.
        usual_error: (r,) how large errors of predicted grades usually are there (`scorecard.usual_error`).
        notes: What could not be used, in words.
    """

    keys: tuple[str, ...]
    student: npt.NDArray[np.intp]
    half_term: npt.NDArray[np.intp]
    matrix: FloatArray
    gap: FloatArray
    level_gap: FloatArray
    usual_error: FloatArray
    notes: tuple[str, ...]

    @property
    def missed(self) -> FloatArray:
        """(r,) 1 where the target was missed."""
        return (self.gap >= 1).astype(np.float64)

    @property
    def weight(self) -> FloatArray:
        """(r,) weights that add up to 1 for each student: six half-terms of one student are one outcome, not six."""
        return np.asarray(1.0 / np.bincount(self.student, minlength=len(self.keys))[self.student])

    @property
    def half_terms(self) -> tuple[int, ...]:
        """The half-terms that there are rows of."""
        return tuple(int(t) for t in np.unique(self.half_term))

    def per_student(self, values: FloatArray) -> FloatArray:
        """(n,) the mean of (r,) values over the half-terms of each student."""
        return np.asarray(
            np.bincount(self.student, weights=values * self.weight, minlength=len(self.keys)), dtype=np.float64
        )


def outcomes_of(cohort: Cohort, final_grade: npt.ArrayLike, *, card: Scorecard) -> Outcomes:
    """The rows of one sheet of last year.

    The cohort is looked at as it stood at the end of each half-term. A working-at grade has no date, so it counts at the end
    of the year alone. Where an assessment has no half-term nobody knows what was there earlier: then only the end of the year
    is used.

    Args:
        cohort: n students at the end of the year.
        final_grade: (n,) grades 0 to 9, NaN where there is none.
        card: The scorecard whose features and reference cohort are used.

    Raises:
        OutcomesError: Fewer than 30 students with target, final grade and a mark, or too few who missed or reached it.

    Example:
        >>> from model.training.cohorts import schools
        >>> from model.training.worlds import World
        >>> from model.scorecard import bundled
        >>> (sheet,) = schools(World(), students=60, seed=3, sizes=(60, 60))
        >>> outcomes = outcomes_of(sheet.cohort, sheet.final_grade, card=bundled())
        >>> len(outcomes.keys), outcomes.half_terms, round(float(outcomes.weight.sum()))
        (60, (1, 2, 3, 4, 5, 6), 60)
    """
    final = np.asarray(final_grade, dtype=np.float64)
    order = sorted(range(cohort.size), key=lambda i: cohort.keys[i])
    cohort, final = cohort.take(order), final[order]
    gap = cohort.target - final
    _check(cohort, final)

    undated = sum(assessment.half_term is None for assessment in cohort.assessments)
    dated = range(1, cohort.half_term + 1)
    parts = []
    for half_term in (cohort.half_term,) if undated else dated:
        there = cohort.up_to(half_term)
        if half_term < cohort.half_term:
            there = replace(there, working_at=np.full(cohort.size, np.nan))
        placed = standing(there, reference=card.reference)
        rows = np.flatnonzero(placed.scorable & ~np.isnan(gap))
        matrix = features(there, reference=card.reference, placed=placed)[rows]
        error = usual_error(placed.trust, there.higher, doubt=card.doubt, foundation=card.foundation)
        parts.append((rows, np.full(len(rows), half_term), matrix, gap[rows], placed.gap[rows], error[rows]))
    place, half_terms, matrix, gaps, level_gap, errors = (np.concatenate(part) for part in zip(*parts, strict=True))
    used, student = np.unique(place, return_inverse=True)
    return Outcomes(
        keys=tuple(cohort.keys[i] for i in used),
        student=student,
        half_term=half_terms,
        matrix=matrix[:, [FEATURE_NAMES.index(name) for name in card.features]],
        gap=gaps,
        level_gap=level_gap,
        usual_error=errors,
        notes=(_undated(undated, cohort.half_term),) if undated else (),
    )


def _check(cohort: Cohort, final: FloatArray) -> None:
    graded = ~np.isnan(final)
    if not graded.any():
        raise OutcomesError(
            "No final grade: adapting learns from outcomes. Add a column 'Final grade' with last year's grades, 0 to 9."
        )
    usable = graded & ~np.isnan(cohort.target) & cohort.has_mark
    if usable.sum() < FEWEST:
        raise OutcomesError(
            f"{int(usable.sum())} students have a target, a final grade and a mark ({int(graded.sum())} have a final grade); "
            f"adapting needs at least {FEWEST}. Add last year's other classes to the sheet, or keep the shipped model."
        )
    missed = int((cohort.target - final >= 1)[usable].sum())
    if min(missed, int(usable.sum()) - missed) < FEWEST_OF_EACH:
        raise OutcomesError(
            f"Of {int(usable.sum())} students {missed} missed their target; adapting needs at least {FEWEST_OF_EACH} who did "
            f"and {FEWEST_OF_EACH} who did not. Add last year's other classes to the sheet, or keep the shipped model."
        )


def _undated(count: int, half_term: int) -> str:
    many = f"{count} assessments have" if count != 1 else "1 assessment has"
    return (
        f"{many} no half-term in the heading, so only half-term {half_term} could be used; write e.g. 'Angles (20) HT3'"
    )
