"""The coming sessions of a clinic plan and who has a place in them: what packs are made for.

It needs no question and no page, so that it answers where neither can be made, inside xlwings Lite.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from addin.errors import RequestProblem
from addin.letters.facts import Session
from addin.letters.sessions import places_in
from addin.reading.grid import Book
from addin.reading.markbook import Markbook
from model.vocabulary import counted


@dataclass(frozen=True, kw_only=True)
class Coming:
    """The coming sessions.

    Args:
        sessions: Day and slot -> the key of each student who has a place, and the session; the next one first.
        notices: What keeps a place of the plan from being anybody's.
    """

    sessions: Mapping[tuple[date, str], tuple[tuple[str, Session], ...]]
    notices: tuple[str, ...]

    def told(self) -> str:
        """How many there are, in words."""
        return how_many(len(self.sessions), sum(map(len, self.sessions.values())))


def coming_in(book: Book, markbook: Markbook, *, today: date) -> Coming:
    """The sessions of the sheet `Clinic plan` from today on.

    Args:
        book: A marked book with a plan.
        markbook: Its class.
        today: Sessions before it are over.

    Raises:
        RequestProblem: There is no plan, or every session of it is over.

    Example:
        >>> from addin.reading.grid import Sheet
        >>> from addin.reading.markbook import read_markbook
        >>> plan = (("Date", "Slot", "Name", "Topic"), ("2026-03-03", "Tue", "Ova Zarrin", "Angles"))
        >>> sheets = {"Y9": (("Name", "Angles (20)"), ("Ova Zarrin", 12)), "Clinic plan": plan}
        >>> book = Book(sheets=tuple(Sheet(name=name, rows=cells) for name, cells in sheets.items()))
        >>> coming_in(book, read_markbook(book), today=date(2026, 3, 2)).told()
        '1 session, 1 place'
    """
    places = places_in(book, markbook, today=today)
    sessions: dict[tuple[date, str], list[tuple[str, Session]]] = {}
    for key, own in places.sessions.items():
        for session in own:
            sessions.setdefault((session.date or date.max, session.slot), []).append((key, session))
    if not sessions:
        why = (
            "The sheet Clinic plan has no student of this class with a place in a session that is still to come."
            if places.planned
            else "There is no plan yet: the sheet Clinic plan gives nobody a place."
        )
        raise RequestProblem(f"{why} Press Plan clinics, or run `markbook plan` and give the file that it wrote.")
    return Coming(
        sessions={when: tuple(members) for when, members in sorted(sessions.items(), key=lambda each: each[0])},
        notices=tuple(
            f"'{name}' in the plan stands for two students; give the student ID there" for name in places.unclear
        ),
    )


def how_many(sessions: int, places: int) -> str:
    """How much is made, in words.

    Example:
        >>> how_many(2, 12)
        '2 sessions, 12 places'
    """
    return f"{counted(sessions, 'session')}, {counted(places, 'place')}"
