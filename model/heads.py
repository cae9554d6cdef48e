"""The scikit-learn estimator: three linear heads with signed bounds and a cap on what engagement can contribute.

Heads: the log-odds that the final grade is at least one below target (the risk), the same for three, and the expected gap
in grades. Two cumulative heads are better than one head for "below target but recoverable", which is not monotone in
anything; the difference of the two is.

Each head minimises loss + l2 / 2 * sum((w - prior)^2) under sign bounds. The problem is strictly convex, so a projected
Newton method finds the one minimum to machine precision on every machine, which is what lets a scorecard be reproduced
to ten digits; scikit-learn's own solvers take neither bounds nor stop that close.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted, validate_data

from model.errors import TrainingError
from model.students import FloatArray

GAPS = (1, 3)
"""The gaps, in grades below target, of the two probability heads."""


class GapHeads(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Chances of missing the target by one and by three grades, and the expected gap.

    Args:
        signs: For each feature -1, 0 or +1: the direction in which it may move risk; left out, all free.
        capped: Positions of the features (engagement) whose joint contribution is capped.
        cap: The cap on their sum in log-odds; for the expected gap it is `cap_in_grades`. None leaves them free.
        cap_in_grades: See `cap`.
        l2: Weight of the penalty, in units of one row of data.
        prior: (3, p + 1) weights, intercept first, that the penalty pulls toward; left out, zeros.

    Attributes:
        coef_: (3, p) weights of the heads, gap >= 1, gap >= 3, expected gap.
        intercept_: (3,) their intercepts.
        classes_: (False, True): not missed, missed by one grade or more.

    Example:
        >>> X = np.array([[-1.0], [-0.5], [0.5], [1.0]]); gap = np.array([3.0, 1.0, 0.0, -1.0])
        >>> heads = GapHeads(signs=(-1,), l2=0.1).fit(X, gap)
        >>> bool(heads.predict_proba(X)[0, 1] > heads.predict_proba(X)[3, 1])
        True
    """

    def __init__(
        self,
        *,
        signs: Sequence[int] | None = None,
        capped: Sequence[int] = (),
        cap: float | None = None,
        cap_in_grades: float | None = None,
        l2: float = 1.0,
        prior: npt.ArrayLike | None = None,
    ) -> None:
        self.signs = signs
        self.capped = capped
        self.cap = cap
        self.cap_in_grades = cap_in_grades
        self.l2 = l2
        self.prior = prior

    def fit(self, X: npt.ArrayLike, y: npt.ArrayLike, sample_weight: npt.ArrayLike | None = None) -> GapHeads:
        """Fit the three heads.

        Args:
            X: (n, p) features, standardised, without NaN.
            y: (n,) gaps: target minus final grade, in grades.
            sample_weight: (n,) weights of the rows.

        Raises:
            TrainingError: Everybody, or nobody, missed the target.
        """
        checked = validate_data(self, X, y, y_numeric=True)
        matrix, gap = (np.asarray(part, dtype=np.float64) for part in checked)
        missed = gap >= GAPS[0]
        if missed.all() or not missed.any():
            raise TrainingError(
                f"Training data: of {len(gap)} students {int(missed.sum())} missed their target; a model needs some who did "
                "and some who did not. Give outcomes of more students."
            )
        weight = np.ones(len(gap)) if sample_weight is None else np.asarray(sample_weight, dtype=np.float64)
        signs = np.zeros(matrix.shape[1], dtype=int) if self.signs is None else np.asarray(self.signs, dtype=int)
        prior = np.zeros((3, matrix.shape[1] + 1)) if self.prior is None else np.asarray(self.prior, dtype=np.float64)
        design = np.column_stack([np.ones(len(matrix)), matrix])
        bounds = np.concatenate([[0], signs])
        solved = [
            _fit_head(design, target, weight, bounds, self.l2, start, logistic=logistic)
            for target, start, logistic in (
                (missed.astype(np.float64), prior[0], True),
                ((gap >= GAPS[1]).astype(np.float64), prior[1], True),
                (gap, prior[2], False),
            )
        ]
        self.coef_ = np.array([head[1:] for head in solved])
        self.intercept_ = np.array([head[0] for head in solved])
        self.classes_ = np.array([False, True])
        return self

    def decision_function(self, X: npt.ArrayLike) -> FloatArray:
        """(n, 3): log-odds of a gap of one and of three grades, and the expected gap in grades."""
        check_is_fitted(self, "coef_")
        matrix = np.asarray(validate_data(self, X, reset=False), dtype=np.float64)
        total = matrix @ self.coef_.T + self.intercept_
        capped = np.asarray(self.capped, dtype=int)
        if len(capped):
            joint = matrix[:, capped] @ self.coef_[:, capped].T
            limits = np.array([np.inf if cap is None else cap for cap in (self.cap, self.cap, self.cap_in_grades)])
            total += np.clip(joint, -limits, limits) - joint
        return np.asarray(total)

    def chances(self, X: npt.ArrayLike) -> FloatArray:
        """(n, 2): the probabilities of a gap of at least one grade and of at least three."""
        return np.asarray(expit(self.decision_function(X)[:, :2]))

    def predict_proba(self, X: npt.ArrayLike) -> FloatArray:
        """(n, 2): the probabilities of reaching and of missing the target."""
        missed = self.chances(X)[:, 0]
        return np.column_stack([1.0 - missed, missed])

    def predict(self, X: npt.ArrayLike) -> npt.NDArray[np.bool_]:
        """(n,): whether missing the target is the likelier outcome."""
        return np.asarray(self.decision_function(X)[:, 0] > 0)

    def expected_gap(self, X: npt.ArrayLike) -> FloatArray:
        """(n,): the expected gap, target minus final grade, in grades."""
        return self.decision_function(X)[:, 2]


def _fit_head(
    design: FloatArray,
    target: FloatArray,
    weight: FloatArray,
    signs: npt.NDArray[np.int_],
    l2: float,
    prior: FloatArray,
    *,
    logistic: bool,
) -> FloatArray:
    """The minimum of one head by projected Newton steps; the intercept (column 0) is penalised only toward a prior."""
    penalty = np.full(design.shape[1], l2)
    penalty[0] = 1e-6 * l2 if not prior.any() else l2
    w = _project(prior.copy(), signs)

    def loss(at: FloatArray) -> float:
        eta = design @ at
        fit = np.logaddexp(0.0, eta) - target * eta if logistic else 0.5 * (eta - target) ** 2
        return float(weight @ fit + 0.5 * penalty @ (at - prior) ** 2)

    for _ in range(200):
        eta = design @ w
        mean = expit(eta) if logistic else eta
        gradient = design.T @ (weight * (mean - target)) + penalty * (w - prior)
        # At a bound with the gradient pushing outward a weight is held; all others are free.
        held = (w == 0) & (((signs < 0) & (gradient < 0)) | ((signs > 0) & (gradient > 0)))
        free = ~held
        if np.abs(gradient[free]).max(initial=0.0) <= 1e-9 * max(1.0, float(weight.sum())) ** 0.5:
            break
        curvature = weight * (mean * (1 - mean) if logistic else 1.0)
        hessian = (design[:, free] * curvature[:, None]).T @ design[:, free] + np.diag(penalty[free])
        step = np.zeros_like(w)
        step[free] = -np.linalg.solve(hessian, gradient[free])
        here, size = loss(w), 1.0
        while size > 1e-6:
            ahead = _project(w + size * step, signs)
            if loss(ahead) <= here + 1e-4 * float(gradient @ (ahead - w)) + 1e-12 * abs(here):
                break
            size /= 2
        w = ahead
    return w


def _project(w: FloatArray, signs: npt.NDArray[np.int_]) -> FloatArray:
    return np.where(signs < 0, np.minimum(w, 0.0), np.where(signs > 0, np.maximum(w, 0.0), w))
