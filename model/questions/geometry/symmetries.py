"""Questions on lines of symmetry and the order of rotational symmetry."""

from __future__ import annotations

from random import Random

from model.questions.geometry.figures import Point, arc, ask, deg
from model.questions.question import Level, Question, generates

_SHAPES: dict[str, tuple[int, int, tuple[Point, ...]]] = {
    "a rectangle that is not a square": (2, 2, ((0, 0), (5, 0), (5, 2), (0, 2))),
    "a rhombus that is not a square": (2, 2, ((3, 0), (0, 5), (-3, 0), (0, -5))),
    "a parallelogram that is neither a rectangle nor a rhombus": (0, 2, ((0, 0), (5, 0), (7, 2), (2, 2))),
    "a kite that is not a rhombus": (1, 1, ((0, 2), (2, 0), (0, -5), (-2, 0))),
    "an isosceles trapezium": (1, 1, ((0, 0), (6, 0), (4, 3), (2, 3))),
    "an isosceles triangle that is not equilateral": (1, 1, ((-2, 0), (2, 0), (0, 5))),
}
"""Shape -> its lines of symmetry, its order, and corners of one such shape."""
_REGULAR = {
    3: "an equilateral triangle",
    4: "a square",
    5: "a regular pentagon",
    6: "a regular hexagon",
    8: "a regular octagon",
}


def _fits(corners: tuple[Point, ...]) -> tuple[int, int]:
    """How many ways a shape can be laid on itself turned over and as it is, by trying."""
    count = len(corners)
    middle = sum(complex(*corner) for corner in corners) / count
    points = [complex(*corner) - middle for corner in corners]

    def ways(laid: list[complex]) -> int:
        # Where the first corner is laid fixes the turn; then every corner must lie on one.
        turns = (point / laid[0] for point in points if abs(abs(point) - abs(laid[0])) < 1e-9)
        return sum(all(min(abs(turn * each - point) for point in points) < 1e-9 for each in laid) for turn in turns)

    return ways([point.conjugate() for point in points]), ways(points)


@generates("symmetry")
def symmetry(random: Random, level: Level) -> Question:
    """Lines and order of named shapes; smallest turn and order; both together."""
    topic = "symmetry"
    if level is Level.FADED:
        order = random.choice([size for size in range(2, 46) if 360 % size == 0])
        turn = 360 // order
        if random.random() < 0.5:
            prompt = f"The smallest turn that brings a pattern on to itself is {deg(turn)}. Find its order of rotational symmetry."
            steps = [
                "In a full turn of $360\\degree$ it fits after each such turn",
                f"$360 \\div {turn} = {order}$, so the order is ${order}$",
            ]
            wrong = [(order - 1, "Does not count the last fit of the full turn"), (turn, "Gives the turn")]
            return ask(topic, prompt, order, steps, wrong, lambda: len(range(turn, 361, turn)))
        prompt = (
            f"A pattern has rotational symmetry of order ${order}$. Find the smallest turn that brings it on to itself."
        )
        steps = [
            f"${order}$ equal turns make a full turn of $360\\degree$",
            f"$360 \\div {order} = {turn}$, so {deg(turn)}",
        ]
        wrong = [(360 - turn, "Gives the largest turn"), (order, "Gives the order")]
        return ask(topic, prompt, turn, steps, wrong, lambda: sum(turn for _ in range(order)) == 360, shown=deg(turn))
    if random.random() < 0.6:
        sides = random.randint(3, 20)
        shape, lines, order = _REGULAR.get(sides, f"a regular polygon with ${sides}$ sides"), sides, sides
        corners = tuple(arc(5, parts=sides))
    else:
        shape = random.choice(sorted(_SHAPES))
        lines, order, corners = _SHAPES[shape]
    many = "line" if lines == 1 else "lines"
    fold = f"Folded in every way, its halves lie on each other along ${lines}$ {many}"
    if lines == 0:
        fold = "Folded in any way, its halves do not lie on each other"
    spin = f"In one full turn it fits ${order}$ {'time' if order == 1 else 'times'}, counting the last"
    extra = len(corners) if lines != len(corners) else 2 * lines
    if level is Level.INDEPENDENT:
        prompt = f"For {shape}, add the number of lines of symmetry and the order of rotational symmetry."
        steps = [fold, spin, f"${lines} + {order} = {lines + order}$"]
        wrong = [
            (lines + order - 1, "Does not count the last fit of the full turn"),
            (extra + order, "Counts lines that do not fit, or both ends of a line"),
        ]
        return ask(topic, prompt, lines + order, steps, wrong, lambda: sum(_fits(corners)))
    if random.random() < 0.5:
        prompt = f"How many lines of symmetry does {shape} have?"
        slip = "Counts both ends of each line" if lines == len(corners) else "Counts a line for every corner"
        return ask(
            topic,
            prompt,
            lines,
            [fold, f"So it has ${lines}$ {many} of symmetry"],
            [(extra, slip)],
            lambda: _fits(corners)[0],
        )
    prompt = f"Find the order of rotational symmetry of {shape}."
    wrong = [
        (order - 1, "Does not count the last fit of the full turn"),
        (extra, "Counts corners, or every half of the turn"),
    ]
    return ask(topic, prompt, order, [spin, f"So the order is ${order}$"], wrong, lambda: _fits(corners)[1])
