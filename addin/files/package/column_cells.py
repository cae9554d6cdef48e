"""What a column of results shall hold, told to whatever writes it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from addin.reading.grid import CellValue, column_letters


@dataclass(frozen=True, kw_only=True)
class ColumnCells:
    """One column.

    Args:
        column: Counted from 1.
        heading: (row, text, format) of its heading cell, None where that stands already.
        rows: The rows that are written, ascending; not the heading's.
        values: Row -> value; a row without one is emptied or, in a new column, given the format alone.
        style: Answers the format for cells that lack one; asked only if there is such a cell.
        is_new: Every cell gets the format, not only those that do not exist yet.
        wrap_at: Rows are made high enough for text in lines of that many characters; None leaves heights alone.
    """

    column: int
    heading: tuple[int, str, int] | None
    rows: Collection[int]
    values: Mapping[int, CellValue]
    style: Callable[[], int]
    is_new: bool
    wrap_at: float | None

    @cached_property
    def letters(self) -> bytes:
        """The column as addresses spell it."""
        return column_letters(self.column).encode()

    def alone(self, row: int) -> ColumnCells:
        """What the column holds in one row."""
        heading = self.heading if self.heading is not None and self.heading[0] == row else None
        return replace(self, heading=heading, rows=(row,) if row in self.rows else ())
