"""Builds the workbooks: the empty markbook, the sample, and a class for `markbook new`.

The same input gives the same file, byte for byte, so that a rebuilt template shows in version control only where it
changed. `python -m templates.build` writes both files beside this module.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from addin.errors import RequestProblem, WriteFailed
from model.students import Cohort
from model.training.cohorts import sample_class
from templates import layout
from templates.content import NOTHING, Content, Example, Setup
from templates.example import invent_example
from templates.roster import LARGEST_ROSTER, Student, class_name, invent_roster
from templates.sheets import activities, class_list, fairness, guide, markbook, setup, summary, support, tables, what_if
from templates.styles import Styles

SHEETS: tuple[Callable[[Workbook, Styles, Content], None], ...] = (
    guide.write,
    class_list.write,
    support.write,
    setup.write,
    markbook.write,
    summary.write,
    tables.write_clinics,
    tables.write_clinic_plan,
    activities.write,
    tables.write_history,
    tables.write_queries,
    what_if.write,
    fairness.write,
)
"""One writer a sheet, in the order of the tabs; a further sheet is a further writer and a line here."""

EMPTY_SETUP = Setup()
SAMPLE_HALF_TERM = 4
SAMPLE_SETUP = Setup(
    school="Example School",
    school_year="2025/26",
    teacher="T. Example",
    half_term=SAMPLE_HALF_TERM,
    letter_contact="the maths office, 01632 960123 or maths@school.example",
    colleague_addresses=("head.of.maths@school.example", "head.of.year10@school.example"),
)
SAMPLE_STUDENTS, SAMPLE_SEED = 30, 2026

_CREATED = datetime(2026, 1, 1)
"""Written into every file: a real time would make each build differ from the last."""


def build_markbook(
    path: Path | str,
    *,
    roster: Sequence[Student] = (),
    cohort: Cohort | None = None,
    setup: Setup = EMPTY_SETUP,
    rows: int | None = None,
    example: Example = NOTHING,
) -> None:
    """Write a workbook for a class; an existing file at `path` is replaced.

    Args:
        path: Where to write; the folder must exist.
        roster: n students.
        cohort: Their n records in the same order; left out, only the students' names are written.
        setup: The settings.
        rows: Rows in the table of students; left out, n, or `layout.ROOM` without students.
        example: Audit columns, decisions, earlier runs and clinics.

    Raises:
        WriteFailed: The file cannot be written there; what stood there before still stands.
        ValueError: Students, records and rows do not fit together (a programming error).

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     build_markbook(Path(folder, "empty.xlsx"))
        ...     sorted(os.listdir(folder))
        ['empty.xlsx']
    """
    content = Content.of(roster=roster, cohort=cohort, setup=setup, rows=rows, example=example)
    _replace_file(Path(path), _workbook_bytes(content))


def class_workbook(path: Path | str, *, students: int, seed: int) -> None:
    """Write the workbook of an invented class, half-term 4, as `markbook new PATH --students N --seed S` does.

    Args:
        path: Where to write; an existing file is replaced.
        students: 1 to 200.
        seed: A whole number from 0; the same number and size give the same file, byte for byte.

    Raises:
        RequestProblem: No class can have that many students, or the seed is below 0.
        WriteFailed: The file cannot be written there.

    Example:
        >>> class_workbook("unused.xlsx", students=0, seed=1)
        Traceback (most recent call last):
            ...
        addin.errors.RequestProblem: 0 students: a class has 1 to 200. Ask for a number in that range.
    """
    if not 1 <= students <= LARGEST_ROSTER:
        raise RequestProblem(f"{students} students: a class has 1 to {LARGEST_ROSTER}. Ask for a number in that range.")
    if seed < 0:
        raise RequestProblem(f"seed {seed}: a seed is a whole number from 0. Choose another.")
    setup = replace(SAMPLE_SETUP, class_name=class_name(students=students))
    cohort = sample_class(students=students, seed=seed, half_term=SAMPLE_HALF_TERM, assessments=layout.assessments())
    roster = invent_roster(students=students, seed=seed)
    example = invent_example(roster, cohort, seed=seed)
    build_markbook(path, roster=roster, cohort=cohort, setup=setup, example=example)


def main() -> None:
    """Write templates/markbook.xlsx and templates/sample_markbook.xlsx."""
    folder = Path(__file__).parent
    build_markbook(folder / "markbook.xlsx")
    class_workbook(folder / "sample_markbook.xlsx", students=SAMPLE_STUDENTS, seed=SAMPLE_SEED)


def _workbook_bytes(content: Content) -> bytes:
    buffer = BytesIO()
    # Everything is written as text or number already; the option guards what a further sheet may forget.
    workbook = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"title": content.setup.title, "author": "Maths Clinic Markbook", "created": _CREATED})
    styles = Styles(workbook)
    for write in SHEETS:
        write(workbook, styles, content)
    workbook.close()
    return buffer.getvalue()


def _replace_file(path: Path, data: bytes) -> None:
    """Write beside the target and swap, so that a full disk or a crash never leaves half a workbook."""
    target = path.resolve()  # through a link, the file that it leads to is the one to replace
    beside = target.with_name(f".{target.stem}-{os.getpid()}.tmp")
    try:
        try:
            beside.write_bytes(data)
            if target.exists():
                shutil.copymode(target, beside)
            os.replace(beside, target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise WriteFailed(
            f"{path} cannot be written: {error.strerror}. Check that the folder exists and the file is closed."
        ) from error


if __name__ == "__main__":
    main()
