"""Questions on groups of people: two-way tables, frequency trees, Venn diagrams, and conditional probability."""

from __future__ import annotations

from itertools import chain, repeat
from random import Random

import sympy

from model.questions.listing import over, simplest
from model.questions.question import Level, Question, generates, number
from model.questions.written import asked, by

_TABLES = (
    ("students", "are in Year 7", "are in Year 8", "walk to school", "go by bus"),
    ("students", "are in Year 10", "are in Year 11", "study French", "study Spanish"),
    ("members", "are adults", "are children", "swim", "play tennis"),
    ("customers", "are adults", "are children", "buy a cold drink", "buy a hot drink"),
)
_SKILLS = ("swim", "play chess", "read music", "juggle", "sing")


def _people(*counts: int) -> list[int]:
    """A person of each kind, by the number of the kind."""
    return list(chain.from_iterable(repeat(kind, count) for kind, count in enumerate(counts)))


@generates("two-way-tables")
def two_way(random: Random, level: Level) -> Question:
    """A gap from four facts; a probability with a gap to fill first; facts as a percentage and a fraction."""
    if level is Level.INDEPENDENT:
        return _two_way_shares(random)
    who, one, two, first, second = random.choice(_TABLES)
    a, b, c, d = random.sample(range(3, by(level, 20, 40, 40)), 4)
    n, row, column = a + b + c + d, a + b, a + c
    start = (
        f"Of ${n}$ {who}, ${row}$ {one} and the rest {two}. They all {first} or {second}, never both. "
        f"${column}$ {first}, and ${a}$ of these {one}. "
    )
    steps = (
        f"Of those who {first}, ${column} - {a} = {c}$ {two}",
        f"In all ${n} - {row} = {n - row}$ {two}",
    )
    people = _people(a, b, c, d)
    if level is Level.WORKED:
        return asked(
            "two-way-tables",
            f"{start}How many {two} and {second}?",
            d,
            *steps,
            f"${n - row} - {c} = {d}$",
            wrong=[
                (n - column, f"Counts all those who {second}"),
                (b, f"Counts those who {one} and {second}"),
                (c, f"Stops at those who {two} and {first}"),
            ],
            check=lambda: [kind >= 2 and kind % 2 == 1 for kind in people].count(True),
        )
    return asked(
        "two-way-tables",
        f"{start}One of those who {two} is chosen at random. What is the probability of choosing one of those who {second}?",
        sympy.Rational(d, c + d),
        *steps,
        f"Of these, ${n - row} - {c} = {d}$ {second}: ${simplest(d, c + d)}$",
        wrong=[
            (sympy.Rational(d, n), "Divides by everyone and not by the group chosen from"),
            (sympy.Rational(d, b + d), f"Divides by those who {second}"),
            (sympy.Rational(c, c + d), f"Counts those who {first}"),
        ],
        check=lambda: sympy.Rational(people.count(3), [kind >= 2 for kind in people].count(True)),
    )


def _two_way_shares(random: Random) -> Question:
    skill = random.choice(_SKILLS)
    while True:
        percent, below = random.choice((20, 25, 30, 40, 60, 70, 75, 80)), random.randint(3, 6)
        top, n = random.randint(1, below - 1), 20 * random.randint(3, 20)
        row = n * percent // 100
        if row * 100 != n * percent or row * top % below or sympy.igcd(top, below) > 1 or n - row < 12:
            continue
        a, c = row * top // below, random.randint(5, n - row - 5)
        d = n - row - c
        if len({a, row - a, c, d, n - a - c}) == 5:
            break
    people = _people(a, row - a, c, d)
    return asked(
        "two-way-tables",
        f"A club has ${n}$ members. {percent}% are adults and the rest are children. ${over(top, below)}$ of the adults can "
        f"{skill}. In all ${a + c}$ members can {skill}. How many children cannot?",
        d,
        f"Adults: {percent}% of ${n}$ is ${row}$, so there are ${n} - {row} = {n - row}$ children",
        f"${over(top, below)}$ of ${row}$ is ${a}$ adults, so ${a + c} - {a} = {c}$ children can {skill}",
        f"${n - row} - {c} = {d}$ cannot",
        wrong=[
            (n - a - c, "Counts the adults who cannot as well"),
            (c, "Stops at the children who can"),
            (row - a, "Counts the adults who cannot"),
        ],
        check=lambda: people.count(3) if len(people) == n and people.count(0) * below == row * top else False,
    )


_TREES = (
    ("workers", "come by bus", "come by bike", "late", "are late", "on time"),
    ("parts", "come from machine A", "come from machine B", "faulty", "are faulty", "sound"),
    ("entries", "come by post", "come by email", "too late", "come too late", "in time"),
)


@generates("frequency-trees")
def frequency_trees(random: Random, level: Level) -> Question:
    """The end of a branch; two ends together; of those at two ends, the share of one branch."""
    who, one, two, bad, are_bad, good = random.choice(_TREES)
    while True:
        p, q = random.sample((2, 3, 4, 5, 6, 8, 10), 2)
        m, k = p * random.randint(3, 12), q * random.randint(3, 12)
        if m != k and (m + k) % 5 == 0 and m // p != k // q:
            break
    n, late, others = m + k, m // p, k // q
    start = (
        f"Of ${n}$ {who}, ${m}$ {one} and the rest {two}. Of those that {one} ${over(1, p)}$ {are_bad}; of those that {two} "
        f"${over(1, q)}$ {are_bad}. "
    )
    if who == "workers":
        start = start.replace("those that", "those who")
    people = [(True, i % p == 0) for i in range(m)] + [(False, i % q == 0) for i in range(k)]
    rest = f"${n} - {m} = {k}$ {two}"
    if level is Level.WORKED:
        return asked(
            "frequency-trees",
            f"{start}How many of all the {who} {two} and are {good}?",
            k - others,
            rest,
            f"${over(1, q)}$ of ${k}$ is ${others}$, so ${k} - {others} = {k - others}$ are {good}",
            wrong=[
                (others, f"Counts those that are {bad}"),
                (n - sympy.Rational(n, q), f"Takes ${over(1, q)}$ of all ${n}$"),
                (m - late, "Follows the other branch"),
            ],
            check=lambda: people.count((False, False)),
        )
    steps = (rest, f"${over(1, p)}$ of ${m}$ is ${late}$; ${over(1, q)}$ of ${k}$ is ${others}$")
    if level is Level.FADED:
        return asked(
            "frequency-trees",
            f"{start}How many {are_bad} in all?",
            late + others,
            *steps,
            f"${late} + {others} = {late + others}$",
            wrong=[
                (n * (sympy.Rational(1, p) + sympy.Rational(1, q)), f"Takes both fractions of all ${n}$"),
                (late, "Follows one branch only"),
                (n - late - others, f"Counts those that are {good}"),
            ],
            check=lambda: [each[1] for each in people].count(True),
        )
    return asked(
        "frequency-trees",
        f"{start}One of those that {are_bad} is chosen at random. What is the probability that it is one of those that {one}?"
        if who != "workers"
        else f"{start}One of those who {are_bad} is chosen at random. What is the probability of choosing someone who came by bus?",
        sympy.Rational(late, late + others),
        *steps,
        f"In all ${late} + {others} = {late + others}$ {are_bad}",
        f"${simplest(late, late + others)}$",
        wrong=[
            (sympy.Rational(1, p), "Turns the question round: gives the share of the branch"),
            (sympy.Rational(late, n), "Divides by everything and not by the group chosen from"),
            (sympy.Rational(m, n), "Leaves out what is known of the one chosen"),
        ],
        check=lambda: sympy.Rational(people.count((True, True)), [each[1] for each in people].count(True)),
    )


_LIKED = (
    ("tea", "coffee", "like"),
    ("a cat", "a dog", "have"),
    ("chess", "football", "play"),
    ("French", "Spanish", "study"),
)


@generates("venn-diagrams")
def venn(random: Random, level: Level) -> Question:
    """Neither from both; both from neither; an unknown overlap with an equation."""
    one, two, do = random.choice(_LIKED)
    while True:
        a, b, both, neither = (random.randint(3, 15) for _ in range(4))
        times = random.randint(2, 4)
        if level is Level.INDEPENDENT:
            neither = times * both
        if len({a, b, both, neither}) == 4:
            break
    n, people = a + b + both + neither, _people(a, b, both, neither)
    start = f"Of ${n}$ people ${a + both}$ {do} {one} and ${b + both}$ {do} {two}. "
    if level is Level.WORKED:
        return asked(
            "venn-diagrams",
            f"{start}${both}$ {do} both. How many {do} neither?",
            neither,
            f"Start in the middle with ${both}$",
            f"Only {one}: ${a + both} - {both} = {a}$; only {two}: ${b + both} - {both} = {b}$",
            f"Outside: ${n} - {a} - {both} - {b} = {neither}$",
            wrong=[
                (n - a - b, "Adds up only those in one circle and leaves out both"),
                (a + b + both, "Counts those in the circles"),
            ],
            check=lambda: people.count(3),
        )
    if level is Level.FADED:
        return asked(
            "venn-diagrams",
            f"{start}${neither}$ {do} neither. One person is chosen at random. What is the probability that this "
            f"person {_third(do)} both?",
            sympy.Rational(both, n),
            f"In the circles: ${n} - {neither} = {n - neither}$",
            f"${a + both} + {b + both} = {a + b + 2 * both}$ counts those in both twice: "
            f"${a + b + 2 * both} - {n - neither} = {both}$",
            f"${simplest(both, n)}$",
            wrong=[
                (sympy.Rational(both, n - neither), "Divides by those in the circles only"),
                (sympy.Rational(n - neither, n), "Gives the chance of at least one of the two"),
                (sympy.Rational(neither, n), "Gives the chance of neither"),
            ],
            check=lambda: sympy.Rational(people.count(2), len(people)),
        )
    word = ("twice", "three times", "four times")[times - 2]
    x = sympy.Symbol("x")
    return asked(
        "venn-diagrams",
        f"{start}{word.capitalize()} as many {do} neither as {do} both. How many {do} both?",
        both,
        f"Both: $x$; only {one}: ${a + both} - x$; only {two}: ${b + both} - x$; neither: ${times}x$",
        f"${a + both} - x + x + {b + both} - x + {times}x = {n}$, so ${a + b + 2 * both} + {number((times - 1) * x)} = {n}$",
        f"$x = {both}$",
        wrong=[
            (neither, f"Gives the number who {do} neither"),
            (sympy.Rational(n - a - b - 2 * both, times), "Counts those in both twice"),
        ],
        check=lambda: (a + both - both) + both + (b + both - both) + times * both == n,
    )


def _third(verb: str) -> str:
    return {"have": "has", "study": "studies"}.get(verb, f"{verb}s")
