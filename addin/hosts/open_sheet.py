"""A sheet of an open book -> `grid.Sheet`: its values, and what keeps a writer off, each known or "cannot tell".

xlwings on the desktop tells formulas, merged cells, hidden rows and formats; protection and filters are asked of Excel
itself, in the spelling of Windows or of the Mac. A server's book and xlwings Lite tell none of it; numbers that may be shown
as per cent are asked about there (`addin/reading/scales.py`). One request answers for a whole block of cells that are alike,
so that the number of requests depends on how often something changes and not on how many students there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from math import isfinite
from typing import Any

from addin.reading.grid import Area, CellValue, Sheet, Table, whole_letters

_FIRST_DAY = date(1899, 12, 30)
"""Where a date would stand, Excel gives a time of day this one."""


def read_sheet(sheet: Any, *, desktop: bool) -> Sheet:
    """Everything that is known of a sheet.

    Args:
        desktop: Whether its engine is Excel on the desktop.
    """
    last = sheet.used_range.last_cell
    block = sheet.range((1, 1), (last.row, last.column))
    rows = values(block)
    read = Sheet(
        name=sheet.name,
        rows=rows,
        visible=sheet.visible is not False,
        tables=tuple(_table(table) for table in sheet.tables),
        tells_formulas=False,
        merged=None,
        filtered=None,
        protected=None,
    )
    if not desktop:
        return read
    return replace(
        read,
        formulas=frozenset(
            (r, c)
            for r, line in enumerate(formulas(block), start=1)
            for c, formula in enumerate(line, start=1)
            if is_formula(formula, rows[r - 1][c - 1])
        ),
        tells_formulas=True,
        merged=tuple(dict.fromkeys(_merged(sheet, Area(1, 1, last.row, last.column)))),
        filtered=told(sheet, "FilterMode", "filter_mode"),
        protected=told(sheet, "ProtectContents", "protect_contents"),
        percents=shown_as_per_cent(sheet, rows),
        hidden_rows=frozenset(_hidden(sheet, 1, last.row)),
    )


def values(block: Any) -> tuple[tuple[CellValue, ...], ...]:
    """The values of a range as rows; Excel's errors as their own text."""
    return tuple(tuple(map(plain, row)) for row in block.options(ndim=2, err_to_str=True).value)


def formulas(block: Any) -> list[list[Any]]:
    """The formulas of a range as rows, as Excel's formula bar shows them; constants as what they are."""
    found = block.formula
    if not isinstance(found, (list, tuple)):
        return [[found]]
    return [list(row) if isinstance(row, (list, tuple)) else [row] for row in found]


def is_formula(formula: Any, value: CellValue) -> bool:
    """Whether a cell holds a formula: a text that begins with "=" is shown as itself.

    Example:
        >>> is_formula("=A1+1", 3.0), is_formula("=)", "=)"), is_formula("3", 3.0)
        (True, False, False)
    """
    return isinstance(formula, str) and formula.startswith("=") and formula != value


def plain(value: Any) -> CellValue:
    """A value as the closed file gives it: nothing, a day without midnight, and a time of day without Excel's first day.

    Example:
        >>> plain(""), plain(datetime(2026, 3, 12)), plain(datetime(1899, 12, 30, 10, 30)), plain(12.0)
        (None, datetime.date(2026, 3, 12), datetime.time(10, 30), 12.0)
    """
    if isinstance(value, datetime):
        if value.date() == _FIRST_DAY:
            return value.time()
        return value.date() if value.time() == time(0) else value
    if isinstance(value, str):
        return whole_letters(value) or None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            return value if isfinite(value) else None
        except OverflowError:  # a whole number of hundreds of digits
            return None
    return value  # type: ignore[no-any-return]


def told(sheet: Any, windows: str, mac: str) -> bool | None:
    """What Excel on the desktop says of a sheet, which xlwings does not pass on; None where it does not say either."""
    try:
        native = sheet.api
        answer = getattr(native, windows) if hasattr(native, windows) else getattr(native, mac).get()
    except Exception:  # each engine has its own errors
        return None
    return answer if isinstance(answer, bool) else None


def _table(table: Any) -> Table:
    cells = table.range
    return Table(
        name=table.name,
        first_row=cells.row,
        first_column=cells.column,
        last_row=cells.last_cell.row,
        last_column=cells.last_cell.column,
    )


def _merged(sheet: Any, area: Area) -> Iterator[Area]:
    """Merged cells, found by halving: one request answers for a block without any."""
    block = sheet.range(area[:2], area[2:])
    if block.merge_cells is False:
        return
    height, width = area.last_row - area.first_row, area.last_column - area.first_column
    if not height and not width:
        whole = block.merge_area
        yield Area(whole.row, whole.column, whole.last_cell.row, whole.last_cell.column)
    elif height >= width:
        middle = area.first_row + height // 2
        yield from _merged(sheet, area._replace(last_row=middle))
        yield from _merged(sheet, area._replace(first_row=middle + 1))
    else:
        middle = area.first_column + width // 2
        yield from _merged(sheet, area._replace(last_column=middle))
        yield from _merged(sheet, area._replace(first_column=middle + 1))


def _hidden(sheet: Any, first: int, last: int) -> Sequence[int]:
    """Hidden rows, found likewise."""
    block = sheet.range((first, 1), (last, 1))
    native = block.api  # xlwings asks Excel on Windows for every row alone
    hidden = native.EntireRow.Hidden if hasattr(native, "EntireRow") else block.rows.hidden
    if hidden is None and first < last:
        middle = (first + last) // 2
        return [*_hidden(sheet, first, middle), *_hidden(sheet, middle + 1, last)]
    return range(first, last + 1) if hidden else ()


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
