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
_YEAR_WORD = re.compile(r"(?<![a-z])(?:year|yr|y)[ _-]?(\d{1,2})(?!\d)", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"0?(\d{1,2})(?=[a-z /_-]|$)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, order=True)
class Place:
    """A class among the classes of a trust."""

    school: str
    year: str
    class_name: str


def place_of(file: str, book: Book | None = None, markbook: Markbook | None = None) -> Place:
    """Where a markbook belongs.

    Args:
        file: Its path below the folder of the batch, with `/`. The first folder is the school.
        book: What was read of it; left out, the path alone tells.

    Example:
        >>> place_of("North Road/Year 10/10x Ma1.xlsx")
        Place(school='North Road', year='Year 10', class_name='10x Ma1')
        >>> place_of("spare.xlsx")
        Place(school='unknown', year='unknown', class_name='spare')
    """
    *folders, name = file.split("/")
    stem = name.rpartition(".")[0]
    told = {} if book is None else {key: as_text(book.names.get(key)) for key in ("school", "class_name")}
    class_name = told.get("class_name") or _set(book, markbook) or stem
    school = folders[0] if folders else told.get("school") or UNKNOWN
    texts = (class_name, "" if markbook is None else markbook.sheet, stem, *reversed(folders))
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
