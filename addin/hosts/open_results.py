"""Results into a sheet of an open book: filters are cleared, the table grows, new columns are dressed, each block is one write.

Writing into a filtered range puts values on the wrong rows, so filters are cleared and this is said. Excel on the desktop
says whether one is on; where it cannot be cleared, nothing is written. A server's book does not say: there the filters of all
tables and of the ranges that a filter usually covers are cleared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from addin.errors import HostProblem
from addin.hosts.open_sheet import told, values
from addin.hosts.put_back import Kept
from addin.reading.grid import Area, as_text
from addin.results.columns import DECISIONS, FLAG_COLOURS, Look
from addin.results.edits import ColumnEdit, SheetEdits

_NUMBER_FORMATS = {Look.PERCENT: "0%", Look.WHOLE: "0"}


def write_results(sheet: Any, edits: SheetEdits, kept: Kept) -> None:
    """Write everything that a run changes in the students' sheet.

    Args:
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


def clear_filters(sheet: Any, areas: Iterable[Area], *, desktop: bool) -> tuple[str, ...]:
    """Clear the filters of a sheet that is about to be written.

    Args:
        areas: The ranges that a filter of the sheet itself may cover, for a book that does not tell.
        desktop: Whether its engine is Excel on the desktop.

    Returns:
        What was cleared, in words.

    Raises:
        HostProblem: A filter stays on; nothing is written.
    """
    tables = [table for table in sheet.tables if table.show_autofilter]
    for table in tables:
        table.autofilter.clear()
    cleared = tuple(f"the table '{table.name}'" for table in tables)
    filtered = told(sheet, "FilterMode", "filter_mode") if desktop else None
    if filtered is None:
        for area in dict.fromkeys(areas):
            if area.first_row <= area.last_row and area.first_column <= area.last_column:
                sheet.range(area[:2], area[2:]).autofilter.clear()
    elif not filtered:
        return cleared
    else:
        native = sheet.api
        (native.ShowAllData if hasattr(native, "ShowAllData") else native.show_all_data)()
        if told(sheet, "FilterMode", "filter_mode"):
            raise HostProblem(
                f"Sheet '{sheet.name}': a filter is on and cannot be cleared. Nothing was written. Clear it under Data, and run "
                "again."
            )
    return (f"the sheet '{sheet.name}'", *cleared)
