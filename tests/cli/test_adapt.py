"""`markbook adapt` on real workbooks: what it says, what it keeps, and that scoring then goes by it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from addin.functions import INTERVENTION_RISK
from addin.hosts.closed_file import ClosedFile
from addin.reading.grid import CellValue
from addin.reading.markbook import read_markbook
from benchmarks.adapt import school
from model import local
from model.learning.adapt import learn
from model.scorecard import bundled
from model.students import MarkState
from model.training.cohorts import SyntheticSheet
from model.training.worlds import worlds
from model.vocabulary import HALF_TERMS
from tests.support import HEADINGS, Ran, class_file, contents, refused, run, students, write_workbook

WORDS = {MarkState.ABSENT: "Abs", MarkState.NOT_REQUIRED: "N/A", MarkState.NOT_YET_JOINED: "NE"}


def last_year(path: Path, sheet: SyntheticSheet, *, outcomes: bool = True) -> Path:
    """The year's markbook as a school would keep it, with the summer's grades."""
    cohort = sheet.cohort
    kinds = (("Attendance %", cohort.attendance), ("Homework %", cohort.homework), ("Effort", cohort.effort))
    headings: list[CellValue] = ["Student ID", "Surname", "Forename", "Tier", "KS2", "Target"]
    headings += [f"{name} HT{t}" for t in range(1, HALF_TERMS + 1) for name, _ in kinds]
    headings += [assessment.title for assessment in cohort.assessments]
    totals: list[CellValue] = [*["Out of", *[None] * 23], *cohort.totals.tolist()]
    rows = []
    for i, key in enumerate(cohort.keys):
        row: list[CellValue] = [key, f"Zov{i}", f"Lum{i}", "H" if cohort.higher[i] else "F"]
        row += [None if np.isnan(value) else float(value) for value in (cohort.ks2[i], cohort.target[i])]
        for t in range(HALF_TERMS):
            row += [None if np.isnan(values[i, t]) else float(values[i, t]) for _, values in kinds]
        row += [
            float(cohort.earned[i, j]) if state == MarkState.MARK else WORDS.get(MarkState(state))
            for j, state in enumerate(cohort.state[i])
        ]
        rows.append([*row, float(sheet.final_grade[i])] if outcomes else row)
    table = [totals, [*headings, "Final grade"] if outcomes else headings, *rows]
    return write_workbook(path, {"Markbook": table})


def synthetic(world: str, count: int, seed: int) -> SyntheticSheet:
    (found,) = (each for each in worlds() if each.name == world)
    return school(found, students=count, seed=seed, next_years=0)[0]


@pytest.fixture(scope="module")
def pandemic() -> SyntheticSheet:
    """A year in which the shipped model's risks were clearly too low."""
    return synthetic("no growth", 90, 1)


@pytest.fixture(scope="module")
def first(pandemic: SyntheticSheet, tmp_path_factory: pytest.TempPathFactory) -> tuple[Ran, Path]:
    """One run of the command, and the data folder that it left."""
    folder = tmp_path_factory.mktemp("first")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MARKBOOK_HOME", str(folder / "home"))
        return run("adapt", last_year(folder / "last.xlsx", pandemic)), folder / "home"


@pytest.fixture
def adapted(first: tuple[Ran, Path], markbook_home: Path) -> Ran:
    """The same, with a copy of that folder as this test's own."""
    shutil.copytree(first[1], markbook_home, dirs_exist_ok=True)
    return first[0]


def test_it_takes_effect_and_scoring_goes_by_it(
    adapted: Ran, pandemic: SyntheticSheet, tmp_path: Path, markbook_home: Path
) -> None:
    assert (adapted.code, adapted.err) == (0, "")
    for word in (
        "Adapted",
        "Shipped",
        "Rule: working below target",
        "Log loss",
        "Brier",
        "Recall at 20 %",
        "90 outcomes",
    ):
        assert word in adapted.out
    assert "risks were too low by" in adapted.out
    assert "Taken into use" in adapted.out
    # The workbook says the same as the table of students that it was written from.
    direct = learn(pandemic.cohort, pandemic.final_grade)
    np.testing.assert_allclose(local.in_use().coefficients, direct.card.coefficients, atol=1e-9)

    path = class_file(tmp_path / "class.xlsx", 20)
    ours = json.loads(run("score", path, "--json").out)["students"]
    assert "the model adapted to this school's own outcomes" in run("score", path, "-o", tmp_path / "told.xlsx").out
    answers = INTERVENTION_RISK([list(row) for row in students(20)], [list(HEADINGS)])
    assert [student["risk"] for student in ours] == pytest.approx([row[0] for row in answers], abs=1e-4)
    assert run("adapt", "--reset").out.startswith("The adapted model is removed.")
    assert not list(markbook_home.iterdir())
    shipped = json.loads(run("score", path, "-o", tmp_path / "shipped.xlsx", "--json").out)["students"]
    assert "adapted to this school" not in run("score", path, "-o", tmp_path / "plain.xlsx").out
    assert sum(student["risk"] for student in ours) > sum(student["risk"] for student in shipped), "risks were too low"


def test_status_and_reset(adapted: Ran) -> None:
    kept = local.status()
    assert kept is not None
    told = run("adapt", "--status")
    assert (told.code, told.err) == (0, "")
    for word in (str(kept.path), "90 students, half-terms 1, 2, 3, 4, 5, 6", "log loss", "Adapted on", "Drift"):
        assert word in told.out
    assert run("adapt", "--reset").code == 0
    assert "no adapted model" in run("adapt", "--status").out
    assert "There was no adapted model" in run("adapt", "--reset").out


def test_where_only_the_shipped_model_may_score_nothing_says_otherwise(
    adapted: Ran, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(local.MODEL, local.BUNDLED)
    told = run("adapt", "--status")
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("The shipped model is in use, since MARKBOOK_MODEL=bundled.")
    path = class_file(tmp_path / "class.xlsx", 20)
    assert "adapted to this school" not in run("score", path).out
    monkeypatch.setenv(local.MODEL, "shipped")
    assert "Set it to 'bundled'" in refused(run("score", path))


def test_nothing_of_a_student_is_kept(adapted: Ran, pandemic: SyntheticSheet, markbook_home: Path) -> None:
    text = b"".join(contents(markbook_home).values()).decode()
    assert not [word for word in ("Zov", "Lum", "last.xlsx", *pandemic.cohort.keys) if word in text]


def test_a_changed_scorecard_stops_scoring_in_one_line(adapted: Ran, tmp_path: Path) -> None:
    kept = local.status()
    assert kept is not None
    kept.path.write_bytes(kept.path.read_bytes().replace(b"0", b"1", 1))
    path = class_file(tmp_path / "class.xlsx")
    for arguments in (("score", path), ("adapt", "--status")):
        assert "markbook adapt --reset" in refused(run(*arguments))
    assert not (tmp_path / "class.marked.xlsx").exists()
    assert "--reset" in INTERVENTION_RISK([list(row) for row in students(3)], [list(HEADINGS)])[0][0]
    assert run("adapt", "--reset").code == 0
    assert run("score", path).code == 0


def test_it_declines_where_nothing_is_gained(tmp_path: Path, markbook_home: Path) -> None:
    path = last_year(tmp_path / "last.xlsx", synthetic("base", 60, 2))
    before = contents(tmp_path)
    ran = run("adapt", path)
    assert contents(tmp_path) == before, "last year's file is only read"
    assert (ran.code, ran.err) == (0, "")
    assert "Declined. The shipped model stays in use." in ran.out
    assert "standard error" in ran.out
    assert not list(markbook_home.iterdir())
    assert local.in_use() is bundled()


def test_too_few_outcomes(tmp_path: Path, markbook_home: Path) -> None:
    message = refused(run("adapt", last_year(tmp_path / "last.xlsx", synthetic("base", 29, 1))))
    assert "29 students" in message
    assert "at least 30" in message
    assert not list(markbook_home.iterdir())


def test_no_final_grade(tmp_path: Path) -> None:
    path = last_year(tmp_path / "last.xlsx", synthetic("base", 40, 1), outcomes=False)
    assert "'Final grade'" in refused(run("adapt", path))


def test_an_empty_final_grade(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "x.xlsx", {"Y9": [(*HEADINGS, "Final grade"), *students(40)]})
    assert "No final grade" in refused(run("adapt", path))


def test_undated_tests_are_told(tmp_path: Path) -> None:
    rows = [[*row, max(0.0, float(row[4] or 0) - number % 3)] for number, row in enumerate(students(60))]
    ran = run("adapt", write_workbook(tmp_path / "x.xlsx", {"Y9": [(*HEADINGS, "Final grade"), *rows]}))
    assert ran.code == 0, ran
    assert "4 assessments have no half-term in the heading, so only half-term 2 could be used" in ran.out


@pytest.mark.parametrize(
    "arguments",
    [(), ("--status", "--reset"), ("x.xlsx", "--status"), ("--reset", "--sheet", "Y9"), ("x.xlsx", "y.xlsx")],
)
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    assert run("adapt", *arguments).code == 2


def test_a_missing_file(tmp_path: Path) -> None:
    assert "no such file" in refused(run("adapt", tmp_path / "none.xlsx"))


def test_outcomes_never_reach_the_score(pandemic: SyntheticSheet, tmp_path: Path) -> None:
    with_it, without = (last_year(tmp_path / f"{kept}.xlsx", pandemic, outcomes=kept) for kept in (True, False))
    one, other = (read_markbook(ClosedFile(path, output=path).read()).cohort for path in (with_it, without))
    assert one.assessments == other.assessments
    np.testing.assert_array_equal(one.earned, other.earned)
