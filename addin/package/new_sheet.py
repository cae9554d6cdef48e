"""A sheet that the workbook gets: an empty part, and the three places that must know of it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection

from lxml import etree

from addin.package.markup import MAIN, RELATIONSHIP_ID, child, insert_in_order, main
from addin.package.schema_order import WORKBOOK_ORDER

CONTENT_TYPES = "[Content_Types].xml"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_ARROWS = "http://schemas.openxmlformats.org/package/2006/relationships"


def empty_sheet(*, with_view: bool) -> bytes:
    """The XML of a sheet without cells.

    Args:
        with_view: The workbook has a window that the sheet can refer to.
    """
    view = '<sheetViews><sheetView workbookViewId="0"/></sheetViews>' if with_view else ""
    return (
        f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/>{view}<sheetFormatPr defaultRowHeight="15"/><sheetData/>'
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>'
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


def enlist(name: str, part: str, *, workbook: etree._Element, arrows: etree._Element, types: etree._Element) -> None:
    """Make a new part known as the workbook's last sheet.

    Args:
        name: What its tab says.
        part: The name of its part.
        workbook, arrows, types: The roots of the workbook, of its relationships and of the content types.
    """
    taken = {entry.get("Id", "").casefold() for entry in arrows}
    number = 1
    while f"rid{number}" in taken:
        number += 1
    # A target that begins with a slash is counted from the root of the file, wherever the workbook's part is kept.
    arrow = {"Id": f"rId{number}", "Type": _KIND, "Target": f"/{part}"}
    etree.SubElement(arrows, f"{{{_ARROWS}}}Relationship", arrow)
    etree.SubElement(types, f"{{{_TYPES}}}Override", {"PartName": f"/{part}", "ContentType": _CONTENT})
    sheets = child(workbook, "sheets")
    if sheets is None:
        sheets = insert_in_order(workbook, "sheets", WORKBOOK_ORDER)
    numbers = [int(entry.get("sheetId", "0")) for entry in sheets]
    entry = {"name": name, "sheetId": str(max(numbers, default=0) + 1), RELATIONSHIP_ID: arrow["Id"]}
    etree.SubElement(sheets, main("sheet"), entry)
