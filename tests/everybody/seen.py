"""How well a page is seen, measured on its picture: text and lines against what is around them, whatever colours were meant.

A picture tells what no style sheet does: text in drawings, colours that high contrast exchanges, and what somebody sees who
does not tell red from green. Letters are drawn at twice their size, so that their strokes have their full colour.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.everybody.laid_out import SCROLLS, UNSEEN

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TEXT, LARGE_TEXT, LINES = 4.5, 3.0, 3.0
"""The least contrast of text, of large text, and of lines and edges that say something (WCAG 1.4.3 and 1.4.11)."""

SIGHT = ("none", "deuteranopia", "protanopia", "tritanopia", "achromatopsia")
"""How colours are seen, as Chromium imitates it."""

HIGH_CONTRAST: tuple[Literal["light", "dark"], ...] = ("light", "dark")
"""The colours that Windows' high contrast puts in place of a page's own."""

SCALE = 2
DEPTH = 1600
"""CSS pixels from the top of a page that are looked at."""

_MEASURED = """([unseen, scrolls]) => {
  const found = [];
  const shown = (e, { left, top, width, height }) => {
    if (left < 0 || top < 0 || left + width > innerWidth || top + height > innerHeight) return false;
    const window = e.closest(scrolls)?.getBoundingClientRect();
    if (window && (left < window.left || left + width > window.right)) return false;
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    return there !== null && (e.contains(there) || there.contains(e));
  };
  const add = (e, box, kind, told) => {
    if (shown(e, box)) found.push({ box: [box.left, box.top, box.width, box.height], kind, told });
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement;
    if (!text.textContent.trim() || element.closest(`${unseen}, script, style, template, option, :disabled, [aria-disabled=true]`))
      continue;
    if (!element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })) continue;
    const { fontSize, fontWeight } = getComputedStyle(element);
    const size = parseFloat(fontSize);
    const range = document.createRange();
    range.selectNodeContents(text);
    const kind = size >= 24 || (size >= 18.66 && fontWeight >= 700) ? "large" : "text";
    for (const box of range.getClientRects()) if (box.width > 1) add(element, box, kind, text.textContent.trim());
  }
  for (const e of document.querySelectorAll("svg :is(rect, path, circle, line), input, select, textarea"))
    if (e.checkVisibility()) add(e.closest("svg") ?? e, e.getBoundingClientRect(), "line", e.outerHTML.slice(0, 120));
  return found;
}"""


def faint(page: Page, *, sight: str = "none") -> list[str]:
    """Text and lines of the page as it is now that stand out too little.

    Args:
        page: In a window of a scale of `SCALE`.
        sight: How colours are seen, of `SIGHT`.
    """
    usual = page.viewport_size
    assert usual is not None
    height = page.evaluate("() => Math.ceil(document.documentElement.scrollHeight)")
    page.set_viewport_size({"width": usual["width"], "height": min(DEPTH, max(height, usual["height"]))})
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setEmulatedVisionDeficiency", {"type": sight})
    parts: list[dict[str, Any]] = page.evaluate(_MEASURED, [UNSEEN, SCROLLS])
    picture = np.asarray(Image.open(BytesIO(page.screenshot())).convert("RGB"))
    devtools.send("Emulation.setEmulatedVisionDeficiency", {"type": "none"})
    devtools.detach()
    page.set_viewport_size(usual)
    assert parts, "there is nothing to see"
    found = []
    for part in parts:
        least = {"text": TEXT, "large": LARGE_TEXT, "line": LINES}[part["kind"]]
        ratio = _contrast(picture, part["box"], edge=part["kind"] == "line")
        if ratio < least - 0.05:
            found.append(f"contrast {ratio:.1f} of {least}: {part['told']}")
    return found


def faint_anyhow(page: Page) -> list[str]:
    """What is faint for each kind of sight, and with the colours of high contrast, light and dark."""
    found = [f"{sight}: {each}" for sight in SIGHT for each in faint(page, sight=sight)]
    for scheme in HIGH_CONTRAST:
        page.emulate_media(forced_colors="active", color_scheme=scheme)
        found += [f"high contrast, {scheme}: {each}" for each in faint(page)]
    page.emulate_media(forced_colors="none", color_scheme="light")
    return found


def faint_somewhere(chromium: Browser, address: str) -> list[str]:
    """The same of a page that is opened for it."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, device_scale_factor=SCALE)
    try:
        page = context.new_page()
        page.goto(address)
        return faint_anyhow(page)
    finally:
        context.close()


_SHARE = np.arange(256) / 255
_LINEAR = np.where(_SHARE <= 0.04045, _SHARE / 12.92, ((_SHARE + 0.055) / 1.055) ** 2.4)
_WEIGHTS = np.array([0.2126, 0.7152, 0.0722])
"""Relative luminance, as WCAG 2 defines it."""


def _contrast(picture: NDArray[np.uint8], box: tuple[float, float, float, float], *, edge: bool) -> float:
    """The largest contrast between the ground and anything in a box; of a line or an edge, along the box's own edge alone."""
    left, top, width, height = (SCALE * each for each in box)
    around = 3 * SCALE if edge else 0
    first, last = max(0, round(top) - around), round(top + height) + around
    start, end = max(0, round(left) - around), round(left + width) + around
    part = _LINEAR[picture[first:last, start:end]] @ _WEIGHTS
    if edge and min(part.shape) > 4 * around:
        inner = 2 * around
        part = np.concatenate([
            part[:inner].ravel(), part[-inner:].ravel(), part[inner:-inner, :inner].ravel(), part[inner:-inner, -inner:].ravel()
        ])  # fmt: skip
    ground = float(np.median(part))
    ratios = (np.maximum(part, ground) + 0.05) / (np.minimum(part, ground) + 0.05)
    return float(ratios.max())
