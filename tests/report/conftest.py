"""Classes that several tests look at."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.files.package.read import read_book
from addin.files.planned import plan_file
from addin.reading.grid import Book
from templates.build import class_workbook
from tests.report.printed import TODAY


@pytest.fixture(scope="session")
def full_book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The template's class of 32 with earlier runs, decisions and groups, scored and its clinics planned."""
    path = tmp_path_factory.mktemp("full") / "class.xlsx"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MARKBOOK_HOME", str(tmp_path_factory.mktemp("nobodys-home")))
        class_workbook(path, students=32, seed=7)
        output = plan_file(path, today=TODAY).output
        return read_book(output)


@pytest.fixture
def page_file(tmp_path: Path) -> Path:
    """Where a test puts its page."""
    return tmp_path / "page.html"
