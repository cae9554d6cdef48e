"""The map of the course: its topics, what each builds on, and how markbooks spell them.

Each line of `topics.csv` is a topic of the GCSE or of Key Stage 3, with the number of the public subject content that it belongs to
(Department for Education, Mathematics: GCSE subject content and assessment objectives, 2013) and the topics that come before it.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources


class Strand(StrEnum):
    """The six strands of GCSE mathematics.

    Example:
        >>> Strand("Ratio").value
        'Ratio'
    """

    NUMBER = "Number"
    ALGEBRA = "Algebra"
    RATIO = "Ratio"
    GEOMETRY = "Geometry"
    PROBABILITY = "Probability"
    STATISTICS = "Statistics"


class Stage(StrEnum):
    """When a topic is met first."""

    KEY_STAGE_3 = "ks3"
    FOUNDATION = "foundation"
    HIGHER = "higher"


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One topic of the course.

    Args:
        id: Short name in small letters, such as "index-laws"; never changes.
        strand: Its strand.
        name: What teachers call it.
        stage: When it is met first; higher topics are for the higher tier alone.
        reference: Number in the public subject content, such as "N7".
        prerequisites: The ids of topics that it builds on directly.
        aliases: Other words for it in headings and question lists; a stem ends with a hyphen.
    """

    id: str
    strand: Strand
    name: str
    stage: Stage
    reference: str
    prerequisites: tuple[str, ...]
    aliases: tuple[str, ...]


@cache
def topics() -> dict[str, Topic]:
    """Every topic by its id, in the order of the file: by strand, earlier topics first.

    Example:
        >>> topics()["fractions"].name, len(topics()) >= 130
        ('Fractions', True)
    """
    text = (resources.files("model.curriculum") / "topics.csv").read_text(encoding="utf-8")
    return {
        row["id"]: Topic(
            id=row["id"],
            strand=Strand(row["strand"]),
            name=row["topic"],
            stage=Stage(row["stage"]),
            reference=row["reference"],
            prerequisites=tuple(row["prerequisites"].split()),
            aliases=tuple(filter(None, row["aliases"].split("|"))),
        )
        for row in csv.DictReader(io.StringIO(text))
    }


@cache
def by_name() -> dict[str, Topic]:
    """Every topic by its name."""
    return {topic.name: topic for topic in topics().values()}


@cache
def dependants() -> dict[str, tuple[str, ...]]:
    """The topics that build directly on each, by their ids; empty where none does.

    Example:
        >>> dependants()["loci"], "loci" in dependants()["constructions"]
        ((), True)
    """
    return {id_: tuple(each.id for each in topics().values() if id_ in each.prerequisites) for id_ in topics()}


@cache
@cache
def below(id_: str) -> dict[str, int]:
    """Every topic that a topic builds on, directly or through others, and how many steps down it stands at the nearest.

    Example:
        >>> below("double-brackets")["expanding"], below("double-brackets")["simplifying"], below("place-value")
        (1, 2, {})
    """
    found: dict[str, int] = {}
    now, steps = [id_], 0
    while now:
        steps += 1
        now = [p for each in now for p in topics()[each].prerequisites if p not in found]
        found.update(dict.fromkeys(now, steps))
    return found


@cache
def depth(id_: str) -> int:
    """The longest way from a topic down to one that builds on nothing, in steps.

    Example:
        >>> depth("place-value"), depth("adding-and-subtracting")
        (0, 1)
    """
    return max((depth(each) + 1 for each in topics()[id_].prerequisites), default=0)


def cycles() -> tuple[str, ...]:
    """Topics that would build on themselves; there must be none."""
    return tuple(id_ for id_ in topics() if id_ in below(id_))


def orphans() -> tuple[str, ...]:
    """Topics that neither build on another nor have one that builds on them; there must be none."""
    return tuple(each.id for each in topics().values() if not each.prerequisites and not dependants()[each.id])
