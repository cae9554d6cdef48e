"""Ranges as they are handed over -> cells; the same cells are the same object for as long as they are kept.

A formula in each row of a table hands over its whole class again with every call. To look at 2,000 rows of 60 cells takes longer
than all else that a call needs, so it is done once, by one comparison of lists that runs in C: .1 ms where the cells are the same
objects, .5 ms where Excel has made them anew. A digest of the cells would take 1.3 ms. What is found is one object, `Cells`, so
everything that is worked out of it can be kept under it.

Two ranges are the same where every cell is: 1 is not TRUE, and neither is "1". 1 and 1.0 are one number in Excel, and one here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from threading import Lock
from typing import Any, NamedTuple

from addin.reading.grid import CellValue
from addin.reading.ranges import rows_of, table_of

MOST_RANGES, MOST_CELLS = 400, 500_000
"""Ranges and cells that are kept, the last ones used: four classes of 2,000, or those of a hundred teachers whom a server answers
in turns. The cells take about 40 MB."""

ERRORS_BELOW = -2_000_000_000
"""Excel on the desktop hands over its errors as whole numbers below this one."""

_PLAIN = (date, time, timedelta, Decimal, str, float)


class Cells:
    """A range of cells, never changed; equal to itself alone, so that it stands for its cells in a key.

    Args:
        rows: Its rows of cells, empty where nothing was given.
    """

    __slots__ = ("rows", "size", "widths")

    def __init__(self, rows: Sequence[Sequence[CellValue]]) -> None:
        self.rows = tuple(map(tuple, rows))
        self.widths = frozenset(map(len, self.rows))  # of one width alone, where it is a range of Excel
        self.size = sum(map(len, self.rows))  # cells


NOTHING = Cells(())


class _Range(NamedTuple):
    """A range that is kept: who handed it over, the cells as they were handed over, and what they are."""

    source: object
    handed: Sequence[Any]
    cells: Cells


_kept: tuple[_Range, ...] = ()
_lock = Lock()


def cells_of(
    value: Any, name: str, *, source: object = None, clean: Callable[[Any], Any] | None = None, keep: bool = True
) -> Cells:
    """The cells of a range, the same object for the same cells.

    Args:
        value: What a call handed over: rows, a row, a cell, an array, a data frame, None, or `Cells` already.
        name: The argument's name, for errors.
        source: Who handed it over, where `clean` hangs on that.
        clean: Makes plain cells of what was handed over; left out, they are plain.
        keep: False for an argument that is another single row in every row of a table: such a row is not kept.

    Raises:
        RequestProblem: Rows and single cells are mixed.

    Example:
        >>> rows = [["Ova", 7]]
        >>> first = cells_of(rows, "students")
        >>> first is cells_of([["Ova", 7.0]], "students"), first.rows
        (True, (('Ova', 7.0),))
        >>> rows[0][1] = 1
        >>> one, true = cells_of(rows, "students"), cells_of([["Ova", True]], "students")
        >>> one is first, true is one
        (False, False)
    """
    if isinstance(value, Cells):
        return value
    if isinstance(value, (list, tuple)):
        ranges = _kept
        for known in ranges:
            if known.source is source and known.handed == value:
                if known is not ranges[0]:
                    _put(known)
                return known.cells
    handed = table_of(value, name)
    if not handed:
        return NOTHING
    cells = Cells(rows_of(clean(handed) if clean else handed, name))
    if keep or len(handed) > 1:
        snapshot = _snapshot(handed)
        if snapshot is not None:
            _put(_Range(source, snapshot, cells))
    return cells


def forget_ranges() -> None:
    """Forget all ranges."""
    global _kept
    with _lock:
        _kept = ()


def _put(new: _Range) -> None:
    """Keep a range before all others, and of these as many as there is room for."""
    global _kept
    with _lock:
        room, kept = MOST_CELLS - new.cells.size, [new]
        for known in _kept:
            if known.cells is not new.cells and len(kept) < MOST_RANGES and known.cells.size <= room:
                kept.append(known)
                room -= known.cells.size
        _kept = tuple(kept)


class _Unknown(Exception):
    """A cell of a kind of which nobody knows when two are the same."""


def _snapshot(handed: Sequence[Any]) -> Sequence[Any] | None:
    """Rows that equal those handed over, and no others, whatever becomes of these; None where that cannot be told."""
    if {type(handed), *map(type, handed)} - {list, tuple}:
        return None
    try:
        rows = [list(map(_as_it_is, row)) if type(row) is list else tuple(map(_as_it_is, row)) for row in handed]
    except _Unknown:
        return None
    return rows if type(handed) is list else tuple(rows)


def _as_it_is(cell: Any) -> Any:
    kind = type(cell)
    if kind is str or cell is None or (kind is float and (cell > 1.0 or 0.0 < cell < 1.0)):
        return cell
    if kind is dict and all(isinstance(value, str) for value in cell.values()):
        return dict(cell)  # an error on the server
    if kind is bool or (isinstance(cell, (int, float)) and (cell in (0, 1) or not cell > ERRORS_BELOW)):
        return _Exactly(cell)
    if isinstance(cell, datetime) and cell.tzinfo is not None:
        return _Exactly(cell)
    if kind is int or isinstance(cell, _PLAIN) or kind.__name__ == "JsNull":
        return cell
    raise _Unknown


class _Exactly:
    """Equals what is the same and of the same kind: 1 equals TRUE, a number may equal an error, and no NaN equals itself."""

    __slots__ = ("cell", "kind", "zone")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, cell: Any) -> None:
        self.cell, self.kind, self.zone = cell, type(cell), getattr(cell, "tzinfo", None)

    def __eq__(self, other: object) -> bool:
        if other is self.cell:
            return True
        if type(other) is not self.kind:
            return False
        same = bool(other == self.cell) if self.cell == self.cell else other != other
        return same and getattr(other, "tzinfo", None) == self.zone
