"""The pane's Columns in Chromium: what each column is taken for is shown, said otherwise once, and not asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from addin.errors import RequestProblem
from addin.excel.columns import columns_in, keep_columns
from addin.reading.grid import Book, Sheet
from tests.everybody.checkers import axe_violations
from tests.excel.pane_browser import PATIENCE, open_pane
from tests.excel.server_process import Live

if TYPE_CHECKING:
    from playwright.sync_api import Browser

GERMAN = (
    ("Nachname", "Vorname", "KA 1", "KA 2"),
    ("Zarrin", "Ova", 4, 2),
    ("Beska", "Tul", 2, 5),
    ("Dorro", "Pim", 1, 3),
)
ODD = (("Name", "Doodles", "Angles (20)"), ("Ova", 7, 12), ("Tul", 9, 15), ("Pim", 4, 8))


def workbook(rows: tuple[tuple[Any, ...], ...]) -> dict[str, Any]:
    return {"name": "own.xlsx", "sheets": [{"name": "Y9", "values": [list(row) for row in rows]}]}


def test_a_doubt_is_answered_once_and_the_class_is_scored(chromium: Browser, live: Live) -> None:
    with open_pane(chromium, live, workbook(GERMAN)) as pane:
        page = pane.page
        assert "nothing says whether 1 is the best" in page.locator("#problem").inner_text()
        page.get_by_role("button", name="Columns", exact=True).click()
        pane.settled()
        page.get_by_label("The best mark is").select_option("1")
        assert axe_violations(pane.page) == []
        page.get_by_role("button", name="Keep", exact=True).click()
        page.locator("#columns .saving:has-text('Kept on the sheet Columns')").wait_for(timeout=PATIENCE)
        pane.settled()
        assert len(pane.names()) == 3
        assert page.locator("#columns .doubt").is_hidden()


def test_each_column_is_shown_with_values_guess_and_reason(chromium: Browser, live: Live) -> None:
    with open_pane(chromium, live, workbook(ODD)) as pane:
        page = pane.page
        page.get_by_role("button", name="Columns", exact=True).click()
        pane.settled()
        first = page.locator("#columns li").first.inner_text()
        for words in ("B Doodles", "7 · 9 · 4", "test?", "numbers beside the names"):
            assert words in first
        page.get_by_label("What Doodles means").select_option("ignored")
        page.get_by_role("button", name="Keep", exact=True).click()
        page.locator("#columns .saving:has-text('Kept')").wait_for(timeout=PATIENCE)
        assert "Doodles" not in page.locator("#columns li").first.inner_text(), "what is said is no question any more"


def test_what_is_kept_is_read_and_nonsense_is_refused() -> None:
    book = Book(sheets=(Sheet(name="Y9", rows=ODD),))
    (listing,) = keep_columns(book, {"Doodles": "ignored"}).listings
    kept = Sheet(name=listing.sheet, rows=(listing.headings, *((str(a), str(b)) for a, b in listing.rows)))
    assert columns_in(Book(sheets=(*book.sheets, kept)))["columns"][1]["guess"] == "ignored"
    for said in ({}, {"Doodles": "chess"}, {"Nothing": "test"}):
        with pytest.raises(RequestProblem):
            keep_columns(book, said)
