"""Training: reproducible, quiet where nothing changed, and better than the rule on schools it has not seen."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from model.scorecard import Thresholds, bundled, load
from model.training.train import SEED, choose_thresholds, fit, held_out, train

SMALL = 3_000


def test_same_seed_same_coefficients() -> None:
    _, first = fit(seed=5, students=SMALL)
    _, again = fit(seed=5, students=SMALL)
    np.testing.assert_allclose(first.coefficients, again.coefficients, rtol=0, atol=1e-9)
    assert first.to_json() == again.to_json()


def test_the_shipped_scorecard_is_the_one_that_training_gives() -> None:
    _, card = fit(seed=SEED)
    np.testing.assert_allclose(card.coefficients, bundled().coefficients, rtol=0, atol=1e-9)
    np.testing.assert_allclose(card.intercepts, bundled().intercepts, rtol=0, atol=1e-9)
    assert card.thresholds == bundled().thresholds
    assert card.interval == pytest.approx(bundled().interval, abs=0.002)
    assert (card.doubt, card.foundation) == pytest.approx((bundled().doubt, bundled().foundation), abs=0.002)
    assert card.reference == bundled().reference


def test_training_again_leaves_no_trace(tmp_path: Path) -> None:
    first = train(folder=tmp_path, seed=5, students=SMALL)
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    again = train(folder=tmp_path, seed=5, students=SMALL)
    assert first.changed
    assert not again.changed
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == files
    assert set(files) == {"risk_model.joblib", "scorecard.json", "pinned.py"}
    assert hashlib.sha256(files["scorecard.json"]).hexdigest() in files["pinned.py"].decode()
    assert load(tmp_path / "scorecard.json").artefact_sha256 == hashlib.sha256(files["risk_model.joblib"]).hexdigest()


def test_a_damaged_artefact_is_made_again(tmp_path: Path) -> None:
    train(folder=tmp_path, seed=5, students=SMALL)
    (tmp_path / "risk_model.joblib").write_bytes(b"x")
    assert train(folder=tmp_path, seed=5, students=SMALL).changed


def test_figures_on_schools_it_has_not_seen() -> None:
    figures = held_out(bundled())
    assert (figures["model"] > figures["lowest average"]).all()
    assert float(figures["model"].loc[3]) - float(figures["below target"].loc[3]) >= 0.05
    assert float(figures["right"].loc[3]) >= 0.8
    assert float(figures["high"].loc[3]) <= 0.25
    assert figures["model"].is_monotonic_increasing


def test_thresholds_are_the_lowest_that_keep_the_promises() -> None:
    rng = np.random.default_rng(1)
    risk = rng.beta(1.2, 2.5, 20_000)
    missed = (rng.random(20_000) < risk).astype(float)
    chosen = choose_thresholds(risk, missed)
    high = risk >= chosen.high
    assert missed[high].mean() >= 0.8
    assert high.mean() <= 0.25
    assert missed[risk >= chosen.high - 0.05].mean() < 0.82 or (risk >= chosen.high - 0.05).mean() > 0.25
    assert (missed * (risk >= chosen.watch)).sum() >= 0.8 * missed.sum()


def test_hopeless_risks_still_give_thresholds() -> None:
    thresholds = choose_thresholds(np.full(100, 0.5), np.zeros(100))
    assert isinstance(thresholds, Thresholds)
    assert thresholds.watch < thresholds.high


@pytest.mark.parametrize("name", ["test_mean", "mock_mean", "homework", "attendance"])
def test_reference_cohort_is_in_per_cent(name: str) -> None:
    assert 0 < getattr(bundled().reference, name) < 100
