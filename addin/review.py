"""The whole way, top to bottom: read, understand, score, explain, suggest, annotate. Entries pair it with a host.

    host.read() -> read_markbook -> cohort -> score -> reasons -> needs -> activities -> annotate -> host.apply()

This is the only module that composes it, and every step returns a new value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from addin.errors import SheetProblem, WhichSheet
from addin.hosts.base import Host
from addin.reading.boundaries import own_boundaries
from addin.reading.grid import Book, as_text
from addin.reading.markbook import Markbook, read_markbook
from addin.reading.table.find_class import of_each_class
from addin.results.annotate import annotate, empty, queries_listing
from addin.results.clinic_register import listing_of, plan_rows, read_register, with_register
from addin.results.clinic_register import merged as merged_registers
from addin.results.clinic_slots import lacks_slots, slots_listing
from addin.results.earlier import NOTHING_EARLIER, Earlier, carried
from addin.results.edits import Listing, SheetEdits
from addin.results.history import changes, history_listing, merged, read_history, with_run
from addin.results.library import library_in
from addin.results.scored import Result, Review
from model.activities import suggester
from model.local import in_use
from model.reasons import all_reasons
from model.scorecard import Scorecard, Thresholds, score
from model.standing.class_level import usual_boundaries
from model.standing.told import told_of_class
from model.strands import needs
from model.vocabulary import Flag


def review(book: Book, *, sheet: str | None = None, card: Scorecard | None = None) -> Review:
    """Everything between reading and writing.

    Args:
        book: What a host read.
        sheet: Name of the sheet; left out, it is found.
        card: The scorecard, left out: the one in use (`model.local`).

    Raises:
        MarkbookError: The sheet cannot be found or read, or the scorecard cannot be used.

    Example:
        >>> from addin.reading.grid import Sheet
        >>> rows = (("Name", "Target", "Angles (20)"), ("Ova Zarrin", 7, 2), ("Tul Beska", 6, "Abs"))
        >>> done = review(Book(sheets=(Sheet(name="Y9", rows=rows),)))
        >>> [result.flag.value for result in done.results]
        ['▲ High', '? Not enough data']
    """
    card = card or in_use()
    activities, broken = library_in(book)
    markbook = read_markbook(book, sheet=sheet)
    markbook = replace(markbook, queries=(*markbook.queries, *broken))
    # Rows whose identity is in doubt neither get a score nor change anybody else's.
    sure = np.array([student.why_not is None for student in markbook.students])
    cohort = markbook.cohort.take(np.flatnonzero(sure))
    boundaries, unread = own_boundaries(book)
    scores = score(
        cohort, card=card, thresholds=thresholds_of(book, card), boundaries={**usual_boundaries(), **boundaries}
    )
    markbook = replace(
        markbook,
        queries=(*markbook.queries, *unread),
        notes=(*markbook.notes, *(told_of_class(cohort, scores.standing) if cohort.has_mark.any() else ())),
    )
    told = all_reasons(cohort, scores, reference=card.reference)
    topics = needs(cohort, scores.standing.marks, parts=scores.standing.parts)

    suggested = suggester(activities)
    places = iter(range(cohort.size))
    results = []
    for student in markbook.students:
        if student.why_not is not None:
            results.append(
                Result(
                    key=student.key, row=student.row, student_id=student.student_id, name=student.name, risk=None,
                    flag=Flag.NOT_ENOUGH, priority=None, reasons=(student.why_not,), topics=(), activities=(),
                )
            )  # fmt: skip
            continue
        i = next(places)
        scored = not np.isnan(scores.risk[i])
        results.append(
            Result(
                key=student.key,
                row=student.row,
                student_id=student.student_id,
                name=student.name,
                risk=float(scores.risk[i]) if scored else None,
                flag=scores.flags[i],
                priority=int(scores.priority[i]) or None,
                reasons=told[i],
                topics=topics[i] if scored else (),
                activities=suggested(topics[i]) if scored else (),
                predicted_grade=float(scores.predicted[i]) if scored else None,
            )
        )
    return Review(book=book, markbook=markbook, results=tuple(results))


def thresholds_of(book: Book, card: Scorecard) -> Thresholds:
    """The thresholds that `Setup` sets, else the scorecard's.

    Example:
        >>> thresholds_of(Book(sheets=(), names={"threshold_high": 0.8, "threshold_watch": 0.5}), in_use())
        Thresholds(high=0.8, watch=0.5)
    """

    def named(name: str, default: float) -> float:
        value = book.names.get(name)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < 1:
            return float(value)
        return default

    high = named("threshold_high", card.thresholds.high)
    watch = named("threshold_watch", card.thresholds.watch)
    # A watch threshold above the high one would leave nobody to watch; what Setup says then makes no sense as a pair.
    return Thresholds(high=high, watch=watch) if watch < high else card.thresholds


def reviews(
    book: Book, sheets: Sequence[str] = (), *, card: Scorecard | None = None
) -> tuple[tuple[Review, ...], tuple[str, ...]]:
    """The review of every class that is meant: each sheet in itself, its students compared within their class.

    Args:
        book: What a host read.
        sheets: Names of the sheets; left out, the one that holds students, or all where several do.
        card: The scorecard, left out: the one in use.

    Returns:
        The reviews, one at least, and what to say of classes that are left out.

    Raises:
        MarkbookError: No class can be scored, or one that is named cannot.

    Example:
        >>> from addin.reading.grid import Sheet
        >>> rows = (("Name", "Target", "Angles (20)"), ("Ova Zarrin", 7, 2), ("Tul Beska", 6, 12))
        >>> done, _ = reviews(Book(sheets=(Sheet(name="9A", rows=rows), Sheet(name="9B", rows=rows))))
        >>> [each.markbook.sheet for each in done]
        ['9A', '9B']
    """
    left_out: list[SheetProblem] = []

    def one(name: str | None) -> Review | None:
        try:
            return review(book, sheet=name, card=card)
        except WhichSheet:
            raise
        except SheetProblem as problem:
            if name is None or sheets:
                raise
            left_out.append(problem)  # one class of several, which must not keep the others from being scored
            return None

    done = tuple(each for each in of_each_class(one, sheets) if each is not None)
    if not done:
        raise left_out[0]
    return done, tuple(f"Left out. {problem}" for problem in left_out)


def score_classes(
    host: Host,
    *,
    sheets: Sequence[str] = (),
    earlier: Callable[[str | None], Earlier] = lambda sheet: NOTHING_EARLIER,
    add_sheets: bool = False,
    today: date | None = None,
) -> tuple[tuple[Review, ...], tuple[str, ...]]:
    """Read, score and write back every class of a workbook: what the button and the command do.

    Args:
        host: Where the markbook lives.
        sheets: Names of the sheets; left out, the one that holds students, or all where several do.
        earlier: From the name of a sheet, None where it is the only one, to what an earlier result of it holds.
        add_sheets: Give a workbook without them the sheets `Queries` and `Runs`.
        today: The date of the run; left out, today's.

    Returns:
        The reviews and what the user should know of the writing.

    Raises:
        DecisionsAtRisk: A decision belongs to a student who is not on the sheet; nothing is written.
        MarkbookError: Anything else that keeps a class from being scored; nothing is written.
    """
    book = host.read()
    done, left_out = reviews(book, sheets)
    only = sheets[0] if sheets else None
    held = [earlier(only if len(done) == 1 else each.markbook.sheet) for each in done]
    edits, notices = edits_of_classes(book, done, earlier=held, add_sheets=add_sheets, today=today or date.today())
    return done, (*left_out, *notices, *host.apply(*edits))


def edits_of(
    book: Book, done: Review, *, earlier: Earlier, add_sheets: bool, today: date
) -> tuple[SheetEdits, tuple[str, ...]]:
    """The edits that write a review into its book, with everything of an earlier result that must not be lost.

    Returns:
        The edits, and what the user should know of sheets that are left alone.

    Raises:
        DecisionsAtRisk: A decision belongs to a student who is not on the sheet.
    """
    (edits,), notices = edits_of_classes(book, (done,), earlier=(earlier,), add_sheets=add_sheets, today=today)
    return edits, notices


def edits_of_classes(
    book: Book, done: Sequence[Review], *, earlier: Sequence[Earlier], add_sheets: bool, today: date
) -> tuple[tuple[SheetEdits, ...], tuple[str, ...]]:
    """The same for every class of a book, one earlier result each; the book's own sheets stand with the first class.

    Raises:
        DecisionsAtRisk: A decision belongs to a student who is not on the sheet.
    """
    kept = read_history(book)
    history = merged(kept, *(each.history for each in earlier))
    remembers = kept is not None or add_sheets or any(each.history for each in earlier)
    listings, notices = own_listings(
        book,
        (
            queries_listing([each.markbook for each in done], add=add_sheets),
            # A history that an earlier result holds is carried over even where the book itself has none.
            history_listing(with_run(history, done, today), add=remembers),
            *_of_clinics(book, earlier[0]),
        ),
    )
    edits = (
        annotate(
            each,
            decisions=carried(each.markbook, book, held.decisions),
            changes=changes(history, each, today, among=len(done)) if remembers else {},
            listings=() if place else listings,
        )
        for place, (each, held) in enumerate(zip(done, earlier, strict=True))
    )
    return tuple(edits), notices


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

    def foreign(name: str, headings: tuple[str, ...]) -> bool:
        sheet = book.sheet(name)
        cells = [] if sheet is None else [as_text(cell) for cell in (sheet.rows[0] if sheet.rows else ())]
        return any(cells[len(headings) :]) or (any(cells) and tuple(cells[: len(headings)]) != headings)

    for listing in listings:
        if foreign(listing.formerly, listing.headings):
            listing = replace(listing, formerly="")
        if foreign(listing.sheet, listing.headings):
            notices.append(f"The sheet '{listing.sheet}' has other headings than the program's and was left alone.")
        else:
            ours.append(listing)
    return tuple(ours), tuple(notices)


def markbooks(book: Book, sheets: Sequence[str] = ()) -> tuple[Markbook, ...]:
    """The classes of a book, as understood: those that are named, else the one, or all where several sheets hold students."""
    return of_each_class(lambda name: read_markbook(book, sheet=name), sheets)


def clear_results(host: Host, *, sheets: Sequence[str] = ()) -> tuple[tuple[Markbook, ...], tuple[str, ...]]:
    """Empty the seven result columns of every class; `Decision` and `Decision note` stay.

    Returns:
        The markbooks and what the user should know of the writing.
    """
    cleared = markbooks(host.read(), sheets)
    return cleared, host.apply(*map(empty, cleared))
