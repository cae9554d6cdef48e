"""The button Plan clinics on xlwings' remote engine: the sheet is filled, its table fits, and what is told is in words."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from addin.results.clinic_register import HEADINGS, INVITED, STATUS, STUDENT_ID
from addin.results.clinic_slots import EXAMPLE
from addin.results.clinic_slots import HEADINGS as SLOTS
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
    ends = (f"L{last}", f"L${last}")
    assert any(reference.endswith(ends) for reference in pages["Clinic plan"].tables.values())


def test_an_empty_sheet_of_clinics_is_filled_with_an_example(tmp_path: Path) -> None:
    path = tmp_path / "class.xlsx"
    class_workbook(path, students=12, seed=5)
    book = openpyxl.load_workbook(path)
    del book["Clinics"]
    book.save(path)
    with pytest.raises(AssertionError, match="add an empty sheet called Clinics"):
        press("plan_button", path)
    book.create_sheet("Clinics")
    book.save(path)
    told, pages, _ = press("plan_button", path)
    assert [pages["Clinics"].cells.get((1, column)) for column in range(1, 8)] == list(SLOTS)
    assert [pages["Clinics"].cells.get((2, column)) for column in (1, 2, 3, 5, 6)] == [
        *EXAMPLE[:3], *EXAMPLE[4:6],
    ]  # fmt: skip
    assert "enter your own clinics there" in told
