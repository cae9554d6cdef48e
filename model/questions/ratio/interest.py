"""Questions on interest, growth and decay."""

from __future__ import annotations

from random import Random

import sympy

from model.questions.question import Level, Question, generates
from model.questions.ratio.percentages import of
from model.questions.written import asked, by, decimal, grouped, pounds, rounded


@generates("simple-interest")
def simple(random: Random, level: Level) -> Question:
    """The interest; the total with a half per cent; the rate or the time."""
    years = random.randint(2, by(level, 5, 6, 8))
    rate = random.choice(
        by(
            level,
            [2, 3, 4, 5],
            [sympy.Rational(3, 2), sympy.Rational(5, 2), 3, 4, 6],
            [2, 3, 4, 5, sympy.Rational(5, 2)],
        )
    )
    start = random.randint(2, 30) * by(level, 100, 100, 50)
    a_year = of(rate, start)
    interest, total = a_year * years, start + a_year * years
    if a_year.q > 2:
        return simple(random, level)
    told = f"{pounds(start)} earns simple interest"
    first = f"One year: {decimal(rate)}% of {pounds(start)} is {pounds(a_year)}"
    if level is Level.INDEPENDENT:
        find_rate = random.random() < 0.5
        answer = sympy.Rational(rate) if find_rate else sympy.Integer(years)
        return asked(
            "simple-interest",
            f"{told} {'for ' + str(years) + ' years' if find_rate else 'at ' + decimal(rate) + '% a year'}. "
            f"The interest comes to {pounds(interest)} in all. "
            + ("Find the rate per year as a percentage" if find_rate else "For how many years?"),
            answer,
            f"One year earns ${decimal(interest)} \\div {years} = {decimal(a_year)}$, in pounds"
            if find_rate
            else first,
            f"${decimal(a_year)} \\div {start} \\times 100 = {decimal(rate)}$, so {decimal(rate)}%"
            if find_rate
            else f"${decimal(interest)} \\div {decimal(a_year)} = {years}$ years",
            shown=f"{decimal(rate)}%" if find_rate else f"{years} years",
            wrong=[
                (interest / start * 100, "Forgets the years")
                if find_rate
                else (interest / rate, "Divides the interest by the rate"),
                *(
                    [(interest / total / years * 100, "Divides by the total instead of the start")]
                    if find_rate
                    else [(total / a_year, "Divides the total by the interest of a year")]
                ),
            ],
            check=lambda: (
                next(
                    answer
                    for tried in range(1, 200)
                    if of(sympy.Rational(tried, 10), start) * years == interest and sympy.Rational(tried, 10) == rate
                )
                if find_rate
                else next(tried for tried in range(1, 50) if sum([a_year] * tried) == interest)
            ),
        )
    whole = level is Level.FADED
    return asked(
        "simple-interest",
        f"{told} at {decimal(rate)}% a year for {years} years. "
        + ("How many pounds are there at the end?" if whole else "How many pounds of interest does it earn?"),
        total if whole else interest,
        first,
        f"{years} years: ${decimal(a_year)} \\times {years} = {decimal(interest)}$"
        + ("" if whole else f", so {pounds(interest)}"),
        *([f"With what was there: {pounds(total)}"] if whole else []),
        shown=pounds(total if whole else interest),
        wrong=[
            ((start if whole else 0) + a_year, "Takes the interest of one year only"),
            *(
                [(interest, "Gives the interest instead of the total")]
                if whole
                else [(total, "Gives the total instead of the interest")]
            ),
            (
                rounded(start * (1 + sympy.Rational(rate) / 100) ** years, 2) - (0 if whole else start),
                "Adds compound interest",
            ),
        ],
        # Year by year.
        check=lambda: sum([of(rate, start) for _ in range(years)]) + (start if whole else 0),
    )


def _grown(start: sympy.Rational | int, multiplier: sympy.Rational, steps: int) -> sympy.Rational:
    value = sympy.Rational(start)
    for _ in range(steps):
        value = value + value * (multiplier - 1)
    return value


@generates("compound-interest")
def compound(random: Random, level: Level) -> Question:
    """Two years; three or four years to the penny; the interest, or how many years until a sum is passed."""
    rate = random.choice(by(level, [5, 10, 20], [2, 3, 4, 5], [2, 3, 4, sympy.Rational(5, 2)]))
    years = by(level, 2, random.choice([3, 4]), random.choice([3, 4, 5]))
    start = random.randint(2, 50) * by(level, 100, 100, 50)
    multiplier = 1 + sympy.Rational(rate) / 100
    total = rounded(start * multiplier**years, 2)
    straight = start + of(rate, start) * years
    if level is Level.WORKED:
        middle = start * multiplier
        return asked(
            "compound-interest",
            f"{pounds(start)} earns {rate}% compound interest a year. How many pounds are there after 2 years?",
            total,
            f"After 1 year: {pounds(start)} and {rate}% of it, {pounds(of(rate, start))}, make {pounds(middle)}",
            f"{rate}% of {pounds(middle)} is {pounds(of(rate, middle))}",
            f"After 2 years: {pounds(total)}",
            shown=pounds(total),
            wrong=[
                (straight, "Adds the same interest every year"),
                (total - start, "Gives the interest instead of the total"),
            ],
            check=lambda: _grown(start, multiplier, 2),
        )
    interest = level is Level.INDEPENDENT and random.random() < 0.5
    if level is Level.INDEPENDENT and not interest:
        goal = (int(start * multiplier**years) // 10) * 10
        if not start * multiplier ** (years - 1) < goal < start * multiplier**years:
            return compound(random, level)
        values = [rounded(start * multiplier**year, 2) for year in (years - 1, years)]
        return asked(
            "compound-interest",
            f"{pounds(start)} earns {decimal(rate)}% compound interest a year. "
            f"After how many whole years are there more than {pounds(goal)}?",
            sympy.Integer(years),
            f"After {years - 1} years: ${start} \\times {decimal(multiplier)}^{{{years - 1}}}$ is about {pounds(values[0])}",
            f"After {years} years: ${start} \\times {decimal(multiplier)}^{{{years}}}$ is about {pounds(values[1])}, so {years}",
            wrong=[
                (sympy.Integer(years - 1), "Stops one year too soon"),
                (sympy.ceiling((goal - start) / of(rate, start)), "Adds the same interest every year"),
                (sympy.Integer(years + 1), "Counts the start as a year"),
            ],
            check=lambda: next(year for year in range(1, 60) if _grown(start, multiplier, year) > goal),
        )
    answer = total - start if interest else total
    exact = (start * multiplier**years * 100).q == 1
    return asked(
        "compound-interest",
        f"{pounds(start)} earns {decimal(rate)}% compound interest a year for {years} years. "
        + ("How many pounds of interest is that" if interest else "How many pounds are there at the end")
        + ", to the nearest penny?",
        answer,
        f"Multiplier: ${decimal(multiplier)}$",
        f"${start} \\times {decimal(multiplier)}^{{{years}}}$ is {'' if exact else 'about '}{pounds(total)}",
        *([f"Interest: {pounds(total)} less {pounds(start)} is {pounds(answer)}"] if interest else []),
        shown=pounds(answer),
        wrong=[
            (straight - (start if interest else 0), "Adds the same interest every year"),
            *(
                [(total, "Gives the total instead of the interest")]
                if interest
                else [(total - start, "Gives the interest instead of the total")]
            ),
            (rounded(start * multiplier ** (years - 1), 2) - (start if interest else 0), "Takes one year too few"),
        ],
        check=lambda: rounded(_grown(start, multiplier, years), 2) - (start if interest else 0),
    )


@generates("growth-and-decay")
def growth(random: Random, level: Level) -> Question:
    """Doubling and halving; falls by a percentage; how long until, or the percentage from two values."""
    if level is Level.WORKED:
        doubles, steps = random.random() < 0.5, random.randint(2, 5)
        start = random.randint(2, 30) * (10 if doubles else 32)
        multiplier = sympy.Integer(2) if doubles else sympy.Rational(1, 2)
        answer = start * multiplier**steps
        if answer.q > 1:
            return growth(random, level)
        chain = [start * multiplier**step for step in range(steps + 1)]
        return asked(
            "growth-and-decay",
            f"There are {grouped(start)} "
            f"{'bacteria and their number doubles' if doubles else 'grams of a substance and half of it decays'} every hour. "
            f"How many {'bacteria' if doubles else 'grams'} are there after {steps} hours?",
            answer,
            f"Each hour {'times 2' if doubles else 'half'}: " + ", ".join(grouped(each) for each in chain),
            f"After {steps} hours: {grouped(answer)}",
            shown=grouped(answer),
            wrong=[
                (
                    sympy.Integer(start * 2 * steps) if doubles else sympy.Rational(start, 2 * steps),
                    f"Multiplies by {2 * steps}" if doubles else f"Divides by {2 * steps}",
                ),
                (chain[-2], "Takes one step too few"),
                *(
                    [(sympy.Integer(start + steps * start), "Adds the first number every hour")]
                    if doubles
                    else [(sympy.Integer(0), "Takes half of the first amount every hour")]
                ),
            ],
            check=lambda: _grown(start, multiplier, steps),
        )
    up = random.random() < by(level, 0.3, 0.4)
    rate = random.choice([5, 10, 12, 15, 20, 30])
    multiplier = 1 + sympy.Rational(rate if up else -rate, 100)
    start, years = random.randint(10, 90) * 100, random.randint(2, 4)
    thing = (
        "The number of fish in a lake"
        if up
        else random.choice(["The value of a car in pounds", "The number of birds on an island"])
    )
    pattern = f"{thing} is {grouped(start)} and {'grows' if up else 'falls'} by {rate}% each year"
    exact = start * multiplier**years
    if level is Level.FADED:
        answer = rounded(exact, 0)
        return asked(
            "growth-and-decay",
            f"{pattern}. What is it after {years} years, to the nearest whole number?",
            answer,
            f"Each year {100 + (rate if up else -rate)}% {'is there' if up else 'is left'}: multiplier ${decimal(multiplier)}$",
            f"${start} \\times {decimal(multiplier)}^{{{years}}}$ is {'' if answer == exact else 'about '}{grouped(answer)}",
            shown=grouped(answer),
            wrong=[
                (start + of(rate, start) * years * (1 if up else -1), "Takes the same amount every year"),
                (rounded(start * sympy.Rational(rate, 100) ** years, 0), "Uses the change as the multiplier"),
                (rounded(start * multiplier, 0), "Stops after one year"),
            ],
            check=lambda: rounded(_grown(start, multiplier, years), 0),
        )
    goal = start * 2 if up else sympy.Rational(start, 2)
    found = next(
        year
        for year in range(1, 60)
        if (_grown(start, multiplier, year) > goal if up else _grown(start, multiplier, year) < goal)
    )
    values = [rounded(start * multiplier**year, 0) for year in (found - 1, found)]
    straight = (100 if up else 50) // rate + 1
    if found < 3:
        return growth(random, level)
    return asked(
        "growth-and-decay",
        f"{pattern}. After how many whole years is it first {'more than double' if up else 'less than half'}?",
        sympy.Integer(found),
        f"Multiplier: ${decimal(multiplier)}$; try powers until {'2' if up else '0.5'} is passed",
        f"After {found - 1} years about {grouped(values[0])}, after {found} years about {grouped(values[1])}, so {found}",
        wrong=[
            (sympy.Integer(straight), "Takes the same amount every year"),
            (sympy.Integer(found - 1), "Stops one year too soon"),
        ],
        check=lambda: next(year for year in range(1, 60) if (multiplier**year > 2 if up else 2 * multiplier**year < 1)),
    )
