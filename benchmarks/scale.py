"""How `markbook score` grows with the sheet: 2,000, 20,000 and 100,000 students in one sheet of 35 columns.

    python -m benchmarks.scale [--rows N ...] [--rounds N]

The whole command in a process of its own: read, understand, score, explain, suggest, write, check, print. "Growth" is how much
longer a row takes than in the sheet before it: time divided by rows; at 1.0 time grows exactly as the rows do.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import Cost, cost, median, score
from benchmarks.school_year import make_sheet
from benchmarks.tables import Table, from_command_line, verdict

ROWS = {2_000: 5, 20_000: 3, 100_000: 2}
"""Rows of the sheet -> how many times it is scored; the median counts."""

QUICK = {200: 1, 400: 1}
GOAL, MOST_MEGABYTES = 1.2, {20_000: 150.0, 100_000: 500.0}


def tables(*, quick: bool = False, rows: Sequence[int] | None = None, rounds: int | None = None) -> list[Table]:
    """Measure."""
    wanted = dict.fromkeys(rows, rounds or 3) if rows else QUICK if quick else ROWS
    if rounds:
        wanted = dict.fromkeys(wanted, rounds)
    costs: dict[int, Cost] = {}
    sizes: dict[int, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, times in wanted.items():
            file, output = Path(folder) / "year.xlsx", Path(folder) / "marked.xlsx"
            make_sheet(file, number)
            done = []
            for _ in range(times + (not costs)):  # before the first sheet, one run warms up
                output.unlink(missing_ok=True)
                done.append(cost(score(file, output)))
            costs[number] = median(done[-times:])
            sizes[number] = file.stat().st_size / 1e6, output.stat().st_size / 1e6
    table, grown = [], []
    before: int | None = None
    for number, each in costs.items():
        growth = "" if before is None else _growth(costs, before, number)
        if growth:
            grown.append(float(growth))
        table.append(
            (
                f"{number:,}", f"{each.seconds:.2f}", f"{each.processor:.2f}", f"{1e6 * each.seconds / number:.0f}", growth,
                f"{each.megabytes:.0f}", f"{sizes[number][0]:.1f}", f"{sizes[number][1]:.1f}",
            )
        )  # fmt: skip
        before = number
    notes = [
        f"Time grows at most {max(grown):.2f} times as fast as the rows. Goal {verdict(max(grown) <= GOAL, f'at most {GOAL}')}."
    ] if grown else []  # fmt: skip
    notes += [
        f"Peak memory at {rows:,} rows {costs[rows].megabytes:.0f} MB. Goal "
        f"{verdict(costs[rows].megabytes <= most, f'at most {most:g} MB')}."
        for rows, most in MOST_MEGABYTES.items()
        if rows in costs
    ]
    headings = ("rows", "clock, s", "processor, s", "microseconds a row", "growth", "peak MB", "file, MB", "result, MB")
    return [Table("`markbook score` by the number of students in one sheet", headings, table, notes)]


def _growth(costs: dict[int, Cost], before: int, now: int) -> str:
    return f"{costs[now].seconds / costs[before].seconds / (now / before):.2f}"


if __name__ == "__main__":
    from_command_line(tables, __doc__)
