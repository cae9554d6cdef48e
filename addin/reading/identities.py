"""Who stands in a row: the student ID or UPN first, else the name with form or set.

Nobody is guessed. A row whose identity is missing, is the same as another's or cannot be read is listed with the reason and
not scored; each such cell is a query. A wrong UPN is a query too, but the student is still known by the other identity.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from addin.reading.grid import EXCEL_ERRORS, CellValue, Sheet, address, as_text
from addin.reading.headings.column import IDENTITY_ROLES, WHO_ROLES, Column, Role
from addin.reading.queries import Query
from addin.reading.upn import is_upn

_NO_ID = frozenset({"-", "–", "?", "n/a", "na", "tbc", "tba", "none", "new", "unknown", "0"})


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


@dataclass(frozen=True, kw_only=True)
class _Row:
    """What the cells of one row say of who stands in it; "" for what they do not say."""

    row: int
    student_id: str
    upn: str
    name: str
    place: str
    texts: tuple[str, ...]

    @property
    def key(self) -> str:
        sure = self.student_id or self.upn
        if sure:
            return f"id:{sure.casefold()}"
        return f"name:{self.name.casefold()}|{self.place.casefold()}" if self.name else ""

    @property
    def shown(self) -> str:
        return self.student_id or self.upn or self.name


def students_in(
    sheet: Sheet, columns: Sequence[Column], rows: Sequence[int]
) -> tuple[tuple[Student, ...], tuple[Query, ...]]:
    """The students of the rows, in their order, and what is wrong with who they are.

    Args:
        sheet: The sheet.
        columns: Its columns, understood; at least one tells who somebody is.
        rows: The rows with entries, without totals and the like.

    Example:
        >>> from addin.reading.headings.column import understand
        >>> sheet = Sheet(name="Y9", rows=(("Name", "Form", "UPN"), ("Zarrin, Ova", "9A", "A801200005001"), (None, "9B", None)))
        >>> students, queries = students_in(sheet, understand(sheet.rows[0]), (2, 3))
        >>> [(student.key, student.why_not) for student in students]
        [('name:ova zarrin|9a', None), ('row:3', 'Not scored: no name or student ID stands in the row')]
        >>> [query.cell for query in queries]
        ['C2', 'A3']
    """
    reader = _Reader(sheet, columns)
    found = [reader.read(row) for row in rows]
    queries = reader.queries
    alike = Counter(one.texts for one in found)
    same_key, same_upn, same_name = (_rows_by(found, what) for what in ("key", "upn", "name"))
    students = []
    for one in found:
        why_not, column = None, reader.first
        others = [row for row in same_key[one.key] if row != one.row]
        named = [row for row in same_name[one.name.casefold()] if row != one.row and row in reader.with_id]
        if not one.key:
            why_not = "no name or student ID stands in the row"
            if not reader.asked(one.row):
                queries.append(
                    _query(
                        one.row,
                        column,
                        "",
                        "a row with entries needs a student",
                        f"Enter the {column.heading}, or clear the row",
                    )
                )
        elif others:
            what = "student ID" if one.student_id else "UPN" if one.upn else "name"
            listed = ", ".join(map(str, others))
            why_not = f"the same {what} stands in row {listed}"
            column = reader.first if one.student_id or not one.upn else reader.column(Role.UPN) or reader.first
            queries.append(
                _query(
                    one.row,
                    column,
                    one.shown,
                    f"a student stands in one row; the same is in row {listed}",
                    "Correct the identity or remove one of the rows",
                )
            )
        elif not one.student_id and not one.upn and named:
            # The one with an ID is certain; without one, the same name may be the same child again.
            why_not = f"the same name stands in row {named[0]}, and this row has no student ID"
            queries.append(
                _query(
                    one.row,
                    column,
                    one.name,
                    f"a name that also stands in row {named[0]} needs a student ID",
                    "Enter the student ID, or remove one of the rows",
                )
            )
        elif one.student_id and one.upn and len(same_upn[one.upn]) > 1:
            twins = ", ".join(str(row) for row in same_upn[one.upn] if row != one.row)
            queries.append(
                _query(
                    one.row,
                    reader.column(Role.UPN) or column,
                    one.upn,
                    f"a UPN belongs to one student; the same is in row {twins}",
                    "Correct the UPN; the student is known by the student ID",
                )
            )
        students.append(
            Student(
                key=_unique_key(one, doubled=bool(others), alone=alike[one.texts] == 1),
                row=one.row,
                student_id=one.student_id or one.upn or None,
                name=one.name,
                texts=one.texts,
                why_not=f"Not scored: {why_not}" if why_not else None,
                key_is_unique=bool(one.key) and alike[one.texts] == 1,
            )
        )
    return tuple(students), tuple(sorted(queries, key=_row_of))


class _Reader:
    """Reads the identity cells of rows and gathers what is wrong with them."""

    def __init__(self, sheet: Sheet, columns: Sequence[Column]) -> None:
        self._sheet = sheet
        self._at = {role: next((c for c in columns if c.role is role), None) for role in WHO_ROLES}
        self._who = [c for c in columns if c.role in WHO_ROLES]
        self.first = next(c for c in columns if c.role in IDENTITY_ROLES)
        self.queries: list[Query] = []
        self.with_id: set[int] = set()
        self._asked: set[int] = set()

    def column(self, role: Role) -> Column | None:
        """The column that is read for a role."""
        return self._at[role]

    def asked(self, row: int) -> bool:
        """Whether a cell of the row has a query already that says why nobody is known to stand there."""
        return row in self._asked

    def read(self, row: int) -> _Row:
        """What one row says of who stands in it."""
        student_id, upn = self._text(row, Role.STUDENT_ID), self._text(row, Role.UPN)
        if student_id.casefold() in _NO_ID and student_id:
            self._ask(
                row, Role.STUDENT_ID, student_id, "this is no student ID", "Enter the student ID, or leave it blank"
            )
            student_id = ""
        if upn and not is_upn(upn):
            rule = "a UPN has 13 characters and the check letter that belongs to them"
            self._ask(row, Role.UPN, upn, rule, "Correct the UPN, or leave it blank")
            upn = ""
        parts = (self._text(row, Role.FORENAME), self._text(row, Role.SURNAME))
        name = " ".join(filter(None, parts)) or _turned(self._text(row, Role.NAME))
        place = self._text(row, Role.FORM) or self._text(row, Role.SET)
        texts = tuple(as_text(self._sheet.cell(row, column.index + 1)) for column in self._who)
        if student_id or upn:
            self.with_id.add(row)
        return _Row(row=row, student_id=student_id, upn=upn.upper(), name=name, place=place, texts=texts)

    def _text(self, row: int, role: Role) -> str:
        column = self._at[role]
        if column is None:
            return ""
        value = self._sheet.cell(row, column.index + 1)
        if _is_no_text(value):
            rule = "this is an error of Excel, a date or TRUE or FALSE, and tells nobody"
            self._ask(row, role, as_text(value), rule, f"Enter the {column.heading} as text")
            return ""
        return as_text(value)

    def _ask(self, row: int, role: Role, value: str, rule: str, remedy: str) -> None:
        column = self._at[role]
        assert column is not None, "only a cell that was read can be asked about"
        self.queries.append(_query(row, column, value, rule, remedy))
        if role not in (Role.FORM, Role.SET):
            self._asked.add(row)


def _is_no_text(value: CellValue) -> bool:
    if isinstance(value, str):
        return value.strip() in EXCEL_ERRORS
    return value is not None and (isinstance(value, bool) or not isinstance(value, (int, float)))


def _query(row: int, column: Column, value: str, rule: str, remedy: str) -> Query:
    return Query(cell=address(row, column.index + 1), value=value, rule=rule, remedy=remedy)


def _row_of(query: Query) -> int:
    return int(query.cell.lstrip(ascii_uppercase))


def _rows_by(found: Sequence[_Row], what: str) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for one in found:
        text = str(getattr(one, what)).casefold() if what == "name" else str(getattr(one, what))
        if text:
            rows[text].append(one.row)
    return rows


def _unique_key(one: _Row, *, doubled: bool, alone: bool) -> str:
    """The key; for a double with what tells it apart.

    The other identity texts tell doubles apart; where even these are the same only the row is left, and nothing is written
    there. No text holds a line break, so no such key is ever another student's.
    """
    if not one.key:
        return f"row:{one.row}"
    return "\n".join((one.key, *(one.texts if alone else (f"row {one.row}",)))) if doubled else one.key


def _turned(name: str) -> str:
    """ "Surname, Forename" the way round that a sentence needs."""
    surname, comma, forename = name.partition(",")
    return f"{forename.strip()} {surname.strip()}".strip() if comma else name
