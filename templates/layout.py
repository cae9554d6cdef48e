"""Which columns the template's markbook has, from left to right, and where things stand on its sheets, counted from 1.

The one definition: the sheet, the sample's marks and the tests are all made from it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cache
from importlib import resources

from model.students import Assessment, AssessmentKind
from model.vocabulary import TOPICS

TITLE_ROW, STRAND_ROW, OUT_OF_ROW, HEADING_ROW, FIRST_STUDENT_ROW = 1, 2, 3, 4, 5
"""Rows of the sheet `Markbook`, counted from 1 as Excel shows them."""

LEADING_COLUMNS = 3
"""Student ID, surname and forename stand left of the results; all other columns stand right of them."""

FROZEN_RESULTS = ("Flag", "Risk", "Priority")
"""Results that stay in sight beside the names while marks scroll."""

RESULT_WIDTHS = {
    "Flag": 16.0, "Why": 44.0, "Topics to work on": 42.0, "Suggested activities": 42.0, "Change": 22.0, "Decision note": 24.0,
}  # fmt: skip
"""Widths in characters of result columns that are narrower here than in a teacher's own sheet: the same two lines fit in, since
letters are narrower than the digits that widths count, and names and results stand on one page in letters that can be read."""

ROOM = 35
"""Rows for students in an empty markbook."""

FLAGS_ROW, RUNS_ROW, NEED_ROW, RULE_ROW = 4, 17, 30, 43
"""The rows of the four headings of `Summary`; each has a table on its left and a chart on its right."""

DAYS_ROW = RUNS_ROW + 2
"""The row of `Summary` with the dates of the last two runs."""

IMPACT_ROW, LAST_ROW = 59, 64
"""The heading of what changed after clinics, with sentences and no chart below it; and the last row of `Summary`."""

CHART_COLUMN, DATA_COLUMN = 8, 17
"""Where the charts of `Summary` begin, and where the folded columns behind the scatter chart do."""

FIRST_DATA_ROW, DATA_ROWS = 4, 250
"""The scatter chart holds a class of 200 and some more; a chart over a growing range is not known to LibreOffice."""


class Group(StrEnum):
    """What a column is about; its value is the title above the columns of the group."""

    IDENTITY = "Student"
    BASELINE = "Baseline"
    AUDIT = "For audit only"
    ENGAGEMENT = "Engagement"
    TESTS = "Topic tests"
    MOCKS = "Mock papers"
    CLINICS = "Clinics"
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
    LATEST = "latest"
    """Nothing: a formula says the latest of the half-terms that follow on it."""


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
        """Whether the column holds numbers or a word, in the middle of its cells under a small heading."""
        return self.group is not Group.IDENTITY


def listed(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file that stands beside this module, by the headings of its columns.

    Example:
        >>> listed("setup.csv")[0]["label"]
        'School'
    """
    text = (resources.files("templates") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def assessments() -> tuple[Assessment, ...]:
    """The twelve topic tests and six mock papers, in the order of their columns; over the year every strand is tested.

    Example:
        >>> first = assessments()[0]
        >>> first.title, first.strand.value, first.out_of, len(assessments())
        ('Fractions HT1', 'Number', 20.0, 18)
    """
    return tuple(column.assessment for column in columns() if column.assessment is not None)


def half_terms_of(latest: Column) -> tuple[str, ...]:
    """The headings of the half-terms whose latest value a column says.

    Example:
        >>> half_terms_of(next(column for column in columns() if column.entry is Entry.LATEST))[::5]
        ('Attendance % HT1', 'Attendance % HT6')
    """
    return tuple(c.heading for c in columns() if c.source == latest.source and c.half_term is not None)


@cache
def columns() -> tuple[Column, ...]:
    """The teacher's columns from left to right: identity, baseline, audit, engagement, topic tests, mock papers, clinics.

    They are listed in `columns.csv`; the nine result columns (`addin.results.columns.RESULT_COLUMNS`) stand behind the first
    `LEADING_COLUMNS` of them.

    Example:
        >>> [column.heading for column in columns()][:4]
        ['Student ID', 'Surname', 'Forename', 'Form']
        >>> len(columns())
        54
    """
    return tuple(_column(row) for row in listed("columns.csv"))


def _column(row: Mapping[str, str]) -> Column:
    half_term = int(row["half_term"]) if row["half_term"] else None
    assessment = None
    if row["out_of"]:
        assessment = Assessment(
            title=row["heading"],
            kind=AssessmentKind.TEST if row["group"] == Group.TESTS else AssessmentKind.MOCK,
            strand=TOPICS.get(row["topic"]),
            topic=row["topic"] or None,
            out_of=float(row["out_of"]),
            half_term=half_term,
        )
    return Column(
        heading=row["heading"],
        group=Group(row["group"]),
        entry=Entry(row["entry"]),
        width=float(row["width"]),
        source=row["source"],
        half_term=half_term,
        assessment=assessment,
    )
