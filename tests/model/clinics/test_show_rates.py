"""How likely a student is to come: shrunk to what is usual, and learnt from how much students differ."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.clinics.show_rates import HIGHEST, LOWEST, USUAL_WEIGHT, WEEKS_DIFFER, Attendance, learn


def register(rates: list[float], *, offers: int, seed: int = 1) -> list[Attendance]:
    random = Random(seed)
    return [
        Attendance(key=f"{i}", slot="Mon", offered=offers, attended=sum(random.random() < rate for _ in range(offers)))
        for i, rate in enumerate(rates)
    ]


def test_nothing_known_is_the_starting_rate() -> None:
    rates = learn([], start=0.3)
    assert rates.rate("anybody", "Mon") == pytest.approx(0.3)
    assert rates.weight == USUAL_WEIGHT


@settings(deadline=None)
@given(st.integers(0, 20), st.integers(0, 20), st.sampled_from((0.2, 0.5, 0.8)))
def test_a_rate_lies_between_the_record_and_what_is_usual(offered: int, attended: int, start: float) -> None:
    attended = min(offered, attended)
    others = register([start] * 12, offers=5)
    rates = learn([*others, Attendance(key="x", slot="Mon", offered=offered, attended=attended)], start=start)
    usual = rates.of_slot("Mon")
    own = attended / offered if offered else usual
    assert max(LOWEST, min(usual, own)) - 1e-9 <= rates.rate("x", "Mon") <= min(HIGHEST, max(usual, own)) + 1e-9


def test_more_clinics_weigh_more() -> None:
    others = register([0.5] * 12, offers=5)
    few, many = (
        learn([*others, Attendance(key="x", slot="Mon", offered=n, attended=n)], start=0.5).rate("x", "Mon")
        for n in (1, 12)
    )
    assert 0.5 < few < many < 1


def test_how_much_students_differ_is_learnt() -> None:
    alike = learn(register([0.5] * 60, offers=8), start=0.5)
    unlike = learn(register([0.05, 0.95] * 30, offers=8), start=0.5)
    assert unlike.weight < USUAL_WEIGHT < alike.weight


def test_what_moves_all_together_shrinks_to_how_weeks_differ() -> None:
    spreads = [learn(register([0.5] * n, offers=5), start=0.5).spread for n in (0, 5, 50, 2000)]
    assert spreads == sorted(spreads, reverse=True)
    assert spreads[0] > 1
    assert spreads[-1] == pytest.approx(WEEKS_DIFFER, abs=0.01)


@settings(deadline=None)
@given(st.permutations(register([0.2, 0.4, 0.6, 0.8] * 4, offers=4)))
def test_the_order_of_rows_moves_no_digit(rows: list[Attendance]) -> None:
    assert learn(rows, start=0.5) == learn(register([0.2, 0.4, 0.6, 0.8] * 4, offers=4), start=0.5)
