"""The result columns in one worksheet's XML: values, formats, widths, colours and lists."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from addin.annotations import ColumnEdit, Look, SheetEdits
from addin.package.choice_list import offer_choice, stretch_choice
from addin.package.column_widths import set_width
from addin.package.flag_colours import colour_flags, stretch_flags
from addin.package.ranges import Range
from addin.package.sheet_xml import SheetXml
from addin.package.styles import StyleSheet

_WRAPPED = (Look.WRAPPED, Look.TEXT)


def write_columns(sheet: SheetXml, styles: StyleSheet, edits: SheetEdits) -> None:
    """Write all result columns of a sheet, left to right.

    New columns get heading, formats for every student row, width, colours and list. Columns of an earlier run get new
    values only; cells that rows added since lack get the format of their column.

    Raises:
        UnsupportedWorkbook: A formula or merged range stands where a result goes, or Excel takes no more formats.
        WriteFailed: A value that no cell can hold.
    """
    for column in edits.columns:
        if column.is_new:
            _write_heading(sheet, styles, edits, column)
            set_width(sheet.root, column.column, column.spec.width)
        _write_values(sheet, styles, edits, column)
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


def _write_heading(sheet: SheetXml, styles: StyleSheet, edits: SheetEdits, column: ColumnEdit) -> None:
    left = next(
        (place for place in range(column.column - 1, 0, -1) if sheet.value(edits.header_row, place) is not None), None
    )
    beside = None if left is None else sheet.style(edits.header_row, left)
    sheet.put(edits.header_row, column.column, column.spec.heading, style=styles.heading(beside))


def _write_values(sheet: SheetXml, styles: StyleSheet, edits: SheetEdits, column: ColumnEdit) -> None:
    rows = set(column.values)
    if column.is_new:
        rows.update(range(edits.first_row, edits.last_row + 1))
    body: int | None = None
    for row in sorted(rows):
        value = column.values.get(row)
        needs_format = column.is_new or (value is not None and not sheet.exists(row, column.column))
        if needs_format and body is None:
            body = styles.body(column.spec.look, unlocked=column.spec.teachers and sheet.is_protected)
        changed = sheet.put(row, column.column, value, style=body if needs_format else None)
        if changed and isinstance(value, str) and column.spec.look in _WRAPPED:
            sheet.make_room(row, _lines(value, column.spec.width))


def _lines(text: str, width: float) -> int:
    """The lines that a text takes in a column of that many characters."""
    return sum(max(1, len(wrap(paragraph, int(width)))) for paragraph in text.splitlines()) if text else 1


def _mark(sheet: SheetXml, styles: StyleSheet, edits: SheetEdits, column: ColumnEdit) -> None:
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
