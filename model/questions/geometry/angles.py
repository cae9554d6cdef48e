"""Questions on angles: on a line and round a point, at parallel lines, in triangles, and bearings."""

from __future__ import annotations

from random import Random

from sympy import Rational

from model.questions.geometry.figures import Point, angle_at, ask, away, deg, near, term
from model.questions.question import Answer, Level, Question, generates


def find_x(
    topic: str,
    random: Random,
    *,
    figure: str,
    total: int,
    count: int,
    rule: str,
    other: tuple[int, str],
    smallest: int = 15,
) -> Question:
    """Angles given as expressions that add up to a total: find x, or the largest angle.

    Args:
        figure: How the prompt begins, such as "The angles of a triangle are".
        total: What they add up to.
        count: How many angles there are.
        rule: The fact, as the first step.
        other: A wrong total and the misconception behind it.
        smallest: No angle is less than this.
    """
    largest_allowed = 175 if count > 2 else 160
    while True:
        x = random.randint(12, 48)
        times = [random.randint(1, 4) for _ in range(count)]
        more = [random.choice((-20, -15, -10, -5, 0, 5, 10, 15, 20, 25, 30)) for _ in range(count - 1)]
        more.append(total - x * sum(times) - sum(more))
        angles = [a * x + b for a, b in zip(times, more, strict=True)]
        if (
            abs(more[-1]) <= 60
            and more[-1] % 5 == 0
            and sum(more) != 0
            and min(angles) >= smallest
            and max(angles) <= largest_allowed
            and max(angles) > sorted(angles)[-2]
            and len({*zip(times, more, strict=True)}) == count
        ):
            break
    parts = [f"${term(a, b)}\\degree$" for a, b in zip(times, more, strict=True)]
    listed = ", ".join(parts[:-1]) + f" and {parts[-1]}"
    factor, rest = sum(times), sum(more)
    sign = "+" if rest > 0 else "-"
    steps = [
        rule,
        f"${factor}x {sign} {abs(rest)} = {total}$",
        f"${factor}x = {total - rest}$, so $x = {x}$",
    ]
    tried = [value for value in range(1, 361) if sum(a * value + b for a, b in zip(times, more, strict=True)) == total]
    if random.random() < 0.5:
        slips = [
            (Rational(other[0] - rest, factor), other[1]),
            (Rational(total + rest, factor), "Moves the number to the other side without changing its sign"),
        ]
        return ask(topic, f"{figure} {listed}. Find $x$.", x, steps, slips, lambda: tried[0])
    place = angles.index(max(angles))
    a, b = times[place], more[place]
    made = f"{a} \\times {x}" if a > 1 else f"{x}"
    tail = f" {'+' if b > 0 else '-'} {abs(b)}" if b else ""
    steps.append(
        f"The largest angle: ${made}{tail} = {angles[place]}$, so {deg(angles[place])}"
        if b or a > 1
        else f"The largest angle: {deg(x)}"
    )
    slips = [(x, "Stops at x"), (total - angles[place], "Takes the largest angle away from the total")]
    return ask(
        topic,
        f"{figure} {listed}. Find the size of the largest angle.",
        angles[place],
        steps,
        slips,
        lambda: max(m * tried[0] + n for m, n in zip(times, more, strict=True)),
        shown=deg(angles[place]),
    )


@generates("angles")
def line_and_point(random: Random, level: Level) -> Question:
    """On a straight line, at crossing lines and round a point."""
    topic = "angles"
    if level is Level.WORKED:
        a = random.randint(21, 159)
        kind = random.choice(("line", "opposite", "next"))
        if a == 90:
            a = 85
        if kind == "opposite":
            prompt = f"Two straight lines cross. One of the angles is {deg(a)}. Find the angle that is vertically opposite to it."
            steps = ["Vertically opposite angles are equal", f"So it is {deg(a)}"]
            wrong = [(180 - a, "Takes it for the angle next to it on the line")]
            return ask(
                topic,
                prompt,
                a,
                steps,
                wrong,
                lambda: near(a, angle_at((0, 0), away((0, 0), 180), away((0, 0), 180 + a))),
                shown=deg(a),
            )
        prompt = (
            f"Two angles lie side by side on a straight line. One is {deg(a)}. Find the other."
            if kind == "line"
            else f"Two straight lines cross. One of the angles is {deg(a)}. Find an angle that is next to it."
        )
        steps = ["Angles on a straight line add up to $180\\degree$", f"$180 - {a} = {180 - a}$, so {deg(180 - a)}"]
        wrong = [(360 - a, "Takes it from a full turn"), (a, "Takes it for the vertically opposite angle")]
        check = lambda: near(180 - a, angle_at((0, 0), away((0, 0), a), away((0, 0), 180)))  # noqa: E731
        return ask(topic, prompt, 180 - a, steps, wrong, check, shown=deg(180 - a))
    if level is Level.FADED:
        on_line = random.random() < 0.4
        total = 180 if on_line else 360
        while True:
            known = [random.randint(25, 85 if on_line else 140) for _ in range(2 if on_line else 3)]
            answer = total - sum(known)
            if 15 <= answer <= 170 and answer not in known:
                break
        listed = ", ".join(map(deg, known[:-1])) + f" and {deg(known[-1])}"
        where = "side by side on a straight line" if on_line else "round a point"
        many, named = ("Three", "Two") if on_line else ("Four", "Three")
        prompt = f"{many} angles lie {where}. {named} of them are {listed}. Find the last one."
        rule = (
            "Angles on a straight line add up to $180\\degree$"
            if on_line
            else "Angles round a point add up to $360\\degree$"
        )
        steps = [
            rule,
            f"Known so far: ${' + '.join(map(str, known))} = {sum(known)}$",
            f"${total} - {sum(known)} = {answer}$, so {deg(answer)}",
        ]
        slip = 360 - sum(known) if on_line else abs(sum(known) - 180)
        wrong = [
            (slip, f"Uses {360 if on_line else 180} degrees"),
            (sum(known), "Stops at the sum of the known angles"),
        ]
        wrong = [each for each in wrong if each[0] > 0]
        counted = len(range(sum(known), total))  # degree by degree from the known ones on
        return ask(topic, prompt, answer, steps, wrong, lambda: counted, shown=deg(answer))
    if random.random() < 0.5:
        return find_x(
            topic, random, figure="Three angles lie side by side on a straight line:", total=180, count=3,
            rule="Angles on a straight line add up to $180\\degree$", other=(360, "Uses 360 degrees"),
        )  # fmt: skip
    return find_x(
        topic, random, figure="Four angles lie round a point:", total=360, count=4,
        rule="Angles round a point add up to $360\\degree$", other=(180, "Uses 180 degrees"),
    )  # fmt: skip


_AT_CROSSINGS = {
    ("P", "L", "U"): "APE", ("P", "R", "U"): "EPB", ("P", "R", "D"): "BPQ", ("P", "L", "D"): "APQ",
    ("Q", "L", "U"): "CQP", ("Q", "R", "U"): "PQD", ("Q", "R", "D"): "DQF", ("Q", "L", "D"): "CQF",
}  # fmt: skip
"""Crossing, left or right of the transversal, above or below the line -> name of the angle."""


def _reasons(given: tuple[str, str, str], wanted: tuple[str, str, str]) -> tuple[bool, tuple[str, ...]]:
    """Whether two angles are equal, and the facts that show it."""
    corner, side, height = given
    if corner != wanted[0]:
        facing = {(corner, height), (wanted[0], wanted[2])} == {("P", "D"), ("Q", "U")}
        if (side, height) == wanted[1:]:
            return True, ("Corresponding angles are equal",)
        if facing and side == wanted[1]:
            return False, ("Co-interior angles add up to $180\\degree$",)
        if facing:
            return True, ("Alternate angles are equal",)
        equal, last = _reasons((wanted[0], side, height), wanted)
        return equal, ("Corresponding angles are equal", *last)
    if side != wanted[1] and height != wanted[2]:
        return True, ("Vertically opposite angles are equal",)
    return False, ("Angles on a straight line add up to $180\\degree$",)


def _measured(name: str, lean: int) -> float:
    """An angle of the figure from coordinates, where APQ is `lean` degrees."""
    down = away((0, 0), 270 - lean, 10)  # from P, the angle counted from the way to A, which points west
    places: dict[str, Point] = {
        "A": (-5, 0), "B": (5, 0), "P": (0, 0), "Q": down, "C": (down[0] - 5, down[1]), "D": (down[0] + 5, down[1]),
        "E": (-down[0], -down[1]), "F": (2 * down[0], 2 * down[1]),
    }  # fmt: skip
    return angle_at(places[name[1]], places[name[0]], places[name[2]])


@generates("angles-in-parallel-lines")
def parallel(random: Random, level: Level) -> Question:
    """One angle from another by its pair, by one or two facts, and with expressions."""
    topic = "angles-in-parallel-lines"
    a = random.choice([size for size in range(35, 146) if size != 90])
    if level is Level.WORKED:
        pair = random.choice(("alternate", "corresponding", "co-interior"))
        answer = 180 - a if pair == "co-interior" else a
        joint = "with" if pair == "co-interior" else "to"
        prompt = f"A straight line crosses two parallel lines. One of the angles is {deg(a)}. Find the angle {pair} {joint} it."
        if pair == "co-interior":
            steps = ["Co-interior angles add up to $180\\degree$", f"$180 - {a} = {answer}$, so {deg(answer)}"]
            wrong = [(a, "Takes co-interior angles to be equal"), (360 - a, "Takes it from a full turn")]
        else:
            steps = [f"{pair.capitalize()} angles are equal", f"So it is {deg(answer)}"]
            wrong = [(180 - a, f"Takes {pair} angles to add up to 180 degrees")]
        partner = {"alternate": "PQD", "corresponding": "CQF", "co-interior": "CQP"}[pair]
        return ask(topic, prompt, answer, steps, wrong, lambda: near(answer, _measured(partner, a)), shown=deg(answer))
    figure = (
        "$AB$ and $CD$ are parallel lines, $A$ and $C$ on the left. The line $EF$ crosses $AB$ at $P$ and $CD$ at $Q$; "
        "$E$ is above $AB$ and $F$ below $CD$."
    )
    while True:
        given, wanted = random.sample(sorted(_AT_CROSSINGS), 2)
        equal, facts = _reasons(given, wanted)
        if given[0] != wanted[0] or level is Level.INDEPENDENT:
            break
    one, other = _AT_CROSSINGS[given], _AT_CROSSINGS[wanted]
    lean = a if _reasons(("P", "L", "D"), given)[0] or given == ("P", "L", "D") else 180 - a
    if level is Level.FADED:
        answer = a if equal else 180 - a
        prompt = f"{figure} Angle ${one}$ is {deg(a)}. Find angle ${other}$."
        last = (
            f"So angle ${other}$ is {deg(answer)}"
            if equal
            else f"$180 - {a} = {answer}$, so angle ${other}$ is {deg(answer)}"
        )
        wrong = [
            (
                180 - answer,
                "Takes the two angles to add up to 180 degrees" if equal else "Takes the two angles to be equal",
            )
        ]
        if len(facts) == 2:
            via = _AT_CROSSINGS[wanted[0], given[1], given[2]]
            facts = (f"{facts[0]}, so angle ${via}$ is {deg(a)}", facts[1])
        return ask(
            topic,
            prompt,
            answer,
            [*facts, last],
            wrong,
            lambda: near(answer, _measured(other, lean)),
            shown=deg(answer),
        )
    while True:
        x, times, more_times = random.randint(8, 40), random.randint(2, 5), random.randint(1, 4)
        more, size = a - times * x, a if equal else 180 - a
        rest = size - more_times * x
        if x != a and times != more_times and 0 < abs(more) <= 40 and 0 < abs(rest) <= 60:
            break
    prompt = (
        f"{figure} Angle ${one}$ is ${term(times, more)}\\degree$ and "
        f"angle ${other}$ is ${term(more_times, rest)}\\degree$. Find $x$."
    )
    left, right = term(times, more).strip("()"), term(more_times, rest).strip("()")
    summed: Answer = Rational(180 - more - rest, times + more_times)
    level_out: Answer = Rational(rest - more, times - more_times)
    if equal:
        more_left = times > more_times
        factor, number_left = abs(times - more_times), rest - more if more_left else more - rest
        both = [f"${factor}x = {number_left}$"] if factor > 1 else []
        steps = [*facts, f"${left} = {right}$", *both, f"$x = {x}$"]
        slips = [(summed, "Takes the two angles to add up to 180 degrees")]
    else:
        constant = more + rest
        tail = f" {'+' if constant > 0 else '-'} {abs(constant)}" if constant else ""
        steps = [*facts, f"${left} + {right} = 180$", f"${times + more_times}x{tail} = 180$", f"$x = {x}$"]
        slips = [(level_out, "Takes the two angles to be equal")] if level_out > 0 else []
    slips.append((a, "Gives the size of the first angle, not x"))
    return ask(
        topic,
        prompt,
        x,
        steps,
        slips,
        lambda: near(times * x + more, _measured(one, lean)) and near(more_times * x + rest, _measured(other, lean)),
    )
