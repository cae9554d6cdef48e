"""The task pane in headless Chromium: the live server's own page and scripts, with the in-memory Excel in office.js' place.

Only the answer to the one request for office.js is exchanged, since Microsoft's waits for an Excel around it. Everything else comes
from the server, and everything that the page asks for, says on its console or is forbidden by its policy is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from addin.files.package.read import read_book
from addin.reading.grid import address
from addin.reading.markbook import read_markbook
from tests import support
from tests.excel.server_process import Live

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

HERE = Path(__file__).parent
STAND_IN = ("excel_stand_in_cells.mjs", "excel_stand_in_types.mjs", "excel_stand_in.mjs", "pane_excel.mjs")
SHEET = "Markbook"
"""The students' sheet of the template."""

CALLS = "/xlwings/custom-scripts-call/"
"""What stands in an address before the name of a script."""

PATIENCE = 20_000
"""Milliseconds until what the page should show is taken for missing."""


@dataclass
class Pane:
    """An open task pane.

    Args:
        page: The browser's page.
        origin: The server's address.
        requests: Address of every request, as it was made.
        console: Every error or warning on the console, and every error that no script caught.
        forbidden: What the Content-Security-Policy did not let through.
    """

    page: Page
    origin: str
    requests: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    @property
    def forbidden(self) -> list[str]:
        """What the Content-Security-Policy did not let through."""
        found: list[str] = self.page.evaluate("() => globalThis.forbidden")
        return found

    def settled(self) -> Pane:
        """Wait until nothing is under way."""
        self.page.locator('#refresh[aria-disabled="false"]').wait_for(timeout=PATIENCE)
        return self

    def press(self, name: str) -> Pane:
        """Press a button by what stands on it, among the folded commands if need be, and wait."""
        button = self.page.get_by_role("button", name=name, exact=True)
        if not button.count():
            self.page.locator("#more-commands").click()
        button.click()
        return self.settled()

    def student(self, name: str) -> Locator:
        """The list's item of a student."""
        return self.page.locator("#students > li", has=self.page.get_by_text(name, exact=True))

    def expand(self, name: str) -> Locator:
        """Show all about a student."""
        item = self.student(name)
        item.locator(".head").click()
        return item

    def decide(self, name: str, decision: str, note: str | None = None) -> None:
        """Press one of the buttons below a student's note, and wait; the student is open."""
        item = self.student(name)
        if note is not None:
            item.get_by_role("textbox").fill(note)
        item.get_by_role("button", name=decision, exact=True).click()
        self.settled()

    def names(self) -> list[str]:
        """Who is shown, in order."""
        return self.page.locator("#students > li:visible .name").all_text_contents()

    def workbook(self) -> dict[str, Any]:
        """The workbook as it is now."""
        found: dict[str, Any] = self.page.evaluate("() => excel.snapshot()")
        return found

    def values(self, sheet: str) -> dict[str, Any]:
        """Address -> value of a sheet as it is now."""
        found: dict[str, Any] = next(each for each in self.workbook()["sheets"] if each["name"] == sheet)["values"]
        return found

    def clean(self) -> None:
        """Hold that nothing was said on the console, forbidden, or asked of anybody but the server."""
        assert self.console == []
        assert self.forbidden == []
        assert self.requests
        assert not [url for url in self.requests if not url.startswith(f"{self.origin}/")]

    def overflows(self) -> bool:
        """Whether anything can be scrolled sideways."""
        found: bool = self.page.evaluate(
            "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        return found


@contextmanager
def open_pane(
    chromium: Browser,
    live: Live,
    workbook: dict[str, Any] | None,
    *,
    width: int = 350,
    height: int = 900,
    seen: bool = True,
    **how: Any,
) -> Iterator[Pane]:
    """The pane beside a workbook.

    Args:
        chromium: The browser.
        live: The server.
        workbook: For the stand-in; None leaves Microsoft's own office.js in place, which finds no Excel.
        width, height: Of the pane, in CSS pixels.
        seen: Whether the page is looked at; otherwise it runs as behind a closed pane.
        how: More for the browser's context, such as `forced_colors="active"`.
    """
    context = chromium.new_context(viewport={"width": width, "height": height}, accept_downloads=True, **how)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    pane = Pane(page, live.origin)
    page.on("request", lambda request: pane.requests.append(request.url))
    page.on("console", lambda said: said.type in ("error", "warning") and pane.console.append(said.text))
    page.on("pageerror", lambda error: pane.console.append(str(error)))
    page.add_init_script(
        "globalThis.forbidden = []; document.addEventListener('securitypolicyviolation', "
        "(event) => forbidden.push(`${event.violatedDirective}: ${event.blockedURI}`));"
    )
    if not seen:
        page.add_init_script(
            "Object.defineProperty(document, 'visibilityState', { get: () => globalThis.seen ?? 'hidden' });"
        )
    if workbook is not None:
        body = stand_in_script(workbook)
        page.route(
            re.compile(r"/office-js/.*/office\.js$"),
            lambda route: route.fulfill(body=body, content_type="text/javascript"),
        )
    try:
        page.goto(f"{live.origin}/taskpane.html")
        if workbook is not None and seen:
            pane.settled()
        yield pane
    finally:
        context.close()


def stand_in_script(workbook: dict[str, Any]) -> str:
    """The stand-in as one classic script, as office.js is: its modules in a row, `globalThis.excel` at the end."""
    modules = "\n".join((HERE / name).read_text(encoding="utf-8") for name in STAND_IN)
    plain = re.sub(r"^import .*$", "", modules, flags=re.MULTILINE)
    plain = re.sub(r"^export ", "", plain, flags=re.MULTILINE)
    return f"(() => {{\n{plain}\nglobalThis.excel = pane(globalThis, {json.dumps(workbook)});\n}})();"


def plain_workbook(students: list[Any]) -> dict[str, Any]:
    """A teacher's own sheet, without results."""
    rows = [list(support.HEADINGS), *[["" if cell is None else cell for cell in row] for row in students]]
    return {"name": "own.xlsx", "sheets": [{"name": "Y9 set 2", "values": rows}]}


def decision_cells(class_path: Path, row: int) -> tuple[str, str]:
    """The addresses of the decision and the note in a row of the template."""
    results = read_markbook(read_book(class_path)).results
    return address(row, results["Decision"]), address(row, results["Decision note"])
