"""A workbook without any formats gets a part for them, known to the file, and only where there is something to put in."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from addin.errors import UnsupportedWorkbook
from addin.files.package.patch import patch_workbook
from addin.reading.headings.roles import RESULT_HEADINGS
from addin.results.edits import Listing
from tests.files.package.books import (
    FIRST_ROW,
    HEADER_ROW,
    NAMES,
    SHEET_PART,
    members,
    plain_book,
    result_edits,
    rewritten,
)
from tests.files.package.lint import lint
from tests.files.package.looking import raw_records, students
from tests.files.package.validator import validator_errors

STYLES, ARROWS, TYPES = "xl/styles.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"


def bare_book(folder: Path) -> Path:
    """Names and marks as a small program writes them."""
    rows: list[list[object]] = [["Year 9"], [], [], ["Name", "Class", "Fractions", "Ratio", "Average"]]
    rows += [[name, "9B", 10, 12, 11] for name in NAMES]
    return without_formats(plain_book(folder / "plain.xlsx", rows), folder / "bare.xlsx")


def without_formats(source: Path, target: Path) -> Path:
    return rewritten(
        source,
        target,
        {
            STYLES: None,
            ARROWS: lambda xml: re.sub(r'<Relationship Id="rId\d+" Type="[^"]*/styles"[^>]*/>', "", xml),
            TYPES: lambda xml: re.sub(r'<Override PartName="/xl/styles.xml"[^>]*/>', "", xml),
        },
    )


def test_the_part_is_added_and_known(tmp_path: Path) -> None:
    bare, marked = bare_book(tmp_path), tmp_path / "marked.xlsx"
    assert validator_errors(bare) == []
    patch_workbook(bare, result_edits(table=None), marked)
    before, after = raw_records(bare), raw_records(marked)
    assert after.keys() - before.keys() == {STYLES}
    assert {name for name in before if before[name] != after[name]} == {SHEET_PART, ARROWS, TYPES}
    assert validator_errors(marked) == []
    assert lint(marked) == []
    assert students(marked, "Flag")[:2] == ["▲ High", "● Watch"]
    sheet = openpyxl.load_workbook(marked).worksheets[0]
    risk = sheet.cell(FIRST_ROW, 6 + RESULT_HEADINGS.index("Risk"))
    assert risk.number_format == "0%"
    assert sheet.cell(HEADER_ROW, 6).font.b
    assert sheet.cell(FIRST_ROW, 1).style_id == 0


def test_a_type_that_was_left_over_is_used(tmp_path: Path) -> None:
    left = '<Override PartName="/xl/styles.xml" ContentType="application/xml"/></Types>'
    over = rewritten(bare_book(tmp_path), tmp_path / "o.xlsx", {TYPES: lambda xml: xml.replace("</Types>", left)})
    patch_workbook(over, result_edits(table=None), tmp_path / "marked.xlsx")
    assert members(tmp_path / "marked.xlsx")[TYPES].count(b"/xl/styles.xml") == 1
    assert validator_errors(tmp_path / "marked.xlsx") == []
    assert lint(tmp_path / "marked.xlsx") == []


def test_a_second_run_is_byte_identical(tmp_path: Path) -> None:
    bare, first, second = bare_book(tmp_path), tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    patch_workbook(bare, result_edits(table=None), first)
    patch_workbook(first, result_edits(table=None, is_new=False), second)
    assert second.read_bytes() == first.read_bytes()


def test_two_sheets_share_the_part(tmp_path: Path) -> None:
    edits = result_edits(table=None)
    listing = Listing(sheet="Queries", headings=("Cell", "Value"), rows=(("C5", "10"),), widths=(9, 20), add=True)
    marked = tmp_path / "marked.xlsx"
    patch_workbook(bare_book(tmp_path), edits.__class__(**{**vars(edits), "listings": (listing,)}), marked)
    assert [name for name in members(marked) if "styles" in name] == [STYLES]
    assert validator_errors(marked) == []
    assert lint(marked) == []


def test_nothing_to_format_adds_nothing(tmp_path: Path) -> None:
    patch_workbook(bare_book(tmp_path), result_edits(table=None), tmp_path / "marked.xlsx")
    plain = re.compile(r'<c r="[^"]*" s="\d+"/>| s="\d+"')
    stripped = rewritten(
        tmp_path / "marked.xlsx", tmp_path / "stripped.xlsx", {SHEET_PART: lambda xml: plain.sub("", xml)}
    )
    bare = without_formats(stripped, tmp_path / "bare2.xlsx")
    patch_workbook(bare, result_edits(table=None, is_new=False), tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == bare.read_bytes()


def test_a_part_that_nobody_uses_stays(tmp_path: Path) -> None:
    bare = bare_book(tmp_path)
    stray = rewritten(bare, tmp_path / "stray.xlsx", {STYLES: b"<styleSheet/>"})
    patch_workbook(stray, result_edits(table=None), tmp_path / "marked.xlsx")
    after = members(tmp_path / "marked.xlsx")
    assert after[STYLES] == b"<styleSheet/>"
    assert "xl/styles2.xml" in after
    assert students(tmp_path / "marked.xlsx", "Flag")[0] == "▲ High"


def test_cells_that_name_formats_which_are_not_there_are_refused(tmp_path: Path) -> None:
    bare = bare_book(tmp_path)
    named = rewritten(
        bare, tmp_path / "named.xlsx", {SHEET_PART: lambda xml: xml.replace('<c r="C5"', '<c r="C5" s="3"')}
    )
    with pytest.raises(UnsupportedWorkbook, match="cells have formats that the workbook does not hold"):
        patch_workbook(named, result_edits(table=None), tmp_path / "marked.xlsx")
    assert not (tmp_path / "marked.xlsx").exists()
