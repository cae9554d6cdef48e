"""The oracle is a ceiling: calibrated in every world, and never worse than the model."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from model.scorecard import bundled
from model.training.cohorts import schools
from model.training.evaluation_data import calibration_error, judged
from model.training.oracle import ceiling
from model.training.worlds import World, worlds


@pytest.mark.parametrize("world", worlds(), ids=lambda world: world.name)
def test_oracle_knows_its_world(world: World) -> None:
    sheets = list(schools(world, students=12_000, seed=31))
    missed = np.concatenate([sheet.gap >= 1 for sheet in sheets]).astype(float)
    said = np.concatenate([ceiling(sheet, 3).missed for sheet in sheets])
    by_three = np.concatenate([ceiling(sheet, 3).missed_by_three for sheet in sheets])
    assert calibration_error(said, missed) < 0.02
    assert by_three.mean() == pytest.approx(np.concatenate([sheet.gap >= 3 for sheet in sheets]).mean(), abs=0.01)


def test_more_is_known_later_and_never_less_than_the_model_knows() -> None:
    table = judged(World(), card=bundled(), seed=32, students=4_000, half_terms=(1, 3, 6))
    areas = {
        half_term: (roc_auc_score(part["missed"], part["oracle"]), roc_auc_score(part["missed"], part["risk"]))
        for half_term, part in table.groupby("half_term")
    }
    oracle = [areas[t][0] for t in (1, 3, 6)]
    assert oracle == sorted(oracle)
    assert all(ours < best for best, ours in areas.values())


def test_unrecorded_things_tell_the_oracle_nothing() -> None:
    sheet = next(schools(World(), students=1, seed=8, sizes=(40, 40)))
    blind = ceiling(sheet, 1)
    assert blind.missed.shape == (40,)
    assert np.isfinite(blind.strands).all()
