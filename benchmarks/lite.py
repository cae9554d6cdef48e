"""xlwings Lite's Python, Pyodide, beside CPython: from its start to the first flags, and calls by size.

    python -m benchmarks.lite

What is measured is what a built workbook carries (`markbook lite build`). Pyodide is npm's, in Node. numpy's wheel for it must be
in the folder that MARKBOOK_PYODIDE_WHEELS names; where it is not, what needs no numpy is measured, and what is missing is said.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from addin.excel.lite.build import build
from benchmarks.functions import ranges
from benchmarks.measure import environment
from benchmarks.tables import Table, from_command_line
from tests.excel.lite.in_pyodide import (
    RUN_MAIN,
    START,
    WHEELS,
    WITHOUT_NUMPY,
    Answered,
    fitting_wheels,
    run_in_pyodide,
    site_of,
)

SIZES = (30, 200, 2_000)
RUNS = {30: 20, 200: 10, 2_000: 3}
ROUNDS = 3
"""New processes for everything that happens once; medians are shown."""

GOAL_FIRST, GOAL_200 = 1.0, 40.0
"""The first call in times Pyodide's own `import numpy`, and 200 students in milliseconds, at most."""

_CLOCK = """
import time
def took(work):
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)
def median(work, runs):
    return sorted(took(work) for _ in range(runs))[runs // 2]
"""
_AS_IN_A_BROWSER = """
class _Nothing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("pandas", "matplotlib", "PIL", "polars", "pdfrw", "plotly"):
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, _Nothing())
"""
"""xlwings imports these where they are installed; in a browser they are not."""

_NUMPY = "import numpy"
_XLWINGS = "import xlwings"
_CALLS = """
with open("/mounted/ranges.json", encoding="utf-8") as _file:
    handed = json.load(_file)
from addin.functions import INTERVENTION_RISK
def risks(size):
    rows, headings, out_of = handed[size]
    return INTERVENTION_RISK(rows, headings, out_of)
"""


def tables(*, quick: bool = False) -> list[Table]:
    """Measure, or say what is missing."""
    try:
        return _measured(quick=quick)
    except (pytest.skip.Exception, pytest.fail.Exception) as missing:
        return [Table("Nothing was measured", ("step",), (), (f"Missing: {missing.msg}.",))]


def _measured(*, quick: bool) -> list[Table]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build(folder / "lite.xlsx")
        site = site_of(folder / "lite.xlsx", folder)
        (site / "ranges.json").write_text(
            json.dumps({size: ranges(size) for size in SIZES}, default=str), encoding="utf-8"
        )
        rounds = 1 if quick else ROUNDS
        wheels = fitting_wheels(Path(os.environ[WHEELS])) if os.environ.get(WHEELS) else []
        has_numpy = any(wheel.name.startswith("numpy-") for wheel in wheels)
        inside = [_in_pyodide(site, wheels, numpy=has_numpy, quick=quick) for _ in range(rounds)]
        beside = [_in_cpython(site, quick=quick) for _ in range(rounds)]
    return [_table(inside, beside, has_numpy=has_numpy)]


def _asks(*, numpy: bool, quick: bool) -> list[str]:
    """What is timed, in order, as expressions that give milliseconds."""

    def once(code: str) -> str:
        return f"json.dumps(took(lambda: exec({code!r}, globals())))"

    asks = [once(_NUMPY), once(_XLWINGS), once(RUN_MAIN)]
    if numpy:
        asks += [once(_CALLS), "json.dumps(took(lambda: risks('30')))"]
        asks += [f"json.dumps(median(lambda: risks('{size}'), {2 if quick else RUNS[size]}))" for size in SIZES]
    return asks


def _in_pyodide(site: Path, wheels: list[Path], *, numpy: bool, quick: bool) -> tuple[Answered, list[float]]:
    prepare = _CLOCK if numpy else _CLOCK + WITHOUT_NUMPY
    done = run_in_pyodide(site, *_asks(numpy=numpy, quick=quick), prepare=prepare, wheels=wheels)
    return done, [float(each) for each in done.answers]


def _in_cpython(site: Path, *, quick: bool) -> list[float]:
    """The same in a Python of this computer, from the same folder, with nothing compiled before."""
    asks = ", ".join(_asks(numpy=True, quick=quick))
    code = START + _AS_IN_A_BROWSER + _CLOCK + f"print(json.dumps([json.loads(each) for each in ({asks},)]))"
    code = code.replace("/mounted", str(site))
    with tempfile.TemporaryDirectory() as temporary:
        ran = subprocess.run(
            [sys.executable, "-P", "-c", code],
            capture_output=True, text=True, check=True, cwd=temporary,
            env={**environment(), "TMPDIR": temporary, "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
    return [float(each) for each in json.loads(ran.stdout)]


def _table(inside: list[tuple[Answered, list[float]]], beside: list[list[float]], *, has_numpy: bool) -> Table:
    names = [
        "import numpy",
        "import xlwings",
        "unpack and import main.py",
        "read the ranges",
        "first call, 30 students",
    ]
    names += [f"{size:,} students" for size in SIZES]
    ours = [statistics.median(each) for each in zip(*(times for _, times in inside), strict=True)]
    theirs = [statistics.median(each) for each in zip(*beside, strict=True)]
    started = statistics.median(float(done.milliseconds["pyodide"]) for done, _ in inside)
    rows = [("start of Python", f"{started:,.0f}", "-", "-")]
    for place, name in enumerate(names):
        if name == "read the ranges":
            continue
        measured = place < len(ours) and (has_numpy or place > 0)
        rows.append(
            (
                name,
                f"{ours[place]:,.1f}" if measured else "needs numpy",
                f"{theirs[place]:,.1f}",
                f"{ours[place] / theirs[place]:.1f}" if measured else "-",
            )
        )
    notes = [f"Pyodide's Python is {inside[0][0].python}; CPython {sys.version.split()[0]} on the same computer."]
    if has_numpy:
        first = (ours[2] + ours[4]) / ours[0]
        large = ours[5 + SIZES.index(200)]
        notes += [
            f"From main.py to the first flags {first:.2f} times import numpy, goal at most {GOAL_FIRST}: "
            f"{'MET' if first <= GOAL_FIRST else 'MISSED'}.",
            f"200 students {large:.0f} ms, goal at most {GOAL_200:.0f}: {'MET' if large <= GOAL_200 else 'MISSED'}.",
        ]
    else:
        notes.append(
            "Missing: numpy's wheel for this Pyodide, which is on no registry that is reached here. Name a folder that has it in "
            f"{WHEELS}. Without it main.py is imported over a stand-in for numpy, and no class is scored."
        )
    return Table(
        "A built workbook in Pyodide and in CPython, milliseconds, medians of new processes",
        ("step", "Pyodide", "CPython", "ratio"),
        rows,
        notes,
    )


if __name__ == "__main__":
    from_command_line(tables, __doc__)
