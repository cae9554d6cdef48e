"""The simulation of clinics: the same term for every way, and figures that can be what they say."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.clinics import SEATS, SLOTS, WAYS, WEEKS, Outcome, gain, highest_risk, run, run_all, term


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Outcome]:
    return dict(zip(WAYS, run_all(0.5, 3), strict=True))


def test_a_term_is_the_same_for_every_way_and_every_run(outcomes: dict[str, Outcome]) -> None:
    assert np.array_equal(term(0.5, 3).comes, term(0.5, 3).comes)
    assert run(highest_risk, term(0.5, 3)) == outcomes["highest risk first"]


def test_figures_are_within_what_can_be(outcomes: dict[str, Outcome]) -> None:
    for name, told in outcomes.items():
        assert 0 < told.seats_used <= 1
        assert 0 < told.need_met <= told.need_met_plain <= told.seats_used
        assert sum(told.had.values()) == round(told.seats_used * WEEKS * len(SLOTS) * SEATS)
        if name != "our plan":
            assert (told.overflow, told.turned_away) == (0.0, 0.0)


def test_a_gain_is_a_ratio_of_means_with_an_interval() -> None:
    theirs = np.array([1.0, 2.0, 3.0, 4.0])
    assert gain(1.2 * theirs, theirs) == (pytest.approx(0.2), pytest.approx(0.0, abs=1e-12))
    more, about = gain(theirs + np.array([1.0, -1.0, 1.0, -1.0]), theirs)
    assert more == pytest.approx(0.0)
    assert about > 0
