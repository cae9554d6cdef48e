"""Need per strand and topic: how weak a topic is for a student, and how much stands behind the statement.

A few marks do not judge a topic. So each strand's deviation from the student's own level is shrunk toward none by the number
of marks behind it, and what is shown always comes with those marks and the strength of the evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import isnan

import numpy as np

from model.means import mean_over, or_zero
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
        questions, papers: How many questions of how many papers the marks come from, 0 where they come from whole tests.
    """

    strand: Strand
    topic: str | None
    earned: float | None
    out_of: float | None
    evidence: Evidence
    level: float
    questions: int = 0
    papers: int = 0


@dataclass(frozen=True, kw_only=True, eq=False)
class _Sources:
    """Everything that says something of a topic: whole tests, then the parts of papers; k of them.

    Args:
        groups: k strands and topics, None where there is no strand.
        totals: k totals in marks, None where there is none.
        questions: k counts of questions, 0 for whole tests.
        standard: (n, k) standardised marks.
        earned: (n, k) marks.
        own: (n,) each student's own level.
    """

    groups: tuple[_Group | None, ...]
    totals: tuple[float | None, ...]
    questions: tuple[int, ...]
    standard: FloatArray
    earned: FloatArray
    own: FloatArray

    def level(self, columns: list[int]) -> FloatArray:
        """(n,) own level plus the deviation in these columns, weighted by marks and shrunk; NaN without a mark in them."""
        if not columns:
            return np.full(len(self.own), np.nan)
        weight = np.array([self.totals[j] or MARKS_WITHOUT_TOTAL for j in columns], dtype=np.float64)
        deviation = self.standard[:, columns] - self.own[:, None]
        known = ~np.isnan(deviation)
        total = (known * weight).sum(axis=1)
        shrunk = (np.where(known, deviation, 0.0) * weight).sum(axis=1) / (total + SHRINKAGE_MARKS)
        return np.where(total > 0, self.own + shrunk, np.nan)


def _sources(cohort: Cohort, standard: FloatArray, parts: FloatArray | None) -> _Sources:
    tests = [j for j, a in enumerate(cohort.assessments) if a.kind is AssessmentKind.TEST]
    told = cohort.parts if parts is not None else ()
    return _Sources(
        groups=(
            *(None if a.strand is None else (a.strand, a.topic) for a in cohort.assessments),
            *((part.strand, part.topic) for part in told),
        ),
        totals=(*(a.out_of for a in cohort.assessments), *(part.out_of for part in told)),
        questions=(*(0 for _ in cohort.assessments), *(part.questions for part in told)),
        standard=standard if parts is None else np.hstack([standard, parts]),
        earned=cohort.earned if parts is None else np.hstack([cohort.earned, cohort.parts_earned]),
        own=or_zero(mean_over(standard[:, tests])) if tests else np.zeros(cohort.size),
    )


def strand_levels(cohort: Cohort, standard: FloatArray, parts: FloatArray | None = None) -> FloatArray:
    """Level of each student in each strand, (n, 6): own level plus the shrunk deviation; NaN without marks in the strand.

    Args:
        cohort: n students with m assessments and p parts of papers.
        standard: (n, m) standardised marks, as in `features.Standing.marks`.
        parts: (n, p) the same of the parts, as in `features.Standing.parts`; left out, parts say nothing.
    """
    return _strand_levels(_sources(cohort, standard, parts))


def _strand_levels(sources: _Sources) -> FloatArray:
    return np.column_stack(
        [
            sources.level([j for j, group in enumerate(sources.groups) if group is not None and group[0] is strand])
            for strand in STRANDS
        ]
    )


def needs(
    cohort: Cohort, standard: FloatArray, *, parts: FloatArray | None = None, most: int = 2
) -> tuple[tuple[Need, ...], ...]:
    """The topics that each student should work on first: the weakest topic of each of the weakest strands.

    Two are shown because even a perfect judge of these marks gets the weakest one right only half the time. Where only one
    strand has marks, its two weakest topics are shown.

    Args:
        cohort: n students.
        standard: (n, m) standardised marks.
        parts: (n, p) standardised marks in the parts of papers; left out, parts say nothing.
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
    sources = _sources(cohort, standard, parts)
    groups: dict[_Group, list[int]] = {}
    for j, group in enumerate(sources.groups):
        if group is not None:
            groups.setdefault(group, []).append(j)
    # Plain lists: what follows looks at one student after the other, and numpy is slow at single numbers.
    by_strand = _strand_levels(sources).tolist()
    topics_of: dict[Strand, list[tuple[str, _Group, list[float]]]] = {}
    for group, columns in groups.items():
        topics_of.setdefault(group[0], []).append((group[1] or "", group, sources.level(columns).tolist()))

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
        marks = sources.earned[i].tolist()
        found.append(tuple(_need(sources, marks, groups[group], group, level) for level, group in ranked))
    return tuple(found)


def _need(sources: _Sources, marks: list[float], columns: list[int], group: _Group, level: float) -> Need:
    marked = [j for j in columns if not isnan(marks[j])]
    totals = [sources.totals[j] for j in marked]
    out_of = None if any(total is None for total in totals) else float(sum(total or 0.0 for total in totals))
    earned = None if out_of is None else float(sum(marks[j] for j in marked))
    evidence = Evidence.WEAK
    if out_of is not None and out_of >= MODERATE_MARKS:
        evidence = Evidence.STRONG if out_of >= STRONG_MARKS else Evidence.MODERATE
    questions = [sources.questions[j] for j in marked]
    from_questions = all(questions)
    return Need(
        strand=group[0],
        topic=group[1],
        earned=earned,
        out_of=out_of,
        evidence=evidence,
        level=level,
        questions=sum(questions) if from_questions else 0,
        papers=len(questions) if from_questions else 0,
    )
