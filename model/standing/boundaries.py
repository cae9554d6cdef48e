"""Grade boundaries: what grade a mark in a paper of a GCSE examination stands for.

The table (`boundaries.csv`, beside this file) holds boundaries of whole examinations as their board published them, with the
address of each. A markbook seldom says which examination a mock's papers come from, so marks are read by the mean of the years,
in per cent, and count only as far as such readings come true (`Reference.mocks_sd`). Boundaries that a school has written into
Setup are read in their place."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from model.students import FloatArray

TIERS = ("foundation", "higher")
"""In the order of the values of `Cohort.higher`: 0 and 1."""


@dataclass(frozen=True, kw_only=True)
class Boundaries:
    """Where the grades of one tier begin, in per cent of the whole paper.

    Args:
        lowest: Grade -> the lowest per cent that is awarded it; at least two grades, rising.

    Example:
        >>> Boundaries(lowest={4: 20.0, 5: 30.0, 6: 45.0}).level(np.array([10.0, 25.0, 45.0])).tolist()
        [2.5, 4.0, 5.5]
    """

    lowest: Mapping[int, float]

    def level(self, per_cent: FloatArray) -> FloatArray:
        """The grades that marks stand for, with parts of a grade: 6 is the middle of the marks of a 6, and 5.5 their lowest.

        Beyond the outermost boundaries grades go on at the pace of the two nearest. NaN stays NaN.
        """
        grades = np.array(sorted(self.lowest), dtype=np.float64)
        marks = np.array([self.lowest[int(grade)] for grade in grades])
        # Two more points, so that a line goes on beyond the outermost.
        marks = np.concatenate([[2 * marks[0] - marks[1]], marks, [2 * marks[-1] - marks[-2]]])
        grades = np.concatenate([[grades[0] - 1], grades, [grades[-1] + 1]])
        return np.asarray(np.interp(per_cent, marks, grades) - 0.5)


@dataclass(frozen=True, kw_only=True)
class Examination:
    """One row of the table: the boundaries of one tier of one examination, and where they were published."""

    board: str
    specification: str
    series: str
    tier: str
    out_of: float
    boundaries: Boundaries
    source: str


@cache
def published() -> tuple[Examination, ...]:
    """The table.

    Example:
        >>> {examination.tier for examination in published()} == set(TIERS)
        True
    """
    rows = csv.DictReader(
        (resources.files("model.standing") / "boundaries.csv").read_text(encoding="utf-8").splitlines()
    )
    return tuple(
        Examination(
            board=row["board"],
            specification=row["specification"],
            series=row["series"],
            tier=row["tier"],
            out_of=float(row["out_of"]),
            boundaries=Boundaries(
                lowest={g: 100 * float(row[str(g)]) / float(row["out_of"]) for g in range(1, 10) if row[str(g)]}
            ),
            source=row["source"],
        )
        for row in rows
    )


@cache
def usual(tier: str) -> Boundaries:
    """The mean over the examinations of the table, by tier.

    Example:
        >>> 40 < usual("higher").lowest[6] < 55
        True
    """
    tables = [examination.boundaries.lowest for examination in published() if examination.tier == tier]
    return Boundaries(lowest={grade: sum(each[grade] for each in tables) / len(tables) for grade in tables[0]})


def examination(name: str, tier: str) -> Examination | None:
    """The examination of the table that a text names by a word of its board and its series; None where it is not there.

    Example:
        >>> examination("edexcel june 2024", "higher").out_of, examination("AQA June 2024", "higher")
        (240.0, None)
    """
    words = set(name.casefold().split())
    return next(
        (
            each
            for each in published()
            if each.tier == tier
            and set(each.series.casefold().split()) <= words
            and words & {*each.board.casefold().split(), each.specification.casefold()}
        ),
        None,
    )
