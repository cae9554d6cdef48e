"""A department: real workbooks of several classes with earlier runs and clinics, students in two classes, a class under ten."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from addin.overview.identity import Known
from addin.overview.places import Place
from addin.overview.seen import ClassSeen, Line, Step, Topic
from addin.reading.grid import CellValue
from addin.results.clinic_register import HEADINGS as PLAN
from addin.results.history import HEADINGS as RUNS
from model.vocabulary import Flag
from tests.support import HEADINGS, students, write_workbook

FIRST_RUN, SECOND_RUN, THIRD_RUN, TODAY = date(2026, 1, 12), date(2026, 2, 9), date(2026, 2, 16), date(2026, 3, 2)
"""Runs of a department that meets each half-term; between its meetings somebody has run the program once more."""

TEACHERS = {"9A": "Ms Quorra", "9B": "Mr Veldt", "9C": "Dr Aune"}
SHARED = 3
"""Students of 9A who go to 9B for one lesson too."""


def line(
    who: str,
    flag: Flag = Flag.WATCH,
    risk: float | None = 0.5,
    *,
    topics: Sequence[Topic] = (),
    step: Step | None = None,
) -> Line:
    """A student's line in a class; `who` is a sure ID, "" for nobody known."""
    return Line(known=Known(student_id=who), flag=flag, risk=risk, topics=tuple(topics), steps=(step, None), name=who)


def seen(
    class_name: str, *lines: Line, year: str = "Year 9", school: str = "North Road", teachers: Sequence[str] = ()
) -> ClassSeen:
    """A class of these lines."""
    return ClassSeen(
        file=f"{class_name}.xlsx",
        sheet="Y9",
        place=Place(school=school, year=year, class_name=class_name),
        teachers=tuple(teachers),
        now=TODAY,
        days=(SECOND_RUN, None),
        queries=0,
        lines=lines,
    )


def people(class_name: str) -> list[list[CellValue]]:
    """The rows of a class: 9B holds some of 9A, 9C is under ten, 9D has neither IDs nor forms in common with anybody."""
    size, first = {"9A": (24, 0), "9B": (20, 100), "9C": (8, 200)}[class_name]
    rows = students(size, seed=first, first=first)
    if class_name == "9B":
        rows += students(SHARED, seed=5, first=0)
    return rows


def department(folder: Path) -> list[str]:
    """A workbook for each class, in one folder a school, with what earlier weeks have left in them."""
    for class_name, teacher in TEACHERS.items():
        rows = people(class_name)
        write_class(folder / "North Road" / f"{class_name}.xlsx", {class_name: rows}, teacher=teacher)
    return [f"North Road/{class_name}.xlsx" for class_name in TEACHERS]


def year_workbook(path: Path) -> Path:
    """The same classes in one workbook, a sheet each with a column of teachers."""
    return write_class(path, {name: people(name) for name in TEACHERS}, teacher="The head")


def write_class(path: Path, classes: dict[str, list[list[CellValue]]], *, teacher: str) -> Path:
    """A workbook of classes with Setup, runs and a register."""
    several = len(classes) > 1
    sheets: dict[str, list[Sequence[CellValue]]] = {
        "Setup": [("School", "North Road"), ("Class", next(iter(classes))), ("Teacher", teacher)]
    }
    runs: list[Sequence[CellValue]] = [RUNS]
    register: list[Sequence[CellValue]] = [PLAN]
    for name, rows in classes.items():
        heads: list[CellValue] = [*HEADINGS, *(["Teacher"] if several else [])]
        sheets[name] = [heads, *([*row, *([TEACHERS[name]] if several else [])] for row in rows)]
        for number, row in enumerate(rows):
            who = f"{row[2]} {row[1]}" + (f" [{name}]" if several else "")
            for day, risk in ((FIRST_RUN, 0.99), (SECOND_RUN, 0.5), (THIRD_RUN, 0.01)):
                flag = Flag.HIGH if risk > 0.7 else Flag.WATCH if risk > 0.35 else Flag.ON_TRACK
                runs.append((day.isoformat(), row[0], who, risk, flag.value, number + 1, 3))
            if number < 12:
                came = number % 2
                register.append(
                    (
                        "2026-02-10",
                        "Tue lunch",
                        "Invited",
                        row[0],
                        f"{row[2]} {row[1]}",
                        "Fractions",
                        0.5,
                        None,
                        "",
                        1,
                        came,
                    )
                )
    sheets["Runs"] = runs
    sheets["Clinic plan"] = register
    path.parent.mkdir(parents=True, exist_ok=True)
    names = {"school": "Setup!$B$1", "teacher": "Setup!$B$3"} | ({} if several else {"class_name": "Setup!$B$2"})
    return write_workbook(path, sheets, names=names)


def names_of_students() -> set[str]:
    """Every ID, surname and forename of the department, such as nothing else is called."""
    return {str(cell) for name in TEACHERS for row in people(name) for cell in row[:3]}


def told_in(path: Path) -> bytes:
    """All that a file tells, the parts of a workbook unpacked."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as package:
        return b"\n".join([*(name.encode() for name in package.namelist()), *map(package.read, package.namelist())])
