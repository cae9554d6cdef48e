"""The measures: recall with ties by expectation, precision, calibration, and tables of judged students."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.rules import RULES
from model.scorecard import bundled
from model.training.evaluation_data import calibration_error, judged, precision_at, recall_at
from model.training.worlds import World


def table(order: list[float], missed: list[int], sheet: int = 1) -> pd.DataFrame:
    return pd.DataFrame({"sheet": sheet, "order": order, "missed": np.array(missed, dtype=float)})


def test_recall_by_hand() -> None:
    ten = table([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], [1, 0, 1, 1, 0, 0, 0, 0, 0, 1])
    assert recall_at(ten, "order", share=0.2) == pytest.approx(1 / 4)
    assert recall_at(ten, "order", share=0.4) == pytest.approx(3 / 4)
    assert precision_at(ten, "order", share=0.4) == pytest.approx(3 / 4)
    assert recall_at(ten, "order", share=0.25) == pytest.approx(1.5 / 4), "half a seat counts half"


@given(
    missed=st.lists(st.integers(0, 1), min_size=2, max_size=30).filter(any),
    share=st.floats(0.05, 1.0),
    seed=st.integers(0, 99),
)
def test_an_order_that_tells_nobody_apart_gains_nothing_from_the_rows(
    missed: list[int], share: float, seed: int
) -> None:
    assert recall_at(table([1.0] * len(missed), missed), "order", share=share) == pytest.approx(share)
    shuffled = np.random.default_rng(seed).permutation(len(missed))
    some = table([float(i % 3) for i in range(len(missed))], missed)
    assert recall_at(some.iloc[shuffled], "order", share=share) == pytest.approx(recall_at(some, "order", share=share))


def test_seats_are_given_sheet_by_sheet() -> None:
    both = pd.concat([table([2, 1, 0, 0, 0], [1, 0, 0, 0, 0], 1), table([9, 8, 7, 6, 5], [0, 1, 1, 0, 0], 2)])
    assert recall_at(both, "order", share=0.2) == pytest.approx(1 / 3)


def test_calibration_error_is_zero_for_truth_and_large_for_nonsense() -> None:
    rng = np.random.default_rng(1)
    risk = rng.random(200_000)
    missed = (rng.random(200_000) < risk).astype(float)
    assert calibration_error(risk, missed) < 0.01
    assert calibration_error(1 - risk, missed) == pytest.approx(0.5, abs=0.02)


def test_judged_students_have_every_judgement() -> None:
    found = judged(World(), card=bundled(), seed=1, students=300, half_terms=(2, 4))
    assert set(found["half_term"]) == {2, 4}
    assert found[["risk", "oracle", "missed", "predicted", *RULES]].notna().all().all()
    for _, sheet in found.groupby(["sheet", "half_term"]):
        assert sorted(-sheet["priority"]) == list(range(1, len(sheet) + 1))
    assert found["risk"].between(0, 1).all()
