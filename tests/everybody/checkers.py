"""Two checkers of other makers, each with rules of its own: Deque's axe-core and IBM's Equal Access engine."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tests.tools import npm_file

if TYPE_CHECKING:
    from playwright.sync_api import Page

_AXE = """async () => {
  const rules = { 'target-size': { enabled: true } };
  const found = await axe.run(document, { resultTypes: ['violations', 'passes'], rules });
  const nodes = (rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 200)} ${node.failureSummary}`);
  return { looked: found.passes.length, wrong: found.violations.flatMap(nodes) };
}"""

_EQUAL_ACCESS = """async () => {
  const { results } = await new ace.Checker().check(document, ['WCAG_2_2']);
  const wrong = results.filter(({ value }) => value[0] === 'VIOLATION' && value[1] === 'FAIL');
  return { looked: results.length, wrong: wrong.map((each) => `${each.ruleId}: ${each.snippet.slice(0, 200)} ${each.message}`) };
}"""


@cache
def axe_script() -> str:
    """The source of axe-core."""
    return npm_file("axe-core", "axe.min.js").read_text(encoding="utf-8")


@cache
def equal_access_script() -> str:
    """The source of IBM's engine."""
    return npm_file("accessibility-checker-engine", "ace.js").read_text(encoding="utf-8")


def axe_violations(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it is now: WCAG 2.0 to 2.2, A and AA, and its best practices."""
    return _found(page, axe_script(), _AXE)


def equal_access_violations(page: Page) -> list[str]:
    """What IBM's engine is sure to be wrong by WCAG 2.2, A and AA; what it asks a person to look at is left out."""
    return _found(page, equal_access_script(), _EQUAL_ACCESS)


def _found(page: Page, source: str, run: str) -> list[str]:
    page.evaluate(source)
    found = page.evaluate(run)
    assert found["looked"] > 8, "the checker looked at nothing"
    wrong: list[str] = found["wrong"]
    return wrong
