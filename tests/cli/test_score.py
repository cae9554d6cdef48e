"""`markbook score`: what is written where, what is carried over, what is kept, and what is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from addin.reading.headings.roles import RESULT_HEADINGS
from model.vocabulary import Flag
from tests.files.package.books import rewritten
from tests.support import (
    BAD_INPUT_NAMES,
    BAD_INPUTS,
    FIRST_MARK,
    HEADINGS,
    class_file,
    column_of,
    contents,
    opened,
    refused,
    run,
    students,
    under,
    write_workbook,
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return class_file(tmp_path / "class.xlsx")


@pytest.fixture
def marked(source: Path) -> Path:
    """The result of a first run."""
    assert run("score", source).code == 0
    return source.with_name("class.marked.xlsx")


def backups(folder: Path) -> list[str]:
    return sorted(name for name in contents(folder) if ".backup-" in name)


def decide(marked: Path, decisions: dict[int, tuple[str, str]]) -> None:
    """Type decisions and notes into rows of a marked file, as a teacher does."""
    workbook, page = opened(marked)
    for row, (decision, note) in decisions.items():
        page.cell(row, column_of(page, "Decision")).value = decision or None
        cell = page.cell(row, column_of(page, "Decision note"))
        cell.value = note or None
        cell.data_type = "s"  # openpyxl takes what begins with = for a formula
    workbook.save(marked)


def decisions(marked: Path) -> dict[int, tuple[object, object]]:
    _, page = opened(marked)
    made, notes = under(page, "Decision"), under(page, "Decision note")
    return {row: (made.get(row), notes.get(row)) for row in {*made, *notes}}


def test_the_input_is_never_touched_and_the_result_beside_it_has_nine_columns_more(
    source: Path, tmp_path: Path
) -> None:
    before = source.read_bytes()
    ran = run("score", source)
    assert (ran.code, ran.err) == (0, "")
    assert source.read_bytes() == before
    assert sorted(contents(tmp_path)) == ["class.marked.xlsx", "class.xlsx"]
    assert ran.out.rstrip().endswith(f"Written to {tmp_path / 'class.marked.xlsx'}")
    _, page = opened(tmp_path / "class.marked.xlsx")
    assert [cell.value for cell in page[1]] == [*HEADINGS, *RESULT_HEADINGS]
    assert sorted(under(page, "Flag")) == list(range(2, 14))
    for number, row in enumerate(students(12), start=2):
        assert [page.cell(number, column).value for column in range(1, len(HEADINGS) + 1)] == row


def test_what_a_reader_is_told(source: Path) -> None:
    out = run("score", source).out
    for flag in Flag:
        assert flag.value in out
    for row in students(12):
        assert f"{row[2]} {row[1]}" in out
    assert "Half-term 2, from the number of assessments." in out


@pytest.mark.parametrize("what", ["source", "marked"])
def test_a_second_run_adds_and_changes_nothing(source: Path, marked: Path, what: str) -> None:
    before = contents(source.parent)
    ran = run("score", source if what == "source" else marked)
    assert (ran.code, ran.err) == (0, "")
    assert f"{marked} holds this result already" in ran.out
    assert contents(source.parent) == before


@pytest.mark.dates
@pytest.mark.parametrize("what", ["source", "marked"])
def test_decisions_survive(source: Path, marked: Path, what: str) -> None:
    typed: dict[int, tuple[str, str]] = {
        3: ("Accept", "rang home"),
        5: ("Reject", ""),
        8: ("", "=1+1"),
        9: ("Defer", "é ✓"),
    }
    decide(marked, typed)
    expected = {row: (decision or None, note or None) for row, (decision, note) in typed.items()}
    with_decisions = marked.read_bytes()
    changed = source if what == "source" else marked
    workbook, page = opened(changed)
    for row in range(2, 8):
        page.cell(row, FIRST_MARK + 1).value = 20
    workbook.save(changed)
    flags = under(opened(marked)[1], "Risk")
    earlier = marked.read_bytes()

    ran = run("score", changed)
    assert (ran.code, ran.err) == (0, "")
    assert decisions(marked) == expected
    assert under(opened(marked)[1], "Risk") != flags, "the new marks count"
    (backup,) = backups(source.parent)
    assert backup == f"class.marked.backup-{datetime.now():%Y-%m-%d}.xlsx"
    assert f"kept as {backup}" in ran.out
    assert (source.parent / backup).read_bytes() == earlier
    assert (earlier == with_decisions) == (what == "source")

    assert "holds this result already" in run("score", changed).out
    assert decisions(marked) == expected
    assert backups(source.parent) == [backup]


def test_decisions_follow_their_students_when_rows_move(source: Path, marked: Path) -> None:
    rows = students(12)
    decide(marked, {3: ("Accept", f"about {rows[1][0]}"), 12: ("Defer", f"about {rows[10][0]}")})
    write_workbook(source, {"Y9": [HEADINGS, *reversed(rows), *students(14)[12:]]})
    assert run("score", source).code == 0
    _, page = opened(marked)
    notes = under(page, "Decision note")
    assert len(notes) == 2
    for row, note in notes.items():
        assert note == f"about {page.cell(row, 1).value}"


def test_a_decision_about_a_student_who_left_stops_the_run(source: Path, marked: Path) -> None:
    decide(marked, {3: ("Accept", "")})
    rows = students(12)
    write_workbook(source, {"Y9": [HEADINGS, rows[0], *rows[2:]]})
    before = contents(source.parent)
    message = refused(run("score", source))
    assert "1 earlier decision would be lost" in message
    assert "-o" in message
    assert contents(source.parent) == before
    assert run("score", source, "-o", source.with_name("new.xlsx")).code == 0


def test_a_decision_that_excel_has_not_worked_out_yet_stops_the_run(source: Path, marked: Path) -> None:
    workbook, page = opened(marked)
    page.cell(3, column_of(page, "Decision")).value = '=IF(A3="","","Accept")'
    workbook.save(marked)
    rewritten(marked, marked, {"xl/worksheets/sheet1.xml": lambda xml: xml.replace("<v></v>", "").replace("<v />", "")})
    before = contents(source.parent)
    assert "formula without a stored result" in refused(run("score", source))
    assert contents(source.parent) == before


def test_decisions_that_cannot_be_read_stop_the_run(source: Path, marked: Path) -> None:
    marked.write_bytes(marked.read_bytes()[:2000])
    before = contents(source.parent)
    assert "decisions cannot be read" in refused(run("score", source))
    assert contents(source.parent) == before


@pytest.mark.dates
def test_backups_of_one_day_do_not_replace_each_other(source: Path, marked: Path) -> None:
    for mark in (3, 17):
        workbook, page = opened(source)
        page.cell(2, FIRST_MARK + 1).value = mark
        workbook.save(source)
        assert run("score", source).code == 0
    first, second = backups(source.parent)
    assert contents(source.parent)[first] != contents(source.parent)[second]


def test_in_place_keeps_a_backup(source: Path, tmp_path: Path) -> None:
    before = source.read_bytes()
    assert run("score", source, "--in-place").code == 0
    (backup,) = backups(tmp_path)
    assert (tmp_path / backup).read_bytes() == before
    assert sorted(contents(tmp_path)) == sorted(["class.xlsx", backup])
    assert set(RESULT_HEADINGS) <= {cell.value for cell in opened(source)[1][1]}
    assert "holds this result already" in run("score", source, "--in-place").out


def test_another_output(source: Path, tmp_path: Path) -> None:
    before, output = source.read_bytes(), tmp_path / "out" / "result.xlsx"
    output.parent.mkdir()
    assert str(output) in run("score", source, "-o", output).out
    assert list(contents(output.parent)) == ["result.xlsx"]
    assert contents(tmp_path) == {"class.xlsx": before}


@pytest.mark.parametrize("name", ["result.xlsm", "result.csv", "result"])
def test_an_output_of_another_kind(source: Path, name: str) -> None:
    before = contents(source.parent)
    assert ".xlsx" in refused(run("score", source, "-o", source.with_name(name)))
    assert contents(source.parent) == before


def test_an_output_in_a_folder_that_is_not_there(source: Path) -> None:
    assert refused(run("score", source, "-o", source.parent / "nowhere" / "result.xlsx"))


def test_in_place_and_an_output_contradict_each_other(source: Path) -> None:
    ran = run("score", source, "--in-place", "-o", source.with_name("out.xlsx"))
    assert (ran.code, ran.out) == (2, "")


def test_the_named_sheet_is_scored(tmp_path: Path) -> None:
    rows = students(18)
    path = write_workbook(tmp_path / "sets.xlsx", {"Set 1": [HEADINGS, *rows[:8]], "Set 2": [HEADINGS, *rows[8:]]})
    assert run("score", path, "--sheet", "set 2").code == 0
    workbook, page = opened(tmp_path / "sets.marked.xlsx", "Set 2")
    assert len(under(page, "Flag")) == 10
    assert workbook["Set 1"].max_column == len(HEADINGS)
    assert "'Set 1', 'Set 2'" in refused(run("score", path, "--sheet", "Set 3"))


def test_queries_are_listed_and_do_not_stop_the_run(tmp_path: Path) -> None:
    rows = students(12)
    rows[3][FIRST_MARK] = 47
    path = write_workbook(tmp_path / "class.xlsx", {"Y9": [HEADINGS, *rows]})
    (query,) = json.loads(run("score", path, "--json").out)["queries"]
    assert (query["cell"], query["value"]) == ("J5", "47")
    assert "20" in query["rule"]
    assert query["remedy"]
    out = run("score", path).out
    assert "Not understood: 1" in out
    assert "J5: '47'" in out


def test_json_reaches_a_reader_whose_encoding_lacks_the_signs(source: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "addin.cli", "score", source, "--json"],
        capture_output=True, check=True, env={**os.environ, "PYTHONIOENCODING": "cp1252"},
    )  # fmt: skip
    assert list(json.loads(done.stdout.decode("cp1252"))["counts"]) == [flag.value for flag in Flag]


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    hostile = '=HYPERLINK("http://example.invalid","x")'
    rows = students(12)
    rows[0][1], rows[1][1] = hostile, "[bold red]Max[/]"
    headings = [*HEADINGS[:-1], "=cmd|' /C calc'!A0 algebra (40)"]
    path = write_workbook(tmp_path / "class.xlsx", {"Y9": [headings, *rows]})
    ran = run("score", path)
    assert ran.code == 0
    assert hostile in ran.out
    assert "[bold red]Max[/]" in ran.out
    _, page = opened(tmp_path / "class.marked.xlsx")
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    assert page.cell(2, 2).value == hostile


@pytest.mark.parametrize(("_name", "make", "words"), BAD_INPUTS, ids=BAD_INPUT_NAMES)
@pytest.mark.parametrize("options", [[], ["--json"], ["--in-place"]], ids=" ".join)
def test_a_bad_input_is_one_line_and_no_file(
    tmp_path: Path, _name: str, make: Callable[[Path], object], words: str, options: list[str]
) -> None:
    path = tmp_path / "class.xlsx"
    make(path)
    before = contents(tmp_path)
    message = refused(run("score", path, *options))
    assert words in message
    assert str(tmp_path) not in message
    assert contents(tmp_path) == before


def test_a_result_that_is_open_elsewhere_is_not_replaced(tmp_path: Path) -> None:
    path = class_file(tmp_path / "class.xlsx")
    assert run("score", path).code == 0
    before = (tmp_path / "class.marked.xlsx").read_bytes()
    page = openpyxl.load_workbook(path)
    page.worksheets[0]["A2"] = "ZQ9999"
    page.save(path)
    (tmp_path / "~$class.marked.xlsx").write_bytes(b"")
    done = run("score", path)
    assert done.code == 1
    assert "open in Excel" in done.err
    assert (tmp_path / "class.marked.xlsx").read_bytes() == before
