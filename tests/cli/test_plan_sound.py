"""What `markbook plan` writes, as other programs judge it; on other days (python -m tests.any_day) for the smallest class alone."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from templates.build import class_workbook
from tests.files.package.lint import lint
from tests.files.package.validator import validator_errors
from tests.support import opened, run, under


@pytest.mark.parametrize("students", [pytest.param(1, marks=pytest.mark.dates), 30, 200])
def test_what_is_written_is_sound(students: int, tmp_path: Path) -> None:
    class_workbook(tmp_path / "class.xlsx", students=students, seed=3)
    assert run("plan", tmp_path / "class.xlsx", "--impact").code == 0
    assert lint(tmp_path / "class.marked.xlsx") == []
    assert validator_errors(tmp_path / "class.marked.xlsx") == []
    table = openpyxl.load_workbook(tmp_path / "class.marked.xlsx")["Clinic plan"].tables["ClinicPlan"]
    _, page = opened(tmp_path / "class.marked.xlsx", "Clinic plan")
    assert table.ref == f"A1:L{max(under(page, 'Status'))}"
