"""The XML of one worksheet, as a grid that cells can be put into without disturbing what stands around them."""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta

from lxml import etree

from addin.errors import UnsupportedWorkbook, WriteFailed
from addin.grid import CellValue, address, as_text
from addin.package.cell_text import escape, fit
from addin.package.cell_values import (
    CELL,
    FORMULA,
    INLINE,
    ROW,
    VALUE,
    CellReader,
    numbered_cells,
    row_number,
)
from addin.package.markup import XML_SPACE, child, insert_in_order, main, required
from addin.package.ranges import Range

SHEET_ORDER = (
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
"""The children of `<worksheet>` in the order of the schema (ECMA-376 part 1, CT_Worksheet)."""

_LINE_HEIGHT, _GREATEST_HEIGHT = 15.0, 409.0  # in points: a line of the standard font, and the most that Excel takes
# What belongs to a value and not to its look: the type, and metadata of spilled arrays and of pictures in cells.
_OF_THE_VALUE = ("t", "cm", "vm")


class SheetXml:
    """A worksheet's tree with its rows and cells at hand.

    Args:
        root: The `<worksheet>` element.
        where: File and sheet, for messages.
        reader: Tells values from cells.

    Raises:
        UnsupportedWorkbook: Rows stand twice; or, from `put`, the cell is part of a formula or a merged range.
    """

    def __init__(self, root: etree._Element, *, where: str, reader: CellReader) -> None:
        self.root = root
        self._where = where
        self._reader = reader
        data = child(root, "sheetData")
        if data is None:
            data = insert_in_order(root, "sheetData", SHEET_ORDER)
        self._data = data
        self._rows: dict[int, etree._Element] = {}
        self._cells: dict[int, dict[int, etree._Element]] = {}
        number = 0
        for row in data.iterchildren(ROW):
            number = row_number(row, number)
            if number in self._rows:
                raise UnsupportedWorkbook(
                    f"{where}: row {number} stands twice. Open the file in Excel, let it repair, save."
                )
            self._rows[number] = row
        self._closed = tuple(_closed_ranges(root))

    @property
    def is_protected(self) -> bool:
        """Whether cells can only be typed into where they are unlocked."""
        return child(self.root, "sheetProtection") is not None

    def style(self, row: int, column: int) -> int | None:
        """The format of a cell, None where there is no such cell."""
        cell = self._row_cells(row).get(column)
        return None if cell is None else int(cell.get("s") or 0)

    def value(self, row: int, column: int) -> CellValue:
        """The value of a cell."""
        cell = self._row_cells(row).get(column)
        return None if cell is None else self._reader.value(cell)

    def exists(self, row: int, column: int) -> bool:
        """Whether there is a cell, be it empty."""
        return column in self._row_cells(row)

    def put(self, row: int, column: int, value: CellValue, *, style: int | None = None) -> bool:
        """Write a value, or take it away with None, which leaves the format.

        Args:
            row, column: Where.
            value: Text or a number; a text is never taken for a formula.
            style: The new format, None to keep the one there is.

        Returns:
            Whether the cell's value changed.
        """
        self._refuse_closed(row, column)
        cell = self._row_cells(row).get(column)
        if cell is None:
            if value is None and style is None:
                return False
            cell = self._add_cell(row, column)
        if cell.find(FORMULA) is not None:
            raise UnsupportedWorkbook(
                f"{self._where}, cell {address(row, column)}: a formula stands where a result goes. "
                "Move the formula or delete it, and run again."
            )
        if style is not None:
            cell.set("s", str(style))
        stored = storable(value, f"{self._where}, cell {address(row, column)}")
        if same_value(self._reader.value(cell), stored):
            return False
        _set_value(cell, stored)
        return True

    def make_room(self, row: int, lines: int) -> None:
        """Make a row high enough for some lines of text, unless somebody set its height by hand.

        Excel works heights out again only when a cell is edited, and other programs not even then.
        """
        element = self._rows[row]
        if element.get("customHeight") in ("1", "true"):
            return
        defaults = child(self.root, "sheetFormatPr")
        usual = _LINE_HEIGHT if defaults is None else float(defaults.get("defaultRowHeight", _LINE_HEIGHT))
        height = min(lines * _LINE_HEIGHT, _GREATEST_HEIGHT)
        if height > float(element.get("ht", usual)):
            element.set("ht", f"{height:g}")

    def widen_dimension(self, area: Range) -> None:
        """Make the sheet's stated extent hold an area."""
        dimension = child(self.root, "dimension")
        if dimension is not None:
            dimension.set("ref", str(Range.parse(required(dimension, "ref")).union(area)))

    def _refuse_closed(self, row: int, column: int) -> None:
        for kind, area in self._closed:
            if area.holds(row, column):
                raise UnsupportedWorkbook(
                    f"{self._where}, cell {address(row, column)}: it belongs to {kind} {area}, which a result would "
                    "break. Undo that there, and run again."
                )

    def _row_cells(self, row: int) -> dict[int, etree._Element]:
        if row not in self._rows:
            return {}
        if row not in self._cells:
            self._cells[row] = dict(numbered_cells(self._rows[row]))
        return self._cells[row]

    def _add_cell(self, row: int, column: int) -> etree._Element:
        if row not in self._rows:
            self._add_row(row)
        element, cells = self._rows[row], self._row_cells(row)
        for number, neighbour in cells.items():
            if "r" not in neighbour.attrib:  # a cell that relies on its order must not shift
                neighbour.set("r", address(row, number))
        cell = etree.SubElement(element, CELL, {"r": address(row, column)})
        later = [number for number in cells if number > column]
        if later:
            cells[min(later)].addprevious(cell)
        cells[column] = cell
        _widen_span(element, column)
        return cell

    def _add_row(self, row: int) -> None:
        for number, neighbour in self._rows.items():
            if "r" not in neighbour.attrib:
                neighbour.set("r", str(number))
        element = etree.SubElement(self._data, ROW, {"r": str(row)})
        later = [number for number in self._rows if number > row]
        if later:
            self._rows[min(later)].addprevious(element)
        self._rows[row] = element


def _closed_ranges(root: etree._Element) -> list[tuple[str, Range]]:
    merged = root.iterfind(f"{main('mergeCells')}/{main('mergeCell')}")
    closed = [("the merged cells", Range.parse(required(entry, "ref"))) for entry in merged]
    closed.extend(
        ("the array formula in", Range.parse(required(formula, "ref")))
        for formula in root.iter(FORMULA)
        if formula.get("t") in ("array", "dataTable") and formula.get("ref")
    )
    return closed


def storable(value: CellValue, where: str) -> str | float | bool | None:
    """A value as a cell can hold it: text cut to fit, empty text as nothing, dates as text; True and False stay.

    Raises:
        WriteFailed: A number that is not finite, which Excel cannot store.
    """
    if isinstance(value, str):
        return fit(value) or None
    if isinstance(value, (date, datetime, time, timedelta)):
        return as_text(value)
    if isinstance(value, (int, float)) and not math.isfinite(value):
        raise WriteFailed(
            f"{where}: {value} is no number that Excel can hold. Report this with the markbook's queries."
        )
    return value


def same_value(current: CellValue, new: CellValue) -> bool:
    """Whether a cell holds a value already.

    True is not 1, an empty text is an empty cell, and numbers are the same that agree in the 15 digits Excel works with: other
    programs round to them when they save.

    Example:
        >>> same_value(0.61, 0.6100000000000001), same_value(1.0, True), same_value("", None)
        (True, False, True)
    """
    if isinstance(current, bool) is not isinstance(new, bool):
        return False
    if isinstance(current, (int, float)) and isinstance(new, (int, float)):
        return current == new or f"{current:.15g}" == f"{new:.15g}"
    return (current if current != "" else None) == new


def _set_value(cell: etree._Element, value: str | float | bool | None) -> None:
    for part in list(cell):
        if part.tag in (VALUE, INLINE):
            cell.remove(part)
    for name in _OF_THE_VALUE:
        if name in cell.attrib:
            del cell.attrib[name]
    if value is None:
        return
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, INLINE), main("t"), {XML_SPACE: "preserve"})
        text.text = escape(value)
        return
    if isinstance(value, bool):
        cell.set("t", "b")
    etree.SubElement(cell, VALUE).text = _number_text(value)


def _number_text(number: float) -> str:
    if isinstance(number, int):
        return str(int(number))  # int() writes True as 1
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _widen_span(row: etree._Element, column: int) -> None:
    spans = row.get("spans")
    if spans:
        *others, last = spans.split()
        start, _, end = last.partition(":")
        row.set("spans", " ".join([*others, f"{min(int(start), column)}:{max(int(end or start), column)}"]))
