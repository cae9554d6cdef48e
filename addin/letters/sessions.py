"""Who has a place in which clinic: the sheet `Clinic plan`, with day, time, room and staff from the sheet `Clinics`.

Both sheets are found by their headings, wherever these stand, so that a plan of the teacher's own making serves as well. A place
is a row with slot and student, unless its date is past or it only says who is next in line or has none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from addin.letters.facts import Session
from addin.reading.grid import Book, CellValue, Sheet, as_date, as_text
from addin.reading.identities import Student
from addin.reading.markbook import Markbook
from addin.results.clinic_register import NEXT, NO_PLACE
from addin.results.clinic_register import SHEET as PLAN
from addin.results.clinic_slots import SHEET as CLINICS
from model.clinics.groups import TO_BE_AGREED

_NO_INVITATION = frozenset(word.casefold() for word in (NEXT, NO_PLACE))

_HEADINGS = {
    "slot": ("slot", "clinic", "session"),
    "date": ("date",),
    "student_id": ("student id", "id"),
    "name": ("name", "student"),
    "topic": ("topic",),
    "day": ("day",),
    "time": ("time", "starts", "start"),
    "room": ("room", "where"),
    "staff": ("staff", "teacher"),
}
"""What is looked for -> its headings in small letters, the program's own first."""

_DETAILS = ("day", "time", "room", "staff")

Row = Mapping[str, CellValue]
"""What is looked for -> the cell's value; of headings that are there."""


@dataclass(frozen=True, kw_only=True)
class Places:
    """The plan, read.

    Args:
        sessions: Student key -> the coming places, the next one first.
        planned: Whether the plan has a place for anybody, past ones included.
        unclear: Names in the plan that two students of the sheet share, with no student ID beside them.
    """

    sessions: Mapping[str, tuple[Session, ...]]
    planned: bool
    unclear: tuple[str, ...] = ()


def places_in(book: Book, markbook: Markbook, *, today: date) -> Places:
    """Each student's coming places.

    Example:
        >>> from addin.reading.markbook import read_markbook
        >>> plan = (("Date", "Slot", "Status", "Name", "Topic"), ("2026-03-03", "Tue", "Invited", "Ova Zarrin", "Angles"))
        >>> clinics = (("Slot", "Day", "Time", "Room", "Staff"), ("Tue", "Tuesday", "15:30", "M4", "T. Example"))
        >>> sheets = {"Y9": (("Name", "Angles (20)"), ("Ova Zarrin", 12)), "Clinic plan": plan, "Clinics": clinics}
        >>> book = Book(sheets=tuple(Sheet(name=name, rows=cells) for name, cells in sheets.items()))
        >>> places = places_in(book, read_markbook(book), today=date(2026, 3, 2))
        >>> [(s.day, s.time, s.room, s.topic) for s in places.sessions["name:ova zarrin|"]]
        [('Tuesday', '15:30', 'M4', 'Angles')]
    """
    clinics = {as_text(row.get("slot")).casefold(): row for row in _rows(book.sheet(CLINICS), "slot", "day")}
    known, shared = _known(markbook.students)
    found: dict[str, list[Session]] = {}
    unclear = set()
    planned = False
    plan = book.sheet(PLAN)
    for row in _rows(plan, "slot", "student_id") or _rows(plan, "slot", "name"):
        slot, student_id, name = (as_text(row.get(what)) for what in ("slot", "student_id", "name"))
        if not slot or not (student_id or name):
            continue
        planned = True
        who = (student_id or name).casefold()
        if who in shared:
            unclear.add(student_id or name)
            continue
        session = _session(slot, row, clinics.get(slot.casefold(), {}))
        if who in known and (session.date is None or session.date >= today):
            found.setdefault(known[who], []).append(session)
    return Places(
        sessions={key: tuple(sorted(each, key=lambda s: s.date or date.max)) for key, each in found.items()},
        planned=planned,
        unclear=tuple(sorted(unclear)),
    )


def _known(students: Iterable[Student]) -> tuple[dict[str, str], frozenset[str]]:
    """What the plan may call a student -> key, and what two students share.

    The plan puts the form behind the name of a student without ID: "Ova Zarrin (9A)".
    """
    called = [
        (text.casefold(), student)
        for student in students
        for text in {student.student_id, student.name, f"{student.name} ({student.key.rpartition('|')[2]})"}
        if text
    ]
    often = Counter(text for text, _ in called)
    known = {text: student.key for text, student in called if often[text] == 1 and student.why_not is None}
    return known, frozenset(text for text, times in often.items() if times > 1)


def _session(slot: str, row: Row, clinic: Row) -> Session:
    # What the plan itself says goes first; the sheet Clinics fills in.
    details = {what: _shown(row.get(what)) or _shown(clinic.get(what)) for what in _DETAILS}
    topic = as_text(row.get("topic"))
    topic = "" if topic.casefold() == TO_BE_AGREED else topic
    return Session(slot=slot, date=as_date(row.get("date")), topic=topic, **details)


def _shown(value: CellValue) -> str:
    """A cell as a letter shows it; Excel keeps a time of day as a time, or as the part of a day that has passed."""
    if isinstance(value, (datetime, time)):
        return f"{value:%H:%M}"
    if isinstance(value, float) and 0 < value < 1:
        minutes = round(value * 24 * 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return as_text(value)


def _is_invitation(cells: tuple[CellValue, ...]) -> bool:
    # Wherever the word stands: a plan whose columns have other names must never turn "next in line" into a place.
    return not any(as_text(cell).casefold() in _NO_INVITATION for cell in cells)


def _rows(sheet: Sheet | None, *needed: str) -> list[Row]:
    """The rows below the first row of headings that has all that is needed."""
    if sheet is None:
        return []
    for place, cells in enumerate(sheet.rows):
        texts = [as_text(cell).casefold() for cell in cells]
        at = {
            what: next(texts.index(word) for word in words if word in texts)
            for what, words in _HEADINGS.items()
            if any(word in texts for word in words)
        }
        if all(what in at for what in needed):
            return [
                {what: below[column] for what, column in at.items()}
                for below in sheet.rows[place + 1 :]
                if _is_invitation(below)
            ]
    return []
