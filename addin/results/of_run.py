"""Everything that a run writes: the result columns of every class, and the program's own sheets beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from addin.reading.grid import Book, as_text
from addin.results.annotate import annotate, queries_listing
from addin.results.class_list import SHEET as CLASS_LIST
from addin.results.class_list import class_list
from addin.results.clinic_places import clinics_of
from addin.results.clinic_register import Line, listing_of, plan_rows, read_register, with_register
from addin.results.clinic_register import merged as merged_registers
from addin.results.clinic_slots import lacks_slots, slots_listing
from addin.results.earlier import Earlier, carried, decisions_at
from addin.results.edits import Listing, SheetEdits
from addin.results.history import FORMERLY, changes, history_listing, merged, read_history, with_run
from addin.results.history import SHEET as RUNS
from addin.results.scored import Review
from addin.results.support_cards import SHEET as SUPPORT
from addin.results.support_cards import support_cards


def edits_of(
    book: Book,
    done: Review,
    *,
    earlier: Earlier,
    add_sheets: bool,
    today: date,
    register: Sequence[Line] | None = None,
) -> tuple[SheetEdits, tuple[str, ...]]:
    """The edits that write a review into its book, with everything of an earlier result that must not be lost.

    Args:
        register: Who is invited to which clinic, for the class list; left out, what the book or the earlier result says.

    Returns:
        The edits, and what the user should know of sheets that are left alone.

    Raises:
        DecisionsAtRisk: A decision belongs to a student who is not on the sheet.
    """
    (edits,), notices = edits_of_classes(
        book, (done,), earlier=(earlier,), add_sheets=add_sheets, today=today, register=register
    )
    return edits, notices


def edits_of_classes(
    book: Book,
    done: Sequence[Review],
    *,
    earlier: Sequence[Earlier],
    add_sheets: bool,
    today: date,
    register: Sequence[Line] | None = None,
) -> tuple[tuple[SheetEdits, ...], tuple[str, ...]]:
    """The same for every class of a book, one earlier result each; the book's own sheets stand with the first class.

    Raises:
        DecisionsAtRisk: A decision belongs to a student who is not on the sheet.
    """
    kept = read_history(book)
    history = merged(kept, *(each.history for each in earlier))
    remembers = kept is not None or add_sheets or any(each.history for each in earlier)
    changed = [changes(history, each, today, among=len(done)) if remembers else {} for each in done]
    decided = [decisions_at(book, each.markbook, held.decisions) for each, held in zip(done, earlier, strict=True)]
    invited = merged_registers(read_register(book), earlier[0].register) if register is None else register
    # What has no sheet to stand on is not worked out: cards are most of the words of a run.
    listed = done if add_sheets or book.sheet(CLASS_LIST) is not None else ()
    cards = done if add_sheets or book.sheet(SUPPORT) is not None else ()
    has_runs = remembers or any(book.sheet(name) is not None for name in (RUNS, FORMERLY))
    runs = with_run(history, done, today, paths=remembers) if has_runs or listed or cards else ()
    listings, notices = own_listings(
        book,
        (
            queries_listing([each.markbook for each in done], add=add_sheets),
            # A history that an earlier result holds is carried over even where the book itself has none.
            history_listing(runs, add=remembers),
            class_list(
                listed,
                decisions=decided[: len(listed)],
                changes=changed[: len(listed)],
                history=runs,
                clinics=clinics_of(invited),
                add=add_sheets,
            ),
            support_cards(cards, decisions=decided[: len(cards)], history=runs, today=today, add=add_sheets),
            *_of_clinics(book, earlier[0]),
        ),
    )
    edits = (
        annotate(
            each,
            decisions=carried(each.markbook, book, held.decisions),
            changes=changed[place],
            listings=() if place else listings,
        )
        for place, (each, held) in enumerate(zip(done, earlier, strict=True))
    )
    return tuple(edits), notices


def emptied_sheets(book: Book) -> tuple[Listing, ...]:
    """The sheets of results beside the columns, without a row, where the workbook has them."""
    nobody = class_list((), decisions=(), changes=(), history=(), clinics={}, add=False)
    return own_listings(book, (nobody, support_cards((), decisions=(), history=(), today=date.min, add=False)))[0]


def _of_clinics(book: Book, earlier: Earlier) -> tuple[Listing, ...]:
    """The clinics and their register of an earlier result, where the book itself lacks them."""
    slots = (slots_listing(earlier.clinics),) if earlier.clinics and lacks_slots(book) else ()
    return (*slots, *_register(book, earlier))


def _register(book: Book, earlier: Earlier) -> tuple[Listing, ...]:
    """The clinics' register of an earlier result, where the book itself lacks rows of it."""
    if earlier.plan and not plan_rows(book):
        return (listing_of(earlier.plan),)
    here = read_register(book)
    both = merged_registers(here, earlier.register)
    return (listing_of(with_register((), both)),) if both != (here or ()) else ()


def own_listings(book: Book, listings: tuple[Listing, ...]) -> tuple[tuple[Listing, ...], tuple[str, ...]]:
    """The listings whose sheets are the program's own or are still to be added; a teacher's sheet of that name is left alone.

    Returns:
        The listings, and what the user should know of sheets that are left alone.
    """
    ours, notices = [], []

    def foreign(name: str, headings: tuple[str, ...]) -> str:
        """Why a sheet is none of ours; "" where it is ours or is not there."""
        sheet = book.sheet(name)
        cells = [] if sheet is None else [as_text(cell) for cell in (sheet.rows[0] if sheet.rows else ())]
        # A sheet of an earlier version may lack the last column, a sheet of somebody's own has others.
        while cells and not cells[-1]:
            cells.pop()
        unnamed = not cells and sheet is not None and any(as_text(cell) for row in sheet.rows for cell in row)
        if unnamed or tuple(cells) != headings[: len(cells)] or 0 < len(cells) < len(headings) - 1:
            return "has other headings than the program's"
        last = len(headings) - 1
        if (
            sheet is not None
            and len(cells) == last
            and any(as_text(cell) for row in sheet.rows for cell in row[last:][:1])
        ):
            return f"has notes where the column '{headings[last]}' goes"
        return ""

    for listing in listings:
        if foreign(listing.formerly, listing.headings):
            listing = replace(listing, formerly="")
        if why := foreign(listing.sheet, listing.headings):
            notices.append(f"The sheet '{listing.sheet}' {why} and was left alone.")
        else:
            ours.append(listing)
    return tuple(ours), tuple(notices)
