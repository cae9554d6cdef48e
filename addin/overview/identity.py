"""What a student is known by from class to class, told so that nobody can read it: fingerprints instead of names.

A fingerprint is made with a key that one run invents and forgets, so that it says who is the same as whom within that run and
nothing else. Neither key nor fingerprints are ever written to a disk.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from addin.reading.grid import Book, CellValue, as_date, as_text
from addin.reading.headings.column import Role
from addin.reading.headings.text import plain
from addin.reading.identities import Student
from addin.reading.markbook import Markbook
from addin.reading.upn import is_upn

_BIRTH = frozenset({"date of birth", "dob", "birth date", "birthdate", "birthday", "d o b"})
_TYPED_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_WORD = re.compile(r"[^\W\d_]+")
SHORTEST_SURE_ID = 4
"""Characters of a student ID that stands for one student of a school; a shorter one may be a place in a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a row of a class tells of who stands in it, as fingerprints; "" and () for what it does not tell.

    Args:
        student_id, upn: The sure ones.
        is_short: Whether the student ID is so short that another class may use it too.
        words: The words of the name, in the order of their fingerprints.
        birth, form: Beside a name these tell who somebody is.
    """

    student_id: str = ""
    upn: str = ""
    is_short: bool = False
    words: tuple[str, ...] = ()
    birth: str = ""
    form: str = ""


NOBODY = Known()
"""A row of which nobody can say who stands in it."""


class Reader:
    """Reads what the students of one class are known by.

    Args:
        book, markbook: Where they stand.
        school: Within which an ID stands for one student.
        key: The run's own.

    Example:
        >>> from addin.reading.grid import Sheet
        >>> from addin.reading.markbook import read_markbook
        >>> rows = (("Name", "Form", "Angles (20)"), ("Ova Zarrin", "9K", 2), ("Zarrin, Ova", "9L", 9))
        >>> read = Book(sheets=(Sheet(name="9A", rows=rows),))
        >>> markbook = read_markbook(read)
        >>> reader = Reader(read, markbook, school="North Road", key=b"a")
        >>> one, other = (reader.known(student) for student in markbook.students)
        >>> one.words == other.words, one.form == other.form, one.student_id
        (True, False, '')
    """

    def __init__(self, book: Book, markbook: Markbook, *, school: str, key: bytes) -> None:
        self._sheet = book.sheet(markbook.sheet)
        self._school, self._key = school, key
        self._at = {column.role: column.index + 1 for column in reversed(markbook.columns)}
        births = (column.index + 1 for column in markbook.columns if plain(column.heading) in _BIRTH)
        self._birth = next(births, None)

    def known(self, student: Student) -> Known:
        """What a student is known by; `NOBODY` where the row's identity is in doubt."""
        if student.why_not is not None or not student.key_is_unique or self._sheet is None:
            return NOBODY
        written = self._text(student.row, self._at.get(Role.STUDENT_ID))
        student_id = written if written and written == student.student_id else ""
        upn = self._text(student.row, self._at.get(Role.UPN)).upper()
        born = None if self._birth is None else self._sheet.cell(student.row, self._birth)
        day = _day(born)
        return Known(
            student_id=self._hidden("id", student_id),
            upn=self._hidden("upn", upn if is_upn(upn) else ""),
            is_short=0 < len(student_id) < SHORTEST_SURE_ID,
            words=tuple(sorted(self._hidden("name", word) for word in words_of(student.name))),
            birth=self._hidden("birth", day.isoformat() if day else ""),
            form=self._hidden("form", self.form(student)),
        )

    def form(self, student: Student) -> str:
        """A student's form as it is written."""
        return self._text(student.row, self._at.get(Role.FORM))

    def _text(self, row: int, column: int | None) -> str:
        return "" if self._sheet is None or column is None else as_text(self._sheet.cell(row, column)).strip()

    def _hidden(self, kind: str, text: str) -> str:
        if not text:
            return ""
        told = "\n".join((self._school, kind, text.casefold())).encode("utf-8", "replace")
        return hmac.digest(self._key, told, "sha256").hex()[:32]


def _day(value: CellValue) -> date | None:
    """A date of birth: a date of Excel's, or one that is typed, the day first."""
    typed = _TYPED_DAY.fullmatch(as_text(value).strip())
    if typed is None:
        return as_date(value)
    day, month, year = map(int, typed.groups())
    with suppress(ValueError):
        return date(year, month, day)
    return None


def words_of(name: str) -> frozenset[str]:
    """The words of a name without case and accents, in whatever order they are written.

    Example:
        >>> words_of("Zarrín, Ova") == words_of("OVA ZARRIN")
        True
    """
    plain_letters = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return frozenset(_WORD.findall(plain_letters.casefold()))
