"""Questions on the volume of prisms and cylinders."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from sympy import Rational, pi

from model.questions.geometry.figures import Point, arc, ask, inside, near
from model.questions.question import Answer, Level, Question, generates, number

RIGHT = ((3, 4, 5), (6, 8, 10), (5, 12, 13), (9, 12, 15), (8, 15, 17), (12, 16, 20), (7, 24, 25))


def sliced(area: Callable[[float], float], height: Answer, slices: int = 1_000) -> float:
    """The volume of a solid whose area at each height is known, slice by slice.

    Example:
        >>> round(sliced(lambda z: 6.0, 10), 6)
        60.0
    """
    thick = float(height) / slices
    return float(sum(area((place + 0.5) * thick) * thick for place in range(slices)))


_UNIT: float = inside(arc(1, parts=2_000))


def disc(radius: float) -> float:
    """Area of a disc, from a polygon with many corners that just fits in and out."""
    return radius * radius * _UNIT


@generates("volume-of-prisms")
def prisms(random: Random, level: Level) -> Question:
    """Boxes and triangular ends, other ends and cylinders, and back to a length."""
    topic = "volume-of-prisms"
    long = random.randint(6, 20)
    a, b, c = random.choice(RIGHT[:5])
    if level is Level.WORKED and random.random() < 0.5:
        wide, deep, high = random.randint(2, 9), random.randint(2, 9), random.randint(2, 9)
        volume = wide * deep * high
        prompt = f"A box is ${wide}$ cm long, ${deep}$ cm wide and ${high}$ cm high inside. Find its volume."
        steps = [
            f"One layer: ${wide} \\times {deep} = {wide * deep}$ cm³",
            f"${high}$ layers: ${wide * deep} \\times {high} = {volume}$ cm³",
        ]
        wrong = [
            (2 * (wide * deep + wide * high + deep * high), "Gives the surface area"),
            (wide + deep + high, "Adds the lengths"),
        ]
        cubes = sum(1 for _ in range(wide) for _ in range(deep) for _ in range(high))
        return ask(topic, prompt, volume, steps, wrong, lambda: cubes, unit=" cm³")
    if level is Level.WORKED:
        volume = a * b * long // 2
        prompt = (
            f"The end of a prism is a right-angled triangle with sides of ${a}$ cm, ${b}$ cm and ${c}$ cm. "
            f"The prism is ${long}$ cm long. Find its volume."
        )
        steps = [
            f"Area of the end: $\\frac{{1}}{{2}} \\times {a} \\times {b} = {a * b // 2}$ cm²",
            f"Volume: ${a * b // 2} \\times {long} = {volume}$ cm³",
        ]
        wrong = [(a * b * long, "Forgets the half"), (a * b * c * long, "Multiplies every number in sight")]
        check = lambda: near(volume, sliced(lambda z: inside([(0, 0), (a, 0), (0, b)]), long))  # noqa: E731
        return ask(topic, prompt, volume, steps, wrong, check, unit=" cm³")
    radius = random.randint(2, 9)
    if level is Level.FADED and random.random() < 0.5:
        answer = radius**2 * long * pi
        prompt = (
            f"A cylinder has a radius of ${radius}$ cm and a height of ${long}$ cm. Find its volume in terms of $\\pi$."
        )
        steps = [
            f"Area of the end: $\\pi \\times {radius}^{{2}} = {radius**2} \\pi$ cm²",
            f"Volume: ${radius**2} \\pi \\times {long} = {number(answer)}$ cm³",
        ]
        wrong = [
            (2 * radius * long * pi, "Uses the circumference for the area of the end"),
            (4 * answer, "Takes the diameter for the radius"),
        ]
        return ask(
            topic,
            prompt,
            answer,
            steps,
            wrong,
            lambda: near(answer, sliced(lambda z: disc(radius), long)),
            unit=" cm³",
        )
    if level is Level.FADED:
        short, base, high = random.randint(3, 8), random.randint(9, 15), random.choice((2, 4, 6, 8))
        end = (short + base) * high // 2
        prompt = (
            f"The end of a prism is a trapezium with parallel sides of ${short}$ cm and ${base}$ cm that are ${high}$ cm apart. "
            f"The prism is ${long}$ cm long. Find its volume."
        )
        steps = [
            f"Area of the end: $\\frac{{1}}{{2}} \\times ({short} + {base}) \\times {high} = {end}$ cm²",
            f"Volume: ${end} \\times {long} = {end * long}$ cm³",
        ]
        wrong = [(2 * end * long, "Forgets the half"), (base * high * long, "Takes the end for a rectangle")]
        corners: list[Point] = [(0, 0), (base, 0), (short, high), (0, high)]
        return ask(
            topic,
            prompt,
            end * long,
            steps,
            wrong,
            lambda: near(end * long, sliced(lambda z: inside(corners), long)),
            unit=" cm³",
        )
    kind = random.choice(("tank", "cylinder", "prism"))
    if kind == "cylinder":
        volume = radius**2 * long * pi
        prompt = f"The volume of a cylinder is ${number(volume)}$ cm³ and its height is ${long}$ cm. Find its radius."
        steps = [
            f"Area of the end: ${number(volume)} \\div {long} = {radius**2} \\pi$ cm²",
            f"The radius squared: ${radius**2}$",
            f"Radius: $\\sqrt{{{radius**2}}} = {radius}$ cm",
        ]
        wrong = [
            (radius**2, "Forgets the square root"),
            (Rational(radius**2, 2), "Halves instead of taking the square root"),
        ]
        return ask(
            topic, prompt, radius, steps, wrong, lambda: near(volume, sliced(lambda z: disc(radius), long)), unit=" cm"
        )
    if kind == "tank":
        wide, deep = random.randint(3, 12) * 10, random.randint(2, 8) * 10
        depth = random.randint(3, 12) * 5
        if wide * deep * depth % 1000:
            depth *= 2
        litres = wide * deep * depth // 1000
        prompt = (
            f"A tank has a flat base of ${wide}$ cm by ${deep}$ cm. "
            f"How deep is the water when ${litres}$ litres are poured in?"
        )
        steps = [
            f"A litre is $1000$ cm³: ${litres} \\times 1000 = {1000 * litres}$ cm³",
            f"Area of the base: ${wide} \\times {deep} = {wide * deep}$ cm²",
            f"Depth: ${1000 * litres} \\div {wide * deep} = {depth}$ cm",
        ]
        wrong = [
            (Rational(depth, 10), "Takes a litre for 100 cubic centimetres"),
            (Rational(1000 * litres, wide + deep), "Adds the sides of the base"),
        ]
        return ask(topic, prompt, depth, steps, wrong, lambda: wide * deep * depth == 1000 * litres, unit=" cm")
    volume = a * b * long // 2
    prompt = (
        f"The volume of a prism is ${volume}$ cm³. Its end is a right-angled triangle with sides of ${a}$ cm, ${b}$ cm "
        f"and ${c}$ cm. How long is the prism?"
    )
    steps = [
        f"Area of the end: $\\frac{{1}}{{2}} \\times {a} \\times {b} = {a * b // 2}$ cm²",
        f"Length: ${volume} \\div {a * b // 2} = {long}$ cm",
    ]
    wrong = [
        (Rational(long, 2), "Forgets the half of the triangle"),
        (Rational(2 * volume, b * c), "Takes the longest side for a height"),
    ]
    return ask(
        topic,
        prompt,
        long,
        steps,
        wrong,
        lambda: near(volume, sliced(lambda z: inside([(0, 0), (a, 0), (0, b)]), long)),
        unit=" cm",
    )
