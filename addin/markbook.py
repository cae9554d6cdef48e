"""Grid of cells -> Markbook: finds the table of students on a sheet, understands its columns, reads its marks.

What is not understood becomes a query with cell, value, rule and remedy; a query on one student never stops the class.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from addin.annotations import RESULT_HEADINGS
from addin.errors import NoMarks, NoStudents, WhichSheet
from addin.grid import Book, CellValue, Sheet, Table, address, as_text
from addin.headings import ASSESSMENT_ROLES, IDENTITY_ROLES, Column, Role, role_of, strand_of, understand
from addin.records import read_records
from model.students import Cohort
from model.vocabulary import HALF_TERMS

HEADING_ROWS = 25
"""Headings are looked for in this many rows from the top."""

LABEL_COLUMNS = 12
"""The word that names a row of totals is looked for in this many columns from the left."""

_SUMMARY_ROW = re.compile(
    r"(class |set |group |year )?(totals?|averages?|means?|median|max(imum)?( marks?)?|min(imum)?|out of|marks available|"
    r"possible|standard deviation|count|number of students)",
    re.IGNORECASE,
)
_TOTALS_LABEL = re.compile(
    r"(out of|max(imum)?( marks?)?|totals?|total marks?|marks available|possible)", re.IGNORECASE
)


_TOTALS_BELOW = re.compile(
    # Below the headings a bare "Total" is what each student scored in all.
    r"(out of|max(imum)?( marks?)?|total marks?|marks available|possible)",
    re.IGNORECASE,
)
_WHO = (*IDENTITY_ROLES, Role.FORM, Role.SET)


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
    out_of, totals_below = _totals_row(sheet, header_row)
    strands = _strand_row(sheet, header_row)
    columns = understand(headings, out_of=out_of, strands=strands)
    identity = tuple(column.index + 1 for column in columns if column.role in (*IDENTITY_ROLES, Role.FORM, Role.SET))
    sure = [column for column in columns if column.role in IDENTITY_ROLES]

    last_row = table.last_row if table else len(sheet.rows)
    student_rows, queries = [], []
    summary_row = None
    below_summary = 0
    for row in range(header_row + 1, min(last_row, len(sheet.rows)) + 1):
        cells = sheet.rows[row - 1]
        if row == totals_below or _is_blank(cells, columns):
            continue
        if _is_label(cells, headings, _SUMMARY_ROW):
            summary_row = row if student_rows else None  # above the first student it ends nothing
        elif summary_row is not None and table is None and _filled_identities(cells, headings) < 2:
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
    spelling = {heading.casefold(): heading for heading in RESULT_HEADINGS}
    results = {spelling[c.heading.casefold()]: c.index + 1 for c in columns if c.role is Role.RESULT}
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


def _filled_identities(cells: Sequence[CellValue], headings: Sequence[CellValue]) -> int:
    """How many of the cells that tell who somebody is are filled."""
    roles = (role_of(as_text(heading)) for heading in headings)
    return sum(bool(as_text(cell)) for cell, role in zip(cells, roles, strict=False) if role in _WHO)


def _is_label(cells: Sequence[CellValue], headings: Sequence[CellValue], words: re.Pattern[str]) -> bool:
    """Whether a row is named by such a word. A boy called Max has a surname or an ID beside it; a row of totals has not."""
    first = next((text for cell in cells[:LABEL_COLUMNS] if (text := as_text(cell))), "")
    named = (as_text(cell) for cell, heading in zip(cells, headings, strict=False) if role_of(as_text(heading)) in _WHO)
    return any(words.fullmatch(text) for text in (first, *named)) and _filled_identities(cells, headings) < 2


def _last_used(sheet: Sheet) -> int:
    return max((c + 1 for row in sheet.rows for c, cell in enumerate(row) if as_text(cell)), default=0)


def _totals_row(sheet: Sheet, header_row: int) -> tuple[tuple[CellValue, ...], int | None]:
    """The row of totals, and its number where it stands among the students (right below the headings, or at their foot)."""
    for row in range(header_row - 1, max(0, header_row - 4), -1):
        if any(_TOTALS_LABEL.fullmatch(as_text(cell)) for cell in sheet.rows[row - 1][:LABEL_COLUMNS]):
            return sheet.rows[row - 1], None
    for row in range(header_row + 1, len(sheet.rows) + 1):
        if _is_label(sheet.rows[row - 1], sheet.rows[header_row - 1], _TOTALS_BELOW):
            return sheet.rows[row - 1], row
    return (), None


def _strand_row(sheet: Sheet, header_row: int) -> tuple[CellValue, ...]:
    for row in range(header_row - 1, max(0, header_row - 4), -1):
        if sum(strand_of(as_text(cell)) is not None for cell in sheet.rows[row - 1]) >= 1 and not any(
            _TOTALS_LABEL.fullmatch(as_text(cell)) for cell in sheet.rows[row - 1]
        ):
            cells = sheet.rows[row - 1]
            if sum(1 for cell in cells if strand_of(as_text(cell)) and len(as_text(cell)) <= 40) >= 1:
                return cells
    return ()


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
