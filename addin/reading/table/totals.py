"""The totals of a sheet: a row that a word names, or one that can be nothing else; and what is wrong with them.

A row without a word is taken as totals only where nothing else can be meant, and this is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from addin.reading.grid import CellValue, Sheet, address, as_text
from addin.reading.headings.column import ASSESSMENT_ROLES, Column, total_in, total_of
from addin.reading.marks import number_in
from addin.reading.queries import Query
from addin.reading.table.summary_rows import filled, holds, is_summary, is_totals_label, names_maximum, totals_row

MOST_ABOVE_A_TOTAL = 0.1
"""Above the headings a row of numbers may be weeks or dates: totals are not exceeded by more than a slip here and there."""


@dataclass(frozen=True, kw_only=True)
class Totals:
    """A row of totals.

    Args:
        cells: Its cells, empty where there is no such row.
        row: Its number, 0 where there is none.
        below: Whether it stands below the headings, among or under the students.
        best: Whether it is called "Max", which may also be the best mark.
        note: What to say where no word names it.
    """

    cells: tuple[CellValue, ...] = ()
    row: int = 0
    below: bool = False
    best: bool = False
    note: str | None = None


def find_totals(sheet: Sheet, header_row: int, first_row: int, columns: Sequence[Column], who: Sequence[int]) -> Totals:
    """The row of totals of a sheet.

    Args:
        sheet: The sheet.
        header_row: The row of the headings.
        first_row: The first row below the headings.
        columns: What the headings say without totals.
        who: The columns, from 0, that tell who stands in a row.

    Example:
        >>> from addin.reading.headings.column import understand
        >>> sheet = Sheet(name="Y9", rows=(("Name", "Angles", "Speed"), (None, 20, 30), ("Ova", 12, 14)))
        >>> find_totals(sheet, 1, 2, understand(sheet.rows[0]), (0,)).note
        'Row 2 has no word beside it and is taken as the totals of the tests'
    """
    cells, row = totals_row(sheet, header_row, who)
    if cells:
        above = next((r for r in range(header_row - 1, 0, -1) if sheet.rows[r - 1] is cells), 0)
        best = row is not None and names_maximum(cells, who)
        if best and _are_best_marks(sheet, row or 0, first_row, columns, who):
            return Totals()
        return Totals(cells=cells, row=row or above, below=row is not None, best=best)
    for near, below in ((header_row - 1, False), (first_row, True)):
        if 1 <= near <= len(sheet.rows) and _can_only_be_totals(sheet, near, first_row, columns, who):
            note = f"Row {near} has no word beside it and is taken as the totals of the tests"
            return Totals(cells=sheet.rows[near - 1], row=near, below=below, note=note)
    return Totals()


def doubtful_totals(totals: Totals, columns: Sequence[Column]) -> Iterator[Query]:
    """Cells of a row of totals that hold none, or another than the heading."""
    for column in columns:
        cell = totals.cells[column.index] if column.index < len(totals.cells) else None
        if column.role not in ASSESSMENT_ROLES or not holds(cell) or is_totals_label(cell):
            continue
        total, said = total_in(cell), total_of(column.heading)
        if total is None and said is None:
            yield Query(
                cell=address(totals.row, column.index + 1),
                value=as_text(cell),
                rule="a total is a number above 0 and not above 1000",
                remedy=f"Enter the total of {column.heading}, or leave it blank",
            )
        elif total is not None and said is not None and total != said and not totals.best:
            yield Query(
                cell=address(totals.row, column.index + 1),
                value=as_text(cell),
                rule=f"the heading says {said:g}; it is the one that counts",
                remedy="Correct the total here or in the heading",
            )


def _can_only_be_totals(sheet: Sheet, row: int, first_row: int, columns: Sequence[Column], who: Sequence[int]) -> bool:
    """Whether a row holds whole totals of half of the tests or more and nothing else, and marks do not exceed them."""
    cells = sheet.rows[row - 1]
    if filled(cells, who):
        return False
    there = {i for i, cell in enumerate(cells) if holds(cell)}
    # A heading that is no word for tests may be one by its total: the teacher's own word, a week, a date.
    open_to_totals = {
        c.index
        for c in columns
        if c.heading and (c.role in ASSESSMENT_ROLES or not c.confidence) and total_of(c.heading) is None
    }
    tests = {c.index for c in columns if c.role in ASSESSMENT_ROLES} & open_to_totals
    if len(there) < 2 or not there <= open_to_totals or 2 * len(there & tests) < max(1, len(tests)):
        return False
    marks = above = 0
    for i in there:
        total = total_in(cells[i])
        if total is None or not total.is_integer():
            return False
        numbers = _numbers(sheet, i, first_row, row, who)
        marks += len(numbers)
        above += sum(number > total for number in numbers)
    return above <= (MOST_ABOVE_A_TOTAL * marks if row < first_row else 0)


def _are_best_marks(sheet: Sheet, row: int, first_row: int, columns: Sequence[Column], who: Sequence[int]) -> bool:
    """Whether a row called "Max" holds the best mark of every test, so that it is not said what the tests are out of."""
    tests = [c.index for c in columns if c.role in ASSESSMENT_ROLES and holds(sheet.cell(row, c.index + 1))]
    pairs = [(total_in(sheet.cell(row, i + 1)), _numbers(sheet, i, first_row, row, who)) for i in tests]
    return len(pairs) > 0 and all(numbers and total == max(numbers) for total, numbers in pairs)


def _numbers(sheet: Sheet, column: int, first_row: int, totals_row: int, who: Sequence[int]) -> list[float]:
    """The marks in a column that are numbers, those of rows of totals and averages left out."""
    return [
        number
        for row, cells in enumerate(sheet.rows[first_row - 1 :], start=first_row)
        if isinstance(cells[column], (int, float))
        and (number := number_in(cells[column])) is not None
        and row != totals_row
        and not is_summary(cells, who)
    ]
