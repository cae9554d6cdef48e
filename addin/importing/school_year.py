"""School years as teachers write them, "2025/26" or "2025-2026", and the one after."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

_YEARS = re.compile(r"(\d{4}|\d{2})(\s*[/\-–]\s*)(\d{4}|\d{2})")
_FIRST_MONTH = 9
"""A school year in England begins with September."""


def year_after(text: str) -> str | None:
    """The next school year in the same spelling, None where the text names no two years that follow on each other.

    Example:
        >>> year_after("2025/26"), year_after("2025 - 2026"), year_after("99/00"), year_after("2025"), year_after("2025/27")
        ('2026/27', '2026 - 2027', '00/01', None, None)
    """
    found = _YEARS.fullmatch(text.strip())
    if found is None or (int(found[1]) + 1) % 100 != int(found[3]) % 100:
        return None
    return found[2].join(str(int(year) + 1).zfill(len(year))[-len(year) :] for year in (found[1], found[3]))


def beginning_of(text: str) -> int | None:
    """The year in which a school year begins, None where the text names none.

    Example:
        >>> beginning_of("2025/26"), beginning_of("25-26"), beginning_of("Year 9")
        (2025, 2025, None)
    """
    found = _YEARS.fullmatch(text.strip())
    if found is None or year_after(text) is None:
        return None
    return int(found[1]) if len(found[1]) == 4 else 2000 + int(found[1])


def school_year_of(day: date) -> int:
    """The year in which the school year of a day begins.

    Example:
        >>> school_year_of(date(2026, 8, 31)), school_year_of(date(2026, 9, 1))
        (2025, 2026)
    """
    return day.year if day.month >= _FIRST_MONTH else day.year - 1


def year_that_ends(written: str, days: Iterable[date], today: date) -> int:
    """The year in which the school year begins that is left behind.

    Args:
        written: What Setup calls it, which counts where it is understood.
        days: Days on which something was done in it; the last one counts.
        today: The day, where nothing else tells: it is taken to be in that school year's summer or the autumn after.

    Example:
        >>> year_that_ends("", [date(2026, 3, 2)], date(2026, 7, 17)), year_that_ends("", [], date(2026, 9, 4))
        (2025, 2025)
    """
    known = beginning_of(written)
    last = max(days, default=None)
    if known is None and last is not None:
        known = school_year_of(last)
    return today.year - 1 if known is None else known


def short(beginning: int) -> str:
    """A school year as it can stand in the name of a sheet.

    Example:
        >>> short(2025), short(1999)
        ('2025-26', '1999-00')
    """
    return f"{beginning}-{(beginning + 1) % 100:02}"


def first_day(beginning: int) -> date:
    """The first day of a school year."""
    return date(beginning, _FIRST_MONTH, 1)
