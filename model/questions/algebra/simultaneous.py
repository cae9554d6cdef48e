"""Questions on simultaneous equations, linear and with a curve."""

from __future__ import annotations

from math import gcd
from random import Random

import sympy

from model.questions.algebra.writing import bracket, held, made, quadratic, terms
from model.questions.question import Level, Question, generates


@generates("simultaneous-equations")
def two_unknowns(random: Random, level: Level) -> Question:
    """Two linear equations: subtract or add; then one is multiplied first; then both are, with negative solutions."""
    low = -6 if level is Level.INDEPENDENT else 1
    while True:
        x, y = random.randint(low, 8), random.randint(low, 8)
        a, b, c, d = (random.randint(1, 6) for _ in range(4))
        if level is Level.WORKED:
            d = random.choice((b, -b))
        elif level is Level.FADED:
            b, d = 1, random.choice((1, -1)) * random.randint(2, 4)
        else:
            b, d = random.randint(2, 5), -random.randint(2, 5)
        coprime = gcd(b, d) == 1 and gcd(a, c) < min(a, c) if level is Level.INDEPENDENT else a != c
        plain_numbers = gcd(a, b) == gcd(c, d) == 1 and (level is not Level.WORKED or d < 0 or a > c)
        if coprime and plain_numbers and a * d - b * c and x * y and x != y and min(a * x + b * y, c * x + d * y) > -40:
            break
    p, q = a * x + b * y, c * x + d * y
    one, two = f"{terms((a, 'x'), (b, 'y'))} = {p}", f"{terms((c, 'x'), (d, 'y'))} = {q}"
    times = (1, 1) if level is Level.WORKED else (abs(d) // gcd(b, d), abs(b) // gcd(b, d))
    (a1, b1, p1), (a2, b2, q2) = (tuple(times[0] * k for k in (a, b, p)), tuple(times[1] * k for k in (c, d, q)))
    adds = b1 * b2 < 0
    joined, right = (a1 + a2, p1 + q2) if adds else (a1 - a2, p1 - q2)
    steps = []
    if times != (1, 1):
        steps.append(
            f"Multiply until the numbers before $y$ match: ${terms((a1, 'x'), (b1, 'y'))} = {p1}$ and "
            f"${terms((a2, 'x'), (b2, 'y'))} = {q2}$"
        )
    steps.append(
        f"{'Signs differ, so add' if adds else 'Signs are the same, so subtract'}: ${terms((joined, 'x'))} = {right}$, so $x = {x}$"
    )
    steps.append(
        f"Put ${x}$ for $x$ into the first: ${terms((b, 'y'))} = {p} - {held(a * x)} = {p - a * x}$, so $x = {x}$, $y = {y}$"
    )
    other = (a1 - a2, p1 - q2) if adds else (a1 + a2, p1 + q2)
    slip = sympy.Rational(other[1], other[0]) if other[0] else sympy.Integer(p)
    return made(
        "simultaneous-equations",
        f"Solve the simultaneous equations ${one}$ and ${two}$",
        (sympy.Integer(x), sympy.Integer(y)),
        steps,
        [
            ((slip, (p - a * slip) / sympy.Integer(b)), "Adds where it should subtract, or the other way"),
            ((sympy.Integer(y), sympy.Integer(x)), "Swaps x and y"),
        ],
        lambda: next(
            (i, j) for i in range(-30, 31) for j in range(-30, 31) if a * i + b * j == p and c * i + d * j == q
        ),
        f"$x = {x}$, $y = {y}$",
    )


@generates("non-linear-simultaneous-equations")
def line_and_curve(random: Random, level: Level) -> Question:
    """A line and a parabola; then with a steeper line; then a line and a circle."""
    if level is Level.INDEPENDENT:
        short, long = random.choice(
            ((3, 4), (6, 8), (5, 12), (1, 7), (2, 4), (1, 3), (2, 6), (3, 5), (1, 5), (4, 6), (4, 7))
        )
        one = (random.choice((short, -short)), random.choice((long, -long)))
        one = one if random.random() < 0.5 else (one[1], one[0])
        total, slope = short**2 + long**2, random.choice((1, -1, 2))
        # The line through the first point with this slope meets the circle again at a whole number or is drawn anew.
        end = one[1] - slope * one[0]
        other = sympy.Rational(-2 * slope * end, 1 + slope * slope) - one[0]
        if other.q > 1 or other == one[0] or end == 0:
            return line_and_curve(random, level)
        points = tuple(sorted((x, slope * x + end) for x in (sympy.Integer(one[0]), sympy.Integer(other))))
        a, b, c = 1 + slope * slope, 2 * slope * end, end * end - total
        shared = gcd(gcd(a, b), c)
        curve, line = f"x^{{2}} + y^{{2}} = {total}", f"y = {terms((slope, 'x'), (end, ''))}"
        steps = [
            f"Put the line in: $x^{{2}} + ({terms((slope, 'x'), (end, ''))})^{{2}} = {total}$",
            f"${quadratic(a, b, c)} = 0$",
        ]
        a, b, c = a // shared, b // shared, c // shared
        steps[1] += f", divided by {shared}: ${quadratic(a, b, c)} = 0$" if shared > 1 else ""
    else:
        low, high = sorted(random.sample(range(-5, 6), 2))
        b = 0 if level is Level.WORKED else random.choice((1, -1, 2, -2, 3))
        slope, end = b + low + high, -low * high if level is Level.WORKED else random.randint(-5, 5)
        if slope == 0:
            return line_and_curve(random, level)
        total = end + low * high  # the curve less the line has the two as its roots
        points = tuple((sympy.Integer(x), sympy.Integer(slope * x + end)) for x in (low, high))
        curve, line = f"y = {quadratic(1, b, total)}", f"y = {terms((slope, 'x'), (end, ''))}"
        a = 1
        steps = [f"Both are $y$: ${quadratic(1, b, total)} = {terms((slope, 'x'), (end, ''))}$"]
        steps += [f"${quadratic(1, -low - high, low * high)} = 0$"]

    def fits(x: int, y: int) -> bool:
        on_curve = x * x + y * y == total if level is Level.INDEPENDENT else x * x + b * x + total == y
        return bool(on_curve and y == slope * x + end)

    (x1, y1), (x2, y2) = points
    steps += [f"Factorise: ${_brackets(a, x1, x2)} = 0$, so $x = {x1}$ or $x = {x2}$"]
    steps += [f"Each $y$ from the line: $x = {x1}$, $y = {y1}$ or $x = {x2}$, $y = {y2}$"]
    return made(
        "non-linear-simultaneous-equations",
        f"Solve the simultaneous equations ${curve}$ and ${line}$",
        points,
        steps,
        [
            ((x1, x2), "Stops at the values of x"),
            (((x1, y2), (x2, y1)), "Pairs each x with the other y"),
        ],
        lambda: tuple((x, y) for x in range(-30, 31) for y in range(-90, 91) if fits(x, y)),
        f"$x = {x1}$, $y = {y1}$ or $x = {x2}$, $y = {y2}$",
    )


def _brackets(a: int, one: int, two: int) -> str:
    """A quadratic with these roots in brackets, the number before the square in front."""
    first, second = (two, one) if two == 0 else (one, two)
    return f"{'' if a == 1 else a}{bracket(-first)}{bracket(-second)}"
