"""The figures of an overview: of each class, year and school, each student once; groups of fewer than ten are hidden.

Where a student stands in two classes, the line with the higher risk counts in sums. A class of fewer than ten students shows no
figures. It counts in sums only where several such classes of one year hold ten students or more, whom no other class has: so no
figure of a hidden class can be worked out from sums.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from addin.overview.once import Seat, Student, doubtful_names, students_once
from addin.overview.places import Place, natural
from addin.overview.seen import ClassSeen
from addin.overview.tally import FLAGGED, Change, Tally
from model.fairness import LEAST
from model.vocabulary import STRANDS, Flag

_ORDER = (Flag.HIGH, Flag.WATCH, Flag.ON_TRACK, Flag.ALWAYS_ABSENT, Flag.NOT_ENOUGH)


@dataclass(frozen=True, kw_only=True)
class ClassFigures:
    """One class: its place, teachers, the days of its runs, and its figures."""

    place: Place
    teachers: tuple[str, ...]
    now: date | None
    days: tuple[date | None, date | None]
    tally: Tally


@dataclass(kw_only=True)
class Overview:
    """Everything that is told of some classes, none of it about a single student.

    Args:
        seen: The classes, in any order.
        refused: Path of a workbook without a result -> the kind of problem.
        refused_at: Where each of these belongs.

    Example:
        >>> Overview().everything().students, Overview().classes()
        (0, [])
    """

    seen: Sequence[ClassSeen] = ()
    refused: dict[str, str] = field(default_factory=dict)
    refused_at: dict[str, Place] = field(default_factory=dict)

    @cached_property
    def students(self) -> tuple[Student, ...]:
        """Every student once."""
        return students_once(sorted(self.seen, key=lambda seen: (_place_order(seen.place), seen.file, seen.sheet)))

    @cached_property
    def doubtful_names(self) -> int:
        """Names that stand in two classes of a year with nothing that tells whether it is one student."""
        return doubtful_names(self.students)

    @cached_property
    def in_two_classes(self) -> int:
        """Students who stand in more than one class."""
        return sum(len({seat.seen.place for seat in student}) > 1 for student in self.students)

    @cached_property
    def has_several_schools(self) -> bool:
        """Whether a line has to say of which school it is."""
        return len({place.school for place in self._places}) > 1

    def everything(self) -> Tally:
        """The figures of all students, for whoever runs the program; nothing is hidden or left out."""
        return self._tally(self._places)

    def sums(self) -> Tally:
        """The figures of all students who count in sums."""
        return self._tally(self._places, sums=True)

    def grouped(self, key: Callable[[Place], str]) -> dict[str, Tally]:
        """Figures by school, or by year group, in the order of the names, numbers in them as numbers."""
        groups: dict[str, list[Place]] = {}
        for place in sorted(self._places, key=lambda place: natural(key(place))):
            groups.setdefault(key(place), []).append(place)
        return {name: self._tally(places, sums=True) for name, places in groups.items()}

    def classes(self) -> list[ClassFigures]:
        """Each class with its figures, by school, year group and class; workbooks of one and the same class are one."""
        return [self._class(place) for place in self._places]

    def years(self) -> dict[tuple[str, str], list[Student]]:
        """School and year group -> the students who count in its sums, with their lines there."""
        return {unit: self._within(places, sums=True) for unit, places in self._units.items()}

    def counted_classes(self, unit: tuple[str, str]) -> list[Place]:
        """The classes of a year group of a school that count in its sums."""
        return [place for place in self._units[unit] if place in self._counted]

    @cached_property
    def _places(self) -> list[Place]:
        return sorted({*(seen.place for seen in self.seen), *self.refused_at.values()}, key=_place_order)

    @cached_property
    def _units(self) -> dict[tuple[str, str], list[Place]]:
        units: dict[tuple[str, str], list[Place]] = {}
        for place in self._places:
            units.setdefault((place.school, place.year), []).append(place)
        return units

    @cached_property
    def _seen_at(self) -> dict[Place, list[ClassSeen]]:
        found: dict[Place, list[ClassSeen]] = {place: [] for place in self._places}
        for seen in self.seen:
            found[seen.place].append(seen)
        return found

    @cached_property
    def _at(self) -> dict[Place, list[int]]:
        """Class -> the numbers of its students."""
        found: dict[Place, list[int]] = {place: [] for place in self._places}
        for number, student in enumerate(self.students):
            for place in {seat.seen.place for seat in student}:
                found[place].append(number)
        return found

    @cached_property
    def _counted(self) -> frozenset[Place]:
        """The classes that count in sums."""
        large = {place for place, students in self._at.items() if len(students) >= LEAST}
        known_there = {number for place in large for number in self._at[place]}
        counted = set(large)
        for places in self._units.values():
            small = [place for place in places if 0 < len(self._at[place]) < LEAST]
            alone = {number for place in small for number in self._at[place]} - known_there
            if len(small) > 1 and len(alone) >= LEAST:
                counted.update(small)
        return frozenset(counted)

    def _within(self, places: Sequence[Place], *, sums: bool = False) -> list[Student]:
        """The students of some classes, with their lines there alone."""
        wanted = self._counted.intersection(places) if sums else frozenset(places)
        numbers = sorted({number for place in wanted for number in self._at[place]})
        return [tuple(seat for seat in self.students[number] if seat.seen.place in wanted) for number in numbers]

    def _class(self, place: Place) -> ClassFigures:
        seen = self._seen_at[place]
        runs = sorted({(each.now or date.min, each.days[0] or date.min, each.days[1] or date.min) for each in seen})
        now, before, earlier = ((None if day == date.min else day) for day in runs[-1]) if runs else (None,) * 3
        return ClassFigures(
            place=place,
            teachers=tuple(sorted({teacher for each in seen for teacher in each.teachers}, key=natural)),
            now=now,
            days=(before, earlier),
            tally=self._tally([place]),
        )

    def _tally(self, places: Sequence[Place], *, sums: bool = False) -> Tally:
        seen = [each for place in places for each in self._seen_at[place]]
        at = Counter(self.refused_at.values())
        within = self._within(places, sums=sums)
        told = [first_of(student) for student in within]
        lines = [seat.line for seat in told]
        clinics = [_clinics(student) for student in within]
        strands = Counter(
            strand for student in within for strand in {topic[0] for seat in student for topic in seat.line.topics}
        )
        return Tally(
            workbooks=len({each.file for each in seen}),
            refused=sum(at[place] for place in places),
            students=len(within),
            queries=sum(each.queries for each in seen),
            counts=tuple(sum(line.flag is flag for line in lines) for flag in Flag),
            needs=tuple(strands[strand] for strand in STRANDS),
            changes=(self._change(told, 0, sums=sums), self._change(told, 1, sums=sums)),
            offered=sum(offered for offered, _ in clinics),
            attended=sum(attended for _, attended in clinics),
            all_left_out=not within and any(self._at[place] for place in places),
        )

    def _change(self, told: Sequence[Seat], which: int, *, sums: bool) -> Change:
        """What changed; sums leave out classes of which too few had a score in both runs, or those could be worked out."""
        pairs = [
            (step, seat.line.flag)
            for seat in told
            if (step := seat.line.steps[which]) is not None
            and not (sums and self._compared(seat.seen.place)[which] < LEAST)
        ]
        return Change(
            compared=len(pairs),
            rose=sum(step.way > 0 for step, _ in pairs),
            fell=sum(step.way < 0 for step, _ in pairs),
            flags=sum(step.flag is not None and step.flag is not flag for step, flag in pairs),
            flagged_then=sum(step.flag in FLAGGED for step, _ in pairs),
            flagged_now=sum(flag in FLAGGED for _, flag in pairs),
        )

    def _compared(self, place: Place) -> tuple[int, int]:
        """How many of a class had a score in both runs, for each of the two comparisons."""
        if place not in self._compared_at:
            lines = [line for seen in self._seen_at[place] for line in seen.lines]
            before, earlier = (sum(line.steps[which] is not None for line in lines) for which in (0, 1))
            self._compared_at[place] = before, earlier
        return self._compared_at[place]

    @cached_property
    def _compared_at(self) -> dict[Place, tuple[int, int]]:
        return {}


def first_of(student: Student) -> Seat:
    """The line that counts for a student of several classes: the highest risk, else what is known at least."""
    return min(student, key=lambda seat: (-_risk(seat), _ORDER.index(seat.line.flag), seat.place))


def _risk(seat: Seat) -> float:
    return -1.0 if seat.line.risk is None else seat.line.risk


def _clinics(student: Student) -> tuple[int, int]:
    """Clinics offered and attended: classes of one workbook share its register, whose lines count once."""
    of_file: dict[str, tuple[int, int]] = {}
    for seat in student:
        of_file[seat.seen.file] = max(of_file.get(seat.seen.file, (0, 0)), (seat.line.offered, seat.line.attended))
    return sum(offered for offered, _ in of_file.values()), sum(attended for _, attended in of_file.values())


def _place_order(place: Place) -> tuple[object, ...]:
    return natural(place.school), natural(place.year), natural(place.class_name)
