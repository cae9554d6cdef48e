"""Questions on grouped data drawn by the class: histograms and cumulative frequency."""

from __future__ import annotations

from itertools import accumulate
from random import Random

import sympy

from model.questions.listing import listed, plus
from model.questions.question import Level, Question, generates, number
from model.questions.written import asked, by, decimal

_TENTH = sympy.Rational(1, 10)


@generates("histograms")
def histograms(random: Random, level: Level) -> Question:
    """Frequency density of a class; the number of people from the bars; people in part of the range."""
    rows = by(level, 1, 3, 3)
    while True:
        widths = [random.choice((5, 10, 15, 20, 25, 30)) for _ in range(rows)]
        start = random.choice((0, 10, 20)) if level is Level.WORKED else random.choice((0, 0, 10))
        densities = [random.randint(2, 40) * _TENTH for _ in range(rows)]
        counts = [w * d for w, d in zip(widths, densities, strict=True)]
        ends = [start + sum(widths[:place]) for place in range(rows + 1)]
        cut = widths[-2 % rows] // 5 * random.randint(1, 4)
        part = (widths[-2 % rows] - cut) * densities[-2 % rows]
        if part.q > 1 and level is Level.INDEPENDENT:
            continue
        if (
            all(f.q == 1 and f >= 3 for f in counts)
            and (rows == 1 or len(set(widths)) > 1)
            and len(set(densities)) == rows
        ):
            break
    if level is Level.WORKED:
        (width,), (density,), (count,) = widths, densities, counts
        return asked(
            "histograms",
            f"In a table of times $t$ in minutes the class ${ends[0]} < t \\le {ends[1]}$ has frequency ${count}$. "
            "Work out the frequency density for a histogram.",
            density,
            f"Class width: ${ends[1]} - {ends[0]} = {width}$",
            f"Frequency density: ${count} \\div {width} = {decimal(density)}$",
            shown=f"${decimal(density)}$",
            wrong=[
                (count, "Uses the frequency as the height"),
                (sympy.Rational(width, count), "Divides the width by the frequency"),
                (sympy.Rational(count, ends[1]), "Divides by the end of the class"),
            ],
            check=lambda: sum(density for _ in range(width)) == count,
        )
    bars = "; ".join(f"${a}$ to ${b}$: ${decimal(d)}$" for a, b, d in zip(ends, ends[1:], densities, strict=False))
    prompt = f"A histogram of times in minutes has bars with these frequency densities. {bars}. "
    if level is Level.FADED:
        total = sum(counts)
        return asked(
            "histograms",
            f"{prompt}How many times does it show in all?",
            total,
            "Width times density: "
            + ", ".join(f"${w} \\times {decimal(d)} = {f}$" for w, d, f in zip(widths, densities, counts, strict=True)),
            f"${plus(counts)} = {total}$",
            wrong=[
                (sum(densities), "Adds the heights"),
                (max(widths) * sum(densities), "Takes all the bars to have one width"),
                (counts[0], "Counts the first bar only"),
            ],
            check=lambda: sum(
                next(d for b, d in zip(ends[1:], densities, strict=True) if minute < b)
                for minute in range(ends[0], ends[-1])
            ),
        )
    least = ends[1] + cut
    answer = part + counts[2]
    return asked(
        "histograms",
        f"{prompt}Estimate how many times are longer than ${least}$ minutes.",
        answer,
        f"From ${least}$ to ${ends[2]}$: ${widths[1] - cut} \\times {decimal(densities[1])} = {decimal(part)}$",
        f"From ${ends[2]}$ to ${ends[3]}$: ${widths[2]} \\times {decimal(densities[2])} = {counts[2]}$",
        f"${decimal(part)} + {counts[2]} = {decimal(answer)}$",
        shown=f"${decimal(answer)}$",
        wrong=[
            (counts[1] + counts[2], "Counts the whole of the bar that is cut"),
            (sum(counts) - answer, "Counts those that are shorter"),
            (densities[1] + densities[2], "Adds the heights"),
        ],
        check=lambda: sum(counts) - counts[0] - sum(densities[1] for _ in range(ends[1], least)),
    )


@generates("cumulative-frequency")
def cumulative(random: Random, level: Level) -> Question:
    """A running total; how many lie above or between; the median by a straight line."""
    rows, width = by(level, 4, 5, 4), random.choice((5, 10, 20))
    start = random.choice((0, width, 2 * width))
    while True:
        counts = [random.randint(3, 20) for _ in range(rows)]
        totals = [0, *accumulate(counts)]
        n = totals[-1]
        at = next(place for place in range(rows) if totals[place + 1] * 2 >= n)
        median = start + at * width + width * (sympy.Rational(n, 2) - totals[at]) / counts[at]
        middle = start + at * width + sympy.Rational(width, 2)
        if level is not Level.INDEPENDENT or (
            n % 4 == 0 and (2 * median).q == 1 and len({median, middle, sympy.Rational(n, 2)}) == 3
        ):
            break
    ends = [start + width * place for place in range(rows + 1)]
    everyone = [place for place, count in enumerate(counts) for _ in range(count)]
    if level is Level.WORKED:
        place = random.randint(2, rows)
        table = "; ".join(f"${a} < t \\le {b}$: ${f}$" for a, b, f in zip(ends, ends[1:], counts, strict=False))
        return asked(
            "cumulative-frequency",
            f"Times in minutes: {table}. What is the cumulative frequency at ${ends[place]}$ minutes?",
            totals[place],
            f"It counts everyone up to ${ends[place]}$ minutes, so the first ${place}$ classes",
            f"${' + '.join(map(str, counts[:place]))} = {totals[place]}$",
            wrong=[
                (counts[place - 1], "Gives the frequency of the last class only"),
                (totals[place - 1], "Stops a class too early"),
                (n - totals[place], "Counts those above"),
            ],
            check=lambda: n - [each >= place for each in everyone].count(True),
        )
    points = listed(f"$({x}, {y})$" for x, y in zip(ends, totals, strict=True))
    prompt = f"A cumulative frequency graph of times in minutes goes through {points}. "
    if level is Level.FADED:
        a, b = sorted(random.sample(range(1, rows), 2))
        if random.random() < 0.5:
            return asked(
                "cumulative-frequency",
                f"{prompt}How many times are longer than ${ends[b]}$ minutes?",
                n - totals[b],
                f"Up to ${ends[b]}$ minutes: ${totals[b]}$",
                f"${n} - {totals[b]} = {n - totals[b]}$",
                wrong=[
                    (totals[b], "Gives the number up to this time"),
                    (n - totals[b - 1], "Starts a class too early"),
                ],
                check=lambda: [each >= b for each in everyone].count(True),
            )
        return asked(
            "cumulative-frequency",
            f"{prompt}How many times are longer than ${ends[a]}$ but not longer than ${ends[b]}$ minutes?",
            totals[b] - totals[a],
            f"Up to ${ends[b]}$ minutes: ${totals[b]}$; up to ${ends[a]}$ minutes: ${totals[a]}$",
            f"${totals[b]} - {totals[a]} = {totals[b] - totals[a]}$",
            wrong=[
                (totals[b], "Gives the number up to the longer time"),
                (totals[b] + totals[a], "Adds the two readings"),
                (n - totals[a], "Counts all those above"),
            ],
            check=lambda: [a <= each < b for each in everyone].count(True),
        )
    half = n // 2
    return asked(
        "cumulative-frequency",
        f"{prompt}The points are joined with straight lines. Estimate the median.",
        median,
        f"Half of ${n}$ is ${half}$, which lies between $({ends[at]}, {totals[at]})$ and $({ends[at + 1]}, {totals[at + 1]})$",
        f"${half} - {totals[at]} = {half - totals[at]}$ of the ${counts[at]}$ in this class: "
        f"${number(sympy.Rational(half - totals[at], counts[at]))} \\times {width} = {decimal(median - ends[at])}$",
        f"${ends[at]} + {decimal(median - ends[at])} = {decimal(median)}$",
        shown=f"${decimal(median)}$",
        wrong=[
            (half, "Gives half of the total and does not read the time"),
            (middle, "Takes the midpoint of the class"),
            (sympy.Rational(ends[0] + ends[-1], 2), "Goes halfway along the axis"),
        ],
        check=lambda: sympy.Rational(totals[at]) + (median - ends[at]) * counts[at] / width == half,
    )
