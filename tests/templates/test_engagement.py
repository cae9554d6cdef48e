"""The latest attendance, homework and effort: a line of the half-terms, a figure by formula, and nothing that counts twice."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from openpyxl import load_workbook

from addin.files.marked import score_file
from addin.files.package.read import read_book
from addin.reading.headings.column import LATEST, Role, understand
from addin.reading.markbook import read_markbook
from addin.review import review
from templates import layout
from templates.build import class_workbook
from tests.templates.test_recalculated import calculated

STUDENTS = 12
KINDS = ("attendance %", "homework %", "effort")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("engagement") / "class.xlsx"
    class_workbook(path, students=STUDENTS, seed=3)
    return path


def headings_of(path: Path) -> list[str]:
    return [str(cell.value) for cell in load_workbook(path)["Markbook"][layout.HEADING_ROW]]


@pytest.mark.parametrize("stage", ["new", "marked"])
def test_every_student_has_a_line_over_the_half_terms(path: Path, stage: str, tmp_path: Path) -> None:
    file = path if stage == "new" else score_file(path, output=tmp_path / "marked.xlsx").output
    with ZipFile(file) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    (root,) = [etree.fromstring(sheet) for sheet in sheets if b"sparklineGroup" in sheet]
    lines = {
        place.text: line.text
        for group in root.iter("{*}sparklineGroup")
        for line, place in zip(group.iter("{*}f"), group.iter("{*}sqref"), strict=True)
    }
    assert len(lines) == 3 * STUDENTS
    headings = headings_of(file)
    sheet = load_workbook(file)["Markbook"]
    for kind in KINDS:
        latest = sheet.cell(layout.FIRST_STUDENT_ROW, headings.index(f"Latest {kind}") + 1)
        first, last = (headings.index(f"{kind.capitalize()} HT{number}") + 1 for number in (1, 6))
        ends = [sheet.cell(layout.FIRST_STUDENT_ROW, column).coordinate for column in (first, last)]
        assert lines[latest.coordinate] == f"Markbook!{ends[0]}:{ends[1]}"
    # Excel draws nothing from hidden cells unless it is told to.
    assert {group.get("displayHidden") for group in root.iter("{*}sparklineGroup")} == {"1"}


def test_the_formula_follows_what_a_teacher_types(path: Path, tmp_path: Path) -> None:
    book = load_workbook(path)
    sheet, headings = book["Markbook"], headings_of(path)
    first = layout.FIRST_STUDENT_ROW
    typed = {"Attendance % HT5": 71, "Homework % HT4": "Abs", "Effort HT6": 1}
    for heading, value in typed.items():
        sheet.cell(first, headings.index(heading) + 1).value = value
    for number in range(1, 7):
        sheet.cell(first + 1, headings.index(f"Attendance % HT{number}") + 1).value = None
    book.save(tmp_path / "typed.xlsx")
    done = calculated(tmp_path / "typed.xlsx", tmp_path)["Markbook"]

    def told(row: int, heading: str) -> object:
        return done.cell(row, headings.index(heading) + 1).value

    assert (told(first, "Latest attendance %"), told(first, "Latest effort")) == (71, 1)
    # A word is no figure: the one before it counts.
    assert told(first, "Latest homework %") == told(first, "Homework % HT3")
    assert told(first + 1, "Latest attendance %") in ("", None)


def test_they_count_for_nothing_in_the_score(path: Path, tmp_path: Path) -> None:
    book = load_workbook(path)
    sheet, headings = book["Markbook"], headings_of(path)
    for row in range(layout.FIRST_STUDENT_ROW, layout.FIRST_STUDENT_ROW + STUDENTS):
        for kind in KINDS:
            sheet.cell(row, headings.index(f"Latest {kind}") + 1).value = row % 3
    book.save(tmp_path / "wrong.xlsx")
    right, wrong = review(read_book(path)), review(read_book(tmp_path / "wrong.xlsx"))
    assert [result.risk for result in wrong.results] == [result.risk for result in right.results]
    assert not wrong.markbook.queries


def test_formulas_that_nobody_worked_out_are_no_query(path: Path, tmp_path: Path) -> None:
    book = load_workbook(path)
    book.save(tmp_path / "unstored.xlsx")  # openpyxl keeps formulas and drops their results
    assert not read_markbook(read_book(tmp_path / "unstored.xlsx")).queries
    right, unstored = review(read_book(path)), review(read_book(tmp_path / "unstored.xlsx"))
    assert [result.risk for result in unstored.results] == [result.risk for result in right.results]


def test_the_latest_counts_where_nothing_else_says_it() -> None:
    alone = understand(["Name", "Latest attendance %", "Latest homework %", "Latest effort"])
    assert [column.role for column in alone[1:]] == [Role.ATTENDANCE, Role.HOMEWORK, Role.EFFORT]
    beside = understand(["Name", "Latest attendance %", "Attendance % HT1", "Attendance % HT2"])
    assert (beside[1].role, beside[1].why) == (Role.IGNORED, LATEST)
    one = understand(["Name", "Latest attendance %", "Attendance % HT1"])
    assert one[1].role is Role.ATTENDANCE
