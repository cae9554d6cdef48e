"""The words that every part shares: strands, topics, flags, tiers of entry, the effort scale and half-terms.

Sources: the six strands and the weights of each tier are those of the GCSE subject content and assessment objectives
for mathematics in England (DfE, 2013; Ofqual, 2014), where probability and statistics share one weight.
"""

from __future__ import annotations

from enum import StrEnum

HALF_TERMS = 6
"""A school year in England has six half-terms, numbered 1 to 6."""

EFFORT_LOWEST, EFFORT_HIGHEST = 1, 4
"""Effort, or attitude to learning: 1 = little, 2 = some, 3 = good, 4 = excellent."""

GRADE_LOWEST, GRADE_HIGHEST = 1, 9
"""GCSE grades 1 to 9; 0 stands for ungraded and is read as such, but never set as a target."""

KS2_LOWEST, KS2_HIGHEST = 80, 120
"""Key stage 2 scaled scores; 100 is the expected standard."""


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


STRANDS: tuple[Strand, ...] = tuple(Strand)

TOPICS: dict[str, Strand] = {
    "Fractions": Strand.NUMBER,
    "Decimals": Strand.NUMBER,
    "Negative numbers": Strand.NUMBER,
    "Multiplying and dividing": Strand.NUMBER,
    "Powers": Strand.NUMBER,
    "Expanding": Strand.ALGEBRA,
    "Notation": Strand.ALGEBRA,
    "Equations": Strand.ALGEBRA,
    "Straight lines": Strand.ALGEBRA,
    "Nth term": Strand.ALGEBRA,
    "Scaling": Strand.RATIO,
    "Proportion": Strand.RATIO,
    "Sharing in a ratio": Strand.RATIO,
    "Percentage change": Strand.RATIO,
    "Speed": Strand.RATIO,
    "Area and perimeter": Strand.GEOMETRY,
    "Angles": Strand.GEOMETRY,
    "Pythagoras": Strand.GEOMETRY,
    "Regular shapes": Strand.GEOMETRY,
    "Scale factor": Strand.GEOMETRY,
    "Equally likely outcomes": Strand.PROBABILITY,
    "Independence": Strand.PROBABILITY,
    "Tree diagrams": Strand.PROBABILITY,
    "Expected frequency": Strand.PROBABILITY,
    "Averages": Strand.STATISTICS,
    "Grouped mean": Strand.STATISTICS,
    "Pie charts": Strand.STATISTICS,
    "Scatter graphs": Strand.STATISTICS,
}
"""The 28 topics for which the program ships activities, each with its strand."""


class Decision(StrEnum):
    """What the teacher decided about a place in a clinic: nothing yet, counts first, is out, or waits."""

    NONE = ""
    ACCEPT = "Accept"
    REJECT = "Reject"
    DEFER = "Defer"


class Flag(StrEnum):
    """What the teacher sees first; sign and word together, so that colour is never the only signal.

    Example:
        >>> Flag.HIGH.value
        '▲ High'
    """

    HIGH = "▲ High"
    WATCH = "● Watch"
    ON_TRACK = "■ On track"
    NOT_ENOUGH = "? Not enough data"


class SupportTier(StrEnum):
    """How much support a student is likely to need, from the chances of a gap of one grade and of three."""

    ON_TRACK = "on track"
    CATCH_UP = "catch-up"
    INTENSIVE = "intensive"


class Evidence(StrEnum):
    """How much stands behind a statement about a topic."""

    WEAK = "weak"
    MODERATE = "moderate"
    STRONG = "strong"


def counted(number: int, word: str) -> str:
    """How many of something, in the singular for one.

    Example:
        >>> counted(1, "student"), counted(30, "student"), counted(0, "clinic")
        ('1 student', '30 students', '0 clinics')
    """
    return f"{number} {word}{'' if number == 1 else 's'}"
