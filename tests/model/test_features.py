"""Features: shapes, signs down to the single mark, gaps that stay gaps, and no trace of the order of rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.features import FEATURE_NAMES, FEATURES, features
from model.scorecard import score
from model.standing.place import standing
from model.standing.reference import SMALLEST_COHORT
from model.students import Assessment, Cohort, FloatArray, MarkState
from model.training.cohorts import schools
from model.training.worlds import World

MEASURES = ("attendance", "homework", "effort")


def a_cohort(seed: int, students: int = 24, half_term: int = 4) -> Cohort:
    return next(schools(World(), students=1, seed=seed, sizes=(students, students))).at(half_term)


def changed(cohort: Cohort, name: str, row: int, column: int, value: float) -> Cohort:
    values: FloatArray = getattr(cohort, name).copy()
    values[row, column] = value
    return replace(cohort, **{name: values})


@given(seed=st.integers(0, 500), students=st.integers(1, 40), half_term=st.integers(1, 6))
@settings(max_examples=40, deadline=None)
def test_features_have_no_gaps_and_one_row_per_student(seed: int, students: int, half_term: int) -> None:
    matrix = features(a_cohort(seed, students, half_term))
    assert matrix.shape == (students, len(FEATURES))
    assert np.isfinite(matrix).all()


@given(seed=st.integers(0, 500), students=st.sampled_from([1, 3, 9, 30]), data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_better_mark_never_raises_the_risk(seed: int, students: int, data: st.DataObject) -> None:
    cohort = a_cohort(seed, students)
    marked = np.argwhere(cohort.state == MarkState.MARK)
    if not len(marked):
        return
    row, column = marked[data.draw(st.integers(0, len(marked) - 1))]
    total, earned = cohort.totals[column], cohort.earned[row, column]
    better = data.draw(st.floats(float(earned), float(total)))
    before, after = score(cohort).risk[row], score(changed(cohort, "earned", row, column, better)).risk[row]
    assert after <= before + 1e-12


@given(seed=st.integers(0, 500), name=st.sampled_from(MEASURES), data=st.data())
@settings(max_examples=60, deadline=None)
def test_better_engagement_never_raises_the_risk(seed: int, name: str, data: st.DataObject) -> None:
    cohort = a_cohort(seed)
    row = data.draw(st.sampled_from(np.flatnonzero(cohort.has_mark).tolist()))
    column = data.draw(st.integers(0, cohort.half_term - 1))
    now = getattr(cohort, name)[row, column]
    if np.isnan(now):
        return
    better = data.draw(st.floats(float(now), 4.0 if name == "effort" else 100.0))
    before, after = score(cohort).risk[row], score(changed(cohort, name, row, column, better)).risk[row]
    assert after <= before + 1e-12


@given(seed=st.integers(0, 500), data=st.data())
@settings(max_examples=30, deadline=None)
def test_order_of_students_changes_nothing(seed: int, data: st.DataObject) -> None:
    cohort = a_cohort(seed)
    order = data.draw(st.permutations(range(cohort.size)))
    straight, turned = score(cohort), score(cohort.take(order))
    np.testing.assert_allclose(turned.risk, straight.risk[order], rtol=0, atol=1e-12)
    assert dict(zip(cohort.keys, straight.priority, strict=True)) == {
        cohort.keys[i]: p for i, p in zip(order, turned.priority, strict=True)
    }


def test_a_change_of_scale_does_not_matter_and_totals_tell_of_the_class_alone() -> None:
    cohort = a_cohort(3)
    doubled = replace(
        cohort,
        assessments=tuple(replace(a, out_of=2 * (a.out_of or 0)) for a in cohort.assessments),
        earned=2 * cohort.earned,
    )
    without = replace(cohort, assessments=tuple(replace(a, out_of=None) for a in cohort.assessments))
    np.testing.assert_allclose(score(doubled).risk, score(cohort).risk, atol=1e-12)
    # Without totals nobody knows how the class did as a whole; who stands where among themselves is the same.
    np.testing.assert_allclose(standing(without).marks, standing(cohort).marks, atol=1e-12)
    assert standing(without).shift != standing(cohort).shift


def test_small_cohort_is_compared_with_the_reference() -> None:
    cohort = a_cohort(3)
    few = cohort.take(range(SMALLEST_COHORT - 1))
    assert standing(few).against_reference
    assert not standing(cohort).against_reference
    assert not standing(few, against=cohort).against_reference
    np.testing.assert_allclose(standing(few, against=cohort).marks, standing(cohort).marks[: few.size])


def test_marks_without_totals_in_a_class_of_one_cannot_be_compared() -> None:
    test = Assessment(title="Angles")
    alone = Cohort.build(keys=("a",), half_term=1, assessments=(test,), earned=[[12.0]])
    pair = Cohort.build(keys=("a", "b"), half_term=1, assessments=(test,), earned=[[12.0], [4.0]])
    assert not standing(alone).scorable.any()
    assert standing(pair).scorable.all()


def test_absent_is_not_zero_and_not_the_same_as_not_recorded() -> None:
    cohort = a_cohort(8, students=30)
    row = int(np.flatnonzero(cohort.has_mark)[0])

    def with_state(state: MarkState, earned: float) -> FloatArray:
        states, marks = cohort.state.copy(), cohort.earned.copy()
        states[row, 0], marks[row, 0] = state, earned
        return features(replace(cohort, state=states, earned=marks))[row]

    zero = with_state(MarkState.MARK, 0.0)
    absent, blank = with_state(MarkState.ABSENT, np.nan), with_state(MarkState.NOT_RECORDED, np.nan)
    assert not np.allclose(zero, absent)
    assert absent[FEATURE_NAMES.index("missed_tests")] > blank[FEATURE_NAMES.index("missed_tests")]
    not_sat = [FEATURE_NAMES.index(name) for name in ("missed_tests", "blank_tests")]
    assert blank[not_sat[1]] > absent[not_sat[1]]
    before = features(cohort)[row][not_sat]
    for other in (MarkState.NOT_REQUIRED, MarkState.NOT_YET_JOINED):
        rest = with_state(other, np.nan)[not_sat]
        assert (rest <= np.maximum(before, blank[not_sat]) + 0.02).all()
        assert rest[1] < blank[not_sat[1]], "nobody is blamed for a test they could not sit"


def test_identical_marks_stand_nowhere_and_divide_by_nothing() -> None:
    test = Assessment(title="Angles", out_of=20)
    cohort = Cohort.build(keys=[str(i) for i in range(10)], half_term=1, assessments=(test,), earned=[[7.0]] * 10)
    assert (standing(cohort).marks == 0).all()


@pytest.mark.parametrize("sensitive", ["sex", "pp", "sen", "eal", "ethnic", "gender", "name", "age"])
def test_no_feature_is_sensitive(sensitive: str) -> None:
    assert not [name for name in FEATURE_NAMES if sensitive in name.split("_")]
