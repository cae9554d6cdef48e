"""The conditional format of the Flag column: one rule per flag, below all rules that the sheet has already."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from addin.files.package.markup import insert_in_order, main, required
from addin.files.package.ranges import Range, covers_column, stretch_column
from addin.files.package.schema_order import SHEET_ORDER
from addin.files.package.styles import StyleSheet
from addin.results.columns import FLAG_COLOURS
from model.vocabulary import Flag

_FORMULAS: Mapping[Flag, str] = {flag: f'"{flag.value}"' for flag in FLAG_COLOURS}


def colour_flags(root: etree._Element, area: Range, styles: StyleSheet) -> None:
    """Colour the flags of a new column, of which `area` holds the students' rows."""
    if _ours(root, area.first_column) is not None:
        stretch_flags(root, area)
        return
    # A priority that stands twice makes Excel repair the file. Rules for newer Excels, in the extension list, count too.
    priority = max((int(rule.get("priority", "0")) for rule in root.iter("{*}cfRule")), default=0)
    group = insert_in_order(root, "conditionalFormatting", SHEET_ORDER)
    group.set("sqref", str(area))
    for step, (flag, colours) in enumerate(FLAG_COLOURS.items(), start=1):
        rule = etree.SubElement(
            group,
            main("cfRule"),
            {
                "type": "cellIs",
                "dxfId": str(styles.flag(colours)),
                "priority": str(priority + step),
                "operator": "equal",
            },
        )
        etree.SubElement(rule, main("formula")).text = _FORMULAS[flag]


def stretch_flags(root: etree._Element, area: Range) -> None:
    """Let the rules of an earlier run hold rows that were added since; without such rules the teacher wants none."""
    group = _ours(root, area.first_column)
    if group is not None:
        group.set("sqref", stretch_column(required(group, "sqref"), area))


def _ours(root: etree._Element, column: int) -> etree._Element | None:
    formulas = set(_FORMULAS.values())
    for group in root.iterchildren(main("conditionalFormatting")):
        texts = {rule.findtext(main("formula")) for rule in group.iterchildren(main("cfRule"))}
        if texts & formulas and covers_column(group.get("sqref", ""), column):
            return group
    return None
