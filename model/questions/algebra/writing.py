"""What the questions on algebra share: how expressions are written, and the checks that try numbers out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

import sympy

from model.questions.question import Answer, Question, number
from model.questions.written import told_apart

X, Y, N = sympy.symbols("x y n")

_GAP = re.compile(r"(\d|\}|(?<![a-z\\])[a-z]) (?=[a-z(\\])")
_POWERS = {"^{2}": "²", "^{3}": "³", "\\le": "≤", "\\ge": "≥", "\\times": "×", "\\sqrt{": "√{", "-": "−"}


def tex(value: Answer) -> str:
    """An expression as it stands between dollar signs, without gaps between a number and its letter.

    Example:
        >>> tex(3 * X**2 - 5 * X + 2), tex(sympy.Rational(-1, 2) * X)
        ('3x^{2} - 5x + 2', '- \\\\frac{x}{2}')
    """
    return _GAP.sub(r"\1", number(value).replace("\\left(", "(").replace("\\right)", ")"))


def terms(*parts: tuple[int | sympy.Rational, str]) -> str:
    """Terms in the order given, those with nought left out.

    Args:
        parts: Number and letters of each, such as (3, "x^{2}"); letters may be empty.

    Example:
        >>> terms((3, "x"), (-1, "y"), (0, "z"), (4, ""))
        '3x - y + 4'
    """
    text = ""
    for factor, letters in parts:
        if factor:
            size = "" if abs(factor) == 1 and letters else number(abs(factor))
            sign = ("- " if factor < 0 else "+ ") if text else ("-" if factor < 0 else "")
            text += f"{' ' if text else ''}{sign}{size}{letters}"
    return text or "0"


def quadratic(a: int, b: int, c: int) -> str:
    """A quadratic in x, such as 2x^{2} - x + 3."""
    return terms((a, "x^{2}"), (b, "x"), (c, ""))


def bracket(shift: int | sympy.Rational, letters: str = "x") -> str:
    """A bracket with a letter and a number, only the letter where there is nothing to add.

    Example:
        >>> bracket(3), bracket(-2), bracket(0)
        ('(x + 3)', '(x - 2)', 'x')
    """
    return f"({terms((1, letters), (shift, ''))})" if shift else letters


def held(value: int | sympy.Rational) -> str:
    """A number in brackets where it is negative, as it is put in for a letter."""
    return f"({number(value)})" if value < 0 else number(value)


def plain(latex: str) -> str:
    """A formula as plain text, for answers that are no single number or expression.

    Example:
        >>> plain("(x - 3)^{2} + 2"), plain("x \\\\le -4"), plain("\\\\frac{y - 1}{2}")
        ('(x − 3)² + 2', 'x ≤ −4', '(y − 1)/2')
    """
    text = re.sub(r"\\frac\{(\w+)\}\{(\w+)\}", r"\1/\2", latex)
    text = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"(\1)/\2", text)
    for sign, letter in _POWERS.items():
        text = text.replace(sign, letter)
    return text


def rounded(value: Decimal, places: int) -> str:
    """A decimal with so many places, a 5 going up.

    Example:
        >>> rounded(Decimal("2.345"), 2), rounded(Decimal("-0.70"), 1)
        ('2.35', '-0.7')
    """
    return str(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def fitting(fits: Callable[[sympy.Rational], bool], bottoms: Iterable[int] = (1,)) -> tuple[sympy.Rational, ...]:
    """Every number from -150 to 150 over one of the denominators that fits, smallest first: found by trying them all."""
    tried = {sympy.Rational(top, bottom) for bottom in bottoms for top in range(-150, 151)}
    return tuple(sorted(value for value in tried if fits(value)))


def agrees(expression: Answer, worked: Callable[[sympy.Rational], Answer], letter: sympy.Symbol = X) -> bool:
    """Whether an expression gives what is worked out with numbers, for more numbers than its degree."""
    tried = (sympy.Rational(value) for value in ("9", "11", "-4/3", "2/3", "13", "-17/2"))
    return all(expression.subs(letter, value) == worked(value) for value in tried)


def made(
    topic: str,
    prompt: str,
    answer: Answer,
    steps: Sequence[str],
    wrong: Sequence[tuple[Answer, str]],
    check: Callable[[], Answer | bool],
    shown: str = "",
) -> Question:
    """A question; wrong answers that happen to be right, or the same as one before, are left out.

    Args:
        topic: Id of its topic.
        prompt: What is asked.
        answer: The answer.
        steps: The way to it.
        wrong: Wrong answers, each with what leads there.
        check: The answer found another way.
        shown: The answer as printed, left out: the answer between dollar signs.
    """
    return Question(
        topic=topic,
        prompt=prompt,
        answer=answer,
        shown=shown or f"${tex(answer)}$",
        steps=tuple(steps),
        wrong=told_apart(answer, wrong, _alike),
        check=check,
    )


_SURELY_APART = 1e-6


def _alike(one: Answer, other: Answer) -> bool:
    if isinstance(one, (str, tuple)) or isinstance(other, (str, tuple)):
        return bool(one == other)
    difference = sympy.sympify(one) - sympy.sympify(other)
    # Two that differ do so at nearly every place; only where these do not is the slow way taken.
    somewhere = {
        letter: sympy.Rational(7 + 4 * place, 5)
        for place, letter in enumerate(sorted(difference.free_symbols, key=str))
    }
    if abs(complex(sympy.N(difference.subs(somewhere)))) > _SURELY_APART:
        return False
    return bool(sympy.simplify(difference) == 0)
