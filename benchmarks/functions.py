"""Speed of the functions: spilled calls by size, one spilled formula against one per row, and the cold import.

    python -m benchmarks.functions

Nothing is kept of earlier calls where either begins. A formula in each row hands over its own row and, to compare with, the whole
class; every row is asked. Two ways are measured: the same lists in every call, and cells that are made anew for every call and go
through xlwings' pipeline, as on the desktop. What Excel and COM, or JSON, need to hand over the class is in neither: it comes to
the second on top, once a row, and no program behind them can spare it.
"""

from __future__ import annotations

import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from addin.files.package.read import read_book
from addin.formulas.cells import forget_ranges
from addin.formulas.scored import forget_classes
from addin.functions import INTERVENTION_RISK
from addin.reading.grid import CellValue
from addin.reading.markbook import read_markbook
from benchmarks.model import here, in_a_new_process
from benchmarks.tables import Table, from_command_line, verdict
from templates.build import class_workbook
from tests.formulas.random_calls import anew, as_tuples, converted

SIZES = (1, 30, 200, 2_000)
LARGEST_CLASS = 200  # of the sample; larger ranges repeat it, which costs the same
GOALS = {200: 6, 2_000: 8}
"""Students -> how many times as long a formula in each row may take as one that spills."""
COPIES = 9

Rows = list[list[CellValue]]


def ranges(students: int) -> tuple[Rows, Rows, Rows]:
    """Students, headings and totals as a formula would name them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "class.xlsx"
        class_workbook(path, students=min(students, LARGEST_CLASS), seed=7)
        book = read_book(path)
    markbook = read_markbook(book)
    sheet = book.sheet(markbook.sheet)
    assert sheet is not None
    rows = [list(sheet.rows[student.row - 1]) for student in markbook.students]
    whole = [list(row) for row in islice(cycle(rows), students)]
    return whole, [list(sheet.rows[markbook.header_row - 1])], [list(sheet.rows[markbook.header_row - 2])]


def tables(*, quick: bool = False) -> list[Table]:
    """Measure."""
    lines, missed = [], []
    for students in SIZES:
        rows, headings, out_of = ranges(students)
        runs = 2 if quick else 50 if students <= LARGEST_CLASS else 7
        spilled = here(lambda r=rows, h=headings, o=out_of: _spilled(r, h, o), runs)  # type: ignore[misc]
        single = here(lambda r=rows, h=headings, o=out_of: _in_each_row(r, h, o), min(runs, 5))  # type: ignore[misc]
        again = here(lambda r=rows, h=headings, o=out_of: INTERVENTION_RISK(r[:1], h, o, None, r), runs)  # type: ignore[misc]
        handed, by_row = _made_anew(rows, headings, out_of)
        if students in GOALS and single > GOALS[students] * spilled:
            missed.append(students)
        lines.append(
            (
                f"{students:,}", f"{spilled:.2f}", f"{single:,.0f}", f"{single / spilled:.1f}", f"{again:.3f}", f"{handed:.2f}",
                f"{by_row:,.0f}", f"{by_row / handed:.1f}",
            )
        )  # fmt: skip
    alone = here(lambda: _in_each_row(rows[:1], headings, out_of), 5 if quick else 100)
    starts = 1 if quick else 9
    ours, pandas = in_a_new_process("import addin.functions", starts), in_a_new_process("import pandas", starts)
    goals = " and ".join(f"{times} times at {students:,} students" for students, times in GOALS.items())
    return [
        Table(
            "INTERVENTION_RISK, milliseconds, medians of one run",
            (
                "students", "one spilled formula", "one formula per row", "per row / spilled", "a row asked again",
                "spilled, cells anew", "per row, cells anew", "per row / spilled",
            ),
            lines,
            (
                f"A formula in each row takes at most {goals} what the spilled one does: {verdict(not missed, 'the same lists')}.",
                f"A single row without a cohort: {alone:.2f} ms. Cold import: addin.functions {ours:.0f} ms, "
                f"pandas {pandas:.0f} ms, ratio {ours / pandas:.2f}.",
            ),
        )
    ]  # fmt: skip


def _spilled(rows: Rows, headings: Rows, out_of: Rows) -> None:
    _forget()
    INTERVENTION_RISK(rows, headings, out_of)


def _in_each_row(rows: Rows, headings: Rows, out_of: Rows) -> None:
    _forget()
    for row in rows:
        INTERVENTION_RISK([row], headings, out_of, None, rows)


def _made_anew(rows: Rows, headings: Rows, out_of: Rows) -> tuple[float, float]:
    """Milliseconds of the spilled formula, and of one in each row, where all cells are new and go through xlwings' pipeline.

    The class of the first row is scored; of the others some are asked and stand for all.
    """
    copies = [as_tuples(anew([rows[:1], headings, out_of, None, rows])) for _ in range(COPIES)]
    spilled, first, others = [], [], []
    for number in range(COPIES):
        _forget()
        spilled.append(_timed(as_tuples([rows, headings, out_of])))
        _forget()
        first.append(_timed(copies[number]))
        others += [_timed(copy) for copy in copies if copy is not copies[number]]
    median = [sorted(times)[len(times) // 2] for times in (spilled, first, others)]
    return median[0], median[1] + (len(rows) - 1) * median[2]


def _timed(arguments: list[object]) -> float:
    start = time.perf_counter()
    INTERVENTION_RISK(*converted(arguments))
    return 1000 * (time.perf_counter() - start)


def _forget() -> None:
    forget_ranges()
    forget_classes()


if __name__ == "__main__":
    from_command_line(tables, __doc__)
