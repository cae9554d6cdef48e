"""New students of an import: the rows that are free for them, and their names as the markbook's columns want them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.errors import SheetProblem
from addin.importing.columns import Pair
from addin.importing.roll import Person, Roll, person
from addin.reading.grid import CellValue, address, as_text
from addin.reading.headings.column import WHO_ROLES, Column, Role
from addin.reading.table.summary_rows import is_section, is_summary

Cells = dict[int, CellValue]
"""The cells of a new row: `Column.index` -> value."""

_PARTS = (Role.SURNAME, Role.FORENAME)


def free_rows(roll: Roll) -> Iterator[int]:
    """Rows for new students: the blank ones that a table has left below its last student, then those that follow on it.

    Raises:
        SheetProblem: From the iterator, when something stands in the next row.

    Example:
        >>> from addin.reading.grid import Book, Sheet
        >>> from addin.importing.roll import read_roll
        >>> rows = (("Name", "Form"), ("Ova Zarrin", "9K"), (None, None), ("Average", None))
        >>> free = free_rows(read_roll(Book(sheets=(Sheet(name="Y9", rows=rows),))))
        >>> next(free)
        3
        >>> next(free)
        Traceback (most recent call last):
            ...
        addin.errors.SheetProblem: Sheet 'Y9', cell A4: 'Average' stands where a new student goes. Insert as many empty rows \
above row 4 as there are new students, save, and run again.
    """
    sheet, table = roll.sheet, roll.table
    first = table.first_column if table else 1
    last = table.last_column if table else max(column.index + 1 for column in roll.columns if column.heading)
    row = roll.last_row + 1
    while table and row <= table.last_row:
        # A table's own formulas stand in its blank rows too.
        if not any(as_text(sheet.cell(row, c)) and (row, c) not in sheet.formulas for c in range(first, last + 1)):
            yield row
        row += 1
    while True:
        for column in range(first, last + 1):
            if as_text(sheet.cell(row, column)) or (row, column) in sheet.formulas:
                raise SheetProblem(
                    f"Sheet {sheet.name!r}, cell {address(row, column)}: {as_text(sheet.cell(row, column))!r} stands where a new "
                    f"student goes. Insert as many empty rows above row {row} as there are new students, save, and run again."
                )
        yield row
        row += 1


def in_order(cells: Cells) -> list[CellValue]:
    """The cells of a row from the first column on.

    Example:
        >>> in_order({2: "Ova"})
        [None, None, 'Ova']
    """
    return [cells.get(index) for index in range(max(cells, default=-1) + 1)]


def unreadable(roll: Roll, cells: Cells) -> str | None:
    """Why a new row would not be read as a student afterwards, None where it would.

    Without this, the next import would not find the student and add the same one again.
    """
    row = in_order(cells)
    who = [column.index for column in roll.columns if column.role in WHO_ROLES]
    if is_summary(row, who) or is_section(row, who):
        return "it would be read as a total or the title of a group, not as a student"
    if not str(person(roll.columns, row, 0)):
        return "the markbook has no column for what tells who it is"
    return None


class NewNames:
    """Names of new students where the export has them in other columns than the markbook: in one, or in two.

    Attributes:
        used: Headings of the export's columns that the names are taken from.
    """

    def __init__(self, roll: Roll, pairs: Sequence[Pair], sources: Sequence[Column]) -> None:
        paired = {pair.target.role for pair in pairs}
        given = {column.role for column in sources}
        wanted = {
            column.role: column
            for column in reversed(roll.columns)
            if column.role in (Role.NAME, *_PARTS) and column.role not in paired
        }
        self._parts = {
            role: wanted[role] for role in _PARTS if role in wanted and Role.NAME in given and not given & set(_PARTS)
        }
        self._whole = wanted.get(Role.NAME) if given & set(_PARTS) else None
        # The markbook's own way round, where it has one.
        self._surname_first = self._whole is not None and any(
            "," in as_text(roll.sheet.cell(one.row, self._whole.index + 1)) for one in roll.people
        )
        taken_from = ((Role.NAME,) if self._parts else ()) + (_PARTS if self._whole else ())
        paired_sources = {pair.source.index for pair in pairs}
        self.used = frozenset(
            column.heading for column in sources if column.role in taken_from and column.index not in paired_sources
        )

    def why_not(self, one: Person) -> str | None:
        """Why somebody cannot be added, None where nothing stands in the way."""
        if self._parts and one.name and not one.surname:
            return "its name cannot be split for sure; export surname and forename, or add the student by hand"
        return None

    def cells(self, one: Person) -> Cells:
        """`Column.index` -> name, for the columns that no column of the export goes into as it is."""
        found: Cells = {}
        if self._whole is not None:
            turned = f"{one.surname}, {one.forename}".strip(", ")
            found[self._whole.index] = turned if self._surname_first else one.name
        for role, column in self._parts.items():
            found[column.index] = one.surname if role is Role.SURNAME else one.forename
        return {index: name for index, name in found.items() if name}
