"""A page that is enlarged, or whose letters are set apart: nothing scrolls both ways, is cut off, or lies on other text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

ENLARGED = {"width": 320, "height": 256}
"""A window of 1280 by 1024 at 400 % (WCAG 1.4.10), in CSS pixels."""

SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } "
    "p { margin-bottom: 2em !important }"
)
"""The reader's own spacing that every page has to bear (WCAG 1.4.12)."""

SCROLLS = ".scroll"
"""What may be scrolled sideways in itself: tables and charts, whose meaning is in two dimensions."""

_SIDEWAYS = """(scrolls) => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const wide = [...document.body.querySelectorAll("*")].filter(
    (e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(scrolls) && e.checkVisibility(),
  );
  return [`the page is ${scrollWidth} wide of ${clientWidth}`, ...wide.slice(-1).map((e) => e.outerHTML.slice(0, 160))];
}"""

_CUT = """(unseen) => [...document.body.querySelectorAll("*")]
  .filter((e) => !(e instanceof SVGElement) && e.checkVisibility() && !e.closest(unseen))
  .filter((e) => /hidden|clip/.test(getComputedStyle(e).overflow))
  .filter((e) => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)
  .map((e) => `cut off: ${e.outerHTML.slice(0, 160)}`)"""

_ON_TOP = """(unseen) => {
  const lines = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement;
    if (!text.textContent.trim() || element.closest(`${unseen}, math, script, style, template, select`)) continue;
    if (!element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) if (box.width > 2 && box.height > 2) lines.push({ box, text });
  }
  lines.sort((a, b) => a.box.top - b.box.top);
  const found = [];
  for (const [place, { box, text }] of lines.entries()) {
    for (let next = place + 1; next < lines.length && lines[next].box.top < box.bottom; next += 1) {
      const other = lines[next];
      const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
      const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
      const both = [text, other.text].map((each) => each.textContent.trim().slice(0, 40));
      if (text !== other.text && across > 2 && down > 4) found.push(`on top of one another: ${both.join(" | ")}`);
    }
  }
  return found;
}"""

UNSEEN = ".unseen, .skip, caption"
"""What is read out and not shown."""


def sideways(page: Page) -> list[str]:
    """What makes the page as a whole wider than its window."""
    return _asked(page, _SIDEWAYS, SCROLLS)


def hidden_text(page: Page) -> list[str]:
    """Text that is cut off, or lies on top of other text."""
    return _asked(page, _CUT, UNSEEN) + _asked(page, _ON_TOP, UNSEEN)


def enlarged_and_spaced(page: Page) -> list[str]:
    """What goes wrong as the page is, at 400 %, with letters, words and lines set apart, and with both."""
    found = [f"as it is: {each}" for each in _both(page)]
    usual = page.viewport_size
    assert usual is not None
    page.set_viewport_size(ENLARGED)  # type: ignore[arg-type]
    found += [f"at 400 %: {each}" for each in _both(page)]
    style = page.add_style_tag(content=SPACED)
    found += [f"at 400 % and spaced: {each}" for each in _both(page)]
    page.set_viewport_size(usual)
    found += [f"spaced: {each}" for each in _both(page)]
    style.evaluate("(e) => e.remove()")
    return found


def _both(page: Page) -> list[str]:
    return sideways(page) + hidden_text(page)


def _asked(page: Page, script: str, what: str) -> list[str]:
    found: list[str] = page.evaluate(script, what)
    return found
