"""From the words of a heading to one of the six strands and, where one is known, to one of the 28 topics.

Words count as whole words, so that Geography is no graph and a database no data. A stem, written with a hyphen behind it,
stands for every word that begins with it.
"""

from __future__ import annotations

import re

from addin.reading.headings.text import bare
from model.vocabulary import TOPICS, Strand

_TOPIC_WORDS: tuple[tuple[str, str], ...] = (
    # The more particular word stands before the more general one.
    ("grouped", "Grouped mean"), ("estimated mean", "Grouped mean"), ("scale factor", "Scale factor"),
    ("enlarg-", "Scale factor"), ("similar shape", "Scale factor"), ("expected freq-", "Expected frequency"),
    ("relative freq-", "Expected frequency"), ("equally likely", "Equally likely outcomes"),
    ("sample space", "Equally likely outcomes"), ("independent event", "Independence"), ("tree diagram", "Tree diagrams"),
    ("probability tree", "Tree diagrams"), ("fraction", "Fractions"), ("decimal", "Decimals"), ("negative", "Negative numbers"),
    ("directed number", "Negative numbers"), ("multipl-", "Multiplying and dividing"), ("divid-", "Multiplying and dividing"),
    ("division", "Multiplying and dividing"), ("times table", "Multiplying and dividing"), ("powers", "Powers"),
    ("indices", "Powers"), ("index law", "Powers"), ("laws of indices", "Powers"), ("standard form", "Powers"),
    ("expand-", "Expanding"), ("bracket", "Expanding"), ("factoris-", "Expanding"), ("factoriz-", "Expanding"),
    ("notation", "Notation"), ("substitut-", "Notation"), ("expression", "Notation"), ("equation", "Equations"),
    ("solving", "Equations"), ("inequalit-", "Equations"), ("straight line", "Straight lines"),
    ("linear graph", "Straight lines"), ("gradient", "Straight lines"), ("nth term", "Nth term"), ("sequence", "Nth term"),
    ("percentage", "Percentage change"), ("compound interest", "Percentage change"), ("simple interest", "Percentage change"),
    ("speed", "Speed"), ("compound measure", "Speed"), ("sharing", "Sharing in a ratio"), ("proportion", "Proportion"),
    ("best buy", "Proportion"), ("scaling", "Scaling"), ("recipe", "Scaling"), ("area", "Area and perimeter"),
    ("perimeter", "Area and perimeter"), ("angle", "Angles"), ("pythag-", "Pythagoras"), ("regular shape", "Regular shapes"),
    ("polygon", "Regular shapes"), ("average", "Averages"), ("median", "Averages"), ("mean", "Averages"),
    ("pie chart", "Pie charts"), ("scatter", "Scatter graphs"), ("scattergraph", "Scatter graphs"),
)  # fmt: skip
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
_NO_MATHS = re.compile(
    # Words of mathematics in headings that are about something else.
    r"\bnumber of\b|\b(phone|mobile|telephone|contact|room|house|seat|locker|bus|account|reference|serial|laptop|device|"
    r"calculator|text ?book) (number|no)\b|\bdata (drop|capture|entry|point|check|protection|sheet)|\bproblem[ -]solving\b|"
    r"\bareas? (of concern|for|to)\b|\bnegative (comment|event|point|behaviour)|\binformation sharing\b|\bscaled score\b",
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


_TOPIC_OF: tuple[tuple[str, str], ...] = (*((topic, topic) for topic in TOPICS), *_TOPIC_WORDS)
_TOPIC_PATTERN, _STRAND_PATTERN = (
    re.compile(
        # Each word is a group of its own, so that a match tells which of them it is.
        r"\b(?:"
        + "|".join(rf"({re.escape(w[:-1])})\w*" if w.endswith("-") else rf"({re.escape(w)})s?\b" for w in words)
        + ")",
        re.IGNORECASE,
    )
    for words in ([word for word, _ in _TOPIC_OF], [word for word, _ in _STRAND_WORDS])
)


def _first_word(pattern: re.Pattern[str], text: str) -> int | None:
    """The place, from 0, of the earliest word of a pattern's list that a text holds."""
    return min((found.lastindex - 1 for found in pattern.finditer(text) if found.lastindex), default=None)


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
    place = _first_word(_STRAND_PATTERN, text)
    if place is None:
        return Strand.NUMBER if _NUMBER.search(text) else None
    return _STRAND_WORDS[place][1]


def topic_of(heading: str) -> tuple[Strand | None, str | None]:
    """Strand and topic that a heading names: one of the 28 topics, or the teacher's own word where only the strand is known.

    Example:
        >>> topic_of("Pythagoras HT5"), topic_of("Volume"), topic_of("Algebra (30)"), topic_of("Test 4")
        ((<Strand.GEOMETRY: 'Geometry'>, 'Pythagoras'), (<Strand.GEOMETRY: 'Geometry'>, 'Volume'), \
(<Strand.ALGEBRA: 'Algebra'>, None), (None, None))
    """
    name = bare(heading)
    alone = _STRAND_ALONE.get(name.casefold())
    if alone is not None or not name:
        return alone, None
    if _NO_MATHS.search(name):
        return None, None
    place = _first_word(_TOPIC_PATTERN, name)
    if place is not None:
        topic = _TOPIC_OF[place][1]
        return TOPICS[topic], topic
    strand = strand_of(name)
    if strand is None or re.search(rf"\b{strand.casefold()}\b", name.casefold()):
        return strand, None
    return strand, name
