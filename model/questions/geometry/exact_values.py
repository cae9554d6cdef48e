"""Questions on exact values of sine, cosine and tangent."""

from __future__ import annotations

from random import Random

import sympy
from sympy import Rational, sqrt

from model.questions.geometry.figures import ask, away, deg
from model.questions.geometry.right_triangles import ratio
from model.questions.question import Level, Question, generates, number

_VALUES = [
    (name, size) for name in ("sin", "cos", "tan") for size in (0, 30, 45, 60, 90) if (name, size) != ("tan", 90)
]
_FROM = {
    0: "a triangle that has been pressed flat",
    30: "half of an equilateral triangle with sides of 2",
    45: "half of a square with sides of 1",
    60: "half of an equilateral triangle with sides of 2",
    90: "a triangle that has been stood up straight",
}


def _cut(name: str, size: int) -> float:
    """The ratio measured in the figure, without the tables."""
    across, up = away((0, 0), 90 - size)
    return {"sin": up, "cos": across, "tan": up / across if across else 0.0}[name]


@generates("exact-trigonometric-values")
def exact(random: Random, level: Level) -> Question:
    """Values by heart, sides without a calculator, and sums and products of values."""
    topic = "exact-trigonometric-values"
    name, size = random.choice(_VALUES)
    swap = {"sin": "cos", "cos": "sin", "tan": "sin"}
    if level is Level.WORKED:
        value = ratio(name, size)
        if size in (30, 45, 60) and random.random() < 0.5:
            prompt = (
                f"$\\theta$ is between $0\\degree$ and $90\\degree$, and $\\{name} \\theta = {number(value)}$. "
                "Find $\\theta$ without a calculator."
            )
            steps = [
                f"Read it off {_FROM[size]}",
                f"$\\{name} {size}\\degree = {number(value)}$, so $\\theta = {size}\\degree$",
            ]
            wrong = [
                (90 - size if size != 45 else 60, "Mixes up the values of two angles"),
                (90, "Takes the largest angle"),
            ]
            return ask(
                topic,
                prompt,
                size,
                steps,
                wrong,
                lambda: next(n for n in (0, 30, 45, 60, 89) if abs(_cut(name, n) - float(value)) < 1e-9),
                shown=deg(size),
            )
        prompt = f"Write down the exact value of $\\{name} {size}\\degree$."
        steps = [f"Read it off {_FROM[size]}", f"$\\{name} {size}\\degree = {number(value)}$"]
        wrong = [
            (ratio(swap[name], size), f"Gives the {'cosine' if swap[name] == 'cos' else 'sine'}"),
            (Rational(size, 90), "Takes the value to grow evenly with the angle"),
            (Rational(1) if size == 0 and name != "cos" else Rational(size, 60), "Takes the value of another angle"),
        ]
        return ask(topic, prompt, value, steps, wrong, lambda: abs(_cut(name, size) - float(value)) < 1e-9)
    if level is Level.FADED:
        size, name = random.choice((30, 45, 60)), random.choice(("sin", "cos", "tan"))
        given = random.randint(2, 20) * random.choice((1, 2))
        value = ratio(name, size)
        answer = given * value
        have, want = {
            "sin": ("the longest side", "opposite"),
            "cos": ("the longest side", "adjacent to"),
            "tan": ("the side adjacent to this angle, not the longest,", "opposite"),
        }[name]
        prompt = (
            f"In a right-angled triangle one angle is {deg(size)} and {have} is ${given}$ cm. "
            f"Find the exact length of the side {want} this angle."
        )
        steps = [
            f"$\\{name} {size}\\degree = {number(value)}$",
            f"$x = {given} \\times {number(value)} = {number(answer)}$ cm"
            if value != 1
            else f"$x = {given} \\times 1 = {given}$ cm",
        ]
        other = ratio(name, 90 - size)
        wrong = [
            (given * other, f"Uses the value for {90 - size} degrees"),
            (given / value, "Divides instead of multiplying"),
        ]
        if size == 45:
            wrong = [
                (Rational(given, 2), "Takes the ratio to be a half"),
                (given * sqrt(2), "Divides instead of multiplying"),
            ]
        return ask(
            topic,
            prompt,
            answer,
            steps,
            wrong,
            lambda: abs(given * _cut(name, size) - float(answer)) < 1e-9,
            unit=" cm",
        )
    while True:
        (one, first), (other_name, second) = random.sample([each for each in _VALUES if each[1] not in (0, 90)], 2)
        times, sign = random.choice((1, 2, 4, 6)), random.choice("+-*")
        left, right = times * ratio(one, first), ratio(other_name, second)
        answer = sympy.nsimplify(
            sympy.expand(left * right if sign == "*" else left + right if sign == "+" else left - right)
        )
        if answer != 0:
            break
    lead = f"{times} \\" if times > 1 else "\\"
    shown_sign = "\\times" if sign == "*" else sign
    prompt = f"Find the exact value of ${lead}{one} {first}\\degree {shown_sign} \\{other_name} {second}\\degree$."
    front = f"{times} \\times " if times > 1 else ""
    steps = [
        f"$\\{one} {first}\\degree = {number(ratio(one, first))}$ and $\\{other_name} {second}\\degree = {number(right)}$",
        f"${front}{number(ratio(one, first))} {shown_sign} {number(right)} = {number(answer)}$",
    ]
    swapped = times * ratio(one, 90 - first) if first != 45 else times * Rational(1, 2)
    slip = swapped * right if sign == "*" else swapped + right if sign == "+" else swapped - right
    renamed = times * ratio(swap[one], first)
    slips = [
        (slip, "Mixes up the values of two angles"),
        (
            renamed * right if sign == "*" else renamed + right if sign == "+" else renamed - right,
            "Uses the wrong ratio",
        ),
        (left / times * right if sign == "*" else left / times + right, "Leaves out the number in front"),
    ]
    wrong = [(sympy.nsimplify(sympy.expand(value)), why) for value, why in slips]
    measured = times * _cut(one, first)
    other_measured = _cut(other_name, second)
    total = (
        measured * other_measured if sign == "*" else measured + (other_measured if sign == "+" else -other_measured)
    )
    return ask(topic, prompt, answer, steps, wrong, lambda: abs(total - float(answer)) < 1e-9)
