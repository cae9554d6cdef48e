"""Questions on rounding and on what a rounded number may have been."""

from __future__ import annotations

from itertools import product
from random import Random

import sympy

from model.questions.question import Level, Question, generates
from model.questions.written import asked, by, decimal, first_place, grouped, rounded

_UNITS = {
    2: "nearest hundred",
    1: "nearest ten",
    0: "nearest whole number",
    -1: "1 decimal place",
    -2: "2 decimal places",
}


@generates("rounding")
def rounding(random: Random, level: Level) -> Question:
    """To tens, hundreds and one place; to two places and one figure; to two and three figures."""
    count = by(level, 0, random.choice([0, 1]), random.choice([2, 3]))
    size = random.randint(1_001, 99_999)
    value = sympy.Rational(size, random.choice(by(level, [1, 100], [100, 1000], [1, 1000, 1_000_000])))
    if size % 10 == 0 or (value * 10_000).q > 1:
        return rounding(random, level)
    if count:
        place = first_place(value) - count + 1
        what = f"{count} significant figure{'s' if count > 1 else ''}"
    else:
        place = random.choice([1, 2] if value.q == 1 else by(level, [0, -1], [-1, -2]))
        what = ("the " if place >= 0 else "") + _UNITS[place]
    step = sympy.Integer(10) ** place
    below = sympy.floor(value / step) * step
    answer = rounded(value, -place)
    if answer == value or (level is Level.INDEPENDENT and count == 2 and random.random() < 0.3):
        return rounding(random, level)
    places = max(-place, 0)
    digits = sympy.Integer(str(answer / step)) if place > 0 else answer
    middle = below + step / 2
    return asked(
        "rounding",
        f"Round {grouped(value)} to {what}",
        answer,
        f"It is between {grouped(below, places)} and {grouped(below + step, places)}; half-way is {grouped(middle)}",
        f"{grouped(value)} is {'below' if value < middle else 'not below'} half-way: {grouped(answer, places)}",
        shown=grouped(answer, places),
        wrong=[
            (
                below if answer != below else below + step,
                "Cuts the rest off" if answer != below else "Rounds up whatever follows",
            ),
            *([(digits, "Drops the noughts that hold the place")] if place > 0 else []),
            *([(rounded(value, count), "Counts decimal places instead of figures")] if count and value < 1 else []),
            (rounded(rounded(value, 1 - place), -place), "Rounds twice"),
        ],
        # The nearest of all multiples round about.
        check=lambda: (
            min(
                (abs(each * step - value), -each * step) for each in range(int(value / step) - 2, int(value / step) + 4)
            )[1]
            * -1
        ),
    )


@generates("error-intervals")
def error_intervals(random: Random, level: Level) -> Question:
    """To the nearest whole number, ten or hundred; to decimal places; to figures, or cut off."""
    cut = level is Level.INDEPENDENT and random.random() < 0.4
    place = random.choice(by(level, [0, 1, 2], [-1, -2], [-1, -2] if cut else [-2, -1, 1, 2]))
    step = sympy.Integer(10) ** place
    value = step * random.choice([each for each in range(11, 99) if each % 10])
    if level is Level.INDEPENDENT and not cut:
        what = "rounded to 2 significant figures"
    elif cut:
        what = f"cut off after {-place} decimal place{'s' if place < -1 else ''}"
    else:
        what = f"rounded to {'the ' if place >= 0 else ''}{_UNITS[place]}"
    low, high = (value, value + step) if cut else (value - step / 2, value + step / 2)
    units = random.choice([" cm", " kg", " m", " seconds", ""])

    def interval(start: sympy.Rational, end: sympy.Rational, sign: str = "<") -> str:
        return f"{decimal(start)} ≤ x {sign} {decimal(end)}"

    whole = interval(value - sympy.Rational(1, 2), value + sympy.Rational(1, 2))
    shown = f"${decimal(low)} \\le x < {decimal(high)}$"
    half = "the last place cut off" if cut else "half of that"
    return asked(
        "error-intervals",
        f"A number $x$ is {decimal(value)} when it is {what}. Write the error interval for $x$"
        if not units
        else f"A measurement of $x${units} is {decimal(value)}{units}, {what}. Write the error interval for $x$",
        interval(low, high),
        f"One step of this rounding is ${decimal(step)}$" + ("" if cut else f", and {half} is ${decimal(step / 2)}$"),
        f"Smallest: ${decimal(low)}$. The next step begins at ${decimal(high)}$, which does not count: {shown}"
        if cut
        else f"${decimal(value)} - {decimal(step / 2)} = {decimal(low)}$, "
        f"${decimal(value)} + {decimal(step / 2)} = {decimal(high)}$: {shown}",
        shown=shown,
        wrong=[
            (interval(value - step / 2, value + step / 2), "Takes cutting off for rounding")
            if cut
            else (interval(value - step, value + step), "Takes a whole step each way"),
            *([(whole, "Takes half of 1 whatever the rounding")] if place and value > 1 else []),
            (interval(low, high - step / 10, "≤"), "Takes the last number of one more place for the end"),
        ],
        check=lambda: interval(*_ends(value, step, cut)),
    )


def _ends(value: sympy.Rational, step: sympy.Rational, cut: bool) -> tuple[sympy.Rational, sympy.Rational]:
    """Where the numbers that give a value begin and stop, found by trying hundredths of a step from below."""
    tried = [value - step + step * hundredth / 100 for hundredth in range(250)]
    fits = [
        (sympy.floor(each / step) if cut else sympy.floor(each / step + sympy.Rational(1, 2))) * step == value
        for each in tried
    ]
    first = fits.index(True)
    return tried[first], tried[first + fits[first:].index(False)]


@generates("bounds")
def bounds(random: Random, level: Level) -> Question:
    """Of a sum or difference; of a product; of a quotient."""
    upper = random.random() < 0.5
    name = "upper" if upper else "lower"
    sign = random.choice(by(level, "+-", "*", "/"))
    half = sympy.Rational(5) if level is Level.INDEPENDENT and random.random() < 0.5 else sympy.Rational(1, 2)
    a, b = random.randint(by(level, 12, 5), by(level, 60, 20)), random.randint(3, 11)
    if sign == "/":
        b = random.randint(11, 39)
        a = b * random.randint(3, 8) + random.randint(1, 9)
        a = a // 10 * 10 if half == 5 else a
    other = sympy.Rational(1, 2)
    if a == b or (level is Level.FADED and a < b):
        return bounds(random, level)
    nearest = f"the nearest {'10 metres' if half == 5 else 'metre'}"
    prompt = {
        "+": f"Two planks are {a} cm and {b} cm long, each to the nearest centimetre. "
        f"Find the {name} bound of their length end to end, in centimetres",
        "-": f"From a plank {a} cm long a piece of {b} cm is cut, each to the nearest centimetre. "
        f"Find the {name} bound of the length left, in centimetres",
        "*": f"A rectangle is {a} cm by {b} cm, each to the nearest centimetre. "
        f"Find the {name} bound of its area in square centimetres",
        "/": f"A dog runs {a} metres, to {nearest}, in {b} seconds, to the nearest second. Find the {name} bound of its speed "
        "in metres a second, to 2 decimal places",
    }[sign]
    ends = (a - half, a + half), (b - other, b + other)
    first = ends[0][1 if upper else 0]
    second = ends[1][1 if upper == (sign in "+*") else 0]

    def worked(x: sympy.Rational, y: sympy.Rational) -> sympy.Rational:
        exact = {"+": x + y, "-": x - y, "*": x * y, "/": x / y}[sign]
        return rounded(exact, 2) if sign == "/" else exact

    answer = worked(first, second)
    shown = decimal(answer)
    set_sign = {"*": "\\times", "/": "\\div"}.get(sign, sign)
    how = "larger" if upper else "smaller"
    return asked(
        "bounds",
        prompt,
        answer,
        f"The ends: ${decimal(ends[0][0])}$ to ${decimal(ends[0][1])}$ and ${decimal(ends[1][0])}$ to ${decimal(ends[1][1])}$",
        f"The {how} result comes from ${decimal(first)}$ and ${decimal(second)}$",
        f"${decimal(first)} {set_sign} {decimal(second)} = {shown}$"
        + (" to 2 decimal places" if answer != first / second and sign == "/" else ""),
        shown=f"${shown}$",
        wrong=[
            (worked(first, ends[1][1 if upper else 0]), f"Takes both {name} ends whatever the operation"),
            (worked(sympy.Integer(a), sympy.Integer(b)), "Works with the rounded numbers"),
            (
                worked(sympy.Integer(a), sympy.Integer(b)) + (other if upper else -other),
                "Takes half a unit off or on at the end",
            ),
        ],
        # All four pairs of ends are tried.
        check=lambda: (max if upper else min)(worked(x, y) for x, y in product(*ends)),
    )
