"""Packs for a class of twelve, all of whom have a place: the command and the button, starts and imports included.

    python -m benchmarks.packs [--rounds N]

The plan has two sessions on four topics. Beside it stands what readers know, importing pandas and openpyxl, and what no pack can do
without: importing sympy, which keeps answers exact, and python-docx. Each figure is the median of some rounds, in each of which all
programs run one after the other in processes of their own.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import warnings
from datetime import date, timedelta
from pathlib import Path

from openpyxl import load_workbook

from addin.files.package.read import read_book
from addin.packs.coming import coming_in
from addin.reading.markbook import read_markbook
from addin.results.clinic_register import SHEET
from benchmarks.measure import Command, Cost, alternately, beside, cost
from benchmarks.tables import Table, from_command_line, verdict
from templates.build import class_workbook

ROUNDS = 9
STUDENTS = 12
GOAL = 8.0
"""Where the peer takes .4 seconds, as on the computer of docs/performance.md, this is three of the five that a teacher may wait."""

PEER, FLOOR = "import pandas, openpyxl", "import sympy, docx"
PLAIN, ALL = "markbook pack", "the button Clinic packs"
TOPICS = ("Fractions", "Percentages", "Angles", "Averages")

_BUTTON = """
import sys
from pathlib import Path
from addin.files.package.read import read_book
from addin.hosts.memory import Memory
from addin.ribbon import packs_button
packs_button(Memory(read_book(Path(sys.argv[1]))), folder=Path(sys.argv[2]))
"""


def planned(path: Path) -> None:
    """Write a class with a plan in which everybody has a place: two sessions of six, four topics."""
    class_workbook(path, students=STUDENTS, seed=7)
    students = read_markbook(read_book(path)).students
    with warnings.catch_warnings(action="ignore"):  # openpyxl drops the small lines of runs, which no pack reads
        book = load_workbook(path)
    del book[SHEET]
    plan = book.create_sheet(SHEET)
    plan.append(("Date", "Slot", "Status", "Student ID", "Topic"))
    for place, student in enumerate(students):
        day = date.today() + timedelta(days=1 + place % 2)
        plan.append((day.isoformat(), "Clinic", "Invited", student.student_id, TOPICS[place // 2 % len(TOPICS)]))
    book.save(path)
    made = read_book(path)
    told = coming_in(made, read_markbook(made), today=date.today()).told()
    assert told == f"2 sessions, {STUDENTS} places", told


def tables(*, quick: bool = False, rounds: int | None = None) -> list[Table]:
    """Measure."""
    rounds = rounds or (1 if quick else ROUNDS)
    with tempfile.TemporaryDirectory() as name:
        file, folder = Path(name) / "class.xlsx", Path(name) / "packs"
        planned(file)

        def packs(command: Command) -> Cost:
            shutil.rmtree(folder, ignore_errors=True)
            return cost(command)

        pack: Command = (sys.executable, "-m", "addin.cli", "pack", file, "-o", folder)
        costs = alternately(
            {
                PEER: lambda: cost((sys.executable, "-c", PEER)),
                FLOOR: lambda: cost((sys.executable, "-c", FLOOR)),
                PLAIN: lambda: packs(pack),
                f"{PLAIN} --home --easy-to-read": lambda: packs((*pack, "--home", "--easy-to-read")),
                ALL: lambda: packs((sys.executable, "-c", _BUTTON, file, folder)),
            },
            rounds,
        )
        files = len(list(folder.iterdir()))
    ratio = costs[ALL].seconds / costs[PEER].seconds
    return [
        Table(
            f"Packs for {STUDENTS} students in two sessions, seconds, medians of {rounds} rounds",
            ("program", "clock", "processor", "peak MB", f"clock / {PEER}", "processor"),
            beside(costs, PEER, 2),
            (
                f"The button, with two weeks at home and both prints, {files} files, beside `python -c '{PEER}'`: {ratio:.1f}, "
                f"{costs[ALL].seconds:.1f} s. Goal {verdict(ratio <= GOAL, f'at most {GOAL:g}')}.",
            ),
        )
    ]


if __name__ == "__main__":
    from_command_line(tables, __doc__)
