"""Every generated question, over many seeds: the answer is right by another way, wrong answers are wrong, numbers are sensible."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
import sympy

from model import questions
from model.curriculum import topics
from model.questions.library import generators, page
from model.questions.question import Generator, Level, Question
from tests.model.conftest import QUESTIONS

SEEDS = 250
"""For each topic and level; `python -m tests.model.questions.many` takes 1,000."""

LARGEST_NUMBER = 10_000_000
_CLEARLY = sympy.Float("1e-9")
_DECIMAL_TAIL = re.compile(r"\d\.\d{5,}")


def faults(question: Question) -> list[str]:
    """What is wrong with a question, in words; nothing where nothing is."""
    found = []
    checked = question.check()
    if checked is not True and not same(checked, question.answer):
        found.append(f"the answer is {question.answer}, another way gives {checked}")
    wrong = [each.answer for each in question.wrong]
    if not 1 <= len(wrong) <= 3:
        found.append(f"{len(wrong)} wrong answers")
    found.extend(f"wrong answer {each} is right" for each in wrong if same(each, question.answer))
    if any(same(one, other) for place, one in enumerate(wrong) for other in wrong[place + 1 :]):
        found.append("two wrong answers are the same")
    texts = (question.prompt, question.shown, *question.steps, *(each.misconception for each in question.wrong))
    found.extend(f"dollar signs in {text!r}" for text in texts if text.count("$") % 2)
    found.extend(f"a long decimal in {text!r}" for text in texts if _DECIMAL_TAIL.search(text))
    found.extend(
        f"a large number in {text!r}"
        for text in texts
        if any(
            float(number) > LARGEST_NUMBER for number in re.findall(r"\d+", text.replace(",", "").replace("{,}", ""))
        )
    )
    if len(question.steps) < 2:
        found.append("fewer than two steps")
    return found


def same(one: object, other: object) -> bool:
    """Whether two answers are the same: words by their letters, numbers and expressions exactly."""
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    if isinstance(one, (tuple, list)) or isinstance(other, (tuple, list)):
        return (
            isinstance(one, (tuple, list))
            and isinstance(other, (tuple, list))
            and len(one) == len(other)
            and all(same(a, b) for a, b in zip(one, other, strict=True))
        )
    first, second = sympy.sympify(one), sympy.sympify(other)
    if first == second:
        return True
    if first.is_Rational and second.is_Rational:
        return False
    # What differs at one point is not the same; only what seems to be needs algebra.
    difference = first - second
    symbols = sorted(difference.free_symbols, key=str)
    there = difference.subs({symbol: sympy.Rational(13 + 6 * place, 7) for place, symbol in enumerate(symbols)}).evalf(
        20
    )
    if there.is_Float and abs(there) > _CLEARLY:
        return False
    return bool(sympy.simplify(difference) == 0)


def test_every_generator_that_is_written_is_in_the_library() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(questions.__path__[0]).rglob("*.py"))
    written = re.findall(r'^@generates\("([^"]+)"', sources, re.MULTILINE)
    assert len(written) > 100
    assert sorted(written) == list(generators())


@pytest.mark.parametrize(("topic", "generator"), generators().items())
def test_questions_are_right(topic: str, generator: Generator, record_property: Callable[[str, object], None]) -> None:
    assert topic in topics()
    for level in Level:
        for seed in range(SEEDS):
            question = generator(Random(seed), level)
            assert question.topic == topic
            assert faults(question) == [], (level, seed, question.prompt)
    record_property(QUESTIONS, SEEDS * len(Level))


def test_answers_are_the_same_only_where_they_are_equal() -> None:
    x = sympy.Symbol("x")
    assert same((x + 1) ** 2, x**2 + 2 * x + 1)
    assert same(sympy.sqrt(8), 2 * sympy.sqrt(2))
    assert same((1, Fraction(1, 2)), [1, sympy.Rational(2, 4)])
    assert not same((x + 1) ** 2, x**2 + 1)
    assert not same(sympy.sqrt(8), sympy.Rational(283, 100))
    assert not same(Fraction(1, 3), Fraction(333, 1000))
    assert not same(sympy.sqrt(x**2), -x)


@pytest.mark.parametrize("topic", generators())
def test_a_page_has_no_question_twice_and_is_the_same_for_one_seed(topic: str) -> None:
    for level in Level:
        questions = page(topic, level, seed=1, count=8)
        assert len({question.prompt for question in questions}) == 8
        again = page(topic, level, seed=1, count=8)
        assert [each.prompt for each in again] == [each.prompt for each in questions]
        assert [each.shown for each in again] == [each.shown for each in questions]
