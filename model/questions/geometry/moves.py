"""Questions on reflections, rotations and translations of points."""

from __future__ import annotations

from random import Random

from model.questions.geometry.figures import angle_at, ask, column, near
from model.questions.question import Level, Question, generates

Place = tuple[int, int]
_LOWEST = {Level.WORKED: 0, Level.FADED: -6, Level.INDEPENDENT: -9}


def _at(place: Place) -> str:
    return f"$({place[0]}, {place[1]})$"


def _place(random: Random, level: Level) -> Place:
    return random.randint(_LOWEST[level], 9), random.randint(_LOWEST[level], 9)


def _signed(value: int) -> str:
    return f"({value})" if value < 0 else str(value)


@generates("reflection")
def reflection(random: Random, level: Level) -> Question:
    """In vertical and horizontal lines, then in sloping ones; the mirror from two points."""
    topic = "reflection"
    while True:
        x, y = _place(random, level)
        line = random.randint(_LOWEST[level], 8)
        if len({abs(x), abs(y), abs(line)}) == 3 and 0 not in (x, y):
            break
    upright = random.random() < 0.5
    image: Place = (2 * line - x, y) if upright else (x, 2 * line - y)
    name = f"$x = {line}$" if upright else f"$y = {line}$"
    if level is Level.INDEPENDENT and random.random() < 0.6:
        minus = random.random() < 0.5
        image = (-y, -x) if minus else (y, x)
        name = "$y = -x$" if minus else "$y = x$"
        prompt = f"The point {_at((x, y))} is reflected in the line {name}. Find the coordinates of its image."
        steps = [
            "The coordinates change places" + (", and both signs change" if minus else ""),
            f"{_at((x, y))} goes to {_at(image)}",
        ]
        wrong = [
            ((-x, y), "Reflects in the y-axis"),
            ((x, -y), "Reflects in the x-axis"),
            ((-image[0], -image[1]), "Uses the other sloping line"),
        ]
        # The join is halved by the mirror and as far from its points.
        sign = -1 if minus else 1
        halved = x + image[0] == sign * (y + image[1]) and (image[0] - x) + sign * (image[1] - y) == 0
        return ask(topic, prompt, image, steps, wrong, lambda: halved, shown=_at(image))
    if level is Level.INDEPENDENT:
        prompt = (
            f"A reflection sends {_at((x, y))} to {_at(image)}. The mirror line is "
            f"{'vertical' if upright else 'horizontal'}. Find its equation."
        )
        letter, one, other = ("x", x, image[0]) if upright else ("y", y, image[1])
        steps = [
            f"Halfway between the points: $({one} + {_signed(other)}) \\div 2 = {line}$",
            f"Every point of the mirror has ${letter} = {line}$",
        ]
        answer = f"{letter} = {line}"
        wrong_words = [
            (f"{'y' if upright else 'x'} = {line}", "Mixes up vertical and horizontal lines"),
            (f"{letter} = {other}", "Takes the image for the mirror"),
        ]
        middle = [value for value in range(-40, 41) if value - one == other - value]
        return ask(topic, prompt, answer, steps, wrong_words, lambda: middle == [line], shown=f"${answer}$")
    prompt = f"The point {_at((x, y))} is reflected in the line {name}. Find the coordinates of its image."
    away = abs(x - line) if upright else abs(y - line)
    steps = [
        f"The point is ${away}$ {'square' if away == 1 else 'squares'} from the mirror, so its image is ${away}$ beyond it",
        f"The image: {_at(image)}",
    ]
    wrong = [
        ((x, 2 * line - y) if upright else (2 * line - x, y), "Mixes up vertical and horizontal lines"),
        ((-x, y) if upright else (x, -y), "Reflects in an axis"),
    ]
    walked = [step for step in range(-60, 60) if abs(step - line) == away and step != (x if upright else y)]
    return ask(
        topic, prompt, image, steps, wrong, lambda: (walked[0], y) if upright else (x, walked[0]), shown=_at(image)
    )


def _turned(place: Place, centre: Place, quarters: int) -> Place:
    """A point after so many quarter turns anticlockwise."""
    across, up = place[0] - centre[0], place[1] - centre[1]
    for _ in range(quarters):
        across, up = -up, across
    return centre[0] + across, centre[1] + up


@generates("rotation")
def rotation(random: Random, level: Level) -> Question:
    """About the origin, then about other points, and the turn from a point and its image."""
    topic = "rotation"
    quarters = random.choice((1, 2, 3))
    words = {1: "$90\\degree$ anticlockwise", 2: "$180\\degree$", 3: "$90\\degree$ clockwise"}
    while True:
        place = _place(random, level)
        centre: Place = (0, 0) if level is Level.WORKED else (random.randint(-4, 5), random.randint(-4, 5))
        across, up = place[0] - centre[0], place[1] - centre[1]
        if 0 not in (across, up) and abs(across) != abs(up) and (level is Level.WORKED or centre != (0, 0)):
            break
    image = _turned(place, centre, quarters)
    if level is Level.INDEPENDENT and random.random() < 0.4:
        prompt = (
            f"A rotation about {_at(centre)} sends {_at(place)} to {_at(image)}. "
            "Is it $90\\degree$ clockwise, $90\\degree$ anticlockwise or $180\\degree$?"
        )
        steps = [
            f"From the centre to the point: ${across}$ across and ${up}$ up; to the image: "
            f"${image[0] - centre[0]}$ across and ${image[1] - centre[1]}$ up",
            f"That is a turn of {words[quarters]}",
        ]
        answer = words[quarters].replace("$", "").replace("\\degree", "°")
        others = [words[other].replace("$", "").replace("\\degree", "°") for other in (1, 2, 3) if other != quarters]
        wrong_words = [(others[0], "Mixes up the turns"), (others[1], "Mixes up the turns")]
        cross = across * (image[1] - centre[1]) - up * (image[0] - centre[0])
        kind = 2 if cross == 0 else 1 if cross > 0 else 3
        return ask(topic, prompt, answer, steps, wrong_words, lambda: kind == quarters, shown=words[quarters])
    prompt = (
        f"The point {_at(place)} is rotated {words[quarters]} about {_at(centre)}. Find the coordinates of its image."
    )
    new = image[0] - centre[0], image[1] - centre[1]
    steps = [
        f"From the centre to the point: ${across}$ across and ${up}$ up",
        f"Turned: ${new[0]}$ across and ${new[1]}$ up",
        f"From the centre that is {_at(image)}",
    ]
    wrong = (
        [(_turned(place, centre, 4 - quarters), "Turns the other way")]
        if quarters != 2
        else [(_turned(place, centre, 1), "Turns only a quarter")]
    )
    if centre != (0, 0):
        wrong.append((_turned(place, (0, 0), quarters), "Turns about the origin"))
    else:
        wrong.append(((-place[0], place[1]), "Reflects instead of turning"))
    far = across**2 + up**2 == new[0] ** 2 + new[1] ** 2
    turn = 180 if quarters == 2 else 90
    return ask(
        topic, prompt, image, steps, wrong, lambda: far and near(turn, angle_at(centre, place, image)), shown=_at(image)
    )


@generates("translation")
def translation(random: Random, level: Level) -> Question:
    """The image by a vector, the vector from two points, and the way home after two moves."""
    topic = "translation"
    start = _place(random, level)
    lowest = 1 if level is Level.WORKED else -9

    def move() -> Place:
        while True:
            across, up = random.randint(lowest, 9), random.randint(lowest, 9)
            if 0 not in (across, up) and abs(across) != abs(up):
                return across, up

    across, up = move()
    image = start[0] + across, start[1] + up
    if level is Level.WORKED or (level is Level.FADED and random.random() < 0.5):
        prompt = f"The point {_at(start)} is translated by the vector ${column(across, up)}$. Find the coordinates of its image."
        steps = [
            f"Across: ${start[0]} + {_signed(across)} = {image[0]}$",
            f"Up: ${start[1]} + {_signed(up)} = {image[1]}$, so the image is {_at(image)}",
        ]
        wrong = [
            ((start[0] + up, start[1] + across), "Swaps across and up"),
            ((start[0] - across, start[1] - up), "Moves the other way"),
        ]
        return ask(
            topic, prompt, image, steps, wrong, lambda: (image[0] - across, image[1] - up) == start, shown=_at(image)
        )
    if level is Level.FADED:
        prompt = f"A translation sends {_at(start)} to {_at(image)}. Find its vector."
        steps = [
            f"Across: ${image[0]} - {_signed(start[0])} = {across}$",
            f"Up: ${image[1]} - {_signed(start[1])} = {up}$, so the vector is ${column(across, up)}$",
        ]
        wrong = [((-across, -up), "Takes the image away from the point"), ((up, across), "Swaps across and up")]
        return ask(
            topic,
            prompt,
            (across, up),
            steps,
            wrong,
            lambda: (image[0] - start[0], image[1] - start[1]),
            shown=f"${column(across, up)}$",
        )
    while True:
        again = move()
        total = across + again[0], up + again[1]
        if 0 not in total:
            break
    prompt = (
        f"A shape is translated by ${column(across, up)}$ and then by ${column(*again)}$. "
        "Which single vector takes it back to where it started?"
    )
    steps = [
        f"Both moves together: ${column(*total)}$",
        f"The way back changes both signs: ${column(-total[0], -total[1])}$",
    ]
    wrong = [
        (total, "Gives the way there, not the way back"),
        ((across - again[0], up - again[1]), "Takes the second move away"),
    ]
    after = start[0] + across + again[0], start[1] + up + again[1]
    return ask(
        topic, prompt, (-total[0], -total[1]), steps, wrong, lambda: (start[0] - after[0], start[1] - after[1]),
        shown=f"${column(-total[0], -total[1])}$",
    )  # fmt: skip
