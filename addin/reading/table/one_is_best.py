"""Marks where 1 is the best, as in Germany: asked for once, and read as steps of a scale.

Nothing on a sheet tells whether 1 or 6 is the best of marks from 1 to 6, and a wrong guess turns the whole class upside down.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from addin.reading.grades import Scale
from addin.reading.headings.column import ASSESSMENT_ROLES, CONFIRMED, Column
from addin.reading.shape.profile import Profile

LAST_GRADE = 6
"""The worst of grades whose best is 1: Germany and Austria go to 6 and 5, Czech and Slovak schools to 5."""

_WHERE_ONE_IS_BEST = re.compile(
    r"\b(nachname|vorname|familienname|schüler(?:in)?|klasse|ka|klassenarbeit|schulaufgabe|klausur|mündl(?:ich)?|schriftl(?:ich)?|"
    r"noten?|zeugnis|jméno|příjmení|známka|priezvisko|meno)\b",
    re.IGNORECASE,
)
_SCALE = Scale(
    name="1 to 6, 1 is best",
    steps=tuple(f"{grade}{sign}" for grade in range(LAST_GRADE, 0, -1) for sign in ("-", "", "+")),
)


def ask_which_is_best(columns: Sequence[Column], profiles: Sequence[Profile]) -> str | None:
    """The question whether 1 is the best mark, where all marks may be grades from 1 to 6; None where they cannot be.

    Example:
        >>> from addin.reading.headings.column import understand
        >>> from addin.reading.shape.profile import profiles
        >>> read = understand(["Name", "Test 1", "Test 2"])
        >>> ask_which_is_best(read, profiles([("Ova", 12, 3), ("Tul", 9, 4)], 3)) is None
        True
        >>> ask_which_is_best(read, profiles([("Ova", 1, 3), ("Tul", 5, 4)], 3))[:42]
        'all marks are whole numbers from 1 to 6, a'
    """
    marks = [
        (column, profile)
        for column, profile in zip(columns, profiles, strict=True)
        if column.role in ASSESSMENT_ROLES and profile.known
    ]
    if not marks or any(
        column.out_of or column.scale or column.why == CONFIRMED or not profile.is_numeric or not profile.is_whole
        for column, profile in marks
    ):
        return None
    low, high = min(profile.lowest for _, profile in marks), max(profile.highest for _, profile in marks)
    if low < 1 or high > LAST_GRADE:
        return None
    foreign = any(_WHERE_ONE_IS_BEST.search(column.heading) for column in columns)
    if not foreign and (len(marks) < 2 or high < LAST_GRADE - 1):
        return None
    return (
        f"all marks are whole numbers from 1 to {LAST_GRADE}, and nothing says whether 1 is the best or the worst. Say it once "
        f'with `markbook map FILE --set "best mark=1"`, or {LAST_GRADE} in place of 1.'
    )


def with_best(columns: Sequence[Column], best: str) -> tuple[Column, ...]:
    """The columns, those of marks without a total read as grades of which 1 is the best where the teacher has said so.

    Example:
        >>> from addin.reading.headings.column import understand
        >>> [column.scale.step(2) for column in with_best(understand(["Test 1"]), "1")]
        [13.0]
    """
    if best != "1":
        return tuple(columns)
    return tuple(
        replace(column, scale=_SCALE) if column.role in ASSESSMENT_ROLES and column.out_of is None else column
        for column in columns
    )
