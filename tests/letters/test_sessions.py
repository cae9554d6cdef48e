"""The plan is read by identity; a place that is past, unsure or somebody else's never reaches a letter."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from addin.letters.compose import compose
from addin.letters.facts import Session
from addin.letters.sessions import Places, places_in
from addin.reading.grid import CellValue
from addin.reading.markbook import read_markbook
from tests.letters.samples import TODAY, decided_book, whole_text
from tests.support import Row, students

pytestmark = pytest.mark.dates

HEADINGS: Row = ("Date", "Slot", "Status", "Student ID", "Name", "Topic")
CLINICS: tuple[Row, ...] = (
    ("Slot", "Day", "Time", "Strand", "Seats", "Staff", "Room"),
    ("Mon lunch", "Monday", "12:30-13:10", "Any", 8, "T. Example", "M4"),
    ("Tue", "Tuesday", time(15, 30), "Any", 8, "A. Colleague", None),
)
NEXT_MONDAY = date(2026, 3, 9)
ROWS = students(4)
IDS = [str(row[0]) for row in ROWS]
KEYS = [f"id:{student_id.casefold()}" for student_id in IDS]


def places(*plan: Row, headings: Row = HEADINGS, clinics: tuple[Row, ...] = CLINICS) -> Places:
    book = decided_book(["Accept"] * 4, plan=(headings, *plan), clinics=clinics)
    return places_in(book, read_markbook(book), today=TODAY)


def test_a_place_with_what_the_clinics_say_of_it() -> None:
    found = places((NEXT_MONDAY, "Mon lunch", "Invited", IDS[0], "whoever", "Fractions"))
    assert found.sessions == {
        KEYS[0]: (
            Session(
                slot="Mon lunch", date=NEXT_MONDAY, day="Monday", time="12:30-13:10", room="M4", staff="T. Example",
                topic="Fractions",
            ),
        )
    }  # fmt: skip


@pytest.mark.parametrize("place", ["Next in line", "No place", "next in line"])
def test_only_who_is_invited_has_a_place(place: str) -> None:
    found = places((NEXT_MONDAY, "Mon lunch", place, IDS[0], None, "Fractions"))
    assert (found.sessions, found.planned) == ({}, False)


@pytest.mark.parametrize(
    "when", [date(2026, 3, 2), datetime(2026, 3, 2, 12, 30), "2026-03-02", "2026-03-02 00:00:00", None]
)
def test_a_place_of_today_or_without_a_date_counts(when: CellValue) -> None:
    assert len(places((when, "Mon lunch", "Invited", IDS[0], None, None)).sessions[KEYS[0]]) == 1


def test_a_past_place_does_not() -> None:
    found = places((date(2026, 2, 23), "Mon lunch", "Invited", IDS[0], None, None))
    assert (found.sessions, found.planned) == ({}, True)


def test_several_places_in_the_order_of_their_dates() -> None:
    found = places(
        (date(2026, 3, 10), "Tue", "Invited", IDS[0], None, "Angles"),
        (NEXT_MONDAY, "Mon lunch", "Invited", IDS[0], None, "Fractions"),
        (None, "Fri", "Invited", IDS[0], None, "Speed"),
    )
    assert [session.slot for session in found.sessions[KEYS[0]]] == ["Mon lunch", "Tue", "Fri"]
    assert found.sessions[KEYS[0]][1].time == "15:30"


def test_the_id_goes_before_the_name() -> None:
    name = f"{ROWS[1][2]} {ROWS[1][1]}"
    assert set(places((NEXT_MONDAY, "Tue", "Invited", IDS[0], name, None)).sessions) == {KEYS[0]}
    assert places((NEXT_MONDAY, "Tue", "Invited", "ZQ9999", name, None)).sessions == {}
    assert set(places((NEXT_MONDAY, "Tue", "Invited", None, name, None)).sessions) == {KEYS[1]}


def test_a_name_that_two_share_is_asked_about() -> None:
    rows = students(3)
    rows[1][1:3] = rows[0][1:3]
    name = f"{rows[0][2]} {rows[0][1]}"
    book = decided_book(
        ["Accept"] * 3, rows=rows, plan=(HEADINGS, (NEXT_MONDAY, "Tue", "Invited", None, name, None)), clinics=CLINICS
    )
    found = places_in(book, read_markbook(book), today=TODAY)
    assert (found.sessions, found.unclear) == ({}, (name,))
    assert any(name in notice and "student ID" in notice for notice in compose(book, today=TODAY).notices)


def test_a_plan_of_the_teachers_own_making() -> None:
    plan = (("Clinic", "Student", "Starts", "Room"), ("Thursday club", f"{ROWS[2][2]} {ROWS[2][1]}", 0.5, "Library"))
    book = decided_book(["Accept"] * 4, plan=(("Our clinics this term",), *plan))
    (session,) = places_in(book, read_markbook(book), today=TODAY).sessions[KEYS[2]]
    assert session == Session(slot="Thursday club", time="12:00", room="Library")


def test_the_letter_names_the_session() -> None:
    plan = (HEADINGS, (NEXT_MONDAY, "Mon lunch", "Invited", IDS[0], None, "Fractions"))
    composed = compose(decided_book(["Accept"] * 2, plan=plan, clinics=CLINICS), today=TODAY)
    with_place, without = map(whole_text, composed.letters)
    assert "Monday 9 March, 12:30-13:10" in with_place
    for word in ("M4", "T. Example", "Fractions"):
        assert word in with_place
    assert "will tell you the day" not in with_place
    assert "T. Example will tell you the day, the time and the room." in without
    assert any(notice.startswith("1 of 2 accepted has no coming place") for notice in composed.notices)


@pytest.mark.parametrize(
    ("plan", "told"),
    [((), "no clinic plan yet"), ((HEADINGS, (date(2026, 2, 23), "Tue", "Invited", IDS[0])), "markbook plan' again")],
)
def test_a_missing_or_past_plan_is_said(plan: tuple[Row, ...], told: str) -> None:
    assert any(told in notice for notice in compose(decided_book(["Accept"], plan=plan), today=TODAY).notices)


def test_the_activity_is_told_only_for_the_sessions_own_topic() -> None:
    plan = (HEADINGS, (NEXT_MONDAY, "Mon lunch", "Invited", IDS[0], None, "Money maths"))
    (letter,) = compose(decided_book(["Accept"], plan=plan, clinics=CLINICS), today=TODAY).letters
    assert letter.facts.activity == ""
    assert "We will work on Money maths." in whole_text(letter)
