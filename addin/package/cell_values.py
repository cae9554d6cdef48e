"""A cell's XML -> its value, and the stream of rows that a sheet of any size is read by."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from lxml import etree

from addin.grid import CellValue
from addin.package.cell_text import unescape
from addin.package.markup import child, main
from addin.package.number_formats import NumberKind, from_serial, kinds_of_styles
from addin.package.parts import Package
from addin.package.ranges import LAST_ROW, cell_column

ROW, CELL, FORMULA, VALUE, INLINE = main("row"), main("c"), main("f"), main("v"), main("is")
_RUN, _TEXT = main("r"), main("t")

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
    """The number of a row; one that does not say stands below the one `before`.

    Raises:
        ValueError: A number outside Excel's rows.
    """
    number = int(row.get("r") or before + 1)
    if not 1 <= number <= LAST_ROW:
        raise ValueError(f"there is no row {number}")
    return number


def stream_rows(stream: IO[bytes]) -> Iterator[tuple[int, list[NumberedCell]]]:
    """The rows of a sheet's XML one by one, each forgotten before the next, so that memory stays flat.

    Example:
        >>> from io import BytesIO
        >>> from addin.package.markup import MAIN
        >>> xml = f'<worksheet xmlns="{MAIN}"><sheetData><row r="4"><c/><c r="D4"/></row></sheetData></worksheet>'
        >>> [(row, [column for column, _ in cells]) for row, cells in stream_rows(BytesIO(xml.encode()))]
        [(4, [1, 4])]
    """
    number = 0
    for _, row in etree.iterparse(
        stream, events=("end",), tag=ROW, resolve_entities=False, no_network=True, huge_tree=True
    ):
        number = row_number(row, number)
        yield number, numbered_cells(row)
        row.clear()
        parent = row.getparent()
        while parent is not None and row.getprevious() is not None:
            del parent[0]


def holds_something(cell: etree._Element) -> bool:
    """Whether a cell has a value or a formula, and not a format alone."""
    return any(part.tag in (VALUE, FORMULA, INLINE) for part in cell)


def text_of(element: etree._Element) -> str:
    """The text of a shared or inline string: its own or that of its runs, reading aids (phonetics) left out."""
    pieces = []
    for part in element:
        if part.tag == _TEXT:
            pieces.append(part.text or "")
        elif part.tag == _RUN:
            pieces.extend(text.text or "" for text in part.iterchildren(_TEXT))
    return unescape("".join(pieces))


@dataclass(frozen=True, kw_only=True)
class CellReader:
    """What is needed to tell a cell's value: the workbook's shared texts, the kinds of its formats, its epoch."""

    shared: Sequence[str]
    kinds: Sequence[NumberKind]
    epoch_1904: bool = False

    @classmethod
    def of(cls, package: Package) -> CellReader:
        """The reader for the cells of one workbook."""
        styles = package.styles_part()
        properties = child(package.xml(package.workbook_part), "workbookPr")
        epoch = None if properties is None else properties.get("date1904")
        return cls(
            shared=tuple(_shared_texts(package)),
            kinds=kinds_of_styles(None if styles is None else package.xml(styles)),
            epoch_1904=epoch in ("1", "true"),
        )

    def kind(self, cell: etree._Element) -> NumberKind:
        """How a number in the cell is shown."""
        style = int(cell.get("s") or 0)
        return self.kinds[style] if style < len(self.kinds) else NumberKind.PLAIN

    def value(self, cell: etree._Element) -> CellValue:
        """The value of a cell: None when empty, and "" only for a formula whose result is empty text.

        A formula that was never calculated has no stored result and gives None.

        Raises:
            ValueError, IndexError: The cell holds what its type does not allow, so the file is damaged.
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
            return self._typed(cell, cell.get("t", "n"), text), formula
        return (None if formula is None else text), formula

    def _typed(self, cell: etree._Element, kind: str, text: str) -> CellValue:
        if kind == "n":
            number = float(text)
            if not math.isfinite(number):
                raise ValueError(f"cell {cell.get('r')} holds {text!r} for a number")
            shown = self.kind(cell)
            return number if shown is NumberKind.PLAIN else from_serial(number, shown, epoch_1904=self.epoch_1904)
        if kind == "s":
            return self.shared[int(text)] or None
        if kind == "b":
            return text in ("1", "true")
        if kind == "d":
            return datetime.fromisoformat(text)
        return text if kind == "e" else unescape(text)


def _shared_texts(package: Package) -> Iterator[str]:
    for part in package.related(package.workbook_part, "sharedStrings"):
        with package.open(part) as stream:
            for _, entry in etree.iterparse(
                stream, events=("end",), tag=main("si"), resolve_entities=False, no_network=True, huge_tree=True
            ):
                yield text_of(entry)
                entry.clear()
                parent = entry.getparent()
                while parent is not None and entry.getprevious() is not None:
                    del parent[0]
