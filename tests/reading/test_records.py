"""Rows of cells -> a cohort: the states of marks, per cent, totals, half-terms, and a doubt for what was not understood."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.reading.grid import CellValue, as_text
from addin.reading.headings.column import understand
from addin.reading.records import Records, read_records
from model.students import AssessmentKind, MarkState


def read(headings: list[str], *rows: list[CellValue], **options: object) -> Records:
    return read_records(understand(headings), rows, keys=[str(i) for i in range(len(rows))], **options)  # type: ignore[arg-type]


def test_the_five_states_stay_five_different_things() -> None:
    cells: list[CellValue] = [0, "Abs", "N/A", "NE", None, "tba"]
    records = read(["Angles (20)"], *([cell] for cell in cells))
    assert [MarkState(state) for state in records.cohort.state[:, 0]] == [
        MarkState.MARK,
        MarkState.ABSENT,
        MarkState.NOT_REQUIRED,
        MarkState.NOT_YET_JOINED,
        MarkState.NOT_RECORDED,
        MarkState.NOT_RECORDED,
    ]
    assert records.cohort.earned[0, 0] == 0
    assert np.isnan(records.cohort.earned[1:]).all()
    assert [(doubt.row, doubt.value) for doubt in records.doubts] == [(5, "tba")]


def test_every_kind_of_column_arrives_in_its_place() -> None:
    headings = [
        "Name", "Tier", "KS2", "Target", "Working at", "Attendance % HT1", "Attendance % HT2", "Homework HT2", "Effort HT1",
        "Fractions (20)", "Mock Paper 1 (80)", "PP", "Final grade",
    ]  # fmt: skip
    cohort = read(headings, ["Ova", "H", 104, "6+", "U", 93, 88, "75%", 3, 12, 41, "Y", 7]).cohort
    assert (cohort.higher[0], cohort.ks2[0], cohort.target[0], cohort.working_at[0]) == (1, 104, 6, 0)
    assert cohort.attendance[0, :2].tolist() == [93, 88]
    assert np.isnan(cohort.attendance[0, 2:]).all()
    assert (cohort.homework[0, 1], cohort.effort[0, 0]) == (75, 3)
    assert [(a.kind, a.out_of) for a in cohort.assessments] == [(AssessmentKind.TEST, 20), (AssessmentKind.MOCK, 80)]
    assert cohort.earned.tolist() == [[12, 41]]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        ([0.93, 0.88, 1], [93, 88, 100]),
        ([93, 88, 1], [93, 88, 1]),
        ([1, 0, 1], [None, 0, None]),
        ([1, "80%"], [None, 80]),
        (["93%", 0.5, None], [93, 50, None]),
    ],
)
def test_a_column_of_fractions_is_a_column_of_per_cents(cells: list[CellValue], values: list[float | None]) -> None:
    found = read(["Attendance %"], *([cell] for cell in cells)).cohort.attendance[:, 0]
    assert [None if math.isnan(value) else value for value in found] == values


@pytest.mark.parametrize(
    ("cells", "doubtful"),
    [
        ([12, 0.85, 1, 0.5, 8], [0.85, 1, 0.5]),  # 1 may be 100 per cent and 0.5 may be 50
        ([12, 0.85, 1, 0.5, 14.5], [0.85, 1]),  # half marks are given in this test
        ([12, 1, 0.5, 8], []),
        ([0.85, 0.9, 1, 12], [12]),
    ],
)
def test_beside_parts_of_one_what_may_be_a_per_cent_is_asked_about(
    cells: list[CellValue], doubtful: list[CellValue]
) -> None:
    """A server cannot see the format: 0.85 among marks is a cell shown as 85 %, and its neighbours may be shown so too."""
    doubts = read(["Angles (20)"], *([cell] for cell in cells)).doubts
    assert [doubt.value for doubt in doubts] == doubtful
    for doubt in doubts:  # typing 85 into a cell that is formatted as per cent leaves it 0.85
        assert "Format the column as Number" in doubt.doubt.remedy


def test_where_formats_are_known_they_decide() -> None:
    headings = ["Attendance %", "Angles (20)"]
    rows: list[list[CellValue]] = [[1.0, 1.0], [0.5, 0.5], [93.0, 12.0]]
    plain = read(headings, *rows)
    assert [doubt.value for doubt in plain.doubts] == [1.0, 0.5], "1 and 0.5 beside 93 may be 100 and 50"
    shown = read(headings, *rows, percents={(0, 0), (1, 0), (0, 1), (1, 1)})
    assert shown.cohort.attendance[:, 0].tolist() == [100, 50, 93]
    assert shown.cohort.earned[:, 0].tolist() == [20, 10, 12]
    over = read(["Angles (20)"], [1.2], percents={(0, 0)})
    assert [doubt.value for doubt in over.doubts] == [1.2]


@pytest.mark.parametrize(
    ("cells", "total", "said"),
    [
        (["12/20", "15/20", "Abs"], 20, "out of 20"),
        (["12/20", "15/20", 14], 20, "out of 20"),
        (["12/20", "15/25"], 100, "per cent"),
        (["60%", "75%"], 100, "per cent"),
        ([0.6, 0.75], 100, "per cent"),
        ([12, 15], None, None),
        ([f"1/{'9' * 400}", 12], None, None),
    ],
)
def test_a_total_that_only_the_marks_tell_is_told(
    cells: list[CellValue], total: float | None, said: str | None
) -> None:
    records = read(["Angles"], *([cell] for cell in cells))
    assert records.cohort.assessments[0].out_of == total
    assert len(records.notes) == (said is not None)
    assert (said or "") in "".join(records.notes)


@pytest.mark.parametrize(
    ("headings", "row", "given", "half_term"),
    [
        (["Angles HT2", "Speed HT4"], [12, 13], None, 4),
        (["Angles HT2", "Speed HT4"], [12, None], None, 2),
        (["Angles HT2", "Speed HT4"], [12, "Abs"], None, 4),
        (["Angles HT2", "Effort HT3"], [12, 3], None, 3),
        (["Angles HT2", "Speed HT4"], [12, 13], 6, 6),
        (["Angles", "Speed", "Powers"], [12, 13, 14], None, 2),
        (["Angles", "Speed", "Powers"], [12, None, None], None, 1),
        ([f"Test {i}" for i in range(30)], [7] * 30, None, 6),
    ],
)
def test_the_half_term(headings: list[str], row: list[CellValue], given: int | None, half_term: int) -> None:
    assert read(headings, row, half_term=given).cohort.half_term == half_term


def test_engagement_without_a_half_term_belongs_to_the_one_that_the_records_reach() -> None:
    cohort = read(["Homework", "Angles HT3"], [80, 12]).cohort
    assert np.flatnonzero(~np.isnan(cohort.homework[0])).tolist() == [2]


def test_short_rows_are_filled_with_blanks() -> None:
    cohort = read(["Name", "Angles", "Speed"], ["Ova", 12], ["Tul"]).cohort
    assert cohort.state.tolist() == [
        [MarkState.MARK, MarkState.NOT_RECORDED],
        [MarkState.NOT_RECORDED, MarkState.NOT_RECORDED],
    ]


cells = (
    st.none() | st.text(max_size=5) | st.floats() | st.integers(-5, 60) | st.sampled_from(["Abs", "7/20", "80%", "NE"])
)


@given(st.lists(st.lists(cells, min_size=4, max_size=4), max_size=6))
@settings(max_examples=150, deadline=None)
def test_each_cell_that_is_not_blank_is_a_mark_a_state_or_a_doubt(rows: list[list[CellValue]]) -> None:
    records = read(["Angles (20)", "Speed", "Homework %", "Target"], *rows)
    doubts = {(doubt.row, doubt.column.index) for doubt in records.doubts}
    for i, row in enumerate(rows):
        for j in (0, 1):
            unread = records.cohort.state[i, j] == MarkState.NOT_RECORDED
            blank = not as_text(row[j])
            assert unread == (blank or (i, j) in doubts)


def test_equal_cells_that_are_not_the_same_are_read_apart() -> None:
    records = read(["Angles (20)"], [1], [True], [1.0], ["1"], [True])
    assert records.cohort.earned[[0, 2, 3], 0].tolist() == [1.0, 1.0, 1.0]
    assert [doubt.row for doubt in records.doubts] == [1, 4]
