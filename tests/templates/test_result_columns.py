"""The result columns of an unscored markbook: ready for what a run writes, and what a run would have made of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from addin.files.package.read import read_book
from addin.reading.headings.roles import RESULT_HEADINGS
from addin.reading.markbook import read_markbook
from addin.results.columns import DECISIONS, FLAG_COLOURS, RESULT_COLUMNS, Look
from model.vocabulary import Flag
from templates import layout
from templates.build import class_workbook
from templates.sheets.result_columns import width_of

FIRST = layout.LEADING_COLUMNS + 1
LETTERS = {heading: get_column_letter(FIRST + place) for place, heading in enumerate(RESULT_HEADINGS)}
STUDENTS = 30


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ready") / "class.xlsx"
    class_workbook(path, students=STUDENTS, seed=9)
    return path


@pytest.fixture(scope="module")
def sheet(path: Path) -> Worksheet:
    return load_workbook(path)["Markbook"]


def test_the_program_finds_them_where_they_are(path: Path) -> None:
    markbook = read_markbook(read_book(path))
    assert markbook.results == {heading: FIRST + place for place, heading in enumerate(RESULT_HEADINGS)}
    assert not markbook.queries


def test_flags_are_coloured_by_rules(sheet: Worksheet) -> None:
    area = f"{LETTERS['Flag']}5:{LETTERS['Flag']}{layout.HEADING_ROW + STUDENTS}"
    (rules,) = [entry.rules for entry in sheet.conditional_formatting if str(entry.sqref) == area]
    looks = {
        rule.formula[0].strip('"'): (rule.dxf.fill.bgColor.rgb[2:], rule.dxf.font.color.rgb[2:], rule.operator)
        for rule in rules
    }
    assert looks == {flag.value: (colours.fill, colours.text, "equal") for flag, colours in FLAG_COLOURS.items()}


def test_decisions_are_offered_in_a_list(sheet: Worksheet) -> None:
    area = f"{LETTERS['Decision']}5:{LETTERS['Decision']}{layout.HEADING_ROW + STUDENTS}"
    (rule,) = [rule for rule in sheet.data_validations.dataValidation if str(rule.sqref) == area]
    assert (rule.type, rule.formula1, rule.errorStyle) == ("list", f'"{",".join(DECISIONS)}"', "warning")


def test_cells_look_as_their_column_should(sheet: Worksheet) -> None:
    for column in RESULT_COLUMNS:
        letter = LETTERS[column.heading]
        cell = sheet[f"{letter}5"]
        runs = [d for d in sheet.column_dimensions.values() if d.min <= column_index_from_string(letter) <= d.max]
        assert [run.width for run in runs] == [pytest.approx(width_of(column), abs=0.8)]
        assert cell.alignment.vertical == "top"
        assert bool(cell.alignment.wrap_text) is (column.look in (Look.WRAPPED, Look.TEXT))
        centred = column.look in (Look.FLAG, Look.PERCENT, Look.WHOLE, Look.CHOICE)
        assert (cell.alignment.horizontal == "center") is centred
    assert [sheet[f"{LETTERS[heading]}5"].number_format for heading in ("Risk", "Priority")] == ["0%", "0"]


def test_only_decisions_are_filled_before_the_first_run(sheet: Worksheet) -> None:
    filled = {
        heading: [cell.value for cell in sheet[letter][layout.HEADING_ROW :] if cell.value is not None]
        for heading, letter in LETTERS.items()
    }
    assert {heading for heading, values in filled.items() if values} == {"Decision", "Decision note"}
    assert filled["Decision"].count("Accept") >= 3
    assert set(filled["Decision"]) <= set(DECISIONS)


def test_rows_fit_themselves_to_what_a_run_writes(sheet: Worksheet) -> None:
    assert not any(sheet.row_dimensions[row].height for row in range(5, layout.HEADING_ROW + STUDENTS + 1))


def test_the_history_colours_its_flags_too(path: Path) -> None:
    (rules,) = [entry.rules for entry in load_workbook(path)["Runs"].conditional_formatting]
    assert {rule.formula[0].strip('"') for rule in rules} == set(Flag)
