"""Single cells and added rows of one sheet, as an import writes them. Knows no host."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from addin.grid import CellValue, Table


@dataclass(frozen=True, kw_only=True)
class CellEdits:
    """What changes in one sheet.

    Args:
        sheet: The sheet's name.
        values: (row, column) -> value, counted from 1.
        first_row: The first row below the headings; formats are never borrowed from above it.
        last_row: The last row that the students' block has now: of the table, else the last student.
        added_rows: How many rows follow on it. They get the formats and rules of `last_row`, and the table grows over them.
        table: The Excel table that holds the students, None without one.
    """

    sheet: str
    values: Mapping[tuple[int, int], CellValue]
    first_row: int
    last_row: int
    added_rows: int = 0
    table: Table | None = None
