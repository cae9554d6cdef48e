"""Exports of other programs bring every mark into the book and no student who is not there."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from addin.files.imported import import_file
from tests.importing.exports import BOOK, Case, cases, text, variants, wrong
from tests.support import write_workbook


def test_there_are_two_dozen_variants() -> None:
    assert len(list(variants())) >= 24


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.name)
def test_every_mark_arrives_and_nobody_is_doubled(case: Case, tmp_path: Path) -> None:
    assert wrong(case, tmp_path) == ""


def test_without_consent_no_column_is_added_and_it_is_offered(tmp_path: Path) -> None:
    into = write_workbook(tmp_path / "class.xlsx", {"9X1": BOOK})
    export = tmp_path / "e.csv"
    export.write_text(text(("Name", "Angles (30)"), ("Ova Zarrin", 12)), encoding="utf-8")
    done = import_file(export, into=into)
    assert done.plan.offered == ("Angles (30)",)
    assert not done.plan.edits.values


def test_a_namesake_with_another_number_is_asked_about_and_not_added(tmp_path: Path) -> None:
    into = write_workbook(tmp_path / "class.xlsx", {"9X1": BOOK})
    export = tmp_path / "e.csv"
    export.write_text(text(("Student ID", "Name"), ("S1", "Tul Beska"), ("S77", "Ova Zarrin")), encoding="utf-8")
    done = import_file(export, into=into)
    assert not done.plan.added
    assert "same name with another student ID" in done.plan.skipped[0].reason


def test_the_result_written_over_the_book_is_undone_by_the_backup(tmp_path: Path) -> None:
    into = write_workbook(tmp_path / "class.xlsx", {"9X1": BOOK})
    before = into.read_bytes()
    export = tmp_path / "e.csv"
    export.write_text(text(("Name", "Angles (30)"), ("Ova Zarrin", 12)), encoding="utf-8")
    import_file(export, into=into, output=into, add_columns=lambda offered: True)
    page = openpyxl.load_workbook(into).active
    assert page is not None
    assert page["E1"].value == "Angles (30)"
    (backup,) = tmp_path.glob("class.backup-*.xlsx")
    assert backup.read_bytes() == before
