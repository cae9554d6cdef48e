"""A workbook in memory: the host for tests, and the shortest statement of what a host does."""

from __future__ import annotations

from dataclasses import replace

from addin.annotations import SheetEdits
from addin.errors import StudentsMoved
from addin.grid import Book, CellValue, Sheet, Table
from addin.identity import follow, refuse_foreign_cells


class Memory:
    """A book that is replaced by a new one at each `apply`.

    Args:
        book: What `read` answers; after `apply` it is the book with the results.

    Example:
        >>> host = Memory(Book(sheets=(Sheet(name="Y9", rows=(("Name",), ("Amir",))),)))
        >>> host.read().sheets[0].cell(2, 1)
        'Amir'
    """

    def __init__(self, book: Book) -> None:
        self.book = book

    def read(self) -> Book:
        """The book as it is now."""
        return self.book

    def apply(self, edits: SheetEdits) -> tuple[str, ...]:
        """Follow students whose rows moved, and hold the book with the results.

        Raises:
            StudentsMoved: The students are not those that were read.
            UnsupportedWorkbook: A formula or somebody's value stands where a result goes.
        """
        sheet = self.book.sheet(edits.sheet)
        if sheet is None:
            raise StudentsMoved(f"There is no sheet '{edits.sheet}' any more. Nothing was written. Run again.")
        followed = follow(edits, sheet)
        refuse_foreign_cells(followed, sheet)
        written = _written(sheet, followed)
        sheets = tuple(written if other is sheet else other for other in self.book.sheets)
        self.book = replace(self.book, sheets=sheets)
        return ()


def _written(sheet: Sheet, edits: SheetEdits) -> Sheet:
    cells: dict[tuple[int, int], CellValue] = {}
    for column in edits.columns:
        if column.is_new:
            cells[edits.header_row, column.column] = column.spec.heading
        for row, value in column.values.items():
            cells[row, column.column] = value if value != "" else None
    height = max([len(sheet.rows), *(row for row, _ in cells)])
    width = max([0, *map(len, sheet.rows), *(column for _, column in cells)])
    rows = tuple(
        tuple(
            cells[row, column] if (row, column) in cells else sheet.cell(row, column) for column in range(1, width + 1)
        )
        for row in range(1, height + 1)
    )
    return replace(sheet, rows=rows, tables=tuple(_grown(table, edits) for table in sheet.tables))


def _grown(table: Table, edits: SheetEdits) -> Table:
    if edits.table is None or edits.table.name != table.name or edits.header_row != table.first_row:
        return table
    new = {column.column for column in edits.columns if column.is_new}
    last = table.last_column
    while last + 1 in new:
        last += 1
    return replace(table, last_column=last)
