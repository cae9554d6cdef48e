"""Questions on circle theorems."""

from __future__ import annotations

from math import cos, radians, sin, tan
from random import Random

from model.questions.geometry.figures import Point, angle_at, ask, deg, near
from model.questions.question import Level, Question, generates

_CENTRE: Point = (0.0, 0.0)


def _on(turn: float) -> Point:
    return cos(radians(turn)), sin(radians(turn))


@generates("circle-theorems")
def theorems(random: Random, level: Level) -> Question:
    """One theorem; tangents and cyclic quadrilaterals; two facts one after the other."""
    topic = "circle-theorems"
    if level is Level.WORKED:
        kind = random.choice(("edge", "centre", "semicircle"))
        edge = random.choice([size for size in range(25, 86) if size != 60])
        far = _on(edge + 180)
        if kind == "semicircle":
            prompt = (
                "$AB$ is a diameter of a circle and $C$ is another point on the circle. "
                f"Angle $A$ of triangle $ABC$ is {deg(edge)}. Find angle $B$."
            )
            steps = [
                "The angle in a semicircle is a right angle, so angle $C$ is $90\\degree$",
                f"$180 - 90 - {edge} = {90 - edge}$, so angle $B$ is {deg(90 - edge)}",
            ]
            wrong = [(180 - edge, "Leaves out the right angle"), (edge, "Takes the triangle to be isosceles")]
            c = _on(2 * edge)
            return ask(
                topic,
                prompt,
                90 - edge,
                steps,
                wrong,
                lambda: near(90 - edge, angle_at(_on(0), _on(180), c)) and near(edge, angle_at(_on(180), _on(0), c)),
                shown=deg(90 - edge),
            )
        figure = "$A$, $B$ and $C$ lie on a circle with centre $O$, $C$ on the longer arc from $A$ to $B$."
        rule = "The angle at the centre is twice the angle at the edge"
        measured = angle_at(far, _on(0), _on(2 * edge))
        if kind == "edge":
            prompt = f"{figure} Angle $AOB$ is {deg(2 * edge)}. Find angle $ACB$."
            steps = [rule, f"${2 * edge} \\div 2 = {edge}$, so angle $ACB$ is {deg(edge)}"]
            wrong = [
                (2 * edge, "Takes both angles to be equal"),
                (180 - 2 * edge, "Takes them to add up to 180 degrees"),
            ]
            return ask(topic, prompt, edge, steps, wrong, lambda: near(edge, measured), shown=deg(edge))
        prompt = f"{figure} Angle $ACB$ is {deg(edge)}. Find angle $AOB$."
        steps = [rule, f"$2 \\times {edge} = {2 * edge}$, so angle $AOB$ is {deg(2 * edge)}"]
        wrong = [(edge, "Takes both angles to be equal"), (180 - edge, "Takes them to add up to 180 degrees")]
        return ask(topic, prompt, 2 * edge, steps, wrong, lambda: near(edge, measured), shown=deg(2 * edge))
    a = random.choice([size for size in range(40, 141) if size not in (60, 90, 120)])
    touching = 1 / cos(radians(a / 2))  # how far from the centre two tangents meet
    meeting = (touching * cos(radians(a / 2)), touching * sin(radians(a / 2)))
    if level is Level.FADED:
        kind = random.choice(("opposite", "tangents", "same"))
        if kind == "opposite":
            prompt = f"$A$, $B$, $C$ and $D$ lie in this order on a circle. Angle $ABC$ is {deg(a)}. Find angle $ADC$."
            steps = [
                "Opposite angles of a cyclic quadrilateral add up to $180\\degree$",
                f"$180 - {a} = {180 - a}$, so angle $ADC$ is {deg(180 - a)}",
            ]
            wrong = [(a, "Takes opposite angles as equal"), (360 - a, "Takes it from a full turn")]
            one, other = _on(0), _on(360 - 2 * a)
            return ask(
                topic,
                prompt,
                180 - a,
                steps,
                wrong,
                lambda: near(180 - a, angle_at(_on(-a), one, other)) and near(a, angle_at(_on(180 - a), one, other)),
                shown=deg(180 - a),
            )
        if kind == "tangents":
            prompt = (
                "$TA$ and $TB$ are tangents that touch a circle with centre $O$ at $A$ and $B$. "
                f"Angle $AOB$ is {deg(a)}. Find angle $ATB$."
            )
            steps = [
                "A tangent makes a right angle with the radius, at $A$ and at $B$",
                f"In $OATB$: $360 - 90 - 90 - {a} = {180 - a}$, so angle $ATB$ is {deg(180 - a)}",
            ]
            wrong = [(a, "Takes the angles at O and T as equal"), (360 - a, "Leaves out the right angles")]
            return ask(
                topic,
                prompt,
                180 - a,
                steps,
                wrong,
                lambda: near(180 - a, angle_at(meeting, _on(0), _on(a))),
                shown=deg(180 - a),
            )
        while True:
            edge, second = random.randint(25, 70), random.randint(20, 70)
            if edge != second and edge + second != 90 and 180 - edge - second >= 30:
                break
        third = 180 - edge - second
        prompt = (
            "$A$, $B$, $C$ and $D$ lie in this order on a circle, and $AC$ and $BD$ cross at $X$. "
            f"Angle $ADB$ is {deg(edge)} and angle $CBD$ is {deg(second)}. Find angle $BXC$."
        )
        steps = [
            f"Angles on the same arc $AB$ are equal, so angle $ACB$ is {deg(edge)}",
            f"In triangle $BXC$: $180 - {second} - {edge} = {third}$, so angle $BXC$ is {deg(third)}",
        ]
        wrong = [(edge + second, "Adds the two angles and stops"), (180 - edge, "Leaves out one of the angles")]
        # Arcs AB and CD are twice the angles that look at them; BC and DA share the rest.
        rest = (360 - 2 * edge - 2 * second) / 2
        points = [_on(0), _on(2 * edge), _on(2 * edge + rest), _on(2 * edge + rest + 2 * second)]
        along = (points[2][0] - points[0][0], points[2][1] - points[0][1])
        other_way = (points[3][0] - points[1][0], points[3][1] - points[1][1])
        cross = along[0] * other_way[1] - along[1] * other_way[0]
        part = ((points[1][0] - points[0][0]) * other_way[1] - (points[1][1] - points[0][1]) * other_way[0]) / cross
        x = (points[0][0] + part * along[0], points[0][1] + part * along[1])
        return ask(
            topic, prompt, third, steps, wrong, lambda: near(third, angle_at(x, points[1], points[2])), shown=deg(third)
        )
    kind = random.choice(("isosceles", "tangents", "segment"))
    if kind == "isosceles":
        small = random.choice([size for size in range(12, 66) if size not in (30, 45)])
        answer = 90 - small
        prompt = (
            "$A$, $B$ and $C$ lie on a circle with centre $O$, $C$ on the longer arc from $A$ to $B$. "
            f"Angle $OAB$ is {deg(small)}. Find angle $ACB$."
        )
        steps = [
            f"$OA = OB$, so angle $OBA$ is {deg(small)} too",
            f"Angle $AOB$: $180 - {small} - {small} = {180 - 2 * small}$",
            f"At the edge half of it: ${180 - 2 * small} \\div 2 = {answer}$, so angle $ACB$ is {deg(answer)}",
        ]
        wrong = [
            (180 - 2 * small, "Stops at the angle at the centre"),
            (small, "Takes angles on the same side AB as equal"),
        ]
        b = _on(180 - 2 * small)
        return ask(
            topic,
            prompt,
            answer,
            steps,
            wrong,
            lambda: (
                near(answer, angle_at(_on(180 + 90 - small), _on(0), b)) and near(small, angle_at(_on(0), _CENTRE, b))
            ),
            shown=deg(answer),
        )
    if kind == "tangents":
        outside = 180 - a
        if a % 2:
            a, outside = a + 1, outside - 1
        touching = 1 / cos(radians(a / 2))
        meeting = (touching * cos(radians(a / 2)), touching * sin(radians(a / 2)))
        prompt = (
            "$TA$ and $TB$ are tangents that touch a circle with centre $O$ at $A$ and $B$, and $C$ lies on "
            "the longer arc from $A$ to $B$. "
            f"Angle $ATB$ is {deg(outside)}. Find angle $ACB$."
        )
        steps = [
            "A tangent makes a right angle with the radius, at $A$ and at $B$",
            f"Angle $AOB$: $360 - 90 - 90 - {outside} = {a}$",
            f"At the edge half of it: ${a} \\div 2 = {a // 2}$, so angle $ACB$ is {deg(a // 2)}",
        ]
        wrong = [(a, "Stops at the angle at the centre"), (outside // 2, "Halves the angle between the tangents")]
        figure_fits = near(outside, angle_at(meeting, _on(0), _on(a)))
        edge_of = angle_at(_on(a / 2 + 180), _on(0), _on(a))
        return ask(
            topic, prompt, a // 2, steps, wrong, lambda: figure_fits and near(a // 2, edge_of), shown=deg(a // 2)
        )
    while True:
        edge, second = random.randint(35, 80), random.randint(30, 80)
        answer = 180 - edge - second
        if edge != second and answer not in (edge, second) and answer >= 25:
            break
    prompt = (
        "A tangent touches a circle at $A$. $B$ and $C$ are on the circle. "
        f"The acute angle between the tangent and $AB$ is {deg(edge)}, "
        f"with $C$ on the other side of $AB$, and angle $ABC$ is {deg(second)}. Find angle $BAC$."
    )
    steps = [
        f"Alternate segment theorem: angle $ACB$ is {deg(edge)}",
        f"In triangle $ABC$: $180 - {edge} - {second} = {answer}$, so angle $BAC$ is {deg(answer)}",
    ]
    wrong = [
        (180 - 2 * edge, "Takes angle ABC to be equal to the angle at the tangent"),
        (edge, "Takes the alternate segment angle for angle BAC"),
    ]
    b, c = _on(2 * edge), _on(-2 * second)
    ahead = (1.0, tan(radians(45)))  # along the tangent at (1, 0), on the side of B
    return ask(
        topic,
        prompt,
        answer,
        steps,
        wrong,
        lambda: near(answer, angle_at(_on(0), b, c)) and near(edge, angle_at(_on(0), b, ahead)),
        shown=deg(answer),
    )
