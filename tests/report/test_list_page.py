"""The class list in a browser: one sheet of A4, one screen, for everybody, and nothing that runs or is fetched."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import html

from addin.reading.grid import Book
from addin.reading.headings.roles import RESULT_HEADINGS
from addin.report.compose import class_lists
from addin.report.filters import read_filters
from addin.report.page import list_page
from tests.report.printed import SCREEN, TODAY, opened, rows_of
from tests.support import FIRST_MARK, HEADINGS, book, students

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def page_of(some: Book, *, support: bool = False, groups: tuple[str, ...] = ()) -> str:
    made = class_lists(some, filters=read_filters((), groups), support=support, today=TODAY)
    return list_page(made.classes)


def own_book(count: int) -> Book:
    """A teacher's own sheet: no template, no run, no decision, no clinic."""
    return book(HEADINGS, *students(count))


def test_a_class_of_32_with_everything_is_one_sheet_and_one_screen(
    chromium: Browser, full_book: Book, page_file: Path
) -> None:
    with opened(chromium, page_of(full_book), page_file) as shown:
        assert shown.requests == [page_file.as_uri()]
        assert shown.violations() == []
        assert shown.console == []
        size = shown.page.evaluate(
            "() => [document.documentElement.scrollWidth, document.querySelector('main').getBoundingClientRect().height]"
        )
        assert size[0] <= SCREEN["width"]
        assert size[1] <= SCREEN["height"]
        assert shown.page.locator("figure svg").count() == 3
        sheets, paper = shown.sheets(page_file.parent)
    assert (sheets, "A4" in paper) == (1, True)


@pytest.mark.parametrize(("count", "most"), [(1, 1), (30, 1), (32, 1), (200, 8)])
def test_a_book_of_the_teachers_own_of_any_size(chromium: Browser, count: int, most: int, page_file: Path) -> None:
    page = page_of(own_book(count))
    assert len(rows_of(page)) == count
    with opened(chromium, page, page_file) as shown:
        assert shown.violations() == []
        assert shown.console == []
        sheets, _ = shown.sheets(page_file.parent)
    assert 1 <= sheets <= most


def long_names(some: Book, name: str) -> Book:
    """The same class, its students all with a long name that is each one's own."""
    sheet = some.sheets[0]
    rows = [list(row) for row in sheet.rows]
    surname = rows[0].index("Surname")
    for number, row in enumerate(rows[1:]):
        row[surname] = f"{name}{chr(97 + number % 26)}{number}"
    return replace(some, sheets=(replace(sheet, rows=tuple(map(tuple, rows))),))


@pytest.mark.parametrize("name", ["Featherstonehaugh-Zarrowmondeley-", "Wamwanjambo-Mwangemwamwe"])
def test_long_names_are_set_smaller_and_still_print_on_one_sheet(chromium: Browser, name: str, page_file: Path) -> None:
    with opened(chromium, page_of(long_names(own_book(32), name)), page_file) as shown:
        sheets, _ = shown.sheets(page_file.parent)
        shown.page.emulate_media(media="print")
        cut = shown.page.evaluate(
            "() => [...document.querySelectorAll('tbody :is(td, th)')].filter((e) => e.scrollWidth > e.clientWidth + 1)"
            ".map((e) => e.outerHTML)"
        )
    assert (sheets, cut) == (1, [])


def test_long_words_in_setup_headings_and_decisions_leave_it_on_one_sheet(chromium: Browser, page_file: Path) -> None:
    headings = [*HEADINGS, "SEN", *RESULT_HEADINGS]
    headings[FIRST_MARK] = "Solving simultaneous equations by drawing both of the lines (20)"
    said = "Accept, but only from after the break on, when the trip is over"
    rows = [[*row, "K", *[None] * 7, said, "A note"] for row in students(32)]
    names = {
        "school": "The Very Long Named Church of England Academy and Sixth Form College, Lower Example",
        "teacher": "Ms A. Longname-Colleague and Mr T. Otherlongname-Example",
        "class_name": "11-Heather/Ma1, the second set of the upper half of the year",
    }
    page = page_of(book(headings, *rows, names=names), groups=("SEN=K",))
    assert said[:12] in page
    assert said not in page
    with opened(chromium, page, page_file) as shown:
        assert shown.violations() == []
        assert shown.sheets(page_file.parent)[0] == 1


def test_every_font_will_do(chromium: Browser, full_book: Book, page_file: Path) -> None:
    """A computer without Calibri: the wide letters of Arial are set to the same height."""
    wide = re.sub(r"Calibri, Carlito, \"Segoe UI\", Arial", '"Liberation Sans", Arial', page_of(full_book))
    assert "Carlito" not in wide
    with opened(chromium, wide, page_file) as shown:
        assert shown.sheets(page_file.parent)[0] == 1


def test_on_a_phone_the_list_is_scrolled_and_not_the_page(chromium: Browser, full_book: Book, page_file: Path) -> None:
    with opened(chromium, page_of(full_book, support=True), page_file) as shown:
        for width in (320, 390, 899):
            shown.page.set_viewport_size({"width": width, "height": 800})
            over = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert shown.page.evaluate(over) == 0
        assert shown.violations() == []


def test_who_is_always_absent_stands_first_and_in_the_chart() -> None:
    rows = students(8)
    for mark in range(FIRST_MARK, len(HEADINGS)):
        rows[3][mark] = "Abs"
    page = page_of(book(HEADINGS, *rows))
    assert rows_of(page)[0][2] == "◆ Always absent"
    assert "◆ Always absent 1" in page


def test_support_cards_follow_on_sheets_of_their_own(chromium: Browser, full_book: Book, page_file: Path) -> None:
    page = page_of(full_book, support=True)
    with opened(chromium, page, page_file) as shown:
        assert shown.requests == [page_file.as_uri()]
        assert shown.violations() == []
        assert shown.console == []
        cards = shown.page.locator("article.card")
        assert cards.count() >= 5
        first = cards.first
        assert first.locator("svg[role=img]").count() == 1
        story = first.locator("ol li").all_text_contents()
        assert [line.partition(":")[0] for line in story] == ["12 Dec 2025", "6 Feb 2026", "2 Mar 2026"]
        assert all(re.search(r"risk \d+ %, (High|Watch|On track)$", line) for line in story)
        told = first.locator("svg[role=img]").get_attribute("aria-label") or ""
        assert all(line in told for line in story)
        sheets, _ = shown.sheets(page_file.parent)
    assert 1 < sheets <= 1 + cards_of(page)


def cards_of(page: str) -> int:
    return len(html.fromstring(page).xpath("//article"))


def test_several_classes_have_a_sheet_each(chromium: Browser, page_file: Path) -> None:
    two = book(HEADINGS, *students(30), name="9A").sheets + book(HEADINGS, *students(31, seed=2), name="9B").sheets
    page = page_of(Book(sheets=two))
    with opened(chromium, page, page_file) as shown:
        assert shown.violations() == []
        assert shown.page.locator("h1").all_text_contents() == ["Maths Clinic: 9A", "Maths Clinic: 9B"]
        assert shown.sheets(page_file.parent)[0] == 2


def test_markup_in_names_headings_and_decisions_stays_text(chromium: Browser, page_file: Path) -> None:
    bad = '<img src=x onerror="document.title=1">'
    rows = [list(row) for row in students(4)]
    rows[0][1] = rows[1][3] = bad
    headings = [*HEADINGS, "</style><script>alert(1)</script> (20)"]
    some = book(headings, *([*row, 12.0] for row in rows), name="<b>9K</b>", names={"school": bad, "teacher": bad})
    page = page_of(some, support=True)
    tree = html.fromstring(page)
    assert not tree.xpath("//script|//img|//b|//iframe|//@onerror")
    with opened(chromium, page, page_file) as shown:
        assert shown.page.title() == "Maths Clinic: <b>9K</b>"
        assert shown.page.get_by_text(bad).count() >= 2
        assert shown.requests == [page_file.as_uri()]
        assert shown.console == []


def test_the_pages_policy_stops_what_would_run_or_be_fetched(chromium: Browser, page_file: Path) -> None:
    """The page's own policy is what holds where escaping would fail: what is put into it neither runs nor asks."""
    smuggled = '<script>document.title = "ran"</script><img src="http://127.0.0.1:9/x.png"></main>'
    page = page_of(own_book(3)).replace("</main>", smuggled)
    with opened(chromium, page, page_file) as shown:
        assert shown.page.title() != "ran"
        assert len([said for said in shown.console if "Content Security Policy" in said]) >= 2


def test_flags_are_told_without_colour(full_book: Book) -> None:
    found = {row[2] for row in rows_of(page_of(full_book))}
    assert {"▲ High", "● Watch", "■ On track"} <= found


def test_the_small_line_has_words(full_book: Book) -> None:
    first = rows_of(page_of(full_book))[0]
    assert re.search(r"12 Dec 2025: risk \d+ %, \w+; 6 Feb 2026: risk \d+ %, \w+; 2 Mar 2026: risk \d+ %", first[6])


def test_nothing_on_the_page_says_where_it_was_made(full_book: Book, tmp_path: Path) -> None:
    page = page_of(full_book)
    assert not re.search(r"https?:|file:|/tmp/|/home/|/root/", page)
    assert page == page_of(full_book), "the same book gives the same page"
