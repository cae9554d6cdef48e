"""Speed of the functions: spilled calls by size, one spilled formula against one per row, and the cold import.

python -m benchmarks.functions
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from addin.files.package.read import read_book
from addin.functions import INTERVENTION_RISK
from addin.reading.grid import CellValue
from addin.reading.markbook import read_markbook
from benchmarks.model import here, in_a_new_process
from benchmarks.tables import Table, from_command_line
from templates.build import class_workbook

SIZES = (1, 30, 200, 2_000)
LARGEST_CLASS = 200  # of the sample; larger ranges repeat it, which costs the same


def ranges(students: int) -> tuple[list[list[CellValue]], list[list[CellValue]], list[list[CellValue]]]:
    """Students, headings and totals as a formula would name them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "class.xlsx"
        class_workbook(path, students=min(students, LARGEST_CLASS), seed=7)
        book = read_book(path)
    markbook = read_markbook(book)
    sheet = book.sheet(markbook.sheet)
    assert sheet is not None
    rows = [list(sheet.rows[student.row - 1]) for student in markbook.students]
    whole = (rows * (1 + students // len(rows)))[:students]
    return whole, [list(sheet.rows[markbook.header_row - 1])], [list(sheet.rows[markbook.header_row - 2])]


def tables(*, quick: bool = False) -> list[Table]:
    """Measure."""
    lines = []
    for students in SIZES:
        rows, headings, out_of = ranges(students)
        runs = 2 if quick else 50 if students <= LARGEST_CLASS else 7
        spilled = here(lambda r=rows, h=headings, o=out_of: INTERVENTION_RISK(r, h, o), runs)  # type: ignore[misc]
        # A formula in each row hands over its own row and, to compare with, the whole class.
        single = here(
            lambda r=rows, h=headings, o=out_of: INTERVENTION_RISK(r[:1], h, o, None, r),  # type: ignore[misc]
            min(runs, 20),
        )
        lines.append(
            (f"{students:,}", f"{spilled:.2f}", f"{single * students:,.0f}", f"{single * students / spilled:,.0f}")
        )
    alone = here(lambda: INTERVENTION_RISK(rows[:1], headings, out_of, None, rows[:1]), 5 if quick else 100)
    starts = 1 if quick else 9
    ours, pandas = in_a_new_process("import addin.functions", starts), in_a_new_process("import pandas", starts)
    return [
        Table(
            "INTERVENTION_RISK, milliseconds, medians of one run",
            ("students", "one spilled formula", "one formula per row", "per row / spilled"),
            lines,
            (
                f"A single row without a cohort: {alone:.2f} ms. Cold import: addin.functions {ours:.0f} ms, "
                f"pandas {pandas:.0f} ms, ratio {ours / pandas:.2f}.",
            ),
        )
    ]


if __name__ == "__main__":
    from_command_line(tables, __doc__)
