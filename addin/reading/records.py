"""Rows of cells under understood headings -> a cohort, with a doubt for every cell that was not understood.

The same reading serves a sheet and a range in a formula, so that function, button and command give the same risk.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field

import numpy as np

from addin.reading.answers import Answer, Answers, answers
from addin.reading.cell_readers import (
    Reader,
    counted,
    effort,
    graded,
    ks2_of_baseline,
    per_cent,
    rated,
    stepped,
    with_points,
)
from addin.reading.grid import CellValue, cells_of, texts_of
from addin.reading.headings.column import ASSESSMENT_ROLES, ENGAGEMENT_ROLES, SINGLE_ROLES, Column, Role
from addin.reading.headings.text import day_of
from addin.reading.marks import Mark, read_ks2, read_mark, read_tier
from addin.reading.papers import papers_of
from addin.reading.queries import Doubt
from addin.reading.scales import Scale, mark_scale
from model.students import Assessment, AssessmentKind, Cohort, FloatArray, MarkState, StateArray
from model.vocabulary import HALF_TERMS

_Taken = tuple[int, Assessment, FloatArray, StateArray]
"""The place of a column, what it is, and (n,) marks and states."""
Rows = Sequence[Sequence[CellValue]]

_NOT_READ = frozenset({Role.AUDIT, Role.IGNORED, Role.RESULT, Role.SUBJECT})

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
        totals: `Column.index` of a column of marks -> what it is out of, None where nothing tells it.
        doubts: What was not understood; the cells count as not recorded.
        half_term_from: How the half-term was found, in words.
        notes: What was assumed, in words.
    """

    cohort: Cohort
    final_grade: FloatArray
    totals: dict[int, float | None]
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
    # A sheet may reach far to the right of its data.
    columns = [column for column in columns if column.role not in _NOT_READ]
    shown: dict[int, set[int]] = {}
    for row, place in percents:
        shown.setdefault(place, set()).add(row)
    reading = _Reading(columns=columns, rows=rows, shown=shown, notes=_passed_over(columns))
    marks = [reading.marks(place) for place, column in enumerate(columns) if column.role in ASSESSMENT_ROLES]
    asked = {place: reading.answers(place) for place, column in enumerate(columns) if column.role is Role.QUESTION}
    papers = papers_of(columns, asked)
    engagement = {
        role: {
            place: reading.numbers(place, _engagement(column, reading.cells(place), shown.get(column.index, ())))
            for place, column in _of(columns, role)
        }
        for role in ENGAGEMENT_ROLES
    }
    # In the order of the columns: what stands further right is newer.
    taken = sorted([*marks, *((p.first, p.assessment, p.earned, p.state) for p in papers)], key=lambda each: each[0])
    taken = _by_day(taken)
    assessments = tuple(assessment for _, assessment, _, _ in taken)
    earned = np.column_stack([each for _, _, each, _ in taken]) if taken else np.empty((len(rows), 0))
    state = np.column_stack([each for _, _, _, each in taken]) if taken else np.empty((len(rows), 0), dtype=np.int8)
    found_half_term, half_term_from = _half_term(half_term, columns, engagement, assessments, state)
    ks2 = reading.single(Role.KS2, lambda _: lambda cell, _: read_ks2(cell))
    cohort = Cohort.build(
        keys=tuple(keys),
        half_term=found_half_term,
        target=reading.single(Role.TARGET, lambda column: graded(column, target=True)),
        ks2=reading.single(Role.BASELINE, lambda _: ks2_of_baseline) if ks2 is None else ks2,
        working_at=reading.single(Role.WORKING_AT, lambda column: graded(column, target=False)),
        higher=reading.single(Role.TIER, lambda _: lambda cell, _: read_tier(cell)),
        teaching_set=reading.sets(),
        attendance=_by_half_term(len(rows), columns, engagement[Role.ATTENDANCE], found_half_term),
        homework=_by_half_term(len(rows), columns, engagement[Role.HOMEWORK], found_half_term),
        effort=_by_half_term(len(rows), columns, engagement[Role.EFFORT], found_half_term),
        assessments=assessments,
        earned=earned,
        state=state,
        parts=tuple(part for paper in papers for part in paper.parts),
        parts_earned=np.hstack([paper.parts_earned for paper in papers]) if papers else None,
    )
    outcome = reading.single(Role.OUTCOME, lambda column: graded(column, target=False))
    return Records(
        cohort=cohort,
        final_grade=np.full(len(rows), np.nan) if outcome is None else outcome,
        totals={
            **{columns[place].index: assessment.out_of for place, assessment, _, _ in marks},
            **{columns[place].index: columns[place].out_of for place in asked},
        },
        doubts=tuple(sorted(reading.doubts, key=lambda doubt: (doubt.row, doubt.column.index))),
        half_term_from=half_term_from,
        notes=tuple(reading.notes),
    )


@dataclass(kw_only=True)
class _Reading:
    """Reads columns of cells and gathers what is not understood."""

    columns: Sequence[Column]
    rows: Rows
    shown: Mapping[int, Set[int]]
    notes: list[str]
    doubts: list[CellDoubt] = field(default_factory=list)

    def cells(self, place: int) -> Sequence[CellValue]:
        """The cells of one column; made when they are asked for, as all of them are as large as the rows."""
        return with_points(cells_of(self.rows, self.columns[place].index))

    def numbers(self, place: int, reader: Reader) -> FloatArray:
        """(n,) what the cells of one column stand for, NaN where nothing stands or is understood."""
        return self._read(place, reader).over(lambda answer: np.nan if answer is None else answer, np.float64)

    def single(self, role: Role, reader: Callable[[Column], Reader]) -> FloatArray | None:
        """The same of the first column that has a role; None where no column has it."""
        place = next((place for place, column in enumerate(self.columns) if column.role is role), None)
        return None if place is None else self.numbers(place, reader(self.columns[place]))

    def marks(self, place: int) -> _Taken:
        """The marks of one assessment: the place of its column, what it is, and (n,) marks and states."""
        column = self.columns[place]
        shown = self.shown.get(column.index, frozenset())
        scale = Scale() if column.scale else mark_scale(column, self.cells(place), shown)
        if scale.note:
            self.notes.append(scale.note)
        read = self._read(place, stepped(column.scale) if column.scale else _mark_reader(scale))
        assessment = Assessment(
            title=column.heading,
            kind=AssessmentKind.MOCK if column.role is Role.MOCK else AssessmentKind.TEST,
            strand=column.strand,
            topic=column.topic,
            out_of=scale.out_of,
            half_term=column.half_term,
            grades=column.scale.gcse if column.scale else (),
        )
        states = read.over(lambda answer: (answer or _NO_MARK).state, np.int8)
        return place, assessment, read.over(lambda answer: (answer or _NO_MARK).earned, np.float64), states

    def sets(self) -> FloatArray | None:
        """(n,) a number for each set that the first column of sets names, NaN where it names none."""
        place = next((place for place, column in enumerate(self.columns) if column.role is Role.SET), None)
        if place is None:
            return None
        names = [text.casefold() for text in texts_of(self.cells(place))]
        number = {name: float(count) for count, name in enumerate(sorted({*names} - {""}))}
        return np.array([number.get(name, np.nan) for name in names])

    def answers(self, place: int) -> list[Mark]:
        """The marks in one question."""
        read = self._read(place, _mark_reader(Scale(out_of=self.columns[place].out_of)))
        return [read.known[key] or _NO_MARK for key in read.keys]

    def _read(self, place: int, reader: Callable[[CellValue, bool], Answer | Doubt]) -> Answers[Answer]:
        cells, column = self.cells(place), self.columns[place]
        read = answers(cells, self.shown.get(column.index, ()), reader)
        self.doubts += (CellDoubt(row=i, column=column, value=cells[i], doubt=doubt) for i, doubt in read.doubts)
        return read


_NO_MARK = Mark(MarkState.NOT_RECORDED)


def _by_day(taken: list[_Taken]) -> list[_Taken]:
    """Assessments whose headings are days in the order of these; all others stay where they are."""
    places = [place for place, each in enumerate(taken) if day_of(each[1].title)]
    ordered = sorted((taken[place] for place in places), key=lambda each: day_of(each[1].title) or (0, 0))
    moved = dict(zip(places, ordered, strict=True))
    return [moved.get(place, each) for place, each in enumerate(taken)]


def _engagement(column: Column, cells: Sequence[CellValue], shown: Collection[int]) -> Reader:
    if column.role is Role.EFFORT:
        return rated(*column.ends) if column.ends else effort
    if column.out_of is not None and column.out_of != 100:
        return counted(column)
    return per_cent([cell for i, cell in enumerate(cells) if i not in shown] if shown else cells)


def _of(columns: Sequence[Column], role: Role) -> list[tuple[int, Column]]:
    return [(place, column) for place, column in enumerate(columns) if column.role is role]


def _mark_reader(scale: Scale) -> Callable[[CellValue, bool], Mark | Doubt]:
    def read(cell: CellValue, shown: bool) -> Mark | Doubt:
        answer = read_mark(cell, out_of=scale.out_of, as_fraction=scale.as_fraction or shown)
        return answer if shown else scale.doubt(cell) or answer

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
    """(n, 6): the mean of the columns of each half-term; those without one stand at the half-term that the records reach."""
    table = np.full((n, HALF_TERMS), np.nan)
    places: dict[int, list[FloatArray]] = {}
    for position, column_values in read.items():
        places.setdefault((columns[position].half_term or half_term) - 1, []).append(column_values)
    for place, several in places.items():
        stacked = np.column_stack(several)
        known = (~np.isnan(stacked)).sum(axis=1)
        with np.errstate(invalid="ignore"):
            table[:, place] = np.where(known > 0, np.nansum(stacked, axis=1) / known, np.nan)
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
