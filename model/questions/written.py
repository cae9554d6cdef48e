"""How numbers of questions are written and rounded, and how a question is put together; all exact."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import eq
from typing import TypeVar

import sympy

from model.questions.question import Answer, Level, Question, Wrong, number

T = TypeVar("T")
MOST_WRONG = 3


def by(level: Level, *choices: T) -> T:
    """What belongs to a level; the last one stands for higher levels too.

    Example:
        >>> by(Level.FADED, 9, 20, 50), by(Level.INDEPENDENT, 9, 20)
        (20, 20)
    """
    return choices[min(level, len(choices)) - 1]


def decimal(value: Answer, places: int = 0) -> str:
    """A number with its decimal point, as it stands between dollar signs.

    Args:
        value: An exact number whose decimal ends.
        places: At least so many decimal places.

    Raises:
        ValueError: The decimal does not end within twelve places.

    Example:
        >>> decimal(sympy.Rational(-7, 20)), decimal(12, places=2)
        ('-0.35', '12.00')
    """
    exact = sympy.Rational(value)
    while (scaled := abs(exact) * 10**places).q != 1:
        places += 1
        if places > 12:
            raise ValueError(f"the decimal of {value} does not end")
    digits = str(scaled.p).rjust(places + 1, "0")
    whole, tail = digits[: len(digits) - places], digits[len(digits) - places :]
    return ("-" if exact < 0 else "") + whole + ("." + tail if tail else "")


def grouped(value: Answer, places: int = 0) -> str:
    """A number with commas between thousands, for text outside dollar signs.

    Example:
        >>> grouped(45000), grouped(sympy.Rational(2469, 2))
        ('45,000', '1,234.5')
    """
    whole, _, tail = decimal(value, places).partition(".")
    return f"{int(whole):,}" + ("." + tail if tail else "")


def pounds(value: Answer) -> str:
    """An amount of money, pence only where there are some.

    Example:
        >>> pounds(1200), pounds(sympy.Rational(5, 2)), pounds(sympy.Rational(3, 5))
        ('£1,200', '£2.50', '60p')
    """
    if 0 < value < 1:
        return f"{decimal(value * 100)}p"
    return "£" + grouped(value, 0 if sympy.Rational(value).q == 1 else 2)


def rounded(value: Answer, places: int) -> sympy.Rational:
    """A number to so many decimal places, halves up; minus one place is the nearest ten.

    Example:
        >>> rounded(sympy.Rational(69, 20), 1), rounded(1250, -2), rounded(10 * sympy.pi, 1)
        (7/2, 1300, 157/5)
    """
    step = sympy.Rational(10) ** -places
    moved = sympy.sympify(value) / step + sympy.Rational(1, 2)
    # Far more digits than a question has: an irrational number is never so near to a half.
    return sympy.floor(moved if moved.is_Rational else sympy.N(moved, 40)) * step


def first_place(value: Answer) -> int:
    """The power of ten of the first figure that is not nought.

    Example:
        >>> first_place(4520), first_place(sympy.Rational(3, 500))
        (3, -3)
    """
    power = 0
    while sympy.Rational(value) >= sympy.Integer(10) ** (power + 1):
        power += 1
    while sympy.Rational(value) < sympy.Integer(10) ** power:
        power -= 1
    return power


def figures(value: Answer, count: int) -> sympy.Rational:
    """A positive number to so many significant figures, halves up.

    Example:
        >>> figures(48207, 2), figures(sympy.Rational(996, 1000), 2)
        (48000, 1)
    """
    return rounded(value, count - 1 - first_place(value))


def mixed(value: Answer) -> str:
    """A positive fraction as a mixed number, between dollar signs.

    Example:
        >>> mixed(sympy.Rational(13, 5)), mixed(sympy.Rational(2, 3))
        ('2\\\\frac{3}{5}', '\\\\frac{2}{3}')
    """
    whole, rest = divmod(sympy.Rational(value), 1)
    return number(value) if whole == 0 or rest == 0 else f"{whole}{number(rest)}"


def times(factors: Iterable[object]) -> str:
    """A product as it stands between dollar signs."""
    return " \\times ".join(map(str, factors))


def told_apart(
    answer: Answer, wrong: Iterable[tuple[Answer, str]], alike: Callable[[Answer, Answer], bool] = eq
) -> tuple[Wrong, ...]:
    """The first three wrong answers that are not right by chance and do not come twice.

    Args:
        answer: The right answer.
        wrong: Wrong answers, each with what leads there, the commonest first.
        alike: Whether two answers are the same.

    Example:
        >>> [each.answer for each in told_apart(4, [(4, "By two"), (22, "Side by side"), (22, "Again")])]
        [22]
    """
    kept: list[Wrong] = []
    for value, why in wrong:
        if not any(alike(value, other) for other in (answer, *(each.answer for each in kept))):
            kept.append(Wrong(answer=value, misconception=why))
    return tuple(kept[:MOST_WRONG])


def asked(
    topic: str,
    prompt: str,
    answer: Answer,
    *steps: str,
    wrong: Iterable[tuple[Answer, str]],
    check: Callable[[], Answer | bool],
    shown: str | None = None,
) -> Question:
    """A question from its parts.

    Args:
        wrong: Wrong answers, each with what leads there, the commonest first; those that are right by chance, or come twice, are
            left out, and at most three are kept.
        shown: Left out: the answer as number or expression, or the word itself.

    The other parts are those of `Question`.

    Example:
        >>> asked("powers", "Work out $2^{2}$", 4, "$2 \\\\times 2$", "$= 4$", wrong=[(4, "By two"), (22, "Side by side")],
        ...       check=lambda: 2 + 2).wrong
        (Wrong(answer=22, misconception='Side by side'),)
    """
    return Question(
        topic=topic,
        prompt=prompt,
        answer=answer,
        shown=shown or (answer if isinstance(answer, str) else f"${number(answer)}$"),
        steps=steps,
        wrong=told_apart(answer, wrong),
        check=check,
    )
