"""The comparison after clinics: right about known effects, silent about few students, and warning of regression to the mean."""

from __future__ import annotations

import numpy as np
import pytest

from model.impact import FEWEST, WARNING, Impact, impact

TERMS = 100


def term(rng: np.random.Generator, students: int, effect: float) -> tuple[Impact, float, float]:
    """A term in which low marks bring an offer, its comparison, the true mean effect, and the plain rise of those offered."""
    ability = rng.normal(size=students)
    before = ability + rng.normal(scale=0.6, size=students)
    order = np.argsort(np.argsort(before + rng.normal(scale=0.7, size=students))) + 1.0
    offered = rng.random(students) < 1 / (1 + np.exp(2 * (before + 0.3)))
    attended = offered & (rng.random(students) < 0.6)
    after = ability + rng.normal(scale=0.6, size=students) + effect * attended
    told = impact(before=before, after=after, offered=offered, attended=attended, priority=order)
    return told, effect * float(attended[offered].mean()), float((after - before)[offered].mean())


@pytest.mark.parametrize("students", [60, 200])
@pytest.mark.parametrize("effect", [0.0, 0.8])
def test_the_interval_holds_the_effect_in_ninety_of_a_hundred_terms(students: int, effect: float) -> None:
    rng = np.random.default_rng([students, 7])
    found = [term(rng, students, effect) for _ in range(TERMS)]
    assert all(told.is_told for told, _, _ in found)
    assert sum(told.low <= true <= told.high for told, true, _ in found) >= 0.9 * TERMS
    # Without an effect the interval holds 0: that is what is told as no clear difference.
    none = sum("no clear difference" in " ".join(told.lines()) for told, _, _ in found)
    assert none >= 0.9 * TERMS if effect == 0 else none < 0.9 * TERMS


def test_regression_to_the_mean_is_not_told_as_an_effect() -> None:
    rng = np.random.default_rng(3)
    found = [term(rng, 120, 0.0) for _ in range(TERMS)]
    plain = np.mean([rise for _, _, rise in found])
    assert plain > 0.15  # what a comparison of before and after alone would have claimed
    assert abs(np.mean([told.effect for told, _, _ in found])) < plain / 5


@pytest.mark.parametrize(("offered", "others"), [(FEWEST - 1, 40), (40, FEWEST - 1), (0, 40), (40, 0)])
def test_below_ten_students_on_either_side_there_is_no_figure(offered: int, others: int) -> None:
    rng = np.random.default_rng(1)
    chosen = np.arange(offered + others) < offered
    before, after = rng.normal(size=(2, offered + others))
    told = impact(before=before, after=after, offered=chosen, attended=chosen)
    assert not told.is_told
    assert (told.offered, told.compared) == (offered, others)
    assert "No figure" in told.lines()[1]
    assert [told.as_table()[name] for name in ("effect", "low", "high", "change")] == [None] * 4


def test_ten_on_both_sides_are_enough() -> None:
    rng = np.random.default_rng(1)
    chosen = np.arange(20) < FEWEST
    before, after = rng.normal(size=(2, 20))
    told = impact(before=before, after=after, offered=chosen, attended=chosen, names=("Test 1", "Test 2"))
    assert told.is_told
    assert told.lines()[-1] == WARNING
    assert "Test 1 to Test 2" in told.lines()[1]


def test_who_lacks_a_test_is_left_out() -> None:
    rng = np.random.default_rng(1)
    chosen = np.arange(60) < 20
    before, after = rng.normal(size=(2, 60))
    before[3], after[50] = np.nan, np.nan
    told = impact(before=before, after=after, offered=chosen, attended=chosen)
    assert (told.offered, told.compared) == (19, 39)
