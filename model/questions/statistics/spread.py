"""Questions on how data spread: stem and leaf, comparing distributions, and box plots."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import sympy

from model.questions.question import Level, Question, generates
from model.questions.written import asked, by, decimal


@generates("stem-and-leaf")
def stem_and_leaf(random: Random, level: Level) -> Question:
    """Median or range of an odd number of values; of an even number; with decimals."""
    stems = range(first := random.randint(1, 4), first + by(level, 3, 4, 4))
    places = by(level, 0, 0, 1)
    unit = by(level, sympy.Integer(1), sympy.Integer(1), sympy.Rational(1, 10))
    while True:
        values = sorted(
            10 * random.choice(stems) + random.randint(0, 9)
            for _ in range(random.choice(by(level, (7, 9), (8, 10, 12), (10, 12))))
        )
        n = len(values)
        low, high = values[(n - 1) // 2], values[n // 2]
        if {value // 10 for value in values} == set(stems) and low % 10 != high and (n % 2 or low < high):
            break
    leaves = "; ".join(f"{stem} | " + " ".join(str(v % 10) for v in values if v // 10 == stem) for stem in stems)
    key = f"Key: {values[0] // 10} | {values[0] % 10} means ${decimal(values[0] * unit, places)}$."
    start = f"A stem-and-leaf diagram has these rows. {leaves}. {key} "
    median, span = sympy.Rational(low + high, 2) * unit, (values[-1] - values[0]) * unit
    if random.random() < 0.4:
        return asked(
            "stem-and-leaf",
            f"{start}Find the range.",
            span,
            f"Largest ${decimal(values[-1] * unit, places)}$, smallest ${decimal(values[0] * unit, places)}$",
            f"${decimal(values[-1] * unit)} - {decimal(values[0] * unit)} = {decimal(span)}$",
            shown=f"${decimal(span)}$",
            wrong=[
                (abs(values[-1] % 10 - values[0] % 10), "Takes the leaves away and forgets the stems"),
                (values[-1] * unit, "Gives the largest"),
                (stems[-1] - stems[0], "Takes the stems away and forgets the leaves"),
            ],
            check=lambda: sum(((b - a) * unit for a, b in pairwise(values)), sympy.Integer(0)),
        )
    where = (
        f"There are ${n}$ leaves, so the middle one is number ${(n + 1) // 2}$"
        if n % 2
        else f"There are ${n}$ leaves, so the middle is between numbers ${n // 2}$ and ${n // 2 + 1}$"
    )
    return asked(
        "stem-and-leaf",
        f"{start}Find the median.",
        median,
        where,
        f"Read with its stem: ${decimal(median)}$"
        if n % 2
        else f"Halfway between ${decimal(low * unit)}$ and ${decimal(high * unit)}$: ${decimal(median)}$",
        shown=f"${decimal(median)}$",
        wrong=[
            (sympy.Rational(low % 10 + high % 10, 2), "Reads the leaf and forgets the stem"),
            (
                values[-1] * unit if n % 2 else low * unit,
                "Gives the last value" if n % 2 else "Takes one of the two in the middle",
            ),
            (sympy.Rational(values[0] + values[-1], 2) * unit, "Goes halfway between the smallest and the largest"),
        ],
        check=lambda: median if _middle(values, median / unit) else False,
    )


def _middle(values: list[int], middle: sympy.Rational) -> bool:
    """Whether as many values lie below as above."""
    return (
        [bool(v < middle) for v in values].count(True) <= len(values) // 2
        and [bool(v > middle) for v in values].count(True) <= len(values) // 2
        and (middle in values or [bool(v < middle) for v in values].count(True) * 2 == len(values))
    )


def _quartiles(values: list[int]) -> tuple[int, int, int]:
    """Lower quartile, median and upper quartile of 7 or 11 values."""
    ordered, step = sorted(values), (len(values) + 1) // 4
    return ordered[step - 1], ordered[2 * step - 1], ordered[3 * step - 1]


_COMPARED = (
    ("minutes that buses were late", "Route"),
    ("marks in a quiz", "Team"),
    ("plant heights in centimetres", "Plot"),
)


@generates("comparing-distributions")
def comparing(random: Random, level: Level) -> Question:
    """Difference of the medians; which is more consistent by the range; difference of the interquartile ranges."""
    what, group = random.choice(_COMPARED)
    n = by(level, 5, 5, 7)
    while True:
        one, two = ([random.randint(2, 30) for _ in range(n)] for _ in range(2))
        middles = [sorted(values)[n // 2] for values in (one, two)]
        spans = [max(values) - min(values) for values in (one, two)]
        between = [_quartiles(values)[2] - _quartiles(values)[0] if n == 7 else 0 for values in (one, two)]
        if (
            len({*middles, one[n // 2], two[n // 2]}) == 4
            and abs(spans[0] - spans[1]) >= 2
            and (
                n < 7
                or len({abs(between[0] - between[1]), abs(spans[0] - spans[1]), abs(middles[0] - middles[1]), 0}) == 4
            )
        ):
            break
    start = f"These are {what}. {group} A: ${', '.join(map(str, one))}$. {group} B: ${', '.join(map(str, two))}$. "
    ordered = [
        f"{group} {name} in order: ${', '.join(map(str, sorted(values)))}$" for name, values in (("A", one), ("B", two))
    ]
    if level is Level.WORKED:
        answer = abs(middles[0] - middles[1])
        return asked(
            "comparing-distributions",
            f"{start}What is the difference between the medians?",
            answer,
            *ordered,
            f"Medians ${middles[0]}$ and ${middles[1]}$, so the difference is ${max(middles)} - {min(middles)} = {answer}$",
            wrong=[
                (abs(one[n // 2] - two[n // 2]), "Takes the middles of the lists as they stand"),
                (abs(spans[0] - spans[1]), "Compares the ranges"),
                (max(middles), "Gives the higher median"),
            ],
            check=lambda: (
                answer
                if all(
                    [v < m for v in values].count(True) <= n // 2 >= [v > m for v in values].count(True)
                    for m, values in zip(middles, (one, two), strict=True)
                )
                else False
            ),
        )
    if level is Level.FADED:
        steadier = "A" if spans[0] < spans[1] else "B"
        other = "B" if steadier == "A" else "A"
        return asked(
            "comparing-distributions",
            f"{start}Use the ranges to say which is more consistent, A or B.",
            steadier,
            f"Range of A: ${max(one)} - {min(one)} = {spans[0]}$",
            f"Range of B: ${max(two)} - {min(two)} = {spans[1]}$",
            f"The smaller range is more consistent: {steadier}",
            wrong=[(other, "Takes the larger range for the more consistent")],
            check=lambda: min(
                "AB",
                key=lambda name: max(x - y for x in (one, two)["AB".index(name)] for y in (one, two)["AB".index(name)]),
            ),
        )
    answer = abs(between[0] - between[1])
    said = [
        f"{group} {name}: quartiles ${_quartiles(values)[0]}$ and ${_quartiles(values)[2]}$, interquartile range ${spread}$"
        for name, values, spread in (("A", one, between[0]), ("B", two, between[1]))
    ]
    return asked(
        "comparing-distributions",
        f"{start}What is the difference between the interquartile ranges?",
        answer,
        *ordered,
        *said,
        f"${max(between)} - {min(between)} = {answer}$",
        wrong=[
            (abs(spans[0] - spans[1]), "Compares the ranges"),
            (abs(middles[0] - middles[1]), "Compares the medians"),
            (max(between), "Gives the larger interquartile range"),
        ],
        # The quartiles as the medians of the halves below and above the median.
        check=lambda: abs(
            sum(
                sign * (sorted(sorted(values)[4:])[1] - sorted(sorted(values)[:3])[1])
                for sign, values in ((1, one), (-1, two))
            )
        ),
    )


@generates("box-plots")
def box_plots(random: Random, level: Level) -> Question:
    """Range or interquartile range from the five numbers; from a list; a number of people, or a missing end."""
    if level is Level.FADED:
        return _from_a_list(random)
    low, q1, q2, q3, high = sorted(random.sample(range(2, 80), 5))
    five = f"lowest value ${low}$, lower quartile ${q1}$, median ${q2}$, upper quartile ${q3}$, highest value ${high}$"
    if level is Level.WORKED:
        inner = random.random() < 0.6
        answer = q3 - q1 if inner else high - low
        return asked(
            "box-plots",
            f"A box plot shows: {five}. Work out the {'interquartile range' if inner else 'range'}.",
            answer,
            "Upper quartile take away lower quartile" if inner else "Highest value take away lowest value",
            f"${q3 if inner else high} - {q1 if inner else low} = {answer}$",
            wrong=[
                (high - low if inner else q3 - q1, "Gives the range" if inner else "Gives the interquartile range"),
                (q2, "Gives the median"),
                (q3 if inner else high, "Gives one end only"),
            ],
            check=lambda: (q3 - q2) + (q2 - q1) if inner else (high - q3) + (q3 - q1) + (q1 - low),
        )
    if random.random() < 0.5:
        n = 4 * random.randint(10, 60)
        words, quarters, parts = random.choice((
            (f"more than ${q3}$", 1, "One"),
            (f"more than ${q1}$", 3, "Three"),
            (f"between ${q1}$ and ${q3}$", 2, "Two"),
            (f"between ${q2}$ and ${q3}$", 1, "One"),
        ))  # fmt: skip
        return asked(
            "box-plots",
            f"A box plot of ${n}$ people's times in minutes shows: {five}. About how many people took {words} minutes?",
            quarters * n // 4,
            f"A quarter of the people lie in each of the four parts: ${n} \\div 4 = {n // 4}$",
            f"{parts} such {'part' if quarters == 1 else 'parts'}: ${quarters} \\times {n // 4} = {quarters * n // 4}$",
            wrong=[
                (
                    n - quarters * n // 4 if quarters != 2 else n // 4,
                    "Counts the other side" if quarters != 2 else "Counts one part",
                ),
                (q3, "Reads the value as a number of people"),
            ],
            check=lambda: [4 * person < quarters * n for person in range(n)].count(True),
        )
    return asked(
        "box-plots",
        f"In a box plot the lowest value is ${low}$, the range ${high - low}$, the interquartile range ${q3 - q1}$ and the "
        f"upper quartile ${q3}$. Find the lower quartile and the highest value.",
        (q1, high),
        f"Lower quartile: ${q3} - {q3 - q1} = {q1}$",
        f"Highest value: ${low} + {high - low} = {high}$, so ${q1}$ and ${high}$",
        shown=f"${q1}$ and ${high}$",
        wrong=[
            ((q3 - q1, high - low), "Gives the two ranges"),
            ((low + q3 - q1, high), "Adds the interquartile range to the lowest value"),
            ((q1, q3 + high - low), "Adds the range to the upper quartile"),
        ],
        check=lambda: q3 - q1 == (q3 - low) - (q1 - low) and (low + (high - low), q3 - (q3 - q1)) == (high, q1),
    )


def _from_a_list(random: Random) -> Question:
    n = random.choice((7, 11))
    while True:
        values = [random.randint(2, 40) for _ in range(n)]
        q1, q2, q3 = _quartiles(values)
        step = (n + 1) // 4
        if q1 < q2 < q3 and abs(values[3 * step - 1] - values[step - 1]) != q3 - q1:
            break
    ordered = sorted(values)
    return asked(
        "box-plots",
        f"For a box plot of these numbers, find the interquartile range: ${', '.join(map(str, values))}$",
        q3 - q1,
        f"In order: ${', '.join(map(str, ordered))}$",
        f"Median ${q2}$; lower quartile ${q1}$, the middle of the numbers below; upper quartile ${q3}$, the middle of those above",
        f"${q3} - {q1} = {q3 - q1}$",
        wrong=[
            (ordered[-1] - ordered[0], "Gives the range"),
            (abs(values[3 * step - 1] - values[step - 1]), "Takes the quartiles from the list as it stands"),
            (q2, "Gives the median"),
        ],
        check=lambda: ordered[n // 2 + 1 :][n // 4] - ordered[: n // 2][n // 4],
    )
