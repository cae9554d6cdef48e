"""A closed workbook that carries an add-in's code and a sheet of buttons for it: a copy, in which all else is as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from addin.errors import UnsupportedWorkbook
from addin.files.marked import check_ending
from addin.files.package.button_sheet import DrawnButton, add_button_sheet
from addin.files.package.draft import Draft
from addin.files.package.read import read_book
from addin.files.package.rewrite import rewrite
from addin.files.package.verify import CellsOfSheets
from addin.files.package.verify_cells import by_column
from addin.files.package.web_extension import StoreAddIn, keep_for
from addin.reading.grid import CellValue, Sheet

__all__ = ["DrawnButton", "StoreAddIn", "carry"]


def carry(
    source: Path,
    target: Path,
    *,
    add_in: StoreAddIn,
    texts: Mapping[str, str],
    mark: str,
    sheet: str,
    cells: Mapping[tuple[int, int], str],
    buttons: Sequence[DrawnButton],
    is_ours: Callable[[Sheet], bool],
) -> bool:
    """Write a copy of a workbook that carries texts for an add-in, and has a sheet of buttons.

    Args:
        source: The workbook; not touched unless it is the target.
        target: The copy, replaced if it exists.
        add_in: Whom the texts are for.
        texts: Name -> text, such as "main.py".
        mark: What a text holds that may be replaced.
        sheet, cells, buttons: The sheet of buttons; one that is there already stays as it is.
        is_ours: Whether a sheet of that name is one of buttons.

    Returns:
        False where the target is the result already.

    Raises:
        UnsupportedWorkbook: The workbook carries somebody else's code, has another sheet of that name, or may get no sheet.
        RequestProblem: The two are of different kinds.
        FileProblem: It cannot be read or written.
    """
    check_ending(source, target)
    there = read_book(source).sheet(sheet)
    if there is not None and not is_ours(there):
        raise UnsupportedWorkbook(f"{source.name}: its sheet '{sheet}' holds something else. Rename it, and run again.")

    def change(draft: Draft) -> CellsOfSheets:
        keep_for(draft, add_in, texts, mark=mark, file_name=source.name)
        if there is not None:
            return {}
        if draft.package.has_tab(sheet):
            raise UnsupportedWorkbook(f"{source.name}: a chart is called '{sheet}'. Rename it, and run again.")
        add_button_sheet(draft, sheet, cells, buttons, file_name=source.name)
        expected: dict[tuple[int, int], CellValue] = dict(cells)
        return {sheet: by_column(expected)}

    return rewrite(source, target, change)
