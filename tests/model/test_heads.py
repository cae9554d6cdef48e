"""The estimator: signs, the cap, the one minimum, and scikit-learn's manners."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression

from model.errors import TrainingError
from model.heads import GapHeads
from model.students import FloatArray


def some_data(seed: int, n: int = 400, p: int = 5) -> tuple[FloatArray, FloatArray]:
    rng = np.random.default_rng(seed)
    matrix = rng.standard_normal((n, p))
    return matrix, np.round(1.2 * matrix @ rng.standard_normal(p) + rng.standard_normal(n))


def test_without_bounds_it_is_logistic_regression() -> None:
    matrix, gap = some_data(1)
    heads = GapHeads(l2=2.0).fit(matrix, gap)
    peer = LogisticRegression(C=0.5, tol=1e-10, max_iter=10_000).fit(matrix, gap >= 1)
    np.testing.assert_allclose(heads.coef_[0], peer.coef_[0], atol=1e-5)
    np.testing.assert_allclose(heads.predict_proba(matrix), peer.predict_proba(matrix), atol=1e-5)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_signs_hold_and_the_minimum_is_the_one_a_general_solver_finds(seed: int) -> None:
    matrix, gap = some_data(seed, n=120)
    signs = np.array([-1, -1, 1, 0, -1])
    heads = GapHeads(signs=signs, l2=1.0).fit(matrix, gap)
    assert (heads.coef_ * signs >= 0).all()
    missed = (gap >= 1).astype(float)

    def loss(w: FloatArray) -> float:
        eta = matrix @ w[1:] + w[0]
        return float(np.logaddexp(0, eta).sum() - missed @ eta + 0.5 * w[1:] @ w[1:] + 0.5e-6 * w[0] ** 2)

    bounds = [(None, None)] + [{-1: (None, 0), 1: (0, None), 0: (None, None)}[int(sign)] for sign in signs]
    general = minimize(loss, np.zeros(6), bounds=bounds, method="L-BFGS-B", options={"ftol": 1e-14, "gtol": 1e-9})
    ours = np.concatenate([[heads.intercept_[0]], heads.coef_[0]])
    assert loss(ours) <= general.fun + 1e-7


def test_capped_features_move_the_log_odds_no_further_than_the_cap() -> None:
    matrix, gap = some_data(3)
    heads = GapHeads(capped=(0, 1), cap=0.5, cap_in_grades=0.25).fit(matrix, gap)
    extreme = np.zeros((3, 5))
    extreme[1, :2], extreme[2, :2] = 50, -50
    moved = heads.decision_function(extreme) - heads.decision_function(np.zeros((1, 5)))
    assert np.abs(moved[:, :2]).max() <= 0.5 + 1e-12
    assert np.abs(moved[:, 2]).max() <= 0.25 + 1e-12
    free = clone(heads).set_params(cap=None, cap_in_grades=None).fit(matrix, gap)
    assert np.abs(free.decision_function(extreme) - free.decision_function(np.zeros((1, 5)))).max() > 5


def test_penalty_pulls_toward_the_prior() -> None:
    matrix, gap = some_data(4)
    prior = np.full((3, 6), 0.3)
    near = GapHeads(l2=1e9, prior=prior).fit(matrix, gap)
    np.testing.assert_allclose(near.coef_, 0.3, atol=1e-4)
    np.testing.assert_allclose(near.intercept_, 0.3, atol=1e-4)


@pytest.mark.parametrize("gap", [np.zeros(50), np.full(50, 2.0)])
def test_one_outcome_alone_trains_nothing(gap: FloatArray) -> None:
    with pytest.raises(TrainingError, match="of 50 students"):
        GapHeads().fit(np.random.default_rng(1).standard_normal((50, 2)), gap)


def test_gap_of_three_alone_may_be_missing() -> None:
    matrix, gap = some_data(5)
    heads = GapHeads().fit(matrix, np.minimum(gap, 2))
    assert heads.chances(matrix)[:, 1].max() < 0.05
