"""How long a cold start takes: `markbook --help` and `markbook score` of a class of 30, beside what the usual way only imports;
and what a first formula and a first click in Excel import, beside numpy.

    python -m benchmarks.start_up [--rounds N]

Each figure is the median of some rounds, in each of which all programs run one after the other in processes of their own.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from benchmarks.measure import Cost, alternately, beside, cost, environment, score
from benchmarks.tables import Table, from_command_line, verdict
from templates.build import class_workbook

ROUNDS = 15
STUDENTS = 30
GOAL = 0.9
FIRST_FORMULA, MORE = 2.0, 0.060
"""`import addin.functions`: at most so many times `import numpy`, and so many seconds more."""

PEER = "import pandas, openpyxl"
FUNCTIONS, BUTTONS = "import addin.functions", "import addin.excel.desktop.entries"


def tables(*, quick: bool = False, rounds: int | None = None) -> list[Table]:
    """Measure."""
    rounds = rounds or (1 if quick else ROUNDS)
    with tempfile.TemporaryDirectory() as folder:
        file, output = Path(folder) / "class.xlsx", Path(folder) / "class.marked.xlsx"
        class_workbook(file, students=STUDENTS, seed=7)

        def scored() -> Cost:
            output.unlink(missing_ok=True)
            return cost(score(file, output))

        costs = alternately(
            {
                "python -c pass": lambda: cost((sys.executable, "-c", "pass")),
                "import numpy": lambda: cost((sys.executable, "-c", "import numpy")),
                PEER: lambda: cost((sys.executable, "-c", PEER)),
                "markbook --help": lambda: cost((sys.executable, "-m", "addin.cli", "--help")),
                FUNCTIONS: lambda: cost((sys.executable, "-c", FUNCTIONS)),
                BUTTONS: lambda: cost((sys.executable, "-c", BUTTONS)),
                f"markbook score, {STUDENTS} students": scored,
            },
            rounds,
        )
        output.unlink()
        parts = imports(score(file, output))
    peer, last = costs[PEER], list(costs.values())[-1]
    ratio = last.seconds / peer.seconds
    formula, most = costs[FUNCTIONS].seconds, FIRST_FORMULA * costs["import numpy"].seconds + MORE
    first = verdict(
        formula <= most, f"at most {FIRST_FORMULA:g} times `import numpy` and {1000 * MORE:.0f} ms, {most:.3f} s"
    )
    return [
        Table(
            f"Cold start, seconds, medians of {rounds} rounds",
            ("program", "clock", "processor", "peak MB", f"clock / {PEER}", "processor"),
            beside(costs, PEER, 3),
            (
                f"`score` beside `python -c '{PEER}'`: {ratio:.2f}. Goal {verdict(ratio <= GOAL, f'at most {GOAL}')}.",
                f"`{FUNCTIONS}`: {formula:.3f} s. Goal {first}.",
            ),
        ),
        Table(
            f"What `markbook score` imports, milliseconds of its start ({sum(parts.values()):.0f} in all)",
            ("package", "ms"),
            [(name, f"{ms:.0f}") for name, ms in parts.items()],
        ),
    ]


def imports(command: tuple[str | Path, ...]) -> dict[str, float]:
    """Package -> milliseconds that its own modules took to be imported, the slowest first."""
    with_times = [str(command[0]), "-X", "importtime", *map(str, command[1:])]
    ran = subprocess.run(with_times, capture_output=True, text=True, check=True, encoding="utf-8", env=environment())
    spent: dict[str, float] = defaultdict(float)
    for own, name in re.findall(r"^import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)$", ran.stderr, re.MULTILINE):
        package = name.split(".")[0].lstrip("_")
        known = package in ("addin", "model", "numpy", "lxml", "rich", "click")
        spent[package if known else "the standard library and others"] += int(own) / 1000
    return dict(sorted(spent.items(), key=lambda pair: -pair[1]))


if __name__ == "__main__":
    from_command_line(tables, __doc__)
