"""Questions on which facts show that two triangles are congruent."""

from __future__ import annotations

from math import cos, radians, sin, sqrt
from random import Random

from model.questions.geometry.figures import ask, deg
from model.questions.question import Level, Question, generates

_NOT = "not enough"


def _fitting(kind: str, facts: tuple[int, ...]) -> int:
    """How many different triangles have the facts; 99 for any number."""
    if kind == "AAA":
        return 99
    if kind != "SSA":
        return 1
    angle, side, facing = facts  # the third side from the cosine rule, as a quadratic
    middle, rest = side * cos(radians(angle)), side * side - facing * facing
    inner = middle * middle - rest
    return sum(1 for sign in (-1, 1) if inner > 0 and middle + sign * sqrt(inner) > 0)


@generates("congruent-triangles")
def congruent(random: Random, level: Level) -> Question:
    """Which condition shows that two triangles are congruent, if any does."""
    topic = "congruent-triangles"
    kind = random.choice(("SSS", "SAS", "ASA", "RHS", "AAA", "SSA")[: 6 if level is Level.FADED else 4])
    a, b = random.sample(range(5, 15), 2)
    one, other = random.sample([size for size in range(35, 80) if size != 60], 2)
    asked = (
        "Which of SSS, SAS, ASA and RHS shows that they are congruent?"
        if level is Level.WORKED
        else f'Which of SSS, SAS, ASA and RHS shows that they are congruent? Write "{_NOT}" if none of them does.'
    )
    if level is Level.INDEPENDENT:
        third = 180 - one - other
        if third in (one, other) or one == other:
            one, other, third = 50, 60, 70
        fits = random.random() < 0.5
        matching = "DE" if fits else random.choice(("EF", "DF"))
        prompt = (
            f"In triangle $ABC$, angle $A$ is {deg(one)}, angle $B$ is {deg(other)} and $AB = {a}$ cm. In triangle $DEF$, "
            f"angle $D$ is {deg(one)}, angle $F$ is {deg(third)} and ${matching} = {a}$ cm. {asked}"
        )
        lies = "does too" if fits else "does not"
        steps = [
            f"Angle $E$: $180 - {one} - {third} = {other}$, so the triangles have equal angles",
            f"$AB$ lies between the angles of {deg(one)} and {deg(other)}; ${matching}$ {lies}",
            "Two angles and the side between them: ASA" if fits else f"The triangles are similar, but this is {_NOT}",
        ]
        # Side AB against the side of the other triangle in the same place, by the sine rule.
        sines = {"DE": third, "EF": one, "DF": other}
        place = a * sin(radians(third)) / sin(radians(sines[matching]))
        answer = "ASA" if fits else _NOT
        wrong = [
            (_NOT if fits else "ASA", "Does not look at which angles the side lies between"),
            ("AAA", "Takes three equal angles as enough"),
        ]
        return ask(topic, prompt, answer, steps, wrong, lambda: (abs(place - a) < 1e-9) == fits, shown=answer)
    long = max(a, b) + random.randint(1, min(a, b) - 2)
    facts = {
        "SSS": f"$AB = PQ = {a}$ cm, $BC = QR = {b}$ cm and $AC = PR = {long}$ cm",
        "SAS": f"$AB = PQ = {a}$ cm, $BC = QR = {b}$ cm, and angles $B$ and $Q$ are both {deg(one)}",
        "ASA": f"angles $A$ and $P$ are both {deg(one)}, angles $B$ and $Q$ are both {deg(other)}, and $AB = PQ = {a}$ cm",
        "RHS": f"angles $B$ and $Q$ are right angles, $AC = PR = {max(a, b)}$ cm and $AB = PQ = {min(a, b)}$ cm",
        "AAA": f"angles $A$ and $P$ are both {deg(one)}, angles $B$ and $Q$ both {deg(other)}, "
        f"and angles $C$ and $R$ both {deg(180 - one - other)}",
        "SSA": "",
    }
    low = 0
    if kind == "SSA":
        one = random.randint(35, 55)
        while True:
            side, low = random.randint(8, 14), random.randint(5, 13)
            if side * sin(radians(one)) + 0.5 < low < side:
                break
        a = side
        facts["SSA"] = f"angles $A$ and $P$ are both {deg(one)}, $AB = PQ = {side}$ cm and $BC = QR = {low}$ cm"
    why = {
        "SSS": "Three pairs of equal sides",
        "SAS": "Two pairs of equal sides with the equal angles between them",
        "ASA": "Two pairs of equal angles with the equal sides between them",
        "RHS": "A right angle, the longest side and one other side",
        "AAA": "Three equal angles fix the shape but not the size",
        "SSA": "The angle is not between the two sides, and two triangles fit",
    }[kind]
    answer = kind if kind not in ("AAA", "SSA") else _NOT
    prompt = f"In triangles $ABC$ and $PQR$, {facts[kind]}. {asked}"
    steps = ["List what is equal, in order round the triangle", f"{why}: {answer}"]
    slip = {
        "SSS": ("SAS", "Counts an angle that is not given"),
        "SAS": ("ASA", "Does not count which are sides and which are angles"),
        "ASA": ("SAS", "Does not count which are sides and which are angles"),
        "RHS": ("SAS", "Takes the right angle to lie between the two sides"),
        "AAA": ("ASA", "Takes equal angles as enough"),
        "SSA": ("SAS", "Does not look whether the angle lies between the sides"),
    }[kind]
    count = _fitting(kind, (one, a, low))
    return ask(topic, prompt, answer, steps, [slip], lambda: (count == 1) == (answer != _NOT), shown=answer)
