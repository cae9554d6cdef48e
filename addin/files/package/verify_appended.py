"""The cells that were put behind a row's own, read back many rows at a time.

That is what a first run writes: nine cells in each row, spelled alike. One search takes a row's cells apart; what they hold is
compared column by column. Whatever is spelled otherwise is left to the closer look that `verify_cells` takes row by row.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Mapping
from functools import cached_property

from addin.files.package.cell_scan import Spellings
from addin.files.package.cell_text import fit, from_xml, is_too_long, unescape
from addin.files.package.cell_values import CellReader
from addin.files.package.cell_writing import same_value
from addin.files.package.ranges import column_number
from addin.files.package.sheet_stream import RowBytes, Unusual
from addin.reading.grid import CellValue, address, column_letters

_NUMBER, _SAME = rb"([0-9]{1,7}+)", rb"\1"
_CELL = (
    rb'<c r="%b%b"(?: s="([0-9]{1,5}+)")?+'
    rb'(?:/>|><v>([^<]*+)</v></c>| t="inlineStr"><is><t xml:space="preserve">([^<]*+)</t></is></c>)'
)
_GROUPS = 3  # of a cell: format, number, text
_LAST_CELL = re.compile(rb'<c r="([A-Z]{1,3})[0-9]{1,7}"')
_ROWS_AT_ONCE = 500  # 2 MB of cells that were taken apart, more or less

ExpectedColumn = Mapping[int, CellValue]
"""Row -> the value that must be read there; of a `ChainMap` the second map holds the heading."""

ExpectedCells = Mapping[int, ExpectedColumn]
"""Column -> row -> the value that must be read there; texts may be longer than a cell holds, and are cut then."""


def stored(value: CellValue) -> CellValue:
    """What a cell holds of a value."""
    return fit(value) or None if isinstance(value, str) else value


def reads_back(value: CellValue, wanted: CellValue) -> bool:
    """Whether a value that was read is the one that was to be stored, and no longer than Excel takes."""
    return not (isinstance(value, str) and is_too_long(value)) and same_value(value, wanted)


class AppendedCells:
    """Takes rows in, and compares what stands behind the cells that they had."""

    def __init__(self, reader: CellReader, expected: ExpectedCells) -> None:
        self.styles: set[bytes | None] = set()
        self._reader = reader
        self._columns = sorted(expected)
        self._expected = {column: _apart(cells)[0] for column, cells in expected.items()}
        self._headings = {row for cells in expected.values() for row in _apart(cells)[1]}
        self._numbers, self._texts = Spellings(self._number), Spellings(_text)
        self._rows: list[int] = []
        self._found: list[tuple[bytes | None, ...]] = []
        self._difference: str | None = None

    @cached_property
    def _pattern(self) -> re.Pattern[bytes]:
        """All cells of a row of ours; compiled where the first row may be one."""
        cells = [
            _CELL % (column_letters(column).encode(), _SAME if place else _NUMBER)
            for place, column in enumerate(self._columns)
        ]
        return re.compile(b"".join(cells))

    def take(self, row: RowBytes, earlier: bytes) -> bool:
        """Take in a row that begins with its `earlier` cells; False where it must be looked at more closely."""
        if not self._columns or row.number in self._headings or _last_column(earlier) >= self._columns[0]:
            return False
        found = self._pattern.fullmatch(row.cells, len(earlier))
        if found is None or int(found[1]) != row.number:
            return False
        self._rows.append(row.number)
        self._found.append(found.groups())
        if len(self._rows) == _ROWS_AT_ONCE:
            self._compare()
        return True

    def difference(self) -> str | None:
        """What is not as it should be in the rows that were taken in, None if all is well."""
        self._compare()
        if self._difference is None and max((int(style) for style in self.styles if style), default=-1) >= len(
            self._reader.kinds
        ):
            return "a cell has a format that is not there"
        return self._difference

    def _number(self, cell: tuple[bytes | None, bytes]) -> CellValue:
        """The number of a format and a spelling."""
        style, spelling = cell
        return self._reader.typed("n", from_xml(spelling), self._reader.kind_of_style(int(style or 0)))

    def _compare(self) -> None:
        rows, found = self._rows, list(zip(*self._found, strict=True))[1:]
        self._rows, self._found = [], []
        for place, column in enumerate(self._columns if rows else ()):
            styles, numbers, texts = found[_GROUPS * place : _GROUPS * (place + 1)]
            self.styles.update(styles)
            values = [
                self._texts[text] if text is not None else None if number is None else self._numbers[style, number]
                for style, number, text in zip(styles, numbers, texts, strict=True)
            ]
            wanted = list(map(self._expected[column].get, rows))
            # Equal lists are the usual case; True equals 1 there, and a text of ours may have been cut.
            if values == wanted and bool not in set(map(type, wanted)):
                continue
            for row, value, hoped in zip(rows, values, wanted, strict=True):
                if value is not hoped and not same_value(value, stored(hoped)) and self._difference is None:
                    self._difference = f"cell {address(row, column)} does not read back as it was written"


def _apart(cells: ExpectedColumn) -> tuple[ExpectedColumn, ExpectedColumn]:
    """The values and the heading of a column: to look into two tables for each of them would take longer than all else."""
    return (cells.maps[0], cells.maps[1]) if isinstance(cells, ChainMap) else (cells, {})


def _text(spelling: bytes) -> CellValue:
    """A text; one that is too long for a cell is no text of ours."""
    text = unescape(from_xml(spelling)) or None
    if text is not None and is_too_long(text):
        raise ValueError("a text that is longer than Excel takes")
    return text


def _last_column(cells: bytes) -> int:
    at = cells.rfind(b"<c")
    found = _LAST_CELL.match(cells, at) if at >= 0 else None
    if at >= 0 and found is None:
        raise Unusual
    return 0 if found is None else column_number(found[1].decode())
