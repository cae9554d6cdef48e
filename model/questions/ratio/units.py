"""Questions on units and maps."""

from __future__ import annotations

from random import Random

import sympy

from model.questions.question import Level, Question, generates
from model.questions.written import asked, by, decimal, grouped

_METRIC = (
    ("km", "m", 1000), ("m", "cm", 100), ("cm", "mm", 10), ("kg", "g", 1000), ("litres", "ml", 1000), ("tonnes", "kg", 1000),
)  # fmt: skip


@generates("units-of-measure")
def units(random: Random, level: Level) -> Question:
    """Lengths, weights and volumes of liquids; time, and speeds; areas and volumes."""
    if level is Level.WORKED:
        large, small, factor = random.choice(_METRIC)
        value = sympy.Rational(random.choice([n for n in range(12, 99) if n % 10]), 10)
        return _convert("units-of-measure", value, random.random() < 0.5, (large, small), factor, 1)
    if level is Level.FADED:
        return _time(random)
    large, small, side = random.choice([("m", "cm", 100), ("cm", "mm", 10), ("m", "mm", 1000), ("km", "m", 1000)])
    power = 2 if side > 100 else random.choice([2, 3])
    value = sympy.Rational(random.choice([n for n in range(2, 99) if n % 10]), random.choice([1, 10]))
    mark = {2: "²", 3: "³"}[power]
    if value * side**power > 10_000_000:
        return units(random, level)
    return _convert("units-of-measure", value, random.random() < 0.6, (large + mark, small + mark), side, power)


def _convert(topic: str, value: sympy.Rational, down: bool, names: tuple[str, str], side: int, power: int) -> Question:
    factor = side**power
    given, wanted = (value, value * factor) if down else (value * factor, value)
    start, end = names if down else names[::-1]
    one = {"litres": "litre", "tonnes": "tonne"}.get(names[0], names[0])
    how = f"1 {one} is {grouped(factor)} {names[1]}"
    if power > 1:
        how += f": {' times '.join([str(side)] * power)}"
    answer = sympy.Rational(wanted)
    slips = [
        (
            given / factor if down else given * factor,
            "Divides instead of multiplying" if down else "Multiplies instead of dividing",
        )
    ]
    if power > 1:
        slips.insert(0, (given * side if down else given / side, "Uses the factor for lengths"))
    else:
        slips.append((wanted / 10 if down else wanted * 10, "Takes the factor for ten times less"))
    return asked(
        topic,
        f"Change {grouped(given)} {start} to {end}",
        answer,
        how,
        f"{'More' if down else 'Fewer'} of the {'smaller' if down else 'larger'} unit: "
        f"{'multiply' if down else 'divide'} by {grouped(factor)}",
        f"{grouped(given)} {start} is {grouped(answer)} {end}",
        shown=f"{grouped(answer)} {end}",
        wrong=slips,
        check=lambda: bool((answer / factor if down else answer * factor) == given),
    )


def _time(random: Random) -> Question:
    kind = random.choice(["minutes", "hours", "speed"])
    hours, part = random.randint(1, 5), random.choice([6, 12, 15, 18, 24, 30, 36, 42, 45, 48, 54])
    exact = hours + sympy.Rational(part, 60)
    if kind == "minutes":
        return asked(
            "units-of-measure",
            f"How many minutes are {decimal(exact)} hours?",
            60 * exact,
            "One hour is 60 minutes",
            f"${decimal(exact)} \\times 60 = {60 * exact}$",
            shown=f"{60 * exact} minutes",
            wrong=[
                (sympy.Integer(60 * hours + int((exact - hours) * 100)), "Reads the decimal part as minutes"),
                (exact * 100, "Takes an hour for 100 minutes"),
            ],
            check=lambda: sum(60 for _ in range(hours)) + part,
        )
    if kind == "hours":
        return asked(
            "units-of-measure",
            f"Write {hours} hour{'s' if hours > 1 else ''} {part} minutes in hours, as a decimal",
            exact,
            f"{part} minutes: ${part} \\div 60 = {decimal(exact - hours)}$ hours",
            f"${hours} + {decimal(exact - hours)} = {decimal(exact)}$",
            shown=f"{decimal(exact)} hours",
            wrong=[
                (hours + sympy.Rational(part, 100), "Writes the minutes behind the point"),
                (sympy.Integer(60 * hours + part), "Changes to minutes instead"),
            ],
            check=lambda: sympy.Rational(sum([60] * hours) + part, 60),
        )
    rate = random.choice([2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30])
    back = random.random() < 0.5
    answer = sympy.Integer(rate) if back else rate * sympy.Rational(18, 5)
    start = rate * sympy.Rational(18, 5) if back else sympy.Integer(rate)
    names = ("km/h", "m/s") if back else ("m/s", "km/h")
    return asked(
        "units-of-measure",
        f"Change {decimal(start)} {names[0]} to {names[1]}",
        answer,
        f"In an hour: ${rate} \\times 3600 = {rate * 3600}$ metres"
        if not back
        else f"In metres: ${decimal(start)} \\times 1000 = {start * 1000}$ an hour",
        f"In kilometres: ${rate * 3600} \\div 1000 = {decimal(answer)}$"
        if not back
        else f"An hour has 3600 seconds: ${start * 1000} \\div 3600 = {rate}$",
        shown=f"{decimal(answer)} {names[1]}",
        wrong=[
            (
                start * 60 / 1000 if not back else start * 1000 / 60,
                "Takes 60 seconds for an hour" if not back else "Stops at metres a minute",
            ),
            (start / sympy.Rational(18, 5) if not back else start * sympy.Rational(18, 5), "Works the wrong way round"),
        ],
        check=lambda: next(
            sympy.Rational(n, 10)
            for n in range(1, 2000)
            if sympy.Rational(n, 10) * (1 if not back else 18) == start * (sympy.Rational(18, 5) if not back else 5)
        ),
    )


@generates("maps-and-scale-drawings")
def maps(random: Random, level: Level) -> Question:
    """From the map to the ground; from the ground to the map, or the scale; areas."""
    scale = random.choice(
        by(
            level,
            [1000, 2000, 5000, 10_000, 20_000, 25_000, 50_000],
            [20_000, 25_000, 50_000, 200_000],
            [50, 100, 200, 500],
        )
    )
    length = sympy.Rational(
        random.choice(by(level, list(range(2, 13)), list(range(3, 31)), list(range(2, 12)))), by(level, 1, 2, 1)
    )
    metres = length * scale / 100
    if level is Level.INDEPENDENT:
        width = random.choice([n for n in range(2, 10) if n != length])
        area = sympy.Rational(scale, 100) ** 2 * length * width
        thing = "room" if scale <= 100 else "garden"
        sides = [sympy.Rational(scale, 100) * side for side in (length, width)]
        return asked(
            "maps-and-scale-drawings",
            f"A plan has the scale 1 : {scale}. A {thing} is {length} cm by {width} cm on it. "
            f"Find the real area of the {thing} in square metres",
            area,
            f"1 cm stands for {scale} cm, which is {decimal(sympy.Rational(scale, 100))} m",
            f"Real sides: ${decimal(sides[0])}$ m and ${decimal(sides[1])}$ m",
            f"${decimal(sides[0])} \\times {decimal(sides[1])} = {decimal(area)}$",
            shown=f"{grouped(area)} m²",
            wrong=[
                (length * width * sympy.Rational(scale, 100), "Uses the scale for lengths on the area"),
                (length * width * scale, "Multiplies the area by the scale"),
                (sympy.Integer(length * width), "Gives the area on the plan"),
            ],
            # In square centimetres first.
            check=lambda: sympy.Rational(length * width * scale * scale, 10_000),
        )
    kilometres = metres >= 1000
    real = metres / 1000 if kilometres else metres
    unit = "kilometres" if kilometres else "metres"
    short = "km" if kilometres else "m"
    if level is Level.WORKED:
        return asked(
            "maps-and-scale-drawings",
            f"A map has the scale 1 : {grouped(scale)}. Two places are {length} cm apart on it. "
            f"How many {unit} apart are they really?",
            real,
            f"1 cm stands for {grouped(scale)} cm, which is {grouped(scale // 100)} m",
            f"{length} cm stand for {grouped(metres)} m" + (f", which is {decimal(real)} km" if kilometres else ""),
            shown=f"{grouped(real)} {short}",
            wrong=[
                (length * scale, "Stops in centimetres"),
                (
                    metres if kilometres else length * scale / 10,
                    "Stops in metres" if kilometres else "Takes 10 centimetres for a metre",
                ),
                (real * 10, "Is out by one nought"),
            ],
            check=lambda: sum([sympy.Rational(scale, 100_000 if kilometres else 100)] * int(length)),
        )
    if random.random() < 0.5:
        return asked(
            "maps-and-scale-drawings",
            f"On a map {decimal(length)} cm stand for {grouped(real)} {short}. The scale is 1 : $n$. Find $n$",
            sympy.Integer(scale),
            f"{grouped(real)} {short} are {grouped(length * scale)} cm",
            f"{grouped(length * scale)} divided by {decimal(length)} is {grouped(scale)}",
            shown=grouped(scale),
            wrong=[
                (real / length, "Leaves the units different"),
                (sympy.Rational(scale, 10), "Is out by one nought"),
                (length * scale, "Changes the unit and stops"),
            ],
            check=lambda: next(
                n for n in range(1000, 500_001, 1000) if n * length == real * (100_000 if kilometres else 100)
            ),
        )
    return asked(
        "maps-and-scale-drawings",
        f"A map has the scale 1 : {grouped(scale)}. How many centimetres on the map stand for {grouped(real)} {short}?",
        length,
        f"1 cm stands for {grouped(scale // 100)} m",
        f"{grouped(metres)} m divided by {grouped(scale // 100)} m is {decimal(length)}",
        shown=f"{decimal(length)} cm",
        wrong=[(length * 10, "Is out by one nought"), (real * scale / 100, "Multiplies instead of dividing")],
        check=lambda: next(sympy.Rational(n, 2) for n in range(1, 99) if sympy.Rational(n, 2) * scale == metres * 100),
    )
