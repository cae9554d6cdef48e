"""How good an order and its risks were, counted by student, and cross-validation that keeps a student's rows together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt
from sklearn.metrics import roc_auc_score

from model.learning.outcomes import Outcomes
from model.scorecard import Thresholds, priorities
from model.students import FloatArray

SHARE = 0.2
"""A Maths Clinic has seats for about a fifth of a class."""

FOLDS = 5
RARE = 1e-4
"""Risks closer to 0 or 1 count as this in the log loss: no school can tell them apart."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How one model, or a rule, did on outcomes that it had not seen.

    Args:
        log_loss, brier: Mean over students; NaN for a rule, which gives no risks.
        auc: Area under the curve, mean over half-terms.
        recall: Of those who missed their target, the share among the first fifth of the priority order, mean over half-terms.
    """

    log_loss: float
    brier: float
    auc: float
    recall: float


def losses(outcomes: Outcomes, log_odds: FloatArray) -> FloatArray:
    """(n,) log loss of each student, the mean over half-terms."""
    risk = np.clip(_risk(log_odds), RARE, 1 - RARE)
    return outcomes.per_student(-np.log(np.where(outcomes.missed == 1, risk, 1 - risk)))


def found(outcomes: Outcomes, log_odds: FloatArray, *, blend: float, cuts: Thresholds | None = None) -> FloatArray:
    """(n,) each student's share of the recall at 20 % of the priority order: they add up to it.

    Args:
        log_odds: (r,) of missing the target.
        blend: Weight of risk in the order, as in the scorecard.
        cuts: The thresholds of the flags, which the order keeps to; left out for a rule.
    """
    parts = np.zeros(len(outcomes.keys))
    risk, missed = _risk(log_odds), outcomes.missed
    for half_term in outcomes.half_terms:
        rows = np.flatnonzero(outcomes.half_term == half_term)
        keys = tuple(outcomes.keys[i] for i in outcomes.student[rows])
        order = priorities(risk[rows], outcomes.level_gap[rows], keys, blend=blend, cuts=cuts)
        # The seat that is broken off goes in part to the next in the order.
        seats = np.clip(SHARE * len(rows) - (order - 1), 0.0, 1.0)
        parts[outcomes.student[rows]] += seats * missed[rows] / max(missed[rows].sum(), 1.0)
    return np.asarray(parts / len(outcomes.half_terms))


def figures(outcomes: Outcomes, log_odds: FloatArray, *, blend: float, cuts: Thresholds | None = None) -> Figures:
    """Figures of a model from its log-odds, (r,), for students whom it has not seen."""
    return Figures(
        log_loss=float(losses(outcomes, log_odds).mean()),
        brier=float(outcomes.per_student((_risk(log_odds) - outcomes.missed) ** 2).mean()),
        auc=_auc(outcomes, log_odds),
        recall=float(found(outcomes, log_odds, blend=blend, cuts=cuts).sum()),
    )


def rule_figures(outcomes: Outcomes, log_odds: FloatArray) -> Figures:
    """Figures of the rule "working below target"; the shipped model's log-odds, (r,), part students alike, in its favour."""
    return Figures(
        log_loss=np.nan,
        brier=np.nan,
        auc=_auc(outcomes, -outcomes.level_gap),
        recall=float(found(outcomes, log_odds, blend=0.0).sum()),
    )


def mean_figures(several: list[Figures]) -> Figures:
    """The mean over repeats."""
    return Figures(
        **{name: float(np.mean([getattr(each, name) for each in several])) for name in Figures.__dataclass_fields__}
    )


def standard_error(by_student: FloatArray) -> float:
    """The standard error of the mean of (n,) values."""
    return float(by_student.std(ddof=1) / sqrt(len(by_student)))


def folds(outcomes: Outcomes, rng: np.random.Generator) -> Iterator[npt.NDArray[np.bool_]]:
    """`FOLDS` times (r,) which rows are held out: whole students, those who missed their target dealt out evenly.

    Example:
        >>> from model.learning.outcomes import Outcomes
        >>> gap = np.repeat([0.0, 2.0], 6)
        >>> twelve = Outcomes(keys=tuple("abcdefghijkl"), student=np.arange(12), half_term=np.ones(12, dtype=int),
        ...     matrix=np.zeros((12, 1)), gap=gap, level_gap=gap, usual_error=gap, notes=())
        >>> [int((gap[held] >= 1).sum()) for held in folds(twelve, np.random.default_rng(1))]
        [1, 1, 1, 1, 2]
    """
    n = len(outcomes.keys)
    missed = outcomes.per_student(outcomes.missed) > 0.5
    # Shuffled, then those who missed first: dealing one by one gives every fold its share of both.
    order = rng.permutation(n)
    order = order[np.argsort(~missed[order], kind="stable")]
    fold_of = np.empty(n, dtype=int)
    fold_of[order] = (np.arange(n) + 4) % FOLDS
    for fold in range(FOLDS):
        yield (fold_of == fold)[outcomes.student]


def out_of_fold(
    outcomes: Outcomes,
    fit: Callable[[npt.NDArray[np.bool_]], Callable[[FloatArray], FloatArray]],
    rng: np.random.Generator,
) -> FloatArray:
    """(r, 3) what models say of students whom they have not seen.

    Args:
        fit: From (r,) the rows to learn from to a model: features to (rows, 3) log-odds and expected gap.
    """
    said = np.full((len(outcomes.gap), 3), np.nan)
    for held in folds(outcomes, rng):
        said[held] = fit(~held)(outcomes.matrix[held])
    return said


def _risk(log_odds: FloatArray) -> FloatArray:
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)))


def _auc(outcomes: Outcomes, order: FloatArray) -> float:
    areas = []
    for half_term in outcomes.half_terms:
        rows = outcomes.half_term == half_term
        if 0 < outcomes.missed[rows].sum() < rows.sum():
            areas.append(roc_auc_score(outcomes.missed[rows], order[rows]))
    return float(np.mean(areas))
