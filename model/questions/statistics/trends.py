"""Questions on change and chance in data: time series, scatter graphs, and sampling."""

from __future__ import annotations

from itertools import combinations, pairwise
from random import Random

import sympy

from model.questions.listing import listed, over, plus
from model.questions.question import Level, Question, generates, number
from model.questions.written import asked, by, decimal

_MONTHS = ("January", "February", "March", "April", "May", "June")
_QUARTERS = ("first", "second", "third", "fourth")


@generates("time-series")
def time_series(random: Random, level: Level) -> Question:
    """The greatest rise; a year compared with the year before; a quarter predicted from its own season."""
    if level is Level.WORKED:
        while True:
            sales = [random.randint(10, 60) for _ in _MONTHS]
            changes = [b - a for a, b in pairwise(sales)]
            rise = max(changes)
            if rise > 0 and changes.count(rise) == 1 and max(sales) - min(sales) != rise:
                break
        at = changes.index(rise)
        return asked(
            "time-series",
            f"A shop's sales from {_MONTHS[0]} to {_MONTHS[-1]} were ${', '.join(map(str, sales))}$. What was the greatest "
            "rise from one month to the next?",
            rise,
            "Changes: $" + ", ".join(f"{change:+d}" for change in changes) + "$",
            f"The greatest rise is from {_MONTHS[at]} to {_MONTHS[at + 1]}: ${sales[at + 1]} - {sales[at]} = {rise}$",
            wrong=[
                (max(sales) - min(sales), "Takes the lowest from the highest, wherever they stand"),
                (max(sales), "Gives the highest value and not the rise"),
                (abs(sales[-1] - sales[0]), "Compares the last month with the first"),
            ],
            check=lambda: max(b - a for (i, a), (j, b) in combinations(enumerate(sales), 2) if j == i + 1),
        )
    while True:
        one = [random.randint(15, 60) for _ in _QUARTERS]
        changes = [random.randint(-9, 12) for _ in _QUARTERS]
        two = [value + change for value, change in zip(one, changes, strict=True)]
        total = sum(changes)
        if total and min(two) > 5 and (total % 4 == 0 or level is Level.FADED) and abs(two[-1] - one[0]) != abs(total):
            break
    start = f"A shop's sales in the four quarters of year 1 were ${', '.join(map(str, one))}$, "
    start += f"and in year 2 ${', '.join(map(str, two))}$. "
    if level is Level.FADED:
        mean = sympy.Rational(total, 4)
        more = "higher" if total > 0 else "lower"
        return asked(
            "time-series",
            f"{start}By how much were the mean sales of a quarter {more} in year 2 than in year 1?",
            abs(mean),
            f"Totals: ${plus(one)} = {sum(one)}$ and ${plus(two)} = {sum(two)}$",
            f"Means: ${decimal(sympy.Rational(sum(one), 4))}$ and ${decimal(sympy.Rational(sum(two), 4))}$",
            f"The difference is ${decimal(abs(mean))}$",
            shown=f"${decimal(abs(mean))}$",
            wrong=[
                (abs(total), "Compares the totals and not the means"),
                (abs(two[-1] - one[-1]), "Compares the last quarters only"),
                (abs(two[-1] - one[0]), "Compares the last quarter with the first"),
            ],
            check=lambda: abs(sum(sympy.Rational(b - a, 4) for a, b in zip(one, two, strict=True))),
        )
    place = random.randrange(4)
    mean, answer = total // 4, two[place] + total // 4
    return asked(
        "time-series",
        f"{start}Find the mean change from a quarter of year 1 to the same quarter of year 2. Use it to predict the "
        f"{_QUARTERS[place]} quarter of year 3.",
        answer,
        "Each quarter with the same quarter a year before: $" + ", ".join(f"{change:+d}" for change in changes) + "$",
        f"Mean change: ${total} \\div 4 = {mean}$",
        f"The {_QUARTERS[place]} quarter of year 3: ${two[place]} {'+' if mean > 0 else '-'} {abs(mean)} = {answer}$",
        wrong=[
            (two[-1] + mean, "Starts from the last quarter and forgets the season"),
            (two[place] + total, "Adds the change of all four quarters"),
            (two[place] + changes[place], "Uses the change of one quarter only"),
        ],
        check=lambda: two[place] + sympy.Rational(sum(two), 4) - sympy.Rational(sum(one), 4),
    )


_LINES = (
    ("hours of revision", "marks", "marks for {x} hours of revision", "hours of revision for {y} marks", 1),
    ("weeks since planting", "heights in centimetres", "height after {x} weeks", "weeks for a height of {y} cm", 1),
    (
        "ages of cars in years",
        "values in hundreds of pounds",
        "value for an age of {x} years",
        "age for a value of {y} hundred pounds",
        -1,
    ),
    ("days without rain", "depths of a pond in centimetres", "depth after {x} days", "days for a depth of {y} cm", -1),
)


@generates("scatter-graphs")
def scatter(random: Random, level: Level) -> Question:
    """The kind of correlation; a reading from a line of best fit; a reading the other way, with a steeper sum."""
    if level is Level.WORKED:
        return _correlation(random)
    across, up, forwards, backwards, sign = random.choice(_LINES)
    while True:
        x1, x2 = sorted(random.sample(range(1, 13), 2))
        y1, y2 = random.sample(range(2, 80), 2)
        slope = sympy.Rational(y2 - y1, x2 - x1)
        x = random.randint(x1 + 1, x2)
        y = y1 + slope * (x - x1)
        if 0 < slope * sign <= 12 and x1 < x < x2 and y.q == 1 and slope.q <= by(level, 1, 1, 2) and y * x1 != y1 * x:
            break
    start = f"A scatter graph has {across} across and {up} up. "
    start += f"Its line of best fit goes through $({x1}, {y1})$ and $({x2}, {y2})$. "
    gradient = f"Gradient: ${over(f'{y2} - {y1}', f'{x2} - {x1}')} = {number(slope)}$"
    change = "+" if slope > 0 else "-"
    if level is Level.FADED:
        return asked(
            "scatter-graphs",
            f"{start}Use it to estimate the " + forwards.format(x=f"${x}$") + ".",
            y,
            gradient,
            f"From ${x1}$ to ${x}$ is ${x - x1}$ across: ${y1} {change} {x - x1} \\times {number(abs(slope))} = {y}$",
            wrong=[
                (
                    y1 - slope * (x - x1),
                    "Goes down the line instead of up" if slope > 0 else "Goes up the line instead of down",
                ),
                (sympy.Rational(y1 * x, x1), "Scales up one point as if the line went through (0, 0)"),
                (sympy.Rational(y1 + y2, 2), "Takes the middle of the two heights"),
            ],
            check=lambda: sympy.Matrix([[x2 - x1, y2 - y1], [x - x1, y - y1]]).det() == 0,
        )
    return asked(
        "scatter-graphs",
        f"{start}Use it to estimate the " + backwards.format(y=f"${y}$") + ".",
        x,
        gradient,
        f"From ${y1}$ to ${y}$ is ${abs(y - y1)}$ {'up' if y > y1 else 'down'}: "
        f"${abs(y - y1)} \\div {number(abs(slope))} = {x - x1}$ across",
        f"${x1} + {x - x1} = {x}$",
        wrong=[
            (x1 + abs(slope * (y - y1)), "Multiplies by the gradient instead of dividing"),
            (x - x1, "Forgets where the reading started"),
            (sympy.Rational(x1 + x2, 2), "Takes the middle of the two points"),
        ],
        check=lambda: sympy.Matrix([[x2 - x1, y2 - y1], [x - x1, y - y1]]).det() == 0 and x,
    )


def _correlation(random: Random) -> Question:
    wanted = random.choice(("positive", "negative", "none"))
    while True:
        xs, ys = sorted(random.sample(range(1, 20), 6)), random.sample(range(1, 40), 6)
        sx, sy = (6 * sum(v * v for v in vs) - sum(vs) ** 2 for vs in (xs, ys))
        together = 6 * sum(x * y for x, y in zip(xs, ys, strict=True)) - sum(xs) * sum(ys)
        agree = [b > a for a, b in combinations(ys, 2)].count(True) - [b < a for a, b in combinations(ys, 2)].count(
            True
        )
        if wanted == "none" and 50 * together**2 < sx * sy and abs(agree) <= 2:
            break
        if (
            wanted != "none"
            and 5 * together**2 > 4 * sx * sy
            and (together > 0) is (wanted == "positive")
            and abs(agree) >= 9
        ):
            break
    points = listed(f"$({x}, {y})$" for x, y in zip(xs, ys, strict=True))
    said = {
        "positive": "As one goes up, the other tends to go up: positive",
        "negative": "As one goes up, the other tends to go down: negative",
        "none": "As one goes up, the other goes up and down as before: none",
    }
    misread = {
        "positive": [
            ("negative", "Mixes up the two kinds of correlation"),
            ("none", "Expects the points to lie on one line"),
        ],
        "negative": [
            ("positive", "Mixes up the two kinds of correlation"),
            ("none", "Expects the points to lie on one line"),
        ],
        "none": [
            ("positive" if ys[-1] > ys[0] else "negative", "Looks at the first and the last point only"),
            ("negative" if ys[-1] > ys[0] else "positive", "Sees a pattern in two or three of the points"),
        ],
    }
    return asked(
        "scatter-graphs",
        f"A scatter graph shows the points {points}. What kind of correlation is it: positive, negative or none?",
        wanted,
        "Read the second numbers as the first ones grow: $" + ", ".join(map(str, ys)) + "$",
        said[wanted],
        wrong=misread[wanted],
        # By pairs of points that rise and pairs that fall.
        check=lambda: "none" if abs(agree) <= 2 else "positive" if agree > 0 else "negative",
    )


_ASKED = ("walk to school", "have a library card", "eat breakfast at school", "play an instrument")


@generates("sampling")
def sampling(random: Random, level: Level) -> Question:
    """A sample scaled up; a sample that keeps the shares of the year groups; a population caught twice."""
    if level is Level.INDEPENDENT:
        return _caught_twice(random)
    if level is Level.WORKED:
        does, n, times = random.choice(_ASKED), random.choice((20, 25, 30, 40, 50, 60)), random.randint(5, 30)
        k = random.randint(3, n - 3)
        return asked(
            "sampling",
            f"In a random sample of ${n}$ students, ${k}$ {does}. The school has ${n * times}$ students. "
            f"Estimate how many of them {does}.",
            k * times,
            f"The school is ${n * times} \\div {n} = {times}$ times the sample",
            f"${k} \\times {times} = {k * times}$",
            wrong=[
                (k, "Takes the sample's number for the whole school's"),
                ((n - k) * times, "Scales up those who do not"),
                (n * times - (n - k), "Takes those who do not in the sample from the whole school"),
            ],
            check=lambda: sympy.Rational(k, n) * n * times,
        )
    while True:
        step = random.choice((4, 5, 8, 10, 12))
        shares = [random.randint(3, 25) for _ in range(3)]
        if len(set(shares)) == 3:
            break
    sizes, n = [step * share for share in shares], sum(shares)
    years, place = (9, 10, 11), random.randrange(3)
    groups = listed(f"${size}$ in Year {year}" for size, year in zip(sizes, years, strict=True))
    return asked(
        "sampling",
        f"There are {groups}. A sample of ${n}$ is to have the same share of each year. How many of the sample should be in Year "
        f"{years[place]}?",
        shares[place],
        f"In all ${plus(sizes)} = {sum(sizes)}$ students",
        f"Year {years[place]} is ${over(sizes[place], sum(sizes))}$ of them",
        f"${over(sizes[place], sum(sizes))} \\times {n} = {shares[place]}$",
        wrong=[
            (sympy.Rational(n, 3), "Takes as many from each year"),
            (sympy.Rational(sizes[place], 3), "Divides the year by the number of years"),
            (sympy.Rational(sizes[place], n), "Divides the year by the size of the sample"),
        ],
        check=lambda: sympy.Rational(shares[place], n) == sympy.Rational(sizes[place], sum(sizes)),
    )


def _caught_twice(random: Random) -> Question:
    animal, home = random.choice((("fish", "lake"), ("ducks", "park"), ("rabbits", "wood"), ("snails", "garden")))
    while True:
        marked, caught, again = random.randint(15, 80), random.randint(15, 80), random.randint(3, 14)
        all_ = sympy.Rational(marked * caught, again)
        if all_.q == 1 and again < min(marked, caught) // 2 and all_ > marked + caught - again:
            break
    return asked(
        "sampling",
        f"In a {home} ${marked}$ {animal} are caught, marked and let go. Later ${caught}$ are caught, and ${again}$ of these are "
        f"marked. Estimate how many {animal} there are in the {home}.",
        all_,
        f"Of the second catch ${over(again, caught)}$ are marked, so about ${over(again, caught)}$ of all are",
        f"${over(again, caught)}$ of all is ${marked}$: ${marked} \\times {over(caught, again)} = {all_}$",
        wrong=[
            (marked + caught, "Adds the two catches"),
            (marked + caught - again, "Counts only the animals that were seen"),
            (sympy.Rational(caught * again, marked), "Turns the fraction round"),
        ],
        check=lambda: marked / all_ == sympy.Rational(again, caught),
    )
