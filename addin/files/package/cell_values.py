"""A cell's XML -> its value, and the stream of rows that a sheet of any size is read by."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property
from typing import IO

from lxml import etree

from addin.files.package.cell_text import shared_texts, text_of, unescape
from addin.files.package.markup import child, main, streamed
from addin.files.package.number_formats import NumberKind, from_serial, kinds_of_styles
from addin.files.package.parts import Package
from addin.files.package.ranges import LAST_COLUMN, LAST_ROW, cell_column
from addin.reading.grid import CellValue

ROW, CELL, FORMULA, VALUE, INLINE = main("row"), main("c"), main("f"), main("v"), main("is")

_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")

NumberedCell = tuple[int, etree._Element]
"""A column, counted from 1, and the element of its cell."""


def numbered_cells(row: etree._Element) -> list[NumberedCell]:
    """The cells of a row with their columns; a cell that does not say stands right of the one before it."""
    column = 0
    cells = []
    for cell in row.iterchildren(CELL):
        place = cell.get("r")
        column = cell_column(place) if place else column + 1
        cells.append((column, cell))
    return cells


def row_number(row: etree._Element, before: int) -> int:
    """The number of a row; one that does not say stands below the one `before`. ValueError outside Excel's rows."""
    number = int(row.get("r") or before + 1)
    if not 1 <= number <= LAST_ROW:
        raise ValueError(f"there is no row {number}")
    return number


def numbered_rows(rows: Iterable[etree._Element]) -> Iterator[tuple[int, etree._Element]]:
    """Rows with their numbers."""
    number = 0
    for row in rows:
        number = row_number(row, number)
        yield number, row


def stream_rows(stream: IO[bytes]) -> Iterator[tuple[int, list[NumberedCell]]]:
    """The rows of a sheet's XML one by one, each forgotten before the next, so that memory stays flat.

    Example:
        >>> from io import BytesIO
        >>> from addin.files.package.markup import MAIN
        >>> xml = f'<worksheet xmlns="{MAIN}"><sheetData><row r="4"><c/><c r="D4"/></row></sheetData></worksheet>'
        >>> [(row, [column for column, _ in cells]) for row, cells in stream_rows(BytesIO(xml.encode()))]
        [(4, [1, 4])]
    """
    number = cells = 0
    for row in streamed(stream, ROW, CELL):
        if row.tag == CELL:
            cells += 1
            if cells > LAST_COLUMN:
                raise ValueError("a row with more cells than Excel has columns")
            continue
        cells = 0
        number = row_number(row, number)
        yield number, numbered_cells(row)


def holds_something(cell: etree._Element) -> bool:
    """Whether a cell has a value or a formula, and not a format alone."""
    return any(part.tag in (VALUE, FORMULA, INLINE) for part in cell)


def holds_formula(sheet: IO[bytes]) -> bool:
    """Whether a sheet's part holds a formula in its rows; may say so for a comment that looks like one.

    Example:
        >>> from io import BytesIO
        >>> rows = (b"<c><f>A1</f></c>", b"<x:c><x:f/></x:c>", b"<c><v>1</v></c>")
        >>> [holds_formula(BytesIO(b"<sheetData>" + row + b"</sheetData><formula/>")) for row in rows]
        [True, True, False]
    """
    left, ends = b"", 0
    while ends < 2 and (chunk := sheet.read(_CHUNK)):
        held = left + chunk
        start = 0
        while (end := held.find(_ROWS, start)) >= 0 and ends < 2:  # behind its start tag and its end tag
            if ends and _has_formula(held[start:end]):
                return True
            ends, start = ends + 1, end + len(_ROWS)
        if ends == 1 and _has_formula(held[start:]):
            return True
        left = held[max(start, held.rfind(b"<")) :]
    return False


_CHUNK, _ROWS = 1 << 20, b"sheetData>"


def _has_formula(cells: bytes) -> bool:
    # Plain searches take a tenth of the time of an expression, which only programs that write prefixes need; and one for a
    # single character, rare among the rows, takes a tenth of that.
    return b"f" in cells and (b"<f" in cells or (b":f" in cells and _FORMULA.search(cells) is not None))


@dataclass(kw_only=True)
class CellReader:
    """Tells cells' values: needs the workbook, open as long as it reads, and how each cell format shows numbers."""

    package: Package
    kinds: Sequence[NumberKind]
    epoch_1904: bool = False
    every_format: bool = False

    @classmethod
    def of(cls, package: Package, *, every_format: bool = False) -> CellReader:
        """The reader for the cells of one workbook; with `every_format` each that a cell asks for must be there."""
        styles = package.styles_part()
        properties = child(package.xml(package.workbook_part), "workbookPr")
        epoch = None if properties is None else properties.get("date1904")
        kinds = kinds_of_styles(None if styles is None else package.xml(styles))
        return cls(package=package, kinds=kinds, epoch_1904=epoch in ("1", "true"), every_format=every_format)

    @cached_property
    def shared(self) -> Sequence[str]:
        """The texts that cells share; read when the first cell asks."""
        return shared_texts(self.package)

    def kind_of_style(self, style: int) -> NumberKind:
        """How numbers are shown by a cell format.

        Without formats every number is shown plainly. ValueError where this one is not there: one that results need would take its
        place, and the cell would then say something else.
        """
        if not 0 <= style < len(self.kinds):
            # A writer may have given the cell a format of its own, which came after these.
            if not self.every_format or (style == 0 and not self.kinds):
                return NumberKind.PLAIN
            raise ValueError(f"a cell asks for the format {style}, which is not there")
        return self.kinds[style]

    def kind(self, cell: etree._Element) -> NumberKind:
        """How a number in the cell is shown."""
        return self.kind_of_style(int(cell.get("s") or 0))

    def value(self, cell: etree._Element) -> CellValue:
        """The value of a cell: None when empty, and "" only for a formula whose result is empty text.

        A formula that was never calculated has no stored result and gives None. ValueError and IndexError mean a damaged file.
        """
        return self.value_and_formula(cell)[0]

    def value_and_formula(self, cell: etree._Element) -> tuple[CellValue, etree._Element | None]:
        """The value of a cell as `value` gives it, and its `<f>` element, None without a formula; one pass for both."""
        text: str | None = None
        formula: etree._Element | None = None
        for part in cell:
            tag = part.tag
            if tag == VALUE:
                text = part.text or ""
            elif tag == FORMULA:
                formula = part
            elif tag == INLINE:
                return text_of(part) or None, formula
        if text:
            return self.typed(cell.get("t", "n"), text, self.kind(cell)), formula
        # An empty result is a text only where the cell says so; else the formula was never calculated.
        return (text if formula is not None and cell.get("t") == "str" else None), formula

    def typed(self, kind: str, text: str, shown: NumberKind) -> CellValue:
        """A value from the text of `<v>`, not empty, for a cell of that type, "n" where it gives none.

        Raises:
            ValueError, IndexError: The text is nothing that the type allows.
        """
        if kind == "n":
            number = float(text)
            if not math.isfinite(number):
                raise ValueError(f"a cell holds {text!r} for a number")
            return number if shown is NumberKind.PLAIN else from_serial(number, shown, epoch_1904=self.epoch_1904)
        if kind == "s":
            if (place := int(text)) < 0:  # Python would count from the end
                raise ValueError(f"a cell asks for the shared text {text}")
            return self.shared[place] or None
        if kind == "b":
            return text in ("1", "true")
        if kind == "d":
            return _iso(text)
        return text if kind == "e" else unescape(text)


def _iso(text: str) -> CellValue:
    """A date or time spelled out, which Excel itself never does: a day without midnight, as its serial number gives it."""
    if ":" in text[:3]:
        return time.fromisoformat(text)
    moment = datetime.fromisoformat(text).replace(tzinfo=None)
    return moment.date() if moment.time() == time(0) else moment
