"""A class that the last version scored goes on as it was left, decisions and runs kept; its records score the same now.

`last_version/class.marked.xlsx` has results right of all marks, whole sentences in its cells, no `Class list` and no `Support`.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from addin.files.marked import clear_file, score_file
from addin.files.package.read import read_book
from addin.reading.grid import Book, CellValue, as_date
from addin.reading.headings.roles import RESULT_HEADINGS
from addin.reading.markbook import read_markbook
from addin.results.history import HEADINGS, working_on
from addin.review import review
from templates.build import build_markbook
from templates.content import Setup
from templates.roster import Student
from tests.files.package.lint import lint

LEFT = Path(__file__).parent / "last_version" / "class.marked.xlsx"
LATER = date(2026, 4, 24)
"""Some weeks after the run that the file holds."""

Cells = dict[str, CellValue]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return Path(shutil.copy(LEFT, tmp_path / "class.marked.xlsx"))


def students_of(book: Book) -> dict[str, Cells]:
    """Student ID -> heading -> cell."""
    sheet = book.sheet("Markbook")
    assert sheet is not None
    rows = [dict(zip(map(str, sheet.rows[3]), row, strict=False)) for row in sheet.rows[4:]]
    return {str(row["Student ID"]): row for row in rows if row["Student ID"]}


def runs_of(book: Book) -> list[tuple[CellValue, ...]]:
    sheet = book.sheet("Runs")
    assert sheet is not None
    return [row for row in sheet.rows[1:] if row[0] is not None]


def test_decisions_notes_and_runs_are_kept(path: Path) -> None:
    before = read_book(path)
    done = score_file(path, today=LATER)
    after = read_book(done.output)
    assert done.output == path
    decided = {
        who: (row["Decision"], row["Decision note"]) for who, row in students_of(before).items() if row["Decision"]
    }
    assert len(decided) == 5
    told = students_of(after)
    assert {who: (row["Decision"], row["Decision note"]) for who, row in told.items() if row["Decision"]} == decided
    earlier = runs_of(before)
    assert runs_of(after)[: len(earlier)] == [(*row, None) for row in earlier], "what was worked on then was not kept"
    assert {as_date(row[0]) for row in runs_of(after)[len(earlier) :]} == {LATER}
    assert len(runs_of(after)) == len(earlier) + len(told)


def test_the_runs_become_wider_and_a_second_run_on_the_day_changes_no_byte(path: Path) -> None:
    score_file(path, today=LATER)
    once, book = path.read_bytes(), read_book(path)
    sheet = book.sheet("Runs")
    assert sheet is not None
    assert tuple(sheet.rows[0]) == HEADINGS
    told = {str(row[1]): row[7] for row in runs_of(book) if as_date(row[0]) == LATER}
    assert told == {str(result.student_id): working_on(result) for result in review(book).results}
    assert any(told.values())
    (table,) = load_workbook(path)["Runs"].tables.values()
    assert [column.name for column in table.tableColumns] == list(HEADINGS)
    assert lint(path) == []
    score_file(path, today=LATER)
    assert path.read_bytes() == once


def test_results_are_written_where_they_stood(path: Path) -> None:
    before = read_markbook(read_book(path)).results
    after = read_book(score_file(path, today=LATER).output)
    assert read_markbook(after).results == before
    assert list(before) == list(RESULT_HEADINGS)
    unchanged = {"Student ID", "Surname", "Forename", "Target grade", "Attendance % HT4", "Equations HT4"}
    were = students_of(read_book(LEFT))
    for who, row in students_of(after).items():
        assert {heading: row[heading] for heading in unchanged} == {
            heading: were[who][heading] for heading in unchanged
        }
    assert lint(path) == []


def test_results_can_be_cleared(path: Path) -> None:
    cleared, _ = clear_file(path)
    told = students_of(read_book(cleared))
    assert {row[heading] for row in told.values() for heading in RESULT_HEADINGS[:7]} == {None}
    assert sum(row["Decision"] is not None for row in told.values()) == 5


def test_the_same_records_have_the_same_risks_in_this_template(path: Path, tmp_path: Path) -> None:
    left = review(read_book(path))
    markbook = left.markbook
    told = students_of(read_book(path))
    roster = [
        Student(student_id=who, surname=str(row["Surname"]), forename=str(row["Forename"]), form=str(row["Form"]))
        for who, row in told.items()
    ]
    build_markbook(
        tmp_path / "new.xlsx", roster=roster, cohort=markbook.cohort, setup=Setup(half_term=markbook.cohort.half_term)
    )
    new = review(read_book(tmp_path / "new.xlsx"))
    assert len(new.results) == 30
    assert {r.name: (r.risk, r.flag, r.priority, r.reasons) for r in new.results} == {
        r.name: (r.risk, r.flag, r.priority, r.reasons) for r in left.results
    }
    assert not new.markbook.queries
