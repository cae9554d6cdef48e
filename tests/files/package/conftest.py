"""Fixtures shared by the tests of workbook files."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.files.package.patch import patch_workbook
from tests.files.package.books import result_edits, rich_book


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    return rich_book(tmp_path / "rich.xlsx")


@pytest.fixture
def marked(rich: Path, tmp_path: Path) -> Path:
    assert patch_workbook(rich, result_edits(), tmp_path / "marked.xlsx") == ()
    return tmp_path / "marked.xlsx"
