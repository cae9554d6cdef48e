"""Questions on the sine rule and the cosine rule."""

from __future__ import annotations

from math import acos, cos, degrees, dist, isqrt, radians, sin, sqrt
from random import Random

import sympy
from sympy import Rational

from model.questions.geometry.figures import angle_at, ask, away, deg, inside
from model.questions.geometry.right_triangles import ratio, to_degrees
from model.questions.question import Level, Question, generates, number
from model.questions.written import decimal, rounded

_TIDY = tuple(
    (a, b, angle, isqrt(square))
    for a in range(3, 41)
    for b in range(a + 1, 41)
    for angle, square in ((60, a * a + b * b - a * b), (120, a * a + b * b + a * b))
    if isqrt(square) ** 2 == square
)
"""Two sides, the angle between them, and the whole third side."""


@generates("sine-and-cosine-rules")
def rules(random: Random, level: Level) -> Question:
    """The cosine rule with a tidy angle, the sine rule for a side, and angles and areas."""
    topic = "sine-and-cosine-rules"
    if level is Level.WORKED:
        b, c, angle, a = random.choice(_TIDY)
        if random.random() < 0.5:
            b, c = c, b
        half = "\\frac{1}{2}" if angle == 60 else "(-\\frac{1}{2})"
        prompt = f"In triangle $ABC$, $AB = {c}$ cm, $AC = {b}$ cm and angle $A$ is {deg(angle)}. Find $BC$."
        product = b * c * (1 if angle == 60 else -1)
        steps = [
            "Two sides and the angle between them: cosine rule, $a^{2} = b^{2} + c^{2} - 2bc \\cos A$",
            f"$a^{{2}} = {b}^{{2}} + {c}^{{2}} - 2 \\times {b} \\times {c} \\times {half}$",
            f"$a^{{2}} = {b * b} + {c * c} {'-' if angle == 60 else '+'} {abs(product)} = {a * a}$",
            f"$a = \\sqrt{{{a * a}}} = {a}$, so $BC = {a}$ cm",
        ]
        wrong = [
            (sympy.sqrt(b * b + c * c), "Uses Pythagoras without a right angle"),
            (sympy.sqrt(b * b + c * c + product), "Adds the last part instead of taking it away"),
            (a * a, "Forgets the square root"),
        ]
        return ask(
            topic,
            prompt,
            a,
            steps,
            wrong,
            lambda: abs(a - dist(away((0, 0), 0, b), away((0, 0), angle, c))) < 1e-6,
            unit=" cm",
        )
    if level is Level.FADED:
        while True:
            one, other = random.randint(28, 95), random.randint(28, 95)
            if one != other and one + other <= 150 and 90 not in (one, other):
                break
        a = random.randint(5, 25)
        answer = rounded(a * ratio("sin", other) / ratio("sin", one), 1)
        prompt = (
            f"In triangle $ABC$, angle $A$ is {deg(one)}, angle $B$ is {deg(other)} and $BC = {a}$ cm. "
            "Find $AC$ to 1 decimal place."
        )
        steps = [
            "$BC$ faces $A$ and $AC$ faces $B$, so use the sine rule",
            f"$\\frac{{b}}{{\\sin {other}\\degree}} = \\frac{{{a}}}{{\\sin {one}\\degree}}$",
            f"$b = \\frac{{{a} \\times \\sin {other}\\degree}}{{\\sin {one}\\degree}}$",
            f"To 1 decimal place: $AC = {decimal(answer, 1)}$ cm",
        ]
        third = 180 - one - other
        wrong = [
            (rounded(a * ratio("sin", one) / ratio("sin", other), 1), "Puts each side with the wrong angle"),
            (rounded(a * ratio("sin", third) / ratio("sin", one), 1), "Finds the third side"),
            (rounded(Rational(a * other, one), 1), "Takes sides to grow evenly with their angles"),
        ]
        # Both ways to the height from C agree.
        return ask(
            topic, prompt, answer, steps, wrong,
            lambda: abs(float(answer) * sin(radians(one)) - a * sin(radians(other))) < 0.051, unit=" cm", places=1,
        )  # fmt: skip
    kind = random.choice(("angle", "area", "sine angle"))
    if kind == "area":
        b, c = random.randint(4, 20), random.randint(4, 20)
        angle = random.choice([size for size in range(25, 155) if size not in (30, 90, 150)])
        answer = rounded(Rational(b * c, 2) * ratio("sin", angle), 1)
        prompt = f"In triangle $ABC$, $AB = {c}$ cm, $AC = {b}$ cm and angle $A$ is {deg(angle)}. Find its area to 1 decimal place."
        steps = [
            "Two sides and the angle between them: $\\frac{1}{2}bc \\sin A$",
            f"$\\frac{{1}}{{2}} \\times {b} \\times {c} \\times \\sin {angle}\\degree$",
            f"To 1 decimal place: ${decimal(answer, 1)}$ cm²",
        ]
        wrong = [
            (rounded(b * c * ratio("sin", angle), 1), "Forgets the half"),
            (Rational(b * c, 2), "Leaves out the sine"),
            (rounded(abs(Rational(b * c, 2) * ratio("cos", angle)), 1), "Uses cosine"),
        ]
        measured = inside([(0, 0), away((0, 0), 0, b), away((0, 0), angle, c)])
        return ask(
            topic, prompt, answer, steps, wrong, lambda: abs(float(answer) - measured) < 0.051, unit=" cm²", places=1
        )
    if kind == "sine angle":
        while True:
            one, a, b = random.randint(35, 110), random.randint(6, 25), random.randint(4, 24)
            share = b * sin(radians(one)) / a
            if b < a and 0.3 < share < 0.95:
                break
        answer = rounded(to_degrees(sympy.asin(b * ratio("sin", one) / a)), 1)
        prompt = f"In triangle $ABC$, angle $A$ is {deg(one)}, $BC = {a}$ cm and $AC = {b}$ cm. Find angle $B$ to 1 decimal place."
        steps = [
            f"$BC$ faces $A$ and $AC$ faces $B$: $\\frac{{\\sin B}}{{{b}}} = \\frac{{\\sin {one}\\degree}}{{{a}}}$",
            f"$\\sin B = \\frac{{{b} \\times \\sin {one}\\degree}}{{{a}}}$",
            f"$B$ faces a shorter side than $A$, so to 1 decimal place it is ${decimal(answer, 1)}\\degree$",
        ]
        wrong = [
            (180 - one - answer, "Gives the third angle"),
            (rounded(Rational(one * b, a), 1), "Takes angles to grow evenly with their sides"),
        ]
        return ask(
            topic, prompt, answer, steps, wrong, lambda: abs(_facing(one, a, b) - float(answer)) < 0.051,
            shown=f"${decimal(answer, 1)}\\degree$",
        )  # fmt: skip
    while True:
        a, b, c = (random.randint(4, 20) for _ in range(3))
        if max(a, b, c) < sum((a, b, c)) - max(a, b, c) - 1 and len({a, b, c}) == 3 and b * b + c * c != a * a:
            break
    share = Rational(b * b + c * c - a * a, 2 * b * c)
    answer = rounded(to_degrees(sympy.acos(share)), 1)
    prompt = f"In triangle $ABC$, $BC = {a}$ cm, $AC = {b}$ cm and $AB = {c}$ cm. Find angle $A$ to 1 decimal place."
    steps = [
        "Three sides: cosine rule, $\\cos A = \\frac{b^{2} + c^{2} - a^{2}}{2bc}$",
        f"$\\cos A = \\frac{{{b * b} + {c * c} - {a * a}}}{{2 \\times {b} \\times {c}}} = {number(share)}$",
        f"To 1 decimal place: $A = {decimal(answer, 1)}\\degree$",
    ]
    others = [Rational(a * a + c * c - b * b, 2 * a * c), Rational(a * a + b * b - c * c, 2 * a * b)]
    wrong = [
        (rounded(to_degrees(sympy.acos(others[0])), 1), "Finds the angle at B"),
        (rounded(to_degrees(sympy.acos(others[1])), 1), "Finds the angle at C"),
    ]
    wrong.append((180 - answer, "Loses the sign of the top"))
    # From coordinates: A at the origin, C on the axis.
    across = (b * b + c * c - a * a) / (2 * b)
    corner = (across, sqrt(c * c - across * across))
    return ask(
        topic, prompt, answer, steps, wrong,
        lambda: abs(float(answer) - angle_at((0, 0), (b, 0), corner)) < 0.051 and abs(dist(corner, (b, 0)) - a) < 1e-6,
        shown=f"${decimal(answer, 1)}\\degree$",
    )  # fmt: skip


def _facing(angle: int, opposite: int, side: int) -> float:
    """The angle at B of a triangle with an angle at A, the side facing it and the longer way round by the third side."""
    along, up = side * cos(radians(angle)), side * sin(radians(angle))
    return degrees(acos(sqrt(opposite * opposite - up * up) / opposite)) if along > -opposite else 0.0
