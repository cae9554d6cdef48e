"""Results into a sheet of an open book: the table grows, new columns are dressed, each block of values is one write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from addin.errors import HostProblem
from addin.hosts.open_sheet import values
from addin.hosts.put_back import Kept
from addin.reading.grid import Area, as_text
from addin.results.columns import DECISIONS, FLAG_COLOURS, Look
from addin.results.edits import ColumnEdit, SheetEdits

_NUMBER_FORMATS = {Look.PERCENT: "0%", Look.WHOLE: "0"}


def write_results(sheet: Any, edits: SheetEdits, kept: Kept) -> None:
    """Write everything that a run changes in the students' sheet.

    Args:
        sheet: An xlwings sheet.
        edits: The results as they fit the sheet now.
        kept: Takes in what undoes it.
    """
    new = [column for column in edits.columns if column.is_new]
    for column in new:
        cells = sheet.range((edits.header_row, column.column), (max(edits.last_row, edits.header_row), column.column))
        kept.then(cells.clear)
    _grow_table(sheet, edits, kept)
    for column in new:
        _dress(sheet, edits, column)
    for area, columns in blocks(edits.columns):
        cells = sheet.range(area[:2], area[2:])
        kept.block(cells)
        cells.value = [[column.values[row] for column in columns] for row in range(area.first_row, area.last_row + 1)]


def blocks(columns: Sequence[ColumnEdit]) -> Iterator[tuple[Area, Sequence[ColumnEdit]]]:
    """The rectangles that have a value in every cell, each of neighbouring columns: no row without a result is ever written.

    Example:
        >>> from addin.results.columns import RESULT_COLUMNS
        >>> flags = ColumnEdit(spec=RESULT_COLUMNS[0], column=5, values={2: "▲ High", 3: "● Watch", 5: "▲ High"}, is_new=True)
        >>> [str(area) for area, _ in blocks([flags])]
        ['E2:E3', 'E5:E5']
    """
    ordered = sorted((column for column in columns if column.values), key=lambda column: column.column)
    # Columns that stand side by side and have values in the same rows share their blocks.
    for _, group in groupby(enumerate(ordered), lambda pair: (pair[1].column - pair[0], sorted(pair[1].values))):
        together = [column for _, column in group]
        rows = sorted(together[0].values)
        for _, run in groupby(enumerate(rows), lambda pair: pair[1] - pair[0]):
            one = [row for _, row in run]
            yield Area(one[0], together[0].column, one[-1], together[-1].column), together


def read_back(sheet: Any, edits: SheetEdits) -> None:
    """Read the identities and flags again after the write: what stands beside a student must be that student's.

    Raises:
        HostProblem: It is not.
    """
    last = sheet.used_range.last_cell
    now = values(sheet.range((1, 1), (last.row, last.column)))

    def text(row: int, column: int) -> str:
        return as_text(now[row - 1][column - 1]) if row <= len(now) and column <= len(now[row - 1]) else ""

    flags = [column for column in edits.columns if column.spec.look is Look.FLAG]
    for who in edits.identities:
        found = tuple(text(who.row, column) for column in edits.identity_columns)
        wrong = (text(who.row, c.column) != as_text(c.values[who.row]) for c in flags if who.row in c.values)
        if found != who.texts or any(wrong):
            raise HostProblem(f"row {who.row}: the result does not stand beside the student it belongs to")


def _grow_table(sheet: Any, edits: SheetEdits, kept: Kept) -> None:
    table, new = edits.table, [column.column for column in edits.columns if column.is_new]
    if table is not None and new and min(new) == table.last_column + 1:
        before = sheet.range((table.first_row, table.first_column), (table.last_row, table.last_column))
        kept.then(lambda: sheet.tables[table.name].resize(before))
        for column in edits.columns:
            if column.is_new:
                sheet.range((edits.header_row, column.column)).value = column.spec.heading
        sheet.tables[table.name].resize(sheet.range((table.first_row, table.first_column), (table.last_row, max(new))))


def _dress(sheet: Any, edits: SheetEdits, column: ColumnEdit) -> None:
    heading = sheet.range((edits.header_row, column.column))
    heading.value = column.spec.heading
    heading.font.bold = True
    cells = sheet.range((edits.first_row, column.column), (edits.last_row, column.column))
    # Text columns become text first: Excel would read "1/2" as a date and "=..." as a formula.
    cells.number_format = _NUMBER_FORMATS.get(column.spec.look, "@")
    if column.spec.look in (Look.WRAPPED, Look.TEXT):
        cells.wrap_text = True
    if column.spec.look is Look.CHOICE:
        cells.data_validation.set_list(list(DECISIONS))
    if column.spec.look is Look.FLAG:
        # A rule, not a fill: it moves with the flag when the sheet is sorted. It compares the cell's own value: a formula's
        # references would count from the cell that happens to be active.
        for flag, colours in FLAG_COLOURS.items():
            cells.conditional_formats.add_cell_value(
                "equal_to",
                f'="{flag}"',
                fill_color=f"#{colours.fill}",
                font_color=f"#{colours.text}",
                font_bold=True,
            )
