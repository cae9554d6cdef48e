"""A class into its next school year: what stays, what is emptied, what goes into sheets of its own, and who is out.

Students, baselines and targets stay where they stand; marks, engagement, results, decisions and notes are emptied. No row moves:
the row of a leaver is emptied where it is, so that nobody can come to stand beside somebody else's target. Runs and last grades
are kept in sheets named after the year that ends. Formulas stay, and lose the result that was worked out from last year's marks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from addin.errors import InDoubt
from addin.importing.leavers import Leaver, leavers_of, people_of, stands_fast
from addin.importing.roll import Person, name_key, plain_id
from addin.importing.school_year import first_day, short, year_after, year_that_ends
from addin.reading.grid import Book, CellValue, address, as_text, holds
from addin.reading.headings.column import ENGAGEMENT_ROLES, MARKED_ROLES, Column, Role, role_of
from addin.reading.headings.map import heading_map
from addin.reading.headings.text import plain
from addin.reading.settle import GUESS_BY_SHAPE, OTHER_SUBJECT
from addin.reading.table.asked import SURE_ENOUGH
from addin.reading.table.find_class import Found, find_class, of_each_class
from addin.results.annotate import queries_listing
from addin.results.clinic_register import listing_of, read_register
from addin.results.edits import CellEdits, Listing
from addin.results.history import HEADINGS as RUNS_HEADINGS
from addin.results.history import SHEET as RUNS
from addin.results.history import WIDTHS as RUNS_WIDTHS
from addin.results.history import Entry, history_listing, read_history
from addin.review import own_listings

OUTCOMES = "Outcomes"
"""The sheet of last grades is called that and the school year; the one of runs, `Runs` and the school year."""

OUTCOME_HEADINGS = ("Student ID", "Name", "Form", "Class", "Target grade", "Working-at grade", "Final grade")
_WIDTHS = (14, 28, 10, 18, 13, 17, 12)

_CLINIC_ROLES = (Role.CLINICS_OFFERED, Role.CLINICS_ATTENDED, Role.UNAVAILABLE)
_OF_THE_YEAR = (*MARKED_ROLES, *ENGAGEMENT_ROLES, *_CLINIC_ROLES, Role.WORKING_AT, Role.OUTCOME, Role.RESULT)
_WORKED_OUT = frozenset({
    "total", "overall", "average", "mean", "overall total", "rank", "position", "grade", "percentile", "percentile rank",
    "behaviour", "behaviour points", "achievement points", "lates", "progress 8", "p8",
})  # fmt: skip
"""Headings that are not read and hold what the year's marks and days have come to."""
_TO_LOOK_AT = frozenset({"year", "year group", "nc year", "year taught in", "comment", "comments", "note", "notes"})
"""Headings that are known and not read, and may hold something of last year all the same."""
_LAST_GRADE = re.compile(r"(?:end of )?(?:last|previous|prior)\b.*\bgrade")

_KINDS = (
    ("marks", MARKED_ROLES),
    ("engagement", ENGAGEMENT_ROLES),
    ("clinics and unavailable days", _CLINIC_ROLES),
    ("grades of the year", (Role.WORKING_AT, Role.OUTCOME)),
    ("results, decisions and notes", (Role.RESULT,)),
    ("worked out from these", (Role.IGNORED,)),
)


@dataclass(frozen=True, kw_only=True)
class RolledClass:
    """What becomes of one class.

    Args:
        students: How many go on.
        out: Whose rows are emptied.
        still_there: Who leaves but stands in a row that cannot be emptied, and why.
        emptied: What kind of column -> how many of them are emptied.
        guessed: Columns that are emptied and only guessed to hold marks, such as "'Points' (F)".
        kept: Columns that are not understood or may be of last year, and stay as they are.
        formulas: Columns in which formulas stay and lose what they said of last year.
        hidden: How many rows a filter hides.
        tied: On how many students' rows notes or links hang, which stay.
        notes: What to say of how the sheet was read.
    """

    sheet: str
    students: int
    out: tuple[Leaver, ...]
    still_there: tuple[tuple[Leaver, str], ...]
    emptied: Mapping[str, int]
    guessed: tuple[str, ...]
    kept: tuple[str, ...]
    formulas: tuple[str, ...]
    hidden: int
    tied: int
    notes: tuple[str, ...]


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
    turned = [_Turned(found, found_leavers, (tied or {}).get(found.sheet.name, frozenset())) for found in classes]
    gone = [leaver.one for each in turned for leaver in each.out]
    staying = [one for each in turned for one in each.going_on]
    kept_runs = tuple(entry for entry in history or () if not _is_about(entry, gone, staying))
    outcomes = tuple(row for each in turned for row in each.outcomes())
    years = (written, after) if written and "school_year" in setup and (after := year_after(written)) else None
    ended, taken = short(beginning), {sheet.name.casefold() for sheet in book.sheets}
    listings, notices = own_listings(
        book, (queries_listing([], add=False), history_listing((), add=False), listing_of(()))
    )
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
        outcomes=len(outcomes) + sum(len(each.last_grades()) for each in turned),
        register=len(register or ()),
        class_name=as_text(book.names.get("class_name")),
        notes=(*notices, *_about_year(written, years, setup)),
        edits=(*(each.edits() for each in turned), *_setup_edits(book, setup, years)),
        listings=(*archive, *there),
    )


class _Turned:
    """One class on its way into the next year."""

    def __init__(self, found: Found, leavers: Sequence[Leaver], tied: frozenset[int]) -> None:
        self._found, self._sheet = found, found.sheet
        own = [leaver for leaver in leavers if leaver.sheet == self._sheet.name]
        fast = [(leaver, stands_fast(found, leaver.one.row, tied)) for leaver in own]
        self.out = tuple(leaver for leaver, why in fast if why is None)
        self.still_there = tuple((leaver, why) for leaver, why in fast if why is not None)
        gone = {leaver.one.row for leaver in self.out}
        self._gone = gone
        self._tied = len(tied.intersection(found.rows.students))
        self.going_on = tuple(one for one in people_of(found) if one.row not in gone)
        self._columns = [column for column in found.layout.columns if column.heading and _is_of_the_year(column)]
        self._last_grade = next((c for c in found.layout.columns if _takes_last_grade(c)), None)

    def edits(self) -> CellEdits:
        """The cells of the sheet that change."""
        layout = self._found.layout
        of_the_year = [column.index + 1 for column in self._columns]
        table = layout.table
        edges = [column.index + 1 for column in layout.columns if column.heading]
        edges += [table.first_column, table.last_column] if table else []
        whole = range(min(edges), max(edges) + 1)
        emptied = frozenset(
            (row, column)
            for row in self._found.rows.students
            for column in (whole if row in self._gone else of_the_year)
            if holds(self._sheet.cell(row, column)) or (row, column) in self._sheet.formulas
        )
        # What a formula says that is not read now may be read as a mark once there are no others.
        unread = [c.index + 1 for c in layout.columns if c.heading and c.role is Role.IGNORED]
        emptied |= {
            (row, column)
            for row in self._found.rows.students
            for column in unread
            if (row, column) in self._sheet.formulas
        }
        values = self.last_grades()
        return CellEdits(
            sheet=self._sheet.name,
            values=values,
            first_row=layout.first_row,
            last_row=table.last_row if table else max(self._found.rows.students),
            table=table,
            emptied=emptied - values.keys(),
        )

    def last_grades(self) -> dict[tuple[int, int], CellValue]:
        """The cells of a column that the sheet itself has for last year's grade."""
        if self._last_grade is None:
            return {}
        column = self._last_grade.index + 1
        places = ((one.row, column) for one in self.going_on if (one.row, column) not in self._sheet.formulas)
        return {place: grade for place in places if (grade := self._grades(place[0])[2] or self._grades(place[0])[1])}

    def outcomes(self) -> Iterator[tuple[CellValue, ...]]:
        """The rows of the sheet of last grades; none where the class has a column for them, or nobody has a grade."""
        if self._last_grade is not None:
            return
        for one in self.going_on:
            grades = self._grades(one.row)
            if any(holds(grade) for grade in grades[1:]):
                yield one.student_id or one.upn or None, one.name or None, one.place or None, self._sheet.name, *grades

    def _grades(self, row: int) -> tuple[CellValue, CellValue, CellValue]:
        """Target, last working-at grade, final grade."""

        def in_row(role: Role) -> list[CellValue]:
            places = [column.index + 1 for column in self._found.layout.columns if column.role is role]
            return [cell for place in places if holds(cell := self._sheet.cell(row, place))]

        target, working_at, final = map(in_row, (Role.TARGET, Role.WORKING_AT, Role.OUTCOME))
        return next(iter(target), None), next(reversed(working_at), None), next(iter(final), None)

    def told(self) -> RolledClass:
        """What becomes of the class, for the teacher."""
        kinds = Counter(next(kind for kind, roles in _KINDS if column.role in roles) for column in self._columns)
        return RolledClass(
            sheet=self._sheet.name,
            students=len(self.going_on),
            out=self.out,
            still_there=self.still_there,
            emptied={kind: kinds[kind] for kind, _ in _KINDS if kind in kinds},
            guessed=self._named(c for c in self._columns if c.role in MARKED_ROLES and 0 < c.confidence < SURE_ENOUGH),
            kept=self._named(c for c in self._found.layout.columns if self._may_be_old(c)),
            formulas=self._named(c for c in self._found.layout.columns if self._has_formulas(c)),
            hidden=len(self._sheet.hidden_rows or ()) if self._sheet.filtered else 0,
            tied=self._tied,
            notes=(*self._found.notes, *self._found.rows.notes),
        )

    def _named(self, columns: Iterator[Column]) -> tuple[str, ...]:
        header = self._found.layout.header_row
        return tuple(f"{column.heading!r} ({address(header, column.index + 1)})" for column in columns)

    def _has_formulas(self, column: Column) -> bool:
        of_the_year = column.heading and (column.role is Role.IGNORED or _is_of_the_year(column))
        return bool(of_the_year) and any((one.row, column.index + 1) in self._sheet.formulas for one in self.going_on)

    def _may_be_old(self, column: Column) -> bool:
        if column.role is not Role.IGNORED or not column.heading or column is self._last_grade:
            return False
        if _is_of_the_year(column) or (column.why == "exact" and plain(column.heading) not in _TO_LOOK_AT):
            return False
        places = ((one.row, column.index + 1) for one in self.going_on)
        return any(holds(self._sheet.cell(*place)) for place in places if place not in self._sheet.formulas)


def _is_of_the_year(column: Column) -> bool:
    """Whether a column holds what a school year brings: its role, or what its heading says of one that is not read."""
    if column.role in _OF_THE_YEAR:
        return True
    if column.role is not Role.IGNORED or column.why == OTHER_SUBJECT or _LAST_GRADE.fullmatch(plain(column.heading)):
        return False
    if column.why.startswith(("the sum of", "the mean of", "the weighted sum of", "stands for")):
        return True
    return plain(column.heading) in _WORKED_OUT or role_of(column.heading) in (*MARKED_ROLES, *ENGAGEMENT_ROLES)


def _takes_last_grade(column: Column) -> bool:
    """Whether a column is for last year's grade; the reader takes one of that name neither for a mark nor for a target."""
    return column.role is Role.IGNORED and _LAST_GRADE.fullmatch(plain(column.heading)) is not None


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
