"""Need per strand and topic: how weak a topic is for a student, and how much stands behind the statement.

A few marks do not judge a topic. So each strand's deviation from the student's own level is shrunk toward none by the number
of marks behind it, and what is shown always comes with those marks and the strength of the evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import isnan

import numpy as np

from model.features import mean_over, or_zero
from model.students import AssessmentKind, Cohort, FloatArray
from model.vocabulary import STRANDS, Evidence, Strand

SHRINKAGE_MARKS = 60.0
"""Marks at which a deviation counts half: noise over signal, from a test of 25 marks whose noise is 1.3 grades and strands
that lie .7 grades around a student's level. `markbook model evaluate` shows how often the weak strand is found."""

MARKS_WITHOUT_TOTAL = 20.0
"""How much a test without a total counts: a usual class test."""

MODERATE_MARKS, STRONG_MARKS = 15.0, 40.0
"""Marks from which evidence is moderate and strong: the standard error of a per cent from 15 marks is 13 points, from 40 it
is 8 (binomial, about half right), which is the distance between neighbouring grades."""

_Group = tuple[Strand, str | None]
"""A strand and a topic of it."""


@dataclass(frozen=True, kw_only=True)
class Need:
    """A topic to work on.

    Args:
        strand: Its strand.
        topic: The topic, None where the markbook tells the strand only.
        earned, out_of: The marks behind it; None where the markbook has no totals.
        evidence: Weak below 15 marks or without totals, moderate below 40, else strong.
        level: Standard marks relative to the cohort, after shrinkage; the lower, the weaker.
    """

    strand: Strand
    topic: str | None
    earned: float | None
    out_of: float | None
    evidence: Evidence
    level: float


def strand_levels(cohort: Cohort, standard: FloatArray) -> FloatArray:
    """Level of each student in each strand, (n, 6): own level plus the shrunk deviation; NaN without marks in the strand.

    Args:
        cohort: n students with m assessments.
        standard: (n, m) standardised marks, as in `features.Standing.marks`.
    """
    own = _own_level(cohort, standard)
    levels = np.full((cohort.size, len(STRANDS)), np.nan)
    for s, strand in enumerate(STRANDS):
        columns = [j for j, a in enumerate(cohort.assessments) if a.strand is strand]
        levels[:, s] = _level(cohort, standard, own, columns)
    return levels


def needs(cohort: Cohort, standard: FloatArray, *, most: int = 2) -> tuple[tuple[Need, ...], ...]:
    """The topics that each student should work on first: the weakest topic of each of the weakest strands.

    Two are shown because even a perfect judge of these marks gets the weakest one right only half the time. Where only one
    strand has marks, its two weakest topics are shown.

    Args:
        cohort: n students.
        standard: (n, m) standardised marks.
        most: How many topics at most.

    Returns:
        For each student the needs, weakest first; empty where no mark belongs to a strand.

    Example:
        >>> from model.students import Assessment, Cohort
        >>> tests = (Assessment(title="Angles", strand=Strand.GEOMETRY, topic="Angles", out_of=20),
        ...     Assessment(title="Speed", strand=Strand.RATIO, topic="Speed", out_of=20))
        >>> one = Cohort.build(keys=("ZQ1",), half_term=1, assessments=tests, earned=[[16, 6]])
        >>> found = needs(one, np.array([[0.5, -1.0]]))[0]
        >>> [(need.topic, need.earned, need.out_of, need.evidence.value) for need in found]
        [('Speed', 6.0, 20.0, 'moderate'), ('Angles', 16.0, 20.0, 'moderate')]
    """
    own = _own_level(cohort, standard)
    groups: dict[_Group, list[int]] = {}
    for j, assessment in enumerate(cohort.assessments):
        if assessment.strand is not None:
            groups.setdefault((assessment.strand, assessment.topic), []).append(j)
    # Plain lists: what follows looks at one student after the other, and numpy is slow at single numbers.
    by_strand = strand_levels(cohort, standard).tolist()
    topics_of: dict[Strand, list[tuple[str, _Group, list[float]]]] = {}
    for group, columns in groups.items():
        levels = _level(cohort, standard, own, columns).tolist()
        topics_of.setdefault(group[0], []).append((group[1] or "", group, levels))

    found = []
    for i in range(cohort.size):
        known = [(level, strand) for level, strand in zip(by_strand[i], STRANDS, strict=True) if not isnan(level)]
        weakest = [strand for _, strand in sorted(known, key=lambda pair: pair[0])]
        ranked: list[tuple[float, _Group]] = []
        for place, strand in product(range(most), weakest):
            topics = sorted(
                ((levels[i], name, group) for name, group, levels in topics_of[strand] if not isnan(levels[i])),
                key=lambda topic: topic[:2],
            )
            if len(topics) > place:
                ranked.append((topics[place][0], topics[place][2]))
            if len(ranked) == most:
                break
        marks = cohort.earned[i].tolist()
        found.append(tuple(_need(cohort, marks, groups[group], group, level) for level, group in ranked))
    return tuple(found)


def _need(cohort: Cohort, marks: list[float], columns: list[int], group: _Group, level: float) -> Need:
    marked = [j for j in columns if not isnan(marks[j])]
    totals = [cohort.assessments[j].out_of for j in marked]
    out_of = None if any(total is None for total in totals) else float(sum(total or 0.0 for total in totals))
    earned = None if out_of is None else float(sum(marks[j] for j in marked))
    evidence = Evidence.WEAK
    if out_of is not None and out_of >= MODERATE_MARKS:
        evidence = Evidence.STRONG if out_of >= STRONG_MARKS else Evidence.MODERATE
    return Need(strand=group[0], topic=group[1], earned=earned, out_of=out_of, evidence=evidence, level=level)


def _own_level(cohort: Cohort, standard: FloatArray) -> FloatArray:
    tests = [j for j, a in enumerate(cohort.assessments) if a.kind is AssessmentKind.TEST]
    return or_zero(mean_over(standard[:, tests])) if tests else np.zeros(cohort.size)


def _level(cohort: Cohort, standard: FloatArray, own: FloatArray, columns: list[int]) -> FloatArray:
    """(n,) own level plus the deviation in these columns, weighted by marks and shrunk; NaN without a mark in them."""
    if not columns:
        return np.full(cohort.size, np.nan)
    weight = np.array([cohort.assessments[j].out_of or MARKS_WITHOUT_TOTAL for j in columns], dtype=np.float64)
    deviation = standard[:, columns] - own[:, None]
    known = ~np.isnan(deviation)
    total = (known * weight).sum(axis=1)
    shrunk = (np.where(known, deviation, 0.0) * weight).sum(axis=1) / (total + SHRINKAGE_MARKS)
    return np.where(total > 0, own + shrunk, np.nan)
