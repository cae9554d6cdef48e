"""Sheets of the program's own: every host replaces them as a whole, and adds them where the user wants them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from addin.errors import UnsupportedWorkbook
from addin.hosts.base import Host
from addin.hosts.closed_file import ClosedFile
from addin.hosts.memory import Memory
from addin.reading.grid import Book, CellValue, Sheet
from addin.results.edits import Link, Listing
from tests.files.package.books import SHEET, members, plain_book, result_edits, rewritten
from tests.files.package.looking import opened

pytestmark = pytest.mark.dates

QUERIES = Listing(
    sheet="Queries",
    headings=("Cell", "Value", "Rule"),
    widths=(9, 20, 40),
    rows=(
        (Link(text="F14", sheet=SHEET, cell="F14"), "=cmd|' /C calc'!A0", "A mark is at most the maximum. " * 4),
        (Link(text="G2", sheet=SHEET, cell="G2"), 47, None),
        (date(2024, 3, 12), "", False),
    ),
    add=True,
)
AS_READ = (
    ("Cell", "Value", "Rule"),
    ("F14", "=cmd|' /C calc'!A0", "A mark is at most the maximum. " * 4),
    ("G2", 47, None),
)
CLASS = [["Year 9"], ["Number"], [20.0], ["Name", "Class", "a", "b", "c"]]
CLASS += [[name, "9B", 3.0, 0.5, 7.0] for name in "ABCDE"]

Where = tuple[Host, Callable[[], Book]]


def in_memory(_folder: Path, own: list[list[CellValue]] | None) -> Where:
    sheets = [Sheet(name=SHEET, rows=tuple(map(tuple, CLASS))), Sheet(name="Other", rows=(("kept",),))]
    if own is not None:
        sheets.append(Sheet(name="queries", rows=tuple(map(tuple, own))))
    host = Memory(Book(sheets=tuple(sheets)))
    return host, host.read


def closed(folder: Path, own: list[list[CellValue]] | None) -> Where:
    path, output = folder / "class.xlsx", folder / "out.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as workbook:
        pages = [(SHEET, CLASS), ("Other", [["kept"]]), *([] if own is None else [("queries", own)])]
        for name, rows in pages:
            page = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return ClosedFile(path, output=output), ClosedFile(output, output=output).read


@pytest.fixture(params=[in_memory, closed])
def build(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[list[list[CellValue]] | None], Where]:
    make: Callable[[Path, list[list[CellValue]] | None], Where] = request.param
    return lambda own: make(tmp_path, own)


Build = Callable[[list[list[CellValue]] | None], Where]


def apply(host: Host, *listings: Listing) -> tuple[str, ...]:
    return host.apply(replace(result_edits(table=None, names="ABCDE"), listings=listings))


def test_a_sheet_is_added(build: Build) -> None:
    host, result = build(None)
    host.read()
    assert apply(host, QUERIES) == ()
    sheets = result().sheets
    assert [sheet.name for sheet in sheets] == [SHEET, "Other", "Queries"]
    assert sheets[1].rows == (("kept",),)
    assert sheets[2].rows == (*AS_READ, (date(2024, 3, 12), None, False))


def test_without_leave_no_sheet_is_added(build: Build) -> None:
    host, result = build(None)
    host.read()
    apply(host, replace(QUERIES, add=False))
    assert [sheet.name for sheet in result().sheets] == [SHEET, "Other"]


def test_a_sheet_is_replaced_whatever_its_case(build: Build) -> None:
    host, result = build([["Cell", "old", "x"], *[["A", "B", "C", "mine"]] * 2, *[["A"]] * 5])
    host.read()
    apply(host, replace(QUERIES, rows=QUERIES.rows[1:2], add=False))
    assert result().sheets[2].rows == (
        ("Cell", "Value", "Rule", None),
        ("G2", 47.0, None, "mine"),
        (None, None, None, "mine"),
    )


def test_a_listing_without_rows(build: Build) -> None:
    host, result = build([["Cell", "old", "x"], ["A", "B", "C"]])
    host.read()
    apply(host, replace(QUERIES, rows=()))
    assert result().sheets[2].rows == (("Cell", "Value", "Rule"),)


def written(folder: Path, listing: Listing = QUERIES) -> Path:
    host, _ = closed(folder, None)
    host.read()
    apply(host, listing)
    return folder / "out.xlsx"


def test_links_heads_and_widths(tmp_path: Path) -> None:
    page = opened(written(tmp_path))["Queries"]
    assert page["A2"].hyperlink.location == f"'{SHEET}'!F14"
    assert page["A2"].hyperlink.display == "F14"
    assert (page["A2"].font.underline, page["A4"].hyperlink) == ("single", None)
    assert (page["A1"].font.bold, page["A2"].font.bold) == (True, False)
    assert page.freeze_panes == "A2"
    assert page.column_dimensions["C"].width == pytest.approx(40.71, abs=0.01)
    assert (page["C2"].alignment.wrap_text, page["B2"].data_type) == (True, "s")
    assert page.row_dimensions[2].height == 45, "124 letters take three lines of 40 digits' room"
    assert page["A4"].is_date


def test_the_same_listing_again_changes_nothing(tmp_path: Path) -> None:
    first = written(tmp_path)
    host = ClosedFile(first, output=tmp_path / "again.xlsx")
    host.read()
    host.apply(replace(result_edits(table=None, names="ABCDE", is_new=False), listings=(QUERIES,)))
    assert (tmp_path / "again.xlsx").read_bytes() == first.read_bytes()


def test_only_what_must_change_changes(tmp_path: Path) -> None:
    after, before = members(written(tmp_path)), members(tmp_path / "class.xlsx")
    assert list(after) == [*before, "xl/worksheets/sheet3.xml"]
    assert {name for name in before if before[name] != after[name]} == {
        "[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml",
    }  # fmt: skip


def with_table(path: Path, rows: int, headings: tuple[str, ...] = ("Cell", "Value", "Rule")) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet(SHEET)
        for number, row in enumerate(CLASS):
            page.write_row(number, 0, row)
        own = workbook.add_worksheet("Queries")
        own.set_column(0, 0, 33)
        columns = [{"header": heading} for heading in headings]
        own.add_table(0, 0, rows, len(headings) - 1, {"name": "Queries", "columns": columns})
    return path


@pytest.mark.parametrize("count", [0, 1, 3])
@pytest.mark.parametrize("headings", [("Cell", "Value", "Rule"), ("Cell",), ("Cell", "Value", "Rule", "My note")])
def test_a_table_fits_the_rows(tmp_path: Path, count: int, headings: tuple[str, ...]) -> None:
    source = with_table(tmp_path / "class.xlsx", 7, headings)
    host = ClosedFile(source, output=tmp_path / "out.xlsx")
    host.read()
    apply(host, replace(QUERIES, rows=QUERIES.rows[:count]))
    page = opened(tmp_path / "out.xlsx")["Queries"]
    last = "D" if len(headings) == 4 else "C"
    assert page.tables["Queries"].ref == f"A1:{last}{max(count, 1) + 1}"
    assert page.tables["Queries"].autoFilter.ref == page.tables["Queries"].ref
    assert page.column_dimensions["A"].width == pytest.approx(33.71, abs=0.01)
    assert len(page.tables["Queries"].tableColumns) == max(3, len(headings))


def test_a_formula_among_the_rows_is_refused(tmp_path: Path) -> None:
    source = with_table(tmp_path / "class.xlsx", 2)
    path = rewritten(
        source, tmp_path / "f.xlsx",
        {"xl/worksheets/sheet2.xml": lambda xml: xml.replace("</row>", '</row><row r="2"><c r="B2"><f>1</f></c></row>', 1)},
    )  # fmt: skip
    host = ClosedFile(path, output=tmp_path / "out.xlsx")
    host.read()
    with pytest.raises(UnsupportedWorkbook, match="'Queries', cell B2"):
        apply(host, QUERIES)
    assert not (tmp_path / "out.xlsx").exists()


def test_a_protected_structure_gets_no_sheet(tmp_path: Path) -> None:
    plain = plain_book(tmp_path / "a.xlsx", CLASS)
    lock = '<workbookProtection lockStructure="1"/><bookViews'
    path = rewritten(plain, tmp_path / "b.xlsx", {"xl/workbook.xml": lambda xml: xml.replace("<bookViews", lock)})
    host = ClosedFile(path, output=tmp_path / "out.xlsx")
    host.read()
    (notice,) = apply(host, QUERIES)
    assert "protected" in notice
    assert openpyxl.load_workbook(tmp_path / "out.xlsx").sheetnames == [SHEET]
