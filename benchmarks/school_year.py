"""A school's own sheet of any size, for the benchmarks: 44 columns of invented students, one row of headings, nothing else.

The students come from a synthetic school at the end of half-term 4. Marks have the gaps that markbooks have: blank cells, `Abs`,
`N/A` and `NE`. The same number of students always gives the same sheet.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import xlsxwriter

from model.students import MarkState
from model.training.cohorts import simulate
from model.training.worlds import World
from templates.layout import assessments

SHEET = "Year"
HALF_TERM = 4
IDENTITY = ("Student ID", "Surname", "Forename", "Form")
BASELINE = ("KS2", "Target", "Tier", "Working at")
ENGAGEMENT = ("Attendance %", "Homework %", "Effort")
WORDS = {MarkState.ABSENT: "Abs", MarkState.NOT_REQUIRED: "N/A", MarkState.NOT_YET_JOINED: "NE"}

_STARTS = ("Za", "Vo", "Tu", "Ke", "Li", "Mo", "Pra", "Sho", "Qui", "Dre")
_ENDS = ("bek", "lor", "min", "tash", "vane", "rell", "dun", "mora", "kist", "zari")


def _name(number: int) -> str:
    """An invented name; the first thousand differ."""
    return _STARTS[number % 10] + _ENDS[number // 10 % 10] + _ENDS[number // 100 % 10]


def make_sheet(path: Path, students: int) -> None:
    """Write the workbook.

    Args:
        path: Where it goes.
        students: How many rows stand below the headings, at least 1.
    """
    rng = np.random.default_rng(11)
    tests = assessments()
    sheet = simulate(World(), students=students, kind="year", assessments=tests, rng=rng, record_working_at=True)
    cohort = sheet.at(HALF_TERM)
    kept = cohort.assessments
    engagement = {"Attendance %": cohort.attendance, "Homework %": cohort.homework, "Effort": cohort.effort}
    headings = [
        *IDENTITY,
        *BASELINE,
        *(f"{name} HT{half_term}" for half_term in range(1, HALF_TERM + 1) for name in ENGAGEMENT),
        *(f"{each.title} ({each.out_of:g})" for each in kept),
    ]
    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet(SHEET)
        bold = workbook.add_format({"bold": True})
        page.write_row(0, 0, headings, bold)
        for student in range(students):
            surname, forename = f"{_name(student)}{_ENDS[student // 1000 % 10]}", _name(student * 7 + 3)
            numbers: list[float] = [cohort.ks2[student], cohort.target[student]]
            page.write_row(student + 1, 0, (f"ZQ{student + 100_000}", surname, forename, f"10K{student % 8 + 1}"))
            for column, value in enumerate(numbers, start=4):
                if not math.isnan(value):
                    page.write_number(student + 1, column, value)
            page.write_string(student + 1, 6, "H" if cohort.higher[student] else "F")
            rest = [cohort.working_at[student]]
            rest += [engagement[name][student, half] for half in range(HALF_TERM) for name in ENGAGEMENT]
            for column, value in enumerate(rest, start=7):
                if not math.isnan(value):
                    page.write_number(student + 1, column, value)
            for column, (mark, state) in enumerate(
                zip(cohort.earned[student], cohort.state[student], strict=True), start=7 + len(rest)
            ):
                if state == MarkState.MARK:
                    page.write_number(student + 1, column, mark)
                elif word := WORDS.get(MarkState(state)):
                    page.write_string(student + 1, column, word)
