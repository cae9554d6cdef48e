"""Results that say nothing: a program that cannot calculate stores 0 for every formula, and so does Excel for the sum of blank
cells. 0 is a mark like any other, and nobody has earned it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from addin.reading.grid import CellValue, Sheet
from addin.reading.headings.column import MARKED_ROLES, Column

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


def sums_of_nothing(sheet: Sheet, columns: Sequence[Column], rows: Sequence[int]) -> tuple[Column, ...]:
    """The columns of marks in which formulas give 0 for everybody: they add up what has not been entered yet.

    Example:
        >>> from addin.reading.headings.column import understand
        >>> rows = (("Name", "Angles (20)"), ("Ova", 0.0), ("Tul", 0.0))
        >>> sheet = Sheet(name="Y9", rows=rows, formulas=frozenset({(2, 2), (3, 2)}))
        >>> [column.heading for column in sums_of_nothing(sheet, understand(sheet.rows[0]), (2, 3))]
        ['Angles (20)']
    """

    worked_out = {column for _, column in sheet.formulas}

    def says_nothing(column: Column) -> bool:
        if column.index + 1 not in worked_out:
            return False
        there = [row for row in rows if sheet.cell(row, column.index + 1) is not None]
        return len(there) >= _A_COLUMN and all(
            (row, column.index + 1) in sheet.formulas and sheet.cell(row, column.index + 1) == 0 for row in there
        )

    return tuple(column for column in columns if column.role in MARKED_ROLES and says_nothing(column))


def without_columns(sheet: Sheet, columns: Sequence[Column]) -> Sheet:
    """A sheet on which nothing stands in these columns."""
    places = {column.index for column in columns}
    if not places:
        return sheet
    rows = tuple(tuple(None if i in places else cell for i, cell in enumerate(cells)) for cells in sheet.rows)
    return replace(sheet, rows=rows)
