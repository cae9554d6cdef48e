"""Questions on place value and decimals."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import sympy

from model.questions.question import Level, Question, generates, number
from model.questions.written import asked, by, decimal, first_place


@generates("place-value")
def place_value(random: Random, level: Level) -> Question:
    """Times 10, 100 and 1000; divided by them too; a product read off another."""
    if level is Level.INDEPENDENT:
        return _related(random)
    digits = random.choice([each for each in range(12, 999) if each % 10])
    value = sympy.Rational(digits, random.choice(by(level, [1, 10, 100], [10, 100])))
    power = random.randint(1, by(level, 2, 3))
    dividing = random.random() < by(level, 0.3, 0.6)
    if decimal(value).find(".") < 0 and not dividing:
        return place_value(random, level)
    answer = value / 10**power if dividing else value * 10**power
    if (answer * 10_000).q > 1 or answer > 100_000:
        return place_value(random, level)
    sign = "\\div" if dividing else "\\times"
    first_digit = decimal(value).replace(".", "").lstrip("0")[0]
    moved = sympy.Integer(10) ** first_place(value)
    then = moved / 10**power if dividing else moved * 10**power
    return asked(
        "place-value",
        f"Work out ${decimal(value)} {sign} {10**power}$",
        answer,
        f"Each digit moves {power} place{'s' if power > 1 else ''} to the {'right' if dividing else 'left'}",
        f"The {first_digit} is worth ${decimal(int(first_digit) * moved)}$ at first and ${decimal(int(first_digit) * then)}$ then",
        f"${decimal(value)} {sign} {10**power} = {decimal(answer)}$",
        shown=f"${decimal(answer)}$",
        wrong=[
            *([(value, "Puts noughts behind the decimal, which changes nothing")] if not dividing else []),
            (answer * 10 if dividing else answer / 10, "Moves one place too few"),
            (value * 10**power if dividing else value / 10**power, "Moves the digits the wrong way"),
        ],
        check=lambda: sympy.Rational(format(Decimal(decimal(value)).scaleb(-power if dividing else power), "f")),
    )


def _related(random: Random) -> Question:
    a, b = random.randint(12, 98), random.randint(12, 98)
    if a % 10 == 0 or b % 10 == 0 or a == b:
        return _related(random)
    first, second = random.choice([(-1, 0), (-1, -1), (-2, 1), (1, -2), (0, -2), (-1, 1), (1, 1)])
    ten = sympy.Integer(10)
    x, y = a * ten**first, b * ten**second
    answer = x * y
    changes = [f"{part} is {_change(power)}" for part, power in ((a, first), (b, second)) if power]
    return asked(
        "place-value",
        f"${a} \\times {b} = {a * b}$. Use this to work out ${decimal(x)} \\times {decimal(y)}$",
        answer,
        " and ".join(changes),
        f"Together the answer is {_change(first + second)}: ${decimal(answer)}$",
        shown=f"${decimal(answer)}$",
        wrong=[
            *([(a * b * ten**first, "Changes the answer for the first number only")] if first and second else []),
            *([(a * b * ten**second, "Changes the answer for the second number only")] if second and first else []),
            (a * b * ten ** -(first + second), "Moves the digits the wrong way"),
            *(
                [(answer / 10 if first + second > 0 else answer * 10, "Moves one place too few")]
                if first + second
                else []
            ),
        ],
        check=lambda: sympy.Rational(str(Decimal(decimal(x)) * Decimal(decimal(y)))),
    )


def _change(power: int) -> str:
    return f"${10**power}$ times as large" if power > 0 else f"divided by ${10**-power}$" if power else "the same"


@generates("decimals")
def decimals(random: Random, level: Level) -> Question:
    """The largest of three; the number half-way between two; a product of two decimals below 1."""
    if level is Level.WORKED:
        tenth, tail = random.randint(2, 9), random.randint(1, 9)
        first = sympy.Rational(tenth, 10)
        second = sympy.Rational((tenth - 1) * 10 + tail, 100)
        third = sympy.Rational((tenth - 1) * 100 + random.choice([each for each in range(1, 99) if each % 10]), 1000)
        trio = [first, second, third]
        random.shuffle(trio)
        return asked(
            "decimals",
            "Which is largest: " + ", ".join(f"${decimal(each)}$" for each in trio[:2]) + f" or ${decimal(trio[2])}$?",
            first,
            "With three decimal places: " + ", ".join(f"${decimal(each, 3)}$" for each in trio),
            f"The largest is ${decimal(first)}$",
            shown=f"${decimal(first)}$",
            wrong=[
                (third, "Thinks the longer decimal is the larger"),
                *([(second, "Goes by the last digit")] if tail > max(tenth, third * 1000 % 10) else []),
            ],
            check=lambda: next(each for each in trio if all(1000 * each >= 1000 * other for other in trio)),
        )
    if level is Level.FADED:
        size = random.choice([10, 100])
        low = sympy.Rational(random.randint(1, 98), size)
        high = low + sympy.Rational(random.choice([1, 3, 5]), size)
        answer = low + (high - low) / 2
        return asked(
            "decimals",
            f"Which number is half-way between ${decimal(low)}$ and ${decimal(high)}$?",
            answer,
            f"From one to the other is ${decimal(high - low)}$, and half of that is ${decimal((high - low) / 2)}$",
            f"${decimal(low)} + {decimal((high - low) / 2)} = {decimal(answer)}$",
            shown=f"${decimal(answer)}$",
            wrong=[
                ((high - low) / 2, "Gives half the distance and stops"),
                (low + high, "Adds without halving"),
                (low + (high - low) / 20, "Writes the half one place too far to the right"),
            ],
            check=lambda: bool(answer - low == high - answer) and (low + high) / 2,
        )
    a, b = random.randint(2, 9), random.choice([each for each in range(2, 99) if each % 10])
    places = 1, random.choice([1, 2]) if b > 9 else 2
    first, second = sympy.Rational(a, 10 ** places[0]), sympy.Rational(b, 10 ** places[1])
    answer = first * second
    return asked(
        "decimals",
        f"Work out ${decimal(first)} \\times {decimal(second)}$",
        answer,
        f"${a} \\times {b} = {a * b}$",
        f"Tenths times {'tenths are hundredths' if places[1] == 1 else 'hundredths are thousandths'}: ${decimal(answer)}$",
        shown=f"${decimal(answer)}$",
        wrong=[
            (answer * 10, "Places the point as in the longer number"),
            (sympy.Rational(a * b, 10), "Places the point as when adding tenths"),
            (first + second, "Adds the numbers"),
        ],
        check=lambda: sympy.Rational(str(Decimal(decimal(first)) * Decimal(decimal(second)))),
    )


@generates("fractions-to-decimals")
def to_decimals(random: Random, level: Level) -> Question:
    """Over 10, 5, 4 and 2; over 8, 20, 25, 40 and 50; decimals as fractions, and over 16 and 125."""
    bottoms = by(level, [2, 4, 5, 10, 20, 25, 50], [8, 20, 25, 40, 50], [16, 40, 80, 125])
    b = random.choice(bottoms)
    a = random.choice([top for top in range(1, b) if sympy.igcd(top, b) == 1])
    value = sympy.Rational(a, b)
    if level is Level.INDEPENDENT and random.random() < 0.5:
        b = random.choice([8, 20, 25, 40, 125])
        value = sympy.Rational(random.choice([top for top in range(1, b) if sympy.igcd(top, b) == 1]), b)
        places = len(decimal(value)) - 2
        top, bottom = int(value * 10**places), 10**places
        return asked(
            "fractions-to-decimals",
            f"Write ${decimal(value)}$ as a fraction in its simplest form",
            value,
            f"$\\frac{{{top}}}{{{bottom}}}$",
            f"Divide both by {top // value.p}: ${number(value)}$",
            wrong=[
                (sympy.Rational(top, bottom * 10), "Counts one place too many"),
                (sympy.Rational(1, top), "Puts the digits under 1"),
                (sympy.Rational(top, bottom // 10), "Counts one place too few"),
            ],
            check=lambda: bool(value * bottom == top) and _long_division(value.p, value.q),
        )
    parts = by(level, 10, 100, 1000)
    while parts % b:
        parts *= 10
    return asked(
        "fractions-to-decimals",
        f"Write $\\frac{{{a}}}{{{b}}}$ as a decimal",
        value,
        f"${parts} \\div {b} = {parts // b}$, so $\\frac{{{a}}}{{{b}}} = \\frac{{{a * parts // b}}}{{{parts}}}$",
        f"$= {decimal(value)}$",
        shown=f"${decimal(value)}$",
        wrong=[
            (
                a + sympy.Rational(b, 10 ** len(str(b))),
                "Writes the numerator in front of the point and the denominator behind it",
            ),
            (sympy.Rational(a, 10 ** len(str(a))), "Writes the numerator behind the point"),
            (sympy.Rational(b, a), "Divides the denominator by the numerator"),
        ],
        check=lambda: _long_division(a, b),
    )


def _long_division(top: int, bottom: int) -> sympy.Rational:
    """The decimal, digit by digit, until nothing is over."""
    found, place = sympy.Integer(top // bottom), sympy.Rational(1, 10)
    rest = top % bottom
    while rest:
        found += rest * 10 // bottom * place
        rest, place = rest * 10 % bottom, place / 10
    return found


@generates("recurring-decimals")
def recurring(random: Random, level: Level) -> Question:
    """One digit that recurs; a block of two; a digit before those that recur."""
    whole = random.randint(0, by(level, 4, 0, 0))
    if level is Level.INDEPENDENT:
        lead, block = str(random.randint(0, 9)), str(random.randint(1, 8))
        text = f"0.{lead}{block * 3}"
    else:
        lead = ""
        block = str(random.randint(1, 8)) if level is Level.WORKED else f"{random.randint(1, 98):02}"
        text = f"{whole}.{block * (3 if level is Level.WORKED else 2)}"
    if lead == block or (len(block) == 2 and block[0] == block[1]):
        return recurring(random, level)
    size, before = 10 ** len(block), 10 ** len(lead)
    top = int(str(whole) + lead + block) - int(str(whole) + lead)
    bottom = (size - 1) * before
    answer = sympy.Rational(top, bottom)
    large, small = size * before, before
    tail = block * (3 if len(block) == 1 else 2) + "\\ldots"
    left = f"{int(str(whole) + lead + block)}.{tail}"
    right = f"{int(str(whole) + lead)}.{tail}"
    return asked(
        "recurring-decimals",
        f"Write ${text}\\ldots$ as a fraction in its simplest form",
        answer,
        f"Let $x = {text}\\ldots$, so ${large}x = {left}$" + (f" and ${small}x = {right}$" if lead else ""),
        f"Take away: ${large - small}x = {top}$",
        f"$x = \\frac{{{top}}}{{{bottom}}}" + (f" = {number(answer)}$" if answer.q != bottom else "$"),
        wrong=[
            (
                sympy.Rational(int(str(whole) + lead + block), large),
                "Cuts the decimal off and writes it over a power of ten",
            ),
            *([(sympy.Rational(int(lead + block), 99), "Treats the first digit as if it came again")] if lead else []),
            (sympy.Rational(int(str(whole) + lead + block), bottom), "Does not take the part before away")
            if whole or lead
            else (sympy.Rational(top, large + 1), "Divides by one more than the power of ten"),
        ],
        check=lambda: _digits(answer, 12) == f"{whole}." + (lead + block * 12)[:12],
    )


def _digits(value: sympy.Rational, places: int) -> str:
    """So many decimal places by long division, cut off."""
    found, rest = f"{value.p // value.q}.", value.p % value.q
    for _ in range(places):
        found, rest = found + str(rest * 10 // value.q), rest * 10 % value.q
    return found
