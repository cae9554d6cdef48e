"""What the questions on geometry share: how they are put together, rounded numbers, and figures measured from coordinates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import atan2, cos, degrees, dist, isclose, radians, sin

from model.questions.question import Answer, Question, number
from model.questions.written import decimal, told_apart

Point = tuple[float, float]


def ask(
    topic: str,
    prompt: str,
    answer: Answer,
    steps: Sequence[str],
    wrong: Sequence[tuple[Answer, str]],
    check: Callable[[], Answer | bool],
    *,
    unit: str = "",
    places: int | None = None,
    shown: str | None = None,
) -> Question:
    """A question whose wrong answers are each given once, those left out that happen to be right.

    Args:
        unit: Stands behind the answer.
        places: The answer is a decimal with so many places; left out, it is printed exactly.
        shown: The answer as it is printed, where that is neither.
    """
    plain = f"${number(answer) if places is None else decimal(answer, places)}${unit}" if shown is None else shown
    return Question(
        topic=topic,
        prompt=prompt,
        answer=answer,
        shown=plain,
        steps=tuple(steps),
        wrong=told_apart(answer, wrong),
        check=check,
    )


def near(one: Answer, other: float) -> bool:
    """Whether an exact number is what was measured, to one part in 10,000."""
    return isclose(float(one), other, rel_tol=1e-4)


def inside(corners: Sequence[Point]) -> float:
    """Area of a polygon from its corners."""
    pairs = zip(corners, [*corners[1:], corners[0]], strict=True)
    return abs(sum(a * d - b * c for (a, b), (c, d) in pairs)) / 2


def around(corners: Sequence[Point]) -> float:
    """Length of the closed way through corners."""
    return sum(dist(one, other) for one, other in zip(corners, [*corners[1:], corners[0]], strict=True))


def arc(radius: Answer, angle: Answer = 360, parts: int = 1_000) -> list[Point]:
    """Points close together on an arc about the origin."""
    turns = [radians(float(angle)) * part / parts for part in range(parts + (angle != 360))]
    return [(float(radius) * cos(turn), float(radius) * sin(turn)) for turn in turns]


def away(start: Point, bearing: Answer, length: Answer = 1) -> Point:
    """The point so far from another, in a direction counted clockwise from north."""
    turn = radians(float(bearing))
    return start[0] + float(length) * sin(turn), start[1] + float(length) * cos(turn)


def angle_at(corner: Point, one: Point, other: Point) -> float:
    """The angle of less than 180 degrees at a corner between the ways to two points.

    Example:
        >>> round(angle_at((0, 0), (5, 0), (0, 2)), 6)
        90.0
    """
    ways = (degrees(atan2(y - corner[1], x - corner[0])) for x, y in (one, other))
    between = abs(next(ways) - next(ways))
    return min(between, 360 - between)


def deg(value: Answer) -> str:
    """An angle as it is printed.

    Example:
        >>> deg(65)
        '$65\\\\degree$'
    """
    return f"${number(value)}\\degree$"


def term(times: int, more: int, letter: str = "x") -> str:
    """A linear expression, between brackets where it has two parts.

    Example:
        >>> term(2, -5), term(1, 0), term(3, 10)
        ('(2x - 5)', 'x', '(3x + 10)')
    """
    first = letter if times == 1 else f"{times}{letter}"
    return first if more == 0 else f"({first} {'+' if more > 0 else '-'} {abs(more)})"


def column(across: Answer, up: Answer) -> str:
    """A column vector, without its dollar signs.

    Example:
        >>> column(3, -2)
        '\\\\begin{pmatrix} 3 \\\\\\\\ -2 \\\\end{pmatrix}'
    """
    return f"\\begin{{pmatrix}} {number(across)} \\\\ {number(up)} \\end{{pmatrix}}"
