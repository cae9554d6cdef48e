"""Headless Chromium: one for all tests of a process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.libraries import needed_library
from tests.tools import needed

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip

_running: list[Browser] = []


@contextmanager
def browser() -> Iterator[Browser]:
    """Headless Chromium, or the one that is running already; skips, or fails where nothing may be missing, without it."""
    if _running:
        yield _running[0]
        return
    needed_library("playwright")
    path = needed("chromium", remedy="apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(SWITCHES))
        _running.append(chromium)
        try:
            yield chromium
        finally:
            _running.clear()
            chromium.close()
