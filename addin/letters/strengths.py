"""What goes well for a student, from the student's own records alone: nobody is compared with the class in a letter."""

from __future__ import annotations

from math import floor

import numpy as np

from addin.letters.facts import Improvement, Strengths, TopicMarks
from model.means import mean_over
from model.strands import MODERATE_MARKS
from model.students import AssessmentKind, Cohort
from model.vocabulary import Strand

GOOD_SHARE = 0.6
"""Of a topic's marks: three in five, clearly more than half, even after the 13 points of standard error that 15 marks have."""

LEAST_SHARE = 0.4
"""Where no topic reaches that, the best one is told as the best so far, from two marks in five."""

GOOD_ATTENDANCE = 95.0
"""Per cent: what schools in England had on average before 2020 (absence 4.7 % in 2018/19, DfE)."""

GOOD_HOMEWORK = 80.0
"""Per cent: four pieces in five, a usual expectation of schools; a school says otherwise in its own wording."""

GOOD_EFFORT, EXCELLENT_EFFORT = 3.0, 3.5
"""On the scale 1 to 4, where 3 is good; from 3.5 on average more than half of the entries are excellent."""

LEAST_TESTS, LEAST_GAIN = 4, 10
"""An improvement is told from four tests and ten points: one standard error of the difference between two pairs of tests of
25 marks (binomial, about half right). It tells what was scored, and claims no cause."""

MOST_TOPICS = 2

Group = tuple[Strand | None, str]
"""A strand and a topic of it: what marks are added up by."""


def strengths_of(cohort: Cohort, student: int, *, not_topics: frozenset[str] = frozenset()) -> Strengths:
    """The strengths of one student.

    Args:
        student: The student's place in them, from 0.
        not_topics: Topics that the letter names as those to work on; they are not praised in the same letter.

    Example:
        >>> from model.students import Assessment
        >>> tests = (Assessment(title="Angles", strand=Strand.GEOMETRY, topic="Angles", out_of=20),
        ...     Assessment(title="Speed", strand=Strand.RATIO, topic="Speed", out_of=20))
        >>> one = Cohort.build(keys=("ZQ1",), half_term=1, assessments=tests, earned=[[16, 6]], homework=[[90] + [None] * 5])
        >>> found = strengths_of(one, 0)
        >>> [(topic.topic, topic.earned) for topic in found.topics], found.homework, found.attendance
        ([('Angles', 16.0)], 90, None)
    """
    attendance, homework, effort = (
        float(mean_over(values[student : student + 1])[0])
        for values in (cohort.attendance, cohort.homework, cohort.effort)
    )
    topics = _best_topics(cohort, student, not_topics)
    good = tuple(topic for topic in topics if _share(topic) >= GOOD_SHARE)
    return Strengths(
        topics=good[:MOST_TOPICS],
        best_so_far=None if good else next((topic for topic in topics if _share(topic) >= LEAST_SHARE), None),
        # Rounded down: a letter never says more than was reached. Comparisons with NaN are false, so unknown stays unsaid.
        attendance=floor(attendance) if attendance >= GOOD_ATTENDANCE else None,
        homework=floor(homework) if homework >= GOOD_HOMEWORK else None,
        effort=(4 if effort >= EXCELLENT_EFFORT else 3) if effort >= GOOD_EFFORT else None,
        improvement=_improvement(cohort, student),
    )


def _best_topics(cohort: Cohort, student: int, not_topics: frozenset[str]) -> tuple[TopicMarks, ...]:
    """The topics with marks enough to judge them by, best first."""
    columns: dict[Group, list[int]] = {}
    for j, assessment in enumerate(cohort.assessments):
        name = assessment.topic or assessment.strand
        if name and assessment.kind is AssessmentKind.TEST and name not in not_topics:
            columns.setdefault((assessment.strand, name), []).append(j)
    found = []
    for (_, topic), places in columns.items():
        marked = [j for j in places if not np.isnan(cohort.earned[student, j])]
        totals = [cohort.assessments[j].out_of for j in marked]
        out_of = sum(total or 0.0 for total in totals)
        if None in totals or out_of < MODERATE_MARKS:
            continue
        earned = sum(float(cohort.earned[student, j]) for j in marked)
        found.append(TopicMarks(topic=topic, earned=earned, out_of=out_of))
    return tuple(sorted(found, key=lambda marks: (-_share(marks), marks.topic)))


def _share(marks: TopicMarks) -> float:
    return (marks.earned or 0.0) / (marks.out_of or 1.0)


def _improvement(cohort: Cohort, student: int) -> Improvement | None:
    shares = [
        100.0 * float(cohort.earned[student, j]) / assessment.out_of
        for j, assessment in enumerate(cohort.assessments)
        if assessment.kind is AssessmentKind.TEST and assessment.out_of and not np.isnan(cohort.earned[student, j])
    ]
    if len(shares) < LEAST_TESTS:
        return None
    half = len(shares) // 2
    earlier, later = (floor(sum(part) / len(part)) for part in (shares[:half], shares[-half:]))
    return Improvement(earlier=earlier, later=later, tests=len(shares)) if later - earlier >= LEAST_GAIN else None
