"""Drift: whether the risks that a model gives a cohort are, on the whole, what came of it.

Two questions. Calibration in the large: is the mean risk the share that missed the target? Slope: do outcomes follow the
log-odds one to one (1), or are the risks too extreme (below 1) or too timid (above 1)? See Cox (1958), Two further applications
of a model for binary regression, Biometrika 45; Van Calster and others (2019), Calibration: the Achilles heel of predictive
analytics, BMC Medicine 17.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from model.learning.outcomes import Outcomes
from model.students import FloatArray

SURE = 2.576
"""Standard errors for 99 %. Two questions are asked of every school, and mending what is not broken does harm: a false alarm in
fifty schools is enough."""


@dataclass(frozen=True, kw_only=True)
class Drift:
    """How far risks and outcomes are apart.

    Args:
        mean_risk, missed: Mean risk and the share that missed the target, 0 to 1.
        z: Their difference in standard errors; above 0 risks were too low.
        slope: Slope of the outcomes on the log-odds; 1 is perfect.
        slope_low, slope_high: Its 99 % interval.
    """

    mean_risk: float
    missed: float
    z: float
    slope: float
    slope_low: float
    slope_high: float

    @property
    def found(self) -> bool:
        """Whether it is more than chance explains."""
        return abs(self.z) > SURE or not self.slope_low <= 1.0 <= self.slope_high

    def __str__(self) -> str:
        points = 100 * (self.missed - self.mean_risk)
        way = "low" if points > 0 else "high"
        level = (
            f"risks were too {way} by {abs(points):.0f} points on average (said {self.mean_risk:.0%}, came {self.missed:.0%}; "
            f"z = {self.z:+.1f})"
        )
        slope = f"slope {self.slope:.2f}, 99 % interval {self.slope_low:.2f} to {self.slope_high:.2f}"
        return f"{'Drift' if self.found else 'No drift beyond chance'}: {level}; {slope}"


def calibration_drift(outcomes: Outcomes, log_odds: FloatArray) -> Drift:
    """Compare what a model said with what came.

    Half-terms of one student share one outcome, so students are counted, not rows: the z-test goes by the variance of one
    outcome a student, and the slope's standard error is robust to rows of the same student (Liang and Zeger, 1986).

    Args:
        outcomes: r rows of n students.
        log_odds: (r,) log-odds of missing the target by the model.
    """
    risk = 1.0 / (1.0 + np.exp(-log_odds))
    said, came = outcomes.per_student(risk), outcomes.per_student(outcomes.missed)
    z = float((came - said).sum() / sqrt(float((said * (1 - said)).sum())))
    slope, error = _slope(outcomes, log_odds)
    return Drift(
        mean_risk=float(said.mean()),
        missed=float(came.mean()),
        z=z,
        slope=slope,
        slope_low=slope - SURE * error,
        slope_high=slope + SURE * error,
    )


def _slope(outcomes: Outcomes, log_odds: FloatArray) -> tuple[float, float]:
    """Slope of a logistic regression of the outcomes on the log-odds, and its standard error by students."""
    design, weight = np.column_stack([np.ones_like(log_odds), log_odds]), outcomes.weight
    at = np.array([0.0, 1.0])
    # A row a student worth of pull toward "as it should be" keeps the slope finite where risks part the outcomes entirely.
    pull = np.diag([0.0, 1.0])
    for _ in range(50):
        mean = 1.0 / (1.0 + np.exp(-design @ at))
        gradient = design.T @ (weight * (outcomes.missed - mean)) - pull @ (at - [0.0, 1.0])
        information = (design.T * (weight * mean * (1 - mean))) @ design + pull
        step = np.linalg.solve(information, gradient)
        at = at + np.clip(step, -1.0, 1.0)
        if float(np.abs(step).max()) < 1e-10:
            break
    scores = np.zeros((len(outcomes.keys), 2))
    np.add.at(scores, outcomes.student, design * (weight * (outcomes.missed - mean))[:, None])
    inverse = np.linalg.inv(information)
    spread = inverse @ (scores.T @ scores) @ inverse
    return float(at[1]), sqrt(float(spread[1, 1]))
