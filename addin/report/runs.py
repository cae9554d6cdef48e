"""A student's story: every run that the sheet `Runs` holds of the student, and where the student stands now.

Where the markbook is as it was at its last run, that run is the last point of the story and its day the day of the report; where
marks have been entered since, today is one point more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from addin.reading.grid import as_text
from addin.results.history import NO_CHANGE, Entry, known_as
from addin.results.scored import Review
from model.vocabulary import Flag, day_told

SAME = 1e-4
"""Risks in the history have four places."""

FLAGGED = frozenset({Flag.HIGH, Flag.WATCH, Flag.ALWAYS_ABSENT})
"""Flags that ask for something to be done; a flag is equal to its text."""

SHORT_DAY = "{number} {short}"


@dataclass(frozen=True, kw_only=True)
class Point:
    """One run: the risk, None where there was no score, and the flag in sign and word ("" where a row has none)."""

    day: date
    risk: float | None
    flag: str

    def told(self) -> str:
        """The run in words.

        Example:
            >>> Point(day=date(2026, 2, 6), risk=0.41, flag="● Watch").told()
            '6 Feb 2026: risk 41 %, Watch'
        """
        risk = "no score" if self.risk is None else f"risk {percent(self.risk)} %"
        word = self.flag.partition(" ")[2]
        return f"{day_told(self.day, '{number} {short} {year}')}: {risk}{f', {word}' if word else ''}"


@dataclass(frozen=True, kw_only=True)
class Story:
    """The runs of one student, oldest first; the last one is now.

    Args:
        points: The runs.
        remembers: Whether the workbook keeps runs at all.
    """

    points: tuple[Point, ...]
    remembers: bool

    @property
    def scored(self) -> tuple[Point, ...]:
        """The runs with a score."""
        return tuple(point for point in self.points if point.risk is not None)

    @property
    def before(self) -> Point | None:
        """The last run with a score before the last one."""
        return next((point for point in reversed(self.points[:-1]) if point.risk is not None), None)

    @property
    def step(self) -> float | None:
        """How much the risk has risen since the run before, None where nothing can be compared."""
        now, before = self.points[-1].risk, self.before
        return None if now is None or before is None or before.risk is None else now - before.risk

    @property
    def arrow(self) -> str:
        """The change as an arrow with points; "new" without an earlier score, "" where nothing is remembered.

        Example:
            >>> one, two = (Point(day=date(2026, 2, day), risk=risk, flag="● Watch") for day, risk in ((6, 0.4), (13, 0.52)))
            >>> Story(points=(one, two), remembers=True).arrow, Story(points=(two,), remembers=True).arrow
            ('↑ 12', 'new')
        """
        if self.step is None:
            return "new" if self.remembers and self.points[-1].risk is not None else ""
        if abs(self.step) < NO_CHANGE:
            return "→ 0"
        return f"{'↑' if self.step > 0 else '↓'} {round(100 * abs(self.step))}"

    @property
    def flagged_since(self) -> date:
        """The day of the first run that flagged the student without a break up to now; now's where this one does not."""
        since = self.points[-1].day
        for point in reversed(self.points):
            if point.flag not in FLAGGED:
                break
            since = point.day
        return since

    def told(self) -> str:
        """The change in words, for who does not see arrow and line."""
        if self.step is None or self.before is None:
            return {"new": "No earlier run", "": ""}[self.arrow]
        way = (
            "no change"
            if abs(self.step) < NO_CHANGE
            else f"{'up' if self.step > 0 else 'down'} {self.arrow[2:]} points"
        )
        return f"Risk {way}. " + "; ".join(point.told() for point in self.scored)


def percent(risk: float) -> int:
    """A risk in whole per cent."""
    return round(100 * risk)


def stories_of(
    review: Review, history: Sequence[Entry] | None, *, today: date, among: int = 1
) -> tuple[date, Mapping[str, Story]]:
    """The day of the report, and every student's story.

    Args:
        review: The class as it stands now.
        history: The workbook's runs, None where it keeps none.
        today: The day of a point that no run has told yet.
        among: How many classes the workbook has.

    Example:
        >>> from addin.reading.grid import Book, Sheet
        >>> from addin.results.history import HEADINGS, read_history
        >>> from addin.review import review
        >>> rows, run = (("Name", "Target", "Angles (20)"), ("Ova Zarrin", 7, 2)), (None, "Ova Zarrin", 0.4, "● Watch", 1, 3)
        >>> runs = Sheet(name="Runs", rows=(HEADINGS, ("2026-02-06", *run), ("2026-02-13", *run)))
        >>> done = review(Book(sheets=(Sheet(name="Y9", rows=rows), runs)))
        >>> day, found = stories_of(done, read_history(done.book), today=date(2026, 3, 2))
        >>> str(day), [str(point.day) for point in found["name:ova zarrin|"].points]
        ('2026-03-02', ['2026-02-06', '2026-02-13', '2026-03-02'])
    """
    earlier = _earlier(review, history or (), among)
    last = max((day for own in earlier.values() for day in own), default=None)
    now = last if last is not None and _is_as_it_was(review, earlier, last) else today
    found = {}
    for result in review.results:
        own = earlier.get(result.key, {})
        then = tuple(_point(day, own[day]) for day in sorted(own) if day < now)
        point = Point(day=now, risk=result.risk, flag=result.flag.value)
        found[result.key] = Story(points=(*then, point), remembers=history is not None)
    return now, found


def _earlier(review: Review, history: Sequence[Entry], among: int) -> dict[str, dict[date, Entry]]:
    """Student key -> day -> the run; of two on one day the later one stands."""
    by_day: dict[str, dict[date, Entry]] = {}
    for entry in history:
        if entry.day is not None and entry.who:
            by_day.setdefault(entry.who, {})[entry.day] = entry
    named = (result for result in review.results if result.student_id or result.name)
    return {result.key: by_day.get(known_as(result, review, among=among), {}) for result in named}


def _is_as_it_was(review: Review, earlier: Mapping[str, Mapping[date, Entry]], day: date) -> bool:
    for result in review.results:
        entry = earlier.get(result.key, {}).get(day)
        then = None if entry is None else entry.risk
        if result.risk is None or then is None:
            if result.risk is not then:
                return False
        elif abs(result.risk - then) > SAME:
            return False
    return True


def _point(day: date, entry: Entry) -> Point:
    return Point(day=day, risk=entry.risk, flag=as_text(entry.cells[4]))
