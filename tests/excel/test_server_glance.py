"""The task pane's data and decisions, without a server: the same figures as a run, and no cell but the student's own two."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from addin.errors import RequestProblem, StudentsMoved
from addin.excel.function_help import LONGEST, described
from addin.excel.server.decision import LONGEST_NOTE, decide
from addin.excel.server.files import mail_files
from addin.excel.server.glance import glance
from addin.hosts.memory import Memory
from addin.mail.message import COLLEAGUES
from addin.reading.grid import Book, Sheet, as_text
from addin.reading.headings.roles import RESULT_HEADINGS
from addin.reading.markbook import read_markbook
from addin.results.columns import DECISIONS
from addin.review import review
from model.vocabulary import Flag
from tests import support
from tests.support import score_class


def plain_book(students: int = 12) -> Book:
    return support.book(support.HEADINGS, *support.students(students))


@pytest.fixture
def scored() -> Memory:
    host = Memory(plain_book())
    score_class(host)
    return host


def test_the_glance_is_the_run_in_order_of_priority() -> None:
    book = plain_book(40)
    done, seen = review(book), glance(book)
    assert list(seen["counts"].values()) == list(done.counts().values())
    assert [student["key"] for student in seen["students"]] == [result.key for result in done.in_order()]
    for student, result in zip(seen["students"], done.in_order(), strict=True):
        assert (student["name"], student["row"], student["flag"]) == (result.name, result.row, result.flag.value)
        assert student["reasons"] == list(result.reasons)
        assert [topic["topic"] for topic in student["topics"]] == [need.topic for need in result.topics]
        assert [each["title"] for each in student["activities"]] == [each.title for each in result.activities]
        assert [step["topic"] for step in student["pathway"]] == [step.topic for step in result.pathway]
        assert len(student["pathway"]) in ((0,) if student["risk"] is None else (0, 3, 4, 5, 6))
        assert all(step[part] for step in student["pathway"] for part in ("topic", "why", "activity", "done_when"))
    assert any(student["pathway"] for student in seen["students"])
    assert json.loads(json.dumps(seen, allow_nan=False)) == seen, "ready for JSON"


def test_before_the_first_run_no_decision_can_be_entered() -> None:
    book = plain_book()
    seen = glance(book)
    assert not seen["can_decide"]
    with pytest.raises(RequestProblem, match="Press Score class"):
        decide(book, key=seen["students"][0]["key"], decision="Accept", note="")


@pytest.mark.parametrize("decision", [*DECISIONS, ""])
def test_a_decision_changes_two_cells_of_one_student(scored: Memory, decision: str) -> None:
    before = scored.read()
    student = glance(before)["students"][4]
    scored.apply(decide(before, key=student["key"], decision=decision, note="Ring home"))
    after = scored.read()
    (one,), (other,) = before.sheets, after.sheets
    markbook = read_markbook(after)
    changed = {
        (row, column): cell
        for row, cells in enumerate(other.rows, start=1)
        for column, cell in enumerate(cells, start=1)
        if as_text(cell) != as_text(one.cell(row, column))
    }
    places = {(student["row"], markbook.results["Decision note"]): "Ring home"}
    if decision:
        places[student["row"], markbook.results["Decision"]] = decision
    assert changed == places
    shown = next(each for each in glance(after)["students"] if each["key"] == student["key"])
    assert (shown["decision"], shown["note"]) == (decision, "Ring home")


def test_the_next_run_keeps_the_decision(scored: Memory) -> None:
    key = glance(scored.read())["students"][0]["key"]
    scored.apply(decide(scored.read(), key=key, decision="Reject", note="Was ill"))
    score_class(scored)
    student = next(each for each in glance(scored.read())["students"] if each["key"] == key)
    assert (student["decision"], student["note"]) == ("Reject", "Was ill")


@pytest.mark.parametrize(
    ("decision", "note", "says"),
    [
        ("accept", "", "is not a decision"),
        ("▲ High", "", "is not a decision"),
        ("Accept", "x" * (LONGEST_NOTE + 1), f"{LONGEST_NOTE} are allowed"),
    ],
)
def test_what_is_no_decision_is_refused(scored: Memory, decision: str, note: str, says: str) -> None:
    book = scored.read()
    with pytest.raises(RequestProblem, match=says):
        decide(book, key=glance(book)["students"][0]["key"], decision=decision, note=note)


def test_a_student_who_has_left_the_sheet_is_refused(scored: Memory) -> None:
    with pytest.raises(RequestProblem, match="no longer on sheet"):
        decide(scored.read(), key="id:zq9999", decision="Accept", note="")


def test_of_two_students_alike_nobody_is_chosen() -> None:
    rows = [["Name", "Target", "Angles (20)"], ["Ova Zarrin", 7, 2], ["Ova Zarrin", 6, 9], ["Tul Beska", 5, 15]]
    host = Memory(support.book(*rows))
    score_class(host)
    book = host.read()
    twins = [student for student in glance(book)["students"] if not student["known"]]
    assert len(twins) == 2
    with pytest.raises(RequestProblem):
        decide(book, key=twins[0]["key"], decision="Accept", note="")


def test_a_sheet_that_was_sorted_meanwhile_gets_the_decision_on_the_right_row(scored: Memory) -> None:
    book = scored.read()
    student = glance(book)["students"][3]
    edits = decide(book, key=student["key"], decision="Accept", note="")
    heading, *rows = book.sheets[0].rows
    turned = Memory(support.book(heading, *reversed(rows)))
    turned.apply(edits)
    after = glance(turned.read())["students"]
    assert [each["key"] for each in after if each["decision"] == "Accept"] == [student["key"]]
    gone = Memory(support.book(heading, *rows[: student["row"] - 2], *rows[student["row"] - 1 :]))
    with pytest.raises(StudentsMoved):
        gone.apply(edits)


def test_the_mail_files_need_an_address(scored: Memory) -> None:
    with pytest.raises(RequestProblem, match="no mail address"):
        mail_files(scored.read())


def scored_with(**names: str) -> Book:
    rows = [support.HEADINGS, *support.students(6)]
    host = Memory(support.book(*rows, names=names))
    score_class(host)
    book = host.read()
    setup = Sheet(name="Setup", rows=((COLLEAGUES, "head@school.example"),))
    return replace(book, sheets=(*book.sheets, setup))


def test_no_mail_file_is_called_after_a_student() -> None:
    _, files = mail_files(scored_with(class_name="9A Ma1"))
    assert [file.name for file in files] == ["9A-Ma1.xlsx", "9A-Ma1.eml"]
    surname = str(support.students(6)[0][1])
    _, files = mail_files(scored_with(class_name=f"with {surname}"))
    assert [file.name for file in files] == ["markbook.xlsx", "markbook.eml"]


@pytest.mark.parametrize(
    ("setting", "says"),
    [('allowed_domains = ["other.example"]', "other.example alone"), ("largest_mb = 0.001", "allowed")],
)
def test_the_mail_files_keep_to_the_servers_settings(
    setting: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARKBOOK_HOME", str(tmp_path))
    (tmp_path / "mail.toml").write_text(setting)
    with pytest.raises(RequestProblem, match=says):
        mail_files(scored_with())


def test_flags_and_headings_of_the_glance_are_the_programs() -> None:
    assert glance(plain_book())["flags"] == [flag.value for flag in Flag]
    assert {"Decision", "Decision note"} <= set(RESULT_HEADINGS)


@pytest.mark.parametrize("docstring", ["", "One line.", "One line.\n\n    Example:\n        >>> 1\n        1\n"])
def test_a_docstring_without_arguments_has_none(docstring: str) -> None:
    first, arguments = described(docstring)
    assert first == docstring.partition("\n")[0]
    assert arguments == {}


def test_descriptions_keep_to_excels_length() -> None:
    first, arguments = described(f"{'word ' * 100}\n\nArgs:\n    one: {'word ' * 100}\n")
    assert len(first) <= LONGEST
    assert len(arguments["one"]) <= LONGEST


def test_no_script_of_the_server_writes_a_file() -> None:
    folder = Path(__file__).parents[2] / "addin" / "excel" / "server"
    writers = ("write_text", "write_bytes", "tempfile", "open(", "keep_draft", "mkdir")
    for name in ("answer", "app", "decision", "files", "gate", "glance", "log", "scripts"):
        text = (folder / f"{name}.py").read_text(encoding="utf-8")
        assert not [word for word in writers if word in text], name
