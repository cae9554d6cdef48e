"""How lists and fractions that are not in simplest form stand in a question."""

from __future__ import annotations

from collections.abc import Iterable

import sympy

from model.questions.question import Answer, number


def over(top: Answer, bottom: Answer) -> str:
    """A fraction as it is, between dollar signs.

    Example:
        >>> over(4, 24)
        '\\\\frac{4}{24}'
    """
    return f"\\frac{{{top}}}{{{bottom}}}"


def simplest(top: Answer, bottom: Answer) -> str:
    """A fraction and, where it is another, its simplest form, between dollar signs.

    Example:
        >>> simplest(4, 24), simplest(3, 7)
        ('\\\\frac{4}{24} = \\\\frac{1}{6}', '\\\\frac{3}{7}')
    """
    as_it_is, shortest = over(top, bottom), number(sympy.Rational(top, bottom))
    return as_it_is if as_it_is == shortest else f"{as_it_is} = {shortest}"


def listed(values: Iterable[object], *, last: str = "and") -> str:
    """Values with commas, and a word before the last.

    Example:
        >>> listed([3, 5, 8]), listed(["A"])
        ('3, 5 and 8', 'A')
    """
    *first, end = map(str, values)
    return f"{', '.join(first)} {last} {end}" if first else end


def plus(values: Iterable[object]) -> str:
    """A sum as it stands between dollar signs.

    Example:
        >>> plus([3, 5])
        '3 + 5'
    """
    return " + ".join(map(str, values))
