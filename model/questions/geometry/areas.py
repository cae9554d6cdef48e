"""Questions on areas of shapes with straight sides, and the way round them."""

from __future__ import annotations

from random import Random

import sympy
from sympy import Rational

from model.questions.geometry.figures import Point, around, ask, inside, near
from model.questions.question import Level, Question, generates
from model.questions.written import decimal


@generates("area-and-perimeter")
def rectangles(random: Random, level: Level) -> Question:
    """Rectangles, back from one measure to the other, and rectangles without a corner."""
    topic = "area-and-perimeter"
    a, b = sorted(random.sample(range(2, 13), 2))
    area, edge, for_area = a * b, 2 * (a + b), random.random() < 0.5
    if level is Level.WORKED:
        prompt = f"A rectangle is ${b}$ cm long and ${a}$ cm wide. Find its {'area' if for_area else 'perimeter'}."
        if for_area:
            steps = [
                "The area is what covers the rectangle: length times width",
                f"${b} \\times {a} = {area}$, so ${area}$ cm²",
            ]
            wrong = [(edge, "Gives the perimeter"), (a + b, "Adds the two sides")]
            return ask(
                topic,
                prompt,
                area,
                steps,
                wrong,
                lambda: len({(x, y) for x in range(a) for y in range(b)}),
                unit=" cm²",
            )
        steps = ["The perimeter is the way round all four sides", f"${b} + {a} + {b} + {a} = {edge}$, so ${edge}$ cm"]
        wrong = [(area, "Gives the area"), (a + b, "Adds only two of the four sides")]
        return ask(
            topic, prompt, edge, steps, wrong, lambda: near(edge, around([(0, 0), (a, 0), (a, b), (0, b)])), unit=" cm"
        )
    if level is Level.FADED and for_area:
        prompt = f"The perimeter of a rectangle is ${edge}$ cm. One side is ${a}$ cm. Find its area."
        steps = [
            f"Two neighbouring sides together: ${edge} \\div 2 = {a + b}$ cm",
            f"The other side: ${a + b} - {a} = {b}$ cm",
            f"Area: ${a} \\times {b} = {area}$ cm²",
        ]
        wrong = [(2 * area, "Does not halve the perimeter"), (a * edge, "Takes the perimeter for the other side")]
        found = [a * other for other in range(1, edge) if a + other + a + other == edge]
        return ask(topic, prompt, area, steps, wrong, lambda: found[0], unit=" cm²")
    if level is Level.FADED:
        prompt = f"The area of a rectangle is ${area}$ cm². One side is ${a}$ cm. Find its perimeter."
        steps = [f"The other side: ${area} \\div {a} = {b}$ cm", f"Perimeter: $2 \\times ({a} + {b}) = {edge}$ cm"]
        wrong = [(a + b, "Adds only two of the four sides"), (2 * (a + area), "Takes the area for the other side")]
        found = [a + other + a + other for other in range(1, area + 1) if a * other == area]
        return ask(topic, prompt, edge, steps, wrong, lambda: found[0], unit=" cm")
    long, high = random.sample(range(6, 15), 2)
    w, h = random.randint(2, long - 2), random.randint(2, high - 2)
    prompt = (
        f"From one corner of a rectangle ${long}$ cm by ${high}$ cm, a rectangle is cut away that is ${w}$ cm long, along the "
        f"${long}$ cm side, and ${h}$ cm wide. Find the {'area' if for_area else 'perimeter'} of the shape that is left."
    )
    corners: list[Point] = [(0, 0), (long, 0), (long, high - h), (long - w, high - h), (long - w, high), (0, high)]
    if for_area:
        left = long * high - w * h
        steps = [
            f"Whole rectangle: ${long} \\times {high} = {long * high}$ cm²",
            f"Cut away: ${w} \\times {h} = {w * h}$ cm²",
            f"Left: ${long * high} - {w * h} = {left}$ cm²",
        ]
        wrong = [
            (long * high - w - h, "Takes off the sides of the cut, not its area"),
            (long * high, "Forgets the cut"),
        ]
        return ask(topic, prompt, left, steps, wrong, lambda: near(left, inside(corners)), unit=" cm²")
    whole = 2 * (long + high)
    steps = [
        "The two new edges are as long as the two pieces of edge that went, so the way round stays the same",
        f"$2 \\times ({long} + {high}) = {whole}$, so ${whole}$ cm",
    ]
    wrong = [
        (whole - w - h, "Leaves out the two new edges"),
        (whole - 2 * (w + h), "Takes off the perimeter of the cut"),
    ]
    return ask(topic, prompt, whole, steps, wrong, lambda: near(whole, around(corners)), unit=" cm")


_RIGHT = (
    (3, 4, 5),
    (6, 8, 10),
    (5, 12, 13),
    (9, 12, 15),
    (8, 15, 17),
    (12, 16, 20),
    (7, 24, 25),
    (10, 24, 26),
    (20, 21, 29),
)


def _of_sides(*sides: int) -> sympy.Expr:
    """The area of a triangle from its three sides alone, Heron's way."""
    half = Rational(sum(sides), 2)
    return sympy.sqrt(half * sympy.prod(half - side for side in sides))


_UNEVEN = ((13, 15, 14, 12), (10, 17, 21, 8), (17, 25, 28, 15), (13, 20, 21, 12), (15, 20, 25, 12), (25, 29, 36, 20))


@generates("area-of-triangles")
def triangles(random: Random, level: Level) -> Question:
    """Base and height; the height among sides; back to a length."""
    topic = "area-of-triangles"
    if level is Level.WORKED:
        base, height = random.randint(3, 14), random.randint(3, 12)
        if base * height % 2:
            base += 1
        top = random.randint(0, base)
        area = Rational(base * height, 2)
        prompt = f"A triangle has a base of ${base}$ cm and a height of ${height}$ cm. Find its area."
        wrong = [(base * height, "Forgets the half"), (Rational(base + height), "Adds base and height")]
        steps = [
            "Half of base times height",
            f"$\\frac{{1}}{{2}} \\times {base} \\times {height} = {area}$, so ${area}$ cm²",
        ]
        check = lambda: near(area, inside([(0, 0), (base, 0), (top, height)]))  # noqa: E731
        return ask(topic, prompt, area, steps, wrong, check, unit=" cm²")
    if level is Level.FADED and random.random() < 0.5:
        times = random.choice((1, 2)) if random.random() < 0.5 else 1
        a, b, c = (side * times for side in random.choice(_RIGHT))
        area = Rational(a * b, 2)
        sides = [f"${side}$ cm" for side in random.sample((a, b, c), 3)]
        prompt = f"The sides of a right-angled triangle are {sides[0]}, {sides[1]} and {sides[2]}. Find its area."
        steps = [
            f"The right angle lies between the two shorter sides, ${a}$ cm and ${b}$ cm",
            f"$\\frac{{1}}{{2}} \\times {a} \\times {b} = {area}$, so ${area}$ cm²",
        ]
        wrong = [(Rational(b * c, 2), "Takes the longest side for a height"), (a * b, "Forgets the half")]
        return ask(
            topic,
            prompt,
            area,
            steps,
            wrong,
            lambda: _of_sides(a, b, c),
            unit=" cm²",
        )
    if level is Level.FADED:
        times = random.choice((1, 1, 2, 3))
        one, other, base, height = (length * times for length in random.choice(_UNEVEN))
        area = Rational(base * height, 2)
        prompt = (
            f"The sides of a triangle are ${one}$ cm, ${other}$ cm and ${base}$ cm. Its height above the side of ${base}$ cm is "
            f"${height}$ cm. Find its area."
        )
        steps = [
            f"The height of ${height}$ cm stands on the side of ${base}$ cm",
            f"$\\frac{{1}}{{2}} \\times {base} \\times {height} = {area}$, so ${area}$ cm²",
        ]
        wrong = [
            (Rational(one * other, 2), "Multiplies two sides that need not meet at a right angle"),
            (base * height, "Forgets the half"),
        ]
        return ask(
            topic,
            prompt,
            area,
            steps,
            wrong,
            lambda: _of_sides(one, other, base),
            unit=" cm²",
        )
    base, height = random.randint(4, 15), Rational(random.randint(7, 24), 2)
    area = base * height / 2
    prompt = f"The area of a triangle is ${decimal(area)}$ cm² and its base is ${base}$ cm. Find its height."
    steps = [
        f"Twice the area is base times height: $2 \\times {decimal(area)} = {decimal(2 * area)}$",
        f"Height: ${decimal(2 * area)} \\div {base} = {decimal(height)}$ cm",
    ]
    wrong = [(height / 2, "Forgets to double the area"), (2 * height, "Doubles twice")]
    check = lambda: near(area, inside([(0, 0), (base, 0), (1, float(height))]))  # noqa: E731
    return ask(topic, prompt, height, steps, wrong, check, unit=" cm", shown=f"${decimal(height)}$ cm")


@generates("area-of-parallelograms-and-trapeziums")
def slanted(random: Random, level: Level) -> Question:
    """Parallelograms with the slope given, trapeziums, and back from a trapezium's area."""
    topic = "area-of-parallelograms-and-trapeziums"
    shift, height, slope = random.choice(
        ((3, 4, 5), (4, 3, 5), (6, 8, 10), (8, 6, 10), (5, 12, 13), (12, 5, 13), (9, 12, 15))
    )
    if level is Level.WORKED:
        base = random.randint(6, 20)
        area = base * height
        prompt = (
            f"The base of a parallelogram is ${base}$ cm, its slanted sides are ${slope}$ cm and its height is ${height}$ cm. "
            "Find its area."
        )
        steps = [
            "Base times height; the slanted side is not needed",
            f"${base} \\times {height} = {area}$, so ${area}$ cm²",
        ]
        wrong = [(base * slope, "Multiplies the two sides"), (Rational(area, 2), "Halves as for a triangle")]
        corners: list[Point] = [(0, 0), (base, 0), (base + shift, height), (shift, height)]
        return ask(topic, prompt, area, steps, wrong, lambda: near(area, inside(corners)), unit=" cm²")
    a, b = sorted(random.sample(range(3, 16), 2))
    high = random.randint(3, 12)
    if level is Level.FADED:
        b += (a + b) * high % 2
        area = (a + b) * high // 2
        prompt = (
            f"The parallel sides of a trapezium are ${a}$ cm and ${b}$ cm long and ${high}$ cm apart. Find its area."
        )
        steps = [
            f"The parallel sides together: ${a} + {b} = {a + b}$ cm",
            f"$\\frac{{1}}{{2}} \\times {a + b} \\times {high} = {area}$, so ${area}$ cm²",
        ]
        wrong = [
            ((a + b) * high, "Forgets the half"),
            (b * high, "Multiplies only one of the parallel sides by the height"),
        ]
        return ask(topic, prompt, area, steps, wrong, lambda: a * high + Rational((b - a) * high, 2), unit=" cm²")
    area = Rational((a + b) * high, 2)
    if random.random() < 0.5:
        prompt = (
            f"The area of a trapezium is ${decimal(area)}$ cm². Its parallel sides are ${a}$ cm and ${b}$ cm long. "
            "How far apart are they?"
        )
        steps = [
            f"Twice the area: ${2 * area}$",
            f"The parallel sides together: ${a + b}$",
            f"${2 * area} \\div {a + b} = {high}$, so ${high}$ cm",
        ]
        wrong = [
            (Rational(high, 2), "Forgets to double the area"),
            (area / b, "Divides by only one of the parallel sides"),
        ]
        return ask(
            topic,
            prompt,
            high,
            steps,
            wrong,
            lambda: near(area, inside([(0, 0), (b, 0), (a, high), (0, high)])),
            unit=" cm",
        )
    prompt = (
        f"The area of a trapezium is ${decimal(area)}$ cm². Its parallel sides are ${high}$ cm apart and one of them is "
        f"${a}$ cm long. How long is the other?"
    )
    steps = [
        f"Twice the area: ${2 * area}$",
        f"The parallel sides together: ${2 * area} \\div {high} = {a + b}$ cm",
        f"The other one: ${a + b} - {a} = {b}$ cm",
    ]
    wrong = [
        (a + b, "Stops at both sides together"),
        (Rational(a + b, 2) - a, "Forgets to double the area"),
        (area / high, "Divides as for a rectangle"),
    ]
    wrong = [(value, why) for value, why in wrong if value > 0]
    return ask(
        topic, prompt, b, steps, wrong, lambda: near(area, inside([(0, 0), (b, 0), (a, high), (0, high)])), unit=" cm"
    )
