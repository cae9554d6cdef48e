"""`markbook new`."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.support import contents, refused, run


def test_a_class_of_the_asked_size_that_can_be_scored(tmp_path: Path) -> None:
    path = tmp_path / "class.xlsx"
    ran = run("new", path, "--students", 7)
    assert (ran.code, ran.err) == (0, "")
    assert "7 invented students" in ran.out
    ids = [
        row[0] for row in load_workbook(path)["Markbook"].iter_rows(min_row=5, max_col=1, values_only=True) if row[0]
    ]
    assert len(ids) == 7
    assert run("score", path).code == 0


def test_one_student_is_one_student(tmp_path: Path) -> None:
    assert "1 invented student." in run("new", tmp_path / "class.xlsx", "--students", 1).out


def test_the_same_seed_makes_the_same_class(tmp_path: Path) -> None:
    for name, seed in (("one", 3), ("two", 3), ("other", 4)):
        run("new", tmp_path / f"{name}.xlsx", "--students", 5, "--seed", seed)
    made = contents(tmp_path)
    assert made["one.xlsx"] == made["two.xlsx"] != made["other.xlsx"]


def test_an_existing_file_is_replaced_by_force_alone(tmp_path: Path) -> None:
    path = tmp_path / "class.xlsx"
    path.write_bytes(b"precious")
    assert "--force" in refused(run("new", path))
    assert contents(tmp_path) == {"class.xlsx": b"precious"}
    assert run("new", path, "--students", 3, "--force").code == 0
    assert load_workbook(path).sheetnames[:3] == ["Guide", "Class list", "Support"]


@pytest.mark.parametrize("name", ["class.xls", "class", "class.xlsm", "class.csv"])
def test_other_kinds_of_file(tmp_path: Path, name: str) -> None:
    assert ".xlsx" in refused(run("new", tmp_path / name))
    assert not contents(tmp_path)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "folder" in refused(run("new", tmp_path / "nowhere" / "class.xlsx"))


@pytest.mark.parametrize("options", [["--students", 0], ["--students", 201], ["--seed", -1]])
def test_numbers_that_make_no_class(tmp_path: Path, options: list[object]) -> None:
    ran = run("new", tmp_path / "class.xlsx", *options)
    assert (ran.code, ran.out) == (2, "")
    assert not contents(tmp_path)
