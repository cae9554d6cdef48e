"""All generators of questions, and pages of different questions on a topic."""

from __future__ import annotations

from collections.abc import Collection
from importlib import import_module
from pkgutil import iter_modules
from random import Random

from model.questions import algebra, geometry, number, probability, ratio, statistics
from model.questions.question import REGISTERED, Generator, Level, Question

# Importing a module registers its generators; all that stand in a strand's folder are there, so that none can be forgotten.
for _strand in (algebra, geometry, number, probability, ratio, statistics):
    for _module in iter_modules(_strand.__path__, f"{_strand.__name__}."):
        import_module(_module.name)

TRIES = 100
"""How often a question is made anew, for each that is wanted, before a topic is taken to have no more."""


def generators() -> dict[str, Generator]:
    """Topic -> generator, of the topics that have one, in the order of their ids."""
    return dict(sorted(REGISTERED.items()))


def page(topic: str, level: Level, *, seed: int, count: int, but: Collection[str] = ()) -> tuple[Question, ...]:
    """So many different questions on a topic, the same for the same seed.

    Args:
        topic: Id of the topic.
        level: How hard.
        seed: Another one gives other numbers.
        count: How many.
        but: Prompts that stand elsewhere already.

    Raises:
        KeyError: The topic has no generator (`generators`).
        ValueError: The topic does not have that many different questions at this level.
    """
    random = Random(f"{topic} {int(level)} {seed}")
    generator, found = generators()[topic], dict[str, Question]()
    for _ in range(TRIES * count):
        if len(found) == count:
            break
        question = generator(random, level)
        if question.prompt not in but:
            found.setdefault(question.prompt, question)
    if len(found) < count:
        raise ValueError(f"{topic} has fewer than {count} different questions at level {int(level)}")
    return tuple(found.values())
