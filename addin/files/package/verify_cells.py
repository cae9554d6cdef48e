"""The cells of a finished sheet against those it was made from: ours read back, every other is the bytes that it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from typing import IO

from lxml import etree

from addin.files.package.cell_scan import CellScan, RowValues
from addin.files.package.cell_values import CellReader, numbered_cells
from addin.files.package.cell_writing import same_value
from addin.files.package.guard import CellBudget
from addin.files.package.parts import Package, SheetPart
from addin.files.package.plain_spelling import is_usual, respelled
from addin.files.package.read import read_sheet
from addin.files.package.sheet_grid import row_element, values_of
from addin.files.package.sheet_stream import RowBytes, SheetStream, Unusual
from addin.files.package.verify_appended import AppendedCells, ExpectedCells, reads_back, stored
from addin.reading.grid import CellValue, address

_BEGINNING = 100_000  # bytes, in which the first cell stands
_PLACED = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{1,7})"(?: s="([0-9]+)")?')


def by_column(cells: Mapping[tuple[int, int], CellValue]) -> ExpectedCells:
    """Cells in columns.

    Example:
        >>> by_column({(1, 2): "b", (3, 2): "c"})
        {2: {1: 'b', 3: 'c'}}
    """
    columns: dict[int, dict[int, CellValue]] = {}
    for (row, column), value in cells.items():
        columns.setdefault(column, {})[row] = value
    return columns


@dataclass(kw_only=True)
class CellCheck:
    """Compares one sheet before and after; `earlier` is None where it was added."""

    before: Package
    after: Package
    earlier: SheetPart | None
    sheet: SheetPart
    expected: ExpectedCells
    around: bytes = b""
    """What stands around the rows of the sheet, once these were read to their end one by one."""

    def difference(self) -> str | None:
        """What is not as it should be, None if all is well; NotAWorkbook or ValueError where a sheet cannot be read."""
        self._reader = CellReader.of(self.after)
        usual = self.earlier is None or is_usual(self.before.stream(self.earlier.part).read(_BEGINNING))
        for read in (_as_it_is, _respelled) if usual else (_respelled, _as_it_is):
            with suppress(Unusual):
                return self._by_rows(read)
        return self._by_values()

    def _by_rows(self, read: Callable[[IO[bytes]], IO[bytes]]) -> str | None:
        old_reader = CellReader.of(self.before)
        old, new, seen = CellScan(old_reader), CellScan(self._reader), set[int]()
        appended = AppendedCells(self._reader, self.expected)
        stream = SheetStream(read(self.after.open(self.sheet.part)))
        head = stream.head()
        earlier_head, earlier_rows = (
            (b"", iter(())) if self.earlier is None else self._opened(self.before, self.earlier, read)
        )
        for earlier, row in _paired(earlier_rows, stream.rows()):
            seen.add(row.number)
            if row.cells.startswith(earlier.cells):
                if appended.take(row, earlier.cells):
                    continue
                placed = set(_PLACED.findall(row.cells, len(earlier.cells)))
                appended.styles.update(style for _, style in placed if style)
                if {int(number) for number, _ in placed} - {row.number}:
                    return f"a cell of row {row.number} names another row"
            wanted = self._wanted(row.number)
            if not wanted and earlier.cells == row.cells:
                continue
            now = values_of(new, head, row, self._reader)
            then = values_of(old, earlier_head, earlier, old_reader) if earlier.cells else RowValues.none()
            wrong = self._rewritten(then, now, row.number) or self._bytes_differ(earlier_head, earlier, head, row)
            if wrong is not None:
                return wrong
        tail = stream.tail()
        self.around = head + tail if read is _as_it_is else b""
        return appended.difference() or self._missing(seen)

    def _wanted(self, row: int) -> Mapping[int, CellValue]:
        return {column: stored(cells[row]) for column, cells in self.expected.items() if row in cells}

    def _missing(self, seen: Collection[int]) -> str | None:
        for cells in self.expected.values():
            missing = [row for row in cells.keys() - seen if stored(cells[row]) is not None]
            if missing:
                return f"row {min(missing)} is missing"
        return None

    def _rewritten(self, then: RowValues, now: RowValues, row: int) -> str | None:
        wanted = self._wanted(row)
        before, after = (dict(zip(each.columns, each.values, strict=True)) for each in (then, now))
        for column in sorted({*before, *after, *wanted}):
            value = after.get(column)
            if column in wanted:
                if not reads_back(value, wanted[column]):
                    return f"cell {address(row, column)} does not read back as it was written"
            elif value is None and column in self.expected:
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
        for column in sorted({*before, *after} - self.expected.keys()):
            if before.get(column) != after.get(column):
                return f"cell {address(row.number, column)} changed although it must not"
        return None

    def _opened(
        self, package: Package, sheet: SheetPart, read: Callable[[IO[bytes]], IO[bytes]]
    ) -> tuple[bytes, Iterator[RowBytes]]:
        stream = SheetStream(read(package.stream(sheet.part)))
        return stream.head(), stream.rows()

    def _by_values(self) -> str | None:
        """The same for sheets that only a parser understands; formats are not looked at."""
        name = self.sheet.name
        after = read_sheet(self.after, self.sheet, self._reader, CellBudget(name))
        before = None
        if self.earlier is not None:
            before = read_sheet(self.before, self.earlier, CellReader.of(self.before), CellBudget(name))
        ours = max((row for cells in self.expected.values() for row in cells), default=0)
        for row in range(1, max(len(after.rows), 0 if before is None else len(before.rows), ours) + 1):
            width = max((len(each.rows[0]) for each in (after, before) if each is not None and each.rows), default=0)
            then = RowValues.of({c: before.cell(row, c) for c in range(1, width + 1)} if before is not None else {})
            now = RowValues.of({c: after.cell(row, c) for c in range(1, width + 1)})
            wrong = self._rewritten(then, now, row)
            if wrong is not None:
                return wrong
        if (
            before is not None
            and {place for place in before.formulas if place[1] not in self.expected} - after.formulas
        ):
            return "a formula is missing"
        return None


def _as_it_is(stream: IO[bytes]) -> IO[bytes]:
    return stream


def _respelled(stream: IO[bytes]) -> IO[bytes]:
    return BytesIO(respelled(stream.read()))


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


def _cells_of(head: bytes, row: RowBytes) -> dict[int, bytes]:
    cells = numbered_cells(row_element(head, row))
    for column, cell in cells:  # one that relied on its order says now where it stands
        cell.set("r", cell.get("r") or address(row.number, column))
    return {column: etree.tostring(cell, method="c14n", with_tail=False) for column, cell in cells}
