"""How far one mark of this sheet is to be believed.

A topic test of twenty marks says little of a student; a term's examination says a lot. Which of them a sheet holds shows in how
far its assessments agree with each other: the mean correlation between two of them is the reliability of one (Spearman and
Brown, 1910). From it follows what the mean of several is worth. A sheet with one assessment cannot tell, and few students tell
little; the correlation is pulled toward the usual one.
"""

from __future__ import annotations

import numpy as np

from model.standing.reference import Reference
from model.students import Cohort, FloatArray

CHANGE = 0.03
"""How much students change in a half-term, as a share of the variance between them: about what separates .85 between
examinations two half-terms apart from .80 four apart (Cortez and Silva's pupils), and between the worlds that students change
little and much in."""

LOWEST, HIGHEST = 0.2, 0.95
STUDENTS_FOR_HALF = 20.0
"""So many students with two marks say as much as the usual value: a correlation of .6 from twenty has a standard error of .15,
about the spread between sheets."""


def usual_reliability(cohort: Cohort, reference: Reference) -> float:
    """What one of these assessments is usually to be believed: a paper on everything says more than a test on one topic.

    Example:
        >>> from model.students import Assessment
        >>> both = [Assessment(title="Angles", topic="Angles"), Assessment(title="Exam")]
        >>> two = Cohort.build(keys=("a",), half_term=3, assessments=both)
        >>> usual_reliability(two, Reference(topic_reliability=0.5, paper_reliability=0.8))
        0.65
    """
    kinds = [
        reference.paper_reliability if a.strand is None and a.topic is None else reference.topic_reliability
        for a in cohort.assessments
    ]
    return sum(kinds) / len(kinds) if kinds else reference.topic_reliability


def reliability(marks: FloatArray, usual: float) -> tuple[FloatArray, float]:
    """The reliability of one mark, `LOWEST` to `HIGHEST`.

    Args:
        marks: (n, m) standardised marks, NaN without one.
        usual: What is believed where nothing tells otherwise, from `usual_reliability`.

    Returns:
        For each student from all others, so that nobody's own mark can make it count less; and from all.

    Example:
        >>> same = np.tile(np.linspace(-1.7, 1.7, 200)[:, None], 3)
        >>> round(reliability(same, 0.55)[1], 2)
        0.91
    """
    known = ~np.isnan(marks)
    values = np.where(known, marks, 0.0)
    count = known.sum(axis=1)
    # Over all pairs of a student's marks: (sum)^2 = squares + twice the products of pairs.
    products = values.sum(axis=1) ** 2 - (values**2).sum(axis=1)
    pairs = (count * (count - 1)).astype(np.float64)
    students = (count > 1).astype(np.float64)

    def pulled(product: FloatArray, pair: FloatArray, student: FloatArray) -> FloatArray:
        seen = np.clip(product / np.maximum(pair, 1.0), LOWEST, HIGHEST)
        weight = np.where(pair > 0, student / (student + STUDENTS_FOR_HALF), 0.0)
        return np.asarray(usual + weight * (seen - usual))

    sums = products.sum(), pairs.sum(), students.sum()
    others = pulled(sums[0] - products, sums[1] - pairs, sums[2] - students)
    return others, float(pulled(*(np.array([each]) for each in sums))[0])


def newness(cohort: Cohort, one: FloatArray) -> FloatArray:
    """(n, m) how much each assessment weighs beside the newest.

    Where students change steadily and marks are noisy, the best estimate of now gives every earlier half-term a constant share of
    the weight of the next (Muth, 1960; the steady state of a Kalman filter): nearly all where one mark says little, less where one
    mark says a lot.

    Args:
        cohort: m assessments.
        one: (n,) the reliability of one mark.

    Example:
        >>> from model.students import Assessment
        >>> two = Cohort.build(keys=("a", "b"), half_term=3, assessments=[Assessment(title=f"HT{t}", half_term=t) for t in (2, 3)])
        >>> newness(two, np.array([0.5, 0.95])).round(2).tolist()
        [[0.84, 1.0], [0.48, 1.0]]
    """
    when = half_terms(cohort)
    noise = (1.0 - one) / one
    before = (np.sqrt(CHANGE**2 + 4.0 * CHANGE * noise) + CHANGE) / 2.0
    kept = noise / (before + noise)
    return np.asarray(kept[:, None] ** (when.max(initial=0.0) - when))


def half_terms(cohort: Cohort) -> FloatArray:
    """(m,) when each assessment was; those that do not tell are taken to lie evenly over the year so far, in order."""
    m = len(cohort.assessments)
    return np.array(
        [
            a.half_term if a.half_term is not None else cohort.half_term * (place + 1) / m
            for place, a in enumerate(cohort.assessments)
        ],
        dtype=np.float64,
    )


def trust(count: FloatArray, one: FloatArray) -> FloatArray:
    """(n,) the reliability of the mean of `count` marks, each of reliability `one`: 0 without any.

    Example:
        >>> trust(np.array([0.0, 1.0, 4.0]), np.array([0.5, 0.5, 0.5])).tolist()
        [0.0, 0.5, 0.8]
    """
    return np.asarray(count * one / (1.0 + (count - 1.0) * one))
