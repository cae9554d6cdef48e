"""Finds where students stand by the shape of a sheet: names or numbers at the left that are all different, marks at the right.

Above them stand the headings, in one to five rows, among totals, weights, topics and dates; what each of these rows is, is told by
what it holds. No word of a heading is needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from addin.reading.grid import CellValue, Sheet, as_text
from addin.reading.headings.topics import topic_of
from addin.reading.shape.profile import Kind, kind_of

FEWEST_STUDENTS = 3
"""Rows that make a block: two rows of a word and a number may be a legend."""

NAME_COLUMNS = 12
"""Names are looked for in this many columns from the left."""

ROWS_ABOVE = 6
"""Headings, totals, topics and dates are looked for in this many rows above the first student."""

LONGEST_GAP = 3
"""Blank rows within a class; after more of them begins something else."""

_MARKS = frozenset({Kind.NUMBER, Kind.FRACTION, Kind.PER_CENT, Kind.GRADE, Kind.STATE})
_LABEL = re.compile(
    r"(class |set |group )?(totals?|averages?|means?|max(imum)?( marks?| points?)?|min(imum)?|out of|marks?|"
    r"points?( possible)?|possible( points)?|available|topics?|strands?|questions?|q|weight(s|ing)?|dates?|names?|students?|"
    r"pupils?|assessments?|tests?|papers?|count|median|mode|st\.? ?dev|standard deviation|highest|lowest|grade|level)",
    re.IGNORECASE,
)
_TOTALS = re.compile(
    r"(max(imum)?( marks?| points?| scores?)?|out of|(total|available|possible) (marks?|points?)|marks?( available)?|"
    r"points?( possible)?|available|possible|totals?)",
    re.IGNORECASE,
)
_WEIGHTS = re.compile(r"weight(s|ing|age)?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Block:
    """Where students stand, and what stands above them.

    Args:
        name: The column, from 0, that tells students apart.
        first_row, last_row: The students' rows, counted from 1.
        headings: The rows above that hold headings, from the top.
        totals: The row above that holds what each column is out of, 0 without one.
        topics: The row above that names topics or strands, 0 without one.
    """

    name: int
    first_row: int
    last_row: int
    headings: tuple[int, ...]
    totals: int = 0
    topics: int = 0


def find_block(sheet: Sheet, known: Callable[[str], bool] = lambda text: False) -> Block | None:
    """The block of students of a sheet, None where no column has different names or numbers beside marks.

    Args:
        sheet: The sheet.
        known: Whether a text is a heading that is known, so that no student is called so.

    Example:
        >>> rows = (("Book", None, "T1"), (None, "Points", 20), ("Ova", "A", 12), ("Tul", "B", 15), ("Pim", "C", 9))
        >>> find_block(Sheet(name="Y9", rows=rows))
        Block(name=0, first_row=3, last_row=5, headings=(1,), totals=2, topics=0)
    """
    best: tuple[tuple[int, int, int], int, list[int]] | None = None
    width = max((len(cells) for cells in sheet.rows), default=0)
    for column in range(min(NAME_COLUMNS, width)):
        for place, kinds in enumerate(({Kind.WORD}, {Kind.CODE}, {Kind.NUMBER})):
            rows = _run(sheet.rows, column, kinds, known)
            if len(rows) >= FEWEST_STUDENTS:
                # Names are surer than codes, codes than numbers; the more rows the better; the leftmost of the same.
                rank = (len(rows) if place < 2 else len(rows) - 1, -place, -column)
                if best is None or rank > best[0]:
                    best = (rank, column, rows)
                break
    if best is None:
        return None
    _, column, rows = best
    return _with_rows_above(sheet, column, rows[0], rows[-1])


def _run(rows: Sequence[Sequence[CellValue]], column: int, kinds: set[Kind], known: Callable[[str], bool]) -> list[int]:
    """The longest run of rows, counted from 1, in which such a cell stands with marks right of it; empty where names repeat."""
    runs: list[list[int]] = [[]]
    for row, cells in enumerate(rows, start=1):
        cell = cells[column] if column < len(cells) else None
        text = as_text(cell)
        stands = kind_of(cell) in kinds and not _LABEL.fullmatch(text.rstrip(" :.")) and not known(text)
        if stands and any(kind_of(other) in _MARKS for other in cells[column + 1 :]):
            if runs[-1] and row - runs[-1][-1] > LONGEST_GAP + 1:
                runs.append([])
            runs[-1].append(row)
    run = max(runs, key=len)
    texts = {as_text(rows[row - 1][column]).casefold() for row in run}
    return run if len(texts) >= 0.9 * len(run) else []


def _with_rows_above(sheet: Sheet, name: int, first_row: int, last_row: int) -> Block:
    headings: list[int] = []
    totals = topics = 0
    for row in range(first_row - 1, max(0, first_row - 1 - ROWS_ABOVE), -1):
        cells = sheet.rows[row - 1]
        there = [(place, cell) for place, cell in enumerate(cells) if kind_of(cell) is not None]
        if not there:
            if headings:
                break
            continue
        if len(there) == 1 and headings:
            break  # a title
        right = [cell for place, cell in there if place > name]
        label = next((as_text(cell).rstrip(" :.") for _, cell in there if isinstance(cell, str)), "")
        numbers = [cell for cell in right if kind_of(cell) is Kind.NUMBER]
        if _WEIGHTS.fullmatch(label):
            continue
        words = [cell for cell in right if kind_of(cell) in (Kind.WORD, Kind.REMARK, Kind.CODE, Kind.DATE)]
        named = any(
            isinstance(cell, str) and _TOTALS.fullmatch(as_text(cell).rstrip(" :.")) for cell in cells[: name + 3]
        )
        if (
            numbers
            and not totals
            and (named or len(numbers) > len(words))
            and _are_totals(sheet, row, name, first_row, last_row)
        ):
            totals = row
        elif (
            not topics
            and len(words) > 1
            and 2 * sum(topic_of(as_text(cell))[0] is not None for cell in words) >= len(words)
        ):
            topics = row
        elif there:
            headings.append(row)
    if topics and not any(_holds_beyond(sheet.rows[row - 1], name + 1) for row in headings):
        headings, topics = [*headings, topics], 0
    return Block(
        name=name,
        first_row=first_row,
        last_row=last_row,
        headings=tuple(sorted(headings)),
        totals=totals,
        topics=topics,
    )


def _holds_beyond(cells: Sequence[CellValue], name: int) -> bool:
    """Whether two headings or more stand right of the names and what goes with them."""
    return sum(kind_of(cell) is not None for cell in cells[name + 1 :]) > 1


def _are_totals(sheet: Sheet, row: int, name: int, first_row: int, last_row: int) -> bool:
    """Whether the numbers of a row are not exceeded by those below them, and do not merely number the columns."""
    pairs = above = 0
    numbers: list[float] = []
    for place, total in enumerate(sheet.rows[row - 1]):
        if place <= name or isinstance(total, bool) or not isinstance(total, (int, float)):
            continue
        numbers.append(float(total))
        for below in range(first_row, last_row + 1):
            mark = sheet.cell(below, place + 1)
            if isinstance(mark, (int, float)) and not isinstance(mark, bool):
                pairs += 1
                above += mark > total
    counted = numbers == [numbers[0] + step for step in range(len(numbers))] if len(numbers) > 2 else False
    return bool(numbers) and min(numbers) > 0 and above <= 0.05 * pairs and not counted
