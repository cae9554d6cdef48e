"""The register's exit tickets: right answers of questions, asked about where they are none; older plans are read as ever."""

from __future__ import annotations

from datetime import date

import pytest

from addin.reading.grid import Book, CellValue, Sheet
from addin.reading.markbook import read_markbook
from addin.results.clinic_places import attended_topics, keys_of, shown, tried_topics
from addin.results.clinic_register import HEADINGS, TICKET, lines_in, listing_of, queries_in, read_register
from addin.results.of_run import own_listings
from tests.support import HEADINGS as HEADINGS_OF_A_CLASS
from tests.support import book
from tests.support import students as students_of

pytestmark = pytest.mark.dates


def row(ticket: CellValue = None) -> tuple[CellValue, ...]:
    return (date(2026, 2, 9), "Mon lunch", "Invited", "ZQ1", None, "Fractions", 0.5, None, "Priority 1", 1, 1, ticket)


@pytest.mark.parametrize(
    ("typed", "read"),
    [(2.0, (2, 3)), ("3", (3, 3)), (0, (0, 3)), ("2/3", (2, 3)), ("4 / 5", (4, 5)), (None, None), ("", None)],
)
def test_a_ticket_is_right_answers_of_questions(typed: CellValue, read: tuple[int, int] | None) -> None:
    (line,) = lines_in([row(typed)])
    assert (line.ticket, line.topic, line.wrong) == (read, "Fractions", None)
    assert queries_in([row(typed)]) == ()


@pytest.mark.parametrize("typed", ["4", "good", "5/3", "1/0", "-1", "2.5", date(2026, 3, 2)])
def test_what_is_no_ticket_is_asked_about_and_attendance_stands(typed: CellValue) -> None:
    (query,) = queries_in([row(typed)])
    assert query.cell == "Clinic plan!L2"
    assert "exit ticket" in query.rule
    (line,) = lines_in([row(typed)])
    assert line.ticket is None
    assert line.cells[TICKET] == typed


def test_a_plan_of_the_first_version_is_read_and_becomes_wider() -> None:
    old = Sheet(name="Clinic plan", rows=(HEADINGS[:TICKET], row()[:TICKET]))
    book = Book(sheets=(old,))
    (line,) = read_register(book) or ()
    assert (line.attended, line.ticket) == (1, None)
    ((listing,), notices) = own_listings(book, (listing_of([line.cells]),))
    assert (listing.headings, notices) == (HEADINGS, ())
    assert all(len(cells) == len(HEADINGS) for cells in listing.rows)


def test_somebody_elses_sheet_is_still_left_alone() -> None:
    for theirs in (("Date", "Slot"), (*HEADINGS, "My own"), (*HEADINGS[:TICKET], "Biscuits")):
        book = Book(sheets=(Sheet(name="Clinic plan", rows=(theirs, theirs)),))
        assert own_listings(book, (listing_of([]),))[0] == ()


def test_an_exit_ticket_decides_whether_a_topic_is_done() -> None:
    students = read_markbook(book(HEADINGS_OF_A_CLASS, *students_of(3))).students
    who = [str(student.student_id) for student in students]

    def line(day: int, student: str, topic: str, came: CellValue, ticket: CellValue = None) -> tuple[CellValue, ...]:
        return (
            date(2026, 2, day),
            "Mon lunch",
            "Invited",
            student,
            None,
            topic,
            0.5,
            None,
            "Priority 1",
            1,
            came,
            ticket,
        )

    rows = [
        line(2, who[0], "Fractions", 1),
        line(2, who[1], "Fractions", 1, 3),
        line(9, who[1], "Angles", 1, 1),
        line(9, who[2], "Fractions", 1, 3),
        line(16, who[2], "Fractions", 1, 1),
        line(16, who[0], "Angles", 0),
    ]
    helped = attended_topics(lines_in(rows), students)
    assert helped == {students[0].key: frozenset({"Fractions"}), students[1].key: frozenset({"Fractions"})}
    assert tried_topics(lines_in(rows), students) == {students[1].key: {"Angles": 1}, students[2].key: {"Fractions": 1}}


def test_without_an_id_the_form_stands_behind_the_name_as_it_is_written() -> None:
    sheet = Sheet(
        name="Y9", rows=(("Name", "Reg", "Angles (20)"), ("Zarrin, Ova", "9K", 4.0), ("Beska, Tul", "9K", 5.0))
    )
    students = read_markbook(Book(sheets=(sheet,))).students
    assert [shown(student) for student in students] == [(None, "Ova Zarrin (9K)"), (None, "Tul Beska (9K)")]
    assert set(keys_of(students)) == {
        "ova zarrin (9k)",
        "tul beska (9k)",
    }  # rows of earlier plans, in small letters, are theirs
