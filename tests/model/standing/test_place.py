"""Where students stand: better never counts against anybody, worse for all never helps anybody, papers are told apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.scorecard import score
from model.standing.engagement import LIGHTLY
from model.standing.papers import TIER
from model.standing.place import standing
from model.standing.told import told_of_class
from model.students import Cohort, MarkState
from model.training.cohorts import schools
from model.training.worlds import Books, OwnPapers, World, kinds, worlds
from model.vocabulary import Flag

BY_NAME = {world.name: world for world in (*worlds(), *kinds())}
SLIP = 1e-12


def sheet_of(world: World, seed: int, size: int, half_term: int) -> Cohort:
    return next(schools(world, students=1, seed=seed, sizes=(size, size))).at(half_term)


@given(
    world=st.sampled_from(["base", "papers by tier", "no totals", "many schools"]),
    seed=st.integers(0, 10_000),
    size=st.integers(1, 40),
    half_term=st.integers(1, 6),
    data=st.data(),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_better_marks_attendance_homework_or_effort_never_raise_a_risk(
    world: str, seed: int, size: int, half_term: int, data: st.DataObject
) -> None:
    cohort = sheet_of(BY_NAME[world], seed, size, half_term)
    before = score(cohort).risk
    row = data.draw(st.integers(0, size - 1))
    what = data.draw(st.sampled_from(["earned", "attendance", "homework", "effort"]))
    values = getattr(cohort, what).copy()
    places = np.flatnonzero(~np.isnan(values[row]))
    if not len(places) or np.isnan(before[row]):
        return
    place = data.draw(st.sampled_from(places.tolist()))
    best = (
        {"earned": cohort.assessments[place].out_of or 60.0, "effort": 4.0}.get(what, 100.0)
        if what == "earned"
        else {"effort": 4.0}.get(what, 100.0)
    )
    share = data.draw(st.floats(0, 1))
    values[row, place] += share * max(best - values[row, place], 0.0)
    after = score(replace(cohort, **{what: values})).risk
    assert after[row] <= before[row] + SLIP


@given(seed=st.integers(0, 10_000), size=st.integers(10, 60), half_term=st.integers(1, 6), raised=st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_higher_targets_for_all_never_lower_a_risk(seed: int, size: int, half_term: int, raised: int) -> None:
    cohort = sheet_of(World(), seed, size, half_term)
    higher = replace(cohort, target=cohort.target + raised)
    assert (score(higher).risk >= score(cohort).risk - SLIP)[cohort.has_mark].all()


@given(seed=st.integers(0, 10_000), size=st.integers(10, 60), half_term=st.integers(1, 6))
@settings(max_examples=60, deadline=None)
def test_all_marks_halved_never_lower_a_risk(seed: int, size: int, half_term: int) -> None:
    cohort = sheet_of(World(), seed, size, half_term)
    before, after = score(cohort).risk, score(replace(cohort, earned=cohort.earned / 2)).risk
    assert (after >= before - SLIP)[cohort.has_mark].all()
    assert np.nanmean(after) > np.nanmean(before)


def test_order_and_flags_agree_and_who_is_always_absent_comes_first() -> None:
    cohort = sheet_of(World(), 5, 30, 4)
    state, earned = cohort.state.copy(), cohort.earned.copy()
    state[7], earned[7] = MarkState.ABSENT, np.nan
    scores = score(replace(cohort, state=state, earned=earned))
    in_order = [scores.flags[i] for i in np.argsort(scores.priority) if scores.priority[i]]
    ranks = [Flag.ALWAYS_ABSENT, Flag.HIGH, Flag.WATCH, Flag.ON_TRACK]
    assert in_order == sorted(in_order, key=ranks.index)
    assert scores.flags[7] is Flag.ALWAYS_ABSENT
    assert scores.priority[7] == 1
    assert np.isnan(scores.risk[7])


def test_missed_tests_raise_the_risk() -> None:
    cohort = sheet_of(World(), 5, 30, 4)
    row = int(np.argmax((cohort.state == MarkState.MARK).sum(axis=1)))
    state, earned = cohort.state.copy(), cohort.earned.copy()
    order = np.argsort(-standing(cohort).marks[row])[: len(cohort.assessments) // 2]
    risks = []
    for what in (MarkState.NOT_REQUIRED, MarkState.ABSENT):
        state[row, order], earned[row, order] = what, np.nan
        risks.append(score(replace(cohort, state=state, earned=earned)).risk[row])
    assert risks[1] > risks[0]


@pytest.mark.parametrize(
    ("world", "papers"), [("base", None), ("papers by tier", TIER), ("no totals", None), ("many schools", TIER)]
)
def test_papers_of_their_own_are_told_from_one_paper(world: str, papers: str | None) -> None:
    found = [
        standing(sheet.at(3)).papers
        for sheet in schools(BY_NAME[world], students=3_000, seed=11, sizes=(100, 160))
        # Sets have students of one tier, as a rule.
        if min(np.bincount(sheet.cohort.higher.astype(int), minlength=2)) >= 20 and sheet.spread > 0.9
    ]
    right = [(each.by if each.own else None) == papers for each in found]
    assert len(right) >= 10
    assert np.mean(right) >= 0.9


def test_sets_with_their_own_tests_are_not_compared_as_one_paper() -> None:
    world = World(books=Books(papers=OwnPapers.SET))
    years = [
        s
        for s in schools(world, students=3_000, seed=12, sizes=(150, 180))
        if not np.isnan(s.cohort.teaching_set).any()
    ]
    assert len(years) >= 4
    for sheet in years:
        cohort = sheet.at(3)
        placed = standing(cohort)
        assert placed.papers.own
        assert any("seem to have sat topic tests of their own" in line for line in told_of_class(cohort, placed))
        # With sets or tiers told apart, places follow what students can do far better than percentages do.
        ability = sheet.strand_ability[:, 2].mean(axis=1)
        plain = replace(cohort, teaching_set=np.full(cohort.size, np.nan), higher=np.full(cohort.size, np.nan))
        known = ~np.isnan(placed.level_from_marks)
        right, wrong = (
            np.corrcoef(each.level_from_marks[known], ability[known])[0, 1] for each in (placed, standing(plain))
        )
        assert right > wrong + 0.1


def test_engagement_counts_as_far_as_it_goes_with_progress() -> None:
    shares = {
        name: [
            standing(s.at(6)).engagement_counts
            for s in schools(BY_NAME[name], students=2_000, seed=13, sizes=(150, 200))
        ]
        for name in ("base", "engagement without effect")
    }
    assert np.mean(shares["base"]) > 0.8
    assert np.mean(shares["engagement without effect"]) < 0.4
    cohort = next(schools(BY_NAME["engagement without effect"], students=1, seed=13, sizes=(200, 200))).at(6)
    placed = standing(cohort)
    assert placed.engagement_counts < LIGHTLY
    assert any("tell little about progress in this class" in line for line in told_of_class(cohort, placed))


@pytest.mark.parametrize("size", [9, 30])
def test_one_student_among_the_class_stands_as_in_the_class(size: int) -> None:
    cohort = sheet_of(BY_NAME["many schools"], 21, size, 4)
    whole = score(cohort)
    for row in range(size):
        alone = score(cohort.take([row]), against=cohort)
        np.testing.assert_allclose(alone.risk, whole.risk[row : row + 1], rtol=0, atol=1e-12)
