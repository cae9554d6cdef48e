"""The way from a markbook to clinic groups: decisions, unavailable days, the register kept and learnt from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from addin.clinics.planning import Planned, plan_class
from addin.errors import SheetProblem
from addin.hosts.memory import Memory
from addin.reading.grid import Book, CellValue, Sheet, address
from addin.results.clinic_register import (
    ATTENDED,
    DATE,
    HEADINGS,
    INVITED,
    NAME,
    OFFERED,
    SLOT,
    STATUS,
    STUDENT_ID,
    Cells,
    plan_rows,
)
from tests import support
from tests.support import score_class

pytestmark = pytest.mark.dates

FRIDAY, MONDAY, NEXT_MONDAY = date(2026, 2, 6), date(2026, 2, 9), date(2026, 2, 16)
CLINICS = (
    ("Slot", "Day", "Strand", "Seats", "Staff"),
    ("Mon lunch", "Monday", "Any", 3, "T. Example"),
    ("Wed lunch", "Wednesday", "Any", 3, "T. Example"),
)


def class_of(count: int = 20, *, column: dict[str, list[CellValue]] | None = None, clinics: object = CLINICS) -> Book:
    more = column or {}
    rows = [[*row, *(values[i] for values in more.values())] for i, row in enumerate(support.students(count))]
    own = support.book([*support.HEADINGS, *more], *rows)
    extra = (Sheet(name="Clinics", rows=clinics),) if isinstance(clinics, tuple) else ()
    return replace(own, sheets=(*own.sheets, *extra))


def planned(book: Book, today: date = FRIDAY, *, impact: bool = False) -> tuple[Planned, Book]:
    host = Memory(book)
    made, _ = plan_class(host, today=today, with_impact=impact)
    return made, host.book


def rows(book: Book, status: str = INVITED) -> list[Cells]:
    sheet = book.sheet("Clinic plan")
    assert sheet is not None
    assert sheet.rows[0] == HEADINGS
    return [row for row in sheet.rows[1:] if row[STATUS] == status]


def entered(book: Book, what: dict[str, CellValue], *, day: date = MONDAY) -> Book:
    """The book after a teacher has entered attendance of the session on a day: student ID -> what is typed."""
    sheet = book.sheet("Clinic plan")
    assert sheet is not None
    changed = tuple(
        (*row[:ATTENDED], what[str(row[STUDENT_ID])]) if row[DATE] == day and row[STUDENT_ID] in what else row
        for row in sheet.rows
    )
    return replace(book, sheets=tuple(replace(s, rows=changed) if s is sheet else s for s in book.sheets))


def decide(book: Book, who: str, decision: str) -> Book:
    sheet = book.sheets[0]
    column = sheet.rows[0].index("Decision")
    changed = tuple((*row[:column], decision, *row[column + 1 :]) if row[0] == who else row for row in sheet.rows)
    return replace(book, sheets=(replace(sheet, rows=changed), *book.sheets[1:]))


def test_the_plan_stands_on_its_sheet_and_the_flags_beside_the_students() -> None:
    made, book = planned(class_of())
    assert "Flag" in book.sheets[0].rows[0]
    invited = rows(book)
    assert {row[DATE] for row in invited} == {MONDAY, date(2026, 2, 11)}
    assert all((row[OFFERED], row[ATTENDED]) == (1, None) for row in invited)
    assert {row[STUDENT_ID] for row in invited} == {made.results()[key].student_id for key in made.places()}
    everybody = {row[STUDENT_ID] for status in (INVITED, "No place") for row in rows(book, status)}
    assert everybody == {row[0] for row in book.sheets[0].rows[1:]}


def test_a_second_run_changes_nothing() -> None:
    _, once = planned(class_of())
    _, twice = planned(once)
    assert twice == once


def test_sorting_the_sheet_changes_no_group() -> None:
    book = class_of()
    turned = replace(book.sheets[0], rows=(book.sheets[0].rows[0], *reversed(book.sheets[0].rows[1:])))
    made, _ = planned(book)
    other, _ = planned(replace(book, sheets=(turned, *book.sheets[1:])))
    assert other.plan.groups_told() == made.plan.groups_told()


def test_one_rejection_frees_the_place_for_the_next_in_line() -> None:
    one_clinic = class_of(clinics=CLINICS[:2])
    made, book = planned(one_clinic)
    (session,) = made.sessions
    gone = session.group.invited[0].key
    after, _ = planned(decide(book, str(made.results()[gone].student_id), "Reject"))
    before, now = set(made.places()), set(after.places())
    assert gone not in now
    assert session.group.waiting[0].key in now - before


@pytest.mark.parametrize("decision", ["Reject", "Defer"])
def test_who_is_rejected_or_deferred_is_never_invited(decision: str) -> None:
    made, book = planned(class_of())
    for key in list(made.places()):
        book = decide(book, str(made.results()[key].student_id), decision)
    after, _ = planned(book)
    assert not set(after.places()) & set(made.places())


def test_unavailable_days_are_kept_and_other_words_asked_about() -> None:
    days: list[CellValue] = ["Mon, Wed"] * 10 + [None] * 9 + ["football"]
    made, _ = planned(class_of(column={"Unavailable": days}))
    free = {str(row[0]) for row in class_of().sheets[0].rows[11:]}
    assert {made.results()[key].student_id for key in made.places()} <= free
    assert [(query.cell, query.value) for query in made.queries] == [("N21", "football")]


def test_entered_attendance_is_never_lost_and_is_learnt_from() -> None:
    made, book = planned(class_of())
    on_monday = [row for row in rows(book) if row[SLOT] == "Mon lunch"]
    came, stayed = str(on_monday[0][STUDENT_ID]), str(on_monday[1][STUDENT_ID])
    book = entered(book, {came: 1.0, stayed: "n"})
    for today in (FRIDAY, MONDAY, date(2026, 2, 13), date(2026, 3, 20)):
        after, book = planned(book, today)
        kept = {row[STUDENT_ID]: row[ATTENDED] for row in rows(book) if row[DATE] == MONDAY}
        assert kept == {row[STUDENT_ID]: None for row in on_monday} | {came: 1.0, stayed: "n"}
        key = {str(result.student_id): key for key, result in made.results().items()}
        assert after.rates.rate(key[came], "Mon lunch") > after.rates.rate(key[stayed], "Mon lunch")
        # The session is over: the next one of that slot is planned.
        assert next(s for s in after.sessions if s.group.slot.name == "Mon lunch").day >= NEXT_MONDAY
    # Six weeks later the help is no longer recent.
    assert after.plan.candidates[key[came]].recent == 1
    assert planned(book, date(2026, 4, 20))[0].plan.candidates[key[came]].recent == 0


def test_scoring_keeps_the_plan_and_its_register() -> None:
    _, book = planned(class_of())
    before = book.sheet("Clinic plan")
    host = Memory(book)
    score_class(host, today=FRIDAY)
    assert host.book.sheet("Clinic plan") == before


def test_blank_attendance_is_no_absence() -> None:
    made, book = planned(class_of())
    after, _ = planned(book, date(2026, 2, 13))
    assert after.rates.records == {}
    assert any("no attendance yet" in note for note in after.notes)
    assert not any("no attendance yet" in note for note in made.notes)


@pytest.mark.parametrize(("typed", "rule"), [("maybe", "how often"), (3.0, "more clinics than were offered")])
def test_attendance_that_is_not_understood_is_asked_about_and_kept(typed: CellValue, rule: str) -> None:
    _, book = planned(class_of())
    who = str(rows(book)[0][STUDENT_ID])
    after, book = planned(entered(book, {who: typed}), date(2026, 2, 13))
    assert [query.value for query in after.queries] == ["3" if typed == 3 else typed]
    assert rule in after.queries[0].rule
    assert typed in [row[ATTENDED] for row in rows(book)]
    where = after.queries[0].cell.removeprefix("Clinic plan!")
    assert where in {address(row, ATTENDED + 1) for row, cells in plan_rows(book) or () if cells[ATTENDED] == typed}


def test_who_came_without_an_invitation_is_counted() -> None:
    _, book = planned(class_of())
    sheet = book.sheet("Clinic plan")
    assert sheet is not None
    walk_in = (MONDAY, "Mon lunch", None, "ZQ1019", "Somebody", None, None, None, None, None, "y", 2.0)
    grown = replace(sheet, rows=(*sheet.rows, walk_in))
    after, book = planned(replace(book, sheets=(*book.sheets[:-1], grown)), date(2026, 2, 13))
    assert after.rates.records == {"id:zq1019": (1, 1)}
    kept = book.sheet("Clinic plan")
    assert kept is not None
    assert walk_in in kept.rows


def test_the_markbooks_own_totals_count_where_they_tell_more() -> None:
    totals: dict[str, list[CellValue]] = {
        "Clinics offered": [6.0] + [None] * 19,
        "Clinics attended": [1.0] + [None] * 19,
    }
    made, _ = planned(class_of(column=totals))
    assert made.rates.records == {"id:zq1000": (6, 1)}


def test_two_students_of_one_name_are_told_apart_by_their_form() -> None:
    rows_ = [["Ova Zarrin", "9A", 5, 4], ["Ova Zarrin", "9B", 5, 9], ["Tul Beska", "9A", 5, 12]]
    own = support.book(["Name", "Form", "Target", "Angles (20)"], *rows_)
    book = replace(own, sheets=(*own.sheets, Sheet(name="Clinics", rows=CLINICS)))
    _, book = planned(book)
    names = [str(row[NAME]) for row in rows(book)]
    assert {"Ova Zarrin (9A)", "Ova Zarrin (9B)"} <= set(names)


def test_a_foreign_sheet_of_that_name_is_not_touched() -> None:
    book = class_of()
    mine = Sheet(name="Clinic plan", rows=(("Room", "Key"), ("M1", "Office")))
    with pytest.raises(SheetProblem, match="Rename that sheet"):
        planned(replace(book, sheets=(*book.sheets, mine)))


def test_a_book_without_clinics_is_told_what_to_add() -> None:
    with pytest.raises(SheetProblem, match="no sheet 'Clinics'"):
        planned(class_of(clinics=None))


def test_the_comparison_stands_where_summary_looks_for_it() -> None:
    totals: dict[str, list[CellValue]] = {
        "Clinics offered": [2.0] * 15 + [None] * 25,
        "Clinics attended": [1.0] * 15 + [None] * 25,
    }
    made, book = planned(class_of(40, column=totals), impact=True)
    assert made.impact is not None
    assert (made.impact.offered, made.impact.is_told) == (15, True) or made.impact.offered in (13, 14)
    assert [len(rows(book, f"Impact: {what}")) for what in ("students", "change", "difference", "warning")] == [1] * 4
    _, again = planned(book)
    assert rows(again, "Impact: students") == []
