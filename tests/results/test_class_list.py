"""`Class list` and `Support`: every student in order of priority, who is flagged or accepted with a card, as of the run."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from addin.files.marked import score_file
from addin.hosts.memory import Memory
from addin.reading.grid import Book, CellValue, Sheet, as_text
from addin.results import class_list, history, support_cards
from addin.results.clinic_register import HEADINGS as CLINIC_HEADINGS
from addin.results.runs_line import MOST_RUNS, line_of
from addin.results.scored import Result
from addin.review import clear_results
from model.vocabulary import Flag
from templates.build import class_workbook
from tests import support

pytestmark = pytest.mark.dates

TODAY = date(2026, 3, 2)
LISTED, CARDS = class_list.SHEET, support_cards.SHEET


def rows(book: Book, sheet: str) -> list[dict[str, CellValue]]:
    """The rows of a sheet that are not blank, by its headings."""
    page = book.sheet(sheet)
    assert page is not None
    headings = [as_text(cell) for cell in page.rows[0]]
    return [dict(zip(headings, row, strict=True)) for row in page.rows[1:] if any(map(as_text, row))]


def scored(*others: Sheet, count: int = 12, today: date = TODAY) -> tuple[Book, dict[str, Result]]:
    """The book of a class with other sheets after a run, and the results by student ID."""
    own = support.book(support.HEADINGS, *support.students(count))
    host = Memory(Book(sheets=(*own.sheets, *others)))
    done, _ = support.score_class(host, add_sheets=True, today=today)
    return host.read(), {str(result.student_id): result for result in done.results}


def test_everybody_stands_once_in_order_of_priority() -> None:
    own = Memory(support.book(support.HEADINGS, *support.students(12)))
    done, _ = support.score_class(own, add_sheets=True, today=TODAY)
    listed = rows(own.read(), LISTED)
    assert [line["Student"] for line in listed] == [result.name for result in done.in_order()]
    for line, result in zip(listed, done.in_order(), strict=True):
        assert line["Priority"] == result.priority
        assert line["Flag"] == result.flag.value
        assert line["Strongest reason"] == result.reasons[0].short
        assert line["Likely grade"] == result.likely_grade
        assert line["Plain rule"] == result.beside_the_rule()
        for need in result.topics:
            assert (need.topic or need.strand) in str(line["Topics to work on"])


def test_a_card_for_each_who_is_flagged_or_accepted_and_for_nobody_else() -> None:
    host = Memory(support.book(support.HEADINGS, *support.students(12)))
    support.score_class(host, add_sheets=True, today=TODAY)
    page = host.book.sheets[0]
    flag, decision = page.rows[0].index("Flag"), page.rows[0].index("Decision")
    on_track = next(row for row, cells in enumerate(page.rows) if cells[flag] == Flag.ON_TRACK)
    decided = tuple(
        (*cells[:decision], "Accept", *cells[decision + 1 :]) if row == on_track else cells
        for row, cells in enumerate(page.rows)
    )
    host = Memory(Book(sheets=(Sheet(name=page.name, rows=decided), *host.book.sheets[1:])))
    done, _ = support.score_class(host, add_sheets=True, today=TODAY)
    accepted = done.results[on_track - 1]
    expected = [
        result
        for result in done.in_order()
        if result.flag in (Flag.HIGH, Flag.WATCH, Flag.ALWAYS_ABSENT) or result is accepted
    ]
    cards = rows(host.read(), CARDS)
    assert [card["Student"] for card in cards] == [f"{result.priority}. {result.name}" for result in expected]
    assert {card["Student"]: card["Decision"] for card in cards if card["Decision"]} == {
        f"{accepted.priority}. {accepted.name}": "Accept"
    }
    for card, result in zip(cards, expected, strict=True):
        assert str(card["Why"]).splitlines() == [f"- {reason}" for reason in result.reasons]
        assert result.activities[0].scaffold in str(card["What to do"])
        assert result.activities[0].fade in str(card["What to do"])


def test_change_runs_and_review_day_come_from_the_history() -> None:
    first, second = date(2025, 12, 12), date(2026, 2, 6)
    past = (
        (first, "ZQ1000", None, 0.1, Flag.ON_TRACK.value, 9, 2, "Expanding"),
        (second, "ZQ1000", None, 0.9, Flag.HIGH.value, 1, 3),
        (first, "ZQ1001", None, 0.2, Flag.HIGH.value, 2, 2, "Expanding"),
    )
    book, results = scored(Sheet(name="Runs", rows=(history.HEADINGS, *past)))
    lines = {str(line["Student"]): line for line in rows(book, LISTED)}
    cards = {str(card["Student"]).partition(". ")[2]: card for card in rows(book, CARDS)}
    for who, earlier in (("ZQ1000", [0.1, 0.9]), ("ZQ1001", [0.2])):
        result = results[who]
        line = lines[result.name]
        assert line["Last runs"] == line_of([*earlier, result.risk or 0.0])
        assert str(line["Change"])[0] in "↑↓→"
    for who, since in (("ZQ1000", second), ("ZQ1001", first)):
        card = cards.get(results[who].name)
        if card is not None:
            assert card["Review on"] == max(TODAY, since + support_cards.REVIEW_AFTER)
            story = str(card["Runs"]).splitlines()
            assert story[0].startswith("12 Dec: ")
            assert story[0].endswith("%, on Expanding")
            assert story[-1].endswith(f", on {history.working_on(results[who])}"), "another topic than then"
    assert any(who in cards for who in (results["ZQ1000"].name, results["ZQ1001"].name))


def test_the_clinic_is_the_latest_that_the_student_is_invited_to() -> None:
    def register(day: date, slot: str, status: str, who: str) -> tuple[CellValue, ...]:
        return (day, slot, status, who, None, "Fractions", 0.5, None, "Priority 1", 1, None)

    plan = Sheet(
        name="Clinic plan",
        rows=(
            CLINIC_HEADINGS,
            register(TODAY + timedelta(days=7), "Tue lunch", "Invited", "ZQ1003"),
            register(TODAY, "Mon lunch", "Invited", "ZQ1003"),
            register(TODAY, "Mon lunch", "Next in line", "ZQ1004"),
        ),
    )
    book, results = scored(plan)
    clinics = {line["Student"]: line["Clinic"] for line in rows(book, LISTED) if line["Clinic"]}
    assert clinics == {results["ZQ1003"].name: "Tue lunch, 9 Mar"}


def test_several_classes_stand_one_after_the_other_each_named(tmp_path: Path) -> None:
    path = support.write_workbook(
        tmp_path / "year.xlsx",
        {name: [support.HEADINGS, *support.students(9, seed=seed)] for name, seed in (("9A", 1), ("9B", 2))},
    )
    done = score_file(path, output=tmp_path / "out.xlsx", add_sheets=True, today=TODAY)
    page = load_workbook(done.output)[LISTED]
    names = [str(row[1]) for row in page.iter_rows(min_row=2, values_only=True)]
    assert [name[-4:] for name in names] == ["[9A]"] * 9 + ["[9B]"] * 9


def test_without_consent_no_sheet_is_added_and_somebody_elses_is_left_alone() -> None:
    own = support.book(support.HEADINGS, *support.students(9))
    host = Memory(own)
    support.score_class(host, today=TODAY)
    assert [sheet.name for sheet in host.read().sheets] == ["Y9"]
    theirs = Sheet(name="Support", rows=(("Phone", "Who"), ("01632 960123", "Helpdesk")))
    host = Memory(Book(sheets=(*own.sheets, theirs)))
    _, notices = support.score_class(host, add_sheets=True, today=TODAY)
    assert host.read().sheet("Support") == theirs
    assert any("'Support'" in notice and "left alone" in notice for notice in notices)


def test_clearing_empties_both_and_keeps_the_decisions() -> None:
    book, _ = scored()
    host = Memory(book)
    clear_results(host)
    assert rows(host.read(), LISTED) == rows(host.read(), CARDS) == []
    assert len(host.read().sheets[0].rows) == 13


def test_a_second_run_on_one_day_is_byte_identical(tmp_path: Path) -> None:
    path = tmp_path / "class.xlsx"
    class_workbook(path, students=15, seed=4)
    first = score_file(path, output=tmp_path / "a.xlsx", today=TODAY).output.read_bytes()
    again = score_file(tmp_path / "a.xlsx", output=tmp_path / "b.xlsx", today=TODAY).output.read_bytes()
    assert first == again


def test_the_line_of_runs_is_as_long_as_a_year_at_most() -> None:
    days = [date(2026, 1, 1) + timedelta(days=7 * week) for week in range(9)]
    past = tuple((day, "ZQ1000", None, 0.5, Flag.WATCH.value, 3, 3) for day in days)
    book, results = scored(Sheet(name="Runs", rows=(history.HEADINGS, *past)), today=date(2026, 6, 1))
    (line,) = [line for line in rows(book, LISTED) if line["Student"] == results["ZQ1000"].name]
    assert len(str(line["Last runs"])) == MOST_RUNS
