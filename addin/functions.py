"""=INTERVENTION_RISK() and its family: ordinary functions over ranges of cells.

On the desktop and on the server xlwings registers them with Excel; everywhere else the decorators do nothing and the
functions are called as they stand. Their docstrings are the texts of Excel's function wizard. They use the
model that is in use on the computer (`model.local`), its thresholds, and the bundled activities.
"""

# Excel hands over bare values and ranges, so arguments carry no type hints: xlwings on Windows refuses `X | None`, and hints
# do not convert anything anyway.
# mypy: allow-untyped-defs, allow-untyped-calls, disable-error-code="no-untyped-def"

from __future__ import annotations

from typing import Any

import numpy as np
import xlwings as xw

from addin.errors import MarkbookError, RequestProblem
from addin.grid import CellValue, as_text
from addin.headings import ASSESSMENT_ROLES, understand
from addin.records import read_records
from model.local import in_use
from model.scorecard import Scores, score
from model.vocabulary import HALF_TERMS

NOT_ENOUGH = "Not enough data"


@xw.func
@xw.arg("students", ndim=2)
@xw.arg("headings", ndim=2)
@xw.arg("out_of", ndim=2)
@xw.arg("strands", ndim=2)
@xw.arg("cohort", ndim=2)
def INTERVENTION_RISK(students, headings, out_of=None, strands=None, cohort=None, half_term=None):  # noqa: N802
    """The risk, 0 to 1, that each student's final grade is at least one below target. Answers a column, one row a student.

    Args:
        students: One student's row, or the rows of many, from the first column of the markbook to the last.
        headings: The row of headings above the same columns.
        out_of: The row of totals above the same columns. May be left out.
        strands: The row of strands above the same columns. May be left out.
        cohort: The rows of all students that marks are compared with. Left out: the students themselves.
        half_term: The half-term that the marks reach, 1 to 6. Left out: found from the headings.

    Example:
        >>> INTERVENTION_RISK([["Ova", 7, 2], ["Tul", 6, "Abs"]], [["Name", "Target", "Angles (20)"]])[1]
        ['Not enough data']
    """
    try:
        scores, blank = _scored(students, headings, out_of, strands, cohort, half_term)
    except MarkbookError as error:
        return [[str(error)]]
    answers: list[list[float | str]] = []
    for i, risk in enumerate(scores.risk):
        answers.append([""] if blank[i] else [NOT_ENOUGH if np.isnan(risk) else round(float(risk), 4)])
    return answers


def _scored(
    students: Any, headings: Any, out_of: Any, strands: Any, cohort: Any, half_term: Any
) -> tuple[Scores, list[bool]]:
    """The students' scores, and which of the rows are blank."""
    rows, heading_row = _rows(students, "students"), _one_row(headings, "headings")
    totals, strand_row, peers = _one_row(out_of, "out_of"), _one_row(strands, "strands"), _rows(cohort, "cohort")
    if not rows or not heading_row:
        raise RequestProblem(f"{'headings' if rows else 'students'}: nothing was given. Select the cells.")
    ranges = {"students": rows, "out_of": [totals], "strands": [strand_row], "cohort": peers}
    for name, given in ranges.items():
        widths = {len(row) for row in given if row} - {len(heading_row)}
        if widths:
            raise RequestProblem(
                f"{name}: {widths.pop()} columns, headings: {len(heading_row)}. Give both from the same columns."
            )
    columns = understand(heading_row, out_of=totals, strands=strand_row)
    if not any(column.role in ASSESSMENT_ROLES for column in columns):
        raise RequestProblem(
            "headings: no column of marks among them. Give the heading row above the same columns as the students."
        )
    read = read_records(
        columns,
        [*rows, *peers],
        keys=[str(number) for number in range(len(rows) + len(peers))],
        half_term=_half_term(half_term),
    )
    ours = read.cohort.take(range(len(rows)))
    against = read.cohort.take(range(len(rows), len(rows) + len(peers))) if peers else None
    blank = [not any(as_text(cell) for cell in row) for row in rows]
    return score(ours, card=in_use(), against=against), blank


def _rows(value: Any, name: str) -> list[list[CellValue]]:
    """A range as rows, whether Excel hands over a cell, a row or a table; numpy arrays and data frames too. Empty without one."""
    if hasattr(value, "to_numpy"):
        value = value.to_numpy(dtype=object, na_value=None)
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if value is None or (isinstance(value, (str, list, tuple)) and not value):
        return []
    if not isinstance(value, (list, tuple)):
        value = [value]
    if not isinstance(value[0], (list, tuple)):
        value = [value]
    if not all(isinstance(row, (list, tuple)) for row in value):
        raise RequestProblem(f"{name}: rows and single cells are mixed. Select one block of cells.")
    return [[_cell(cell) for cell in row] for row in value]


def _cell(value: Any) -> CellValue:
    # numpy spells a blank cell as NaN.
    return None if isinstance(value, float) and np.isnan(value) else value


def _one_row(value: Any, name: str) -> list[CellValue]:
    rows = _rows(value, name)
    if len(rows) > 1:
        raise RequestProblem(f"{name}: {len(rows)} rows were given. Select one row.")
    return rows[0] if rows else []


def _half_term(value: Any) -> int | None:
    if value is None or value == "":
        return None
    if isinstance(value, (int, float, np.number)) and not isinstance(value, bool) and value in range(1, HALF_TERMS + 1):
        return int(value)
    raise RequestProblem(f"half_term: {value!r} is not a half-term. Give a whole number from 1 to {HALF_TERMS}.")
