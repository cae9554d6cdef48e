"""Slips of the pen in headings: which known word a misspelt one is close to, if it is close to one alone.

Distance is that of optimal string alignment, the number of letters put in, left out, exchanged or turned round. One slip is
allowed in words and phrases of 6 to 12 letters and two in longer ones; the first letter and every digit must be right, since a
slip is rarely in the first letter and "KS3" is no misspelt "KS2". tests/reading/headings/test_typos.py holds the table of slips
that must be understood and of words that must not be taken for another ("Username", "Percentile", "Independent", "Target
date").
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

Meaning = TypeVar("Meaning")

SHORTEST = 6
"""In shorter words one letter makes another word: form and from, speed and spend, set and sex."""
TWO_SLIPS_FROM = 13
"""With two slips allowed in 12 letters, "independent" would be "independence"."""


def close_to(text: str, known: Mapping[str, Meaning]) -> tuple[str, Meaning, float] | None:
    """The known word that a text is meant to be.

    Args:
        text: In small letters, without signs (`heading_text.plain`).
        known: Words in the same spelling, and what they mean.

    Returns:
        The word, its meaning and the similarity from 0 to 1; None where nothing is close or two words of different
        meaning are equally close.

    Example:
        >>> close_to("attendence", {"attendance": 1, "homework": 2})
        ('attendance', 1, 0.9)
        >>> close_to("username", {"surname": 1, "forename": 2}) is None
        True
    """
    if len(text) < SHORTEST - 1:
        return None
    near = {
        word: meaning
        for word, meaning in known.items()
        if len(word) >= SHORTEST
        and word[0] == text[0]
        and abs(len(word) - len(text)) <= _slips(word)
        and _digits(word) == _digits(text)
    }
    if not near:
        return None
    found = sorted((slips, word) for word in near if (slips := slips_between(text, word)) <= _slips(word))
    if not found:
        return None
    fewest, best = found[0]
    if any(slips == fewest and near[word] != near[best] for slips, word in found):
        return None
    return best, near[best], round(1 - fewest / max(len(best), len(text)), 3)


def slips_between(one: str, other: str) -> int:
    """The letters put in, left out, exchanged or turned round between two words.

    Written out here, in plain Python, because headings are read where no compiled library can be installed (a browser).

    Example:
        >>> slips_between("attendence", "attendance"), slips_between("taregt", "target"), slips_between("form", "from")
        (1, 1, 1)
    """
    before, last = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, against in enumerate(other, start=1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]


def _slips(word: str) -> int:
    return 2 if len(word) >= TWO_SLIPS_FROM else 1


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())
