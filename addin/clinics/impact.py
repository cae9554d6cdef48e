"""From a markbook and its clinics' register to the comparison of `model.impact`: which tests, and who was offered what.

The test before is the mean of the marks up to the half-term of the first clinic, the test after that of all later marks; where
no date tells when clinics began, the latest half-term with marks is the one after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from addin.reading.grid import Book
from addin.reading.headings.column import Role
from addin.reading.markbook import Markbook
from addin.results.clinic_register import Line
from addin.results.history import read_history
from model.impact import Impact, impact
from model.local import in_use
from model.means import mean_over
from model.standing.place import standing
from model.students import Cohort, FloatArray

_TOTALS = (Role.CLINICS_OFFERED, Role.CLINICS_ATTENDED)

_FIRST_MONTHS = ((9, 1), (11, 2), (1, 3), (3, 4), (4, 5), (6, 6))
"""Month from which a half-term counts, and its number: a school year in England, to the nearest month."""


def impact_in(book: Book, markbook: Markbook, register: Sequence[Line], keys: Mapping[str, str]) -> Impact:
    """What changed for students who were offered clinics, beside comparable ones.

    Args:
        keys: What the register knows a student by -> student key.
    """
    cohort = markbook.cohort
    offered: dict[str, int] = {}
    attended: dict[str, int] = {}
    days = []
    for line in register:
        if line.who in keys and line.attended is not None and line.offered:
            key = keys[line.who]
            offered[key] = offered.get(key, 0) + line.offered
            attended[key] = attended.get(key, 0) + line.attended
            days += [line.day] if line.day else []
    if not days:
        totals = totals_in(book, markbook)
        offered = {key: pair[0] for key, pair in totals.items()}
        attended = {key: pair[1] for key, pair in totals.items()}
    first = min(days, default=None)
    columns = _before_and_after(cohort, None if first is None else half_term_of_day(first))
    had = np.array([offered.get(key, 0) > 0 for key in cohort.keys])
    came = np.array([attended.get(key, 0) > 0 for key in cohort.keys])
    if columns is None:
        nothing = np.full(cohort.size, np.nan)
        counts = replace(impact(before=nothing, after=nothing, offered=had, attended=came), offered=int(had.sum()))
        why = "No figure is told yet: there is no test from after the first clinic, or none from before"
        return replace(counts, attended=int((had & came).sum()), compared=int((~had).sum()), why_not=why)
    marks = standing(cohort, reference=in_use().reference).marks
    before, after = (mean_over(marks[:, places]) for places in columns)
    names = [", ".join(cohort.assessments[place].title for place in places[:3]) for places in columns]
    names = [f"{name} ..." if len(places) > 3 else name for name, places in zip(names, columns, strict=True)]
    return impact(
        before=before,
        after=after,
        offered=had,
        attended=came,
        priority=_priority_before(book, markbook, first),
        names=(names[0], names[1]),
    )


def half_term_of_day(day: date) -> int:
    """The half-term in which a day falls, 1 to 6, to the nearest month.

    Example:
        >>> half_term_of_day(date(2026, 2, 9)), half_term_of_day(date(2025, 10, 1)), half_term_of_day(date(2026, 8, 1))
        (3, 1, 6)
    """
    months = (day.month - 9) % 12
    return max(number for month, number in _FIRST_MONTHS if (month - 9) % 12 <= months)


def totals_in(book: Book, markbook: Markbook) -> dict[str, tuple[int, int]]:
    """Student key -> (offered, attended) from the markbook's columns `Clinics offered` and `Clinics attended`."""
    sheet = book.sheet(markbook.sheet)
    assert sheet is not None, "the markbook was read from this book"
    columns = {column.role: column.index + 1 for column in reversed(markbook.columns) if column.role in _TOTALS}
    if len(columns) < len(_TOTALS):
        return {}
    found = {}
    for student in markbook.students:
        pair = [sheet.cell(student.row, columns[role]) for role in _TOTALS]
        numbers = [int(n) for n in pair if isinstance(n, (int, float)) and not isinstance(n, bool) and n >= 0]
        if len(numbers) == len(_TOTALS) and numbers[1] <= numbers[0] and numbers[0] > 0:
            found[student.key] = (numbers[0], numbers[1])
    return found


def _before_and_after(cohort: Cohort, first: int | None) -> tuple[list[int], list[int]] | None:
    """The columns of marks before and after the clinics; None where there are none on one side."""
    marked = [place for place in range(len(cohort.assessments)) if not np.isnan(cohort.earned[:, place]).all()]
    half_terms = {place: cohort.assessments[place].half_term for place in marked}
    if not marked or any(half_term is None for half_term in half_terms.values()):
        before, after = marked[:-1], marked[-1:]  # oldest first: the last test is the later one
    else:
        last = max(half_term or 0 for half_term in half_terms.values())
        cut = last - 1 if first is None else first
        before = [place for place in marked if (half_terms[place] or 0) <= cut]
        after = [place for place in marked if (half_terms[place] or 0) > cut]
    return (before, after) if before and after else None


def _priority_before(book: Book, markbook: Markbook, first: date | None) -> FloatArray | None:
    """(n,) priority in the last run before the first clinic, by the sheet Runs; None where nothing tells it."""
    entries = read_history(book) or ()
    days = [entry.day for entry in entries if entry.day is not None and (first is None or entry.day <= first)]
    if not days:
        return None
    day = max(days) if first else min(days)
    found = {entry.who: entry.cells[5] for entry in entries if entry.day == day}
    values = [found.get((student.student_id or student.name).casefold()) for student in markbook.students]
    numbers = [float(v) if isinstance(v, (int, float)) and not isinstance(v, bool) else np.nan for v in values]
    return np.array(numbers, dtype=np.float64)
