"""Needs: the weak topic is found, a few marks do not judge, and the evidence says how many stand behind it."""

from __future__ import annotations

import numpy as np
import pytest

from model.standing.place import standing
from model.strands import needs, strand_levels
from model.students import Assessment, AssessmentKind, Cohort
from model.training.cohorts import schools
from model.training.worlds import World
from model.vocabulary import Evidence, Strand


def test_weak_strand_is_found_far_more_often_than_by_chance() -> None:
    hits = total = 0
    for sheet in schools(World(), students=1500, seed=5):
        levels = strand_levels(sheet.at(6), standing(sheet.at(6)).marks)
        whole = ~np.isnan(levels).any(axis=1)
        truly_weak = np.argsort(sheet.strand_ability[:, 5], axis=1)[:, :2]
        named = np.argmin(np.where(np.isnan(levels), np.inf, levels), axis=1)
        hits += int((named[:, None] == truly_weak).any(axis=1)[whole].sum())
        total += int(whole.sum())
    assert hits / total > 0.6  # a third by chance


def sat(*specs: tuple[Strand, str, float | None]) -> tuple[Assessment, ...]:
    return tuple(Assessment(title=topic, strand=strand, topic=topic, out_of=out_of) for strand, topic, out_of in specs)


@pytest.mark.parametrize(
    ("out_of", "evidence"),
    [
        (4, Evidence.WEAK),
        (14, Evidence.WEAK),
        (15, Evidence.MODERATE),
        (39, Evidence.MODERATE),
        (40, Evidence.STRONG),
        (None, Evidence.WEAK),
    ],
)
def test_evidence_goes_by_the_marks_behind_it(out_of: float | None, evidence: Evidence) -> None:
    cohort = Cohort.build(keys=("a",), half_term=1, assessments=sat((Strand.NUMBER, "Fractions", out_of)), earned=[[2]])
    (need,) = needs(cohort, np.array([[-1.0]]))[0]
    assert need.evidence is evidence
    assert (need.earned, need.out_of) == ((2, out_of) if out_of else (None, None))


def test_four_marks_do_not_judge_a_topic() -> None:
    tests = sat((Strand.NUMBER, "Fractions", 4), (Strand.RATIO, "Speed", 60), (Strand.ALGEBRA, "Equations", 60))
    cohort = Cohort.build(keys=("a",), half_term=1, assessments=tests, earned=[[0, 20, 50]])
    first, _ = needs(cohort, np.array([[-1.6, -1.4, 1.5]]))[0]
    assert first.topic == "Speed", "the lower mark of four weighs less than the low mark of sixty"


def test_two_strands_before_two_topics_of_one() -> None:
    tests = sat((Strand.NUMBER, "Fractions", 20), (Strand.NUMBER, "Decimals", 20), (Strand.RATIO, "Speed", 20))
    cohort = Cohort.build(keys=("a",), half_term=1, assessments=tests, earned=[[2, 3, 15]])
    assert [n.topic for n in needs(cohort, np.array([[-1.5, -1.2, 0.5]]))[0]] == ["Fractions", "Speed"]


def test_one_strand_alone_gives_its_two_weakest_topics() -> None:
    tests = sat((Strand.NUMBER, "Fractions", 20), (Strand.NUMBER, "Decimals", 20), (Strand.NUMBER, "Powers", 20))
    cohort = Cohort.build(keys=("a",), half_term=1, assessments=tests, earned=[[2, 3, 15]])
    assert [n.topic for n in needs(cohort, np.array([[-1.5, -1.2, 0.5]]))[0]] == ["Fractions", "Decimals"]


def test_marks_of_one_topic_add_up() -> None:
    tests = sat((Strand.NUMBER, "Fractions", 20), (Strand.NUMBER, "Fractions", 25))
    cohort = Cohort.build(keys=("a", "b"), half_term=1, assessments=tests, earned=[[2, 5], [np.nan, 7]])
    first, second = needs(cohort, np.array([[-1.0, -1.0], [np.nan, 0.3]]))
    assert [(n.earned, n.out_of) for n in first] == [(7, 45)]
    assert [(n.earned, n.out_of) for n in second] == [(7, 25)]


def test_mocks_and_missing_strands_name_no_topic() -> None:
    mock = Assessment(title="Mock 1", kind=AssessmentKind.MOCK, out_of=80)
    cohort = Cohort.build(
        keys=("a",), half_term=1, assessments=(mock, Assessment(title="Test 1", out_of=20)), earned=[[9, 9]]
    )
    assert needs(cohort, np.array([[-1.0, -1.0]])) == ((),)
