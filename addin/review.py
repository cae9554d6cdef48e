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
from addin.reading.grid import Book
from addin.reading.language import language_in
from addin.reading.markbook import Markbook, read_markbook
from addin.reading.table.find_class import of_each_class
from addin.results.annotate import empty
from addin.results.clinic_places import attended_topics, tried_topics
from addin.results.clinic_register import read_register
from addin.results.earlier import NOTHING_EARLIER, Earlier
from addin.results.library import library_in
from addin.results.of_run import edits_of_classes, emptied_sheets
from addin.results.scored import LatePaths, Result, Review
from model.activities import suggester
from model.language.speech import Language
from model.local import in_use
from model.pathway import NEEDS_OF_A_PATH, Step, pathways
from model.reasons import Reason, all_reasons, likely_grades
from model.scorecard import Scorecard, Thresholds, score
from model.standing.class_level import usual_boundaries
from model.standing.told import told_of_class
from model.strands import needs
from model.vocabulary import Flag

Reviewed = tuple[tuple[Review, ...], tuple[str, ...]]
"""The reviews of the classes of a book, and what to say of classes that are left out."""

Reviewing = Callable[[Book, Sequence[str]], Reviewed]
"""From a book and the names of sheets, none for those that hold students, to the reviews: `reviews`, or what keeps them."""


def review(
    book: Book, *, sheet: str | None = None, card: Scorecard | None = None, language: Language | None = None
) -> Review:
    """Everything between reading and writing.

    Args:
        book: What a host read.
        sheet: Name of the sheet; left out, it is found.
        card: The scorecard, left out: the one in use (`model.local`).
        language: The language of the reasons, left out: the one that Setup names, else English.

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
    in_setup, unknown = language_in(book)
    spoken = language or in_setup
    scores = score(
        cohort, card=card, thresholds=thresholds_of(book, card), boundaries={**usual_boundaries(), **boundaries}
    )
    markbook = replace(
        markbook,
        queries=(*markbook.queries, *unread, *unknown),
        notes=(*markbook.notes, *(told_of_class(cohort, scores.standing) if cohort.has_mark.any() else ())),
    )
    told = all_reasons(cohort, scores, reference=card.reference, language=spoken)
    likely = likely_grades(scores)
    placed = scores.standing
    topics = needs(cohort, placed.marks, parts=placed.parts)

    def work() -> tuple[tuple[Step, ...], ...]:
        weak = needs(cohort, placed.marks, parts=placed.parts, most=NEEDS_OF_A_PATH)
        register = read_register(book)
        return pathways(
            cohort, placed.marks, weak, parts=placed.parts, library=activities,
            attended=attended_topics(register, markbook.students), tried=tried_topics(register, markbook.students),
            language=spoken,
        )  # fmt: skip

    paths = LatePaths(work)
    suggested = suggester(activities)
    places = iter(range(cohort.size))
    results = []
    for student in markbook.students:
        if student.why_not is not None:
            results.append(
                Result(
                    key=student.key, row=student.row, student_id=student.student_id, name=student.name, risk=None,
                    flag=Flag.NOT_ENOUGH, priority=None, reasons=(Reason(spoken.tell(student.why_not)),), topics=(), activities=(),
                )
            )  # fmt: skip
            continue
        i = next(places)
        scored, target = not np.isnan(scores.risk[i]), cohort.target[i]
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
                path=(paths, i) if scored else None,
                predicted_grade=float(scores.predicted[i]) if scored else None,
                likely_grade=likely[i],
                target=None if np.isnan(target) else float(target),
            )
        )
    return Review(book=book, markbook=markbook, results=tuple(results), language=spoken)


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
    book: Book, sheets: Sequence[str] = (), *, card: Scorecard | None = None, language: Language | None = None
) -> Reviewed:
    """The review of every class that is meant: each sheet in itself, its students compared within their class.

    Args:
        book: What a host read.
        sheets: Names of the sheets; left out, the one that holds students, or all where several do.
        card: The scorecard, left out: the one in use.
        language: The language of the reasons, left out: the one that Setup names, else English.

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
            return review(book, sheet=name, card=card, language=language)
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
    reviewed: Reviewing = reviews,
    add_sheets: bool = False,
    today: date | None = None,
) -> tuple[tuple[Review, ...], tuple[str, ...]]:
    """Read, score and write back every class of a workbook: what the button and the command do.

    Args:
        host: Where the markbook lives.
        sheets: Names of the sheets; left out, the one that holds students, or all where several do.
        earlier: From the name of a sheet, None where it is the only one, to what an earlier result of it holds.
        reviewed: What reviews the classes.
        add_sheets: Give a workbook without them the sheets `Queries`, `Runs`, `Class list` and `Support`.
        today: The date of the run; left out, today's.

    Returns:
        The reviews and what the user should know of the writing.

    Raises:
        DecisionsAtRisk: A decision belongs to a student who is not on the sheet; nothing is written.
        MarkbookError: Anything else that keeps a class from being scored; nothing is written.
    """
    book = host.read()
    done, left_out = reviewed(book, sheets)
    only = sheets[0] if sheets else None
    held = [earlier(only if len(done) == 1 else each.markbook.sheet) for each in done]
    edits, notices = edits_of_classes(book, done, earlier=held, add_sheets=add_sheets, today=today or date.today())
    return done, (*left_out, *notices, *host.apply(*edits))


def markbooks(book: Book, sheets: Sequence[str] = ()) -> tuple[Markbook, ...]:
    """The classes of a book, as understood: those that are named, else the one, or all where several sheets hold students."""
    return of_each_class(lambda name: read_markbook(book, sheet=name), sheets)


def clear_results(host: Host, *, sheets: Sequence[str] = ()) -> tuple[tuple[Markbook, ...], tuple[str, ...]]:
    """Empty the seven result columns of every class, and the sheets `Class list` and `Support`; `Decision` and `Decision note`
    stay.

    Returns:
        The markbooks and what the user should know of the writing.
    """
    book = host.read()
    cleared = markbooks(book, sheets)
    first, *others = map(empty, cleared)
    return cleared, host.apply(replace(first, listings=emptied_sheets(book)), *others)
