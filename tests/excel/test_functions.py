"""The family of functions: the same answers as the command, spilled columns, errors in words, what-if in the right direction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from addin import functions
from addin.files.package.read import read_book
from addin.functions import (
    INTERVENTION_ACTIVITIES,
    INTERVENTION_FLAG,
    INTERVENTION_PATHWAY,
    INTERVENTION_PRIORITY,
    INTERVENTION_RISK,
    INTERVENTION_TOPICS,
    INTERVENTION_WHATIF,
    INTERVENTION_WHY,
)
from addin.reading.grid import CellValue
from addin.reading.markbook import read_markbook
from addin.results.in_full import path_in_full, why_in_full
from addin.results.scored import Review
from addin.results.short import path_in_short, why_in_short
from addin.review import review
from templates.build import class_workbook

Rows = list[list[CellValue]]
FAMILY = (
    INTERVENTION_RISK,
    INTERVENTION_FLAG,
    INTERVENTION_PRIORITY,
    INTERVENTION_WHY,
    INTERVENTION_TOPICS,
    INTERVENTION_ACTIVITIES,
    INTERVENTION_PATHWAY,
)


class Ranges:
    """The ranges of a markbook as a formula would name them, and what the command says of the same file."""

    def __init__(self, path: Path) -> None:
        book = read_book(path)
        markbook = read_markbook(book)
        sheet = book.sheet(markbook.sheet)
        assert sheet is not None
        used = [column for column in markbook.columns if column.heading and column.heading not in markbook.results]
        width = 1 + max(column.index for column in used)
        row = markbook.header_row
        self.headings = [list(sheet.rows[row - 1][:width])]
        self.out_of = [list(sheet.rows[row - 2][:width])]
        self.strands = [list(sheet.rows[row - 3][:width])]
        self.students: Rows = [list(sheet.rows[student.row - 1][:width]) for student in markbook.students]
        self.done: Review = review(book)

    @property
    def all(self) -> tuple[Rows, Rows, Rows, Rows]:
        return self.students, self.headings, self.out_of, self.strands


@pytest.fixture(scope="module")
def ranges(tmp_path_factory: pytest.TempPathFactory) -> Ranges:
    path = tmp_path_factory.mktemp("functions") / "class.xlsx"
    class_workbook(path, students=30, seed=7)
    return Ranges(path)


def test_flags_priorities_and_reasons_are_the_commands(ranges: Ranges) -> None:
    results = ranges.done.results
    assert [row[0] for row in INTERVENTION_FLAG(*ranges.all)] == [result.flag.value for result in results]
    scored = [(p[0], r.priority) for p, r in zip(INTERVENTION_PRIORITY(*ranges.all), results, strict=True) if r.risk]
    assert all(told == known for told, known in scored)
    assert [row[0] for row in INTERVENTION_WHY(*ranges.all)] == [why_in_short(r.reasons) for r in results]
    assert [row[0] for row in INTERVENTION_WHY(*ranges.all, detail=True)] == [why_in_full(r.reasons) for r in results]


def test_topics_and_activities_are_the_commands(ranges: Ranges) -> None:
    topics, activities = INTERVENTION_TOPICS(*ranges.all), INTERVENTION_ACTIVITIES(*ranges.all)
    for result, topic, activity in zip(ranges.done.results, topics, activities, strict=True):
        if result.risk is None:
            assert topic == activity == ["Not enough data"]
            continue
        assert topic[0].count("\n") == len(result.topics) - 1
        for need in result.topics:
            assert (need.topic or need.strand.value) in topic[0]
        for suggested in result.activities:
            assert suggested.title in activity[0]
    in_full = INTERVENTION_ACTIVITIES(*ranges.all, detail=True), INTERVENTION_TOPICS(*ranges.all, detail=True)
    for result, (activity,), (topic,) in zip(ranges.done.results, *in_full, strict=True):
        if result.risk is not None:
            assert result.activities[0].scaffold in activity
            assert result.activities[0].fade in activity
            assert f"{result.topics[0].evidence} evidence" in topic


def test_paths_are_the_commands(ranges: Ranges) -> None:
    paths, in_full = INTERVENTION_PATHWAY(*ranges.all), INTERVENTION_PATHWAY(*ranges.all, detail=True)
    for result, (path,), (told,) in zip(ranges.done.results, paths, in_full, strict=True):
        if result.risk is None:
            assert path == told == "Not enough data"
            continue
        assert 3 <= len(result.pathway) <= 6
        assert path == path_in_short(result.pathway)
        assert told == path_in_full(result.pathway)
        assert path.endswith("mixed practice")


@pytest.mark.parametrize(
    "function", [INTERVENTION_WHY, INTERVENTION_TOPICS, INTERVENTION_ACTIVITIES, INTERVENTION_PATHWAY]
)
def test_detail_is_true_or_false(ranges: Ranges, function: Any) -> None:
    short = function(*ranges.all)
    assert (
        function(*ranges.all, detail=False)
        == function(*ranges.all, detail="")
        == function(*ranges.all, detail=0)
        == short
    )
    assert function(*ranges.all, detail=1) == function(*ranges.all, detail="TRUE") != short
    assert function(*ranges.all, detail="some") == [
        ["detail: 'some' is neither TRUE nor FALSE. Give one of them, or leave it out."]
    ]


@pytest.mark.parametrize("function", FAMILY)
def test_one_row_a_student_and_blank_rows_stay_blank(ranges: Ranges, function: object) -> None:
    assert callable(function)
    blank: list[CellValue] = [None] * len(ranges.headings[0])
    with_gaps = [ranges.students[0], blank, *ranges.students[1:]]
    answer = function(with_gaps, ranges.headings, ranges.out_of)
    whole = function(ranges.students, ranges.headings, ranges.out_of)
    assert len(answer) == len(with_gaps)
    assert answer[1] == [""]
    assert [answer[0], *answer[2:]] == whole


@pytest.mark.parametrize("function", FAMILY)
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((None, [["Name", "Angles (20)"]]), "students: nothing was given"),
        (([["Ova", 3]], None), "headings: nothing was given"),
        (([["Ova", 3]], [["Name"]]), "students: 2 columns, headings: 1"),
        (([["Ova", 3]], [["Name", "Colour"]]), "no column of marks"),
        (([["Ova", 3]], [["Name", "Angles (20)"]], None, None, None, 9), "9 is not a half-term"),
    ],
)
def test_errors_are_words_in_one_cell(function: object, arguments: tuple[object, ...], says: str) -> None:
    assert callable(function)
    answer = function(*arguments)
    assert len(answer) == 1
    assert says in answer[0][0]


def test_what_if_better_homework_never_raises_a_risk(ranges: Ranges) -> None:
    now = INTERVENTION_RISK(ranges.students, ranges.headings, ranges.out_of)
    then = INTERVENTION_WHATIF(ranges.students, ranges.headings, ranges.out_of, "Homework %", 100)
    changed = 0
    for before, after in zip(now, then, strict=True):
        if isinstance(before[0], float):
            assert after[0] <= before[0]
            changed += after[0] < before[0]
    assert changed > 10


def test_what_if_nothing_changes_nothing_changes(ranges: Ranges) -> None:
    heading = ranges.headings[0].index("Angles HT2")
    for i in (0, 1, 2):
        one = [ranges.students[i]]
        value = one[0][heading]
        if isinstance(value, float):
            same = INTERVENTION_WHATIF(ranges.students, ranges.headings, ranges.out_of, "Angles HT2", value)
            assert same[i] == INTERVENTION_RISK(ranges.students, ranges.headings, ranges.out_of)[i]


@pytest.mark.parametrize("change", ["Shoe size", "", None])
def test_what_if_needs_a_heading_that_is_there(ranges: Ranges, change: object) -> None:
    told = INTERVENTION_WHATIF(ranges.students, ranges.headings, ranges.out_of, change, 80)
    assert told[0][0].startswith("change: there is no heading")


def test_every_function_of_the_design_is_there() -> None:
    names = {name for name in vars(functions) if name.startswith("INTERVENTION_")}
    assert names == {f.__name__ for f in FAMILY} | {"INTERVENTION_WHATIF"}
