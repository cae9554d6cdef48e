"""What a closed file reads as."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from addin.errors import NotAWorkbook
from addin.files.package.number_formats import NumberKind, from_serial, kind_of_format
from addin.files.package.read import read_book
from addin.reading.grid import CellValue, Table
from tests.files.package.books import (
    HEADER_ROW,
    NAMES,
    SHEET,
    SHEET_PART,
    plain_book,
    rewritten,
    rich_book,
    with_prefix,
    without_places,
)

pytestmark = pytest.mark.dates

HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = "</sheetData></worksheet>"


def test_a_rich_workbook(tmp_path: Path) -> None:
    book = read_book(rich_book(tmp_path / "rich.xlsx"))
    assert [(sheet.name, sheet.visible) for sheet in book.sheets] == [
        (SHEET, True),
        ("Summary", True),
        ("Last year's", False),
    ]
    sheet = book.sheets[0]
    assert sheet.tables == (Table(name="Marks", first_row=4, first_column=1, last_row=9, last_column=5),)
    assert [sheet.cell(row, 1) for row in range(5, 10)] == list(NAMES)
    assert sheet.rows[HEADER_ROW - 1] == ("Name", "Class", "Fractions", "Ratio", "Average")
    assert sheet.cell(1, 3) == date(2024, 3, 12)
    assert sheet.cell(5, 3) == 10.0
    assert sheet.percents == {(row, 4) for row in range(5, 10)}
    assert sheet.formulas == {(row, 5) for row in range(5, 10)}
    assert sheet.floating_columns == 0
    assert book.sheets[1].floating_columns == 11
    assert book.names == {"half_term": 3.0}
    assert {len(row) for row in sheet.rows} == {5}


def test_values_of_all_kinds(tmp_path: Path) -> None:
    path = tmp_path / "kinds.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        day, moment, clock, length = (
            workbook.add_format({"num_format": code}) for code in ("dd/mm/yy", "dd/mm/yy hh:mm", "hh:mm", "[h]:mm")
        )
        sheet.write_row("B2", [5, 2.5, True, False, "NA", "None", " two\nlines ", "_x0041_"])
        sheet.write("J2", 45363, day)
        sheet.write("K2", 45363.4375, moment)
        sheet.write("L2", 0.4375, clock)
        sheet.write("M2", 1.5, length)
        sheet.write_formula("N2", "=NA()", None, "#N/A")
        sheet.write_rich_string("O2", "a", workbook.add_format({"bold": True}), "b", " c")
    row = read_book(path).sheets[0].rows[1]
    expected: list[CellValue] = [None, 5.0, 2.5, True, False, "NA", "None", " two\nlines ", "_x0041_"]
    expected += [date(2024, 3, 12), datetime(2024, 3, 12, 10, 30), time(10, 30), timedelta(hours=36), "#N/A", "ab c"]
    assert list(row) == expected
    assert [type(value) for value in row] == [type(value) for value in expected]


@pytest.mark.parametrize("spelling", [with_prefix, without_places])
def test_other_spellings_read_the_same(tmp_path: Path, spelling: object) -> None:
    source = plain_book(tmp_path / "a.xlsx", [["Name", "Mark"], ["Amir", 3], ["Beth", 0.5]])
    assert callable(spelling)
    other = rewritten(source, tmp_path / "b.xlsx", {SHEET_PART: spelling})
    assert read_book(other) == read_book(source)


@pytest.mark.parametrize(
    ("cell", "value", "is_formula"),
    [
        ("<c><f>A2</f></c>", None, True),
        ("<c><f>A2</f><v></v></c>", None, True),
        ("<c><f>A2</f><v/></c>", None, True),
        ('<c t="str"><f>A2</f><v></v></c>', "", True),
        ('<c t="str"><f>A2</f><v>x_x000D_</v></c>', "x\r", True),
        ("<c><v/></c>", None, False),
        (
            '<c t="inlineStr"><is><r><t>a</t></r><r><t> b</t></r><rPh sb="0" eb="1"><t>c</t></rPh></is></c>',
            "a b",
            False,
        ),
        ('<c t="inlineStr"><is><t/></is></c>', None, False),
        ('<c t="d"><v>2024-03-12T00:00:00</v></c>', date(2024, 3, 12), False),
        ('<c t="d"><v>2024-03-12T10:30:00Z</v></c>', datetime(2024, 3, 12, 10, 30), False),
        ('<c t="d"><v>10:30:00</v></c>', time(10, 30), False),
        ('<c t="e"><v>#DIV/0!</v></c>', "#DIV/0!", False),
        ("<c><v>1E-3</v></c>", 0.001, False),
    ],
)
def test_cells_by_hand(tmp_path: Path, cell: str, value: CellValue, is_formula: bool) -> None:
    xml = f'{HEAD}<row><c t="inlineStr"><is><t>x</t></is></c>{cell}<c><v>9</v></c></row>{TAIL}'
    path = rewritten(plain_book(tmp_path / "a.xlsx", [[1]]), tmp_path / "b.xlsx", {SHEET_PART: xml.encode()})
    sheet = read_book(path).sheets[0]
    assert sheet.rows == (("x", value, 9.0),)
    assert sheet.formulas == ({(1, 2)} if is_formula else set())


def test_results_of_an_array_formula_are_formulas(tmp_path: Path) -> None:
    first = '<row><c><f t="array" ref="A1:B2">X</f><v>1</v></c><c><v>2</v></c></row>'
    xml = f"{HEAD}{first}<row><c/><c><v>4</v></c></row>{TAIL}"
    path = rewritten(plain_book(tmp_path / "a.xlsx", [[1]]), tmp_path / "b.xlsx", {SHEET_PART: xml.encode()})
    assert read_book(path).sheets[0].formulas == {(1, 1), (1, 2), (2, 1), (2, 2)}


def test_an_empty_sheet(tmp_path: Path) -> None:
    assert read_book(plain_book(tmp_path / "a.xlsx", [])).sheets[0].rows == ()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", NumberKind.PLAIN),
        ("0.00E+00", NumberKind.PLAIN),
        ('0" of 20 marks"', NumberKind.PLAIN),
        ("0\\d", NumberKind.PLAIN),
        ("[Red]0;[Blue]0%", NumberKind.PLAIN),
        ("0.0%", NumberKind.PERCENT),
        ("[$-809]dddd d mmmm yyyy", NumberKind.DATE),
        ("h:mm AM/PM", NumberKind.DATE),
        ("[mm]:ss", NumberKind.ELAPSED),
        ("@", NumberKind.PLAIN),
    ],
)
def test_kinds_of_number_formats(code: str, kind: NumberKind) -> None:
    assert kind_of_format(code) is kind


@pytest.mark.parametrize(
    ("serial", "epoch_1904", "value"),
    [
        (1.0, False, date(1900, 1, 1)),
        (59.0, False, date(1900, 2, 28)),
        (61.0, False, date(1900, 3, 1)),
        (45363.0, False, date(2024, 3, 12)),
        (43901.0, True, date(2024, 3, 12)),
        (0.5, False, time(12)),
        (-4.0, False, -4.0),
        (1e300, False, 1e300),
    ],
)
def test_dates(serial: float, epoch_1904: bool, value: CellValue) -> None:
    assert from_serial(serial, NumberKind.DATE, epoch_1904=epoch_1904) == value


def test_a_file_of_excels_epoch_of_1904(tmp_path: Path) -> None:
    path = tmp_path / "mac.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_datetime("A1", datetime(2024, 3, 12), workbook.add_format({"num_format": "dd/mm/yyyy"}))
    assert read_book(path).sheets[0].rows == ((date(2024, 3, 12),),)


def test_a_cell_that_asks_for_a_format_that_is_not_there_is_damage(tmp_path: Path) -> None:
    # A format that results need would take its place: a mark would be a per cent in the marked file.
    path = plain_book(tmp_path / "class.xlsx", [["Name", "Angles (20)"], ["Ova", 12]])
    asking = rewritten(path, path, {SHEET_PART: lambda xml: xml.replace('<c r="B2">', '<c r="B2" s="3">')})
    with pytest.raises(NotAWorkbook, match="format 3, which is not there"):
        read_book(asking)


def test_half_of_a_letter_in_an_escape_is_shown_as_unreadable(tmp_path: Path) -> None:
    path = plain_book(tmp_path / "class.xlsx", [["Zov_xD83D_", "Zov_xD83D__xDE00_"]])
    spelled = {"xl/sharedStrings.xml": lambda xml: xml.replace("_x005F_", "_")}
    (row,) = read_book(rewritten(path, path, spelled)).sheets[0].rows
    assert row == ("Zov\ufffd", "Zov\U0001f600")
