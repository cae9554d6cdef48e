"""Markbooks of every make into the next year: what is not of the year stays, and no part changes that is not meant to."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from addin.errors import InDoubt
from addin.files.package.read import read_book
from addin.files.rolled_over import RolledOver, roll_over_file
from addin.reading.grid import Book, Sheet
from tests.files.package.lint import lint
from tests.files.package.validator import validator_errors
from tests.messy.case import Messy
from tests.messy.make import ALL
from tests.public_data import data_folder

SHEETS = data_folder("sheets")
TODAY = date(2026, 7, 17)
MESSY = [messy for messy in ALL if not messy.refused]
FEWEST_ROLLED = 25
VALIDATED = (
    "a_heap_of_habits",
    "a_table_of_troubles",
    "excel_table_with_a_total_row",
    "twelve_troubles",
    "merged_title",
)


def sheets_of(done: RolledOver) -> Iterator[tuple[Sheet, Sheet, frozenset[tuple[int, int]]]]:
    """Every sheet before and after, with the cells that were to change."""
    before, after = read_book(done.source), read_book(done.output)
    edits = {each.sheet: each.emptied | each.values.keys() for each in done.year.edits}
    rewritten = {listing.sheet for listing in done.year.listings}
    for sheet in before.sheets:
        new = after.sheet(sheet.name)
        assert new is not None
        if sheet.name not in rewritten:
            yield sheet, new, frozenset(edits.get(sheet.name, ()))


def keeps_what_is_not_of_the_year(done: RolledOver) -> None:
    for old, new, changed in sheets_of(done):
        places = {(row, column) for row in range(1, len(old.rows) + 1) for column in range(1, len(old.rows[0]) + 1)}
        assert all(new.cell(*place) == old.cell(*place) for place in places - changed), old.name
        assert (new.formulas, new.merged, new.tables) == (old.formulas, old.merged, old.tables)
    with zipfile.ZipFile(done.source) as one, zipfile.ZipFile(done.output) as other:
        for name in one.namelist():
            alike = one.read(name) == other.read(name)
            assert alike or name.startswith(
                ("xl/worksheets/", "xl/tables/", "xl/styles", "xl/workbook", "xl/_rels", "[C")
            ), name


def no_mark_is_left(done: RolledOver, book: Book) -> None:
    for edits in done.year.edits:
        sheet = book.sheet(edits.sheet)
        assert sheet is not None
        assert {sheet.cell(*place) for place in edits.emptied} <= {None}


@pytest.mark.parametrize("messy", MESSY, ids=[messy.name for messy in MESSY])
def test_messy_markbooks(messy: Messy, tmp_path: Path) -> None:
    path = messy.write(tmp_path)
    before, faults = path.read_bytes(), lint(path)
    done = roll_over_file(path, sheets=(messy.sheet,) if messy.sheet else (), today=TODAY)
    assert path.read_bytes() == before
    keeps_what_is_not_of_the_year(done)
    no_mark_is_left(done, read_book(done.output))
    assert [fault for fault in lint(done.output) if fault not in faults] == []
    if messy.name in VALIDATED:
        assert validator_errors(done.output) == validator_errors(path)


@pytest.mark.skipif(SHEETS is None, reason="needs shared/data/sheets or MARKBOOK_DATA")
def test_sheets_of_other_people(tmp_path: Path) -> None:
    assert SHEETS is not None
    rolled = 0
    for path in sorted(SHEETS.glob("*.xlsx")):
        try:
            done = roll_over_file(path, output=tmp_path / path.name, today=TODAY)
        except InDoubt:
            continue
        keeps_what_is_not_of_the_year(done)
        no_mark_is_left(done, read_book(done.output))
        rolled += 1
    assert rolled >= FEWEST_ROLLED
