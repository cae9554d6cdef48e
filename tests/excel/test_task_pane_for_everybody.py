"""The task pane when something is wrong, and for everybody: errors in place, keyboard, contrast, zoom, narrow panes, axe-core."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from addin.excel.buttons import BUTTONS
from addin.excel.server.gate import UNEXPECTED
from addin.files.package.read import read_book
from addin.reading.markbook import read_markbook
from addin.results.columns import DECISIONS
from model.vocabulary import Flag
from tests.everybody.checkers import axe_violations, equal_access_violations
from tests.everybody.laid_out import enlarged_and_spaced
from tests.everybody.read_out import not_by_keyboard, read_out, unnamed
from tests.everybody.seen import SCALE, faint_anyhow
from tests.excel.pane_browser import CALLS, SHEET, Pane, decision_cells, open_pane
from tests.excel.server_books import stand_in_workbook
from tests.excel.server_process import Live, live_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Errors, each in its place


def test_a_server_that_is_gone_is_told_and_the_list_stays(chromium: Browser, class_path: Path, tmp_path: Path) -> None:
    with ExitStack() as closing:
        serving = closing.enter_context(ExitStack())
        gone = serving.enter_context(live_server(tmp_path))
        pane = closing.enter_context(open_pane(chromium, gone, stand_in_workbook(class_path)))
        with_focus = pane.page.get_by_role("button", name="Check data")
        serving.close()
        pane.press("Check data")
        assert (
            "The server did not answer, and before it answers nothing is changed"
            in pane.page.locator("#problem").inner_text()
        )
        assert len(pane.names()) == 30
        pane.page.get_by_role("button", name="Close").click()
        assert pane.page.locator("#problem").inner_text() == ""
        assert with_focus.evaluate("(e) => e === document.activeElement")
        item = pane.expand(pane.names()[0])
        item.get_by_role("button", name="Reject").click()
        pane.settled()
        assert "The server did not answer" in item.locator(".refused").inner_text()
        assert not pane.page.locator("#problem p").count()


def test_too_large_and_not_signed_in_are_told(chromium: Browser, class_path: Path, tmp_path: Path) -> None:
    sign_in = {
        "XLWINGS_AUTH_PROVIDERS": '["entraid"]',
        "XLWINGS_AUTH_ENTRAID_CLIENT_ID": "a",
        "XLWINGS_AUTH_ENTRAID_TENANT_ID": "b",
    }
    with live_server(tmp_path, "--largest-request", "1", **sign_in) as strict:
        with open_pane(chromium, strict, stand_in_workbook(class_path)) as pane:
            assert "not signed in" in pane.page.locator("#problem").inner_text()
        large = {"name": "b.xlsx", "sheets": [{"name": "Notes", "values": [["x" * 1_100_000]]}]}
        with open_pane(chromium, strict, large) as pane:
            assert "larger than the 1 MB" in pane.page.locator("#problem").inner_text()


def test_a_fault_of_the_server_is_told_as_it_says_it(pane: Pane) -> None:
    """The answer is made here, since the server has no fault to be asked for; test_server has how it answers one."""
    pane.page.route(
        re.compile(CALLS), lambda route: route.fulfill(status=500, body=UNEXPECTED, content_type="text/plain")
    )
    pane.press("Score class")
    assert pane.page.locator("#problem p").inner_text() == UNEXPECTED


def test_unseen_it_reads_nothing_until_it_is_looked_at(chromium: Browser, live: Live, class_path: Path) -> None:
    workbook = stand_in_workbook(class_path)
    with open_pane(chromium, live, workbook, seen=False) as pane:
        pane.page.wait_for_load_state("networkidle")
        assert not [url for url in pane.requests if CALLS in url]
        pane.page.evaluate(
            "() => { globalThis.seen = 'visible'; document.dispatchEvent(new Event('visibilitychange')); }"
        )
        pane.page.locator("#students > li").first.wait_for()
        assert len(pane.names()) == 30


def test_microsofts_own_script_reaches_nobody_and_needs_no_exception(chromium: Browser, live: Live) -> None:
    """office.js as served, unchanged, in a browser without Excel: it asks the server alone; the pane says that Excel is missing."""
    with open_pane(chromium, live, None) as pane:
        pane.page.locator("#xlwings-office-ready-error").wait_for()
        assert [url for url in pane.requests if url.endswith("/office.js")]
        assert not [url for url in pane.requests if not url.startswith(f"{live.origin}/")]
        assert not [what for what in pane.forbidden if "script" in what or "eval" in what], pane.forbidden
        pane.page.get_by_role("button", name="Close").click()
        assert not pane.page.locator("#xlwings-office-ready-error").is_visible()


# For everybody


@pytest.mark.parametrize(
    "how", [{}, {"width": 320}, {"forced_colors": "active"}], ids=["light", "narrow", "high-contrast"]
)
def test_axe_finds_nothing(chromium: Browser, live: Live, class_path: Path, how: dict[str, Any]) -> None:
    workbook = stand_in_workbook(class_path)
    markbook = next(sheet for sheet in workbook["sheets"] if sheet["name"] == SHEET)
    first = read_markbook(read_book(class_path))
    test = next(column.index for column in first.columns if column.role.value == "test")
    markbook["values"][first.first_row - 1][test] = "4?"
    with open_pane(chromium, live, workbook, **how) as pane:
        assert how or axe_violations(pane.page) == []
        assert "1 cell not understood" in pane.page.locator("#queries").inner_text()
        for name in pane.names()[:2]:
            pane.expand(name).locator("summary").first.click()
        pane.page.locator(f'.count[data-flag="{Flag.HIGH}"]').click()
        pane.press("Help")
        assert axe_violations(pane.page) == []
        pane.page.route(re.compile(CALLS), lambda route: route.abort())
        pane.student(pane.names()[0]).locator('[data-decision="Reject"]').click()
        pane.settled().press("Check data")
        assert pane.page.locator("[role=alert]:visible").count() >= 1
        assert axe_violations(pane.page) == []
        assert not pane.overflows()


@pytest.fixture
def everything_open(chromium: Browser, live: Live, class_path: Path) -> Iterator[Pane]:
    """A pane with all that folds opened and a message shown, drawn large enough to be measured; its policy lets checkers in."""
    how = {"bypass_csp": True, "device_scale_factor": SCALE}
    with open_pane(chromium, live, stand_in_workbook(class_path), **how) as pane:
        for name in pane.names()[:2]:
            pane.expand(name).locator("summary").first.click()
        pane.page.locator("#show-columns").click()
        yield pane.settled().press("Help")


def test_a_second_checker_the_accessibility_tree_and_tab_find_nothing(everything_open: Pane) -> None:
    page = everything_open.page
    assert equal_access_violations(page) == []
    assert unnamed(page) == []
    assert not_by_keyboard(page) == []


def test_it_can_be_enlarged_and_spaced_and_is_seen_with_few_colours(everything_open: Pane) -> None:
    assert enlarged_and_spaced(everything_open.page) == []
    assert faint_anyhow(everything_open.page) == []


def test_what_happens_is_announced(pane: Pane) -> None:
    """Live regions of the accessibility tree: what came of a press politely, what went wrong at once."""

    def announced() -> dict[str, str]:
        tree = read_out(pane.page)
        regions = [node for node in tree if node["properties"].get("live") in ("polite", "assertive")]
        live = {node["id"]: node["properties"]["live"] for node in regions}
        parents = {node["id"]: node["parent"] for node in tree}
        words: dict[str, str] = dict.fromkeys(live.values(), "")
        for node in tree:
            place = node["id"]
            while place is not None and place not in live:
                place = parents.get(place)
            if place is not None and node["role"] == "StaticText":
                words[live[place]] += node["name"]
        return words

    assert "all 30, in order of priority" in announced()["polite"], "how many are shown"
    pane.press("Help")
    assert "flag" in announced()["polite"]
    assert announced()["assertive"] == ""
    pane.page.route(re.compile(CALLS), lambda route: route.abort())
    pane.press("Check data")
    assert "The server did not answer" in announced()["assertive"]


def test_everything_is_reached_and_done_by_keyboard(
    pane: Pane, live: Live, class_path: Path, known: dict[str, Any]
) -> None:
    page, keys = pane.page, pane.page.keyboard
    focus = (
        "() => { const { dataset, id, className } = document.activeElement; "
        "return dataset.script || dataset.flag || id || className; }"
    )

    def tab() -> str:
        keys.press("Tab")
        rings = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
        assert rings == "solid", "the focus is seen"
        return str(page.evaluate(focus))

    large, small = ([button.entry for button in BUTTONS if button.large == size] for size in (True, False))
    walk = ["skip", "refresh", *large, "more-commands"]
    assert [tab() for _ in walk] == walk
    keys.press("Enter")
    walk = [*small, *Flag, "search", "strand", "head opens"]
    assert [tab() for _ in walk] == walk
    for key, place in (("ArrowDown", 1), ("End", 29), ("Home", 0), ("ArrowUp", 0), ("ArrowDown", 1)):
        keys.press(key)
        assert (
            page.evaluate("() => document.activeElement.querySelector('.name').textContent")
            == known["students"][place]["name"]
        )
    student = known["students"][1]
    keys.press("Enter")
    item = pane.student(student["name"])
    assert item.locator(".head").get_attribute("aria-expanded") == "true"
    for _ in student["activities"]:
        keys.press("Tab")
        keys.press("Space")
    assert item.locator("details[open]").count() == len(student["activities"])
    keys.press("Tab")
    keys.press("Control+A")
    keys.type("By keyboard")
    for _ in DECISIONS:
        keys.press("Tab")
    keys.press("Space")
    pane.settled()
    decision, note = decision_cells(class_path, student["row"])
    assert (pane.values(SHEET)[decision], pane.values(SHEET)[note]) == (DECISIONS[-1], "By keyboard")
    assert page.evaluate("() => document.activeElement.dataset.decision") == DECISIONS[-1], "the focus stays"
    keys.press("Escape")
    assert item.locator(".head").get_attribute("aria-expanded") == "false"
    assert page.evaluate("() => document.activeElement.classList.contains('head')")
    pane.clean()


@pytest.mark.parametrize(
    ("width", "text"), [(320, 100), (320, 200), (160, 100)], ids=["320 px", "text twice as large", "zoomed"]
)
def test_nothing_is_scrolled_sideways(chromium: Browser, live: Live, class_path: Path, width: int, text: int) -> None:
    with open_pane(chromium, live, stand_in_workbook(class_path), width=width) as pane:
        pane.page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", f"{0.875 * text}%")
        pane.expand(pane.names()[0]).locator("summary").first.click()
        pane.press("Help")
        assert not pane.overflows()
        cut = pane.page.evaluate(
            "() => [...document.querySelectorAll('button, h1, h2, h3, h4, p, li, dd')].filter((e) => e.checkVisibility() && "
            "!e.closest('.unseen, .skip') && e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML)"
        )
        assert cut == []


def test_without_motion_where_the_reader_wants_none(chromium: Browser, live: Live, class_path: Path) -> None:
    names = []
    for motion in ("no-preference", "reduce"):
        with open_pane(chromium, live, stand_in_workbook(class_path), reduced_motion=motion) as pane:
            script = (
                "() => { document.querySelector('#refresh').click(); "
                "return getComputedStyle(document.querySelector('#progress span')).animationName; }"
            )
            names.append(pane.page.evaluate(script))
            pane.settled()
    assert names == ["passing", "none"]
