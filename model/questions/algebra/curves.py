"""Questions on curves, graphs of real situations, and regions."""

from __future__ import annotations

from random import Random

import sympy

from model.questions.algebra.writing import X, bracket, fitting, held, made, quadratic, terms, tex
from model.questions.question import Level, Question, generates, number


def _over(top: str, bottom: str) -> str:
    return f"\\frac{{{top}}}{{{bottom}}}"


def _pounds(value: sympy.Rational) -> str:
    pence = int(value * 100)
    return f"£{pence // 100}" + (f".{pence % 100:02d}" if pence % 100 else "")


@generates("quadratic-graphs")
def curve_points(random: Random, level: Level) -> Question:
    """Where a parabola crosses the x-axis, then its turning point by symmetry, then by completing the square."""
    if level is Level.WORKED:
        a, b = random.sample([size for size in range(-7, 8) if size], 2)
        roots = tuple(sorted((sympy.Integer(-a), sympy.Integer(-b))))
        return made(
            "quadratic-graphs",
            f"At which values of $x$ does the graph of $y = {bracket(a)}{bracket(b)}$ cross the $x$-axis?",
            roots,
            (
                f"On the $x$-axis $y = 0$, so ${terms((1, 'x'), (a, ''))} = 0$ or ${terms((1, 'x'), (b, ''))} = 0$",
                f"$x = {roots[0]}$ and $x = {roots[1]}$",
            ),
            [
                (
                    tuple(sorted((sympy.Integer(a), sympy.Integer(b)))),
                    "Takes the numbers of the brackets with their signs",
                ),
                (sympy.Integer(a * b), "Gives where the graph crosses the y-axis"),
            ],
            lambda: fitting(lambda x: (x + a) * (x + b) == 0),
            f"$x = {roots[0]}$ and $x = {roots[1]}$",
        )
    middle = random.choice([size for size in range(-6, 7) if size])
    if level is Level.FADED:
        apart = random.randint(1, 5)
        while apart == abs(middle):
            apart = random.randint(1, 5)
        lowest = -apart * apart
        text = f"{bracket(apart - middle)}{bracket(-apart - middle)}"
        steps = [
            f"It crosses the $x$-axis at ${middle - apart}$ and ${middle + apart}$; halfway is $x = {middle}$",
            f"There $y = ({middle} {'-' if middle - apart > 0 else '+'} {abs(middle - apart)})({middle} "
            f"{'-' if middle + apart > 0 else '+'} {abs(middle + apart)}) = {lowest}$",
        ]
    else:
        lowest = random.randint(-9, 9)
        text = quadratic(1, -2 * middle, middle * middle + lowest)
        square = f"{bracket(-middle)}^{{2}}" + (f" {'-' if lowest < 0 else '+'} {abs(lowest)}" if lowest else "")
        steps = [f"Complete the square: $y = {square}$", f"The square is smallest, 0, when $x = {middle}$"]
    steps.append(f"The turning point is $({middle}, {lowest})$")

    def height(x: sympy.Rational) -> sympy.Rational:
        return (
            (x + apart - middle) * (x - apart - middle)
            if level is Level.FADED
            else x * x - 2 * middle * x + middle * middle + lowest
        )

    return made(
        "quadratic-graphs",
        f"Find the turning point of the graph of $y = {text}$",
        (sympy.Integer(middle), sympy.Integer(lowest)),
        steps,
        [
            ((sympy.Integer(-middle), sympy.Integer(lowest)), "Takes the number in the bracket with its sign"),
            ((sympy.Integer(0), height(sympy.Integer(0))), "Gives where the graph crosses the y-axis"),
        ],
        lambda: min(
            ((x, height(x)) for x in (sympy.Rational(half, 2) for half in range(-40, 41))), key=lambda point: point[1]
        ),
        f"$({middle}, {lowest})$",
    )


@generates("cubic-and-reciprocal-graphs")
def other_curves(random: Random, level: Level) -> Question:
    """Values on a reciprocal and a cubic curve; then the equation from a table of values."""
    if level is Level.WORKED:
        x = random.choice((-1, 1)) * random.choice((2, 3, 4, 5, 6))
        k = abs(x) * random.randint(2, 9)
        return made(
            "cubic-and-reciprocal-graphs",
            f"A point on the graph of $y = {_over(str(k), 'x')}$ has $x = {x}$. Find its $y$-coordinate",
            sympy.Rational(k, x),
            (f"Put ${x}$ in for $x$: $y = {_over(str(k), str(x))}$", f"$y = {k // x}$"),
            [(sympy.Integer(k * x), "Multiplies instead of dividing"), (sympy.Rational(-k, x), "Gets the sign wrong")],
            lambda: fitting(lambda y: x * y == k)[0],
        )
    if level is Level.FADED:
        x, b, c = -random.randint(2, 5), random.randint(2, 6), random.randint(1, 9)
        value = x**3 + b * x + c
        return made(
            "cubic-and-reciprocal-graphs",
            f"A point on the graph of $y = {terms((1, 'x^{3}'), (b, 'x'), (c, ''))}$ has $x = {x}$. Find its $y$-coordinate",
            sympy.Integer(value),
            (
                f"${held(x)}^{{3}} = {x**3}$ and ${terms((b, held(x)))} = {b * x}$",
                f"$y = {x**3} - {-b * x} + {c} = {value}$",
            ),
            [
                (sympy.Integer(-(x**3) + b * x + c), "Cubes a negative number to a positive one"),
                (sympy.Integer(3 * x + b * x + c), "Multiplies by 3 instead of cubing"),
            ],
            lambda: c - sum([sum([-x] * -x)] * -x) - sum([-x] * b),  # by taking away again and again
        )
    k = random.choice((6, 12, 18, 24, 36)) * random.choice((1, -1))
    size = random.choice((1, 2, 3, -1, -2, -3))
    curves = {"y = kx": size * X, "square": size * X**2, "cube": size * X**3, "reciprocal": k / X}
    kind = random.choice(("square", "cube", "reciprocal", "reciprocal"))
    answer, at = (
        curves[kind],
        random.choice(((-3, -1, 1, 2, 3), (-3, -2, -1, 1, 2), (-2, -1, 1, 2, 3), (-3, -2, 1, 2, 3))),
    )
    heights = [answer.subs(X, x) for x in at]
    why = {
        "square": "It takes the same value at a number and its opposite, and grows like $x^{2}$",
        "cube": "It changes sign with $x$ and grows like $x^{3}$",
        "reciprocal": "Each $x$ times its $y$ gives the same number",
    }[kind]
    constant = k if kind == "reciprocal" else size
    others = {"square": (size * X, size * X**3), "cube": (size * X**2, size * X), "reciprocal": (k * X, -k / X)}[kind]
    form = {"square": "kx^{2}", "cube": "kx^{3}", "reciprocal": "\\frac{k}{x}"}[kind]
    table = ", ".join(f"({x}, {number(y)})" for x, y in zip(at, heights, strict=True))
    return made(
        "cubic-and-reciprocal-graphs",
        f"A graph passes through ${table}$. Its equation is one of "
        "$y = kx$, $y = kx^{2}$, $y = kx^{3}$ and $y = \\frac{k}{x}$. "
        "Find its equation",
        answer,
        (
            f"{why}, so $y = {form}$",
            f"At $x = {at[-2]}$, $y = {number(heights[-2])}$, so $k = {constant}$",
            f"$y = {tex(answer)}$",
        ),
        [
            (
                others[0],
                "Takes a straight line or the wrong power"
                if kind != "reciprocal"
                else "Multiplies by x instead of dividing",
            ),
            (others[1], "Takes the wrong power" if kind != "reciprocal" else "Gets the sign wrong"),
        ],
        lambda: (
            all(answer.subs(X, x) == y for x, y in zip(at, heights, strict=True))
            and not any(all(other.subs(X, x) == y for x, y in zip(at, heights, strict=True)) for other in others)
        ),
        f"$y = {tex(answer)}$",
    )


@generates("real-life-graphs")
def stories(random: Random, level: Level) -> Question:
    """What start and steepness mean, then speeds on a distance-time graph, then where two tariffs meet."""
    start, each = random.randint(2, 12) * 5, random.randint(12, 40)
    if level is Level.WORKED:
        what, unit = random.choice(
            (("a van", "day"), ("a hall", "hour"), ("a boat", "hour"), ("a bike", "day"), ("a tent", "day"))
        )
        text = f"Hiring {what} costs £{start} to begin with and £{each} for each {unit}"
        return made(
            "real-life-graphs",
            f"{text}. The total cost is drawn against the number of {unit}s. Find the gradient of the line",
            sympy.Integer(each),
            (
                f"Each {unit} more costs £{each} more, so the line goes up {each} for 1 along",
                f"It starts at {start} and has the gradient ${each}$",
            ),
            [
                (sympy.Integer(start), "Takes the start for the gradient"),
                (sympy.Integer(start + each), "Takes the cost of the first one for the gradient"),
            ],
            lambda: sum([each] * 4, start) - sum([each] * 3, start),
        )
    if level is Level.FADED:
        out, stop, back = random.choice((1, 2, 3)), random.choice((1, 2)), random.choice((1, 2, 3, 4))
        far = random.choice((12, 24, 36, 48, 60, 72, 84, 96, 120))
        while out == back:
            back = random.choice((1, 2, 3, 4))
        end = out + stop + back
        return made(
            "real-life-graphs",
            f"A distance-time graph, with hours along and kilometres up, joins $(0, 0)$, $({out}, {far})$, "
            f"$({out + stop}, {far})$ and $({end}, 0)$. Find the speed on the way back in km/h",
            sympy.Rational(far, back),
            (
                f"The way back takes from {out + stop} to {end} hours, so ${end} - {out + stop} = {back}$",
                f"${far}$ km in that time: $\\frac{{{far}}}{{{back}}} = {far // back}$ km/h",
            ),
            [
                (sympy.Rational(far, end), "Divides by the time on the axis, not by the time taken"),
                (sympy.Rational(far, out), "Takes the way out for the way back"),
            ],
            lambda: fitting(lambda speed: far - sum([speed] * back) == 0)[0],
            f"${far // back}$ km/h",
        )
    km, cheap, more = random.randint(3, 15), random.randint(1, 4), random.choice((sympy.Rational(1, 2), 1, 2))
    low = random.randint(1, 4)
    high, dear = low + km * more, cheap + more
    price = [_pounds(value) for value in (high, cheap, low, dear)]
    return made(
        "real-life-graphs",
        f"Taxi A costs {price[0]} to begin with and {price[1]} a kilometre, taxi B {price[2]} to begin with and {price[3]} "
        "a kilometre. Both costs are drawn against the distance. At how many kilometres do the lines meet?",
        sympy.Integer(km),
        (
            f"The starts differ by {_pounds(high - low)}, and B costs {_pounds(more)} more a kilometre",
            f"{_pounds(high - low)} is {km} times {_pounds(more)}, so they meet at ${km}$ km",
        ),
        [
            (sympy.Rational(high + low) / (cheap + dear), "Adds the starts and the prices in place of comparing them"),
            (sympy.Rational(high - low), "Gives the difference of the starts"),
        ],
        lambda: fitting(lambda way: high + cheap * way == low + dear * way, (1, 2))[0],
        f"${km}$ km",
    )


@generates("regions-of-inequalities")
def counted_points(random: Random, level: Level) -> Question:
    """How many points with whole numbers fit: a triangle with its edges, then without one, then under a steeper line."""
    left, low, size = random.randint(0, 4), random.randint(0, 4), random.randint(2, 5)
    if level is not Level.INDEPENDENT:
        strict = level is Level.FADED
        total = left + low + size
        counts = [size - step + (0 if strict else 1) for step in range(size + 1)]
        other = [size - step + (1 if strict else 0) for step in range(size + 1)]
        sign = "<" if strict else "\\le"
        signs = (f"x \\ge {left}", f"y \\ge {low}", f"x + y {sign} {total}")
        columns = [left + step for step in range(size + 1)]
    else:
        steep, left, size = random.randint(1, 4), random.randint(0, 3), random.randint(2, 4)
        right = left + size
        counts = [steep * x + 1 for x in range(left, right)]
        other = [steep * x + 1 for x in range(left, right + 1)]
        signs = (f"{left} \\le x < {right}", "y \\ge 0", f"y \\le {terms((steep, 'x'))}")
        columns = list(range(left, right))

    def fits(x: int, y: int) -> bool:
        if level is Level.INDEPENDENT:
            return left <= x < right and 0 <= y <= steep * x
        return x >= left and y >= low and (x + y < total or (x + y == total and not strict))

    shown = [(x, count) for x, count in zip(columns, counts, strict=True) if count]
    return made(
        "regions-of-inequalities",
        f"How many points with whole-number coordinates fit ${signs[0]}$, ${signs[1]}$ and ${signs[2]}$ at once?",
        sympy.Integer(sum(counts)),
        (
            f"Column by column: {', '.join(f'{count} with $x = {x}$' for x, count in shown)}",
            f"${' + '.join(str(count) for _, count in shown)} = {sum(counts)}$",
        ),
        [
            (
                sympy.Integer(sum(other)),
                "Counts the points on a dashed line"
                if level is not Level.WORKED
                else "Leaves out the points on a solid line",
            ),
            (
                sympy.Rational(size * size, 2)
                if level is not Level.INDEPENDENT
                else sympy.Integer(sum(counts) - len(counts)),
                "Gives the area in place of the points"
                if level is not Level.INDEPENDENT
                else "Leaves out the points on the x-axis",
            ),
        ],
        lambda: sum(1 for x in range(-20, 40) for y in range(-20, 60) if fits(x, y)),
    )
