"""The whole way, as `score --json` tells it and as the function in a cell answers it."""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from addin.errors import DecisionsAtRisk
from addin.functions import INTERVENTION_RISK, INTERVENTION_WHY, NOT_ENOUGH
from addin.hosts.closed_file import ClosedFile
from addin.hosts.memory import Memory
from addin.reading.grid import EXCEL_ERRORS, CellValue
from addin.reading.markbook import read_markbook
from addin.results.earlier import Earlier
from addin.review import review, thresholds_of
from addin.ribbon import score_button
from model import activities as library
from model.activities import Activity, ActivityKind
from model.scorecard import bundled
from model.vocabulary import STRANDS, Evidence, Flag
from templates import layout
from templates.build import class_workbook
from tests.support import FIRST_MARK, HEADINGS, Row, book, class_file, run, score_class, students

Answer = list[list[float | str]]


def told(path: Path) -> dict[str, Any]:
    ran = run("score", path, "--json")
    assert (ran.code, ran.err) == (0, "")
    answer = json.loads(ran.out)
    assert isinstance(answer, dict)
    return answer


@pytest.fixture(scope="module", params=[1, 2, 30, 200])
def scored(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[int, Path, dict[str, Any]]:
    """Size, file and answer for classes of one to a whole year group."""
    path = tmp_path_factory.mktemp("class") / "class.xlsx"
    class_workbook(path, students=request.param, seed=11)
    return request.param, path, told(path)


def test_the_answer_has_the_designs_shape(scored: tuple[int, Path, dict[str, Any]]) -> None:
    size, path, answer = scored
    assert list(answer) == ["input", "output", "sheet", "counts", "students", "queries"]
    assert (answer["input"], answer["output"]) == (str(path), str(path.with_name("class.marked.xlsx")))
    assert list(answer["counts"]) == [flag.value for flag in Flag]
    assert sum(answer["counts"].values()) == size
    for student in answer["students"]:
        assert list(student) == [
            "row", "student_id", "name", "risk", "flag", "priority", "reasons", "topics", "activities",
        ]  # fmt: skip
        for topic in student["topics"]:
            assert list(topic) == ["strand", "topic", "earned", "out_of", "evidence"]
            assert topic["strand"] in STRANDS
            assert topic["evidence"] in set(Evidence)
        for activity in student["activities"]:
            assert list(activity) == ["title", "strand", "topic", "scaffold", "fade"]


def test_every_row_of_the_sheet_is_there(scored: tuple[int, Path, dict[str, Any]]) -> None:
    size, path, answer = scored
    sheet = ClosedFile(path, output=path).read().sheet(answer["sheet"])
    assert sheet is not None
    rows = range(layout.FIRST_STUDENT_ROW, layout.FIRST_STUDENT_ROW + size)
    assert [(s["row"], s["student_id"], s["name"]) for s in answer["students"]] == [
        (row, sheet.cell(row, 1), f"{sheet.cell(row, 3)} {sheet.cell(row, 2)}") for row in rows
    ]


def test_priorities_are_1_to_n_and_each_has_its_reasons(scored: tuple[int, Path, dict[str, Any]]) -> None:
    _, _, answer = scored
    by_flag = dict.fromkeys(answer["counts"], 0)
    ranks = []
    for student in answer["students"]:
        by_flag[student["flag"]] += 1
        assert student["reasons"]
        assert all(isinstance(reason, str) and reason for reason in student["reasons"])
        if student["risk"] is None:
            assert (student["flag"], student["priority"]) == (Flag.NOT_ENOUGH.value, None)
            assert student["topics"] == student["activities"] == []
        else:
            assert 0 <= student["risk"] <= 1
            ranks.append(student["priority"])
    assert by_flag == answer["counts"]
    assert sorted(ranks) == list(range(1, len(ranks) + 1))


def test_the_first_activity_is_to_re_teach_and_the_second_to_practise(scored: tuple[int, Path, dict[str, Any]]) -> None:
    _, _, answer = scored
    by_title: dict[tuple[str, str], Activity] = {(a.title, a.topic): a for a in library.bundled()}
    kinds = (ActivityKind.RE_TEACH, ActivityKind.PRACTISE)
    for student in answer["students"]:
        assert len(student["activities"]) == len(student["topics"]) <= 2
        for topic, activity, kind in zip(student["topics"], student["activities"], kinds, strict=False):
            assert activity["strand"] == topic["strand"]
            assert by_title[activity["title"], activity["topic"]].kind is kind
            assert activity["scaffold"]
            if topic["topic"] is not None:
                assert activity["topic"] == topic["topic"]


def test_flags_follow_the_thresholds(scored: tuple[int, Path, dict[str, Any]]) -> None:
    _, path, answer = scored
    cuts = thresholds_of(ClosedFile(path, output=path).read(), bundled())
    for student in answer["students"]:
        if student["risk"] is not None:
            expected = Flag.HIGH if student["risk"] >= cuts.high else Flag.WATCH
            assert student["flag"] == (expected if student["risk"] >= cuts.watch else Flag.ON_TRACK).value


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({"threshold_high": 0.9, "threshold_watch": 0.1}, (0.9, 0.1)),
        ({"threshold_high": 0.9}, (0.9, bundled().thresholds.watch)),
        ({"threshold_high": 0.2, "threshold_watch": 0.6}, None),
        ({"threshold_high": "high", "threshold_watch": 75}, None),
        ({"threshold_high": True}, None),
        ({}, None),
    ],
)
def test_setup_decides_on_the_thresholds_where_they_make_sense(
    names: dict[str, CellValue], expected: tuple[float, float] | None
) -> None:
    cuts = thresholds_of(book(HEADINGS, names=names), bundled())
    assert (cuts.high, cuts.watch) == (expected or (bundled().thresholds.high, bundled().thresholds.watch))


def test_one_student_who_cannot_be_read_does_not_stop_the_class() -> None:
    rows = [HEADINGS, *students(12)]
    rows[5] = [*rows[5][:FIRST_MARK], "?", "1O", "-", "tba"]
    done = review(book(*rows))
    assert len(done.markbook.queries) == 4
    assert [result.row for result in done.results if result.flag is Flag.NOT_ENOUGH] == [6]
    assert sum(result.risk is not None for result in done.results) == 11


def test_a_class_in_which_all_marks_are_the_same_is_scored() -> None:
    rows: list[Row] = [("Name", "Target", "Number (20)", "Fractions (20)", "Decimals (20)")]
    rows += [(f"Zov{i}", 5, 10, 10, 10) for i in range(10)]
    done = review(book(*rows))
    assert len({result.risk for result in done.results}) == 1
    assert sorted(result.priority or 0 for result in done.results) == list(range(1, 11))
    assert all(result.reasons and result.topics for result in done.results)


def test_button_and_command_write_the_same(tmp_path: Path) -> None:
    path = class_file(tmp_path / "class.xlsx")
    told(path)
    host = Memory(ClosedFile(path, output=path).read())
    said = score_button(host)
    marked = ClosedFile(tmp_path / "class.marked.xlsx", output=path).read()
    assert host.book.sheets[0].rows == marked.sheets[0].rows
    counts = review(marked).counts()
    assert all(f"{flag}: {count}" in said for flag, count in counts.items())


# --- the function in a cell ---


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Row], Row, Row, Row, Answer]:
    """Students, headings, totals and strands of a template, and the risks that the command gives."""
    path = tmp_path_factory.mktemp("sample") / "class.xlsx"
    class_workbook(path, students=30, seed=5)
    read = ClosedFile(path, output=path).read()
    done = review(read)
    rows = read.sheets[[sheet.name for sheet in read.sheets].index(done.markbook.sheet)].rows
    answer: Answer = [[NOT_ENOUGH if result.risk is None else round(result.risk, 4)] for result in done.results]
    return (
        list(rows[layout.FIRST_STUDENT_ROW - 1 :]),
        rows[layout.HEADING_ROW - 1],
        rows[layout.OUT_OF_ROW - 1],
        rows[layout.STRAND_ROW - 1],
        answer,
    )


Sample = tuple[list[Row], Row, Row, Row, Answer]


@pytest.mark.parametrize("half_term", [None, 4, 4.0, np.int64(4)])
def test_function_and_command_give_the_same_risk(sample: Sample, half_term: object) -> None:
    rows, headings, totals, strands, risks = sample
    assert INTERVENTION_RISK(rows, [headings], [totals], [strands], None, half_term) == risks
    assert INTERVENTION_RISK(rows, headings, totals, strands, rows, half_term) == risks


def test_a_single_row_among_its_cohort_gives_the_same_risk(sample: Sample) -> None:
    rows, headings, totals, strands, risks = sample
    for row, risk in zip(rows, risks, strict=True):
        assert INTERVENTION_RISK(row, headings, totals, strands, rows) == [risk]


def test_arrays_and_data_frames_are_ranges_too(sample: Sample) -> None:
    rows, headings, totals, strands, risks = sample
    array, frame = np.array(rows, dtype=object), pd.DataFrame(rows, columns=list(headings))
    assert frame.isna().to_numpy().any(), "blank cells arrive as NaN"
    for given in (array, frame, frame.convert_dtypes()):
        for head in (np.array([headings], dtype=object), frame.columns):
            assert INTERVENTION_RISK(given, head, np.array([totals], dtype=object), [strands]) == risks


def test_blank_cells_of_a_data_frame_leave_its_per_cents_per_cents() -> None:
    headings = ["Name", "Homework %", "Angles (20)"]
    rows: list[tuple[str, float | None, float]] = [("Ova", 0.8, 12.0), ("Tul", None, 8.0), ("Fen", 0.45, 15.0)]
    assert INTERVENTION_RISK(pd.DataFrame(rows, columns=headings), headings) == INTERVENTION_RISK(rows, headings)
    in_hundreds = [[name, None if part is None else part * 100, mark] for name, part, mark in rows]
    assert INTERVENTION_RISK(rows, headings) == INTERVENTION_RISK(in_hundreds, headings)


def test_a_class_of_one_compares_with_the_reference_in_both() -> None:
    one = students(1)
    answer = review(book(HEADINGS, *one)).results[0].risk
    assert answer is not None
    assert INTERVENTION_RISK(one, [HEADINGS], cohort=one) == [[round(answer, 4)]]


def test_one_row_is_judged_within_its_class_or_not_at_all() -> None:
    rows = students(24)
    whole = INTERVENTION_RISK(rows, [HEADINGS])
    assert [INTERVENTION_RISK([row], [HEADINGS], cohort=rows)[0] for row in rows] == whole
    assert {INTERVENTION_RISK([row], [HEADINGS])[0][0][:29] for row in rows} == {"Give the class as cohort: one"}


@pytest.mark.parametrize("error", sorted(EXCEL_ERRORS))
def test_errors_of_excel_are_named_and_a_target_that_is_one_answers_no_risk(error: str) -> None:
    rows: list[list[Any]] = [list(row) for row in students(9)]
    rows[0][HEADINGS.index("Target")] = rows[1][HEADINGS.index("Angles (25)")] = error
    risks = INTERVENTION_RISK(rows, [HEADINGS])
    assert risks[0] == [f"Target: {error}. Mend the target's formula or enter it."]
    assert all(isinstance(risk, float) for (risk,) in risks[1:])
    assert INTERVENTION_WHY(rows, [HEADINGS])[1][0].startswith(f"Not read: Angles (25): {error}; ")
    assert INTERVENTION_WHY(rows, [HEADINGS], detail=True)[1][0].endswith(f"Not read: Angles (25): {error}.")


def test_blank_rows_in_a_range_answer_blank_and_change_nothing() -> None:
    rows = students(10)
    plain = INTERVENTION_RISK(rows, [HEADINGS])
    assert INTERVENTION_RISK([*rows, [None] * len(HEADINGS), [""] * len(HEADINGS)], [HEADINGS]) == [*plain, [""], [""]]


def test_a_later_half_term_is_heeded() -> None:
    rows = students(10)
    assert INTERVENTION_RISK(rows, [HEADINGS], half_term=1) != INTERVENTION_RISK(rows, [HEADINGS], half_term=6)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((None, [HEADINGS]), "students: nothing"),
        (([], [HEADINGS]), "students: nothing"),
        (((), [HEADINGS]), "students: nothing"),
        (("", [HEADINGS]), "students: nothing"),
        ((students(2), None), "headings: nothing"),
        ((students(2), [HEADINGS, HEADINGS]), "headings: 2 rows"),
        ((students(2), ["Name", "Target"]), "students: 13 columns, headings: 2"),
        ((np.zeros((3, 2)), ["Name", "Target"]), "no column of marks"),
        (([["Ova", 5], ["Tul"]], ["Name", "Angles (20)"]), "students: 1 columns, headings: 2"),
        (([["Ova", 5], "Tul"], ["Name", "Angles (20)"]), "mixed"),
        ((students(2), HEADINGS, [20, 25]), "out_of: 2 columns"),
        ((students(2), HEADINGS, None, ["Number"]), "strands: 1 columns"),
        ((students(2), HEADINGS, None, None, [["ZQ1", 5]]), "cohort: 2 columns"),
        ((students(2), HEADINGS, None, None, None, 7), "half_term: 7 is not a half-term"),
        ((students(2), HEADINGS, None, None, None, "three"), "half_term: 'three'"),
        ((students(2), HEADINGS, None, None, None, True), "half_term: True"),
        ((5, HEADINGS), "students: 1 columns"),
    ],
)
def test_a_fault_is_words_in_one_cell(arguments: tuple[object, ...], words: str) -> None:
    answer = INTERVENTION_RISK(*arguments)
    assert len(answer) == len(answer[0]) == 1
    assert words in answer[0][0]


@pytest.mark.parametrize("cell", ["?", "#N/A", True, float("nan"), float("inf"), 10**400, "9" * 400, -3, 1e308, "=1+1"])
def test_no_cell_makes_the_function_fail(cell: object) -> None:
    rows: list[list[Any]] = [list(row) for row in students(9)]
    rows[0][4:] = [cell] * (len(HEADINGS) - 4)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        answer = INTERVENTION_RISK(rows, [HEADINGS])
    assert answer[0] == [NOT_ENOUGH]
    assert all(isinstance(risk, float) for (risk,) in answer[1:])


# --- decisions ---


def with_decision(rows: list[Row], row: int, decision: str, note: str) -> Memory:
    host = Memory(book(*rows))
    score_class(host)
    grid = [list(each) for each in host.book.sheets[0].rows]
    grid[row - 1][-2:] = [decision, note or None]
    return Memory(book(*grid))


def test_a_run_leaves_decisions_alone() -> None:
    host = with_decision([HEADINGS, *students(10)], 4, "Defer", "moved sets")
    score_class(host)
    assert host.book.sheets[0].rows[3][-2:] == ("Defer", "moved sets")


def test_a_decision_typed_here_goes_before_an_earlier_one() -> None:
    host = with_decision([HEADINGS, *students(10)], 4, "Reject", "")
    key = read_markbook(host.book).students[2].key
    score_class(host, earlier=Earlier(decisions={key: ("Accept", "old note")}))
    assert host.book.sheets[0].rows[3][-2:] == ("Reject", None)


def test_decisions_of_doubles_follow_the_child_and_not_the_row() -> None:
    rows = students(10)
    rows[1][0] = rows[0][0]
    decisions = {read_markbook(book(HEADINGS, *rows)).students[0].key: ("Accept", "for the first")}
    rows[0], rows[1] = rows[1], rows[0]
    host = Memory(book(HEADINGS, *rows))
    score_class(host, earlier=Earlier(decisions=decisions))
    marked = read_markbook(host.book)
    noted = [r[1] for r in host.book.sheets[0].rows[1:] if r[marked.results["Decision note"] - 1] == "for the first"]
    assert noted == [rows[1][1]]


def test_a_decision_that_has_no_row_of_its_own_stops_the_run() -> None:
    rows = students(10)
    key = read_markbook(book(HEADINGS, *rows)).students[0].key
    twins = read_markbook(book(HEADINGS, *rows, rows[0])).students[0].key
    for sheet, lost in (
        ([HEADINGS, *rows[1:]], key),
        ([HEADINGS, *rows, rows[0]], key),
        ([HEADINGS, *rows, rows[0]], twins),
    ):
        host = Memory(book(*sheet))
        before = host.book
        with pytest.raises(DecisionsAtRisk, match="1 earlier decision would be lost"):
            score_class(host, earlier=Earlier(decisions={lost: ("Accept", "")}))
        assert host.book is before
