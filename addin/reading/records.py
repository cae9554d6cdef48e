"""Rows of cells under understood headings -> a cohort, with a doubt for every cell that was not understood.

The same reading serves a sheet and a range in a formula, so that function, button and command give the same risk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from addin.reading.grid import CellValue
from addin.reading.headings.column import ASSESSMENT_ROLES, SINGLE_ROLES, Column, Role
from addin.reading.marks import Mark, read_effort, read_grade, read_ks2, read_mark, read_per_cent, read_tier
from addin.reading.queries import Doubt
from addin.reading.scales import Scale, mark_scale, per_cent_scale
from model.students import Assessment, AssessmentKind, Cohort, FloatArray, MarkState
from model.vocabulary import HALF_TERMS

Answer = TypeVar("Answer")
Rows = Sequence[Sequence[CellValue]]
Reader = Callable[[CellValue, bool], float | Doubt | None]
"""From a cell, and whether it is shown as per cent, to its number."""

_NOT_READ = frozenset({Role.AUDIT, Role.IGNORED, Role.RESULT})

TESTS_A_HALF_TERM = 2
"""How many topic tests a half-term usually holds, where only their number tells how far the year has come."""


@dataclass(frozen=True, kw_only=True)
class CellDoubt:
    """A doubt about one cell: its row (from 0, in the rows that were read), its column and what it held."""

    row: int
    column: Column
    value: CellValue
    doubt: Doubt


@dataclass(frozen=True, kw_only=True, eq=False)
class Records:
    """What was read.

    Args:
        cohort: One student per row, in the order of the rows.
        final_grade: (n,) outcomes 0 to 9, NaN where there is none.
        doubts: What was not understood; the cells count as not recorded.
        half_term_from: How the half-term was found, in words.
        notes: What was assumed, in words.
    """

    cohort: Cohort
    final_grade: FloatArray
    doubts: tuple[CellDoubt, ...]
    half_term_from: str
    notes: tuple[str, ...]


def read_records(
    columns: Sequence[Column],
    rows: Rows,
    *,
    keys: Sequence[str],
    half_term: int | None = None,
    percents: Set[tuple[int, int]] = frozenset(),
) -> Records:
    """Read rows of cells.

    Args:
        columns: The understood headings.
        rows: n rows, as wide as the headings (shorter ones are filled with blanks).
        keys: n identities, all different.
        half_term: 1 to 6; left out, it is found from the headings or from the number of assessments.
        percents: (row from 0, `Column.index`) of numbers that are shown as per cent. Where formats are not known, a column of
            numbers between 0 and 1 is taken as such.

    Example:
        >>> from addin.reading.headings.column import understand
        >>> read = read_records(understand(["Homework %", "Angles (20)"]), [[0.8, 15], [0.45, "abs"]], keys=("a", "b"))
        >>> read.cohort.homework[:, 0].tolist(), read.cohort.earned[0].tolist(), read.half_term_from
        ([80.0, 45.0], [15.0], 'the number of assessments')
    """
    doubts: list[CellDoubt] = []
    notes: list[str] = _passed_over(columns)
    # A sheet may reach far to the right of its data.
    columns = [column for column in columns if column.role not in _NOT_READ]
    read_rows = [[row[c.index] if c.index < len(row) else None for c in columns] for row in rows]

    def values(column: int, reader: Reader) -> FloatArray:
        found, read = [float("nan")] * len(rows), _once(reader)
        for i, row in enumerate(read_rows):
            answer = read(row[column], (i, columns[column].index) in percents)
            if isinstance(answer, Doubt):
                doubts.append(CellDoubt(row=i, column=columns[column], value=row[column], doubt=answer))
            elif answer is not None:
                found[i] = answer
        return np.array(found, dtype=np.float64)

    def first(role: Role) -> int | None:
        return next((position for position, column in enumerate(columns) if column.role is role), None)

    def single(role: Role, reader: Callable[[CellValue], float | Doubt | None]) -> FloatArray | None:
        position = first(role)
        return None if position is None else values(position, lambda cell, _: reader(cell))

    marks = [position for position, column in enumerate(columns) if column.role in ASSESSMENT_ROLES]
    totals: list[float | None] = []
    earned, state = np.full((len(rows), len(marks)), np.nan), np.full((len(rows), len(marks)), MarkState.NOT_RECORDED)
    for place, position in enumerate(marks):
        cells = [row[position] for row in read_rows]
        shown = [bool(percents) and (i, columns[position].index) in percents for i in range(len(rows))]
        scale = mark_scale(columns[position], cells, shown)
        if scale.note:
            notes.append(scale.note)
        totals.append(scale.out_of)
        read, unread = _once(_mark_reader(scale)), Mark(MarkState.NOT_RECORDED)
        answers = []
        for i, cell in enumerate(cells):
            answer = read(cell, shown[i])
            if isinstance(answer, Doubt):
                doubts.append(CellDoubt(row=i, column=columns[position], value=cell, doubt=answer))
                answer = unread
            answers.append(answer)
        state[:, place] = [answer.state for answer in answers]
        earned[:, place] = [answer.earned for answer in answers]

    engagement = {}
    for role in (Role.ATTENDANCE, Role.HOMEWORK, Role.EFFORT):
        engagement[role] = {
            position: values(position, _reader(role, column.index, [row[position] for row in read_rows], percents))
            for position, column in enumerate(columns)
            if column.role is role
        }
    assessments = tuple(
        Assessment(
            title=columns[position].heading,
            kind=AssessmentKind.MOCK if columns[position].role is Role.MOCK else AssessmentKind.TEST,
            strand=columns[position].strand,
            topic=columns[position].topic,
            out_of=total,
            half_term=columns[position].half_term,
        )
        for position, total in zip(marks, totals, strict=True)
    )
    found_half_term, half_term_from = _half_term(half_term, columns, engagement, assessments, state)
    cohort = Cohort.build(
        keys=tuple(keys),
        half_term=found_half_term,
        target=single(Role.TARGET, lambda cell: read_grade(cell, target=True)),
        ks2=single(Role.KS2, read_ks2),
        working_at=single(Role.WORKING_AT, lambda cell: read_grade(cell, target=False)),
        higher=single(Role.TIER, read_tier),
        attendance=_by_half_term(len(rows), columns, engagement[Role.ATTENDANCE], found_half_term),
        homework=_by_half_term(len(rows), columns, engagement[Role.HOMEWORK], found_half_term),
        effort=_by_half_term(len(rows), columns, engagement[Role.EFFORT], found_half_term),
        assessments=assessments,
        earned=earned,
        state=state,
    )
    outcome = single(Role.OUTCOME, lambda cell: read_grade(cell, target=False))
    return Records(
        cohort=cohort,
        final_grade=np.full(len(rows), np.nan) if outcome is None else outcome,
        doubts=tuple(sorted(doubts, key=lambda doubt: (doubt.row, doubt.column.index))),
        half_term_from=half_term_from,
        notes=tuple(notes),
    )


def _reader(role: Role, index: int, cells: Sequence[CellValue], percents: Set[tuple[int, int]]) -> Reader:
    if role is Role.EFFORT:
        return lambda cell, _: read_effort(cell)
    scale = per_cent_scale([cell for i, cell in enumerate(cells) if (i, index) not in percents])

    def read(cell: CellValue, shown: bool) -> float | Doubt | None:
        answer = read_per_cent(cell, as_fraction=scale.as_fraction or shown)
        return answer if shown or answer is None else scale.doubt(cell) or answer

    return read


def _mark_reader(scale: Scale) -> Callable[[CellValue, bool], Mark | Doubt]:
    def read(cell: CellValue, shown: bool) -> Mark | Doubt:
        answer = read_mark(cell, out_of=scale.out_of, as_fraction=scale.as_fraction or shown)
        return answer if shown else scale.doubt(cell) or answer

    return read


def _once(reader: Callable[[CellValue, bool], Answer]) -> Callable[[CellValue, bool], Answer]:
    """The same reader for one column: cells that hold the same are read once, and a column holds few different values."""
    known: dict[tuple[type, CellValue, bool], Answer] = {}

    def read(cell: CellValue, shown: bool) -> Answer:
        key = type(cell), cell, shown  # 1, 1.0 and TRUE are equal and not the same
        if key not in known:
            known[key] = reader(cell, shown)
        return known[key]

    return read


def _passed_over(columns: Sequence[Column]) -> list[str]:
    """Columns of a role that only one column can have."""
    notes = []
    for role in SINGLE_ROLES:
        first, *others = [c.heading for c in columns if c.role is role] or [""]
        if others:
            notes.append(f"{role.value}: {first!r} is read; {', '.join(map(repr, others))} not")
    return notes


def _by_half_term(n: int, columns: Sequence[Column], read: dict[int, FloatArray], half_term: int) -> FloatArray:
    """(n, 6): columns with a half-term at its place; without one, at the half-term that the records reach."""
    table = np.full((n, HALF_TERMS), np.nan)
    for position, column_values in read.items():
        place = (columns[position].half_term or half_term) - 1
        table[:, place] = np.where(np.isnan(column_values), table[:, place], column_values)
    return table


def _half_term(
    given: int | None,
    columns: Sequence[Column],
    engagement: dict[Role, dict[int, FloatArray]],
    assessments: Sequence[Assessment],
    state: np.ndarray,
) -> tuple[int, str]:
    if given is not None:
        return given, "what was given"
    reached = [
        half_term
        for read in engagement.values()
        for position, column_values in read.items()
        if (half_term := columns[position].half_term) is not None and not np.isnan(column_values).all()
    ]
    # A column counts once it holds marks or absences; one that is still empty is the rest of the year.
    used = [bool((state[:, j] != MarkState.NOT_RECORDED).any()) for j in range(len(assessments))]
    reached += [a.half_term for a, there in zip(assessments, used, strict=True) if there and a.half_term is not None]
    if reached:
        return max(reached), "the headings"
    tests = sum(there and a.kind is AssessmentKind.TEST for a, there in zip(assessments, used, strict=True))
    return min(HALF_TERMS, max(1, -(-tests // TESTS_A_HALF_TERM))), "the number of assessments"
