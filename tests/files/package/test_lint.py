"""The lint finds what Excel would repair, and nothing in sound workbooks."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.files.package.formula_text import fault
from addin.files.package.lint import lint
from tests.files.package import mutations
from tests.files.package.mutations import MUTATIONS, noticed, valid_book
from tests.files.package.validator import validator_errors

ENOUGH = 30


@pytest.fixture(scope="module")
def valid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return valid_book(tmp_path_factory.mktemp("valid"))


def test_nothing_is_found_in_a_sound_workbook(valid: Path) -> None:
    assert lint(valid) == ()
    assert validator_errors(valid) == []


@pytest.mark.parametrize("name", MUTATIONS)
def test_the_lint_finds_it(valid: Path, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutations, "validator_errors", lambda path: [])
    ours, _ = noticed(valid, name, tmp_path)
    assert ours


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(A1:B2)", "'Y9''s set'!A1*2", '"a ""quoted"" text"&A1', "Marks[[#This Row],[Ratio]]", "Marks[['#]]",
        "{1,2;3,4}", "A1:INDEX(A:A,5)", "-A1%", "#REF!+1", "IF(A1,,2)", "[1]Sheet1!A1", "LET(x,1,x*2)", "_xlfn.XLOOKUP(1,A:A,B:B)",
        "A1 B2", "2*(3+4)", "TRUE", 'IF(A1="","",A1)',
    ],
)  # fmt: skip
def test_formulas_that_excel_reads(formula: str) -> None:
    assert fault(formula) is None


@pytest.mark.parametrize(
    "formula", ["SUM(A1", "A1)", "=A1", "A1+", 'A1&"x', "'Y9!A1", "Marks[@Ratio]", "1 (2)", "1," + "1" * 9_000]
)
def test_formulas_that_excel_does_not_read(formula: str) -> None:
    assert fault(formula) is not None
