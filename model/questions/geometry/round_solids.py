"""Questions on cones and spheres."""

from __future__ import annotations

from math import dist
from random import Random

from sympy import Rational, pi

from model.questions.geometry.figures import arc, around, ask, near
from model.questions.geometry.prisms import RIGHT, disc, sliced
from model.questions.question import Answer, Level, Question, generates, number


def _side_of_cone(radius: Answer, slant: Answer) -> float:
    """The curved side of a cone as many thin triangles."""
    rim = arc(radius)
    edge = dist(rim[0], rim[1])
    height = (float(slant) ** 2 - (edge / 2) ** 2) ** 0.5
    return float(len(rim) * edge * height / 2)


def _skin_of_ball(radius: Answer, parts: int = 1_000) -> float:
    """The surface of a sphere as many thin bands, each the side of a piece of a cone."""
    half = arc(radius, 180, parts)
    return sum(
        around(arc(abs(one[1] + other[1]) / 2, parts=300)) * dist(one, other)
        for one, other in zip(half[::10], half[10::10], strict=False)
    )


@generates("cones-and-spheres")
def round_solids(random: Random, level: Level) -> Question:
    """Cones by their height, cones by their slant and spheres, and solids put together."""
    topic = "cones-and-spheres"
    if level is Level.WORKED:
        radius, height = random.randint(2, 10), random.randint(3, 15)
        if radius % 3:
            height = 3 * random.randint(1, 6)
        answer = Rational(radius**2 * height, 3) * pi
        prompt = (
            f"A cone has a radius of ${radius}$ cm and a height of ${height}$ cm. Find its volume in terms of $\\pi$."
        )
        steps = [
            f"The cylinder around it: $\\pi \\times {radius}^{{2}} \\times {height} = {radius**2 * height} \\pi$ cm³",
            f"A third of it: ${number(answer)}$ cm³",
        ]
        wrong = [
            (3 * answer, "Forgets the third"),
            (Rational(2 * radius * height, 3) * pi, "Doubles the radius instead of squaring it"),
        ]
        return ask(
            topic,
            prompt,
            answer,
            steps,
            wrong,
            lambda: near(answer, sliced(lambda z: disc(radius * z / height), height)),
            unit=" cm³",
        )
    one, other, slant = random.choice(RIGHT)
    radius, height = random.choice(((one, other), (other, one)))
    if level is Level.FADED and random.random() < 0.5:
        if radius % 3 and height % 3:
            radius, height, slant = 3 * radius, 3 * height, 3 * slant
        answer = Rational(radius**2 * height, 3) * pi
        prompt = (
            f"A cone has a radius of ${radius}$ cm, and its slanted side is ${slant}$ cm long. "
            "Find its volume in terms of $\\pi$."
        )
        steps = [
            f"Height: $\\sqrt{{{slant}^{{2}} - {radius}^{{2}}}} = \\sqrt{{{height**2}}} = {height}$ cm",
            f"$\\frac{{1}}{{3}} \\times \\pi \\times {radius}^{{2}} \\times {height} = {number(answer)}$ cm³",
        ]
        wrong = [
            (Rational(radius**2 * slant, 3) * pi, "Takes the slanted side for the height"),
            (3 * answer, "Forgets the third"),
        ]
        return ask(
            topic,
            prompt,
            answer,
            steps,
            wrong,
            lambda: near(answer, sliced(lambda z: disc(radius * z / height), height)),
            unit=" cm³",
        )
    if level is Level.FADED:
        radius, skin = random.randint(1, 12) * 3, random.random() < 0.4
        if skin:
            radius = random.randint(2, 20)
            answer = 4 * radius**2 * pi
            prompt = f"Find the surface area of a sphere with a radius of ${radius}$ cm in terms of $\\pi$."
            steps = [f"${radius}^{{2}} = {radius**2}$", f"$4 \\times \\pi \\times {radius**2} = {number(answer)}$ cm²"]
            wrong = [
                (radius**2 * pi, "Gives the area of a circle"),
                (16 * radius**2 * pi, "Multiplies by four before squaring"),
            ]
            return ask(
                topic,
                prompt,
                answer,
                steps,
                wrong,
                lambda: abs(_skin_of_ball(radius) / float(answer) - 1) < 0.001,
                unit=" cm²",
            )
        answer = Rational(4, 3) * radius**3 * pi
        prompt = f"Find the volume of a sphere with a radius of ${radius}$ cm in terms of $\\pi$."
        steps = [
            f"${radius}^{{3}} = {radius**3}$",
            f"$\\frac{{4}}{{3}} \\times \\pi \\times {radius**3} = {number(answer)}$ cm³",
        ]
        wrong = [
            (Rational(4, 3) * radius**2 * pi, "Squares the radius instead of cubing it"),
            (4 * radius**2 * pi, "Gives the surface area"),
        ]
        check = lambda: near(answer, 2 * sliced(lambda z: disc((radius**2 - z * z) ** 0.5), radius))  # noqa: E731
        return ask(topic, prompt, answer, steps, wrong, check, unit=" cm³")
    kind = random.choice(("ice", "bucket", "skin"))
    if kind == "skin":
        answer = (radius * slant + radius**2) * pi
        prompt = (
            f"A solid cone has a radius of ${radius}$ cm and a height of ${height}$ cm. "
            "Find its whole surface area, with the base, in terms of $\\pi$."
        )
        steps = [
            f"Slanted side: $\\sqrt{{{radius}^{{2}} + {height}^{{2}}}} = {slant}$ cm",
            f"Curved side: $\\pi \\times {radius} \\times {slant} = {radius * slant} \\pi$ cm²; base: ${radius**2} \\pi$ cm²",
            f"Together: ${number(answer)}$ cm²",
        ]
        wrong = [
            (radius * slant * pi, "Leaves out the base"),
            ((radius * height + radius**2) * pi, "Takes the height for the slanted side"),
        ]
        return ask(
            topic,
            prompt,
            answer,
            steps,
            wrong,
            lambda: near(answer, _side_of_cone(radius, slant) + disc(radius)),
            unit=" cm²",
        )
    if kind == "ice":
        radius, height = 3 * random.randint(1, 4), random.randint(5, 20)
        ball, cone = Rational(2, 3) * radius**3, Rational(radius**2 * height, 3)
        answer = (ball + cone) * pi
        prompt = (
            f"A solid is a cone with half a sphere on top; both have a radius of ${radius}$ cm. The cone is ${height}$ cm high. "
            "Find the volume of the solid in terms of $\\pi$."
        )
        steps = [
            f"Cone: $\\frac{{1}}{{3}} \\times \\pi \\times {radius}^{{2}} \\times {height} = {number(cone * pi)}$ cm³",
            f"Half a sphere: $\\frac{{2}}{{3}} \\times \\pi \\times {radius}^{{3}} = {number(ball * pi)}$ cm³",
            f"Together: ${number(cone * pi)} + {number(ball * pi)} = {number(answer)}$ cm³",
        ]
        wrong = [
            ((2 * ball + cone) * pi, "Takes a whole sphere"),
            ((ball + 3 * cone) * pi, "Forgets the third of the cone"),
        ]
        cap = sliced(lambda z: disc((radius**2 - z * z) ** 0.5), radius)
        rest = sliced(lambda z: disc(radius * z / height), height)
        return ask(topic, prompt, answer, steps, wrong, lambda: near(answer, cap + rest), unit=" cm³")
    share = random.choice((2, 3))
    small, low = random.randint(1, 5) * 3, random.randint(2, 8)
    radius, height = small * share, low * share
    big, cut = Rational(radius**2 * height, 3), Rational(small**2 * low, 3)
    answer = (big - cut) * pi
    prompt = (
        f"A cone with a radius of ${radius}$ cm and a height of ${height}$ cm has its top cut off: "
        f"a smaller cone with a radius of ${small}$ cm and a height of ${low}$ cm. Find the volume that is left in terms of $\\pi$."
    )
    steps = [
        f"Whole cone: $\\frac{{1}}{{3}} \\times \\pi \\times {radius}^{{2}} \\times {height} = {number(big * pi)}$ cm³",
        f"Cut off: $\\frac{{1}}{{3}} \\times \\pi \\times {small}^{{2}} \\times {low} = {number(cut * pi)}$ cm³",
        f"Left: ${number(big * pi)} - {number(cut * pi)} = {number(answer)}$ cm³",
    ]
    wrong = [
        (3 * answer, "Forgets the third"),
        (Rational((radius - small) ** 2 * (height - low), 3) * pi, "Takes the lengths away before working out volumes"),
    ]
    check = lambda: near(answer, sliced(lambda z: disc(radius - (radius - small) * z / (height - low)), height - low))  # noqa: E731
    return ask(topic, prompt, answer, steps, wrong, check, unit=" cm³")
