"""Questions on ratios: simplest form and shares."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm
from random import Random

import sympy

from model.questions.question import Level, Question, generates, number
from model.questions.written import asked, by, decimal

PEOPLE = (("Ann", "Ben", "Cy"), ("Dan", "Eve", "Flo"), ("Ali", "Bea", "Col"), ("Mia", "Ned", "Oz"))


def ratio(*parts: object) -> str:
    """A ratio as a word.

    Example:
        >>> ratio(2, 3)
        '2 : 3'
    """
    return " : ".join(map(str, parts))


def coprime(random: Random, largest: int) -> tuple[int, int]:
    """Two different numbers from 1 up without a common factor."""
    while True:
        a, b = random.sample(range(1, largest + 1), 2)
        if gcd(a, b) == 1:
            return a, b


@generates("simplifying-ratios")
def simplifying(random: Random, level: Level) -> Question:
    """Two whole numbers; mixed units or three parts; decimals and fractions."""
    a, b = coprime(random, by(level, 9, 8, 9))
    k = random.randint(2, by(level, 9, 6, 6))
    if level is Level.WORKED:
        given, steps = (str(a * k), str(b * k)), [f"The largest number that goes into both is ${k}$"]
        slips = [(ratio(b, a), "Swaps the order")]
        if a != b and min(a, b) * k > 1:
            less = min(a, b) * k - 1
            slips.append((ratio(a * k - less, b * k - less), "Takes the same number away from both parts"))
        values = [Fraction(a * k), Fraction(b * k)]
    elif level is Level.FADED:
        small, large, times_ = random.choice(
            [
                ("cm", "m", 100),
                ("mm", "cm", 10),
                ("g", "kg", 1000),
                ("p", "", 100),
                ("minutes", "hours", 60),
                ("ml", "litres", 1000),
            ]
        )
        whole = random.randint(1, 4)
        part = random.choice([each for each in range(times_ // 20 or 1, times_, times_ // 20 or 1) if each])
        shared = gcd(part, whole * times_)
        a, b = part // shared, whole * times_ // shared
        if shared == 1 or max(a, b) > 60:
            return simplifying(random, level)
        unit = large[:-1] if whole == 1 and large.endswith("s") else large
        given = (
            f"{part}{small}" if small == "p" else f"{part} {small}",
            f"£{whole}" if small == "p" else f"{whole} {unit}",
        )
        one = (
            "£1 is 100p" if small == "p" else f"1 {large.rstrip('s') if len(large) > 2 else large} is {times_} {small}"
        )
        steps = [
            f"Same unit first: {one}, so ${part} : {whole * times_}$",
            f"The largest number that goes into both is ${shared}$",
        ]
        plain = gcd(part, whole)
        slips = [(ratio(part // plain, whole // plain), "Leaves the units different"), (ratio(b, a), "Swaps the order")]
        values = [Fraction(part), Fraction(whole * times_)]
    else:
        if random.random() < 0.5:
            parts = [sympy.Rational(a * k, 10), sympy.Rational(b * k, 10)]
            if parts[0].q == parts[1].q == 1:
                return simplifying(random, level)
            given = decimal(parts[0]), decimal(parts[1])
            steps = [f"Both times 10: ${a * k} : {b * k}$", f"The largest number that goes into both is ${k}$"]
        else:
            d, e = random.sample([2, 3, 4, 5, 6], 2)
            parts = [sympy.Rational(random.randint(1, d - 1), d), sympy.Rational(random.randint(1, e - 1), e)]
            common = lcm(parts[0].q, parts[1].q)
            tops = [int(each * common) for each in parts]
            shared = gcd(*tops)
            a, b = tops[0] // shared, tops[1] // shared
            given = f"${number(parts[0])}$", f"${number(parts[1])}$"
            steps = [f"Both times {common}: ${tops[0]} : {tops[1]}$"]
            if parts[0] == parts[1]:
                return simplifying(random, level)
        slips = [
            (ratio(b, a), "Swaps the order"),
            (ratio(a * k, b * k), "Stops before the simplest form")
            if "." in given[0] + given[1]
            else (ratio(parts[0].p, parts[1].p), "Compares the numerators alone"),
            (ratio(a, a + b), "Gives the first part of the whole"),
        ]
        values = [Fraction(int(each.p), int(each.q)) for each in parts]
    return asked(
        "simplifying-ratios",
        f"Write {given[0]} : {given[1]} in its simplest form with whole numbers",
        ratio(a, b),
        *steps,
        f"${a} : {b}$",
        shown=f"${a} : {b}$",
        wrong=slips,
        check=lambda: ratio((values[0] / values[1]).numerator, (values[0] / values[1]).denominator),
    )


@generates("sharing-in-a-ratio")
def sharing(random: Random, level: Level) -> Question:
    """A total; one part or the difference is given; three parts."""
    names = random.choice(PEOPLE)
    a, b = coprime(random, by(level, 5, 7, 5))
    one = random.randint(2, by(level, 9, 12, 12))
    if level is Level.WORKED:
        place = random.randint(0, 1)
        mine = (a, b)[place]
        return asked(
            "sharing-in-a-ratio",
            f"{names[0]} and {names[1]} share £{(a + b) * one} in the ratio ${a} : {b}$. How many pounds does {names[place]} get?",
            mine * one,
            f"Parts: ${a} + {b} = {a + b}$",
            f"One part: ${(a + b) * one} \\div {a + b} = {one}$",
            f"{names[place]}: ${mine} \\times {one} = {mine * one}$",
            wrong=[
                (
                    sympy.Rational((a + b) * one, mine) if mine > 1 else one * (a + b) - one * mine,
                    "Divides the whole by the number in the ratio" if mine > 1 else "Gives the other share",
                ),
                (one * (a + b - mine), "Gives the other share"),
                (one, "Stops at one part"),
            ],
            # Handed out round by round.
            check=lambda: sum(mine for _ in range(0, (a + b) * one, a + b)),
        )
    if level is Level.FADED:
        difference = random.random() < 0.5
        if abs(a - b) < 2 and difference:
            return sharing(random, level)
        more, less = (0, 1) if a > b else (1, 0)
        known = abs(a - b) if difference else (a, b)[more]
        asks = random.choice(["total", "other"])
        wanted = a + b if asks == "total" else (a, b)[less]
        given = (
            f"{names[more]} gets £{known * one} more than {names[less]}"
            if difference
            else f"{names[more]} gets £{known * one}"
        )
        return asked(
            "sharing-in-a-ratio",
            f"{names[0]} and {names[1]} share money in the ratio ${a} : {b}$. {given}. "
            + ("How many pounds do they share?" if asks == "total" else f"How many pounds does {names[less]} get?"),
            wanted * one,
            f"The £{known * one} is {known} parts" + (f" (${max(a, b)} - {min(a, b)}$)" if difference else ""),
            f"One part: ${known * one} \\div {known} = {one}$",
            f"${wanted} \\times {one} = {wanted * one}$",
            wrong=[
                (
                    sympy.Rational(known * one * wanted, a + b) if asks == "other" else known * one,
                    "Takes the amount given to be the total",
                ),
                (one, "Stops at one part"),
                ((a, b)[more] * one, "Gives the other share"),
            ],
            check=lambda: next(
                wanted * n
                for n in range(1, 99)
                if (abs(a * n - b * n) if difference else max(a * n, b * n)) == known * one
            ),
        )
    c = random.randint(1, 6)
    place = random.randint(0, 2)
    mine = (a, b, c)[place]
    total = (a + b + c) * one
    told = f"{names[0]}, {names[1]} and {names[2]} share £{total} in the ratio ${a} : {b} : {c}$."
    if gcd(gcd(a, b), c) > 1:
        return sharing(random, level)
    if random.random() < 0.5:
        prompt = f"{told} How many pounds does {names[place]} get?"
        steps, answer = (
            [
                f"Parts: ${a} + {b} + {c} = {a + b + c}$",
                f"One part: ${total} \\div {a + b + c} = {one}$",
                f"{names[place]}: ${mine} \\times {one} = {mine * one}$",
            ],
            mine * one,
        )
        slips = [
            (sympy.Rational(total, 3), "Shares equally"),
            (sympy.Rational(total * mine, a + b), "Leaves the third person out of the parts"),
            (one, "Stops at one part"),
        ]
    else:
        gap = abs(a - c)
        if gap == 0:
            return sharing(random, level)
        first, last = (names[0], names[2]) if a > c else (names[2], names[0])
        prompt = f"{told} How many pounds more than {last} does {first} get?"
        steps, answer = (
            [
                f"One part: ${total} \\div {a + b + c} = {one}$",
                f"Difference: ${max(a, c)} - {min(a, c)} = {gap}$ part{'s' if gap > 1 else ''}",
                f"${gap} \\times {one} = {gap * one}$",
            ],
            gap * one,
        )
        slips = [
            (max(a, c) * one, f"Gives the share of {first}"),
            (gap, "Gives the difference of the parts"),
            (sympy.Rational(total, gap), "Divides the total by the difference of the parts"),
        ]
    return asked(
        "sharing-in-a-ratio",
        prompt,
        answer,
        *steps,
        wrong=slips,
        check=lambda: next(answer // one * n for n in range(1, 99) if a * n + b * n + c * n == total),
    )
