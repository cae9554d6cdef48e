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

from model.vocabulary import Strand


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
