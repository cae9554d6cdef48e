"""What a screen reader and a keyboard get of a page: Chromium's own accessibility tree, and one press of Tab after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

_NAMED = frozenset(
    {"button", "link", "textbox", "searchbox", "combobox", "checkbox", "radio", "region", "table", "img", "image",
     "DisclosureTriangle", "navigation", "search"}
)  # fmt: skip
"""Roles that need a name to be told from one another."""

_HEADERS = frozenset({"columnheader", "rowheader"})

_FOCUSED = """() => {
  const { activeElement: here } = document;
  if (here === document.body || here === null) return null;
  const all = [...document.querySelectorAll("*")];
  return { place: all.indexOf(here), seen: getComputedStyle(here).outlineStyle !== "none", told: here.outerHTML.slice(0, 120) };
}"""

_FOCUSABLE = """() => {
  const all = [...document.querySelectorAll("*")];
  const may = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  return all.flatMap((e, place) =>
    e.matches(may) && !e.disabled && e.checkVisibility({ visibilityProperty: true }) ? [place] : []);
}"""


_FROM_THE_TOP = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
}"""


def read_out(page: Page) -> list[dict[str, Any]]:
    """The nodes of the accessibility tree: role, name and properties of each, its parent, and whether readers pass over it."""
    devtools = page.context.new_cdp_session(page)
    tree = devtools.send("Accessibility.getFullAXTree")["nodes"]
    devtools.detach()
    return [
        {
            "role": node["role"]["value"],
            "name": node.get("name", {}).get("value", "").strip(),
            "properties": {each["name"]: each["value"].get("value") for each in node.get("properties", [])},
            "id": node["nodeId"],
            "parent": node.get("parentId"),
            "passed over": bool(node.get("ignored")),
        }
        for node in tree
    ]


def unnamed(page: Page) -> list[str]:
    """What has no name where it needs one, tables without headings, and tables that are not read as tables; language and title."""
    tree = read_out(page)
    nodes = [node for node in tree if not node["passed over"]]
    named = [node for node in nodes if node["role"] in _NAMED or node["properties"].get("focusable")]
    found = [f"no name: {node['role']}" for node in named if not node["name"]]
    tables = [node["id"] for node in nodes if node["role"] == "table"]
    shown = "() => [...document.querySelectorAll('table')].filter((e) => e.checkVisibility()).length"
    if len(tables) != page.evaluate(shown):
        found.append("a table is not read as one")
    headed = {_table_of(node, tree) for node in nodes if node["role"] in _HEADERS}
    found += ["a table has no headings"] * len(set(tables) - headed)
    if not page.title().strip():
        found.append("no title")
    if not page.evaluate("() => document.documentElement.lang"):
        found.append("no language")
    if not any(node["role"] == "main" for node in nodes):
        found.append("no main part")
    if not any(node["role"] == "heading" for node in nodes):
        found.append("no heading")
    return found


def _table_of(cell: dict[str, Any], tree: list[dict[str, Any]]) -> str | None:
    by_id = {each["id"]: each for each in tree}
    node: dict[str, Any] | None = cell
    while node is not None and node["role"] != "table":
        node = by_id.get(node["parent"])
    return None if node is None else node["id"]


def not_by_keyboard(page: Page) -> list[str]:
    """What Tab does not reach from the top of the page, where the focus is not seen, and where it is caught."""
    wanted: list[int] = page.evaluate(_FOCUSABLE)
    page.evaluate(_FROM_THE_TOP)
    found, reached = [], []
    for _ in range(2 * len(wanted) + 5):
        page.keyboard.press("Tab")
        here = page.evaluate(_FOCUSED)
        if here is None:
            break
        if here["place"] in reached:
            if here["place"] != reached[0]:
                found.append(f"the focus is caught: {here['told']}")
            break
        reached.append(here["place"])
        if not here["seen"]:
            found.append(f"the focus is not seen: {here['told']}")
    else:
        found.append("Tab comes to no end")
    missed = set(wanted) - set(reached)
    if missed:
        found.append(f"{len(missed)} of {len(wanted)} controls are not reached by Tab")
    return found
