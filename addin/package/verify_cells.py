"""The cells of a finished sheet against those it was made from: ours read back, every other is the bytes that it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import chain

from lxml import etree

from addin.grid import CellValue, address
from addin.package.cell_scan import CellScan, RowValues
from addin.package.cell_text import LONGEST_TEXT
from addin.package.cell_values import CellReader, numbered_cells
from addin.package.cell_writing import same_value
from addin.package.guard import CellBudget
from addin.package.parts import Package, SheetPart
from addin.package.plain_bytes import Unusual
from addin.package.ranges import column_number
from addin.package.read import read_sheet
from addin.package.sheet_grid import parsed_row, row_element
from addin.package.sheet_stream import RowBytes, SheetStream

_LAST_CELL = re.compile(rb'<c r="([A-Z]{1,3})[0-9]{1,7}"')
_PLACED = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{1,7})"(?: s="([0-9]+)")?')
_SHORT = LONGEST_TEXT // 2  # characters that fit into a cell whatever they are
_Row = Mapping[int, CellValue]
ExpectedCells = Mapping[int, _Row]
"""Row -> column -> the value that must be read there."""


def by_row(cells: Mapping[tuple[int, int], CellValue]) -> ExpectedCells:
    """Cells in rows.

    Example:
        >>> by_row({(1, 2): "b", (1, 3): "c"})
        {1: {2: 'b', 3: 'c'}}
    """
    rows: dict[int, dict[int, CellValue]] = {}
    for (row, column), value in cells.items():
        rows.setdefault(row, {})[column] = value
    return rows


@dataclass(kw_only=True)
class CellCheck:
    """Compares one sheet before and after.

    Args:
        before: The workbook as it was.
        after: The finished workbook.
        earlier: The sheet in the first, None if it was added.
        sheet: The sheet in the second.
        expected: Row -> column -> the value that must be read.
    """

    before: Package
    after: Package
    earlier: SheetPart | None
    sheet: SheetPart
    expected: ExpectedCells

    def difference(self) -> str | None:
        """What is not as it should be, None if all is well.

        Raises:
            NotAWorkbook, ValueError: A sheet cannot be read.
        """
        self._rows = self.expected
        self._ours = {column for row in self._rows.values() for column in row}
        self._reader = CellReader.of(self.after)
        try:
            return self._by_rows()
        except Unusual:
            return self._by_values()

    def _by_rows(self) -> str | None:
        scan, seen, styles = CellScan(self._reader), set[int](), set[bytes]()
        old = CellScan(CellReader.of(self.before))
        head, rows = self._opened(self.after, self.sheet)
        earlier_head, earlier_rows = (
            (b"", iter(())) if self.earlier is None else self._opened(self.before, self.earlier)
        )
        for earlier, row in _paired(earlier_rows, rows):
            seen.add(row.number)
            wanted = self._rows.get(row.number, {})
            if not wanted and earlier.cells == row.cells:
                continue
            if row.cells.startswith(earlier.cells):
                ours = row.cells[len(earlier.cells) :]
                values = _scanned(scan, head, RowBytes(row.number, row.tag, ours), self._reader)
                placed = set(_PLACED.findall(ours))
                styles.update(style for _, style in placed if style)
                if {int(number) for number, _ in placed} - {row.number}:
                    return f"a cell of row {row.number} names another row"
                if ours and self._appended(earlier, values, wanted) is None:
                    continue
            now = _scanned(scan, head, row, self._reader)
            then = (
                _scanned(old, earlier_head, earlier, CellReader.of(self.before)) if earlier.cells else RowValues.none()
            )
            wrong = self._rewritten(then, now, row.number) or self._bytes_differ(earlier_head, earlier, head, row)
            if wrong is not None:
                return wrong
        missing = [
            row for row in self._rows if row not in seen and any(v is not None for v in self._rows[row].values())
        ]
        if missing:
            return f"row {min(missing)} is missing"
        if styles and max(map(int, styles)) >= len(self._reader.kinds):
            return "a cell has a format that is not there"
        return None

    def _appended(self, earlier: RowBytes, ours: RowValues, wanted: _Row) -> str | None:
        """Whether a row's new cells are ours and stand behind all others; if not, it is looked at more closely."""
        if ours.formulas or (ours.columns and ours.columns[0] <= _last_column(earlier.cells)):
            return "cells are out of order"
        found = 0
        for column, value in zip(ours.columns, ours.values, strict=True):
            hoped = wanted.get(column)
            # Equal texts are the usual case; the closer look is for numbers and for what a text was cut or turned into.
            if (
                value is not hoped
                and not (type(value) is str and value == hoped and len(value) < _SHORT)
                and not _reads_back(value, hoped)
            ):
                return "a value is not ours"
            found += column in wanted
        if found < len(wanted) and any(wanted[column] is not None for column in wanted.keys() - set(ours.columns)):
            return "a value is missing"
        return None

    def _rewritten(self, then: RowValues, now: RowValues, row: int) -> str | None:
        wanted = self._rows.get(row, {})
        before, after = (dict(zip(each.columns, each.values, strict=True)) for each in (then, now))
        for column in sorted({*before, *after, *wanted}):
            value = after.get(column)
            if column in wanted:
                if not _reads_back(value, wanted[column]):
                    return f"cell {address(row, column)} does not read back as it was written"
            elif value is None and column in self._ours:
                continue  # our own sheet has fewer rows than before
            elif value != before.get(column) and not same_value(value, before.get(column)):
                return f"cell {address(row, column)} changed although it must not"
        if then.formulas.keys() - now.formulas.keys():
            return f"a formula of row {row} is missing"
        return None

    def _bytes_differ(self, earlier_head: bytes, earlier: RowBytes, head: bytes, row: RowBytes) -> str | None:
        """Whether a cell that is not ours is spelled otherwise in a row that had to be parsed."""
        if not earlier.cells:
            return None
        before, after = _cells_of(earlier_head, earlier), _cells_of(head, row)
        for column in sorted({*before, *after} - self._ours):
            if before.get(column) != after.get(column):
                return f"cell {address(row.number, column)} changed although it must not"
        return None

    def _opened(self, package: Package, sheet: SheetPart) -> tuple[bytes, Iterator[RowBytes]]:
        stream = SheetStream(BytesIO(package.read(sheet.part)))
        return stream.head(), stream.rows()

    def _by_values(self) -> str | None:
        """The same for sheets that only a parser understands; formats are not looked at."""
        name = self.sheet.name
        after = read_sheet(self.after, self.sheet, self._reader, CellBudget(name))
        before = None
        if self.earlier is not None:
            before = read_sheet(self.before, self.earlier, CellReader.of(self.before), CellBudget(name))
        for row in range(1, max(len(after.rows), 0 if before is None else len(before.rows), *self._rows, 1) + 1):
            width = max((len(each.rows[0]) for each in (after, before) if each is not None and each.rows), default=0)
            then = RowValues.of({c: before.cell(row, c) for c in range(1, width + 1)} if before is not None else {})
            now = RowValues.of({c: after.cell(row, c) for c in range(1, width + 1)})
            wrong = self._rewritten(then, now, row)
            if wrong is not None:
                return wrong
        if before is not None and {place for place in before.formulas if place[1] not in self._ours} - after.formulas:
            return "a formula is missing"
        return None


def _paired(earlier: Iterator[RowBytes], rows: Iterator[RowBytes]) -> Iterator[tuple[RowBytes, RowBytes]]:
    """Rows of two sheets side by side, by number; a row that one lacks is without cells there."""
    before = next(earlier, None)
    for row in rows:
        while before is not None and before.number < row.number:
            yield before, RowBytes(before.number, before.tag, b"")
            before = next(earlier, None)
        if before is not None and before.number == row.number:
            yield before, row
            before = next(earlier, None)
        else:
            yield RowBytes(row.number, row.tag, b""), row
    for gone in chain([] if before is None else [before], earlier):
        yield gone, RowBytes(gone.number, gone.tag, b"")


def _scanned(scan: CellScan, head: bytes, row: RowBytes, reader: CellReader) -> RowValues:
    try:
        return scan.row(row.cells)
    except Unusual:
        return parsed_row(reader, numbered_cells(row_element(head, row)))


def _cells_of(head: bytes, row: RowBytes) -> dict[int, bytes]:
    cells = numbered_cells(row_element(head, row))
    return {column: etree.tostring(cell, method="c14n", with_tail=False) for column, cell in cells}


def _last_column(cells: bytes) -> int:
    at = cells.rfind(b"<c")
    found = _LAST_CELL.match(cells, at) if at >= 0 else None
    if at >= 0 and found is None:
        raise Unusual
    return 0 if found is None else column_number(found[1].decode())


def _reads_back(value: CellValue, wanted: CellValue) -> bool:
    if isinstance(value, str) and len(value) * 2 > LONGEST_TEXT and len(value.encode("utf-16-le")) > 2 * LONGEST_TEXT:
        return False
    return same_value(value, wanted)
