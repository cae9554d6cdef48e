"""A part that the workbook gets, such as a sheet, and what must know of it: relationships, content types, the list of sheets."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection

from lxml import etree

from addin.files.package.draft import Draft, companion_of
from addin.files.package.markup import MAIN, RELATIONSHIP_ID, child, child_or_new, main
from addin.files.package.schema_order import WORKBOOK_ORDER

CONTENT_TYPES = "[Content_Types].xml"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_ARROWS = "http://schemas.openxmlformats.org/package/2006/relationships"


def point_at(draft: Draft, part: str, kind: str) -> str:
    """Make a new "worksheet" or "styles" part known to the file; answers what the workbook calls it, such as "rId3"."""
    arrows = draft.root(companion_of(draft.package.workbook_part))
    taken = {entry.get("Id", "").casefold() for entry in arrows}
    number = 1
    while f"rid{number}" in taken:
        number += 1
    # A target that begins with a slash is counted from the root of the file, wherever the workbook's part is kept.
    arrow = {"Id": f"rId{number}", "Type": f"{_KIND}{kind}", "Target": f"/{part}"}
    etree.SubElement(arrows, f"{{{_ARROWS}}}Relationship", arrow)
    state_type(draft, part, f"{_CONTENT}{kind}+xml")
    return arrow["Id"]


def state_type(draft: Draft, part: str, content_type: str) -> None:
    """State what a new part holds."""
    types = draft.root(CONTENT_TYPES)
    # A type may be left over from a part of that name that somebody took out.
    entries = types.iterchildren(f"{{{_TYPES}}}Override")  # and no comments
    left_over = (each for each in entries if str(each.get("PartName", "")).casefold() == f"/{part}".casefold())
    entry = next(left_over, None)
    if entry is None:
        entry = etree.SubElement(types, f"{{{_TYPES}}}Override", {"PartName": f"/{part}"})
    entry.set("ContentType", content_type)


def empty_sheet(*, with_view: bool) -> bytes:
    """The XML of a sheet without cells, to be printed on A4 as wide as the page; with a view only where the workbook has a window
    that it can refer to."""
    view = '<sheetViews><sheetView workbookViewId="0"/></sheetViews>' if with_view else ""
    return (
        f'<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1"/>{view}'
        '<sheetFormatPr defaultRowHeight="15"/><sheetData/>'
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    ).encode()


def free_name(names: Collection[str], workbook_part: str) -> str:
    """A name for another worksheet's part, in the folder where worksheets are kept.

    Example:
        >>> free_name(["xl/worksheets/sheet1.xml", "xl/worksheets/Sheet4.xml"], "xl/workbook.xml")
        'xl/worksheets/sheet5.xml'
    """
    folder = posixpath.join(posixpath.dirname(workbook_part), "worksheets")
    pattern = re.compile(re.escape(folder) + r"/sheet(\d+)\.xml", re.IGNORECASE)
    numbers = [int(found[1]) for found in map(pattern.fullmatch, names) if found]
    return f"{folder}/sheet{max(numbers, default=0) + 1}.xml"


def is_closed(workbook: etree._Element) -> bool:
    """Whether the workbook's structure is protected, so that nobody is to add sheets."""
    protection = child(workbook, "workbookProtection")
    return protection is not None and protection.get("lockStructure") in ("1", "true")


def has_window(workbook: etree._Element) -> bool:
    """Whether the workbook describes a window, which the views of sheets refer to."""
    return workbook.find(f"{main('bookViews')}/{main('workbookView')}") is not None


def enlist(name: str, arrow: str, *, workbook: etree._Element) -> None:
    """Make the new part that the workbook calls `arrow` its last sheet."""
    sheets = child_or_new(workbook, "sheets", WORKBOOK_ORDER)
    numbers = [int(entry.get("sheetId", "0")) for entry in sheets]
    entry = {"name": name, "sheetId": str(max(numbers, default=0) + 1), RELATIONSHIP_ID: arrow}
    etree.SubElement(sheets, main("sheet"), entry)
