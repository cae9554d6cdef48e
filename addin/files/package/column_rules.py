"""The rules of two result columns: the colours of Flag, below all rules that the sheet has already, and the choice in Decision.

A later run lets its own rules hold rows that were added since; a teacher who took them away wants none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from addin.files.package.markup import child_or_new, insert_in_order, main, required
from addin.files.package.ranges import Range, covers_column, stretch_column
from addin.files.package.schema_order import SHEET_ORDER
from addin.files.package.styles import StyleSheet
from addin.results.columns import DECISIONS, FLAG_COLOURS
from model.vocabulary import Flag

_RULE = main("cfRule")
_FORMULAS: Mapping[Flag, str] = {flag: f'"{flag.value}"' for flag in FLAG_COLOURS}
_LIST = '"' + ",".join(DECISIONS) + '"'  # Excel takes at most 255 characters here


def colour_flags(root: etree._Element, area: Range, styles: StyleSheet) -> None:
    """Colour the flags of a new column, of which `area` holds the students' rows."""
    if stretch_flags(root, area):
        return
    # A priority that stands twice makes Excel repair the file. Rules for newer Excels, in the extension list, count too.
    priority = max((int(rule.get("priority", "0")) for rule in root.iter("{*}cfRule")), default=0)
    group = insert_in_order(root, "conditionalFormatting", SHEET_ORDER)
    group.set("sqref", str(area))
    for step, (flag, colours) in enumerate(FLAG_COLOURS.items(), start=1):
        rule = etree.SubElement(
            group,
            _RULE,
            {
                "type": "cellIs",
                "dxfId": str(styles.flag(colours)),
                "priority": str(priority + step),
                "operator": "equal",
            },
        )
        etree.SubElement(rule, main("formula")).text = _FORMULAS[flag]


def stretch_flags(root: etree._Element, area: Range) -> bool:
    """Let the rules of an earlier run hold all students; whether there are any."""
    formulas = set(_FORMULAS.values())
    groups = root.iterchildren(main("conditionalFormatting"))
    return _stretched((group for group in groups if formulas & set(map(_formula, group.iterchildren(_RULE)))), area)


def offer_choice(root: etree._Element, area: Range) -> None:
    """Offer the decisions in a new column, of which `area` holds the students' rows."""
    if stretch_choice(root, area):
        return
    lists = child_or_new(root, "dataValidations", SHEET_ORDER)
    entry = etree.SubElement(
        lists,
        main("dataValidation"),
        {
            "type": "list",
            "allowBlank": "1",
            "showInputMessage": "1",
            "showErrorMessage": "1",
            "errorTitle": "Decision",
            "error": f"Choose {', '.join(DECISIONS[:-1])} or {DECISIONS[-1]}, or leave the cell empty.",
            "sqref": str(area),
        },
    )
    etree.SubElement(entry, main("formula1")).text = _LIST
    lists.set("count", str(len(lists)))


def stretch_choice(root: etree._Element, area: Range) -> bool:
    """Let the list of an earlier run hold all students; whether there is one."""
    entries = root.iterfind(f"{main('dataValidations')}/{main('dataValidation')}")
    return _stretched((entry for entry in entries if entry.findtext(main("formula1")) == _LIST), area)


def _formula(rule: etree._Element) -> str | None:
    return rule.findtext(main("formula"))


def _stretched(ours: Iterable[etree._Element], area: Range) -> bool:
    """Stretch the first of our rules that stands in the column of an area; whether there is one."""
    for rule in ours:
        if covers_column(rule.get("sqref", ""), area.first_column):
            rule.set("sqref", stretch_column(required(rule, "sqref"), area))
            return True
    return False
