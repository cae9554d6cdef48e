"""The result columns in one worksheet's XML: values, formats, widths, colours and lists."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache, partial
from typing import Protocol

from lxml import etree

from addin.files.package.cell_writing import ColumnCells
from addin.files.package.column_rules import colour_flags, offer_choice, stretch_choice, stretch_flags
from addin.files.package.ranges import Range
from addin.files.package.sizes import set_width
from addin.files.package.styles import StyleSheet
from addin.reading.grid import CellValue
from addin.results.columns import Look
from addin.results.edits import ColumnEdit, SheetEdits

_WRAPPED = (Look.WRAPPED, Look.TEXT)


class ResultCells(Protocol):
    """A sheet that result columns can be written into: `SheetRows`, which leaves rows as bytes, or `SheetXml`, a tree."""

    root: etree._Element
    """The `<worksheet>` element; its rows may be missing from it."""

    @property
    def is_protected(self) -> bool: ...

    def style(self, row: int, column: int) -> int | None: ...

    def value(self, row: int, column: int) -> CellValue: ...

    def write(self, columns: Sequence[ColumnCells]) -> None: ...

    def widen_dimension(self, area: Range) -> None: ...


def write_columns(sheet: ResultCells, styles: StyleSheet, edits: SheetEdits) -> None:
    """Write all result columns of a sheet, left to right.

    New columns get heading, formats for every student row, width, colours and list. Columns of an earlier run get new
    values only; cells that rows added since lack get the format of their column.

    Raises:
        UnsupportedWorkbook: A formula or merged range stands where a result goes, or Excel takes no more formats.
        WriteFailed: A value that no cell can hold.
    """
    beside = _heading_beside(sheet, edits)
    sheet.write([_cells_of(sheet, styles, edits, column, beside) for column in edits.columns])
    for column in edits.columns:
        if column.is_new:
            set_width(sheet.root, column.column, column.spec.width)
        _mark(sheet, styles, edits, column)
    areas = [_rows_of(edits, column) for column in edits.columns if column.is_new]
    if areas:
        left, right = min(area.first_column for area in areas), max(area.last_column for area in areas)
        sheet.widen_dimension(Range(edits.header_row, left, max(edits.last_row, edits.header_row), right))


def new_columns_beside(edits: SheetEdits, last_column: int) -> Sequence[ColumnEdit]:
    """The new columns that follow without a gap on a column, such as the last one of a table."""
    new = {column.column: column for column in edits.columns if column.is_new}
    beside = []
    while last_column + 1 in new:
        last_column += 1
        beside.append(new[last_column])
    return beside


def _heading_beside(sheet: ResultCells, edits: SheetEdits) -> int | None:
    """The format of the last heading before the first new column, None where there is none."""
    new = [column.column for column in edits.columns if column.is_new]
    for place in range(min(new, default=1) - 1, 0, -1):
        if sheet.value(edits.header_row, place) is not None:
            return sheet.style(edits.header_row, place)
    return None


def _cells_of(
    sheet: ResultCells, styles: StyleSheet, edits: SheetEdits, column: ColumnEdit, beside: int | None
) -> ColumnCells:
    unlocked = column.spec.teachers and sheet.is_protected
    wraps = column.spec.look in _WRAPPED
    if not column.is_new:
        rows: Collection[int] = column.values.keys()
    else:
        students = range(edits.first_row, edits.last_row + 1)
        outside = [row for row in column.values if row not in students]
        rows = sorted({*outside, *students}) if outside else students
    return ColumnCells(
        column=column.column,
        heading=(edits.header_row, column.spec.heading, styles.heading(beside)) if column.is_new else None,
        rows=rows,
        values=column.values,
        style=cache(partial(styles.body, column.spec.look, unlocked=unlocked)),
        is_new=column.is_new,
        wrap_at=column.spec.width if wraps else None,
    )


def _mark(sheet: ResultCells, styles: StyleSheet, edits: SheetEdits, column: ColumnEdit) -> None:
    area = _rows_of(edits, column)
    if column.spec.look is Look.FLAG:
        if column.is_new:
            colour_flags(sheet.root, area, styles)
        else:
            stretch_flags(sheet.root, area)
    elif column.spec.look is Look.CHOICE:
        if column.is_new:
            offer_choice(sheet.root, area)
        else:
            stretch_choice(sheet.root, area)


def _rows_of(edits: SheetEdits, column: ColumnEdit) -> Range:
    return Range(edits.first_row, column.column, edits.last_row, column.column)
