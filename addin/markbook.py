"""Grid of cells -> Markbook: finds the table of students on a sheet, understands its columns, reads its marks.

What is not understood becomes a query with cell, value, rule and remedy; a query on one student never stops the class.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from addin.annotations import RESULT_HEADINGS
from addin.errors import NoMarks, NoStudents, SheetProblem, WhichSheet
from addin.grid import Book, CellValue, Sheet, Table, address, as_text
from addin.headings import ASSESSMENT_ROLES, IDENTITY_ROLES, Column, Role, role_of, understand
from addin.records import read_records
from addin.summary_rows import filled, is_summary, strand_row, totals_row, who_columns
from model.students import Cohort, FloatArray
from model.vocabulary import HALF_TERMS

MOST_OWN_HEADINGS = 2
"""A sheet with no more of the result headings than this has not been scored before."""

HEADING_ROWS = 25
"""Headings are looked for in this many rows from the top."""


@dataclass(frozen=True, kw_only=True)
class Query:
    """A cell that was not understood, for the teacher to mend."""

    cell: str
    value: str
    rule: str
    remedy: str


@dataclass(frozen=True, kw_only=True)
class Student:
    """Who stands in a row.

    Args:
        key: What everything is keyed by: the student ID or UPN, else the name with form or set.
        row: The sheet's row number.
        student_id: As written, None where the markbook has none.
        name: "Forename Surname".
        texts: The texts of the identity cells, for the check before writing.
        why_not: Why the student cannot be scored, None where nothing stands in the way (an identity that is not unique).
        key_is_unique: Whether the identity cells tell this row from all others; without that nothing is written to it.
    """

    key: str
    row: int
    student_id: str | None
    name: str
    texts: tuple[str, ...]
    why_not: str | None = None
    key_is_unique: bool = True


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
        NoMarks: There are students but not one mark.
        WhichSheet: Several sheets hold students and none is called Markbook.
        SheetProblem: A column of the teacher's own has the heading of a result.

    Example:
        >>> rows = (("Name", "Target", "Angles (20)"), ("Ova Zarrin", 5, 12), ("Tul Beska", 6, "Abs"))
        >>> markbook = read_markbook(Book(sheets=(Sheet(name="Y9", rows=rows),)))
        >>> [student.name for student in markbook.students], markbook.cohort.earned[0, 0].item()
        (['Ova Zarrin', 'Tul Beska'], 12.0)
    """
    chosen, header_row = _choose(book, sheet)
    return _read(chosen, header_row, _setup_half_term(book))


def find_header_row(sheet: Sheet) -> int | None:
    """The row of headings, counted from 1; None where no row names students and something to know of them."""
    best: tuple[int, int] | None = None
    tables = {table.first_row for table in sheet.tables}
    for row in range(1, min(HEADING_ROWS, len(sheet.rows)) + 1):
        roles = [role_of(as_text(cell)) for cell in sheet.rows[row - 1]]
        named = sum(role in IDENTITY_ROLES for role in roles)
        known = sum(role is not None for role in roles)
        if named and known >= 2:
            # An Excel table's own heading row is surer than any count of words.
            score = known + (1000 if row in tables else 0)
            if best is None or score > best[0]:
                best = (score, row)
    return best[1] if best else None


def _choose(book: Book, name: str | None) -> tuple[Sheet, int]:
    if name is not None:
        sheet = book.sheet(name)
        if sheet is None:
            there = ", ".join(repr(each.name) for each in book.sheets)
            raise NoStudents(f"There is no sheet {name!r}. Name one of {there}.")
        row = find_header_row(sheet)
        if row is None:
            raise NoStudents(
                f"Sheet {sheet.name!r} has no row of headings with a name or student ID in its first {HEADING_ROWS} rows. "
                "Add headings such as Student ID, Surname, Forename, Target."
            )
        return sheet, row
    found = [(sheet, row) for sheet in book.sheets if sheet.visible and (row := find_header_row(sheet)) is not None]
    if not found:
        raise NoStudents(
            "No sheet with students: none has a row of headings with a name or student ID in its first "
            f"{HEADING_ROWS} rows. Add headings such as Student ID, Surname, Forename, Target."
        )
    if len(found) > 1:
        called = [pair for pair in found if pair[0].name.casefold() == "markbook"]
        if not called:
            names = ", ".join(repr(sheet.name) for sheet, _ in found)
            raise WhichSheet(f"Several sheets hold students: {names}. Name the one you mean with --sheet.")
        found = called
    return found[0]


def _setup_half_term(book: Book) -> int | None:
    value = book.names.get("half_term")
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value in range(1, HALF_TERMS + 1):
        return int(value)
    return None


def _read(sheet: Sheet, header_row: int, half_term: int | None) -> Markbook:
    headings = sheet.rows[header_row - 1]
    table = next((t for t in sheet.tables if t.first_row == header_row), None)
    out_of, totals_below = totals_row(sheet, header_row)
    strands = strand_row(sheet, header_row)
    columns = understand(headings, out_of=out_of, strands=strands)
    identity = tuple(column.index + 1 for column in columns if column.role in (*IDENTITY_ROLES, Role.FORM, Role.SET))
    sure = [column for column in columns if column.role in IDENTITY_ROLES]

    last_row = table.last_row if table else len(sheet.rows)
    who = who_columns(headings)
    student_rows: list[int] = []
    queries: list[Query] = []
    summary_row, below_summary = None, 0
    for row in range(header_row + 1, min(last_row, len(sheet.rows)) + 1):
        cells = sheet.rows[row - 1]
        if _is_blank(cells, columns):
            continue
        if row == totals_below or is_summary(cells, who):
            summary_row = row if student_rows else None  # above the first student it ends nothing
        elif summary_row is not None and table is None and filled(cells, who) < 2:
            # Summary rows stand at the foot: a single word below them is a legend or a further summary, not a student.
            below_summary += 1
        elif not any(as_text(cells[column.index]) for column in sure if column.index < len(cells)):
            queries.append(
                Query(
                    cell=address(row, sure[0].index + 1),
                    value="",
                    rule="a row with entries needs a student",
                    remedy=f"Enter the {sure[0].heading}, or clear the row",
                )
            )
        else:
            student_rows.append(row)
    if not student_rows:
        raise NoStudents(
            f"Sheet {sheet.name!r} has headings in row {header_row} but no student below. Enter the students."
        )

    notes = []
    if below_summary:
        rows = "row" if below_summary == 1 else "rows"
        notes.append(f"Row {summary_row} ends the class; {below_summary} {rows} below it not read as students")
    students, doubled = _students(sheet, columns, student_rows)
    queries.extend(doubled)
    place_of = {student.row: place for place, student in enumerate(students)}
    read = read_records(
        columns,
        [sheet.rows[student.row - 1] for student in students],
        keys=[student.key for student in students],
        half_term=half_term,
        percents={(place_of[row], column - 1) for row, column in sheet.percents if row in place_of},
    )
    if not any(column.role in ASSESSMENT_ROLES for column in columns):
        raise NoMarks(
            f"Sheet {sheet.name!r} has no column of marks. Add a test with its total, for example a heading 'Fractions (20)'."
        )
    if not read.cohort.has_mark.any():
        of_marks = (doubt for doubt in read.doubts if doubt.column.role in ASSESSMENT_ROLES)
        first = next(of_marks, None)
        if first is not None:
            cell = address(students[first.row].row, first.column.index + 1)
            raise NoMarks(
                f"Sheet {sheet.name!r}, cell {cell}: {as_text(first.value)[:40]!r} is not understood, nor is any other mark. "
                f"Rule: {first.doubt.rule}. {first.doubt.remedy}."
            )
        raise NoMarks(
            f"Sheet {sheet.name!r} has students but not one mark. Enter the marks of at least one assessment."
        )
    queries.extend(
        Query(
            cell=address(students[doubt.row].row, doubt.column.index + 1),
            value=as_text(doubt.value),
            rule=doubt.doubt.rule,
            remedy=doubt.doubt.remedy,
        )
        for doubt in read.doubts
    )
    queries.extend(_unstored(sheet, columns, set(student_rows)))
    spelling = {heading.casefold(): heading for heading in RESULT_HEADINGS}
    results = {spelling[c.heading.casefold()]: c.index + 1 for c in columns if c.role is Role.RESULT}
    _refuse_own_column(sheet, header_row, results)
    last_heading = max(c.index + 1 for c in columns if c.heading and c.role is not Role.RESULT)
    return Markbook(
        sheet=sheet.name,
        header_row=header_row,
        first_row=header_row + 1,
        last_row=table.last_row if table else student_rows[-1],
        columns=columns,
        identity_columns=identity,
        students=students,
        cohort=read.cohort,
        audit={
            column.heading: tuple(as_text(sheet.cell(student.row, column.index + 1)) for student in students)
            for column in columns
            if column.role is Role.AUDIT
        },
        final_grade=read.final_grade,
        queries=tuple(queries),
        half_term_from="Setup" if half_term is not None else read.half_term_from,
        notes=(*read.notes, *notes),
        last_heading=last_heading,
        last_used=max(_last_used(sheet), sheet.floating_columns),
        results=results,
        table=table,
    )


def _is_blank(cells: tuple[CellValue, ...], columns: tuple[Column, ...]) -> bool:
    # Numbered lines and totals that Excel works out stand in rows without a student too.
    told = (c for c in columns if c.role not in (Role.RESULT, Role.IGNORED) and c.index < len(cells))
    return not any(as_text(cells[c.index]) for c in told)


def _refuse_own_column(sheet: Sheet, header_row: int, results: dict[str, int]) -> None:
    """A run leaves nine columns; one or two such headings are the teacher's own, and must not be written over."""
    if len(results) > MOST_OWN_HEADINGS or "Decision note" in results:
        return
    for heading, column in results.items():
        if any(as_text(sheet.cell(row, column)) for row in range(header_row + 1, len(sheet.rows) + 1)):
            raise SheetProblem(
                f"Sheet {sheet.name!r}, cell {address(header_row, column)}: a column of yours is called {heading!r}, as one of the "
                f"results is. Rename it, for example to 'My {heading.lower()}'."
            )


def _unstored(sheet: Sheet, columns: tuple[Column, ...], rows: set[int]) -> Iterator[Query]:
    """Formulas that no program has worked out yet: they read as blank, but are not."""
    told = {c.index + 1 for c in columns if c.role not in (Role.RESULT, Role.IGNORED, Role.AUDIT, Role.OUTCOME)}
    for row, column in sorted(sheet.formulas):
        if row in rows and column in told and sheet.cell(row, column) is None:
            yield Query(
                cell=address(row, column),
                value="",
                rule="a formula needs a stored result",
                remedy="Open the file in Excel and save it, then run again",
            )


def _last_used(sheet: Sheet) -> int:
    return max((c + 1 for row in sheet.rows for c, cell in enumerate(row) if as_text(cell)), default=0)


def _students(sheet: Sheet, columns: tuple[Column, ...], rows: list[int]) -> tuple[tuple[Student, ...], list[Query]]:
    """Who stands in the rows; identities that are not unique are queries and such students are not scored."""
    at = {role: next((c for c in columns if c.role is role), None) for role in Role}

    def text(row: int, role: Role) -> str:
        column = at[role]
        return as_text(sheet.cell(row, column.index + 1)) if column else ""

    identity = [c for c in columns if c.role in (*IDENTITY_ROLES, Role.FORM, Role.SET)]
    first = next(c for c in columns if c.role in IDENTITY_ROLES)
    found: list[tuple[int, str, str | None, str, tuple[str, ...]]] = []
    for row in rows:
        student_id = text(row, Role.STUDENT_ID) or text(row, Role.UPN) or None
        name = " ".join(filter(None, (text(row, Role.FORENAME), text(row, Role.SURNAME)))) or _turned(
            text(row, Role.NAME)
        )
        place = text(row, Role.FORM) or text(row, Role.SET)
        key = f"id:{student_id.casefold()}" if student_id else f"name:{name.casefold()}|{place.casefold()}"
        texts = tuple(as_text(sheet.cell(row, column.index + 1)) for column in identity)
        found.append((row, key, student_id, name, texts))

    counts = Counter(key for _, key, *_ in found)
    alike = Counter(texts for *_, texts in found)
    students, queries = [], []
    for row, key, student_id, name, texts in found:
        why_not = None
        if counts[key] > 1:
            others = ", ".join(str(other) for other, k, *_ in found if k == key and other != row)
            why_not = f"Not scored: the same {'student ID' if student_id else 'name'} stands in row {others}"
            queries.append(
                Query(
                    cell=address(row, first.index + 1),
                    value=student_id or name,
                    rule=f"a student stands in one row; the same is in row {others}",
                    remedy="Correct the identity or remove one of the rows",
                )
            )
            # The other identity texts tell doubles apart; where even these are the same only the row is left, and nothing is
            # written there. No text holds a line break, so no such key is ever another student's.
            key = "\n".join((key, *(texts if alike[texts] == 1 else (f"row {row}",))))
        students.append(
            Student(
                key=key,
                row=row,
                student_id=student_id,
                name=name,
                texts=texts,
                why_not=why_not,
                key_is_unique=alike[texts] == 1,
            )
        )
    return tuple(students), queries


def _turned(name: str) -> str:
    """ "Surname, Forename" the way round that a sentence needs."""
    surname, comma, forename = name.partition(",")
    return f"{forename.strip()} {surname.strip()}".strip() if comma else name
