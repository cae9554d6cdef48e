"""Result columns in a closed workbook: what changes, what stays, and what other programs see."""

from __future__ import annotations

import os
import re
import warnings
import zipfile
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from addin.annotations import DECISIONS, FLAG_COLOURS, RESULT_COLUMNS, RESULT_HEADINGS, ColumnEdit, SheetEdits
from addin.errors import FileInUse, MarkbookError, StudentsMoved, UnsupportedWorkbook, WriteFailed
from addin.grid import CellValue
from addin.package import patch
from addin.package.patch import patch_workbook
from addin.package.read import read_book
from addin.package.safe_save import Fingerprint
from tests.package.books import (
    FIRST_ROW,
    HEADER_ROW,
    LAST_COLUMN,
    LAST_ROW,
    SHEET,
    SHEET_PART,
    members,
    plain_book,
    result_edits,
    rewritten,
    rich_book,
    with_prefix,
    without_places,
)
from tests.package.lint import lint

TABLE_PART, STYLES_PART, WORKBOOK_PART = "xl/tables/table1.xml", "xl/styles.xml", "xl/workbook.xml"
DECISION_COLUMN = LAST_COLUMN + 1 + RESULT_HEADINGS.index("Decision")


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    return rich_book(tmp_path / "rich.xlsx")


@pytest.fixture
def marked(rich: Path, tmp_path: Path) -> Path:
    assert patch_workbook(rich, result_edits(), tmp_path / "marked.xlsx") == ()
    return tmp_path / "marked.xlsx"


def opened(path: Path) -> openpyxl.Workbook:
    """The file as openpyxl sees it; what openpyxl does not support is not our concern."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path)


def changed_parts(before: Path, after: Path) -> set[str]:
    old, new = members(before), members(after)
    assert list(old) == list(new)
    return {name for name in old if old[name] != new[name]}


def students(path: Path, heading: str) -> list[CellValue]:
    sheet = read_book(path).sheets[0]
    column = sheet.rows[HEADER_ROW - 1].index(heading) + 1
    return [sheet.cell(row, column) for row in range(FIRST_ROW, LAST_ROW + 1)]


def raw_records(path: Path) -> dict[str, tuple[bytes, bytes]]:
    """Each member's compressed bytes and its attributes, as they stand in the file."""
    content = path.read_bytes()
    records = {}
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            start = info.header_offset + 30 + len(info.orig_filename.encode()) + len(info.extra)
            about = repr(
                (info.date_time, info.external_attr, info.flag_bits, info.create_system, info.comment)
            ).encode()
            records[info.filename] = content[start : start + info.compress_size], about
    return records


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
    assert widths["I"].width == pytest.approx(52.71, abs=0.01)
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
    assert root.find("{*}dimension").get("ref") == "A1:N12"
    assert root.find("{*}sheetData/{*}row[@r='5']").get("spans") == "1:14"


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


@pytest.mark.parametrize("spelling", [with_prefix, without_places])
def test_other_spellings(tmp_path: Path, spelling: object) -> None:
    rows = [[""], [""], [""], ["Name", "Class", "a", "b", "c"], *[[name, "9B", 1, 2, 3] for name in "ABCDE"]]
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


HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "_x0041_",
    "_x0041\x01",
    "a\x00b\x1fc",
    " two \r\n\t",
    "\ufffe<&>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(rich: Path, tmp_path: Path, text: str) -> None:
    patch_workbook(rich, result_edits(changes={(5, "Why"): text}), tmp_path / "out.xlsx")
    assert students(tmp_path / "out.xlsx", "Why")[0] == text
    cell = opened(tmp_path / "out.xlsx")[SHEET].cell(5, LAST_COLUMN + 4)
    assert cell.data_type in ("s", "inlineStr")
    assert lint(tmp_path / "out.xlsx") == []


def test_long_text_is_cut_where_excel_cuts_it(rich: Path, tmp_path: Path) -> None:
    changes = {(5, "Why"): "a" * 40_000, (6, "Why"): "a" + "😀" * 20_000}
    patch_workbook(rich, result_edits(changes=changes), tmp_path / "out.xlsx")
    first, second = students(tmp_path / "out.xlsx", "Why")[:2]
    assert first == "a" * 32_767
    assert second == "a" + "😀" * 16_383
    patch_workbook(tmp_path / "out.xlsx", result_edits(is_new=False, changes=changes), tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == (tmp_path / "out.xlsx").read_bytes()


@given(
    values=st.lists(st.none() | st.text() | st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=8)
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read(tmp_path: Path, values: list[CellValue]) -> None:
    source = plain_book(tmp_path / "source.xlsx", [["Name"], *([name] for name in map(str, range(len(values))))])
    column = ColumnEdit(spec=RESULT_COLUMNS[3], column=2, values=dict(enumerate(values, start=2)), is_new=True)
    edits = SheetEdits(
        sheet=SHEET,
        header_row=1,
        first_row=2,
        last_row=len(values) + 1,
        columns=(column,),
        identity_columns=(1,),
        identities=(),
    )
    patch_workbook(source, edits, tmp_path / "target.xlsx")
    sheet = read_book(tmp_path / "target.xlsx").sheets[0]
    assert [sheet.cell(row, 2) for row in range(2, len(values) + 2)] == [
        value if value != "" else None for value in values
    ]


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(rich: Path, tmp_path: Path, number: float) -> None:
    with pytest.raises(WriteFailed, match="G5"):
        patch_workbook(rich, result_edits(changes={(5, "Risk"): number}), tmp_path / "out.xlsx")


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


def test_styles_that_lack_everything(rich: Path, tmp_path: Path) -> None:
    bare = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    plain = plain_book(tmp_path / "plain.xlsx", [["x"] * 5] * 9)
    source = rewritten(plain, tmp_path / "bare.xlsx", {STYLES_PART: bare})
    patch_workbook(source, result_edits(table=None), tmp_path / "out.xlsx")
    assert lint(tmp_path / "out.xlsx") == []
    again = tmp_path / "again.xlsx"
    patch_workbook(tmp_path / "out.xlsx", result_edits(table=None, is_new=False), again)
    assert again.read_bytes() == (tmp_path / "out.xlsx").read_bytes()


def test_no_styles_at_all(tmp_path: Path) -> None:
    plain = plain_book(tmp_path / "plain.xlsx", [["x"]])
    gone = {
        STYLES_PART: None,
        "xl/_rels/workbook.xml.rels": lambda xml: re.sub(r"<Relationship [^>]*styles[^>]*/>", "", xml),
    }
    source = rewritten(plain, tmp_path / "none.xlsx", gone)
    with pytest.raises(UnsupportedWorkbook, match="no formats"):
        patch_workbook(source, result_edits(table=None), tmp_path / "out.xlsx")


def test_rows_added_since_get_formats_rules_and_choices(marked: Path, tmp_path: Path) -> None:
    names = ("a", "b", "c", "d", "e", "f")
    patch_workbook(marked, result_edits(is_new=False, names=names), tmp_path / "more.xlsx")
    sheet = opened(tmp_path / "more.xlsx")[SHEET]
    assert sheet.cell(10, LAST_COLUMN + 2).number_format == "0%"
    assert "F5:F10" in {str(group.sqref) for group in sheet.conditional_formatting}
    assert "M5:M10" in {str(entry.sqref) for entry in sheet.data_validations.dataValidation}
    assert changed_parts(marked, tmp_path / "more.xlsx") == {SHEET_PART}


def test_heights_that_excel_worked_out_are_worked_out_again(rich: Path, tmp_path: Path) -> None:
    def heights(xml: str) -> str:
        return xml.replace('<row r="5"', '<row r="5" ht="15"').replace(
            '<row r="6"', '<row r="6" ht="15" customHeight="1"'
        )

    patch_workbook(rewritten(rich, tmp_path / "ht.xlsx", {SHEET_PART: heights}), result_edits(), tmp_path / "out.xlsx")
    rows = etree.fromstring(members(tmp_path / "out.xlsx")[SHEET_PART]).findall("{*}sheetData/{*}row")
    assert {row.get("r"): row.get("ht") for row in rows if row.get("r") in "56"} == {"5": None, "6": "15"}


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


def test_a_signature_is_told_of(rich: Path, tmp_path: Path) -> None:
    source = rewritten(rich, tmp_path / "signed.xlsx", {"_xmlsignatures/sig1.xml": b"<Signature/>"})
    assert "signature" in patch_workbook(source, result_edits(), tmp_path / "out.xlsx")[0]


def test_in_place_keeps_mode_and_link(rich: Path, tmp_path: Path) -> None:
    rich.chmod(0o640)
    link = tmp_path / "link.xlsx"
    link.symlink_to(rich)
    patch_workbook(link, result_edits(), link)
    assert link.is_symlink()
    assert rich.stat().st_mode & 0o777 == 0o640
    assert students(rich, "Priority")[0] == 1.0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.xlsx", "rich.xlsx"]


@pytest.mark.parametrize("mark", ["~$out.xlsx", ".~lock.out.xlsx#"])
def test_a_target_that_is_open_elsewhere(rich: Path, tmp_path: Path, mark: str) -> None:
    (tmp_path / mark).write_text("someone")
    with pytest.raises(FileInUse, match="open in"):
        patch_workbook(rich, result_edits(), tmp_path / "out.xlsx")


def test_a_source_that_changed_since(rich: Path, tmp_path: Path) -> None:
    state = Fingerprint.of(rich)
    rich_book(rich)
    os.utime(rich, ns=(1, 1))
    with pytest.raises(FileInUse, match="changed"):
        patch_workbook(rich, result_edits(), tmp_path / "out.xlsx", expected=state)


def test_a_source_that_changes_meanwhile(rich: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_arguments: object, **_named: object) -> None:
        rich.write_bytes(rich.read_bytes() + b"x")

    monkeypatch.setattr(patch, "verify_copy", slow)
    with pytest.raises(FileInUse, match="changed"):
        patch_workbook(rich, result_edits(), tmp_path / "out.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["rich.xlsx"]


def test_a_result_that_is_not_what_was_meant_is_discarded(
    rich: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(source: bytes, changed: dict[str, bytes]) -> bytes:
        return replace_parts(source, changed | {"xl/theme/theme1.xml": b"<a/>"})

    replace_parts = patch.replace_parts
    original = rich.read_bytes()
    monkeypatch.setattr(patch, "replace_parts", careless)
    with pytest.raises(WriteFailed, match=r"theme1\.xml changed"):
        patch_workbook(rich, result_edits(), rich)
    monkeypatch.setattr(patch, "replace_parts", lambda source, changed: source)
    with pytest.raises(WriteFailed, match="does not read back"):
        patch_workbook(rich, result_edits(), rich)
    assert rich.read_bytes() == original
    assert [path.name for path in tmp_path.iterdir()] == ["rich.xlsx"]


@pytest.mark.parametrize("fault", ["fsync", "replace"])
def test_a_full_disk(rich: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"addin.package.safe_save.os.{fault}", full)
    with pytest.raises(WriteFailed, match="No space left on device") as caught:
        patch_workbook(rich, result_edits(), tmp_path / "out.xlsx")
    assert "\n" not in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["rich.xlsx"]


def test_a_folder_that_is_gone(rich: Path, tmp_path: Path) -> None:
    with pytest.raises(WriteFailed, match="No such file or directory"):
        patch_workbook(rich, result_edits(), tmp_path / "gone" / "out.xlsx")


@pytest.mark.parametrize("cut", [40, 400])
def test_a_part_cut_short_never_ends_in_a_traceback(rich: Path, tmp_path: Path, cut: int) -> None:
    """Either an error that a user can read, or, where the part is none of ours, a file that reads well."""
    for name, data in members(rich).items():
        source = rewritten(rich, tmp_path / "cut.xlsx", {name: data[:-cut]})
        with suppress(MarkbookError):
            patch_workbook(source, result_edits(), tmp_path / "out.xlsx")
            read_book(tmp_path / "out.xlsx")
