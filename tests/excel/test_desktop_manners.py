"""An open workbook is guarded like a closed one, whatever Excel's manners: nothing is lost, no row gets another's flag."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from addin.files.marked import score_file
from addin.files.package.read import read_book
from addin.reading.headings.roles import RESULT_HEADINGS
from addin.reading.markbook import read_markbook
from tests import support
from tests.excel.desktop import on_the_desktop

SHEET = "Y9"
LAST = len(support.HEADINGS)
STUDENTS = 12


def own(path: Path, *, marked: bool = False) -> tuple[openpyxl.Workbook, Worksheet]:
    """A plain class of twelve, or one that was scored with all sheets, open in another library."""
    support.class_file(path, STUDENTS)
    if marked:
        score_file(path, output=path.with_name("scored.xlsx"), add_sheets=True).output.replace(path)
    return support.opened(path, SHEET)


def cells_of(pages: list[Any], sheet: str) -> dict[tuple[int, int], Any]:
    """What `everything()` says of a sheet: (row, column) -> value."""
    (cells,) = [cells for name, cells, _ in pages if name == sheet]
    return {tuple(int(n) + 1 for n in place.split(",")): value for place, value in cells.items()}


def test_a_group_row_keeps_its_formulas(tmp_path: Path) -> None:
    book, page = own(tmp_path / "a.xlsx", marked=True)
    page.insert_rows(8)
    page.cell(8, 2).value = "Group average"
    for column in (LAST - 1, LAST + 1, LAST + 2):  # in a column of marks, and beside it in two of results
        page.cell(8, column).value = f"=COUNT({page.cell(2, column).coordinate}:{page.cell(7, column).coordinate})"
    book.save(tmp_path / "a.xlsx")
    answer = on_the_desktop("press(); answer = everything()", tmp_path / "a.xlsx")
    assert [tuple(spot) for *spot, _ in answer[1] if spot[1] == 8] == [
        (SHEET, 8, c) for c in (LAST - 1, LAST + 1, LAST + 2)
    ]
    flags = cells_of(answer[0], SHEET)
    assert all((row, LAST + 1) in flags for row in range(2, STUDENTS + 3) if row != 8)


def test_a_formula_where_a_result_goes_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    book, page = own(tmp_path / "a.xlsx", marked=True)
    page.cell(5, LAST + 2).value = "=1/4"
    book.save(tmp_path / "a.xlsx")
    before, refused, after = on_the_desktop("answer = [everything(), refusal(), everything()]", tmp_path / "a.xlsx")
    assert before == after
    assert f"cell {page.cell(5, LAST + 2).coordinate}: a formula stands where a result goes" in refused


def test_merged_cells_where_a_result_goes_are_refused(tmp_path: Path) -> None:
    book, page = own(tmp_path / "a.xlsx", marked=True)
    page.merge_cells(start_row=4, end_row=5, start_column=LAST + 4, end_column=LAST + 4)
    book.save(tmp_path / "a.xlsx")
    before, refused, after = on_the_desktop("answer = [everything(), refusal(), everything()]", tmp_path / "a.xlsx")
    assert before == after
    assert "belongs to the merged cells" in refused


@pytest.mark.parametrize("sheet", [SHEET, "Runs"])
def test_a_protected_sheet_is_said_before_anything_is_written(tmp_path: Path, sheet: str) -> None:
    own(tmp_path / "a.xlsx", marked=True)
    script = f"locked.add({sheet!r}); answer = [everything(), refusal(), everything()]"
    before, refused, after = on_the_desktop(script, tmp_path / "a.xlsx")
    assert before == after
    assert f"Sheet '{sheet}' is protected" in refused
    assert "Unprotect it" in refused


def test_prepared_columns_are_passed_on_the_right_by_every_host(tmp_path: Path) -> None:
    book, page = own(tmp_path / "a.xlsx")
    for row in range(2, STUDENTS + 2):
        page.cell(row, LAST + 3).value = '=IF(1=1,"","")'
    book.save(tmp_path / "a.xlsx")
    answer = on_the_desktop("press(); answer = everything()", tmp_path / "a.xlsx")
    assert len(answer[1]) == STUDENTS
    opened = cells_of(answer[0], SHEET)
    closed = score_file(tmp_path / "a.xlsx", output=tmp_path / "o.xlsx").output
    for cells in (opened, {(r, c): v for r, c, v in _filled(closed)}):
        assert [cells.get((1, LAST + 4 + i)) for i in range(9)] == list(RESULT_HEADINGS)


def _filled(path: Path) -> list[tuple[int, int, Any]]:
    rows = read_book(path).sheets[0].rows
    return [(r, c, value) for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1) if value is not None]


@pytest.mark.parametrize("sheet", [SHEET, "Runs", "Queries"])
def test_filtered_rows_get_what_is_theirs(tmp_path: Path, sheet: str) -> None:
    own(tmp_path / "a.xlsx", marked=True)
    script = f"hidden[{sheet!r}] = {{3, 4, 7}}; told = press(); answer = [told, everything(), clears]"
    told, filtered, clears = on_the_desktop(script, tmp_path / "a.xlsx")
    free = on_the_desktop("press(); answer = everything()", tmp_path / "a.xlsx")
    assert filtered == free
    assert clears == [sheet]
    assert f"the sheet '{sheet}'" in told.partition("Filters of ")[2]


@pytest.mark.parametrize("active", [(1, 1), (9, 3), (400, 30)])
def test_a_flag_is_coloured_by_itself_wherever_the_cursor_is(tmp_path: Path, active: tuple[int, int]) -> None:
    own(tmp_path / "a.xlsx")
    script = f"active = {active}; press(); answer = [colours('{SHEET}'), everything()]"
    colours, (pages, _, _) = on_the_desktop(script, tmp_path / "a.xlsx")
    flags = {place: value for place, value in cells_of(pages, SHEET).items() if place[1] == LAST + 1 and place[0] > 1}
    assert {tuple(map(int, place.split(","))) for place in colours} == set(flags)
    assert len(set(colours.values())) == len(set(flags.values()))


def test_whatever_excel_refuses_leaves_the_book_as_it_was(tmp_path: Path) -> None:
    """Every single change is refused once: cells, formulas, tables, sheets and rules are then those of before."""
    book, page = own(tmp_path / "a.xlsx", marked=True)
    page.cell(4, LAST + 9).value = "1/2"  # a note of the teacher's that Excel would take for a date
    runs = book["Runs"]
    runs.cell(2, 8).value = None
    book.save(tmp_path / "a.xlsx")
    script = """
before, told, wrong = everything(), [], []
for place in range(1, 200):
    fail_at, done = place, 0
    answered = refusal()
    if answered.startswith("told: "):
        break
    told.append(answered)
    fail_at = None
    if everything() != before:
        wrong.append(place)
answer = [place, wrong, sorted(set(told))]
"""
    changes, wrong, told = on_the_desktop(script, tmp_path / "a.xlsx")
    assert changes > 5
    assert wrong == []
    assert len(told) == 1
    assert "Excel is busy" in told[0]
    assert "All is as it was." in told[0]


def test_a_first_run_that_excel_refuses_leaves_no_column(tmp_path: Path) -> None:
    own(tmp_path / "a.xlsx")
    script = (
        "before = everything(); fail_at = 20; told = refusal(); fail_at = None; answer = [told, before, everything()]"
    )
    told, before, after = on_the_desktop(script, tmp_path / "a.xlsx")
    assert "All is as it was." in told
    assert after == before


def test_errors_are_the_same_queries_as_in_the_closed_file(tmp_path: Path) -> None:
    book, page = own(tmp_path / "a.xlsx")
    for row, column, error in (
        (3, 10, "#N/A"),
        (4, 11, "#REF!"),
        (5, 12, "#DIV/0!"),
        (6, 5, "#VALUE!"),
        (7, 13, "#NUM!"),
    ):
        page.cell(row, column).value = error
        page.cell(row, column).data_type = "e"
    book.save(tmp_path / "a.xlsx")
    queries = [vars(query) for query in read_markbook(read_book(tmp_path / "a.xlsx")).queries]
    assert len(queries) == 5
    script = """
from addin.reading.markbook import read_markbook
answer = [vars(query) for query in read_markbook(XlwingsBook(book).read()).queries]
"""
    assert on_the_desktop(script, tmp_path / "a.xlsx") == queries


def test_the_old_sheet_is_renamed_and_goes_on(tmp_path: Path) -> None:
    book, _ = own(tmp_path / "a.xlsx", marked=True)
    for row in range(2, STUDENTS + 2):
        book["Runs"].cell(row, 1).value = "2026-02-06"
    book["Runs"].title = "History"
    book.save(tmp_path / "a.xlsx")
    pages, _, _ = on_the_desktop("press(); answer = everything()", tmp_path / "a.xlsx")
    assert [name for name, *_ in pages] == [SHEET, "Queries", "Runs", "Class list", "Support"]
    assert len({row for row, _ in cells_of(pages, "Runs")}) == 1 + 2 * STUDENTS, "two runs on two days"
    closed = score_file(tmp_path / "a.xlsx", output=tmp_path / "o.xlsx").output
    assert [sheet.name for sheet in read_book(closed).sheets] == [SHEET, "Queries", "Runs", "Class list", "Support"]
