"""Every sum that an activity works out is worked out again, exactly: those named under `check`, and those in its texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
import sympy
from sympy.parsing.sympy_parser import implicit_multiplication, parse_expr, standard_transformations

from model.activities import Activity, bundled
from tests.model.conftest import WORKED_NUMBERS

_FUNCTIONS = {
    name: getattr(sympy, name)
    for name in (
        "sqrt", "Rational", "pi", "sin", "cos", "tan", "solve", "expand", "factor", "gcd", "lcm", "diff", "binomial",
        "floor", "ceiling", "Abs", "factorint", "isprime", "rad", "root", "simplify", "Matrix", "Symbol", "factorial",
    )
} | {
    "mean": lambda *numbers: sum(map(sympy.Rational, numbers)) / len(numbers),
    "median": lambda *numbers: (sorted(numbers)[(len(numbers) - 1) // 2] + sorted(numbers)[len(numbers) // 2]) / sympy.Integer(2),
    "span": lambda *numbers: max(numbers) - min(numbers),
    "sind": lambda degrees: sympy.sin(sympy.pi * degrees / 180),
    "cosd": lambda degrees: sympy.cos(sympy.pi * degrees / 180),
    "tand": lambda degrees: sympy.tan(sympy.pi * degrees / 180),
    "near": lambda value, digits: sympy.Rational(str(round(float(value), int(digits)))),
}  # fmt: skip
_RULES = (*standard_transformations, implicit_multiplication)
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_SUM = re.compile(
    # A sum written out in a sentence: numbers with + - × ÷ / and one equals sign or several, no letters.
    rf"(?<![\w.^(/%:£−-])(?:{_NUMBER}(?: ?[+−×÷/] ?{_NUMBER})+)(?: = {_NUMBER}(?:/\d+)?)+(?![\w^/:%°]|\.\d| ?[+−×÷])"
)


def value(text: str) -> Any:
    """The exact value of one side of an equation; numbers with a point are exact decimals."""
    exact = re.sub(r"(?<![\w.])(\d+\.\d+)(?!\w)", r"Rational('\1')", text.replace("^", "**"))
    return parse_expr(exact, local_dict=_FUNCTIONS, transformations=_RULES, evaluate=True)


def holds(equation: str) -> bool:
    """Whether both sides, or all of several, are exactly equal."""
    first, *others = (value(side.strip()) for side in equation.split(" = "))
    assert others, f"{equation!r} has no ' = '"
    if isinstance(first, (list, dict, bool)):
        return all(first == other for other in others)
    return all(bool(sympy.simplify(first - other) == 0) for other in others)


def arithmetic(text: str) -> Fraction:
    """A sum as it stands in a sentence, by the usual order of operations."""
    plain = text.replace(",", "").replace("−", "-").replace("×", "*").replace("÷", "/")
    assert re.fullmatch(r"[\d.+\-*/ ]+", plain)
    return Fraction(eval(re.sub(r"\d+(?:\.\d+)?", lambda n: f"Fraction('{n[0]}')", plain), {"Fraction": Fraction}))


@pytest.mark.parametrize("activity", bundled(), ids=lambda activity: activity.title)
def test_every_worked_number_is_right(activity: Activity, record_property: Callable[[str, object], None]) -> None:
    checked = 0
    for equation in filter(None, (part.strip() for part in activity.check.split(";"))):
        assert holds(equation), equation
        checked += 1
    # A misconception may hold a wrong sum on purpose; then it says so in words and stands there alone.
    for text in (activity.scaffold, activity.fade):
        for found in _SUM.finditer(text):
            first, *others = map(arithmetic, found.group().split(" = "))
            assert all(other == first for other in others), found.group()
            checked += 1
    record_property(WORKED_NUMBERS, checked)
