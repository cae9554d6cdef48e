"""Each student once: which lines of which classes are about the same student of a school.

The same student ID or UPN, where the names do not speak against it; else the same full name with the same date of birth, or with
the same form. A name alone is not enough: two children of a year may share one, and they are counted apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from addin.overview.identity import Known
from addin.overview.seen import ClassSeen, Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A student's line in one class; `place` is the class's among all classes, `row` the line's among its lines."""

    place: int
    row: int
    seen: ClassSeen
    line: Line


Student = tuple[Seat, ...]
"""One student: the lines about this one, in the order of the classes."""


def students_once(classes: Sequence[ClassSeen]) -> tuple[Student, ...]:
    """The students of some classes, each once, in the order of their first lines.

    Example:
        >>> from datetime import date
        >>> from addin.overview.places import Place
        >>> from model.vocabulary import Flag
        >>> def seen(name, *known):
        ...     lines = tuple(Line(known=each, flag=Flag.WATCH, risk=0.5, topics=()) for each in known)
        ...     place = Place(school="North Road", year="Year 9", class_name=name)
        ...     return ClassSeen(
        ...         file="y.xlsx", sheet=name, place=place, teachers=(), now=None, days=(None, None), queries=0, lines=lines
        ...     )
        >>> ova = Known(student_id="id1", words=("ova", "zarrin"))
        >>> once = students_once([seen("9A", ova, Known(words=("tul",))), seen("9B", ova, Known(words=("tul",)))])
        >>> [len(student) for student in once]
        [2, 1, 1]
    """
    seats = [
        Seat(place=place, row=row, seen=seen, line=line)
        for place, seen in enumerate(classes)
        for row, line in enumerate(seen.lines)
    ]
    groups = _Groups(seats)
    groups.join_by(_by_id)
    groups.join_by(lambda known: known.upn)
    groups.join_named(lambda known: known.words and known.birth and (known.words, known.birth))
    groups.join_named(lambda known: len(known.words) > 1 and known.form and (known.words, known.form))
    return groups.found()


def doubtful_names(students: Iterable[Student]) -> int:
    """How many names stand in two classes of a year with nothing that tells whether it is one student."""
    holders: dict[Hashable, int] = defaultdict(int)
    for student in students:
        first = student[0]
        unsure = not any(seat.line.known.student_id or seat.line.known.upn for seat in student)
        if unsure and len(first.line.known.words) > 1:
            place = first.seen.place
            holders[place.school, place.year, first.line.known.words] += 1
    return sum(count > 1 for count in holders.values())


def _by_id(known: Known) -> object:
    """A short student ID may be a place in a list, and counts with the very same name alone."""
    if known.is_short:
        return known.words and (known.student_id, known.words)
    return known.student_id


def _agree(one: Known, other: Known) -> bool:
    """Whether two names share a word, or one is not told."""
    return not one.words or not other.words or bool(set(one.words) & set(other.words))


class _Groups:
    """Lines that are joined step by step."""

    def __init__(self, seats: Sequence[Seat]) -> None:
        self._seats = seats
        self._of = list(range(len(seats)))
        self._members = [[place] for place in range(len(seats))]

    def join_by(self, key: Callable[[Known], object]) -> None:
        """Join lines with the same key where their names agree: one that does not is a slip of the pen in the key."""
        for places in self._alike(key).values():
            for number, place in enumerate(places):
                for earlier in places[:number]:
                    if _agree(self._seats[earlier].line.known, self._seats[place].line.known):
                        self._join(earlier, place)
                        break

    def join_named(self, key: Callable[[Known], object]) -> None:
        """Join lines with the same key where no two of them are surely different students: else nobody knows who is who."""
        for places in self._alike(key).values():
            groups = sorted({self._of[place] for place in places})
            members = [self._seats[place] for group in groups for place in self._members[group]]
            if len(groups) > 1 and not _contradict([seat.line.known for seat in members]) and _apart(members):
                for group in groups[1:]:
                    self._join(groups[0], group)

    def found(self) -> tuple[Student, ...]:
        """The students."""
        return tuple(
            tuple(self._seats[place] for place in sorted(members))
            for group, members in enumerate(self._members)
            if self._of[group] == group
        )

    def _alike(self, key: Callable[[Known], object]) -> dict[object, list[int]]:
        found: dict[object, list[int]] = defaultdict(list)
        for place, seat in enumerate(self._seats):
            known = key(seat.line.known)
            if known:
                found[known].append(place)
        return {known: places for known, places in found.items() if len(places) > 1}

    def _join(self, one: int, other: int) -> None:
        keep, goes = sorted((self._of[one], self._of[other]))
        if keep == goes:
            return
        both = [self._seats[place] for group in (keep, goes) for place in self._members[group]]
        if not _apart(both):
            return  # one class holds nobody twice
        for place in self._members[goes]:
            self._of[place] = keep
        self._members[keep] += self._members[goes]
        self._members[goes] = []


def _apart(seats: Sequence[Seat]) -> bool:
    """Whether every line is of another class."""
    return len({seat.place for seat in seats}) == len(seats)


def _contradict(known: Sequence[Known]) -> bool:
    """Whether two of these are surely different students."""
    return any(
        len({value for each in known if (value := getattr(each, what))}) > 1 for what in ("student_id", "upn", "birth")
    )
