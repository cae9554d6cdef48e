"""Questions on fractions."""

from __future__ import annotations

from itertools import product
from random import Random

import sympy

from model.questions.question import Level, Question, Wrong, generates, number
from model.questions.written import asked, by

_LARGEST = {Level.WORKED: 6, Level.FADED: 8, Level.INDEPENDENT: 12}


@generates("fractions")
def adding(random: Random, level: Level) -> Question:
    """Adding and subtracting fractions with different denominators; the result is positive."""
    while True:
        b, d = random.sample(range(2, _LARGEST[level] + 1), 2)
        a, c = random.randint(1, b - 1), random.randint(1, d - 1)
        first, second = sympy.Rational(a, b), sympy.Rational(c, d)
        minus = level is not Level.WORKED and random.random() < 0.5
        if min(first.q, second.q) > 1 and (first.q, second.q) == (b, d) and (not minus or first > second):
            break
    answer = first - second if minus else first + second
    sign = "-" if minus else "+"
    common = int(sympy.lcm(b, d))
    over = [f"\\frac{{{int(part * common)}}}{{{common}}}" for part in (first, second)]
    top = int(answer * common)
    steps = [
        f"The smallest number in both tables: ${common}$",
        f"${number(first)} {sign} {number(second)} = {over[0]} {sign} {over[1]}$",
        f"$= \\frac{{{top}}}{{{common}}}" + (f" = {number(answer)}$" if answer.q != common else "$"),
    ]
    straight = sympy.Rational(a - c if minus else a + c, abs(b - d) if minus else b + d)
    kept = sympy.Rational(a - c if minus else a + c, common)
    wrong = [
        Wrong(answer=straight, misconception="Adds or takes away tops and bottoms"),
        Wrong(answer=kept, misconception="Changes the denominators but leaves the numerators as they were"),
    ]
    distinct = {each.answer: each for each in wrong if each.answer != answer}
    return Question(
        topic="fractions",
        prompt=f"Work out ${number(first)} {sign} {number(second)}$",
        answer=answer,
        shown=f"${number(answer)}$",
        steps=tuple(steps),
        wrong=tuple(distinct.values()),
        # Counted in parts of b times d, without a smallest common multiple.
        check=lambda: sympy.Rational(a * d - c * b if minus else a * d + c * b, b * d),
    )


@generates("equivalent-fractions")
def equivalent(random: Random, level: Level) -> Question:
    """A missing numerator; the simplest form; a missing number where neither denominator goes into the other."""
    b = random.randint(3, by(level, 6, 12, 9))
    a = random.choice([top for top in range(1, b) if sympy.igcd(top, b) == 1])
    k, j = random.sample(range(2, 8), 2)
    if level is Level.FADED:
        k = k * j if k * j <= 12 else k
        return asked(
            "equivalent-fractions",
            f"Write $\\frac{{{a * k}}}{{{b * k}}}$ in its simplest form",
            sympy.Rational(a, b),
            f"The largest number that goes into {a * k} and {b * k}: ${k}$",
            f"$\\frac{{{a * k}}}{{{b * k}}} = \\frac{{{a}}}{{{b}}}$",
            wrong=[
                (sympy.Rational(a, b * k), "Divides the numerator only"),
                (sympy.Rational(a * k, b), "Divides the denominator only"),
                *([(sympy.Rational(a * k - k, b * k - k), f"Takes {k} away from both")] if a > 1 else []),
            ],
            check=lambda: (
                max(d for d in range(1, a * k + 1) if a * k % d == b * k % d == 0) == k and sympy.Rational(a * k, b * k)
            ),
        )
    if level is Level.WORKED:
        j = 1
    given, wanted = (a * j, b * j), (a * k, b * k)
    top = level is Level.WORKED or random.random() < 0.5
    answer = wanted[0] if top else wanted[1]
    right = f"\\frac{{n}}{{{wanted[1]}}}" if top else f"\\frac{{{wanted[0]}}}{{n}}"
    difference = wanted[1] - given[1] if top else wanted[0] - given[0]
    part = 0 if top else 1
    steps = [f"${given[1 - part]} \\times {k} = {wanted[1 - part]}$"]
    if j > 1:
        steps = [
            f"Simplest form: $\\frac{{{given[0]}}}{{{given[1]}}} = \\frac{{{a}}}{{{b}}}$",
            f"${(b, a)[part]} \\times {k} = {wanted[1 - part]}$",
        ]
    return asked(
        "equivalent-fractions",
        f"Find $n$: $\\frac{{{given[0]}}}{{{given[1]}}} = {right}$",
        answer,
        *steps,
        f"So $n = {(a, b)[part]} \\times {k} = {answer}$",
        wrong=[
            (given[part] + difference, "Adds the same number to both"),
            (given[part], "Leaves the number as it was"),
        ],
        # Both products across are the same.
        check=lambda: next(n for n in range(1, 200) if given[1 - part] * n == given[part] * wanted[1 - part]),
    )


@generates("fractions-of-amounts")
def of_amounts(random: Random, level: Level) -> Question:
    """Of a number; of money, weights and lengths, also what is left; the whole from a part."""
    b = random.randint(3, by(level, 6, 10, 9))
    a = random.choice([top for top in range(2, b) if sympy.igcd(top, b) == 1])
    one = random.randint(2, by(level, 9, 15, 14))
    whole, fraction = b * one, f"\\frac{{{a}}}{{{b}}}"
    if level is Level.INDEPENDENT:
        return asked(
            "fractions-of-amounts",
            random.choice(
                [
                    f"${fraction}$ of a number is {a * one}. Find the number",
                    f"{a * one} students are ${fraction}$ of a year group. How many students are in the year group?",
                    f"After spending ${number(1 - sympy.Rational(a, b))}$ of her money Bea has £{a * one} left. "
                    "How many pounds did she have at first?",
                ]
            ),
            whole,
            f"{a} part{'s are' if a > 1 else ' is'} {a * one}, so one part is ${a * one} \\div {a} = {one}$",
            f"The whole is {b} parts: ${b} \\times {one} = {whole}$",
            wrong=[
                (sympy.Rational(a * one * a, b), "Takes the fraction of the number given"),
                (a * one * b, f"Multiplies by {b} without dividing by {a}"),
                (one, "Stops at one part"),
            ],
            check=lambda: next(n for n in range(1, 500) if sympy.Rational(a, b) * n == a * one),
        )
    left = level is Level.FADED and random.random() < 0.4
    parts = b - a if left else a
    prompt = f"Work out ${fraction}$ of {whole}"
    if level is Level.FADED:
        prompt = random.choice(
            [
                f"Dan spends ${fraction}$ of £{whole}. How many pounds are left?",
                f"${fraction}$ of a {whole} cm ribbon is cut off. How many centimetres are left?",
            ]
            if left
            else [
                f"Work out ${fraction}$ of £{whole}, in pounds",
                f"Work out ${fraction}$ of {whole} kg, in kilograms",
                f"A class has {whole} students and ${fraction}$ of them walk. How many students walk?",
            ]
        )
    return asked(
        "fractions-of-amounts",
        prompt,
        parts * one,
        f"One part of {b}: ${whole} \\div {b} = {one}$",
        (
            f"{parts} part{'s are' if parts > 1 else ' is'} left: "
            if left
            else f"{parts} part{'s' if parts > 1 else ''}: "
        )
        + f"${parts} \\times {one} = {parts * one}$",
        wrong=[
            *([(a * one, "Gives what is taken, not what is left")] if left else []),
            (one, "Stops at one part"),
            (sympy.Rational(whole * b, a), "Divides by the numerator and multiplies by the denominator"),
            (sympy.Rational(whole, a), "Divides by the numerator"),
        ],
        # Counting round: of every so many, the first are taken.
        check=lambda: sum(1 for place in range(whole) if place % b < parts),
    )


@generates("multiplying-fractions")
def multiplying(random: Random, level: Level) -> Question:
    """Multiplying; dividing; three fractions, or both operations."""
    pairs = [
        (top, bottom)
        for bottom in range(2, by(level, 6, 9, 10))
        for top in range(1, bottom)
        if sympy.igcd(top, bottom) == 1
    ]
    (a, b), (c, d), (e, f) = random.sample(pairs, 3)
    first, second, third = sympy.Rational(a, b), sympy.Rational(c, d), sympy.Rational(e, f)
    dividing = level is Level.FADED or (level is Level.INDEPENDENT and random.random() < 0.6)
    sign = "\\div" if dividing else "\\times"
    start = first / second if dividing else first * second
    text = f"{number(first)} {sign} {number(second)}"
    steps = []
    if dividing:
        steps.append(f"Turn the second fraction over and multiply: ${number(first)} \\times {upright(d, c)}$")
        c, d = d, c
    steps.append(f"Across: $\\frac{{{a} \\times {c}}}{{{b} \\times {d}}} = {upright(a * c, b * d)}$")
    steps.append(
        f"In its simplest form: ${number(start)}$"
        if start.q != b * d
        else f"That is in its simplest form: ${number(start)}$"
    )
    answer = start
    if level is Level.INDEPENDENT:
        answer = start * third
        text += f" \\times {number(third)}"
        steps.append(f"${number(start)} \\times {number(third)} = {number(answer)}$")
    turned = second / first * (third if level is Level.INDEPENDENT else 1)
    return asked(
        "multiplying-fractions",
        f"Work out ${text}$",
        answer,
        *steps,
        wrong=[
            *([(turned, "Turns the first fraction over")] if dividing else []),
            *([(first * second, "Multiplies instead of dividing")] if dividing and level is Level.FADED else []),
            *([(first * second * third, "Multiplies by all three")] if dividing and level is Level.INDEPENDENT else []),
            *(
                [(second.p * first.p / sympy.Integer(b), "Keeps the common denominator")]
                if first.q == second.q and level is Level.WORKED
                else []
            ),
            *([(first + second, "Adds the fractions")] if level is Level.WORKED else []),
            *([(start, "Leaves the third fraction out")] if level is Level.INDEPENDENT else []),
            *(
                [(sympy.Rational(first.p * second.q, first.q * second.p), "Multiplies crosswise")]
                if level is Level.WORKED
                else []
            ),
        ],
        check=lambda: (
            bool(answer / (third if level is Level.INDEPENDENT else 1) * second == first)
            if dividing
            else _area(answer, first, second, third if level is Level.INDEPENDENT else sympy.Integer(1))
        ),
    )


def _area(answer: sympy.Rational, first: sympy.Rational, second: sympy.Rational, third: sympy.Rational) -> bool:
    """Whether so many of the little blocks of a cube are shaded in all three directions."""
    sides = [(each.p, each.q) for each in (first, second, third)]
    shaded = sum(1 for _ in product(*(range(p) for p, _ in sides)))
    return bool(answer * len(list(product(*(range(q) for _, q in sides)))) == shaded)


def upright(top: int, bottom: int) -> str:
    """A fraction that is not simplified, between dollar signs."""
    return f"\\frac{{{top}}}{{{bottom}}}"
