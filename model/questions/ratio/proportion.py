"""Questions on scaling, direct and inverse proportion, and value for money."""

from __future__ import annotations

from math import lcm
from random import Random

import sympy

from model.questions.question import Level, Question, generates
from model.questions.written import asked, by, decimal, pounds


@generates("scaling")
def scaling(random: Random, level: Level) -> Question:
    """A recipe for twice or half as many; for any number; back from an amount, or with a decimal answer."""
    food, unit, step = random.choice(
        [("flour", "g", 25), ("rice", "g", 20), ("milk", "ml", 50), ("butter", "g", 10), ("stock", "ml", 40)]
    )
    long = "grams" if unit == "g" else "millilitres"
    people = random.choice(by(level, [2, 3, 4, 5, 6], [4, 6, 8, 9], [6, 8, 10, 12]))
    each = step * random.randint(1, 4) + (random.choice([0, 5]) if level is not Level.WORKED else 0)
    amount = people * each
    if level is Level.WORKED:
        wanted = people * random.randint(2, 4)
    else:
        wanted = random.choice([n for n in range(2, 21) if n % people and n != people])
    answer = each * wanted
    if level is Level.INDEPENDENT and random.random() < 0.5:
        return asked(
            "scaling",
            f"A recipe for {people} people needs {amount} {unit} of {food}. How many people can it feed with {answer} {unit}?",
            wanted,
            f"One person needs ${amount} \\div {people} = {each}$ {unit}",
            f"${answer} \\div {each} = {wanted}$",
            wrong=[
                (sympy.Rational(amount * people, answer), "Scales the wrong way"),
                (sympy.Rational(answer, people), "Divides by the number of people"),
            ],
            check=lambda: next(n for n in range(1, 99) if sympy.Rational(n, people) == sympy.Rational(answer, amount)),
        )
    steps = (
        [
            f"From {people} to {wanted} people: times ${wanted // people}$",
            f"${amount} \\times {wanted // people} = {answer}$, so {answer} {unit}",
        ]
        if wanted % people == 0
        else [
            f"One person: ${amount} \\div {people} = {each}$ {unit}",
            f"{wanted} people: ${each} \\times {wanted} = {answer}$ {unit}",
        ]
    )
    return asked(
        "scaling",
        f"A recipe for {people} people needs {amount} {unit} of {food}. How many {long} are needed for {wanted} people?",
        answer,
        *steps,
        shown=f"{answer} {unit}",
        wrong=[
            (sympy.Integer(amount + wanted - people), "Adds the difference instead of multiplying"),
            (sympy.Integer(amount * wanted), "Multiplies without finding the amount for one"),
            (sympy.Integer(each), "Stops at the amount for one"),
        ],
        # Person by person.
        check=lambda: sum(sympy.Rational(amount, people) for _ in range(wanted)),
    )


@generates("proportion")
def proportion(random: Random, level: Level) -> Question:
    """Direct; inverse; both kinds mixed, with a change half-way."""
    if level is Level.WORKED:
        thing = random.choice(["pens", "tickets", "notebooks", "stamps"])
        count, wanted = random.sample(range(2, 12), 2)
        each = sympy.Rational(random.randint(3, 60) * 5, 100)
        return asked(
            "proportion",
            f"{count} {thing} cost {pounds(count * each)}. How many pounds do {wanted} {thing} cost?",
            wanted * each,
            f"One: ${decimal(count * each)} \\div {count} = {decimal(each)}$, so {pounds(each)}",
            f"{wanted}: ${decimal(each)} \\times {wanted} = {decimal(wanted * each)}$, so {pounds(wanted * each)}",
            shown=pounds(wanted * each),
            wrong=[
                (each, "Finds the price of one and stops"),
                (count * each + wanted - count, "Adds the difference in number"),
                (count * each * wanted, "Multiplies without finding the price of one"),
            ],
            check=lambda: (count * each * 100 * wanted / count) / 100,
        )
    who, doing = random.choice(
        [
            ("painters", "paint a hall"),
            ("machines", "pack an order"),
            ("taps", "fill a pool"),
            ("cleaners", "clean a school"),
        ]
    )
    span = "days" if who == "painters" else "hours"
    total = random.choice([24, 36, 48, 60, 72, 120])
    first, second = random.sample([n for n in range(2, 13) if total % n == 0], 2)
    if level is Level.FADED:
        return asked(
            "proportion",
            f"{first} {who} {doing} in {total // first} {span}. How many {span} do {second} {who} take at the same rate?",
            total // second,
            f"One alone: ${first} \\times {total // first} = {total}$ {span}",
            f"{second} together: ${total} \\div {second} = {total // second}$ {span}",
            shown=f"{total // second} {span}",
            wrong=[
                (sympy.Rational(total // first * second, first), "Uses direct proportion"),
                (total // first - (second - first), "Takes the difference off"),
                (total, "Gives the time for one"),
            ],
            check=lambda: next(n for n in range(1, 121) if n * second == first * (total // first)),
        )
    if who == "taps":
        return proportion(random, level)
    done = random.randint(1, total // first - 1)
    left = total - first * done
    after = sympy.Rational(left, second)
    if after.q > 1 or second == first:
        return proportion(random, level)
    span_one = span if done > 1 else span[:-1]
    change = f"{second - first} more come" if second > first else f"{first - second} of them stop"
    if abs(second - first) == 1:
        change = change.replace("come", "comes").replace("stop", "stops")
    return asked(
        "proportion",
        f"{first} {who} can {doing} in {total // first} {span}. After {done} {span_one}, {change}. "
        f"How many more {span} does the rest of the work take?",
        after,
        f"All the work: ${first} \\times {total // first} = {total}$; done: ${first} \\times {done} = {first * done}$",
        f"Left: ${total} - {first * done} = {left}$",
        f"${left} \\div {second} = {after}$",
        wrong=[
            (sympy.Integer(total // first - done), "Leaves the number of workers as it was"),
            (sympy.Rational(total, second), "Starts the work again"),
            (sympy.Rational((total // first - done) * second, first), "Uses direct proportion"),
        ],
        check=lambda: next(n for n in range(1, 200) if first * done + second * n == first * (total // first)),
    )


@generates("best-buys")
def best_buys(random: Random, level: Level) -> Question:
    """Two packs of things; two packs by weight; a pack against an offer."""
    thing, unit = random.choice(
        [("rolls", ""), ("pens", ""), ("eggs", "")]
        if level is Level.WORKED
        else [("rice", "g"), ("juice", "ml"), ("flour", "g"), ("soap", "ml")]
    )
    small, large = sorted(
        random.sample([3, 4, 5, 6, 8, 10, 12] if not unit else [200, 250, 300, 400, 500, 750, 800, 1000], 2)
    )
    step = 1 if not unit else 100
    each = random.randint(15, 60), random.randint(15, 60)
    prices = [sympy.Rational(size * rate, step) for size, rate in zip((small, large), each, strict=True)]
    if not 0.7 < each[0] / each[1] < 1.4 or each[0] == each[1] or any(price.q > 1 or price % 5 for price in prices):
        return best_buys(random, level)
    if prices[1] <= prices[0]:
        return best_buys(random, level)
    sizes = [f"{size} {thing}" if not unit else f"{size} {unit}" for size in (small, large)]
    amount = f"1 {thing.rstrip('s')}" if not unit else f"100 {unit}"
    texts = [pounds(price / 100) for price in prices]
    packs = [f"{sizes[0]} for {texts[0]}", f"{sizes[1]} for {texts[1]}"]
    what = "Which pack is better value" if not unit else f"Which pack of {thing} is better value"
    rates = list(each)
    steps = []
    if level is Level.INDEPENDENT:
        off = random.choice([10, 20, 25])
        before = prices[1] * 100 / (100 - off)
        if before.q > 1:
            return best_buys(random, level)
        packs[1] = f"{sizes[1]} for {pounds(before / 100)} with {off}% off"
        steps = [f"B costs {100 - off}% of {pounds(before / 100)}: {texts[1]}"]
    answer = "A" if each[0] < each[1] else "B"
    sums = [
        f"{letter}: ${price} \\div {decimal(sympy.Rational(size, step))} = {rate}$ pence for {amount}"
        for letter, price, size, rate in zip("AB", prices, (small, large), rates, strict=True)
    ]
    slip = (
        "Takes the lower price for the better value" if answer == "B" else "Takes the larger pack for the better value"
    )
    return asked(
        "best-buys",
        f"{what}: A, {packs[0]}, or B, {packs[1]}?",
        answer,
        *steps,
        *sums,
        f"Less for the same amount: {answer}",
        wrong=[("B" if answer == "A" else "A", slip)],
        # Both amounts bought until they are equal.
        check=lambda: (
            "A" if prices[0] * (lcm(small, large) // small) < prices[1] * (lcm(small, large) // large) else "B"
        ),
    )
