"""Who stands on a sheet and where there is room for more: what an import needs, be there marks or none yet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from addin.importing.platforms import visible
from addin.reading.grid import EXCEL_ERRORS, Book, CellValue, Sheet, Table, as_text
from addin.reading.headings.column import Column, Role
from addin.reading.headings.map import heading_map
from addin.reading.table.find_class import find_class
from addin.reading.upn import is_upn

_APOSTROPHES = str.maketrans("‘’`´ʼ‐‑–", "'''''---")


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who a row is about, on a sheet or in an export; what is not told is "".

    Args:
        row: The sheet's row, or the export's line.
        student_id: As written; "" where it is a word such as "tbc", which any number of students may have.
        upn: As written; "" where its check letter does not fit.
        surname, forename: As written, or split from a full name where that is safe.
        name: "Forename Surname".
        place: Form, else set.
    """

    row: int
    student_id: str
    upn: str
    surname: str
    forename: str
    name: str
    place: str

    def __str__(self) -> str:
        return self.name or self.student_id or self.upn


@dataclass(frozen=True, kw_only=True)
class Roll:
    """A sheet of students, as far as an import needs it.

    Args:
        columns: Every column, understood.
        last_row: The last row that students take; without any, the row that the first one follows on.
    """

    sheet: Sheet
    header_row: int
    first_row: int
    columns: tuple[Column, ...]
    people: tuple[Person, ...]
    last_row: int
    table: Table | None


def read_roll(book: Book, *, sheet: str | None = None) -> Roll:
    """Find the students; unlike `read_markbook`, a sheet of headings alone or without any mark is welcome.

    Raises:
        NoStudents: No sheet, or not the named one, has a row of headings.
        WhichSheet: Several sheets could be meant.

    Example:
        >>> roll = read_roll(Book(sheets=(Sheet(name="Y9", rows=(("Adno", "Name", "Form"), (4827, "Zovarrin, Ova", "9K"))),)))
        >>> roll.people[0].student_id, roll.people[0].name, roll.people[0].surname
        ('4827', 'Ova Zovarrin', 'Zovarrin')
    """
    found = find_class(book, sheet, heading_map(book).means, may_be_empty=True)
    page, layout, rows = found.sheet, found.layout, found.rows.students
    above = max(layout.first_row - 1, layout.totals.row if layout.totals.below else 0)
    people = (person(layout.columns, page.rows[row - 1], row) for row in rows)
    return Roll(
        sheet=page,
        header_row=layout.header_row,
        first_row=layout.first_row,
        columns=layout.columns,
        people=tuple(one for one in people if str(one)),
        last_row=max(rows, default=above),
        table=layout.table,
    )


def person(columns: Sequence[Column], cells: Sequence[CellValue], row: int) -> Person:
    """Who a row is about.

    Args:
        columns: The understood headings; of two columns of a role the first counts.
        cells: The row's cells, `Column.index` into them.
        row: What the person is to be found by.
    """

    def text(role: Role) -> str:
        index = next((column.index for column in columns if column.role is role), None)
        found = as_text(cells[index]) if index is not None and index < len(cells) else ""
        return "" if found in EXCEL_ERRORS else found

    student_id, upn = text(Role.STUDENT_ID), text(Role.UPN)
    surname, forename = text(Role.SURNAME), text(Role.FORENAME)
    if not (surname or forename):
        surname, forename = _split(text(Role.NAME))
    return Person(
        row=row,
        student_id=student_id if tells_who(Role.STUDENT_ID, student_id) else "",
        upn=upn if tells_who(Role.UPN, upn) else "",
        surname=surname,
        forename=forename,
        name=" ".join(filter(None, (forename, surname))) or text(Role.NAME),
        place=text(Role.FORM) or text(Role.SET),
    )


def tells_who(role: Role, text: str) -> bool:
    """Whether a text can tell one student from others: a UPN must be valid, a student ID a number, or letters with one.

    Texts of any other role may say what they like.

    Example:
        >>> tells_who(Role.UPN, "ZQ17"), tells_who(Role.STUDENT_ID, "ZQ17"), tells_who(Role.STUDENT_ID, "0")
        (False, True, False)
    """
    if role is Role.UPN:
        return is_upn(text)
    if role is not Role.STUDENT_ID or re.search(r"[1-9]", text) is not None:
        return True
    # One expression for both would look behind every letter of a long text again.
    letter = re.search(r"[^\W\d_]", text)
    return letter is not None and re.search(r"\d", text[letter.end() :]) is not None


def plain_id(text: str) -> str:
    """An ID as it is compared: without case, and without the noughts that Excel drops from the front of a number.

    Example:
        >>> plain_id("00417") == plain_id("417") == plain_id("417.0") == plain_id("'417"), plain_id("zq17")
        (True, 'zq17')
    """
    low = re.sub(r"(?<=\d)\.0+$", "", visible(text).lstrip("'").casefold())
    return low.lstrip("0") or low if low.isdecimal() else low


def plain_name(text: str) -> str:
    """A name as it is compared: without case, and with one kind of apostrophe, hyphen and accented letter.

    Example:
        >>> plain_name("Siân  O’Zarr") == plain_name("sia\\u0302n o'zarr")
        True
    """
    return " ".join(unicodedata.normalize("NFC", visible(text)).translate(_APOSTROPHES).casefold().split())


def name_key(text: str) -> str:
    """A name whatever the order of its words, as one system writes "Zarrin, Ova" and another "Ova Zarrin".

    Example:
        >>> name_key("Zarrin, Ova") == name_key("Ova Zarrin") == name_key("ZARRIN Ova")
        True
    """
    return " ".join(sorted(plain_name(text).replace(",", " ").split()))


def _split(name: str) -> tuple[str, str]:
    """Surname and forename of a full name: at the comma, or where there are just two words; else nobody can say."""
    surname, comma, forename = name.partition(",")
    if comma:
        return surname.strip(), forename.strip()
    words = re.split(r"\s+", name.strip())
    return (words[1], words[0]) if len(words) == 2 else ("", "")
