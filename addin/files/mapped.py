"""What a teacher says of the columns of a closed file: kept in the data folder, and in the file where that is wanted."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from addin.files.converted import as_workbook, converted_name
from addin.files.marked import check_ending, replace_target, with_name
from addin.hosts.closed_file import ClosedFile
from addin.reading.grid import Book, as_text
from addin.reading.headings.map import MapBlock, heading_map, map_block
from addin.reading.headings.remembered import remember
from addin.reading.table.asked import answers_in, as_written
from addin.reading.table.find_class import Found, find_class, of_each_class
from addin.reading.table.find_table import HEADING_ROWS
from addin.results.annotate import map_edits
from addin.results.edits import COLUMNS_SHEET, CellEdits


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Where answers are kept: always in the data folder; `sheet` names that of the file, "" where it took none."""

    sheet: str
    notices: tuple[str, ...]


def columns_of(path: Path, sheets: Sequence[str] = ()) -> tuple[Book, tuple[Found, ...]]:
    """The classes of a closed file as they are read now, those in doubt included.

    Raises:
        MarkbookError: The file cannot be read, or no sheet holds students.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = as_workbook(path, Path(folder))
        book = ClosedFile(source, output=source).read()
    means = heading_map(book).means
    return book, of_each_class(lambda name: find_class(book, name, means, may_be_empty=True), sheets)


def keep_answers(
    path: Path, book: Book, found: Found, said: Mapping[str, str], *, add_sheet: bool = False, in_file: bool = True
) -> Kept:
    """Keep what is said of the columns of a class.

    Args:
        said: Heading, letters of a column, or a name of `remembered.SPECIAL` -> what it means.
        add_sheet: Whether a workbook without a map gets the sheet `Columns`.
        in_file: Whether the file may be written at all; it is backed up first.

    Raises:
        RequestProblem: A heading is not there, or a meaning is not understood; nothing is kept.
        FileProblem: The file cannot be written; what is said is kept in the data folder.
    """
    path = with_name(path)
    answers = answers_in(found, dict(said))
    means = {**heading_map(book).means, **answers}
    texts = [as_text(c) for cells in found.sheet.rows[:HEADING_ROWS] for c in cells if isinstance(c, str)]
    remember(texts, means)
    if not in_file or converted_name(path) != path:  # what is no workbook has no sheet to keep it on
        return Kept(sheet="", notices=())
    check_ending(path, path)
    block = map_block(book, "Setup")
    cells = _into_block(block, as_written(found, answers)) if block is not None else None
    if cells is not None:
        _, notices, _ = replace_target(path, path, lambda host: (None, host.fill(cells)[1]))
        return Kept(sheet=cells.sheet, notices=notices)
    if book.sheet(COLUMNS_SHEET) is None and not add_sheet:
        return Kept(sheet="", notices=())
    _, notices, _ = replace_target(path, path, lambda host: (None, host.apply(map_edits(found, means))))
    return Kept(sheet=COLUMNS_SHEET, notices=notices)


def _into_block(block: MapBlock, answers: Mapping[str, str]) -> CellEdits | None:
    """The cells of a map that take the answers: in the rows of the same headings, else in blank ones; None where these run out."""
    rows = {as_text(block.sheet.cell(row, block.column)).casefold(): row for row in reversed(block.rows)}
    blank = [row for row in block.rows if not as_text(block.sheet.cell(row, block.column))]
    values = {}
    for heading, meaning in answers.items():
        row = rows.get(heading.casefold()) or (blank.pop(0) if blank else None)
        if row is None:
            return None
        values[row, block.column] = heading
        values[row, block.column + 1] = meaning
    return CellEdits(
        sheet=block.sheet.name,
        values=values,
        first_row=block.first_row,
        last_row=block.rows.stop - 1,
        table=block.table,
    )
