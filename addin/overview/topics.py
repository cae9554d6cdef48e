"""The topics that a year group struggles with: how many students have each to work on, and in how many classes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from addin.overview.figures import Overview, first_of
from addin.overview.once import Student
from addin.overview.seen import Topic
from addin.overview.tally import FLAGGED
from model.fairness import LEAST
from model.vocabulary import STRANDS


@dataclass(frozen=True, kw_only=True)
class TopicFigures:
    """A topic in a year group of a school.

    Args:
        strand, topic: What it is; the topic is "" where markbooks tell the strand only.
        students: Who has it among the topics to work on, each student once.
        of: All students of the year group who count.
        flagged: Of those who have it, who has a flag that asks for help.
        classes, of_classes: In how many classes anybody has it, and of how many.
    """

    school: str
    year: str
    strand: str
    topic: str
    students: int
    of: int
    flagged: int
    classes: int
    of_classes: int

    @property
    def name(self) -> str:
        """What it is called."""
        return self.topic or f"{self.strand} (no topic told)"

    @property
    def share(self) -> float:
        """Of the students of the year group."""
        return self.students / self.of


@dataclass(frozen=True, kw_only=True)
class YearTopics:
    """A year group of a school with its topics, the most needed first; none where the group is too small."""

    school: str
    year: str
    students: int
    topics: tuple[TopicFigures, ...]


def topics_of_years(overview: Overview) -> tuple[YearTopics, ...]:
    """The topics of every year group.

    Example:
        >>> topics_of_years(Overview())
        ()
    """
    return tuple(_of_year(overview, unit, students) for unit, students in overview.years().items())


def _of_year(overview: Overview, unit: tuple[str, str], students: list[Student]) -> YearTopics:
    school, year = unit
    have: dict[Topic, list[Student]] = defaultdict(list)
    if len(students) >= LEAST:
        for student in students:
            for topic in dict.fromkeys(topic for seat in student for topic in seat.line.topics):
                have[topic].append(student)
    topics = [
        TopicFigures(
            school=school,
            year=year,
            strand=strand,
            topic=topic,
            students=len(who),
            of=len(students),
            flagged=sum(first_of(student).line.flag in FLAGGED for student in who),
            classes=len(
                {seat.seen.place for student in who for seat in student if (strand, topic) in seat.line.topics}
            ),
            of_classes=len(overview.counted_classes(unit)),
        )
        for (strand, topic), who in have.items()
    ]
    order = {strand.value: place for place, strand in enumerate(STRANDS)}
    topics.sort(key=lambda each: (-each.students, -each.flagged, order[each.strand], each.topic))
    return YearTopics(school=school, year=year, students=len(students), topics=tuple(topics))
