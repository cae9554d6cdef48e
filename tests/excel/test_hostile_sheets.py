"""Hostile sheets through all engines: the same cells and the same queries, and no formula is lost.

python -m tests.excel.test_hostile_sheets      tries all of them and prints the counts
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.files.marked import score_file
from addin.files.package.read import read_book
from addin.reading.markbook import read_markbook
from tests.excel.desktop import on_the_desktop
from tests.excel.engine import Press, pages_after, payload_of, plain, press_all
from tests.excel.hostile import PAIRS, hostile

_SCRIPT = """
from addin.reading.markbook import read_markbook
queries = [vars(query) for query in read_markbook(XlwingsBook(book).read()).queries]
told = press()
answer = [queries, everything()]
"""


def compared(path: Path) -> tuple[int, int]:
    """How many cells and formulas of a sheet were compared; fails where an engine gives others than the closed file."""
    name = read_book(path).sheets[0].name
    queries = [vars(query) for query in read_markbook(read_book(path)).queries]
    output = path.with_suffix(".out.xlsx")
    score_file(path, output=output)
    closed = {
        (r, c): plain(cell)
        for r, row in enumerate(read_book(output).sheets[0].rows, start=1)
        for c, cell in enumerate(row, start=1)
        if cell is not None and cell != ""
    }
    formulas = _formulas(path)
    assert formulas <= _formulas(output), f"{path.name}: the closed file lost formulas"

    jobs = [
        Press(button=button, payload=payload_of(path), home=path.parent) for button in ("check_button", "score_button")
    ]
    checked, scored = press_all(jobs)
    assert checked.queries == queries, f"{path.name}: other queries on the server"
    assert not scored.refused, scored.refused
    assert pages_after(path, scored.actions)[name].cells == closed, f"{path.name}: other cells on the server"
    written = {
        (action["start_row"] + 1 + r, action["start_column"] + 1 + c)
        for action in scored.actions
        if action["func"] in ("setValues", "setFormula", "rangeClearContents")
        for r in range(action["row_count"])
        for c in range(action["column_count"])
    }
    assert not written & formulas, f"{path.name}: the server lost formulas"

    told, (pages, kept, _) = on_the_desktop(_SCRIPT, path)
    assert told == json.loads(json.dumps(queries)), f"{path.name}: other queries on the desktop"
    assert _cells(pages[0][1]) == closed, f"{path.name}: other cells on the desktop"
    assert formulas <= {(row, column) for _, row, column, _ in kept}, f"{path.name}: the desktop lost formulas"
    return len(closed), len(formulas)


def _formulas(path: Path) -> set[tuple[int, int]]:
    page = openpyxl.load_workbook(path).worksheets[0]
    return {(cell.row, cell.column) for row in page.iter_rows() for cell in row if cell.data_type == "f"}


def _cells(found: dict[str, Any]) -> dict[tuple[int, int], Any]:
    places = ((place.split(","), value) for place, value in found.items())
    return {(int(row) + 1, int(column) + 1): plain(value) for (row, column), value in places}


@pytest.mark.parametrize("names", PAIRS[::3], ids=", ".join)
def test_every_engine_gives_the_same(names: tuple[str, str], tmp_path: Path) -> None:
    cells, formulas = compared(hostile(tmp_path / "book.xlsx", names))
    assert cells > 200
    assert formulas or not {"group row", "averages below", "spare formulas"} & set(names)


def main() -> None:
    """Compare every hostile sheet."""
    cells = formulas = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, names in enumerate(PAIRS):
            more = compared(hostile(Path(folder) / f"{number}.xlsx", names))
            cells, formulas = cells + more[0], formulas + more[1]
    sys.stdout.write(
        f"{len(PAIRS)} hostile sheets through 3 engines: {cells:,} cells each, 0 differ; the same queries; "
        f"{formulas} formulas, 0 lost\n"
    )


if __name__ == "__main__":
    main()
