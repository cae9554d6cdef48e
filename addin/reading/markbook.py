"""Grid of cells -> Markbook: finds the table of students on a sheet, understands its columns, reads its marks.

What is not understood becomes a query with cell, value, rule and remedy; a query on one student never stops the class.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from addin.errors import NoMarks, SheetProblem
from addin.reading.grid import Book, CellValue, Sheet, Table, address, as_text, column_letters
from addin.reading.headings.column import CONFIRMED, MARKED_ROLES, WHO_ROLES, Column, Role
from addin.reading.headings.map import HeadingMap, heading_map
from addin.reading.headings.remembered import SPECIAL
from addin.reading.headings.roles import RESULT_HEADINGS
from addin.reading.headings.text import plain
from addin.reading.identities import Student, students_in
from addin.reading.queries import Query
from addin.reading.records import CellDoubt, Records, read_records
from addin.reading.settle import OTHER_SUBJECT
from addin.reading.table.asked import SURE_ENOUGH
from addin.reading.table.earlier_run import are_of_a_run
from addin.reading.table.find_class import find_class
from addin.reading.table.find_table import HEADING_ROWS, Layout, find_header_row
from addin.reading.table.student_rows import Rows
from addin.reading.table.summary_rows import holds
from addin.reading.table.totals import doubtful_totals
from addin.reading.uncalculated import sums_of_nothing, without_columns, without_uncalculated
from model.students import Cohort, FloatArray
from model.vocabulary import HALF_TERMS, counted

__all__ = ["HEADING_ROWS", "Markbook", "Query", "Student", "find_header_row", "read_markbook"]

SAY_IT = "Say once what a heading means, in Setup or with `markbook map`"

LONGEST_SHOWN = 40
"""Characters of a heading or a value in a message."""

_TELLS_NOTHING = frozenset({Role.RESULT, Role.IGNORED, Role.AUDIT, Role.OUTCOME})


@dataclass(frozen=True, kw_only=True, eq=False)
class Markbook:
    """A sheet of students, understood.

    Args:
        sheet: The sheet's name.
        header_row: The row of the headings; students stand in `first_row` to `last_row`.
        columns: Every used column, `index` 0 for column A.
        identity_columns: Columns that tell who stands in a row, counted from 1.
        students: One per student row, in the order of the sheet.
        cohort: The same students' records, in the same order, keyed by `Student.key`.
        audit: Heading of an audit-only column (pupil premium, SEN, EAL, sex ...) -> what it says of each student, "" where
            blank. For the fairness audit alone, never a feature.
        final_grade: (n,) outcomes 0 to 9, NaN where there is none. For learning from last year, fairness and impact alone.
        queries: What was not understood.
        half_term_from: How the half-term was found.
        notes: What was assumed.
        last_heading: The last used column of the heading row, counted from 1, results left out.
        last_used: The last column in which anything stands or floats.
        results: Result heading -> its column, where an earlier run has left one.
        table: The Excel table that holds the students.
    """

    sheet: str
    header_row: int
    first_row: int
    last_row: int
    columns: tuple[Column, ...]
    identity_columns: tuple[int, ...]
    students: tuple[Student, ...]
    cohort: Cohort
    audit: dict[str, tuple[str, ...]]
    final_grade: FloatArray
    queries: tuple[Query, ...]
    half_term_from: str
    notes: tuple[str, ...]
    last_heading: int
    last_used: int
    results: dict[str, int]
    table: Table | None


def read_markbook(book: Book, *, sheet: str | None = None) -> Markbook:
    """Find and read the sheet of students.

    Args:
        book: All sheets.
        sheet: The name of the sheet; left out, the one that holds students, or the one called Markbook among several.

    Raises:
        NoStudents: No sheet, or not the named one, has a heading row with students.
        NoMarks: There is no column of marks, or not one mark where something stands that could be one.
        WhichSheet: Several sheets hold students and none is called Markbook.
        SheetProblem: A column of the teacher's own has the heading of a result.

    Example:
        >>> rows = (("Name", "Target", "Angles (20)"), ("Ova Zarrin", 5, 12), ("Tul Beska", 6, "Abs"))
        >>> markbook = read_markbook(Book(sheets=(Sheet(name="Y9", rows=rows),)))
        >>> [student.name for student in markbook.students], markbook.cohort.earned[0, 0].item()
        (['Ova Zarrin', 'Tul Beska'], 12.0)
    """
    setup = heading_map(book)
    book = replace(book, sheets=tuple(map(without_uncalculated, book.sheets)))
    found = find_class(book, sheet, setup.means)
    chosen, layout, rows = found.sheet, found.layout, found.rows
    nothing = sums_of_nothing(chosen, layout.columns, rows.students)
    entered = without_columns(chosen, nothing)
    students, doubtful_students = students_in(chosen, layout.columns, rows.students)
    half_term = setup_half_term(book)
    place_of = {student.row: place for place, student in enumerate(students)}
    read = read_records(
        layout.columns,
        [entered.rows[student.row - 1] for student in students],
        keys=[student.key for student in students],
        half_term=half_term,
        percents={(place_of[row], column - 1) for row, column in chosen.percents if row in place_of},
    )
    _refuse_without_marks(entered, layout, students, read)
    columns = tuple(replace(c, out_of=read.totals.get(c.index, c.out_of)) for c in layout.columns)
    results = _results(chosen, layout)
    queries = (
        *setup.queries,
        *doubtful_totals(layout.totals, layout.columns),
        *doubtful_students,
        *(_query_of(students[doubt.row].row, doubt) for doubt in read.doubts),
        *_unstored(chosen, layout.columns, set(rows.students)),
    )
    return Markbook(
        sheet=chosen.name,
        header_row=layout.header_row,
        first_row=layout.first_row,
        last_row=layout.table.last_row if layout.table else rows.students[-1],
        columns=columns,
        identity_columns=tuple(column.index + 1 for column in layout.columns if column.role in WHO_ROLES),
        students=students,
        cohort=read.cohort,
        audit={
            column.heading: tuple(as_text(chosen.cell(student.row, column.index + 1)) for student in students)
            for column in layout.columns
            if column.role is Role.AUDIT
        },
        final_grade=read.final_grade,
        queries=queries,
        half_term_from="Setup" if half_term is not None else read.half_term_from,
        notes=(
            *found.notes,
            *_about_calculation(book, chosen),
            *_about_marks(read, nothing),
            *read.notes,
            *rows.notes,
            *_about_headings(chosen, layout, rows, setup),
        ),
        last_heading=max(c.index + 1 for c in layout.columns if c.heading and c.role is not Role.RESULT),
        last_used=max(chosen.last_used(layout.header_row), chosen.floating_columns),
        results=results,
        table=layout.table,
    )


def told_of_columns(markbook: Markbook) -> list[str]:
    """What is sure, what is a guess and what is left out; that all was understood only where that is so.

    Example:
        >>> rows = (("Name", "Angles (20)", "Doodles"), ("Ova", 12, "red"), ("Tul", 15, None))
        >>> told_of_columns(read_markbook(Book(sheets=(Sheet(name="Y9", rows=rows),))))
        ['Sure: 2 columns. A guess: none. Left out: C.']
    """
    known = [column for column in markbook.columns if column.heading and column.role is not Role.RESULT]
    guesses = [column_letters(column.index + 1) for column in known if 0 < column.confidence < SURE_ENOUGH]
    left_out = [column_letters(column.index + 1) for column in known if not column.confidence]
    if not guesses and not left_out:
        return [] if markbook.queries else ["Everything was understood."]
    sure = counted(len(known) - len(guesses) - len(left_out), "column")
    return [f"Sure: {sure}. A guess: {', '.join(guesses) or 'none'}. Left out: {', '.join(left_out) or 'none'}."]


def setup_half_term(book: Book) -> int | None:
    """The half-term that the sheet Setup names, 1 to 6; None where it names none.

    Example:
        >>> setup_half_term(Book(sheets=(), names={"half_term": 4.0})), setup_half_term(Book(sheets=()))
        (4, None)
    """
    value = book.names.get("half_term")
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value in range(1, HALF_TERMS + 1):
        return int(value)
    return None


def _query_of(row: int, doubt: CellDoubt) -> Query:
    return Query(
        cell=address(row, doubt.column.index + 1),
        value=as_text(doubt.value),
        rule=doubt.doubt.rule,
        remedy=doubt.doubt.remedy,
    )


def _refuse_without_marks(sheet: Sheet, layout: Layout, students: Sequence[Student], read: Records) -> None:
    if not any(column.role in MARKED_ROLES for column in layout.columns):
        raise NoMarks(
            f"Sheet {sheet.name!r} has no column of marks. Add a test with its total, for example a heading 'Fractions (20)'."
        )
    if read.cohort.has_mark.any():
        return
    first = next((doubt for doubt in read.doubts if doubt.column.role in MARKED_ROLES), None)
    if first is not None:
        query = _query_of(students[first.row].row, first)
        raise NoMarks(
            f"Sheet {sheet.name!r}, cell {query.cell}: {query.value[:LONGEST_SHOWN]!r} is not understood, nor is any other mark. "
            f"Rule: {query.rule}. {query.remedy}."
        )
    if not _waits_for_marks(sheet, layout, students):
        raise NoMarks(
            f"Sheet {sheet.name!r} has students but not one mark. Enter the marks of at least one assessment."
        )


def _waits_for_marks(sheet: Sheet, layout: Layout, students: Sequence[Student]) -> bool:
    """Whether all columns of marks are blank and no other holds what could be marks: a school year that begins."""

    def cells(column: Column) -> Iterator[CellValue]:
        return (cell for student in students if holds(cell := sheet.cell(student.row, column.index + 1)))

    marked = (column for column in layout.columns if column.role in MARKED_ROLES)
    unknown = (column for column in layout.columns if not column.confidence)
    return not any(True for column in marked for _ in cells(column)) and not any(
        isinstance(cell, (int, float)) for column in unknown for cell in cells(column)
    )


def _about_marks(read: Records, nothing: Sequence[Column]) -> Iterator[str]:
    if nothing:
        columns = ", ".join(
            f"{column.heading[:LONGEST_SHOWN]!r} ({column_letters(column.index + 1)})" for column in nothing
        )
        yield f"Formulas give 0 for everybody in {columns}, which is taken for not entered yet"
    if not read.cohort.has_mark.any():
        yield "No mark is entered yet, so that nobody has a score: enter the marks of at least one assessment, and run again"


def _results(sheet: Sheet, layout: Layout) -> dict[str, int]:
    """Where an earlier run has left its results.

    A run leaves nine columns; one or two such headings are the teacher's own, and must not be written over.
    """
    spelling = {heading.casefold(): heading for heading in RESULT_HEADINGS}
    results = {spelling[c.heading.casefold()]: c.index + 1 for c in layout.columns if c.heading.casefold() in spelling}
    if are_of_a_run(set(results)):
        return results
    for heading, column in results.items():
        if any(holds(sheet.cell(row, column)) for row in range(layout.first_row, len(sheet.rows) + 1)):
            raise SheetProblem(
                f"Sheet {sheet.name!r}, cell {address(layout.header_row, column)}: a column of yours is called {heading!r}, as "
                f"one of the results is. Rename it, for example to 'My {heading.lower()}'."
            )
    return results


def _unstored(sheet: Sheet, columns: Sequence[Column], rows: set[int]) -> Iterator[Query]:
    """Formulas that no program has worked out yet: they read as blank, but are not."""
    told = {column.index + 1 for column in columns if column.role not in _TELLS_NOTHING}
    for row, column in sorted(sheet.formulas):
        if row in rows and column in told and sheet.cell(row, column) is None:
            yield Query(
                cell=address(row, column),
                value="",
                rule="a formula that was never calculated tells nothing"
                if sheet.uncalculated
                else "a formula needs a stored result",
                remedy="Open the file in Excel and save it, then run again",
            )


def _about_calculation(book: Book, sheet: Sheet) -> Iterator[str]:
    if book.manual_calculation and (sheet.formulas or not sheet.tells_formulas):
        yield "Calculation is set to manual, so results of formulas may be old. Press F9 in Excel, save, and run again"


def _about_headings(sheet: Sheet, layout: Layout, rows: Rows, setup: HeadingMap) -> Iterator[str]:
    """What to say of columns that are left out, of totals that were inferred, and of a map that fits nothing."""
    if layout.totals.note:
        yield layout.totals.note
    guessed = [
        f"{column.heading[:LONGEST_SHOWN]!r} as {column.role.value} ({column.why})"
        for column in layout.columns
        if 0 < column.confidence < SURE_ENOUGH
    ]
    if guessed:
        yield f"Guessed: {', '.join(guessed)}. {SAY_IT}, where this is wrong"
    left_out = [
        f"{column.heading[:LONGEST_SHOWN]!r} ({address(layout.header_row, column.index + 1)})"
        for column in layout.columns
        if not column.confidence and any(holds(sheet.rows[row - 1][column.index]) for row in rows.students)
    ]
    if left_out:
        yield f"Not understood and left out: {', '.join(left_out)}. {SAY_IT}"
    others = [f"{column.heading[:LONGEST_SHOWN]!r}" for column in layout.columns if column.why == OTHER_SUBJECT]
    if others:
        yield f"Left out as other subjects: {', '.join(others)}"
    there = {plain(column.heading) for column in layout.columns if column.why == CONFIRMED or not column.confidence}
    unused = [one for one in setup.written if plain(one) not in SPECIAL and not _stands_in(plain(one), there)]
    if unused:
        yield f"Setup: no heading {', '.join(map(repr, unused))} on this sheet"


def _stands_in(heading: str, there: set[str]) -> bool:
    return any(other == heading or other.startswith(f"{heading} ") for other in there)
