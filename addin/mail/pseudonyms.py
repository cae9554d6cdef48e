"""Codes in place of students, and the key that tells whom a code stands for: kept apart, and never attached to a message.

Codes are drawn at random, so that they tell nothing of the order of the register. Who is in the key keeps the code, so that two
messages about one class can be compared.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import SystemRandom

from addin.errors import RequestProblem, WriteFailed
from addin.reading.grid import Book, as_text
from addin.reading.headings.column import IDENTITY_ROLES, Role
from addin.reading.markbook import Markbook, Student
from addin.reading.name_forms import Known, NameForms

HEADINGS = ("Code", "Student ID", "Name")
NOTE_LEFT_OUT = "(note left out: it may name a student)"
OWNER_ALONE = 0o600
"""Permissions of the key: nobody but its owner reads it, where the system knows such permissions."""

_NAME_ROLES = (Role.SURNAME, Role.FORENAME, Role.NAME)
_ROWS = re.compile(r"\brows? \d+(?:(?:, | and |, and )\d+)*")
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "'")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the key."""

    code: str
    student_id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Pseudonyms:
    """The codes of a class.

    Args:
        code_of: Student key -> code.
        key: Whom each code stands for, codes of earlier messages included.
    """

    code_of: Mapping[str, str]
    key: tuple[Entry, ...]
    forms: NameForms

    def clean(self, text: str) -> str:
        """A text with codes for students, and without the rows in which they stand: rows follow the register."""
        return _ROWS.sub("another row", self.forms.replaced(text))

    def clean_note(self, text: str) -> str:
        """A text that somebody typed: the same, or nothing of it where it may still mean a student."""
        return NOTE_LEFT_OUT if self.forms.in_doubt(text) else self.clean(text)


def pseudonyms(book: Book, markbook: Markbook, known: Sequence[Entry] = ()) -> Pseudonyms:
    """Codes for the students of a markbook.

    Args:
        known: The key of earlier messages; who is in it keeps the code.

    Example:
        >>> from addin.reading.grid import Sheet
        >>> from addin.reading.markbook import read_markbook
        >>> rows = (("Name", "Target", "Angles (20)"), ("Ova Zarrin", 7, 2), ("Tul Beska", 6, 12))
        >>> book = Book(sheets=(Sheet(name="Y9", rows=rows),))
        >>> codes = pseudonyms(book, read_markbook(book), [Entry(code="S417", student_id="", name="Ova Zarrin")])
        >>> codes.clean("Zarrin, Ova sits beside the same name in row 5"), len(codes.key)
        ('S417 sits beside the same name in another row', 2)
    """
    by_student = {(entry.student_id, entry.name): entry.code for entry in known}
    missing = [student for student in markbook.students if _who(student) not in by_student]
    new = _drawn(len(missing), taken={entry.code for entry in known} | {str(s.student_id) for s in markbook.students})
    by_student |= {_who(student): code for student, code in zip(missing, new, strict=True)}
    added = dict(zip(map(_who, missing), new, strict=True))
    code_of = {student.key: by_student[_who(student)] for student in markbook.students}
    return Pseudonyms(
        code_of=code_of,
        key=(*known, *(Entry(code=code, student_id=who[0], name=who[1]) for who, code in added.items())),
        forms=NameForms(known_students(book, markbook, code_of)),
    )


def known_students(book: Book, markbook: Markbook, code_of: Mapping[str, str] | None = None) -> list[Known]:
    """What the identity cells of a markbook say of each student, to find them in texts."""
    sheet = book.sheet(markbook.sheet)
    assert sheet is not None, "the markbook was read from this book"
    names = [column.index + 1 for column in markbook.columns if column.role in _NAME_ROLES]
    ids = [c.index + 1 for c in markbook.columns if c.role in IDENTITY_ROLES and c.role not in _NAME_ROLES]
    return [
        Known(
            code=(code_of or {}).get(student.key, student.key),
            names=(student.name, *(as_text(sheet.cell(student.row, column)) for column in names)),
            ids=tuple(filter(None, (as_text(sheet.cell(student.row, column)) for column in ids))),
        )
        for student in markbook.students
    ]


def read_key(path: Path) -> tuple[Entry, ...]:
    """The key in a file; empty where there is no file yet.

    Raises:
        RequestProblem: The file is something else.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError):
        text = ""
    rows = list(csv.reader(io.StringIO(text)))
    if not rows or tuple(rows[0]) != HEADINGS or any(len(row) != len(HEADINGS) for row in rows[1:]):
        raise RequestProblem(f"{path.name}: the file exists and is no key of codes. Name another file for the key.")
    return tuple(
        Entry(code=code, student_id=_typed(student_id), name=_typed(name)) for code, student_id, name in rows[1:]
    )


def keep_key(entries: Sequence[Entry], path: Path) -> None:
    """Write the key, readable for its owner alone, whole or not at all.

    Raises:
        WriteFailed: It could not be written.
    """
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(HEADINGS)
    rows.writerows((entry.code, _harmless(entry.student_id), _harmless(entry.name)) for entry in entries)
    draft = path.with_name(f".writing-{os.getpid()}-{path.name}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ALONE), "wb") as file:
            file.write(text.getvalue().encode("utf-8-sig"))
        os.replace(draft, path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise WriteFailed(
            f"{path.name}: the key was not written: {error.strerror}. Nothing was sent. Name another place with --key."
        ) from error


def _who(student: Student) -> tuple[str, str]:
    return student.student_id or "", student.name


def _drawn(count: int, *, taken: set[str]) -> list[str]:
    """Codes that are not taken yet, in no order."""
    most = 10 ** max(3, len(str(4 * (count + len(taken)))))
    free = [code for number in range(most) if (code := f"S{number:0{len(str(most)) - 1}d}") not in taken]
    return SystemRandom().sample(free, count)


def _harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _typed(text: str) -> str:
    return text[1:] if text.startswith("'") else text
