"""A sheet that the workbook gets: an empty part, and its entry in the workbook's list."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection

from lxml import etree

from addin.files.package.markup import MAIN, RELATIONSHIP_ID, child, insert_in_order, main
from addin.files.package.schema_order import WORKBOOK_ORDER


def empty_sheet(*, with_view: bool) -> bytes:
    """The XML of a sheet without cells; with a view only where the workbook has a window that it can refer to."""
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


def enlist(name: str, arrow: str, *, workbook: etree._Element) -> None:
    """Make the new part that the workbook calls `arrow` its last sheet."""
    sheets = child(workbook, "sheets")
    if sheets is None:
        sheets = insert_in_order(workbook, "sheets", WORKBOOK_ORDER)
    numbers = [int(entry.get("sheetId", "0")) for entry in sheets]
    entry = {"name": name, "sheetId": str(max(numbers, default=0) + 1), RELATIONSHIP_ID: arrow}
    etree.SubElement(sheets, main("sheet"), entry)
