"""Intervals of shares and of their differences: published examples, and what must always hold."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.intervals import Estimate, difference, wilson


def rounded(told: Estimate) -> tuple[float, float, float, int]:
    return round(told.value, 3), round(told.low, 3), round(told.high, 3), told.students


def test_published_examples_of_the_intervals() -> None:
    # Newcombe (1998): 56/70 against 48/80, method 10; and Wilson's 0 of 10.
    assert rounded(difference(wilson(56, 70), wilson(48, 80)))[:3] == (0.2, 0.052, 0.334)
    assert rounded(wilson(0, 10)) == (0.0, 0.0, 0.278, 10)
    assert rounded(wilson(10, 10)) == (1.0, 0.722, 1.0, 10)


@given(n=st.integers(1, 300), share=st.floats(0, 1), m=st.integers(1, 300), other=st.floats(0, 1))
@settings(max_examples=100, deadline=None)
def test_intervals_hold_their_figure_and_stay_in_range(n: int, share: float, m: int, other: float) -> None:
    first, second = wilson(round(share * n), n), wilson(round(other * m), m)
    apart = difference(first, second)
    assert 0 <= first.low <= first.value <= first.high <= 1
    assert -1 - 1e-9 <= apart.low <= apart.value <= apart.high <= 1 + 1e-9
    back = difference(second, first)
    assert (back.low, back.high) == (pytest.approx(-apart.high), pytest.approx(-apart.low))


@pytest.mark.parametrize("n", [10, 12, 30, 120])
def test_a_share_is_held_as_often_as_is_said(n: int) -> None:
    """Exactly, from the binomial distribution, not by simulation."""
    told = [wilson(count, n) for count in range(n + 1)]
    covered = [
        sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k, each in enumerate(told) if each.low <= p <= each.high)
        for p in np.linspace(0.05, 0.95, 181)
    ]
    assert 0.945 <= np.mean(covered) <= 0.965
    assert min(covered) >= 0.895
