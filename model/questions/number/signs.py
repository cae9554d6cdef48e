"""Questions on signs and on the order of operations."""

from __future__ import annotations

import re
from random import Random

import sympy

from model.questions.question import Level, Question, generates
from model.questions.written import asked, by


@generates("negative-numbers")
def negative(random: Random, level: Level) -> Question:
    """Sums across nought; two signs side by side; products, quotients and a third number."""
    a, b = random.randint(2, 9), random.randint(2, 9)
    c = random.randint(2, 6)
    if a == b:
        return negative(random, level)
    if level is Level.WORKED:
        start, move = random.choice([(-a, -b), (-a, b), (a, -a - b)])
        prompt, answer = f"{start} {'-' if move < 0 else '+'} {abs(move)}", start + move
        steps = [f"Start at ${start}$ on the number line and go {abs(move)} {'down' if move < 0 else 'up'}"]
        slips = [
            (a + b, "Says that two minuses make a plus" if start < 0 and move < 0 else "Leaves the sign out"),
            (-a - b, "Adds the sizes and keeps the minus"),
            (-answer, "Takes the larger size first and loses the sign"),
        ]
    elif level is Level.FADED:
        start, plus = random.choice([-a, a]), random.random() < 0.3
        prompt, answer = f"{start} {'+' if plus else '-'} (-{b})", start - b if plus else start + b
        same = "Adding" if plus else "Taking away", "taking away" if plus else "adding"
        steps = [f"{same[0]} $-{b}$ is the same as {same[1]} ${b}$: ${start} {'-' if plus else '+'} {b}$"]
        slips = [
            (start + b if plus else start - b, "Leaves out one of the two signs"),
            (-answer, "Loses the sign of the first number"),
            (a + b, "Reads every minus as a plus"),
        ]
    else:
        dividing = random.random() < 0.5
        product = a * b if not dividing else a
        first = f"-{a * b} \\div (-{b})" if dividing else f"-{a} \\times (-{b})"
        sign = random.choice([-1, 1])
        prompt, answer = f"{first} {'-' if sign > 0 else '+'} (-{c})", product + sign * c
        steps = [
            f"${first} = {product}$",
            f"${product} {'-' if sign > 0 else '+'} (-{c}) = {product} {'+' if sign > 0 else '-'} {c}$",
        ]
        slips = [
            (-product + sign * c, "Gives two negatives a negative product or quotient"),
            (product - sign * c, "Leaves out one of the two signs"),
            (-product - sign * c, "Takes every minus for a minus in the answer"),
        ]
    return asked(
        "negative-numbers",
        f"Work out ${prompt}$",
        answer,
        *steps,
        f"$= {answer}$" if level is not Level.WORKED else f"${prompt} = {answer}$",
        wrong=slips,
        check=lambda: sympy.sympify(prompt.replace("\\times", "*").replace("\\div", "/")),
    )


@generates("order-of-operations")
def order(random: Random, level: Level) -> Question:
    """Times before plus; brackets or two products; powers within brackets."""
    a, b, c, d = (random.randint(2, 9) for _ in range(4))
    e = d + random.choice([2, 3, 4])
    # The text, what is worked out first to last, and what working from left to right gives.
    text, parts, left = random.choice(
        by(
            level,
            [
                (f"{a} + {b} * {c}", [f"{b} * {c}"], (a + b) * c),
                (f"{b * c + a} - {b} * {c}", [f"{b} * {c}"], (b * c + a - b) * c),
                (f"{a + b} + {b * c} / {b}", [f"{b * c} / {b}"], sympy.Rational(a + b + b * c, b)),
            ],
            [
                (f"{a} * {b} + {c} * {d}", [f"{a} * {b}", f"{c} * {d}"], (a * b + c) * d),
                (f"{d + a} - {b * d} / {b}", [f"{b * d} / {b}"], sympy.Rational(d + a - b * d, b)),
                (f"{a} + {b} * ({c} + {d})", [f"({c} + {d})", f"{b} * {c + d}"], (a + b) * (c + d)),
                (f"{20 + a} - {b} * ({e} - {d})", [f"({e} - {d})", f"{b} * {e - d}"], (20 + a - b) * (e - d)),
            ],
            [
                (
                    f"{a} - {b} * ({e} - {d})^2",
                    [f"({e} - {d})", f"{e - d}^2", f"{b} * {(e - d) ** 2}"],
                    (a - b) * (e - d) ** 2,
                ),
                (f"{a} + {b} * {c}^2 - {d}", [f"{c}^2", f"{b} * {c * c}"], a + (b * c) ** 2 - d),
                (f"{a} * {b} - ({d} + {c})^2", [f"({d} + {c})", f"{d + c}^2", f"{a} * {b}"], (a * b - d - c) ** 2),
            ],
        )
    )
    steps, now = [], text
    for part in parts:
        worked = str(sympy.sympify(part))
        steps.append(f"${_set(part.strip('()'))} = {worked}$")
        now = now.replace(part, worked, 1)
    answer = sympy.sympify(text)
    if left == answer or answer < -99:
        return order(random, level)
    return asked(
        "order-of-operations",
        f"Work out ${_set(text)}$",
        answer,
        *steps,
        f"${_set(now)} = {answer}$",
        wrong=[
            (
                sympy.Rational(left),
                "Multiplies before taking the power" if f"{c}^2 -" in text else "Works from left to right",
            )
        ],
        check=lambda: _two_piles(text),
    )


def _set(text: str) -> str:
    return text.replace("*", "\\times").replace("/", "\\div").replace("^2", "^{2}")


def _two_piles(text: str) -> sympy.Rational:
    """The value by Dijkstra's pile of numbers and pile of signs, without an expression parser."""
    rank = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 3}
    numbers: list[sympy.Rational] = []
    signs: list[str] = []

    def work() -> None:
        second, first, sign = numbers.pop(), numbers.pop(), signs.pop()
        numbers.append(
            {"+": first + second, "-": first - second, "*": first * second, "/": first / second, "^": first**second}[
                sign
            ]
        )

    for token in re.findall(r"\d+|[-+*/^()]", text):
        if token.isdigit():
            numbers.append(sympy.Integer(token))
        elif token == "(":
            signs.append(token)
        else:
            while signs and signs[-1] != "(" and rank[signs[-1]] >= rank.get(token, 0):
                work()
            if token == ")":
                signs.pop()
            else:
                signs.append(token)
    while signs:
        work()
    return numbers[0]
