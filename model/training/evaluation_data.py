"""One table of synthetic students with everything that is said of them: the model, the rules, the oracle, and the truth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from model.rules import RULES
from model.scorecard import Scorecard, score
from model.strands import strand_levels
from model.students import FloatArray
from model.training.cohorts import schools
from model.training.oracle import ceiling
from model.training.worlds import World

SHARE = 0.2
"""A Maths Clinic has seats for about a fifth of a class."""


def judged(
    world: World,
    *,
    card: Scorecard,
    seed: int,
    students: int,
    half_terms: Sequence[int],
    sizes: tuple[int, int] | None = None,
) -> pd.DataFrame:
    """Judge synthetic students in every way.

    Returns:
        A row per student and half-term with columns `sheet` (one per school), `half_term`, `missed` (0 or 1), `gap` (grades),
        `risk`, `severe`, `predicted`, `priority` (1 = first, turned so that higher comes earlier), one per rule of
        `rules.RULES`, `oracle`, and `strand_hit`, `strand_oracle` (whether the strand named weakest is among the true weakest
        two; NaN where a strand has no marks). Students without marks are left out.
    """
    parts = []
    for sheet in schools(world, students=students, seed=seed, sizes=sizes):
        for half_term in half_terms:
            cohort = sheet.at(half_term)
            scores = score(cohort, card=card)
            placed = scores.standing
            keep = placed.scorable
            best = ceiling(sheet, half_term)
            truly_weak = np.argsort(sheet.strand_ability[:, half_term - 1], axis=1)[:, :2]
            levels = strand_levels(cohort, placed.marks)
            whole = ~np.isnan(levels).any(axis=1)
            frame = pd.DataFrame(
                {
                    "sheet": sheet.school,
                    "half_term": half_term,
                    "missed": (sheet.gap >= 1).astype(float),
                    "gap": sheet.gap,
                    "target": cohort.target,
                    "higher": cohort.higher,
                    "risk": scores.risk,
                    "severe": scores.severe,
                    "predicted": scores.predicted,
                    "high_end": scores.high,
                    "low_end": scores.low,
                    "final": sheet.final_grade,
                    "priority": -scores.priority.astype(float),
                    "oracle": best.missed,
                    "strand_hit": np.where(whole, _hits(levels, truly_weak), np.nan),
                    "strand_oracle": np.where(whole, _hits(best.strands, truly_weak), np.nan),
                    **{name: rule(cohort, placed) for name, rule in RULES.items()},
                }
            )
            parts.append(frame[keep])
    return pd.concat(parts, ignore_index=True)


def _hits(levels: FloatArray, truly_weak: np.ndarray) -> FloatArray:
    named = np.argmin(np.where(np.isnan(levels), np.inf, levels), axis=1)
    return np.asarray((named[:, None] == truly_weak).any(axis=1), dtype=np.float64)


def recall_at(table: pd.DataFrame, column: str, *, share: float = SHARE) -> float:
    """Of those who miss their target, how many are among the first `share` of their own sheet.

    Ties and the broken seat count by their expectation: with 5.4 seats and three students alike on the sixth place, each of them
    has .4 / 3 of a seat. So an order that cannot tell students apart gains nothing from the order of the rows.
    """
    sheets = table.groupby("sheet", sort=False)
    found = sum(_expected_hits(part[column].to_numpy(), part["missed"].to_numpy(), share) for _, part in sheets)
    return float(found / table["missed"].sum())


def precision_at(table: pd.DataFrame, column: str, *, share: float = SHARE) -> float:
    """Of the first `share` of each sheet, how many miss their target; ties as in `recall_at`."""
    return recall_at(table, column, share=share) * float(table["missed"].sum()) / (share * len(table))


def _expected_hits(order: FloatArray, missed: FloatArray, share: float) -> float:
    seats = share * len(order)
    _, inverse, counts = np.unique(-order, return_inverse=True, return_counts=True)
    before = np.cumsum(counts) - counts
    filled = np.clip(seats - before, 0, counts) / counts
    return float((filled[inverse] * missed).sum())


def calibration_error(risk: FloatArray, missed: npt.NDArray[np.float64 | np.bool_], *, groups: int = 10) -> float:
    """How far risks are from the shares that came true: the mean distance over groups of equal size, ordered by risk.

    Chance alone gives 400 students about .06 where all risks are near one third, and less the sharper they are.

    Args:
        risk: (n,) chances.
        missed: (n,) who missed the target, or failed.
        groups: The number of groups.

    Example:
        >>> calibration_error(np.array([0.1] * 10 + [0.8] * 10), np.arange(20) >= 10, groups=2)
        0.15
    """
    parts = np.array_split(np.argsort(risk, kind="stable"), groups)
    return round(float(sum(abs(risk[part].mean() - missed[part].mean()) * len(part) for part in parts)) / len(risk), 12)
