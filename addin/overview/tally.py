"""What is told of some students: flags, needs, change and clinics as sums, and nothing of fewer than ten."""

from __future__ import annotations

from dataclasses import dataclass

from model.fairness import LEAST
from model.vocabulary import STRANDS, Flag, Strand

HIDDEN = f"under {LEAST}"
"""Stands in place of every figure of a group that is too small."""

FLAGGED = frozenset({Flag.HIGH, Flag.WATCH, Flag.ALWAYS_ABSENT})

FIGURES: tuple[str, ...] = (
    "Workbooks", "Refused", "Students", *(flag.value for flag in Flag), "Queries", *(strand.value for strand in STRANDS),
)  # fmt: skip
"""What is summed; a strand stands for the students who have a topic of it to work on."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What changed between two runs for the students who had a score in both.

    Args:
        compared: How many those are.
        rose, fell: Of them, whose risk rose or fell by three points at least.
        flags: Of them, whose flag is another.
        flagged_then, flagged_now: Of them, who had one of the flags that ask for help.
    """

    compared: int = 0
    rose: int = 0
    fell: int = 0
    flags: int = 0
    flagged_then: int = 0
    flagged_now: int = 0


@dataclass(frozen=True, kw_only=True)
class Tally:
    """The figures of some students.

    Args:
        workbooks, refused: How many have a result, and how many have none.
        students: How many, each once.
        queries: Cells that were not understood.
        counts: (5,) students by flag, in the order of `Flag`.
        needs: (6,) students with a topic of the strand to work on, in the order of `STRANDS`.
        changes: Since the run before, and since two runs before.
        offered, attended: Clinics for which an attendance is entered.
        all_left_out: There are students, and all are of classes too small to count.
    """

    workbooks: int = 0
    refused: int = 0
    students: int = 0
    queries: int = 0
    counts: tuple[int, ...] = (0,) * len(Flag)
    needs: tuple[int, ...] = (0,) * len(STRANDS)
    changes: tuple[Change, Change] = (Change(), Change())
    offered: int = 0
    attended: int = 0
    all_left_out: bool = False

    @property
    def is_hidden(self) -> bool:
        """Whether the group is too small to be told of."""
        return self.all_left_out or 0 < self.students < LEAST

    @property
    def weakest(self) -> Strand | None:
        """The strand that most have a topic of to work on."""
        most = max(self.needs)
        return STRANDS[self.needs.index(most)] if most else None

    def figures(self) -> tuple[int | str, ...]:
        """What `FIGURES` names; figures of students are hidden for a group that is too small."""
        hidden = self.is_hidden
        told = [self.students, *self.counts], [*self.needs]
        first, last = ([HIDDEN if hidden else number for number in part] for part in told)
        return (self.workbooks, self.refused, *first, self.queries, *last)
