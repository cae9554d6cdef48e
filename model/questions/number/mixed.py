"""Questions on mixed numbers."""

from __future__ import annotations

from random import Random

import sympy

from model.questions.number.fractions import upright
from model.questions.question import Level, Question, generates, number
from model.questions.written import asked, by, mixed


@generates("mixed-numbers")
def mixed_numbers(random: Random, level: Level) -> Question:
    """Mixed to improper and back; adding and taking away; multiplying and dividing."""
    whole, other = random.randint(1, by(level, 5, 4, 3)), random.randint(1, by(level, 5, 3, 2))
    b, d = random.randint(2, by(level, 8, 6, 5)), random.randint(2, by(level, 8, 6, 5))
    a, c = random.randint(1, b - 1), random.randint(1, d - 1)
    if sympy.igcd(a, b) > 1 or sympy.igcd(c, d) > 1:
        return mixed_numbers(random, level)
    first, second = whole + sympy.Rational(a, b), other + sympy.Rational(c, d)
    if level is Level.WORKED:
        to_mixed = random.random() < 0.5
        return asked(
            "mixed-numbers",
            f"Write ${number(first)}$ as a mixed number"
            if to_mixed
            else f"Write ${mixed(first)}$ as an improper fraction",
            first,
            f"One whole is ${upright(b, b)}$, so {whole} {'is' if whole == 1 else 'are'} ${upright(whole * b, b)}$",
            f"${number(first)} = {upright(whole * b, b)} + {upright(a, b)} = {mixed(first)}$"
            if to_mixed
            else f"${upright(whole * b, b)} + {upright(a, b)} = {number(first)}$",
            shown=f"${mixed(first) if to_mixed else number(first)}$",
            wrong=[
                (a + sympy.Rational(whole, b), "Swaps the whole number and what is left over")
                if to_mixed
                else (sympy.Rational(whole * a, b), "Multiplies the whole number by the numerator"),
                (whole + sympy.Rational(b, first.p), "Puts the old numerator below")
                if to_mixed
                else (sympy.Rational(whole + a, b), "Adds the whole number to the numerator"),
            ],
            check=lambda: sum([sympy.Integer(1)] * whole) + sum([sympy.Rational(1, b)] * a),
        )
    kind = random.choice(by(level, "", "+-", "*/"))
    if kind in "-/" and first <= second:
        first, second = second, first
    if first == second or (kind in "+-" and b == d) or (kind == "-" and first - second < 1):
        return mixed_numbers(random, level)
    w, v = first.p // first.q, second.p // second.q
    x, y = first - w, second - v
    answer = {"+": first + second, "-": first - second, "*": first * second, "/": first / second}[kind]
    sign = {"*": "\\times", "/": "\\div"}.get(kind, kind)
    if kind in "+-":
        q = int(sympy.ilcm(x.q, y.q))
        tops = int(first * q), int(second * q)
        steps = [
            f"In parts of the same size: ${upright(tops[0], q)} {sign} {upright(tops[1], q)} = {upright(int(answer * q), q)}$"
        ]
        apart = w + v + (x + y) / 2 if kind == "+" else w - v + abs(x - y)
        straight = sympy.Rational(x.p + y.p, x.q + y.q) + w + v if kind == "+" else apart
        slips = [
            (straight, "Adds tops and bottoms" if kind == "+" else "Takes the smaller part from the larger"),
            (
                sympy.Integer(w + v if kind == "+" else w - v) + (0 if kind == "+" else x + y),
                "Leaves the fractions out" if kind == "+" else "Takes the whole numbers away and adds the fractions",
            ),
        ]
    else:
        steps = [f"As improper fractions: ${number(first)} {sign} {number(second)}$"]
        if kind == "/":
            steps.append(f"Turn the second over and multiply: ${number(first)} \\times {upright(second.q, second.p)}$")
        parts = (w * v + x * y) if kind == "*" else sympy.Rational(w, v) + x / y
        slips = [
            (parts, f"{'Multiplies' if kind == '*' else 'Divides'} whole numbers and fractions apart"),
            (
                second / first if kind == "/" else first + second,
                "Turns the first number over" if kind == "/" else "Adds the numbers",
            ),
        ]
    return asked(
        "mixed-numbers",
        f"Work out ${mixed(first)} {sign} {mixed(second)}$ and give your answer as a mixed number in its simplest form",
        answer,
        *steps,
        f"$= {mixed(answer)}$",
        shown=f"${mixed(answer)}$",
        wrong=slips,
        check=lambda: bool(
            {"+": answer - second, "-": answer + second, "*": answer / second, "/": answer * second}[kind] == first
        ),
    )
