"""Sheets on which the score was wrong once, through the command: what their README says is right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from addin.hosts.closed_file import ClosedFile
from addin.reading.markbook import read_markbook
from model.learning.adapt import learn
from tests.public_data import data_folder
from tests.support import run

SHEETS = data_folder("sheets")
pytestmark = pytest.mark.skipif(SHEETS is None, reason="needs shared/data/sheets or MARKBOOK_DATA")


def scored(name: str, tmp_path: Path) -> list[dict[str, Any]]:
    assert SHEETS is not None
    done = run("score", SHEETS / f"{name}.xlsx", "-o", tmp_path / f"{name}.marked.xlsx", "--json")
    assert done.code == 0, done.err
    students: list[dict[str, Any]] = json.loads(done.out)["students"]
    return students


def cohort_of(name: str) -> Any:
    assert SHEETS is not None
    return read_markbook(ClosedFile(SHEETS / f"{name}.xlsx", output=Path("unused.xlsx")).read())


def risks(students: list[dict[str, Any]]) -> np.ndarray:
    return np.array([np.nan if s["risk"] is None else s["risk"] for s in students], dtype=float)


def test_worse_marks_or_higher_targets_for_all_lower_nobodys_risk_and_raise_most(tmp_path: Path) -> None:
    plain = risks(scored("class", tmp_path))
    for name in ("class_marks_halved", "class_targets_plus_2"):
        then = risks(scored(name, tmp_path))
        known = ~np.isnan(plain)
        assert (then[known] >= plain[known]).all(), name
        assert (then[known] > plain[known]).mean() > 0.5, name


def test_tiers_with_papers_of_their_own_are_said_what_is_seen(tmp_path: Path) -> None:
    markbook = cohort_of("tiers_sit_own_papers")
    said = risks(scored("tiers_sit_own_papers", tmp_path))
    missed = markbook.cohort.target - markbook.final_grade >= 1
    for value in (0, 1):
        here = (markbook.cohort.higher == value) & ~np.isnan(said)
        assert abs(said[here].mean() - missed[here].mean()) <= 0.08


def test_who_never_came_stands_first_under_a_name_of_its_own(tmp_path: Path) -> None:
    (gone,) = (s for s in scored("never_came", tmp_path) if s["student_id"] == "S004")
    assert (gone["risk"], gone["priority"], gone["flag"]) == (None, 1, "◆ Always absent")
    assert gone["reasons"][0].startswith("Absent from all 12 assessments, attendance 20 %")


def test_missed_tests_count_and_are_named(tmp_path: Path) -> None:
    before = {s["student_id"]: s for s in scored("class", tmp_path)}
    after = {s["student_id"]: s for s in scored("absent_from_most", tmp_path)}
    assert after["S006"]["risk"] > before["S006"]["risk"] + 0.1
    assert any(reason.startswith("Absent from ") for reason in after["S006"]["reasons"])


def test_real_pupils_are_ordered_nearly_as_well_as_by_their_last_mark(tmp_path: Path) -> None:
    markbook = cohort_of("uci_mat")
    failed = markbook.cohort.target - markbook.final_grade >= 1
    students = scored("uci_mat", tmp_path)
    area = roc_auc_score(failed, risks(students))
    by_order = roc_auc_score(failed, [-s["priority"] for s in students])
    assert min(area, by_order) >= 0.955


def test_a_model_that_is_clearly_better_is_taken() -> None:
    markbook = cohort_of("adapt_declined")
    done = learn(markbook.cohort, markbook.final_grade)
    assert done.accepted
