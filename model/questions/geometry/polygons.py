"""Questions on the angles of quadrilaterals, polygons and regular shapes."""

from __future__ import annotations

from random import Random

from sympy import Rational

from model.questions.geometry.angles import find_x
from model.questions.geometry.figures import Point, angle_at, arc, ask, deg, near, term
from model.questions.question import Level, Question, generates

_NAMES = {
    3: "triangle",
    4: "quadrilateral",
    5: "pentagon",
    6: "hexagon",
    7: "heptagon",
    8: "octagon",
    9: "nonagon",
    10: "decagon",
}


def _polygon(sides: int) -> str:
    return _NAMES.get(sides, f"polygon with ${sides}$ sides")


def _inside(sides: int) -> float:
    """An angle of the regular shape, measured from corners on a circle."""
    first, second, third = arc(10, parts=sides)[:3]
    return angle_at(second, first, third)


@generates("angles-in-polygons")
def polygons(random: Random, level: Level) -> Question:
    """The sum of the angles, a missing angle, expressions, and back to the number of sides."""
    topic = "angles-in-polygons"
    kind = random.random()
    if level is Level.INDEPENDENT and kind < 0.7:
        sides = random.choice((4, 5))
        total = 180 * (sides - 2)
        return find_x(
            topic, random, figure=f"The angles of a {_polygon(sides)} are", total=total, count=sides,
            rule=f"The angles of a {_polygon(sides)} add up to ${sides - 2} \\times 180 = {total}$",
            other=(total + 180, "Uses one triangle too many"), smallest=30,
        )  # fmt: skip
    if level is Level.INDEPENDENT:
        sides = random.randint(7, 30)
        total = 180 * (sides - 2)
        prompt = f"The interior angles of a polygon add up to ${total}\\degree$. How many sides does it have?"
        steps = [
            f"Number of triangles: ${total} \\div 180 = {sides - 2}$",
            f"There are two more sides than triangles: ${sides - 2} + 2 = {sides}$",
        ]
        wrong = [(sides - 2, "Stops at the number of triangles"), (sides - 4, "Takes two away instead of adding")]
        found = [n for n in range(3, 60) if near(total, n * _inside(n))]
        return ask(topic, prompt, sides, steps, wrong, lambda: found[0])
    if level is Level.WORKED and kind < 0.4:
        sides = random.randint(5, 20)
        total = 180 * (sides - 2)
        prompt = f"Find the sum of the interior angles of a {_polygon(sides)}."
        begin = (
            f"A {_polygon(sides)} has ${sides}$ sides; drawn from one corner" if sides < 11 else "Drawn from one corner"
        )
        steps = [
            f"{begin}, the diagonals cut it into ${sides} - 2 = {sides - 2}$ triangles",
            f"${sides - 2} \\times 180 = {total}$, so ${total}\\degree$",
        ]
        wrong = [(180 * sides, "Counts a triangle for every side"), (360, "Gives the sum of the exterior angles")]
        return ask(topic, prompt, total, steps, wrong, lambda: near(total, sides * _inside(sides)), shown=deg(total))
    sides = 4 if level is Level.WORKED else random.choice((5, 6, 7))
    total = 180 * (sides - 2)
    while True:
        known = [random.randint(60, 160) for _ in range(sides - 1)]
        answer = total - sum(known)
        if 50 <= answer <= 165 and answer != 90:
            break
    listed = ", ".join(map(deg, known[:-1])) + f" and {deg(known[-1])}"
    counted = ("Three", "Four", "Five", "Six")[sides - 4]
    prompt = f"{counted} angles of a {_polygon(sides)} are {listed}. Find the last angle."
    steps = [
        f"The angles of a {_polygon(sides)} add up to ${sides - 2} \\times 180 = {total}$",
        f"Known so far: ${' + '.join(map(str, known))} = {sum(known)}$",
        f"${total} - {sum(known)} = {answer}$, so {deg(answer)}",
    ]
    wrong = [
        (answer + 180, "Counts one triangle too many"),
        (Rational(total, sides), "Shares out equally, as if it were regular"),
    ]
    return ask(
        topic,
        prompt,
        answer,
        steps,
        wrong,
        lambda: near(answer, sides * _inside(sides) - sum(known)),
        shown=deg(answer),
    )


_WHOLE = (3, 4, 5, 6, 8, 9, 10, 12, 15, 18, 20, 24, 30, 36, 40, 45)
"""Numbers of sides of regular shapes whose angles are whole degrees."""


@generates("regular-shapes")
def regular(random: Random, level: Level) -> Question:
    """From sides to angles, from angles to sides, and two shapes that share a side."""
    topic = "regular-shapes"
    sides = random.choice(_WHOLE if level is not Level.INDEPENDENT else _WHOLE[2:])
    turn = 360 // sides
    inner = 180 - turn
    shape = f"regular {_polygon(sides)}" if sides != 4 else "square"
    if sides == 3:
        shape = "equilateral triangle"
    article = "an" if shape.startswith("equi") else "a"
    if level is Level.WORKED:
        kind = random.choice(("exterior", "interior", "centre"))
        outside = f"$360 \\div {sides} = {turn}$"
        if kind == "interior":
            prompt = f"Find the size of each interior angle of {article} {shape}."
            steps = [f"Exterior angle: {outside}", f"Interior angle: $180 - {turn} = {inner}$, so {deg(inner)}"]
            wrong = [
                (turn, "Gives the exterior angle"),
                (Rational(180 * sides, sides), "Counts a triangle for every side"),
            ]
            return ask(topic, prompt, inner, steps, wrong, lambda: near(inner, _inside(sides)), shown=deg(inner))
        prompt = f"Find the size of each exterior angle of {article} {shape}."
        rule = "The exterior angles add up to a full turn, $360\\degree$"
        if kind == "centre":
            prompt = f"The centre of {article} {shape} is joined to two corners next to each other. Find the angle at the centre."
            rule = f"The angles round the centre add up to $360\\degree$ and there are ${sides}$ of them"
        corners = arc(1, parts=sides)
        wrong = [(inner, "Gives the interior angle"), (Rational(180, sides), "Shares out half a turn")]
        check = lambda: near(turn, angle_at((0, 0), corners[0], corners[1]))  # noqa: E731
        return ask(topic, prompt, turn, [rule, f"{outside}, so {deg(turn)}"], wrong, check, shown=deg(turn))
    if level is Level.FADED or random.random() < 0.25:
        kind = random.choice(("exterior", "interior")) if level is Level.FADED else "interior"
        given = turn if kind == "exterior" else inner
        prompt = f"Each {kind} angle of a regular polygon is {deg(given)}. How many sides does it have?"
        first = (
            [f"Exterior angle: $180 - {inner} = {turn}$"]
            if kind == "interior"
            else ["The exterior angles add up to $360\\degree$"]
        )
        steps = [*first, f"$360 \\div {turn} = {sides}$, so ${sides}$ sides"]
        taken = "interior" if kind == "exterior" else "exterior"
        wrong = [
            (Rational(180, turn), "Uses 180 degrees"),
            (Rational(360, inner if kind == "interior" else 180 - turn), f"Mixes up {kind} and {taken} angle"),
        ]
        found = [n for n in range(3, 100) if near(inner, _inside(n))]
        return ask(topic, prompt, sides, steps, wrong, lambda: found[0])
    while True:
        one, other = random.sample(_WHOLE[:9], 2)
        inners = [180 - 360 // n for n in (one, other)]
        gap = 360 - sum(inners)
        if gap not in inners:
            break
    names = [{3: "equilateral triangle", 4: "square"}.get(n, f"regular {_polygon(n)}") for n in (one, other)]
    articles = ["an" if name.startswith("equi") else "a" for name in names]
    prompt = (
        f"{articles[0].capitalize()} {names[0]} and {articles[1]} {names[1]} lie side by side and share one side completely. "
        "At an end of that side, find the angle outside both shapes, between their next sides."
    )
    steps = [
        f"Interior angle of the {names[0]}: $180 - 360 \\div {one} = {inners[0]}$",
        f"Interior angle of the {names[1]}: $180 - 360 \\div {other} = {inners[1]}$",
        f"Round the point: $360 - {inners[0]} - {inners[1]} = {gap}$, so {deg(gap)}",
    ]
    wrong = [
        (sum(inners), "Adds the two angles and stops"),
        (360 - max(inners), "Takes away only one of the two angles"),
    ]
    return ask(topic, prompt, gap, steps, wrong, lambda: near(gap, 360 - _inside(one) - _inside(other)), shown=deg(gap))


@generates("quadrilaterals")
def quadrilaterals(random: Random, level: Level) -> Question:
    """Missing angles of parallelograms, rhombuses, kites and trapeziums, and expressions."""
    topic = "quadrilaterals"
    a = random.choice([size for size in range(35, 146) if size != 90])
    lean: list[Point] = arc(5, a, parts=1)
    base, top = (5.0, 0.0), lean[1]
    far = (base[0] + top[0], top[1])
    if level is Level.WORKED:
        shape = random.choice(("parallelogram", "rhombus"))
        opposite = random.random() < 0.4
        prompt = f"$ABCD$ is a {shape}. Angle $A$ is {deg(a)}. Find angle ${'C' if opposite else 'B'}$."
        if opposite:
            steps = [f"Opposite angles of a {shape} are equal", f"$C$ is opposite $A$, so angle $C$ is {deg(a)}"]
            wrong = [
                (180 - a, "Takes opposite angles to add up to 180 degrees"),
                (360 - a, "Takes it from a full turn"),
            ]
            return ask(topic, prompt, a, steps, wrong, lambda: near(a, angle_at(far, base, top)), shown=deg(a))
        steps = [
            "$A$ and $B$ lie between parallel sides, so they add up to $180\\degree$",
            f"$180 - {a} = {180 - a}$, so angle $B$ is {deg(180 - a)}",
        ]
        wrong = [(a, "Takes neighbouring angles as equal"), (360 - a, "Takes it from a full turn")]
        return ask(
            topic, prompt, 180 - a, steps, wrong, lambda: near(180 - a, angle_at(base, (0, 0), far)), shown=deg(180 - a)
        )
    if level is Level.FADED and random.random() < 0.5:
        while True:
            ends = [random.randint(40, 140), random.randint(40, 100)]
            side = Rational(360 - sum(ends), 2)
            if side.q == 1 and 60 <= side <= 140 and side not in ends and ends[0] != ends[1] and side != 180 - ends[0]:
                break
        prompt = (
            f"$ABCD$ is a kite with $AB = AD$ and $CB = CD$. Angle $A$ is {deg(ends[0])} and angle $C$ is {deg(ends[1])}. "
            "Find angle $B$."
        )
        steps = [
            "The angles add up to $360\\degree$, and those at $B$ and $D$ are equal",
            f"Together they are $360 - {ends[0]} - {ends[1]} = {2 * side}$",
            f"${2 * side} \\div 2 = {side}$, so angle $B$ is {deg(side)}",
        ]
        wrong = [
            (2 * side, "Forgets to halve"),
            (ends[0], "Takes the wrong pair of angles as equal"),
            (180 - ends[0], "Takes it for a parallelogram"),
        ]
        # Each half is a triangle: half of A, half of C and B.
        return ask(
            topic,
            prompt,
            side,
            steps,
            wrong,
            lambda: 180 - Rational(ends[0], 2) - Rational(ends[1], 2),
            shown=deg(side),
        )
    if level is Level.FADED:
        a = random.randint(40, 89)
        prompt = f"$ABCD$ is an isosceles trapezium with $AB$ parallel to $DC$. Angle $A$ is {deg(a)}. Find angle $C$."
        steps = [
            f"The trapezium is symmetrical, so angle $B$ is {deg(a)} too",
            "$B$ and $C$ lie between the parallel sides, so they add up to $180\\degree$",
            f"$180 - {a} = {180 - a}$, so angle $C$ is {deg(180 - a)}",
        ]
        wrong = [(a, "Takes opposite angles as equal, as in a parallelogram"), (360 - a, "Takes it from a full turn")]
        rise = arc(5, a, parts=1)[1]
        ends_of = ((20.0, 0.0), (20 - rise[0], rise[1]), rise)
        return ask(
            topic,
            prompt,
            180 - a,
            steps,
            wrong,
            lambda: near(180 - a, angle_at(ends_of[1], ends_of[0], ends_of[2])),
            shown=deg(180 - a),
        )
    opposite = random.random() < 0.5
    size = a if opposite else 180 - a
    while True:
        x, times, more_times = random.randint(8, 40), random.randint(1, 5), random.randint(1, 5)
        more, rest = a - times * x, size - more_times * x
        if times != more_times and 0 < abs(more) <= 40 and 0 < abs(rest) <= 60 and more + rest:
            break
    shape = random.choice(("parallelogram", "rhombus"))
    one, other = term(times, more), term(more_times, rest)
    corner = "C" if opposite else "B"
    prompt = f"$ABCD$ is a {shape}. Angle $A$ is ${one}\\degree$ and angle ${corner}$ is ${other}\\degree$. Find $x$."
    left, right = one.strip("()"), other.strip("()")
    summed, same = Rational(180 - more - rest, times + more_times), Rational(rest - more, times - more_times)
    if opposite:
        steps = [f"Opposite angles of a {shape} are equal", f"${left} = {right}$", f"$x = {x}$"]
        wrong = [(summed, "Takes opposite angles to add up to 180 degrees")]
    else:
        tail = f"{'+' if more + rest > 0 else '-'} {abs(more + rest)}"
        steps = [
            "$A$ and $B$ lie between parallel sides, so they add up to $180\\degree$",
            f"${left} + {right} = 180$",
            f"${times + more_times}x {tail} = 180$",
            f"$x = {x}$",
        ]
        wrong = [(same, "Takes neighbouring angles as equal")] if same > 0 else []
    wrong.append((a, "Gives angle A, not x"))
    tried = [
        value
        for value in range(1, 180)
        if (
            times * value + more == more_times * value + rest
            if opposite
            else times * value + more + more_times * value + rest == 180
        )
    ]
    return ask(topic, prompt, x, steps, wrong, lambda: tried[0])
