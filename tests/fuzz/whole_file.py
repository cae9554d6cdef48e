"""A workbook on disk through scoring: the input stays, the result holds all that was there and is read again as ours."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import date
from pathlib import Path

from python_calamine import CalamineWorkbook

from addin.errors import MarkbookError
from addin.files.marked import score_file
from addin.files.package.read import read_book
from addin.reading.table.turned import is_turned
from tests.fuzz.campaign import Attempt
from tests.fuzz.choices import Choices
from tests.fuzz.grids import shown
from tests.fuzz.kept import refuse_changed_cells, refuse_other_results, refuse_unsound
from tests.fuzz.seeds import workbooks

TODAY = date(2026, 2, 6)
LARGEST = 60_000
"""Bytes of the real workbooks that are tried: larger ones take too long for thousands of tries."""


def on_real_books(mutated: Callable[[Choices, bytes], bytes]) -> Callable[[Path, ExitStack], Attempt]:
    """What begins a kind that changes the bytes of real workbooks and scores them."""

    def begin(home: Path, stack: ExitStack) -> Attempt:
        known = tuple(
            path.read_bytes()
            for path in workbooks(home / "seeds").values()
            if path.suffix == ".xlsx" and path.stat().st_size < LARGEST
        )

        def attempt(choices: Choices, folder: Path) -> bool:
            path = folder / "class.xlsx"
            path.write_bytes(mutated(choices, choices.choice(known)))
            return scored(path, choices)

        return attempt

    return begin


def scored(path: Path, choices: Choices) -> bool:
    """Score a file twice; fails where something is lost, left behind or not the same again."""
    before = path.read_bytes()
    with suppress(MarkbookError):
        choices.made = shown(read_book(path))
    there = set(path.parent.iterdir())
    output = path.with_name(f"out{path.suffix}")
    asked = choices.choice((False, True))
    with_others = choices.once_in(8)
    try:
        done = score_file(path, output=output, add_sheets=asked, today=TODAY)
    except MarkbookError:
        assert path.read_bytes() == before, "the input is changed"
        assert set(path.parent.iterdir()) == there, "something is left behind a refusal"
        raise
    assert path.read_bytes() == before, "the input is changed"
    refuse_unsound(done.reviews)
    if path.suffix in (".xlsx", ".xlsm") and not any(map(is_turned, read_book(path).sheets)):
        refuse_changed_cells(read_book(path), read_book(output), done.reviews)
        _refuse_lost_parts(path, output)
        if with_others:
            _refuse_unreadable(path, output)
    first = output.read_bytes()
    again = score_file(output, output=output, add_sheets=asked, today=TODAY)
    refuse_other_results(done.reviews, again.reviews)
    assert output.read_bytes() == first, "a second run writes something else"
    return True


def _refuse_lost_parts(path: Path, output: Path) -> None:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(output) as new:
        lost = set(old.namelist()) - set(new.namelist())
        assert not lost, f"parts are gone\n{sorted(lost)[:3]}"


def _refuse_unreadable(path: Path, output: Path) -> None:
    """What another program could read before, it can read afterwards."""
    try:
        CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    except Exception:
        return
    CalamineWorkbook.from_path(str(output)).get_sheet_by_index(0).to_python()
