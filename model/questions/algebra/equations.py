"""Questions on equations, formulae and inequalities."""

from __future__ import annotations

from random import Random

import sympy

from model.questions.algebra.writing import X, Y, agrees, fitting, held, made, plain, terms
from model.questions.question import Level, Question, generates, number


def _undo(size: int, letters: str = "") -> str:
    term = terms((abs(size), letters))
    return f"Subtract ${term}$ from both sides" if size > 0 else f"Add ${term}$ to both sides"


@generates("equations")
def one_unknown(random: Random, level: Level) -> Question:
    """An unknown on one side: two steps, then with a minus, then with a bracket or a fraction."""
    a, b, x = random.randint(2, 9), random.randint(1, 12), random.randint(2, 10)
    if level is not Level.INDEPENDENT:
        b = b if level is Level.WORKED else -b
        c = a * x + b
        return made(
            "equations",
            f"Solve ${terms((a, 'x'), (b, ''))} = {c}$",
            sympy.Integer(x),
            (f"{_undo(b)}: ${a}x = {c - b}$", f"Divide both sides by {a}: $x = {x}$"),
            [
                (sympy.Rational(c + b, a), "Does the same again where it should be undone"),
                (sympy.Rational(c, a) - b, "Divides only some of the terms"),
            ],
            lambda: fitting(lambda value: sum([value] * a) + b == c, (1, a))[0],
            f"$x = {x}$",
        )
    if random.random() < 0.5:
        x, b = -x, random.choice((1, -1)) * random.randint(1, 8)
        c = a * (x + b)
        return made(
            "equations",
            f"Solve ${a}({terms((1, 'x'), (b, ''))}) = {c}$",
            sympy.Integer(x),
            (f"Divide both sides by {a}: ${terms((1, 'x'), (b, ''))} = {x + b}$", f"{_undo(b)}: $x = {x}$"),
            [
                (sympy.Rational(c - b, a), "Multiplies only the first term of the bracket"),
                (sympy.Integer(x + 2 * b), "Does the same again where it should be undone"),
            ],
            lambda: fitting(lambda value: sum([value + b] * a) == c, (1, a))[0],
            f"$x = {x}$",
        )
    top, c = random.choice((1, -1)) * random.randint(1, 20), random.randint(-9, 9)
    while top % a == 0:
        top += 1
    b = c - top
    value = sympy.Rational(top, a)
    return made(
        "equations",
        f"Solve ${terms((a, 'x'), (b, ''))} = {c}$" if b else f"Solve ${a}x = {c}$",
        value,
        (
            f"{_undo(b)}: ${a}x = {top}$" if b else f"$x$ is {c} divided by {a}",
            f"Divide both sides by {a}: $x = {number(value)}$",
        ),
        [
            (sympy.Rational(a, top), "Divides the wrong way round"),
            (sympy.Rational(c + b, a), "Does the same again where it should be undone"),
        ],
        lambda: fitting(lambda tried: sum([tried] * a) + b == c, (1, a))[0],
        f"$x = {number(value)}$",
    )


@generates("unknowns-on-both-sides")
def two_sided(random: Random, level: Level) -> Question:
    """The unknown on both sides; then with minus signs; then with a bracket and negative solutions."""
    x = random.randint(1, 9) if level is not Level.INDEPENDENT else -random.randint(1, 9)
    a, c = random.sample(range(2, 10), 2)
    a, c = max(a, c), min(a, c)
    b = random.randint(1, 12) * (1 if level is Level.WORKED else random.choice((1, -1)))
    if level is Level.FADED:
        c = random.choice((c, -c))
    left = f"{a}({terms((1, 'x'), (b, ''))})" if level is Level.INDEPENDENT else terms((a, "x"), (b, ""))
    opened = a * b if level is Level.INDEPENDENT else b
    d = (a - c) * x + opened
    steps = (
        [f"Expand: ${terms((a, 'x'), (opened, ''))} = {terms((c, 'x'), (d, ''))}$"]
        if level is Level.INDEPENDENT
        else []
    )
    steps += [f"{_undo(c, 'x')}: ${terms((a - c, 'x'), (opened, ''))} = {d}$"]
    steps += [f"{_undo(opened)}: ${terms((a - c, 'x'))} = {d - opened}$"]
    steps += [f"$x = {x}$"] if a - c > 1 else []
    return made(
        "unknowns-on-both-sides",
        f"Solve ${left} = {terms((c, 'x'), (d, ''))}$",
        sympy.Integer(x),
        steps,
        [
            (sympy.Rational(d - opened, a + c) if a + c else 0, "Carries the unknown over without changing its sign"),
            (sympy.Rational(d + opened, a - c), "Carries the number over without changing its sign"),
            (sympy.Rational(d - b, a - c), "Multiplies only the first term of the bracket"),
        ],
        lambda: fitting(
            lambda value: (a * (value + b) if level is Level.INDEPENDENT else a * value + b) == c * value + d
        )[0],
        f"$x = {x}$",
    )


@generates("forming-equations")
def from_words(random: Random, level: Level) -> Question:
    """Stories that want an equation: a number puzzle, then a rectangle, then angles of a triangle."""
    if level is Level.WORKED:
        a, b, x = random.randint(2, 9), random.randint(1, 12), random.randint(2, 12)
        c = a * x + b
        return made(
            "forming-equations",
            f"I think of a number, multiply it by {a} and add {b}. The result is {c}. What is my number?",
            sympy.Integer(x),
            (f"Let $x$ be my number: ${a}x + {b} = {c}$", f"${a}x = {c - b}$", f"$x = {x}$"),
            [
                (sympy.Rational(c + b, a), "Does the same again where it should be undone"),
                (sympy.Rational(c, a) - b, "Undoes the steps in the wrong order"),
            ],
            lambda: fitting(lambda value: a * value + b == c, (1, a))[0],
            f"${x}$",
        )
    if level is Level.FADED:
        width, more = random.randint(3, 12), random.randint(2, 9)
        around = 2 * (2 * width + more)
        return made(
            "forming-equations",
            f"A rectangle is {more} cm longer than it is wide. Its perimeter is {around} cm. Find its width in cm",
            sympy.Integer(width),
            (
                f"Let $x$ cm be the width: $2x + 2(x + {more}) = {around}$",
                f"$4x + {2 * more} = {around}$, so $4x = {around - 2 * more}$",
                f"$x = {width}$, so the width is ${width}$ cm",
            ),
            [
                (sympy.Rational(around - more, 2), "Counts only two of the four sides"),
                (sympy.Integer(width + more), "Gives the length instead of the width"),
            ],
            lambda: sum(1 for tried in range(1, around) if tried + tried + (tried + more) * 2 <= around),
            f"${width}$",
        )
    while True:
        a, b, more = random.randint(1, 4), random.randint(2, 5), random.choice((5, 10, 15, 20, 24, 30, 36))
        x, left = divmod(180 - more, 1 + a + b)
        if left == 0 and a != b and x + more != b * x:
            break
    angles = (x + more, a * x, b * x)
    largest = max(angles)
    return made(
        "forming-equations",
        f"The angles of a triangle are $x + {more}$, ${terms((a, 'x'))}$ and ${b}x$ degrees. Find the largest angle in degrees",
        sympy.Integer(largest),
        (
            f"Angles of a triangle add up to 180: $x + {more} + {terms((a, 'x'))} + {b}x = 180$",
            f"${1 + a + b}x + {more} = 180$, so $x = {x}$",
            f"The angles are ${angles[0]}$, ${angles[1]}$ and ${angles[2]}$, so the largest is ${largest}$",
        ),
        [
            (sympy.Integer(x), "Gives x where an angle is asked for"),
            (sympy.Integer(min(angles)), "Gives the smallest angle"),
            (sympy.Rational(360 - more, 1 + a + b), "Takes 360 degrees for a triangle"),
        ],
        lambda: next(
            max(tried + more, a * tried, b * tried)
            for tried in range(1, 180)
            if sum((tried + more, a * tried, b * tried)) == 180
        ),
        f"${largest}$",
    )


@generates("rearranging-formulae")
def new_subject(random: Random, level: Level) -> Question:
    """Make x the subject: two steps, then a fraction, then a bracket or a letter that stands twice."""
    a, b, c = random.randint(2, 9), random.randint(1, 9), random.randint(2, 9)
    if level is Level.WORKED:
        answer, formula = (Y - b) / a, f"y = {a}x + {b}"
        steps = (f"Subtract {b}: $y - {b} = {a}x$", f"Divide by {a}: $x = \\frac{{y - {b}}}{{{a}}}$")
        wrong = [
            (Y / a - b, "Divides only one of the terms"),
            ((Y + b) / a, "Does the same again where it should be undone"),
        ]
        return made(
            "rearranging-formulae",
            f"Make $x$ the subject of ${formula}$",
            answer,
            steps,
            wrong,
            lambda: (
                agrees(answer.subs(Y, X), lambda y: sympy.solve(a * X + b - y, X)[0])
                and answer.subs(Y, sum([5] * a) + b) == 5
            ),
            f"$x = \\frac{{y - {b}}}{{{a}}}$",
        )
    if level is Level.FADED:
        answer, formula = a * Y + b, f"y = \\frac{{x - {b}}}{{{a}}}"
        steps = (f"Multiply by {a}: ${a}y = x - {b}$", f"Add {b}: $x = {a}y + {b}$")
        wrong = [
            (a * (Y + b), "Undoes the steps in the wrong order"),
            (a * Y - b, "Does the same again where it should be undone"),
        ]
        return made(
            "rearranging-formulae",
            f"Make $x$ the subject of ${formula}$",
            answer,
            steps,
            wrong,
            lambda: all(answer.subs(Y, sympy.Rational(x - b, a)) == x for x in range(-9, 10)),
            f"$x = {a}y + {b}$",
        )
    a, c = random.sample(range(2, 10), 2)
    answer = (b + c * Y) / (Y - a)
    return made(
        "rearranging-formulae",
        f"Make $x$ the subject of $y = \\frac{{{a}x + {b}}}{{x - {c}}}$",
        answer,
        (
            f"Multiply by the bottom: $y(x - {c}) = {a}x + {b}$, so $xy - {c}y = {a}x + {b}$",
            f"Terms in $x$ on one side: $xy - {a}x = {c}y + {b}$, so $x(y - {a}) = {c}y + {b}$",
            f"Divide by the bracket: $x = \\frac{{{c}y + {b}}}{{y - {a}}}$",
        ),
        [
            ((b - c * Y) / (Y - a), "Carries a term over without changing its sign"),
            ((b + c * Y) / (Y + a), "Carries the term in x over without changing its sign"),
        ],
        lambda: all(answer.subs(Y, sympy.Rational(a * x + b, x - c)) == x for x in range(-9, 10) if x != c),
        f"$x = \\frac{{{c}y + {b}}}{{y - {a}}}$",
    )


_TURNED = {"<": ">", ">": "<", "\\le": "\\ge", "\\ge": "\\le"}


@generates("inequalities")
def solving_inequalities(random: Random, level: Level) -> Question:
    """Two steps; then negative ends and signs with equality; then dividing by a negative number."""
    a, end, b = random.randint(2, 9), random.randint(1, 10), random.randint(1, 12)
    sign = random.choice(("<", ">") if level is Level.WORKED else tuple(_TURNED))
    if level is not Level.WORKED:
        end, b = random.choice((end, -end)), random.choice((b, -b))
    a = -a if level is Level.INDEPENDENT else a
    c = a * end + b
    first, turned = ((b, ""), (a, "x")) if a < 0 else ((a, "x"), (b, "")), _TURNED[sign] if a < 0 else sign
    holds = {"<": lambda p, q: p < q, ">": lambda p, q: p > q, "\\le": lambda p, q: p <= q, "\\ge": lambda p, q: p >= q}
    around = [sympy.Rational(end) + step for step in (-40, -1, sympy.Rational(-1, 3), 0, sympy.Rational(1, 3), 1, 40)]
    return made(
        "inequalities",
        f"Solve ${terms(*first)} {sign} {c}$",
        plain(f"x {turned} {end}"),
        (
            f"{_undo(b)}: ${a}x {sign} {c - b}$",
            f"Divide both sides by ${held(a)}${', so the sign turns' if a < 0 else ''}: $x {turned} {end}$",
        ),
        [
            (
                plain(f"x {sign} {end}" if a < 0 else f"x {_TURNED[sign]} {end}"),
                "Turns the sign when it should stay, or the other way",
            ),
            (plain(f"x = {end}"), "Solves it as an equation and gives one number"),
        ],
        lambda: all(holds[sign](a * tried + b, c) == holds[turned](tried, end) for tried in around),
        f"$x {turned} {end}$",
    )
