"""workbook.xml: the print area of a sheet, and the order to calculate formulas again."""

from __future__ import annotations

import re

from lxml import etree

from addin.files.package.markup import child, insert_in_order, main
from addin.files.package.ranges import column_number
from addin.files.package.schema_order import WORKBOOK_ORDER
from addin.reading.grid import column_letters

_AREA = re.compile(r"((?:'(?:[^']|'')*'|[^',!]+)!)\$([A-Z]{1,3})(\$\d+)?:\$([A-Z]{1,3})(\$\d+)?")
_ROWS_ONLY = re.compile(r"(?:'(?:[^']|'')*'|[^',!]+)!\$\d+:\$\d+")
_COMMA_OUTSIDE_QUOTES = re.compile(r",(?=(?:[^']*'[^']*')*[^']*$)")


def widen_print_area(root: etree._Element, *, position: int, heading: tuple[int, int], last_column: int) -> str | None:
    """Make the print area that holds the students, and so prints the cell `heading`, hold the new columns too.

    Answers what the user should know, None if all is well or the sheet has no print area.
    """
    for name in root.iterfind(f"{main('definedNames')}/{main('definedName')}"):
        if name.get("name") != "_xlnm.Print_Area" or name.get("localSheetId") != str(position):
            continue
        pieces = _COMMA_OUTSIDE_QUOTES.split(name.text or "")
        widened = [_wider(piece, heading, last_column) for piece in pieces]
        if None in widened:
            return "The print area of the sheet is a formula; the new columns are not part of it."
        name.text = ",".join(piece or "" for piece in widened)
    return None


def calculate_on_opening(root: etree._Element) -> None:
    """Have Excel calculate all formulas when it opens the file: stored results that count our columns are old."""
    properties = child(root, "calcPr")
    if properties is None:
        properties = insert_in_order(root, "calcPr", WORKBOOK_ORDER)
    if properties.get("fullCalcOnLoad") not in ("1", "true"):
        properties.set("fullCalcOnLoad", "1")


def _wider(piece: str, heading: tuple[int, int], last_column: int) -> str | None:
    """One area of a print area, widened if it holds the heading; None if it is no plain area."""
    if _ROWS_ONLY.fullmatch(piece.strip()):
        return piece  # whole rows print every column
    found = _AREA.fullmatch(piece.strip())
    if found is None:
        return None
    sheet, left, top, right, bottom = found.groups()
    row, column = heading
    in_rows = top is None or bottom is None or int(top[1:]) <= row <= int(bottom[1:])
    if not in_rows or not column_number(left) <= column <= column_number(right):
        return piece
    right = column_letters(max(column_number(right), last_column))
    return f"{sheet}${left}{top or ''}:${right}{bottom or ''}"
