"""Questions on right-angled triangles: Pythagoras and trigonometry."""

from __future__ import annotations

from math import dist, isqrt
from random import Random

import sympy
from sympy import Rational, sqrt

from model.questions.geometry.figures import angle_at, ask, away, deg, near
from model.questions.question import Answer, Level, Question, generates, number
from model.questions.written import decimal, rounded

_TRIPLES = tuple(
    (a, b, isqrt(a * a + b * b))
    for a in range(3, 49)
    for b in range(a + 1, 61)
    if isqrt(a * a + b * b) ** 2 == a * a + b * b
)


def ratio(name: str, degrees: Answer) -> Answer:
    """The exact sine, cosine or tangent of an angle in degrees.

    Example:
        >>> ratio("sin", 30), ratio("tan", 60)
        (1/2, sqrt(3))
    """
    return getattr(sympy, name)(sympy.pi * degrees / 180)


def to_degrees(angle: Answer) -> Answer:
    """An angle in radians, in degrees."""
    return angle * 180 / sympy.pi


@generates("pythagoras")
def pythagoras(random: Random, level: Level) -> Question:
    """The longest side, a shorter side, and triangles inside other figures."""
    topic = "pythagoras"
    a, b, c = random.choice([triple for triple in _TRIPLES if triple[2] <= 50 or level is not Level.WORKED])
    if random.random() < 0.5:
        a, b = b, a
    if level is Level.WORKED:
        prompt = f"The two shorter sides of a right-angled triangle are ${a}$ cm and ${b}$ cm. Find the longest side."
        steps = [
            "The squares on the two shorter sides together are the square on the longest side",
            f"${a}^{{2}} + {b}^{{2}} = {a * a} + {b * b} = {c * c}$",
            f"$\\sqrt{{{c * c}}} = {c}$, so ${c}$ cm",
        ]
        wrong = [(a + b, "Adds the sides without squaring"), (c * c, "Forgets the square root")]
        return ask(topic, prompt, c, steps, wrong, lambda: near(c, dist((a, 0), (0, b))), unit=" cm")
    if level is Level.FADED and random.random() < 0.6:
        prompt = f"The longest side of a right-angled triangle is ${c}$ cm and one of the others is ${a}$ cm. Find the third side."
        steps = [
            f"The longest side is given, so take squares away: ${c}^{{2}} - {a}^{{2}} = {c * c} - {a * a} = {b * b}$",
            f"$\\sqrt{{{b * b}}} = {b}$, so ${b}$ cm",
        ]
        wrong = [
            (sqrt(c * c + a * a), "Adds the squares although the longest side is given"),
            (c - a, "Takes away without squaring"),
        ]
        return ask(topic, prompt, b, steps, wrong, lambda: near(c, dist((a, 0), (0, b))), unit=" cm")
    if level is Level.FADED:
        wide, high = random.randint(4, 25), random.randint(3, 20)
        square = wide * wide + high * high
        if sqrt(square).is_integer:
            wide, square = wide + 1, (wide + 1) ** 2 + high * high
        answer = rounded(sqrt(square), 1)
        prompt = (
            f"A rectangle is ${wide}$ cm long and ${high}$ cm wide. Find the length of its diagonal to 1 decimal place."
        )
        steps = [
            "The diagonal is the longest side of a right-angled triangle",
            f"${wide}^{{2}} + {high}^{{2}} = {wide**2} + {high**2} = {square}$",
            f"$\\sqrt{{{square}}}$ to 1 decimal place: ${decimal(answer, 1)}$ cm",
        ]
        wrong = [
            (Rational(wide + high), "Adds the sides without squaring"),
            (rounded(sqrt(abs(wide**2 - high**2)), 1), "Takes squares away"),
        ]
        return ask(
            topic,
            prompt,
            answer,
            steps,
            wrong,
            lambda: abs(float(answer) - dist((0, 0), (wide, high))) < 0.051,
            unit=" cm",
            places=1,
        )
    if random.random() < 0.5:
        while True:
            one = (random.randint(-9, 9), random.randint(-9, 9))
            other = (random.randint(-9, 9), random.randint(-9, 9))
            across, up = other[0] - one[0], other[1] - one[1]
            if across and up:
                break
        square = across**2 + up**2
        answer = sqrt(square)
        prompt = f"Find the exact distance between the points $({one[0]}, {one[1]})$ and $({other[0]}, {other[1]})$."
        steps = [
            f"Across: ${abs(across)}$; up or down: ${abs(up)}$",
            f"${abs(across)}^{{2}} + {abs(up)}^{{2}} = {across**2} + {up**2} = {square}$",
            f"Distance: $\\sqrt{{{square}}}$"
            + (f"$ = {number(answer)}$" if number(answer) != f"\\sqrt{{{square}}}" else ""),
        ]
        wrong = [
            (abs(across) + abs(up), "Adds the two ways without squaring"),
            (square, "Forgets the square root"),
            (
                sqrt((one[0] + other[0]) ** 2 + (one[1] + other[1]) ** 2),
                "Adds the coordinates instead of taking them away",
            ),
        ]
        return ask(topic, prompt, answer, steps, wrong, lambda: near(answer, dist(one, other)))
    prompt = f"An isosceles triangle has two sides of ${c}$ cm and a base of ${2 * a}$ cm. Find its height."
    steps = [
        f"The height halves the base: $2 \\times {a} = {2 * a}$, so each half is ${a}$ cm",
        f"${c}^{{2}} - {a}^{{2}} = {c * c} - {a * a} = {b * b}$",
        f"$\\sqrt{{{b * b}}} = {b}$, so ${b}$ cm",
    ]
    wrong = [
        (sqrt(c * c + a * a), "Adds the squares although the longest side is given"),
        (c - a, "Takes away without squaring"),
    ]
    if c > 2 * a:
        wrong.append((sqrt(c * c - 4 * a * a), "Uses the whole base"))
    return ask(
        topic,
        prompt,
        b,
        steps,
        wrong,
        lambda: near(c, dist((0, b), (a, 0))) and near(c, dist((0, b), (-a, 0))),
        unit=" cm",
    )


@generates("trigonometry")
def trigonometry(random: Random, level: Level) -> Question:
    """A side from the longest side; sides with the unknown below; angles."""
    topic = "trigonometry"
    degrees = random.choice([size for size in range(21, 70) if size not in (30, 45, 60)])
    given = random.randint(5, 25)
    corner = away((0, 0), 90 - degrees)  # one unit along the longest side, the angle at the origin
    if level is Level.WORKED:
        side, name = random.choice((("opposite", "sin"), ("adjacent to", "cos")))
        answer = rounded(given * ratio(name, degrees), 1)
        prompt = (
            f"In a right-angled triangle the longest side is ${given}$ cm and one angle is {deg(degrees)}. "
            f"Find the side {side} this angle to 1 decimal place."
        )
        steps = [
            f"The {side.split()[0]} side and the hypotenuse belong to $\\{name}$",
            f"$x = {given} \\times \\{name} {degrees}\\degree$",
            f"To 1 decimal place: $x = {decimal(answer, 1)}$ cm",
        ]
        other = "cos" if name == "sin" else "sin"
        wrong = [
            (rounded(given * ratio(other, degrees), 1), f"Uses {'cosine' if other == 'cos' else 'sine'}"),
            (rounded(given / ratio(name, degrees), 1), "Divides instead of multiplying"),
        ]
        measured = given * corner[1 if name == "sin" else 0]
        return ask(
            topic, prompt, answer, steps, wrong, lambda: abs(float(answer) - measured) < 0.051, unit=" cm", places=1
        )
    if level is Level.FADED:
        kind = random.choice(("hypotenuse by sin", "hypotenuse by cos", "adjacent by tan", "opposite by tan"))
        name = kind.split()[-1]
        have = "adjacent to" if kind in ("hypotenuse by cos", "opposite by tan") else "opposite"
        want = {"h": "the longest side", "a": "the side adjacent to it", "o": "the side opposite it"}[kind[0]]
        multiply = kind[0] == "o"
        factor = ratio(name, degrees)
        answer = rounded(given * factor if multiply else given / factor, 1)
        prompt = (
            f"In a right-angled triangle one angle is {deg(degrees)}, and the side {have} it, not the longest side, is "
            f"${given}$ cm long. "
            f"Find {want} to 1 decimal place."
        )
        top, below = ("x", str(given)) if multiply else (str(given), "x")
        work = (
            f"{given} \\times \\{name} {degrees}\\degree"
            if multiply
            else f"\\frac{{{given}}}{{\\{name} {degrees}\\degree}}"
        )
        steps = [
            f"$\\{name} {degrees}\\degree = \\frac{{{top}}}{{{below}}}$",
            f"$x = {work}$",
            f"To 1 decimal place: $x = {decimal(answer, 1)}$ cm",
        ]
        slip = given / factor if multiply else given * factor
        other = "cos" if name == "sin" else "sin"
        wrong = [
            (
                rounded(slip, 1),
                "Divides instead of multiplying" if multiply else "Multiplies although the unknown is underneath",
            ),
            (rounded(given / ratio(other, degrees), 1), f"Uses {'cosine' if other == 'cos' else 'sine'}"),
        ]
        sides = {"h": 1.0, "a": corner[0], "o": corner[1]}
        measured = given * sides[kind[0]] / sides[have[0]]
        return ask(
            topic, prompt, answer, steps, wrong, lambda: abs(float(answer) - measured) < 0.051, unit=" cm", places=1
        )
    name = random.choice(("sin", "cos", "tan"))
    while True:
        one, other_side = random.randint(3, 24), random.randint(5, 30)
        share = Rational(one, other_side)
        if Rational(1, 4) < share < (Rational(19, 20) if name != "tan" else 3) and share not in (Rational(1, 2), 1):
            break
    answer = rounded(to_degrees(getattr(sympy, f"a{name}")(share)), 1)
    sides_given = {
        "sin": f"the longest side is ${other_side}$ cm and the side opposite angle $A$ is ${one}$ cm",
        "cos": f"the longest side is ${other_side}$ cm and the side adjacent to angle $A$ is ${one}$ cm",
        "tan": f"the side opposite angle $A$ is ${one}$ cm and the shorter side adjacent to it is ${other_side}$ cm",
    }
    prompt = f"In a right-angled triangle {sides_given[name].replace('shorter side', 'side')}. Find angle $A$ to 1 decimal place."
    if name == "tan":
        prompt = prompt.replace("adjacent to it is", "adjacent to it, not the longest side, is")
    steps = [
        f"$\\{name} A = \\frac{{{one}}}{{{other_side}}}$",
        f"$A = \\{name}^{{-1}} \\frac{{{one}}}{{{other_side}}}$",
        f"To 1 decimal place: $A = {decimal(answer, 1)}\\degree$",
    ]
    if name == "tan":
        wrong = [(rounded(to_degrees(sympy.atan(1 / share)), 1), "Turns the fraction upside down")]
    else:
        wrong = [
            (
                rounded(90 - to_degrees(getattr(sympy, f"a{name}")(share)), 1),
                f"Uses {'cosine' if name == 'sin' else 'sine'}",
            )
        ]
    wrong.append(
        (
            rounded(to_degrees(sympy.atan(share)), 1) if name != "tan" else rounded(share, 1),
            "Uses tangent" if name != "tan" else "Gives the tangent, not the angle",
        )
    )
    third = {
        "tan": (other_side, one),
        "sin": (float(sqrt(abs(other_side**2 - one**2))), one),
        "cos": (one, float(sqrt(abs(other_side**2 - one**2)))),
    }[name]
    return ask(
        topic, prompt, answer, steps, wrong, lambda: abs(float(answer) - angle_at((0, 0), (1, 0), third)) < 0.051,
        shown=f"${decimal(answer, 1)}\\degree$",
    )  # fmt: skip
