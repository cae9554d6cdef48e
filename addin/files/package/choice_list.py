"""The data validation of the Decision column: the teacher's choice from a list, or nothing."""

from __future__ import annotations

from lxml import etree

from addin.files.package.markup import child, insert_in_order, main, required
from addin.files.package.ranges import Range, covers_column, stretch_column
from addin.files.package.schema_order import SHEET_ORDER
from addin.results.columns import DECISIONS

_LIST = '"' + ",".join(DECISIONS) + '"'  # Excel takes at most 255 characters here


def offer_choice(root: etree._Element, area: Range) -> None:
    """Offer the decisions in a new column, of which `area` holds the students' rows."""
    if _ours(root, area.first_column) is not None:
        stretch_choice(root, area)
        return
    lists = child(root, "dataValidations")
    if lists is None:
        lists = insert_in_order(root, "dataValidations", SHEET_ORDER)
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


def stretch_choice(root: etree._Element, area: Range) -> None:
    """Let the list of an earlier run hold rows that were added since; without such a list the teacher wants none."""
    entry = _ours(root, area.first_column)
    if entry is not None:
        entry.set("sqref", stretch_column(required(entry, "sqref"), area))


def _ours(root: etree._Element, column: int) -> etree._Element | None:
    for entry in root.iterfind(f"{main('dataValidations')}/{main('dataValidation')}"):
        if entry.findtext(main("formula1")) == _LIST and covers_column(entry.get("sqref", ""), column):
            return entry
    return None
