"""A class into its next school year: what stays, what is emptied, what goes into sheets of its own, and who is out.

Students, baselines and targets stay where they stand; marks, engagement, results, decisions and notes are emptied. No row moves:
the row of a leaver is emptied where it is, so that nobody can come to stand beside somebody else's target. Runs and last grades
are kept in sheets named after the year that ends. Formulas stay, and lose the result that was worked out from last year's marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from addin.errors import InDoubt
from addin.importing.leavers import leavers_of
from addin.importing.roll import Person, name_key, plain_id
from addin.importing.school_year import first_day, short, year_after, year_that_ends
from addin.importing.turned_class import RolledClass, Turned
from addin.reading.grid import Book, CellValue, address, as_text, holds
from addin.reading.headings.map import heading_map
from addin.reading.settle import GUESS_BY_SHAPE
from addin.reading.table.find_class import Found, find_class, of_each_class
from addin.results.annotate import queries_listing
from addin.results.clinic_register import listing_of, read_register
from addin.results.edits import CellEdits, Listing
from addin.results.history import HEADINGS as RUNS_HEADINGS
from addin.results.history import SHEET as RUNS
from addin.results.history import WIDTHS as RUNS_WIDTHS
from addin.results.history import Entry, history_listing, read_history
from addin.results.of_run import emptied_sheets, own_listings

OUTCOMES = "Outcomes"
"""The sheet of last grades is called that and the school year; the one of runs, `Runs` and the school year."""

OUTCOME_HEADINGS = ("Student ID", "Name", "Form", "Class", "Target grade", "Working-at grade", "Final grade")
_WIDTHS = (14, 28, 10, 18, 13, 17, 12)


@dataclass(frozen=True, kw_only=True)
class NextYear:
    """What a roll-over does to a workbook.

    Args:
        ended, begins: The school year that ends and the one that begins, such as "2025-26" and "2026-27".
        years: What Setup said of the school year and what it says then, None where it does not tell or is not understood.
        runs: The rows of `Runs` that are kept in a sheet of their own; those of leavers are not among them.
        runs_out: How many rows of leavers are left out there.
        outcomes: How many students' last grades are kept.
        register: How many rows about students the clinics' register loses.
        class_name: What Setup calls the class, which stays.
        notes: What else should be known.
    """

    ended: str
    begins: str
    classes: tuple[RolledClass, ...]
    years: tuple[str, str] | None
    runs: int
    runs_out: int
    outcomes: int
    register: int
    class_name: str
    notes: tuple[str, ...]
    edits: tuple[CellEdits, ...]
    listings: tuple[Listing, ...]


def classes_in(book: Book, sheets: Sequence[str] = ()) -> tuple[Found, ...]:
    """The classes that are meant: those that are named, else the one, or all where several sheets hold students.

    Raises:
        MarkbookError: There is none, or what one holds is in doubt.
    """
    means = heading_map(book).means
    return of_each_class(lambda name: find_class(book, name, means), sheets)


def refuse_guesses(classes: Sequence[Found]) -> None:
    """Refuse classes with a column that is taken for marks though its heading says nothing: it may be a target.

    Raises:
        InDoubt: There is such a column.
    """
    for found in classes:
        columns = [c for c in found.marked if c.heading and 0 < c.confidence <= GUESS_BY_SHAPE]
        if not columns:
            continue
        names = ", ".join(f"{c.heading!r} ({address(found.layout.header_row, c.index + 1)})" for c in columns)
        raise InDoubt(
            f"Sheet {found.sheet.name!r}: only what stands in them says that these columns hold marks, and they would be emptied: "
            f'{names}. Say what they are with `markbook map FILE --set "{columns[0].heading}=test"`, or =target, or =ignored, and '
            "run again."
        )


def plan_next_year(
    book: Book,
    classes: Sequence[Found],
    *,
    leavers: Sequence[str] = (),
    tied: Mapping[str, frozenset[int]] | None = None,
    today: date,
) -> NextYear:
    """Decide what becomes of a workbook's classes.

    Args:
        book: What a host read.
        classes: Its classes, as `classes_in` finds them.
        leavers: Whom the teacher names as leavers: student ID, UPN or name.
        tied: Sheet -> rows on which notes or links hang; these are not emptied of who stands there.
        today: The day.

    Raises:
        RequestProblem: A leaver that is named is nobody, or could be several.

    Example:
        >>> from addin.reading.grid import Sheet
        >>> rows = (("Name", "Target", "Angles (20)", "Left"), ("Ova Zarrin", 5, 12, None), ("Tul Beska", 6, 9, "yes"))
        >>> old = Book(sheets=(Sheet(name="Y9", rows=rows),))
        >>> year = plan_next_year(old, classes_in(old), today=date(2026, 7, 17))
        >>> sorted(address(*place) for place in year.edits[0].emptied), year.classes[0].students, year.ended
        (['A3', 'B3', 'C2', 'C3', 'D3'], 1, '2025-26')
    """
    setup = _setup_cells(book)
    written = as_text(book.names.get("school_year"))
    history, register = read_history(book), read_register(book)
    days = [day for day in (*(e.day for e in history or ()), *(line.day for line in register or ())) if day is not None]
    beginning = year_that_ends(written, (day for day in days if day <= today), today)
    found_leavers = leavers_of(classes, leavers, before=first_day(beginning + 1))
    turned = [Turned(found, found_leavers, (tied or {}).get(found.sheet.name, frozenset())) for found in classes]
    gone = [leaver.one for each in turned for leaver in each.out]
    staying = [one for each in turned for one in each.going_on]
    kept_runs = tuple(entry for entry in history or () if not _is_about(entry, gone, staying))
    outcomes = tuple(row for each in turned for row in each.outcomes())
    years = (written, after) if written and "school_year" in setup and (after := year_after(written)) else None
    ended, taken = short(beginning), {sheet.name.casefold() for sheet in book.sheets}
    listings, notices = own_listings(
        book, (queries_listing([], add=False), history_listing((), add=False), listing_of(()))
    )
    listings = (*listings, *emptied_sheets(book))
    archive = []
    if kept_runs:
        rows = tuple(entry.cells for entry in kept_runs)
        name = _free(f"{RUNS} {ended}", taken)
        archive.append(Listing(sheet=name, headings=RUNS_HEADINGS, widths=RUNS_WIDTHS, rows=rows, add=True))
    if outcomes:
        name = _free(f"{OUTCOMES} {ended}", taken)
        archive.append(Listing(sheet=name, headings=OUTCOME_HEADINGS, widths=_WIDTHS, rows=outcomes, add=True))
    there = tuple(each for each in listings if book.sheet(each.sheet) or book.sheet(each.formerly))
    return NextYear(
        ended=ended,
        begins=short(beginning + 1),
        classes=tuple(each.told() for each in turned),
        years=years,
        runs=len(kept_runs),
        runs_out=len(history or ()) - len(kept_runs),
        outcomes=len(outcomes) + sum(holds(grade) for each in turned for grade in each.last_grades().values()),
        register=len(register or ()),
        class_name=as_text(book.names.get("class_name")),
        notes=(*notices, *_about_year(written, years, setup)),
        edits=(*(each.edits() for each in turned), *_setup_edits(book, setup, years)),
        listings=(*archive, *there),
    )


def _is_about(entry: Entry, gone: Sequence[Person], staying: Sequence[Person]) -> bool:
    """Whether a row of `Runs` is about a leaver; in doubt it is not."""
    number, name = plain_id(as_text(entry.cells[1])), name_key(re.sub(r" ?\[[^\[\]]+\]$", "", as_text(entry.cells[2])))

    def fits(one: Person) -> bool:
        own = plain_id(one.student_id or one.upn)
        return own == number if own and number else bool(name) and name_key(one.name) == name

    return any(map(fits, gone)) and not any(map(fits, staying))


def _free(name: str, taken: set[str]) -> str:
    """A name that no sheet has."""
    free, number = name, 2
    while free.casefold() in taken:
        free, number = f"{name} ({number})", number + 1
    return free


_LABELS = {"school_year": "School year", "half_term": "Half-term"}
"""Defined names of the template's Setup, and what stands left of their cells."""


def _setup_cells(book: Book) -> dict[str, tuple[int, int]]:
    """Where the settings of the template's Setup stand that change with the year."""
    sheet = book.sheet("Setup")
    found = {}
    for row in range(1, len(sheet.rows) + 1) if sheet else ():
        for name, label in _LABELS.items():
            if name in book.names and sheet is not None and as_text(sheet.cell(row, 1)) == label:
                found[name] = (row, 2)
    return found


def _setup_edits(
    book: Book, setup: Mapping[str, tuple[int, int]], years: tuple[str, str] | None
) -> tuple[CellEdits, ...]:
    sheet = book.sheet("Setup")
    if sheet is None or not setup:
        return ()
    values: dict[tuple[int, int], CellValue] = {setup["school_year"]: years[1]} if years else {}
    half_term = setup.get("half_term")
    emptied = frozenset({half_term} if half_term is not None and holds(sheet.cell(*half_term)) else ())
    rows = [row for row, _ in setup.values()]
    return (CellEdits(sheet=sheet.name, values=values, first_row=min(rows), last_row=max(rows), emptied=emptied),)


def _about_year(written: str, years: tuple[str, str] | None, setup: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    if written and years is None:
        yield f"Setup calls the school year {written!r}, which stays: it is not written like 2025/26"
    elif "school_year" in setup and not written:
        yield "Setup names no school year: enter it there, such as 2026/27"
