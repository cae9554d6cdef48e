"""Questions on chances of those who are known to belong to a group, and on counting choices."""

from __future__ import annotations

from itertools import combinations, permutations, product
from random import Random

import sympy

from model.questions.listing import over, simplest
from model.questions.question import Level, Question, generates
from model.questions.written import asked, by, times

_TOLD = (
    ("Year 10", "Year 11", "walk to school", "go by bus", "walks to school"),
    ("Year 7", "Year 8", "study French", "study Spanish", "studies French"),
    ("Class A", "Class B", "have a pet", "have no pet", "has a pet"),
)


@generates("conditional-probability")
def conditional(random: Random, level: Level) -> Question:
    """From a table; from the circles of a Venn diagram; from a tree read backwards."""
    if level is Level.INDEPENDENT:
        return _backwards(random)
    a, b, c, d = random.sample(range(4, by(level, 20, 30, 30)), 4)
    if level is Level.WORKED:
        one, two, first, second, told = random.choice(_TOLD)
        people = [(one, first)] * a + [(one, second)] * b + [(two, first)] * c + [(two, second)] * d
        if random.random() < 0.5:
            group, known = [each for each in people if each[0] == one], f"is in {one}"
            asks, total = f"{told}, given that the student is in {one}", a + b
            swapped = sympy.Rational(a, a + c)
        else:
            group, known = [each for each in people if each[1] == first], told
            asks, total = f"is in {one}, given that the student {told}", a + c
            swapped = sympy.Rational(a, a + b)
        return asked(
            "conditional-probability",
            f"In {one}, ${a}$ students {first} and ${b}$ {second}. In {two}, ${c}$ {first} and ${d}$ {second}. "
            f"One student is chosen at random. What is the probability that the student {asks}?",
            sympy.Rational(a, total),
            f"It is known that the student {known}: that leaves ${total}$ students",
            f"${a}$ of these count: ${simplest(a, total)}$",
            wrong=[
                (sympy.Rational(a, a + b + c + d), "Divides by everyone and not by those still possible"),
                (swapped, "Turns the question round"),
                (sympy.Rational(total, a + b + c + d), "Gives the chance of what is known already"),
            ],
            check=lambda: sympy.Rational(group.count((one, first)), len(group)),
        )
    n = a + b + c + d
    people_ = ["tea"] * a + ["both"] * b + ["coffee"] * c + ["neither"] * d
    coffee = [each for each in people_ if each in {"both", "coffee"}]
    return asked(
        "conditional-probability",
        f"Of ${n}$ people ${a + b}$ drink tea, ${b + c}$ drink coffee and ${d}$ drink neither. One person is chosen at "
        "random. What is the probability that this person drinks tea, given that they drink coffee?",
        sympy.Rational(b, b + c),
        f"In the circles: ${n} - {d} = {n - d}$, so both: ${a + b} + {b + c} - {n - d} = {b}$",
        f"Of the ${b + c}$ who drink coffee, ${b}$ drink tea: ${simplest(b, b + c)}$",
        wrong=[
            (sympy.Rational(b, n), "Divides by everyone and not by those still possible"),
            (sympy.Rational(b, a + b), "Turns the question round"),
            (sympy.Rational(a + b, n), "Leaves out what is known"),
        ],
        check=lambda: sympy.Rational(coffee.count("both"), len(coffee)),
    )


def _backwards(random: Random) -> Question:
    what, has, sign, they = random.choice((
        ("phones", "faulty", "fails a test", "fail it"),
        ("apples", "bruised", "is taken out by a machine", "are taken out"),
        ("letters", "urgent", "gets a red mark", "get one"),
    ))  # fmt: skip
    while True:
        percent, found, false = (
            random.choice((2, 4, 5, 10, 20, 25)),
            random.choice((60, 70, 80, 90)),
            random.choice((5, 10, 20)),
        )
        with_ = 10 * percent
        hits, alarms = with_ * found // 100, (1000 - with_) * false // 100
        if (1000 - with_) * false % 100 == 0 and with_ * found % 100 == 0:
            break
    share, rest = sympy.Rational(percent, 100), 1 - sympy.Rational(percent, 100)
    both = (share * found / 100, rest * false / 100)
    return asked(
        "conditional-probability",
        f"{percent}% of {what} are {has}. If one is {has}, the probability that it {sign} is {found}%. If it is not, "
        f"the probability is {false}%. One of them {sign}. What is the probability that it is {has}?",
        sympy.Rational(hits, hits + alarms),
        f"Of $1000$ {what}, ${with_}$ are {has} and ${hits}$ of these {they}",
        f"${1000 - with_}$ are not, and ${alarms}$ of these {they} too",
        f"${over(hits, f'{hits} + {alarms}')} = {simplest(hits, hits + alarms)}$",
        wrong=[
            (sympy.Rational(found, 100), "Turns the question round"),
            (sympy.Rational(hits, 1000), "Divides by everything and not by those still possible"),
            (sympy.Rational(found, found + false), "Forgets how rare it is"),
        ],
        check=lambda: both[0] / (both[0] + both[1]),
    )


@generates("product-rule-for-counting")
def counting(random: Random, level: Level) -> Question:
    """Two or three independent choices; codes without repeats; a condition, or pairs without order."""
    if level is Level.WORKED:
        return _menu(random)
    if level is Level.FADED:
        return _code(random)
    return random.choice((_even, _pairs))(random)


def _menu(random: Random) -> Question:
    words = random.choice((
        ("starters", "main courses", "puddings", "A menu has", "different three-course meals can be chosen"),
        ("tops", "hats", "scarves", "A wardrobe holds", "outfits of one of each can be worn"),
        ("sizes", "colours", "patterns", "A shop sells mugs in", "different mugs are there"),
    ))  # fmt: skip
    counts = random.sample(range(2, 10), 3)
    a, b, c = counts
    return asked(
        "product-rule-for-counting",
        f"{words[3]} ${a}$ {words[0]}, ${b}$ {words[1]} and ${c}$ {words[2]}. How many {words[4]}?",
        a * b * c,
        f"Each of the ${a}$ goes with each of the ${b}$: ${a} \\times {b} = {a * b}$",
        f"Each of these goes with each of the ${c}$: ${a * b} \\times {c} = {a * b * c}$",
        wrong=[(a + b + c, "Adds the numbers of choices"), (a * b + c, "Multiplies two and adds the third")],
        check=lambda: len(list(product(range(a), range(b), range(c)))),
    )


def _code(random: Random) -> Question:
    n, length = random.randint(4, 9), random.randint(2, 4)
    repeats, letters = random.random() < 0.4, random.random() < 0.5
    last = "ABCDEFGHI"[n - 1] if letters else str(n)
    factors = [n if repeats else n - place for place in range(length)]
    answer, other = sympy.prod(factors), sympy.prod([n - place if repeats else n for place in range(length)])
    kind = "letters" if letters else "digits"
    count = ("two", "three", "four")[length - 2]
    return asked(
        "product-rule-for-counting",
        f"A code has {count} {kind}, from {'A' if letters else '1'} to {last}. {kind.capitalize()} can"
        f"{'' if repeats else 'not'} be repeated. How many codes are there?",
        answer,
        "Choices for each place: " + ", ".join(f"${each}$" for each in factors),
        f"${times(factors)} = {answer}$",
        wrong=[
            (other, "Does not let them repeat" if repeats else "Lets them repeat"),
            (sum(factors), "Adds the numbers of choices"),
        ],
        check=lambda: len(list(product(range(n), repeat=length) if repeats else permutations(range(n), length))),
    )


def _even(random: Random) -> Question:
    n, length, odd = random.randint(5, 9), random.choice((3, 4)), random.random() < 0.5
    ends = [digit for digit in range(1, n + 1) if digit % 2 == odd]
    factors = [len(ends), *(n - 1 - place for place in range(length - 1))]
    answer = sympy.prod(factors)
    return asked(
        "product-rule-for-counting",
        f"How many {'odd' if odd else 'even'} numbers of {('three', 'four')[length - 3]} digits can be made with the digits "
        f"from 1 to {n}, none used twice?",
        answer,
        f"The last digit first: ${', '.join(map(str, ends))}$, so ${len(ends)}$ choices",
        "Choices for the other places: " + ", ".join(f"${each}$" for each in factors[1:]),
        f"${times(factors)} = {answer}$",
        wrong=[
            (sympy.prod([n - place for place in range(length)]), "Leaves out the condition on the last digit"),
            (len(ends) * n ** (length - 1), "Lets digits repeat"),
        ],
        check=lambda: [each[-1] % 2 == odd for each in permutations(range(1, n + 1), length)].count(True),
    )


def _pairs(random: Random) -> Question:
    n = random.randint(5, 30)
    text = random.choice((
        f"{n} teams play each other once. How many games are there?",
        f"{n} people shake hands, each with every other once. How many handshakes are there?",
        f"Two of {n} students are chosen to speak for the class. In how many ways can they be chosen?",
    ))  # fmt: skip
    return asked(
        "product-rule-for-counting",
        text,
        n * (n - 1) // 2,
        f"First and second: ${n} \\times {n - 1} = {n * (n - 1)}$",
        f"Each pair is counted twice, so ${n * (n - 1)} \\div 2 = {n * (n - 1) // 2}$",
        wrong=[
            (n * (n - 1), "Counts each pair twice"),
            (sympy.Rational(n * n, 2), "Lets one be paired with itself"),
            (2 * n - 1, "Adds the numbers of choices"),
        ],
        check=lambda: len(list(combinations(range(n), 2))),
    )
