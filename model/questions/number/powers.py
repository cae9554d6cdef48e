"""Questions on powers, roots and the laws of indices."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import sympy

from model.questions.question import Answer, Level, Question, generates, number
from model.questions.written import asked, by, times

_ROOT_NAMES = {2: "square", 3: "cube", 4: "fourth"}


@generates("powers")
def powers(random: Random, level: Level) -> Question:
    """Squares and cubes; larger powers and roots; powers of negative numbers and fractions."""
    if level is Level.FADED and random.random() < 0.5:
        return _root(random)
    power = random.choice(by(level, [2, 2, 2, 3, 3, 4, 5], [3, 4, 5], [2, 3]))
    largest = {2: 20, 3: 12, 4: 6, 5: 4} if level is Level.WORKED else {2: 15, 3: 10, 4: 6, 5: 4}
    size = random.randint(2 if power > 2 else 3, largest[power])
    if level is Level.WORKED and power == 2 and random.random() < 0.2:
        size = 10 * random.randint(2, 9)
    if level is Level.INDEPENDENT:
        base = random.choice([sympy.Integer(-size), sympy.Rational(random.randint(1, 5), random.randint(2, 7))])
    else:
        base = sympy.Integer(size)
    if base == 1 or (base > 0 and base.q == 1 and level is Level.INDEPENDENT):
        return powers(random, level)
    answer = base**power
    text = number(base) if base.q == 1 and base > 0 else f"({number(base)})"
    slips = [(base * power, f"Multiplies by {power} instead of taking the power")]
    if base < 0:
        slips += [
            (
                -answer,
                "Keeps the minus though the power is even" if answer > 0 else "Loses the minus though the power is odd",
            ),
            (-abs(base * power), "Multiplies by the power and keeps the minus"),
        ]
    elif base.q > 1:
        slips += [(sympy.Rational(base.p**power, base.q), "Takes the power of the numerator alone")]
    else:
        slips += [(base ** (power - 1), "Stops one product too soon"), (base + power, "Adds the power")]
    return asked(
        "powers",
        f"Work out ${text}^{{{power}}}$",
        answer,
        f"${text}^{{{power}}} = {times([text] * power)}$",
        f"$= {number(answer)}$",
        wrong=slips,
        check=lambda: _product([base] * power),
    )


def _root(random: Random) -> Question:
    cube = random.random() < 0.4
    root = random.choice([2, 3, 4, 5, 6, 10]) if cube else random.randint(4, 15)
    n = root**3 if cube else root**2
    extra = random.randint(2, 9)
    prompt = f"the cube root of {n}" if cube else f"the square root of {n}"
    return asked(
        "powers",
        f"Work out {extra} more than {prompt}",
        root + extra,
        f"${times([root] * (3 if cube else 2))} = {n}$, so {prompt} is ${root}$",
        f"${root} + {extra} = {root + extra}$",
        wrong=[
            (sympy.Rational(n, 3 if cube else 2) + extra, f"Divides by {3 if cube else 2} instead of taking the root"),
            (root, "Stops at the root"),
        ],
        check=lambda: next(r for r in range(n) if r ** (3 if cube else 2) == n) + extra,
    )


def _product(values: list[sympy.Rational]) -> sympy.Rational:
    found = sympy.Integer(1)
    for each in values:
        found *= each
    return found


@generates("index-laws")
def laws(random: Random, level: Level) -> Question:
    """One law at a time; powers of powers and numbers in front; two laws in one question."""
    letter = random.choice("axyp")
    x = sympy.Symbol(letter, positive=True)
    m, n, k = random.randint(3, 9), random.randint(2, 6), random.randint(2, 3)
    a, b = random.randint(2, 6), random.randint(2, 6)

    def term(front: int, power: int) -> str:
        return ("" if front == 1 else str(front)) + letter + (f"^{{{power}}}" if power != 1 else "")

    kind = random.choice(by(level, ["times", "over"], ["power", "times", "over"], ["both", "bracket"]))
    value: Callable[[int], Answer]
    if level is Level.WORKED:
        a = b = 1
    if kind == "times":
        prompt, answer = f"{term(a, m)} \\times {term(b, n)}", a * b * x ** (m + n)
        steps = [f"Add the powers: ${m} + {n} = {m + n}$"]
        slips = [
            (a * b * x ** (m * n), "Multiplies the powers"),
            ((a + b) * x ** (m + n), "Adds the numbers in front as well"),
        ]
        value = lambda at: a * at**m * b * at**n  # noqa: E731
    elif kind == "over":
        m += n
        prompt, answer = (
            f"{term(a * b, m)} \\div {term(b, n)}" if b == 1 else f"\\frac{{{term(a * b, m)}}}{{{term(b, n)}}}",
            a * x ** (m - n),
        )
        steps = [f"Take away the powers: ${m} - {n} = {m - n}$"]
        slips = [
            (a * x ** (m + n), "Adds the powers"),
            *([(a * x ** (m // n), "Divides the powers")] if m % n == 0 else []),
            *([((a * b - b) * x ** (m - n), "Takes away the numbers in front as well")] if b > 1 else []),
        ]
        value = lambda at: sympy.Rational(a * b * at**m, b * at**n)  # noqa: E731
    elif kind == "power":
        a = random.choice([1, a])
        prompt, answer = f"({term(a, m)})^{{{k}}}", a**k * x ** (m * k)
        steps = [f"Multiply the powers: ${m} \\times {k} = {m * k}$"]
        slips = [
            (a**k * x ** (m + k), "Adds the powers"),
            (a * x ** (m * k), "Leaves the number in front as it was"),
            (a * k * x ** (m * k), f"Multiplies the number in front by {k}"),
        ]
        value = lambda at: (a * at**m) ** k  # noqa: E731
    elif kind == "both":
        m, c = m + n, random.choice([each for each in (2, 3, 5) if each != b])
        prompt = f"\\frac{{{term(a * c, m)} \\times {term(b, n)}}}{{{term(c, k)}}}"
        answer = a * b * x ** (m + n - k)
        steps = [f"Numerator: ${term(a * b * c, m + n)}$", f"Take away the powers: ${m + n} - {k} = {m + n - k}$"]
        slips = [
            (a * b * x ** (m * n - k), "Multiplies the powers of the numerator"),
            (a * b * x ** (m + n + k), "Adds all the powers"),
            ((a * b * c - c) * x ** (m + n - k), "Takes away the numbers in front"),
        ]
        value = lambda at: sympy.Rational(a * c * at**m * b * at**n, c * at**k)  # noqa: E731
    else:
        prompt, answer = f"({term(a, m)})^{{{k}}} \\times {term(b, n)}", a**k * b * x ** (m * k + n)
        steps = [f"Bracket first: ${term(a**k, m * k)}$", f"Add the powers: ${m * k} + {n} = {m * k + n}$"]
        slips = [
            (a * b * x ** (m * k + n), "Leaves the number in the bracket as it was"),
            (a**k * b * x ** (m + k + n), "Adds all the powers"),
            ((a * b) ** k * x ** ((m + n) * k), "Takes the power of everything"),
        ]
        value = lambda at: (a * at**m) ** k * b * at**n  # noqa: E731
    return asked(
        "index-laws",
        f"Simplify ${prompt}$",
        answer,
        *steps,
        f"${prompt} = {number(answer)}$",
        wrong=slips,
        # At three numbers the question and the answer have the same value.
        check=lambda: all(answer.subs(x, at) == value(at) for at in (2, 3, 5)),
    )


@generates("negative-and-fractional-indices")
def other_indices(random: Random, level: Level) -> Question:
    """One over, or a square root; cube roots and roots one over; a root, a power and one over together."""
    root = random.choice(by(level, [1, 2], [2, 2, 3, 4], [2, 3, 4]))
    size = random.randint(2, {1: 12, 2: 15, 3: 6, 4: 3}[root])
    top = random.randint(2, 3) if level is Level.INDEPENDENT else random.randint(1, 3) if root == 1 else 1
    below = root == 1 or (level is not Level.WORKED and random.random() < 0.6)
    bottom = (
        random.randint(2, {1: 9, 2: 9, 3: 5, 4: 3}[root]) if level is Level.INDEPENDENT and random.random() < 0.4 else 1
    )
    if (
        (level is Level.INDEPENDENT and sympy.igcd(top, root) > 1)
        or sympy.igcd(size, bottom) > 1
        or max(size, bottom) ** top > 150
    ):
        return other_indices(random, level)
    base = sympy.Rational(size, bottom) ** root
    power = (-1 if below else 1) * sympy.Rational(top, root)
    answer = base**power
    shown_power = f"{'-' if below else ''}{top if root == 1 else number(sympy.Rational(top, root))}"
    text = number(base) if bottom == 1 else f"({number(base)})"
    steps = []
    if root > 1:
        steps.append(
            "The bottom of the power says which root: "
            f"the {_ROOT_NAMES[root]} root of ${number(base)}$ is ${number(sympy.Rational(size, bottom))}$"
        )
    if top > 1:
        inner = number(sympy.Rational(size, bottom)) if bottom == 1 else f"({number(sympy.Rational(size, bottom))})"
        steps.append(f"The power: ${inner}^{{{top}}} = {number(sympy.Rational(size, bottom) ** top)}$")
    if below:
        steps.append("The minus means one over" if bottom == 1 else "The minus turns the fraction over")
    return asked(
        "negative-and-fractional-indices",
        f"Work out ${text}^{{{shown_power}}}$",
        answer,
        *steps,
        f"${text}^{{{shown_power}}} = {number(answer)}$",
        wrong=[
            *([(-(base ** abs(power)), "Takes a negative power to make the number negative")] if below else []),
            (base * power, "Multiplies by the power"),
            *(
                [(base ** abs(power), "Leaves the minus out")]
                if below
                else [(base**root, "Takes a power instead of a root"), (1 / base, "Reads the fraction as one over")]
            ),
        ],
        # Raised to the bottom of the power, it is the base to the top of it.
        check=lambda: answer**root * base**top == 1 if below else answer**root == base**top,
    )
