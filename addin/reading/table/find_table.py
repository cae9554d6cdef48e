"""Finds the students on a sheet: which sheet, which row holds the headings, what stands above and below them.

Headings may stand in any of the first 25 rows that hold anything, under titles and cover notes, in one row or in two, where
strands or groups stand over the tests. An Excel table's own heading row is surer than any count of words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from addin.reading.grid import CellValue, Sheet, Table, as_text
from addin.reading.headings.column import (
    CONFIRMED,
    IDENTITY_ROLES,
    WHO_ROLES,
    Column,
    Role,
    half_term_of,
    role_of,
    understand,
)
from addin.reading.headings.text import plain
from addin.reading.marks import Mark, read_mark
from addin.reading.shape.block import Block
from addin.reading.shape.profile import Kind, kind_of
from addin.reading.table.summary_rows import LABEL_COLUMNS, filled, group_row, holds, is_totals_label, strand_row
from addin.reading.table.totals import Totals, find_totals

HEADING_ROWS = 25
"""Headings are looked for in this many rows from the top, blank ones not counted."""

Means = Mapping[str, str]
"""What `Setup` says: heading -> its meaning."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where things stand on a sheet of students.

    Args:
        header_row: The row of the headings; the upper one where there are two.
        first_row: The first row below the headings.
        columns: Every column, understood.
        who: Columns, from 0, that tell who stands in a row.
        totals: The row of totals.
        table: The Excel table that holds the students.
    """

    header_row: int
    first_row: int
    columns: tuple[Column, ...]
    who: tuple[int, ...]
    totals: Totals
    table: Table | None


def find_header_row(sheet: Sheet, means: Means | None = None, *, misspelt: bool = False) -> int | None:
    """The row of headings, counted from 1; None where no row names students and something to know of them.

    Args:
        sheet: The sheet.
        means: What `Setup` says of headings.
        misspelt: Whether to look for misspelt words too, which takes longer.

    Example:
        >>> find_header_row(Sheet(name="Y9", rows=(("Year 9",), (None,), ("Name", "Angles"), ("Ova", 12))))
        3
    """
    best: tuple[int, int] | None = None
    tables = {table.first_row for table in sheet.tables}
    filled_rows = (row for row, cells in enumerate(sheet.rows, start=1) if any(map(holds, cells)))
    for row in sorted({*islice(filled_rows, HEADING_ROWS), *(row for row in tables if row <= len(sheet.rows))}):
        roles = _roles(sheet.rows[row - 1], means or {}, misspelt)
        named = any(role in IDENTITY_ROLES for role in roles)
        if named and (len(roles) >= 2 or _has_totals_beside(sheet, row)):
            # An Excel table's own heading row is surer than any count of words.
            score = len(roles) + (1000 if row in tables else 0)
            if best is None or score > best[0]:
                best = (score, row)
    return best[1] if best else None


def lay_out(sheet: Sheet, header_row: int, means: Means) -> Layout:
    """Where things stand on a sheet whose heading row is known."""
    upper = sheet.rows[header_row - 1]
    table = next((t for t in sheet.tables if t.first_row == header_row), None)
    # Without totals first: they decide only over headings that say nothing by themselves.
    who = _who(understand(upper, means=means))
    lower = _second_row(sheet, header_row, who) if table is None else ()
    headings: Sequence[CellValue] = upper
    owns: Sequence[CellValue] = ()
    strands, groups = strand_row(sheet, header_row), group_row(sheet, header_row)
    if lower:
        owns = [below if holds(below) else above for above, below in zip(upper, lower, strict=True)]
        over = [above if holds(below) else "" for above, below in zip(_carried(upper, lower), lower, strict=True)]
        headings = _told_apart(owns, over)
        strands, groups = tuple(over), tuple(over)
    first_row = header_row + (2 if lower else 1)
    told = understand(headings, strands=strands, groups=groups, means=means, owns=owns)
    totals = find_totals(sheet, header_row, first_row, told, who)
    columns = understand(headings, out_of=totals.cells, strands=strands, groups=groups, means=means, owns=owns)
    return Layout(
        header_row=header_row, first_row=first_row, columns=columns, who=_who(columns), totals=totals, table=table
    )


def lay_out_block(sheet: Sheet, block: Block, means: Means) -> Layout:
    """Where things stand on a sheet whose students were found by its shape."""
    width = len(sheet.rows[block.first_row - 1])
    owns: list[CellValue] = [None] * width
    over: list[CellValue] = [""] * width
    for row in block.headings:
        carried: CellValue = ""
        cells = sheet.rows[row - 1]
        for place in range(width):
            cell = cells[place] if place < len(cells) else None
            carried = cell if holds(cell) else carried
            if holds(cell):
                over[place], owns[place] = owns[place] if holds(owns[place]) else over[place], cell
            elif row != block.headings[-1] and place > block.name:
                over[place] = carried
    header_row = _row_of_names(sheet, block) if block.headings else max(1, block.first_row - 1)
    headings = list(_told_apart(owns, over))
    for place, cell in enumerate(sheet.rows[header_row - 1]):
        if block.headings and place <= block.name and holds(cell):
            headings[place] = cell  # a host looks for the headings above names in one row
    strands = sheet.rows[block.topics - 1] if block.topics else ()
    totals = Totals(cells=sheet.rows[block.totals - 1], row=block.totals) if block.totals else Totals()
    if not block.totals:
        alone = understand(headings, strands=strands or over, groups=over, means=means, owns=owns)
        totals = find_totals(sheet, header_row, block.first_row, alone, sorted({*_who(alone), block.name}))
    columns = understand(headings, out_of=totals.cells, strands=strands or over, groups=over, means=means, owns=owns)
    named = columns[block.name]
    if named.role not in IDENTITY_ROLES and named.why != CONFIRMED:
        numbered = kind_of(sheet.cell(block.first_row, block.name + 1)) is not Kind.WORD
        role = Role.STUDENT_ID if numbered else Role.NAME
        told = replace(
            named, role=role, strand=None, topic=None, out_of=None, confidence=0.8, why="different in every row"
        )
        columns = (*columns[: block.name], told, *columns[block.name + 1 :])
    return Layout(
        header_row=header_row, first_row=block.first_row, columns=columns, who=_who(columns), totals=totals, table=None
    )


def _row_of_names(sheet: Sheet, block: Block) -> int:
    """The row in which the names' own heading stands; the lowest row of headings where no word tells."""
    for row in sorted({*block.headings, block.totals} - {0}, reverse=True):
        cells = sheet.rows[row - 1][: block.name + 1]
        if any(isinstance(cell, str) and role_of(as_text(cell)) in IDENTITY_ROLES for cell in cells):
            return row
    return block.headings[-1]


def _told_apart(owns: Sequence[CellValue], over: Sequence[CellValue]) -> list[CellValue]:
    """Headings that stand several times ("Maths" under each exam), with what stands above them in front."""
    texts = [plain(as_text(own)) for own in owns]
    doubled = {text for text in texts if text and texts.count(text) > 1}
    return [
        f"{as_text(above)} {as_text(own)}"
        if text in doubled and holds(above) and plain(as_text(above)) != text
        else own
        for own, above, text in zip(owns, over, texts, strict=True)
    ]


def _roles(cells: Sequence[CellValue], means: Means, misspelt: bool) -> list[Role]:
    texts = [as_text(cell) for cell in cells if isinstance(cell, str) and holds(cell)]
    if misspelt:
        return [column.role for column in understand(texts, means=means) if column.confidence]
    return [role for text in texts if (role := role_of(means.get(plain(text), text) if means else text)) is not None]


def _has_totals_beside(sheet: Sheet, row: int) -> bool:
    """Whether a row of totals stands right above or below: the teacher's own words between names are tests then."""
    return any(is_totals_label(cell) for near in (row - 1, row + 1) for cell in _cells(sheet, near)[:LABEL_COLUMNS])


def _cells(sheet: Sheet, row: int) -> tuple[CellValue, ...]:
    return sheet.rows[row - 1] if 1 <= row <= len(sheet.rows) else ()


def _who(columns: Sequence[Column]) -> tuple[int, ...]:
    return tuple(column.index for column in columns if column.role in WHO_ROLES)


def _second_row(sheet: Sheet, header_row: int, who: Sequence[int]) -> tuple[CellValue, ...]:
    """The row below the headings where it holds headings too: nobody stands in it, and its words name no marks."""
    if header_row >= len(sheet.rows):
        return ()
    cells = sheet.rows[header_row]
    words = [as_text(cell) for cell in cells if holds(cell)]
    if filled(cells, who) or len(words) < 2 or any(is_totals_label(cell) for cell in cells):
        return ()
    if not all(isinstance(cell, str) for cell in cells if holds(cell)):
        return ()
    named = sum(role_of(word) is not None or half_term_of(word) is not None for word in words)
    as_marks = sum(isinstance(read_mark(word, out_of=None), Mark) for word in words)
    return cells if 2 * named >= len(words) and not as_marks else ()


def _carried(upper: Sequence[CellValue], lower: Sequence[CellValue]) -> list[CellValue]:
    """The upper of two heading rows, the words of its merged cells carried over the headings below them."""
    over: list[CellValue] = []
    for above, below in zip(upper, lower, strict=True):
        carried = over[-1] if over and holds(below) and not holds(above) else above
        over.append(carried)
    return over
