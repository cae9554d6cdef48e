"""Who stands in a row: the student ID or UPN first, else the name with form or set.

Nobody is guessed. A row whose identity is missing, is the same as another's or cannot be read is listed with the reason and
not scored; each such cell is a query. A wrong UPN is a query too, but the student is still known by the other identity.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from types import NoneType
from typing import NamedTuple

from addin.reading.grid import EXCEL_ERRORS, CellValue, Sheet, address, cells_of, kinds_of, texts_of
from addin.reading.headings.column import IDENTITY_ROLES, WHO_ROLES, Column, Role
from addin.reading.queries import Query
from addin.reading.upn import is_upn
from model.language.speech import Sentence

_NO_ID = frozenset({"-", "–", "?", "n/a", "na", "tbc", "tba", "none", "new", "unknown", "0"})


@dataclass(frozen=True, kw_only=True, slots=True)
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


class _Row(NamedTuple):
    """What the cells of one row say of who stands in it; "" for what they do not say."""

    row: int
    student_id: str
    upn: str
    name: str
    texts: tuple[str, ...]
    key: str

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
    reader = _Reader(columns, [sheet.rows[row - 1] for row in rows], rows)
    found = reader.read()
    queries = reader.queries
    alike = Counter(one.texts for one in found)
    same_key, same_upn = _same([one.key for one in found], rows), _same([one.upn for one in found], rows)
    same_name = _same([one.name.casefold() for one in found], rows)
    students = []
    for one in found:
        why_not: Sentence | None = None
        column = reader.first
        others = [row for row in same_key.get(one.key, ()) if row != one.row]
        named = []
        if same_name and not one.student_id and not one.upn:
            twins = same_name.get(one.name.casefold(), ())
            named = [row for row in twins if row != one.row and row in reader.with_id]
        if not one.key:
            why_not = Sentence("Not scored: no name or student ID stands in the row")
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
            listed = ", ".join(map(str, others))
            if one.student_id:
                why_not = Sentence("Not scored: the same student ID stands in row %(rows)s", rows=listed)
            elif one.upn:
                why_not = Sentence("Not scored: the same UPN stands in row %(rows)s", rows=listed)
            else:
                why_not = Sentence("Not scored: the same name stands in row %(rows)s", rows=listed)
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
        elif named:
            # The one with an ID is certain; without one, the same name may be the same child again.
            why_not = Sentence(
                "Not scored: the same name stands in row %(row)s, and this row has no student ID", row=named[0]
            )
            queries.append(
                _query(
                    one.row,
                    column,
                    one.name,
                    f"a name that also stands in row {named[0]} needs a student ID",
                    "Enter the student ID, or remove one of the rows",
                )
            )
        elif one.student_id and one.upn in same_upn:
            listed = ", ".join(str(row) for row in same_upn[one.upn] if row != one.row)
            queries.append(
                _query(
                    one.row,
                    reader.column(Role.UPN) or column,
                    one.upn,
                    f"a UPN belongs to one student; the same is in row {listed}",
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
                why_not=why_not,
                key_is_unique=bool(one.key) and alike[one.texts] == 1,
            )
        )
    return tuple(students), tuple(sorted(queries, key=_row_of))


class _Reader:
    """Reads the identity cells of rows, column by column, and gathers what is wrong with them."""

    def __init__(self, columns: Sequence[Column], cells: Sequence[Sequence[CellValue]], rows: Sequence[int]) -> None:
        self._rows, self._cells = rows, cells
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

    def read(self) -> list[_Row]:
        """What every row says of who stands in it. Queries on one row come in the order in which they are found here."""
        texts = {column.index: texts_of(cells_of(self._cells, column.index)) for column in self._who}
        ids, upns = self._texts(Role.STUDENT_ID, texts), self._texts(Role.UPN, texts)
        for place in [place for place, text in enumerate(ids) if text.casefold() in _NO_ID]:
            self._ask(
                place, Role.STUDENT_ID, ids[place], "this is no student ID", "Enter the student ID, or leave it blank"
            )
            ids[place] = ""
        for place in [place for place, text in enumerate(upns) if text and not is_upn(text)]:
            rule = "a UPN has 13 characters and the check letter that belongs to them"
            self._ask(place, Role.UPN, upns[place], rule, "Correct the UPN, or leave it blank")
            upns[place] = ""
        forenames, surnames = self._texts(Role.FORENAME, texts), self._texts(Role.SURNAME, texts)
        names = [" ".join(filter(None, parts)) for parts in zip(forenames, surnames, strict=True)]
        whole = self._texts(Role.NAME, texts, unless=names)
        names = [name or _turned(other) for name, other in zip(names, whole, strict=True)]
        forms = self._texts(Role.FORM, texts)
        sets = self._texts(Role.SET, texts, unless=forms)
        places = [form or other for form, other in zip(forms, sets, strict=True)]
        sure = [student_id or upn for student_id, upn in zip(ids, upns, strict=True)]
        self.with_id = {row for row, known in zip(self._rows, sure, strict=True) if known}
        keys = map(_key, sure, names, places)
        every = list(zip(*texts.values(), strict=True))
        return list(map(_Row, self._rows, ids, map(str.upper, upns), names, every, keys))

    def _texts(self, role: Role, texts: Mapping[int, list[str]], unless: Sequence[str] = ()) -> list[str]:
        """The texts of a role's column; what is no text is asked about, but `unless` its row has something already."""
        column = self._at[role]
        if column is None:
            return [""] * len(self._rows)
        cells, told = cells_of(self._cells, column.index), texts[column.index]
        if kinds_of(cells) <= _TEXTS and EXCEL_ERRORS.isdisjoint(told):
            return list(told)
        told = list(told)
        for place in [place for place, cell in enumerate(cells) if _is_no_text(cell)]:
            if not unless or not unless[place]:
                rule = "this is an error of Excel, a date or TRUE or FALSE, and tells nobody"
                self._ask(place, role, told[place], rule, f"Enter the {column.heading} as text")
            told[place] = ""
        return told

    def _ask(self, place: int, role: Role, value: str, rule: str, remedy: str) -> None:
        column, row = self._at[role], self._rows[place]
        assert column is not None, "only a cell that was read can be asked about"
        self.queries.append(_query(row, column, value, rule, remedy))
        if role not in (Role.FORM, Role.SET):
            self._asked.add(row)


_TEXTS = frozenset((str, float, int, NoneType))


def _key(sure: str, name: str, place: str) -> str:
    if sure:
        return f"id:{sure.casefold()}"
    return f"name:{name.casefold()}|{place.casefold()}" if name else ""


def _is_no_text(value: CellValue) -> bool:
    if isinstance(value, str):
        return value.strip() in EXCEL_ERRORS
    return value is not None and (isinstance(value, bool) or not isinstance(value, (int, float)))


def _query(row: int, column: Column, value: str, rule: str, remedy: str) -> Query:
    return Query(cell=address(row, column.index + 1), value=value, rule=rule, remedy=remedy)


def _row_of(query: Query) -> int:
    return int(query.cell.lstrip(ascii_uppercase))


def _same(texts: Sequence[str], rows: Sequence[int]) -> dict[str, list[int]]:
    """Text -> its rows, of texts that stand in several."""
    doubled = {text: list[int]() for text, count in Counter(texts).items() if count > 1 and text}
    for text, row in zip(texts, rows, strict=True) if doubled else ():
        if text in doubled:
            doubled[text].append(row)
    return doubled


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
