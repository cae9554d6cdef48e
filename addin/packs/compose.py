"""From a marked book with a plan to its packs: who comes to which session, on which topic, with which work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from addin.clinics.candidates import topics_of
from addin.errors import RequestProblem
from addin.letters.facts import Session
from addin.letters.sessions import places_in
from addin.packs.pack import HomePage, Pack, Seat, WorkSet
from addin.packs.sets import has_questions, home_page, level_of, work_set
from addin.reading.grid import Book, as_text
from addin.reading.markbook import read_markbook
from addin.results.library import library_in
from model.activities import Activity, ActivityKind
from model.questions.question import Level
from model.vocabulary import counted

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, kw_only=True)
class Packs:
    """Every session's pack, and what to tell the teacher.

    Args:
        class_name: Of `Setup`, else the sheet's name.
        names: Of all students, which no file may be called after.
    """

    class_name: str
    packs: tuple[Pack, ...]
    names: tuple[str, ...]
    notices: tuple[str, ...]

    def told(self) -> str:
        """How much there is, in words."""
        seats = sum(len(pack.seats) for pack in self.packs)
        return f"{counted(len(self.packs), 'session')}, {counted(seats, 'place')}"


def packs_of(book: Book, *, sheet: str | None = None, today: date, home: bool = False) -> Packs:
    """The packs of all coming sessions of the plan, the next one first.

    Args:
        book: A marked book with the sheet `Clinic plan`.
        sheet: Name of the students' sheet; left out, it is found.
        today: Sessions before it are over.
        home: Also two weeks of practice at home for each student.

    Raises:
        RequestProblem: No coming session has a student in it.
    """
    markbook = read_markbook(book, sheet=sheet)
    places = places_in(book, markbook, today=today)
    names = {student.key: student.name or student.student_id or student.key for student in markbook.students}
    shares = {key: {topic.name: topic.share for topic in topics} for key, topics in topics_of(markbook).items()}
    sessions: dict[tuple[date, str], list[tuple[str, Session]]] = {}
    for key, own in places.sessions.items():
        for session in own:
            sessions.setdefault((session.date or date.max, session.slot), []).append((key, session))
    if not sessions:
        raise RequestProblem(
            "No student has a place in a coming session. Run `markbook plan` first, and give the file that it wrote."
        )
    activities, _ = library_in(book)
    packs = tuple(
        _pack(members, names, shares, activities, home=home)
        for _, members in sorted(sessions.items(), key=lambda each: each[0])
    )
    lacking = sorted({topic for pack in packs for topic in pack.without_questions})
    notices = [f"There are no questions on {topic} yet: its group has the activity alone" for topic in lacking]
    notices += [f"'{name}' in the plan stands for two students; give the student ID there" for name in places.unclear]
    return Packs(
        class_name=as_text(book.names.get("class_name")) or markbook.sheet,
        packs=packs,
        names=tuple(filter(None, names.values())),
        notices=tuple(notices),
    )


def _pack(
    members: list[tuple[str, Session]],
    names: Mapping[str, str],
    shares: Mapping[str, Mapping[str, float | None]],
    activities: tuple[Activity, ...],
    *,
    home: bool,
) -> Pack:
    first = members[0][1]
    seed = (first.date or date.min).toordinal()
    placed = sorted(
        ((session.topic, level_of(shares.get(key, {}).get(session.topic)), names[key]) for key, session in members),
        key=lambda each: (each[0] == "", each[0], each[1], each[2]),
    )
    sets: dict[tuple[str, Level], WorkSet] = {}
    homes: dict[tuple[str, Level], HomePage] = {}
    for topic, level, _ in placed:
        if has_questions(topic) and (topic, level) not in sets:
            letter = _LETTERS[len(sets) % len(_LETTERS)]
            sets[topic, level] = work_set(topic, level, letter=letter, seed=seed)
            if home:
                homes[topic, level] = home_page(topic, level, seed=seed)
    seats = tuple(
        Seat(name=name, topic=topic, work=sets.get((topic, level)), home=homes.get((topic, level)))
        for topic, level, name in placed
    )
    topics = list(dict.fromkeys(topic for topic, _, _ in placed if topic))
    teach = tuple(
        found
        for topic in topics
        if (found := next((a for a in activities if a.topic == topic and a.kind is ActivityKind.RE_TEACH), None))
    )
    without = tuple(topic for topic in topics if not has_questions(topic))
    return Pack(session=first, seats=seats, sets=tuple(sets.values()), activities=teach, without_questions=without)
