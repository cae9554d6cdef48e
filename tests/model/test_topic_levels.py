"""Levels by topic: few marks are drawn to the class, marks speak for topics near by, and the weakest topic is found more often."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.curriculum import topics
from model.means import within
from model.strands import levels, needs
from model.students import Assessment, Cohort, FloatArray, Part
from model.topic_levels import LEARNT, believed, columns_of, kernel
from model.training.topic_spreads import learn, likelihood, training_classes
from model.training.topic_worlds import TopicSheet, class_with_tests, topic_worlds
from model.vocabulary import Strand

EXPANDING, DOUBLE = (Strand.ALGEBRA, "Expanding"), (Strand.ALGEBRA, "Double brackets")
PIES, OWN = (Strand.STATISTICS, "Pie charts"), (Strand.ALGEBRA, "Knots and loops")


def told(
    marks: list[float], totals: list[float], groups: list[tuple[Strand, str]], asked: list[tuple[Strand, str]]
) -> list[float]:
    usual = columns_of(np.full((1, len(totals)), np.nan), np.array(totals))
    return [float(level) for level in believed(np.array([marks]), groups, usual, asked)[0]]


def test_more_marks_are_believed_more() -> None:
    few, many = (told([-1.5], [out_of], [EXPANDING], [EXPANDING])[0] for out_of in (5.0, 60.0))
    assert -1.5 < many < few < 0


def test_marks_speak_for_what_is_near_on_the_map_most() -> None:
    own, near, strand, far = told([-1.5], [40.0], [EXPANDING], [EXPANDING, DOUBLE, OWN, PIES])
    assert own < near < strand < far < 0


def test_a_word_that_is_not_on_the_map_is_a_topic_of_its_strand() -> None:
    own, near, far = told([-1.5], [40.0], [OWN], [OWN, EXPANDING, PIES])
    assert own < near < far < 0


def test_the_kernel_is_one_of_likeness() -> None:
    alike = kernel()
    assert alike.shape == (len(topics()),) * 2
    assert np.allclose(np.diag(alike), 1.0)
    assert np.allclose(alike, alike.T)
    assert np.linalg.eigvalsh(alike).min() > 0
    assert alike.min() > 0


def test_questions_that_nearly_all_get_right_are_not_noisy() -> None:
    middling = np.array([[2.0], [3.0], [2.0], [3.0]] * 8)
    easy = np.array([[5.0], [5.0], [4.0], [5.0]] * 8)
    five = np.array([5.0])
    assert columns_of(easy, five).of_marks[0] < columns_of(middling, five).of_marks[0] / 2


def test_missing_marks_are_as_if_the_column_were_not_there() -> None:
    whole = told([-1.0, np.nan, 0.4], [20.0, 20.0, 20.0], [EXPANDING, DOUBLE, PIES], [EXPANDING, PIES])
    usual = columns_of(np.full((1, 3), np.nan), np.array([20.0] * 3))
    shuffled = believed(np.array([[np.nan, 0.4, -1.0]] * 3), [DOUBLE, PIES, EXPANDING], usual, [EXPANDING, PIES])
    assert np.allclose(shuffled, whole)


def test_levels_of_topics_without_marks() -> None:
    tests = (Assessment(title="Double brackets", strand=Strand.ALGEBRA, topic="Double brackets", out_of=30),)
    cohort = Cohort.build(
        keys=tuple("abcdefghij"), half_term=1, assessments=tests, earned=[[3.0 * i] for i in range(10)]
    )
    found = levels(cohort, within(cohort.earned, cohort.earned), [EXPANDING, PIES])
    assert (np.diff(found[:, 0]) > 0).all()
    assert abs(found[0, 0]) > abs(found[0, 1])


def test_a_paper_does_not_count_beside_its_questions() -> None:
    paper = Assessment(title="Mock 1", out_of=20)
    parts = tuple(
        Part(paper="Mock 1", strand=strand, topic=topic, out_of=10, questions=3) for strand, topic in (EXPANDING, PIES)
    )
    marks = np.array([[2.0, 9.0], [5.0, 5.0], [9.0, 2.0]])

    def found(totals: FloatArray) -> list[float]:
        cohort = Cohort.build(
            keys=("a", "b", "c"), half_term=1, assessments=(paper,), earned=totals, parts=parts, parts_earned=marks
        )
        placed = within(totals, totals)
        return [need.level for each in needs(cohort, placed, parts=within(marks, marks)) for need in each]

    assert found(marks.sum(axis=1, keepdims=True)) == found(np.array([[20.0], [3.0], [0.0]]))


def hits(sheets: list[TopicSheet]) -> tuple[float, float]:
    """How often the topic that is named first, and the one with the lowest per cent, is among the truly weakest quarter."""
    named = lowest = total = 0
    for sheet in sheets:
        cohort = sheet.cohort
        earned = cohort.parts_earned if cohort.parts else cohort.earned
        totals = np.array([part.out_of for part in cohort.parts]) if cohort.parts else cohort.totals
        parts = within(cohort.parts_earned, cohort.parts_earned) if cohort.parts else None
        place = {topics()[id_].name: j for j, id_ in enumerate(sheet.tested)}
        for i, found in enumerate(needs(cohort, within(cohort.earned, cohort.earned), parts=parts)):
            known = np.flatnonzero(~np.isnan(earned[i]))
            if not len(known):
                continue
            weak = set(known[np.argsort(sheet.level[i, known])[: max(1, len(known) // 4)]].tolist())
            named += place[found[0].topic or ""] in weak
            lowest += int(known[np.argmin((earned[i] / totals)[known])]) in weak
            total += 1
    return named / total, lowest / total


@pytest.mark.parametrize("world", topic_worlds(), ids=lambda world: world.name)
@pytest.mark.parametrize(("tests", "each", "gain"), [(4, 12, 0.05), (4, 1, -0.02), (24, 1, -0.02)])
def test_the_weakest_topic_is_named_more_often(world, tests: int, each: int, gain: float) -> None:  # type: ignore[no-untyped-def]
    rng = np.random.default_rng([7, tests, each])
    named, lowest = hits([class_with_tests(world, tests=tests, rng=rng, topics_each=each) for _ in range(40)])
    assert named >= lowest + gain, (named, lowest)


def test_the_spreads_are_those_that_training_finds() -> None:
    classes = training_classes(of_each=16)
    found = learn(classes, rounds=1)
    assert likelihood(classes, found) - likelihood(classes, LEARNT) < 1e-4
    assert likelihood(classes, LEARNT) > likelihood(classes, replace(LEARNT, along=0.0))
