"""The teacher's own activities: suggested as edited, broken rows told and left out."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from addin.files.marked import score_file
from addin.reading.grid import Book, Sheet
from addin.results.library import library_in
from model.activities import bundled
from templates.build import class_workbook

HEADINGS = ("Strand", "Topic", "Kind", "Title", "Misconception", "Scaffold", "How it fades", "Source")
GOOD = ("Number", "Fractions", "re-teach", "Our own bars", "Adds tops.", "Draw two bars.", "No bars.", "Us")


def a_book(*rows: tuple[object, ...]) -> Book:
    return Book(sheets=(Sheet(name="Activities", rows=(("Our library",), (), HEADINGS, *rows)),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "book",
    [Book(sheets=()), Book(sheets=(Sheet(name="Activities", rows=(("Trips", "Cost"),)),)), a_book()],
    ids=["no sheet", "another sheet of that name", "no row"],
)
def test_without_a_library_of_its_own_the_bundled_one_serves(book: Book) -> None:
    assert library_in(book) == (bundled(), ())


def test_own_rows_are_used_and_broken_ones_told() -> None:
    broken = (*GOOD[:3], "", *GOOD[4:])
    own, queries = library_in(a_book(GOOD, broken, (), ("Numbers", *GOOD[1:])))
    assert own[0].title == "Our own bars"
    others = [activity for activity in bundled() if activity.topic != own[0].topic]
    assert list(own[1:]) == others, "the topics that the sheet does not have are still helped with"
    assert len(others) < len(bundled())
    assert [(query.cell, query.value) for query in queries] == [("Activities!D5", ""), ("Activities!A7", "Numbers")]
    assert all(query.rule and query.remedy for query in queries)


def test_an_edited_activity_is_the_one_suggested(tmp_path: Path) -> None:
    path = tmp_path / "class.xlsx"
    class_workbook(path, students=30, seed=7)
    shown = score_file(path).review.in_order()[0].activities[0]
    book = openpyxl.load_workbook(path)
    page = book["Activities"]
    (cell,) = (c for row in page.iter_rows() for c in row if c.value == shown.title)
    cell.value = "Our own way with tiles"
    book.save(path)
    done = score_file(path, output=tmp_path / "again.xlsx").review.in_order()[0]
    assert done.activities[0].title == "Our own way with tiles"


def test_a_broken_row_of_the_library_is_a_query_of_the_run(tmp_path: Path) -> None:
    path = tmp_path / "class.xlsx"
    class_workbook(path, students=10, seed=7)
    book = openpyxl.load_workbook(path)
    page = book["Activities"]
    (cell,) = (c for row in page.iter_rows() for c in row if c.value == bundled()[0].title)
    cell.value = None
    book.save(path)
    queries = score_file(path, output=tmp_path / "again.xlsx").review.markbook.queries
    assert [query.cell for query in queries] == [f"Activities!{cell.coordinate}"]
