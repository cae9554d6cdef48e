"""Questions on circles: round them, inside them, and parts of them."""

from __future__ import annotations

from random import Random

from sympy import Rational, pi

from model.questions.geometry.figures import Point, arc, around, ask, inside, near
from model.questions.question import Level, Question, generates, number
from model.questions.written import decimal, rounded


@generates("circumference")
def circumference(random: Random, level: Level) -> Question:
    """From radius or diameter, in terms of pi and rounded; half and quarter circles; back to the radius."""
    topic = "circumference"
    if level is Level.WORKED:
        radius, by_radius = random.randint(2, 30), random.random() < 0.6
        given = f"radius of ${radius}$ cm" if by_radius else f"diameter of ${2 * radius}$ cm"
        prompt = f"A circle has a {given}. Find its circumference in terms of $\\pi$."
        first = (
            f"Diameter: $2 \\times {radius} = {2 * radius}$ cm" if by_radius else f"The diameter is ${2 * radius}$ cm"
        )
        steps = [first, f"Circumference: $\\pi \\times {2 * radius} = {2 * radius} \\pi$ cm"]
        wrong = [
            (radius * pi, "Takes the radius for the diameter")
            if by_radius
            else (4 * radius * pi, "Doubles the diameter"),
            (radius**2 * pi, "Uses the formula for the area"),
        ]
        return ask(
            topic, prompt, 2 * radius * pi, steps, wrong, lambda: near(2 * radius * pi, around(arc(radius))), unit=" cm"
        )
    if level is Level.FADED:
        length = Rational(random.randint(11, 99), random.choice((2, 5)))
        by_radius = random.random() < 0.5
        across = 2 * length if by_radius else length
        answer = rounded(across * pi, 1)
        prompt = (
            f"The {'radius' if by_radius else 'diameter'} of a wheel is ${decimal(length)}$ cm. "
            "Find its circumference to 1 decimal place."
        )
        steps = [
            f"Diameter: $2 \\times {decimal(length)} = {decimal(across)}$ cm"
            if by_radius
            else f"The diameter is ${decimal(length)}$ cm",
            f"$\\pi \\times {decimal(across)} = {decimal(rounded(across * pi, 3), 3)}\\ldots$",
            f"To 1 decimal place: ${decimal(answer, 1)}$ cm",
        ]
        other = length * pi if by_radius else 2 * length * pi
        wrong = [
            (
                rounded(other, 1),
                "Takes the radius for the diameter" if by_radius else "Takes the diameter for the radius",
            ),
            (rounded(pi * (across / 2) ** 2, 1), "Uses the formula for the area"),
        ]
        steps[1] = f"$\\pi \\times {decimal(across)}$ is ${decimal(rounded(across * pi, 3), 3)}$ to 3 places"
        return ask(
            topic,
            prompt,
            answer,
            steps,
            wrong,
            lambda: abs(float(answer) - around(arc(across / 2))) < 0.051,
            unit=" cm",
            places=1,
        )
    radius = random.randint(2, 24)
    if random.random() < 0.3:
        prompt = f"The circumference of a circle is ${2 * radius} \\pi$ cm. Find its radius."
        steps = [
            f"Diameter: ${2 * radius} \\pi \\div \\pi = {2 * radius}$ cm",
            f"Radius: ${2 * radius} \\div 2 = {radius}$ cm",
        ]
        wrong = [(2 * radius, "Stops at the diameter"), (4 * radius, "Doubles instead of halving")]
        return ask(topic, prompt, radius, steps, wrong, lambda: near(2 * radius * pi, around(arc(radius))), unit=" cm")
    half = random.random() < 0.5
    parts = 2 if half else 4
    answer = 2 * radius * pi / parts + 2 * radius
    given = (
        f"semicircle with a diameter of ${2 * radius}$ cm" if half else f"quarter circle with a radius of ${radius}$ cm"
    )
    straight = f"the diameter, ${2 * radius}$ cm" if half else f"two radii, ${radius} + {radius} = {2 * radius}$ cm"
    curved = number(2 * radius * pi / parts)
    prompt = f"Find the perimeter of a {given}. Leave $\\pi$ in your answer."
    steps = [
        f"The curved edge: $\\frac{{1}}{{{parts}}} \\times {2 * radius} \\pi = {curved}$ cm",
        f"The straight edge: {straight}",
        f"Perimeter: ${curved} + {2 * radius}$ cm",
    ]
    wrong = [
        (2 * radius * pi / parts, "Leaves out the straight edge"),
        (2 * radius * pi + 2 * radius, "Takes the whole circumference"),
        (radius**2 * pi / parts, "Gives the area"),
    ]
    corners = arc(radius, 180) if half else [(0.0, 0.0), *arc(radius, 90)]
    return ask(
        topic,
        prompt,
        answer,
        steps,
        wrong,
        lambda: near(answer, around(corners)),
        unit=" cm",
        shown=f"${curved} + {2 * radius}$ cm",
    )


@generates("area-of-circles")
def circles(random: Random, level: Level) -> Question:
    """From radius and diameter, in terms of pi and rounded; rings and half circles; back to the radius."""
    topic = "area-of-circles"
    radius = random.randint(3, 25)
    if level is Level.WORKED:
        by_radius = random.random() < 0.6
        given = f"radius of ${radius}$ cm" if by_radius else f"diameter of ${2 * radius}$ cm"
        prompt = f"A circle has a {given}. Find its area in terms of $\\pi$."
        steps = [
            f"Radius: ${radius}$ cm" if by_radius else f"Radius: ${2 * radius} \\div 2 = {radius}$ cm",
            f"Area: $\\pi \\times {radius} \\times {radius} = {radius**2} \\pi$ cm²",
        ]
        wrong = [
            (2 * radius * pi, "Doubles the radius instead of squaring it"),
            (4 * radius**2 * pi, "Takes the diameter for the radius"),
        ]
        return ask(
            topic, prompt, radius**2 * pi, steps, wrong, lambda: near(radius**2 * pi, inside(arc(radius))), unit=" cm²"
        )
    if level is Level.FADED:
        coin = random.random() < 0.5
        across = Rational(random.randint(70, 150), 5) if coin else Rational(random.randint(60, 180))
        length = across / 2
        answer = rounded(length**2 * pi, 1)
        thing, part, unit = ("coin", "one face", " mm²") if coin else ("round table", "its top", " cm²")
        prompt = (
            f"The diameter of a {thing} is ${decimal(across)}${unit[:-1]}. Find the area of {part} to 1 decimal place."
        )
        steps = [
            f"Radius: ${decimal(across)} \\div 2 = {decimal(length)}$",
            f"Area: $\\pi \\times {decimal(length)}^{{2}} = \\pi \\times {decimal(length**2)}$",
            f"To 1 decimal place: ${decimal(answer, 1)}${unit}",
        ]
        wrong = [
            (rounded(across**2 * pi, 1), "Takes the diameter for the radius"),
            (rounded(across * pi, 1), "Gives the circumference"),
        ]
        return ask(
            topic,
            prompt,
            answer,
            steps,
            wrong,
            lambda: abs(float(answer) - inside(arc(length, parts=9_000))) < 0.051,
            unit=unit,
            places=1,
        )
    kind = random.choice(("ring", "half", "back"))
    if kind == "back":
        prompt = f"The area of a circle is ${radius**2} \\pi$ cm². Find its diameter."
        steps = [
            f"The radius squared: ${radius**2} \\pi \\div \\pi = {radius**2}$",
            f"Radius: $\\sqrt{{{radius**2}}} = {radius}$ cm",
            f"Diameter: $2 \\times {radius} = {2 * radius}$ cm",
        ]
        wrong = [(radius, "Stops at the radius"), (Rational(radius**2), "Halves instead of taking the square root")]
        return ask(
            topic, prompt, 2 * radius, steps, wrong, lambda: near(radius**2 * pi, inside(arc(radius))), unit=" cm"
        )
    if kind == "half":
        answer = radius**2 * pi / 2
        prompt = f"Find the area of a semicircle with a diameter of ${2 * radius}$ cm in terms of $\\pi$."
        steps = [
            f"Radius: ${2 * radius} \\div 2 = {radius}$ cm",
            f"Whole circle: $\\pi \\times {radius}^{{2}} = {radius**2} \\pi$ cm²",
            f"Half of it: ${number(answer)}$ cm²",
        ]
        wrong = [(radius**2 * pi, "Forgets to halve"), (2 * radius**2 * pi, "Takes the diameter for the radius")]
        return ask(topic, prompt, answer, steps, wrong, lambda: near(answer, inside(arc(radius, 180))), unit=" cm²")
    wide = random.randint(1, min(6, radius - 1))
    small = radius - wide
    answer = (radius**2 - small**2) * pi
    prompt = (
        f"A round pond has a radius of ${small}$ m. A path ${wide}$ m wide goes all round it. "
        "Find the area of the path in terms of $\\pi$."
    )
    steps = [
        f"Radius of pond and path together: ${small} + {wide} = {radius}$ m",
        f"Pond and path: ${radius**2} \\pi$ m², pond: ${small**2} \\pi$ m²",
        f"Path: ${radius**2} \\pi - {small**2} \\pi = {number(answer)}$ m²",
    ]
    wrong = [(wide**2 * pi, "Squares the width of the path"), (2 * wide * pi, "Takes one circumference from the other")]
    return ask(
        topic, prompt, answer, steps, wrong, lambda: near(answer, inside(arc(radius)) - inside(arc(small))), unit=" m²"
    )


_ANGLES = {
    Level.WORKED: (60, 90, 120, 180),
    Level.FADED: (30, 40, 45, 72, 80, 135, 150, 240, 270),
    Level.INDEPENDENT: (36, 45, 60, 100, 120, 135, 144, 210, 225, 300),
}


@generates("arcs-and-sectors")
def sectors(random: Random, level: Level) -> Question:
    """Arc and area of a sector, its perimeter, and back to the angle."""
    topic = "arcs-and-sectors"
    degrees = random.choice(_ANGLES[level])
    share = Rational(degrees, 360)
    tidy = [r for r in range(2, 31) if (share * r**2).q == 1 or (2 * share * r).q == 1]
    if level is Level.WORKED:
        tidy = [r for r in tidy if (share * r**2).q == (2 * share * r).q == 1]
    radius = random.choice(tidy)
    length, area = 2 * radius * share * pi, radius**2 * share * pi
    edges: list[Point] = [(0.0, 0.0), *arc(radius, degrees)]
    figure = f"A sector has a radius of ${radius}$ cm and an angle of ${degrees}\\degree$."
    part = f"Its share of the circle: $\\frac{{{degrees}}}{{360}} = {number(share)}$"
    if level is not Level.INDEPENDENT and (2 * share * radius).q == 1 and random.random() < 0.5:
        prompt = f"{figure} Find the length of its arc in terms of $\\pi$."
        steps = [
            part,
            f"Whole circumference: ${2 * radius} \\pi$ cm",
            f"Arc: ${number(share)} \\times {2 * radius} \\pi = {number(length)}$ cm",
        ]
        wrong = [
            (area, "Uses the formula for the area"),
            (2 * radius * pi, "Stops at the whole circle"),
            (length / 2, "Takes the radius for the diameter"),
        ]
        return ask(topic, prompt, length, steps, wrong, lambda: near(length, around(edges) - 2 * radius), unit=" cm")
    if level is not Level.INDEPENDENT:
        prompt = f"{figure} Find its area in terms of $\\pi$."
        steps = [
            part,
            f"Whole circle: ${radius**2} \\pi$ cm²",
            f"Sector: ${number(share)} \\times {radius**2} \\pi = {number(area)}$ cm²",
        ]
        wrong = [(length, "Uses the formula for the circumference"), (radius**2 * pi, "Stops at the whole circle")]
        return ask(topic, prompt, area, steps, wrong, lambda: near(area, inside(edges)), unit=" cm²")
    if random.random() < 0.5:
        answer = length + 2 * radius
        prompt = f"{figure} Find its perimeter. Leave $\\pi$ in your answer."
        steps = [
            part,
            f"Arc: ${number(share)} \\times {2 * radius} \\pi = {number(length)}$ cm",
            f"With the two radii: ${number(length)} + {2 * radius}$ cm",
        ]
        wrong = [
            (length, "Gives the arc alone"),
            (area + 2 * radius, "Uses the formula for the area"),
            (length + radius, "Adds one radius only"),
        ]
        return ask(
            topic,
            prompt,
            answer,
            steps,
            wrong,
            lambda: near(answer, around(edges)),
            unit=" cm",
            shown=f"${number(length)} + {2 * radius}$ cm",
        )
    prompt = f"A sector has a radius of ${radius}$ cm and its arc is ${number(length)}$ cm long. Find its angle."
    steps = [
        f"Whole circumference: ${2 * radius} \\pi$ cm",
        f"Share of the circle: ${number(length)} \\div {2 * radius} \\pi = {number(share)}$",
        f"Angle: ${number(share)} \\times 360 = {degrees}$, so ${degrees}\\degree$",
    ]
    wrong = [
        (180 * share, "Takes the share of half a turn"),
        (2 * radius * share * 360 / radius**2, "Divides by the area of the circle"),
    ]
    return ask(
        topic,
        prompt,
        degrees,
        steps,
        wrong,
        lambda: near(length, around(edges) - 2 * radius),
        shown=f"${degrees}\\degree$",
    )
