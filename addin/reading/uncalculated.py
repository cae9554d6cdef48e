"""Results that nobody worked out: a program that cannot calculate stores 0 for every formula, and 0 is a mark like any other."""

from __future__ import annotations

from dataclasses import replace

from addin.reading.grid import CellValue, Sheet

_A_COLUMN = 2
"""From so many formulas on a column of nothing but zeros is taken for one that was never worked out."""


def without_uncalculated(sheet: Sheet) -> Sheet:
    """A sheet whose formulas have no result in every column in which all of them are 0, where its writer cannot calculate.

    Example:
        >>> sheet = Sheet(name="Y9", rows=((4, 0.0), (5, 0.0)), formulas=frozenset({(1, 2), (2, 2)}), uncalculated=True)
        >>> without_uncalculated(sheet).rows
        ((4, None), (5, None))
    """
    if not sheet.uncalculated:
        return sheet
    by_column: dict[int, list[CellValue]] = {}
    for row, column in sheet.formulas:
        by_column.setdefault(column, []).append(sheet.cell(row, column))
    zeros = {column for column, results in by_column.items() if len(results) >= _A_COLUMN and set(results) == {0}}
    if not zeros:
        return sheet
    rows = tuple(
        tuple(
            None if column in zeros and (row, column) in sheet.formulas else cell
            for column, cell in enumerate(cells, start=1)
        )
        for row, cells in enumerate(sheet.rows, start=1)
    )
    return replace(sheet, rows=rows)
