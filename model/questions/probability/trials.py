"""Questions on what happens in many trials: expected numbers and relative frequency."""

from __future__ import annotations

from random import Random

import sympy

from model.questions.listing import over, plus, simplest
from model.questions.question import Level, Question, generates
from model.questions.written import asked, decimal, pounds

_TRIED = (
    (
        "a seed grows",
        "{n} seeds are planted. How many are expected to grow?",
        "Of the seeds planted ${k}$ are expected to grow. How many are planted?",
    ),
    (
        "a bus is late",
        "{n} buses run in a week. How many are expected to be late?",
        "In a week ${k}$ buses are expected to be late. How many run in the week?",
    ),
    (
        "a biased coin lands on heads",
        "It is flipped {n} times. How many heads are expected?",
        "A student who flips it expects ${k}$ heads. How many flips are planned?",
    ),
    (
        "a spinner lands on red",
        "It is spun {n} times. How many reds are expected?",
        "A student who spins it expects ${k}$ reds. How many spins are planned?",
    ),
)


@generates("expected-frequency")
def expected(random: Random, level: Level) -> Question:
    """Chance times trials; the chance found first; trials from the expected number, or the takings of a game."""
    if level is Level.FADED:
        return _dice(random)
    if level is Level.INDEPENDENT and random.random() < 0.5:
        return _game(random)
    what, forwards, backwards = random.choice(_TRIED)
    if level is Level.WORKED:
        tenths, n = random.choice((1, 2, 3, 4, 6, 7, 8, 9)), 10 * random.randint(2, 20)
        chance = sympy.Rational(tenths, 10)
        return asked(
            "expected-frequency",
            f"The probability that {what} is ${decimal(chance)}$. " + forwards.format(n=n),
            n * chance,
            f"Expected number: probability times number of trials, ${decimal(chance)} \\times {n}$",
            f"$= {n * chance}$",
            wrong=[
                (n * (1 - chance), "Finds how often it does not happen"),
                (n / chance, "Divides by the probability"),
            ],
            check=lambda: sum(sympy.Rational(tenths, 10) for _ in range(n)),
        )
    chance, n = sympy.Rational(random.choice((5, 15, 25, 35, 45, 55, 65)), 100), 20 * random.randint(2, 25)
    number_ = n * chance
    return asked(
        "expected-frequency",
        f"The probability that {what} is ${decimal(chance)}$. " + backwards.format(k=number_),
        n,
        f"Probability times trials is ${number_}$, so trials are ${number_} \\div {decimal(chance)}$",
        f"$= {n}$",
        wrong=[
            (number_ * chance, "Multiplies by the probability again"),
            (number_ / (1 - chance), "Divides by the probability that it does not happen"),
        ],
        check=lambda: n * chance == number_,
    )


def _dice(random: Random) -> Question:
    while True:
        faces, rolls, k = random.choice((6, 8, 10, 12, 20)), random.randint(3, 20), random.randint(2, 9)
        words, fits = random.choice([
            (f"a multiple of {k}", [m for m in range(1, faces + 1) if m % k == 0]),
            (f"a number greater than {k}", list(range(k + 1, faces + 1))),
            ("a prime number", list(sympy.primerange(2, faces + 1))),
        ])  # fmt: skip
        if 2 <= len(fits) < faces:
            break
    n, count = faces * rolls, len(fits)
    return asked(
        "expected-frequency",
        f"A fair dice has {faces} faces, numbered from 1 to {faces}. It is rolled ${n}$ times. "
        f"How many times is {words} expected?",
        rolls * count,
        f"{count} of the {faces} numbers count: ${', '.join(map(str, fits))}$",
        f"${over(count, faces)} \\times {n} = {rolls * count}$",
        wrong=[
            (rolls, "Counts one face only"),
            (n - rolls * count, "Finds how often it does not happen"),
            (sympy.Rational(n, 2), "Takes yes and no to be equally likely"),
        ],
        # Each face comes up as often as any other.
        check=lambda: [1 + roll % faces in fits for roll in range(n)].count(True),
    )


def _game(random: Random) -> Question:
    while True:
        k, prize, cost = random.randint(4, 12), random.randint(2, 8), random.choice((50, 80, 100, 150, 200))
        n = k * random.randint(5, 20)
        wins = n // k
        profit = sympy.Rational(n * cost, 100) - wins * prize
        if profit > 0:
            break
    price = pounds(sympy.Rational(cost, 100)) if cost >= 100 else f"{cost}p"
    return asked(
        "expected-frequency",
        f"It costs {price} to play a game. The probability of winning a prize of £{prize} is ${over(1, k)}$. "
        f"${n}$ people play once each. What profit is the stall expected to make?",
        profit,
        f"Taken in: {pounds(sympy.Rational(n * cost, 100))}",
        f"Expected winners: ${over(1, k)} \\times {n} = {wins}$, who are paid £{wins * prize}",
        f"Profit: {pounds(profit)}",
        shown=pounds(profit),
        wrong=[
            (sympy.Rational(n * cost, 100), "Leaves out the prizes"),
            (sympy.Rational((n - wins) * cost, 100) - wins * prize, "Lets the winners play free of charge"),
            (sympy.Rational(n * cost, 100) - prize, "Pays one prize only"),
        ],
        # What one player brings on average, for all of them.
        check=lambda: n * (sympy.Rational(cost, 100) - sympy.Rational(prize, k)),
    )


_SEEN = (
    ("A paper cup is dropped {n} times and lands on its side {k} times", "landing on its side"),
    ("A biased coin is flipped {n} times and shows heads {k} times", "heads"),
    ("In {n} matches a team scores first {k} times", "scoring first"),
    ("A bus is late on {k} of {n} days", "the bus being late"),
)


@generates("relative-frequency")
def relative(random: Random, level: Level) -> Question:
    """Share of the trials; two people's results together; what to expect from more trials."""
    if level is Level.WORKED:
        n = random.choice((20, 25, 40, 50, 100, 200))
        k = random.choice([k for k in range(n // 5, n - 1) if 2 * k != n])
        seen, what = random.choice(_SEEN)
        answer = sympy.Rational(k, n)
        return asked(
            "relative-frequency",
            f"{seen.format(n=n, k=k)}. Work out the relative frequency of {what}, as a decimal.",
            answer,
            "Relative frequency: times it happened, over number of trials",
            f"${over(k, n)} = {decimal(answer)}$",
            shown=f"${decimal(answer)}$",
            wrong=[
                (1 - answer, "Counts the times it did not happen"),
                (sympy.Rational(k, n - k), "Divides by the times it did not happen"),
            ],
            check=lambda: sum(sympy.Rational(1, n) for _ in range(k)),
        )
    if level is Level.FADED:
        while True:
            n, m = random.sample(range(20, 160, 10), 2)
            k, j = random.randint(n // 5, n - 4), random.randint(m // 5, m - 4)
            if 0 < abs(k * m - j * n) * 6 < n * m:
                break
        return asked(
            "relative-frequency",
            f"Two students drop the same paper cup. One drops it ${n}$ times, and it lands on its side ${k}$ times. The other "
            f"drops it ${m}$ times, and it lands on its side ${j}$ times. Use all the results to estimate the probability that it "
            "lands on its side.",
            sympy.Rational(k + j, n + m),
            f"On its side in all: ${k} + {j} = {k + j}$; drops in all: ${n} + {m} = {n + m}$",
            f"${simplest(k + j, n + m)}$",
            wrong=[
                (
                    (sympy.Rational(k, n) + sympy.Rational(j, m)) / 2,
                    "Averages the two shares as if both had made as many drops",
                ),
                (sympy.Rational(k, n), "Uses the first student's results only"),
            ],
            check=lambda: sympy.Rational(([1] * k + [0] * (n - k) + [1] * j + [0] * (m - j)).count(1), n + m),
        )
    unit = random.choice((40, 50, 60, 80, 100))
    red, blue, green = (random.randint(unit // 10, unit // 4) for _ in range(3))
    yellow, factor = unit - red - blue - green, random.randint(3, 10)
    more = unit * factor
    others = plus([red, blue, green])
    return asked(
        "relative-frequency",
        f"A spinner is spun ${unit}$ times. It lands on red ${red}$ times, on blue ${blue}$ times, on green ${green}$ times and "
        f"otherwise on yellow. How many times is it expected to land on yellow in ${more}$ more spins?",
        yellow * factor,
        f"Yellow so far: ${unit} - ({others}) = {yellow}$",
        f"Relative frequency of yellow: ${simplest(yellow, unit)}$",
        f"${over(yellow, unit)} \\times {more} = {yellow * factor}$",
        wrong=[
            (sympy.Rational(more, 4), "Takes the four colours to be equally likely"),
            (yellow, "Gives the number seen so far"),
            (more - yellow * factor, "Finds how often it does not land on yellow"),
        ],
        check=lambda: more - factor * red - factor * blue - factor * green,
    )
