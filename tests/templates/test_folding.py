"""What is folded under a [+], and what stays open."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from addin.files.marked import score_file
from addin.reading.headings.roles import RESULT_HEADINGS
from templates import layout
from templates.build import build_markbook, class_workbook
from templates.content import Setup
from templates.sheets.folding import folded

HALF_TERM_COLUMNS = {
    f"{kind} HT{number}" for kind in ("Attendance %", "Homework %", "Effort") for number in range(1, 7)
}
AUDIT = {"PP", "SEN", "EAL", "Sex"}


def columns_of(sheet: Worksheet, attribute: str) -> set[str]:
    """The headings of the columns that have an attribute: hidden, collapsed, outlineLevel."""
    headings = {cell.column: str(cell.value) for cell in sheet[layout.HEADING_ROW]}
    return {
        headings[number]
        for size in sheet.column_dimensions.values()
        if getattr(size, attribute)
        for number in range(size.min, size.max + 1)
    }


@pytest.mark.parametrize(("half_term", "tests"), [(None, 0), (6, 0), (4, 7), (1, 16)])
def test_tests_are_folded_when_they_are_still_to_come(half_term: int | None, tests: int, tmp_path: Path) -> None:
    build_markbook(tmp_path / "class.xlsx", setup=Setup(half_term=half_term))
    sheet = load_workbook(tmp_path / "class.xlsx")["Markbook"]
    hidden = columns_of(sheet, "hidden")
    assert hidden == columns_of(sheet, "outlineLevel")
    assert hidden >= HALF_TERM_COLUMNS | AUDIT
    assert len(hidden - HALF_TERM_COLUMNS - AUDIT) == tests
    assert {
        column.half_term for column in layout.columns() if column.heading in hidden - HALF_TERM_COLUMNS - AUDIT
    } == set(range((half_term or 6) + 1, 7))


def test_each_fold_opens_above_the_column_on_its_left(tmp_path: Path) -> None:
    class_workbook(tmp_path / "class.xlsx", students=3, seed=1)
    sheet = load_workbook(tmp_path / "class.xlsx")["Markbook"]
    assert sheet.sheet_properties.outlinePr.summaryRight is False
    assert columns_of(sheet, "collapsed") == {
        "Working-at grade", "Latest attendance %", "Latest homework %", "Latest effort", "Equations HT4", "Mock 1 Paper 3 HT3",
    }  # fmt: skip


def test_a_run_leaves_folds_and_frozen_panes_as_they_were(tmp_path: Path) -> None:
    class_workbook(tmp_path / "class.xlsx", students=12, seed=1)
    before = load_workbook(tmp_path / "class.xlsx")["Markbook"]
    after = load_workbook(score_file(tmp_path / "class.xlsx").output)["Markbook"]
    for attribute in ("hidden", "collapsed", "outlineLevel"):
        assert columns_of(after, attribute) == columns_of(before, attribute)
    assert after.freeze_panes == before.freeze_panes
    assert after.tables["Markbook"].ref == before.tables["Markbook"].ref


def test_results_and_names_are_never_folded() -> None:
    for half_term in (None, 1, 2, 3, 4, 5, 6):
        headings = {layout.columns()[place].heading for place in folded(layout.columns(), half_term=half_term)}
        assert not headings & {*RESULT_HEADINGS, "Student ID", "Surname", "Forename"}
