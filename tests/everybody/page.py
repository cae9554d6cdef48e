"""Everything that is tried on a page that stands alone, in one go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.everybody.checkers import axe_violations, equal_access_violations
from tests.everybody.laid_out import enlarged_and_spaced
from tests.everybody.read_out import not_by_keyboard, unnamed
from tests.everybody.seen import faint_somewhere

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def problems(chromium: Browser, path: Path) -> list[str]:
    """What of a page is not for everybody; an empty list where nothing was found.

    Args:
        chromium: The browser.
        path: The page's file; the first `seen.DEPTH` pixels of it are measured for contrast, all else is looked at as a whole.
    """
    address = path.as_uri()
    context = chromium.new_context(viewport={"width": 1280, "height": 1024}, bypass_csp=True)
    try:
        page = context.new_page()
        page.goto(address)
        found = axe_violations(page) + equal_access_violations(page) + unnamed(page) + not_by_keyboard(page)
        found += enlarged_and_spaced(page)
    finally:
        context.close()
    return found + faint_somewhere(chromium, address)
