"""Look at the made site with a browser, from the disk and with no net: every page by axe-core in light and dark, search, keyboard.

    python -m docs.website.look [FOLDER]        (needs chromium, and axe-core in .ci/tools)

Ends with 1 and a line for each thing that is not as it should be: a request that leaves the folder, an error on the console, what
axe-core finds, a page that is wider than a narrow screen, a search that finds nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from docs.website.gather import SITE
from tests.browser import browser
from tests.everybody.checkers import axe_script

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SCHEMES = ("light", "dark")
WORD = "attendance"
"""A word to search; it stands on many pages."""

NARROW = 320
"""Pixels: what WCAG 2.2 asks a page to fit into (1.4.10)."""

MOST_TABS = 200


def faults(site: Path, chromium: Browser) -> Iterator[str]:
    """What is wrong with the site, a line each."""
    pages = sorted(site.rglob("*.html"))
    if len(pages) < 40:
        yield f"{len(pages)} pages: this is not the whole site."
    axe, asked = axe_script(), list[str]()
    for scheme in SCHEMES:
        context = chromium.new_context(color_scheme=scheme, offline=True)
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        said = _listened(page)
        for path in pages:
            name = path.relative_to(site).as_posix()
            page.goto(path.as_uri())
            yield from (f"{name}, {scheme}: {each}" for each in (*said, *_violations(page, axe, scheme)))
            said.clear()
            if scheme == SCHEMES[0]:
                yield from (f"{name}: {each}" for each in _too_wide(page))
        if scheme == SCHEMES[0]:
            yield from _search(page, site)
            yield from _keyboard(page, site)
        context.close()
    inside = site.as_uri()
    yield from (f"a request leaves: {url}" for url in sorted(set(asked)) if not url.startswith((inside, "data:")))
    if not asked:
        yield "no request was seen at all"


def _listened(page: Page) -> list[str]:
    """What the page says of errors from now on."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def _violations(page: Page, axe: str, scheme: str) -> Iterator[str]:
    # Another scheme is other colours and nothing else.
    rules = {} if scheme == SCHEMES[0] else {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
    page.evaluate(axe)
    # Styles are not fetched once more, which a browser forbids to pages from the disk.
    options = {"resultTypes": ["violations", "passes"], "preload": False, **rules}
    found = page.evaluate("(options) => axe.run(document, options)", options)
    if len(found["passes"]) < (10 if not rules else 1):
        yield "axe-core looked at nothing"
    for rule in found["violations"]:
        for node in rule["nodes"][:3]:
            yield f"{rule['id']}: {node['html'][:160]} {' '.join(node['failureSummary'].split())[:240]}"


def _too_wide(page: Page) -> Iterator[str]:
    before = page.viewport_size
    page.set_viewport_size({"width": NARROW, "height": 800})
    wide = page.evaluate("() => document.documentElement.scrollWidth")
    if wide > NARROW:
        yield f"{wide} pixels wide on a screen of {NARROW}"
    if before is not None:
        page.set_viewport_size(before)


def _search(page: Page, site: Path) -> Iterator[str]:
    page.goto(f"{(site / 'search.html').as_uri()}?q={WORD}")
    page.wait_for_function("() => /finished|found/i.test(document.querySelector('.search-summary')?.textContent ?? '')")
    links = page.locator("#search-results li a").evaluate_all("links => links.map(link => link.href)")
    if len(links) < 5:
        yield f"a search for '{WORD}' from the disk finds {len(links)} pages"
    if links:
        page.locator("#search-results li a").first.click()
        if WORD not in page.locator("article").inner_text().casefold():
            yield f"the first page found for '{WORD}' does not have the word: {page.url}"


def _keyboard(page: Page, site: Path) -> Iterator[str]:
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("Tab")
    if "skip" not in page.evaluate("() => document.activeElement.textContent").casefold():
        yield "the first press of Tab does not lead to a link past the list of pages"
    for _ in range(MOST_TABS):
        if page.evaluate("() => document.activeElement.matches('input[name=q]')"):
            break
        page.keyboard.press("Tab")
    else:
        yield "the field of the search cannot be reached by Tab"
        return
    page.keyboard.type(WORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results li a")


def main(site: Path = SITE) -> int:
    """Look at the site, and say what is wrong.

    Returns:
        0 where nothing is.
    """
    with browser() as chromium:
        found = list(faults(site, chromium))
    for each in found:
        sys.stdout.write(f"{each}\n")
    sys.stdout.write(
        f"{len(list(site.rglob('*.html')))} pages looked at in {' and '.join(SCHEMES)}: {len(found)} faults.\n"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
