"""Outcomes -> totals by school, year group and class, as they come in; nothing is kept of a single student."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from addin.batch.places import Place
from addin.batch.task import Outcome
from model.vocabulary import STRANDS, Flag


@dataclass(kw_only=True)
class Totals:
    """Sums over some workbooks.

    Args:
        workbooks: How many have a result.
        refused: How many have none.
        students, queries: Rows of students, and cells that were not understood.
        counts: (4,) students by flag, in the order of `Flag`.
        needs: (6,) students with a topic of the strand to work on, in the order of `STRANDS`.
    """

    workbooks: int = 0
    refused: int = 0
    students: int = 0
    queries: int = 0
    counts: list[int] = field(default_factory=lambda: [0] * len(Flag))
    needs: list[int] = field(default_factory=lambda: [0] * len(STRANDS))

    def add(self, other: Outcome) -> None:
        """Add what became of one workbook."""
        if other.refused is not None:
            self.refused += 1
            return
        counts, needs = (
            [other.counts.get(flag.value, 0) for flag in Flag],
            [other.needs.get(name, 0) for name in STRANDS],
        )
        self.merge(Totals(workbooks=1, students=other.students, queries=other.queries, counts=counts, needs=needs))

    def merge(self, other: Totals) -> None:
        """Add the sums over other workbooks."""
        self.workbooks += other.workbooks
        self.refused += other.refused
        self.students += other.students
        self.queries += other.queries
        self.counts = [a + b for a, b in zip(self.counts, other.counts, strict=True)]
        self.needs = [a + b for a, b in zip(self.needs, other.needs, strict=True)]

    def figures(self) -> list[int]:
        """The sums in the order of `FIGURES`."""
        return [self.workbooks, self.refused, self.students, *self.counts, self.queries, *self.needs]


_NUMBER = re.compile(r"([0-9]+)")

FIGURES: tuple[str, ...] = (
    "Workbooks", "Refused", "Students", *(flag.value for flag in Flag), "Queries", *(strand.value for strand in STRANDS),
)  # fmt: skip
"""What is summed; a strand stands for the students who have a topic of it to work on."""


@dataclass(kw_only=True)
class Overview:
    """All that the overview tells.

    Args:
        refused: Path of a workbook without a result -> the kind of problem.

    Example:
        >>> overview = Overview()
        >>> place = Place(school="North Road", year="Year 9", class_name="9A")
        >>> overview.add(Outcome(file="North Road/9A.xlsx", place=place, students=30, counts={"▲ High": 4}))
        >>> overview.everything().students, overview.grouped(lambda place: place.school)["North Road"].counts
        (30, [4, 0, 0, 0, 0])
    """

    by_class: dict[Place, Totals] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    def add(self, outcome: Outcome) -> None:
        """Add what became of one workbook."""
        self.by_class.setdefault(outcome.place, Totals()).add(outcome)
        if outcome.refused is not None:
            self.refused[outcome.file] = outcome.problem

    def everything(self) -> Totals:
        """The totals of all workbooks."""
        return self.grouped(lambda _: "").get("", Totals())

    def grouped(self, key: Callable[[Place], str]) -> dict[str, Totals]:
        """Totals by school, or by year group, in the order of the names, numbers in them as numbers."""
        groups: dict[str, Totals] = {}
        for place in sorted(self.by_class, key=lambda place: natural(key(place))):
            groups.setdefault(key(place), Totals()).merge(self.by_class[place])
        return groups

    def classes(self) -> list[tuple[Place, Totals]]:
        """Each class with its totals, by school, year group and class."""
        order = sorted(self.by_class, key=lambda p: (natural(p.school), natural(p.year), natural(p.class_name)))
        return [(place, self.by_class[place]) for place in order]


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """What names are sorted by, so that Year 9 comes before Year 10.

    Example:
        >>> sorted(["Year 10", "Year 9", "unknown"], key=natural)
        ['unknown', 'Year 9', 'Year 10']
    """
    parts = _NUMBER.split(name.casefold())
    return (*((int(part), "") if place % 2 else (-1, part) for place, part in enumerate(parts)), (-2, name))
