"""The plain rules that the model has to beat, and that are shown beside it: what a head of maths would do without one.

Each rule orders a cohort from the student to help first; the higher the number, the earlier. They use what the model uses, as
well as a rule can: marks are standardised within their assessment first, so a hard test is nobody's fault.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from model.means import latest, mean_over
from model.standing.place import Standing
from model.students import Cohort, FloatArray

BELOW_TARGET_BY = 0.5
"""Grades below target from which "working below target" holds: half a grade rounds to a whole one."""

LOW_ATTENDANCE, LOW_HOMEWORK, LOW_EFFORT = 90.0, 60.0, 2.0
"""The checklist's lines. Attendance under 90 % is the DfE's persistent absence; the others are common in school policies."""


def below_target(cohort: Cohort, placed: Standing) -> FloatArray:
    """Grades below target, the working-at grade taken from the teacher or else from the place in the cohort."""
    return -placed.gap


def lowest_average(cohort: Cohort, placed: Standing) -> FloatArray:
    """The lowest mean standard mark first."""
    return -mean_over(placed.marks)


def last_test(cohort: Cohort, placed: Standing) -> FloatArray:
    """The lowest latest mark first."""
    return -latest(placed.marks)


def points_checklist(cohort: Cohort, placed: Standing) -> FloatArray:
    """One point each for working below target, low attendance, low homework, low effort and a missed test in three; ties by
    grades below target."""
    attendance, homework, effort = (mean_over(values) for values in (cohort.attendance, cohort.homework, cohort.effort))
    absent = (cohort.state == 1).sum(axis=1) / np.maximum(((cohort.state == 1) | (cohort.state == 0)).sum(axis=1), 1)
    with np.errstate(invalid="ignore"):
        points = (
            (placed.gap <= -BELOW_TARGET_BY).astype(np.float64)
            + (attendance < LOW_ATTENDANCE)
            + (homework < LOW_HOMEWORK)
            + (effort < LOW_EFFORT)
            + (absent >= 1 / 3)
        )
    return np.asarray(points - 0.01 * np.clip(np.nan_to_num(placed.gap), -9, 9))


RULES: dict[str, Callable[[Cohort, Standing], FloatArray]] = {
    "working below target": below_target,
    "lowest average": lowest_average,
    "last test": last_test,
    "points checklist": points_checklist,
}


def says_below_target(placed: Standing) -> npt.NDArray[np.bool_]:
    """(n,) whether the plain rule would flag the student; False where it cannot tell.

    Example:
        >>> from model.standing.place import standing
        >>> from model.students import Assessment, Cohort
        >>> one = Cohort.build(keys=("a",), half_term=1, target=[8], assessments=(Assessment(title="Angles", out_of=20),),
        ...     earned=[[2]])
        >>> says_below_target(standing(one)).tolist()
        [True]
    """
    with np.errstate(invalid="ignore"):
        return np.asarray(placed.gap <= -BELOW_TARGET_BY)
