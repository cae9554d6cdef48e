"""What the plan of clinics sees of each student, from the markbook and the register: topics, days, decision, who came.

Everything is keyed by `Student.key`; the register knows a student by ID, else by name and form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import erf, sqrt

import numpy as np

from addin.clinics.impact import totals_in
from addin.clinics.sheet import days_in
from addin.reading.grid import Book, address, as_text
from addin.reading.headings.column import Role
from addin.reading.markbook import Markbook
from addin.reading.queries import Query
from addin.results.clinic_register import Line
from model.clinics.groups import Topic
from model.clinics.show_rates import Attendance
from model.local import in_use
from model.standing.place import standing
from model.strands import Need, needs
from model.vocabulary import STRANDS, Decision


def decision_of(text: str) -> Decision:
    """What a cell of the column `Decision` says; anything but the three words is no decision.

    Example:
        >>> decision_of("accept"), decision_of("perhaps")
        (<Decision.ACCEPT: 'Accept'>, <Decision.NONE: ''>)
    """
    return next((each for each in Decision if each.value.casefold() == text.strip().casefold()), Decision.NONE)


def needs_of(markbook: Markbook) -> dict[str, tuple[Need, ...]]:
    """Student key -> the weakest topic of each strand, weakest first: what a plan chooses from."""
    sure = np.flatnonzero([student.why_not is None for student in markbook.students])
    cohort = markbook.cohort.take(sure)
    placed = standing(cohort, reference=in_use().reference)
    found = needs(cohort, placed.marks, parts=placed.parts, most=len(STRANDS))
    return dict(zip(cohort.keys, found, strict=True))


def topics_of(markbook: Markbook) -> dict[str, tuple[Topic, ...]]:
    """The same in the terms of the plan."""
    return {key: tuple(map(_topic, own)) for key, own in needs_of(markbook).items()}


def _topic(need: Need) -> Topic:
    told = f"{need.earned:g}/{need.out_of:g}" if need.earned is not None and need.out_of is not None else ""
    share = need.earned / need.out_of if need.earned is not None and need.out_of else None
    above = 0.5 * (1.0 - erf(need.level / sqrt(2.0)))
    return Topic(name=need.topic or need.strand.value, strand=need.strand, gap=round(above, 6), told=told, share=share)


def unavailable_in(book: Book, markbook: Markbook) -> tuple[dict[str, frozenset[int]], tuple[Query, ...]]:
    """Student key -> the days on which the student cannot come, from the columns `Unavailable`."""
    sheet = book.sheet(markbook.sheet)
    assert sheet is not None, "the markbook was read from this book"
    found: dict[str, frozenset[int]] = {}
    queries = []
    for column in (column for column in markbook.columns if column.role is Role.UNAVAILABLE):
        for student in markbook.students:
            text = as_text(sheet.cell(student.row, column.index + 1))
            days, strange = days_in(text)
            found[student.key] = found.get(student.key, frozenset()) | days
            if strange or (text and not days):
                queries.append(
                    Query(
                        cell=address(student.row, column.index + 1),
                        value=text,
                        rule="days of the week are needed",
                        remedy="Enter them such as Mon, Thu; anything else goes into a note",
                    )
                )
    return found, tuple(queries)


def records_in(book: Book, markbook: Markbook, register: Sequence[Line], keys: Mapping[str, str]) -> list[Attendance]:
    """What is known of who comes: the register, or the markbook's own totals where these count more clinics.

    The two may count the same clinics, so that they are never added.
    """
    own: dict[str, list[Attendance]] = {}
    for line in register:
        if line.who in keys and line.attended is not None and line.offered:
            key = keys[line.who]
            record = Attendance(key=key, slot=line.slot, offered=line.offered, attended=line.attended)
            own.setdefault(key, []).append(record)
    for key, (offered, attended) in totals_in(book, markbook).items():
        if offered > sum(record.offered for record in own.get(key, ())):
            own[key] = [Attendance(key=key, slot="", offered=offered, attended=attended)]
    return [record for key in sorted(own) for record in own[key]]
