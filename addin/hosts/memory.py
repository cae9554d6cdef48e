"""A workbook in memory: the host for tests, and the shortest statement of what a host does."""

from __future__ import annotations

from dataclasses import replace

from addin.errors import StudentsMoved
from addin.hosts.identity import follow, refuse_foreign_cells
from addin.reading.grid import Book, CellValue, Sheet, Table
from addin.results.edits import Link, Listing, SheetEdits


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

    def apply(self, *edits: SheetEdits) -> tuple[str, ...]:
        """Follow students whose rows moved, and hold the book with the results.

        Raises:
            StudentsMoved: The students are not those that were read.
            UnsupportedWorkbook: A formula or somebody's value stands where a result goes.
        """
        book = self.book
        for each in edits:
            sheet = book.sheet(each.sheet)
            if sheet is None:
                raise StudentsMoved(f"There is no sheet '{each.sheet}' any more. Nothing was written. Run again.")
            followed = follow(each, sheet)
            refuse_foreign_cells(followed, sheet)
            written = _written(sheet, followed)
            book = replace(book, sheets=tuple(written if other is sheet else other for other in book.sheets))
            for listing in each.listings:
                book = _with_listing(book, listing)
        self.book = book
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


def _plain(value: CellValue | Link) -> CellValue:
    shown = value.text if isinstance(value, Link) else value
    return shown if shown != "" else None


def _with_listing(book: Book, listing: Listing) -> Book:
    sheet = book.sheet(listing.sheet)
    if sheet is None and not listing.add:
        return book
    before = Sheet(name=listing.sheet, rows=()) if sheet is None else sheet
    after = _listed(before, listing)
    sheets = tuple(after if other is sheet else other for other in book.sheets)
    return replace(book, sheets=sheets if sheet is not None else (*sheets, after))


def _listed(sheet: Sheet, listing: Listing) -> Sheet:
    """A sheet with a listing for its first columns; what stands right of them stays."""
    ours = len(listing.headings)
    rows: list[tuple[CellValue, ...]] = [
        listing.headings,
        *(tuple(map(_plain, row)) for row in listing.rows),
    ]
    width = max([ours, *map(len, sheet.rows)])
    beside = [any(value is not None for value in row[ours:]) for row in sheet.rows]
    height = max([len(rows), *(number for number, filled in enumerate(beside, start=1) if filled)])
    filled = tuple(
        tuple(
            (rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else None)
            if column <= ours
            else sheet.cell(row, column)
            for column in range(1, width + 1)
        )
        for row in range(1, height + 1)
    )
    tables = tuple(
        replace(table, last_row=max(2, len(rows)), last_column=max(table.last_column, ours))
        if (table.first_row, table.first_column) == (1, 1)
        else table
        for table in sheet.tables
    )
    return replace(sheet, rows=filled, tables=tables)


def _grown(table: Table, edits: SheetEdits) -> Table:
    if edits.table is None or edits.table.name != table.name or edits.header_row != table.first_row:
        return table
    new = {column.column for column in edits.columns if column.is_new}
    last = table.last_column
    while last + 1 in new:
        last += 1
    return replace(table, last_column=last)
