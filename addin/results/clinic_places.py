"""To which clinic a student is invited and what was worked on there, as the sheet `Clinic plan` says it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from addin.reading.grid import as_text
from addin.reading.identities import Student
from addin.results.clinic_register import INVITED, STATUS, Line
from model.pathway import MASTERED
from model.vocabulary import day_told


def clinics_of(register: Sequence[Line] | None) -> dict[str, str]:
    """Student ID or name, in one case -> the latest clinic that the student is invited to, with its day.

    Example:
        >>> from addin.reading.grid import Book, Sheet
        >>> from addin.results.clinic_register import HEADINGS, read_register
        >>> row = ("2026-02-09", "Mon lunch", "Invited", "ZQ1", "Ova Zarrin", "Fractions", 0.5, None, "Priority 1", 1, None)
        >>> clinics_of(read_register(Book(sheets=(Sheet(name="Clinic plan", rows=(HEADINGS, row)),))))
        {'zq1': 'Mon lunch, 9 Feb'}
    """
    invited = [line for line in register or () if line.day and line.who and as_text(line.cells[STATUS]) == INVITED]
    invited.sort(key=lambda line: (line.day, line.slot))
    return {line.who: f"{line.slot}, {day_told(line.day, '{number} {short}')}" for line in invited if line.day}


def shown(student: Student) -> tuple[str | None, str | None]:
    """Student ID and name as the register shows them; without an ID the form stands behind the name, to tell two apart."""
    place = student.key.rpartition("|")[2] if student.key.startswith("name:") else ""
    place = next((text for text in student.texts if text.casefold() == place), place)  # as written, 9K and not 9k
    name = f"{student.name} ({place})" if place else student.name
    return student.student_id, name or None


def keys_of(students: Sequence[Student]) -> dict[str, str]:
    """What the register knows a student by -> student key; whoever cannot be told from another is left out."""
    known = [(as_text(shown(s)[0]) or as_text(shown(s)[1]), s.key) for s in students if s.key_is_unique]
    often = Counter(who.casefold() for who, _ in known)
    return {who.casefold(): key for who, key in known if who and often[who.casefold()] == 1}


def attended_topics(register: Sequence[Line] | None, students: Sequence[Student]) -> dict[str, frozenset[str]]:
    """Student key -> the topics that the student was helped with in a clinic; others are left out.

    Where an exit ticket is entered it decides, the latest one of a topic: with fewer than four in five right the topic is not done,
    however often the student came.
    """
    keys = keys_of(students) if register else {}
    found: dict[str, dict[str, bool]] = {}
    for line in sorted(register or (), key=lambda line: line.day or date.min):
        if line.topic and line.who in keys and (line.attended or line.ticket):
            done = line.ticket is None or _is_right(line.ticket)
            of_student = found.setdefault(keys[line.who], {})
            if line.ticket is not None or line.topic not in of_student:
                of_student[line.topic] = done
    helped = {key: frozenset(topic for topic, done in topics.items() if done) for key, topics in found.items()}
    return {key: topics for key, topics in helped.items() if topics}


def tried_topics(register: Sequence[Line] | None, students: Sequence[Student]) -> dict[str, dict[str, int]]:
    """Student key -> topic -> how often an exit ticket on it was not right; others are left out."""
    keys = keys_of(students) if register else {}
    found: dict[str, dict[str, int]] = {}
    for line in register or ():
        if line.topic and line.who in keys and line.ticket is not None and not _is_right(line.ticket):
            of_student = found.setdefault(keys[line.who], {})
            of_student[line.topic] = of_student.get(line.topic, 0) + 1
    return found


def _is_right(ticket: tuple[int, int]) -> bool:
    return ticket[0] >= MASTERED * ticket[1]
