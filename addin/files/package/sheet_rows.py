"""The way that leaves a sheet's rows as bytes: result cells are put behind the last cell of each row.

That is where a first run writes, and it touches nothing else of a row than its width and height. A later run finds its
values there already; only rows in which something changed are then parsed, one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import IO

from addin.files.package.archive import Packed, Packing
from addin.files.package.cell_scan import CellScan, RowValues
from addin.files.package.cell_values import CellReader
from addin.files.package.cell_writing import ColumnCells, same_value, storable
from addin.files.package.markup import parse, serialise
from addin.files.package.ranges import column_number
from addin.files.package.row_ends import RowEnds
from addin.files.package.sheet_grid import array_in, row_element
from addin.files.package.sheet_stream import RowBytes, SheetStream, Unusual
from addin.files.package.sheet_xml import ARRAY, AroundRows, SheetXml, merged_ranges, refuse_closed
from addin.files.package.sizes import usual_height
from addin.reading.grid import CellValue

_LAST_ADDRESS = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
_FORMULA = re.compile(rb"<f [^>]*>")
_CHUNK, _END = 1 << 20, b"</sheetData>"
_DATA, _EMPTY = b"<sheetData>", (b"<sheetData/>", b"<sheetData></sheetData>")


class SheetRows(AroundRows):
    """A worksheet as rows of bytes, with a tree of all that stands around them; `opened` gives a stream over its part.

    Any method raises Unusual where only a parser understands the sheet; nothing is changed then.
    """

    def __init__(self, opened: Callable[[], IO[bytes]], *, where: str, reader: CellReader) -> None:
        self._opened = opened
        self._head = SheetStream(opened()).head()
        self._tail, formulas = _behind_rows(opened())
        if not self._tail or b"<!" in self._tail or b"<?" in self._tail:
            raise Unusual
        self.root = parse(self._head + self._tail)
        self._around = serialise(self.root)
        self._where = where
        self._reader = reader
        self._scan = CellScan(reader)
        arrays = [(ARRAY, area) for area in map(array_in, formulas) if area is not None]
        self._closed = [*merged_ranges(self.root), *arrays]
        self._usual_height = usual_height(self.root)
        self._top: dict[int, RowBytes] = {}
        self._written = Packing()
        self._ends: RowEnds | None = None
        self._is_changed = False

    def style(self, row: int, column: int) -> int | None:
        """The format of a cell, None where there is no such cell."""
        return self._parsed(self._row(row)).style(row, column)

    def value(self, row: int, column: int) -> CellValue:
        """The value of a cell."""
        return self._parsed(self._row(row)).value(row, column)

    def write(self, columns: Sequence[ColumnCells]) -> None:
        """Write columns of results; once, when all is done around the rows."""
        edits = _Edits(columns)
        head, tail = self._ends_of_rows()
        self._written.add(head)
        wanted = iter(edits.rows())
        due = next(wanted, None)
        for row in self._stream():
            while due is not None and due < row.number:
                self._take(RowBytes(due, b'<row r="%d"' % due, b""), edits, is_new=True)
                due = next(wanted, None)
            if due == row.number:
                self._take(row, edits)
                due = next(wanted, None)
            else:
                self._written.add(row.whole())
        while due is not None:
            self._take(RowBytes(due, b'<row r="%d"' % due, b""), edits, is_new=True)
            due = next(wanted, None)
        self._written.add(tail)

    def changed(self) -> Packed | None:
        """The sheet's part with what was written, None where it is what it was; once."""
        written = self._written.finish()
        return written if self._is_changed else None

    def _ends_of_rows(self) -> tuple[bytes, bytes]:
        """What stands before and behind the rows now."""
        around = serialise(self.root)
        if around == self._around:
            return self._head, self._tail
        self._is_changed = True
        empty = next((each for each in _EMPTY if each in around), None)
        if empty is None:
            raise Unusual
        start, _, rest = around.partition(empty)
        return start + _DATA, b"</sheetData>" + rest

    def _stream(self) -> Iterator[RowBytes]:
        stream = SheetStream(self._opened())
        stream.head()
        yield from stream.rows()

    def _row(self, number: int) -> RowBytes:
        if number not in self._top:
            found = next((row for row in self._stream() if row.number >= number), None)
            missing = found is None or found.number != number
            self._top[number] = RowBytes(number, b'<row r="%d"' % number, b"") if missing or found is None else found
        return self._top[number]

    def _parsed(self, row: RowBytes) -> SheetXml:
        """A sheet of that one row."""
        sheet = row_element(self._head, row).getroottree().getroot()
        return SheetXml(sheet, where=self._where, reader=self._reader)

    def _take(self, row: RowBytes, edits: _Edits, *, is_new: bool = False) -> None:
        columns = edits.at(row.number)
        for column in columns if self._closed else ():
            refuse_closed(self._closed, row.number, column.column, self._where)
        if is_new and not any(column.is_new or column.values.get(row.number) is not None for column in columns):
            return
        if edits.are_new and len(columns) == len(edits.columns) and _last_column(row) < columns[0].column:
            self._is_changed = True
            if self._ends is None:
                self._ends = RowEnds(columns, edits.common, usual_height=self._usual_height, where=self._where)
            is_heading = row.number == edits.heading_row
            self._written.add(self._ends.with_headings(row) if is_heading else self._ends.whole(row))
        elif self._holds(row, columns):
            self._written.add(row.whole())
        else:
            self._written.add(self._rewritten(row, columns))

    def _holds(self, row: RowBytes, columns: Sequence[ColumnCells]) -> bool:
        """Whether nothing has to change in a row; where a format might have to, it is looked at more closely."""
        try:
            there = self._scan.row(row.cells)
        except Unusual:
            return False
        return not any(column.is_new for column in columns) and _has_all(there, row.number, columns)

    def _rewritten(self, row: RowBytes, columns: Sequence[ColumnCells]) -> bytes:
        sheet = self._parsed(row)
        before = serialise(sheet.root)
        sheet.write([column.alone(row.number) for column in columns])
        after = serialise(sheet.root)
        if after == before:
            return row.whole()
        self._is_changed = True
        start, end = after.find(_DATA) + len(_DATA), after.rfind(b"</sheetData>")
        return after[start:end]


def _behind_rows(stream: IO[bytes]) -> tuple[bytes, list[bytes]]:
    """What stands behind the rows of a sheet, b"" where they have no end; and the start tags of formulas with attributes."""
    left = tail = b""
    formulas: list[bytes] = []
    while chunk := stream.read(_CHUNK):
        held = left + chunk
        whole = max(held.rfind(b"<"), 0)  # where a tag begins that may go on in the next chunk
        if b"f" in held and b"<f" in held:
            formulas += _FORMULA.findall(held, 0, whole)
        if tail:
            tail += chunk
        elif (at := held.find(_END)) >= 0:
            tail = held[at:]
        left = held[whole:]
    return tail[tail.rfind(_END) :] if tail else b"", formulas


class _Edits:
    """Columns of results, looked at row by row."""

    def __init__(self, columns: Sequence[ColumnCells]) -> None:
        self.columns = sorted(columns, key=lambda column: column.column)
        self.are_new = all(column.is_new for column in columns)
        self.heading_row = next((column.heading[0] for column in columns if column.heading is not None), 0)
        self._same = all(column.rows == columns[0].rows for column in columns)
        every = [set(column.rows) for column in (columns[:1] if self._same else columns)]
        self.common = sorted(set.intersection(*every)) if every else []
        self._any = set[int]().union(*every)

    def rows(self) -> Collection[int]:
        """All rows with something to write, ascending."""
        return sorted(self._any | {self.heading_row} if self.heading_row else self._any)

    def at(self, row: int) -> Sequence[ColumnCells]:
        """The columns that write into a row."""
        if row == self.heading_row:
            return [column for column in self.columns if column.heading is not None or row in column.rows]
        return self.columns if self._same else [column for column in self.columns if row in column.rows]


def _has_all(there: RowValues, row: int, columns: Sequence[ColumnCells]) -> bool:
    values = dict(zip(there.columns, there.values, strict=True))
    return all(
        column.column not in there.formulas
        and same_value(values.get(column.column), storable(column.values.get(row), ""))
        for column in columns
    )


def _last_column(row: RowBytes) -> int:
    at = row.cells.rfind(b"<c")
    if at < 0 and not row.cells.strip():
        return 0
    if not row.cells.endswith((b"</c>", b"/>")):  # something else than cells stands last
        raise Unusual
    found = _LAST_ADDRESS.match(row.cells, max(at, 0))
    if found is None or int(found[2]) != row.number:
        raise Unusual
    return column_number(found[1].decode())
