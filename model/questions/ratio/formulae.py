"""Questions on formulae of proportion and on rates of change."""

from __future__ import annotations

from random import Random

import sympy

from model.questions.question import Level, Question, generates, number
from model.questions.written import asked, by, decimal

_KINDS = {
    "x": ("directly proportional to $x$", "kx", lambda x: x),
    "x^2": ("directly proportional to the square of $x$", "kx^{2}", lambda x: x * x),
    "x^3": ("directly proportional to the cube of $x$", "kx^{3}", lambda x: x**3),
    "sqrt": ("directly proportional to the square root of $x$", "k\\sqrt{x}", sympy.sqrt),
    "1/x": ("inversely proportional to $x$", "\\frac{k}{x}", lambda x: sympy.Rational(1) / x),
    "1/x^2": ("inversely proportional to the square of $x$", "\\frac{k}{x^{2}}", lambda x: sympy.Rational(1) / x**2),
}


@generates("direct-and-inverse-proportion-formulae")
def formulae(random: Random, level: Level) -> Question:
    """y from x for simple kinds; squares and roots; x from y."""
    kind = random.choice(by(level, ["x", "1/x"], ["x^2", "x^2", "sqrt", "1/x", "x^3"], ["x^2", "1/x^2", "1/x", "sqrt"]))
    words, formula, rule = _KINDS[kind]
    pool = {
        "sqrt": [1, 4, 9, 16, 25, 36],
        "x^3": [1, 2, 3, 4],
        "x^2": [2, 3, 4, 5, 6, 10],
        "1/x^2": [1, 2, 3, 4, 5, 6],
    }.get(kind, list(range(2, 13)))
    first, second = random.sample(pool, 2)
    k = random.randint(2, by(level, 9, 8, 12)) * (
        first * second if kind == "1/x" else (first * second) ** 2 if kind == "1/x^2" else 1
    )
    if kind.startswith("1"):
        k //= random.choice([d for d in (1, 2, 3, 4, 6) if k % d == 0])
    y1, y2 = k * rule(first), k * rule(second)
    if k > 2000 or sympy.Rational(y1).q > 1 or sympy.Rational(y2).q > 2 or y1 == y2:
        return formulae(random, level)
    with_k = formula.replace("k", str(k))
    at = {
        "x": f"{k} \\times {second}",
        "x^2": f"{k} \\times {second}^{{2}}",
        "x^3": f"{k} \\times {second}^{{3}}",
        "sqrt": f"{k}\\sqrt{{{second}}}",
    }.get(kind, f"\\frac{{{k}}}{{{second}{'^{2}' if '2' in kind else ''}}}")
    told = f"$y$ is {words}. When $x = {first}$, $y = {number(y1)}$."
    k_step = f"$y = {formula}$, and $x = {first}$, $y = {number(y1)}$ give $k = {k}$"
    linear = sympy.Rational(y1) / first * second
    inverse = sympy.Rational(y1) * first / second
    if level is Level.INDEPENDENT:
        more = "positive " if kind in ("x^2", "1/x^2") else ""
        return asked(
            "direct-and-inverse-proportion-formulae",
            f"{told} Find the {more}value of $x$ when $y = {number(y2)}$",
            sympy.Integer(second),
            k_step,
            f"${with_k} = {number(y2)}$",
            f"$x = {second}$",
            wrong=[
                (sympy.Rational(y2) * first / y1, "Uses $y = kx$ whatever the kind"),
                *(
                    [(sympy.Integer(second**2), "Does not take the root at the end")]
                    if kind in ("x^2", "1/x^2")
                    else []
                ),
                *([(sympy.sqrt(second), "Does not square at the end")] if kind == "sqrt" and second > 1 else []),
                (sympy.Rational(y1) * first / y2, "Uses inverse proportion to $x$"),
            ],
            check=lambda: next(x for x in range(1, 200) if k * rule(sympy.Integer(x)) == y2),
        )
    return asked(
        "direct-and-inverse-proportion-formulae",
        f"{told} Find $y$ when $x = {second}$",
        sympy.Rational(y2),
        k_step,
        f"$y = {with_k}$",
        f"${at} = {number(y2)}$",
        wrong=[
            (linear, "Uses $y = kx$ whatever the kind"),
            (
                inverse,
                "Takes it for inverse proportion" if not kind.startswith("1") else "Uses inverse proportion to $x$",
            ),
            (sympy.Rational(y1) + second - first, "Adds the difference"),
        ],
        # As many times as x is larger, without k.
        check=lambda: sympy.simplify(y1 * rule(sympy.Rational(second) / first)),
    )


@generates("rates-of-change")
def rates(random: Random, level: Level) -> Question:
    """From two points of a straight graph; the average of a curve; a chord drawn closer, or distance under a speed graph."""
    if level is Level.WORKED:
        start, span = random.randint(0, 6), random.randint(2, 8)
        height, rate = random.randint(2, 30), random.choice([-4, -3, -2, 2, 3, 4, 5, 6])
        end = height + rate * span
        if end < 0:
            return rates(random, level)
        thing, unit, time = random.choice(
            [
                ("The water in a tank", "litres", "minutes"),
                ("The height of a plant", "mm", "days"),
                ("The charge of a battery", "per cent", "minutes"),
            ]
        )
        if (thing == "The height of a plant" and rate < 0) or (unit == "per cent" and end > 100):
            return rates(random, level)
        return asked(
            "rates-of-change",
            f"A straight graph goes from $({start}, {height})$ to $({start + span}, {end})$. Across are {time}; "
            f"up is {thing[0].lower() + thing[1:]} in {unit}. Find the rate of change in {unit} for each {time[:-1]}",
            sympy.Integer(rate),
            f"Across: ${start + span} - {start} = {span}$ {time}",
            f"Up: ${end} - {height} = {end - height}$ {unit}",
            f"${end - height} \\div {span} = {rate}$",
            wrong=[
                (sympy.Rational(end, start + span), "Divides the last height by the time"),
                (sympy.Rational(span, end - height), "Divides across by up"),
                (sympy.Integer(-rate), "Takes the points the wrong way round for one of the two"),
            ],
            # Each step across, the same step up.
            check=lambda: next(n for n in range(-50, 51) if height + sum([n] * span) == end),
        )
    a, b, c = random.randint(1, 3), random.randint(0, 4), random.randint(0, 6)
    low = random.randint(0, 4)
    high = low + random.randint(2, 4)

    def distance(t: int) -> int:
        return a * t * t + b * t + c

    if level is Level.FADED:
        times_ = list(range(low, high + 1))
        table = ", ".join(f"{distance(t)} m at {t} s" for t in times_)
        rise = distance(high) - distance(low)
        return asked(
            "rates-of-change",
            f"A ball rolls down a slope. Its distance from the top is {table}. "
            f"Find its average speed from {low} s to {high} s in m/s",
            sympy.Rational(rise, high - low),
            f"Distance: ${distance(high)} - {distance(low)} = {rise}$ m in ${high} - {low} = {high - low}$ s",
            f"${rise} \\div {high - low} = {number(sympy.Rational(rise, high - low))}$",
            wrong=[
                (sympy.Rational(distance(high), high), "Divides the last distance by the last time"),
                (sympy.Integer(rise), "Gives the distance and forgets the time"),
                (sympy.Rational(sum(distance(t) for t in times_), len(times_)), "Takes the mean of the distances"),
            ],
            # The mean of the steps from second to second.
            check=lambda: sympy.Rational(sum(distance(t + 1) - distance(t) for t in range(low, high)), high - low),
        )
    if random.random() < 0.5:
        t = random.randint(1, 6)
        slope = 2 * a * t + b
        up, down = distance(t + 1), distance(t - 1)
        if distance(t) < slope:
            return rates(random, level)
        return asked(
            "rates-of-change",
            f"The tangent to a distance-time graph at {t} s goes through $({t - 1}, {distance(t) - slope})$ "
            f"and $({t + 1}, {distance(t) + slope})$; the graph itself goes through $({t}, {distance(t)})$. "
            f"Distances are in metres. Find the speed at {t} s in m/s",
            sympy.Integer(slope),
            f"On the tangent, across: ${t + 1} - {t - 1} = 2$ s",
            f"Up: {distance(t) + slope} less {distance(t) - slope} is ${2 * slope}$ m",
            f"${2 * slope} \\div 2 = {slope}$",
            wrong=[
                (sympy.Rational(distance(t), t), "Divides the height by the time"),
                (sympy.Integer(2 * slope), "Gives the height of the step"),
                (sympy.Rational(2, 2 * slope), "Divides across by up"),
            ],
            # For such a curve the chord on both sides is as steep as the tangent.
            check=lambda: sympy.Rational(up - down, 2),
        )
    speed, up_time, flat, down_time = (
        random.randint(2, 9) * 2,
        random.randint(2, 6),
        random.randint(3, 12),
        random.randint(2, 6),
    )
    area = sympy.Rational(speed * up_time, 2) + speed * flat + sympy.Rational(speed * down_time, 2)
    end = up_time + flat + down_time
    return asked(
        "rates-of-change",
        f"A speed-time graph joins $(0, 0)$, $({up_time}, {speed})$, $({up_time + flat}, {speed})$ and $({end}, 0)$ "
        "by straight lines, in seconds and m/s. Find the distance travelled in metres",
        area,
        f"Triangles: $\\frac{{1}}{{2}} \\times {up_time} \\times {speed} = {decimal(sympy.Rational(speed * up_time, 2))}$ "
        f"and $\\frac{{1}}{{2}} \\times {down_time} \\times {speed} = {decimal(sympy.Rational(speed * down_time, 2))}$",
        f"Rectangle: ${flat} \\times {speed} = {flat * speed}$",
        f"In all ${decimal(area)}$",
        wrong=[
            (sympy.Integer(speed * end), "Takes the top speed for the whole time"),
            (sympy.Integer(speed * flat), "Leaves the triangles out"),
            (sympy.Rational(speed, up_time), "Finds the acceleration"),
        ],
        # A trapezium.
        check=lambda: sympy.Rational((end + flat) * speed, 2),
    )
