"""Questions on estimates by rounding."""

from __future__ import annotations

from random import Random

import sympy

from model.questions.question import Level, Question, generates
from model.questions.written import asked, by, decimal, figures


@generates("estimating")
def estimating(random: Random, level: Level) -> Question:
    """Two factors; a quotient; a quotient by a number below 1, or with a square."""
    a, b = sympy.Rational(random.randint(210, 990), 10), sympy.Rational(random.randint(21, 98), 10)
    c = sympy.Rational(random.choice([each for each in range(18, 58) if each % 10]), by(level, 1, 10, 100))
    one, two, three = (figures(each, 1) for each in (a, b, c))
    square = level is Level.INDEPENDENT and random.random() < 0.4
    if (
        {a, b, c} & {one, two, three}
        or a.q == 1
        or b.q == 1
        or three
        not in by(
            level, {20, 30, 40, 50, 60}, {2, 4, 5}, {sympy.Rational(1, 5), sympy.Rational(1, 2), sympy.Rational(2, 5)}
        )
    ):
        return estimating(random, level)
    answer = one * two if level is Level.WORKED else (two**2 if square else one * two) / three
    if answer.q != 1:
        return estimating(random, level)
    over = f"{decimal(b)}^{{2}}" if square else f"{decimal(a)} \\times {decimal(b)}"
    plain = f"{decimal(two)}^{{2}}" if square else f"{decimal(one)} \\times {decimal(two)}"
    top = two**2 if square else one * two
    if level is Level.WORKED:
        return asked(
            "estimating",
            f"By rounding each number to 1 significant figure, estimate ${over}$",
            answer,
            f"${decimal(a)}$ is about ${decimal(one)}$ and ${decimal(b)}$ is about ${decimal(two)}$",
            f"${plain} = {decimal(answer)}$",
            wrong=[
                (
                    figures(a * b, 2) if figures(a * b, 2) != answer else figures(a * b, 3),
                    "Works out the exact answer and rounds that",
                ),
                (answer / 10, "Drops the nought when rounding"),
            ],
            check=lambda: _leading(a)[0] * _leading(b)[0] * sympy.Integer(10) ** (_leading(a)[1] + _leading(b)[1]),
        )
    return asked(
        "estimating",
        f"By rounding each number to 1 significant figure, estimate $\\frac{{{over}}}{{{decimal(c)}}}$",
        answer,
        f"Rounded: $\\frac{{{plain}}}{{{decimal(three)}}}$",
        f"$= {decimal(top)} \\div {decimal(three)} = {decimal(answer)}$",
        wrong=[
            (top * three, "Multiplies by the denominator instead of dividing"),
            (answer / 10, "Loses a place when dividing"),
            (top, "Rounds the denominator to 1"),
        ],
        check=lambda: (
            (_leading(b) if square else _leading(a))[0]
            * _leading(b)[0]
            * sympy.Integer(10) ** ((_leading(b) if square else _leading(a))[1] + _leading(b)[1] - _leading(c)[1])
            / _leading(c)[0]
        ),
    )


def _leading(value: sympy.Rational) -> tuple[int, int]:
    """First figure, rounded by looking at the second, and its place, read off the digits."""
    text = decimal(value)
    digits = text.replace(".", "").lstrip("0") + "0"
    point = text.index(".") if "." in text else len(text)
    first = next(place for place, sign in enumerate(text.replace(".", "")) if sign != "0")
    return int(digits[0]) + (digits[1] >= "5"), point - 1 - first
