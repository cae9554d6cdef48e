"""From a marked book with a plan to its packs: who comes to which session, on which topic, with which work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from addin.clinics.candidates import topics_of
from addin.letters.facts import Session
from addin.packs.coming import coming_in, how_many
from addin.packs.pack import HomePage, Pack, Seat, WorkSet
from addin.packs.sets import has_questions, home_page, level_of, work_set
from addin.reading.grid import Book, as_text
from addin.reading.markbook import read_markbook
from addin.results.library import library_in
from model.activities import Activity, ActivityKind
from model.questions.question import Level

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
        """How much there is and what of, in a sentence."""
        seats = [seat for pack in self.packs for seat in pack.seats]
        home = ", two weeks at home with answers for the family" if any(seat.home for seat in seats) else ""
        return f"{how_many(len(self.packs), len(seats))}: register and seating, work for each student{home}, and the answers apart."


def packs_of(book: Book, *, sheet: str | None = None, today: date, home: bool = False) -> Packs:
    """The packs of all coming sessions of the plan, the next one first.

    Args:
        book: A marked book with the sheet `Clinic plan`.
        sheet: Name of the students' sheet; left out, it is found.
        today: Sessions before it are over.
        home: Also two weeks of practice at home for each student.

    Raises:
        RequestProblem: There is no plan, or every session of it is over.
    """
    markbook = read_markbook(book, sheet=sheet)
    coming = coming_in(book, markbook, today=today)
    names = {student.key: student.name or student.student_id or student.key for student in markbook.students}
    shares = {key: {topic.name: topic.share for topic in topics} for key, topics in topics_of(markbook).items()}
    activities, _ = library_in(book)
    packs = tuple(_pack(members, names, shares, activities, home=home) for members in coming.sessions.values())
    lacking = sorted({topic for pack in packs for topic in pack.without_questions})
    notices = [f"There are no questions on {topic} yet: its group has the activity alone" for topic in lacking]
    return Packs(
        class_name=as_text(book.names.get("class_name")) or markbook.sheet,
        packs=packs,
        names=tuple(filter(None, names.values())),
        notices=(*notices, *coming.notices),
    )


def _pack(
    members: Sequence[tuple[str, Session]],
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
