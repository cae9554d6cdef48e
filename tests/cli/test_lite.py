"""`markbook lite`; what the built workbook holds and does is tested in tests/excel/lite."""

from __future__ import annotations

from pathlib import Path

from addin.files.package.read import read_book
from tests.support import class_file, refused, run


def test_a_workbook_from_the_template(tmp_path: Path) -> None:
    ran = run("lite", "build", "-o", tmp_path / "class.xlsx")
    assert (ran.code, ran.err) == (0, "")
    assert "Trust and Continue" in ran.out
    names = [sheet.name for sheet in read_book(tmp_path / "class.xlsx").sheets]
    assert names[-1] == "Buttons"
    assert "Markbook" in names


def test_a_copy_of_ones_own_workbook(tmp_path: Path) -> None:
    own = class_file(tmp_path / "own.xlsx")
    before = own.read_bytes()
    assert run("lite", "build", "-o", tmp_path / "lite.xlsx", "--from", own).code == 0
    assert own.read_bytes() == before
    assert [sheet.name for sheet in read_book(tmp_path / "lite.xlsx").sheets] == ["Y9", "Buttons"]


def test_what_cannot_be_built_is_told(tmp_path: Path) -> None:
    assert "ends in one of them" in refused(run("lite", "build", "-o", tmp_path / "class.ods"))
    assert "no such file" in refused(run("lite", "build", "-o", tmp_path / "l.xlsx", "--from", tmp_path / "none.xlsx"))
    assert run("lite", "build").code == 2
