"""One class on its way into the next school year: which of its cells stay, which are emptied, and what is told of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from addin.importing.leavers import Leaver, people_of, stands_fast
from addin.reading.grid import CellValue, address, holds
from addin.reading.headings.column import CONFIRMED, ENGAGEMENT_ROLES, MARKED_ROLES, Column, Role, role_of
from addin.reading.headings.text import plain
from addin.reading.settle import OTHER_SUBJECT
from addin.reading.table.asked import SURE_ENOUGH
from addin.reading.table.find_class import Found
from addin.results.edits import CellEdits

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


class Turned:
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
        grades = {
            one.row: self._grades(one.row) for one in self.going_on if (one.row, column) not in self._sheet.formulas
        }
        found = {row: final if holds(final) else working_at for row, (_, working_at, final) in grades.items()}
        # Where the year has grades at all, nobody keeps one of the year before.
        return {(row, column): grade for row, grade in found.items()} if any(map(holds, found.values())) else {}

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
    if (
        column.role is not Role.IGNORED
        or column.why in (OTHER_SUBJECT, CONFIRMED)
        or _LAST_GRADE.fullmatch(plain(column.heading))
    ):
        return False
    if column.why.startswith(("the sum of", "the mean of", "the weighted sum of", "stands for")):
        return True
    return plain(column.heading) in _WORKED_OUT or role_of(column.heading) in (*MARKED_ROLES, *ENGAGEMENT_ROLES)


def _takes_last_grade(column: Column) -> bool:
    """Whether a column is for last year's grade; the reader takes one of that name neither for a mark nor for a target."""
    return column.role is Role.IGNORED and _LAST_GRADE.fullmatch(plain(column.heading)) is not None
