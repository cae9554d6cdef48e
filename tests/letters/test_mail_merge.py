"""The CSV for a mail merge: no cell is a formula to whoever opens it, and every plain text comes back as it was."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.letters.folder import HEADINGS, mail_merge
from addin.reading.grid import safe
from tests.letters.samples import facts

ANY_TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"))
NASTY = st.lists(st.sampled_from([*"=+-@;,|\t\r\n'\" ", "＝", "cmd|' /C calc'!A0", "Ova", "é"])).map("".join)


def rows_of(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf"), "Excel takes a file without the mark for Windows-1252"
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def begins_as_formula(cell: str) -> bool:
    return re.match(r"\s*[=+\-@＝＋－＠]", cell) is not None


def test_a_row_a_student_with_every_heading_filled_in() -> None:
    (row,) = rows_of(mail_merge([(facts(), "a-family.html", "a-student.html")]))
    assert tuple(row) == HEADINGS
    assert (row["Name"], row["Form"], row["Date"], row["Session"], row["Room"]) == (
        "Ova Zarrin", "9A", "2026-03-02", "Mon lunch", "M4",
    )  # fmt: skip
    assert (row["Topic 1"], row["Topic 1 marks"], row["Topic 2"], row["Topic 2 marks"]) == (
        "Fractions", "6 out of 20", "", "",
    )  # fmt: skip
    assert [row[f"Step {number}"] for number in range(1, 5)] == ["Equivalent fractions", "Fractions", "", ""]
    assert row["Going well 1 marks"] == "16 out of 20", "no date to a spreadsheet program"
    assert (row["Family letter"], row["Student letter"]) == ("a-family.html", "a-student.html")


def test_without_session_topics_and_strengths() -> None:
    bare = facts(sessions=(), topics=(), focus=None, path=None, strengths=replace(facts().strengths, topics=()))
    (row,) = rows_of(mail_merge([(bare, "f", "s")]))
    assert row["Session"] == row["Topic 1"] == row["Step 1"] == row["Going well 1"] == ""


@pytest.mark.parametrize(
    "text", ["Anne-Marie O'Zarrin", "50 - 60", "a@b.example", "12:30-13:10", "x = 3", "", "9A/Ma1"]
)
def test_a_plain_text_stays_as_it_is(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize(
    "text", ["=1+1", "+44 1632", "-2", "@SUM(A1)", " =1", "\t=1", "\r=1", "＝1", "x;=1", "x,-1", "a\n@b", "\tx"]
)
def test_a_formula_becomes_text(text: str) -> None:
    assert not any(begins_as_formula(part) for part in re.split(r"[;,|\t\r\n]", safe(text)))
    assert safe(text).replace("'", "") == text


@given(text=ANY_TEXT | NASTY)
def test_no_text_is_a_formula_under_any_separator(text: str) -> None:
    guarded = safe(text)
    assert not begins_as_formula(guarded)
    for separator in ";,|\t\n":
        assert not any(begins_as_formula(part) for part in guarded.split(separator))
    assert len(guarded) - guarded.count("'") == len(text) - text.count("'"), "nothing is lost"


@given(name=ANY_TEXT | NASTY, school=NASTY)
def test_every_text_comes_back(name: str, school: str) -> None:
    two = [(facts(name=name, school=school), "f", "s"), (facts(), "f", "s")]
    first, second = rows_of(mail_merge(two))
    assert (first["Name"], first["School"]) == (safe(name), safe(school))
    assert second["Name"] == "Ova Zarrin"


def test_half_a_character_stops_nothing() -> None:
    assert rows_of(mail_merge([(facts(name="Ova \ud800"), "f", "s")]))[0]["Name"] == "Ova ?"
