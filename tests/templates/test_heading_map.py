"""The list of meanings on `Setup`: the program understands every word of it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from addin.files.package.read import read_book
from addin.reading.headings.map import heading_map
from templates.build import build_markbook
from templates.sheets.setup import MAP_ROWS, TABLE, meanings


@pytest.mark.parametrize("first", range(0, len(meanings()), MAP_ROWS))
def test_every_meaning_that_is_offered_is_understood(first: int, tmp_path: Path) -> None:
    path = tmp_path / "markbook.xlsx"
    build_markbook(path)
    book = openpyxl.load_workbook(path)
    top, left = book["Setup"].tables[TABLE].ref.split(":")[0], "A"
    row = int(top.removeprefix(left))
    offered = meanings()[first : first + MAP_ROWS]
    for place, word in enumerate(offered, start=1):
        book["Setup"].cell(row + place, 1, f"Column {place}")
        book["Setup"].cell(row + place, 2, word)
    book.save(path)
    read = heading_map(read_book(path))
    assert not read.queries
    assert len(read.means) == len(offered)
