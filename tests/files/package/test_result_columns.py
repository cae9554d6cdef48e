"""How result columns look and what grows along with them: formats, colours, lists, widths, table, print area."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from addin.files.package.patch import patch_workbook
from addin.reading.headings.roles import RESULT_HEADINGS
from addin.results.columns import DECISIONS, FLAG_COLOURS, RESULT_COLUMNS
from tests.files.package.books import (
    HEADER_ROW,
    LAST_COLUMN,
    SHEET,
    SHEET_PART,
    members,
    plain_book,
    result_edits,
    rewritten,
)
from tests.files.package.lint import lint
from tests.files.package.looking import changed_parts, opened, students

TABLE_PART, STYLES_PART, WORKBOOK_PART = "xl/tables/table1.xml", "xl/styles.xml", "xl/workbook.xml"
DECISION_COLUMN = LAST_COLUMN + 1 + RESULT_HEADINGS.index("Decision")


def test_emptying_keeps_the_format_and_decisions_stay(marked: Path, tmp_path: Path) -> None:
    decided, emptied = tmp_path / "decided.xlsx", tmp_path / "emptied.xlsx"
    patch_workbook(marked, result_edits(is_new=False, changes={(5, "Decision"): "Accept"}), decided)
    patch_workbook(decided, result_edits(is_new=False, changes={(5, "Risk"): None}), emptied)
    sheet = opened(emptied)[SHEET]
    risk = sheet.cell(5, LAST_COLUMN + 2)
    assert (risk.value, risk.number_format) == (None, "0%")
    assert students(emptied, "Decision")[0] == "Accept"


def test_formats(marked: Path) -> None:
    sheet = opened(marked)[SHEET]
    by_heading = {sheet.cell(HEADER_ROW, column).value: sheet.cell(5, column) for column in range(1, 15)}
    assert (by_heading["Risk"].number_format, by_heading["Priority"].number_format) == ("0%", "0")
    assert by_heading["Flag"].alignment.horizontal == "center"
    why = by_heading["Why"].alignment
    assert (why.wrap_text, why.vertical) == (True, "top")
    assert sheet.cell(HEADER_ROW, 6)._style == sheet.cell(HEADER_ROW, 5)._style
    widths = {letter: sheet.column_dimensions[letter] for letter in ("F", "I")}
    assert widths["F"].width == pytest.approx(18.71, abs=0.01)
    (why_width,) = (column.width for column in RESULT_COLUMNS if column.heading == "Why")
    assert widths["I"].width == pytest.approx(why_width + 0.71, abs=0.01)
    assert sheet.column_dimensions["A"].width == pytest.approx(22.71, abs=0.01)


def test_flag_colours_and_decisions(marked: Path) -> None:
    sheet = opened(marked)[SHEET]
    flags = {
        rule.formula[0].strip('"'): rule.dxf
        for group in sheet.conditional_formatting
        if str(group.sqref) == "F5:F9"
        for rule in group.rules
    }
    assert {flag.value for flag in FLAG_COLOURS} == set(flags)
    for flag, colours in FLAG_COLOURS.items():
        assert flags[flag.value].fill.bgColor.rgb == "FF" + colours.fill
        assert flags[flag.value].font.color.rgb == "FF" + colours.text
    lists = {str(entry.sqref): entry.formula1 for entry in sheet.data_validations.dataValidation}
    assert lists["M5:M9"] == '"' + ",".join(DECISIONS) + '"'
    assert lists["B5:B9"] == '"9A,9B"'


def test_table_print_area_and_extent(marked: Path) -> None:
    sheet = opened(marked)[SHEET]
    table = sheet.tables["Marks"]
    assert (table.ref, table.autoFilter.ref) == ("A4:N9", "A4:N9")
    assert [column.name for column in table.tableColumns][5:] == list(RESULT_HEADINGS)
    assert len({column.id for column in table.tableColumns}) == 14
    assert sheet.print_area == f"'{SHEET}'!$A$1:$N$9"
    root = etree.fromstring(members(marked)[SHEET_PART])
    assert [part.get("ref") for part in root.iterfind("{*}dimension")] == ["A1:N12"]
    assert [row.get("spans") for row in root.iterfind("{*}sheetData/{*}row[@r='5']")] == ["1:14"]


def test_columns_away_from_the_table_leave_it_alone(rich: Path, tmp_path: Path) -> None:
    patch_workbook(rich, result_edits(first_column=LAST_COLUMN + 2), tmp_path / "apart.xlsx")
    assert TABLE_PART not in changed_parts(rich, tmp_path / "apart.xlsx")
    assert lint(tmp_path / "apart.xlsx") == []


def test_a_table_that_has_the_heading_already_stays(rich: Path, tmp_path: Path) -> None:
    def rename(xml: str) -> str:
        return xml.replace('name="Ratio"', 'name="FLAG"')

    source = rewritten(rich, tmp_path / "twice.xlsx", {TABLE_PART: rename})
    notices = patch_workbook(source, result_edits(), tmp_path / "out.xlsx")
    assert notices == ("The table 'Marks' stays as wide as it was: it has a column 'Flag' already.",)
    assert TABLE_PART not in changed_parts(source, tmp_path / "out.xlsx")


def test_styles_that_lack_everything(rich: Path, tmp_path: Path) -> None:
    bare = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    plain = plain_book(tmp_path / "plain.xlsx", [["x"] * 5] * 9)
    source = rewritten(plain, tmp_path / "bare.xlsx", {STYLES_PART: bare})
    patch_workbook(source, result_edits(table=None), tmp_path / "out.xlsx")
    assert lint(tmp_path / "out.xlsx") == []
    again = tmp_path / "again.xlsx"
    patch_workbook(tmp_path / "out.xlsx", result_edits(table=None, is_new=False), again)
    assert again.read_bytes() == (tmp_path / "out.xlsx").read_bytes()


def test_rows_added_since_get_formats_rules_and_choices(marked: Path, tmp_path: Path) -> None:
    names = ("a", "b", "c", "d", "e", "f")
    patch_workbook(marked, result_edits(is_new=False, names=names), tmp_path / "more.xlsx")
    sheet = opened(tmp_path / "more.xlsx")[SHEET]
    assert sheet.cell(10, LAST_COLUMN + 2).number_format == "0%"
    assert "F5:F10" in {str(group.sqref) for group in sheet.conditional_formatting}
    assert "M5:M10" in {str(entry.sqref) for entry in sheet.data_validations.dataValidation}
    assert changed_parts(marked, tmp_path / "more.xlsx") == {SHEET_PART}


def test_rows_make_room_for_wrapped_text(rich: Path, tmp_path: Path) -> None:
    def heights(xml: str) -> str:
        by_hand = xml.replace('<row r="6"', '<row r="6" ht="12" customHeight="1"')
        return by_hand.replace('<row r="7"', '<row r="7" ht="64"')

    edits = result_edits(changes={(8, "Why"): "word " * 100, (9, "Why"): "word " * 5_000})
    patch_workbook(rewritten(rich, tmp_path / "ht.xlsx", {SHEET_PART: heights}), edits, tmp_path / "out.xlsx")
    rows = etree.fromstring(members(tmp_path / "out.xlsx")[SHEET_PART]).findall("{*}sheetData/{*}row")
    found = {str(row.get("r")): row.get("ht") for row in rows}
    assert [found[row] for row in "56789"] == ["30", "12", "64", "150", "409"]


def test_the_teachers_columns_are_open_on_a_protected_sheet(rich: Path, tmp_path: Path) -> None:
    source = rewritten(
        rich,
        tmp_path / "p.xlsx",
        {SHEET_PART: lambda xml: xml.replace("</sheetData>", '</sheetData><sheetProtection sheet="1"/>')},
    )
    patch_workbook(source, result_edits(), tmp_path / "out.xlsx")
    sheet = opened(tmp_path / "out.xlsx")[SHEET]
    assert sheet.cell(5, DECISION_COLUMN).protection.locked is False
    assert sheet.cell(5, LAST_COLUMN + 1).protection.locked is True
    assert lint(tmp_path / "out.xlsx") == []


def test_formulas_are_calculated_again_on_opening(rich: Path, tmp_path: Path) -> None:
    source = rewritten(
        rich,
        tmp_path / "calc.xlsx",
        {WORKBOOK_PART: lambda xml: re.sub(r"<calcPr[^>]*/>", '<calcPr calcId="191029"/>', xml)},
    )
    patch_workbook(source, result_edits(), tmp_path / "out.xlsx")
    assert b'<calcPr calcId="191029" fullCalcOnLoad="1"/>' in members(tmp_path / "out.xlsx")[WORKBOOK_PART]
