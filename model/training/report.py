"""An evaluation on paper: figures as JSON and CSV, a report with tables, and three plots."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from model.pinned import SCORECARD_SHA256
from model.training.evaluate import Evaluation
from model.training.goals import RULE, Goal

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FIGURES = "figures.json"

_TABLES = {
    "base": "Base world, by half-term (averages over seeds; gain: recall at 20 % above the rule, 95 % interval by schools)",
    "misspecified": "Worlds in which the model's assumptions are wrong: recall at 20 %",
    "blend": "Weight of risk in the priority order, on tuning seeds: recall at 20 % by world, mean and largest regret",
    "thresholds": "Thresholds at half-term 3: share flagged, share of these who miss their target, share of missers not flagged",
    "seats": "Precision against seats at half-term 3",
    "sizes": "Sheets of 1 to 200 students at half-term 3: area under the curve",
    "calibration": "Calibration at half-term 3, by tenth of the risk: said and seen",
    "challenger": "Area under the curve: the model and a more complex one",
    "real": "Real pupils through workbooks: areas under the curve of the shipped score and of plain rules",
    "kinds": "Worlds of kinds that no training saw, by half-term and tier",
    "workbooks": "The same worlds through workbooks, at half-term 3",
    "public": "What these data could give: models fitted to UCI mathematics itself, repeated cross-validation with standard errors",
}


def write(evaluation: Evaluation, folder: Path, *, quick: bool) -> None:
    """Write figures.json, a CSV per table, report.md and the plots into a folder, which is made if need be.

    Raises:
        ModelError: matplotlib is not installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tables = {name: table for name in _TABLES if (table := getattr(evaluation, name)) is not None}
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=table.index.name is not None)
    (folder / FIGURES).write_text(to_json(evaluation, quick=quick), encoding="utf-8")
    lines = [
        "# Evaluation",
        "",
        f"{'A quick look' if quick else 'The full run'}; the scorecard's SHA-256 is {SCORECARD_SHA256}.",
    ]
    lines += ["", "## Goals", "", *(f"- {goal.line()}" for goal in evaluation.goals)]
    for name, table in tables.items():
        lines += ["", f"## {_TABLES[name]}", "", *markdown(table)]
    if evaluation.public_missing:
        lines += ["", "## Real pupils", "", evaluation.public_missing]
    (folder / "report.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    _plots(evaluation, folder)


def to_json(evaluation: Evaluation, *, quick: bool) -> str:
    """The evaluation as JSON, with the hash of the scorecard that it belongs to."""
    table: dict[str, Any] = {"scorecard_sha256": SCORECARD_SHA256, "quick": quick}
    for field in fields(evaluation):
        value = getattr(evaluation, field.name)
        if isinstance(value, pd.DataFrame):
            flat = value if value.index.name is None else value.reset_index()
            value = json.loads(flat.to_json(orient="records", double_precision=6))
        elif field.name == "goals":
            value = [_goal(goal) for goal in value]
        table[field.name] = value
    return json.dumps(table, indent=1, ensure_ascii=False) + "\n"


def _goal(goal: Goal) -> dict[str, Any]:
    return {"name": goal.name, "line": goal.line(), "figure": float(goal.figure), "met": bool(goal.met)}


def markdown(table: pd.DataFrame) -> list[str]:
    """A table in Markdown, numbers rounded to three digits.

    Example:
        >>> print(*markdown(pd.DataFrame({"size": [30], "model": [0.88417]})), sep="\\n")
        | size | model |
        | ---: | ---: |
        | 30 | 0.884 |
    """
    flat = table if table.index.name is None else table.reset_index()
    rows = [[_cell(value) for value in row] for row in flat.itertuples(index=False)]
    return [
        f"| {' | '.join(str(column).replace('_', ' ') for column in flat.columns)} |",
        f"| {' | '.join('---:' for _ in flat.columns)} |",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]


def _cell(value: object) -> str:
    if isinstance(value, float):
        if value != value:
            return ""
        return f"{value:.0f}" if value.is_integer() and abs(value) >= 1 else f"{value:.3f}"
    return str(value)


def _plots(evaluation: Evaluation, folder: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    def save(name: str, draw: Any, title: str) -> None:
        figure, axes = pyplot.subplots(figsize=(6, 4.5), layout="constrained")
        draw(axes)
        axes.set_title(title)
        axes.grid(alpha=0.3)
        figure.savefig(folder / name, dpi=120)
        pyplot.close(figure)

    save(
        "calibration.png", lambda axes: _draw_calibration(axes, evaluation), "Of those with this risk, how many missed"
    )
    save("precision_by_seats.png", lambda axes: _draw_seats(axes, evaluation), "Seats spent on students who miss")
    save(
        "gain_by_half_term.png",
        lambda axes: _draw_gain(axes, evaluation),
        "Missers found beyond the rule, 20 % of seats",
    )


def _draw_calibration(axes: Axes, evaluation: Evaluation) -> None:
    axes.plot([0, 1], [0, 1], color="grey", linestyle="--", label="said = seen")
    axes.plot(
        evaluation.calibration["said"], evaluation.calibration["seen"], marker="o", color="#0B3C66", label="model"
    )
    axes.set_xlabel("risk said")
    axes.set_ylabel("share that missed the target")
    axes.legend()


def _draw_seats(axes: Axes, evaluation: Evaluation) -> None:
    styles = {"oracle": ("grey", ":"), "priority": ("#B84300", "-"), RULE: ("#0B3C66", "--")}
    for order, (colour, line) in styles.items():
        axes.plot(
            evaluation.seats.index, evaluation.seats[order], color=colour, linestyle=line, marker="o", label=order
        )
    axes.set_xlabel("seats as a share of the class")
    axes.set_ylabel("share of seats for students who miss their target")
    axes.legend()


def _draw_gain(axes: Axes, evaluation: Evaluation) -> None:
    base = evaluation.base
    gain = base["recall priority"] - base[f"recall {RULE}"]
    axes.plot(base.index, gain, marker="o", color="#B84300", label="priority order")
    axes.fill_between(
        base.index, base["gain low"], base["gain high"], color="#B84300", alpha=0.2, label="95 %, by schools"
    )
    axes.axhline(0, color="grey", linestyle="--")
    axes.set_xlabel("half-term")
    axes.set_ylabel("recall at 20 %, above the rule")
    axes.set_ylim(bottom=min(0.0, float(base["gain low"].min())))
    axes.legend()
