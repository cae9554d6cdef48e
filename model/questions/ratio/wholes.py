"""Questions on ratios and the fractions of the whole that they say."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm
from random import Random

import sympy

from model.questions.question import Level, Question, generates, number
from model.questions.ratio.parts import coprime, ratio
from model.questions.written import asked, by


@generates("ratio-and-fractions")
def as_fractions(random: Random, level: Level) -> Question:
    """From a ratio to a fraction; from a fraction to a ratio; two ratios joined."""
    a, b = coprime(random, by(level, 8, 9, 6))
    if level is Level.WORKED:
        things, one, two = random.choice(
            [("beads", "red", "blue"), ("counters", "green", "yellow"), ("tiles", "black", "white")]
        )
        second = random.random() < 0.5
        mine, colour = (b, two) if second else (a, one)
        return asked(
            "ratio-and-fractions",
            f"The ratio of {one} to {two} {things} in a box is ${a} : {b}$. What fraction of the {things} are {colour}?",
            sympy.Rational(mine, a + b),
            f"Parts in all: ${a} + {b} = {a + b}$",
            f"{colour.capitalize()} {things} make {mine} of them: ${number(sympy.Rational(mine, a + b))}$",
            wrong=[
                (sympy.Rational(mine, a + b - mine), "Compares with the other part instead of the whole"),
                (sympy.Rational(a + b - mine, a + b), "Gives the other part"),
            ],
            check=lambda: sympy.Rational(([1] * mine + [0] * (a + b - mine)).count(1), len([1] * a + [1] * b)),
        )
    if level is Level.FADED:
        bottom = max(a, b)
        top = min(a, b)
        if bottom < 3:
            return as_fractions(random, level)
        fraction = f"\\frac{{{top}}}{{{bottom}}}"
        who, rest = random.choice([("walk", "do not walk"), ("have a pet", "have none"), ("play a sport", "play none")])
        rest_first = random.random() < 0.4
        parts = (bottom - top, top) if rest_first else (top, bottom - top)
        asks = f"who {rest} to those who {who}" if rest_first else f"who {who} to those who {rest}"
        return asked(
            "ratio-and-fractions",
            f"${fraction}$ of the students in a class {who}. Write the ratio of students {asks}",
            ratio(*parts),
            f"Of {bottom} parts, {top} {'is' if top == 1 else 'are'} for those who {who}, "
            f"${bottom} - {top} = {bottom - top}$ for the rest",
            f"${parts[0]} : {parts[1]}$",
            shown=f"${parts[0]} : {parts[1]}$",
            wrong=[
                (ratio(top, bottom), "Reads the fraction as the ratio"),
                (ratio(*parts[::-1]), "Swaps the order"),
                (ratio(bottom - top, bottom), "Compares the rest with the whole"),
            ],
            check=lambda: (
                Fraction(parts[1 if rest_first else 0], sum(parts)) == Fraction(top, bottom) and gcd(*parts) == 1
            ),
        )
    c, d = coprime(random, 6)
    if b == c or lcm(b, c) > 30:
        return as_fractions(random, level)
    middle = lcm(b, c)
    joined = a * middle // b, middle, d * middle // c
    shared = gcd(gcd(*joined[:2]), joined[2])
    answer = tuple(each // shared for each in joined)
    return asked(
        "ratio-and-fractions",
        f"$x : y = {a} : {b}$ and $y : z = {c} : {d}$. Write $x : y : z$ in its simplest form",
        ratio(*answer),
        f"$y$ is {b} in one and {c} in the other; both go into ${middle}$",
        f"$x : y = {joined[0]} : {joined[1]}$ and $y : z = {joined[1]} : {joined[2]}$",
        f"$x : y : z = {' : '.join(map(str, answer))}$",
        shown=f"${' : '.join(map(str, answer))}$",
        wrong=[
            (ratio(a, b, d), "Leaves out one value of the shared part"),
            (ratio(a, b + c, d), "Adds the two values of the shared part"),
            (ratio(a, b * c, d), "Multiplies the shared part alone"),
        ],
        check=lambda: (
            Fraction(answer[0], answer[1]) == Fraction(a, b)
            and Fraction(answer[1], answer[2]) == Fraction(c, d)
            and gcd(*answer) == 1
        ),
    )
