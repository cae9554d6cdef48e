"""The attachment: values alone, without what a colleague does not need, and the same bytes for the same values."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from addin.annotations import RESULT_HEADINGS
from addin.errors import SheetProblem
from addin.grid import Book, CellValue
from addin.hosts.memory import Memory
from addin.markbook import read_markbook
from addin.review import review, score_class
from addin.values_copy import values_copy
from tests.support import HEADINGS, Row, book, students

HOSTILE = (
    '=HYPERLINK("http://evil.example","x")', "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "{=1+1}", "\t=1", "http://evil.example",
    "mailto:me@evil.example", "<b>&amp;", "x" * 32767,
)  # fmt: skip


def scored(*rows: Row) -> Book:
    host = Memory(book(*rows))
    score_class(host)
    return host.book


def copy_of(read: Book) -> tuple[bytes, Worksheet]:
    content = values_copy(read, read_markbook(read))
    workbook = load_workbook(BytesIO(content))
    assert workbook.sheetnames == ["Markbook"]
    return content, workbook["Markbook"]


def test_students_marks_and_results_arrive() -> None:
    read = scored(HEADINGS, *students(12))
    _, page = copy_of(read)
    assert [cell.value for cell in page[1]] == [*HEADINGS, *RESULT_HEADINGS]
    for row, result in enumerate(review(read).results, start=2):
        assert [page.cell(row, column).value for column in range(1, len(HEADINGS) + 1)] == students(12)[row - 2]
        assert page.cell(row, len(HEADINGS) + 1).value == result.flag.value
        assert page.cell(row, len(HEADINGS) + 3).value == result.priority
    assert page.conditional_formatting


def test_what_a_colleague_does_not_need_is_left_out() -> None:
    left_out = ("PP", "SEN", "Sex", "Ethnicity", "Final grade", "Comments", "", "E-mail")
    secret = {"UPN": "A823456789012"} | {heading: f"secret {heading}" for heading in left_out}
    rows = [(*HEADINGS, *secret), *((*row, *secret.values()) for row in students(12))]
    content, page = copy_of(scored(*rows))
    assert [cell.value for cell in page[1]] == [*HEADINGS, *RESULT_HEADINGS]
    with zipfile.ZipFile(BytesIO(content)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"ZQ1003" in everything
    assert b"secret" not in everything
    assert b"A823456789012" not in everything


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:12] for text in HOSTILE])
def test_hostile_text_stays_text(text: str) -> None:
    rows: list[list[CellValue]] = [list(row) for row in students(9)]
    rows[2][1] = text
    content, page = copy_of(scored(["Student ID", "Surname", *HEADINGS[2:]], *rows))
    assert page.cell(4, 2).value == text
    assert page.cell(4, 2).data_type == "s"
    assert not [cell for row in page.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink]
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if "vba" in name or "external" in name or "comments" in name]
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("value", [True, False, date(2026, 3, 12), datetime(2026, 3, 12, 9, 30), "#N/A", "=1"])
def test_any_kind_of_value_is_copied_as_it_reads(value: CellValue) -> None:
    rows: list[list[CellValue]] = [list(row) for row in students(9)]
    rows[0][4] = value
    _, page = copy_of(scored(HEADINGS, *rows))
    assert page.cell(2, 5).value == str(value)


def test_other_sheets_and_titles_stay_behind() -> None:
    read = scored(("Private title",), HEADINGS, *students(9), ("Average", None, None, None, 5.5))
    both = Book(sheets=(*read.sheets, *book(("Private",), name="Home addresses").sheets))
    content, page = copy_of(both)
    assert page.max_row == 10
    with zipfile.ZipFile(BytesIO(content)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Private" not in everything
    assert b"Home addresses" not in everything


def test_the_same_values_give_the_same_bytes() -> None:
    read = scored(HEADINGS, *students(9))
    assert copy_of(read)[0] == copy_of(read)[0]


def test_a_book_without_results() -> None:
    read = book(HEADINGS, *students(9))
    with pytest.raises(SheetProblem, match="no results to send"):
        values_copy(read, read_markbook(read))
