"""Single cells and added rows in one sheet of a closed workbook, with what follows from them in its other parts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from addin.errors import StudentsMoved
from addin.files.package.added_rows import RowsBelow
from addin.files.package.cell_values import CellReader, holds_formula
from addin.files.package.cell_writing import storable
from addin.files.package.draft import Draft
from addin.files.package.ranges import Range
from addin.files.package.results import side_effects
from addin.files.package.rewrite import rewrite
from addin.files.package.safe_save import Fingerprint
from addin.files.package.sheet_xml import SheetXml
from addin.files.package.verify import CellsOfSheets
from addin.files.package.verify_cells import by_column
from addin.files.package.workbook_xml import calculate_on_opening
from addin.reading.grid import CellValue
from addin.results.edits import CellEdits


def fill_workbook(
    source: Path,
    edits: CellEdits,
    target: Path,
    *,
    expected: Fingerprint | None = None,
    before_replacing: Callable[[], object] | None = None,
) -> tuple[bool, tuple[str, ...]]:
    """Write cells and rows into a copy of a workbook, or into the workbook itself.

    Args:
        source: The workbook; not touched unless it is the target.
        edits: What to write.
        target: The file to write, replaced if it exists.
        expected, before_replacing: As for `rewrite`.

    Returns:
        Whether anything was written: not where the target is the result already. And what the user should know: formulas to
        be filled down, a signature that became invalid.

    Raises:
        UnsupportedWorkbook: A formula, a merged range or another table stands where a value goes, or the students' table
            cannot grow; nothing is written.
        FileProblem: As `rewrite` does.
    """
    notices: list[str] = []

    def change(draft: Draft) -> CellsOfSheets:
        name = _write(draft, source.name, edits, notices)
        if draft.changed_members():
            notices.extend(side_effects(draft.package, name))
        return {name: by_column({place: _stored(value, place) for place, value in edits.values.items()})}

    written = rewrite(source, target, change, expected=expected, before_replacing=before_replacing)
    return written, tuple(notices)


def _write(draft: Draft, file_name: str, edits: CellEdits, notices: list[str]) -> str:
    """Change the sheet and what follows from it; answers the sheet's name as it is spelled there."""
    part = draft.package.sheet(edits.sheet)
    if part is None:
        raise StudentsMoved(f"{file_name}: there is no sheet '{edits.sheet}' any more. Nothing was written. Run again.")
    if not edits.values:
        return part.name
    where = f"{file_name}, sheet '{part.name}'"
    sheet = SheetXml(draft.root(part.part), where=where, reader=CellReader.of(draft.package))
    if edits.added_rows:
        below = RowsBelow(draft=draft, sheet=part, edits=edits, where=where)
        below.grow_tables()
        notices.extend(below.dress(sheet))
        below.stretch()
    for (row, column), value in sorted(edits.values.items()):
        sheet.put(row, column, value, style=_borrowed(sheet, edits, row, column))
    rows, columns = [row for row, _ in edits.values], [column for _, column in edits.values]
    sheet.widen_dimension(Range(min(rows), min(columns), max(rows), max(columns)))
    if draft.is_changed(part.part) and any(holds_formula(draft.package.read(s.part)) for s in draft.package.sheets()):
        calculate_on_opening(draft.root(draft.package.workbook_part))
    return part.name


def _borrowed(sheet: SheetXml, edits: CellEdits, row: int, column: int) -> int | None:
    """The format for a cell that the sheet does not have yet: that of the student above, of a heading that of the one beside it."""
    if sheet.exists(row, column) or row == edits.first_row:
        return None
    if row < edits.first_row:
        return sheet.style(row, column - 1) if column > 1 else None
    return sheet.style(row - 1, column)


def _stored(value: CellValue, place: tuple[int, int]) -> CellValue:
    return storable(value, f"row {place[0]}")
