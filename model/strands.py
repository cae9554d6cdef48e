"""Need per strand and topic: how weak a topic is for a student, and how much stands behind the statement.

A few marks do not judge a topic. So the marks on every topic speak for those near it on the map of the course, and what is
believed of each is drawn toward the class the more, the fewer marks there are (`model.topic_levels`); what is shown always comes
with the marks on the topic itself and the strength of that evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice, zip_longest
from math import isnan
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.means import mean_over, or_zero
from model.students import AssessmentKind, Cohort, FloatArray
from model.topic_levels import Columns, Group, believed, columns_of
from model.vocabulary import STRANDS, Evidence, Strand

SHRINKAGE_MARKS = 60.0
"""Marks at which a deviation counts half: noise over signal, from a test of 25 marks whose noise is 1.3 grades and strands
that lie .7 grades around a student's level. `markbook model evaluate` shows how often the weak strand is found."""

SHOWN = 2
"""Needs of a student that are shown."""

MARKS_WITHOUT_TOTAL = 20.0
"""How much a test without a total counts: a usual class test."""

MODERATE_MARKS, STRONG_MARKS = 15.0, 40.0
"""Marks from which evidence is moderate and strong: the standard error of a per cent from 15 marks is 13 points, from 40 it
is 8 (binomial, about half right), which is the distance between neighbouring grades."""


class Need(NamedTuple):
    """A topic to work on.

    Args:
        strand: Its strand.
        topic: The topic, None where the markbook tells the strand only.
        earned, out_of: The marks behind it; None where the markbook has no totals.
        evidence: Weak below 15 marks or without totals, moderate below 40, else strong.
        level: What is believed of the topic, in standard marks relative to the cohort (`topic_levels.believed`); the lower, the
            weaker.
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
        doubled: k, whether a paper's questions stand among the sources too.
    """

    groups: tuple[Group | None, ...]
    totals: tuple[float | None, ...]
    questions: tuple[int, ...]
    standard: FloatArray
    earned: FloatArray
    own: FloatArray
    doubled: tuple[bool, ...]

    def columns(self, peers: FloatArray | None) -> Columns:
        """What the marks of the class, or of these students where there is none, tell of each source."""
        totals = np.array([np.nan if total is None else total for total in self.totals], dtype=np.float64)
        return columns_of(self.earned if peers is None else peers, totals)

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
    papers = {part.paper for part in told}
    return _Sources(
        groups=(
            *(None if a.strand is None else (a.strand, a.topic) for a in cohort.assessments),
            *((part.strand, part.topic) for part in told),
        ),
        totals=(*(a.out_of for a in cohort.assessments), *(part.out_of for part in told)),
        questions=(*(0 for _ in cohort.assessments), *(part.questions for part in told)),
        standard=standard if parts is None else np.hstack([standard, parts]),
        earned=cohort.earned if parts is None else np.hstack([cohort.earned, cohort.parts_earned]),
        doubled=(*(a.title in papers for a in cohort.assessments), *(False for _ in told)),
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


def levels(
    cohort: Cohort,
    standard: FloatArray,
    asked: Sequence[Group],
    *,
    parts: FloatArray | None = None,
    peers: Cohort | None = None,
) -> FloatArray:
    """(n, l) what is believed of each student in some topics, whether they have marks or not; args as in `needs`."""
    return _levels(_sources(cohort, standard, parts), asked, _peers_earned(cohort, peers, parts))


def _peers_earned(cohort: Cohort, peers: Cohort | None, parts: FloatArray | None) -> FloatArray | None:
    """The marks of the class beside those of a few students; None where these are the class, or its columns are others."""
    if peers is None or peers.assessments != cohort.assessments or peers.parts != cohort.parts:
        return None
    return peers.earned if parts is None else np.hstack([peers.earned, peers.parts_earned])


def _levels(sources: _Sources, asked: Sequence[Group], peers: FloatArray | None) -> FloatArray:
    # A paper that is told question by question says nothing beside its questions.
    kept = [j for j, told in enumerate(sources.doubled) if not told]
    columns = sources.columns(peers)
    return believed(
        sources.standard[:, kept],
        [sources.groups[j] for j in kept],
        Columns(spread=columns.spread[kept], of_marks=columns.of_marks[kept]),
        asked,
    )


def needs(
    cohort: Cohort,
    standard: FloatArray,
    *,
    parts: FloatArray | None = None,
    most: int = SHOWN,
    peers: Cohort | None = None,
) -> tuple[tuple[Need, ...], ...]:
    """The topics that each student should work on first: the weakest topic that has marks, then the weakest of another strand.

    Two are shown because even a perfect judge of these marks gets the weakest one right only half the time. Where only one
    strand has marks, its two weakest topics are shown.

    Args:
        cohort: n students.
        standard: (n, m) standardised marks.
        parts: (n, p) standardised marks in the parts of papers; left out, parts say nothing.
        most: How many topics at most.
        peers: The class that marks are compared with, where it is not the cohort itself.

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
    groups: dict[Group, list[int]] = {}
    for j, group in enumerate(sources.groups):
        if group is not None:
            groups.setdefault(group, []).append(j)
    if not groups:
        return ((),) * cohort.size
    asked = sorted(groups, key=lambda group: group[1] or "")
    marked = np.column_stack([~np.isnan(sources.standard[:, groups[group]]).all(axis=1) for group in asked])
    level = _levels(sources, asked, _peers_earned(cohort, peers, parts))
    # Weakest first, of equal ones by name.
    order, known = np.argsort(np.where(marked, level, np.inf), axis=1, kind="stable"), marked.sum(axis=1)
    strands, found = [group[0] for group in asked], list[tuple[Need, ...]]()
    same: dict[float, float] = {}
    for start in range(0, cohort.size, _AT_ONCE):  # plain lists are quick, and large
        rows = slice(start, start + _AT_ONCE)
        chosen = [
            _in_turns(places[:count], strands, most)
            for places, count in zip(order[rows].tolist(), known[rows].tolist(), strict=True)
        ]
        who, what = np.repeat(np.arange(len(chosen)), list(map(len, chosen))), list(chain(*chosen))
        tables = (*_tables(sources, [groups[group] for group in asked], rows), level[rows])
        earned, out_of, *others = (table[who, what].tolist() for table in tables)
        # Many students have the same marks out of the same total: one number serves all of them.
        marks = (map(same.setdefault, numbers, numbers) for numbers in (earned, out_of))
        told = map(partial(_need, asked), what, *marks, *others)
        found += (tuple(islice(told, len(places))) for places in chosen)
    return tuple(found)


_AT_ONCE = 2_000  # students


def _in_turns(places: Sequence[int], strands: Sequence[Strand], most: int) -> Sequence[int]:
    """The first place of every strand, then every second one, and so on: no more than `most`."""
    first: dict[Strand, int] = {}
    for place in places:
        if first.setdefault(strands[place], place) == place and len(first) == most:
            return tuple(first.values())
    turns: dict[Strand, list[int]] = {strand: [] for strand in first}
    for place in places:
        turns[strands[place]].append(place)
    rounds = zip_longest(*turns.values())
    return [place for turn in rounds for place in turn if place is not None][:most]


def _tables(sources: _Sources, groups: Sequence[list[int]], rows: slice) -> tuple[NDArray[np.generic], ...]:
    """(n, g) of n students and g groups of sources: marks, their total (NaN where one is not known), and from how many questions
    of how many papers they are, 0 where one is a whole test."""
    marks = sources.earned[rows]
    shape = (len(marks), len(groups))
    earned, out_of = np.zeros(shape), np.zeros(shape)
    papers, questions, asked = np.zeros(shape, int), np.zeros(shape, int), np.ones(shape, bool)
    for place, columns in enumerate(groups):
        for j in columns:  # one after the other, as sums of parts of marks depend on the order
            there, total, count = ~np.isnan(marks[:, j]), sources.totals[j], sources.questions[j]
            earned[there, place] += marks[there, j]
            out_of[there, place] += np.nan if total is None else total
            papers[there, place] += 1
            questions[there, place] += count
            asked[there, place] &= count > 0
    return earned, out_of, questions * asked, papers * asked


def _need(
    asked: Sequence[Group], at: int, earned: float, out_of: float, questions: int, papers: int, level: float
) -> Need:
    strand, topic = asked[at]
    if isnan(out_of):
        return Need(strand, topic, None, None, Evidence.WEAK, level, questions, papers)
    evidence = Evidence.MODERATE if out_of >= MODERATE_MARKS else Evidence.WEAK
    if out_of >= STRONG_MARKS:
        evidence = Evidence.STRONG
    return Need(strand, topic, earned, out_of, evidence, level, questions, papers)
