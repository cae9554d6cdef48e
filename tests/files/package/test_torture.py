"""Nothing is lost, whatever a workbook holds."""

from __future__ import annotations

import csv
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from addin.files.package.lint import lint
from addin.files.package.patch import patch_workbook
from addin.files.package.read import read_book
from addin.results.edits import Link, Listing
from tests.files.package.books import FIRST_ROW, HEADER_ROW, LAST_ROW, NAMES, SHEET, SHEET_PART, members, result_edits
from tests.files.package.looking import raw_records, students
from tests.files.package.torture import FEATURES, book_with, torture_book
from tests.files.package.validator import validator_errors
from tests.tools import needed

OURS = {SHEET_PART, "xl/tables/table1.xml", "xl/styles.xml", "xl/workbook.xml"}
FOR_NEW_SHEETS = {"[Content_Types].xml", "xl/_rels/workbook.xml.rels"}
HISTORY = Listing(
    sheet="Queries", headings=("Cell", "Rule"), widths=(9, 40), rows=((Link(text="F5", sheet=SHEET, cell="F5"), "=1+1"),), add=True
)  # fmt: skip
SAMPLE = list(FEATURES)[::14]


def marked(source: Path, *, listings: tuple[Listing, ...] = ()) -> Path:
    """The file with results, after all checks that hold for every file."""
    target, again = source.with_name(f"marked{source.suffix}"), source.with_name(f"again{source.suffix}")
    changed = FOR_NEW_SHEETS | OURS if listings else OURS
    patch_workbook(source, replace(result_edits(), listings=listings), target)
    before, after = members(source), members(target)
    assert not set(before) - set(after), "parts are lost"
    assert {name for name in before if before[name] != after[name]} <= changed
    old, new = raw_records(source), raw_records(target)
    assert all(old[name] == new[name] for name in old if name not in changed)
    assert lint(source) == lint(target) == ()
    assert students(target, "Priority") == [1.0, 2.0, 3.0, 4.0, 5.0]
    then, now = read_book(source), read_book(target)
    assert now.sheets[0].formulas == then.sheets[0].formulas
    assert now.sheets[1 : len(then.sheets)] == then.sheets[1:]
    patch_workbook(target, replace(result_edits(is_new=False), listings=listings), again)
    assert again.read_bytes() == target.read_bytes()
    return target


def new_errors(source: Path, target: Path) -> set[str]:
    """What the validator finds wrong with a result and not with its source, which is only asked about where there is something."""
    found = set(validator_errors(target))
    return found - set(validator_errors(source)) if found else found


@pytest.mark.parametrize("ending", [".xlsx", ".xlsm"])
def test_torture(tmp_path: Path, ending: str) -> None:
    source = torture_book(tmp_path / f"torture{ending}")
    target = marked(source, listings=(HISTORY,))
    assert len(members(source)) > 50
    assert ("xl/vbaProject.bin" in members(target)) is (ending == ".xlsm")
    assert new_errors(source, target) == set()


@pytest.mark.parametrize("name", FEATURES)
def test_one_feature(tmp_path: Path, name: str) -> None:
    marked(book_with(tmp_path / "one.xlsx", FEATURES[name]))


@pytest.mark.parametrize("name", SAMPLE)
def test_the_validator_has_nothing_new_to_say(tmp_path: Path, name: str) -> None:
    source = book_with(tmp_path / "one.xlsx", FEATURES[name])
    patch_workbook(source, result_edits(), tmp_path / "marked.xlsx")
    assert new_errors(source, tmp_path / "marked.xlsx") == set()


@pytest.mark.parametrize("ending", [".xlsx", ".xlsm"])
def test_libreoffice_reads_our_columns(tmp_path: Path, ending: str) -> None:
    office = needed("soffice", remedy="apt-get install libreoffice-calc")
    source = torture_book(tmp_path / f"torture{ending}")
    hostile = {(5, "Why"): "=cmd|' /C calc'!A0", (6, "Why"): "_x0041_", (7, "Why"): "@SUM(A1)", (8, "Why"): "+1"}
    patch_workbook(source, result_edits(changes=hostile), tmp_path / f"marked{ending}")
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    filters = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", filters, "--outdir", tmp_path, tmp_path / f"marked{ending}"],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    with (tmp_path / "marked.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    headings = rows[HEADER_ROW - 1]
    shown = {
        heading: [row[headings.index(heading)] for row in rows[FIRST_ROW - 1 : LAST_ROW]]
        for heading in headings
        if heading
    }
    assert shown["Name"] == list(NAMES)
    assert shown["Flag"] == ["▲ High", "● Watch", "■ On track", "? Not enough data", "▲ High"]
    assert shown["Risk"] == ["91%", "81%", "71%", "61%", "51%"]
    assert shown["Priority"] == ["1", "2", "3", "4", "5"]
    assert shown["Why"][:4] == list(hostile.values())
