"""What is the teacher's, kept in plain Python beside the workbooks: by student and column, never by row."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from addin.reading.headings.roles import RESULT_HEADINGS
from tests.lives.workbook import Page, Value, plain

SHEET = "9x2 maths"
DECISION, NOTE = "Decision", "Decision note"
OURS = ("Flag", "Risk", "Priority", "Why", "Topics to work on", "Suggested activities", "Change")
"""The result columns that a run writes and Clear empties."""

SUM = "a sum of the marks"
"""What a student has in a column of sums."""


@dataclass
class Column:
    """A column of the teacher's own.

    Args:
        token: Its name here, which stays when the heading is renamed.
        heading: Its heading.
        kind: "who", "kept" (target, baseline), "mark", "count" (attendance, homework), "grade", "sum" or "text".
        out_of: The total of a test, None for all else.
    """

    token: str
    heading: str
    kind: str
    out_of: int | None = None


@dataclass
class Teacher:
    """The teacher's book.

    Args:
        day: Today.
        header_row: The row of the headings; titles stand above.
        titles: (row, column) -> value above the headings.
        columns: The own columns, from left to right.
        students: Who stands on the sheet, from top to bottom, by what stands in the first column.
        cells: (student, token) -> value; blank cells are left out.
        setup: Name of a setting -> value, None where it is blank.
        decisions: Student -> decision and note.
        attended: (date, clinic, student) -> what is entered.
        results: Student -> heading -> value as the last run left it; None where there are no columns of results.
        runs: (date, student) -> risk and flag, of every run that a sheet remembers.
        gone: The names of those who left, as sheets would name them.
        archived: What stands on sheets of past years.
        has_sheets: Whether the book has the sheets Runs, Queries, Class list and Support.
        summed: The tokens of the first and the last column that are added up.
        spelling: How student IDs are written; "{}" for numbers.
    """

    day: date
    header_row: int
    titles: dict[tuple[int, int], Value]
    columns: list[Column]
    students: list[str]
    cells: dict[tuple[str, str], Value]
    setup: dict[str, Value | None]
    has_sheets: bool
    spelling: str = "Z{}"
    summed: tuple[str, str] = ("", "")
    clinics: list[tuple[Value | None, ...]] = field(default_factory=list)
    decisions: dict[str, tuple[str, str]] = field(default_factory=dict)
    attended: dict[tuple[date, str, str], Value] = field(default_factory=dict)
    results: dict[str, dict[str, Value | None]] | None = None
    runs: dict[tuple[date, str], tuple[Value | None, str]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    archived: dict[str, dict[tuple[int, int], Value]] = field(default_factory=dict)

    def column(self, token: str) -> Column:
        """The column of a token."""
        return next(column for column in self.columns if column.token == token)

    def of_kind(self, *kinds: str) -> list[Column]:
        """The columns of these kinds."""
        return [column for column in self.columns if column.kind in kinds]

    def total(self, student: str) -> float:
        """What the sum beside a student gives: of all numbers from the first to the last column that is added up."""
        tokens = [column.token for column in self.columns]
        first, last = map(tokens.index, self.summed)
        cells = (self.cells.get((student, token)) for token in tokens[first : last + 1])
        return float(sum(cell for cell in cells if isinstance(cell, float)))

    def name(self, student: str) -> str:
        """Forename and surname, as sheets and letters name a student."""
        if (student, "forename") in self.cells:
            return f"{self.cells[student, 'forename']} {self.cells[student, 'surname']}"
        surname, _, forename = student.partition(", ")
        return f"{forename} {surname}"

    def known_as(self, student: str) -> str:
        """What `Runs` knows a student by: the ID, else the name, in small letters."""
        return student.casefold() if (student, "forename") in self.cells else self.name(student).casefold()

    def invited_as(self, student: str) -> str:
        """What `Clinic plan` knows a student by: the ID, else the name with the form, in small letters."""
        form = "" if (student, "forename") in self.cells else f" ({self.cells[student, 'form']})".casefold()
        return self.known_as(student) + form

    def key(self, student: str) -> str:
        """The key that the task pane hands back."""
        if (student, "forename") in self.cells:
            return f"id:{student.casefold()}"
        return f"name:{self.name(student).casefold()}|{str(self.cells[student, 'form']).casefold()}"


def who(value: Value | None) -> str:
    """A student as the first column names one."""
    value = plain(value)
    return f"{value:.0f}" if isinstance(value, float) else str(value or "")


@dataclass
class Places:
    """Where things stand on a host's sheet of students.

    Args:
        columns: Token -> column.
        results: Heading of a result column -> column.
        rows: Student -> row.
        strange: Headings that are nobody's, and students who should not be there or stand there twice.
    """

    columns: dict[str, int]
    results: dict[str, int]
    rows: dict[str, int]
    strange: list[str]


def places(teacher: Teacher, page: Page) -> Places:
    """Find the teacher's columns and students, and the columns of results, by what stands in the cells."""
    tokens = {column.heading: column.token for column in teacher.columns}
    found = Places({}, {}, {}, [])
    last_row, last_column = page.corner()
    for c in range(1, last_column + 1):
        heading = page.cells.get((teacher.header_row, c))
        if heading in tokens and tokens[str(heading)] not in found.columns:
            found.columns[tokens[str(heading)]] = c
        elif heading in RESULT_HEADINGS and heading not in found.results:
            found.results[str(heading)] = c
        elif heading is not None:
            found.strange.append(f"heading {heading!r}")
    first = found.columns.get(teacher.columns[0].token, 1)
    for row in range(teacher.header_row + 1, last_row + 1):
        student = who(page.cells.get((row, first)))
        if student in teacher.students and student not in found.rows:
            found.rows[student] = row
        elif student:
            found.strange.append(f"student {student!r} in row {row}")
    return found
