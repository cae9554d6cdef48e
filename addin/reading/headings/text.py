"""What the text of a heading tells besides its words: total, half-term, and what is left without them."""

from __future__ import annotations

import re

from addin.reading.marks import is_total
from model.vocabulary import HALF_TERMS

_HALF_TERM = re.compile(
    r"\b(?:ht|half[ -]?term)\s*([1-6])\b|\b(autumn|spring|summer)\s*(?:term\s*)?([12])\b", re.IGNORECASE
)
_TERM_START = {"autumn": 0, "spring": 2, "summer": 4}
_TOTAL = re.compile(
    r"[(\[]\s*(?:out of|max(?:imum)?|/)?\s*(\d+(?:\.\d+)?)\s*(?:marks?)?\s*[)\]]"
    r"|(?:/|\bout of\s|\bmax(?:imum)?\s)\s*(\d+(?:\.\d+)?)\s*(?:marks?)?\s*$",
    re.IGNORECASE,
)
_RANGE = re.compile(r"[(\[]\s*(\d+(?:\.\d+)?)\s*(?:-|–|—|to|\.\.)\s*(\d+(?:\.\d+)?)\s*%?\s*[)\]]")
_CHOICE = re.compile(r"[(\[]\s*(?:\w{1,2}\s*[/,|]\s*)+\w{1,2}\s*[)\]]")
"""Letters to choose from, such as (F/H) and (K/E/N)."""
_DATE = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](?:\d{4}|\d{2}))?|\d{4}-(\d{2})-(\d{2})(?:[ T].*)?")
"""A heading that is a date and nothing else, the day first as in Europe, or as ISO 8601 writes it."""
_MONTHS_FROM_SEPTEMBER = 9
_SIGNS = re.compile(r"[^\w&+]+|_+")


def half_term_of(heading: str) -> int | None:
    """The half-term that a heading names, 1 to 6.

    Example:
        >>> half_term_of("Attendance % HT3"), half_term_of("Homework Spring 2"), half_term_of("Angles")
        (3, 4, None)
    """
    found = _HALF_TERM.search(heading)
    if not found:
        return None
    number = int(found[1]) if found[1] else _TERM_START[found[2].casefold()] + int(found[3])
    return number if 1 <= number <= HALF_TERMS else None


def total_of(heading: str) -> float | None:
    """The total that a heading names.

    Example:
        >>> total_of("Fractions (20)"), total_of("Ratio\\n/20"), total_of("Mock 1 Paper 2")
        (20.0, 20.0, None)
    """
    found = None if day_of(heading) else _TOTAL.search(_DATE.sub(" ", heading))
    total = float(found[1] or found[2]) if found else 0.0
    return total if is_total(total) else None


def day_of(heading: str) -> tuple[int, int] | None:
    """The day that a heading is, as month of the school year from 0 for September and day of the month; None for other headings.

    Example:
        >>> day_of("12/09"), day_of("2027-01-08"), day_of("Quiz 12/09"), day_of("12/30")
        ((0, 12), (4, 8), None, None)
    """
    found = _DAY.fullmatch(heading.strip())
    if found is None:
        return None
    day, month = (int(found[1]), int(found[2])) if found[1] else (int(found[4]), int(found[3]))
    return ((month - _MONTHS_FROM_SEPTEMBER) % 12, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def range_of(heading: str) -> tuple[float, float] | None:
    """The scale that a heading names in brackets, from its lowest to its highest value: no total.

    Example:
        >>> range_of("Effort (1-4)"), range_of("KS2 (80-120)"), range_of("Fractions (20)")
        ((1.0, 4.0), (80.0, 120.0), None)
    """
    found = _RANGE.search(heading)
    return (float(found[1]), float(found[2])) if found and float(found[1]) != float(found[2]) else None


def bare(heading: str) -> str:
    """A heading without half-term, total, scale and the space around them.

    Example:
        >>> bare("Fractions HT2 (20)")
        'Fractions'
    """
    without = _CHOICE.sub(" ", _RANGE.sub(" ", _HALF_TERM.sub(" ", heading)))
    return " ".join(_TOTAL.sub(" ", without).split()).strip(" -–:,")


def plain(heading: str) -> str:
    """Words alone, in small letters: what two spellings of one heading have in common.

    Example:
        >>> plain("Working-at grade"), plain("ATT. (%)")
        ('working at grade', 'att')
    """
    return _SIGNS.sub(" ", heading.casefold()).strip()
