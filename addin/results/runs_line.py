"""The last runs of a student as a small line in one cell, from the lowest risk ▁ to the highest █."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from addin.results.history import Entry

MOST_RUNS = 6
"""As many as a year has half-terms."""

_STEPS = "▁▂▃▄▅▆▇█"


def line_of(risks: Sequence[float]) -> str:
    """Risks from 0 to 1, the oldest first, as a line of blocks an eighth of a cell apart.

    Example:
        >>> line_of([0.0, 0.4, 0.55, 1.0])
        '▁▄▅█'
    """
    return "".join(_STEPS[min(len(_STEPS) - 1, int(risk * len(_STEPS)))] for risk in risks)


def runs_of(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Student -> the last runs that have a date, oldest first, at most six; a later entry of one date stands."""
    by_day: dict[str, dict[date, Entry]] = {}
    for entry in entries:
        if entry.day is not None and entry.who:
            by_day.setdefault(entry.who, {})[entry.day] = entry
    return {who: [days[day] for day in sorted(days)][-MOST_RUNS:] for who, days in by_day.items()}
