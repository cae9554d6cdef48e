"""The overview for everybody who reads: the web page, and the workbooks with their charts."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from addin.overview.names import names_workbook
from addin.overview.page import as_page
from addin.overview.workbook import as_workbook
from model.vocabulary import Flag
from tests.everybody import workbook
from tests.everybody.page import problems
from tests.overview.test_files import department

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_the_page(chromium: Browser, tmp_path: Path) -> None:
    path = tmp_path / "overview.html"
    path.write_bytes(as_page(department()))
    assert problems(chromium, path) == []


@pytest.mark.parametrize("make", [as_workbook, names_workbook])
def test_the_workbooks(tmp_path: Path, make: object) -> None:
    path = tmp_path / "overview.xlsx"
    path.write_bytes(make(department()))  # type: ignore[operator]
    assert workbook.problems(path) == []


def test_charts_have_words_and_the_signs_of_flags_on_their_pieces(tmp_path: Path) -> None:
    path = tmp_path / "overview.xlsx"
    path.write_bytes(as_workbook(department()))
    assert len(workbook.drawn(path)) > 2
    with zipfile.ZipFile(path) as archive:
        flags = archive.read("xl/charts/chart1.xml").decode("utf-8")
    for flag in Flag:
        assert f"&quot;{flag.value.partition(' ')[0]} &quot;0;;" in flags
