"""Questions -> papers: marks by question add up to the paper, and to the parts of it that ask for one topic.

A question that nobody's answer is recorded for is left out of that student's share, so that a blank cell is not a wrong answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from addin.reading.headings.column import Column, Role, half_term_of, role_of
from addin.reading.marks import Mark
from model.students import Assessment, AssessmentKind, FloatArray, MarkState, Part, StateArray


@dataclass(frozen=True, kw_only=True, eq=False)
class Paper:
    """A paper that is known question by question.

    Args:
        first: The place of its first question among the columns.
        assessment: The paper as one assessment.
        earned, state: (n,) marks in all and their states.
        parts: p topics that it asks for.
        parts_earned: (n, p) marks in these, NaN where none of their questions is recorded.
    """

    first: int
    assessment: Assessment
    earned: FloatArray
    state: StateArray
    parts: tuple[Part, ...]
    parts_earned: FloatArray


def papers_of(columns: Sequence[Column], answers: Mapping[int, Sequence[Mark]]) -> tuple[Paper, ...]:
    """The papers whose questions stand in some columns, in the order of their first questions.

    Args:
        columns: The columns, those of questions each with its `paper`.
        answers: Place of a question's column -> the n students' marks.

    Example:
        >>> from addin.reading.headings.column import understand
        >>> from addin.reading.questions import questions_in
        >>> from addin.reading.shape.profile import profiles
        >>> read = understand(["Q1", "Q2", "Q3"], out_of=[4, 5, 3], strands=["Speed", "Speed", "Angles"])
        >>> told = questions_in(read, profiles([(1, 4, 2), (3, None, 0)], 3), title="Paper 1")
        >>> one = papers_of(told, {0: [Mark(0, 1.0)], 1: [Mark(0, 4.0)], 2: [Mark(0, 2.0)]})[0]
        >>> one.earned.tolist(), one.assessment.out_of, [(part.topic, part.out_of, part.questions) for part in one.parts]
        ([7.0], 12.0, [('Speed', 9.0, 2), ('Angles', 3.0, 1)])
    """
    titles = dict.fromkeys(columns[place].paper for place in answers)
    return tuple(_paper(title, [p for p in answers if columns[p].paper == title], columns, answers) for title in titles)


def _paper(title: str, places: list[int], columns: Sequence[Column], answers: Mapping[int, Sequence[Mark]]) -> Paper:
    earned = np.array([[mark.earned for mark in answers[place]] for place in places], dtype=np.float64).T
    states = np.array([[mark.state for mark in answers[place]] for place in places], dtype=np.int8).T
    totals = np.array([columns[place].out_of or np.nan for place in places], dtype=np.float64)
    groups: dict[tuple[object, str | None], list[int]] = {}
    for j, place in enumerate(places):
        if columns[place].strand is not None and not np.isnan(totals[j]):
            groups.setdefault((columns[place].strand, columns[place].topic), []).append(j)
    half_term = half_term_of(title)
    parts = []
    for questions in groups.values():
        column = columns[places[questions[0]]]
        assert column.strand is not None, "only questions with a strand are grouped"
        parts.append(
            Part(
                paper=title, strand=column.strand, topic=column.topic, out_of=float(totals[questions].sum()),
                questions=len(questions), half_term=half_term,
            )
        )  # fmt: skip
    whole = _share(earned, totals)
    kind = AssessmentKind.MOCK if role_of(title) is Role.MOCK else AssessmentKind.TEST
    total = None if np.isnan(totals).any() else float(totals.sum())
    return Paper(
        first=places[0],
        assessment=Assessment(title=title, kind=kind, out_of=total, half_term=half_term),
        earned=whole,
        # Who has not one mark has the state of the first question: absent, not required or not recorded.
        state=np.where(np.isnan(whole), states[:, 0], MarkState.MARK).astype(np.int8),
        parts=tuple(parts),
        parts_earned=np.column_stack([_share(earned[:, q], totals[q]) for q in groups.values()])
        if groups
        else np.empty((len(earned), 0)),
    )


def _share(earned: FloatArray, totals: FloatArray) -> FloatArray:
    """(n,) marks in all; where some questions are not recorded, what the others' share would make of the whole."""
    known = ~np.isnan(earned)
    got = np.where(known, earned, 0.0).sum(axis=1)
    weights = np.where(np.isnan(totals), 1.0, totals)
    reached = (known * weights).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(known.any(axis=1), np.round(got * (weights.sum() / reached), 6), np.nan)
