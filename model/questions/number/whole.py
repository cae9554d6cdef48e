"""Questions on whole numbers and decimals: order and the four operations."""

from __future__ import annotations

from itertools import count
from random import Random

import sympy

from model.questions.question import Level, Question, generates
from model.questions.written import asked, decimal


@generates("ordering-numbers")
def ordering(random: Random, level: Level) -> Question:
    """Whole numbers with signs; decimals of different lengths; decimals and fractions with signs."""
    if level is Level.WORKED:
        below = random.sample(range(1, 13), 3)
        texts = [*(f"-{each}" for each in below), str(random.randint(1, 12))]
        first = "Negative numbers are below nought, and the one furthest below is the smallest"
    else:
        tenth, tails = random.randint(2, 7), random.sample([tail for tail in range(11, 99) if tail % 10], 2)
        texts = [f"0.{tenth}", f"0.{tenth}{tails[0]}", f"0.{tenth - 1}{tails[1]}", f"0.{tenth + 1}"]
        if level is Level.INDEPENDENT:
            texts = [f"-{text}" for text in texts[:3]] + [
                f"-\\frac{{{random.randint(1, 3)}}}{{{random.choice([4, 5, 8])}}}"
            ]
    values = [_value(text) for text in texts]
    if len(set(values)) < len(values):
        return ordering(random, level)
    if level is not Level.WORKED:
        first = "With three decimal places: " + ", ".join(f"${decimal(each, 3)}$" for each in values)
    random.shuffle(texts)
    numbers = [_value(text) for text in texts]
    shown = ", ".join(f"${text}$" for text in sorted(texts, key=_value))
    by_length = tuple(sorted(numbers, key=lambda each: (sympy.Rational(each).q, each)))[::-1]
    return asked(
        "ordering-numbers",
        "Write in order, smallest first: " + ", ".join(f"${text}$" for text in texts),
        tuple(sorted(numbers)),
        first,
        f"In order: {shown}",
        shown=shown,
        wrong=[
            (tuple(sorted(numbers, key=abs)), "Orders negative numbers as if they had no sign"),
            (tuple(sorted(numbers, reverse=True)), "Starts with the largest"),
            *([(by_length[::-1], "Thinks the longer decimal is the larger")] if level is Level.FADED else []),
        ],
        # Each goes to the place that the numbers below it leave.
        check=lambda: tuple(
            each for place in range(4) for each in numbers if sum(1 for other in numbers if other < each) == place
        ),
    )


def _value(text: str) -> sympy.Rational:
    return sympy.Rational(text.replace("\\frac{", "").replace("}{", "/").rstrip("}"))


@generates("adding-and-subtracting")
def adding(random: Random, level: Level) -> Question:
    """Whole numbers with exchanges; noughts to exchange across; decimals of different lengths."""
    minus = random.random() < 0.5
    places = (0, 0)
    if level is Level.WORKED:
        a, b = random.randint(300, 899), random.randint(105, 289)
    elif level is Level.FADED:
        a, b = (
            random.choice([random.randint(2, 7) * 1000 + random.randint(1, 9), random.randint(21, 79) * 100]),
            random.randint(1025, 1988),
        )
    else:
        a, b, places = random.randint(41, 99), random.randint(125, 389), (1, 2)
    first, second = (sympy.Rational(value, 10**place) for value, place in zip((a, b), places, strict=True))
    units = 10 ** max(places)
    top, bottom = int(first * units), int(second * units)
    columns = list(zip(f"{top:04}", f"{bottom:04}", strict=True))
    exchange = any(int(x) < int(y) for x, y in columns) if minus else any(int(x) + int(y) > 9 for x, y in columns)
    if not exchange or b % 10 == 0:
        return adding(random, level)
    answer = first - second if minus else first + second
    sign = "-" if minus else "+"
    each = "".join(str(abs(int(x) - int(y)) if minus else (int(x) + int(y)) % 10) for x, y in columns)
    parts = [
        sympy.Rational(int(digit) * 10**place, units)
        for place, digit in enumerate(reversed(str(bottom)))
        if digit != "0"
    ][::-1]
    steps, now = [], first
    for part in parts:
        after = now - part if minus else now + part
        steps.append(f"${decimal(now)} {sign} {decimal(part)} = {decimal(after)}$")
        now = after
    last_digits = sympy.Rational(a - b if minus else a + b, units)
    return asked(
        "adding-and-subtracting",
        f"Work out ${decimal(first)} {sign} {decimal(second)}$",
        answer,
        *steps,
        shown=f"${decimal(answer)}$",
        wrong=[
            *([(last_digits, "Lines the numbers up by their last digits")] if units > 1 and last_digits > 0 else []),
            (
                sympy.Rational(int(each), units),
                "Takes the smaller digit from the larger in each column" if minus else "Forgets what is carried",
            ),
        ],
        check=lambda: sympy.Rational(str(answer)) + second == first if minus else answer - second == first,
    )


@generates("multiplying-and-dividing")
def multiplying(random: Random, level: Level) -> Question:
    """By one digit; by two digits or with a remainder-free division; decimals by decimals."""
    dividing = random.random() < 0.5
    if level is Level.INDEPENDENT:
        return _decimals(random, dividing)
    a = random.randint(13, 49) if level is Level.WORKED else random.randint(23, 89)
    b = random.randint(3, 9) if level is Level.WORKED or dividing else random.randint(12, 39)
    if a % 10 == 0 or b % 10 == 0:
        return multiplying(random, level)
    tens, ones = a // 10 * 10, a % 10
    if dividing:
        a = a * 3 if level is Level.FADED else a
        whole = a * b
        easy = b * (a // 10 * 10)
        rest = whole - easy
        if rest == 0:
            return multiplying(random, level)
        return asked(
            "multiplying-and-dividing",
            f"Work out ${whole} \\div {b}$",
            a,
            f"${whole} = {easy} + {rest}$",
            f"${easy} \\div {b} = {easy // b}$ and ${rest} \\div {b} = {rest // b}$",
            f"${easy // b} + {rest // b} = {a}$",
            wrong=[
                (easy // b // 10 + rest // b, "Loses the place of the tens"),
                (a - a % 10, "Leaves out what is over after the tens"),
                (a * 10, "Puts a nought at the end to fill the place"),
            ],
            check=lambda: next(tries for tries in count(1) if sum([b] * tries) == whole),
        )
    grid = [(tens, b // 10 * 10), (tens, b % 10), (ones, b // 10 * 10), (ones, b % 10)]
    products = [(x, y) for x, y in grid if x and y]
    return asked(
        "multiplying-and-dividing",
        f"Work out ${a} \\times {b}$",
        a * b,
        "Split into parts: " + ", ".join(f"${x} \\times {y} = {x * y}$" for x, y in products),
        f"${' + '.join(str(x * y) for x, y in products)} = {a * b}$",
        wrong=[
            (tens * (b // 10 * 10) + ones * (b % 10), "Multiplies tens by tens and ones by ones only")
            if b > 9
            else (tens + ones * b, "Multiplies the ones only"),
            (a + b, "Adds instead of multiplying"),
        ],
        check=lambda: sum([a] * b),
    )


def _decimals(random: Random, dividing: bool) -> Question:
    small, a = (
        sympy.Rational(random.randint(2, 9), random.choice([10, 100])),
        sympy.Rational(random.randint(12, 99), 10),
    )
    if a.q == 1:
        return _decimals(random, dividing)
    first = a * small if dividing else a
    answer = a if dividing else a * small
    power = 10 if small.q in (5, 2, 10) else 100
    sign = "\\div" if dividing else "\\times"
    if dividing:
        steps = (
            f"Multiply both by ${power}$: ${decimal(first * power)} \\div {decimal(small * power)}$",
            f"$= {decimal(answer)}$",
        )
    else:
        steps = (
            f"${decimal(a * 10)} \\times {decimal(small * power)} = {decimal(a * 10 * small * power)}$",
            f"That is ${10 * power}$ times too large, so the answer is ${decimal(answer)}$",
        )
    return asked(
        "multiplying-and-dividing",
        f"Work out ${decimal(first)} {sign} {decimal(small)}$",
        answer,
        *steps,
        shown=f"${decimal(answer)}$",
        wrong=[
            (first / (small * power), "Divides by the digits and forgets the point")
            if dividing
            else (answer * 10, "Misplaces the point by one place"),
            (
                answer / 10 if dividing else a * small * power,
                "Misplaces the point by one place" if dividing else "Forgets the point of the second number",
            ),
        ],
        check=lambda: sympy.Rational(decimal(answer)) * small == first if dividing else answer / small == a,
    )
