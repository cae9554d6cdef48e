"""Questions on vectors: columns and letters."""

from __future__ import annotations

from math import gcd
from random import Random

import sympy
from sympy import Rational

from model.questions.geometry.figures import ask, column
from model.questions.question import Answer, Level, Question, generates, number

A, B = sympy.symbols("a b")
_RATIOS = [(p, q) for p in range(1, 8) for q in range(1, 8) if gcd(p, q) == 1]
Pair = tuple[Answer, Answer]


def _move(random: Random, lowest: int) -> tuple[int, int]:
    while True:
        across, up = random.randint(lowest, 8), random.randint(lowest, 8)
        if 0 not in (across, up) and across != up:
            return across, up


def letters(of_a: Answer, of_b: Answer) -> str:
    """So much of a and so much of b, without dollar signs.

    Example:
        >>> letters(Rational(1, 2), -1), letters(0, 3), letters(-1, Rational(2, 3))
        ('\\\\frac{1}{2}a - b', '3b', '-a + \\\\frac{2}{3}b')
    """
    parts = ""
    for amount, letter in ((Rational(of_a), "a"), (Rational(of_b), "b")):
        if amount:
            size = "" if abs(amount) == 1 else number(abs(amount))
            sign = ("-" if amount < 0 else "") if not parts else (" - " if amount < 0 else " + ")
            parts += f"{sign}{size}{letter}"
    return parts or "0"


def _sum(random: Random, level: Level) -> tuple[int, int]:
    if level is Level.WORKED:
        return random.choice(((1, 1), (1, -1), (2, 0), (3, 0), (0, 2), (0, 4)))
    return random.choice(((2, 1), (1, 2), (3, 1), (2, -1), (1, -2), (1, -3), (3, -2), (2, -3), (2, 3)))


@generates("vectors")
def vectors(random: Random, level: Level) -> Question:
    """Sums, differences and multiples of columns; a missing number or vector."""
    topic = "vectors"
    lowest = 1 if level is Level.WORKED else -6
    a, b = _move(random, lowest), _move(random, lowest)
    while a[0] * b[1] == a[1] * b[0]:
        b = _move(random, lowest)
    given = f"$a = {column(*a)}$ and $b = {column(*b)}$."
    if level is Level.INDEPENDENT and random.random() < 0.5:
        times, more = random.randint(2, 5), random.choice((-3, -2, -1, 2, 3))
        target = times * a[0] + more * b[0], times * a[1] + more * b[1]
        prompt = (
            f"{given} Find the number $k$ for which $ka {'+' if more > 0 else '-'} "
            f"{abs(more) if abs(more) > 1 else ''}b = {column(*target)}$."
        )
        rest = times * a[0], times * a[1]
        back = f"{column(*target)} {'-' if more > 0 else '+'} {abs(more) if abs(more) > 1 else ''}{column(*b)}"
        steps = [
            f"$ka = {back} = {column(*rest)}$",
            f"$a = {column(*a)}$, so $k = {rest[0]} \\div {f'({a[0]})' if a[0] < 0 else a[0]} = {times}$",
        ]
        wrong = [
            (Rational(target[0] + more * b[0], a[0]), "Adds the other vector instead of taking it away"),
            (Rational(target[0], a[0]), "Leaves out the other vector"),
        ]
        wrong = [each for each in wrong if each[0] != 0] or [(times + 1, "Counts the vector once too often")]
        found = [k for k in range(-20, 21) if (k * a[0] + more * b[0], k * a[1] + more * b[1]) == target]
        return ask(topic, prompt, times, steps, wrong, lambda: found[0])
    if level is Level.INDEPENDENT and random.random() < 0.7:
        times = random.randint(2, 5)
        end = times * a[0] + b[0], times * a[1] + b[1]
        left = times * a[0], times * a[1]
        prompt = f"$b = {column(*b)}$. Find the column vector $x$ for which ${times}x + b = {column(*end)}$."
        steps = [
            f"${times}x = {column(*end)} - {column(*b)} = {column(*left)}$",
            f"Both numbers are divided by ${times}$: $x = {column(*a)}$",
        ]
        slip = Rational(end[0] + b[0], times), Rational(end[1] + b[1], times)
        wrong_pairs = [(left, f"Does not divide by {times}"), (slip, "Adds b instead of taking it away")]
        walked = [b[n] + sum(a[n] for _ in range(times)) for n in (0, 1)]
        return ask(topic, prompt, a, steps, wrong_pairs, lambda: tuple(walked) == end, shown=f"${column(*a)}$")
    p, q = _sum(random, level)
    answer = p * a[0] + q * b[0], p * a[1] + q * b[1]
    named = letters(p, q)
    prompt = f"{given} Work out ${named}$ as a column vector."
    if q == 0 or p == 0:
        times, one = (p, a) if q == 0 else (q, b)
        prompt = f"${'a' if q == 0 else 'b'} = {column(*one)}$. Work out ${named}$ as a column vector."
        steps = [f"Both numbers are multiplied by ${times}$", f"${named} = {column(*answer)}$"]
        wrong = [
            ((times * one[0], one[1]), "Multiplies only the top number"),
            ((one[0] + times, one[1] + times), "Adds the number instead of multiplying"),
        ]
    else:
        first, second = (p * a[0], p * a[1]), (abs(q) * b[0], abs(q) * b[1])
        sign = "+" if q > 0 else "-"
        steps = [f"${named} = {column(*first)} {sign} {column(*second)}$", f"$= {column(*answer)}$"]
        wrong = [
            ((p * a[0] - q * b[0], p * a[1] - q * b[1]), "Mixes up adding and taking away"),
            ((answer[0], p * a[1] - q * b[1]), "Loses the sign of the bottom number"),
        ]
    # Walked one vector at a time.
    place = [0, 0]
    for amount, vector in ((p, a), (q, b)):
        for _ in range(abs(amount)):
            place = [place[n] + (vector[n] if amount > 0 else -vector[n]) for n in (0, 1)]
    return ask(topic, prompt, answer, steps, wrong, lambda: (place[0], place[1]), shown=f"${column(*answer)}$")


def _walk(of_a: Answer, of_b: Answer) -> Answer:
    return of_a * A + of_b * B


def _placed(of_a: Answer, of_b: Answer) -> Pair:
    """Where a vector of the figure leads when A is at (12, 0) and B at (3, 21)."""
    return 12 * of_a + 3 * of_b, 21 * of_b


@generates("vector-geometry")
def routes(random: Random, level: Level) -> Question:
    """The way along a side, to a point that divides it, and between points on two sides."""
    topic = "vector-geometry"
    p, q = random.randint(1, 9), random.randint(1, 9)
    if level is Level.WORKED:
        while p == q == 1:
            p, q = random.randint(1, 9), random.randint(1, 9)
        one, other = letters(p, 0), letters(0, q)
        back = random.random() < 0.5
        way = "BA" if back else "AB"
        sign = -1 if back else 1
        prompt = (
            f"In triangle $OAB$, the vector $OA$ is ${one}$ and the vector $OB$ is ${other}$. "
            f"Write the vector ${way}$ with $a$ and $b$."
        )
        answer = _walk(-sign * p, sign * q)
        shown = letters(-sign * p, sign * q)
        stops = "from $B$ to $O$, then from $O$ to $A$" if back else "from $A$ to $O$, then from $O$ to $B$"
        steps = [f"The route: {stops}; against an arrow the sign changes", f"${way} = {shown}$"]
        wrong = [(_walk(p, q), "Adds the two vectors from O"), (-answer, "Goes the wrong way round")]
        start, end = (_placed(0, q), _placed(p, 0)) if back else (_placed(p, 0), _placed(0, q))
        found = _placed(-sign * p, sign * q)
        return ask(
            topic,
            prompt,
            answer,
            steps,
            wrong,
            lambda: (end[0] - start[0], end[1] - start[1]) == found,
            shown=f"${shown}$",
        )
    figure = "In triangle $OAB$, the vector $OA$ is $a$ and the vector $OB$ is $b$."
    if level is Level.FADED:
        p, q = random.choice(_RATIOS)
        share = Rational(p, p + q)
        where = "$M$ is the midpoint of $AB$." if p == q else f"$M$ lies on $AB$ with $AM : MB = {p} : {q}$."
        prompt = f"{figure} {where} Write the vector $OM$ with $a$ and $b$."
        answer = _walk(1 - share, share)
        shown = letters(1 - share, share)
        part = f"{number(share)}"
        steps = [
            "The route: from $O$ to $A$, then along $AB$ to $M$; $AB = b - a$",
            f"$OM = a + {part}(b - a)$",
            f"$OM = {shown}$",
        ]
        wrong = [
            (_walk(share, 1 - share), "Takes the share from the wrong end"),
            (_walk(1 + share, share), "Takes AB to be a + b"),
            (_walk(-share, share), "Gives the vector AM"),
        ]
        # The point that divides the way in the ratio, from coordinates.
        place = (Rational(q * 12 + p * 3, p + q), Rational(p * 21, p + q))
        return ask(topic, prompt, answer, steps, wrong, lambda: _placed(1 - share, share) == place, shown=f"${shown}$")
    (p, q), (r, s) = random.choice(_RATIOS), random.choice(_RATIOS)
    on_a, on_b = Rational(p, p + q), Rational(r, r + s)
    if random.random() < 0.5:
        prompt = (
            f"{figure} $P$ lies on $OA$ with $OP : PA = {p} : {q}$ and $Q$ lies on $OB$ with $OQ : QB = {r} : {s}$. "
            "Write the vector $PQ$ with $a$ and $b$."
        )
        answer, shown = _walk(-on_a, on_b), letters(-on_a, on_b)
        steps = [
            f"$OP = {letters(on_a, 0)}$ and $OQ = {letters(0, on_b)}$",
            "The route: from $P$ to $O$, then from $O$ to $Q$",
            f"$PQ = {shown}$",
        ]
        wrong = [
            (_walk(on_a, on_b), "Adds the two vectors from O"),
            (_walk(-Rational(p, q), Rational(r, s)), "Takes the ratio for the share"),
        ]
        start, end = _placed(on_a, 0), _placed(0, on_b)
        found = _placed(-on_a, on_b)
        return ask(
            topic,
            prompt,
            answer,
            steps,
            wrong,
            lambda: (end[0] - start[0], end[1] - start[1]) == found,
            shown=f"${shown}$",
        )
    prompt = (
        f"{figure} $P$ lies on $OA$ with $OP : PA = {p} : {q}$ and $M$ lies on $AB$ with $AM : MB = {r} : {s}$. "
        "Write the vector $PM$ with $a$ and $b$."
    )
    left = 1 - on_a
    of_a, of_b = left - on_b, on_b
    answer, shown = _walk(of_a, of_b), letters(of_a, of_b)
    steps = [
        f"$PA = {letters(left, 0)}$ and $AB = b - a$",
        f"$PM = PA + AM = {letters(left, 0)} + {number(on_b)}(b - a)$",
        f"$PM = {shown}$",
    ]
    wrong = [
        (_walk(left + on_b, on_b), "Takes AB to be a + b"),
        (_walk(on_a - on_b, on_b), "Uses OP instead of PA"),
        (_walk(1 - on_b, on_b), "Starts at O"),
    ]
    start = _placed(on_a, 0)
    end = (Rational(s * 12 + r * 3, r + s), Rational(r * 21, r + s))
    found = _placed(of_a, of_b)
    return ask(
        topic, prompt, answer, steps, wrong, lambda: (end[0] - start[0], end[1] - start[1]) == found, shown=f"${shown}$"
    )
