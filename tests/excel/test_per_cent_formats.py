"""Numbers shown as per cent: on the desktop read as in the closed file, on a server asked about and never misread."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from addin.errors import MarkbookError
from addin.files.marked import score_file
from addin.hosts.closed_file import ClosedFile
from addin.hosts.open_sheet import shown_as_per_cent
from addin.reading.grid import address
from addin.review import review
from tests.excel.desktop import on_the_desktop
from tests.excel.engine import Page, Press, payload_of, plain, press_all, shown
from tests.excel.test_score_class import differing_cells
from tests.messy.make import make_all

PER_CENT = "0%"


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The messy books with numbers shown as per cent that can be scored."""
    found = {}
    for name, path in make_all(tmp_path_factory.mktemp("messy")).items():
        try:
            book = ClosedFile(path, output=path).read()
            review(book)
        except MarkbookError:
            continue
        if any(sheet.percents for sheet in book.sheets) and not any(sheet.formulas for sheet in book.sheets):
            found[name] = path
    return found


def test_the_desktop_gives_the_same_cells_as_the_closed_file(books: dict[str, Path], tmp_path: Path) -> None:
    assert len(books) >= 3
    for name, path in books.items():
        sheets = ClosedFile(path, output=path).read().sheets
        formats = [(sheet.name, row, column, PER_CENT) for sheet in sheets for row, column in sheet.percents]
        script = 'press()\nanswer = {page["name"]: page["values"] for page in book.impl.api["sheets"]}'
        closed = score_file(path, output=tmp_path / f"{name}.xlsx").output
        pages = {title: _page(rows) for title, rows in on_the_desktop(script, path, formats=formats).items()}
        assert differing_cells(pages, closed) > 0, name


def _page(rows: list[list[Any]]) -> Page:
    return Page(
        cells={
            (r, c): plain(shown(cell))
            for r, row in enumerate(rows, start=1)
            for c, cell in enumerate(row, start=1)
            if cell not in ("", None)
        }
    )


def test_a_server_asks_about_them_or_reads_the_same(books: dict[str, Path]) -> None:
    """Every mark that a server reads is the one that the closed file reads; the others are queries with a remedy that helps."""
    presses = [Press(button="check_button", payload=payload_of(path), home=path.parent) for path in books.values()]
    asked = 0
    for (name, path), done in zip(books.items(), press_all(presses), strict=True):
        percents = {address(r, c) for s in ClosedFile(path, output=path).read().sheets for r, c in s.percents}
        for query in done.queries:
            if query["cell"] in percents:
                asked += 1
                assert "Format the column as Number" in query["remedy"] or "total" in query["remedy"], (name, query)
    assert asked > 0


class Formats:
    """A sheet that tells formats as Excel does: one for a block of cells alike, None for several."""

    def __init__(self, per_cent: set[tuple[int, int]]) -> None:
        self.per_cent, self.asked = per_cent, 0

    def range(self, first: tuple[int, int], last: tuple[int, int]) -> Formats:
        self.block = [(r, c) for r in range(first[0], last[0] + 1) for c in range(first[1], last[1] + 1)]
        return self

    @property
    def number_format(self) -> str | None:
        self.asked += 1
        found = {PER_CENT if spot in self.per_cent else "General" for spot in self.block}
        return found.pop() if len(found) == 1 else None


@pytest.mark.parametrize("students", [30, 300, 3000])
def test_one_format_is_one_request_however_many_students(students: int) -> None:
    rows = [("Name", "Attendance", "Test")] + [("Ova", 0.85, 12.0)] * students
    sheet = Formats({(row, 2) for row in range(2, students + 2)})
    assert shown_as_per_cent(sheet, rows) == sheet.per_cent
    assert sheet.asked == 1, "the marks have no part of 1, so nobody asks for their format"


def test_several_formats_are_told_apart() -> None:
    rows = [("Test",), (12.0,), (0.85,), (1.0,), ("Abs",), (0.5,), (8.0,)]
    sheet = Formats({(3, 1), (4, 1)})
    assert shown_as_per_cent(sheet, rows) == {(3, 1), (4, 1)}
    assert sheet.asked <= 12


@pytest.mark.parametrize("rows", [[], [()], [("Name",), ("Ova",)], [(True,), (None,)], [(2,), (3,)]])
def test_without_parts_of_one_nobody_asks(rows: list[tuple[Any, ...]]) -> None:
    sheet = Formats(set())
    assert shown_as_per_cent(sheet, rows) == frozenset()
    assert sheet.asked == 0
