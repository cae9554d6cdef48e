"""What marks on some topics say of all of them: a small Bayesian estimate over the map of the course.

A student's level in a topic is thought of as four parts: what the student can do in general, a strength in the strand, a part
that goes along the map (who is weak in a topic is likelier weak in what it builds on and in what builds on it), and the topic's
own. Each is normal; so is the noise of a mark, which falls with the number of marks. What is to be believed of every topic, given
the marks of all, is then one linear solve, and the fewer marks there are, the nearer it stays to the class (Kelley's formula for
true scores, 1927, for many topics at once; Rasmussen and Williams, Gaussian processes for machine learning, 2006, chapter 2). How
alike topics are along the map is the regularised Laplacian kernel of the graph of prerequisites (Smola and Kondor, Kernels and
regularization on graphs, 2003).

The spreads of the parts are in points of a test (per cent) and are learnt from training classes by
`model/training/topic_spreads.py`; how far students of a class differ in general is read from the class itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from model.curriculum import topics
from model.students import FloatArray
from model.vocabulary import Strand

Group = tuple[Strand, str | None]
"""A strand and a topic of it; the topic is None where only the strand is told."""

USUAL_SPREAD, USUAL_MARKS = 18.0, 25.0
"""Points between students of a class in one test of so many marks, standard deviation (`standing.reference.Reference.test_sd`)."""

USUAL_MARK = 45.0
"""Points of noise of one mark where about half are right; of a test, this over the square root of its marks."""

STUDENTS_FOR_HALF = 8.0
"""So many students say as much of the spread of a test as is usually known of it."""

MARKS_WITHOUT_TOTAL = 20.0
"""How much a test without a total counts: a usual class test."""

AT_ONCE = 256
"""Patterns of missing marks that are solved for at once."""

LEAST_GENERAL = 5.0
"""Points: no class is so even that its students do not differ in general by this."""


@dataclass(frozen=True, kw_only=True)
class Spreads:
    """Standard deviations in points of a test (per cent).

    Args:
        strand: Of strengths by strand.
        along: Of the part of topics that goes along the map.
        own: Of the part that is a topic's own.
        day: Noise of a test that does not fall with its marks.
        mark: How many times the noise of few marks is that of right and wrong answers (a variance, no points).
        reach: How strongly neighbours on the map hold together, the weight of the Laplacian.
    """

    strand: float
    along: float
    own: float
    day: float
    mark: float
    reach: float


LEARNT = Spreads(strand=4.0, along=4.0, own=3.0, day=7.0, mark=1.0, reach=16.0)
"""What `python -m model.training.topic_spreads` has found."""


@cache
def kernel(reach: float = LEARNT.reach) -> FloatArray:
    """(t, t) how alike any two topics of the map are, 1 on the diagonal, in the order of `curriculum.topics`.

    Example:
        >>> at = list(topics()).index
        >>> near, far = kernel()[at("expanding"), at("double-brackets")], kernel()[at("expanding"), at("pie-charts")]
        >>> bool(near > 0.2 > far > 0)
        True
    """
    known = list(topics().values())
    place = {topic.id: i for i, topic in enumerate(known)}
    joined = np.zeros((len(known), len(known)))
    for topic in known:
        for before in topic.prerequisites:
            joined[place[topic.id], place[before]] = joined[place[before], place[topic.id]] = 1.0
    alike = _inverse(np.eye(len(known)) + reach * (np.diag(joined.sum(axis=1)) - joined))
    size = np.sqrt(np.diag(alike))
    return np.asarray(alike / np.outer(size, size))


def _inverse(matrix: FloatArray) -> FloatArray:
    """The inverse of a positive definite matrix, one pivot after the other.

    numpy's own starts threads for a matrix of this size, which takes longer than scoring a class does.
    """
    found = matrix.copy()
    for i in range(len(found)):
        pivot, row, column = found[i, i], found[i].copy(), found[:, i].copy()
        found -= column[:, None] * (row / pivot)
        found[i], found[:, i] = row / pivot, -column / pivot
        found[i, i] = 1.0 / pivot
    return found


@cache
def _places() -> dict[str, int]:
    return {topic.name: i for i, topic in enumerate(topics().values())}


def covariance(groups: Sequence[Group | None], others: Sequence[Group | None], spreads: Spreads) -> FloatArray:
    """(k, l) covariances of topics beside what is general, in points squared; None stands for a test on everything."""
    first, second = (np.array([_places().get(g[1] or "", -1) if g else -1 for g in each]) for each in (groups, others))
    on_map = (first >= 0)[:, None] & (second >= 0)[None, :]
    numbers: dict[object, int] = {None: -1}

    def numbered(each: Sequence[object]) -> FloatArray:
        return np.array([numbers.setdefault(item, len(numbers)) for item in each])

    def same(one: Sequence[object], other: Sequence[object]) -> FloatArray:
        left, right = numbered(one), numbered(other)
        return np.asarray((left[:, None] == right[None, :]) & (left >= 0)[:, None], dtype=np.float64)

    same_group = same(groups, others)
    strands = [[g[0] if g else None for g in each] for each in (groups, others)]
    # What is not on the map has all of its part to itself.
    along = np.where(on_map, kernel(spreads.reach)[np.ix_(first, second)], same_group)
    return np.asarray(
        spreads.strand**2 * same(*strands) + spreads.along**2 * along + spreads.own**2 * same_group, dtype=np.float64
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Columns:
    """What a class's own marks tell of k tests, or of k parts of papers.

    Args:
        spread: (k,) how far its students differ in each, in points, standard deviation.
        of_marks: (k,) the share of that variance, in points squared, which comes from there being only so many marks.
    """

    spread: FloatArray
    of_marks: FloatArray


def columns_of(earned: FloatArray, totals: FloatArray) -> Columns:
    """What the marks of a class tell of its tests; where few have marks, mostly what is usual.

    The noise of a few marks is that of right and wrong answers, p (1 - p) for one mark, estimated without bias from the class
    (as in Kuder and Richardson's formula 21, 1937), so that a question which nearly all get right is not called noisy.

    Args:
        earned: (n, k) marks of the class.
        totals: (k,) what they are out of, NaN where there is none.

    Example:
        >>> few, many = columns_of(np.array([[2.0, 20.0], [4.0, 40.0]]), np.array([5.0, 50.0])).of_marks
        >>> bool(few > many)
        True
    """
    out_of = np.where(np.isnan(totals), MARKS_WITHOUT_TOTAL, totals)
    share = earned / totals
    known = share == share
    share, count = np.where(known, share, 0.0), known.sum(axis=0)
    usual_marks = USUAL_MARK**2 / out_of
    right_and_wrong = 1e4 * np.where(known, share * (1.0 - share), 0.0).sum(axis=0) / np.maximum(out_of - 1.0, 1.0)
    of_marks = (np.maximum(right_and_wrong, 0.0) + STUDENTS_FOR_HALF * usual_marks) / (count + STUDENTS_FOR_HALF)
    squares = 1e4 * np.where(known, (share - share.sum(axis=0) / np.maximum(count, 1)) ** 2, 0.0).sum(axis=0)
    usual = USUAL_SPREAD**2 + usual_marks - USUAL_MARK**2 / USUAL_MARKS
    return Columns(
        spread=np.sqrt((squares + STUDENTS_FOR_HALF * usual) / (count + STUDENTS_FOR_HALF)), of_marks=of_marks
    )


def believed(
    standard: FloatArray,
    groups: Sequence[Group | None],
    columns: Columns,
    asked: Sequence[Group],
    *,
    spreads: Spreads = LEARNT,
) -> FloatArray:
    """What is to be believed of each student's level in some topics.

    Args:
        standard: (n, k) marks standardised within the class, NaN without one.
        groups: k strands and topics, None for a test on everything.
        columns: What the class tells of them.
        asked: The l topics to be told.
        spreads: The spreads of the parts.

    Returns:
        (n, l) expected levels, in usual standard deviations of the class's marks, 0 for the class's middle.

    Example:
        >>> marks = np.array([[-1.0, np.nan], [np.nan, np.nan]])
        >>> asked = [(Strand.ALGEBRA, "Expanding"), (Strand.ALGEBRA, "Double brackets"), (Strand.STATISTICS, "Pie charts")]
        >>> usual = columns_of(np.full((1, 2), np.nan), np.array([20.0, 20.0]))
        >>> told = believed(marks, asked[::2], usual, asked)
        >>> bool(told[0, 0] < told[0, 1] < told[0, 2] < 0), told[1].tolist()
        (True, [0.0, 0.0, 0.0])
    """
    cov, noise, general = model_of(groups, columns, spreads)
    across = general + covariance(asked, groups, spreads)
    known = standard == standard
    values = np.where(known, standard, 0.0) * columns.spread
    patterns, which = np.unique(known, axis=0, return_inverse=True)
    which = which.reshape(-1)
    found = np.zeros((len(standard), len(asked)))
    for start in range(0, len(patterns), AT_ONCE):
        held = patterns[start : start + AT_ONCE].astype(np.float64)
        # A mark that is not there tells nothing: its row says "1 x = 0" and it reaches nobody.
        inner = held[:, :, None] * held[:, None, :] * cov
        inner += np.einsum("pk,kl->pkl", held * noise + (1.0 - held), np.eye(len(noise)))
        weights = np.linalg.solve(inner, held[:, :, None] * across.T)
        rows = np.flatnonzero((which >= start) & (which < start + AT_ONCE))
        found[rows] = np.einsum("nk,nkl->nl", values[rows], weights[which[rows] - start])
    return found / USUAL_SPREAD


def model_of(
    groups: Sequence[Group | None], columns: Columns, spreads: Spreads
) -> tuple[FloatArray, FloatArray, float]:
    """(k, k) covariances of what is asked for in k tests, (k,) variances of their noise, and the variance of what is general.

    Args as in `believed`; all in points squared. What is general is what the class's spread leaves over.
    """
    noise = spreads.day**2 + spreads.mark * columns.of_marks
    parts = covariance(groups, groups, spreads)
    left = columns.spread**2 - noise - np.diag(parts)
    general = max(LEAST_GENERAL**2, float(left.mean()) if len(groups) else 0.0)
    return general + parts, noise, general
