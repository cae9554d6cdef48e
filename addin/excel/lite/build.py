"""A workbook for xlwings Lite: a markbook that carries the program, with a sheet of buttons."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from addin.errors import RequestProblem, UnsupportedWorkbook
from addin.excel.lite.button_cells import (
    ASKED_ROW,
    LITE_BUTTONS,
    SHEET,
    TITLE,
    TOLD,
    TOLD_ROW,
    is_buttons,
)
from addin.excel.lite.carried import archive
from addin.excel.lite.main_py import MARK, main_py, requirements
from addin.files.carrying import DrawnButton, StoreAddIn, carry
from addin.reading.grid import Sheet, as_text

ADD_IN = StoreAddIn(id="wa200008175", version="1.0.0.0", name="xlwings Lite")
"""xlwings Lite in Office's store."""

ENDINGS = (".xlsx", ".xlsm")


def build(target: Path, *, source: Path | None = None) -> None:
    """Write the workbook.

    Args:
        target: Where it goes.
        source: The teacher's workbook, which is not touched unless it is the target; left out, the empty template.

    Raises:
        RequestProblem: The target is no workbook.
        ScorecardError: The adapted model of this computer cannot be used.
        UnsupportedWorkbook: The source has another sheet of that name, or one with the buttons of an earlier version.
        FileProblem: The source cannot be used, or the target not written.
    """
    if target.suffix.lower() not in ENDINGS:
        raise RequestProblem(
            f"{target.name}: a workbook is an .xlsx or .xlsm file. Give a name that ends in one of them."
        )
    source = source or Path(str(resources.files("templates") / "markbook.xlsx"))

    def is_ours(there: Sheet) -> bool:
        if is_buttons(there) and as_text(there.cell(TOLD_ROW, 2)) != TOLD:
            raise UnsupportedWorkbook(
                f"{source.name}: its sheet '{SHEET}' is an earlier version's, which had other buttons; they would run the wrong "
                "ones. Delete that sheet, and run again: it is made anew."
            )
        return is_buttons(there)

    carry(
        source,
        target,
        add_in=ADD_IN,
        texts={"main.py": main_py(archive()), "requirements.txt": requirements()},
        mark=MARK,
        sheet=SHEET,
        cells=_cells(),
        buttons=[
            DrawnButton(name=button.entry, label=button.label, words=button.sentence, row=button.row, column=2)
            for button in LITE_BUTTONS
        ],
        is_ours=is_ours,
    )


def _cells() -> dict[tuple[int, int], str]:
    return {
        (1, 1): TITLE,
        (
            2,
            1,
        ): "The buttons work while the pane of xlwings Lite is open (Home > xlwings Lite). Choose Trust and Continue there.",
        **{(button.row, 3): button.sentence for button in LITE_BUTTONS},
        (ASKED_ROW, 2): "Column, by its heading",
        (ASKED_ROW, 3): "What it means, such as test (20) or ignored; then press Columns",
        (TOLD_ROW, 2): TOLD,
    }
