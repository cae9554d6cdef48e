"""Letters in a browser: on a sheet to be printed, one line of text a row, each letter under its student and reader."""

from __future__ import annotations

from collections.abc import Iterator

from addin.errors import RequestProblem
from addin.excel.lite.own_sheet import sheet_edits
from addin.letters.blocks import Block, Kind
from addin.letters.compose import Letters
from addin.reading.grid import Book, CellValue
from addin.reading.markbook import Markbook
from addin.results.edits import SheetEdits

SHEET = "Letters"
HEADINGS = ("Letter for", "To", "Text")
WIDTHS = (22.0, 10.0, 100.0)


def letters_sheet(book: Book, markbook: Markbook, composed: Letters) -> tuple[str, SheetEdits]:
    """The sheet with every letter, and what to tell.

    Args:
        book: What a host read.
        markbook: The class.
        composed: The letters.

    Raises:
        RequestProblem: There is no letter, or a sheet of that name holds something else.
    """
    if not composed.letters:
        raise RequestProblem(f"There is no letter to write. {' '.join(f'{notice}.' for notice in composed.notices)}")
    edits = sheet_edits(book, markbook, sheet=SHEET, headings=HEADINGS, widths=WIDTHS, rows=tuple(_rows(composed)))
    told = [
        composed.told(),
        f"They are on the sheet {SHEET}: filter Letter for and To, and print. Nothing was sent. Word documents are written by "
        "`markbook letters` on a computer with the program.",
        *(f"{notice}." for notice in composed.notices),
    ]
    return "\n".join(told), edits


def _rows(composed: Letters) -> Iterator[tuple[CellValue, ...]]:
    for letter in composed.letters:
        for reader, blocks in letter.versions.items():
            for text in lines_of(blocks):
                yield letter.facts.name, reader, text


def lines_of(blocks: tuple[Block, ...]) -> Iterator[str]:
    """A letter line by line, a blank one between its blocks.

    Example:
        >>> from addin.letters.blocks import blocks_of
        >>> list(lines_of(blocks_of("## A place\\n\\nDear Ova,\\n- one\\n- two\\n| Day | Monday |")))
        ['A place', '', 'Dear Ova,', '', '- one', '- two', '', 'Day: Monday']
    """
    for place, block in enumerate(blocks):
        if place:
            yield ""
        for row in block.rows:
            if block.kind is Kind.LIST:
                yield f"- {row[0]}"
            else:
                yield ": ".join(row)
