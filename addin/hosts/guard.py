"""The promise that nothing of the teacher's is written over, kept by every host before it writes: one guard for all of them.

A sheet tells its formulas, merged cells and protection, or that the host cannot tell (`addin.reading.grid.Sheet`). Where it cannot,
`Sheet.last_used` keeps new columns right of the used range, and hosts write no row without a result.
"""

from __future__ import annotations

from collections.abc import Iterator

from addin.errors import HostProblem, UnsupportedWorkbook
from addin.reading.grid import Sheet, address, as_text
from addin.results.edits import SheetEdits


def refuse_foreign_cells(edits: SheetEdits, sheet: Sheet) -> None:
    """Refuse to write over what is not ours: formulas and merged cells anywhere, anything at all where a new column goes.

    Raises:
        UnsupportedWorkbook: Something stands in the way; the text names the cell.
    """
    ours = {column.column for column in edits.columns}
    merged = [area for area in sheet.merged or () if ours & {*range(area.first_column, area.last_column + 1)}]
    for row, column in written_cells(edits):
        where = f"Sheet '{edits.sheet}', cell {address(row, column)}"
        if (row, column) in sheet.formulas:
            raise UnsupportedWorkbook(
                f"{where}: a formula stands where a result goes. Move the formula or delete it, and run again."
            )
        area = next((area for area in merged if area.holds(row, column)), None)
        if area is not None:
            raise UnsupportedWorkbook(
                f"{where}: it belongs to the merged cells {area}, which a result would break. Undo that there, and run again."
            )
    new = {column.column: column.spec.heading for column in edits.columns if column.is_new}
    for row, column in written_cells(edits):
        if column in new and sheet.cell(row, column) is not None:
            raise UnsupportedWorkbook(
                f"Sheet '{edits.sheet}', cell {address(row, column)}: it holds '{as_text(sheet.cell(row, column))}' where the "
                f"new column '{new[column]}' goes. Move it, save, and run again."
            )


def refuse_protected(sheet: Sheet) -> None:
    """Refuse to write into a sheet of an open book that Excel would not let anybody write into.

    Raises:
        HostProblem: It is protected.
    """
    if sheet.protected:
        raise HostProblem(
            f"Sheet '{sheet.name}' is protected, so Excel takes no results. Nothing was written. Unprotect it under Review, and "
            "run again."
        )


def written_cells(edits: SheetEdits) -> Iterator[tuple[int, int]]:
    """(row, column) of every cell that edits write, formats and headings of new columns included.

    Example:
        >>> from addin.results.columns import RESULT_COLUMNS
        >>> from addin.results.edits import ColumnEdit
        >>> columns = (ColumnEdit(spec=RESULT_COLUMNS[0], column=4, values={3: "▲ High"}, is_new=False),)
        >>> edits = SheetEdits(
        ...     sheet="Y9", header_row=1, first_row=2, last_row=3, columns=columns, identity_columns=(1,), identities=())
        >>> list(written_cells(edits))
        [(3, 4)]
    """
    for column in edits.columns:
        rows = {edits.header_row, *range(edits.first_row, edits.last_row + 1)} if column.is_new else set[int]()
        yield from ((row, column.column) for row in sorted(rows | set(column.values)))
