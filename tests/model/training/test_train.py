"""Training: reproducible, quiet where nothing changed, and better than the rule on schools it has not seen."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from model.scorecard import Thresholds, bundled, load
from model.training.train import Trained, choose_thresholds, fit, held_out, train

SMALL = 1_000


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Trained]:
    """A small model in a folder; that training gives the shipped one is in tests/cli/test_model.py."""
    folder = tmp_path_factory.mktemp("trained")
    return folder, train(folder=folder, seed=5, students=SMALL)


def test_same_seed_same_coefficients(trained: tuple[Path, Trained]) -> None:
    _, again = fit(seed=5, students=SMALL)
    first = trained[1].card
    np.testing.assert_allclose(first.coefficients, again.coefficients, rtol=0, atol=1e-9)
    same = replace(again, trained=first.trained, artefact_sha256=first.artefact_sha256)
    assert first.to_json() == same.to_json()


def test_training_again_leaves_no_trace(trained: tuple[Path, Trained]) -> None:
    folder, first = trained
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    again = train(folder=folder, seed=5, students=SMALL)
    assert first.changed
    assert not again.changed
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == files
    assert set(files) == {"risk_model.joblib", "scorecard.json", "pinned.py"}
    assert hashlib.sha256(files["scorecard.json"]).hexdigest() in files["pinned.py"].decode()
    assert load(folder / "scorecard.json").artefact_sha256 == hashlib.sha256(files["risk_model.joblib"]).hexdigest()


def test_a_damaged_artefact_is_made_again(trained: tuple[Path, Trained], tmp_path: Path) -> None:
    shutil.copytree(trained[0], tmp_path, dirs_exist_ok=True)
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
