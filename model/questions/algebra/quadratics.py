"""Questions on quadratics: brackets, solutions and the completed square."""

from __future__ import annotations

from decimal import Decimal, localcontext
from math import gcd, isqrt
from random import Random

import sympy

from model.questions.algebra.writing import X, agrees, bracket, fitting, held, made, plain, quadratic, rounded, terms
from model.questions.question import Level, Question, generates, number


def _two(random: Random, level: Level, largest: int = 9) -> tuple[int, int]:
    """Two numbers for brackets: above 0 at first, then with one or two below, not adding up to 0."""
    a, b = random.sample(range(1, largest + 1), 2)
    return (a, b) if level is Level.WORKED else random.choice(((a, -b), (-a, b), (-a, -b)))


@generates("factorising-quadratics")
def into_brackets(random: Random, level: Level) -> Question:
    """A quadratic into two brackets; the difference of two squares among them; then with a number before the square."""
    p = random.choice((2, 3, 5)) if level is Level.INDEPENDENT else 1
    a, b = _two(random, level)
    while gcd(p, a) > 1:
        a, b = _two(random, level)
    if level is Level.FADED and random.random() < 0.2:
        b = -a
    first = f"({terms((p, 'x'), (a, ''))})"
    total, product = p * b + a, p * a * b
    asked = quadratic(p, total, a * b)
    if p == 1:
        way = f"Two numbers that multiply to ${a * b}$ and add up to ${total}$: ${a}$ and ${b}$"
    else:
        way = f"Two numbers that multiply to ${p} \\times {held(a * b)} = {product}$ and add up to ${total}$: ${a}$ and ${p * b}$"
    split = f"${terms((p, 'x^{2}'), (p * b, 'x'), (a, 'x'), (a * b, ''))} = {terms((p, 'x'))}{bracket(b)} {'-' if a < 0 else '+'} "
    split += f"{'' if abs(a) == 1 else abs(a)}{bracket(b)}$"
    others = [
        (one, a * b // one) for one in range(1, abs(a * b) + 1) if a * b % one == 0 and one not in (abs(a), abs(b))
    ]
    unlike = (p, *others[0]) if others else (p, -a, -b)
    slip = (1, total - 1) if level is Level.WORKED else (-a, -b)
    why = "Looks only at the number in the middle" if level is Level.WORKED else "Gives the numbers the wrong signs"
    return made(
        "factorising-quadratics",
        f"Factorise ${asked}$",
        plain(f"{first}{bracket(b)}"),
        (way, *([split] if p > 1 else []), f"${asked} = {first}{bracket(b)}$"),
        [
            (plain(f"({terms((p, 'x'), (slip[0], ''))}){bracket(slip[1])}"), why),
            (
                plain(f"({terms((unlike[0], 'x'), (unlike[1], ''))}){bracket(unlike[2])}"),
                "Looks only at the number at the end",
            ),
        ]
        if b != -a
        else [
            (plain(f"{bracket(b)}^{{2}}"), "Takes the difference of two squares for a square"),
            (plain(f"x(x - {a * a})"), "Takes out a factor that is not there"),
        ],
        lambda: agrees(sympy.expand((p * X + a) * (X + b)), lambda x: p * x * x + total * x + a * b),
        f"${first}{bracket(b)}$",
    )


@generates("solving-quadratics")
def by_factorising(random: Random, level: Level) -> Question:
    """Solving by factorising: brackets with plus, then any signs and missing terms, then not yet equal to 0."""
    a, b = _two(random, level)
    p = random.choice((1, 2, 3)) if level is Level.INDEPENDENT else 1
    while gcd(p, a) > 1:
        a, b = _two(random, level)
    kind = random.random()
    if level is Level.FADED and kind < 0.4:
        b = 0 if kind < 0.2 else -a
    total, product = p * b + a, a * b
    asked = quadratic(p, total, product)
    prompt = f"{asked} = 0"
    steps = []
    if level is Level.INDEPENDENT:
        prompt = f"{terms((p, 'x^{2}'), (total, 'x'))} = {-product}"
        steps = [f"Make one side 0: ${asked} = 0$"]
    elif b == 0:
        prompt = f"x^{{2}} = {terms((-a, 'x'))}"
        steps = [f"Make one side 0: ${asked} = 0$"]
    first = f"({terms((p, 'x'), (a, ''))})"
    roots = tuple(sorted((sympy.Rational(-a, p), sympy.Integer(-b))))
    steps += [f"Factorise: ${f'x{bracket(a)}' if b == 0 else first + bracket(b)} = 0$"]
    parts = ("x", terms((1, "x"), (a, ""))) if b == 0 else (terms((p, "x"), (a, "")), terms((1, "x"), (b, "")))
    steps += [
        f"One bracket must be 0: ${parts[0]} = 0$ or ${parts[1]} = 0$" if b else f"${parts[0]} = 0$ or ${parts[1]} = 0$"
    ]
    steps += [f"$x = {number(roots[0])}$ or $x = {number(roots[1])}$"]
    one = max(roots, key=abs) if b == 0 else max(roots)
    return made(
        "solving-quadratics",
        f"Solve ${prompt}$",
        roots,
        steps,
        [
            (tuple(sorted(-root for root in roots)), "Takes the numbers of the brackets with their signs"),
            (one, "Divides by x and loses a solution" if b == 0 else "Gives one solution where there are two"),
        ],
        lambda: fitting(lambda x: p * x * x + total * x == -product, (1, p)),
        f"$x = {number(roots[0])}$ or $x = {number(roots[1])}$",
    )


@generates("quadratic-formula")
def formula(random: Random, level: Level) -> Question:
    """Solutions to 2 decimal places; then with minus signs; then with a number before the square."""
    while True:
        a = random.randint(2, 5) if level is Level.INDEPENDENT else 1
        b, c = random.randint(1, 9), random.randint(1, 9)
        if level is not Level.WORKED:
            b, c = random.choice(((b, -c), (-b, -c), (-b, c)))
        under = b * b - 4 * a * c
        if under > 0 and isqrt(under) ** 2 != under and gcd(gcd(a, b), c) == 1:
            break

    def solved(minus_b: int, below: int, inside: int) -> tuple[str, str]:
        with localcontext() as context:
            context.prec = 40
            root = Decimal(inside).sqrt()
            low, high = ((minus_b + side * root) / below for side in (-1, 1))
            return rounded(low, 2), rounded(high, 2)

    low, high = solved(-b, 2 * a, under)
    wrong = [(solved(b, 2 * a, under), "Loses a minus sign before b")]
    if c < 0 and b * b + 4 * a * c > 0:
        wrong.append((solved(-b, 2 * a, b * b + 4 * a * c), "Takes minus times minus to be minus under the root"))
    elif a > 1:
        wrong.append((solved(-b, 2, under), "Divides by 2 in place of 2a"))
    else:
        wrong.append((solved(-b, 1, under), "Does not divide by 2a"))
    answer = (sympy.Rational(low), sympy.Rational(high))

    def crosses(value: sympy.Rational) -> bool:  # the curve changes sign within half a hundredth
        before, after = (
            a * x * x + b * x + c for x in (value - sympy.Rational(1, 200), value + sympy.Rational(1, 200))
        )
        return bool(before * after < 0)

    return made(
        "quadratic-formula",
        f"Solve ${quadratic(a, b, c)} = 0$. Give the solutions to 2 decimal places",
        answer,
        (
            f"$a = {a}$, $b = {b}$, $c = {c}$, so $b^{{2}} - 4ac = {b * b} {'-' if c > 0 else '+'} {abs(4 * a * c)} = {under}$",
            f"$x = \\frac{{{-b} - \\sqrt{{{under}}}}}{{{2 * a}}}$ or $x = \\frac{{{-b} + \\sqrt{{{under}}}}}{{{2 * a}}}$",
            f"$x = {low}$ or $x = {high}$",
        ),
        [
            (f"{pair[0].replace('-', '−')} and {pair[1].replace('-', '−')}", why)
            for pair, why in wrong
            if pair != (low, high)
        ],
        lambda: crosses(answer[0]) and crosses(answer[1]) and bool(answer[0] < answer[1]),
        f"$x = {low}$ or $x = {high}$",
    )


@generates("completing-the-square")
def square_form(random: Random, level: Level) -> Question:
    """A quadratic as a square and a number: plus, then minus, then with halves or a number before the square."""
    a, half, rest = 1, sympy.Integer(random.randint(1, 6)), random.randint(1, 9) * random.choice((1, -1))
    if level is not Level.WORKED:
        half *= random.choice((1, -1, -1))
    if level is Level.INDEPENDENT:
        if random.random() < 0.5:
            half = sympy.Rational(random.choice((1, 3, 5, 7)) * random.choice((1, -1)), 2)
        else:
            a = random.choice((2, 3))
    b, c = int(2 * a * half), rest
    end = c - a * half**2
    asked = quadratic(a, b, c)
    square = f"{'' if a == 1 else a}{bracket(half)}^{{2}}"
    shown = f"{square} {'-' if end < 0 else '+'} {number(abs(end))}" if end else square
    forgot = f"{square} {'-' if c < 0 else '+'} {abs(c)}"
    added = c + a * half**2
    plus = f"{square} {'-' if added < 0 else '+'} {number(abs(added))}" if added else square
    out = (
        [f"Take out {a}: ${a}({terms((1, 'x^{2}'), (int(2 * half), 'x'))}) {'-' if c < 0 else '+'} {abs(c)}$"]
        if a > 1
        else []
    )
    paid = f"{a} \\times {number(half**2)} = {number(a * half**2)}" if a > 1 else number(half**2)
    return made(
        "completing-the-square",
        f"Write ${asked}$ in the form ${'' if a == 1 else a}(x + p)^{{2}} + q$",
        plain(shown),
        (
            *out,
            f"Half of ${int(2 * half)}$ is ${number(half)}$; ${square}$ has ${paid}$ too much at the end",
            f"${asked} = {square} - {number(a * half**2)} {'-' if c < 0 else '+'} {abs(c)} = {shown}$",
        ),
        [
            (plain(forgot), "Forgets to take the square away again"),
            (plain(plus), "Adds the square instead of taking it away"),
        ],
        lambda: agrees(sympy.expand(a * (X + half) ** 2 + end), lambda x: a * x * x + b * x + c),
        f"${shown}$",
    )
