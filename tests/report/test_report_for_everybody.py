"""The pages of the report for everybody who reads: screen reader, keyboard, zoom, own spacing, high contrast, few colours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from addin.reading.grid import Book
from addin.report.evening import evening_of
from addin.report.page import evening_page
from tests.everybody.laid_out import ENLARGED
from tests.everybody.page import problems
from tests.everybody.read_out import read_out
from tests.report.printed import TODAY, opened, rows_of
from tests.report.test_list_page import page_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_the_class_list_and_the_cards(chromium: Browser, full_book: Book, page_file: Path) -> None:
    page_file.write_text(page_of(full_book, support=True), encoding="utf-8")
    assert problems(chromium, page_file) == []


def test_the_pages_for_parents_evening(chromium: Browser, full_book: Book, page_file: Path) -> None:
    page_file.write_text(evening_page(evening_of(full_book, today=TODAY).pages[:3]), encoding="utf-8")
    assert problems(chromium, page_file) == []


def test_a_chart_is_read_out_and_every_cell_has_its_student_and_heading(
    chromium: Browser, full_book: Book, page_file: Path
) -> None:
    page = page_of(full_book)
    with opened(chromium, page, page_file) as shown:
        nodes = [node for node in read_out(shown.page) if not node["passed over"]]
    told = [node["name"] for node in nodes if node["role"] in ("img", "image")]
    assert len(told) == 3
    assert all(any(sign.isdigit() for sign in words) for words in told), "charts tell their figures"
    heads = [node["name"] for node in nodes if node["role"] == "columnheader"]
    assert heads[:4] == ["Priority", "Student", "Flag", "Risk"]
    assert [node["name"] for node in nodes if node["role"] == "rowheader"] == [row[1] for row in rows_of(page)]


def test_names_stay_in_sight_while_an_enlarged_list_is_scrolled(
    chromium: Browser, full_book: Book, page_file: Path
) -> None:
    with opened(chromium, page_of(full_book), page_file) as shown:
        shown.page.set_viewport_size(ENLARGED)
        shown.page.locator(".scroll").focus()
        for _ in range(40):
            shown.page.keyboard.press("ArrowRight")
        shown.page.wait_for_function("() => document.querySelector('.scroll').scrollLeft > 200")
        assert shown.page.locator("tbody th").first.bounding_box()["x"] >= 0  # type: ignore[index]
