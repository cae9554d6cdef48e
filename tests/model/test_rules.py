"""The plain rules: orders that a teacher could check by hand."""

from __future__ import annotations

import numpy as np
import pytest

from model.rules import RULES, says_below_target
from model.standing.place import standing
from model.students import Assessment, Cohort, FloatArray
from model.vocabulary import HALF_TERMS


def a_class() -> Cohort:
    """Ten students; marks rise with their number, targets are the same, and the last one does no homework."""
    homework: FloatArray = np.full((10, HALF_TERMS), np.nan)
    homework[:, 0] = [80.0] * 9 + [20.0]
    return Cohort.build(
        keys=[str(i) for i in range(10)],
        half_term=1,
        target=[5.0] * 10,
        homework=homework,
        assessments=(Assessment(title="Test 1", out_of=20), Assessment(title="Test 2", out_of=20)),
        earned=np.column_stack([np.arange(10.0) + 5, np.append(np.arange(9.0) + 5, 1.0)]),
    )


@pytest.mark.parametrize("rule", sorted(RULES))
def test_first_comes_who_should(rule: str) -> None:
    cohort = a_class()
    order = RULES[rule](cohort, standing(cohort))
    # The last one did badly last, and does no homework.
    first = {"last test": 9, "points checklist": 9}.get(rule, 0)
    assert int(np.argmax(order)) == first


def test_checklist_counts_homework() -> None:
    cohort = a_class()
    points = RULES["points checklist"](cohort, standing(cohort))
    assert points[9] > points[5]


def test_rule_says_below_target_only_where_it_can_tell() -> None:
    cohort = a_class()
    said = says_below_target(standing(cohort))
    assert said[0]
    assert not said[8]
    nobody = Cohort.build(keys=("a",), half_term=1, assessments=(Assessment(title="Test"),), earned=[[np.nan]])
    assert not says_below_target(standing(nobody)).any()


def test_teachers_own_grade_goes_before_the_marks() -> None:
    cohort = a_class()
    told = Cohort.build(
        keys=cohort.keys,
        half_term=1,
        target=cohort.target,
        working_at=[9.0] + [np.nan] * 9,
        assessments=cohort.assessments,
        earned=cohort.earned,
    )
    assert not says_below_target(standing(told))[0]
