"""Messy books scored in the open workbook and in the closed file: the same cells, or the same refusal.

python -m tests.excel.test_messy_books      prints how many cells were compared
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest

from addin.errors import MarkbookError
from addin.files.marked import score_file
from addin.hosts.closed_file import ClosedFile
from addin.review import review
from templates.build import class_workbook
from tests.excel.engine import press
from tests.excel.test_score_class import differing_cells
from tests.messy.make import make_all

HOW_MANY = 10


def readable(folder: Path) -> dict[str, Path]:
    """Messy books that can be scored, by name.

    Left out are those with formulas, since the engine is handed values alone, and those with numbers shown as per cent: an open
    workbook's formats cannot be read on a server, so such cells become queries there and never a guess.
    """
    found = {}
    for name, path in make_all(folder).items():
        try:
            book = ClosedFile(path, output=path).read()
            review(book)
        except MarkbookError:
            continue
        if not any(sheet.formulas or sheet.percents for sheet in book.sheets):
            found[name] = path
    return found


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return readable(tmp_path_factory.mktemp("messy"))


def test_ten_messy_books_give_the_same_cells(books: dict[str, Path], tmp_path: Path) -> None:
    assert len(books) >= HOW_MANY
    # Spread over the alphabet of troubles, the same ones each time.
    for name in sorted(books)[:: max(1, len(books) // HOW_MANY)][:HOW_MANY]:
        _, pages, _ = press("score_button", books[name])
        closed = score_file(books[name], output=tmp_path / f"{name}.xlsx").output
        assert differing_cells(pages, closed) > 0, name


def main() -> None:
    """Compare every messy book that can be scored, and the sample, and print the counts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "messy").mkdir()
        class_workbook(folder / "sample.xlsx", students=30, seed=7)
        total = 0
        books = {"sample": folder / "sample.xlsx", **readable(folder / "messy")}
        for title, path in books.items():
            _, pages, _ = press("score_button", path)
            total += differing_cells(pages, score_file(path, output=folder / f"{title}.closed.xlsx").output)
        sys.stdout.write(f"{len(books)} books, {total:,} cells compared, 0 differ\n")


if __name__ == "__main__":
    main()
