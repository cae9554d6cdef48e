"""Questions on algebraic fractions, functions and proof."""

from __future__ import annotations

from math import gcd
from random import Random

import sympy

from model.questions.algebra.writing import N, X, agrees, bracket, fitting, held, made, terms, tex
from model.questions.question import Level, Question, generates


@generates("algebraic-fractions")
def fractions_with_letters(random: Random, level: Level) -> Question:
    """Fractions with letters: added with numbers below, then with letters below, then cancelled by factors."""
    a, b = random.sample(range(2, 8), 2)
    if level is Level.WORKED:
        common = int(sympy.lcm(a, b))
        p, q = (random.choice([size for size in range(1, 5) if gcd(size, under) == 1]) for under in (a, b))
        answer = p * X / a + q * X / b
        top = p * common // a + q * common // b
        first, second = (f"\\frac{{{terms((size, 'x'))}}}{{{under}}}" for size, under in ((p, a), (q, b)))
        over = [f"\\frac{{{terms((size * common // under, 'x'))}}}{{{common}}}" for size, under in ((p, a), (q, b))]
        shared = gcd(top, common)
        last = f"\\frac{{{terms((top, 'x'))}}}{{{common}}}" + (f" = {tex(answer)}" if shared > 1 else "")
        return made(
            "algebraic-fractions",
            f"Write ${first} + {second}$ as a single fraction in its simplest form",
            answer,
            (f"Both go into ${common}$: ${over[0]} + {over[1]}$", f"$= {last}$"),
            [
                ((p + q) * X / (a + b), "Adds the tops and the bottoms"),
                ((p + q) * X / common, "Leaves the tops as they were"),
            ],
            lambda: agrees(answer, lambda x: sympy.Rational(p, a) * x + sympy.Rational(q, b) * x),
        )
    if level is Level.FADED:
        p, q = random.randint(1, 6), random.randint(1, 6)
        below = X * (X + b)
        answer = ((p + q) * X + p * b) / below
        text = f"\\frac{{{p}}}{{x}} + \\frac{{{q}}}{{x + {b}}}"
        whole = f"\\frac{{{terms((p + q, 'x'), (p * b, ''))}}}{{x(x + {b})}}"
        return made(
            "algebraic-fractions",
            f"Write ${text}$ as a single fraction",
            answer,
            (
                f"Both bottoms go into $x(x + {b})$",
                f"$\\frac{{{terms((p, f'(x + {b})'))}}}{{x(x + {b})}} + \\frac{{{terms((q, 'x'))}}}{{x(x + {b})}}$",
                f"$= {whole}$",
            ),
            [
                ((p + q) / (2 * X + b), "Adds the tops and the bottoms"),
                ((p + q) / below, "Leaves the tops as they were"),
            ],
            lambda: not fitting(lambda x: x * (x + b) != 0 and answer.subs(X, x) != p / x + q / (x + b)),
            f"${whole}$",
        )
    r, s, t = random.sample([value for value in range(-7, 8) if value], 3)
    while 0 in (r + s, r + t):
        r, s, t = random.sample([value for value in range(-7, 8) if value], 3)
    top, under = (sympy.expand((X + r) * (X + other)) for other in (s, t))
    answer = (X + s) / (X + t)
    return made(
        "algebraic-fractions",
        f"Simplify $\\frac{{{tex(top)}}}{{{tex(under)}}}$",
        answer,
        (
            f"Factorise both: $\\frac{{{bracket(r)}{bracket(s)}}}{{{bracket(r)}{bracket(t)}}}$",
            f"Cancel the factor ${bracket(r)}$: $\\frac{{{terms((1, 'x'), (s, ''))}}}{{{terms((1, 'x'), (t, ''))}}}$",
        ),
        [
            (((r + s) * X + r * s) / ((r + t) * X + r * t), "Cancels terms in place of factors"),
            (sympy.Rational(s, t), "Cancels x in what is left, where it is a term"),
        ],
        # One number after another in the fraction that was asked for; none of them makes a bottom 0.
        lambda: not fitting(lambda x: under.subs(X, x) != 0 and top.subs(X, x) * (x + t) != under.subs(X, x) * (x + s)),
        f"$\\frac{{{terms((1, 'x'), (s, ''))}}}{{{terms((1, 'x'), (t, ''))}}}$",
    )


@generates("functions")
def composites(random: Random, level: Level) -> Question:
    """Composite functions with a number, then with x, then inverses."""
    a, b, c, x = random.randint(2, 6), random.randint(1, 9), random.randint(1, 6), random.randint(2, 6)
    f, g = f"f(x) = {a}x + {b}", f"g(x) = x^{{2}} - {c}"
    if level is Level.WORKED:
        inner = x * x - c
        return made(
            "functions",
            f"${f}$ and ${g}$. Work out $fg({x})$",
            sympy.Integer(a * inner + b),
            (
                f"$g$ comes first: $g({x}) = {x}^{{2}} - {c} = {inner}$",
                f"$f({inner}) = {a} \\times {held(inner)} + {b} = {a * inner + b}$",
            ),
            [
                (sympy.Integer((a * x + b) ** 2 - c), "Does f first, reading from left to right"),
                (sympy.Integer((a * x + b) * inner), "Multiplies the two functions"),
            ],
            lambda: sum([sum([x] * x) - c] * a) + b,
        )
    if level is Level.FADED:
        d = random.choice((1, -1)) * random.randint(1, 9)
        answer = a * (c * X + d) + b
        return made(
            "functions",
            f"${f}$ and $g(x) = {terms((c, 'x'), (d, ''))}$. Find $fg(x)$ as simply as possible",
            sympy.expand(answer),
            (
                f"Put $g(x)$ into $f$: $fg(x) = {a}({terms((c, 'x'), (d, ''))}) + {b}$",
                f"$= {terms((a * c, 'x'), (a * d, ''), (b, ''))} = {terms((a * c, 'x'), (a * d + b, ''))}$",
            ),
            [
                (sympy.expand(c * (a * X + b) + d), "Does f first, reading from left to right"),
                (sympy.expand((a * X + b) * (c * X + d)), "Multiplies the two functions"),
            ],
            lambda: agrees(sympy.expand(answer), lambda value: sum([c * value + d] * a) + b),
        )
    b, d = random.choice((b, -b)), random.choice([size for size in (2, 3, 5, 7, 11) if a % size])
    answer = (d * X - b) / a
    top = f"\\frac{{{terms((a, 'x'), (b, ''))}}}{{{d}}}"
    inverse = f"\\frac{{{terms((d, 'x'), (-b, ''))}}}{{{a}}}"
    return made(
        "functions",
        f"$f(x) = {top}$. Find $f^{{-1}}(x)$",
        answer,
        (
            f"Write $y = {top}$, so ${d}y = {terms((a, 'x'), (b, ''))}$",
            f"${d}y {'-' if b > 0 else '+'} {abs(b)} = {a}x$, so $x = {inverse.replace('x', 'y')}$",
            f"$f^{{-1}}(x) = {inverse}$",
        ),
        [
            (d / (a * X + b), "Takes the inverse for one over the function"),
            ((d * X + b) / a, "Does the same again where it should be undone"),
        ],
        lambda: all(answer.subs(X, sympy.Rational(a * value + b, d)) == value for value in range(-9, 10)),
        f"$f^{{-1}}(x) = {inverse}$",
    )


@generates("proof")
def proving(random: Random, level: Level) -> Question:
    """The last line of a proof: numbers in a row, then squares, then counterexamples or odd and even numbers."""
    if level is Level.WORKED:
        start, count = random.randint(0, 15), random.choice((3, 5, 7))
        first = sympy.expand(N + start)
        whole = [terms((1, "n"), (start + place, "")) for place in range(count)]
        middle = terms((1, "n"), (start + count // 2, ""))
        total = terms((count, "n"), (sum(range(start, start + count)), ""))
        return made(
            "proof",
            f"Prove that ${whole[0]}$ and the {('', '', '', 'two', '', 'four', '', 'six')[count]} whole numbers that follow it "
            f"add up to a multiple of {count}. Finish: the sum is ${count} \\times \\ldots$",
            N + start + count // 2,
            (
                f"The numbers are ${', '.join(whole)}$",
                f"Their sum is ${total}$",
                f"$= {count}({middle})$, and ${middle}$ is a whole number, so what is missing is ${middle}$",
            ),
            [
                (count * N + sum(range(start, start + count)), "Gives the whole sum, not the factor"),
                (N + sum(range(start, start + count)), "Divides only the first term"),
            ],
            lambda: all(
                (N + start + count // 2).subs(N, n) * count == sum(first.subs(N, n) + place for place in range(count))
                for n in range(-5, 6)
            ),
        )
    if level is Level.FADED:
        a, b = sorted(random.sample(range(-6, 10), 2), reverse=True)
        while a + b == 0 or (a + b) % 2:
            a, b = sorted(random.sample(range(-6, 10), 2), reverse=True)
        apart, half = a - b, (a + b) // 2
        one, two = (f"({terms((1, 'n'), (shift, ''))})^{{2}}" if shift else "n^{2}" for shift in (a, b))
        inside = terms((1, "n"), (half, ""))
        opened = [terms((1, "n^{2}"), (2 * shift, "n"), (shift * shift, "")) for shift in (a, b)]
        second = f"({opened[1]})" if b else opened[1]
        return made(
            "proof",
            f"Prove that ${one} - {two}$ is a multiple of {2 * apart} for every whole number $n$. "
            f"Finish: ${one} - {two} = {2 * apart} \\times \\ldots$",
            N + half,
            (
                f"Expand: ${opened[0]} - {second}$",
                f"$= {terms((2 * apart, 'n'), (a * a - b * b, ''))}$",
                f"$= {2 * apart}({inside})$, and ${inside}$ is a whole number, so what is missing is ${inside}$",
            ),
            [
                (2 * apart * N + a * a - b * b, "Gives the whole difference, not the factor"),
                (N + a * a - b * b, "Divides only the first term"),
                (
                    sympy.Rational(a * a - b * b, 2 * apart) + 0 * N,
                    "Squares each bracket term by term, so the n vanishes",
                ),
            ],
            lambda: all((n + a) ** 2 - (n + b) ** 2 == 2 * apart * (N + half).subs(N, n) for n in range(-5, 6)),
        )
    over = 0
    while over == 0:
        k = random.randint(2, 12)
        m, power = random.randint(1, k - 1), random.choice((2, 3)) if k <= 5 else 2
        over = m**power % k
    number = terms((k, "n"), (m, ""))
    opened = sympy.expand((k * N + m) ** power)
    answer = sympy.expand((opened - over) / k)
    name = {2: "square", 3: "cube"}[power]
    return made(
        "proof",
        f"A whole number is {m} more than a multiple of {k}. Prove that its {name} is {over} more than a multiple of {k}. "
        f"Finish: $({number})^{{{power}}} = {k}(\\ldots) + {over}$",
        answer,
        (
            f"Let the number be ${number}$, where $n$ is a whole number",
            f"$({number})^{{{power}}} = {tex(opened)}$",
            f"$= {k}({tex(answer)}) + {over}$, so what is missing is ${tex(answer)}$",
        ),
        [
            (
                sympy.expand(k ** (power - 1) * N**power + sympy.Rational(m**power - over, k)),
                "Raises each term to the power on its own",
            ),
            (sympy.expand(opened - over), "Leaves the factor in the bracket as well"),
        ],
        lambda: all(sum([n * k + m] * (n * k + m) ** (power - 1)) == k * answer.subs(N, n) + over for n in range(6)),
    )
