"""The button Plan clinics on xlwings' remote engine: the sheet is filled, its table fits, and what is told is in words."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from addin.results.clinic_register import HEADINGS, INVITED, STATUS, STUDENT_ID
from templates.build import class_workbook
from tests.excel.engine import press

pytestmark = pytest.mark.dates


def test_plan_fills_its_sheet_and_the_results(tmp_path: Path) -> None:
    path = tmp_path / "class.xlsx"
    class_workbook(path, students=30, seed=5)
    told, pages, _ = press("plan_button", path)
    cells = pages["Clinic plan"].cells
    invited = [row for row in range(2, 400) if cells.get((row, STATUS + 1)) == INVITED]
    assert [cells.get((1, column)) for column in range(1, len(HEADINGS) + 1)] == list(HEADINGS)
    ids = [cells[row, STUDENT_ID + 1] for row in invited]
    assert len(ids) == len(set(ids)) > 10
    days = {date.fromisoformat(str(cells[row, 1])) for row in invited}
    assert all(date.today() - timedelta(1) <= day <= date.today() + timedelta(7) for day in days)
    assert "Mon lunch" in told
    assert "Without a place" in told
    last = max(row for row, _ in cells)
    ends = (f"K{last}", f"K${last}")
    assert any(reference.endswith(ends) for reference in pages["Clinic plan"].tables.values())
