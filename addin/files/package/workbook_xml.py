"""workbook.xml: the list of sheets, the print area of one, and the order to calculate formulas again."""

from __future__ import annotations

import re

from lxml import etree

from addin.files.package.cell_values import holds_formula
from addin.files.package.draft import Draft
from addin.files.package.markup import child_or_new, main
from addin.files.package.new_part import is_closed
from addin.files.package.parts import SheetPart
from addin.files.package.ranges import column_number
from addin.files.package.schema_order import WORKBOOK_ORDER
from addin.reading.grid import column_letters

_AREA = re.compile(r"((?:'(?:[^']|'')*'|[^',!]+)!)\$([A-Z]{1,3})(\$\d+)?:\$([A-Z]{1,3})(\$\d+)?")
_ROWS_ONLY = re.compile(r"(?:'(?:[^']|'')*'|[^',!]+)!\$\d+:\$\d+")
COMMA_OUTSIDE_QUOTES = re.compile(r",(?=(?:[^']*'[^']*')*[^']*$)")


def widen_print_area(root: etree._Element, *, position: int, heading: tuple[int, int], last_column: int) -> str | None:
    """Make the print area that holds the students, and so prints the cell `heading`, hold the new columns too.

    Answers what the user should know, None if all is well or the sheet has no print area.
    """
    for name in root.iterfind(f"{main('definedNames')}/{main('definedName')}"):
        if name.get("name") != "_xlnm.Print_Area" or name.get("localSheetId") != str(position):
            continue
        pieces = COMMA_OUTSIDE_QUOTES.split(name.text or "")
        widened = [_wider(piece, heading, last_column) for piece in pieces]
        if None in widened:
            return "The print area of the sheet is a formula; the new columns are not part of it."
        name.text = ",".join(piece or "" for piece in widened)
    return None


def calculate_on_opening(draft: Draft) -> None:
    """Have Excel calculate all formulas, where there are any, when it opens the file: stored results that count ours are old."""
    package = draft.package
    if not any(holds_formula(package.stream(sheet.part)) for sheet in package.sheets()):
        return
    properties = child_or_new(draft.root(package.workbook_part), "calcPr", WORKBOOK_ORDER)
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


_NOT_LOOKED_AT = ("docprops/", "customxml/", "_xmlsignatures/")


def show(draft: Draft, sheet: SheetPart) -> None:
    """Let a sheet be seen that was hidden as long as it held nothing; not in a workbook whose structure is protected."""
    workbook = draft.root(draft.package.workbook_part)
    entry = next(entry for entry in workbook.iter(main("sheet")) if entry.get("name") == sheet.name)
    if entry.get("state") == "hidden" and not is_closed(workbook):
        del entry.attrib["state"]


def rename(draft: Draft, sheet: SheetPart, name: str) -> bool:
    """Give a sheet a name of letters alone; whether it has it now. A formula or chart that refers to it keeps it as it is."""
    if sheet.name.casefold() == name.casefold():
        return True
    package = draft.package
    called = re.compile(rf"(?<![\w.'])(?:'{re.escape(sheet.name)}'|{re.escape(sheet.name)})!", re.IGNORECASE)
    workbook = draft.root(package.workbook_part)
    others = (
        part
        for part in package.names()
        if part.casefold().endswith(".xml")
        and part.casefold() != package.workbook_part.casefold()
        and not part.casefold().startswith(_NOT_LOOKED_AT)
    )
    in_pivots = f'sheet="{sheet.name}"'.encode()
    # A workbook in unusual XML may list it by a name that is not the plain one.
    listed = next((entry for entry in workbook.iter(main("sheet")) if entry.get("name") == sheet.name), None)
    if (
        listed is None
        or is_closed(workbook)
        or any(
            in_pivots in (data := package.read(part)) or called.search(data.decode("utf-8", "replace"))
            for part in others
        )
    ):
        return False
    for defined in workbook.iter(main("definedName")):
        defined.text = called.sub(f"{name}!", defined.text or "")
    listed.set("name", name)
    return True
