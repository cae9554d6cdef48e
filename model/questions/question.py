"""What a question is, and how generators of questions are kept by topic.

Texts carry mathematics between dollar signs in a small part of LaTeX that browsers and Word can set: numbers, letters, + - = < >,
\\times, \\div, \\frac{}{}, \\sqrt{}, powers ^{}, indices _{}, \\le, \\ge, \\pi, \\theta, \\degree, \\text{}, brackets, and \\ldots;
\\sin, \\cos, \\tan; columns of numbers between \\begin{pmatrix} and \\end{pmatrix}.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from random import Random
from typing import Any, TypeAlias

import sympy


class Level(IntEnum):
    """How much of the way is given: all of it, some of it, none."""

    WORKED = 1
    FADED = 2
    INDEPENDENT = 3


Answer: TypeAlias = Any
"""An exact number or expression, several of them (as the solutions of an equation, smallest first), or a word."""


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """A wrong answer that somebody with a misconception gives.

    Args:
        answer: The answer.
        misconception: What leads there, in a teacher's words, such as "Adds the tops and the bottoms".
    """

    answer: Answer
    misconception: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question.

    Args:
        topic: Id of its topic.
        prompt: What is asked, mathematics between dollar signs.
        answer: The exact answer.
        shown: The answer as it is printed, mathematics between dollar signs.
        steps: The way to it, a line each, the last one ending in the answer. A worked example shows all, a faded one leaves out
            the last ones.
        wrong: One to three typical wrong answers, each different from the answer and from one another.
        check: The same found another way, such as by substitution or by counting, from the question's own numbers; a test holds it
            equal to the answer.
    """

    topic: str
    prompt: str
    answer: Answer
    shown: str
    steps: tuple[str, ...]
    wrong: tuple[Wrong, ...]
    check: Callable[[], Answer | bool]


Generator = Callable[[Random, Level], Question]
REGISTERED: dict[str, Generator] = {}
"""Topic -> generator, of the modules that have been imported; `library` imports them all."""


def generates(topic: str) -> Callable[[Generator], Generator]:
    """Keep a function as the generator of a topic's questions.

    Args:
        topic: Id of the topic, as in `model/curriculum/topics.csv`.

    The function takes a random source, which alone decides the numbers, and a level: higher ones have harder numbers. The same
    state of the source gives the same question.
    """

    def keep(generator: Generator) -> Generator:
        if topic in REGISTERED:
            raise ValueError(f"{topic} has a generator already")
        REGISTERED[topic] = generator
        return generator

    return keep


def number(value: sympy.Basic | int | str) -> str:
    """A number or expression as it stands between dollar signs: fractions upright, no decimal point of floating numbers.

    Example:
        >>> number(sympy.Rational(7, 12)), number(sympy.sqrt(12))
        ('\\\\frac{7}{12}', '2 \\\\sqrt{3}')
    """
    return str(sympy.latex(sympy.sympify(value), mul_symbol=None))
