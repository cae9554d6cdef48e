"""The ribbon's Score class on xlwings' remote engine gives the same cells as the closed file."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from addin.files.marked import score_file
from addin.files.package.read import read_book
from addin.reading.headings.roles import RESULT_HEADINGS
from addin.results.columns import DECISIONS
from model.vocabulary import Flag
from templates.build import class_workbook
from tests import support
from tests.excel.engine import Page, plain, press


@pytest.fixture(scope="module")
def class_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("excel") / "class.xlsx"
    class_workbook(path, students=30, seed=7)
    return path


def differing_cells(pages: dict[str, Page], closed: Path) -> int:
    """How many cells were compared; any that differs fails."""
    compared = 0
    for sheet in read_book(closed).sheets:
        expected = {
            (r, c): plain(cell)
            for r, row in enumerate(sheet.rows, start=1)
            for c, cell in enumerate(row, start=1)
            if cell is not None
        }
        assert pages[sheet.name].cells == expected, sheet.name
        compared += len(expected)
    return compared


def test_same_cells_as_the_closed_file(class_file: Path, tmp_path: Path) -> None:
    _, pages, _ = press("score_button", class_file)
    assert differing_cells(pages, score_file(class_file, output=tmp_path / "closed.xlsx").output) > 1000


@pytest.fixture(scope="module")
def own_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A teacher's own workbook: an Excel table of students without result columns."""
    path = tmp_path_factory.mktemp("excel") / "own.xlsx"
    rows = [list(support.HEADINGS), *support.students(12)]
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Y9 set 2")
        columns = [{"header": str(heading)} for heading in rows[0]]
        page.add_table(0, 0, 12, len(columns) - 1, {"name": "Class", "columns": columns, "data": rows[1:]})
    return path


def test_headings_formats_lists_and_table(own_file: Path) -> None:
    _, pages, _ = press("score_button", own_file)
    page, first = pages["Y9 set 2"], len(support.HEADINGS) + 1
    assert [page.cells[(1, first + i)] for i in range(9)] == list(RESULT_HEADINGS)
    formats = {heading: page.number_formats[(2, first + i)] for i, heading in enumerate(RESULT_HEADINGS)}
    assert formats["Risk"] == "0%"
    assert formats["Priority"] == "0"
    assert formats["Why"] == "@"  # text first, or Excel would read "1/2" as a date
    assert len(page.flag_rules) == len(Flag)
    assert page.lists[(2, first + RESULT_HEADINGS.index("Decision"))] == DECISIONS
    assert len(page.tables) == 1


def test_own_workbook_gets_the_same_cells_as_the_closed_file(own_file: Path, tmp_path: Path) -> None:
    _, pages, _ = press("score_button", own_file)
    compared = differing_cells(pages, score_file(own_file, output=tmp_path / "closed.xlsx").output)
    assert compared > 12 * (len(support.HEADINGS) + 6)


def test_user_is_told_counts_and_the_cleared_filter(class_file: Path) -> None:
    told, pages, _ = press("score_button", class_file)
    flags = [cell for cell in pages["Markbook"].cells.values() if cell in set(Flag)]
    for flag in Flag:
        assert f"{flag}: {flags.count(flag)}" in told
    cleared = told.partition("Filters of ")[2].partition(" were cleared")[0]
    assert {"the sheet 'Markbook'", "the table 'Markbook'", "the table 'History'"} <= set(cleared.split(", "))


def test_number_of_actions_does_not_grow_with_the_class(tmp_path: Path) -> None:
    counts = set()
    for students in (10, 200):
        class_workbook(tmp_path / "class.xlsx", students=students, seed=3)
        counts.add(len(press("score_button", tmp_path / "class.xlsx")[2]))
    assert len(counts) == 1


def test_three_classes_in_one_workbook_get_the_same_cells_on_every_engine(tmp_path: Path) -> None:
    path = tmp_path / "three.xlsx"
    support.write_workbook(
        path, {name: [support.HEADINGS, *support.students(9, seed=i)] for i, name in enumerate(("9A", "9B", "9C"))}
    )
    told, pages, _ = press("score_button", path)
    assert all(name in told for name in ("9A", "9B", "9C"))
    closed = score_file(path, output=tmp_path / "closed.xlsx")
    assert len(closed.reviews) == 3
    assert differing_cells(pages, closed.output) > 3 * 9 * len(support.HEADINGS)
