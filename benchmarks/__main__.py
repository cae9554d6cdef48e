"""All benchmarks of speed, one after the other, and their tables into docs/performance.md.

    python -m benchmarks [--quick] [--only NAME ...] [-o FILE]
    python -m benchmarks --check [--keep]

Takes some 12 minutes on two quiet processor cores. With `--quick` every benchmark runs in tiny sizes, to see that it runs, and
nothing is written. With `--check` a few ratios are measured in a minute and compared with the last ones (`benchmarks/check.py`).
`python -m benchmarks.adapt` and `python -m benchmarks.clinics` are about quality and take long, and
`python -m benchmarks.lite` needs Node and Pyodide: they are run apart.
"""

from __future__ import annotations

import argparse
import importlib
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from benchmarks.check import FIGURES, check
from benchmarks.tables import Table, load, machine, tell, versions
from model.vocabulary import day_told

BENCHMARKS = {
    "start_up": "Start-up",
    "end_to_end": "From file to marked file",
    "scale": "A school in one sheet",
    "files": "Closed files",
    "model": "The model",
    "functions": "Functions",
    "packs": "Clinic packs",
    "server": "The server",
    "one_call": "One call on the server",
    "batch": "A folder of markbooks",
    "soak": "Does anything grow?",
}
"""Module -> the heading of its tables."""

DOCUMENT = Path(__file__).parents[1] / "docs" / "performance.md"
BEGIN, END = "<!-- begin: written by python -m benchmarks -->", "<!-- end -->"
PEERS = ("numpy", "pandas", "openpyxl", "XlsxWriter", "python-calamine", "scikit-learn", "joblib")


def measure(names: Sequence[str], *, quick: bool) -> dict[str, list[Table]]:
    """Run benchmarks by name, each in a process of its own, so that none finds the memory that another has left; their tables are
    printed as they come."""
    done = {}
    for name in names:
        begun = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            told = Path(folder) / "tables"
            subprocess.run(
                [sys.executable, "-m", "benchmarks", "--run", name, told, *(["--quick"] if quick else [])], check=True
            )
            done[name] = pickle.loads(told.read_bytes())
        tell(done[name])
        sys.stdout.write(f"({name}: {time.perf_counter() - begun:.0f} s)\n\n")
        sys.stdout.flush()
    return done


def run_one(name: str, told: Path, *, quick: bool) -> None:
    """Run one benchmark in this process and leave its tables in a file."""
    told.write_bytes(pickle.dumps(importlib.import_module(f"benchmarks.{name}").tables(quick=quick)))


def document(tables: Mapping[str, Sequence[Table]], *, about: str) -> str:
    """The generated part of the document.

    Example:
        >>> part = document({"model": [Table("Speed", ("task", "s"), (("read", "1.2"),))]}, about="One computer.")
        >>> part.splitlines()[2], "| read | 1.2 |" in part
        ('One computer.', True)
    """
    parts = [BEGIN, about]
    for name, each in tables.items():
        parts += [f"## {BENCHMARKS[name]}", f"`python -m benchmarks.{name}`", *(table.markdown() for table in each)]
    return "\n\n".join([*parts, END])


def replaced(text: str, part: str) -> str:
    """A document with its generated part replaced; the prose before and behind it stays.

    Raises:
        ValueError: The document has no place for it.

    Example:
        >>> replaced(f"Prose.\\n{BEGIN}\\nold\\n{END}\\nMore.", f"{BEGIN}\\nnew\\n{END}").splitlines()
        ['Prose.', '<!-- begin: written by python -m benchmarks -->', 'new', '<!-- end -->', 'More.']
    """
    before, begun, rest = text.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not begun or not ended:
        raise ValueError(f"the document has no lines {BEGIN} and {END}")
    return before + part + after


def main() -> None:
    """Measure, print, and write the document where all was measured in full."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="tiny sizes, nothing is written")
    parser.add_argument("--only", nargs="+", choices=BENCHMARKS, metavar="NAME", help="these alone; nothing is written")
    parser.add_argument("-o", "--output", type=Path, default=DOCUMENT, help="the document whose tables are replaced")
    parser.add_argument(
        "--check", action="store_true", help="compare a few ratios with the last ones; 1 where one is far worse"
    )
    parser.add_argument("--keep", action="store_true", help="with --check: keep the ratios of today as the last ones")
    parser.add_argument("--run", nargs=2, metavar=("NAME", "FILE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        run_one(given.run[0], Path(given.run[1]), quick=given.quick)
        return
    if given.check:
        table, is_well = check(quick=given.quick, keep=given.keep)
        tell([table])
        sys.exit(0 if is_well else 1)
    begun, busy = time.perf_counter(), load()
    done = measure(given.only or list(BENCHMARKS), quick=given.quick)
    minutes = (time.perf_counter() - begun) / 60
    sys.stdout.write(f"{minutes:.1f} minutes\n")
    if given.quick:
        sys.stdout.write("These sizes are too small to judge by: of MET and MISSED only the full run can tell.\n")
    if given.quick or given.only:
        return
    about = (
        f"Measured on {day_told(date.today())}: {machine()}; load at the beginning {busy}; {versions(*PEERS)}. "
        f"The whole run took {minutes:.0f} minutes."
    )
    text = given.output.read_text(encoding="utf-8")
    given.output.write_text(replaced(text, document(done, about=about)), encoding="utf-8")
    tell([check(keep=True)[0]])
    sys.stdout.write(f"Written to {given.output} and {FIGURES}\n")


if __name__ == "__main__":
    main()
