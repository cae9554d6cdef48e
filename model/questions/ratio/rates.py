"""Questions on speed, density and pressure."""

from __future__ import annotations

from random import Random

import sympy

from model.questions.question import Level, Question, generates
from model.questions.written import asked, decimal, grouped, rounded


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
        f"{who} {verb} {distance} km at {rate} km/h. How many {'minutes' if minutes else 'hours'} does that take?",
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
    first, second = (sympy.Rational(random.choice([3, 4, 5, 6, 7]), 2) for _ in range(2))
    rates = random.sample([40, 48, 50, 56, 60, 64, 70, 72, 80], 2)
    distances = rates[0] * first, rates[1] * second
    mean = sum(distances) / (first + second)
    if mean.q > 2 or first == second:
        return _journey(random)
    return asked(
        "speed",
        f"A coach drives for {decimal(first)} hours at {rates[0]} km/h and then {distances[1]} km at {rates[1]} km/h. "
        "Find its average speed for the whole journey in km/h",
        mean,
        f"First part: ${rates[0]} \\times {decimal(first)} = {distances[0]}$ km",
        f"Second part: ${distances[1]} \\div {rates[1]} = {decimal(second)}$ hours",
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
    if pressure:
        thing = random.choice(["A crate", "A statue", "A tank"])
    elif each < 1:
        thing = "A block of wood"
    else:
        thing = "A brick" if each < sympy.Rational(5, 2) else "A lump of metal"
    if pressure:
        told = {
            "force": f"{thing} presses on {decimal(size)} m² of floor with a pressure of {each} N/m². Find its force in newtons",
            "area": f"{thing} presses on the floor with a force of {decimal(whole)} N and a pressure of {each} N/m². "
            "Find the area in m²",
            "pressure": f"{thing} presses on {decimal(size)} m² of floor with a force of {decimal(whole)} N. "
            "Find the pressure in N/m²",
        }
    else:
        told = {
            "mass": f"{thing} has a volume of {size} cm³ and a density of {decimal(each)} g/cm³. Find its mass in grams",
            "volume": f"{thing} has a mass of {decimal(whole)} g and a density of {decimal(each)} g/cm³. Find its volume in cm³",
            "density": f"{thing} has a mass of {decimal(whole)} g and a volume of {size} cm³. Find its density in g/cm³",
        }
    if not pressure and (not 0.5 <= each <= 9 or 1 <= each < 1.5):
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
        f"{volumes[0]} cm³ of a liquid with density {decimal(densities[0])} g/cm³ are mixed with {volumes[1]} cm³ of one "
        f"with density {decimal(densities[1])} g/cm³. Find the density of the mixture in g/cm³{end}",
        answer,
        "Masses: "
        + " and ".join(
            f"${decimal(each)} \\times {volume} = {decimal(mass)}$ g"
            for each, volume, mass in zip(densities, volumes, masses, strict=True)
        ),
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
