"""The results in the students' sheet, and what follows from them elsewhere: the table, the print area, the formulas."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from io import BytesIO
from typing import IO

from addin.errors import StudentsMoved, UnsupportedWorkbook
from addin.files.package.cell_values import CellReader
from addin.files.package.cell_writing import ColumnCells
from addin.files.package.column_rules import colour_flags, offer_choice, stretch_choice, stretch_flags
from addin.files.package.draft import Draft
from addin.files.package.markup import main
from addin.files.package.parts import Package, SheetPart
from addin.files.package.plain_spelling import respelled
from addin.files.package.ranges import Range
from addin.files.package.read import table_of
from addin.files.package.sheet_rows import SheetRows
from addin.files.package.sheet_stream import Unusual
from addin.files.package.sheet_xml import SheetXml
from addin.files.package.sizes import set_width
from addin.files.package.styles import StyleSheet
from addin.files.package.table_part import grow
from addin.files.package.workbook_xml import calculate_on_opening, widen_print_area
from addin.results.columns import Look
from addin.results.edits import ColumnEdit, SheetEdits


@dataclass(frozen=True, kw_only=True)
class ResultSheet:
    """The students' sheet and the results that it gets."""

    draft: Draft
    file_name: str
    edits: SheetEdits
    sheet: SheetPart

    def write(self) -> list[str]:
        """Write the columns, then what follows from them; answers what the user should know.

        Raises:
            UnsupportedWorkbook: Something stands where results go.
        """
        styles = StyleSheet(self.draft, file_name=self.file_name)
        notices = self._grow_table()
        self._write_cells(styles)
        if self.draft.is_changed(self.sheet.part):
            notices.extend(self._follow_in_workbook())
        return notices

    def _write_cells(self, styles: StyleSheet) -> None:
        """Write into the rows as bytes, or into a tree where only a parser understands the sheet."""
        where, reader = f"{self.file_name}, sheet '{self.sheet.name}'", CellReader.of(self.draft.package)
        for opened in self._spellings():
            try:
                rows = SheetRows(opened, where=where, reader=reader)
                write_columns(rows, styles, self.edits)
                written = rows.changed()
            except Unusual:
                continue
            if written is not None:
                self.draft.replace(self.sheet.part, written)
            return
        write_columns(SheetXml(self.draft.root(self.sheet.part), where=where, reader=reader), styles, self.edits)

    def _spellings(self) -> Iterator[Callable[[], IO[bytes]]]:
        package, part = self.draft.package, self.sheet.part
        yield partial(package.stream, part)
        with suppress(Unusual):
            yield partial(BytesIO, respelled(package.read(part)))

    def _new_columns(self) -> list[int]:
        return [column.column for column in self.edits.columns if column.is_new]

    def _grow_table(self) -> list[str]:
        new = self._new_columns()
        if not new:
            return []
        notices = []
        ours = Range(self.edits.header_row, min(new), self.edits.last_row, max(new))
        for part in self.draft.package.related(self.sheet.part, "table"):
            root = self.draft.root(part)
            table = table_of(root)
            area = Range(table.first_row, table.first_column, table.last_row, table.last_column)
            if area.meets(ours):
                raise UnsupportedWorkbook(
                    f"{self.file_name}, sheet '{self.sheet.name}': the table '{table.name}' in {area} stands where "
                    "results go. Move it to another sheet, and run again."
                )
            wanted = self.edits.table
            if wanted is None or wanted.name.casefold() != table.name.casefold():
                continue
            beside = new_columns_beside(self.edits, table.last_column)
            if beside and table.first_row == self.edits.header_row and root.get("headerRowCount", "1") != "0":
                reason = grow(root, [column.spec.heading for column in beside])
                if reason is not None:
                    notices.append(f"The table '{table.name}' stays as wide as it was: {reason}.")
        return notices

    def _follow_in_workbook(self) -> list[str]:
        workbook = self.draft.root(self.draft.package.workbook_part)
        new = self._new_columns()
        notice = None
        if new:
            heading = (self.edits.header_row, min(self.edits.identity_columns, default=1))
            notice = widen_print_area(workbook, position=self.sheet.position, heading=heading, last_column=max(new))
        calculate_on_opening(self.draft)
        return [notice] if notice else []


def sheet_of(draft: Draft, file_name: str, name: str) -> SheetPart:
    """The sheet that is to be written; StudentsMoved where it is there no more."""
    sheet = draft.package.sheet(name)
    if sheet is None:
        raise StudentsMoved(f"{file_name}: there is no sheet '{name}' any more. Nothing was written. Run again.")
    return sheet


def side_effects(package: Package, sheet: str) -> list[str]:
    """What new values do to things that a patch must not touch."""
    notices = []
    if any(name.casefold().startswith("_xmlsignatures/") for name in package.names()):
        notices.append("The workbook's digital signature is no longer valid; sign it again if you need it.")
    caches = package.related(package.workbook_part, "pivotCacheDefinition")
    sources = [package.xml(part).find(f"{main('cacheSource')}/{main('worksheetSource')}") for part in caches]
    # A pivot table over a named range or table does not say which sheet that is on, so it may be this one.
    if any(source is not None and source.get("sheet", sheet).casefold() == sheet.casefold() for source in sources):
        notices.append("Pivot tables over this sheet show the values of before; refresh them in Excel.")
    return notices


_WRAPPED = (Look.WRAPPED, Look.TEXT)


ResultCells = SheetRows | SheetXml
"""A sheet that result columns can be written into: one that leaves rows as bytes, or a tree."""


def write_columns(sheet: ResultCells, styles: StyleSheet, edits: SheetEdits) -> None:
    """Write all result columns of a sheet, left to right.

    New columns get heading, formats for every student row, width, colours and list. Columns of an earlier run get new
    values only; cells that rows added since lack get the format of their column.

    Raises:
        UnsupportedWorkbook: A formula or merged range stands where a result goes, or Excel takes no more formats.
        WriteFailed: A value that no cell can hold.
    """
    beside = _heading_beside(sheet, edits)
    cells = [_cells_of(sheet, styles, edits, column, beside) for column in edits.columns]
    # First what stands around the rows: these are packed as they are written, behind their head.
    for column in edits.columns:
        if column.is_new:
            set_width(sheet.root, column.column, column.spec.width)
        _mark(sheet, styles, edits, column)
    areas = [_rows_of(edits, column) for column in edits.columns if column.is_new]
    if areas:
        left, right = min(area.first_column for area in areas), max(area.last_column for area in areas)
        sheet.widen_dimension(Range(edits.header_row, left, max(edits.last_row, edits.header_row), right))
    sheet.write(cells)


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
