"""What a synthetic school assesses in a year: topic tests and mocks, or a few examinations."""

from __future__ import annotations

import numpy as np

from model.students import Assessment, AssessmentKind
from model.vocabulary import HALF_TERMS, STRANDS, TOPICS

TESTED = (
    "Fractions", "Decimals", "Negative numbers", "Multiplying and dividing", "Powers", "Expanding", "Notation", "Equations",
    "Straight lines", "Nth term", "Scaling", "Proportion", "Sharing in a ratio", "Percentage change", "Speed", "Area and perimeter",
    "Angles", "Pythagoras", "Regular shapes", "Scale factor", "Equally likely outcomes", "Independence", "Tree diagrams",
    "Expected frequency", "Averages", "Grouped mean", "Pie charts", "Scatter graphs",
)  # fmt: skip
"""The topics that the schools of training set tests on; the same ones and in the same order give the same students again."""


def usual_assessments(rng: np.random.Generator) -> tuple[Assessment, ...]:
    """A year's assessments as one school might set them: one to three topic tests a half-term, none to two mocks."""
    topics = [(topic, TOPICS[topic]) for topic in TESTED]
    order = [topics[i] for i in rng.permutation(len(topics))]
    # Every strand is met early: the first six tests are of six strands.
    first = [next(item for item in order if item[1] is strand) for strand in STRANDS]
    order = [first[i] for i in rng.permutation(6)] + [item for item in order if item not in first]
    per_half_term = int(rng.integers(1, 4))
    mocks = {3: int(rng.random() < 0.7), 5: int(rng.random() < 0.7)}
    assessments: list[Assessment] = []
    for half_term in range(1, HALF_TERMS + 1):
        for _ in range(per_half_term):
            topic, strand = order[sum(a.kind is AssessmentKind.TEST for a in assessments)]
            assessments.append(
                Assessment(
                    title=f"{topic} HT{half_term}",
                    strand=strand,
                    topic=topic,
                    out_of=float(rng.integers(3, 9) * 5),
                    half_term=half_term,
                )
            )
        assessments.extend(
            Assessment(
                title=f"Mock HT{half_term} Paper {paper}",
                kind=AssessmentKind.MOCK,
                out_of=80.0,
                half_term=half_term,
            )
            for paper in range(1, 1 + 3 * mocks.get(half_term, 0))
        )
    return tuple(assessments)


def examinations(rng: np.random.Generator) -> tuple[Assessment, ...]:
    """A year's examinations where there are only two or three, each on everything taught so far."""
    half_terms = (2, 4, 6) if rng.random() < 0.5 else (2, 4)
    out_of = float(rng.choice([10, 20, 100]))
    return tuple(
        Assessment(title=f"Period {place} HT{half_term}", out_of=out_of, half_term=half_term)
        for place, half_term in enumerate(half_terms, start=1)
    )
