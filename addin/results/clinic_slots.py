"""The sheet `Clinics`: when clinics are held. The teacher's own; a workbook that lacks it gets it with an example, where wanted.

The plan of clinics reads it (`addin.clinics.sheet`); here is where its headings are looked for, and what is written to a new one.
"""

from __future__ import annotations

from dataclasses import replace

from addin.reading.grid import Book, CellValue, Sheet, as_text
from addin.results.edits import Listing

SHEET = "Clinics"
HEADINGS = ("Slot", "Day", "Time", "Room", "Strand", "Seats", "Staff")
WIDTHS = (26, 14, 15, 10, 16, 9, 26)
EXAMPLE: tuple[CellValue, ...] = ("Maths Clinic (example)", "Wednesday", "12:40-13:20", None, "Any", 12, None)
"""The row that a new sheet is filled with: one clinic at lunch, for whoever needs it."""

_HEADINGS = tuple(heading.casefold() for heading in HEADINGS)
_NEEDED = frozenset({"slot", "day"})
_HEADING_ROWS = 10

Cells = tuple[CellValue, ...]


def slot_headings(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row of headings within the first ten, and heading in small letters -> column; None where there is none.

    Example:
        >>> slot_headings(Sheet(name="Clinics", rows=(("When",), (None,), ("Day", "Slot", "Cakes"))))
        (3, {'day': 1, 'slot': 2})
    """
    for row in range(1, min(_HEADING_ROWS, len(sheet.rows)) + 1):
        columns = {
            text: column
            for column, cell in enumerate(sheet.rows[row - 1], start=1)
            if (text := as_text(cell).casefold()) in _HEADINGS
        }
        if set(columns) >= _NEEDED:
            return row, columns
    return None


def slot_rows(book: Book) -> tuple[Cells, ...]:
    """The clinics of a workbook as they stand, under `HEADINGS`; none where it has no such sheet with the headings.

    Example:
        >>> rows = (("Day", "Slot"), ("Monday", "Mon lunch"), (None, None))
        >>> slot_rows(Book(sheets=(Sheet(name="Clinics", rows=rows),)))
        (('Mon lunch', 'Monday', None, None, None, None, None),)
    """
    sheet = book.sheet(SHEET)
    place = None if sheet is None else slot_headings(sheet)
    if sheet is None or place is None:
        return ()
    first, columns = place
    rows = (
        tuple(sheet.cell(row, columns[name]) if name in columns else None for name in _HEADINGS)
        for row in range(first + 1, len(sheet.rows) + 1)
    )
    return tuple(cells for cells in rows if any(map(as_text, cells)))


def lacks_slots(book: Book) -> bool:
    """Whether a workbook has no sheet `Clinics`, or one on which nothing stands."""
    sheet = book.sheet(SHEET)
    return sheet is None or not any(as_text(cell) for row in sheet.rows for cell in row)


def slots_listing(rows: tuple[Cells, ...]) -> Listing:
    """The sheet with these rows, for a workbook that lacks it."""
    return Listing(sheet=SHEET, headings=HEADINGS, widths=WIDTHS, rows=rows, add=True)


def with_slots(book: Book, rows: tuple[Cells, ...]) -> Book:
    """A workbook as it is with such a sheet."""
    others = tuple(sheet for sheet in book.sheets if sheet.name.casefold() != SHEET.casefold())
    return replace(book, sheets=(*others, Sheet(name=SHEET, rows=(HEADINGS, *rows))))
