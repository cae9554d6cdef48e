"""The letters' facts as a CSV for a mail merge: one line a student, safe to open in a spreadsheet program.

A cell that begins as a formula would be worked out by whoever opens the file, so it is put behind an apostrophe
(`addin/csv_cells.py`). UTF-8 with a byte order mark, which Excel needs to read letters such as é.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from addin.letters.facts import LetterFacts, Session, TopicMarks
from addin.reading.grid import safe

HEADINGS = (
    "Student ID", "Name", "Forename", "Form", "School", "Class", "Teacher", "Contact", "Date",
    "Going well 1", "Going well 1 marks", "Going well 2", "Going well 2 marks",
    "Topic 1", "Topic 1 in words", "Topic 1 marks", "Topic 2", "Topic 2 in words", "Topic 2 marks",
    "Session", "Session date", "Day", "Time", "Room", "Staff", "Session topic", "What we will do",
    "Family letter", "Student letter",
)  # fmt: skip

_TOPICS = 2


def mail_merge(letters: Iterable[tuple[LetterFacts, str, str]]) -> bytes:
    """The file's bytes.

    Args:
        letters: The facts of each student, and the names of the files to the family and to the student.
    """
    text = io.StringIO(newline="")
    # Every cell in quotation marks: a program that splits at another character leaves them whole.
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for facts, family, student in letters:
        writer.writerow([safe(cell) for cell in _cells(facts, family, student)])
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _cells(facts: LetterFacts, family: str, student: str) -> list[str]:
    session = facts.sessions[0] if facts.sessions else Session(slot="")
    best, topics = ((*found, *[None] * _TOPICS)[:_TOPICS] for found in (facts.strengths.topics, facts.topics))
    return [
        facts.student_id, facts.name, facts.forename, facts.form, facts.school, facts.class_name, facts.teacher, facts.contact,
        facts.day.isoformat(),
        *(cell for topic in best for cell in (topic.topic if topic else "", _marks(topic))),
        *(cell for t in topics for cell in (t.topic if t else "", t.means if t else "", _marks(t))),
        session.slot, session.date.isoformat() if session.date else "", session.day, session.time, session.room, session.staff,
        facts.focus.topic if facts.focus else "", facts.activity, family, student,
    ]  # fmt: skip


def _marks(topic: TopicMarks | None) -> str:
    if topic is None or topic.out_of is None or topic.earned is None:
        return ""
    # Not "9/30": a spreadsheet program would make a date of it.
    return f"{topic.earned:g} out of {topic.out_of:g}"
