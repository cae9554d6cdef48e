"""Questions on writing, simplifying, expanding and factorising expressions."""

from __future__ import annotations

from math import gcd
from random import Random

import sympy

from model.questions.algebra.writing import N, X, Y, agrees, bracket, held, made, plain, terms, tex
from model.questions.question import Level, Question, generates

_GOODS = (("pen", "p"), ("ruler", "r"), ("book", "b"), ("glue stick", "g"), ("compass", "c"), ("folder", "f"))


@generates("notation")
def writing(random: Random, level: Level) -> Question:
    """Words into expressions."""
    a, b = random.sample(range(2, 10), 2)
    if level is Level.WORKED:
        (one, p), (other, q) = random.sample([goods for goods in _GOODS if goods[0] != "compass"], 2)
        answer = a * sympy.Symbol(p) + b * sympy.Symbol(q)
        return made(
            "notation",
            f"A {one} costs ${p}$ pence and a {other} costs ${q}$ pence. Write an expression for the cost in pence of "
            f"{a} {one}s and {b} {other}s",
            answer,
            (
                f"{a} {one}s cost ${a} \\times {p} = {a}{p}$ pence, {b} {other}s cost ${b} \\times {q} = {b}{q}$ pence",
                f"Together, in pence: ${a}{p} + {b}{q}$",
            ),
            [
                ((a + b) * sympy.Symbol(p) * sympy.Symbol(q), "Joins letters that stand for different numbers"),
                (sympy.Symbol(p) + sympy.Symbol(q) + a + b, "Adds the number of things in place of multiplying"),
            ],
            # Pencil and paper: so many times 20 pence and so many times 35 pence, one after the other.
            lambda: answer.subs({p: 20, q: 35}) == sum([20] * a + [35] * b),
            f"${a}{p} + {b}{q}$",
        )
    if level is Level.FADED:
        first = random.random() < 0.5
        inside, outside = f"{a}(n + {b})", f"{a}n + {b}"
        answer = sympy.expand(a * (N + b)) if first else a * N + b
        return made(
            "notation",
            f"I think of a number $n$, {f'add {b} and then multiply by {a}' if first else f'multiply it by {a} and then add {b}'}. "
            "Write an expression for my result",
            answer,
            (
                f"After the first step: ${f'n + {b}' if first else f'{a}n'}$",
                f"After the second: ${inside if first else outside}$",
            ),
            [
                (a * N + b if first else sympy.expand(a * (N + b)), "Writes the steps in the other order"),
                (a * b * N, "Joins a letter and a number that are added"),
            ],
            lambda: agrees(answer, lambda n: sum([n + b] * a) if first else sum([n] * a) + b, N),
            f"${inside if first else outside}$",
        )
    b = random.randint(2, 5)
    answer = sympy.expand(N + (N + a) + b * (N + a))
    times = {2: "twice", 3: "three times", 4: "four times", 5: "five times"}[b]
    return made(
        "notation",
        f"Ann has $n$ cards. Ben has {a} more cards than Ann. Cem has {times} as many cards as Ben. "
        "Write an expression, as simply as possible, for the number of cards that they have altogether",
        answer,
        (f"Ben: $n + {a}$, Cem: ${b}(n + {a})$", f"$n + n + {a} + {b}n + {a * b}$", f"$= {tex(answer)}$"),
        [
            ((b + 2) * N + 2 * a, "Multiplies only the letter in the bracket"),
            ((b + 1) * N + a * (b + 1), "Leaves out the first person"),
        ],
        lambda: agrees(answer, lambda n: sum([n, n + a] + [n + a] * b), N),
    )


@generates("simplifying")
def collecting(random: Random, level: Level) -> Question:
    """Like terms: two letters, then with signs, then with squares."""
    letters = {Level.WORKED: ("x", ""), Level.FADED: ("x", "y"), Level.INDEPENDENT: ("x^{2}", "x")}[level]
    values = {"x": X, "y": Y, "": sympy.Integer(1), "x^{2}": X**2}
    while True:
        a, b, c, d = (random.randint(1, 9) for _ in range(4))
        if level is not Level.WORKED:
            b, c, d = (value * random.choice((1, -1)) for value in (b, c, d))
        if (a + c and b + d and min(b, c, d) < 0) or level is Level.WORKED:
            break
    one, other = (values[letter] for letter in letters)
    answer = (a + c) * one + (b + d) * other
    joined = (a + b + c + d) * one * other
    return made(
        "simplifying",
        f"Simplify ${terms((a, letters[0]), (b, letters[1]), (c, letters[0]), (d, letters[1]))}$",
        answer,
        (
            f"Like terms side by side: ${terms((a, letters[0]), (c, letters[0]), (b, letters[1]), (d, letters[1]))}$",
            f"$= {terms((a + c, letters[0]), (b + d, letters[1]))}$",
        ),
        [
            (joined, "Joins terms that are not alike"),
            ((a + abs(c)) * one + (abs(b) + abs(d)) * other, "Loses the minus signs"),
            ((a + c) * one**2 + (b + d) * other, "Multiplies the letters where like terms are added"),
        ],
        lambda: (
            answer.subs({X: 10, Y: 7})
            == sum(part * value.subs({X: 10, Y: 7}) for part, value in ((a, one), (b, other), (c, one), (d, other)))
        ),
        f"${terms((a + c, letters[0]), (b + d, letters[1]))}$",
    )


@generates("substitution")
def putting_in(random: Random, level: Level) -> Question:
    """A number put in for x: first once, then squared, then negative."""
    a, b, x = random.randint(2, 9), random.randint(1, 12), random.randint(2, 9)
    if level is Level.WORKED:
        text, answer = f"{a}x + {b}", a * x + b
        steps = [f"${a}x$ means {a} times $x$: ${a} \\times {x} = {a * x}$", f"${a * x} + {b} = {answer}$"]
        wrong = [
            (int(f"{a}{x}") + b, "Writes the digits side by side"),
            (a + x + b, "Adds where the letter is multiplied"),
        ]
        again = sum([x] * a + [b])
    elif level is Level.FADED:
        a, x = random.randint(2, 5), random.randint(2, 6)
        text, answer = f"{a}x^{{2}} - {b}", a * x * x - b
        steps = [f"Square first: ${x}^{{2}} = {x * x}$", f"${a} \\times {x * x} - {b} = {a * x * x} - {b} = {answer}$"]
        wrong = [((a * x) ** 2 - b, "Multiplies before squaring"), (a * 2 * x - b, "Doubles where it should square")]
        again = sum([x] * x * a) - b
    else:
        a, x = random.randint(2, 5), -random.randint(2, 9)
        text, answer = f"x^{{2}} - {a}x + {b}", x * x - a * x + b
        steps = [f"With brackets: $({x})^{{2}} - {a} \\times ({x}) + {b}$", f"$= {x * x} + {-a * x} + {b} = {answer}$"]
        wrong = [
            (-x * x - a * x + b, "Squares a negative number to a negative one"),
            (x * x + a * x + b, "Loses a minus sign"),
        ]
        again = sum([-x] * -x) - sum([x] * a) + b
    return made(
        "substitution",
        f"Work out ${text}$ when $x = {x}$",
        sympy.Integer(answer),
        steps,
        [(sympy.Integer(value), why) for value, why in wrong],
        lambda: again,  # by adding again and again
    )


@generates("expanding")
def one_bracket(random: Random, level: Level) -> Question:
    """A number before a bracket; then with a minus inside; then two brackets or a negative number before one."""
    a, b, c = random.randint(2, 9), random.randint(2, 6), random.randint(1, 9)
    if level is Level.WORKED:
        answer, text = a * X + a * c, f"{a}(x + {c})"
        steps = (f"${a} \\times x = {a}x$ and ${a} \\times {c} = {a * c}$", f"${text} = {tex(answer)}$")
        wrong = [
            (a * X + c, "Multiplies only the first term"),
            (a * X + a + c, "Adds the numbers instead of multiplying"),
        ]
        return made(
            "expanding", f"Expand ${text}$", answer, steps, wrong, lambda: agrees(answer, lambda x: sum([x + c] * a))
        )
    if level is Level.FADED:
        answer, text = a * b * X - a * c, f"{a}({b}x - {c})"
        steps = (f"${a} \\times {b}x = {a * b}x$ and ${a} \\times (-{c}) = -{a * c}$", f"${text} = {tex(answer)}$")
        wrong = [(a * b * X - c, "Multiplies only the first term"), (a * b * X + a * c, "Loses the minus sign")]
        return made(
            "expanding",
            f"Expand ${text}$",
            answer,
            steps,
            wrong,
            lambda: agrees(answer, lambda x: sum([b * x - c] * a)),
        )
    d, e = random.randint(2, 5), random.randint(1, 6)
    answer = sympy.expand(a * (X + c) - d * (X - e))
    opened = terms((a, "x"), (a * c, ""), (-d, "x"), (d * e, ""))
    return made(
        "expanding",
        f"Expand and simplify ${a}(x + {c}) - {d}(x - {e})$",
        answer,
        (f"${a}(x + {c}) = {a}x + {a * c}$", f"$-{d}(x - {e}) = -{d}x + {d * e}$", f"${opened} = {tex(answer)}$"),
        [
            ((a - d) * X + a * c - d * e, "Takes minus times minus to be minus"),
            ((a - d) * X + c - e, "Multiplies only the first term of each bracket"),
        ],
        lambda: agrees(answer, lambda x: sum([x + c] * a) - sum([x - e] * d)),
    )


@generates("double-brackets")
def two_brackets(random: Random, level: Level) -> Question:
    """Two brackets multiplied out, or one squared."""
    p, a, b = 1, *random.sample(range(1, 10), 2)
    if level is not Level.WORKED:
        a, b = random.choice(((a, -b), (-a, b), (-a, -b)))
    if level is Level.INDEPENDENT:
        p = random.choice([1, *(size for size in (2, 3, 5) if a % size)])
        b = a if p == 1 else b
    first = f"({terms((p, 'x'), (a, ''))})"
    text = f"{first}^{{2}}" if p == 1 and a == b else f"{first}{bracket(b)}"
    answer = sympy.expand((p * X + a) * (X + b))
    four = terms((p, "x^{2}"), (p * b, "x"), (a, "x"), (a * b, ""))
    return made(
        "double-brackets",
        f"Expand and simplify ${text}$",
        answer,
        (
            f"Each term of the first bracket times each of the second: ${four}$",
            f"Join the terms in $x$: ${terms((p * b, 'x'), (a, 'x'))} = {terms((p * b + a, 'x'))}$",
            f"${text} = {tex(answer)}$",
        ),
        [
            (p * X**2 + a * b, "Multiplies first by first and last by last only"),
            (p * X**2 + (p * b + a) * X + a + b, "Adds the numbers at the end instead of multiplying"),
            (p * X**2 + (p * abs(b) + abs(a)) * X + abs(a * b), "Loses the minus signs"),
        ],
        lambda: agrees(answer, lambda x: (p * x + a) * (x + b)),
    )


@generates("factorising")
def common_factor(random: Random, level: Level) -> Question:
    """The largest common factor taken out: a number, then with letters."""
    factor = random.choice({Level.WORKED: (2, 3, 5), Level.FADED: (4, 6, 8, 9, 10)}.get(level, (4, 6, 8, 9, 10, 12)))
    while True:
        a, b = random.randint(1, 7), random.choice((1, -1)) * random.randint(1, 9)
        if gcd(a, b) == 1 and (level is not Level.WORKED or b > 0) and (level is Level.WORKED or a > 1):
            break
    letters = ("x^{2}", "x") if level is Level.INDEPENDENT else ("x", "")
    outside = f"{factor}x" if level is Level.INDEPENDENT else str(factor)
    asked, inside = terms((factor * a, letters[0]), (factor * b, letters[1])), terms((a, "x"), (b, ""))
    part = next(size for size in range(2, factor + 1) if factor % size == 0)
    left = terms((factor // part * a, letters[0]), (factor // part * b, letters[1]))
    wrong = [(plain(f"{outside}({terms((a, 'x'), (factor * b, ''))})"), "Divides only the first term")]
    if part < factor or level is Level.INDEPENDENT:
        wrong.insert(0, (plain(f"{part}({left})"), "Takes out a common factor that is not the largest"))
    answer = plain(f"{outside}({inside})")
    bare = X if level is Level.INDEPENDENT else sympy.Integer(1)
    return made(
        "factorising",
        f"Factorise ${asked}$ fully",
        answer,
        (
            f"The largest factor of both terms: ${outside}$",
            f"${terms((factor * a, letters[0]))} = {outside} \\times {terms((a, 'x'))}$ and "
            f"${terms((factor * b, letters[1]))} = {outside} \\times {held(b)}$",
            f"${asked} = {outside}({inside})$",
        ),
        wrong,
        lambda: (
            agrees(
                factor * bare * (a * X + b), lambda x: factor * a * x * bare.subs(X, x) + factor * b * bare.subs(X, x)
            )
            and not any(a % size == 0 and b % size == 0 for size in range(2, 10))
        ),
        f"${outside}({inside})$",
    )
