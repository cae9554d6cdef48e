"""The cells that a first run puts behind the last cell of each row, as bytes; those that come again are spelled once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from addin.errors import WriteFailed
from addin.files.package.cell_writing import ColumnCells, cell_bytes, storable
from addin.files.package.sheet_stream import RowBytes
from addin.files.package.sizes import lines_of, raised
from addin.reading.grid import CellValue

_SPANS = re.compile(rb' spans="([0-9]+):([0-9]+)"')
_HEIGHT = re.compile(rb' ht="([0-9.]+)"')
_HEIGHT_BY_HAND = re.compile(rb' customHeight="(?:1|true)"')
_START, _MOST_KEPT = b'<c r="', 4_000  # distinct values of a column; where there are more, most are its own student's
_ROWS_AT_ONCE = 500  # 1 MB of cells, more or less


class RowEnds:
    """Puts the cells of some columns behind rows that end left of them; `usual_height` is in points.

    The `rows` must be asked for in ascending order. WriteFailed comes from `whole`, for a value that no cell can hold.
    """

    def __init__(self, columns: Sequence[ColumnCells], rows: Sequence[int], *, usual_height: float, where: str) -> None:
        self._columns = columns
        self._usual_height = usual_height
        self._grown: dict[tuple[bytes, int], bytes] = {}
        behind = [_START + column.letters for column in columns[1:]] + [b""]
        self._cells = [_Cells(column, then, where) for column, then in zip(columns, behind, strict=True)]
        self._rows = rows
        self._spelled = 0
        self._ends: dict[int, tuple[tuple[bytes, ...], int]] = {}

    def whole(self, row: RowBytes) -> bytes:
        """A row with the cells behind its own."""
        pieces, lines = self._end_of(row.number)
        # Nothing but the row's number is missing between the pieces.
        start = b"%b>%b%b%b" % (self._tag(row.tag, lines), row.cells, _START, self._columns[0].letters)
        return b"%b</row>" % (b"%d" % row.number).join((start, *pieces))

    def with_headings(self, row: RowBytes) -> bytes:
        """The heading row with the headings behind its own."""
        headings = [
            cell_bytes(column.letters + b"%d" % row.number, column.heading[2], column.heading[1])
            for column in self._columns
            if column.heading is not None
        ]
        return b"%b>%b%b</row>" % (self._tag(row.tag, 1), row.cells, b"".join(headings))

    def _end_of(self, number: int) -> tuple[tuple[bytes, ...], int]:
        """The pieces behind a row and the lines that it takes, of rows that are spelled some thousand at a time."""
        while number not in self._ends and self._spelled < len(self._rows):
            rows = self._rows[self._spelled : self._spelled + _ROWS_AT_ONCE]
            self._spelled += len(rows)
            pieces, lines = [], [[1] * len(rows)] * 2  # two, as the greatest is asked for of at least two
            for column, spelled in zip(self._columns, self._cells, strict=True):
                cells = [spelled[value] for value in map(column.values.get, rows)]
                pieces.append([piece for piece, _ in cells])
                if column.wrap_at is not None:
                    lines.append([count for _, count in cells])
            self._ends = dict(zip(rows, zip(zip(*pieces, strict=True), map(max, *lines), strict=True), strict=True))
        return self._ends[number]

    def _tag(self, tag: bytes, lines: int) -> bytes:
        """The row's start tag, as wide and as high as it must be now; rows of a sheet share all of it but the number."""
        at = tag.index(b'"', len(b'<row r="'))
        key = tag[at:], lines
        if key not in self._grown:
            if len(self._grown) > _MOST_KEPT:
                self._grown.clear()
            self._grown[key] = self._higher(_wider(tag[at:], self._columns[0].column, self._columns[-1].column), lines)
        return tag[:at] + self._grown[key]

    def _higher(self, tag: bytes, lines: int) -> bytes:
        if lines == 1 or _HEIGHT_BY_HAND.search(tag):
            return tag
        found = _HEIGHT.search(tag)
        height = raised(lines, float(found[1]) if found else self._usual_height)
        if height is None:
            return tag
        text = b' ht="%b"' % height.encode()
        return tag.replace(found[0], text) if found else tag + text


class _Cells(dict[CellValue, tuple[bytes, int]]):
    """Value -> what follows on the row's number in a cell of one column, up to the next number; and the lines that it takes."""

    def __init__(self, column: ColumnCells, then: bytes, where: str) -> None:
        super().__init__()
        self._column = column
        self._then = then
        self._where = where
        # True and 1 are one key and two different cells: a column that holds truth values is spelled cell by cell.
        self._keeps = bool not in set(map(type, column.values.values()))

    def __missing__(self, value: CellValue) -> tuple[bytes, int]:
        stored, wrap_at = self._stored(value), self._column.wrap_at
        lines = lines_of(stored, wrap_at) if isinstance(stored, str) and wrap_at is not None else 1
        cell = cell_bytes(b"", self._column.style(), stored)[len(_START) :] + self._then, lines
        if self._keeps and len(self) < _MOST_KEPT:
            self[value] = cell
        return cell

    def _stored(self, value: CellValue) -> str | float | bool | None:
        try:
            return storable(value, self._where)
        except WriteFailed:  # once more, for words that name the cell
            row = next(row for row, each in self._column.values.items() if each is value)
            return storable(value, self._where, self._column.letters + b"%d" % row)


def _wider(tag: bytes, first: int, last: int) -> bytes:
    found = _SPANS.search(tag)
    if found is None:
        return tag
    spans = b' spans="%d:%d"' % (min(int(found[1]), first), max(int(found[2]), last))
    return tag.replace(found[0], spans)
