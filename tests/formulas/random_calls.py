"""Random edits to two books, and what every formula says of them: with what is kept of earlier calls, and with nothing kept.

    python -m tests.formulas.random_calls [--edits N] [--seed S]

Prints the differences, of which there should be none. After each edit some functions of the family are asked, about one row, some
or all, with cells and lists as Excel makes them anew, as a script changes its own, or through xlwings' converter.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from addin import functions
from addin.formulas import cells, scored
from addin.formulas.converter import AsCells, RowsAsCells

Rows = list[list[Any]]
FAMILY = sorted(name for name in vars(functions) if name.startswith("INTERVENTION_"))
WITH_DETAIL = {"INTERVENTION_WHY", "INTERVENTION_TOPICS", "INTERVENTION_ACTIVITIES", "INTERVENTION_PATHWAY"}
WHAT_IF = "INTERVENTION_WHATIF"

VALUES: tuple[Any, ...] = (
    0, 0.0, False, "0", 1, 1.0, True, "1", None, "", " ", 7, 7.0, 7.5, "7", 0.5, "12/20", "60%", "10,5", "Abs", "abs", "N", -1, 999,
    2**60, float("nan"), "#N/A", "#DIV/0!", -2146826281, -2146826281.0, date(2026, 2, 9), datetime(2026, 2, 9), "2026-02-09", "Ova",
)  # fmt: skip
"""What an edit puts into a cell: much of it is equal to something else, and not the same."""

HEADINGS = (
    "Name", "Forename", "Student ID", "Target", "Target grade", "KS2", "Set", "Tier", "Homework %", "Homework % HT3",
    "Attendance %", "Effort", "Angles (20)", "Angles", "Ratio HT1", "Surds /30", "Mock 1", "Paper 1 (80)", "Notes",
    "Fractions 02/03", None, 7, "Flag",
)  # fmt: skip


CALLS = 3
"""After each edit."""


class Book:
    """The ranges of one book, changed in place."""

    def __init__(self, random: random.Random, students: int) -> None:
        self.random = random
        self.headings: Rows = [
            [
                "Name",
                "Target",
                "KS2",
                "Angles HT1",
                "Ratio HT2",
                "Surds HT2",
                "Mock 1",
                "Homework %",
                "Attendance %",
                "Set",
            ]
        ]
        self.out_of: Rows = [[None, None, None, 20, 30, 25, 80, None, None, None]]
        self.strands: Rows = [[None, None, None, "Geometry", "Ratio", "Number", None, None, None, None]]
        self.students: Rows = [self.student(number) for number in range(students)]
        self.half_term: Any = None
        self.above, self.compared = 0, 0
        self.last = self.students[0], 3  # the row and the place of the cell that was edited last

    def student(self, number: int) -> list[Any]:
        """A student's row."""
        pick = self.random.randint
        return [
            f"Ova {number}", pick(2, 9), pick(85, 118), pick(0, 20), pick(3, 30), float(pick(0, 25)), pick(10, 80), pick(20, 100),
            pick(70, 100), f"11{self.random.choice('AB')}",
        ]  # fmt: skip

    def edit(self) -> str:
        """One edit."""
        pick, rows = self.random, self.students
        kind = pick.choices(
            (
                "cell",
                "row",
                "twin",
                "gone",
                "order",
                "heading",
                "total",
                "strand",
                "half-term",
                "named",
                "none",
                "equal",
            ),
            (25, 8, 6, 6, 5, 6, 6, 4, 4, 6, 10, 30),
        )[0]
        place = pick.randrange(len(self.headings[0]))
        if kind == "cell":
            self.last = pick.choice(rows), place
            self.last[0][place] = pick.choice(VALUES)
        elif kind == "equal":
            row, place = self.last
            row[place] = pick.choice([value for value in VALUES if value == row[place]] or [0, 1])
        elif kind == "row":
            rows.insert(
                pick.randrange(len(rows)), self.student(pick.randrange(99)) if pick.random() < 0.8 else [None] * 10
            )
        elif kind == "twin":
            rows.insert(pick.randrange(len(rows)), list(pick.choice(rows)))
        elif kind == "gone":
            rows.pop(pick.randrange(len(rows)))
        elif kind == "order":
            pick.shuffle(rows)
        elif kind == "heading":
            self.headings[0][place] = pick.choice(HEADINGS)
        elif kind == "total":
            self.out_of[0][place] = pick.choice(VALUES)
        elif kind == "strand":
            self.strands[0][place] = pick.choice(("Geometry", "Number", "Algebra", None, 1, True))
        elif kind == "half-term":
            self.half_term = pick.choice((None, None, 1, 2.0, 6, 9, "", True))
        elif kind == "named":
            self.above, self.compared = pick.randrange(3), pick.choices(range(3), (8, 2, 1))[0]
        return kind

    @property
    def spoilt(self) -> bool:
        """Whether little can be read any more: a new book says more."""
        return not 4 <= len(self.students) <= 24

    def named(self, name: str) -> list[Any]:
        """The arguments of a call: some rows, what stands above, and the class or nothing."""
        pick, rows = self.random, self.students
        if name == WHAT_IF:
            change = pick.choice([*self.headings[0], "Homework %", "Shoe size"])
            return [rows, self.headings, pick.choice((self.out_of, None)), change, pick.choice(VALUES)]
        some = pick.choice((
            [pick.choice(rows)], [pick.choice(rows)], rows, rows[:3], [*pick.sample(rows, 2), pick.choice(rows)],
            [self.student(100)], [pick.choice(rows), self.student(101)], [*rows, self.student(102)],
        ))  # fmt: skip
        cohort = (rows, None, rows[: len(rows) // 2])[self.compared]
        above = ((self.out_of, self.strands), (self.out_of, None), (None, None))[self.above]
        detail = [pick.choice((None, None, True, 1, "some"))] if name in WITH_DETAIL else []
        return [some, self.headings, *above, cohort, self.half_term, *detail]


def as_they_are(arguments: list[Any]) -> list[Any]:
    """The book's own lists, which the next edit changes."""
    return arguments


def anew(arguments: list[Any]) -> list[Any]:
    """Lists and cells that nobody else has, as xlwings makes them."""
    return [[[_anew(cell) for cell in row] for row in each] if isinstance(each, list) else each for each in arguments]


def as_tuples(arguments: list[Any]) -> list[Any]:
    """Tuples, as COM hands over."""
    return [tuple(map(tuple, each)) if isinstance(each, list) else each for each in arguments]


def _anew(cell: Any) -> Any:
    return float(repr(cell)) if type(cell) is float else "".join(list(cell)) if type(cell) is str else cell


class Engine:
    """Stands in for Excel on Windows: cleans cells as xlwings does there."""

    ERRORS = {-2146826281: "#DIV/0!", -2146826246: "#N/A"}  # noqa: RUF012

    @classmethod
    def clean_value_data(cls, rows: Any, *options: Any) -> Rows:
        """Blanks and errors as xlwings says them."""
        return [
            [None if cell == "" else cls.ERRORS.get(cell, cell) if type(cell) is int else cell for cell in row]
            for row in rows
        ]


def converted(arguments: list[Any]) -> list[Any]:
    """Through xlwings' pipeline, with the converter."""

    def read(value: Any, converter: type[AsCells]) -> Any:
        if not isinstance(value, (list, tuple)):
            return value
        context = SimpleNamespace(
            range=None, value=tuple(map(tuple, value)), engine=SimpleNamespace(impl=Engine), meta={}
        )
        converter.reader({"ndim": 2, "err_to_str": True})(context)
        return context.value

    return [read(each, AsCells if place else RowsAsCells) for place, each in enumerate(arguments)]


WAYS: tuple[Callable[[list[Any]], list[Any]], ...] = (as_they_are, as_they_are, anew, as_tuples, converted)


@contextmanager
def nothing_kept() -> Iterator[None]:
    """Calls that find nothing of earlier ones, and leave nothing."""
    with patch.object(cells, "_kept", ()), patch.object(scored, "_kept", OrderedDict()):
        yield


def differences(edits: int, seed: int = 0) -> tuple[list[str], Counter[str]]:
    """Edit two books in turn.

    Args:
        edits: How many edits to make, with some calls after each.
        seed: Of the edits.

    Returns:
        The calls whose two answers differ, in words; and how many calls there were, whose class was known, and that told of
        students.
    """
    pick = random.Random(seed)
    books = [Book(pick, 9), Book(pick, 12)]
    found, counts = [], Counter[str]()
    for number in range(edits):
        place = pick.randrange(2)
        if books[place].spoilt or pick.random() < 0.02:
            books[place] = Book(pick, pick.randint(6, 14))
        kind = books[place].edit()
        for _ in range(CALLS):
            name, way = pick.choice(FAMILY), pick.choice(WAYS)
            arguments, function = books[place].named(name), getattr(functions, name)
            before = set(scored._kept)
            answer = function(*way(arguments))
            counts["calls"] += 1
            counts["known class"] += set(scored._kept) == before
            counts["told of students"] += ":" not in str(answer[0][0])
            with nothing_kept():
                expected = function(*way(arguments))
            if repr(answer) != repr(expected):
                found.append(
                    f"edit {number} ({kind}), {name}, {way.__name__}: {answer} instead of {expected}, of {arguments}"
                )
    return found, counts


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edits", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    differing, counted = differences(given.edits, given.seed)
    print(*differing[:10], sep="\n")  # noqa: T201
    print(f"{given.edits:,} edits, seed {given.seed}: {len(differing)} differences; {dict(counted)}")  # noqa: T201
