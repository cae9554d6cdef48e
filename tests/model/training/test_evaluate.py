"""The benchmark: whole, reproducible, judged by goals that can fail, and written down as measured."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import model
from addin.cli.shared.trial import scored
from model.errors import ArtefactError, EvaluationError
from model.rules import RULES
from model.scorecard import bundled
from model.training import card as model_card
from model.training import report
from model.training.evaluate import (
    REPORTED_SEEDS,
    TUNING_SEEDS,
    WEIGHTS,
    Evaluation,
    Size,
    check_artefact,
    choose_blend,
    closed_share,
    run,
)
from model.training.goals import RULE, Goal
from model.training.public_data import MODELS, SET_UPS, evaluate_public
from model.training.public_file import load_uci_mathematics
from model.training.train import BLEND, SEED
from tests.libraries import needed_library

SMALL = Size(seeds=2, students=500, repeats=1, samples=20, challenger=1_000, workbooks=60)


SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data"


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """A small run, on the real pupils too where their file is; it is never downloaded in a test."""
    with pytest.MonkeyPatch.context() as patch:
        if "MARKBOOK_DATA" not in os.environ:
            patch.setenv("MARKBOOK_DATA", str(SHARED if SHARED.is_dir() else tmp_path_factory.mktemp("no_data")))
        return run(scored=scored, size=SMALL)


def test_every_goal_is_judged_and_told(evaluation: Evaluation) -> None:
    assert len(evaluation.goals) >= 20
    for goal in evaluation.goals:
        assert goal.line().endswith((" MET", " MISSED"))
    if evaluation.public is None:
        assert evaluation.public_missing
        assert not any(goal.met for goal in evaluation.goals if goal.name.startswith("real pupils"))


def test_every_model_has_its_row_and_the_same_seed_gives_the_same_table(evaluation: Evaluation) -> None:
    table = evaluation.public
    if table is None:
        pytest.skip(f"no public data: {evaluation.public_missing}")
    rows = list(zip(table["set_up"], table["model"], strict=True))
    assert rows == [(s.name, model) for s in SET_UPS for model in MODELS if model != "boosting" or s.name == "A"]
    fitted = table[table["model"] != "naive rule"]
    assert fitted[["pcc", "auc", "brier", "calibration"]].notna().all().all()
    assert (fitted.loc[fitted["set_up"] == "A", "auc"] > 0.96).all()
    pupils, forest = load_uci_mathematics(Path(os.environ.get("MARKBOOK_DATA") or SHARED)), ["forest"]
    pd.testing.assert_frame_equal(
        evaluate_public(repeats=1, data=pupils, models=forest),
        table[table["model"] == "forest"].reset_index(drop=True),
    )


@pytest.mark.parametrize(
    ("figure", "at_least", "met"),
    [
        (0.9, True, True),
        (0.8, True, True),
        (0.79, True, False),
        (0.79, False, True),
        (float("nan"), True, False),
        (float("nan"), False, False),
    ],
)
def test_goals_can_fail(figure: float, at_least: bool, met: bool) -> None:
    assert Goal(name="x", figure=figure, bound=0.8, at_least=at_least).met is met


def test_reported_seeds_serve_nothing_else() -> None:
    training = {SEED, SEED + 1, SEED + 2}
    assert not set(REPORTED_SEEDS) & (set(TUNING_SEEDS) | training)
    assert len(REPORTED_SEEDS) >= 10


def a_table(seed: int, strength: float) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    missed = (rng.random(600) < 0.35).astype(float)
    signal = missed + rng.normal(size=600)
    return pd.DataFrame(
        {
            "sheet": np.repeat(np.arange(20), 30),
            "missed": missed,
            "oracle": missed,
            "risk": strength * signal + rng.normal(size=600),
            **dict.fromkeys(RULES, rng.normal(size=600)),
        }
    )


def test_closed_share_is_one_for_the_oracle_and_none_for_the_best_rule() -> None:
    table = a_table(1, 1.0)
    assert closed_share(table, "oracle") == pytest.approx(1)
    assert closed_share(table, RULE) == pytest.approx(0)


def test_blend_prefers_what_helps_everywhere() -> None:
    useful = choose_blend({"a": a_table(1, 3.0), "b": a_table(2, 3.0)})
    useless = choose_blend({"a": a_table(1, 0.0).assign(**{RULE: lambda t: t["missed"]})})
    assert float(useful["regret"].idxmin()) > 0.5
    assert float(useless["regret"].idxmin()) == 0.0
    assert list(useful.index) == list(WEIGHTS)
    assert BLEND in WEIGHTS
    assert bundled().blend == BLEND


def test_a_changed_pipeline_is_not_opened(tmp_path: Path) -> None:
    content = bytearray(check_artefact(bundled()).read_bytes())
    content[-1] ^= 1
    (tmp_path / "risk_model.joblib").write_bytes(content)
    with pytest.raises(ArtefactError, match="it has been changed and is not opened"):
        check_artefact(bundled(), tmp_path / "risk_model.joblib")
    with pytest.raises(ArtefactError, match="cannot be read"):
        check_artefact(bundled(), tmp_path / "nothing.joblib")


def test_report_holds_what_was_measured(evaluation: Evaluation, tmp_path: Path) -> None:
    needed_library("matplotlib")
    report.write(evaluation, tmp_path, quick=True)
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    for goal in evaluation.goals:
        assert goal.line() in text
    for plot in ("calibration.png", "precision_by_seats.png", "gain_by_half_term.png"):
        assert (tmp_path / plot).read_bytes().startswith(b"\x89PNG")
    base = pd.read_csv(tmp_path / "base.csv", index_col=0)
    np.testing.assert_allclose(base["auc risk"], evaluation.base["auc risk"])


def test_card_is_made_from_the_figures(evaluation: Evaluation, tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    path.write_text(report.to_json(evaluation, quick=True), encoding="utf-8")
    text = model_card.card(path)
    for goal in evaluation.goals:
        assert goal.line() in text
    assert f"{evaluation.base['auc risk'].loc[3]:.3f}" in text
    changed = json.loads(path.read_text(encoding="utf-8"))
    changed["base"][2]["auc risk"] = 0.123456
    path.write_text(json.dumps(changed), encoding="utf-8")
    assert "0.123" in model_card.card(path)


def test_shipped_card_is_the_one_the_shipped_figures_give() -> None:
    folder = Path(model.__file__).parent
    assert model_card.card(folder / "evaluation.json") == (folder / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert json.loads((folder / "evaluation.json").read_text(encoding="utf-8"))["quick"] is False


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "no figures of an evaluation"),
        ("[]", "no figures"),
        ('{"scorecard_sha256": "abc"}', "belong to another scorecard"),
    ],
)
def test_figures_of_something_else_are_refused(content: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationError, match=says):
        model_card.card(path)


def test_without_the_public_data_the_rest_is_still_told(evaluation: Evaluation, tmp_path: Path) -> None:
    needed_library("matplotlib")
    without = replace(evaluation, real=None, public=None, public_missing="student-mat.csv is not here.")
    report.write(without, tmp_path, quick=True)
    assert "student-mat.csv is not here." in (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "Not measured in this run" in model_card.card(tmp_path / "figures.json")
