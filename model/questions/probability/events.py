"""Questions on several events: sample spaces, and events that exclude each other."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from random import Random

import sympy

from model.questions.listing import simplest
from model.questions.probability.chances import COLOURS
from model.questions.question import Level, Question, generates
from model.questions.written import asked, by, decimal


@generates("sample-spaces")
def sample_spaces(random: Random, level: Level) -> Question:
    """A coin and a spinner; the total of two spinners; two dice and a rule."""
    if level is Level.WORKED:
        return _coin_and_spinner(random)
    while True:
        m, n = (random.randint(3, 6), random.randint(3, 6)) if level is Level.FADED else random.choices((4, 6, 8), k=2)
        words, rule = _total(random, m, n) if level is Level.FADED else _rule(random)
        fits = [(a, b) for a, b in product(range(1, m + 1), range(1, n + 1)) if rule(a, b)]
        if 2 <= len(fits) <= 12:
            break
    rows = [sum(rule(a, b) for b in range(1, n + 1)) for a in range(1, m + 1)]
    things = "fair spinners are spun, with equal parts" if level is Level.FADED else "fair dice are rolled, with faces"
    numbered = f"from 1 to {m}" if m == n else f"from 1 to {m} and from 1 to {n}"
    without_order = {tuple(sorted(pair)) for pair in fits}
    all_without_order = {tuple(sorted(pair)) for pair in product(range(1, m + 1), range(1, n + 1))}
    return asked(
        "sample-spaces",
        f"Two {things} numbered {numbered}. What is the probability that {words}?",
        sympy.Rational(len(fits), m * n),
        f"There are ${m} \\times {n} = {m * n}$ equally likely outcomes",
        "These count: " + ", ".join(f"$({a}, {b})$" for a, b in fits),
        f"${simplest(len(fits), m * n)}$",
        wrong=[
            (
                sympy.Rational(len(without_order), len(all_without_order)),
                "Counts 1 and 2 the same as 2 and 1",
            ),
            (sympy.Rational(len(fits), m + n), "Adds the numbers of outcomes instead of multiplying them"),
            (sympy.Rational(1, m + n - 1), "Takes all results to be equally likely"),
        ],
        check=lambda: sum(sympy.Rational(row, m * n) for row in rows),
    )


def _total(random: Random, m: int, n: int) -> tuple[str, Callable[[int, int], bool]]:
    total = random.randint(3, m + n - 1)
    return f"the total is {total}", lambda a, b: a + b == total


def _rule(random: Random) -> tuple[str, Callable[[int, int], bool]]:
    k = random.randint(1, 5)
    high, low, least = random.randint(8, 14), random.randint(4, 8), random.randint(15, 40)
    return random.choice([
        (f"the difference is {k}", lambda a, b: abs(a - b) == k),
        (f"the total is {high} or more", lambda a, b: a + b >= high),
        (f"the total is less than {low}", lambda a, b: a + b < low),
        (f"the product is more than {least}", lambda a, b: a * b > least),
        (f"the higher of the two numbers is {k}", lambda a, b: max(a, b) == k),
        ("the product is a square number", lambda a, b: a * b in {1, 4, 9, 16, 25, 36, 49, 64}),
    ])  # fmt: skip


def _coin_and_spinner(random: Random) -> Question:
    n = random.randint(4, 9)
    k = random.randint(2, n - 2)
    side, more = random.choice(("heads", "tails")), random.random() < 0.5
    fits = list(range(k + 1, n + 1) if more else range(1, k))
    if len(fits) < 2:
        fits, more = list(range(k + 1, n + 1)), True
    count = n - k if more else k - 1
    letter = side[0].upper()
    return asked(
        "sample-spaces",
        f"A fair coin is flipped and a spinner with equal parts numbered from 1 to {n} is spun. What is the probability of {side} "
        f"and a number {'greater' if more else 'less'} than {k}?",
        sympy.Rational(count, 2 * n),
        f"There are $2 \\times {n} = {2 * n}$ equally likely outcomes, H1 to H{n} and T1 to T{n}",
        "These count: " + ", ".join(f"{letter}{number_}" for number_ in fits),
        f"${simplest(count, 2 * n)}$",
        wrong=[
            (sympy.Rational(count, n), "Leaves out the coin"),
            (sympy.Rational(count, n + 2), "Adds the numbers of outcomes instead of multiplying them"),
        ],
        check=lambda: sympy.Rational(
            [coin == letter and part in fits for coin in "HT" for part in range(1, n + 1)].count(True), 2 * n
        ),
    )


@generates("mutually-exclusive-events")
def exclusive(random: Random, level: Level) -> Question:
    """The chance that is missing; two that are equal; one that is so many times another."""
    a, b, c, d = random.sample(COLOURS, 4)
    hundredth = sympy.Rational(1, 100)
    shares = by(level, 0, 1, random.randint(2, 4))
    while True:
        p, q = (random.randint(1, 16) * 5 * hundredth for _ in range(2))
        rest = 1 - p - q
        if p != q and rest > 0 and (100 * rest) % (shares + 1) == 0 and rest not in (p, q):
            break
    start = f"A spinner lands on {a} with probability ${decimal(p)}$ and on {b} with probability ${decimal(q)}$."
    left = f"$1 - {decimal(p)} - {decimal(q)} = {decimal(rest)}$"
    if level is Level.WORKED:
        return asked(
            "mutually-exclusive-events",
            f"{start} Otherwise it lands on {c}. What is the probability that it lands on {c}?",
            rest,
            "It lands on one of the colours, so the probabilities add to $1$",
            left,
            shown=f"${decimal(rest)}$",
            wrong=[
                (p + q, "Stops at the total of the others"),
                (sympy.Rational(1, 3), "Takes the three colours to be equally likely"),
                (1 - p, f"Takes away {a} only"),
            ],
            check=lambda: p + q + rest == 1,
        )
    share = rest / (shares + 1)
    answer = shares * share
    link = (
        f"{c} and {d} are equally likely"
        if shares == 1
        else f"{c} is {('twice', 'three times', 'four times')[shares - 2]} as likely as {d}"
    )
    return asked(
        "mutually-exclusive-events",
        f"{start} Otherwise it lands on {c} or {d}; {link}. What is the probability that it lands on {c}?",
        answer,
        f"Left for {c} and {d}: {left}",
        f"That is ${shares + 1}$ equal shares of ${decimal(rest)} \\div {shares + 1} = {decimal(share)}$",
        f"{c.capitalize()} has {'one share' if shares == 1 else f'{shares} of them'}: ${decimal(answer)}$",
        shown=f"${decimal(answer)}$",
        wrong=[
            (rest, f"Gives the chance of {c} or {d} together"),
            (share, f"Gives the chance of {d}"),
            (
                rest / shares if shares > 1 else sympy.Rational(1, 4),
                "Divides by the wrong number of shares"
                if shares > 1
                else "Takes all four colours to be equally likely",
            ),
        ],
        check=lambda: p + q + answer + answer / shares == 1,
    )
