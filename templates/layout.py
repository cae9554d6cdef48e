"""Which columns the template's markbook has, from left to right, and which rows stand above its students.

The one definition: the sheet, the sample's marks and the tests are all made from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

from model.students import Assessment, AssessmentKind
from model.vocabulary import HALF_TERMS, TOPICS

TITLE_ROW, STRAND_ROW, OUT_OF_ROW, HEADING_ROW, FIRST_STUDENT_ROW = 1, 2, 3, 4, 5
"""Rows of the sheet, counted from 1 as Excel shows them."""

FROZEN_COLUMNS = 3
"""Student ID, surname and forename stay in sight."""

ROOM = 35
"""Rows for students in an empty markbook."""

MOCK_PAPER_TOTAL = 80
"""Each of the three papers of GCSE mathematics is out of 80."""

_TESTS: tuple[tuple[int, str, int], ...] = (
    (1, "Fractions", 20),
    (1, "Expanding", 25),
    (2, "Sharing in a ratio", 20),
    (2, "Angles", 20),
    (3, "Averages", 25),
    (3, "Equally likely outcomes", 15),
    (4, "Percentage change", 30),
    (4, "Equations", 30),
    (5, "Pythagoras", 20),
    (5, "Decimals", 25),
    (6, "Tree diagrams", 20),
    (6, "Scatter graphs", 20),
)
"""Half-term, topic and total of the topic tests; over the year every strand is tested."""

_MOCKS: tuple[tuple[int, int], ...] = ((1, 3), (2, 5))
"""Number and half-term of the mock examinations."""


class Group(StrEnum):
    """What a column is about; its value is the title above the columns of the group."""

    IDENTITY = "Student"
    BASELINE = "Baseline"
    AUDIT = "For audit only"
    ENGAGEMENT = "Engagement"
    TESTS = "Topic tests"
    MOCKS = "Mock papers"
    RESULTS = "Results"


class Entry(Enum):
    """What may be typed into a column; `input_rules` turns each into a rule of Excel's."""

    TEXT = "text"
    TIER = "H or F"
    KS2 = "scaled score"
    GRADE = "grade"
    PER_CENT = "0 to 100"
    EFFORT = "effort scale"
    YES_NO = "Y or N"
    SEN = "N, K or E"
    COUNT = "whole number"
    MARK = "mark"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of the markbook.

    Args:
        heading: The text in the heading row, unique in the sheet.
        group: What it is about.
        entry: What may be typed into it.
        width: In characters, as Excel counts them.
        source: The attribute of `roster.Student` or of `model.students.Cohort` that fills it; empty for marks, and for what
            only an example fills (`content.Example.columns`).
        half_term: 1 to 6 for engagement and marks, None for the rest.
        assessment: The test or paper, None where the column holds no marks.
    """

    heading: str
    group: Group
    entry: Entry
    width: float
    source: str = ""
    half_term: int | None = None
    assessment: Assessment | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether the heading is turned upright, so that a year of columns fits on one page."""
        return self.group is not Group.IDENTITY


def assessments() -> tuple[Assessment, ...]:
    """The twelve topic tests and six mock papers, in the order of their columns.

    Example:
        >>> first = assessments()[0]
        >>> first.title, first.strand.value, first.out_of, len(assessments())
        ('Fractions HT1', 'Number', 20.0, 18)
    """
    tests = tuple(
        Assessment(
            title=f"{topic} HT{half_term}",
            kind=AssessmentKind.TEST,
            strand=TOPICS[topic],
            topic=topic,
            out_of=float(total),
            half_term=half_term,
        )
        for half_term, topic, total in _TESTS
    )
    papers = tuple(
        Assessment(
            title=f"Mock {mock} Paper {paper} HT{half_term}",
            kind=AssessmentKind.MOCK,
            out_of=float(MOCK_PAPER_TOTAL),
            half_term=half_term,
        )
        for mock, half_term in _MOCKS
        for paper in (1, 2, 3)
    )
    return tests + papers


def columns() -> tuple[Column, ...]:
    """The teacher's columns from left to right: identity, baseline, audit, engagement by half-term, topic tests, mock papers.

    The nine result columns (`addin.results.columns.RESULT_COLUMNS`) follow on their right.

    Example:
        >>> [column.heading for column in columns()][:4]
        ['Student ID', 'Surname', 'Forename', 'Form']
        >>> len(columns())
        51
    """
    return _identity() + _baseline() + _audit() + _engagement() + _marks()


def _identity() -> tuple[Column, ...]:
    text = Entry.TEXT
    return (
        Column(heading="Student ID", group=Group.IDENTITY, entry=text, width=11, source="student_id"),
        Column(heading="Surname", group=Group.IDENTITY, entry=text, width=15, source="surname"),
        Column(heading="Forename", group=Group.IDENTITY, entry=text, width=13, source="forename"),
        Column(heading="Form", group=Group.IDENTITY, entry=text, width=7.5, source="form"),
        Column(heading="Tier", group=Group.IDENTITY, entry=Entry.TIER, width=6.5, source="higher"),
    )


def _baseline() -> tuple[Column, ...]:
    return (
        Column(heading="KS2 maths", group=Group.BASELINE, entry=Entry.KS2, width=5.5, source="ks2"),
        Column(heading="Target grade", group=Group.BASELINE, entry=Entry.GRADE, width=5.5, source="target"),
        Column(heading="Working-at grade", group=Group.BASELINE, entry=Entry.GRADE, width=5.5, source="working_at"),
    )


def _audit() -> tuple[Column, ...]:
    return tuple(
        Column(heading=heading, group=Group.AUDIT, entry=entry, width=5.5)
        for heading, entry in (("PP", Entry.YES_NO), ("SEN", Entry.SEN), ("EAL", Entry.YES_NO), ("Sex", Entry.TEXT))
    )


def _engagement() -> tuple[Column, ...]:
    kinds = (
        ("Attendance %", Entry.PER_CENT, "attendance"),
        ("Homework %", Entry.PER_CENT, "homework"),
        ("Effort", Entry.EFFORT, "effort"),
    )
    return (
        tuple(
            Column(
                heading=f"{words} HT{half_term}",
                group=Group.ENGAGEMENT,
                entry=entry,
                width=4.7,
                source=source,
                half_term=half_term,
            )
            for half_term in range(1, HALF_TERMS + 1)
            for words, entry, source in kinds
        )
        + tuple(
            Column(heading=heading, group=Group.ENGAGEMENT, entry=Entry.COUNT, width=4.7)
            for heading in ("Clinics offered", "Clinics attended")
        )
        + (Column(heading="Unavailable", group=Group.ENGAGEMENT, entry=Entry.TEXT, width=9),)
    )


def _marks() -> tuple[Column, ...]:
    return tuple(
        Column(
            heading=assessment.title,
            group=Group.TESTS if assessment.kind is AssessmentKind.TEST else Group.MOCKS,
            entry=Entry.MARK,
            width=5.5,
            half_term=assessment.half_term,
            assessment=assessment,
        )
        for assessment in assessments()
    )
