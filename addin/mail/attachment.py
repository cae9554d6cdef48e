"""What is attached to a message: a copy of values, the same with codes for students, or the marked workbook itself."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import cached_property
from io import BytesIO
from pathlib import Path

from addin.errors import RequestProblem
from addin.extras import needed
from addin.mail.pseudonyms import Pseudonyms, known_students
from addin.mail.values_copy import refuse_unmarked, values_copy
from addin.reading.grid import Book
from addin.reading.headings.column import Role
from addin.reading.markbook import Markbook
from addin.reading.name_forms import NameForms

SHORTEST_PASSWORD = 8
"""Characters; NCSC advises long ones, three random words."""

PLAIN_NAME = "markbook.xlsx"
"""The name of a file whose own name would name a student, or could not travel."""

_LONGEST_NAME = 100


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file ready to be attached.

    Args:
        name: Its name, which names no student.
        content: Its bytes, encrypted where a password was asked for.
        content_sha256: SHA-256 of the workbook before encryption, which is different every time.
        left_out: What the marked workbook holds and this does not, in words.
        holds: What else to know of what it holds, in words.
        encrypted: It opens with a password alone.
        look_at: Words with their cells that may hold a short name and go along: for the sender alone, never part of a message.
    """

    name: str
    content: bytes = field(repr=False)
    content_sha256: str
    students: int
    left_out: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    pseudonymised: bool = False
    encrypted: bool = False
    look_at: tuple[str, ...] = field(default=(), repr=False)

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the file as it is attached."""
        return _sha256(self.content)


def of_values(book: Book, markbook: Markbook, *, source: str, codes: Pseudonyms | None = None) -> Attachment:
    """A fresh workbook of values, without UPN, hidden and audit-only columns.

    Args:
        source: Name of the marked file; the attachment is called after it, as .xlsx, unless it names a student.

    Raises:
        SheetProblem: The markbook has no results yet.
    """
    copy = values_copy(book, markbook, pseudonyms=codes)
    return Attachment(
        name=PLAIN_NAME if codes is not None else attachment_name(source, NameForms(known_students(book, markbook))),
        content=copy.content,
        content_sha256=_sha256(copy.content),
        students=copy.students,
        left_out=copy.left_out,
        holds=in_hidden_rows(book, markbook),
        pseudonymised=codes is not None,
        look_at=copy.look_at,
    )


def of_whole(book: Book, markbook: Markbook, whole: tuple[bytes, tuple[str, ...]], *, source: str) -> Attachment:
    """The marked workbook itself, for a colleague who shares the class.

    Args:
        whole: Its bytes with values for the add-in's formulas, and what it holds (`ClosedFile.whole`).

    Raises:
        SheetProblem: The markbook has no results yet.
    """
    refuse_unmarked(markbook)
    content, holds = whole
    delicate = [
        f"{words}: {', '.join(headings)}"
        for words, roles in (("the UPN column", (Role.UPN,)), ("columns for audit only", (Role.AUDIT,)))
        if (headings := [column.heading for column in markbook.columns if column.role in roles])
    ]
    return Attachment(
        name=attachment_name(source, NameForms(known_students(book, markbook))),
        content=content,
        content_sha256=_sha256(content),
        students=len(markbook.students),
        holds=(*in_hidden_rows(book, markbook), *delicate, *holds),
    )


def in_hidden_rows(book: Book, markbook: Markbook) -> tuple[str, ...]:
    """What to say of students whose rows a filter or somebody has hidden, or that this cannot be seen."""
    sheet = book.sheet(markbook.sheet)
    if sheet is None or sheet.hidden_rows is None:
        return ("every student of the sheet: which rows are hidden cannot be seen here",)
    hidden = sum(student.row in sheet.hidden_rows for student in markbook.students)
    return (f"{hidden} of {len(markbook.students)} students are in hidden rows",) if hidden else ()


def without_hidden_rows(book: Book, markbook: Markbook) -> Book:
    """The book as if nobody stood in the hidden rows of the students' sheet.

    Raises:
        RequestProblem: Which rows are hidden cannot be seen.
    """
    sheet = book.sheet(markbook.sheet)
    if sheet is None or sheet.hidden_rows is None:
        raise RequestProblem(
            f"Sheet '{markbook.sheet}': which rows are hidden cannot be seen. Save the workbook as .xlsx first."
        )
    gone = {student.row for student in markbook.students} & sheet.hidden_rows
    rows = tuple((None,) * len(cells) if row in gone else cells for row, cells in enumerate(sheet.rows, start=1))
    kept = replace(sheet, rows=rows, formulas=frozenset(spot for spot in sheet.formulas if spot[0] not in gone))
    return replace(book, sheets=tuple(kept if each is sheet else each for each in book.sheets))


def encrypted(attachment: Attachment, password: str) -> Attachment:
    """The attachment, to be opened with a password (Office's own encryption: AES, keys from SHA-512)."""
    needed("mail")
    from msoffcrypto.format.ooxml import OOXMLFile  # type: ignore[import-untyped]

    output = BytesIO()
    OOXMLFile(BytesIO(attachment.content)).encrypt(password, output)
    return replace(attachment, content=output.getvalue(), encrypted=True)


def read_password(path: Path) -> str:
    """The password in the first line of a file.

    Raises:
        RequestProblem: There is no such file, or no password of enough characters in it.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        raise RequestProblem(
            f"{path.name}: there is no such file. Write the password into it, on its first line."
        ) from None
    except (OSError, UnicodeDecodeError):
        raise RequestProblem(f"{path.name}: the password cannot be read. Save it as plain text (UTF-8).") from None
    password = lines[0] if lines else ""
    if len(password) < SHORTEST_PASSWORD:
        raise RequestProblem(
            f"{path.name}: a password has at least {SHORTEST_PASSWORD} characters, on the first line. Three random words are good."
        )
    return password


def attachment_name(source: str, students: NameForms | None = None) -> str:
    """The name under which a file is attached: the source's own as .xlsx, in one line, without a path or signs that turn it round.

    Example:
        >>> attachment_name("Año 9/Ma2.marked.xlsm"), attachment_name("a\\r\\nBcc: b.xlsx")
        ('Ma2.marked.xlsx', 'a Bcc b.xlsx')
    """
    stem = Path(source.replace("\\", "/")).stem
    kept = "".join(sign if sign.isprintable() and sign not in '<>:"|?*' else " " for sign in stem)
    name = " ".join(kept.split())[:_LONGEST_NAME].strip(" .")
    if not name or (students is not None and students.names_somebody(name)):
        return PLAIN_NAME
    return f"{name}.xlsx"


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
