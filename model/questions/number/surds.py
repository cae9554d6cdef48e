"""Questions on surds and on numbers in standard form."""

from __future__ import annotations

from random import Random

import sympy

from model.questions.question import Level, Question, generates, number
from model.questions.written import asked, decimal, first_place, grouped

_PLAIN = (2, 3, 5, 6, 7, 10, 11, 13, 14, 15)


@generates("surds")
def surds(random: Random, level: Level) -> Question:
    """Simplifying; adding and multiplying; brackets and roots below the line."""
    m, k, j = random.choice(_PLAIN), random.randint(2, 6), random.randint(2, 5)
    root = f"\\sqrt{{{m}}}"
    if level is Level.WORKED:
        n = k * k * m
        return asked(
            "surds",
            f"Write $\\sqrt{{{n}}}$ in the form $a\\sqrt{{b}}$ with $b$ as small as possible",
            sympy.sqrt(n),
            f"The largest square number that goes into {n}: ${n} = {k * k} \\times {m}$",
            f"$\\sqrt{{{n}}} = \\sqrt{{{k * k}}} \\times {root} = {k}{root}$",
            shown=f"${k}{root}$",
            wrong=[
                (k * k * sympy.sqrt(m), "Leaves the square number as it is, outside the root"),
                (m * sympy.sqrt(k), "Swaps what comes out and what stays in"),
                (sympy.Rational(n, 2), "Halves instead of taking the root"),
            ],
            check=lambda: bool((k * sympy.sqrt(m)) ** 2 == n),
        )
    if level is Level.FADED:
        sign = random.choice([1, -1])
        if k == j or k < j:
            return surds(random, level)
        first, second = k * k * m, j * j * m
        out = k + sign * j
        return asked(
            "surds",
            f"Simplify $\\sqrt{{{first}}} {'+' if sign > 0 else '-'} \\sqrt{{{second}}}$",
            out * sympy.sqrt(m),
            f"$\\sqrt{{{first}}} = {k}{root}$ and $\\sqrt{{{second}}} = {j}{root}$",
            f"${k}{root} {'+' if sign > 0 else '-'} {j}{root} = {'' if out == 1 else out}{root}$",
            shown=f"${'' if out == 1 else out}{root}$",
            wrong=[
                (
                    sympy.sqrt(first + sign * second),
                    f"{'Adds' if sign > 0 else 'Takes away'} the numbers under the roots",
                ),
                (out * m, "Loses the root"),
                (k * j * sympy.sqrt(m), "Multiplies the numbers in front"),
            ],
            # Squared, it is what the square of the sum or difference of two roots must be.
            check=lambda: (
                sympy.expand((out * sympy.sqrt(m)) ** 2) == first + second + sign * 2 * sympy.sqrt(first * second)
            ),
        )
    if random.random() < 0.5:
        top = random.choice([m * k, k * j, k])
        answer = top / sympy.sqrt(m)
        return asked(
            "surds",
            f"Write $\\frac{{{top}}}{{{root}}}$ without a root in the denominator, as simply as possible",
            answer,
            f"Multiply numerator and denominator by ${root}$: $\\frac{{{top}{root}}}{{{m}}}$",
            f"$= {number(answer)}$",
            wrong=[
                (sympy.Rational(top, m), "Drops the root"),
                (top * sympy.sqrt(m), "Multiplies the numerator only"),
                (sympy.Rational(top * m, 1), "Squares the denominator away"),
            ],
            check=lambda: bool(sympy.expand(answer * sympy.sqrt(m)) == top),
        )
    sign = random.choice([1, -1])
    answer = k * j + sign * m + (j + sign * k) * sympy.sqrt(m)
    signed = "+" if sign > 0 else "-"
    return asked(
        "surds",
        f"Expand and simplify $({k} + {root})({j} {signed} {root})$",
        answer,
        f"Four products: ${k * j} {signed} {k}{root} + {j}{root} {signed} {m}$",
        f"$= {_sorted(k * j + sign * m, j + sign * k, m)}$",
        shown=f"${_sorted(k * j + sign * m, j + sign * k, m)}$",
        wrong=[
            (sympy.Integer(k * j + sign * m), "Multiplies first by first and last by last only"),
            (k * j + sign * m * m + (j + sign * k) * sympy.sqrt(m), f"Takes the root of {m} times itself for {m * m}"),
            (k * j + (j + sign * k) * sympy.sqrt(m), "Leaves out the last product"),
        ],
        # To thirty places.
        check=lambda: bool(abs(_near(k, 1, m) * _near(j, sign, m) - answer.n(40)) < sympy.Rational(1, 10**30)),
    )


def _near(whole: int, sign: int, m: int) -> sympy.Float:
    """A sum or difference with a root to forty places."""
    return whole + sign * sympy.sqrt(m).n(40)


def _sorted(whole: int, front: int, m: int) -> str:
    if front == 0:
        return str(whole)
    size = "" if abs(front) == 1 else abs(front)
    lead = f"{whole} {'+' if front > 0 else '-'} " if whole else ("-" if front < 0 else "")
    return f"{lead}{size}\\sqrt{{{m}}}"


@generates("standard-form")
def standard_form(random: Random, level: Level) -> Question:
    """Large numbers; small ones and back; products, quotients and sums."""
    if level is Level.INDEPENDENT:
        return _standard_sum(random)
    front = (
        sympy.Rational(random.randint(11, 99), 10)
        if random.random() < 0.6
        else sympy.Rational(random.randint(101, 999), 100)
    )
    power = random.randint(3, 6) if level is Level.WORKED else random.choice([-3, -2, -1, 3, 4, 5, 6])
    back = level is Level.FADED and random.random() < 0.4
    value = front * sympy.Integer(10) ** power
    if (
        (power == -3 and front.q > 10)
        or (power == -2 and front.q > 100)
        or sympy.Integer(10000) * value != int(10000 * value)
    ):
        return standard_form(random, level)
    written = f"{decimal(front)} \\times 10^{{{power}}}"
    places = f"{abs(power)} place{'s' if abs(power) > 1 else ''}"
    if back:
        prompt, shown = f"Write ${written}$ as an ordinary number", grouped(value)
        steps = [f"The digits of ${decimal(front)}$ move {places} to the {'left' if power > 0 else 'right'}", shown]
    else:
        prompt, shown = f"Write {grouped(value)} in standard form", f"${written}$"
        steps = [
            f"The number in front is at least 1 and less than 10: ${decimal(front)}$",
            f"From there its digits move {places} to the {'left' if power > 0 else 'right'}: ${written}$",
        ]
    return asked(
        "standard-form",
        prompt,
        value,
        *steps,
        shown=shown,
        wrong=[
            (
                front * sympy.Integer(10) ** (power - 1 if power > 0 else power + 1),
                "Counts one place too few" if power > 0 else "Counts the noughts behind the point only",
            ),
            (front * sympy.Integer(10) ** -power, "Gives the power the wrong sign"),
        ],
        check=lambda: sympy.Rational(f"{decimal(front)}e{power}"),
    )


def _standard_sum(random: Random) -> Question:
    a, b = sympy.Rational(random.randint(12, 95), 10), random.randint(2, 9)
    m, n = (random.choice([-6, -5, -4, -3, -2, 3, 4, 5, 6, 7, 8]) for _ in range(2))
    kind = random.choice(["times", "over", "plus"])
    if kind == "plus":
        m = random.randint(4, 6)
        n = m - random.randint(1, 2)
    if kind == "over":
        a = sympy.Rational(random.randint(3, 19), 2) * b
        a = a / 10 ** first_place(a)
    ten = sympy.Integer(10)
    raw = {"times": m + n, "over": m - n, "plus": m}[kind]
    done = {"times": a * b, "over": a / b, "plus": a + b * ten ** (n - m)}[kind]
    power = raw + first_place(done)
    if a.q == 1 or raw in (0, 1) or power in (0, 1) or abs(power) > 12:
        return _standard_sum(random)
    texts = f"{decimal(a)} \\times 10^{{{m}}}", f"{b} \\times 10^{{{n}}}"
    sign = {"times": "\\times", "over": "\\div", "plus": "+"}[kind]
    shown = f"{decimal(done * ten ** (raw - power))} \\times 10^{{{power}}}"
    if kind == "plus":
        second = decimal(b * ten ** (n - m))
        steps = [
            f"Give both the same power: ${texts[1]} = {second} \\times 10^{{{m}}}$",
            f"${decimal(a)} + {second} = {decimal(done)}$, so ${decimal(done)} \\times 10^{{{m}}}$",
        ]
        slips = [
            ((a + b) * ten ** (m + n), "Adds the numbers in front and the powers"),
            ((a + b) * ten**m, "Adds the numbers in front though the powers differ"),
        ]
    else:
        plus = "+" if kind == "times" else "-"
        steps = [
            f"Numbers in front: ${decimal(a)} {sign} {b} = {decimal(done)}$",
            f"Powers: ${m} {plus} {n if n > 0 else f'({n})'} = {raw}$, so ${decimal(done)} \\times 10^{{{raw}}}$",
        ]
        slips = [
            (done * ten ** (2 * raw - power), "Moves the point the wrong way at the end"),
            (done * ten ** (m - n), "Takes the powers away when multiplying")
            if kind == "times"
            else (done * ten ** (m + n), "Adds the powers when dividing"),
            *([((a + b) * ten**raw, "Adds the numbers in front")] if kind == "times" else []),
        ]
    if power != raw:
        steps.append(f"In standard form: ${shown}$")
    first, last = sympy.Rational(f"{decimal(a)}e{m}"), sympy.Rational(f"{b}e{n}")
    return asked(
        "standard-form",
        f"Work out $({texts[0]}) {sign} ({texts[1]})$ in standard form",
        done * ten**raw,
        *steps,
        shown=f"${shown}$",
        wrong=slips,
        check=lambda: {"times": first * last, "over": first / last, "plus": first + last}[kind],
    )
