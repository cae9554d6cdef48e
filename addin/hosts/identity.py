"""The promise that a result reaches the right child, kept by every host before it writes.

Results are computed from what was read; by the time they are written the sheet may have been sorted or rows inserted.
A student is then found again by the texts of the identity cells, or nothing is written at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from addin.errors import StudentsMoved
from addin.reading.grid import CellValue, Sheet, address, as_text, cells_of, column_letters, texts_of
from addin.results.edits import ColumnEdit, SheetEdits

_REMEDY = "Nothing was written. Check the rows, save, and run again."


def follow(edits: SheetEdits, sheet: Sheet) -> SheetEdits:
    """The edits as they fit the sheet now: unchanged, or moved along with students whose rows moved.

    Students who stand where they were read are left there. Once one of them has moved, each must be found exactly once below
    the headings; rows of others in between are ignored. Of two students with the same texts nobody can say who moved where,
    hence they are refused.

    Raises:
        StudentsMoved: A student, a heading or a result column is no longer there, or stands there twice.

    Example:
        >>> from addin.results.columns import RESULT_COLUMNS
        >>> from addin.results.edits import Identity
        >>> edits = SheetEdits(
        ...     sheet="Y9", header_row=1, first_row=2, last_row=3, identity_columns=(1,),
        ...     columns=(ColumnEdit(spec=RESULT_COLUMNS[0], column=2, values={2: "▲ High", 3: "■ On track"}, is_new=True),),
        ...     identities=(Identity(row=2, texts=("Amir",)), Identity(row=3, texts=("Beth",))))
        >>> turned = Sheet(name="Y9", rows=(("Name",), ("Beth",), ("Amir",)))
        >>> follow(edits, turned).columns[0].values
        {3: '▲ High', 2: '■ On track'}
    """
    header_row = _header_row(edits, sheet)
    moves = _moves(edits, sheet, header_row)
    if header_row != edits.header_row or any(old != new for old, new in moves.items()):
        edits = _moved(edits, sheet, header_row, moves)
    _check_headings(edits, sheet)
    return edits


def _texts(sheet: Sheet, row: int, columns: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(as_text(sheet.cell(row, column)) for column in columns)


def _stand(edits: SheetEdits, sheet: Sheet) -> bool:
    """Whether all students are in the rows in which they were read."""
    width, rows = len(edits.identity_columns), [who.row for who in edits.identities]
    if max(rows, default=0) > len(sheet.rows) or any(len(who.texts) != width for who in edits.identities):
        return False
    cells = [sheet.rows[row - 1] for row in rows]
    for place, column in enumerate(edits.identity_columns):
        there, wanted = cells_of(cells, column - 1), [who.texts[place] for who in edits.identities]
        if there != wanted and texts_of(there) != wanted:
            return False
    return True


def _header_row(edits: SheetEdits, sheet: Sheet) -> int:
    """The row in which the headings of the identity columns stand now."""
    wanted = edits.identity_headings
    if not wanted or _texts(sheet, edits.header_row, edits.identity_columns) == wanted:
        return edits.header_row
    rows = [row for row in range(1, len(sheet.rows) + 1) if _texts(sheet, row, edits.identity_columns) == wanted]
    if len(rows) != 1:
        raise StudentsMoved(
            f"Sheet '{edits.sheet}', row {edits.header_row}: the headings '{', '.join(wanted)}' are no longer there. {_REMEDY}"
        )
    return rows[0]


def _moves(edits: SheetEdits, sheet: Sheet, header_row: int) -> dict[int, int]:
    """Old row -> row now, of every student."""
    if _stand(edits, sheet):
        return {who.row: who.row for who in edits.identities}
    rows_by_texts: dict[tuple[str, ...], list[int]] = {}
    for row in range(header_row + 1, len(sheet.rows) + 1):
        rows_by_texts.setdefault(_texts(sheet, row, edits.identity_columns), []).append(row)
    as_read = Counter(who.texts for who in edits.identities)
    moves = {}
    for who in edits.identities:
        # The message leaves out who it is: it may be shown on a board or end in a log.
        where = f"Sheet '{edits.sheet}': the student who was in row {who.row}"
        found = rows_by_texts.get(who.texts, [])
        if not found or not any(who.texts):
            raise StudentsMoved(f"{where} is no longer found. {_REMEDY}")
        if len(found) > 1 or as_read[who.texts] > 1:
            places = ", ".join(map(str, found))
            raise StudentsMoved(
                f"{where} cannot be told from another: the same name or number stands more than once (rows {places}) and rows "
                f"have moved. {_REMEDY}"
            )
        moves[who.row] = found[0]
    return moves


def _moved(edits: SheetEdits, sheet: Sheet, header_row: int, moves: Mapping[int, int]) -> SheetEdits:
    table = edits.table
    if table is not None:
        name = table.name.casefold()
        table = next((now for now in sheet.tables if now.name.casefold() == name), table)
    return replace(
        edits,
        header_row=header_row,
        first_row=min(moves.values(), default=edits.first_row),
        last_row=max(moves.values(), default=edits.last_row),
        columns=tuple(
            replace(
                column,
                values=_moved_values(edits, column, moves),
                in_full={moves[row]: text for row, text in column.in_full.items()},
            )
            for column in edits.columns
        ),
        identities=tuple(replace(who, row=moves[who.row]) for who in edits.identities),
        table=table,
    )


def _moved_values(edits: SheetEdits, column: ColumnEdit, moves: Mapping[int, int]) -> dict[int, CellValue]:
    strangers = sorted(set(column.values) - set(moves))
    if strangers:
        raise StudentsMoved(
            f"Sheet '{edits.sheet}', row {strangers[0]}: rows have moved and nobody is known to belong to this row. {_REMEDY}"
        )
    return {moves[row]: value for row, value in column.values.items()}


def _check_headings(edits: SheetEdits, sheet: Sheet) -> None:
    for column in edits.columns:
        there = as_text(sheet.cell(edits.header_row, column.column))
        if not column.is_new and there.casefold() != column.spec.heading.casefold():
            raise StudentsMoved(
                f"Sheet '{edits.sheet}', cell {address(edits.header_row, column.column)}: the heading is '{there}' and not "
                f"'{column.spec.heading}'; column {column_letters(column.column)} has moved. {_REMEDY}"
            )
