"""Results into a closed workbook: the parts that must change are patched, every other part stays byte for byte.

Besides the sheet's part that can be styles.xml, where a format is missing or there are none at all; workbook.xml, where the
print area or the order to calculate is; a table's part, where new columns touch it; and the program's own sheets, which may be
added. Texts are stored inside the cells, so that the workbook's shared texts stay.

Rows are cut and joined as bytes where a sheet is spelled as nearly every program does. One in another spelling, such as a
prefix on the main namespace, comments, or rows and cells without their places, is parsed whole: the same result, at about
fifteen times the time and five times the memory.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from addin.files.package.cell_writing import storable
from addin.files.package.draft import Draft
from addin.files.package.listing import OwnSheets, listing_cells
from addin.files.package.results import ResultSheet, sheet_of, side_effects
from addin.files.package.rewrite import rewrite
from addin.files.package.safe_save import Fingerprint
from addin.files.package.verify import CellsOfSheets
from addin.files.package.verify_appended import ExpectedCells, ExpectedColumn
from addin.files.package.verify_cells import by_column
from addin.reading.grid import CellValue
from addin.results.edits import SheetEdits

_AS_THEY_ARE = {str, float, int, bool, type(None)}  # values that a cell gives back as they were written, but for a cut


def patch_workbook(
    source: Path,
    edits: SheetEdits | Sequence[SheetEdits],
    target: Path,
    *,
    expected: Fingerprint | None = None,
    before_replacing: Callable[[], object] | None = None,
) -> tuple[str, ...]:
    """Write results into a copy of a workbook, or into the workbook itself.

    The same source and edits always give the same bytes; edits that change nothing give the source's own bytes.

    Args:
        source: The workbook; not touched unless it is the target.
        edits: What to write into one sheet, or into several in one go; whether the rows are still the right students is the
            caller's business (`addin.hosts.identity`).
        target: The file to write, replaced if it exists.
        expected, before_replacing: As for `rewrite`.

    Returns:
        What the user should know: a signature that became invalid, a table that stays as it is.

    Raises:
        FileInUse: The target is open elsewhere, or the source changed meanwhile.
        UnsupportedWorkbook: A formula or merged range stands where a result goes; nothing is written.
        WriteFailed: The result could not be written or is not what it should be; the target is what it was.
        FileProblem: The guard refuses the source.
    """
    notices: list[str] = []
    sheets = (edits,) if isinstance(edits, SheetEdits) else tuple(edits)

    def change(draft: Draft) -> CellsOfSheets:
        expected_cells = {}
        for each in sheets:
            sheet = sheet_of(draft, source.name, each.sheet)
            notices.extend(ResultSheet(draft=draft, file_name=source.name, edits=each, sheet=sheet).write())
            expected_cells[sheet.name] = _expected_cells(each)
        own = OwnSheets(draft=draft, file_name=source.name)
        written = {
            name: listing for each in sheets for listing in each.listings if (name := own.write(listing)) is not None
        }
        notices.extend(own.notices)
        notices.extend(dict.fromkeys(n for name in expected_cells for n in side_effects(draft.package, name)))
        return expected_cells | {name: by_column(listing_cells(listing)) for name, listing in written.items()}

    rewrite(source, target, change, expected=expected, before_replacing=before_replacing)
    return tuple(notices)


def _expected_cells(edits: SheetEdits) -> ExpectedCells:
    """What must be read back, heading cells included."""
    return {column.column: _as_read(column.values, edits.header_row, column.spec.heading) for column in edits.columns}


def _as_read(values: Mapping[int, CellValue], header_row: int, heading: str) -> ExpectedColumn:
    """What a column must hold: the values themselves where a cell gives them back as they are, and not another table of them."""
    if not isinstance(values, dict) or not set(map(type, values.values())) <= _AS_THEY_ARE:
        values = {row: storable(value, f"row {row}") for row, value in values.items()}
    return ChainMap(values, {header_row: heading})
