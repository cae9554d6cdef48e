"""Who leaves a class: whom the sheet itself marks as left, and whom the teacher names. Nobody is guessed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from addin.errors import RequestProblem
from addin.importing.roll import Person, name_key, person, plain_id
from addin.reading.grid import CellValue, Sheet, as_date, as_text
from addin.reading.headings.column import MARKED_ROLES, Column, Role
from addin.reading.headings.text import plain
from addin.reading.table.find_class import Found

STATUS_HEADINGS = ("status", "left")
"""Headings under which a sheet says that somebody has left; what takes an export writes "Left" there."""

_DATE_HEADINGS = ("leaving date", "date of leaving", "date left", "leaver date", "left on", "off roll date")
_YES_HEADINGS = ("left", "leaver", "has left")
_LEFT = frozenset({"left", "leaver", "has left", "left school", "off roll", "off-roll", "withdrawn"})
_YES = frozenset({"yes", "y", "x", "true", "1", "✓", "✔"})


@dataclass(frozen=True, kw_only=True)
class Leaver:
    """A student who does not go on.

    Args:
        sheet: Of whose class.
        one: Who it is.
        why: How that is known, such as "Status: Left".
    """

    sheet: str
    one: Person
    why: str


def leavers_of(classes: Sequence[Found], named: Sequence[str], *, before: date) -> tuple[Leaver, ...]:
    """The leavers of the classes, each once, in the order of the sheets.

    Args:
        classes: Every class that is meant.
        named: Whom the teacher names: student ID, UPN or name.
        before: The first day of the next school year; who leaves later stays.

    Raises:
        RequestProblem: A name fits nobody, or more than one.
    """
    people = [(found.sheet.name, one) for found in classes for one in people_of(found)]
    leavers = {
        (found.sheet.name, one.row): Leaver(sheet=found.sheet.name, one=one, why=why)
        for found in classes
        for one in people_of(found)
        if (why := marked_as_left(found.sheet, found.layout.columns, one.row, before=before))
    }
    for name in named:
        for sheet, one in _meant(name, people):
            leavers.setdefault((sheet, one.row), Leaver(sheet=sheet, one=one, why="named"))
    order = [sheet for sheet, _ in people]
    return tuple(sorted(leavers.values(), key=lambda each: (order.index(each.sheet), each.one.row)))


def people_of(found: Found) -> tuple[Person, ...]:
    """Who stands in the rows of a class."""
    return tuple(person(found.layout.columns, found.sheet.rows[row - 1], row) for row in found.rows.students)


def marked_as_left(sheet: Sheet, columns: Sequence[Column], row: int, *, before: date) -> str:
    """What the sheet itself says of a student who has left or leaves before a day, "" where it says nothing of the kind.

    Example:
        >>> from addin.reading.headings.column import understand
        >>> rows = (("Name", "Status", "Leaving date"), ("Ova", "left", None), ("Tul", "on roll", None), ("Pim", "", "2026-07-17"))
        >>> sheet = Sheet(name="Y9", rows=rows)
        >>> [marked_as_left(sheet, understand(rows[0]), row, before=date(2026, 9, 1)) for row in (2, 3, 4)]
        ['Status: left', '', 'Leaving date: 2026-07-17']
    """
    for column in columns:
        heading, cell = plain(column.heading), sheet.cell(row, column.index + 1)
        if column.role is Role.IGNORED and _tells_of_leaving(heading, cell, before):
            day = as_date(cell)
            return f"{column.heading}: {as_text(cell) if day is None else day.isoformat()}"
    return ""


def stands_fast(found: Found, row: int, tied: frozenset[int]) -> str | None:
    """Why a row cannot be emptied so that nothing of its student is left, None where it can.

    Args:
        tied: Rows on which notes or links hang.
    """
    sheet = found.sheet
    if row in tied:
        return "a note or a link hangs on one of its cells"
    if any(area.first_row <= row <= area.last_row for area in sheet.merged or ()):
        return "it has merged cells"
    # A formula that tells who or what somebody is would go on telling something of nobody.
    may_stay = (*MARKED_ROLES, Role.IGNORED, Role.RESULT)
    tells = (c for c in found.layout.columns if c.heading and c.role not in may_stay)
    formula = next((c for c in tells if (row, c.index + 1) in sheet.formulas), None)
    return None if formula is None else f"a formula stands in it under {formula.heading!r}"


def _tells_of_leaving(heading: str, cell: CellValue, before: date) -> bool:
    text = as_text(cell).casefold()
    if heading in _DATE_HEADINGS or (heading in _YES_HEADINGS and as_date(cell)):
        day = as_date(cell)
        return day is not None and day < before
    if heading in _YES_HEADINGS:
        return text in _LEFT or text in _YES
    return heading in STATUS_HEADINGS and text in _LEFT


def _meant(name: str, people: Sequence[tuple[str, Person]]) -> list[tuple[str, Person]]:
    """The rows of the one student who is meant: one in each class that he or she stands in."""
    found = list(_by_number(name, people)) or [
        (sheet, one) for sheet, one in people if name_key(name) and name_key(one.name) == name_key(name)
    ]
    if not found:
        raise RequestProblem(
            f"--leaver {name!r} is nobody on the sheet. Give the student ID or the name as it stands there."
        )
    numbers = {plain_id(one.student_id) or one.upn.casefold() for _, one in found}
    sheets = [sheet for sheet, _ in found]
    if len(numbers) > 1 or len(set(sheets)) < len(sheets) or (len(sheets) > 1 and not all(numbers)):
        where = ", ".join(f"{sheet} row {one.row}" for sheet, one in found)
        raise RequestProblem(f"--leaver {name!r} fits more than one row ({where}). Give the student ID.")
    return found


def _by_number(name: str, people: Sequence[tuple[str, Person]]) -> Iterator[tuple[str, Person]]:
    for sheet, one in people:
        if (one.student_id and plain_id(one.student_id) == plain_id(name)) or (
            one.upn and one.upn.casefold() == name.strip().casefold()
        ):
            yield sheet, one
