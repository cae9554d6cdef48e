"""Which numbers an open workbook shows as per cent: 0.85 as 85 %.

Only Excel on the desktop tells the format of a cell; a server's book does not, and there such cells are asked about
(`addin/reading/scales.py`). One request answers for a whole block of cells if all have the same format, so that the number of
requests depends on how often the format changes and not on how many students there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from addin.reading.grid import CellValue

_NO_SIGN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""Parts of a format code in which a per cent sign is only a letter."""


def shown_as_per_cent(sheet: Any, rows: Sequence[Sequence[CellValue]]) -> frozenset[tuple[int, int]]:
    """(row, column) of the numbers that are shown as per cent, in the columns in which it matters.

    Args:
        sheet: An xlwings sheet of an engine that can read formats.
        rows: Its values, from A1.
    """
    found: set[tuple[int, int]] = set()
    for column in range(1, max(map(len, rows), default=0) + 1):
        numbers = [row for row, cells in enumerate(rows, start=1) if _number(cells, column) is not None]
        # Without a part of 1 or a 1 nothing in the column can be meant as a per cent below or equal to 100.
        if any(0 < (_number(rows[row - 1], column) or 0) <= 1 for row in numbers):
            found.update((row, column) for row in _per_cent_rows(sheet, column, numbers))
    return frozenset(found)


def is_per_cent(code: str) -> bool:
    """Whether a format code shows numbers above 0 as per cent.

    Example:
        >>> [is_per_cent(code) for code in ("0%", "0.0 %", "General", '0" % of marks"', "0;-0%")]
        [True, True, False, False, False]
    """
    return "%" in _NO_SIGN.sub("", code).split(";")[0]


def _number(cells: Sequence[CellValue], column: int) -> float | None:
    value = cells[column - 1] if column <= len(cells) else None
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _per_cent_rows(sheet: Any, column: int, rows: Sequence[int]) -> Iterator[int]:
    code = sheet.range((rows[0], column), (rows[-1], column)).number_format
    if code is None and len(rows) > 1:  # several formats
        half = len(rows) // 2
        yield from _per_cent_rows(sheet, column, rows[:half])
        yield from _per_cent_rows(sheet, column, rows[half:])
    elif code and is_per_cent(str(code)):
        yield from rows
