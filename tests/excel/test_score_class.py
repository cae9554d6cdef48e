"""The ribbon's Score class on xlwings' remote engine gives the same cells as the closed file."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.annotations import DECISIONS, RESULT_HEADINGS
from addin.marked_file import score_file
from addin.package.read import read_book
from model.vocabulary import Flag
from templates.build import class_workbook
from tests.excel.engine import press


@pytest.fixture(scope="module")
def class_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("excel") / "class.xlsx"
    class_workbook(path, students=30, seed=7)
    return path


def test_same_cells_as_the_closed_file(class_file: Path, tmp_path: Path) -> None:
    _, pages, _ = press("score_button", class_file)
    closed = read_book(score_file(class_file, output=tmp_path / "closed.xlsx").output)
    for sheet in closed.sheets:
        expected = {
            (r, c): cell
            for r, row in enumerate(sheet.rows, start=1)
            for c, cell in enumerate(row, start=1)
            if cell is not None
        }
        assert pages[sheet.name].cells == expected, sheet.name


def test_headings_formats_lists_and_table(class_file: Path) -> None:
    book = read_book(class_file)
    _, pages, _ = press("score_button", class_file)
    page, table = pages["Markbook"], book.sheets[2].tables[0]
    first = table.last_column + 1
    assert [page.cells[(table.first_row, first + i)] for i in range(9)] == list(RESULT_HEADINGS)
    formats = {
        heading: page.number_formats[(table.first_row + 1, first + i)] for i, heading in enumerate(RESULT_HEADINGS)
    }
    assert formats["Risk"] == "0%"
    assert formats["Priority"] == "0"
    assert formats["Why"] == "@"  # text first, or Excel would read "1/2" as a date
    assert len(page.flag_rules) == len(Flag)
    assert page.lists[(table.first_row + 1, first + RESULT_HEADINGS.index("Decision"))] == DECISIONS
    assert len(page.tables) == 1


def test_user_is_told_counts_and_the_cleared_filter(class_file: Path) -> None:
    told, pages, _ = press("score_button", class_file)
    flags = [cell for cell in pages["Markbook"].cells.values() if cell in set(Flag)]
    for flag in Flag:
        assert f"{flag}: {flags.count(flag)}" in told
    assert "Filters of the table 'Markbook' were cleared" in told


def test_number_of_actions_does_not_grow_with_the_class(tmp_path: Path) -> None:
    counts = set()
    for students in (10, 200):
        class_workbook(tmp_path / "class.xlsx", students=students, seed=3)
        counts.add(len(press("score_button", tmp_path / "class.xlsx")[2]))
    assert len(counts) == 1
