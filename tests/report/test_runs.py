"""A student's story: which run is the last one, what has changed since the one before, and the small line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from addin.reading.grid import Book, CellValue, Sheet
from addin.report.charts import small_line
from addin.report.compose import class_lists
from addin.report.runs import stories_of
from addin.results.history import HEADINGS as RUN_HEADINGS
from addin.results.history import read_history
from addin.review import review
from tests.report.printed import TODAY
from tests.support import HEADINGS, book, students

pytestmark = pytest.mark.dates

ROWS = students(6)
NOW = {result.student_id: result for result in review(book(HEADINGS, *ROWS)).results}


def with_runs(*days: tuple[str, float | None]) -> Book:
    """The class with a run on each day; its risks lie so much above today's, None for the very risks of today."""
    some = book(HEADINGS, *ROWS)
    rows: list[tuple[CellValue, ...]] = [RUN_HEADINGS]
    for day, above in days:
        for who, result in NOW.items():
            assert result.risk is not None
            risk = round(result.risk + (above or 0.0), 4)
            rows.append((day, who, result.name, risk, result.flag.value, 1, 3))
    return replace(some, sheets=(*some.sheets, Sheet(name="Runs", rows=tuple(rows))))


def days_of(some: Book) -> list[str]:
    done = review(some)
    _, found = stories_of(done, read_history(some), today=TODAY)
    (days,) = {tuple(str(point.day) for point in story.points) for story in found.values()}
    return list(days)


def test_as_it_was_at_the_last_run_that_run_is_the_last_point() -> None:
    assert days_of(with_runs(("2026-02-06", 0.1), ("2026-02-13", None))) == ["2026-02-06", "2026-02-13"]


def test_changed_since_the_last_run_today_is_one_point_more() -> None:
    assert days_of(with_runs(("2026-02-06", 0.1), ("2026-02-13", 0.05))) == ["2026-02-06", "2026-02-13", "2026-03-02"]
    assert days_of(
        with_runs(
            ("2026-03-02", 0.05),
        )
    ) == ["2026-03-02"], "a run of today gives way to what is so now"


def test_rows_out_of_order_a_day_twice_and_a_day_to_come() -> None:
    some = with_runs(("2026-02-13", 0.2), ("2026-02-06", 0.1), ("2026-02-13", 0.05), ("2027-01-01", 0.3))
    assert days_of(some) == ["2026-02-06", "2026-02-13", "2026-03-02"]
    _, found = stories_of(review(some), read_history(some), today=TODAY)
    steps = [story.step for story in found.values()]
    assert steps == pytest.approx([-0.05] * 6, abs=1e-3), "the later row of one day stands"


@pytest.mark.parametrize(
    ("above", "arrow", "words"),
    [(0.1, "↓ 10", "down 10 points"), (-0.1, "↑ 10", "up 10 points"), (0.02, "→ 0", "no change")],
)
def test_arrow_and_words(above: float, arrow: str, words: str) -> None:
    for line in class_lists(with_runs(("2026-02-06", above)), today=TODAY).classes[0].lines:
        assert line.arrow == arrow
        assert words in line.change
        assert "6 Feb 2026" in line.change
        assert line.small is not None


def test_without_runs_nothing_is_told_and_with_a_first_one_new() -> None:
    bare = class_lists(book(HEADINGS, *ROWS), today=TODAY).classes[0]
    assert {(line.arrow, line.change, line.small) for line in bare.lines} == {("", "", None)}
    first = class_lists(with_runs(("2026-02-06", None)), today=TODAY).classes[0]
    assert {line.arrow for line in first.lines} == {"new"}
    assert first.day == date(2026, 2, 6)


def test_somebody_elses_sheet_of_that_name_is_no_history() -> None:
    some = book(HEADINGS, *ROWS)
    foreign = Sheet(name="Runs", rows=(("Date", "Runner"), (datetime(2026, 2, 6), "Ova")))
    made = class_lists(replace(some, sheets=(*some.sheets, foreign)), today=TODAY)
    assert {line.arrow for line in made.classes[0].lines} == {""}


def test_the_small_line_is_of_the_last_runs_and_to_one_scale() -> None:
    some = with_runs(*((f"2025-{month:02}-06", -0.001 * month) for month in range(1, 13)))
    _, found = stories_of(review(some), read_history(some), today=TODAY)
    for story in found.values():
        small = small_line(story)
        assert small is not None
        assert small.path.count("L") == 7
        assert small.told.count(";") == 7
        assert small.y == pytest.approx(2 + 11 * (1 - (story.points[-1].risk or 0.0)), abs=0.06)
