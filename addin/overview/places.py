"""Where a markbook belongs: school, year group and class, from its folder, its sheet Setup, its columns and its name.

Only what stands for a whole class is looked at, so no student's name comes into it but where a file or class is called after one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from addin.reading.grid import Book, as_text
from addin.reading.headings.column import Role
from addin.reading.headings.text import plain
from addin.reading.markbook import Markbook

UNKNOWN = "unknown"
LONGEST = 60
"""Characters of a school's, year's or class's name."""

YOUNGEST_YEAR, OLDEST_YEAR = 1, 13
"""Year groups of schools in England."""

_YEAR_HEADINGS = frozenset({"year", "year group", "nc year", "year taught in"})
_TEACHER_HEADINGS = frozenset({"teacher", "maths teacher", "class teacher", "teachers", "teacher name"})
MOST_TEACHERS = 3
"""A column with more than these for one class is about something else."""

_NUMBER = re.compile(r"([0-9]+)")
_YEAR_WORD = re.compile(r"(?<![a-z])(?:year|yr|y)[ _-]?(\d{1,2})(?!\d)", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"0?(\d{1,2})(?=[a-z /_-]|$)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, order=True)
class Place:
    """A class among the classes of a trust."""

    school: str
    year: str
    class_name: str


def place_of(file: str, book: Book | None = None, markbook: Markbook | None = None, *, among: int = 1) -> Place:
    """Where a markbook belongs.

    Args:
        file: Its path below the folder of the batch, with `/`. The first folder is the school.
        book: What was read of it; left out, the path alone tells.
        among: How many classes the workbook holds. Where there are several, each is called after its set or its sheet.

    Example:
        >>> place_of("North Road/Year 10/10x Ma1.xlsx")
        Place(school='North Road', year='Year 10', class_name='10x Ma1')
        >>> place_of("spare.xlsx")
        Place(school='unknown', year='unknown', class_name='spare')
    """
    *folders, name = file.split("/")
    stem = name.rpartition(".")[0]
    told = {} if book is None else {key: as_text(book.names.get(key)) for key in ("school", "class_name")}
    sheet = "" if markbook is None else markbook.sheet
    named = told.get("class_name") or ""
    class_name = (_set(book, markbook) or sheet) if among > 1 else named or _set(book, markbook) or stem
    school = folders[0] if folders else told.get("school") or UNKNOWN
    texts = (class_name, sheet, named, stem, *reversed(folders))
    year = _year_column(book, markbook) or next(filter(None, map(year_in, texts)), None) or UNKNOWN
    return Place(school=shown(school), year=year, class_name=shown(class_name))


def year_in(text: str) -> str | None:
    """The year group that a class's name or a file's name tells.

    Example:
        >>> [year_in(text) for text in ("10x/Ma1", "Y9 set 2", "Maths yr_07", "2026 results", "set 3", "9K")]
        ['Year 10', 'Year 9', 'Year 7', None, None, 'Year 9']
    """
    found = _YEAR_WORD.search(text) or _YEAR_FIRST.match(text.strip())
    year = 0 if found is None else int(found[1])
    return f"Year {year}" if YOUNGEST_YEAR <= year <= OLDEST_YEAR else None


def shown(text: str, *, longest: int = LONGEST) -> str:
    """A name in one line that every file can hold: no control characters, no broken ones, not too long.

    Example:
        >>> shown("North\\nRoad\\udcff")
        'North Road?'
    """
    whole = text.encode("utf-8", "replace").decode("utf-8")  # a file's name may hold bytes that are no letters
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in whole).split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def teachers_of(book: Book, markbook: Markbook) -> tuple[str, ...]:
    """Who teaches a class: what a column of teachers says, else the teacher on the sheet `Setup`; empty where nothing tells.

    Example:
        >>> from addin.reading.grid import Sheet
        >>> from addin.reading.markbook import read_markbook
        >>> rows = (("Name", "Teacher", "Angles (20)"), ("Ova Zarrin", "Ms Lum", 2), ("Tul Beska", "Ms Lum", 9))
        >>> read = Book(sheets=(Sheet(name="9A", rows=rows),), names={"teacher": "T. Example"})
        >>> teachers_of(read, read_markbook(read))
        ('Ms Lum',)
    """
    for column in markbook.columns:
        if plain(column.heading) in _TEACHER_HEADINGS:
            told = sorted({shown(text) for text in _filled(book, markbook, column.index + 1)}, key=natural)
            if 0 < len(told) <= MOST_TEACHERS:
                return tuple(told)
    named = shown(as_text(book.names.get("teacher")))
    return (named,) if named else ()


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """What names are sorted by, so that Year 9 comes before Year 10.

    Example:
        >>> sorted(["Year 10", "Year 9", "unknown"], key=natural)
        ['unknown', 'Year 9', 'Year 10']
    """
    parts = _NUMBER.split(name.casefold())
    return (*((int(part), "") if place % 2 else (-1, part) for place, part in enumerate(parts)), (-2, name))


def _year_column(book: Book | None, markbook: Markbook | None) -> str | None:
    """The one year that a column of years tells of all students."""
    if markbook is None:
        return None
    for column in markbook.columns:
        if plain(column.heading) in _YEAR_HEADINGS:
            years = {year_in(text) for text in _filled(book, markbook, column.index + 1)}
            if len(years) == 1:
                return years.pop()
    return None


def _set(book: Book | None, markbook: Markbook | None) -> str | None:
    """The one set or class that a column tells of all students."""
    if markbook is None:
        return None
    column = next((column for column in markbook.columns if column.role is Role.SET), None)
    if column is None:
        return None
    sets = set(_filled(book, markbook, column.index + 1))
    return sets.pop() if len(sets) == 1 else None


def _filled(book: Book | None, markbook: Markbook, column: int) -> Iterator[str]:
    sheet = None if book is None else book.sheet(markbook.sheet)
    if sheet is not None:
        texts = (as_text(sheet.cell(student.row, column)).strip() for student in markbook.students)
        yield from filter(None, texts)
