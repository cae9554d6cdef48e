"""All generators of questions, and pages of different questions on a topic."""

from __future__ import annotations

from random import Random

# Importing a module registers its generators.
from model.questions.algebra import (  # noqa: F401
    curves,
    equations,
    expressions,
    further,
    lines,
    quadratics,
    sequences,
    simultaneous,
)
from model.questions.geometry import (  # noqa: F401
    angles,
    any_triangles,
    areas,
    circle_theorems,
    circles,
    congruence,
    exact_values,
    moves,
    polygons,
    prisms,
    right_triangles,
    round_solids,
    scaling,
    surfaces,
    triangle_angles,
    vectors,
)
from model.questions.number import (  # noqa: F401
    decimals,
    estimates,
    factors,
    fractions,
    mixed,
    powers,
    rounding,
    signs,
    surds,
    whole,
)
from model.questions.probability import (  # noqa: F401
    chances,
    conditional,
    events,
    groups,
    repeated,
    trials,
)
from model.questions.question import REGISTERED, Generator, Level, Question
from model.questions.ratio import (  # noqa: F401
    formulae,
    interest,
    parts,
    percentages,
    proportion,
    rates,
    units,
    wholes,
)
from model.questions.statistics import (  # noqa: F401
    averages,
    charts,
    classes,
    spread,
    trends,
)


def generators() -> dict[str, Generator]:
    """Topic -> generator, of the topics that have one, in the order of their ids."""
    return dict(sorted(REGISTERED.items()))


def page(topic: str, level: Level, *, seed: int, count: int) -> tuple[Question, ...]:
    """So many different questions on a topic, the same for the same seed.

    Raises:
        KeyError: The topic has no generator (`generators`).
        ValueError: The topic does not have that many different questions at this level.
    """
    random = Random(f"{topic} {int(level)} {seed}")
    generator, found = generators()[topic], dict[str, Question]()
    for _ in range(200 * count):
        if len(found) == count:
            break
        question = generator(random, level)
        found.setdefault(question.prompt, question)
    if len(found) < count:
        raise ValueError(f"{topic} has fewer than {count} different questions at level {int(level)}")
    return tuple(found.values())
