"""How the scorecard does in worlds of kinds that no training saw: by tier and half-term, and through workbooks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score

from model.scorecard import Scorecard
from model.training.cohorts import schools
from model.training.evaluation_data import calibration_error
from model.training.real_pupils import Scored
from model.training.tables import table_of
from model.training.worlds import World

HALF_TERMS = (2, 3, 6)


def reliability_table(
    judged: Callable[[World], pd.DataFrame], worlds: Sequence[World], card: Scorecard
) -> pd.DataFrame:
    """A row for each world and half-term: what was said and seen, in all and by tier.

    Args:
        judged: From a world to its judged students (`evaluation_data.judged`), over several seeds.
        worlds: Worlds that the card was not trained on.
        card: The scorecard, for its thresholds.
    """
    rows = []
    for world in worlds:
        for half_term, part in judged(world).groupby("half_term"):
            risk, missed = part["risk"].to_numpy(), part["missed"].to_numpy()
            flagged, high = risk >= card.thresholds.watch, risk >= card.thresholds.high
            row = {
                "world": world.name,
                "half_term": half_term,
                "students": len(part),
                "oracle": roc_auc_score(missed, part["oracle"]),
                "score": roc_auc_score(missed, risk),
                "working below target": roc_auc_score(missed, part["working below target"]),
                "calibration": calibration_error(risk, missed),
                "said": risk.mean(),
                "seen": missed.mean(),
            }
            for tier, name in ((0.0, "foundation"), (1.0, "higher")):
                here = part["higher"] == tier
                row |= {f"{name} said": risk[here].mean() if here.any() else np.nan}
                row |= {f"{name} seen": missed[here].mean() if here.any() else np.nan}
            row |= {
                "found": missed[flagged].sum() / missed.sum(),
                "high right": missed[high].mean(),
                "within interval": part["final"].between(part["low_end"], part["high_end"]).mean(),
            }
            rows.append(row)
    return pd.DataFrame(rows)


def through_workbooks(worlds: Sequence[World], scored: Scored, *, students: int, seed: int) -> pd.DataFrame:
    """A row for each world: the area of the score through workbooks at half-term 3, over all its sheets together."""
    rows = []
    for world in worlds:
        risk, missed = [], []
        for sheet in schools(world, students=students, seed=seed):
            said = scored(table_of(sheet, 3))["risk"].to_numpy(dtype=np.float64)
            known = ~np.isnan(said)
            risk.append(said[known])
            missed.append((sheet.gap >= 1)[known])
        risks, truth = np.concatenate(risk), np.concatenate(missed)
        rows.append(
            {
                "world": world.name,
                "workbooks": len(risk),
                "students": len(risks),
                "score": roc_auc_score(truth, risks),
                "calibration": calibration_error(risks, truth),
            }
        )
    return pd.DataFrame(rows)
