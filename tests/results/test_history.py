"""History: one row per student and date, the same date replaces, and the change is told from the last earlier date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from addin.hosts.memory import Memory
from addin.reading.grid import Book, CellValue, Sheet
from addin.results.clinic_register import HEADINGS as PLAN_HEADINGS
from addin.results.earlier import NOTHING_EARLIER
from addin.results.history import HEADINGS, changes, merged, read_history, with_run, working_on
from addin.results.of_run import edits_of
from addin.results.scored import LatePaths, Review
from addin.review import review, score_classes
from tests import support

pytestmark = pytest.mark.dates

TODAY = date(2026, 2, 6)


def a_review() -> Review:
    return review(support.book(support.HEADINGS, *support.students(12)))


def a_history(*rows: tuple[CellValue, ...]) -> Book:
    return Book(sheets=(Sheet(name="Runs", rows=(HEADINGS, *rows)),))


def test_no_sheet_or_somebody_elses_is_no_history() -> None:
    assert read_history(Book(sheets=())) is None
    assert read_history(Book(sheets=(Sheet(name="Runs", rows=(("Event", "Year"),)),))) is None
    wider = Sheet(name="Runs", rows=((*HEADINGS, "My own notes"),))
    assert read_history(Book(sheets=(wider,))) is None
    assert read_history(a_history()) == ()


ROW = (date(2025, 12, 12), "ZQ1", "Ova Zarrin", 0.5, "● Watch", 2, 2)


def test_a_sheet_from_before_paths_is_read_and_its_rows_are_widened() -> None:
    older = Book(sheets=(Sheet(name="Runs", rows=(HEADINGS[:-1], ROW)),))
    entries = read_history(older)
    assert entries is not None
    assert [entry.cells for entry in entries] == [(*ROW, None)]
    assert entries == read_history(Book(sheets=(Sheet(name="History", rows=((*HEADINGS[:-1], None), (*ROW, None))),)))


def test_notes_where_the_new_column_goes_are_left_alone() -> None:
    done = a_review()
    noted = Sheet(name="Runs", rows=(HEADINGS[:-1], (*ROW, "after illness")))
    book = support.book(support.HEADINGS, *support.students(12))
    book = replace(book, sheets=(*book.sheets, noted))
    assert read_history(book) is None
    edits, notices = edits_of(book, done, earlier=NOTHING_EARLIER, add_sheets=True, today=TODAY)
    assert "Runs" not in [listing.sheet for listing in edits.listings]
    assert notices == ("The sheet 'Runs' has notes where the column 'Working on' goes and was left alone.",)


def test_notes_without_a_heading_further_right_keep_no_run_from_being_read() -> None:
    entries = read_history(a_history((*ROW, "Expanding", "after illness")))
    assert entries is not None
    assert [entry.cells for entry in entries] == [(*ROW, "Expanding")]


def test_a_run_keeps_what_each_path_begins_with() -> None:
    done = a_review()
    run = with_run((), [done], TODAY)
    assert [entry.cells[-1] for entry in run] == [working_on(result) for result in done.results]
    assert {entry.cells[-1] for entry in run} <= {
        None,
        *(result.pathway[0].topic for result in done.results if result.pathway),
    }
    assert len({entry.cells[-1] for entry in run}) > 1
    assert {entry.cells[-1] for entry in with_run((), [done], TODAY, paths=False)} == {None}


def test_looking_back_shows_how_the_path_moved_on() -> None:
    rows = support.students(12)
    book = support.book(support.HEADINGS, *rows)
    before = review(book)
    was = working_on(before.results[0])
    came = dict.fromkeys(PLAN_HEADINGS) | {
        "Date": "2026-02-09", "Slot": "Mon lunch", "Status": "Invited", "Student ID": rows[0][0], "Topic": was, "Offered": 1,
        "Attended": 1, "Exit ticket": 3,
    }  # fmt: skip
    plan = Sheet(name="Clinic plan", rows=(PLAN_HEADINGS, tuple(came.values())))
    after = review(replace(book, sheets=(*book.sheets, plan)))
    runs = with_run(with_run((), [before], TODAY), [after], date(2026, 2, 13))
    told = [(entry.day, entry.cells[-1]) for entry in runs if entry.cells[1] == rows[0][0]]
    assert [day for day, _ in told] == [TODAY, date(2026, 2, 13)]
    assert told[0][1] == was
    assert told[1][1] == after.results[0].pathway[0].topic != was


def test_once_only_the_mix_is_left_it_says_so() -> None:
    done = a_review()
    mix = done.results[0].pathway[-1:]
    assert working_on(replace(done.results[0], path=(LatePaths(lambda: (mix,)), 0))) == "Mixed practice"
    assert working_on(replace(done.results[0], path=None)) is None


@pytest.mark.parametrize("day", [date(2025, 12, 12), "2025-12-12", "2025-12-12 00:00:00"])
def test_days_are_read_as_dates_or_text(day: CellValue) -> None:
    entries = read_history(a_history((day, "ZQ1", "Ova Zarrin", 0.5, "● Watch", 2, 2)))
    assert entries is not None
    assert entries[0].day == date(2025, 12, 12)


def test_a_run_adds_one_row_per_student_and_the_same_date_replaces_it() -> None:
    done = a_review()
    once = with_run((), [done], TODAY)
    assert len(once) == 12
    assert {entry.day for entry in once} == {TODAY}
    again = with_run(once, [done], TODAY)
    assert [entry.cells for entry in again] == [entry.cells for entry in once]
    later = with_run(once, [done], date(2026, 3, 27))
    assert len(later) == 24
    assert later[:12] == once


def test_rows_that_are_not_understood_are_kept_as_they_are() -> None:
    odd = ("last autumn", None, "Somebody", "high", "?", None, None, None)
    entries = read_history(a_history(odd))
    assert entries is not None
    assert with_run(entries, [a_review()], TODAY)[0].cells == odd


def test_change_is_told_from_the_last_earlier_date() -> None:
    done = a_review()
    first, second = done.results[0], done.results[1]
    assert first.risk is not None
    assert second.risk is not None
    low = max(0.0, first.risk - 0.2)
    entries = read_history(
        a_history(
            (date(2025, 10, 3), first.student_id, first.name, 0.99, "▲ High", 1, 1),
            (date(2025, 12, 12), first.student_id, first.name, low, first.flag.value, 9, 2),
            (date(2025, 12, 12), second.student_id, second.name, second.risk, second.flag.value, 8, 2),
            (TODAY, first.student_id, first.name, 0.0, "■ On track", 12, 3),
        )
    )
    assert entries is not None
    told = changes(entries, done, TODAY)
    points = round(100 * (first.risk - low))
    assert told[first.key] == (
        f"↑ {points} points since 12 Dec 2025" if points >= 3 else "→ no change since 12 Dec 2025"
    )
    assert told[second.key] == "→ no change since 12 Dec 2025"
    assert told[done.results[2].key] == "new"


def test_another_flag_than_last_time_is_said() -> None:
    done = a_review()
    result = next(r for r in done.results if r.risk is not None)
    entries = read_history(a_history((date(2025, 12, 12), result.student_id, result.name, result.risk, "x", 1, 2)))
    assert entries is not None
    assert changes(entries, done, TODAY)[result.key].endswith(", was x")


def test_histories_merge_and_the_first_one_stands() -> None:
    done = a_review()
    here = with_run((), [done], TODAY)
    there = tuple(read_history(a_history((TODAY, done.results[0].student_id, "x", 0.1, "x", 1, 1))) or ())
    assert merged(here, there) == here
    older = tuple(read_history(a_history((date(2025, 10, 3), "ZQ1", "x", 0.1, "x", 1, 1))) or ())
    assert len(merged(here, older, None)) == len(here) + 1


@pytest.mark.parametrize("name", ["Runs", "History"])
def test_an_empty_sheet_of_that_name_is_filled_and_a_second_run_says_the_same(name: str) -> None:
    plain = support.book(support.HEADINGS, *support.students(8))
    host = Memory(replace(plain, sheets=(*plain.sheets, Sheet(name=name, rows=()))))
    score_classes(host, today=TODAY)
    first = host.book
    assert "new" in {cell for row in first.sheets[0].rows for cell in row}
    score_classes(host, today=TODAY)
    assert host.book == first


@pytest.mark.parametrize("name", ["Queries", "Runs", "Class list", "Support"])
def test_a_sheet_with_a_blank_first_row_is_somebodys_and_left_alone(name: str) -> None:
    plain = support.book(support.HEADINGS, *support.students(8))
    own = Sheet(name=name, rows=((None, None), ("Ring home", "Zova0")))
    host = Memory(replace(plain, sheets=(*plain.sheets, own)))
    _, notices = score_classes(host, add_sheets=True, today=TODAY)
    assert host.book.sheet(name) == own
    assert any(f"'{name}'" in notice and "left alone" in notice for notice in notices)
