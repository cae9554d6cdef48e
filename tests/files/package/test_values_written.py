"""Text stays text, whatever it says; values are read as they were written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addin.errors import WriteFailed
from addin.files.package.patch import patch_workbook
from addin.files.package.read import read_book
from addin.reading.grid import CellValue
from addin.results.columns import RESULT_COLUMNS
from addin.results.edits import ColumnEdit, SheetEdits
from tests.files.package.books import LAST_COLUMN, SHEET, plain_book, result_edits
from tests.files.package.lint import lint
from tests.files.package.looking import opened, students

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "_x0041_",
    "_x0041\x01",
    "a\x00b\x1fc",
    " two \r\n\t",
    "\ufffe<&>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(rich: Path, tmp_path: Path, text: str) -> None:
    patch_workbook(rich, result_edits(changes={(5, "Why"): text}), tmp_path / "out.xlsx")
    assert students(tmp_path / "out.xlsx", "Why")[0] == text
    cell = opened(tmp_path / "out.xlsx")[SHEET].cell(5, LAST_COLUMN + 4)
    assert cell.data_type in ("s", "inlineStr")
    assert lint(tmp_path / "out.xlsx") == []


def test_long_text_is_cut_where_excel_cuts_it(rich: Path, tmp_path: Path) -> None:
    changes = {(5, "Why"): "a" * 40_000, (6, "Why"): "a" + "😀" * 20_000}
    patch_workbook(rich, result_edits(changes=changes), tmp_path / "out.xlsx")
    first, second = students(tmp_path / "out.xlsx", "Why")[:2]
    assert first == "a" * 32_767
    assert second == "a" + "😀" * 16_383
    patch_workbook(tmp_path / "out.xlsx", result_edits(is_new=False, changes=changes), tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == (tmp_path / "out.xlsx").read_bytes()


@given(
    values=st.lists(st.none() | st.text() | st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=8)
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read(tmp_path: Path, values: list[CellValue]) -> None:
    source = plain_book(tmp_path / "source.xlsx", [["Name"], *([name] for name in map(str, range(len(values))))])
    column = ColumnEdit(spec=RESULT_COLUMNS[3], column=2, values=dict(enumerate(values, start=2)), is_new=True)
    edits = SheetEdits(
        sheet=SHEET,
        header_row=1,
        first_row=2,
        last_row=len(values) + 1,
        columns=(column,),
        identity_columns=(1,),
        identities=(),
    )
    patch_workbook(source, edits, tmp_path / "target.xlsx")
    sheet = read_book(tmp_path / "target.xlsx").sheets[0]
    assert [sheet.cell(row, 2) for row in range(2, len(values) + 2)] == [
        value if value != "" else None for value in values
    ]


def test_numbers_that_another_program_rounded_stay(rich: Path, tmp_path: Path) -> None:
    """0.91 - 0.3 is 0.6100000000000001; LibreOffice saves 0.61, which is no reason to write the file anew."""
    for name, risk in (("first.xlsx", 0.61), ("second.xlsx", 0.6100000000000001)):
        source = rich if name == "first.xlsx" else tmp_path / "first.xlsx"
        edits = result_edits(is_new=source == rich, changes={(8, "Risk"): risk})
        patch_workbook(source, edits, tmp_path / name)
    assert (tmp_path / "first.xlsx").read_bytes() == (tmp_path / "second.xlsx").read_bytes()


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(rich: Path, tmp_path: Path, number: float) -> None:
    with pytest.raises(WriteFailed, match="G5"):
        patch_workbook(rich, result_edits(changes={(5, "Risk"): number}), tmp_path / "out.xlsx")
