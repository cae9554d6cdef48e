"""Finds the students on a sheet: which sheet, which row holds the headings, what stands above and below them.

Headings may stand in any of the first 25 rows that hold anything, under titles and cover notes, in one row or in two, where
strands or groups stand over the tests. An Excel table's own heading row is surer than any count of words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from addin.errors import NoStudents, WhichSheet
from addin.reading.grid import Book, CellValue, Sheet, Table, as_text
from addin.reading.headings.column import (
    ASSESSMENT_ROLES,
    IDENTITY_ROLES,
    WHO_ROLES,
    Column,
    Role,
    half_term_of,
    role_of,
    understand,
)
from addin.reading.headings.text import plain
from addin.reading.marks import Mark, read_mark
from addin.reading.summary_rows import LABEL_COLUMNS, filled, group_row, holds, is_totals_label, strand_row
from addin.reading.totals import Totals, find_totals

HEADING_ROWS = 25
"""Headings are looked for in this many rows from the top, blank ones not counted."""

OWN_SHEETS = frozenset(
    {
        "guide",
        "setup",
        "summary",
        "clinics",
        "clinic plan",
        "activities",
        "history",
        "runs",
        "queries",
        "what if",
        "fairness",
    }
)
"""Sheets that the program writes or that set it up: taken for a class only where there is no other."""

NAME_ONE = "Name the one you mean with --sheet."
"""The remedy where several sheets hold students; a batch has another."""

Means = Mapping[str, str]
"""What `Setup` says: heading -> its meaning."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where things stand on a sheet of students.

    Args:
        header_row: The row of the headings; the upper one where there are two.
        first_row: The first row below the headings.
        columns: Every column, understood.
        who: Columns, from 0, that tell who stands in a row.
        totals: The row of totals.
        table: The Excel table that holds the students.
    """

    header_row: int
    first_row: int
    columns: tuple[Column, ...]
    who: tuple[int, ...]
    totals: Totals
    table: Table | None


def choose_sheet(book: Book, name: str | None, means: Means) -> tuple[Sheet, int, tuple[str, ...]]:
    """The sheet of students, its heading row, and what to say of other sheets.

    Raises:
        NoStudents: There is no such sheet, or none with a heading row.
        WhichSheet: Several sheets hold students and marks, and none is called Markbook.
    """
    if name is not None:
        return _named_sheet(book, name, means)
    shown = [sheet for sheet in book.sheets if sheet.visible]
    found = _headed(shown, means)
    if not any(_is_no_sheet_of_ours(*pair) for pair in found):
        # Our own sheets are spelled well: they must not hide a class whose headings have slips of the pen.
        misspelt = _headed(shown, means, misspelt=True)
        found = [pair for pair in misspelt if _is_no_sheet_of_ours(*pair)] or found or misspelt
    if not found:
        raise NoStudents(
            "No sheet with students: none has a row of headings with a name or student ID in its first "
            f"{HEADING_ROWS} rows. Add headings such as Student ID, Surname, Forename, Target."
        )
    kept = found
    for fits in (_is_no_sheet_of_ours, _has_tests(means), _is_called_markbook):
        if len(kept) > 1:
            kept = [pair for pair in kept if fits(*pair)] or kept
    if len(kept) > 1:
        names = ", ".join(repr(sheet.name) for sheet, _ in kept)
        raise WhichSheet(f"Several sheets hold students: {names}. {NAME_ONE}")
    sheet, row = kept[0]
    others = [repr(each.name) for each, at in found if each is not sheet and _is_no_sheet_of_ours(each, at)]
    return sheet, row, (f"Sheet {sheet.name!r} is read; {', '.join(others)} not",) if others else ()


def _headed(sheets: Sequence[Sheet], means: Means, *, misspelt: bool = False) -> list[tuple[Sheet, int]]:
    """The sheets that have a heading row, each with it."""
    rows = ((sheet, find_header_row(sheet, means, misspelt=misspelt)) for sheet in sheets)
    return [(sheet, row) for sheet, row in rows if row is not None]


def find_header_row(sheet: Sheet, means: Means | None = None, *, misspelt: bool = False) -> int | None:
    """The row of headings, counted from 1; None where no row names students and something to know of them.

    Args:
        sheet: The sheet.
        means: What `Setup` says of headings.
        misspelt: Whether to look for misspelt words too, which takes longer.

    Example:
        >>> find_header_row(Sheet(name="Y9", rows=(("Year 9",), (None,), ("Name", "Angles"), ("Ova", 12))))
        3
    """
    best: tuple[int, int] | None = None
    tables = {table.first_row for table in sheet.tables}
    filled_rows = (row for row, cells in enumerate(sheet.rows, start=1) if any(map(holds, cells)))
    for row in sorted({*islice(filled_rows, HEADING_ROWS), *(row for row in tables if row <= len(sheet.rows))}):
        roles = _roles(sheet.rows[row - 1], means or {}, misspelt)
        named = any(role in IDENTITY_ROLES for role in roles)
        if named and (len(roles) >= 2 or _has_totals_beside(sheet, row)):
            # An Excel table's own heading row is surer than any count of words.
            score = len(roles) + (1000 if row in tables else 0)
            if best is None or score > best[0]:
                best = (score, row)
    return best[1] if best else None


def lay_out(sheet: Sheet, header_row: int, means: Means) -> Layout:
    """Where things stand on a sheet whose heading row is known."""
    upper = sheet.rows[header_row - 1]
    table = next((t for t in sheet.tables if t.first_row == header_row), None)
    # Without totals first: they decide only over headings that say nothing by themselves.
    who = _who(understand(upper, means=means))
    lower = _second_row(sheet, header_row, who) if table is None else ()
    headings: Sequence[CellValue] = upper
    strands, groups = strand_row(sheet, header_row), group_row(sheet, header_row)
    if lower:
        headings = [below if holds(below) else above for above, below in zip(upper, lower, strict=True)]
        over = [above if holds(below) else "" for above, below in zip(_carried(upper, lower), lower, strict=True)]
        strands, groups = tuple(over), tuple(over)
    first_row = header_row + (2 if lower else 1)
    told = understand(headings, strands=strands, groups=groups, means=means)
    totals = find_totals(sheet, header_row, first_row, told, who)
    columns = understand(headings, out_of=totals.cells, strands=strands, groups=groups, means=means)
    return Layout(
        header_row=header_row, first_row=first_row, columns=columns, who=_who(columns), totals=totals, table=table
    )


def _named_sheet(book: Book, name: str, means: Means) -> tuple[Sheet, int, tuple[str, ...]]:
    sheet = book.sheet(name)
    if sheet is None:
        there = ", ".join(repr(each.name) for each in book.sheets)
        raise NoStudents(f"There is no sheet {name!r}. Name one of {there}.")
    row = find_header_row(sheet, means) or find_header_row(sheet, means, misspelt=True)
    if row is None:
        raise NoStudents(
            f"Sheet {sheet.name!r} has no row of headings with a name or student ID in its first {HEADING_ROWS} rows. "
            "Add headings such as Student ID, Surname, Forename, Target."
        )
    return sheet, row, ()


def _roles(cells: Sequence[CellValue], means: Means, misspelt: bool) -> list[Role]:
    texts = [as_text(cell) for cell in cells if isinstance(cell, str) and holds(cell)]
    if misspelt:
        return [column.role for column in understand(texts, means=means) if column.confidence]
    return [role for text in texts if (role := role_of(means.get(plain(text), text) if means else text)) is not None]


def _has_totals_beside(sheet: Sheet, row: int) -> bool:
    """Whether a row of totals stands right above or below: the teacher's own words between names are tests then."""
    return any(is_totals_label(cell) for near in (row - 1, row + 1) for cell in _cells(sheet, near)[:LABEL_COLUMNS])


def _cells(sheet: Sheet, row: int) -> tuple[CellValue, ...]:
    return sheet.rows[row - 1] if 1 <= row <= len(sheet.rows) else ()


def _is_no_sheet_of_ours(sheet: Sheet, row: int) -> bool:
    return sheet.name.casefold() not in OWN_SHEETS


def _is_called_markbook(sheet: Sheet, row: int) -> bool:
    return sheet.name.casefold() == "markbook"


def _has_tests(means: Means) -> Callable[[Sheet, int], bool]:
    return lambda sheet, row: any(column.role in ASSESSMENT_ROLES for column in lay_out(sheet, row, means).columns)


def _who(columns: Sequence[Column]) -> tuple[int, ...]:
    return tuple(column.index for column in columns if column.role in WHO_ROLES)


def _second_row(sheet: Sheet, header_row: int, who: Sequence[int]) -> tuple[CellValue, ...]:
    """The row below the headings where it holds headings too: nobody stands in it, and its words name no marks."""
    if header_row >= len(sheet.rows):
        return ()
    cells = sheet.rows[header_row]
    words = [as_text(cell) for cell in cells if holds(cell)]
    if filled(cells, who) or len(words) < 2 or any(is_totals_label(cell) for cell in cells):
        return ()
    if not all(isinstance(cell, str) for cell in cells if holds(cell)):
        return ()
    named = sum(role_of(word) is not None or half_term_of(word) is not None for word in words)
    as_marks = sum(isinstance(read_mark(word, out_of=None), Mark) for word in words)
    return cells if 2 * named >= len(words) and not as_marks else ()


def _carried(upper: Sequence[CellValue], lower: Sequence[CellValue]) -> list[CellValue]:
    """The upper of two heading rows, the words of its merged cells carried over the headings below them."""
    over: list[CellValue] = []
    for above, below in zip(upper, lower, strict=True):
        carried = over[-1] if over and holds(below) and not holds(above) else above
        over.append(carried)
    return over
