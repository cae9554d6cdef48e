"""A school year of 2,000 students from file to marked file, beside the usual way; starts and imports are part of it.

    python -m benchmarks.end_to_end [--students N] [--rounds N]

Ours is `markbook score`: it finds the sheet, understands and checks every cell, scores, explains, suggests, writes beside what
is there, checks the finished file against the one it came from, and prints. The usual way (`benchmarks.usual_way`) reads with
pandas, works out the same features in pandas, predicts with the same fitted pipeline, and writes nine formatted columns with
openpyxl. Medians of some rounds, in each of which all run one after the other in processes of their own.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
import tempfile
from pathlib import Path

from addin.files.marked import score_file
from benchmarks.measure import Cost, alternately, beside, cost, score
from benchmarks.school_year import make_sheet
from benchmarks.tables import Table, from_command_line, verdict

ROUNDS = 5
STUDENTS = 2_000
GOAL, GOAL_OF_FASTER = 7.0, 5.0
OURS, USUAL, FASTER = "markbook score", "the usual way", "the usual way, read by calamine"

STEPS = {
    "read the file behind the guard": ("closed_file.py", "read"),
    "understand and check the cells": ("markbook.py", "read_markbook"),
    "features and risks": ("scorecard.py", "score"),
    "reasons": ("reasons.py", "all_reasons"),
    "topics": ("strands.py", "needs"),
    "activities": ("activities.py", "suggest"),
    "edits": ("review.py", "edits_of"),
    "write, check and put in place": ("closed_file.py", "apply"),
    "of that: check": ("verify.py", "check_change"),
    "all": ("marked.py", "score_file"),
}
"""Step of the way -> the module and function that it is."""


def tables(*, quick: bool = False, rounds: int | None = None, students: int | None = None) -> list[Table]:
    """Measure."""
    rounds, students = rounds or (1 if quick else ROUNDS), students or (200 if quick else STUDENTS)
    with tempfile.TemporaryDirectory() as folder:
        file, output = Path(folder) / "year.xlsx", Path(folder) / "marked.xlsx"
        make_sheet(file, students)

        def ours() -> Cost:
            output.unlink(missing_ok=True)
            return cost(score(file, output))

        def usual(engine: str) -> Cost:
            output.unlink(missing_ok=True)
            return cost((sys.executable, "-m", "benchmarks.usual_way", file, output, engine))

        tasks = {OURS: ours, USUAL: lambda: usual("openpyxl"), FASTER: lambda: usual("calamine")}
        costs = alternately(tasks, rounds)
        output.unlink()
        profile = _profile(file, output)
    ratio = costs[USUAL].seconds / costs[OURS].seconds
    goal = verdict(ratio >= GOAL, f"at least {GOAL:g}")
    faster = costs[FASTER].seconds / costs[OURS].seconds
    goal_of_faster = verdict(faster >= GOAL_OF_FASTER, f"at least {GOAL_OF_FASTER:g}")
    return [
        Table(
            f"{students:,} students from file to marked file, imports included, seconds, medians of {rounds} rounds",
            ("program", "clock", "processor", "peak MB", "clock / ours", "processor / ours"),
            beside(costs, OURS, 2),
            (
                f"{USUAL.capitalize()} takes {ratio:.1f} times as long. Goal {goal}.",
                f"{FASTER.capitalize()}: {faster:.1f} times. Goal {goal_of_faster}.",
            ),
        ),
        profile,
    ]


def _profile(file: Path, output: Path) -> Table:
    """Where the time goes, from one run in this process under Python's profiler, which makes small functions look slow."""
    profiler = cProfile.Profile()
    profiler.runcall(score_file, file, output=output)
    spent: dict[str, float] = {}
    for (path, _, function), (_, _, _, seconds, _) in pstats.Stats(profiler).stats.items():  # type: ignore[attr-defined]
        for step, (module, name) in STEPS.items():
            if function == name and Path(path).name == module:
                spent[step] = spent.get(step, 0.0) + seconds
    whole = spent["all"]
    return Table(
        "Where the time of one run goes, without start and printing, in per cent of it (under the profiler)",
        ("step", "%"),
        [(step, f"{100 * spent.get(step, 0.0) / whole:.0f}") for step in STEPS],
    )


if __name__ == "__main__":
    from_command_line(tables, __doc__)
