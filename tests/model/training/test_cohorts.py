"""Synthetic schools: seeded, shaped as documented, and with marginals near those that the module names."""

from __future__ import annotations

import numpy as np
import pytest

from model.means import mean_over
from model.students import Assessment, AssessmentKind, MarkState
from model.training.cohorts import SyntheticSheet, sample_class, schools, simulate, usual_assessments
from model.training.worlds import World, worlds
from model.vocabulary import HALF_TERMS, STRANDS
from templates.layout import assessments


@pytest.fixture(scope="module")
def sheets() -> list[SyntheticSheet]:
    return list(schools(World(), students=12_000, seed=11))


def stacked(sheets: list[SyntheticSheet], name: str) -> np.ndarray:
    return np.concatenate([getattr(sheet.cohort, name) for sheet in sheets])


def test_same_seed_same_students() -> None:
    first, again, other = (list(schools(World(), students=200, seed=seed)) for seed in (5, 5, 6))
    assert [s.cohort.earned.tobytes() for s in first] == [s.cohort.earned.tobytes() for s in again]
    assert [s.gap.tobytes() for s in first] != [s.gap.tobytes() for s in other]


def test_worlds_differ_with_the_same_seed() -> None:
    outcomes = {world.name: next(schools(world, students=50, seed=5)).gap.tobytes() for world in worlds()}
    assert len(set(outcomes.values())) == len(worlds()) == 6


def test_marginals_are_near_the_named_statistics(sheets: list[SyntheticSheet]) -> None:
    ks2, final = stacked(sheets, "ks2"), np.concatenate([sheet.final_grade for sheet in sheets])
    absence = 100 - mean_over(stacked(sheets, "attendance"))
    assert np.nanmean(ks2) == pytest.approx(104, abs=1)
    assert np.nanstd(ks2) == pytest.approx(7.5, abs=0.7)
    assert final.mean() == pytest.approx(4.6, abs=0.25)
    assert final.std() == pytest.approx(2.0, abs=0.2)
    known = ~np.isnan(ks2)
    assert np.corrcoef(ks2[known], final[known])[0, 1] == pytest.approx(0.8, abs=0.04)
    assert np.nanmean(absence) == pytest.approx(8, abs=1.5)
    assert (absence[~np.isnan(absence)] >= 10).mean() == pytest.approx(0.2, abs=0.06)


def test_absence_from_tests_depends_on_attendance(sheets: list[SyntheticSheet]) -> None:
    attendance = stacked(sheets, "attendance").mean(axis=1)
    missed = np.concatenate([(s.cohort.state == MarkState.ABSENT).mean(axis=1) for s in sheets])
    known = ~np.isnan(attendance)
    low, high = missed[known & (attendance < 88)], missed[known & (attendance > 96)]
    assert low.mean() > 3 * high.mean()


def test_engagement_moves_the_outcome_only_where_the_world_says_so() -> None:
    def tie(world: World) -> float:
        sheets = list(schools(world, students=6_000, seed=3))
        homework = mean_over(stacked(sheets, "homework"))
        known = ~np.isnan(homework)
        return float(np.corrcoef(homework[known], np.concatenate([s.gap for s in sheets])[known])[0, 1])

    by_name = {world.name: tie(world) for world in worlds() if world.name.startswith(("base", "engagement"))}
    assert abs(by_name["engagement without effect"]) < 0.12
    assert by_name["engagement doubled"] < by_name["base"] - 0.1 < -0.3


def test_truth_is_consistent(sheets: list[SyntheticSheet]) -> None:
    for sheet in sheets[:20]:
        assert np.array_equal(sheet.gap, sheet.cohort.target - sheet.final_grade)
        mean_of_strands = sheet.strand_ability.mean(axis=2)
        deviation = sheet.strand_ability - mean_of_strands[:, :, None]
        assert np.allclose(deviation[:, 0], deviation[:, -1]), "strengths and weaknesses last the year"
        marks = sheet.cohort.earned
        assert (np.isnan(marks) | ((marks >= 0) & (marks <= sheet.cohort.totals))).all()


def test_every_half_term_shows_no_more_than_the_next(sheets: list[SyntheticSheet]) -> None:
    sheet = sheets[0]
    seen = [int((sheet.at(t).state == MarkState.MARK).sum()) for t in range(1, HALF_TERMS + 1)]
    assert seen == sorted(seen)
    assert seen[0] < seen[-1]
    assert np.isnan(sheet.at(2).attendance[:, 2:]).all()


@pytest.mark.parametrize("students", [1, 2, 9, 10, 30, 200])
def test_sample_class_has_the_usual_gaps(students: int) -> None:
    layout = assessments()
    cohort = sample_class(students=students, seed=4, half_term=4, assessments=layout)
    assert cohort.size == students
    assert cohort.assessments == layout
    later = [j for j, a in enumerate(layout) if (a.half_term or 0) > 4]
    assert (cohort.state[:, later] == MarkState.NOT_RECORDED).all()
    if students >= 10:
        assert (~cohort.has_mark).sum() == 1
        joined_late = (cohort.state == MarkState.NOT_YET_JOINED).any(axis=1)
        assert np.isnan(cohort.ks2[joined_late]).any()
    else:
        assert cohort.has_mark.any()


def test_usual_assessments_meet_every_strand_first() -> None:
    for seed in range(20):
        tests = [a for a in usual_assessments(np.random.default_rng(seed)) if a.kind is AssessmentKind.TEST]
        assert {a.strand for a in tests[:6]} == set(STRANDS)
        assert len({a.topic for a in tests}) == len(tests)


def test_assessment_without_total_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a half-term and a total"):
        simulate(
            World(),
            students=5,
            kind="mixed",
            assessments=(Assessment(title="Angles", half_term=1),),
            rng=np.random.default_rng(1),
        )
