"""The program's own sheets in an open book: found by their name or an older one, replaced, or added."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from addin.hosts.put_back import Kept
from addin.reading.grid import CellValue
from addin.results.edits import Link, Listing


def page_of(book: Any, listing: Listing) -> Any:
    """The sheet that a listing replaces, None where it is to be added or left out."""
    names = {sheet.name.casefold(): sheet for sheet in book.sheets}
    return names.get(listing.sheet.casefold()) or names.get(listing.formerly.casefold())


def write_listing(book: Any, listing: Listing, kept: Kept) -> None:
    """Replace the rows of the program's own sheet, in one write and one for its links; a table on it fits them afterwards.

    Args:
        kept: Takes in what undoes it.
    """
    page = page_of(book, listing)
    width = len(listing.headings)
    if page is not None:
        last = page.used_range.last_cell.row
        kept.block(page.range((1, 1), (max(last, 1 + len(listing.rows)), width)))
        if page.name.casefold() != listing.sheet.casefold():
            earlier, renamed = page.name, page
            kept.then(lambda: setattr(renamed, "name", earlier))
            page.name = listing.sheet
        if last > 1:
            # The headings stay: emptying those of a table would make Excel call its columns Column1, Column2 ...
            page.range((2, 1), (last, width)).clear_contents()
    elif listing.add:
        page = book.sheets.add(listing.sheet, after=book.sheets[len(book.sheets) - 1])
        kept.then(page.delete)
    else:
        return
    if listing.rows:
        show(page, kept)
    page.range((1, 1), (1, width)).value = list(listing.headings)
    page.range((1, 1), (1, width)).font.bold = True
    if listing.rows:
        body = page.range((2, 1), (1 + len(listing.rows), width))
        for column in range(width):
            cells = [row[column] for row in listing.rows]
            shown_as = "0%" if listing.headings[column] in listing.per_cents else _format_of(cells)
            page.range((2, column + 1), (1 + len(cells), column + 1)).number_format = shown_as
            for row, cell in enumerate(
                cells, start=2
            ):  # rare: a text among numbers that Excel would take for a formula
                if shown_as != "@" and isinstance(cell, str) and cell.startswith(("=", "+", "-", "@")):
                    page.range((row, column + 1)).number_format = "@"
        body.value = [[cell.text if isinstance(cell, Link) else cell for cell in row] for row in listing.rows]
    for column in range(width):
        links = [cell for row in listing.rows if isinstance(cell := row[column], Link)]
        if links and len(links) == len(listing.rows):
            spot = page.range((2, column + 1), (1 + len(links), column + 1))
            spot.number_format = "General"  # a formula in a text cell stays text
            spot.formula = [[_hyperlink(link)] for link in links]
    for table in page.tables:
        if (table.range.row, table.range.column) == (1, 1):
            kept.then(partial(table.resize, table.range))
            table.resize(page.range((1, 1), (1 + max(1, len(listing.rows)), width)))


def show(page: Any, kept: Kept) -> None:
    """Let a sheet be seen that was hidden as long as it held nothing."""
    if not page.visible:
        kept.then(partial(setattr, page, "visible", False))
        page.visible = True


def _format_of(cells: list[CellValue | Link]) -> str:
    """Dates as dates, numbers as they are, and everything else as text, which Excel would otherwise interpret."""
    if any(isinstance(cell, date) for cell in cells):
        return "yyyy-mm-dd"
    return "General" if any(isinstance(cell, (int, float)) for cell in cells) else "@"


def _hyperlink(link: Link) -> str:
    sheet = link.sheet.replace("'", "''").replace('"', '""')
    text = link.text.replace('"', '""')
    return f"""=HYPERLINK("#'{sheet}'!{link.cell}","{text}")"""
