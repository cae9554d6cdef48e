"""What each button of the ribbon does: a function that takes a host and answers what to tell the user."""

from __future__ import annotations

from addin.hosts.base import Host
from addin.review import Review, score_class
from model.vocabulary import Flag


def score_button(host: Host) -> str:
    """Score class: read the markbook, write the results, and say in a few lines what was found.

    Raises:
        MarkbookError: The class cannot be scored; the text says why and what to do, and nothing is written.
    """
    done, notices = score_class(host)
    return "\n".join([summary(done), *notices])


def summary(done: Review) -> str:
    """The counts by flag, the queries and how the half-term was found, in words.

    Example:
        >>> from addin.grid import Book, Sheet
        >>> from addin.review import review
        >>> rows = (("Name", "Target", "Angles (20)"), ("Ova Zarrin", 7, 2), ("Tul Beska", 6, "4?"))
        >>> print(summary(review(Book(sheets=(Sheet(name="Y9", rows=rows),)))))
        ▲ High: 1, ● Watch: 0, ■ On track: 0, ? Not enough data: 1.
        Half-term 1, from the number of assessments.
        1 cell was not understood; the first is C3: '4?'.
    """
    counts = done.counts()
    lines = [
        ", ".join(f"{flag}: {counts[flag]}" for flag in Flag) + ".",
        f"Half-term {done.markbook.cohort.half_term}, from {done.markbook.half_term_from}.",
    ]
    queries = done.markbook.queries
    if queries:
        were = "cell was" if len(queries) == 1 else "cells were"
        lines.append(f"{len(queries)} {were} not understood; the first is {queries[0].cell}: {queries[0].value!r}.")
    return "\n".join(lines)
