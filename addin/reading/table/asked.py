"""What the reader takes each column for, with samples and the reason: what a teacher is shown, and may put right once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from addin.errors import RequestProblem
from addin.reading.grid import Sheet, as_text, column_letters
from addin.reading.headings.column import Column, Role
from addin.reading.headings.map import LEFT_OUT, meaning_of
from addin.reading.headings.remembered import SPECIAL
from addin.reading.headings.text import plain
from addin.reading.table.find_class import Found

SURE_ENOUGH = 0.9
"""What is understood with less confidence is a guess, and said."""

SAMPLES = 3
MEANINGS = (
    "test", "mock", "question", "attendance", "homework", "effort", "target", "working at", "ks2", "baseline score", "tier",
    "name", "surname", "forename", "student id", "form", "set", "final grade", "audit only", "ignored",
)  # fmt: skip
"""What a column may mean, in the words that are offered; a total or a scale may stand behind, as in "test (20)"."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One column as it is shown.

    Args:
        place: Its letters.
        heading: Its heading.
        samples: Up to three of its values.
        guess: What it is taken for.
        why: What told so.
        is_sure: Whether a word or the teacher told so.
        is_left_out: Whether nothing is read from it although nobody has said so.
    """

    place: str
    heading: str
    samples: tuple[str, ...]
    guess: str
    why: str
    is_sure: bool
    is_left_out: bool


def asked_of(found: Found) -> tuple[Asked, ...]:
    """Every column of a class with a heading, in the order of the sheet; results of an earlier run are no question."""
    return shown(found.sheet, found.layout.columns, found.rows.students)


def shown(sheet: Sheet, columns: Sequence[Column], rows: Sequence[int]) -> tuple[Asked, ...]:
    """The same of columns on a sheet whose students stand in some rows.

    Example:
        >>> from addin.reading.headings.column import understand
        >>> sheet = Sheet(name="Y9", rows=(("Name", "Angles (20)"), ("Ova", 12), ("Tul", 15)))
        >>> one = shown(sheet, understand(sheet.rows[0]), (2, 3))[1]
        >>> one.place, one.samples, one.guess, one.is_sure
        ('B', ('12', '15'), 'test (20)', True)
    """
    return tuple(_asked(sheet, c, rows) for c in columns if c.heading and c.role is not Role.RESULT)


def _asked(sheet: Sheet, column: Column, rows: Sequence[int]) -> Asked:
    texts = (as_text(sheet.cell(row, column.index + 1)) for row in rows)
    total = f" ({column.out_of:g})" if column.out_of is not None else ""
    return Asked(
        place=column_letters(column.index + 1),
        heading=column.heading,
        samples=tuple(islice(filter(None, texts), SAMPLES)),
        guess=f"{column.role.value}{total}",
        why=column.why,
        is_sure=column.confidence >= SURE_ENOUGH,
        is_left_out=not column.confidence,
    )


def answers_in(found: Found, said: dict[str, str]) -> dict[str, str]:
    """What a teacher says of columns, checked: `plain` heading -> meaning in the words of a heading.

    Args:
        found: The class.
        said: Heading, letters of a column, or a name of `remembered.SPECIAL` -> what it means.

    Raises:
        RequestProblem: There is no such heading, or the meaning is not understood.

    Example:
        >>> from addin.reading.grid import Book, Sheet
        >>> from addin.reading.table.find_class import find_class
        >>> rows = (("Name", "Doodles"), ("Ova", 12), ("Tul", 15), ("Pim", 9))
        >>> answers_in(find_class(Book(sheets=(Sheet(name="Y9", rows=rows),)), None, {}), {"Doodles": "attendance (20)"})
        {'doodles': 'attendance (20)'}
    """
    asked = asked_of(found)
    headings = {plain(one.heading): plain(one.heading) for one in asked} | {one: one for one in SPECIAL}
    places = {one.place.casefold(): plain(one.heading) for one in asked}
    answers = {}
    for heading, meaning in said.items():
        key = headings.get(plain(heading)) or places.get(heading.strip().casefold())
        if key is None:
            there = ", ".join(repr(one.heading) for one in asked)
            raise RequestProblem(f"Sheet {found.sheet.name!r} has no heading {heading!r}. Give one of {there}.")
        words = meaning_of(key, meaning)
        if words is None:
            raise RequestProblem(
                f"{heading!r}: {meaning!r} is not understood. Give one of {', '.join(MEANINGS)}, with a total or a scale where "
                "there is one, such as test (20), or stages: Seed, Shoot, Tree."
            )
        answers[key] = words
    return answers


def as_written(found: Found, means: Mapping[str, str]) -> dict[str, str]:
    """A map of headings as a teacher would write it: each heading as it stands on the sheet, and "ignored" for what is left out."""
    written = {plain(column.heading): column.heading for column in found.layout.columns}
    return {written.get(key, key): "ignored" if words == LEFT_OUT else words for key, words in means.items()}
