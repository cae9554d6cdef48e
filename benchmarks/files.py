"""Our reading and writing of closed workbooks against openpyxl's load-and-save.

    python -m benchmarks.files [--rows 200 2000 20000]

Each figure is the best of some rounds; in each round the three run one after the other, each in a process of its own that
has imported what it needs before the clock starts. The ratio is that of the best times on the clock; behind it stand its
range over the rounds, and the ratio of processor time, which other work on the same computer disturbs less.
Ours reads the markbook, writes the nine result columns and checks the finished file; openpyxl's loads the workbook and saves
it, which loses parts and every stored result. The floor is what cannot be done without: calamine's reading, and nine cells
spliced into each row's bytes, without formats, without safety and without a look at the result.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from benchmarks.measure import Cost, peak_kilobytes
from benchmarks.tables import Table, from_command_line, verdict

COLUMNS = 40
GOALS, OVER_FLOOR = {2_000: 5.0, 20_000: 10.0}, 1.2
MOST_MEGABYTES = 200.0
ROUNDS = {200: 5, 2_000: 5, 20_000: 3}
"""Rows -> rounds."""

_STUDENT = ("Student ID", "Surname", "Forename", "Form")


def make_workbook(path: Path, rows: int) -> None:
    """A class of that many students with 36 assessments."""
    import xlsxwriter

    random = Random(1)
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Y9")
        sheet.write_row(
            0, 0, [*_STUDENT, *(f"Topic {number} ({20 + number})" for number in range(COLUMNS - len(_STUDENT)))]
        )
        for row in range(1, rows + 1):
            marks = [
                "Abs" if random.random() < 0.03 else random.randint(0, 20 + number)
                for number in range(COLUMNS - len(_STUDENT))
            ]
            sheet.write_row(row, 0, [f"S{row}", f"Surname {row}", f"Forename {row % 997}", f"9K{row % 8}", *marks])


def ours(path: Path, rows: int) -> Callable[[], object]:
    """Read, write nine columns, verify."""
    from addin.hosts.closed_file import ClosedFile
    from addin.reading.grid import CellValue
    from addin.results.columns import RESULT_COLUMNS
    from addin.results.edits import ColumnEdit, Identity, SheetEdits
    from model.vocabulary import Flag

    flags = [flag.value for flag in Flag]
    texts: dict[str, Callable[[int], CellValue]] = {
        "Flag": lambda row: flags[row % 4],
        "Risk": lambda row: round(row * 37 % 1000 / 1000, 4),
        "Priority": lambda row: row,
        "Why": lambda row: f"Topic {row % 36}: {row % 20} of 20; Topic {row * 7 % 36} has fallen since the autumn.",
        "Topics to work on": lambda row: f"1. Topic {row % 36} (Number): {row % 20}/20, strong evidence",
        "Suggested activities": lambda row: (
            f"1. Re-teach Topic {row % 36}: Fraction walls.\n2. Practise Topic {row % 7}: Bar models."
        ),
        "Change": lambda row: "▲ up",
    }
    students = range(2, rows + 2)
    edits = SheetEdits(
        sheet="Y9",
        header_row=1,
        first_row=2,
        last_row=rows + 1,
        columns=tuple(
            ColumnEdit(
                spec=spec,
                column=COLUMNS + place,
                values={row: texts[spec.heading](row - 1) for row in students} if spec.heading in texts else {},
                is_new=True,
            )
            for place, spec in enumerate(RESULT_COLUMNS, start=1)
        ),
        identity_columns=(1, 2),
        identities=tuple(Identity(row=row, texts=(f"S{row - 1}", f"Surname {row - 1}")) for row in students),
        identity_headings=("Student ID", "Surname"),
    )

    def run() -> None:
        host = ClosedFile(path, output=path.with_name("ours.xlsx"))
        host.read()
        host.apply(edits)

    return run


def openpyxl(path: Path, rows: int) -> Callable[[], object]:
    """Load and save."""
    from openpyxl import load_workbook

    return lambda: load_workbook(path).save(path.with_name("openpyxl.xlsx"))


def floor(path: Path, rows: int) -> Callable[[], object]:
    """calamine's reading, and a bare splice."""
    import zipfile

    from python_calamine import CalamineWorkbook

    cells = b"".join(
        b'<c r="A%c%%d" t="inlineStr"><is><t>Topic 1: 4 of 20</t></is></c>' % letter for letter in b"OPQRSTUVW"
    )
    row_end = re.compile(rb'<row r="(\d+)"[^>]*>.*?(?=</row>)', re.DOTALL)

    def splice(found: re.Match[bytes]) -> bytes:
        return found[0] + cells % ((int(found[1]),) * 9)

    def run() -> None:
        CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        with zipfile.ZipFile(path) as source, zipfile.ZipFile(path.with_name("floor.xlsx"), "w") as target:
            for member in source.infolist():
                data = source.read(member)
                if member.filename == "xl/worksheets/sheet1.xml":
                    data = row_end.sub(splice, data)
                target.writestr(member, data, zipfile.ZIP_DEFLATED, 1)

    return run


TASKS = {"ours": ours, "openpyxl": openpyxl, "floor": floor}


def measured(task: str, path: Path, rows: int) -> Cost:
    """One run in a process of its own."""
    path.with_name(f"{task}.xlsx").unlink(missing_ok=True)
    command = [
        sys.executable,
        "-c",
        f"from benchmarks.files import run_alone; run_alone({task!r}, {str(path)!r}, {rows})",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Cost(*map(float, json.loads(done.stdout)))


def run_alone(task: str, path: str, rows: int) -> None:
    """Run one task in this process and print what it cost."""
    run = TASKS[task](Path(path), rows)
    start, processor = time.perf_counter(), time.process_time()
    run()
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
    sys.stdout.write(json.dumps([seconds, processor, (peak_kilobytes("self") or 0) / 1024]))


def tables(*, quick: bool = False, rows: Sequence[int] | None = None, rounds: int | None = None) -> list[Table]:
    """Measure."""
    wanted = dict.fromkeys(rows, rounds or ROUNDS[min(ROUNDS)]) if rows else {50: 1} if quick else ROUNDS
    if rounds:
        wanted = dict.fromkeys(wanted, rounds)
    lines, notes = [], []
    for number, times in wanted.items():
        line, goals = compared(number, times)
        lines.append(line)
        notes.extend(goals)
    heads = ("rows", *(f"{task}, s / MB" for task in TASKS), "faster", "range", "by processor", "ours / floor")
    return [
        Table(
            f"Closed files of {COLUMNS} columns: read, write nine columns, check; best of "
            f"{', '.join(map(str, wanted.values()))} rounds",
            heads,
            lines,
            notes,
        )
    ]


def compared(rows: int, rounds: int) -> tuple[tuple[str, ...], list[str]]:
    """A line of the table, and what became of its goals."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "class.xlsx"
        make_workbook(path, rows)
        costs = [{task: measured(task, path, rows) for task in TASKS} for _ in range(rounds)]
    best = {task: Cost(*map(min, zip(*(each[task] for each in costs), strict=True))) for task in TASKS}
    ratio = best["openpyxl"].seconds / best["ours"].seconds
    ratios = [each["openpyxl"].seconds / each["ours"].seconds for each in costs]
    goals = []
    if rows in GOALS:
        goal = verdict(ratio >= GOALS[rows], f"at least {GOALS[rows]:g}")
        goals.append(f"At {rows:,} rows {ratio:.1f} times as fast as openpyxl. Goal {goal}.")
    if rows == max(GOALS):
        most = max(each["ours"].megabytes for each in costs)
        goals.append(f"Memory {most:.0f} MB. Goal {verdict(most < MOST_MEGABYTES, f'under {MOST_MEGABYTES:g} MB')}.")
        above = best["ours"].seconds / best["floor"].seconds
        goals.append(f"{above:.2f} times the floor. Goal {verdict(above <= OVER_FLOOR, f'at most {OVER_FLOOR:g}')}.")
    line = (
        f"{rows:,}",
        *(f"{best[task].seconds:.3f} / {best[task].megabytes:.0f}" for task in TASKS),
        f"{ratio:.1f}",
        f"{min(ratios):.1f} to {max(ratios):.1f}",
        f"{best['openpyxl'].processor / best['ours'].processor:.1f}",
        f"{best['ours'].seconds / best['floor'].seconds:.1f}",
    )
    return line, goals


if __name__ == "__main__":
    from_command_line(tables, __doc__)
