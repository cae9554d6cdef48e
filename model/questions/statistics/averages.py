"""Questions on averages: of a list, of a table, and of grouped data."""

from __future__ import annotations

from itertools import chain, pairwise, repeat
from random import Random

import sympy

from model.questions.listing import listed, over, plus
from model.questions.question import Level, Question, generates, number
from model.questions.written import asked, by, decimal, rounded


@generates("averages")
def averages(random: Random, level: Level) -> Question:
    """Mean, median or range of a list; of an even number of values; a value from a mean, and the mean of two groups."""
    if level is Level.INDEPENDENT:
        return random.choice((_one_more, _two_groups))(random)
    n = random.choice(by(level, (5, 7), (6, 8), ()))
    wanted = random.choice(("mean", "median", "range"))
    while True:
        values = [random.randint(1, 20) for _ in range(n)]
        inner = sorted(values)[(n - 1) // 2 : n // 2 + 1]
        mean, median, span = (
            sympy.Rational(sum(values), n),
            sympy.Rational(sum(inner), len(inner)),
            max(values) - min(values),
        )
        stands = sympy.Rational(sum(values[(n - 1) // 2 : n // 2 + 1]), len(inner))
        if (mean * by(level, 1, 10, 1)).q == 1 and len({mean, median, stands}) == 3 and values[0] != values[-1]:
            break
    ordered = ", ".join(map(str, sorted(values)))
    prompt = f"Find the {wanted} of these numbers: ${', '.join(map(str, values))}$"
    if wanted == "mean":
        return asked(
            "averages",
            prompt,
            mean,
            f"Total: ${plus(values)} = {sum(values)}$",
            f"${sum(values)} \\div {n} = {decimal(mean)}$",
            shown=f"${decimal(mean)}$",
            wrong=[
                (median, "Gives the median"),
                (sympy.Rational(sum(values), n - 1), "Divides by one too few"),
                (sum(values), "Stops at the total"),
            ],
            # Above and below the mean are as much.
            check=lambda: sum(value - mean for value in values) == 0,
        )
    if wanted == "median":
        halves = "The one in the middle" if len(inner) == 1 else f"Halfway between ${inner[0]}$ and ${inner[1]}$"
        if inner[0] == inner[-1] and len(inner) == 2:
            halves = "The two in the middle are the same"
        return asked(
            "averages",
            prompt,
            median,
            f"In order: ${ordered}$",
            f"{halves}: ${decimal(median)}$",
            shown=f"${decimal(median)}$",
            wrong=[
                (stands, "Takes the middle of the list as it stands"),
                (mean, "Gives the mean"),
                (inner[0], "Takes one of the two in the middle"),
            ],
            check=lambda: median if _splits(values, median) else False,
        )
    return asked(
        "averages",
        prompt,
        span,
        f"Largest ${max(values)}$, smallest ${min(values)}$",
        f"${max(values)} - {min(values)} = {span}$",
        wrong=[
            (abs(values[0] - values[-1]), "Takes the first and the last of the list as it stands"),
            (max(values), "Gives the largest"),
            (n, "Counts the numbers"),
        ],
        check=lambda: max(abs(one - other) for one in values for other in values),
    )


def _splits(values: list[int], middle: sympy.Rational) -> bool:
    """Whether at most half of the values lie on each side."""
    return all(
        2 * len(side) <= len(values) for side in ([v for v in values if v < middle], [v for v in values if v > middle])
    )


def _one_more(random: Random) -> Question:
    while True:
        n, before, after = random.randint(4, 9), random.randint(-5, 20), random.randint(-5, 20)
        new = after * (n + 1) - before * n
        if before != after and -30 < new < 60 and new not in {after, before}:
            break
    return asked(
        "averages",
        f"The mean of ${n}$ numbers is ${before}$. One more number is put with them, and the mean becomes ${after}$. "
        "What is the new number?",
        new,
        f"Total before: ${n} \\times {_in_brackets(before)} = {n * before}$",
        f"Total after: ${n + 1} \\times {_in_brackets(after)} = {(n + 1) * after}$",
        f"${(n + 1) * after} - {_in_brackets(n * before)} = {new}$",
        wrong=[
            (after, "Gives the new mean"),
            (2 * after - before, "Takes the new mean for the middle of the old mean and the new number"),
            (after - before, "Takes the change of the mean for the new number"),
        ],
        check=lambda: sympy.Rational(sum([before] * n) + new, n + 1) == after,
    )


def _in_brackets(value: int) -> str:
    return f"({value})" if value < 0 else str(value)


def _two_groups(random: Random) -> Question:
    while True:
        m, n = random.sample(range(4, 31), 2)
        one, two = random.sample(range(40, 91), 2)
        mean = sympy.Rational(m * one + n * two, m + n)
        if (mean * 10).q == 1:
            break
    return asked(
        "averages",
        f"The mean mark of ${m}$ students is ${one}$, and the mean mark of ${n}$ others is ${two}$. "
        "What is the mean mark of them all?",
        mean,
        f"Totals: ${m} \\times {one} = {m * one}$ and ${n} \\times {two} = {n * two}$",
        f"${m * one + n * two}$ marks, ${m} + {n} = {m + n}$ students",
        f"${m * one + n * two} \\div {m + n} = {decimal(mean)}$",
        shown=f"${decimal(mean)}$",
        wrong=[
            (sympy.Rational(one + two, 2), "Averages the means as if the groups were of one size"),
            (sympy.Rational(m * two + n * one, m + n), "Gives each group the other's weight"),
        ],
        check=lambda: sum(mark - mean for mark in [one] * m + [two] * n) == 0,
    )


_COUNTED = (("goals", "matches"), ("pets", "families"), ("letters", "days"), ("absences", "students"))


@generates("mean-from-a-table")
def mean_from_a_table(random: Random, level: Level) -> Question:
    """Mean of a table of frequencies; a frequency from the mean."""
    what, whose = random.choice(_COUNTED)
    rows, start = by(level, 4, 5, 4), by(level, 0, random.randint(0, 3), random.randint(0, 3))
    values = list(range(start, start + rows))
    while True:
        counts = [random.randint(by(level, 1, 1, 2), by(level, 6, 12, 12)) for _ in values]
        n, total = sum(counts), sum(v * f for v, f in zip(values, counts, strict=True))
        mean, gap = sympy.Rational(total, n), random.randrange(1, rows)
        if (mean * by(level, 10, 100, 100)).q == 1 and mean != values[gap] and n > rows + 4:
            break
    everyone = list(chain.from_iterable(repeat(v, f) for v, f in zip(values, counts, strict=True)))
    products = plus(f"{v} \\times {f}" for v, f in zip(values, counts, strict=True))
    if level is not Level.INDEPENDENT:
        return asked(
            "mean-from-a-table",
            f"Numbers of {what}: ${', '.join(map(str, values))}$. How many {whose} had each: ${', '.join(map(str, counts))}$. "
            f"Work out the mean number of {what}.",
            mean,
            f"All the {what}: ${products} = {total}$",
            f"All the {whose}: ${plus(counts)} = {n}$",
            f"${total} \\div {n} = {decimal(mean)}$",
            shown=f"${decimal(mean)}$",
            wrong=[
                (sympy.Rational(total, rows), "Divides by the number of rows"),
                (sympy.Rational(sum(values), rows), "Averages the values and leaves out how often they came"),
                (sympy.Rational(n, rows), "Averages the frequencies"),
            ],
            check=lambda: sum(value - mean for value in everyone) == 0,
        )
    missing, at = counts[gap], values[gap]
    shown = [str(f) if place != gap else "x" for place, f in enumerate(counts)]
    known, people = total - at * missing, n - missing
    x = sympy.Symbol("x")
    return asked(
        "mean-from-a-table",
        f"Numbers of {what}: ${', '.join(map(str, values))}$. How many {whose} had each: ${', '.join(shown)}$. The mean is "
        f"${decimal(mean)}$. Find $x$.",
        missing,
        f"All the {what}: ${known} + {number(at * x)}$; all the {whose}: ${people} + x$",
        f"${known} + {number(at * x)} = {decimal(mean)} \\times ({people} + x)$",
        f"$x = {missing}$",
        wrong=[
            (sympy.Rational(people, rows - 1), "Takes the mean of the other frequencies"),
            (n, f"Gives the number of all the {whose}"),
            (at, "Takes a value for a frequency"),
        ],
        check=lambda: sympy.Rational(sum(everyone), len(everyone)) == mean and everyone.count(at) == missing,
    )


_MEASURED = (
    ("t", "Times", "in minutes", "people"),
    ("m", "Masses", "in kilograms", "parcels"),
    ("d", "Distances", "in kilometres", "journeys"),
)


@generates("grouped-mean")
def grouped_mean(random: Random, level: Level) -> Question:
    """Estimate of the mean from equal classes; from more of them; from unequal ones, to one decimal place."""
    letter, what, unit, whose = random.choice(_MEASURED)
    rows = by(level, 3, 4, 4)
    while True:
        widths = [random.choice((10, 20))] * rows if level is Level.WORKED else [random.choice((4, 5, 10, 20))] * rows
        if level is Level.INDEPENDENT:
            widths = [random.choice((5, 10, 20)) for _ in range(rows)]
        start = random.choice((0, 0, 10, 20))
        ends = [start + sum(widths[:place]) for place in range(rows + 1)]
        middles = [sympy.Rational(a + b, 2) for a, b in pairwise(ends)]
        counts = [random.randint(2, by(level, 9, 15, 20)) for _ in range(rows)]
        n, total = sum(counts), sum(m * f for m, f in zip(middles, counts, strict=True))
        mean = total / n
        if len(set(widths)) > 1 if level is Level.INDEPENDENT else (mean * 10).q == 1:
            break
    exact, last = level is not Level.INDEPENDENT, rounded(mean, 1)
    table = "; ".join(f"${a} < {letter} \\le {b}$: ${f}$" for a, b, f in zip(ends, ends[1:], counts, strict=False))
    tops = sum(b * f for b, f in zip(ends[1:], counts, strict=True)) / sympy.Integer(n)
    answer = mean if exact else last
    everyone = list(chain.from_iterable(repeat(m, f) for m, f in zip(middles, counts, strict=True)))
    return asked(
        "grouped-mean",
        f"{what} of {n} {whose}, {unit}: {table}. Estimate the mean" + ("." if exact else ", to 1 decimal place."),
        answer,
        f"Midpoints: {listed(f'${decimal(m)}$' for m in middles)}",
        "Midpoint times frequency, added: $"
        + plus(decimal(m * f) for m, f in zip(middles, counts, strict=True))
        + f" = {decimal(total)}$",
        f"${over(decimal(total), n)} = {decimal(mean)}$"
        if exact
        else f"${decimal(total)} \\div {n}$, to 1 decimal place ${decimal(last, 1)}$",
        shown=f"${decimal(answer, 0 if exact else 1)}$",
        wrong=[
            (rounded(tops, 1), "Uses the top of each class in place of the midpoint"),
            (rounded(total / rows, 1), "Divides by the number of classes"),
            (rounded(sum(middles) / rows, 1), "Averages the midpoints and leaves out the frequencies"),
        ],
        check=lambda: bool(abs(sum(value - answer for value in everyone)) * 20 <= (0 if exact else n)),
    )
