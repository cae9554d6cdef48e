"""A sheet that stands in for a file: its edits, and the refusal to write over a teacher's own sheet of that name."""

from __future__ import annotations

from addin.errors import RequestProblem
from addin.reading.grid import Book, CellValue, as_text
from addin.reading.markbook import Markbook
from addin.results.edits import Listing, SheetEdits


def sheet_edits(
    book: Book,
    markbook: Markbook,
    *,
    sheet: str,
    headings: tuple[str, ...],
    widths: tuple[float, ...],
    rows: tuple[tuple[CellValue, ...], ...],
) -> SheetEdits:
    """The edits that write a sheet of the program's own and no cell of the class.

    Args:
        book: What a host read.
        markbook: The class.
        sheet: The sheet's name; its first heading tells it from a teacher's own.
        headings, widths, rows: What it holds. Columns of an earlier one that are no longer needed are emptied.

    Raises:
        RequestProblem: A sheet of that name holds something else.
    """
    there = book.sheet(sheet)
    first = "" if there is None else as_text(there.cell(1, 1))
    if there is not None and first != headings[0] and any(as_text(cell) for row in there.rows for cell in row):
        raise RequestProblem(
            f"The sheet '{sheet}' holds something else and was left alone. Rename it, and press again."
        )
    spare = max(0, max(map(len, there.rows), default=0) - len(headings)) if there is not None else 0
    # A longer earlier listing is emptied by the host; a wider one by blank columns.
    listing = Listing(
        sheet=sheet,
        headings=(*headings, *[""] * spare),
        widths=(*widths, *[8.0] * spare),
        rows=tuple((*row, *[None] * spare) for row in rows),
        add=True,
    )
    return SheetEdits(
        sheet=markbook.sheet,
        header_row=markbook.header_row,
        first_row=markbook.first_row,
        last_row=markbook.last_row,
        columns=(),
        identity_columns=(),
        identities=(),
        listings=(listing,),
    )
