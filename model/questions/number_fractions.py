"""Questions on fractions."""

from __future__ import annotations

from random import Random

import sympy

from model.questions.question import Level, Question, Wrong, generates, number

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
        f"$= \\frac{{{top}}}{{{common}}}$" + (f"$ = {number(answer)}$" if answer.q != common else ""),
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
