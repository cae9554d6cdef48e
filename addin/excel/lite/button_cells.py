"""The sheet `Buttons` of a workbook for xlwings Lite: where each button stands, where columns are asked about, where is told.

A button there is a drawn shape that leads to the cell behind it; the add-in runs the script whose cell is selected.
"""

from __future__ import annotations

from dataclasses import dataclass

from addin.excel.buttons import BUTTONS
from addin.reading.grid import Book, Sheet, as_text

SHEET = "Buttons"
TITLE = "Maths Clinic: press a button; below is what it said"
"""In A1: by it a sheet of buttons is told from a teacher's own of that name."""

FIRST_ROW, APART, COLUMN = 4, 2, "B"


@dataclass(frozen=True, kw_only=True)
class LiteButton:
    """A button of the sheet.

    Args:
        entry: The script that it runs.
        label: What stands on it.
        sentence: What it does, beside it.
        row: The row of its cell.
    """

    entry: str
    label: str
    sentence: str
    row: int

    @property
    def cell(self) -> str:
        """The cell behind it, such as "B4"."""
        return f"{COLUMN}{self.row}"

    @property
    def place(self) -> str:
        """Shape and cell as xlwings Lite wants them named."""
        return f"[{self.entry}]{SHEET}!{self.cell}"


_SENTENCES = {
    "write_packs": "Counts the packs that the sheet Clinic plan asks for, and says where they are made: no files are written here.",
    "write_letters": "Writes the letters for everybody whose decision is Accept on the sheet Letters, to be printed.",
    "email_markbook": "Makes the sheet Values copy: values alone, without UPN, to be moved into a new workbook and mailed.",
    "show_columns": "Tells what each column is taken for; with a heading and a meaning below, keeps what you say.",
}
"""Where the browser does something else than the desktop, or the desktop has no such button."""

_ORDER = (
    "score_class", "check_data", "show_columns", "clear_results", "plan_clinics", "write_packs", "write_letters",
    "what_if", "email_markbook", "show_help",
)  # fmt: skip


def _buttons() -> tuple[LiteButton, ...]:
    labels = {button.entry: button.label for button in BUTTONS} | {"show_columns": "Columns"}
    sentences = {button.entry: button.supertip for button in BUTTONS} | _SENTENCES
    return tuple(
        LiteButton(entry=entry, label=labels[entry], sentence=sentences[entry], row=FIRST_ROW + APART * place)
        for place, entry in enumerate(_ORDER)
    )


LITE_BUTTONS = _buttons()
PLACES = {button.entry: button.place for button in LITE_BUTTONS}

ASKED_ROW = FIRST_ROW + APART * len(LITE_BUTTONS) + 1
"""Labels of the two cells in which a teacher says what a column means; the cells are in the row below, columns B and C."""

TOLD_ROW = ASKED_ROW + 3
"""The heading of what the last press said; its lines are below."""

TOLD = "What the last button said:"
"""That heading; where it stands tells which buttons a sheet has."""

TOLD_LINES = 40


def is_buttons(sheet: Sheet | None) -> bool:
    """Whether a sheet is the program's sheet of buttons.

    Example:
        >>> is_buttons(Sheet(name="Buttons", rows=((TITLE,),))), is_buttons(Sheet(name="Buttons", rows=(("Mine",),)))
        (True, False)
    """
    return sheet is not None and as_text(sheet.cell(1, 1)) == TITLE


def said_of_a_column(book: Book) -> tuple[str, str]:
    """The heading and the meaning that stand in the two cells, "" where nothing does.

    Example:
        >>> said_of_a_column(Book(sheets=()))
        ('', '')
    """
    sheet = book.sheet(SHEET)
    if sheet is None or not is_buttons(sheet):
        return "", ""
    return as_text(sheet.cell(ASKED_ROW + 1, 2)), as_text(sheet.cell(ASKED_ROW + 1, 3))
