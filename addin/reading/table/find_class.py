"""Finds the classes of a workbook: which sheets hold students and marks, read by their words and by their shape.

A sheet is laid out by the words of its headings. Where these leave marks without a heading, or where there are none, its shape
tells where students stand. What the cells hold then settles what each column is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from addin.errors import InDoubt, NoStudents, UnsafeWorkbook, WhichSheet
from addin.reading.grid import Book, Sheet, as_text, column_letters
from addin.reading.headings.column import CONFIRMED, IDENTITY_ROLES, MARKED_ROLES, Column, Role, role_of
from addin.reading.headings.remembered import BEST_MARK, ONLY_SUBJECT, remembered
from addin.reading.headings.subjects import is_maths
from addin.reading.headings.text import plain
from addin.reading.settle import GUESS_BY_SHAPE, settle
from addin.reading.shape.block import find_block
from addin.reading.shape.profile import PROFILED, Kind, kind_of, profiles
from addin.reading.table.earlier_run import result_places, with_results, without_results
from addin.reading.table.find_table import HEADING_ROWS, Layout, Means, find_header_row, lay_out, lay_out_block
from addin.reading.table.one_is_best import ask_which_is_best, with_best
from addin.reading.table.student_rows import Rows, student_rows
from addin.reading.table.turned import is_turned, turned

Answer = TypeVar("Answer")

OWN_SHEETS = frozenset(
    {"guide", "setup", "summary", "clinics", "clinic plan", "activities", "history", "runs", "queries", "what if",
     "fairness", "columns", "support", "class list", "buttons", "letters", "values copy"}
)  # fmt: skip
"""Sheets that the program writes or that set it up: taken for a class only where there is no other."""

_OF_A_YEAR = re.compile(r"(?:runs|outcomes) \d{4}-\d{2}(?: \(\d+\))?")
"""Sheets in which a roll-over keeps what is of an earlier school year."""

RUNS_BEGIN = ("Date", "Student ID", "Name", "Risk", "Flag", "Priority")
"""The headings with which our list of runs begins (`addin.results.history`)."""

NAME_ONE = "Name the one you mean with --sheet."
"""The remedy where several sheets hold students; a batch has another."""

_TURNED = (
    "its questions stand below each other and its students beside each other. Turn it, by Copy and Paste Special, Transpose, or "
    "score the closed file: `markbook score` turns it and writes the result into a new workbook."
)
_NO_SHEET = (
    "No sheet with students: none has a row of headings with a name or student ID in its first "
    f"{HEADING_ROWS} rows. Add headings such as Student ID, Surname, Forename, Target."
)


@dataclass(frozen=True, kw_only=True)
class Found:
    """A class on a sheet.

    Args:
        sheet: The sheet.
        layout: Where things stand on it, its columns settled.
        rows: The rows of students.
        doubt: What has to be asked before the class is scored; None where nothing has.
        asks: Under which name of `remembered.SPECIAL` the answer is kept, "" where it is said of columns or in the sheet.
        notes: What to say of other sheets and of rows that are left out.
    """

    sheet: Sheet
    layout: Layout
    rows: Rows
    doubt: str | None = None
    asks: str = ""
    notes: tuple[str, ...] = ()

    @property
    def marked(self) -> tuple[Column, ...]:
        """The columns of marks."""
        return tuple(column for column in self.layout.columns if column.role in MARKED_ROLES)

    @property
    def is_sure(self) -> bool:
        """Whether a column of marks is more than a guess by its numbers alone."""
        return any(column.confidence > GUESS_BY_SHAPE for column in self.marked)


def find_class(book: Book, name: str | None, means: Means, *, may_be_empty: bool = False) -> Found:
    """The class that is meant.

    Args:
        book: All sheets.
        name: The name of the sheet; left out, the one that holds a class, or the one called Markbook among several.
        means: What the teacher says of headings.
        may_be_empty: Whether headings without students, or with marks that are in doubt, will do: nobody is scored.

    Raises:
        NoStudents: There is no such sheet, or none with students.
        WhichSheet: Several sheets hold a class and none is called Markbook.
        InDoubt: Something must be asked before the sheet can be read.

    Example:
        >>> rows = (("Tests", "T1", "T2"), ("Ova", 12, 9), ("Tul", 15, 8), ("Pim", 9, 13))
        >>> found = find_class(Book(sheets=(Sheet(name="Y9", rows=rows),)), None, {})
        >>> found.rows.students, [column.role.value for column in found.layout.columns]
        ((2, 3, 4), ['name', 'test', 'test'])
    """
    if name is not None:
        found = _on_named_sheet(book, name, means, may_be_empty)
    else:
        kept, others = _classes(book, means, may_be_empty)
        if len(kept) > 1:
            names = tuple(each.sheet.name for each in kept)
            raise WhichSheet(f"Several sheets hold students: {', '.join(map(repr, names))}. {NAME_ONE}", names)
        listed = ", ".join(repr(each.sheet.name) for each in others)
        note = (f"Sheet {kept[0].sheet.name!r} is read; {listed} not",) if others else ()
        found = replace(kept[0], notes=(*note, *kept[0].notes))
    if found.doubt and not (may_be_empty and any(column.heading for column in found.layout.columns)):
        raise InDoubt(f"Sheet {found.sheet.name!r}: {found.doubt}")
    return found


def of_each_class(read: Callable[[str | None], Answer], sheets: Sequence[str] = ()) -> tuple[Answer, ...]:
    """What a reading gives of every class that is meant.

    Args:
        read: From the name of a sheet, None for the only one, to an answer; it raises `WhichSheet` where several are alike.
        sheets: Names of the sheets; left out, the one that holds students, or all where several do.

    Example:
        >>> rows = (("Name", "Angles (20)"), ("Ova", 12), ("Tul", 15))
        >>> book = Book(sheets=(Sheet(name="9A", rows=rows), Sheet(name="9B", rows=rows)))
        >>> of_each_class(lambda name: find_class(book, name, {}).sheet.name)
        ('9A', '9B')
    """
    if not sheets:
        try:
            return (read(None),)
        except WhichSheet as several:
            sheets = several.sheets
    return tuple(read(name) for name in dict.fromkeys(sheets))


def _classes(book: Book, means: Means, may_be_empty: bool = False) -> tuple[list[Found], list[Found]]:
    """The classes that are meant, and the others that hold students too."""
    shown = [sheet for sheet in book.sheets if sheet.visible and not sheet.refusal]
    found = [each for sheet in shown if not _is_ours(sheet) and (each := _look(sheet, means, may_be_empty))]
    others = list(found)
    if not found:  # a class on a sheet that is called like one of ours
        named = [sheet for sheet in shown if _is_ours(sheet) and not _holds_runs(sheet)]
        found = [each for sheet in named if (each := _look(sheet, means, may_be_empty))]
    if not found:
        for refusal in (sheet.refusal for sheet in book.sheets if sheet.refusal):
            raise UnsafeWorkbook(refusal)
        raise NoStudents(_NO_SHEET)
    for fits in (_has_marks, _is_called_markbook, _is_sure):
        found = [each for each in found if fits(each)] or found
    return found, [each for each in others if each not in found]


def _is_ours(sheet: Sheet) -> bool:
    name = sheet.name.casefold()
    return name in OWN_SHEETS or _OF_A_YEAR.fullmatch(name) is not None


def _holds_runs(sheet: Sheet) -> bool:
    """Whether a sheet begins as our list of runs does."""
    return bool(sheet.rows) and tuple(map(as_text, sheet.rows[0][: len(RUNS_BEGIN)])) == RUNS_BEGIN


def _has_marks(found: Found) -> bool:
    return bool(found.marked)


def _is_called_markbook(found: Found) -> bool:
    return found.sheet.name.casefold() == "markbook"


def _is_sure(found: Found) -> bool:
    return found.is_sure


def _on_named_sheet(book: Book, name: str, means: Means, may_be_empty: bool) -> Found:
    sheet = book.sheet(name)
    if sheet is None:
        there = ", ".join(repr(each.name) for each in book.sheets)
        raise NoStudents(f"There is no sheet {name!r}. Name one of {there}.")
    if sheet.refusal:
        raise UnsafeWorkbook(sheet.refusal)
    found = _look(sheet, means, may_be_empty)
    if found is None:
        raise NoStudents(
            f"Sheet {sheet.name!r} has no row of headings with a name or student ID in its first {HEADING_ROWS} rows. "
            "Add headings such as Student ID, Surname, Forename, Target."
        )
    return found


def _look(sheet: Sheet, means: Means, may_be_empty: bool = False) -> Found | None:
    """What a sheet holds by its words, or by its shape where that tells more; None where nobody stands on it."""
    if (of_a_run := result_places(sheet)) is not None:
        headed, places = of_a_run
        found = _look(without_results(sheet, headed, places), means, may_be_empty)
        if found is None:
            return None
        columns = with_results(found.layout.columns, places)
        return replace(found, sheet=sheet, layout=replace(found.layout, columns=columns))
    if is_turned(sheet):
        found = _look(turned(sheet), means)
        return None if found is None else replace(found, sheet=sheet, doubt=_TURNED)
    texts = (as_text(cell) for cells in sheet.rows[:HEADING_ROWS] for cell in cells if isinstance(cell, str))
    means = {**remembered(texts), **means}
    row = find_header_row(sheet, means) or find_header_row(sheet, means, misspelt=True)
    layout = lay_out(sheet, row, means) if row is not None else None
    by_words, problem = None, None
    if layout is not None:
        try:
            by_words = _settled(sheet, layout, means)
        except NoStudents as error:
            problem = error
            if may_be_empty:
                by_words = Found(sheet=sheet, layout=layout, rows=Rows(students=(), notes=()))
    if by_words is not None and (layout is None or layout.table is not None or _is_complete(by_words)):
        return by_words
    block = find_block(sheet, known=lambda text: bool(text) and role_of(text) is not None)
    if block is not None:
        by_shape = _settled(sheet, lay_out_block(sheet, block, means), means)
        headed = bool(block.headings) or any(column.why == CONFIRMED for column in by_shape.marked)
        if by_words is None or len(by_shape.marked) > len(by_words.marked) or _headings_are_numbers(by_words):
            return (
                by_shape if headed and _is_class(by_shape) else replace(by_shape, doubt=_what_is_what(by_shape, headed))
            )
    if by_words is None and problem is not None:
        raise problem
    return by_words


def _settled(sheet: Sheet, layout: Layout, means: Means) -> Found:
    rows = student_rows(sheet, layout)
    rows, notes, doubt = _of_the_subject(sheet, layout, rows, means)
    asks = ONLY_SUBJECT if doubt else ""
    held = profiles([sheet.rows[row - 1] for row in rows.students[:PROFILED]], len(layout.columns))
    columns = settle(layout.columns, held, title=sheet.name)
    best = means.get(BEST_MARK)
    if best is not None:
        columns = with_best(columns, best)
    elif doubt is None and (doubt := ask_which_is_best(columns, held)):
        asks = BEST_MARK
    layout = replace(layout, columns=columns)
    return Found(sheet=sheet, layout=layout, rows=rows, doubt=doubt, asks=asks, notes=notes)


def _is_complete(found: Found) -> bool:
    """Whether words tell of marks, and leave no column of numbers without a heading."""
    if not found.marked or _headings_are_numbers(found):
        return False
    last = max(column.index for column in found.layout.columns if column.heading)
    blank = [column.index for column in found.layout.columns if not column.heading and column.index < last]
    return not any(_holds_numbers(found, place) for place in blank)


def _holds_numbers(found: Found, place: int) -> bool:
    cells = (found.sheet.cell(row, place + 1) for row in islice(found.rows.students, PROFILED))
    kinds = [kind for cell in cells if (kind := kind_of(cell)) is not None]
    return len(kinds) > 1 and all(kind in (Kind.NUMBER, Kind.FRACTION, Kind.PER_CENT) for kind in kinds)


def _headings_are_numbers(found: Found) -> bool:
    cells = found.sheet.rows[found.layout.header_row - 1]
    kinds = [kind for column in found.marked if (kind := kind_of(cells[column.index])) is not None]
    return 2 * kinds.count(Kind.NUMBER) > len(kinds)


def _is_class(found: Found) -> bool:
    """Whether a word tells that these are students, or that these are marks; words and numbers alone may be a stock list."""
    return found.is_sure or any(
        column.role in IDENTITY_ROLES and role_of(column.heading) in IDENTITY_ROLES for column in found.layout.columns
    )


def _what_is_what(found: Found, headed: bool) -> str:
    """The question where shape alone tells of students, and how to answer it."""
    if not headed:
        name = next(column.index for column in found.layout.columns if column.role in IDENTITY_ROLES)
        marks = ", ".join(column_letters(c.index + 1) for c in found.layout.columns if _holds_numbers(found, c.index))
        return (
            f"there is no row of headings above the students. Column {column_letters(name + 1)} looks like the names and {marks} "
            f"like marks. Insert a row above row {found.layout.first_row} that says so, such as Name, Fractions (20), Angles (20)."
        )
    heading = next((column.heading for column in found.marked), "Points")
    return (
        "nothing says that these are students and marks. Say what each column is with `markbook map FILE`, or "
        f'`markbook map FILE --set "{heading}=test"`.'
    )


def _of_the_subject(sheet: Sheet, layout: Layout, rows: Rows, means: Means) -> tuple[Rows, tuple[str, ...], str | None]:
    """The rows of mathematics where a student has a row for each subject; else what to ask."""
    column = next((column for column in layout.columns if column.role is Role.SUBJECT), None)
    if column is None:
        return rows, (), None
    by_subject: dict[str, list[int]] = {}
    for row in rows.students:
        by_subject.setdefault(as_text(sheet.cell(row, column.index + 1)), []).append(row)
    wanted = means.get(ONLY_SUBJECT, "")
    meant = [subject for subject in by_subject if (plain(subject) == plain(wanted) if wanted else is_maths(subject))]
    if len(by_subject) < 2:
        return rows, (), None
    if len(meant) != 1:
        subjects = ", ".join(repr(subject) for subject in islice(by_subject, 8))
        ask = f"its rows are of several subjects, {subjects}. Say which is read with `markbook map FILE --set"
        return rows, (), f'{ask} "{ONLY_SUBJECT}=..."`.'
    note = f"Only the rows with {meant[0]!r} under {column.heading!r} are read; those of other subjects are not"
    return replace(rows, students=tuple(by_subject[meant[0]])), (note,), None
