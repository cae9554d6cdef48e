"""Questions on units, maps, speed, density and pressure."""

from __future__ import annotations

from random import Random

import sympy

from model.questions.question import Level, Question, generates
from model.questions.written import asked, by, decimal, grouped, rounded

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
    how = f"1 {names[0].removesuffix('s') if power == 1 and names[0] != 'ms' else names[0]} is {grouped(factor)} {names[1]}"
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
        f"{'More' if down else 'Fewer'} of the {'smaller' if down else 'larger'} unit: {'multiply' if down else 'divide'} by {grouped(factor)}",
        f"{grouped(given)} {start} is {grouped(answer)} {end}",
        shown=f"{grouped(answer)} {end}",
        wrong=slips,
        check=lambda: (
            bool(answer / factor == given) if down else sympy.Rational(decimal(answer)) * factor == given or False
        ),
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
        sides = [sympy.Rational(scale, 100) * side for side in (length, width)]
        return asked(
            "maps-and-scale-drawings",
            f"A plan has the scale 1 : {scale}. A room is {length} cm by {width} cm on it. Find the real area of the room in square metres"
            if scale <= 100
            else f"A plan has the scale 1 : {scale}. A field is {length} cm by {width} cm on it. Find the real area of the field in square metres",
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
            f"A map has the scale 1 : {grouped(scale)}. Two places are {length} cm apart on it. How many {unit} apart are they really?",
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


@generates("speed")
def speed(random: Random, level: Level) -> Question:
    """Distance, speed or time in whole hours; with minutes; two parts of a journey."""
    wanted = random.choice(["distance", "speed", "time"])
    rate = random.randint(4, 24) * (5 if level is Level.WORKED else 4)
    if level is Level.INDEPENDENT:
        return _journey(random)
    hours = (
        sympy.Integer(random.randint(2, 6))
        if level is Level.WORKED
        else sympy.Rational(random.choice([3, 5, 6, 7, 9, 10, 11]), 4)
    )
    distance = rate * hours
    whole, minutes = int(hours), int(60 * (hours - int(hours)))
    span = (f"{whole} hour{'s' if whole > 1 else ''} " if whole else "") + (f"{minutes} minutes" if minutes else "")
    span = span.strip()
    hint = [f"{span} is ${decimal(hours)}$ hours"] if minutes else []
    wrong_hours = whole + sympy.Rational(minutes, 100)
    who, verb = random.choice([("A car", "drives"), ("A train", "goes"), ("A coach", "drives")])
    if wanted == "distance":
        return asked(
            "speed",
            f"{who} {verb} at {rate} km/h for {span}. How many kilometres does it go?",
            distance,
            *hint,
            f"{rate} km for each hour",
            f"${rate} \\times {decimal(hours)} = {distance}$",
            shown=f"{distance} km",
            wrong=[
                *([(rate * wrong_hours, "Writes minutes behind the point")] if minutes else []),
                (rate / hours, "Divides instead of multiplying"),
                *(
                    [(sympy.Integer(rate * whole), "Leaves the minutes out")]
                    if minutes
                    else [(rate + hours, "Adds the numbers")]
                ),
            ],
            check=lambda: sum([sympy.Rational(rate, 4)] * int(4 * hours)),
        )
    if wanted == "speed":
        return asked(
            "speed",
            f"{who} {verb} {distance} km in {span}. Find its average speed in km/h",
            sympy.Integer(rate),
            *hint,
            "Kilometres for each hour: divide the distance by the time",
            f"${distance} \\div {decimal(hours)} = {rate}$",
            shown=f"{rate} km/h",
            wrong=[
                *([(distance / wrong_hours, "Writes minutes behind the point")] if minutes else []),
                (distance * hours, "Multiplies instead of dividing"),
                (hours / distance, "Divides the time by the distance"),
            ],
            check=lambda: next(n for n in range(1, 200) if n * hours == distance),
        )
    return asked(
        "speed",
        f"{who} {verb} {distance} km at {rate} km/h. How many minutes does that take?"
        if minutes
        else f"{who} {verb} {distance} km at {rate} km/h. How many hours does that take?",
        60 * hours if minutes else hours,
        f"${distance} \\div {rate} = {decimal(hours)}$ hours",
        f"${decimal(hours)} \\times 60 = {60 * hours}$ minutes" if minutes else f"So {hours} hours",
        shown=f"{60 * hours} minutes" if minutes else f"{hours} hours",
        wrong=[
            (sympy.Integer(60 * whole + int(100 * (hours - whole))), "Reads the decimal part as minutes")
            if minutes
            else (sympy.Integer(rate * distance), "Multiplies instead of dividing"),
            (hours, "Gives hours instead of minutes")
            if minutes
            else (sympy.Rational(rate, distance), "Divides the speed by the distance"),
        ],
        check=lambda: next(n for n in range(1, 999) if sympy.Rational(rate * n, 60 if minutes else 1) == distance),
    )


def _journey(random: Random) -> Question:
    first, second = (sympy.Rational(random.choice([2, 3, 4, 5, 6]), 2) for _ in range(2))
    rates = random.sample([40, 48, 50, 56, 60, 64, 70, 72, 80], 2)
    distances = rates[0] * first, rates[1] * second
    mean = sum(distances) / (first + second)
    if mean.q > 2 or first == second:
        return _journey(random)
    spans = [
        f"{int(60 * each)} minutes"
        if each == sympy.Rational(1, 2)
        else f"{decimal(each)} hour{'s' if each != 1 else ''}"
        for each in (first, second)
    ]
    return asked(
        "speed",
        f"A coach drives for {spans[0]} at {rates[0]} km/h and then {distances[1]} km at {rates[1]} km/h. "
        "Find its average speed for the whole journey in km/h",
        mean,
        f"First part: ${rates[0]} \\times {decimal(first)} = {distances[0]}$ km; second part: ${distances[1]} \\div {rates[1]} = {decimal(second)}$ hours",
        f"In all ${sum(distances)}$ km in ${decimal(first + second)}$ hours",
        f"${sum(distances)} \\div {decimal(first + second)} = {decimal(mean)}$",
        shown=f"{decimal(mean)} km/h",
        wrong=[
            (sympy.Rational(sum(rates), 2), "Takes the mean of the two speeds"),
            (sum(distances) / first, "Leaves out the second time"),
            (sympy.Integer(sum(rates)), "Adds the speeds"),
        ],
        # Half-hours at either speed, one by one.
        check=lambda: sympy.Rational(
            sum([rates[0]] * int(2 * first) + [rates[1]] * int(2 * second)), int(2 * first) + int(2 * second)
        ),
    )


@generates("density-and-pressure")
def density(random: Random, level: Level) -> Question:
    """Density from mass and volume; any of the three, pressure too; mixtures."""
    if level is Level.INDEPENDENT:
        return _mixture(random)
    pressure = level is Level.FADED and random.random() < 0.5
    each = (
        sympy.Rational(random.choice([n for n in range(5, 99) if n % 10]), 10)
        if not pressure
        else sympy.Integer(random.randint(2, 40) * 10)
    )
    size = (
        sympy.Integer(random.randint(2, 20) * 10)
        if not pressure
        else sympy.Rational(random.choice([1, 2, 3, 4, 5, 6, 8, 12, 15]), 10)
    )
    whole = each * size
    names = ("force", "area", "pressure") if pressure else ("mass", "volume", "density")
    symbols = ("N", "m²", "N/m²") if pressure else ("g", "cm³", "g/cm³")
    wanted = "density" if level is Level.WORKED else random.choice(names)
    thing = (
        random.choice(["A crate", "A statue", "A tank"])
        if pressure
        else random.choice(["A block of wood", "A lump of metal", "A brick"])
    )
    if pressure:
        told = {
            "force": f"{thing} presses on {decimal(size)} m² of floor with a pressure of {each} N/m². Find its force in newtons",
            "area": f"{thing} presses on the floor with a force of {decimal(whole)} N and a pressure of {each} N/m². Find the area in m²",
            "pressure": f"{thing} presses on {decimal(size)} m² of floor with a force of {decimal(whole)} N. Find the pressure in N/m²",
        }
    else:
        told = {
            "mass": f"{thing} has a volume of {size} cm³ and a density of {decimal(each)} g/cm³. Find its mass in grams",
            "volume": f"{thing} has a mass of {decimal(whole)} g and a density of {decimal(each)} g/cm³. Find its volume in cm³",
            "density": f"{thing} has a mass of {decimal(whole)} g and a volume of {size} cm³. Find its density in g/cm³",
        }
    if not pressure and not 0.5 <= each <= 9:
        return density(random, level)
    answer = {names[0]: whole, names[1]: size, names[2]: each}[wanted]
    unit = symbols[names.index(wanted)]
    one = f"{names[2].capitalize()} is the {names[0]} for each {'square metre' if pressure else 'cubic centimetre'}"
    sums = {
        names[0]: f"{decimal(each)} \\times {decimal(size)}",
        names[1]: f"{decimal(whole)} \\div {decimal(each)}",
        names[2]: f"{decimal(whole)} \\div {decimal(size)}",
    }
    slips = {
        names[0]: [(each / size, "Divides instead of multiplying"), (size / each, "Divides the other way round")],
        names[1]: [(whole * each, "Multiplies instead of dividing"), (each / whole, "Divides the wrong way round")],
        names[2]: [(size / whole, "Divides the wrong way round"), (whole * size, "Multiplies instead of dividing")],
    }
    return asked(
        "density-and-pressure",
        told[wanted],
        answer,
        one,
        f"${sums[wanted]} = {decimal(answer)}$",
        shown=f"{grouped(answer)} {unit}",
        wrong=slips[wanted],
        check=lambda: bool(
            {
                names[0]: answer / size == each,
                names[1]: answer * each == whole,
                names[2]: sympy.Rational(decimal(answer)) * size == whole,
            }[wanted]
        ),
    )


def _mixture(random: Random) -> Question:
    volumes = random.sample([100, 150, 200, 250, 300, 400, 500], 2)
    densities = [sympy.Rational(n, 10) for n in random.sample(range(6, 20), 2)]
    masses = [each * volume for each, volume in zip(densities, volumes, strict=True)]
    exact = sum(masses) / sum(volumes)
    answer = rounded(exact, 2)
    end = "" if answer == exact else ", to 2 decimal places"
    return asked(
        "density-and-pressure",
        f"{volumes[0]} cm³ of a liquid with density {decimal(densities[0])} g/cm³ are mixed with {volumes[1]} cm³ of one with density "
        f"{decimal(densities[1])} g/cm³. Find the density of the mixture in g/cm³{end}",
        answer,
        f"Masses: ${decimal(densities[0])} \\times {volumes[0]} = {decimal(masses[0])}$ g and ${decimal(densities[1])} \\times {volumes[1]} = {decimal(masses[1])}$ g",
        f"In all {decimal(sum(masses))} g in {sum(volumes)} cm³",
        f"${decimal(sum(masses))} \\div {sum(volumes)} = {decimal(answer)}$" + end,
        shown=f"{decimal(answer)} g/cm³",
        wrong=[
            (sum(densities) / 2, "Takes the mean of the two densities"),
            (sum(densities), "Adds the densities"),
            (rounded(masses[0] / sum(volumes), 2), "Leaves out the second mass"),
        ],
        # The first density and a share of the difference.
        check=lambda: rounded(
            densities[0] + (densities[1] - densities[0]) * sympy.Rational(volumes[1], sum(volumes)), 2
        ),
    )
