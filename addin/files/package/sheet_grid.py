"""The cells of one sheet as rows of values, gathered in two ways that must agree: by searching bytes, or by parsing.

Searching is several times faster; the parser takes over, for a row or for the whole sheet, where the bytes are spelled in a
way that a search could misread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import IO

from lxml import etree

from addin.files.package.cell_scan import CellScan, RowValues
from addin.files.package.cell_values import CellReader, NumberedCell, numbered_cells, stream_rows
from addin.files.package.guard import CellBudget
from addin.files.package.kept_off import KeptOff
from addin.files.package.markup import parse
from addin.files.package.number_formats import NumberKind
from addin.files.package.plain_spelling import placed_cells
from addin.files.package.ranges import Range
from addin.files.package.sheet_stream import RowBytes, SheetStream, Unusual
from addin.reading.grid import CellValue

_AREA = re.compile(rb' t="(?:array|dataTable)"[^>]* ref="([^"]*)"| ref="([^"]*)"[^>]* t="(?:array|dataTable)"')
_ROOT_TAG = re.compile(rb"<worksheet[^>]*>")


class SheetGrid:
    """Rows of values while they are gathered; the budget, watching that they fit into memory, raises UnsafeWorkbook."""

    def __init__(self, name: str, budget: CellBudget) -> None:
        self._name = name
        self._budget = budget
        self._rows: dict[int, tuple[CellValue, ...]] = {}
        self._arrays: list[Range] = []
        self._height = self._width = 0
        self._formulas: set[tuple[int, int]] = set()
        self.percents: set[tuple[int, int]] = set()
        self.kept_off = KeptOff()

    def add(self, number: int, row: RowValues) -> None:
        """Take in a row."""
        columns, values = row.columns, row.values
        last = len(values)
        while last and values[last - 1] is None and columns[last - 1] not in row.formulas:
            last -= 1
        if not last:
            return
        right = columns[last - 1]
        self._budget.allow(self._name, number, right)
        if right == last and number not in self._rows:
            self._rows[number] = tuple(values[:last])
        else:  # there are gaps, or a row that stands twice
            cells = list(self._rows.get(number, ()))
            cells.extend([None] * (right - len(cells)))
            for column, value in zip(columns[:last], values[:last], strict=True):
                if value is not None or column in row.formulas:
                    cells[column - 1] = value
            self._rows[number] = tuple(cells)
        self._height, self._width = max(self._height, number), max(self._width, right)
        self.percents.update((number, column) for column in row.percents)
        for column, formula in row.formulas.items():
            self._formulas.add((number, column))
            if area := array_in(formula):
                self._arrays.append(area)

    def filled_rows(self) -> tuple[tuple[CellValue, ...], ...]:
        """All rows down to the last that holds something, as wide as the widest."""
        self._budget.spend(self._name, self._height * self._width)
        # Rows without values share one tuple: a sheet with a single cell far down costs next to nothing.
        empty: tuple[CellValue, ...] = (None,) * self._width
        found = (self._rows.get(number, empty) for number in range(1, self._height + 1))
        return tuple(row if len(row) == self._width else (*row, *empty[len(row) :]) for row in found)

    def all_formulas(self) -> set[tuple[int, int]]:
        """(row, column) of all formulas, with the cells that arrays fill."""
        return self._formulas.union(*map(self._cells_within, self._arrays))

    def _cells_within(self, area: Range) -> set[tuple[int, int]]:
        rows = range(area.first_row, min(area.last_row, self._height) + 1)
        columns = range(area.first_column, min(area.last_column, self._width) + 1)
        self._budget.spend(self._name, len(rows) * len(columns))
        return {(row, column) for row in rows for column in columns}


def searched_grid(stream: IO[bytes], reader: CellReader, name: str, budget: CellBudget) -> SheetGrid:
    """The cells of a sheet by searching its bytes; Unusual where only a parser understands it."""
    sheet = SheetStream(stream)
    head = sheet.head()
    grid, scan = SheetGrid(name, budget), CellScan(reader)
    for row in sheet.rows():
        grid.add(row.number, values_of(scan, head, row, reader))
        grid.kept_off.take_row(row.number, row.tag)
    grid.kept_off.take_around(parse(head + sheet.tail()))  # what was passed over must be well-formed too
    return grid


def values_of(scan: CellScan, head: bytes, row: RowBytes, reader: CellReader) -> RowValues:
    """What a row holds, by a search where that will do; `head` is that of its sheet."""
    with suppress(Unusual):
        return scan.row(row.cells)
    placed = placed_cells(row.cells, row.number)
    if placed != row.cells:
        with suppress(Unusual):
            return scan.row(placed)
    return parsed_row(reader, numbered_cells(row_element(head, row)))


def parsed_grid(stream: IO[bytes], reader: CellReader, name: str, budget: CellBudget) -> SheetGrid:
    """The cells of a sheet by parsing it."""
    grid = SheetGrid(name, budget)
    for number, cells in stream_rows(stream):
        grid.add(number, parsed_row(reader, cells))
    stream.seek(0)
    grid.kept_off.take_stream(stream)
    return grid


def row_element(head: bytes, row: RowBytes) -> etree._Element:
    """The element of one row, alone in a sheet whose head, up to its first row, declares the prefixes that the row may use."""
    return parse(b"".join((start_tag(head), b"<sheetData>", row.whole(), b"</sheetData></worksheet>")))[0][0]


def array_in(formula: bytes) -> Range | None:
    """The cells that a formula fills besides its own, None for one that fills none.

    Example:
        >>> str(array_in(b'<f t="array" ref="A1:B2">')), array_in(b'<f t="shared" ref="A1:B2" si="0">')
        ('A1:B2', None)
    """
    found = _AREA.search(formula)
    return None if found is None else Range.parse((found[1] or found[2]).decode())


def start_tag(head: bytes) -> bytes:
    """The start tag of a sheet; Unusual where it cannot be told where it ends."""
    found = _ROOT_TAG.search(head)
    if found is None:
        raise Unusual
    return found[0]


def parsed_row(reader: CellReader, cells: Iterable[NumberedCell]) -> RowValues:
    """What a row holds, from the elements of its cells."""
    by_column: dict[int, CellValue] = {}
    formulas: dict[int, bytes] = {}
    percents: list[int] = []
    for column, cell in cells:
        value, formula = reader.value_and_formula(cell)
        if value is None and formula is None:
            continue
        by_column[column] = value
        if formula is not None:
            formulas[column] = etree.tostring(formula, with_tail=False)
        if isinstance(value, float) and reader.kind(cell) is NumberKind.PERCENT:
            percents.append(column)
    columns = tuple(sorted(by_column))
    return RowValues(columns, [by_column[column] for column in columns], formulas, tuple(percents))
