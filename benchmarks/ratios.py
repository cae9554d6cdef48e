"""The ratios that `python -m benchmarks --check` compares: what we take over what a peer takes on the same computer.

Each is measured in rounds, ours and the peer's in turns, by the time of the processor, which other work disturbs less than the
clock; the median of the rounds' ratios counts. The greater, the worse. Sizes are such that all of them take about a minute.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from addin.functions import INTERVENTION_RISK
from benchmarks import files
from benchmarks.functions import ranges
from benchmarks.measure import Cost, cost, score
from benchmarks.school_year import make_sheet
from templates.build import class_workbook

Task = Callable[[], Cost]
YARDSTICK = 20
"""How often the cells of a class go through JSON and back, beside one formula over them."""


@dataclass(frozen=True)
class Ratio:
    """Ours over a peer's.

    Args:
        ours, peer: What is run.
        rounds: How often, in turns.
        figure: What is compared: a field of `Cost`.
    """

    ours: Task
    peer: Task
    rounds: int
    figure: str = "processor"

    def measured(self) -> float:
        """The median of the rounds' ratios; where there are several, a round before them warms up."""
        first = self.rounds > 1
        found = [
            getattr(self.ours(), self.figure) / getattr(self.peer(), self.figure) for _ in range(self.rounds + first)
        ]
        return statistics.median(found[first:])


def ratios(folder: Path, *, quick: bool = False) -> dict[str, Ratio]:
    """What is measured, by name.

    Args:
        folder: An empty one, for the workbooks; it must stay until all is measured.
        quick: Tiny sizes and one round, to see that it runs.
    """
    # Threads that wait for work are counted by the processor, on computers with many cores more than all else.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    few, many = (100, 200) if quick else (2_000, 8_000)
    group, year, large, closed = (folder / f"{name}.xlsx" for name in ("class", "year", "large", "closed"))
    class_workbook(group, students=30, seed=7)
    make_sheet(year, few)
    make_sheet(large, many)
    files.make_workbook(closed, few)
    usual = partial(_usual, year, folder / "usual.xlsx")
    found = {
        "import addin.functions / import numpy": Ratio(_python("import addin.functions"), _python("import numpy"), 9),
        "a button's module / import numpy": Ratio(
            _python("import addin.excel.desktop.entries"), _python("import numpy"), 9
        ),
        "markbook score, 30 students / import pandas, openpyxl": Ratio(
            _scored(group), _python("import pandas, openpyxl"), 9
        ),
        f"markbook score, {few:,} students / the usual way": Ratio(_scored(year), usual, 3),
        f"memory of markbook score, {few:,} students / the usual way": Ratio(_scored(year), usual, 1, "megabytes"),
        f"markbook score, {many:,} students / {few:,}": Ratio(_scored(large), _scored(year), 3),
        f"a closed file of {few:,} rows / openpyxl": Ratio(
            partial(files.measured, "ours", closed, few), partial(files.measured, "openpyxl", closed, few), 3
        ),
        f"a formula over 200 students / their cells through JSON {YARDSTICK} times": _formula(200, 15),
    }
    return {name: Ratio(each.ours, each.peer, 1, each.figure) for name, each in found.items()} if quick else found


def measured(wanted: Mapping[str, Ratio]) -> dict[str, float]:
    """Measure them, one after the other."""
    return {name: round(ratio.measured(), 3) for name, ratio in wanted.items()}


def _python(code: str) -> Task:
    return lambda: cost((sys.executable, "-c", code))


def _scored(file: Path) -> Task:
    output = file.with_name(f"{file.stem}.marked.xlsx")

    def run() -> Cost:
        output.unlink(missing_ok=True)
        return cost(score(file, output))

    return run


def _usual(file: Path, output: Path) -> Cost:
    output.unlink(missing_ok=True)
    return cost((sys.executable, "-m", "benchmarks.usual_way", file, output, "calamine"))


def _formula(students: int, rounds: int) -> Ratio:
    rows, headings, out_of = ranges(students)
    return Ratio(
        lambda: _here(lambda: INTERVENTION_RISK(rows, headings, out_of)),
        lambda: _here(lambda: [json.loads(json.dumps(rows, default=str)) for _ in range(YARDSTICK)]),
        rounds,
    )


def _here(work: Callable[[], object]) -> Cost:
    """One call in this process; memory is not looked at."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return Cost(time.perf_counter() - clock, time.process_time() - processor, 0.0)
