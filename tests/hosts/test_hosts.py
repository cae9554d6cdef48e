"""What every host promises; each test runs over every host."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from addin.errors import (
    FileInUse,
    FileMissing,
    MarkbookError,
    NotAWorkbook,
    StudentsMoved,
    UnsafeWorkbook,
    UnsupportedWorkbook,
)
from addin.files.marked import score_file
from addin.hosts import closed_file
from addin.hosts.base import Host
from addin.hosts.closed_file import ClosedFile
from addin.hosts.memory import Memory
from addin.reading.grid import Area, Book, CellValue, Sheet
from addin.results.columns import DECISIONS
from addin.results.history import HEADINGS, history_listing
from tests.files.package.books import FIRST_ROW, HEADER_ROW, NAMES, SHEET, plain_book, result_edits, rich_book

Rows = list[list[CellValue]]


class Place:
    """A host under test, with a teacher who can change the sheet behind its back."""

    def __init__(self, host: Host, rewrite: Callable[[Rows], None], result: Callable[[], Book]) -> None:
        self.host = host
        self.rewrite = rewrite
        self.result = result


def in_memory(_folder: Path, rows: Rows) -> Place:
    def book(new: Rows) -> Book:
        return Book(sheets=(Sheet(name=SHEET, rows=tuple(map(tuple, new))), Sheet(name="Other", rows=(("kept",),))))

    host = Memory(book(rows))

    def rewrite(new: Rows) -> None:
        host.book = book(new)

    return Place(host, rewrite, lambda: host.book)


def closed(folder: Path, rows: Rows) -> Place:
    path, output = folder / "class.xlsx", folder / "class.marked.xlsx"

    def rewrite(new: Rows) -> None:
        plain_book(path, new, sheet=SHEET)

    rewrite(rows)
    return Place(ClosedFile(path, output=output), rewrite, ClosedFile(output, output=output).read)


def in_place(folder: Path, rows: Rows) -> Place:
    path = folder / "class.xlsx"

    def rewrite(new: Rows) -> None:
        plain_book(path, new, sheet=SHEET)

    rewrite(rows)
    return Place(ClosedFile(path, output=path), rewrite, ClosedFile(path, output=path).read)


@pytest.fixture(params=[in_memory, closed, in_place])
def build(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Rows], Place]:
    make: Callable[[Path, Rows], Place] = request.param
    return lambda rows: make(tmp_path, rows)


def class_of(names: Sequence[str] = NAMES) -> Rows:
    head: Rows = [["Year 9"], ["Number"], [20.0], ["Name", "Class", "Fractions", "Ratio", "Average"]]
    students: Rows = [[name, "9B", 3.0, 0.5, 7.0] for name in names]
    return head + students


def results(book: Book, heading: str) -> dict[CellValue, CellValue]:
    """Name -> result."""
    sheet = book.sheets[0]
    column = sheet.rows[HEADER_ROW - 1].index(heading) + 1
    return {sheet.cell(row, 1): sheet.cell(row, column) for row in range(FIRST_ROW, len(sheet.rows) + 1)}


def test_results_stand_beside_their_students(build: Callable[[Rows], Place]) -> None:
    place = build(class_of())
    before = place.host.read()
    assert place.host.apply(result_edits(table=None)) == ()
    after = place.result()
    assert results(after, "Priority") == {name: number for number, name in enumerate(NAMES, start=1)}
    assert set(results(after, "Decision").values()) == {None}
    assert after.sheets[1:] == before.sheets[1:]
    for row, cells in enumerate(before.sheets[0].rows, start=1):
        assert after.sheets[0].rows[row - 1][: len(cells)] == cells


def test_rows_that_moved_are_followed(build: Callable[[Rows], Place]) -> None:
    place = build(class_of())
    place.host.read()
    moved = class_of((*reversed(NAMES), "Dan New"))
    place.rewrite([["inserted above"], *moved])
    place.host.apply(result_edits(table=None))
    sheet = place.result().sheets[0]
    column = sheet.rows[HEADER_ROW].index("Priority") + 1
    found = {sheet.cell(row, 1): sheet.cell(row, column) for row in range(FIRST_ROW + 1, len(sheet.rows) + 1)}
    assert found == {**{name: number for number, name in enumerate(NAMES, start=1)}, "Dan New": None}


def test_a_student_who_left_stops_the_run(build: Callable[[Rows], Place]) -> None:
    place = build(class_of())
    place.host.read()
    place.rewrite(class_of(NAMES[1:]))
    with pytest.raises(StudentsMoved):
        place.host.apply(result_edits(table=None))


def test_a_sheet_that_is_gone_stops_the_run(build: Callable[[Rows], Place]) -> None:
    place = build(class_of())
    place.host.read()
    edits = replace(result_edits(table=None), sheet="Elsewhere")
    with pytest.raises(StudentsMoved, match="Elsewhere"):
        place.host.apply(edits)


def test_somebodys_value_is_not_written_over(build: Callable[[Rows], Place]) -> None:
    place = build(class_of())
    place.host.read()
    occupied = class_of()
    occupied[5].append("mine")
    place.rewrite(occupied)
    with pytest.raises(UnsupportedWorkbook, match=r"F6.*'mine'"):
        place.host.apply(result_edits(table=None))


def test_decisions_are_kept_when_results_are_replaced(build: Callable[[Rows], Place]) -> None:
    rows = class_of()
    rows[HEADER_ROW - 1] += [column.spec.heading for column in result_edits().columns]
    for row in rows[FIRST_ROW - 1 :]:
        row += ["old", 0.1, 9.0, "old", "old", "old", "old", DECISIONS[0], "rang home"]
    place = build(rows)
    place.host.read()
    place.host.apply(result_edits(table=None, is_new=False, changes={(5, "Why"): None}))
    after = place.result()
    assert set(results(after, "Decision").values()) == {"Accept"}
    assert set(results(after, "Decision note").values()) == {"rang home"}
    assert results(after, "Why")[NAMES[0]] is None
    assert "old" not in results(after, "Flag").values()


def test_the_table_grows_in_memory_as_in_a_file(tmp_path: Path) -> None:
    file = ClosedFile(rich_book(tmp_path / "rich.xlsx"), output=tmp_path / "out.xlsx")
    memory = Memory(file.read())
    for host in (file, memory):
        host.apply(result_edits())
    written = ClosedFile(file.output, output=file.output).read()
    assert written.sheets[0].tables == memory.book.sheets[0].tables
    assert written.sheets[0].rows == memory.book.sheets[0].rows


@pytest.mark.parametrize("content", [None, b"Name,Mark\n"])
def test_a_closed_file_that_is_none(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "class.xlsx"
    if content is not None:
        path.write_bytes(content)
    host = ClosedFile(path, output=tmp_path / "out.xlsx")
    for act in (host.read, lambda: host.apply(result_edits())):
        with pytest.raises(FileMissing if content is None else NotAWorkbook) as caught:
            act()
        assert isinstance(caught.value, MarkbookError)


def test_a_closed_file_that_is_saved_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = plain_book(tmp_path / "class.xlsx", class_of())

    def slow(path: Path) -> Book:
        plain_book(path, class_of(("Zoe",)))
        return Book(sheets=())

    monkeypatch.setattr(closed_file, "read_book", slow)
    with pytest.raises(FileInUse, match="saved while"):
        ClosedFile(path, output=path).read()


def test_merged_cells_where_a_result_goes_are_refused(tmp_path: Path) -> None:
    rows = class_of()
    sheet = Sheet(name=SHEET, rows=tuple(map(tuple, rows)), merged=(Area(6, 6, 7, 6),))
    with pytest.raises(UnsupportedWorkbook, match="F6: it belongs to the merged cells F6:F7"):
        Memory(Book(sheets=(sheet,))).apply(result_edits(table=None))


@pytest.mark.parametrize("refers", [False, True])
def test_the_old_sheet_of_runs_is_renamed_where_nothing_refers_to_it(tmp_path: Path, refers: bool) -> None:
    path = tmp_path / "class.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        page = workbook.add_worksheet(SHEET)
        for row, cells in enumerate(class_of()):
            page.write_row(row, 0, cells)
        old = workbook.add_worksheet("Historz")  # XlsxWriter refuses the name that Excel reserves
        old.write_row(0, 0, HEADINGS)
        workbook.add_worksheet("Mine").write_formula("A1", "=Historz!A1" if refers else "=1+1", None, 1)
        workbook.define_name("runs", "=Historz!$A$1:$G$1")
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name).replace(b"Historz", b"History") for name in source.namelist()}
    with zipfile.ZipFile(path, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)
    listing = history_listing((), add=True)
    output = tmp_path / "o.xlsx"
    host = ClosedFile(path, output=output)
    host.read()
    host.apply(replace(result_edits(table=None), listings=(listing,)))
    kept = "History" if refers else "Runs"
    book = openpyxl.load_workbook(output)
    assert book.sheetnames == [SHEET, kept, "Mine"]
    assert book.defined_names["runs"].value == f"{kept}!$A$1:$G$1"


def test_results_that_the_next_run_could_not_read_are_not_written(tmp_path: Path) -> None:
    path = plain_book(tmp_path / "class.xlsx", [["Name", "Angles (20)", *[None] * 209, "x"], ["Ova", 12], ["Tul", 9]])
    with pytest.raises(UnsafeWorkbook, match="beyond column HD"):
        score_file(path)
    assert [file.name for file in tmp_path.iterdir()] == ["class.xlsx"]
