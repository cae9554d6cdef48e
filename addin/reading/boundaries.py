"""Grade boundaries that Setup holds: a school's own, or the name of an examination whose boundaries are published."""

from __future__ import annotations

import re
from itertools import pairwise

from addin.reading.grid import Book, as_text
from addin.reading.queries import Query
from model.standing.boundaries import TIERS, Boundaries, examination

_GRADE = re.compile(r"\b([1-9])\s*[:=]\s*(\d+(?:\.\d+)?)")
_TOTAL = re.compile(r"\b(?:out )?of\s+(\d+)", re.IGNORECASE)

_REMEDY = (
    "Enter the lowest marks and the total, such as 5: 182, 4: 147, 3: 109, 2: 71, 1: 33 of 240, or an examination, such as Edexcel "
    "June 2023; empty, the mean of published boundaries is used"
)


def own_boundaries(book: Book) -> tuple[dict[str, Boundaries], tuple[Query, ...]]:
    """The boundaries of mocks by tier, and a query for each that cannot be read.

    Args:
        book: A workbook whose Setup may name `boundaries_foundation` and `boundaries_higher`.

    Example:
        >>> found, queries = own_boundaries(Book(sheets=(), names={"boundaries_higher": "7: 140, 6: 110, 5: 80 of 200"}))
        >>> dict(found["higher"].lowest), queries
        ({7: 70.0, 6: 55.0, 5: 40.0}, ())
    """
    found, queries = {}, []
    for tier in TIERS:
        text = as_text(book.names.get(f"boundaries_{tier}"))
        if not text:
            continue
        read = boundaries_in(text, tier)
        if isinstance(read, Boundaries):
            found[tier] = read
        else:
            queries.append(Query(cell=f"Setup, boundaries {tier}", value=text, rule=read, remedy=_REMEDY))
    return found, tuple(queries)


def boundaries_in(text: str, tier: str) -> Boundaries | str:
    """What a text says, or what is wrong with it.

    Example:
        >>> boundaries_in("6: 120, 5: 130 of 200", "higher")
        'a higher grade needs more marks'
        >>> boundaries_in("Edexcel June 2023", "foundation").lowest[5] > 70
        True
    """
    grades = {int(grade): float(mark) for grade, mark in _GRADE.findall(text)}
    if not grades:
        named = examination(text, tier)
        return named.boundaries if named else "these are neither boundaries nor an examination that the program knows"
    total = _TOTAL.search(text)
    out_of = float(total[1]) if total else 100.0
    marks = [grades[grade] for grade in sorted(grades)]
    if len(grades) < 2:
        return "two grades at least are needed"
    if any(later <= earlier for earlier, later in pairwise(marks)):
        return "a higher grade needs more marks"
    if marks[-1] > out_of:
        return f"a boundary is above the total of {out_of:g}"
    return Boundaries(lowest={grade: 100 * mark / out_of for grade, mark in grades.items()})
