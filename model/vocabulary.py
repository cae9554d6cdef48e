"""The words that every part shares: strands, topics, flags, tiers of entry, the effort scale and half-terms.

Sources: the six strands and the weights of each tier are those of the GCSE subject content and assessment objectives
for mathematics in England (DfE, 2013; Ofqual, 2014), where probability and statistics share one weight.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from model.curriculum import Strand as Strand
from model.curriculum import topics

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip

HALF_TERMS = 6
"""A school year in England has six half-terms, numbered 1 to 6."""

EFFORT_LOWEST, EFFORT_HIGHEST = 1, 4
"""Effort, or attitude to learning: 1 = little, 2 = some, 3 = good, 4 = excellent."""

UNGRADED, GRADE_LOWEST, GRADE_HIGHEST = 0, 1, 9
"""GCSE grades 1 to 9; 0 stands for ungraded and is read as such, but never set as a target."""

KS2_LOWEST, KS2_HIGHEST = 80, 120
"""Key stage 2 scaled scores; 100 is the expected standard."""


STRANDS: tuple[Strand, ...] = tuple(Strand)

TOPICS: dict[str, Strand] = {topic.name: topic.strand for topic in topics().values()}
"""The name of every topic of the course, with its strand; the map is `model.curriculum`."""


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
    ALWAYS_ABSENT = "◆ Always absent"


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


def day_told(day: date, form: str = "{number} {month} {year}") -> str:
    """A date in English words. strftime would tell it in the language that the program around us has chosen.

    Args:
        day: The date.
        form: What is told, of `weekday`, `number`, `month`, `short` (the month in three letters) and `year`.

    Example:
        >>> day_told(date(2026, 2, 9)), day_told(date(2026, 2, 9), "{weekday} {number} {short}")
        ('9 February 2026', 'Monday 9 Feb')
    """
    month = MONTHS[day.month - 1]
    return form.format(weekday=WEEKDAYS[day.weekday()], number=day.day, month=month, short=month[:3], year=day.year)
