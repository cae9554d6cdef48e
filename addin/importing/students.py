"""Who of an export is who in a markbook: by student ID or UPN, else by name with form. In doubt nobody is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from addin.importing.roll import Person, name_key, plain_id, plain_name


@dataclass(frozen=True, kw_only=True)
class Skipped:
    """A row of the export that goes nowhere."""

    line: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Matched:
    """Who is who.

    Args:
        known: Line of the export -> row of the sheet.
        new: People of the export whom the sheet does not have.
        leavers: People of the sheet whom the export does not have. Where somebody's identity is in doubt, nobody whom the doubt
            concerns is among them.
        skipped: Lines of the export that are in doubt.
    """

    known: dict[int, int]
    new: tuple[Person, ...]
    leavers: tuple[Person, ...]
    skipped: tuple[Skipped, ...]


def match(export: Sequence[Person], sheet: Sequence[Person]) -> Matched:
    """Find the people of an export on a sheet.

    Args:
        export: One per row; `Person.row` is the line.
        sheet: One per student.

    Example:
        >>> def who(row, student_id, name, place=""):
        ...     return Person(row=row, student_id=student_id, upn="", surname="", forename="", name=name, place=place)
        >>> found = match([who(2, "17", "Ova Zarrin"), who(3, "", "Tul Beska", "9K"), who(4, "19", "Mik Vondel")],
        ...               [who(5, "17", "O Zarrin"), who(6, "", "Tul Beska", "9J")])
        >>> found.known, [str(person) for person in found.new], found.skipped[0].reason
        ({2: 5}, ['Mik Vondel'], 'row 6 has the same name, with another form or set')
    """
    doubts = _doubled(export)
    known: dict[int, int] = {}
    new: list[Person] = []
    concerned: set[int] = set()
    finder = _Finder(sheet, export)
    for one in export:
        rows, reason = finder.find(one)
        if one.row in doubts or reason is not None:
            doubts.setdefault(one.row, reason or "")
            concerned.update(rows)
        elif rows:
            known[one.row] = rows[0]
        else:
            new.append(one)
    lines_of: dict[int, list[int]] = defaultdict(list)
    for line, row in known.items():
        lines_of[row].append(line)
    for row, lines in lines_of.items():
        if len(lines) > 1:
            concerned.add(row)
            for line in lines:
                del known[line]
                doubts[line] = f"lines {_listed(lines)} all fit row {row}"
    settled = concerned | set(known.values())
    return Matched(
        known=known,
        new=tuple(new),
        leavers=tuple(one for one in sheet if one.row not in settled and not finder.is_doubled(one)),
        skipped=tuple(Skipped(line=line, reason=doubts[line]) for line in sorted(doubts)),
    )


class _Finder:
    """The people of a sheet, to be looked up by what they are known by."""

    def __init__(self, people: Sequence[Person], export: Sequence[Person]) -> None:
        self._by_id = _grouped(people, lambda one: plain_id(one.student_id))
        self._by_upn = _grouped(people, lambda one: one.upn.casefold())
        self._by_name = _grouped(people, lambda one: name_key(one.name))

        # Numbers of which not one is known are those of another system, and tell nothing of who is who.
        known = {*self._by_id, *self._by_upn}
        given = {key for one in export for key in (plain_id(one.student_id), one.upn.casefold()) if key}
        self._foreign_ids = (
            len(given) > 1 and not given & known and any(self._by_name.get(name_key(o.name)) for o in export)
        )

    def find(self, one: Person) -> tuple[list[int], str | None]:
        """The row that somebody stands in, none for somebody new; or the rows that could be meant, and what the doubt is."""
        by_number = {
            other.row: other
            for other in (
                *self._by_id.get(plain_id(one.student_id), ()),
                *self._by_upn.get(one.upn.casefold(), ()),
            )
        }
        if len(by_number) > 1:
            return list(by_number), f"its student ID or UPN stands in rows {_listed(by_number)}"
        for row, other in by_number.items():
            if _contradict(one, other):
                return [row], f"student ID and UPN do not both fit row {row}"
            return [row], None
        same_name = self._by_name.get(name_key(one.name), ())
        alike = [other for other in same_name if self._foreign_ids or not _contradict(one, other)]
        if same_name and not alike and not any(_other_place(one, other) for other in same_name):
            rows = [other.row for other in same_name]
            return (
                rows,
                f"row {_listed(rows)} has the same name with another student ID; say who it is by correcting the ID",
            )
        fitting = [other for other in alike if not (one.place and other.place) or _same_place(one, other)]
        if len(fitting) > 1:
            return [other.row for other in fitting], f"the name fits rows {_listed(other.row for other in fitting)}"
        if fitting:
            return [fitting[0].row], None
        if alike:
            rows = [other.row for other in alike]
            return rows, f"row {_listed(rows)} has the same name, with another form or set"
        return [], None

    def is_doubled(self, one: Person) -> bool:
        """Whether somebody else of the sheet has the same number; then neither is anybody for sure."""
        same_id = self._by_id.get(plain_id(one.student_id), ())
        return len(same_id) > 1 or len(self._by_upn.get(one.upn.casefold(), ())) > 1


def _doubled(export: Sequence[Person]) -> dict[int, str]:
    """Lines that nobody, or more than one person, could be meant by."""
    doubts = {one.row: "it has no student ID, no valid UPN and no name" for one in export if not str(one)}
    nameless: Sequence[Person] = [one for one in export if not (one.student_id or one.upn)]
    for people, key, what in (
        (export, lambda one: plain_id(one.student_id), "student ID"),
        (export, lambda one: one.upn.casefold(), "UPN"),
        (nameless, lambda one: one.name and f"{name_key(one.name)}|{plain_name(one.place)}", "name"),
    ):
        for same in _grouped(people, key).values():
            if len(same) > 1:
                lines = _listed(one.row for one in same)
                doubts |= {one.row: f"the same {what} stands on lines {lines}" for one in same}
    return doubts


def _grouped(people: Sequence[Person], key: Callable[[Person], str]) -> dict[str, list[Person]]:
    groups: dict[str, list[Person]] = defaultdict(list)
    for one in people:
        if found := key(one):
            groups[found].append(one)
    return dict(groups)


def _contradict(one: Person, other: Person) -> bool:
    """Whether both have a number of the same kind and the numbers differ."""
    ids = bool(one.student_id and other.student_id) and plain_id(one.student_id) != plain_id(other.student_id)
    return ids or (bool(one.upn and other.upn) and one.upn.casefold() != other.upn.casefold())


def _other_place(one: Person, other: Person) -> bool:
    return bool(one.place and other.place) and not _same_place(one, other)


def _same_place(one: Person, other: Person) -> bool:
    return plain_name(one.place) == plain_name(other.place)


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))
