"""Questions on charts told in words: bars, pictograms, pie charts, frequency polygons, and histograms."""

from __future__ import annotations

from random import Random

import sympy

from model.questions.listing import listed, over, plus
from model.questions.question import Level, Question, generates, number
from model.questions.written import asked, by, decimal, mixed, rounded

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday")
_SOLD = ("cakes", "books", "tickets", "tea towels")
_HALF = sympy.Rational(1, 2)


@generates("bar-charts")
def bars(random: Random, level: Level) -> Question:
    """A bar that ends between two lines; bars compared; an axis that does not start at 0."""
    sold = random.choice(_SOLD)
    if level is Level.INDEPENDENT:
        return _cut_axis(random, sold)
    square = random.choice(by(level, (2, 4, 10, 20), (4, 6, 8, 12, 20), ()))
    tall = [sympy.Integer(n) * _HALF for n in random.sample(range(4, 20), 4)]
    if level is Level.WORKED:
        day, height = random.choice(_DAYS), random.randint(2, 9) + _HALF
        return asked(
            "bar-charts",
            f"On a bar chart of {sold} sold, each square up the side stands for ${square}$. The bar for {day} is "
            f"${mixed(height)}$ squares tall. How many {sold} were sold on {day}?",
            height * square,
            f"One square is ${square}$, so half a square is ${square // 2}$",
            f"${int(height)} \\times {square} + {square // 2} = {height * square}$",
            wrong=[
                (height, "Counts squares and forgets the scale"),
                (int(height) * square, "Leaves out the part of a square"),
                (int(height) * square + 1, "Takes half a square for 1"),
            ],
            check=lambda: sum(square // 2 for _ in range(int(2 * height))),
        )
    total = random.random() < 0.5
    values = [height * square for height in tall]
    heights = listed(f"${mixed(height)}$" for height in tall)
    prompt = (
        f"On a bar chart of {sold} sold, each square up the side stands for ${square}$. The bars for {listed(_DAYS)} are {heights} "
        f"squares tall. "
    )
    if total:
        return asked(
            "bar-charts",
            f"{prompt}How many {sold} were sold in all?",
            sum(values),
            f"In squares: ${plus(map(mixed, tall))} = {mixed(sum(tall))}$",
            f"${mixed(sum(tall))} \\times {square} = {sum(values)}$",
            wrong=[
                (sum(tall), "Counts squares and forgets the scale"),
                (sum(int(height) * square for height in tall), "Leaves out the parts of squares"),
                (max(values), "Gives the tallest bar only"),
            ],
            check=lambda: sum(square // 2 for height in tall for _ in range(int(2 * height))),
        )
    return asked(
        "bar-charts",
        f"{prompt}How many more were sold on the best day than on the worst?",
        max(values) - min(values),
        f"Best: ${mixed(max(tall))} \\times {square} = {max(values)}$",
        f"Worst: ${mixed(min(tall))} \\times {square} = {min(values)}$",
        f"${max(values)} - {min(values)} = {max(values) - min(values)}$",
        wrong=[
            (max(tall) - min(tall), "Counts squares and forgets the scale"),
            (max(values), "Gives the best day only"),
            (abs(values[0] - values[-1]), "Takes the first and the last day"),
        ],
        check=lambda: (max(tall) - min(tall)) * square,
    )


def _cut_axis(random: Random, sold: str) -> Question:
    while True:
        start, square = random.randrange(20, 160, 10), random.choice((2, 4, 5, 10, 20))
        high, low = sorted(random.sample(range(2, 13), 2), reverse=True)
        more, less = start + square * high, start + square * low
        percent = sympy.Rational(100 * (more - less), less)
        if percent.q == 1 and percent <= 120:
            break
    return asked(
        "bar-charts",
        f"The axis of a bar chart starts at ${start}$, and each square up the side stands for ${square}$. The bar of "
        f"{sold} sold by shop A is ${high}$ squares tall, that of shop B ${low}$ squares. By what percentage did shop A sell more "
        "than shop B?",
        percent,
        f"A: ${start} + {high} \\times {square} = {more}$; B: ${start} + {low} \\times {square} = {less}$",
        f"${more} - {less} = {more - less}$ more than ${less}$",
        f"${over(more - less, less)} = {percent}$%",
        shown=f"${percent}$%",
        wrong=[
            (
                sympy.Rational(100 * (high - low), low),
                "Compares the heights of the bars, though the axis does not start at 0",
            ),
            (more - less, "Gives the difference and not the percentage"),
            (rounded(sympy.Rational(100 * (more - less), more), 0), "Takes the percentage of the larger"),
        ],
        check=lambda: less + less * percent / 100 == more,
    )


_PARTS = {1: "a quarter", 2: "a half", 3: "three quarters"}


@generates("pictograms")
def pictograms(random: Random, level: Level) -> Question:
    """A row read; the symbols that a number needs; a row from the total."""
    key = random.choice((4, 8, 12, 16, 20, 40))
    what = random.choice(("cars", "birds", "books", "letters"))
    whole, part = random.randint(2, 8), random.randint(1, 3)
    symbols = whole + sympy.Rational(part, 4)
    value = symbols * key
    if level is Level.WORKED:
        return asked(
            "pictograms",
            f"In a pictogram one symbol stands for ${key}$ {what}. A row has ${whole}$ whole symbols and {_PARTS[part]} of one. "
            f"How many {what} is that?",
            value,
            f"${whole} \\times {key} = {whole * key}$; {_PARTS[part]} of ${key}$ is ${part * key // 4}$",
            f"${whole * key} + {part * key // 4} = {value}$",
            wrong=[
                (symbols, "Counts the symbols and forgets the key"),
                ((whole + 1) * key, "Counts the part as a whole symbol"),
                (whole * key + 1, "Counts the part as 1"),
            ],
            check=lambda: sum(key // 4 for _ in range(4 * whole + part)),
        )
    if level is Level.FADED:
        return asked(
            "pictograms",
            f"In a pictogram one symbol stands for ${key}$ {what}. How many symbols does a row for ${value}$ {what} need?",
            symbols,
            f"${value} \\div {key}$: ${whole}$ whole symbols make ${whole * key}$",
            f"${value} - {whole * key} = {part * key // 4}$ is {_PARTS[part]} of a symbol",
            f"${mixed(symbols)}$ symbols",
            shown=f"${mixed(symbols)}$",
            wrong=[
                (whole, "Leaves out the part of a symbol"),
                (whole + part * key // 4, "Draws a symbol for each one left over"),
                (value * key, "Multiplies by the key instead of dividing"),
            ],
            check=lambda: symbols * key == value,
        )
    others = [random.randint(1, 9) + sympy.Rational(random.randint(0, 3), 4) for _ in range(2)]
    total = (symbols + sum(others)) * key
    return asked(
        "pictograms",
        f"A pictogram of {what} has three rows, with {listed(f'${mixed(each)}$' for each in (symbols, *others))} symbols. "
        f"They stand for ${total}$ {what} in all. How many {what} does the first row stand for?",
        value,
        f"In all ${plus(map(mixed, (symbols, *others)))} = {mixed(total / key)}$ symbols",
        f"One symbol: ${total} \\div {mixed(total / key)} = {key}$",
        f"${mixed(symbols)} \\times {key} = {value}$",
        wrong=[
            (key, "Stops at the key"),
            (total / 3, "Shares the total among the rows"),
            (whole * key, "Leaves out the part of a symbol"),
        ],
        check=lambda: value / symbols * sum(others) + value == total,
    )


@generates("pie-charts")
def pies(random: Random, level: Level) -> Question:
    """People to angle; angle to people; a sector from another sector, or two charts with different totals."""
    if level is Level.INDEPENDENT:
        return _two_pies(random)
    n = random.choice((12, 18, 20, 24, 30, 36, 40, 60, 72, 90, 120, 180))
    count = random.randint(2, n - 2)
    each, angle = sympy.Rational(360, n), sympy.Rational(360 * count, n)
    if level is Level.WORKED:
        return asked(
            "pie-charts",
            f"A pie chart shows how ${n}$ students come to school. ${count}$ of them walk. What is the angle of their sector?",
            angle,
            f"One student: $360 \\div {n} = {number(each)}$ degrees",
            f"${count} \\times {number(each)} = {number(angle)}$ degrees",
            shown=f"${number(angle)}\\degree$",
            wrong=[
                (count, "Uses the number of people as the angle"),
                (sympy.Rational(100 * count, n), "Gives a percentage and not an angle"),
                (each, "Stops at one student"),
            ],
            check=lambda: angle / 360 == sympy.Rational(count, n),
        )
    return asked(
        "pie-charts",
        f"A pie chart shows how ${n}$ students come to school. The sector for walking has an angle of ${number(angle)}\\degree$. "
        "How many of them walk?",
        count,
        f"One student: $360 \\div {n} = {number(each)}$ degrees",
        f"${number(angle)} \\div {number(each)} = {count}$",
        wrong=[
            (angle, "Uses the angle as the number of people"),
            (sympy.Rational(n, 360) * (360 - angle), "Counts those who do not walk"),
            (sympy.Rational(angle * n, 100), "Takes the angle for a percentage"),
        ],
        check=lambda: sum(each for _ in range(count)) == angle and count,
    )


def _two_pies(random: Random) -> Question:
    while True:
        m, n = random.sample((40, 60, 72, 80, 90, 120, 144, 180, 240, 300, 360), 2)
        one, two = random.randrange(20, 300, 5), random.randrange(20, 300, 5)
        first, second = sympy.Rational(one * m, 360), sympy.Rational(two * n, 360)
        if one != two and first.q == second.q == 1 and first > second and first - second != one - two:
            break
    return asked(
        "pie-charts",
        f"Two pie charts show who walks to school. At school A, with ${m}$ students, the sector is ${one}\\degree$. At school B, "
        f"with ${n}$ students, it is ${two}\\degree$. How many more students walk at school A than at school B?",
        first - second,
        f"A: ${over(one, 360)} \\times {m} = {first}$",
        f"B: ${over(two, 360)} \\times {n} = {second}$",
        f"${first} - {second} = {first - second}$",
        wrong=[
            (abs(one - two), "Compares the angles as if they were people"),
            (sympy.Rational(abs(one - two) * m, 360), "Uses the total of school A for both"),
            (first, "Gives the number at school A only"),
        ],
        check=lambda: sum(sympy.Rational(m, 360) for _ in range(one)) - sum(sympy.Rational(n, 360) for _ in range(two)),
    )


@generates("frequency-polygons")
def polygons(random: Random, level: Level) -> Question:
    """The point for a class; for a class with decimal ends; the mean from the points."""
    count = random.randint(3, 25)
    if level is not Level.INDEPENDENT:
        tenth = by(level, sympy.Integer(1), sympy.Rational(1, 10), sympy.Integer(1))
        width = random.choice(by(level, (4, 10, 20), (2, 4, 5, 6), ())) * tenth
        start = random.randint(0 if level is Level.WORKED else 11, by(level, 6, 30, 6)) * (
            width if level is Level.WORKED else tenth
        )
        end, middle = start + width, start + width / 2
        places = by(level, 0, 1, 0)
        return asked(
            "frequency-polygons",
            f"The class ${decimal(start, places)} < x \\le {decimal(end, places)}$ has frequency ${count}$. At which point is it "
            "plotted in a frequency polygon?",
            (middle, count),
            f"Halfway from ${decimal(start, places)}$ to ${decimal(end, places)}$: ${decimal(middle)}$",
            f"The frequency goes up the side: $({decimal(middle)}, {count})$",
            shown=f"$({decimal(middle)}, {count})$",
            wrong=[
                ((end, count), "Plots at the end of the class"),
                ((start, count), "Plots at the start of the class"),
                ((count, middle), "Swaps the two axes"),
            ],
            check=lambda: (middle, count) if middle - start == end - middle else False,
        )
    while True:
        width, first = random.choice((4, 10, 20)), random.choice((0, 0, 1, 2))
        middles = [width * (first + place) + width // 2 for place in range(4)]
        counts = [random.randint(2, 15) for _ in middles]
        n, total = sum(counts), sum(m * f for m, f in zip(middles, counts, strict=True))
        mean = sympy.Rational(total, n)
        if (10 * mean).q == 1:
            break
    points = listed(f"$({m}, {f})$" for m, f in zip(middles, counts, strict=True))
    return asked(
        "frequency-polygons",
        f"A frequency polygon joins the points {points}. Estimate the mean.",
        mean,
        "Midpoint times frequency, added: $"
        + plus(m * f for m, f in zip(middles, counts, strict=True))
        + f" = {total}$",
        f"Number of values: ${plus(counts)} = {n}$",
        f"${total} \\div {n} = {decimal(mean)}$",
        shown=f"${decimal(mean)}$",
        wrong=[
            (sympy.Rational(sum(middles), 4), "Averages the midpoints and leaves out the frequencies"),
            (sympy.Rational(total, 4), "Divides by the number of points"),
            (sympy.Rational(n, 4), "Averages the frequencies"),
        ],
        check=lambda: sum((m - mean) * f for m, f in zip(middles, counts, strict=True)) == 0,
    )
