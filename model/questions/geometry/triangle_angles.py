"""Questions on angles inside and outside triangles, and bearings."""

from __future__ import annotations

from random import Random

from model.questions.geometry.angles import find_x
from model.questions.geometry.figures import Point, angle_at, ask, away, deg, near
from model.questions.question import Level, Question, generates


def _third(one: int, other: int) -> float:
    """The third angle of a triangle with two given ones, measured where their sides meet."""
    start, end = (0.0, 0.0), (10.0, 0.0)
    first, second = away(start, 90 - one), away(end, 270 + other)
    # Where start + s * first meets end + t * (second - end).
    across, up = second[0] - end[0], second[1] - end[1]
    length = 10 * up / (first[0] * up - first[1] * across)
    return angle_at((length * first[0], length * first[1]), start, end)


@generates("angles-in-triangles")
def triangles(random: Random, level: Level) -> Question:
    """The third angle, isosceles triangles and outside angles, and expressions."""
    topic = "angles-in-triangles"
    if level is Level.WORKED:
        while True:
            a, b = random.randint(20, 100), random.randint(20, 100)
            answer = 180 - a - b
            if answer >= 15 and answer not in (a, b) and a != b:
                break
        prompt = f"Two angles of a triangle are {deg(a)} and {deg(b)}. Find the third angle."
        steps = [
            "The angles of a triangle add up to $180\\degree$",
            f"${a} + {b} = {a + b}$",
            f"$180 - {a + b} = {answer}$, so {deg(answer)}",
        ]
        wrong = [(360 - a - b, "Uses 360 degrees"), (a + b, "Stops at the sum of the two angles")]
        return ask(topic, prompt, answer, steps, wrong, lambda: near(answer, _third(a, b)), shown=deg(answer))
    if level is Level.INDEPENDENT:
        return find_x(
            topic, random, figure="The angles of a triangle are", total=180, count=3,
            rule="The angles of a triangle add up to $180\\degree$", other=(360, "Uses 360 degrees"),
        )  # fmt: skip
    kind = random.choice(("base", "top", "outside"))
    if kind == "outside":
        while True:
            a, b = random.randint(25, 95), random.randint(25, 95)
            if a + b < 160 and a + b != 90 and a != b:
                break
        prompt = (
            f"Two angles of a triangle are {deg(a)} and {deg(b)}. One side is lengthened past the third corner. "
            "Find the angle outside the triangle there."
        )
        steps = [
            f"The third angle inside: $180 - {a} - {b} = {180 - a - b}$",
            f"Outside, on a straight line with it: $180 - {180 - a - b} = {a + b}$, so {deg(a + b)}",
        ]
        wrong = [
            (180 - a - b, "Gives the angle inside"),
            (360 - (180 - a - b), "Takes the angle inside from a full turn"),
        ]
        return ask(topic, prompt, a + b, steps, wrong, lambda: near(a + b, 180 - _third(a, b)), shown=deg(a + b))
    equal = random.choice([size for size in range(20, 83) if size != 60])
    top = 180 - 2 * equal
    if kind == "base":
        prompt = f"Triangle $ABC$ has $AB = AC$. Angle $A$ is {deg(top)}. Find angle $B$."
        steps = [
            "$AB = AC$, so the angles at $B$ and $C$ are equal",
            f"Together they are $180 - {top} = {2 * equal}$",
            f"${2 * equal} \\div 2 = {equal}$, so angle $B$ is {deg(equal)}",
        ]
        wrong = [(top, "Takes the wrong pair of angles as equal"), (2 * equal, "Forgets to halve")]
        return ask(topic, prompt, equal, steps, wrong, lambda: near(top, _third(equal, equal)), shown=deg(equal))
    prompt = f"Triangle $ABC$ has $AB = AC$. Angle $B$ is {deg(equal)}. Find angle $A$."
    steps = [
        f"$AB = AC$, so angle $C$ is {deg(equal)} too",
        f"$180 - {equal} - {equal} = {top}$, so angle $A$ is {deg(top)}",
    ]
    wrong = [
        (equal, "Takes the wrong pair of angles as equal"),
        (180 - equal, "Takes away only one of the equal angles"),
    ]
    return ask(topic, prompt, top, steps, wrong, lambda: near(top, _third(equal, equal)), shown=deg(top))


def _figures(bearing: int) -> str:
    return f"${bearing:03}\\degree$"


def _bearing(start: Point, end: Point) -> int:
    """The bearing of one point from another, found by trying every whole degree."""
    length = ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5
    tried = ((away(start, turn, length), turn) for turn in range(360))
    return min(tried, key=lambda each: (each[0][0] - end[0]) ** 2 + (each[0][1] - end[1]) ** 2)[1]


@generates("bearings")
def bearings(random: Random, level: Level) -> Question:
    """The way back, the angle between two bearings, and the angle where two journeys meet."""
    topic = "bearings"
    origin: Point = (0.0, 0.0)
    things = random.choice(
        (("a ship", "a harbour"), ("a church", "a farm"), ("a tent", "a lake"), ("a boat", "a lighthouse"))
    )
    to_see, stand = things[0].split()[1], things[1].split()[1]
    there = random.randint(5, 355)
    if level is Level.INDEPENDENT:
        while True:
            first, second = random.randint(10, 350), random.randint(10, 350)
            back = (first + 180) % 360
            gap = abs(back - second)
            angle = min(gap, 360 - gap)
            if 20 <= angle <= 160 and back >= 5 and angle != 90:
                break
        prompt = (
            f"The bearing of $B$ from $A$ is {_figures(first)} and the bearing of $C$ from $B$ is {_figures(second)}. "
            "Find the size of angle $ABC$."
        )
        half = f"{first} + 180" if first < 180 else f"{first} - 180"
        large, small = max(back, second), min(back, second)
        steps = [
            f"The bearing of $A$ from $B$: ${half} = {back}$, so {_figures(back)}",
            f"Between it and {_figures(second)}: ${large} - {small} = {gap}$",
        ]
        if gap > 180:
            steps.append(f"That is the outside; inside: $360 - {gap} = {angle}$")
        steps[-1] += f", so angle $ABC$ is {deg(angle)}"
        turn = abs(first - second)
        wrong = [
            (min(turn, 360 - turn), "Does not turn the first bearing round to the way back"),
            (360 - angle, "Gives the reflex angle"),
        ]
        wrong = [each for each in wrong if each[0] > 0]
        b = away(origin, first, 3)
        return ask(
            topic,
            prompt,
            angle,
            steps,
            wrong,
            lambda: near(angle, angle_at(b, origin, away(b, second, 2))),
            shown=deg(angle),
        )
    if level is Level.FADED and random.random() < 0.5:
        while True:
            one, other = sorted(random.sample(range(15, 345), 2))
            if 20 <= other - one <= 160 or 200 <= other - one <= 330:
                break
        gap = other - one
        angle = min(gap, 360 - gap)
        prompt = (
            f"From $A$, the bearing of $B$ is {_figures(one)} and the bearing of $C$ is {_figures(other)}. "
            "Find the size of the angle $BAC$ that is less than $180\\degree$."
        )
        steps = ["Both bearings are measured from the same north line", f"${other} - {one} = {gap}$"]
        if gap > 180:
            steps.append(f"That is more than half a turn: $360 - {gap} = {angle}$")
        steps[-1] += f", so angle $BAC$ is {deg(angle)}"
        wrong = [(360 - angle, "Gives the reflex angle"), (one + other, "Adds the bearings")]
        return ask(
            topic,
            prompt,
            angle,
            steps,
            wrong,
            lambda: near(angle, angle_at(origin, away(origin, one), away(origin, other))),
            shown=deg(angle),
        )
    if level is Level.WORKED:
        there = random.randint(5, 175)
    if there in (90, 180):
        there += 1
    back = (there + 180) % 360
    prompt = f"The bearing of a {to_see} from a {stand} is {_figures(there)}. Find the bearing of the {stand} from the {to_see}."
    steps = [
        "The north lines are parallel, so the way back is half a turn more or less",
        f"${there} {'+' if there < 180 else '-'} 180 = {back}$, so {_figures(back)}",
    ]
    wrong = [
        (360 - there, "Takes the bearing from a full turn"),
        (abs(180 - there), "Takes the bearing from half a turn"),
    ]
    return ask(
        topic, prompt, back, steps, wrong, lambda: _bearing(away(origin, there, 4), origin), shown=_figures(back)
    )
