"""Questions on coordinates and straight lines."""

from __future__ import annotations

from math import gcd
from random import Random

import sympy

from model.questions.algebra.writing import X, fitting, held, made, terms, tex
from model.questions.question import Level, Question, generates, number


def _side(random: Random, level: Level, largest: int) -> int:
    """A number above 0 for worked examples, of either sign after that."""
    size = random.randint(1, largest)
    return size if level is Level.WORKED else random.choice((size, -size))


def _over(top: str, bottom: str) -> str:
    return f"\\frac{{{top}}}{{{bottom}}}"


def _as_far_from(one: int, other: int) -> sympy.Rational:
    return fitting(lambda value: value - one == other - value)[0]


def _end(one: int, middle: int) -> sympy.Rational:
    return fitting(lambda value: value - middle == middle - one)[0]


@generates("coordinates")
def midpoints(random: Random, level: Level) -> Question:
    """The midpoint of two points; then with negative numbers; then an end, from the other and the midpoint."""
    one = (_side(random, level, 9), _side(random, level, 9))
    half = (
        random.choice((1, 2, 3, 4)),
        random.choice((1, 2, 3, 4) if level is Level.WORKED else (-4, -3, -2, -1, 1, 2, 3, 4)),
    )
    middle = (one[0] + half[0], one[1] + half[1])
    other = (middle[0] + half[0], middle[1] + half[1])
    a, b, m = (f"({point[0]}, {point[1]})" for point in (one, other, middle))
    if level is Level.INDEPENDENT:
        halves = tuple(sympy.Rational(p + q, 2) for p, q in zip(one, middle, strict=True))
        return made(
            "coordinates",
            f"$A$ is ${a}$ and the midpoint of $AB$ is ${m}$. Find the coordinates of $B$",
            tuple(map(sympy.Integer, other)),
            (
                f"From $A$ to the midpoint: ${half[0]}$ along and ${half[1]}$ up",
                f"The same again from the midpoint: $({middle[0]} + {held(half[0])}, {middle[1]} + {held(half[1])}) = {b}$",
            ),
            [
                (halves, "Finds the midpoint of the two points given"),
                (tuple(map(sympy.Integer, half)), "Stops at the distance along and up"),
            ],
            lambda: tuple(_end(p, q) for p, q in zip(one, middle, strict=True)),
            f"${b}$",
        )
    return made(
        "coordinates",
        f"Find the midpoint of the line from ${a}$ to ${b}$",
        tuple(map(sympy.Integer, middle)),
        (
            f"Halfway along: ${_over(f'{one[0]} + {held(other[0])}', '2')} = {middle[0]}$",
            f"Halfway up: ${_over(f'{one[1]} + {held(other[1])}', '2')} = {middle[1]}$, so the midpoint is ${m}$",
        ),
        [
            (tuple(map(sympy.Integer, half)), "Halves the distance and forgets where it starts"),
            (tuple(sympy.Integer(p + q) for p, q in zip(one, other, strict=True)), "Adds and does not halve"),
            (tuple(map(sympy.Integer, reversed(middle))), "Gives up before along"),
        ],
        lambda: tuple(_as_far_from(p, q) for p, q in zip(one, other, strict=True)),
        f"${m}$",
    )


@generates("straight-lines")
def equations_of_lines(random: Random, level: Level) -> Question:
    """The equation of a line: from gradient and where it crosses, from gradient and a point, from two points."""
    m, c = _side(random, level, 6), _side(random, level, 9)
    while m == c or (m == 1 and level is Level.WORKED):
        m, c = _side(random, level, 6), _side(random, level, 9)
    p, q = random.sample([size for size in range(-4, 7) if size], 2)
    answer = m * X + c
    right = f"y = {terms((m, 'x'), (c, ''))}"
    if level is Level.WORKED:
        prompt = f"Write down the equation of the line with gradient ${m}$ that crosses the $y$-axis at $(0, {c})$"
        steps = ["In $y = mx + c$, $m$ is the gradient and $c$ is where the line crosses the $y$-axis", f"${right}$"]
        wrong = [(c * X + m, "Swaps gradient and intercept"), (m * X - c, "Gives the intercept the wrong sign")]
    elif level is Level.FADED:
        prompt = f"Find the equation of the line with gradient ${m}$ that passes through $({p}, {m * p + c})$"
        steps = [
            f"$y = {terms((m, 'x'))} + c$, and the point fits: ${m * p + c} = {m} \\times {held(p)} + c$",
            f"$c = {m * p + c} - {held(m * p)} = {c}$, so ${right}$",
        ]
        wrong = [
            (m * X + m * p + c, "Takes the height of the point for the intercept"),
            (m * X - c, "Gives the intercept the wrong sign"),
        ]
    else:
        low, high = sorted((p, q))
        prompt = f"Find the equation of the line through $({low}, {m * low + c})$ and $({high}, {m * high + c})$"
        rise, along = m * (high - low), high - low
        steps = [
            f"Gradient: ${_over(str(rise), str(along))} = {m}$",
            f"The first point fits $y = {terms((m, 'x'))} + c$: ${m * low + c} = {m * low} + c$, so $c = {c}$",
            f"${right}$",
        ]
        wrong = [
            (X / sympy.Integer(m) + (m * low + c - sympy.Rational(low, m)), "Divides along by up for the gradient"),
            (m * X + m * low + c, "Takes the height of the point for the intercept"),
        ]

    def walked() -> bool:  # from the point, a step of 1 at a time to the y-axis
        height = m * p + c
        for _ in range(abs(p)):
            height += -m if p > 0 else m
        return bool(answer.subs(X, 0) == height and answer.subs(X, 1) - height == m)

    return made("straight-lines", prompt, answer, steps, wrong, walked, f"${right}$")


@generates("gradient")
def from_two_points(random: Random, level: Level) -> Question:
    """The gradient of the line through two points: rising, falling, then a fraction."""
    along = random.randint(2, 6)
    rise = random.randint(2, 5) * along if level is not Level.INDEPENDENT else random.randint(1, 9)
    while level is Level.INDEPENDENT and rise % along == 0:
        rise = random.randint(1, 9)
    rise = -rise if level is Level.FADED or (level is Level.INDEPENDENT and random.random() < 0.5) else rise
    x, y = (
        (random.randint(0, 5), random.randint(0, 5))
        if level is Level.WORKED
        else (random.randint(-6, 4), random.randint(-5, 9))
    )
    answer = sympy.Rational(rise, along)
    return made(
        "gradient",
        f"Find the gradient of the line through $({x}, {y})$ and $({x + along}, {y + rise})$",
        answer,
        (
            f"Change in $x$: ${x + along} - {held(x)} = {along}$, change in $y$: ${y + rise} - {held(y)} = {rise}$",
            f"Gradient: ${_over(str(rise), str(along))}{f' = {number(answer)}' if gcd(rise, along) > 1 else ''}$",
        ),
        [
            (sympy.Rational(along, rise), "Divides along by up"),
            (-answer, "Subtracts in two different orders"),
            (sympy.Integer(rise), "Gives only how far up"),
        ],
        lambda: fitting(lambda each: y + sum([each] * along) == y + rise, (1, along))[0],
    )


@generates("parallel-and-perpendicular-lines")
def turned_lines(random: Random, level: Level) -> Question:
    """A parallel line, then a perpendicular gradient, then the perpendicular line through a point."""
    m, c = _side(random, level, 5), random.choice([size for size in range(-7, 8) if size])
    while abs(m) == 1:
        m = _side(random, level, 5)
    given = f"y = {terms((m, 'x'), (c, ''))}"
    if level is Level.WORKED:
        p, q = random.randint(1, 5), random.randint(1, 9)
        end = q - m * p
        while end == c or end == 0:
            q += 1
            end = q - m * p
        return made(
            "parallel-and-perpendicular-lines",
            f"Find the equation of the line parallel to ${given}$ through $({p}, {q})$",
            m * X + end,
            (
                f"Parallel lines have the same gradient: $y = {m}x + c$",
                f"The point fits: ${q} = {m} \\times {p} + c$, so $c = {end}$",
                f"$y = {terms((m, 'x'), (end, ''))}$",
            ),
            [
                (m * X + q, "Takes the height of the point for the intercept"),
                (-m * X + q + m * p, "Gives a parallel line the opposite gradient"),
            ],
            # Two points of each line, the same step apart.
            lambda: (
                (m * X + end).subs(X, p) == q and (m * (p + 1) + c) - (m * p + c) == (m * X + end).subs(X, p + 1) - q
            ),
            f"$y = {terms((m, 'x'), (end, ''))}$",
        )
    if level is Level.FADED:
        below = random.choice([size for size in (1, 2, 3, 4, 5, 7) if gcd(size, m) == 1])
        slope = sympy.Rational(m, below)
        answer = -1 / slope
        return made(
            "parallel-and-perpendicular-lines",
            f"Find the gradient of a line perpendicular to $y = {tex(slope * X + c)}$",
            answer,
            (
                f"The gradient of the line is ${number(slope)}$",
                f"Turn it upside down and change its sign: ${number(answer)}$",
                f"Check: ${number(slope)} \\times {held(answer)} = -1$, so the gradient is ${number(answer)}$",
            ),
            [
                (-slope, "Only changes the sign"),
                (1 / slope, "Only turns it upside down"),
            ],
            # Along and up turned by 90 degrees: the two directions have nothing in common.
            lambda: below * answer.q + m * answer.p == 0,
        )
    k, end = random.choice((1, -1, 2, -2)), random.randint(-6, 6)
    p, q = m * k, end - k
    answer = -X / m + end
    slope = sympy.Rational(-1, m)
    return made(
        "parallel-and-perpendicular-lines",
        f"Find the equation of the line perpendicular to ${given}$ through $({p}, {q})$",
        answer,
        (
            f"The gradients multiply to $-1$, so the gradient is ${number(slope)}$",
            f"The point fits $y = {tex(slope * X)} + c$: ${q} = {-k} + c$, so $c = {end}$",
            f"$y = {tex(answer)}$",
        ),
        [
            (m * X + q - m * p, "Takes the parallel line"),
            (-m * X + q + m * p, "Only changes the sign of the gradient"),
            (X / m + q - k, "Only turns the gradient upside down"),
        ],
        lambda: answer.subs(X, p) == q and 1 + m * (answer.subs(X, p + 1) - q) == 0,
        f"$y = {tex(answer)}$",
    )
