"""Runs: one row per student and date, kept in the workbook, what the student's path began with, and what changed since the last
earlier date.

The same date replaces its rows, so that a second run on one day adds nothing. Rows that are not understood are kept as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from addin.reading.grid import Book, CellValue, as_date, as_text
from addin.reading.table.find_class import RUNS_BEGIN
from addin.results.edits import Listing
from model.pathway import StepKind
from model.vocabulary import day_told

if TYPE_CHECKING:
    from addin.results.scored import Result, Review

SHEET = "Runs"
FORMERLY = "History"
"""What the sheet was called at first: Excel keeps that name for itself in some languages, and other programs refuse it."""

HEADINGS = (*RUNS_BEGIN, "Half-term", "Working on")
WIDTHS = (12, 14, 28, 8, 18, 9, 10, 36)
_OLDER = HEADINGS[:-1]
"""What the sheet had before it kept paths; it is read, and the next run widens it."""

_IN_CLASS = re.compile(r" ?\[[^\[\]]+\]$")
"""The class behind a name, where a run has scored several."""

NO_CHANGE = 0.03
"""Risks closer than three points are told as unchanged: about what one mark more or less in one test does."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One row of the history: its cells as they stand, and what they say where they are understood.

    Args:
        cells: The cells under `HEADINGS`.
        day: The date, None where it is not understood.
        who: Student ID, else name, in one case; "" without either.
        risk: 0 to 1, None where there was no score.
    """

    cells: tuple[CellValue, ...]
    day: date | None
    who: str
    risk: float | None


def read_history(book: Book) -> tuple[Entry, ...] | None:
    """The entries of a workbook's history; None where it has no sheet `Runs` (once `History`) with ours.

    Example:
        >>> from addin.reading.grid import Sheet
        >>> rows = (HEADINGS, ("2026-02-06", "ZQ1", "Ova Zarrin", 0.4, "● Watch", 3, 3))
        >>> entries = read_history(Book(sheets=(Sheet(name="Runs", rows=rows),)))
        >>> entries[0].day, entries[0].who, entries[0].risk
        (datetime.date(2026, 2, 6), 'zq1', 0.4)
    """
    sheet = book.sheet(SHEET) or book.sheet(FORMERLY)
    if sheet is None:
        return None
    if not any(as_text(cell) for row in sheet.rows for cell in row):
        return ()  # an empty sheet of that name is there to be filled
    headings = [as_text(cell) for cell in sheet.rows[0]]
    while headings and not headings[-1]:
        headings.pop()
    width = len(HEADINGS)
    noted = any(as_text(cell) for row in sheet.rows for cell in row[len(_OLDER) : width])
    if tuple(headings) != HEADINGS and (tuple(headings) != _OLDER or noted):
        return None  # somebody's own sheet of that name, or with notes where ours would go: it is not ours to replace
    rows = (tuple(sheet.cell(row, column) for column in range(1, width + 1)) for row in range(2, len(sheet.rows) + 1))
    return tuple(_entry(cells) for cells in rows if any(as_text(cell) for cell in cells))


def _entry(cells: tuple[CellValue, ...]) -> Entry:
    risk = cells[3]
    return Entry(
        cells=cells,
        day=as_date(cells[0]),
        who=_who(as_text(cells[1]) or as_text(cells[2]), as_text(cells[2])),
        risk=float(risk) if isinstance(risk, (int, float)) and not isinstance(risk, bool) else None,
    )


def merged(*histories: Sequence[Entry] | None) -> tuple[Entry, ...]:
    """Several histories as one: of entries about one student on one date, the first history's stands."""
    found: dict[object, Entry] = {}
    for history in histories:
        for entry in history or ():
            key = (entry.day, entry.who) if entry.day and entry.who else entry.cells
            found.setdefault(key, entry)
    return tuple(found.values())


def with_run(
    earlier: Sequence[Entry], reviews: Sequence[Review], today: date, *, paths: bool = True
) -> tuple[Entry, ...]:
    """The history with today's run: whatever stood there for today is replaced, older entries come first.

    Of several classes every name is followed by its class, since two of them may have the same.

    Args:
        earlier: The history.
        reviews: The classes.
        today: The day of the run.
        paths: Whether to say what each path begins with; of a run that no sheet will keep it need not be worked out.
    """
    kept = [entry for entry in earlier if entry.day != today]
    kept.sort(key=lambda entry: (entry.day is not None, entry.day or date.min))
    return (
        *kept,
        *(
            _entry(
                (
                    today,
                    result.student_id,
                    f"{result.name} {_class(review, len(reviews))}".strip() or None,
                    None if result.risk is None else round(result.risk, 4),
                    result.flag.value,
                    result.priority,
                    review.markbook.cohort.half_term,
                    working_on(result) if paths else None,
                )
            )
            for review in reviews
            for result in review.results
            if result.student_id or result.name
        ),
    )


def working_on(result: Result) -> str | None:
    """What a student's path begins with: the topic of its first open step; None without a path."""
    if not result.pathway:
        return None
    first = result.pathway[0]
    return "Mixed practice" if first.kind is StepKind.MIXED else first.topic


def changes(earlier: Sequence[Entry], review: Review, today: date, *, among: int = 1) -> dict[str, str]:
    """Student key -> what changed since the last earlier date on which the student had a score; "new" without one.

    Args:
        earlier: The history.
        review: The run.
        today: Its day.
        among: How many classes the run has scored.
    """
    last: dict[str, Entry] = {}
    for entry in earlier:
        if entry.day is not None and entry.day < today and entry.risk is not None:
            known = last.get(entry.who)
            if known is None or known.day is None or known.day < entry.day:
                last[entry.who] = entry
    told = {}
    for result in review.results:
        before = last.get(known_as(result, review, among=among))
        if result.risk is None:
            continue
        told[result.key] = "new" if before is None else _told(result, before)
    return told


def known_as(result: Result, review: Review, *, among: int = 1) -> str:
    """What the history knows a student by (`Entry.who`).

    Args:
        among: How many classes the run has scored.
    """
    return _who(result.student_id or result.name, _class(review, among))


def _class(review: Review, among: int) -> str:
    return f"[{review.markbook.sheet}]" if among > 1 else ""


def _who(identity: str, name: str) -> str:
    """Student ID or name in one case, followed by the class that stands behind a name."""
    in_class = _IN_CLASS.search(name)
    return (_IN_CLASS.sub("", identity) + (in_class[0].strip() if in_class else "")).casefold()


def _told(result: Result, before: Entry) -> str:
    assert result.risk is not None
    assert before.risk is not None
    assert before.day is not None
    step = result.risk - before.risk
    since = f"since {day_told(before.day, '{number} {short} {year}')}"
    if abs(step) < NO_CHANGE:
        told = f"→ no change {since}"
    else:
        points = round(100 * abs(step))
        told = f"{'↑' if step > 0 else '↓'} {points} points {since}"
    was = as_text(before.cells[4])
    return told if was == result.flag.value or not was else f"{told}, was {was}"


def history_listing(entries: Sequence[Entry], *, add: bool) -> Listing:
    """The sheet `Runs`; one that is still called `History` is renamed."""
    rows = tuple(entry.cells for entry in entries)
    return Listing(
        sheet=SHEET,
        headings=HEADINGS,
        widths=WIDTHS,
        rows=rows,
        add=add,
        formerly=FORMERLY,
        per_cents=frozenset({"Risk"}),
    )
