"""What a run should find, worked out from the teacher's own record alone, its students in another order than on any sheet."""

from __future__ import annotations

from random import Random

from addin.errors import MarkbookError
from addin.reading.grid import Book, CellValue, Sheet
from addin.results.scored import Result
from addin.review import review
from tests.lives.births import LABELS, SETTINGS
from tests.lives.teacher import SHEET, SUM, Teacher


def expected(teacher: Teacher, random: Random) -> dict[str, Result] | str:
    """Student -> result; or why the class cannot be scored."""
    students = random.sample(teacher.students, len(teacher.students))
    rows = [_row(teacher, student) for student in students]
    setup = Sheet(name="Setup", rows=tuple(zip(LABELS, map(teacher.setup.get, SETTINGS), strict=True)))
    headings = tuple(column.heading for column in teacher.columns)
    title = [(teacher.titles.get((row, 1)), *[None] * (len(headings) - 1)) for row in range(1, teacher.header_row)]
    total = next((i for i, column in enumerate(teacher.columns) if column.kind == "sum"), None)
    sums = {(teacher.header_row + 1 + r, total + 1) for r in range(len(rows))} if total is not None else set()
    sheet = Sheet(name=SHEET, rows=(*title, headings, *rows), formulas=frozenset(sums))
    try:
        found = review(Book(sheets=(sheet, setup), names=dict(teacher.setup)))
    except MarkbookError as error:
        return str(error)
    return dict(zip(students, found.results, strict=True))


def _row(teacher: Teacher, student: str) -> tuple[CellValue, ...]:
    values = (teacher.cells.get((student, column.token)) for column in teacher.columns)
    return tuple(teacher.total(student) if value == SUM else value for value in values)
