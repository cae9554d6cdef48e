"""What goes into a workbook: the settings, the students and their marks, before any cell is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np

from model.clinics.groups import ClinicSettings
from model.scorecard import Thresholds, bundled
from model.students import Cohort, MarkState
from templates.layout import FIRST_STUDENT_ROW, ROOM, Column, Entry, columns
from templates.roster import Student

Value = str | float | None
"""A text, a number, or None for an empty cell."""

MARK_WORDS: dict[MarkState, str | None] = {
    MarkState.ABSENT: "Abs",
    MarkState.NOT_REQUIRED: "N/A",
    MarkState.NOT_YET_JOINED: "NE",
    MarkState.NOT_RECORDED: None,
}
"""What a mark cell says where there is no mark."""


@dataclass(frozen=True, kw_only=True)
class Setup:
    """The settings of the Setup sheet; None leaves a cell empty for the teacher.

    Args:
        school, class_name, school_year, teacher: Texts for headings and letters.
        half_term: 1 to 6; left empty, the latest half-term with marks counts.
        thresholds: Risks from which students are flagged High or Watch; left out, the scorecard's.
        boundaries_higher, boundaries_foundation: Grade boundaries of mocks, in words; left empty, the mean of published ones.
        clinics: The settings of the plan of clinics.
        letter_contact: Whom families ask about a letter, in words: name, telephone, address.
        letter_language: Code of the letters' wording; left empty, `language`.
        language: Code of the language of reasons, notes and letters; left empty, English.
        colleague_addresses: Mail addresses of colleagues to whom the markbook may go.

    Example:
        >>> Setup(class_name="10x/Ma1").title
        'Maths markbook – class 10x/Ma1'
    """

    school: str | None = None
    class_name: str | None = None
    school_year: str | None = None
    half_term: int | None = None
    teacher: str | None = None
    thresholds: Thresholds = field(default_factory=lambda: bundled().thresholds)
    boundaries_higher: str | None = None
    boundaries_foundation: str | None = None
    clinics: ClinicSettings = field(default_factory=ClinicSettings)
    letter_contact: str | None = None
    letter_language: str | None = None
    language: str | None = None
    colleague_addresses: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The title above the markbook."""
        return f"Maths markbook – class {self.class_name}" if self.class_name else "Maths markbook"


class Run(NamedTuple):
    """What one earlier run said of one student: a row of the sheet Runs; risk and priority None without a score,
    the topic that is worked on None without a path."""

    day: date
    student_id: str
    name: str
    risk: float | None
    flag: str
    priority: int | None
    half_term: int
    working_on: str | None


class Clinic(NamedTuple):
    """A time at which a clinic is held: a row of the sheet Clinics; `strand` is one of the six, or Any."""

    slot: str
    day: str
    time: str
    room: str
    strand: str
    seats: int
    staff: str


@dataclass(frozen=True, kw_only=True)
class Example:
    """What a workbook holds that has been in use for a while; none of it for an empty one.

    Args:
        columns: Heading of a teacher's column that neither roster nor cohort fills -> its n values.
        decisions: n pairs of Decision and Decision note, or none.
        history: The rows of earlier runs, oldest first.
        clinics: When clinics are held.
    """

    columns: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    decisions: tuple[tuple[Value, Value], ...] = ()
    history: tuple[Run, ...] = ()
    clinics: tuple[Clinic, ...] = ()


NOTHING = Example()


@dataclass(frozen=True, kw_only=True, eq=False)
class Content:
    """Everything that the sheets are written from.

    Args:
        setup: The settings.
        roster: n students, or none for an empty markbook.
        cohort: Their n records in the same order, or None.
        room: Rows of the table of students.
        example: What has gathered since the year began.

    Raises:
        ValueError: Students, records and rows do not fit together, or the cohort holds an assessment that the template
            has no column for (programming errors, never a user's).

    Example:
        >>> Content.of().last_row
        39
    """

    setup: Setup
    roster: tuple[Student, ...]
    cohort: Cohort | None
    room: int
    example: Example = NOTHING

    def __post_init__(self) -> None:
        if self.room < max(1, len(self.roster)):
            raise ValueError(f"{self.room} rows cannot hold {len(self.roster)} students")
        if self.cohort is None:
            return
        if self.cohort.size != len(self.roster):
            raise ValueError(f"{self.cohort.size} records for {len(self.roster)} students")
        unknown = {a.title for a in self.cohort.assessments} - {column.heading for column in columns()}
        if unknown:
            raise ValueError(f"the template has no column for {sorted(unknown)}")

    @classmethod
    def of(
        cls,
        *,
        roster: Sequence[Student] = (),
        cohort: Cohort | None = None,
        setup: Setup | None = None,
        rows: int | None = None,
        example: Example = NOTHING,
    ) -> Content:
        """Content with `rows` rows; left out, as many as there are students, or `layout.ROOM` without any."""
        room = (len(roster) or ROOM) if rows is None else rows
        return cls(setup=setup or Setup(), roster=tuple(roster), cohort=cohort, room=room, example=example)

    @property
    def last_row(self) -> int:
        """The last row of the table of students, counted from 1."""
        return FIRST_STUDENT_ROW + self.room - 1

    def values(self, column: Column) -> list[Value]:
        """What `column` says for each row of the table, `room` values."""
        known: list[Value]
        if column.heading in self.example.columns:
            known = list(self.example.columns[column.heading])
        elif not column.source and column.assessment is None:
            known = []
        elif column.assessment is not None:
            known = self._marks(column.assessment.title)
        elif column.source in Student.__dataclass_fields__:
            known = [getattr(student, column.source) for student in self.roster]
        else:
            known = self._records(column)
        return known + [None] * (self.room - len(known))

    def _records(self, column: Column) -> list[Value]:
        if self.cohort is None:
            return []
        numbers = getattr(self.cohort, column.source)
        if column.half_term is not None:
            numbers = numbers[:, column.half_term - 1]
        elif column.entry is Entry.LATEST:
            numbers = [next((n for n in reversed(of_student) if not np.isnan(n)), np.nan) for of_student in numbers]
        known = [None if np.isnan(number) else float(number) for number in numbers]
        if column.source == "higher":
            return [None if number is None else "H" if number else "F" for number in known]
        return list(known)

    def _marks(self, title: str) -> list[Value]:
        if self.cohort is None:
            return []
        # A cohort that stops at an earlier half-term has fewer assessments than the template has columns.
        titles = [assessment.title for assessment in self.cohort.assessments]
        if title not in titles:
            return []
        position = titles.index(title)
        return [
            float(earned) if state == MarkState.MARK else MARK_WORDS[MarkState(state)]
            for earned, state in zip(self.cohort.earned[:, position], self.cohort.state[:, position], strict=True)
        ]
