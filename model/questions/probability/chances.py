"""Questions on the chance of one event: the scale and equally likely outcomes."""

from __future__ import annotations

from random import Random

import sympy

from model.questions.listing import simplest
from model.questions.question import Level, Question, generates, number
from model.questions.written import asked, by, decimal

COLOURS = ("red", "blue", "green", "yellow", "white", "black")
_HUNDREDTH = sympy.Rational(1, 100)


@generates("probability-scale")
def scale(random: Random, level: Level) -> Question:
    """Chances written in several ways, put in order."""
    while True:
        chances = _chances(random, level)
        if len({value for value, _, _ in chances}) == len(chances):
            break
    random.shuffle(chances)
    events = dict(zip("ABCD", chances, strict=False))
    places = by(level, 2, 2, 3)
    answer = ", ".join(sorted(events, key=lambda name: events[name][0]))
    below = {name: sum(bool(other[0] < each[0]) for other in events.values()) for name, each in events.items()}
    return asked(
        "probability-scale",
        "Put these events in order, least likely first. "
        + "; ".join(f"{name}: {text}" for name, (_, text, _) in events.items()),
        answer,
        "As decimals: " + ", ".join(f"{name} ${decimal(value, places)}$" for name, (value, _, _) in events.items()),
        f"Least likely first: {answer}",
        wrong=[
            (", ".join(sorted(events, key=lambda name: events[name][2])), "Orders by the digits and not by the size"),
            (", ".join(reversed(answer.split(", "))), "Puts the most likely first"),
        ],
        # By how many of the others are less likely.
        check=lambda: ", ".join(name for place in range(len(below)) for name in below if below[name] == place),
    )


def _chances(random: Random, level: Level) -> list[tuple[sympy.Rational, str, int]]:
    """Chances with how they are written and the whole number that their digits look like."""
    if level is Level.WORKED:
        tenths, small, other = (
            random.randint(1, 9),
            random.randint(2, 9),
            random.choice([n for n in range(11, 90) if n % 10]),
        )
        return [
            (tenths * 10 * _HUNDREDTH, f"$0.{tenths}$", tenths),
            (small * _HUNDREDTH, f"$0.0{small}$", small),
            (other * _HUNDREDTH, f"$0.{other}$", other),
        ]
    below = random.choice(by(level, (4, 5, 10, 20), (4, 5, 10, 20), (8, 25, 40)))
    top = random.choice([n for n in range(1, below) if sympy.igcd(n, below) == 1])
    fraction = sympy.Rational(top, below)
    near = int(100 * fraction)
    percent, tenths = random.randint(max(2, near - 25), min(98, near + 25)), random.randint(1, 9)
    found = [
        (fraction, f"${number(fraction)}$", top),
        (percent * _HUNDREDTH, f"{percent}%", percent),
        (tenths * 10 * _HUNDREDTH, f"$0.{tenths}$", tenths),
    ]
    if level is Level.INDEPENDENT:
        thousandths = random.choice([n for n in range(max(11, 10 * near - 150), min(990, 10 * near + 150)) if n % 10])
        found.append((thousandths * _HUNDREDTH / 10, f"$0.{thousandths:03d}$", thousandths))
    return found


@generates("equally-likely-outcomes")
def equally_likely(random: Random, level: Level) -> Question:
    """A counter from a bag; a numbered card; how many counters there are of a colour."""
    if level is Level.FADED:
        return _card(random)
    one, two, three = random.sample(COLOURS, 3)
    a, b = random.sample(range(2, 10), 2)
    if level is Level.WORKED:
        bag = [one] * a + [two] * b
        return asked(
            "equally-likely-outcomes",
            f"A bag holds ${a}$ {one} and ${b}$ {two} counters. One is taken without looking. "
            f"What is the probability that it is {one}?",
            sympy.Rational(a, a + b),
            f"${a} + {b} = {a + b}$ counters, each as likely as any other",
            f"${a}$ of them are {one}: ${simplest(a, a + b)}$",
            wrong=[
                (sympy.Rational(a, b), f"Compares {one} with {two} and not with all the counters"),
                (sympy.Rational(1, 2), "Takes the two colours to be equally likely"),
            ],
            check=lambda: sympy.Rational(bag.count(one), len(bag)),
        )
    c = random.randint(2, 12)
    all_ = a + b + c
    chance = sympy.Rational(a, all_)
    return asked(
        "equally-likely-outcomes",
        f"A bag holds {one}, {two} and {three} counters. ${a}$ are {one} and ${b}$ are {two}. One is taken without looking. "
        f"The probability that it is {one} is ${number(chance)}$. How many counters are {three}?",
        c,
        f"${a}$ counters are ${number(chance)}$ of all, so there are ${a} \\div {number(chance)} = {all_}$",
        f"${all_} - {a} - {b} = {c}$",
        wrong=[
            (all_, "Gives the number of all the counters"),
            (all_ - a, f"Leaves in the {two} counters"),
        ],
        check=lambda: sympy.Rational(a, a + b + c) == chance,
    )


def _card(random: Random) -> Question:
    while True:
        n, k = random.randint(10, 30), random.randint(3, 7)
        words, count, fits = random.choice([
            (f"a multiple of {k}", n // k, [m for m in range(1, n + 1) if m % k == 0]),
            ("a prime number", int(sympy.primepi(n)), [m for m in range(2, n + 1) if all(m % d for d in range(2, m))]),
            ("a square number", int(sympy.integer_nthroot(n, 2)[0]), [m for m in range(1, n + 1) if m in {1, 4, 9, 16, 25}]),
            (f"a factor of {n}", int(sympy.divisor_count(n)), [m for m in range(1, n + 1) if n % m == 0]),
            (f"more than {n - k}", k, [m for m in range(1, n + 1) if m > n - k]),
        ])  # fmt: skip
        if count >= 2:
            break
    return asked(
        "equally-likely-outcomes",
        f"Cards are numbered from 1 to {n}. One is taken without looking. What is the probability that its number is {words}?",
        sympy.Rational(count, n),
        f"There are ${n}$ cards, each as likely as any other",
        f"These count: ${', '.join(map(str, fits))}$",
        f"${simplest(count, n)}$",
        wrong=[
            (sympy.Rational(count, n - count), "Compares the cards that count with those that do not"),
            (sympy.Rational(1, n), "Gives the chance of a single card"),
            (sympy.Rational(1, 2), "Takes yes and no to be equally likely"),
        ],
        check=lambda: sympy.Rational(len(fits), n),
    )
