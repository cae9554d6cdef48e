"""Questions on factors, multiples and primes."""

from __future__ import annotations

from functools import reduce
from itertools import count
from random import Random

import sympy

from model.questions.question import Level, Question, generates
from model.questions.written import asked, by, times

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@generates("factors-and-multiples")
def factors(random: Random, level: Level) -> Question:
    """All factors of a number; the highest common factor or lowest common multiple of two; of three."""
    if level is Level.WORKED:
        n = random.choice([n for n in range(8, 100) if 3 <= sympy.divisor_count(n) <= 9])
        pairs = [(d, n // d) for d in range(1, n + 1) if n % d == 0 and d * d <= n]
        found = tuple(sorted({part for pair in pairs for part in pair}))
        return asked(
            "factors-and-multiples",
            f"Write all factors of {n} in order, smallest first",
            found,
            "In pairs: " + ", ".join(f"${x} \\times {y}$" for x, y in pairs),
            ", ".join(f"${each}$" for each in found),
            shown=", ".join(f"${each}$" for each in found),
            wrong=[
                (found[1:-1], "Leaves out 1 and the number itself"),
                (tuple(n * k for k in range(1, 5)), "Gives multiples instead of factors"),
            ],
            check=lambda: tuple(d for d in range(1, n + 1) if d * (n // d) == n),
        )
    highest = random.random() < 0.5
    several = random.choice([2, 3]) if level is Level.INDEPENDENT else 2
    shared = random.randint(2, 12) if highest else random.randint(1, 4)
    numbers = sorted(shared * k for k in random.sample(range(2, 8 if highest else 6), several))
    hcf, lcm = reduce(sympy.igcd, numbers), reduce(sympy.ilcm, numbers)
    if min(numbers) == hcf or max(numbers) == lcm or lcm > 400 or (hcf == 1 and highest) or min(numbers) < 4:
        return factors(random, level)
    listed = ", ".join(map(str, numbers[:-1])) + f" and {numbers[-1]}"
    rows = [
        f"{'Factors' if highest else 'Multiples'} of {n}: "
        + ", ".join(map(str, sympy.divisors(n) if highest else range(n, min(lcm, 8 * n) + 1, n)))
        + ("" if highest or lcm <= 8 * n else f", ..., {lcm}")
        for n in numbers
    ]
    product = int(sympy.prod(numbers))
    top = range(1, min(numbers) + 1)
    return asked(
        "factors-and-multiples",
        f"Find the {'highest common factor' if highest else 'lowest common multiple'} of {listed}",
        hcf if highest else lcm,
        *rows,
        f"The {'largest' if highest else 'smallest'} in every list is ${hcf if highest else lcm}$",
        wrong=[
            (lcm if highest else hcf, f"Gives the {'lowest common multiple' if highest else 'highest common factor'}"),
            (max(d for d in range(1, hcf) if hcf % d == 0), "Stops at a common factor that is not the highest")
            if highest
            else (product, "Multiplies the numbers together"),
        ],
        check=lambda: (
            max(d for d in top if all(n % d == 0 for n in numbers))
            if highest
            else next(m for m in count(1) if all(m % n == 0 for n in numbers))
        ),
    )


@generates("prime-factors")
def prime_factors(random: Random, level: Level) -> Question:
    """A number as a product of primes; with powers; common factors and multiples from prime factors."""
    if level is Level.INDEPENDENT:
        return _common(random)
    n = random.choice(
        [
            n
            for n in range(12, by(level, 140, 400))
            if max(sympy.primefactors(n)) < 12
            and sum(sympy.factorint(n).values()) > by(level, 2, 3)
            and len(sympy.primefactors(n)) > 1
        ]
    )
    primes = [p for p, times_ in sympy.factorint(n).items() for _ in range(times_)]
    answer = _in_words(primes)
    largest = primes[-1] * primes[-2]
    rest = [n]
    for prime in primes[:-1]:
        rest.append(rest[-1] // prime)
    splits = ", ".join(
        f"${whole} = {prime} \\times {part}$" for whole, prime, part in zip(rest, primes, rest[1:], strict=False)
    )
    return asked(
        "prime-factors",
        f"Write {n} as a product of its prime factors, with powers",
        answer,
        f"Split off primes: {splits}",
        f"${n} = {times(primes)}$",
        f"$= {_in_latex(primes)}$",
        shown=f"${_in_latex(primes)}$",
        wrong=[
            (" × ".join(map(str, [*primes[:-2], largest])), "Stops at a number that is not prime"),
            (" × ".join(map(str, sorted(set(primes)))), "Writes each prime only once"),
            (" + ".join(map(str, primes)), "Adds the primes"),
        ],
        check=lambda: (
            _in_words(sorted(primes))
            if sympy.prod(primes) == n and all(p > 1 and all(p % d for d in range(2, p)) for p in primes)
            else False
        ),
    )


def _common(random: Random) -> Question:
    shapes = [{2: random.randint(1, 3), 3: random.randint(0, 2), random.choice([5, 7]): 1} for _ in range(2)]
    lists = [[p for p, powers in shape.items() for _ in range(powers)] for shape in shapes]
    a, b = (int(sympy.prod(primes)) for primes in lists)
    highest = random.random() < 0.5
    both = [
        p
        for p in sorted(set(lists[0] + lists[1]))
        for _ in range((min if highest else max)(lists[0].count(p), lists[1].count(p)))
    ]
    answer = int(sympy.prod(both))
    other = a * b // answer
    if a == b or answer in (a, b) or len(both) < 2 or max(answer, other) > 3000:
        return _common(random)
    name, opposite = (
        ("highest common factor", "lowest common multiple")
        if highest
        else ("lowest common multiple", "highest common factor")
    )
    return asked(
        "prime-factors",
        f"${a} = {_in_latex(lists[0])}$ and ${b} = {_in_latex(lists[1])}$. Find the {name} of {a} and {b}",
        answer,
        "Take each prime as often as it stands in both"
        if highest
        else "Take each prime as often as it stands in the number that has more of it",
        f"${times(both)} = {answer}$",
        wrong=[
            (other, f"Gives the {opposite}"),
            (a * b, "Multiplies all the primes of both numbers"),
            (int(sympy.prod(set(both))), "Takes each prime only once"),
        ],
        check=lambda: (
            max(d for d in range(1, a + 1) if a % d == 0 and b % d == 0)
            if highest
            else next(m for m in range(a, a * b + 1, a) if m % b == 0)
        ),
    )


def _in_words(primes: list[int]) -> str:
    return " × ".join(
        f"{p}{str(primes.count(p)).translate(_SUPERSCRIPTS) if primes.count(p) > 1 else ''}"
        for p in sorted(set(primes))
    )


def _in_latex(primes: list[int]) -> str:
    return times(f"{p}^{{{primes.count(p)}}}" if primes.count(p) > 1 else p for p in sorted(set(primes)))
