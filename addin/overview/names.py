"""Who needs help across classes, with names: a list for the department, to fill one clinic from several classes.

This is the one part of an overview that tells who a student is. It is made on request alone, from lines that hold names; nothing
of it is kept elsewhere.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from xlsxwriter import Workbook

from addin.overview.figures import Overview, first_of
from addin.overview.once import Student
from addin.overview.places import natural
from addin.overview.seen import Topic
from addin.overview.tables import Cell, Head, Kind, Table, write_table
from addin.overview.tally import FLAGGED
from addin.overview.workbook import FIXED_DATE
from addin.results.columns import FLAG_COLOURS
from model.vocabulary import STRANDS, Flag
from templates.layout import Group
from templates.styles import Styles

WARNING = "CONFIDENTIAL: this file names students. It stays in the department; do not mail it, and delete it after use."
NO_TOPIC = "(no topic told)"


@dataclass(frozen=True, kw_only=True)
class Needy:
    """One student who needs help.

    Args:
        place: 1 for the greatest need, without ties.
        classes, teachers: Of every class, the one that counts first.
        flag, risk: Of the class that counts, where the risk is highest.
        topics: To work on, in every class, each once.
        decisions: What the teachers decided, each once.
    """

    place: int
    name: str
    student_id: str
    form: str
    school: str
    year: str
    classes: tuple[str, ...]
    teachers: tuple[str, ...]
    flag: Flag
    risk: float | None
    topics: tuple[Topic, ...]
    decisions: tuple[str, ...]


def who_needs_help(overview: Overview) -> tuple[Needy, ...]:
    """The flagged students of all classes in order of need, each once: the always absent first, then by risk.

    Example:
        >>> who_needs_help(Overview())
        ()
    """
    flagged = [student for student in overview.students if first_of(student).line.flag in FLAGGED]
    return tuple(_needy(place, student) for place, student in enumerate(sorted(flagged, key=_order), start=1))


def names_workbook(overview: Overview) -> bytes:
    """The list as .xlsx: sheet `Who needs help`, each student once; sheet `By topic`, to fill a clinic on one of them.

    Example:
        >>> names_workbook(Overview()) == names_workbook(Overview())
        True
    """
    found = who_needs_help(overview)
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        workbook.set_properties(
            {"title": "Who needs help across classes", "author": "Maths Clinic Markbook", "created": FIXED_DATE}
        )
        styles = Styles(workbook)
        several = len({each.school for each in found}) > 1
        _list(workbook, styles, found, several)
        _by_topic(workbook, styles, found, several)
    return buffer.getvalue()


def _order(student: Student) -> tuple[object, ...]:
    first = first_of(student)
    risk = -1.0 if first.line.risk is None else first.line.risk
    return first.line.flag is not Flag.ALWAYS_ABSENT, -risk, first.line.name.casefold(), first.place, first.row


def _needy(place: int, student: Student) -> Needy:
    first = first_of(student)
    seats = (first, *(seat for seat in student if seat is not first))
    return Needy(
        place=place,
        name=first.line.name,
        student_id=next((seat.line.student_id for seat in seats if seat.line.student_id), ""),
        form=next((seat.line.form for seat in seats if seat.line.form), ""),
        school=first.seen.place.school,
        year=first.seen.place.year,
        classes=tuple(dict.fromkeys(seat.seen.place.class_name for seat in seats)),
        teachers=tuple(dict.fromkeys(teacher for seat in seats for teacher in seat.seen.teachers)),
        flag=first.line.flag,
        risk=first.line.risk,
        topics=tuple(dict.fromkeys(topic for seat in seats for topic in seat.line.topics)),
        decisions=tuple(dict.fromkeys(seat.line.decision for seat in seats if seat.line.decision)),
    )


def _heads(several: bool, *, with_topics: bool) -> tuple[Head, ...]:
    return (
        Head(heading="Need", group=Group.RESULTS, width=8),
        Head(heading="Student", group=Group.IDENTITY, kind=Kind.TEXT, width=28),
        Head(heading="Student ID", group=Group.IDENTITY, kind=Kind.TEXT, width=14),
        Head(heading="Form", group=Group.IDENTITY, kind=Kind.TEXT, width=9),
        *((Head(heading="School", group=Group.IDENTITY, kind=Kind.TEXT, width=20),) if several else ()),
        Head(heading="Year", group=Group.BASELINE, kind=Kind.TEXT, width=10),
        Head(heading="Classes", group=Group.BASELINE, kind=Kind.TEXT, width=22),
        Head(heading="Teachers", group=Group.BASELINE, kind=Kind.TEXT, width=26),
        Head(heading="Flag", group=Group.RESULTS, kind=Kind.TEXT, width=18),
        Head(heading="Risk", group=Group.RESULTS, kind=Kind.SHARE, width=8),
        *((Head(heading="Topics to work on", group=Group.TESTS, kind=Kind.TEXT, width=52),) if with_topics else ()),
        Head(heading="Decision", group=Group.RESULTS, kind=Kind.TEXT, width=14),
    )


def _cells(each: Needy, several: bool, topics: tuple[str, ...] = ()) -> tuple[Cell, ...]:
    return (
        each.place, each.name, each.student_id or None, each.form or None, *((each.school,) if several else ()), each.year,
        ", ".join(each.classes), ", ".join(each.teachers) or None, each.flag.value, each.risk, *topics,
        ", ".join(each.decisions) or None,
    )  # fmt: skip


def _list(workbook: Workbook, styles: Styles, found: tuple[Needy, ...], several: bool) -> None:
    table = write_table(
        workbook,
        styles,
        "Who needs help",
        title="Who needs help across classes",
        notes=(
            WARNING,
            "Each student once, in order of need; of two classes the one with the higher risk counts. Filter Topics to work on "
            "by a topic or strand, or use the sheet By topic.",
        ),
        heads=_heads(several, with_topics=True),
        rows=[_cells(each, several, ("; ".join(map(_topic_told, each.topics)),)) for each in found],
        frozen=2,
    )
    _coloured(styles, table)


def _by_topic(workbook: Workbook, styles: Styles, found: tuple[Needy, ...], several: bool) -> None:
    order = {strand.value: place for place, strand in enumerate(STRANDS)}
    pairs = [(topic, each) for each in found for topic in each.topics]
    pairs.sort(key=lambda pair: (order[pair[0][0]], natural(pair[0][1]), pair[1].place))
    table = write_table(
        workbook,
        styles,
        "By topic",
        title="By topic: whom to invite to one clinic",
        notes=(
            WARNING,
            "One line for each student and topic, in order of need. Filter Topic or Strand for one clinic.",
        ),
        heads=(
            Head(heading="Strand", group=Group.TESTS, kind=Kind.TEXT, width=14),
            Head(heading="Topic", group=Group.TESTS, kind=Kind.TEXT, width=26),
            *_heads(several, with_topics=False),
        ),
        rows=[(strand, topic or NO_TOPIC, *_cells(each, several)) for (strand, topic), each in pairs],
        frozen=4,
    )
    _coloured(styles, table)


def _coloured(styles: Styles, table: Table) -> None:
    """Flags in their colours, beside sign and word."""
    column = table.column("Flag")
    for flag, colours in FLAG_COLOURS.items():
        if table.last >= table.first:
            rule = {"type": "cell", "criteria": "==", "value": f'"{flag.value}"', "format": styles.flag(colours)}
            table.sheet.conditional_format(table.first - 1, column, table.last - 1, column, rule)


def _topic_told(topic: Topic) -> str:
    return f"{topic[1]} ({topic[0]})" if topic[1] else topic[0]
