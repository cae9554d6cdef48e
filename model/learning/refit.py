"""Ways to move a scorecard toward a school's own outcomes, from the most cautious to the freest.

All three start from the shipped weights and are held to them by the penalty of `model/heads.py`; standardisation, signs and
cap stay as shipped, so every promise of the shipped scorecard holds for the new one:
    recalibrated   one slope and one intercept per head: the order of students hardly changes. Mends drift.
    reweighed      one factor for engagement, one for all else, and an intercept. What engagement is worth is the least certain
                   part of the shipped model, and two factors can be learnt from thirty students.
    refitted       every weight by itself. Needs more students, and is the only one that learns that one test tells more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from model.features import FEATURES
from model.heads import GapHeads
from model.scorecard import Scorecard, contributions
from model.students import FloatArray

DIGITS = 10  # of every coefficient, as in the shipped scorecard


class Freedom(StrEnum):
    """How much of the scorecard may move."""

    RECALIBRATED = "recalibrated"
    REWEIGHED = "reweighed"
    REFITTED = "refitted"


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One way to refit.

    Args:
        freedom: What may move.
        strength: How many outcomes the shipped weights count for, the l2 of `GapHeads` in units of one student.
    """

    freedom: Freedom
    strength: float


REWEIGH = tuple(Candidate(freedom=Freedom.REWEIGHED, strength=strength) for strength in (1.0, 3.0, 10.0))
REFIT = tuple(Candidate(freedom=Freedom.REFITTED, strength=strength) for strength in (10.0, 30.0))
RECALIBRATE = Candidate(freedom=Freedom.RECALIBRATED, strength=1.0)

ENOUGH_TO_REFIT = 100
"""Outcomes from which every weight may move by itself: ninety weights from fewer are mostly noise."""


def candidates_for(outcomes: int, *, drifted: bool) -> tuple[Candidate, ...]:
    """The ways that stand to choice.

    Args:
        outcomes: The number of students with an outcome.
        drifted: Whether the shipped model's calibration is off. Recalibration mends a pandemic year and harms where nothing is
            broken, so it stands only then.

    Example:
        >>> [candidate.freedom.value for candidate in candidates_for(60, drifted=True)]
        ['reweighed', 'reweighed', 'reweighed', 'recalibrated']
    """
    return (*REWEIGH, *(REFIT if outcomes >= ENOUGH_TO_REFIT else ()), *((RECALIBRATE,) if drifted else ()))


def refit(
    card: Scorecard, candidate: Candidate, *, matrix: FloatArray, gap: FloatArray, weight: FloatArray
) -> Scorecard:
    """The scorecard with new coefficients and intercepts; all else is as it was.

    Args:
        card: The scorecard to start from, and to be held to.
        candidate: How.
        matrix: (r, p) features in the order of the scorecard, not standardised.
        gap: (r,) target minus final grade, in grades.
        weight: (r,) weights of the rows, 1 for a whole student.

    Raises:
        TrainingError: Everybody, or nobody, missed the target.

    Example:
        >>> from model.scorecard import bundled
        >>> card = bundled()
        >>> matrix = np.tile(card.mean, (40, 1)); gap = np.arange(40) % 4.0
        >>> held = refit(card, Candidate(freedom=Freedom.REFITTED, strength=1e9), matrix=matrix, gap=gap, weight=np.ones(40))
        >>> bool(np.abs(held.coefficients - card.coefficients).max() < 1e-6)
        True
    """
    standard = (matrix - card.mean) / card.scale
    if candidate.freedom is Freedom.REFITTED:
        known = {feature.name: feature.sign for feature in FEATURES}
        heads = GapHeads(
            signs=[known[name] for name in card.features],
            l2=candidate.strength,
            prior=np.column_stack([card.intercepts, card.coefficients]),
        ).fit(standard, gap, weight)
        return _with(card, heads.coef_, heads.intercept_)

    groups = _groups(card, candidate.freedom)
    coefficients, intercepts = card.coefficients.copy(), card.intercepts.copy()
    for head, (weights, intercept) in enumerate(zip(card.coefficients, card.intercepts, strict=True)):
        # What each group says now; its factor starts at 1 and may not fall below 0, which keeps every sign.
        said = standard @ (weights[:, None] * groups)
        prior = np.concatenate([[intercept], np.ones(groups.shape[1])])
        fitted = GapHeads(signs=[1] * groups.shape[1], l2=candidate.strength, prior=np.tile(prior, (3, 1))).fit(
            said, gap, weight
        )
        coefficients[head] = weights * (groups @ fitted.coef_[head])
        intercepts[head] = fitted.intercept_[head]
    return _with(card, coefficients, intercepts)


def log_odds(card: Scorecard, matrix: FloatArray) -> FloatArray:
    """(r, 3) what the heads say: two log-odds and the expected gap in grades, with the cap on engagement."""
    return np.asarray((contributions(card, matrix).sum(axis=2) + card.intercepts[:, None]).T)


def _groups(card: Scorecard, freedom: Freedom) -> FloatArray:
    """(p, g) 1 where a feature belongs to a group; every feature belongs to one."""
    if freedom is Freedom.RECALIBRATED:
        return np.ones((len(card.features), 1))
    engaged = np.isin(card.features, card.engagement)
    return np.column_stack([~engaged, engaged]).astype(np.float64)


def _with(card: Scorecard, coefficients: FloatArray, intercepts: FloatArray) -> Scorecard:
    # Adding 0 turns -0 into 0, so that the same model is the same text.
    return replace(
        card, coefficients=np.round(coefficients, DIGITS) + 0.0, intercepts=np.round(intercepts, DIGITS) + 0.0
    )
