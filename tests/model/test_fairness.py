"""The audit by group: figures as by hand, intervals that hold, small groups that stay hidden, and columns that never score."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.reading.grid import CellValue
from addin.review import review
from model.fairness import LEAST, NOT_RECORDED, ColumnAudit, Estimate, Figure, Hidden, audit, group_of
from model.features import FEATURES
from model.intervals import wilson
from model.students import FloatArray
from model.vocabulary import Flag
from tests.support import HEADINGS, book, run, students, write_workbook

HIGH, WATCH, TRACK = Flag.HIGH, Flag.WATCH, Flag.ON_TRACK
AUDIT_HEADINGS = ("PP", "SEN", "EAL", "Sex", "Ethnicity")


def one(told: tuple[ColumnAudit, ...]) -> ColumnAudit:
    (column,) = told
    return column


def figures(column: ColumnAudit, group: str) -> dict[Figure, Estimate | Hidden]:
    return dict(next(each.figures for each in column.groups if each.name == group))


def shown(column: ColumnAudit, group: str, figure: Figure) -> Estimate:
    told = figures(column, group)[figure]
    assert isinstance(told, Estimate)
    return told


def rounded(told: Estimate) -> tuple[float, float, float, int]:
    return round(told.value, 3), round(told.low, 3), round(told.high, 3), told.students


def a_year() -> ColumnAudit:
    """Forty students, twenty in each group: 12 and 10 missed their target, of whom 9 and 5 were flagged."""
    flags = [HIGH] * 6 + [WATCH] * 4 + [TRACK] * 10 + [HIGH] * 2 + [WATCH] * 4 + [TRACK] * 14
    missed = [1] * 9 + [0] + [1] * 3 + [0] * 7 + [1] * 5 + [0] + [1] * 5 + [0] * 9
    risk = [0.9] * 6 + [0.6] * 4 + [0.2] * 10 + [0.9] * 2 + [0.6] * 4 + [0.3] * 14
    target = np.full(40, 6.0)
    return one(
        audit({"PP": ["Y"] * 20 + ["N"] * 20}, flags=flags, risk=risk, target=target, final_grade=target - missed)
    )


def test_a_tiny_table_by_hand() -> None:
    told = a_year()
    assert [group.name for group in told.groups] == ["no", "yes"]
    # 6 and 10 of 20; 9 of the 12 who missed; mean risk (5.4 + 2.4 + 2) / 20 = .49 against 12 / 20.
    assert rounded(shown(told, "yes", Figure.HIGH)) == (0.3, 0.145, 0.519, 20)
    assert rounded(shown(told, "yes", Figure.FLAGGED)) == (0.5, 0.299, 0.701, 20)
    assert rounded(shown(told, "yes", Figure.FOUND)) == (0.75, 0.468, 0.911, 12)
    assert shown(told, "yes", Figure.CALIBRATION).value == pytest.approx(0.49 - 0.6)
    share = wilson(12, 20)
    assert shown(told, "yes", Figure.CALIBRATION).low == pytest.approx(0.49 - share.high)
    assert shown(told, "yes", Figure.CALIBRATION).high == pytest.approx(0.49 - share.low)
    assert shown(told, "no", Figure.FOUND).value == 0.5
    found = next(d for d in told.differences if d.figure is Figure.FOUND)
    assert (found.group, found.against) == ("yes", "no")
    assert found.estimate.value == pytest.approx(0.25)
    assert found.reading == "no difference that this many students could show"


@pytest.mark.parametrize(("here", "there"), [(12, 18), (30, 120)])
def test_intervals_cover_in_simulation(here: int, there: int) -> None:
    """In 600 classes that are judged by true risks, the intervals hold what is true at least 93 times in 100."""
    rng = np.random.default_rng(5)
    rate = {"yes": 0.5, "no": 0.25}
    held: dict[Figure | str, list[bool]] = {}
    columns = {"PP": ["Y"] * here + ["N"] * there}
    for _ in range(600):
        risk = np.concatenate([rng.beta(2, 2, here), rng.beta(2, 6, there)])
        flags = [TRACK if miss else HIGH for miss in rng.random(here + there) >= np.repeat([0.5, 0.25], [here, there])]
        final = np.where(rng.random(here + there) < risk, 4.0, 5.0)
        told = one(audit(columns, flags=flags, risk=risk, target=np.full(here + there, 5.0), final_grade=final))
        for name, share in rate.items():
            flagged, calibration = shown(told, name, Figure.HIGH), shown(told, name, Figure.CALIBRATION)
            held.setdefault(f"flagged {name}", []).append(flagged.low <= share <= flagged.high)
            held.setdefault(f"calibration {name}", []).append(calibration.low <= 0 <= calibration.high)
        for apart in told.differences:
            truth = 0.0 if apart.figure is Figure.CALIBRATION else 0.25
            held.setdefault(apart.figure, []).append(apart.estimate.low <= truth <= apart.estimate.high)
    for what, cases in held.items():
        assert np.mean(cases) >= 0.93, (what, np.mean(cases))
    assert len(held[Figure.HIGH]) == 600


def test_a_reading_in_plain_words() -> None:
    flags = [HIGH] * 15 + [TRACK] * 5 + [HIGH] * 5 + [TRACK] * 25
    told = one(audit({"EAL": ["no"] * 20 + ["yes"] * 30}, flags=flags, risk=[0.5] * 50))
    assert told.reading("no", Figure.FLAGGED) == "flagged more often by 58 points, 31 to 75"
    assert told.reading("yes", Figure.FLAGGED) is None  # the larger group is what the other is compared with
    turned = one(audit({"EAL": ["yes"] * 20 + ["no"] * 30}, flags=flags[20:] + flags[:20], risk=[0.5] * 50))
    assert turned.reading("yes", Figure.HIGH) is not None


def test_groups_of_fewer_than_ten_are_hidden_and_cannot_be_subtracted() -> None:
    told = one(audit({"PP": ["Y"] * 9 + ["N"] * 21}, flags=[HIGH] * 30, risk=[0.9] * 30))
    assert figures(told, "yes")[Figure.FLAGGED] is Hidden.SMALL
    # The class's total is known, so the other group would tell of the nine.
    assert figures(told, "no")[Figure.FLAGGED] is Hidden.SUBTRACTION
    assert told.differences == ()


def test_of_three_groups_the_smallest_hides_the_next_and_the_largest_stays() -> None:
    told = one(audit({"SEN": ["E"] * 3 + ["K"] * 12 + ["N"] * 30}, flags=[HIGH] * 45, risk=[0.9] * 45))
    assert [group.name for group in told.groups] == ["no", "SEN support", "EHC plan"]
    seen = [group.figures[Figure.HIGH] for group in told.groups]
    assert isinstance(seen[0], Estimate)
    assert seen[1:] == [Hidden.SUBTRACTION, Hidden.SMALL]
    # Two small groups that make up ten together hide each other.
    told = one(audit({"SEN": ["E"] * 5 + ["K"] * 5 + ["N"] * 30}, flags=[HIGH] * 40, risk=[0.9] * 40))
    assert isinstance(told.groups[0].figures[Figure.HIGH], Estimate)


SIZES = st.lists(st.integers(0, 40), min_size=1, max_size=6)


@given(sizes=SIZES, seed=st.integers(0, 99))
@settings(max_examples=150, deadline=None)
def test_nothing_hidden_is_ever_small_enough_to_work_out(sizes: list[int], seed: int) -> None:
    names = [f"g{i}" for i, size in enumerate(sizes) for _ in range(size)]
    rng = np.random.default_rng(seed)
    n = len(names)
    flags = [list(Flag)[i] for i in rng.integers(0, 4, n)]
    risk, target, final = rng.random(n), np.full(n, 5.0), rng.integers(3, 7, n).astype(float)
    for column in audit({"Ethnicity": names}, flags=flags, risk=risk, target=target, final_grade=final):
        for figure in column.groups[0].figures if column.groups else ():
            about = [
                flag is not Flag.NOT_ENOUGH and (figure is not Figure.FOUND or grade <= 4)
                for flag, grade in zip(flags, final, strict=True)
            ]
            size = {
                g.name: sum(a and name == g.name for a, name in zip(about, names, strict=True)) for g in column.groups
            }
            hidden = [g.name for g in column.groups if isinstance(g.figures[figure], Hidden)]
            assert all(size[g.name] >= LEAST for g in column.groups if g.name not in hidden)
            if hidden and len(hidden) < len(column.groups):
                assert len(hidden) >= 2
                assert sum(size[name] for name in hidden) >= LEAST


def test_rates_among_those_who_missed_need_ten_of_them() -> None:
    final = np.array([4.0] * 12 + [5.0] * 8 + [4.0] * 4 + [5.0] * 26)
    told = one(
        audit({"PP": ["Y"] * 20 + ["N"] * 30}, flags=[HIGH] * 50, risk=[0.5] * 50, target=[5.0] * 50, final_grade=final)
    )
    assert figures(told, "no")[Figure.FOUND] is Hidden.SMALL
    assert figures(told, "yes")[Figure.FOUND] is Hidden.SUBTRACTION
    assert isinstance(figures(told, "no")[Figure.CALIBRATION], Estimate)
    assert {each.figure for each in told.differences} == {Figure.HIGH, Figure.FLAGGED, Figure.CALIBRATION}


def test_without_outcomes_there_are_flag_rates_alone_and_those_without_a_score_are_in_none() -> None:
    flags = [HIGH] * 10 + [Flag.NOT_ENOUGH] * 5 + [TRACK] * 20
    told = one(audit({"PP": ["Y"] * 15 + ["N"] * 20}, flags=flags, risk=[0.9] * 10 + [np.nan] * 5 + [0.1] * 20))
    assert set(figures(told, "yes")) == {Figure.HIGH, Figure.FLAGGED}
    assert rounded(shown(told, "yes", Figure.HIGH)) == (1.0, 0.722, 1.0, 10)


@pytest.mark.parametrize(
    ("heading", "cells", "group"),
    [
        ("PP", ("Y", "yes", "TRUE", "1"), "yes"),
        ("Pupil premium", ("N", "No", "false", "0"), "no"),
        ("SEN status", ("K", "k", "SEN support"), "SEN support"),
        ("SEND", ("E", "EHCP"), "EHC plan"),
        ("EAL", ("", "  ", "-", "unknown"), NOT_RECORDED),
        ("Sex", ("N",), "N"),
        ("Ethnicity", ("White British",), "White British"),
    ],
)
def test_cells_become_groups(heading: str, cells: tuple[str, ...], group: str) -> None:
    assert {group_of(heading, cell) for cell in cells} == {group}


def test_capitals_alone_make_no_other_group_and_blanks_come_last() -> None:
    told = one(audit({"Sex": ["F", "f"] * 6 + ["M"] * 10 + [""] * 20}, flags=[HIGH] * 42, risk=[0.9] * 42))
    assert [group.name for group in told.groups] == ["F", "M", NOT_RECORDED]


def test_parts_of_different_lengths_are_a_programming_error() -> None:
    with pytest.raises(ValueError, match="one value for each"):
        audit({"PP": ["Y"]}, flags=[HIGH] * 2, risk=[0.5] * 2)


# The proof that what is there for audit only never scores: the whole way, on a sheet that holds it.


def a_sheet(seed: int, columns: dict[str, list[CellValue]]) -> list[list[CellValue]]:
    rows = students(36, seed=seed)
    return [
        [*HEADINGS, *columns],
        *([*row, *(values[i] for values in columns.values())] for i, row in enumerate(rows)),
    ]


def audit_columns(seed: int) -> dict[str, list[CellValue]]:
    random = Random(seed)
    choices = {"PP": "YN", "SEN": "NKE", "EAL": "YN", "Sex": "FM", "Ethnicity": ("Roma", "Chinese", None)}
    return {heading: [random.choice(choices[heading]) for _ in range(36)] for heading in AUDIT_HEADINGS}


@pytest.mark.parametrize("seed", range(5))
def test_permuting_or_removing_audit_columns_leaves_every_result(seed: int) -> None:
    columns = audit_columns(seed)
    before = review(book(*a_sheet(seed, columns)))
    assert set(before.markbook.audit) == set(AUDIT_HEADINGS)
    random = Random(seed + 100)
    permuted = {heading: random.sample(values, len(values)) for heading, values in columns.items()}
    assert permuted != columns
    turned = dict(reversed(columns.items()))
    for other in (permuted, turned, {}, {heading: [None] * 36 for heading in columns}):
        after = review(book(*a_sheet(seed, other)))
        # A result holds risk, flag, priority, reasons, topics, activities and the predicted grade.
        assert after.results == before.results


@pytest.mark.parametrize("seed", range(5))
def test_a_final_grade_never_changes_a_score(seed: int) -> None:
    random = Random(seed)
    plain = review(book(*a_sheet(seed, {})))
    for grades in ([9.0] * 36, [1.0] * 36, [float(random.randint(0, 9)) for _ in range(36)]):
        with_outcome = review(book(*a_sheet(seed, {"Final grade": list(grades)})))
        assert with_outcome.markbook.final_grade.tolist() == grades
        assert with_outcome.results == plain.results


def test_no_feature_is_named_after_a_group() -> None:
    told = {word for feature in FEATURES for word in (*feature.name.split("_"), feature.theme, feature.family)}
    assert not told & {"pp", "sen", "send", "eal", "sex", "gender", "fsm", "ethnicity", "premium", "final", "outcome"}


def test_a_review_is_audited_student_by_student() -> None:
    columns = audit_columns(3)
    done = review(book(*a_sheet(3, columns | {"Final grade": [4.0] * 36})))
    told = {column.heading: column for column in done.fairness()}
    yes = [result for result, cell in zip(done.results, columns["PP"], strict=True) if cell == "Y"]
    assert shown(told["PP"], "yes", Figure.HIGH).value == np.mean([r.flag is HIGH for r in yes])
    assert Figure.CALIBRATION in figures(told["PP"], "yes")


def test_score_prints_the_table_and_its_json_stays_as_it_was(tmp_path: Path) -> None:
    columns = audit_columns(2)
    path = write_workbook(tmp_path / "class.xlsx", {"Y9": a_sheet(2, columns | {"DOB": [f"d{i}" for i in range(36)]})})
    told = run("score", path)
    assert told.code == 0, told.err
    assert "Flags by group" in told.out
    assert "Compared with the first group" in told.out
    assert "36 groups" in told.out  # a date of birth makes no group, and none is printed
    assert "d17" not in told.out
    plain = write_workbook(tmp_path / "plain.xlsx", {"Y9": a_sheet(2, {})})
    assert "Flags by group" not in run("score", plain).out

    with_columns, without = (json.loads(run("score", each, "--json").out) for each in (path, plain))
    assert set(with_columns) == {"input", "output", "sheet", "counts", "students", "queries"}
    assert with_columns["students"] == without["students"]


def test_the_order_of_students_is_nothing() -> None:
    rng = np.random.default_rng(0)
    n = 60
    names, flags = np.array(["Y", "N", "N"] * 20), np.array([HIGH, WATCH, TRACK] * 20, dtype=object)
    risk: FloatArray = rng.random(n)
    final = rng.integers(3, 7, n).astype(np.float64)
    turn = rng.permutation(n)

    def told(order: np.ndarray) -> ColumnAudit:
        picked = [str(name) for name in names[order]]
        return one(
            audit(
                {"PP": picked},
                flags=flags[order].tolist(),
                risk=risk[order],
                target=[5.0] * n,
                final_grade=final[order],
            )
        )

    first, second = told(np.arange(n)), told(turn)
    for group, other in zip(first.groups, second.groups, strict=True):
        for figure, value in group.figures.items():
            match = other.figures[figure]
            if isinstance(value, Estimate) and isinstance(match, Estimate):
                assert rounded(value) == rounded(match)
            else:
                assert value is match
