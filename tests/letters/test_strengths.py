"""What counts as going well: real figures of the student's own, and nothing where there are none."""

from __future__ import annotations

import numpy as np
import pytest

from addin.letters.facts import Improvement, Strengths
from addin.letters.strengths import strengths_of
from model.students import Assessment, AssessmentKind, Cohort
from model.vocabulary import Strand

TOPICS = (
    ("Angles", Strand.GEOMETRY),
    ("Speed", Strand.RATIO),
    ("Fractions", Strand.NUMBER),
    ("Equations", Strand.ALGEBRA),
)


def cohort(
    marks: list[float | None],
    *,
    out_of: list[float | None] | None = None,
    topics: tuple[tuple[str | None, Strand | None], ...] = TOPICS,
    kind: AssessmentKind = AssessmentKind.TEST,
    **engagement: list[float],
) -> Cohort:
    """One student with these marks, each out of 20 unless said otherwise; engagement by half-term."""
    totals = out_of or [20.0] * len(marks)
    tests = tuple(
        Assessment(title=str(topic), topic=topic, strand=strand, out_of=total, kind=kind)
        for (topic, strand), total in zip(topics, totals, strict=False)
    )
    by_half_term = {name: [[*values, *[np.nan] * (6 - len(values))]] for name, values in engagement.items()}
    earned = [[np.nan if mark is None else mark for mark in marks]]
    return Cohort.build(keys=("ZQ1",), half_term=3, assessments=tests, earned=earned, **by_half_term)  # type: ignore[arg-type]


def test_nothing_known_says_nothing() -> None:
    assert strengths_of(cohort([None] * 4), 0) == Strengths()
    assert not Strengths().known


@pytest.mark.parametrize(
    ("marks", "topics", "best"),
    [
        ([12, 11, 0, 0], ["Angles"], None),  # three in five is the edge
        ([16, 18, 14, 0], ["Speed", "Angles"], None),  # two at most, best first
        ([11, 9, 0, 0], [], "Angles"),  # none goes well: the best so far
        ([8, 0, 0, 0], [], "Angles"),
        ([7, 0, 0, 0], [], None),  # below two in five nothing is praised
    ],
)
def test_topics(marks: list[float | None], topics: list[str], best: str | None) -> None:
    found = strengths_of(cohort(marks), 0)
    assert [topic.topic for topic in found.topics] == topics
    assert (found.best_so_far.topic if found.best_so_far else None) == best


def test_few_marks_praise_no_topic() -> None:
    assert strengths_of(cohort([14], out_of=[14.0]), 0) == Strengths()
    assert strengths_of(cohort([15], out_of=[15.0]), 0).topics


def test_without_totals_no_topic_is_praised() -> None:
    assert strengths_of(cohort([18, 17], out_of=[None, 20.0]), 0).topics[0].topic == "Speed"


def test_two_tests_of_a_topic_count_together() -> None:
    found = strengths_of(cohort([20, 6], topics=(TOPICS[0], TOPICS[0])), 0)
    assert [(topic.earned, topic.out_of) for topic in found.topics] == [(26.0, 40.0)]


def test_a_topic_to_work_on_is_not_praised() -> None:
    found = strengths_of(cohort([20, 14, 0, 0]), 0, not_topics=frozenset({"Angles"}))
    assert [topic.topic for topic in found.topics] == ["Speed"]


def test_a_mock_paper_is_no_topic() -> None:
    assert strengths_of(cohort([20, 20, 20, 20], kind=AssessmentKind.MOCK), 0) == Strengths()


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("attendance", [95.0], 95), ("attendance", [94.9], None), ("attendance", [96.9, 99.0], 97), ("attendance", [100.0], 100),
        ("homework", [80.0], 80), ("homework", [79.9], None), ("homework", [70.0, 95.0], 82),
        ("effort", [3.0], 3), ("effort", [2.9], None), ("effort", [3.0, 4.0], 4), ("effort", [4.0], 4),
    ],
)  # fmt: skip
def test_engagement(name: str, values: list[float], told: int | None) -> None:
    assert getattr(strengths_of(cohort([None], **{name: values}), 0), name) == told


@pytest.mark.parametrize(
    ("marks", "told"),
    [
        ([5, 6, 8, 9], Improvement(earlier=27, later=42, tests=4)),
        ([5, 5, 7, 7], Improvement(earlier=25, later=35, tests=4)),
        ([5, 5, 7, 6], None),  # less than ten points
        ([9, 8, 6, 5], None),
        ([2, 18, None, None], None),  # fewer than four tests
    ],
)
def test_improvement(marks: list[float | None], told: Improvement | None) -> None:
    assert strengths_of(cohort(marks), 0).improvement == told
