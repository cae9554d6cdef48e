"""Questions on percentages."""

from __future__ import annotations

from random import Random

import sympy

from model.questions.question import Level, Question, generates
from model.questions.written import asked, by, decimal, pounds

_LOW, _HIGH = "fall", "rise"


def of(percentage: sympy.Rational | int, amount: sympy.Rational | int) -> sympy.Rational:
    """So many per cent of an amount.

    Example:
        >>> of(15, 80)
        12
    """
    return sympy.Rational(percentage) * sympy.Rational(amount) / 100


@generates("percentages-of-amounts")
def of_amounts(random: Random, level: Level) -> Question:
    """Of 10% and its neighbours; other percentages from pieces; one amount as a percentage of another, and with a multiplier."""
    amount = random.randint(2, by(level, 12, 25)) * by(level, 20, 20, 40)
    if level is Level.INDEPENDENT and random.random() < 0.5:
        percentage = random.choice([each for each in range(5, 100, 5) if of(each, amount).q == 1])
        part = of(percentage, amount)
        thing = random.choice(["marks", "students", "seats", "pages"])
        doing = {"marks": "earned", "students": "present", "seats": "taken", "pages": "read"}[thing]
        return asked(
            "percentages-of-amounts",
            f"{part} of {amount} {thing} are {doing}. What percentage is that?",
            sympy.Integer(percentage),
            f"As a fraction: $\\frac{{{part}}}{{{amount}}}$",
            f"${part} \\div {amount} \\times 100 = {percentage}$, so {percentage}%",
            shown=f"{percentage}%",
            wrong=[
                (part, "Takes the number for the percentage"),
                (sympy.Integer(100 - percentage), "Gives the percentage of the rest"),
                (sympy.Rational(amount * 100, part), "Divides the whole by the part"),
            ],
            check=lambda: next(each for each in range(1, 101) if each * amount == 100 * part),
        )
    percentage = random.choice(
        by(
            level,
            [10, 20, 25, 30, 5, 70],
            [15, 35, 45, 55, 65, 12, 2],
            [7, 13, 17, 23, 120, 150, sympy.Rational(35, 2)],
        )
    )
    answer = of(percentage, amount)
    ten = sympy.Rational(amount, 10)
    if level is Level.INDEPENDENT:
        steps = [f"Multiplier: ${decimal(percentage)} \\div 100 = {decimal(sympy.Rational(percentage) / 100)}$"]
        steps.append(f"${decimal(sympy.Rational(percentage) / 100)} \\times {amount} = {decimal(answer)}$")
    elif percentage == 25:
        steps = [f"Half is ${amount // 2}$", f"Half of that is ${decimal(answer)}$"]
    else:
        tens, rest = divmod(percentage, 10)
        steps = [f"10% is one of ten equal parts: ${decimal(ten)}$"]
        if tens > 1:
            steps.append(f"{tens * 10}% is ${tens} \\times {decimal(ten)} = {decimal(ten * tens)}$")
        if rest:
            small = (
                f"5% is ${decimal(ten / 2)}$"
                if rest == 5
                else f"1% is ${decimal(ten / 10)}$, so {rest}% is ${decimal(ten / 10 * rest)}$"
            )
            steps.append(small)
        if tens and rest:
            steps.append(f"{percentage}%: ${decimal(ten * tens)} + {decimal(of(rest, amount))} = {decimal(answer)}$")
    if len(steps) == 1:
        steps.append(f"{percentage}% of {amount} is ${decimal(answer)}$")
    return asked(
        "percentages-of-amounts",
        f"Work out {decimal(percentage)}% of {amount}",
        answer,
        *steps,
        shown=f"${decimal(answer)}$",
        wrong=[
            *(
                [(sympy.Rational(amount) / percentage, "Divides by the percentage")]
                if percentage != 10
                else [(ten / 10, "Divides by 100")]
            ),
            *([(answer * 10, "Moves the point one place only")] if percentage < 10 else []),
            (ten, "Stops at 10%"),
            *([(amount - answer, "Takes the percentage off")] if percentage < 100 else []),
        ],
        # Counted in hundredths of the amount.
        check=lambda: sum([sympy.Rational(amount, 200)] * int(2 * percentage)),
    )


@generates("percentage-change")
def change(random: Random, level: Level) -> Question:
    """A rise or fall; the percentage of a change; two changes one after the other."""
    up = random.random() < 0.5
    sign = 1 if up else -1
    price = random.randint(2, 30) * by(level, 20, 10, 20)
    percentage = random.choice(
        by(level, [10, 20, 25, 30, 50], [5, 10, 15, 20, 25, 30, 35, 40, 60], [10, 20, 25, 30, 40])
    )
    part = of(percentage, price)
    new = price + sign * part
    if level is Level.FADED:
        if new.q > 1:
            return change(random, level)
        return asked(
            "percentage-change",
            f"A price goes from £{price} to £{new}. Find the percentage {_HIGH if up else _LOW}",
            sympy.Integer(percentage),
            f"The change is ${max(price, new)} - {min(price, new)} = {part}$, in pounds",
            f"Of the old price: ${part} \\div {price} \\times 100 = {percentage}$, so {percentage}%",
            shown=f"{percentage}%",
            wrong=[
                (part / new * 100, "Divides by the new price"),
                (sympy.Integer(part), "Gives the change in pounds"),
                (sympy.Rational(new * 100, price), "Gives the new price as a percentage of the old one"),
            ],
            check=lambda: next(each for each in range(1, 101) if 100 * price + sign * each * price == 100 * new),
        )
    if level is Level.WORKED:
        return asked(
            "percentage-change",
            f"A price of £{price} {'goes up' if up else 'is cut'} by {percentage}%. Find the new price in pounds",
            new,
            f"{percentage}% of £{price} is {pounds(part)}",
            f"${price} {'+' if up else '-'} {decimal(part)} = {decimal(new)}$",
            shown=f"${decimal(new)}$",
            wrong=[
                (part, "Stops at the change"),
                (price - sign * part, "Takes off instead of adding" if up else "Adds instead of taking off"),
                (price + sign * sympy.Integer(percentage), "Takes the percentage for pounds"),
            ],
            check=lambda: sympy.Rational(price * (100 + sign * percentage), 100),
        )
    second = random.choice([each for each in (5, 10, 20, 25, 50) if each != percentage] + [percentage])
    other = -sign if random.random() < 0.7 else sign
    last = new + other * of(second, new)
    if (last * 100).q > 1 or last == price:
        return change(random, level)
    first_text, second_text = (
        f"{'rises' if way > 0 else 'falls'} by {size}%" for way, size in ((sign, percentage), (other, second))
    )
    multipliers = [1 + way * sympy.Rational(size, 100) for way, size in ((sign, percentage), (other, second))]
    return asked(
        "percentage-change",
        f"A price of £{price} {first_text} and then {second_text}. Find the last price in pounds",
        last,
        f"Multipliers: ${decimal(multipliers[0])}$ and ${decimal(multipliers[1])}$",
        f"${price} \\times {decimal(multipliers[0])} = {decimal(new)}$",
        f"${decimal(new)} \\times {decimal(multipliers[1])} = {decimal(last)}$",
        shown=pounds(last),
        wrong=[
            (price + of(sign * percentage + other * second, price), "Puts the two percentages together"),
            (new, "Stops after the first change"),
            (new + other * of(second, price), "Takes the second percentage of the first price"),
        ],
        check=lambda: sympy.Rational(price * (100 + sign * percentage) * (100 + other * second), 10_000),
    )


@generates("reverse-percentages")
def reverse(random: Random, level: Level) -> Question:
    """The price before a simple rise or fall; other percentages; before two changes, or the amount of the change."""
    up = random.random() < 0.5
    sign = 1 if up else -1
    percentage = random.choice(by(level, [10, 20, 25, 50], [5, 15, 30, 35, 40, 60, 12], [10, 20, 25, 30, 15]))
    before = random.randint(2, 30) * by(level, 20, 20, 40)
    after = before + sign * of(percentage, before)
    total = 100 + sign * percentage
    went = "a rise" if up else "a cut"
    if (after * 100).q > 1 or (level is Level.WORKED and after.q > 1):
        return reverse(random, level)
    if level is not Level.INDEPENDENT or random.random() < 0.5:
        amount = level is Level.INDEPENDENT
        answer = abs(after - before) if amount else sympy.Integer(before)
        return asked(
            "reverse-percentages",
            f"After {went} of {percentage}% a coat costs {pounds(after)}. "
            + (
                f"By how many pounds did its price {'rise' if up else 'fall'}?"
                if amount
                else "Find its price before in pounds"
            ),
            answer,
            f"{pounds(after)} is {total}% of the price before",
            f"1% is ${decimal(after)} \\div {total} = {decimal(after / total)}$, in pounds",
            f"100% is ${decimal(after / total)} \\times 100 = {before}$"
            if not amount
            else f"{percentage}% is ${decimal(after / total)} \\times {percentage} = {decimal(answer)}$",
            shown=pounds(answer),
            wrong=[
                (
                    of(percentage, after) if amount else after - sign * of(percentage, after),
                    f"Takes {percentage}% of the price after the change",
                ),
                *(
                    [(sympy.Integer(before), "Gives the price before")]
                    if amount
                    else [(of(total, after), "Makes the change once more")]
                ),
            ],
            check=lambda: (
                next(price for price in range(1, 2001) if 100 * price + sign * percentage * price == 100 * after)
                if not amount
                else bool(after - sign * answer == before)
            ),
        )
    second = random.choice([5, 10, 20, 50])
    last = after - sign * of(second, after)
    if (last * 100).q > 1 or last == before:
        return reverse(random, level)
    multipliers = sympy.Rational(total, 100), 1 - sign * sympy.Rational(second, 100)
    return asked(
        "reverse-percentages",
        f"A price {'rises' if up else 'falls'} by {percentage}% and then "
        f"{'falls' if up else 'rises'} by {second}%, to {pounds(last)}. "
        "Find the price at first in pounds",
        sympy.Integer(before),
        f"Both multipliers: ${decimal(multipliers[0])} \\times {decimal(multipliers[1])} "
        f"= {decimal(multipliers[0] * multipliers[1])}$",
        f"${decimal(last)} \\div {decimal(multipliers[0] * multipliers[1])} = {before}$",
        shown=pounds(before),
        wrong=[
            (last / (1 + sign * sympy.Rational(percentage - second, 100)), "Puts the two percentages together"),
            (
                last + sign * of(second, last) - sign * of(percentage, last + sign * of(second, last)),
                "Undoes each with the percentage of the new price",
            ),
        ],
        check=lambda: next(price for price in range(1, 2001) if price * multipliers[0] * multipliers[1] == last),
    )
