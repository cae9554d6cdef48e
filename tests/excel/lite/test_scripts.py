"""Every script of xlwings Lite, run by what a built workbook carries and carried out by the real client."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from addin.excel.lite.button_cells import ASKED_ROW, LITE_BUTTONS, SHEET
from addin.excel.lite.letters_sheet import SHEET as LETTERS
from addin.excel.lite.values_sheet import SHEET as VALUES
from addin.files.marked import clear_file, score_file
from addin.reading.upn import is_upn
from model.vocabulary import Flag
from templates.build import class_workbook
from tests import support
from tests.excel.engine import payload_of
from tests.excel.lite.inside import Acted, Carried, act, built, open_book, page_of, python_of
from tests.excel.server_books import Cells, differing, file_cells, stand_in_cells
from tests.excel.test_messy_books import readable
from tests.tools import ROOT

SAMPLE = ROOT / "templates" / "sample_markbook.xlsx"
HOW_MANY = 10


@pytest.fixture(scope="module")
def inside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Carried]]:
    """The page and the Python of a workbook that carries the program."""
    folder = tmp_path_factory.mktemp("lite")
    with python_of(built(None, folder / "empty.xlsx"), folder) as carried, page_of(carried) as origin:
        yield origin, carried


@pytest.fixture(scope="module")
def class_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo class with the sheet of buttons."""
    folder = tmp_path_factory.mktemp("class")
    class_workbook(folder / "class.xlsx", students=30, seed=7)
    return built(folder / "class.xlsx", folder / "lite.xlsx")


def without_buttons(cells: Cells) -> Cells:
    return {sheet: values for sheet, values in cells.items() if sheet != SHEET}


def press(inside: tuple[str, Carried], path: Path, *names: str, **more: object) -> Acted:
    return act(*inside, open_book(path), *({"press": name, **more} for name in names))


def test_the_sample_and_other_books_get_the_closed_files_cells(
    inside: tuple[str, Carried], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "messy").mkdir()
    messy = readable(tmp_path / "messy")
    names = sorted(messy)[:: max(1, len(messy) // HOW_MANY)][:HOW_MANY]
    books = {"sample": SAMPLE, **{name: messy[name] for name in names}}
    total = 0
    for name, path in books.items():
        closed = file_cells(score_file(path, output=tmp_path / f"{name}.closed.xlsx").output)
        lite = stand_in_cells(press(inside, path, "score_class").workbook)
        compared, wrong = differing(lite, closed)
        assert wrong == [], name
        total += compared
    assert len(books) > HOW_MANY
    with capsys.disabled():
        sys.stdout.write(f"\nLite against the closed file: {len(books)} books, {total:,} cells compared, 0 differ\n")


def test_with_the_sheet_of_buttons_the_class_gets_the_same_cells(
    inside: tuple[str, Carried], class_path: Path, tmp_path: Path
) -> None:
    acted = press(inside, class_path, "score_class")
    closed = without_buttons(file_cells(score_file(class_path, output=tmp_path / "closed.xlsx").output))
    compared, wrong = differing(without_buttons(stand_in_cells(acted.workbook)), closed)
    assert compared > 1000
    assert wrong == []
    flags = acted.told()[0]
    assert all(flag.value in flags for flag in Flag)
    assert acted.said[-1].startswith(flags)


def test_a_press_on_the_sheet_runs_its_script_and_moves_off_the_cell(
    inside: tuple[str, Carried], class_path: Path
) -> None:
    button = next(button for button in LITE_BUTTONS if button.entry == "show_help")
    acted = act(*inside, open_book(class_path), {"select": [SHEET, button.cell]})
    assert acted.steps == [{"selected": f"B{button.row + 1}"}]
    assert "You decide" in "\n".join(acted.told())


@pytest.mark.parametrize("button", LITE_BUTTONS, ids=lambda button: button.entry)
def test_every_button_is_a_script_whose_cell_is_its_shapes(inside: tuple[str, Carried], button: object) -> None:
    meta = {each["function_name"]: each for each in inside[1].ask({"meta": True})}
    assert sorted(meta) == sorted(each.entry for each in LITE_BUTTONS)
    for each in LITE_BUTTONS:
        assert (meta[each.entry]["name"], meta[each.entry]["button"]) == (each.label, each.place)


def test_clear_leaves_what_the_command_leaves(inside: tuple[str, Carried], class_path: Path, tmp_path: Path) -> None:
    scored = score_file(class_path, output=tmp_path / "scored.xlsx").output
    clear_file(scored, output=tmp_path / "cleared.xlsx")
    acted = press(inside, scored, "clear_results")
    compared, wrong = differing(
        without_buttons(stand_in_cells(acted.workbook)), without_buttons(file_cells(tmp_path / "cleared.xlsx"))
    )
    assert compared > 1000
    assert wrong == []


def test_check_data_and_help_change_no_cell_but_what_is_told(inside: tuple[str, Carried], class_path: Path) -> None:
    untouched = without_buttons(stand_in_cells(act(*inside, open_book(class_path)).workbook))
    acted = press(inside, class_path, "check_data", "show_help")
    assert without_buttons(stand_in_cells(acted.workbook)) == untouched
    assert "30 students" in acted.said[0]


def test_plan_clinics_fills_the_sheet(inside: tuple[str, Carried], class_path: Path) -> None:
    acted = press(inside, class_path, "plan_clinics")
    assert "Without a place" in acted.said[-1]
    assert len(acted.sheet("Clinic plan")["values"]) > 100


def test_packs_are_counted_and_where_they_are_made_is_told(inside: tuple[str, Carried], class_path: Path) -> None:
    acted = press(inside, class_path, "write_packs", "plan_clinics", "write_packs")
    assert "Press Plan clinics" in acted.said[0]
    invited = list(acted.sheet("Clinic plan")["values"].values()).count("Invited")
    assert re.match(rf"[1-9]\d* sessions?, {invited} places\.", acted.said[2])
    assert "`markbook pack`" in acted.said[2]
    planned = press(inside, class_path, "plan_clinics").workbook
    assert without_buttons(stand_in_cells(acted.workbook)) == without_buttons(stand_in_cells(planned)), (
        "nothing is written"
    )


def test_what_if_writes_its_formulas(inside: tuple[str, Carried], class_path: Path) -> None:
    acted = press(inside, class_path, "what_if")
    formulas = [formula for formula in acted.sheet("What if")["formulas"].values() if "INTERVENTION_" in formula]
    assert len(formulas) >= 3


def test_columns_are_told_and_kept(inside: tuple[str, Carried], tmp_path: Path) -> None:
    path = support.write_workbook(
        tmp_path / "own.xlsx", {"Y9": [[*support.HEADINGS[:-1], "Doodles"], *support.students(12)]}
    )
    book = built(path, tmp_path / "lite.xlsx")
    acted = press(inside, book, "show_columns")
    assert any("'Doodles'" in line for line in acted.told())
    kept = press(inside, book, "show_columns", args=["Doodles", "test (40)"])
    assert list(kept.sheet("Columns")["values"].values()) == ["Heading", "Means", "Doodles", "test (40)"]
    workbook = open_book(book)
    page = next(sheet for sheet in workbook["sheets"] if sheet["name"] == SHEET)
    rows = page["values"]
    while len(rows) < ASKED_ROW + 1:
        rows.append([""] * 3)
    rows[ASKED_ROW] = ["", "Doodles", "ignored"]
    typed = act(*inside, workbook, {"press": "show_columns"})
    assert list(typed.sheet("Columns")["values"].values())[-1] == "ignored"
    assert f"B{ASKED_ROW + 1}" not in typed.sheet(SHEET)["values"], "asked and answered"


def test_letters_stand_on_a_sheet(inside: tuple[str, Carried], class_path: Path, tmp_path: Path) -> None:
    scored = score_file(class_path, output=tmp_path / "scored.xlsx").output
    acted = press(inside, scored, "write_letters")
    texts = acted.sheet(LETTERS)["values"]
    assert [texts[place] for place in ("A1", "B1", "C1")] == ["Letter for", "To", "Text"]
    assert {value for place, value in texts.items() if place.startswith("B") and place != "B1"} == {"family", "student"}
    assert any(str(value).startswith("Dear") for value in texts.values())
    assert "Nothing was sent" in acted.said[-1]
    # Once more: the same sheet, and the class is still the only one.
    again = press(inside, scored, "write_letters", "score_class", "write_letters")
    assert again.sheet(LETTERS)["values"] == texts
    assert LETTERS not in again.said[1]


def test_the_values_copy_holds_no_upn_and_no_formula(
    inside: tuple[str, Carried], class_path: Path, tmp_path: Path
) -> None:
    scored = score_file(class_path, output=tmp_path / "scored.xlsx").output
    acted = press(inside, scored, "email_markbook")
    page = acted.sheet(VALUES)
    values = page["values"]
    assert (values["A1"], values["A31"]) == ("No.", 30)
    assert {"Flag", "Why"} <= set(values.values())
    assert not [value for value in values.values() if isinstance(value, str) and is_upn(value)]
    assert not {"UPN", "Sex", "PP", "SEN", "EAL"} & set(values.values())
    assert page["formulas"] == {}
    assert "Left out: " in acted.said[-1]
    scored_again = press(inside, scored, "email_markbook", "score_class")
    assert VALUES not in scored_again.said[1], "the copy is no second class"


@pytest.mark.parametrize("name", ["email_markbook", "write_letters"])
def test_a_sheet_of_a_teachers_own_is_left_alone(inside: tuple[str, Carried], tmp_path: Path, name: str) -> None:
    path = support.class_file(tmp_path / "own.xlsx")
    scored = score_file(path, output=tmp_path / "scored.xlsx").output
    workbook = open_book(scored)
    first = next(sheet for sheet in workbook["sheets"] if sheet["name"] == "Y9")
    place = first["values"][0].index("Decision")
    first["values"][1][place:] = ["Accept"]
    for title in (VALUES, LETTERS):
        workbook["sheets"].append({"name": title, "visibility": "Visible", "values": [["Mine"]]})
    acted = act(*inside, workbook, {"press": name})
    assert "was left alone" in acted.said[-1]
    assert acted.sheet(VALUES)["values"] == acted.sheet(LETTERS)["values"] == {"A1": "Mine"}


def test_a_problem_is_told_and_no_other_cell_changes(inside: tuple[str, Carried], tmp_path: Path) -> None:
    path = built(support.write_workbook(tmp_path / "none.xlsx", {"Cover": [["Maths department"]]}), tmp_path / "l.xlsx")
    entries = [button.entry for button in LITE_BUTTONS if button.entry != "show_help"]
    acted = press(inside, path, *entries)
    assert acted.sheet("Cover")["values"] == {"A1": "Maths department"}
    assert acted.told()
    assert len(acted.said) == len(entries)
    assert [sheet["name"] for sheet in acted.workbook["sheets"]] == ["Cover", SHEET]


def another_python() -> str:
    """Python 3.13, which Pyodide 0.28 and 0.29 have, with what the program needs: named in MARKBOOK_PYTHON313, or on PATH."""
    python = os.environ.get("MARKBOOK_PYTHON313") or shutil.which("python3.13")
    if python is None:
        pytest.skip("there is no python3.13 here; name one in MARKBOOK_PYTHON313")
    ready = subprocess.run([python, "-c", "import numpy, xlwings, jinja2, scipy"], capture_output=True, check=False)
    if ready.returncode:
        pytest.skip(f"{python} lacks numpy, xlwings, jinja2 or scipy; name one that has them in MARKBOOK_PYTHON313")
    return python


def test_python_3_13_acts_alike(inside: tuple[str, Carried], class_path: Path, tmp_path: Path) -> None:
    scored = score_file(class_path, output=tmp_path / "scored.xlsx").output
    asked = [{"script": button.entry, "payload": payload_of(scored)} for button in LITE_BUTTONS]
    with python_of(class_path, tmp_path, python=another_python()) as other:
        theirs = [other.ask(each) for each in asked]
    assert theirs == [inside[1].ask(each) for each in asked]


def test_functions_answer_as_everywhere(inside: tuple[str, Carried]) -> None:
    from addin.functions import INTERVENTION_RISK

    rows, headings = support.students(30), [list(support.HEADINGS)]
    asked = {
        "func_name": "INTERVENTION_RISK", "args": [[list(row) for row in rows], headings, None, None, None, None],
        "caller_address": "[Book1.xlsx]Sheet1!B21", "version": "", "runtime": "1.4", "client": "Office.js",
        "culture_info_name": "en-GB", "date_format": "dd/mm/yyyy",
    }  # fmt: skip
    assert inside[1].ask({"function": asked}) == INTERVENTION_RISK(rows, headings)
    names = {each["name"] for each in inside[1].ask({"functions": True})["functions"]}
    assert len(names) == 8
