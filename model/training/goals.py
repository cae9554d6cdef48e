"""The goals that the benchmark must reach, each with the figure that was measured.

The bounds were set before the model was built: the synthetic ones from an experiment with another world of the same kind, those
on real pupils from the published figures and from what logistic regression had reached.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from model.scorecard import Scorecard
from model.training.evaluation_data import SHARE

RULE = "working below target"
"""The plain rule that has to be beaten; see `model/rules.py`."""

CLASS_SIZE = 35
"""Sheets of up to this many students are usual classes; larger ones are whole years."""


@dataclass(frozen=True, kw_only=True)
class Goal:
    """One goal: what it is about, the figure measured, and the bound that it must keep."""

    name: str
    figure: float
    bound: float
    at_least: bool
    digits: int = 3

    @property
    def met(self) -> bool:
        """Whether the figure keeps the bound; a figure that could not be measured does not."""
        return self.figure >= self.bound if self.at_least else self.figure <= self.bound

    def line(self) -> str:
        """The goal as a line that ends with MET or MISSED.

        Example:
            >>> Goal(name="area under the curve", figure=0.97234, bound=0.97, at_least=True).line()
            'area under the curve: 0.972 (at least 0.970) MET'
        """
        side = "at least" if self.at_least else "at most"
        return (
            f"{self.name}: {self.figure:.{self.digits}f} ({side} {self.bound:.{self.digits}f}) "
            f"{'MET' if self.met else 'MISSED'}"
        )


def goals_of(
    card: Scorecard,
    table: pd.DataFrame,
    base: pd.DataFrame,
    misspecified: pd.DataFrame,
    public: pd.DataFrame | None,
    engineering: Mapping[str, float],
) -> tuple[Goal, ...]:
    """The goals, judged.

    Args:
        card: The scorecard, for its thresholds.
        table: The judged students of the base world, at all half-terms.
        base, misspecified, public, engineering: As in `evaluate.Evaluation`.
    """
    at_three = table[table["half_term"] == 3]
    high, watch = at_three["risk"] >= card.thresholds.high, at_three["risk"] >= card.thresholds.watch
    reference_terms = base.loc[[2, 3, 4, 6]]
    classes = at_three[at_three.groupby("sheet")["risk"].transform("size") <= CLASS_SIZE]

    def at(half_term: int, column: str) -> float:
        return float(base[column].loc[half_term])

    goals = [
        Goal(name="half-term 2: share of the gap from best rule to oracle closed", figure=at(2, "closed"), bound=0.8,
             at_least=True),
        Goal(name="half-term 3: share of the gap from best rule to oracle closed", figure=at(3, "closed"), bound=0.85,
             at_least=True),
        Goal(name="area under the curve below the oracle, worst of half-terms 2, 3, 4, 6",
             figure=(reference_terms["auc oracle"] - reference_terms["auc risk"]).max(), bound=0.018, at_least=False),
        Goal(name="calibration error, worst of half-terms 2, 3, 4, 6", figure=reference_terms["calibration"].max(), bound=0.02,
             at_least=False),
        Goal(name="half-term 3: area under the curve above the rule 'working below target'",
             figure=at(3, "auc risk") - at(3, f"auc {RULE}"), bound=0.05, at_least=True),
        Goal(name="half-term 3: High right", figure=at_three.loc[high, "missed"].mean(), bound=0.8, at_least=True),
        Goal(name="half-term 3: share of usual classes flagged High",
             figure=(classes["risk"] >= card.thresholds.high).mean(), bound=0.25, at_least=False),
        Goal(name="half-term 3: of those who miss their target, High or Watch",
             figure=at_three.loc[watch, "missed"].sum() / at_three["missed"].sum(), bound=0.8, at_least=True),
        *(
            Goal(name=f"{world}: recall at {SHARE:.0%} of the priority order above the rule, worst half-term",
                 figure=part["gain"].min(), bound=-0.01, at_least=True)
            for world, part in misspecified.groupby("world", sort=False)
        ),
        Goal(name="half-term 6: weakest strand named is among the true weakest two", figure=at(6, "strand"), bound=0.71,
             at_least=True),
        *_public_goals(public),
        Goal(name="scorecard, bytes", figure=engineering["scorecard bytes"], bound=10_000, at_least=False, digits=0),
        Goal(name="pipeline, bytes", figure=engineering["pipeline bytes"], bound=10_000, at_least=False, digits=0),
        Goal(name="loading the scorecard with numpy, ms", figure=engineering["load ms"], bound=250, at_least=False, digits=0),
        Goal(name="30 students with reasons, ms", figure=engineering["30 students ms"], bound=1.0, at_least=False, digits=2),
        Goal(name="largest difference from the pipeline", figure=engineering["difference from the pipeline"], bound=1e-9,
             at_least=False, digits=12),
    ]  # fmt: skip
    return tuple(goals)


def _public_goals(public: pd.DataFrame | None) -> list[Goal]:
    bounds = (
        ("A", "auc", 0.970, True, 3), ("A", "brier", 0.065, False, 3), ("A", "pcc", 91.0, True, 1),
        ("B", "auc", 0.925, True, 3), ("B", "brier", 0.107, False, 3), ("C", "auc", 0.68, True, 3),
    )  # fmt: skip
    names = {"auc": "area under the curve", "brier": "Brier score", "pcc": "per cent judged right"}
    figures = {} if public is None else public[public["model"] == "logistic"].set_index("set_up").to_dict("index")
    return [
        Goal(name=f"real pupils, set-up {set_up}: {names[column]}", figure=figures.get(set_up, {}).get(column, float("nan")),
             bound=bound, at_least=at_least, digits=digits)
        for set_up, column, bound, at_least, digits in bounds
    ]  # fmt: skip
