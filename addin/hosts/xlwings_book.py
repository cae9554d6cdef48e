"""An open workbook through xlwings: on the desktop, and on a server through its remote engine.

Everything is read in bulk first and each block is one write, so that the number of actions does not grow with the number of
students. On a server nothing is read after a write (its book does not see its own writes) and no format; what the desktop alone
can do comes on top: reading back, numbers shown as per cent (`open_sheet.py`), and notes (`flag_notes.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from addin.errors import HostProblem, RequestProblem, StudentsMoved
from addin.hosts.flag_notes import add_notes, may_be_old, remove_notes
from addin.hosts.guard import refuse_foreign_cells, refuse_protected
from addin.hosts.identity import follow
from addin.hosts.open_listing import page_of, show, write_listing
from addin.hosts.open_results import clear_filters, read_back, write_results
from addin.hosts.open_sheet import plain, read_sheet
from addin.hosts.put_back import Kept
from addin.reading.grid import Area, Book, CellValue, Sheet
from addin.results.columns import Look
from addin.results.edits import SheetEdits
from addin.xlwings_alone import xlwings as xw


class XlwingsBook:
    """An open book as a host.

    Args:
        today: The day that notes tell; left out, today.
    """

    def __init__(self, book: xw.Book, *, today: date | None = None) -> None:
        self.book = book
        self._today = today
        self._desktop = book.app.engine.type == "desktop"

    def read(self) -> Book:
        """All sheets' values, tables and single-cell names, in one go."""
        return Book(
            sheets=tuple(read_sheet(sheet, desktop=self._desktop) for sheet in self.book.sheets),
            names=_names(self.book),
            manual_calculation=_manual_calculation(self.book),
        )

    def apply(self, *edits: SheetEdits) -> tuple[str, ...]:
        """Check the identities and what must not be written over, clear filters, and write each block at once.

        Raises:
            StudentsMoved: The students are not those that were read; nothing is written.
            UnsupportedWorkbook: A formula, merged cells or somebody's value stand where a result goes; nothing is written.
            HostProblem: A sheet is protected, or Excel did not take everything; the text says whether all is as it was.
        """
        followed = [self._followed(each) for each in edits]
        notices = self._clear_filters(followed)
        with self._all_or_nothing(", ".join(f"Sheet '{each.sheet}'" for each, _ in followed)) as kept:
            for each, _ in followed:
                write_results(self.book.sheets[each.sheet], each, kept)
                for listing in each.listings:
                    write_listing(self.book, listing, kept)
            for each, _ in followed if self._desktop else ():  # a server's book does not see its own writes
                read_back(self.book.sheets[each.sheet], each)
        for each, _ in followed:
            notices += self._renew_notes(self.book.sheets[each.sheet], each)
        return tuple(notices)

    def _followed(self, edits: SheetEdits) -> tuple[SheetEdits, Sheet]:
        """The edits as they fit the sheet now, and the sheet, where all that is written may be written."""
        if edits.sheet not in {sheet.name for sheet in self.book.sheets}:
            raise StudentsMoved(f"There is no sheet '{edits.sheet}' any more. Nothing was written. Run again.")
        now = read_sheet(self.book.sheets[edits.sheet], desktop=self._desktop)
        edits = follow(edits, now)
        refuse_foreign_cells(edits, now)
        refuse_protected(now)
        for page in self._pages(edits):
            refuse_protected(read_sheet(page, desktop=self._desktop))
        return edits, now

    def _pages(self, edits: SheetEdits) -> list[xw.Sheet]:
        found = (page_of(self.book, listing) for listing in edits.listings)
        return [page for page in found if page is not None]

    def _renew_notes(self, sheet: xw.Sheet, edits: SheetEdits) -> list[str]:
        with_notes, told = self._make_room_for_notes(sheet, edits)
        none_taken = add_notes(sheet, edits, self._today or date.today()) if with_notes else 0
        if none_taken:
            told.append(
                f"{none_taken} flag cells took no note, since they have one of somebody's own; Why has the reasons."
            )
        return told

    @contextmanager
    def _all_or_nothing(self, where: str) -> Iterator[Kept]:
        """What is written on the desktop is put back where not all of it can be written: add-ins leave nothing to undo.

        Raises:
            HostProblem: Excel did not take everything.
        """
        kept = Kept(able=self._desktop)
        try:
            yield kept
        except Exception as fault:  # Excel and each engine have their own
            if not self._desktop:
                raise
            whole = kept.put_back()
            raise HostProblem(
                f"{where}: Excel did not take everything ({' '.join(str(fault).split())}). "
                + ("All is as it was. " if whole else "Not all could be put back: close the book without saving. ")
                + "Remove filters and protection, and run again."
            ) from fault

    def _clear_filters(self, followed: list[tuple[SheetEdits, Sheet]]) -> list[str]:
        """Clear the filters of all that is written: the students' sheets and the program's own; a single row needs none."""
        cleared: list[str] = []
        for edits, now in followed:
            new, pages = any(column.is_new for column in edits.columns), self._pages(edits)
            if not new and not pages and len({row for column in edits.columns for row in column.values}) < 2:
                continue
            width, height = max(map(len, now.rows), default=1), len(now.rows)
            beside = min((column.column for column in edits.columns), default=2) - 1
            likely = [Area(row, 1, height, last) for row in (1, edits.header_row) for last in (width, beside)]
            cleared += clear_filters(self.book.sheets[edits.sheet], likely, desktop=self._desktop)
            for page in pages:
                corner = page.used_range.last_cell
                cleared += clear_filters(page, [Area(1, 1, corner.row, corner.column)], desktop=self._desktop)
        if not cleared:
            return []
        return [f"Filters of {', '.join(cleared)} were cleared, so that every row stands where it belongs."]

    def _make_room_for_notes(self, sheet: xw.Sheet, edits: SheetEdits) -> tuple[bool, list[str]]:
        """Take away the notes of an earlier run, once its results are gone; whether there can be new ones, and what to tell."""
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
            HostProblem: Excel did not take all of them; the text says whether all is as it was.
        """
        names = {name.name.casefold(): name for name in self.book.names}
        missing = [name for name in formulas if name.casefold() not in names]
        if missing:
            raise RequestProblem(
                f"This workbook has no cell named '{missing[0]}'. Use a markbook made from the template, whose sheet 'What if' "
                "has it."
            )
        with self._all_or_nothing("The sheet 'What if'") as kept:
            for name, formula in formulas.items():
                cell = names[name.casefold()].refers_to_range
                kept.block(cell)
                show(cell.sheet, kept)
                cell.formula = formula


def _names(book: xw.Book) -> dict[str, CellValue]:
    found: dict[str, CellValue] = {}
    for name in book.names:
        try:
            cells = name.refers_to_range
        except Exception:  # each engine has its own error for a name that stands for no range
            continue
        if cells is not None and cells.shape == (1, 1):
            found[name.name.casefold()] = plain(cells.options(err_to_str=True).value)
    return found


def _manual_calculation(book: xw.Book) -> bool | None:
    try:
        return bool(book.app.calculation == "manual")
    except Exception:  # a client that does not tell
        return None
