"""A page in Chromium: what it asks for, what axe-core finds, and how many sheets of paper it takes."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import html

from tests.everybody.checkers import axe_violations
from tests.tools import needed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TODAY = date(2026, 3, 2)
SCREEN = {"width": round(1366 / 0.75), "height": round((768 - 120) / 0.75)}
"""A screen of 1366 by 768 at a zoom of 75 %, less the 120 pixels that a browser keeps for itself; in CSS pixels."""


@dataclass
class Opened:
    """A page that a browser shows: everything that it asked for, and everything that was said on the console."""

    page: Page
    requests: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def violations(self) -> list[str]:
        """What axe-core finds wrong, by all its rules."""
        return axe_violations(self.page)

    def sheets(self, folder: Path) -> tuple[int, str]:
        """How many sheets of paper it takes, and their size."""
        pdf = folder / "printed.pdf"
        self.page.pdf(path=pdf, prefer_css_page_size=True, print_background=True)
        tool = needed("pdfinfo", remedy="apt-get install poppler-utils")
        told = subprocess.run([tool, str(pdf)], capture_output=True, text=True, check=True).stdout
        return int(re.search(r"Pages:\s+(\d+)", told)[1]), str(re.search(r"Page size:.*", told)[0])  # type: ignore[index]


@contextmanager
def opened(chromium: Browser, page: str, path: Path) -> Iterator[Opened]:
    """Write a page to a file and open that."""
    path.write_text(page, encoding="utf-8")
    context = chromium.new_context(viewport={"width": SCREEN["width"], "height": SCREEN["height"]})
    shown = Opened(context.new_page())
    shown.page.on("request", lambda request: shown.requests.append(request.url))
    shown.page.on("console", lambda message: shown.console.append(message.text))
    shown.page.on("pageerror", lambda error: shown.console.append(str(error)))
    try:
        shown.page.goto(path.as_uri())
        yield shown
    finally:
        context.close()


def text_of(page: str) -> str:
    """The words of a page's body, in one line."""
    (body,) = html.fromstring(page).xpath("//body")
    return " ".join(" ".join(body.itertext()).split())


def rows_of(page: str) -> list[list[str]]:
    """The cells of every student on a list, as read out."""
    found = html.fromstring(page).xpath("//tbody/tr")
    return [[" ".join(" ".join(cell.itertext()).split()) for cell in row] for row in found]
