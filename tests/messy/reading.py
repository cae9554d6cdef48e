"""What is read from a messy markbook, in the words in which it is expected."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from addin.errors import MarkbookError
from addin.hosts.closed_file import ClosedFile
from addin.reading.markbook import Markbook, read_markbook
from model.students import FloatArray, MarkState
from tests.messy.case import Marks, Messy

_WORDS = {
    MarkState.ABSENT: "Abs",
    MarkState.NOT_REQUIRED: "N/A",
    MarkState.NOT_YET_JOINED: "NE",
    MarkState.NOT_RECORDED: ".",
}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a messy markbook holds: as expected, or as read."""

    students: tuple[str, ...] = ()
    marks: tuple[tuple[str, float | None, str, str | None], ...] = ()
    known: tuple[tuple[str, tuple[float | None, ...]], ...] = ()
    queries: tuple[str, ...] = ()
    refused: str = ""

    def marks_counted(self) -> str:
        """How many marks stand in each state, for the table."""
        words = " ".join(read for *_, read, _ in self.marks).split()
        states = [word for word in ("Abs", "N/A", "NE", ".") if word in words]
        counts = [f"{sum(word not in _WORDS.values() for word in words)} marks"]
        return ", ".join([*counts, *(f"{words.count(state)} {'blank' if state == '.' else state}" for state in states)])


def expected(messy: Messy) -> Reading:
    """What must be read, as it is written beside the file."""
    return Reading(
        students=messy.students,
        marks=tuple((marks.heading, marks.out_of, marks.read, marks.strand) for marks in messy.marks),
        known=tuple(sorted(messy.known.items())),
        queries=tuple(sorted(messy.queries)),
        refused=messy.refused,
    )


def read(messy: Messy, path: Path) -> Reading:
    """What is read from the file; strands and other columns as far as something is expected of them."""
    try:
        markbook = read_markbook(ClosedFile(path, output=path).read(), sheet=messy.sheet)
    except MarkbookError as error:
        return Reading(refused=str(error))
    wanted = {marks.heading: marks for marks in messy.marks}
    return Reading(
        students=tuple(f"({s.name})" if s.why_not else s.name for s in markbook.students),
        marks=tuple(_marks(markbook, place, wanted) for place in range(len(markbook.cohort.assessments))),
        known=tuple((name, _known(getattr(markbook.cohort, name))) for name in sorted(messy.known)),
        queries=tuple(sorted(query.cell for query in markbook.queries)),
    )


def _marks(markbook: Markbook, place: int, wanted: dict[str, Marks]) -> tuple[str, float | None, str, str | None]:
    cohort = markbook.cohort
    assessment = cohort.assessments[place]
    words = (
        f"{round(earned, 6):g}" if state == MarkState.MARK else _WORDS[MarkState(state)]
        for state, earned in zip(cohort.state[:, place], cohort.earned[:, place], strict=True)
    )
    told = wanted.get(assessment.title)
    strand = None if told is not None and told.strand is None else (assessment.strand or "")
    return assessment.title, assessment.out_of, " ".join(words), strand


def _known(values: FloatArray) -> tuple[float | None, ...]:
    """One number a student: of six half-terms the last that is known."""
    columns = values if values.ndim == 2 else values[:, None]
    latest = [next((float(v) for v in reversed(row) if not np.isnan(v)), None) for row in columns]
    return tuple(None if value is None else round(value, 6) for value in latest)
