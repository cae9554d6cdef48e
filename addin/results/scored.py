"""What a run found: a result for every student row, and the review of the whole sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from addin.reading.grid import Book
from addin.reading.markbook import Markbook
from model.activities import Activity
from model.fairness import ColumnAudit, audit
from model.language.speech import ENGLISH, Language
from model.pathway import Step
from model.reasons import OPINIONS, Reason
from model.strands import Need
from model.vocabulary import Flag


class LatePaths:
    """The paths of a class, worked out once anybody asks for one: a run into a workbook without `Support` never does."""

    def __init__(self, work: Callable[[], tuple[tuple[Step, ...], ...]]) -> None:
        self._work = work
        self._found: tuple[tuple[Step, ...], ...] | None = None

    def of(self, place: int) -> tuple[Step, ...]:
        """The path of the student at a place."""
        if self._found is None:
            self._found = self._work()
        return self._found[place]


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What a run says of one student; the scores are None for a student who cannot be scored."""

    key: str
    row: int
    student_id: str | None
    name: str
    risk: float | None
    flag: Flag
    priority: int | None
    reasons: tuple[Reason, ...]
    topics: tuple[Need, ...]
    activities: tuple[Activity, ...]
    predicted_grade: float | None = None
    likely_grade: str | None = None
    """The 80 % interval of the final grade in words, such as "3 to 5"."""

    target: float | None = None
    """The target that the markbook holds, None where it holds none."""

    path: tuple[LatePaths, int] | None = field(default=None, compare=False, repr=False)
    """Where the student's path comes from, None without one."""

    @property
    def pathway(self) -> tuple[Step, ...]:
        """What to work on, step by step; empty without a score or a need."""
        return () if self.path is None else self.path[0].of(self.path[1])

    def beside_the_rule(self) -> str | None:
        """How the flag stands beside the plain rule "working below target"; None without a score."""
        if self.risk is None:
            return None
        kinds = {reason.kind for reason in self.reasons}
        return next((kind for kind in OPINIONS.values() if kind in kinds), "agrees")


@dataclass(frozen=True, kw_only=True, eq=False)
class Review:
    """One run over one sheet: what was read, the markbook as understood, a result for every student row, and the language of
    its reasons."""

    book: Book
    markbook: Markbook
    results: tuple[Result, ...]
    language: Language = ENGLISH

    def counts(self) -> dict[Flag, int]:
        """How many students have each flag, all flags in their order."""
        return {flag: sum(result.flag is flag for result in self.results) for flag in Flag}

    def beside_the_rule(self) -> tuple[int, int, int]:
        """How many students model and plain rule agree on, how many the model alone flags, and how many the rule alone."""
        told = [result.beside_the_rule() for result in self.results]
        return told.count("agrees"), told.count("model alone"), told.count("rule alone")

    def in_order(self) -> tuple[Result, ...]:
        """The results in order of priority, those without a score last, in the order of the sheet."""
        return tuple(sorted(self.results, key=lambda r: (r.priority is None, r.priority or 0, r.row)))

    def fairness(self) -> tuple[ColumnAudit, ...]:
        """How flags and risks fall by group, for every audit-only column of the sheet, which is never part of a score, and by
        tier."""
        tiers = {0.0: "foundation", 1.0: "higher"}
        tier = {"Tier": tuple(tiers.get(value, "") for value in self.markbook.cohort.higher.tolist())}
        return audit(
            self.markbook.audit | (tier if any(tier["Tier"]) else {}),
            flags=[result.flag for result in self.results],
            risk=[np.nan if result.risk is None else result.risk for result in self.results],
            target=self.markbook.cohort.target,
            final_grade=self.markbook.final_grade,
        )
