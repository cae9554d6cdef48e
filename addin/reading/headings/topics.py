"""From the words of a heading to one of the six strands and, where one is known, to a topic of the course.

The words for topics stand in the map of the course (`model.curriculum`); here stand those that tell a strand and no more.
Words count as whole words, so that Geography is no graph and a database no data. A stem, written with a hyphen behind it,
stands for every word that begins with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from addin.reading.headings.text import bare
from model.curriculum import Topic, topics
from model.vocabulary import Strand

_STRAND_WORDS: tuple[tuple[str, Strand], ...] = (
    ("place value", Strand.NUMBER), ("rounding", Strand.NUMBER), ("estimat-", Strand.NUMBER), ("surd", Strand.NUMBER),
    ("prime", Strand.NUMBER), ("hcf", Strand.NUMBER), ("lcm", Strand.NUMBER), ("bidmas", Strand.NUMBER),
    ("bodmas", Strand.NUMBER), ("quadratic", Strand.ALGEBRA), ("simultaneous", Strand.ALGEBRA),
    ("function", Strand.ALGEBRA), ("real life graph", Strand.ALGEBRA), ("graph", Strand.ALGEBRA), ("formula", Strand.ALGEBRA),
    ("formulae", Strand.ALGEBRA), ("simplifying", Strand.ALGEBRA), ("rates", Strand.RATIO), ("rate of change", Strand.RATIO),
    ("similarity", Strand.GEOMETRY), ("shape", Strand.GEOMETRY), ("volume", Strand.GEOMETRY), ("surface area", Strand.GEOMETRY),
    ("circle", Strand.GEOMETRY), ("trig-", Strand.GEOMETRY), ("transform-", Strand.GEOMETRY), ("rotation", Strand.GEOMETRY),
    ("reflection", Strand.GEOMETRY), ("translation", Strand.GEOMETRY), ("symmetry", Strand.GEOMETRY),
    ("triangle", Strand.GEOMETRY), ("quadrilateral", Strand.GEOMETRY), ("vector", Strand.GEOMETRY),
    ("bearing", Strand.GEOMETRY), ("loci", Strand.GEOMETRY), ("construction", Strand.GEOMETRY),
    ("congruen-", Strand.GEOMETRY), ("measures", Strand.GEOMETRY), ("probab-", Strand.PROBABILITY), ("venn", Strand.PROBABILITY),
    ("statistic", Strand.STATISTICS), ("histogram", Strand.STATISTICS), ("cumulative freq-", Strand.STATISTICS),
    ("box plot", Strand.STATISTICS), ("data", Strand.STATISTICS), ("sampling", Strand.STATISTICS),
    ("numbers", Strand.NUMBER), ("algebra", Strand.ALGEBRA), ("algebraic", Strand.ALGEBRA), ("ratio", Strand.RATIO),
    ("geometry", Strand.GEOMETRY), ("geometric", Strand.GEOMETRY),
)  # fmt: skip
"""Words that tell a strand in a row of strands too, where many words for topics ("Mean", "Area") may stand for something else."""

_NO_MATHS = re.compile(
    # Words of mathematics in headings that are about something else.
    r"\bnumber of\b|\b(phone|mobile|telephone|contact|room|house|seat|locker|bus|account|reference|serial|laptop|device|"
    r"calculator|text ?book) (number|no)\b|\bdata (drop|capture|entry|point|check|protection|sheet)|\bproblem[ -]solving\b|"
    r"\bout of bounds\b|\bproof of\b|\bareas? (of concern|for|to)\b|\bnegative (comment|event|point|behaviour)|"
    r"\binformation sharing\b|\bscaled score\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    # "Number" is a strand at the beginning of a heading or behind words for tests; behind others it is a candidate's or a room's.
    r"(?:^|\b(?:tests?|quiz|units?|topics?|assessment|paper|year|week|wk|y\d+|directed|baseline)\b[^a-z]*|[\d:,–-]\s*)number\b",
    re.IGNORECASE,
)
_STRAND_ALONE = {strand.casefold(): strand for strand in Strand} | {
    "geometry and measures": Strand.GEOMETRY,
    "ratio and proportion": Strand.RATIO,
    "ratio, proportion and rates of change": Strand.RATIO,
}
_RATIO_STRAND = re.compile(r"\bratio,? (and )?proportion,? (and|&) rates of change\b", re.IGNORECASE)
"""A strand whose name is made of names of topics."""


_WORD = re.compile(r"\w+")


class _Words:
    """Words to look for, by their first two letters: one pattern of all of them would take longer to compile than all else does."""

    def __init__(self, words: Sequence[str]) -> None:
        self._by_start: dict[str, list[tuple[int, str, bool]]] = {}
        for place, word in enumerate(words):
            body = _comparable(word.removesuffix("-"))
            self._by_start.setdefault(body[:2], []).append((place, body, word.endswith("-")))

    def first(self, text: str) -> int | None:
        """The place, from 0, of the earliest word of the list that a text holds, None where it holds none.

        What stands inside a longer word of the list does not count: of two that overlap it is the one that begins first, of two
        that begin together the earlier of the list.
        """
        text = _comparable(text)
        begun = [(word.start(), word.end()) for word in _WORD.finditer(text)]
        ends = {end for _, end in begun}
        places, behind = [], 0
        for start, _ in begun:
            if start < behind:
                continue
            for place, body, is_stem in self._by_start.get(text[start : start + 2], ()):
                end = start + len(body)
                if text.startswith(body, start) and (
                    is_stem or end in ends or (text.startswith("s", end) and end + 1 in ends)
                ):
                    places.append(place)
                    behind = end
                    break
        return min(places, default=None)


def _comparable(text: str) -> str:
    return text.lower().replace("-", " ")


def _in_order() -> tuple[tuple[str, Topic], ...]:
    """Every word for a topic: longer phrases first, since they are the more particular; then names, then other words, as in the
    map."""
    words = [
        *((topic.name, topic) for topic in topics().values()),
        *((alias, topic) for topic in topics().values() for alias in topic.aliases),
    ]
    return tuple(sorted(words, key=lambda word: -len(_comparable(word[0].removesuffix("-")).split(" "))))


_TOPIC_OF = _in_order()
_TOPIC_WORDS, _STRAND_ONLY = _Words([word for word, _ in _TOPIC_OF]), _Words([word for word, _ in _STRAND_WORDS])


def strand_of(text: str) -> Strand | None:
    """The strand that a word of a strand row names, None where it names none.

    Example:
        >>> strand_of("Geometry and measures"), strand_of("Geography"), strand_of("Total")
        (<Strand.GEOMETRY: 'Geometry'>, None, None)
    """
    low = text.casefold().strip()
    first = _STRAND_ALONE.get(low) or next((s for s in Strand if re.match(rf"{s.casefold()}\b", low)), None)
    if _NO_MATHS.search(text):
        return None
    if first is not None:
        return first
    place = _STRAND_ONLY.first(text)
    if place is None:
        return Strand.NUMBER if _NUMBER.search(text) else None
    return _STRAND_WORDS[place][1]


@lru_cache(maxsize=4096)
def topic_of(heading: str) -> tuple[Strand | None, str | None]:
    """Strand and topic that a heading names: a topic of the course, or the teacher's own word where only the strand is known.

    Example:
        >>> topic_of("Pythagoras HT5"), topic_of("Volume"), topic_of("Algebra (30)"), topic_of("Test 4")
        ((<Strand.GEOMETRY: 'Geometry'>, 'Pythagoras'), (<Strand.GEOMETRY: 'Geometry'>, 'Volume'), \
(<Strand.ALGEBRA: 'Algebra'>, None), (None, None))
    """
    name = bare(heading)
    alone = _STRAND_ALONE.get(name.casefold())
    if alone is not None or not name:
        return alone, None
    if _RATIO_STRAND.search(name):
        return Strand.RATIO, None
    if _NO_MATHS.search(name):
        return None, None
    place = _TOPIC_WORDS.first(name)
    if place is not None:
        topic = _TOPIC_OF[place][1]
        return topic.strand, topic.name
    strand = strand_of(name)
    if strand is None or re.search(rf"\b{strand.casefold()}\b", name.casefold()):
        return strand, None
    return strand, name
