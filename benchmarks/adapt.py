"""What `markbook adapt` does to the year after: `python -m benchmarks.adapt`.

A synthetic school keeps one markbook for a whole year group. Its outcomes are learnt from; then its next year groups (the same
assessments and habits of recording, new students) are put in order by the shipped scorecard and by the one that is in use
after adapting, which is the shipped one where it declined. Mean over ten schools. The method was tuned on other seeds.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
import pandas as pd

from benchmarks.tables import Table, from_command_line
from model.errors import OutcomesError
from model.learning.adapt import learn
from model.scorecard import Scorecard, bundled, score
from model.training.cohorts import SyntheticSheet, simulate, usual_assessments
from model.training.evaluation_data import recall_at
from model.training.worlds import World, worlds
from model.vocabulary import HALF_TERMS

SEEDS = range(10)
SIZES = (30, 60, 180)
NEXT_YEARS, NEXT_SIZE = 4, 180
"""Several next years, so that the figure is about the method and not about one cohort's luck."""


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One school: whether the adapted scorecard was accepted, and recall at 20 % and Brier score of its next years.

    `refused` is true where there were too few outcomes of either kind to learn from.
    """

    accepted: bool
    refused: bool
    before: float
    after: float
    brier_before: float
    brier_after: float


def school(world: World, *, students: int, seed: int, next_years: int = NEXT_YEARS) -> list[SyntheticSheet]:
    """Last year's group of `students` first, then the next years' groups of the same school."""
    rng = np.random.default_rng([seed, *world.name.encode()])
    assessments = usual_assessments(rng)
    return [
        simulate(world, students=size, kind="year", assessments=assessments, rng=rng, school=year)
        for year, size in enumerate([students] + [NEXT_SIZE] * next_years)
    ]


def judge(sheets: Sequence[SyntheticSheet], card: Scorecard) -> tuple[float, float]:
    """Recall at 20 % of the priority order and Brier score, both the mean over half-terms 1 to 6."""
    recalls, briers = [], []
    for half_term in range(1, HALF_TERMS + 1):
        parts = []
        for sheet in sheets:
            scores = score(sheet.at(half_term), card=card)
            frame = pd.DataFrame(
                {
                    "sheet": sheet.school,
                    "missed": (sheet.gap >= 1).astype(float),
                    "priority": -scores.priority.astype(float),
                    "risk": scores.risk,
                }
            )
            parts.append(frame[scores.standing.scorable])
        table = pd.concat(parts, ignore_index=True)
        recalls.append(recall_at(table, "priority"))
        briers.append(float(((table["risk"] - table["missed"]) ** 2).mean()))
    return float(np.mean(recalls)), float(np.mean(briers))


def try_school(world: World, students: int, seed: int) -> Tried:
    """Adapt one school and judge its next years before and after."""
    last, *following = school(world, students=students, seed=seed)
    before, brier_before = judge(following, bundled())
    try:
        adaptation = learn(last.cohort, last.final_grade)
    except OutcomesError:
        adaptation = None
    accepted = adaptation is not None and adaptation.accepted
    after, brier_after = judge(following, adaptation.card) if adaptation and accepted else (before, brier_before)
    return Tried(
        accepted=accepted,
        refused=adaptation is None,
        before=before,
        after=after,
        brier_before=brier_before,
        brier_after=brier_after,
    )


def tables() -> list[Table]:
    """Measure."""
    rows, count = [], len(SEEDS)
    with ProcessPoolExecutor() as pool:
        for world in worlds():
            for students in SIZES:
                tried = list(pool.map(try_school, [world] * count, [students] * count, SEEDS))
                mean = pd.DataFrame(tried).mean()
                error = pd.Series([each.after - each.before for each in tried]).sem()
                rows.append(
                    (
                        world.name, str(students), f"{sum(each.accepted for each in tried)} of {count}",
                        str(sum(each.refused for each in tried)), f"{mean['before']:.3f}", f"{mean['after']:.3f}",
                        f"{mean['after'] - mean['before']:+.4f}", f"{error:.4f}", f"{mean['brier_before']:.3f}",
                        f"{mean['brier_after']:.3f}",
                    )
                )  # fmt: skip
    title = f"Recall at 20 % of the priority order in the following years, mean of {count} schools"
    headings = "World, Outcomes, Accepted, Too few, Before, After, Change, ±, Brier before, after"
    return [Table(title, headings.split(", "), rows)]


if __name__ == "__main__":
    from_command_line(tables, __doc__)
