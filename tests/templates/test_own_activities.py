"""The sheet `Activities` is the teacher's: what is written there is what is suggested."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from addin.files.marked import score_file
from templates.build import class_workbook
from templates.sheets.activities import COLUMNS, HEADING_ROW

TITLE = [name for name, _, _ in COLUMNS].index("title") + 1


def test_an_edited_activity_is_suggested_as_edited(tmp_path: Path) -> None:
    class_workbook(tmp_path / "class.xlsx", students=12, seed=6)
    book = load_workbook(tmp_path / "class.xlsx")
    for row in range(HEADING_ROW + 1, book["Activities"].max_row + 1):
        title = book["Activities"].cell(row, TITLE)
        title.value = f"Ours: {title.value}"
    book.save(tmp_path / "class.xlsx")
    review = score_file(tmp_path / "class.xlsx").review
    titles = [activity.title for result in review.results for activity in result.activities]
    assert titles
    assert all(title.startswith("Ours: ") for title in titles)
    assert not review.markbook.queries
