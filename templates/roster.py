"""Invented students, so that no example ever holds a real name.

Names are put together from syllables that make no English word and no usual name. The same seed gives the same class.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from random import Random

LARGEST_ROSTER = 200
"""As many students as a large year group; the syllables give more surnames than that."""

_SURNAME_STARTS = ("Zov", "Tul", "Brex", "Quor", "Dask", "Fenv", "Gral", "Jorv", "Kelz", "Morv", "Plix", "Vask")
_SURNAME_MIDDLES = ("arr", "esk", "ild", "omb", "und", "ent", "av", "or")
_SURNAME_ENDS = ("in", "a", "eth", "ow", "ix", "one")
_FORENAME_STARTS = ("Ax", "Bril", "Cael", "Dov", "Ez", "Fyl", "Izz", "Jex", "Lum", "Nyv", "Osk", "Pell", "Tav", "Wex")
_FORENAME_ENDS = ("andu", "emi", "ilo", "oreth", "uva", "ymo", "aphi", "enka")

_YEAR, _FORMS = 10, 6


@dataclass(frozen=True, kw_only=True)
class Student:
    """One student as the identity columns show them.

    Example:
        >>> Student(student_id="ZQ4827", surname="Zovarrin", forename="Lumemi", form="10K1").form
        '10K1'
    """

    student_id: str
    surname: str
    forename: str
    form: str


def invent_roster(*, students: int, seed: int) -> tuple[Student, ...]:
    """Invent a class, sorted by surname as class lists are; no surname and no ID comes twice.

    Args:
        students: How many, 0 to 200.
        seed: Any whole number; the same number gives the same class.

    Raises:
        ValueError: More students than `LARGEST_ROSTER`, or fewer than none.

    Example:
        >>> invent_roster(students=3, seed=7) == invent_roster(students=3, seed=7)
        True
        >>> [len(student.student_id) for student in invent_roster(students=2, seed=7)]
        [6, 6]
    """
    if not 0 <= students <= LARGEST_ROSTER:
        raise ValueError(f"{students} students is not 0 to {LARGEST_ROSTER}")
    random = Random(seed)
    surnames = sorted(random.sample(_joined(_SURNAME_STARTS, _SURNAME_MIDDLES, _SURNAME_ENDS), students))
    forenames = _joined(_FORENAME_STARTS, _FORENAME_ENDS)
    numbers = random.sample(range(1000, 10_000), students)
    return tuple(
        Student(
            student_id=f"ZQ{number}",
            surname=surname,
            forename=random.choice(forenames),
            form=f"{_YEAR}K{random.randint(1, _FORMS)}",
        )
        for surname, number in zip(surnames, numbers, strict=True)
    )


def class_name(*, students: int) -> str:
    """The name of a class of that size: one set, or the half of the year that a larger group must be.

    Example:
        >>> class_name(students=30), class_name(students=120)
        ('10x/Ma1', '10x')
    """
    largest_set = 35
    return f"{_YEAR}x/Ma1" if students <= largest_set else f"{_YEAR}x"


def _joined(*syllables: tuple[str, ...]) -> list[str]:
    return ["".join(parts) for parts in product(*syllables)]
