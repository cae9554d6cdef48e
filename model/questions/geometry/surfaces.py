"""Questions on what covers a solid."""

from __future__ import annotations

from random import Random

from sympy import pi

from model.questions.geometry.figures import Point, arc, around, ask, inside, near
from model.questions.geometry.prisms import RIGHT
from model.questions.question import Level, Question, generates, number


@generates("surface-area")
def surfaces(random: Random, level: Level) -> Question:
    """Boxes, triangular prisms and open boxes, cylinders, and back from a cube's surface."""
    topic = "surface-area"
    if level is Level.WORKED:
        a, b, c = (random.randint(2, 10) for _ in range(3))
        total = 2 * (a * b + a * c + b * c)
        prompt = f"A box is ${a}$ cm long, ${b}$ cm wide and ${c}$ cm high. Find its surface area."
        steps = [
            f"The three kinds of face: ${a} \\times {b} = {a * b}$, ${a} \\times {c} = {a * c}$ and ${b} \\times {c} = {b * c}$",
            f"Two of each: $2 \\times ({a * b} + {a * c} + {b * c}) = {total}$, so ${total}$ cm²",
        ]
        wrong = [(total // 2, "Counts only the faces that can be seen"), (a * b * c, "Gives the volume")]
        # Sides as one long strip, then lid and floor.
        return ask(
            topic,
            prompt,
            total,
            steps,
            wrong,
            lambda: near(total, around([(0, 0), (a, 0), (a, b), (0, b)]) * c + a * b + a * b),
            unit=" cm²",
        )
    if level is Level.FADED:
        a, b, c = random.choice(RIGHT)
        long = random.randint(5, 20)
        total = a * b + (a + b + c) * long
        prompt = (
            f"A prism is ${long}$ cm long. Its ends are right-angled triangles with sides of ${a}$ cm, ${b}$ cm and ${c}$ cm. "
            "Find its surface area."
        )
        steps = [
            f"The two ends: $2 \\times \\frac{{1}}{{2}} \\times {a} \\times {b} = {a * b}$ cm²",
            f"The three sides: ${a * long} + {b * long} + {c * long} = {(a + b + c) * long}$ cm²",
            f"Together: ${a * b} + {(a + b + c) * long} = {total}$ cm²",
        ]
        wrong = [
            (total - a * b // 2, "Counts only one end"),
            (total - c * long, "Leaves out the slanted side"),
            (a * b // 2 * long, "Gives the volume"),
        ]
        end: list[Point] = [(0, 0), (a, 0), (0, b)]
        return ask(
            topic, prompt, total, steps, wrong, lambda: near(total, 2 * inside(end) + around(end) * long), unit=" cm²"
        )
    if random.random() < 0.25:
        edge = random.randint(2, 15)
        prompt = f"The surface area of a cube is ${6 * edge**2}$ cm². Find its volume."
        steps = [
            f"One face: ${6 * edge**2} \\div 6 = {edge**2}$ cm²",
            f"Edge: $\\sqrt{{{edge**2}}} = {edge}$ cm",
            f"Volume: ${edge}^{{3}} = {edge**3}$ cm³",
        ]
        wrong = [(edge**6, "Cubes the area of a face"), (edge**2 * 6 * edge, "Multiplies the surface by the edge")]
        wrong = wrong if edge < 13 else wrong[1:]
        found = [n**3 for n in range(1, 40) if sum(n * n for _ in range(6)) == 6 * edge**2]
        return ask(topic, prompt, edge**3, steps, wrong, lambda: found[0], unit=" cm³")
    radius, height, lid = random.randint(2, 12), random.randint(3, 20), random.random() < 0.5
    ends = 2 if lid else 1
    side = 2 * radius * height
    answer = (side + ends * radius**2) * pi
    prompt = (
        f"A {'closed tin' if lid else 'cup without a lid'} is a cylinder with a radius of ${radius}$ cm "
        f"and a height of ${height}$ cm. Find its outer surface area in terms of $\\pi$."
    )
    steps = [
        f"The side unrolls to a rectangle: $2 \\times \\pi \\times {radius} \\times {height} = {side} \\pi$ cm²",
        f"{'Lid and base' if lid else 'The base'}: ${ends * radius**2} \\pi$ cm²",
        f"Together: ${side} \\pi + {ends * radius**2} \\pi = {number(answer)}$ cm²",
    ]
    wrong = [
        (side * pi, "Gives the curved side alone"),
        ((side + (3 - ends) * radius**2) * pi, "Leaves out the lid" if lid else "Counts a lid that is not there"),
        (radius**2 * height * pi, "Gives the volume"),
    ]
    rim = arc(radius)
    return ask(
        topic,
        prompt,
        answer,
        steps,
        wrong,
        lambda: near(answer, around(rim) * height + ends * inside(rim)),
        unit=" cm²",
    )
