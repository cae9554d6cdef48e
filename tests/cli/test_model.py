"""`markbook model`: the shipped model is what it trains, and it tells its figures; small models are trained in tests/model."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from model import scorecard
from model.vocabulary import HALF_TERMS
from tests.support import contents, run


def test_training_writes_the_shipped_scorecard_and_tells_its_figures(tmp_path: Path) -> None:
    ran = run("model", "train", "-o", tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert "scorecard.json" in contents(tmp_path)
    card = scorecard.load(tmp_path / "scorecard.json")
    shipped = scorecard.bundled()
    np.testing.assert_allclose(card.coefficients, shipped.coefficients, rtol=0, atol=1e-9)
    np.testing.assert_allclose(card.intercepts, shipped.intercepts, rtol=0, atol=1e-9)
    assert (card.thresholds, card.reference) == (shipped.thresholds, shipped.reference)
    assert card.interval == pytest.approx(shipped.interval, abs=0.002)
    assert (card.doubt, card.foundation) == pytest.approx((shipped.doubt, shipped.foundation), abs=0.002)
    assert 0 < card.thresholds.watch < card.thresholds.high < 1
    assert f"Written to {tmp_path}" in " ".join(ran.out.split())
    rows = [re.findall(r"[\d.]+", line) for line in ran.out.splitlines() if re.match(r"\W*[1-6]\W", line)]
    assert [int(row[0]) for row in rows] == list(range(1, HALF_TERMS + 1))
    at_3 = [float(figure) for figure in rows[2]]
    model, rule = at_3[3], at_3[4]
    assert 0.5 < rule < model < 1
    (gain,) = re.findall(r"area is (-?[\d.]+) above", ran.out)
    assert abs(float(gain) - (model - rule)) < 0.0016, "the gain is told of figures that are rounded apart"


def test_wrong_usage(tmp_path: Path) -> None:
    for arguments in (["model", "train", "--seed", "-1"], ["model", "sing"]):
        assert run(*arguments).code == 2
    (tmp_path / "file").write_bytes(b"")
    assert run("model", "train", "-o", tmp_path / "file").code == 2
