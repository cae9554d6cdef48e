"""Result columns in a closed workbook: what changes, what stays, and what is refused."""

from __future__ import annotations

import re
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.table import Table

from addin.errors import MarkbookError, StudentsMoved, UnsupportedWorkbook
from addin.files.package.cell_values import holds_formula
from addin.files.package.patch import patch_workbook
from addin.files.package.read import read_book
from addin.reading.headings.roles import RESULT_HEADINGS
from tests.files.package.books import (
    LAST_COLUMN,
    SHEET,
    SHEET_PART,
    members,
    plain_book,
    result_edits,
    rewritten,
    with_prefix,
    without_places,
)
from tests.files.package.lint import lint
from tests.files.package.looking import changed_parts, opened, raw_records, students

TABLE_PART, STYLES_PART, WORKBOOK_PART = "xl/tables/table1.xml", "xl/styles.xml", "xl/workbook.xml"
DECISION_COLUMN = LAST_COLUMN + 1 + RESULT_HEADINGS.index("Decision")


def test_results_are_read_back(marked: Path) -> None:
    assert students(marked, "Flag") == ["▲ High", "● Watch", "■ On track", "? Not enough data", "▲ High"]
    assert students(marked, "Why")[1] == "Fractions: 1 of 20.\nRatio fell."
    assert students(marked, "Priority") == [1.0, 2.0, 3.0, 4.0, 5.0]
    assert students(marked, "Decision") == [None] * 5
    assert read_book(marked).sheets[0].tables[0].last_column == LAST_COLUMN + len(RESULT_HEADINGS)


def test_only_the_parts_that_must_change_change(rich: Path, marked: Path) -> None:
    assert changed_parts(rich, marked) == {SHEET_PART, TABLE_PART, STYLES_PART, WORKBOOK_PART}
    before, after = raw_records(rich), raw_records(marked)
    for name in set(before) - {SHEET_PART, TABLE_PART, STYLES_PART, WORKBOOK_PART}:
        assert before[name] == after[name]


def test_the_teachers_cells_stay(rich: Path, marked: Path) -> None:
    before, after = read_book(rich), read_book(marked)
    assert before.sheets[1:] == after.sheets[1:]
    assert before.names == after.names
    for row in range(1, 13):
        for column in range(1, LAST_COLUMN + 1):
            assert before.sheets[0].cell(row, column) == after.sheets[0].cell(row, column)


def test_no_repair_by_excel(rich: Path, marked: Path) -> None:
    assert lint(rich) == []
    assert lint(marked) == []


def test_a_second_run_gives_the_same_file(marked: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    patch_workbook(marked, result_edits(is_new=False), again)
    assert again.read_bytes() == marked.read_bytes()


def test_the_same_run_gives_the_same_bytes(rich: Path, marked: Path, tmp_path: Path) -> None:
    patch_workbook(rich, result_edits(), tmp_path / "twin.xlsx")
    assert (tmp_path / "twin.xlsx").read_bytes() == marked.read_bytes()


def test_a_changed_text_changes_the_sheet_alone(marked: Path, tmp_path: Path) -> None:
    edits = result_edits(is_new=False, changes={(6, "Why"): "Ratio rose."})
    patch_workbook(marked, edits, tmp_path / "again.xlsx")
    assert changed_parts(marked, tmp_path / "again.xlsx") == {SHEET_PART}
    assert students(tmp_path / "again.xlsx", "Why")[1] == "Ratio rose."
    patch_workbook(tmp_path / "again.xlsx", result_edits(is_new=False), tmp_path / "back.xlsx")
    assert (tmp_path / "back.xlsx").read_bytes() == marked.read_bytes()


@pytest.mark.parametrize("spelling", [with_prefix, without_places])
def test_other_spellings(tmp_path: Path, spelling: object) -> None:
    rows: list[list[object]] = [
        [""],
        [""],
        [""],
        ["Name", "Class", "a", "b", "c"],
        *[[name, "9B", 1, 2, 3] for name in "ABCDE"],
    ]
    plain = plain_book(tmp_path / "plain.xlsx", [[cell or "x" for cell in row] for row in rows])
    assert callable(spelling)
    source = rewritten(plain, tmp_path / "spelt.xlsx", {SHEET_PART: spelling})
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    edits = result_edits(table=None, names="ABCDE")
    patch_workbook(source, edits, first)
    patch_workbook(plain, edits, tmp_path / "expected.xlsx")
    assert read_book(first) == read_book(tmp_path / "expected.xlsx")
    assert lint(first) == []
    patch_workbook(first, result_edits(table=None, names="ABCDE", is_new=False), second)
    assert second.read_bytes() == first.read_bytes()
    assert opened(first)[SHEET]["F5"].value == "▲ High"


def test_a_workbook_of_another_library(tmp_path: Path) -> None:
    """openpyxl leaves out spans and heights, writes a relative print area's quotes and its own table parts."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    for row in [["t"], ["n"], [20], ["Name", "Class", "a", "b", "c"], *[[name, "9B", 1, 0.5, 3] for name in "ABCDE"]]:
        sheet.append(row)
    sheet.add_table(Table(displayName="Marks", ref="A4:E9"))
    sheet.print_area = "A1:E9"
    book.save(tmp_path / "other.xlsx")
    patch_workbook(tmp_path / "other.xlsx", result_edits(names="ABCDE"), tmp_path / "out.xlsx")
    assert lint(tmp_path / "out.xlsx") == []
    assert opened(tmp_path / "out.xlsx")[SHEET].tables["Marks"].ref == "A4:N9"
    assert opened(tmp_path / "out.xlsx")[SHEET].print_area == f"'{SHEET}'!$A$1:$N$9"
    patch_workbook(tmp_path / "out.xlsx", result_edits(names="ABCDE", is_new=False), tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == (tmp_path / "out.xlsx").read_bytes()


def test_prefixes_and_ignorable_stay(rich: Path, tmp_path: Path) -> None:
    revision = "http://schemas.microsoft.com/office/spreadsheetml/2014/revision"
    extra = f'xmlns:xr="{revision}" xr:uid="{{00}}" mc:Ignorable="x14ac xr"'
    source = rewritten(
        rich, tmp_path / "mc.xlsx", {SHEET_PART: lambda xml: xml.replace('mc:Ignorable="x14ac"', extra, 1)}
    )
    patch_workbook(source, result_edits(), tmp_path / "out.xlsx")
    before, after = members(source)[SHEET_PART].decode(), members(tmp_path / "out.xlsx")[SHEET_PART].decode()
    assert 'mc:Ignorable="x14ac xr"' in before
    assert before[: before.index("<dimension")] == after[: after.index("<dimension")]
    assert "ns0:" not in after


def test_a_formula_is_never_overwritten(rich: Path, tmp_path: Path) -> None:
    with pytest.raises(UnsupportedWorkbook, match="cell E5: a formula"):
        patch_workbook(rich, result_edits(first_column=LAST_COLUMN, is_new=False), tmp_path / "out.xlsx")
    assert not (tmp_path / "out.xlsx").exists()


@pytest.mark.parametrize(
    ("where", "piece", "words"),
    [
        ("<c/></row>", '<c><f t="array" ref="E1:F9">X</f><v>1</v></c></row>', "array formula in E1:F9"),
        (
            "</sheetData>",
            '</sheetData><mergeCells count="1"><mergeCell ref="E4:G4"/></mergeCells>',
            "merged cells E4:G4",
        ),
    ],
)
def test_merged_cells_and_arrays_are_refused(tmp_path: Path, where: str, piece: str, words: str) -> None:
    plain = plain_book(tmp_path / "a.xlsx", [["x"]] * 9)
    source = rewritten(
        plain,
        tmp_path / "b.xlsx",
        {SHEET_PART: lambda xml: xml.replace("</row>", "<c/></row>", 1).replace(where, piece, 1)},
    )
    with pytest.raises(UnsupportedWorkbook, match=re.escape(words)):
        patch_workbook(source, result_edits(table=None), tmp_path / "out.xlsx")


def test_another_table_in_the_way_is_refused(rich: Path, tmp_path: Path) -> None:
    with pytest.raises(UnsupportedWorkbook, match="table 'Marks' in A4:E9"):
        patch_workbook(rich, result_edits(first_column=LAST_COLUMN), tmp_path / "out.xlsx")


def test_a_sheet_that_is_gone(rich: Path, tmp_path: Path) -> None:
    source = plain_book(tmp_path / "other.xlsx", [["x"]], sheet="Other")
    with pytest.raises(StudentsMoved, match=SHEET):
        patch_workbook(source, result_edits(), tmp_path / "out.xlsx")


def test_a_signature_is_told_of(rich: Path, tmp_path: Path) -> None:
    source = rewritten(rich, tmp_path / "signed.xlsx", {"_xmlsignatures/sig1.xml": b"<Signature/>"})
    assert "signature" in patch_workbook(source, result_edits(), tmp_path / "out.xlsx")[0]


@pytest.mark.parametrize("cut", [40, 400])
def test_a_part_cut_short_never_ends_in_a_traceback(rich: Path, tmp_path: Path, cut: int) -> None:
    """Either an error that a user can read, or, where the part is none of ours, a file that reads well."""
    for name, data in members(rich).items():
        source = rewritten(rich, tmp_path / "cut.xlsx", {name: data[:-cut]})
        with suppress(MarkbookError):
            patch_workbook(source, result_edits(), tmp_path / "out.xlsx")
            read_book(tmp_path / "out.xlsx")


def test_a_stale_pivot_table_is_told_of(rich: Path, tmp_path: Path) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    origin = '<cacheSource type="worksheet"><worksheetSource name="Marks"/></cacheSource>'
    cache = f'<pivotCacheDefinition xmlns="{main}">{origin}</pivotCacheDefinition>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/pivotCacheDefinition"
    arrow = f'<Relationship Id="rId99" Type="{kind}" Target="pivotCache/p1.xml"/></Relationships>'
    source = rewritten(
        rich,
        tmp_path / "pivot.xlsx",
        {
            "xl/pivotCache/p1.xml": cache.encode(),
            "xl/_rels/workbook.xml.rels": lambda xml: xml.replace("</Relationships>", arrow),
        },
    )
    assert "refresh" in patch_workbook(source, result_edits(), tmp_path / "out.xlsx")[0]


def test_parts_too_large_to_be_kept_at_hand_give_the_same_file(
    rich: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, streamed = tmp_path / "usual.xlsx", tmp_path / "streamed.xlsx"
    patch_workbook(rich, result_edits(), usual)
    monkeypatch.setattr("addin.files.package.parts._TOO_LARGE", 0)
    monkeypatch.setattr("addin.files.package.sheet_rows._CHUNK", 37)  # tags lie across chunks
    monkeypatch.setattr("addin.files.package.cell_values._CHUNK", 37)
    patch_workbook(rich, result_edits(), streamed)
    assert streamed.read_bytes() == usual.read_bytes()


@pytest.mark.parametrize("chunk", [1, 7, 1000])
@pytest.mark.parametrize(
    ("sheet", "has_one"),
    [
        (b"<sheetData><row><c><f>A1</f></c></row></sheetData>", True),
        (b"<x:sheetData><x:row><x:c><x:f t='shared'/></x:c></x:row></x:sheetData>", True),
        (b"<sheetData><row><c><v>1</v></c></row></sheetData><formula>A1</formula><xm:f>A1</xm:f>", False),
        (b"<cols><f>A1</f></cols><sheetData/><formula>A1</formula>", False),
    ],
)
def test_formulas_are_found_in_the_rows_alone(
    sheet: bytes, has_one: bool, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("addin.files.package.cell_values._CHUNK", chunk)
    assert holds_formula(BytesIO(sheet)) is has_one
