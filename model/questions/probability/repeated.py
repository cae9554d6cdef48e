"""Questions on chances that are multiplied: independent events and tree diagrams."""

from __future__ import annotations

from itertools import permutations, product
from random import Random

import sympy

from model.questions.listing import over, plus, simplest
from model.questions.probability.chances import COLOURS
from model.questions.question import Level, Question, generates, number
from model.questions.written import asked, decimal, times

_TRIES = (
    ("archer", "hits the target", "Archers A and B shoot one arrow each"),
    ("goalkeeper", "saves a penalty", "Goalkeepers A and B face one penalty each"),
    ("machine", "makes a good part", "Machines A and B make one part each"),
)


@generates("independence")
def independence(random: Random, level: Level) -> Question:
    """Both of two independent events; neither, or exactly one; at least one or exactly one of three."""
    who, does, both_try = random.choice(_TRIES)
    if level is Level.INDEPENDENT:
        return _three_times(random, who, does)
    one, two = random.sample((1, 2, 3, 4, 5, 6, 7, 8, 9), 2)
    p, q = sympy.Rational(one, 10), sympy.Rational(two, 10)
    start = (
        f"{both_try}, and what one does has no influence on the other. The probability that A {does} is "
        f"${decimal(p)}$, and that B {does} is ${decimal(q)}$. What is the probability that "
    )
    tenths = list(product(range(10), range(10)))
    if level is Level.WORKED:
        return asked(
            "independence",
            start + "both do?",
            p * q,
            "They are independent, so the probabilities are multiplied",
            f"${decimal(p)} \\times {decimal(q)} = {decimal(p * q)}$",
            shown=f"${decimal(p * q)}$",
            wrong=[
                (p + q, "Adds the probabilities"),
                ((p + q) / 2, "Takes the middle of the two probabilities"),
            ],
            check=lambda: sympy.Rational([a < one and b < two for a, b in tenths].count(True), 100),
        )
    if random.random() < 0.5:
        answer = (1 - p) * (1 - q)
        return asked(
            "independence",
            start + "neither does?",
            answer,
            f"A does not: $1 - {decimal(p)} = {decimal(1 - p)}$; B does not: $1 - {decimal(q)} = {decimal(1 - q)}$",
            f"${decimal(1 - p)} \\times {decimal(1 - q)} = {decimal(answer)}$",
            shown=f"${decimal(answer)}$",
            wrong=[
                (1 - p * q, "Takes away both from 1, which leaves in one alone"),
                (p * q, "Finds the chance that both do"),
                (2 - p - q, "Adds the probabilities"),
            ],
            check=lambda: sympy.Rational([a >= one and b >= two for a, b in tenths].count(True), 100),
        )
    answer = p * (1 - q) + (1 - p) * q
    return asked(
        "independence",
        start + "exactly one of them does?",
        answer,
        f"A only: ${decimal(p)} \\times {decimal(1 - q)} = {decimal(p * (1 - q))}$",
        f"B only: ${decimal(1 - p)} \\times {decimal(q)} = {decimal((1 - p) * q)}$",
        f"${decimal(p * (1 - q))} + {decimal((1 - p) * q)} = {decimal(answer)}$",
        shown=f"${decimal(answer)}$",
        wrong=[
            (p * (1 - q), "Counts A only and forgets B only"),
            (p + q, "Adds the probabilities"),
            (1 - p * q, "Takes away both from 1, which leaves in neither"),
        ],
        check=lambda: sympy.Rational([(a < one) != (b < two) for a, b in tenths].count(True), 100),
    )


def _three_times(random: Random, who: str, does: str) -> Question:
    below = random.randint(3, 6)
    top = random.choice([n for n in range(1, below) if sympy.igcd(n, below) == 1])
    p = sympy.Rational(top, below)
    wanted = random.choice(("at least once", "exactly once", "exactly twice", "three times"))
    hits = {"exactly once": 1, "exactly twice": 2, "three times": 3}.get(wanted, 0)
    one_way = p**hits * (1 - p) ** (3 - hits)
    article = "An" if who == "archer" else "A"
    if wanted == "at least once":
        answer = 1 - one_way
        steps = [
            f"Not at all: ${times([number(1 - p)] * 3)} = {number(one_way)}$",
            f"$1 - {number(one_way)} = {number(answer)}$",
        ]
    else:
        ways = 1 if hits == 3 else 3
        answer = ways * one_way
        steps = [
            f"In one order: ${times([number(p)] * hits + [number(1 - p)] * (3 - hits))} = {number(one_way)}$",
            f"There {'is one order' if ways == 1 else 'are three orders'}: ${ways} \\times {number(one_way)} = {number(answer)}$",
        ]
    return asked(
        "independence",
        f"{article} {who} {does} with probability ${number(p)}$ at each try, whatever came before. "
        f"What is the probability that this happens {wanted} in three tries?",
        answer,
        *steps,
        wrong=[
            (one_way, "Finds the chance that it never happens")
            if wanted == "at least once"
            else (one_way, "Counts one order only"),
            (3 * p, "Adds the three probabilities"),
            (
                p**hits if hits else 1 - p**3,
                "Leaves out the tries that fail" if hits else "Takes away three times in a row from 1",
            ),
        ],
        check=lambda: sympy.Rational(
            [
                sum(part < top for part in parts) == hits if hits else min(parts) < top
                for parts in product(range(below), repeat=3)
            ].count(True),
            below**3,
        ),
    )


@generates("tree-diagrams")
def trees(random: Random, level: Level) -> Question:
    """Two counters, put back; both of a colour, not put back; one of each or the same colour, not put back."""
    one, two = random.sample(COLOURS, 2)
    a, b = random.sample(range(3, 9), 2)
    n = a + b
    back = level is Level.WORKED
    pairs = list(product(range(n), repeat=2)) if back else list(permutations(range(n), 2))
    m = n if back else n - 1
    bag = (
        f"A bag holds ${a}$ {one} and ${b}$ {two} counters. Two are taken without looking, "
        f"{'the first being put back before the second is taken' if back else 'one after the other, and not put back'}. "
        "What is the probability that "
    )
    both = (over(a, n), over(a if back else a - 1, m))
    if level is not Level.INDEPENDENT:
        top = a * (a if back else a - 1)
        return asked(
            "tree-diagrams",
            f"{bag}both are {one}?",
            sympy.Rational(top, n * m),
            f"First {one}: ${both[0]}$; then {one} again: ${both[1]}$",
            f"Multiply along the branches: ${both[0]} \\times {both[1]} = {simplest(top, n * m)}$",
            wrong=[
                (
                    sympy.Rational(a, n) + sympy.Rational(a if back else a - 1, m),
                    "Adds along the branches",
                ),
                (sympy.Rational(a, n) * sympy.Rational(a - 1, n - 1), "Does not put the first one back")
                if back
                else (sympy.Rational(a, n) ** 2, "Puts the first one back"),
                (sympy.Rational(a, n), "Gives the chance for one counter"),
            ],
            check=lambda: sympy.Rational([x < a and y < a for x, y in pairs].count(True), len(pairs)),
        )
    routes = random.choice(("one", "same"))
    if routes == "one":
        parts = [(over(a, n), over(b, m), a * b), (over(b, n), over(a, m), a * b)]
        asks, wrong = "the two have different colours?", (sympy.Rational(a * b, n * m), f"Counts {one} then {two} only")
        replaced = 2 * sympy.Rational(a * b, n * n)
    else:
        parts = [(over(a, n), over(a - 1, m), a * (a - 1)), (over(b, n), over(b - 1, m), b * (b - 1))]
        asks, wrong = "the two have the same colour?", (sympy.Rational(a * (a - 1), n * m), f"Counts two {one} only")
        replaced = sympy.Rational(a * a + b * b, n * n)
    top = sum(each[2] for each in parts)
    wanted = routes == "same"
    return asked(
        "tree-diagrams",
        bag + asks,
        sympy.Rational(top, n * m),
        *(f"${first} \\times {second} = {over(product_, n * m)}$" for first, second, product_ in parts),
        f"Add the routes: ${plus(over(each[2], n * m) for each in parts)} = {simplest(top, n * m)}$",
        wrong=[wrong, (replaced, "Puts the first one back")],
        check=lambda: sympy.Rational([((x < a) == (y < a)) is wanted for x, y in pairs].count(True), len(pairs)),
    )
