"""The task pane in other languages: everything in it is told in the language of Office, and fits."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from model.language.speech import language_of
from model.vocabulary import STRANDS, Decision, Flag
from tests.excel.pane_browser import Pane, open_pane
from tests.excel.server_books import stand_in_workbook
from tests.excel.server_process import Live
from tests.model.language.pseudo import outside

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMED = re.compile(r"[^\W\d_]+")

READ = """() => {
  const told = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const { currentNode: node } = walk;
    const kept = ".name, .who, .topic, .title, .misconception, .scaffold, .fade, .heading, .samples, .guess, .decided";
    const lists = "script, style, #global-error-alert, #queries li, #columns option, #strand option";
    if (node.parentElement.closest(`${lists}, ${kept}`)) continue;
    told.push(node.data);
  }
  for (const name of ["title", "aria-label", "placeholder"]) {
    for (const element of document.querySelectorAll(`[${name}]`)) told.push(element.getAttribute(name));
  }
  return told.filter((text) => /\\p{L}/u.test(text));
}"""
"""Every text of the page but what a sheet or the library says, and what waits in templates."""

CUT = """() => [
  ...document.querySelectorAll('button, h1, h2, h3, h4, p, li:not(.student), dd, dt, label span, summary')].filter((e) =>
  e.checkVisibility() && !e.closest('.unseen, .skip') && (e.getBoundingClientRect().right > innerWidth + 1 ||
  e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1 && !e.querySelector('.unseen'))).map((e) => e.outerHTML)
"""


def pseudo() -> str:
    """What the server would answer of a language in which every sentence stands in brackets."""
    there = language_of("cy").sentences()
    sentences: dict[str, Any] = {
        key: f"⟦{key.rpartition(chr(4))[2]}⟧" if isinstance(text, str) else dict.fromkeys(text, f"⟦{key}⟧")
        for key, text in there.items()
    }
    return json.dumps({"code": "cy", "sentences": sentences})


def all_shown(pane: Pane, names: list[str]) -> None:
    """Open all that can be opened."""
    for name in names:
        pane.expand(name)
        for summary in pane.student(name).locator("summary").all():
            summary.click()
    pane.page.locator("#more-commands").click()
    pane.page.locator("#show-columns").click()
    pane.settled()


def test_nothing_in_the_pane_stands_outside_of_the_catalogue(chromium: Browser, live: Live, class_path: Path) -> None:
    with open_pane(chromium, live, stand_in_workbook(class_path), locale="cy-GB") as pane:
        page = pane.page
        page.route(
            re.compile(r"/words/cy\.json$"), lambda route: route.fulfill(body=pseudo(), content_type="application/json")
        )
        # Reasons are told by the server, whose own language they keep: tests/results holds that theirs are all in the catalogue.
        page.reload()
        pane.settled()
        names = pane.names()
        all_shown(pane, names[:2])
        page.locator("#search").fill("nobody is called so")
        texts: list[str] = page.evaluate(READ)
        own = {
            page.locator("#class-name").inner_text(),
            "Markbook",
            *STRANDS,
            *Decision,
            *(flag.value[2:] for flag in Flag),
        }
        served = [
            text
            for place in (".because", ".reasons li", ".path li")
            for text in page.locator(place).all_text_contents()
        ]
        left = [text for text in texts if text not in served and outside(text, but=[*own, *names])]
        assert left == []
        assert sum("⟦" in text for text in texts) > 60
        pane.clean()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"locale": "cy-GB"}, ("cy", "30 disgybl", "Sgorio'r dosbarth", "Chi sy'n penderfynu.")),
        ({"locale": "pl"}, ("pl", "30 uczniów", "Oceń klasę", "Decyzja należy do Ciebie.")),
        ({"locale": "ja-JP"}, ("en-GB", "30 students", "Score class", "You decide.")),
    ],
    ids=["Welsh", "Polish", "one that is not there"],
)
def test_the_pane_is_told_in_the_language_of_the_computer(
    chromium: Browser, live: Live, class_path: Path, asked: dict[str, Any], told: tuple[str, ...]
) -> None:
    code, students, button, footer = told
    with open_pane(chromium, live, stand_in_workbook(class_path), **asked) as pane:
        page = pane.page
        assert page.locator("html").get_attribute("lang") == code
        assert students in page.locator("#about").inner_text()
        assert footer in page.locator("footer").inner_text()
        assert {*page.locator(".because").all_text_contents()} & set(reasons(class_path, code))
        page.get_by_role("button", name=button, exact=True).click()
        pane.settled()
        name = pane.names()[1]
        pane.expand(name)
        pane.decide(name, "Accept")
        said = {"cy": "Mae'r penderfyniad wedi'i gofnodi.", "pl": "Decyzja została zapisana."}.get(
            code, "The decision is entered."
        )
        assert said in pane.student(name).locator(".saving").inner_text()
        pane.clean()


def test_office_says_the_language_and_an_address_may(chromium: Browser, live: Live, class_path: Path) -> None:
    with open_pane(chromium, live, stand_in_workbook(class_path), locale="en-GB") as pane:
        for lang, told in (("pl-PL", "uczniów"), ("cy", "disgybl"), ("en", "students"), ("../x", "students")):
            pane.page.goto(f"{live.origin}/taskpane.html?lang={lang}")
            pane.settled()
            assert told in pane.page.locator("#about").inner_text()
        script = "Object.defineProperty(globalThis, 'Office', { set(o) { o.context = { ...o.context, displayLanguage: 'pl-PL' }; "
        pane.page.add_init_script(f"{script} this.held = o; }}, get() {{ return this.held; }} }});")
        pane.page.goto(f"{live.origin}/taskpane.html")
        pane.settled()
        assert "uczniów" in pane.page.locator("#about").inner_text(), "Office's menus go before the browser"


@pytest.mark.parametrize("locale", ["cy-GB", "pl-PL"])
def test_no_word_is_cut_where_the_page_is_zoomed(chromium: Browser, live: Live, class_path: Path, locale: str) -> None:
    with open_pane(chromium, live, stand_in_workbook(class_path), width=160, locale=locale) as pane:
        all_shown(pane, pane.names()[:1])
        assert not pane.overflows()
        assert pane.page.evaluate(CUT) == []


def reasons(class_path: Path, code: str) -> list[str]:
    """The first reasons of a class, in a language."""
    from addin.files.package.read import read_book
    from addin.review import review

    done = review(read_book(class_path), language=language_of(code))
    return [result.reasons[0] for result in done.results]
