"""Questions on sequences and iteration."""

from __future__ import annotations

from decimal import Decimal, localcontext
from itertools import pairwise
from math import isqrt
from random import Random

import sympy

from model.questions.algebra.writing import N, fitting, made, rounded, terms, tex
from model.questions.question import Level, Question, generates


@generates("quadratic-sequences")
def quadratic_rule(random: Random, level: Level) -> Question:
    """The nth term of a quadratic sequence: a square and a number, then with a part in n, then several squares."""
    a = random.choice((2, 3)) if level is Level.INDEPENDENT else 1
    b = 0 if level is Level.WORKED else random.choice((1, 2, 3, 4, 5, -1, -2, -3))
    c = random.choice([size for size in range(-9, 40 if b == 0 else 10) if size])
    while 3 * a + b <= 0:
        b = random.choice((1, 2, 3))
    values = [a * n * n + b * n + c for n in range(1, 6)]
    answer = a * N**2 + b * N + c
    rest = [b * n + c for n in range(1, 5)]
    listed = ", ".join(map(str, values[:4]))
    jumps = [after - before for before, after in pairwise(values[:4])]
    told = ", ".join(map(str, rest))
    return made(
        "quadratic-sequences",
        f"Find the $n$th term of the sequence ${listed}, {values[4]}, \\ldots$",
        answer,
        (
            f"Differences: ${', '.join(map(str, jumps))}, \\ldots$; second differences: ${2 * a}$, so it begins ${tex(a * N**2)}$",
            f"Take ${tex(a * N**2)}$ away from the terms: ${told}, \\ldots$"
            + (f", which is ${tex(b * N + c)}$" if b else ""),
            f"The $n$th term is ${tex(answer)}$",
        ),
        [
            (2 * a * N**2 + b * N + c, "Uses the second difference itself before the square"),
            (
                a * N**2 + (b + c if b else c + 1),
                "Takes what is left to be the same every time" if b else "Starts counting at n = 0",
            ),
            (jumps[0] * N + values[0] - jumps[0], "Takes the sequence to be linear"),
        ],
        lambda: sympy.expand(sympy.interpolate(list(enumerate(values, start=1)), N)),
    )


@generates("iteration")
def feeding_back(random: Random, level: Level) -> Question:
    """An iteration: whole numbers, then square roots to 3 decimal places, then on to a root to 2 decimal places."""
    if level is Level.WORKED:
        part = random.choice((2, 3, 4))
        add, above = random.randint(1, 6) * (part - 1), random.randint(1, 8)
        start = add * part // (part - 1) + above * part**3
        values = [start]
        for _ in range(3):
            values.append(values[-1] // part + add)
        rule = f"x_{{n+1}} = \\frac{{x_{{n}}}}{{{part}}} + {add}"
        return made(
            "iteration",
            f"${rule}$ and $x_{{0}} = {start}$. Work out $x_{{3}}$",
            sympy.Integer(values[3]),
            [
                f"$x_{{{place + 1}}} = \\frac{{{values[place]}}}{{{part}}} + {add} = {values[place + 1]}$"
                for place in range(3)
            ],
            [
                (sympy.Integer(values[1]), "Puts the first value in every time"),
                (sympy.Integer(values[2]), "Stops a step too early"),
                (sympy.Rational(start, part**3) + add, "Adds only at the end"),
            ],
            # What is left of the start, and of what was added at each step.
            lambda: sympy.Rational(start, part**3) + sum(sympy.Rational(add, part**step) for step in range(3)),
        )
    if level is Level.FADED:
        times, add, start = random.choice((1, 2, 3)), random.randint(2, 15), random.randint(1, 6)
        while isqrt(times * start + add) ** 2 == times * start + add:
            add += 1
        shown, value, cut = [], Decimal(start), Decimal(start)
        with localcontext() as context:
            context.prec = 40
            for _ in range(3):
                value = (times * value + add).sqrt()
                shown.append(rounded(value, 3))
                cut = Decimal(rounded((times * cut + add).sqrt(), 1))
        inside = terms((times, "x_{n}"), (add, ""))

        def by_whole_numbers() -> sympy.Rational:  # square roots of whole numbers with 30 places, no decimals
            scaled = start * 10**30
            for _ in range(3):
                scaled = isqrt((times * scaled + add * 10**30) * 10**30)
            return sympy.Rational((scaled + 5 * 10**26) // 10**27, 1000)

        return made(
            "iteration",
            f"$x_{{n+1}} = \\sqrt{{{inside}}}$ and $x_{{0}} = {start}$. Work out $x_{{3}}$ to 3 decimal places, "
            "without rounding before the end",
            sympy.Rational(shown[2]),
            (
                f"$x_{{1}} = \\sqrt{{{times * start + add}}} = {shown[0]}\\ldots$",
                f"$x_{{2}} = {shown[1]}\\ldots$, found with all the digits of $x_{{1}}$",
                f"$x_{{3}} = {shown[2]}$",
            ),
            [
                (told, why)
                for told, why in (
                    (shown[0], "Puts the first value in every time"),
                    (shown[1], "Stops a step too early"),
                    (rounded(cut, 1), "Rounds every step to 1 decimal place"),
                )
                if told != shown[2]
            ],
            by_whole_numbers,
            f"${shown[2]}$",
        )
    while True:
        times, whole = random.randint(1, 6), random.randint(5, 90)
        lowest = next(size for size in range(60) if (size + 1) ** 3 + times * (size + 1) > whole)
        if (
            lowest**3 + times * lowest < whole and 2 * lowest**2 >= times
        ):  # no whole solution, and the iteration closes in
            break

    def high(value: Decimal | sympy.Rational) -> bool:
        return bool(value**3 + times * value > whole)

    with localcontext() as context:
        context.prec = 40
        low, top = Decimal(lowest), Decimal(lowest + 1)
        for _ in range(80):
            half = (low + top) / 2
            low, top = (low, half) if high(half) else (half, top)
        text = rounded(low, 2)
        other = rounded(Decimal(text) + (Decimal("0.01") if low > Decimal(text) else Decimal("-0.01")), 2)
    answer = sympy.Rational(text)
    edges = [answer + sympy.Rational(side, 200) for side in (-1, 1)]
    told = [rounded(Decimal(text) + Decimal(side) / 200, 3) for side in (-1, 1)]
    left = terms((1, "x^{3}"), (times, "x"))
    return made(
        "iteration",
        f"${left} = {whole}$ has one solution. Find it to 2 decimal places by iteration: each new value is the cube root of "
        f"${whole} - {terms((times, 'x_{n}'))}$, from $x_{{0}} = {lowest}$",
        answer,
        (
            f"${left}$ is less than {whole} for $x = {lowest}$ and more for $x = {lowest + 1}$",
            f"The values settle between {told[0]} and {told[1]}, where ${left}$ passes {whole}",
            f"So $x = {text}$ to 2 decimal places",
        ),
        [
            (other, "Does not test halfway between two values"),
            *([] if text.endswith("0") else [(rounded(low, 1), "Stops at the first decimal place")]),
        ],
        lambda: not high(edges[0]) and high(edges[1]),
        f"$x = {text}$",
    )


@generates("sequences")
def next_terms(random: Random, level: Level) -> Question:
    """A term of an arithmetic, a geometric and a Fibonacci-type sequence."""
    if level is Level.WORKED:
        first, jump = random.randint(1, 30), random.choice((1, -1)) * random.randint(3, 9)
        values = [first + jump * place for place in range(5)]
        sign = "+" if jump > 0 else "-"
        return made(
            "sequences",
            f"Find the next term of the sequence ${', '.join(map(str, values[:4]))}, \\ldots$",
            sympy.Integer(values[4]),
            (
                f"From term to term: {'add' if jump > 0 else 'subtract'} {abs(jump)}",
                f"${values[3]} {sign} {abs(jump)} = {values[4]}$",
            ),
            [
                (sympy.Integer(values[3] - jump), "Goes the wrong way"),
                (sympy.Integer(values[3] + values[3] - first), "Adds the whole way from the first term"),
            ],
            lambda: fitting(lambda last: last - values[3] == values[1] - values[0])[0],
        )
    if level is Level.FADED:
        ratio, first, gap = random.choice((2, 3, 4, 5, 10)), random.randint(1, 9), random.choice((2, 3))
        values = [first * ratio**place for place in range(5)]
        shown = [str(value) for value in values]
        shown[gap] = "k"
        before, after = values[gap - 1], values[gap + 1]
        return made(
            "sequences",
            f"The sequence ${', '.join(shown)}$ is geometric. Find $k$",
            sympy.Integer(values[gap]),
            (
                f"From the first two terms: $\\frac{{{values[1]}}}{{{values[0]}}} = {ratio}$, so multiply by {ratio} every time",
                f"$k = {before} \\times {ratio} = {values[gap]}$",
            ),
            [
                (sympy.Rational(before + after, 2), "Takes the number halfway, as in an arithmetic sequence"),
                (sympy.Integer(before + values[1] - values[0]), "Adds the first jump again"),
            ],
            # The number whose share of the term after equals what the term before is of it.
            lambda: next(value for value in range(1, after) if value * value == before * after),
        )
    one, two = random.randint(1, 9), random.randint(1, 9)
    values = [sympy.Integer(one), sympy.Integer(two)]
    while len(values) < 6:
        values.append(values[-2] + values[-1])
    if random.random() < 0.5:
        answer = values[5]
        return made(
            "sequences",
            f"In a sequence each term is the sum of the two before it. It begins ${one}, {two}, \\ldots$ Find the sixth term",
            answer,
            (
                f"${one} + {two} = {values[2]}$, ${two} + {values[2]} = {values[3]}$",
                f"${values[2]} + {values[3]} = {values[4]}$",
                f"${values[3]} + {values[4]} = {answer}$",
            ),
            [
                (sympy.Integer(one + 5 * (two - one)), "Adds the first jump every time"),
                (values[4], "Stops at the fifth term"),
            ],
            lambda: sympy.fibonacci(4) * one + sympy.fibonacci(5) * two,
        )
    third, fourth = values[2], values[3]
    return made(
        "sequences",
        f"In a sequence each term is the sum of the two before it. The third term is {third} and the fourth is {fourth}. "
        "Find the first term",
        values[0],
        (
            f"Third and second term make the fourth, so the second is ${fourth} - {third} = {two}$",
            f"First and second make the third, so the first is ${third} - {two} = {one}$",
        ),
        [(values[4], "Goes on where it should go back"), (values[1], "Stops at the second term")],
        lambda: next(sympy.Integer(a) for a in range(30) for b in range(30) if a + b == third and b + third == fourth),
    )


@generates("nth-term")
def linear_rule(random: Random, level: Level) -> Question:
    """The nth term of a linear sequence: rising, with a negative number at the end, falling."""
    jump = random.randint(2, 9)
    begin = random.randint(1, 9) if level is Level.WORKED else -random.randint(1, 9)
    if level is Level.INDEPENDENT:
        jump, begin = -jump, random.randint(5, 60)
    values = [jump * place + begin for place in range(1, 6)]
    answer = jump * N + begin
    shown = terms((jump, "n"), (begin, "")) if jump > 0 else terms((begin, ""), (jump, "n"))
    return made(
        "nth-term",
        f"Find the $n$th term of the sequence ${', '.join(map(str, values))}, \\ldots$",
        answer,
        (
            f"The terms go {'up' if jump > 0 else 'down'} by {abs(jump)}, so compare with ${jump}n$: "
            f"${', '.join(str(jump * place) for place in range(1, 6))}, \\ldots$",
            f"Always {abs(begin)} {'more' if begin > 0 else 'less'}, so the $n$th term is ${shown}$",
        ),
        [
            (values[0] * N + jump if values[0] else N + jump, "Puts the first term before n and the jump behind"),
            (N + jump, "Gives the step from term to term"),
            (jump * N + values[0], "Takes the first term as the number to add"),
        ],
        lambda: sympy.expand(sympy.interpolate(list(enumerate(values, start=1)), N)),
        f"${shown}$",
    )
