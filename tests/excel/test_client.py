"""The client's real JavaScript, as the live server serves it, in Node over an in-memory Excel: cells, rules, tables, functions."""

from __future__ import annotations

import base64
import email
import email.policy
import io
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.excel.buttons import BUTTONS, Button
from addin.files.marked import score_file
from addin.files.package.read import read_book
from addin.functions import INTERVENTION_FLAG, INTERVENTION_RISK
from addin.mail.message import addresses_in
from addin.reading.grid import address
from addin.reading.headings.roles import RESULT_HEADINGS
from addin.results.columns import DECISIONS, FLAG_COLOURS
from model.vocabulary import Flag
from tests import support
from tests.excel import engine
from tests.excel.server_books import Cells, differing, file_cells, stand_in_cells, stand_in_workbook
from tests.excel.server_client import act
from tests.excel.server_process import Live
from tests.tools import ROOT

SAMPLE = ROOT / "templates" / "sample_markbook.xlsx"


@pytest.fixture(scope="module")
def own_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A teacher's own workbook: an Excel table of 12 students, without results."""
    import xlsxwriter

    path = tmp_path_factory.mktemp("client") / "own.xlsx"
    rows = support.students(12)
    with xlsxwriter.Workbook(path) as book:
        columns = [{"header": str(heading)} for heading in support.HEADINGS]
        book.add_worksheet("Y9 set 2").add_table(
            0, 0, 12, len(columns) - 1, {"name": "Class", "columns": columns, "data": rows}
        )
    return path


@pytest.fixture(scope="module")
def untouched(live: Live, class_path: Path) -> dict[str, Any]:
    """The class as the client hands it back when it was told to do nothing."""
    return act(live, stand_in_workbook(class_path)).workbook


# Three ways


def of_engine(pages: dict[str, engine.Page]) -> Cells:
    return {
        name: {address(*spot): value for spot, value in page.cells.items() if value != ""}
        for name, page in pages.items()
    }


@pytest.mark.parametrize("which", ["sample", "own"])
def test_closed_file_remote_engine_and_live_server_give_the_same_sheet(
    live: Live, own_path: Path, which: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = {"sample": SAMPLE, "own": own_path}[which]
    closed = file_cells(score_file(path, output=tmp_path / "closed.xlsx").output)
    by_engine = of_engine(engine.press("score_button", path)[1])
    by_client = stand_in_cells(act(live, stand_in_workbook(path), {"press": "score_class"}).workbook)
    compared, wrong = differing(by_client, closed)
    also, wrong_too = differing(by_engine, closed)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{path.name} against the closed file: {compared} cells by live server, {also} by remote engine; "
            f"{len(wrong)} and {len(wrong_too)} differ\n"
        )
    assert compared == also > 200
    assert wrong == wrong_too == []


@pytest.mark.parametrize("button", [button for button in BUTTONS if button.entry in ("clear_results", "plan_clinics")])
def test_other_buttons_write_what_the_remote_engine_writes(live: Live, class_path: Path, button: Button) -> None:
    by_engine = of_engine(engine.press(button.function, class_path)[1])
    by_client = stand_in_cells(act(live, stand_in_workbook(class_path), {"press": button.entry}).workbook)
    compared, wrong = differing(by_client, by_engine)
    assert compared > 1000
    assert wrong == []


def test_a_comparison_that_could_not_fail_would_be_worth_nothing(
    class_path: Path, untouched: dict[str, Any], tmp_path: Path
) -> None:
    closed = file_cells(score_file(class_path, output=tmp_path / "closed.xlsx").output)
    compared, wrong = differing(stand_in_cells(untouched), closed)
    assert compared > 1000
    assert len(wrong) > 30 * 5, "before the button is pressed the results are not there"


# Buttons


def test_every_button_is_associated_and_opens_the_pane(live: Live, class_path: Path) -> None:
    acted = act(live, stand_in_workbook(class_path), {"press": "show_help"})
    assert acted.seen["buttons"] == [button.entry for button in BUTTONS]
    assert acted.seen["seen"] == {"panes": 1, "dialogs": []}, "no dialog: its text would travel in an address"
    said = acted.steps[0]["said"]
    assert [each["what"] for each in said] == ["busy", "done"]
    assert "You decide" in acted.steps[0]["told"]


def test_score_class_writes_headings_rules_lists_formats_and_grows_the_table(live: Live, own_path: Path) -> None:
    acted = act(live, stand_in_workbook(own_path), {"press": "score_class"})
    sheet, first = acted.sheet("Y9 set 2"), len(support.HEADINGS) + 1
    cells = {heading: address(2, first + i) for i, heading in enumerate(RESULT_HEADINGS)}
    assert [sheet["values"][address(1, first + i)] for i in range(9)] == list(RESULT_HEADINGS)
    assert all(sheet["bold"][address(1, first + i)] for i in range(9))
    assert sheet["tables"] == [{"name": "Class", "address": f"A1:{address(13, first + 8)}", "filters": {}}]
    assert sheet["formats"][cells["Risk"]] == "0%"
    assert sheet["formats"][cells["Why"]] == "@"
    assert sheet["wrap"][cells["Why"]]
    assert sheet["lists"][cells["Decision"]] == ",".join(DECISIONS)
    rules = {rule["formula"]: rule for rule in sheet["rules"]}
    for flag, colours in FLAG_COLOURS.items():
        rule = rules[f'="{flag}"']  # no reference, which would count from the active cell
        assert rule["operator"] == "EqualTo"
        assert rule["address"] == f"{cells['Flag']}:{address(13, first)}"
        shown = rule["fill"].upper(), rule["font"]["color"].upper()
        assert shown == (f"#{colours.fill}", f"#{colours.text}")
    assert len(rules) == len(Flag)
    flags = [sheet["values"][address(row, first)] for row in range(2, 14)]
    assert set(flags) <= {flag.value for flag in Flag}


def test_filters_are_cleared_and_that_is_said(live: Live, class_path: Path) -> None:
    workbook = stand_in_workbook(class_path, filters={"Markbook": {"3": "9A"}})
    acted = act(live, workbook, {"press": "score_class"})
    (table,) = [table for sheet in acted.workbook["sheets"] for table in sheet["tables"] if table["name"] == "Markbook"]
    assert table["filters"] == {}
    assert "the table 'Markbook'" in acted.steps[0]["told"].partition("Filters of ")[2].partition(" were cleared")[0]


@pytest.mark.parametrize("address", ["A1:M13", "A1:M12"])
def test_the_filter_of_a_plain_range_is_cleared(live: Live, tmp_path: Path, address: str) -> None:
    workbook = stand_in_workbook(support.class_file(tmp_path / "own.xlsx", count=11 if address.endswith("2") else 12))
    workbook["sheets"][0]["filter"] = {"address": address, "criteria": {"3": "9K1"}}
    acted = act(live, workbook, {"press": "score_class"})
    assert acted.sheet("Y9")["filter"]["criteria"] == {}
    assert "Filters of the sheet 'Y9' were cleared" in acted.steps[0]["told"]


def test_clear_undoes_what_score_wrote(live: Live, class_path: Path, untouched: dict[str, Any]) -> None:
    before = stand_in_cells(untouched)["Markbook"]
    acted = act(live, stand_in_workbook(class_path), {"press": "score_class"}, {"press": "clear_results"})
    assert stand_in_cells(acted.workbook)["Markbook"] == before


def test_check_data_changes_nothing(live: Live, class_path: Path, untouched: dict[str, Any]) -> None:
    acted = act(live, stand_in_workbook(class_path), {"press": "check_data"})
    assert acted.workbook == untouched
    assert "30 students" in acted.steps[0]["told"]


def test_what_if_writes_formulas_without_a_prefix(live: Live, class_path: Path) -> None:
    acted = act(live, stand_in_workbook(class_path), {"press": "what_if"})
    formulas = [formula for formula in acted.sheet("What if")["formulas"].values() if "INTERVENTION_" in formula]
    assert len(formulas) >= 3
    assert all(formula.startswith("=INDEX(INTERVENTION_") for formula in formulas)


def test_a_problem_is_told_and_no_cell_changes(live: Live, tmp_path: Path) -> None:
    path = support.write_workbook(tmp_path / "none.xlsx", {"Cover": [["Maths department"]]})
    acted = act(live, stand_in_workbook(path), {"press": "score_class"}, {"ask": "show_class"})
    pressed, asked = acted.steps
    assert [each["what"] for each in pressed["said"]] == ["busy", "error"]
    assert "heading" in pressed["told"]
    assert asked["error"] == pressed["said"][1]["message"] == pressed["told"]
    assert acted.workbook == act(live, stand_in_workbook(path)).workbook


def test_a_server_that_has_gone_is_told(live: Live, class_path: Path) -> None:
    # The client loads from one server and then asks where nobody listens: the page's origin is what it asks.
    steps: list[dict[str, Any]] = [{"move": "http://127.0.0.1:9"}, {"press": "score_class"}]
    acted = act(live, stand_in_workbook(class_path), *steps)
    assert "No response received from server" in acted.steps[1]["told"]


# Functions


def test_functions_registered_with_excel_answer(live: Live) -> None:
    rows, headings = support.students(30), [list(support.HEADINGS)]
    missing = [None, None, None, None]
    acted = act(
        live,
        {"name": "b.xlsx", "sheets": [{"name": "Markbook"}]},
        {"call": "INTERVENTION_RISK", "args": [rows, headings, *missing], "address": "Markbook!AA1"},
        {"call": "INTERVENTION_FLAG", "args": [rows, headings, *missing], "address": "Markbook!AB1"},
        {"call": "INTERVENTION_RISK", "args": [[["Ova", 3]], [["Name"]], *missing], "address": "Markbook!AC1"},
    )
    assert sorted(acted.seen["functions"]) == sorted(
        name for name in acted.seen["functions"] if "INTERVENTION_" in name
    )
    assert len(acted.seen["functions"]) == 8
    risk, flag, wrong = acted.steps
    assert risk["result"] == INTERVENTION_RISK(rows, headings)
    assert flag["result"] == INTERVENTION_FLAG(rows, headings)
    assert "students: 2 columns" in wrong["result"][0][0]


def test_a_call_that_is_not_understood_is_value_with_words(live: Live) -> None:
    too_many = [[["Ova", 3]], [["Name", "Angles (20)"]], None, None, None, None, "one too many"]
    acted = act(
        live,
        {"name": "b.xlsx", "sheets": [{"name": "M"}]},
        {"call": "INTERVENTION_RISK", "args": too_many, "address": "M!A1"},
    )
    assert acted.steps[0]["code"] == "#VALUE!"
    assert acted.steps[0]["error"].startswith("The request is not understood")


def test_many_formulas_at_once_each_get_their_own_answer(live: Live) -> None:
    headings = [list(support.HEADINGS)]
    classes = [support.students(5, seed=seed) for seed in range(20)]
    calls = [{"call": "INTERVENTION_RISK", "args": [rows, headings], "address": "M!A1"} for rows in classes]
    acted = act(live, {"name": "b.xlsx", "sheets": [{"name": "M"}]}, {"together": calls})
    assert [each["result"] for each in acted.steps[0]] == [INTERVENTION_RISK(rows, headings) for rows in classes]


# Task pane


def glance_of(step: dict[str, Any]) -> dict[str, Any]:
    glance: dict[str, Any] = step["answer"]["glance"]
    return glance


def test_the_glance_is_the_sheets(live: Live, class_path: Path) -> None:
    acted = act(live, stand_in_workbook(class_path), {"press": "score_class"}, {"ask": "show_class"})
    seen, values = glance_of(acted.steps[1]), acted.sheet("Markbook")["values"]
    flags = [value for value in values.values() if value in {flag.value for flag in Flag}]
    assert seen["counts"] == {flag.value: flags.count(flag.value) for flag in Flag}
    assert len(seen["students"]) == 30
    priorities = [student["priority"] for student in seen["students"] if student["priority"]]
    assert priorities == list(range(1, len(priorities) + 1))
    for student in seen["students"]:
        assert student["flag"] in [values.get(f"{letters}{student['row']}") for letters in _columns(values)]


def _columns(values: dict[str, Any]) -> set[str]:
    return {place.rstrip("0123456789") for place in values}


def test_a_decision_lands_beside_its_student_and_nowhere_else(live: Live, class_path: Path) -> None:
    scored = act(live, stand_in_workbook(class_path), {"press": "score_class"}, {"ask": "show_class"})
    student = glance_of(scored.steps[1])["students"][2]
    acted = act(
        live,
        stand_in_workbook(class_path),
        {"press": "score_class"},
        {"ask": "enter_decision", "args": [student["key"], "Accept", "=talk at home?"]},
        {"ask": "show_class"},
    )
    after = next(each for each in glance_of(acted.steps[2])["students"] if each["key"] == student["key"])
    assert (after["decision"], after["note"]) == ("Accept", "=talk at home?")
    one, other = stand_in_cells(acted.workbook)["Markbook"], stand_in_cells(scored.workbook)["Markbook"]
    changed = {place: one[place] for place in one if one[place] != other.get(place)}
    assert sorted(changed.values()) == ["=talk at home?", "Accept"]
    assert all(place.endswith(str(student["row"])) for place in changed)
    assert not [formula for formula in acted.sheet("Markbook")["formulas"].values() if "talk" in formula]


def test_decisions_that_cannot_be_entered_are_told(live: Live, class_path: Path, untouched: dict[str, Any]) -> None:
    told = {
        "no longer on sheet": ["id:nobody", "Accept", ""],
        "is not a decision": ["id:nobody", "Maybe", ""],
        "missing required argument": [],
        "extra argument": ["a", "Accept", "", "", "", "more"],
    }
    asked = [{"ask": "enter_decision", "args": arguments} for arguments in told.values()]
    acted = act(live, stand_in_workbook(class_path), *asked)
    for says, step in zip(told, acted.steps, strict=True):
        assert says in step["error"]
    assert acted.workbook == untouched


def test_email_gives_two_files_and_the_server_keeps_none(live: Live, class_path: Path) -> None:
    colleagues = addresses_in(read_book(class_path))
    assert colleagues
    acted = act(live, stand_in_workbook(class_path), {"press": "score_class"}, {"press": "email_markbook"})
    answer = acted.steps[1]["said"][1]["answer"]
    content = {file["name"].rpartition(".")[2]: base64.b64decode(file["base64"]) for file in answer["files"]}
    assert set(content) == {"xlsx", "eml"}
    message = email.message_from_bytes(content["eml"], policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert tuple(address.addr_spec for address in message["To"].addresses) == colleagues
    assert message["X-Unsent"] == "1"
    assert message["Date"] is None
    (attachment,) = message.iter_attachments()
    assert attachment.get_content() == content["xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(content["xlsx"]))
    texts = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert set(RESULT_HEADINGS) - {"Change"} <= texts
    assert all(address in answer["told"] for address in colleagues)
    assert not [path for path in live.log_file.parent.rglob("*") if path.suffix in (".eml", ".xlsx")]


def test_packs_come_as_one_archive_and_the_server_keeps_none(live: Live, class_path: Path) -> None:
    asked = ({"press": "write_packs"}, {"press": "plan_clinics"}, {"press": "write_packs"})
    acted = act(live, stand_in_workbook(class_path), *asked)
    (problem,) = [each for each in acted.steps[0]["said"] if each["what"] == "error"]
    assert "Press Plan clinics" in problem["message"]
    answer = acted.steps[2]["said"][1]["answer"]
    (file,) = answer["files"]
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(file["base64"]))) as archive:
        names = archive.namelist()
        assert all(archive.read(name) for name in names)
    sessions = int(answer["told"].split(" ")[0])
    assert len(names) == 4 * sessions > 0
    assert f"They are in {file['name']}: {len(names)} files" in answer["told"]
    assert not [path for path in live.log_file.parent.rglob("*") if path.suffix in (".zip", ".docx", ".html")]
