"""An open workbook through xlwings: on the desktop, and on a server through its remote engine.

Everything is read in bulk first and each block is one write, so that the number of actions does not grow with the number of
students. On a server nothing is read after a write (its book does not see its own writes) and no format; what the desktop alone
can do comes on top: reading back, numbers shown as per cent (`per_cent_formats.py`), and notes (`flag_notes.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import xlwings as xw

from addin.errors import HostProblem, RequestProblem, StudentsMoved
from addin.hosts.flag_notes import add_notes, may_be_old, remove_notes
from addin.hosts.identity import follow, refuse_foreign_cells
from addin.hosts.per_cent_formats import shown_as_per_cent
from addin.reading.grid import Book, CellValue, Sheet, Table, address, as_text
from addin.results.columns import DECISIONS, FLAG_COLOURS, Look
from addin.results.edits import ColumnEdit, Link, Listing, SheetEdits

_FIRST_DAY = date(1899, 12, 30)
"""Where a date would stand, Excel gives a time of day this one."""

_NUMBER_FORMATS = {Look.PERCENT: "0%", Look.WHOLE: "0"}


class XlwingsBook:
    """An open book as a host.

    Args:
        book: The book of any xlwings engine.
        today: The day that notes tell; left out, today.
    """

    def __init__(self, book: xw.Book, *, today: date | None = None) -> None:
        self.book = book
        self._today = today
        self._desktop = book.app.engine.type == "desktop"

    def read(self) -> Book:
        """All sheets' values, tables and single-cell names, in one go."""
        sheets = [(sheet, _sheet(sheet)) for sheet in self.book.sheets]
        return Book(
            sheets=tuple(
                replace(read, percents=shown_as_per_cent(sheet, read.rows)) if self._desktop else read
                for sheet, read in sheets
            ),
            names=_names(self.book),
        )

    def apply(self, *edits: SheetEdits) -> tuple[str, ...]:
        """Check the identities, clear filters, and write each block at once.

        Raises:
            StudentsMoved: The students are not those that were read; nothing is written.
        """
        return tuple(notice for each in edits for notice in self._apply(each))

    def _apply(self, edits: SheetEdits) -> tuple[str, ...]:
        if edits.sheet not in {sheet.name for sheet in self.book.sheets}:
            raise StudentsMoved(f"There is no sheet '{edits.sheet}' any more. Nothing was written. Run again.")
        sheet = self.book.sheets[edits.sheet]
        now = _sheet(sheet)
        edits = follow(edits, now)
        refuse_foreign_cells(edits, now)
        with_notes, about_notes = self._make_room_for_notes(sheet, edits)
        notices = [*_clear_filters(sheet, edits), *about_notes]
        if edits.table is not None and any(column.is_new for column in edits.columns):
            _grow_table(sheet, edits)
        for column in edits.columns:
            if column.is_new:
                _dress(sheet, edits, column)
        _write(sheet, edits, now)
        for listing in edits.listings:
            _list(self.book, listing)
        if self._desktop:  # a server's book does not see its own writes
            _read_back(sheet, edits)
        kept = add_notes(sheet, edits, self._today or date.today()) if with_notes else 0
        if kept:
            notices.append(
                f"{kept} flag cells took no note, since they have one of somebody's own; Why has the reasons."
            )
        return tuple(notices)

    def _make_room_for_notes(self, sheet: xw.Sheet, edits: SheetEdits) -> tuple[bool, list[str]]:
        """Take away the notes of an earlier run, before its results go; whether there can be new ones, and what to tell."""
        if not any(column.spec.look is Look.FLAG for column in edits.columns):
            return False, []  # what is written tells nothing new of the flags, and their notes stay
        if not self._desktop:
            old = may_be_old(sheet, edits)
            told = "Notes on flag cells may be of an earlier run on the desktop: each tells its day. Why has the reasons of now."
            return False, [told] if old else []
        left = remove_notes(sheet)
        if left is None:
            return False, [
                "The notes on this sheet cannot be read, so none were made; any of an earlier run tells its day."
            ]
        return True, [f"{left} notes of an earlier run could not be deleted; each tells its day."] if left else []

    def set_formulas(self, formulas: Mapping[str, str]) -> None:
        """Write formulas into named cells.

        Raises:
            RequestProblem: The workbook lacks one of the names; nothing is written.
        """
        names = {name.name.casefold(): name for name in self.book.names}
        missing = [name for name in formulas if name.casefold() not in names]
        if missing:
            raise RequestProblem(
                f"This workbook has no cell named '{missing[0]}'. Use a markbook made from the template, whose sheet 'What if' "
                "has it."
            )
        for name, formula in formulas.items():
            names[name.casefold()].refers_to_range.formula = formula


def _sheet(sheet: xw.Sheet) -> Sheet:
    last = sheet.used_range.last_cell
    values = sheet.range((1, 1), (last.row, last.column)).options(ndim=2).value
    return Sheet(
        name=sheet.name,
        rows=tuple(tuple(map(_cell, row)) for row in values),
        visible=sheet.visible is not False,
        tables=tuple(_table(table) for table in sheet.tables),
    )


def _cell(value: Any) -> CellValue:
    """A value as the closed file gives it: nothing, a day without midnight, and a time of day without Excel's first day.

    Example:
        >>> _cell(""), _cell(datetime(2026, 3, 12)), _cell(datetime(1899, 12, 30, 10, 30)), _cell(12.0)
        (None, datetime.date(2026, 3, 12), datetime.time(10, 30), 12.0)
    """
    if isinstance(value, datetime):
        if value.date() == _FIRST_DAY:
            return value.time()
        return value.date() if value.time() == time(0) else value
    return None if value == "" else value


def _table(table: Any) -> Table:
    cells = table.range
    return Table(
        name=table.name,
        first_row=cells.row,
        first_column=cells.column,
        last_row=cells.last_cell.row,
        last_column=cells.last_cell.column,
    )


def _names(book: xw.Book) -> dict[str, CellValue]:
    found: dict[str, CellValue] = {}
    for name in book.names:
        try:
            cells = name.refers_to_range
        except Exception:  # each engine has its own error for a name that stands for no range
            continue
        if cells is not None and cells.shape == (1, 1):
            found[name.name.casefold()] = _cell(cells.value)
    return found


def _clear_filters(sheet: xw.Sheet, edits: SheetEdits) -> tuple[str, ...]:
    """Writing into a filtered range puts values on the wrong rows, and a server cannot see filters: they are cleared."""
    if edits.table is None:
        return ()
    sheet.tables[edits.table.name].autofilter.clear()
    return (f"Filters of the table '{edits.table.name}' were cleared, so that every result stands on its student.",)


def _grow_table(sheet: xw.Sheet, edits: SheetEdits) -> None:
    table, new = edits.table, [column.column for column in edits.columns if column.is_new]
    if table is not None and min(new) == table.last_column + 1:
        for column in edits.columns:
            if column.is_new:
                sheet.range((edits.header_row, column.column)).value = column.spec.heading
        sheet.tables[table.name].resize(sheet.range((table.first_row, table.first_column), (table.last_row, max(new))))


def _dress(sheet: xw.Sheet, edits: SheetEdits, column: ColumnEdit) -> None:
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
        # A rule, not a fill: it moves with the flag when the sheet is sorted.
        first = address(edits.first_row, column.column)
        for flag, colours in FLAG_COLOURS.items():
            cells.conditional_formats.add_custom(
                f'={first}="{flag}"', fill_color=f"#{colours.fill}", font_color=f"#{colours.text}", font_bold=True
            )


def _write(sheet: xw.Sheet, edits: SheetEdits, now: Sheet) -> None:
    """One write for each run of neighbouring columns, over all students' rows; cells that are not ours keep their value."""
    columns = [column for column in sorted(edits.columns, key=lambda c: c.column) if column.values]
    while columns:
        block = [columns.pop(0)]
        while columns and columns[0].column == block[-1].column + 1:
            block.append(columns.pop(0))
        rows = [row for column in block for row in column.values]
        first, last = min(rows), max(rows)
        values = [
            [column.values.get(row, now.cell(row, column.column)) for column in block] for row in range(first, last + 1)
        ]
        sheet.range((first, block[0].column), (last, block[-1].column)).value = values


def _list(book: xw.Book, listing: Listing) -> None:
    """Replace the rows of the program's own sheet, in one write and one for its links; a table on it fits them afterwards."""
    names = {sheet.name.casefold(): sheet.name for sheet in book.sheets}
    width = len(listing.headings)
    if listing.sheet.casefold() in names:
        page = book.sheets[names[listing.sheet.casefold()]]
        last = page.used_range.last_cell.row
        if last > 1:
            # The headings stay: emptying those of a table would make Excel call its columns Column1, Column2 ...
            page.range((2, 1), (last, width)).clear_contents()
    elif listing.add:
        page = book.sheets.add(listing.sheet, after=book.sheets[len(book.sheets) - 1])
    else:
        return
    page.range((1, 1), (1, width)).value = list(listing.headings)
    page.range((1, 1), (1, width)).font.bold = True
    if listing.rows:
        body = page.range((2, 1), (1 + len(listing.rows), width))
        for column in range(width):
            cells = [row[column] for row in listing.rows]
            shown_as = _format_of(cells)
            page.range((2, column + 1), (1 + len(cells), column + 1)).number_format = shown_as
            for row, cell in enumerate(
                cells, start=2
            ):  # rare: a text among numbers that Excel would take for a formula
                if shown_as != "@" and isinstance(cell, str) and cell.startswith(("=", "+", "-", "@")):
                    page.range((row, column + 1)).number_format = "@"
        body.value = [[_shown(cell) for cell in row] for row in listing.rows]
    for column in range(width):
        links = [cell for row in listing.rows if isinstance(cell := row[column], Link)]
        if links and len(links) == len(listing.rows):
            spot = page.range((2, column + 1), (1 + len(links), column + 1))
            spot.number_format = "General"  # a formula in a text cell stays text
            spot.formula = [[_hyperlink(link)] for link in links]
    for table in page.tables:
        if (table.range.row, table.range.column) == (1, 1):
            table.resize(page.range((1, 1), (1 + max(1, len(listing.rows)), width)))


def _format_of(cells: list[CellValue | Link]) -> str:
    """Dates as dates, numbers as they are, and everything else as text, which Excel would otherwise interpret."""
    if any(isinstance(cell, date) for cell in cells):
        return "yyyy-mm-dd"
    return "General" if any(isinstance(cell, (int, float)) for cell in cells) else "@"


def _shown(cell: CellValue | Link) -> CellValue:
    return cell.text if isinstance(cell, Link) else cell


def _hyperlink(link: Link) -> str:
    sheet = link.sheet.replace("'", "''").replace('"', '""')
    text = link.text.replace('"', '""')
    return f"""=HYPERLINK("#'{sheet}'!{link.cell}","{text}")"""


def _read_back(sheet: xw.Sheet, edits: SheetEdits) -> None:
    """Read the identities and flags again after the write: what stands beside a student must be that student's.

    Raises:
        HostProblem: It is not; the user is told to undo.
    """
    now = _sheet(sheet)
    for identity in edits.identities:
        found = tuple(as_text(now.cell(identity.row, column)) for column in edits.identity_columns)
        flags = [c for c in edits.columns if c.spec.look is Look.FLAG and identity.row in c.values]
        wrong = [c for c in flags if as_text(now.cell(identity.row, c.column)) != as_text(c.values[identity.row])]
        if found != identity.texts or wrong:
            raise HostProblem(
                f"Sheet '{edits.sheet}', row {identity.row}: the result does not stand beside the student it belongs to. "
                "Press Undo in Excel, remove filters, and run again."
            )
