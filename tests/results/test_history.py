"""History: one row per student and date, the same date replaces, and the change is told from the last earlier date."""

from __future__ import annotations

from datetime import date

import pytest

from addin.reading.grid import Book, CellValue, Sheet
from addin.results.history import HEADINGS, changes, merged, read_history, with_run
from addin.results.scored import Review
from addin.review import review
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
    odd = ("last autumn", None, "Somebody", "high", "?", None, None)
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
