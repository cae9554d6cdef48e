"""A synthetic sheet as a teacher's table: headings and rows of cells, as they stand in a workbook."""

from __future__ import annotations

import numpy as np

from model.students import FloatArray, MarkState
from model.training.cohorts import SyntheticSheet

Cell = str | float | int | None
Table = tuple[list[str], list[list[Cell]]]
"""Headings, and a row for each student, keyed in the first column."""

_WORDS = {MarkState.ABSENT: "Abs", MarkState.NOT_REQUIRED: "N/A", MarkState.NOT_YET_JOINED: "NE"}


def table_of(sheet: SyntheticSheet, half_term: int) -> Table:
    """What the markbook of a synthetic sheet shows at the end of a half-term.

    Example:
        >>> from model.training.cohorts import schools
        >>> from model.training.worlds import World
        >>> headings, rows = table_of(next(schools(World(), students=20, seed=3)), 2)
        >>> headings[:3], len(headings) == len(rows[0])
        (['Student ID', 'Name', 'Tier'], True)
    """
    cohort = sheet.at(half_term)
    columns: list[tuple[str, list[Cell]]] = [
        ("Student ID", [*cohort.keys]),
        ("Name", [f"Student {key}" for key in cohort.keys]),
        ("Tier", [{0.0: "F", 1.0: "H"}.get(value) for value in cohort.higher.tolist()]),
        ("Set", [None if value != value else f"Set {value + 1:.0f}" for value in cohort.teaching_set.tolist()]),
        ("KS2 maths", _numbers(cohort.ks2)),
        ("Target grade", _numbers(cohort.target)),
        ("Working-at grade", _numbers(cohort.working_at)),
    ]
    for name, values in (
        ("Attendance %", cohort.attendance),
        ("Homework %", cohort.homework),
        ("Effort", cohort.effort),
    ):
        columns += [(f"{name} HT{t + 1}", _numbers(values[:, t])) for t in range(half_term)]
    for j, assessment in enumerate(cohort.assessments):
        total = "" if assessment.out_of is None else f" ({assessment.out_of:g})"
        columns.append((f"{assessment.title}{total}", _marks(cohort.earned[:, j], cohort.state[:, j])))
    # A column that nobody has anything in is not in a markbook.
    kept = [(heading, cells) for heading, cells in columns if any(cell is not None for cell in cells)]
    return [heading for heading, _ in kept], [list(row) for row in zip(*(cells for _, cells in kept), strict=True)]


def _numbers(values: FloatArray) -> list[Cell]:
    return [None if value != value else value for value in values.tolist()]


def _marks(earned: FloatArray, states: np.ndarray) -> list[Cell]:
    return [
        mark if state == MarkState.MARK else _WORDS.get(MarkState(state))
        for mark, state in zip(earned.tolist(), states.tolist(), strict=True)
    ]
