"""Where a script of xlwings Lite says what it did: in the add-in's own pane of output, and on the sheet `Buttons`.

A message box would not do: its text travels in an address to the add-in's host, and it may name a student.
"""

from __future__ import annotations

import sys
from typing import Any

from addin.excel.lite.button_cells import ASKED_ROW, SHEET, TITLE, TOLD_LINES, TOLD_ROW


def tell(book: Any, text: str, *, answered: bool = False) -> None:
    """Say something; call it last, when everything is written.

    Args:
        book: An xlwings book.
        text: The words, lines separated by newlines.
        answered: Whether what was said of a column is kept, so that its two cells are free again.
    """
    sys.stdout.write(f"{text}\n")
    page = buttons_page(book)
    if page is None:
        return
    lines = told_lines(text)
    cells = page.range((TOLD_ROW + 1, 2), (TOLD_ROW + TOLD_LINES, 2))
    cells.number_format = "@"
    cells.value = [[line] for line in lines + [""] * (TOLD_LINES - len(lines))]
    if answered:
        page.range((ASKED_ROW + 1, 2), (ASKED_ROW + 1, 3)).value = [["", ""]]


def buttons_page(book: Any) -> Any:
    """The sheet of buttons, None in a workbook without one."""
    page = next((sheet for sheet in book.sheets if sheet.name.casefold() == SHEET.casefold()), None)
    return page if page is not None and page.range((1, 1)).value == TITLE else None


def told_lines(text: str) -> list[str]:
    """The lines that fit; where some do not, the last says how many.

    Example:
        >>> told_lines("one\\ntwo"), told_lines("\\n".join(map(str, range(50))))[-1]
        (['one', 'two'], 'and 11 lines more, in the pane of xlwings Lite')
    """
    lines = text.splitlines()
    if len(lines) <= TOLD_LINES:
        return lines
    left = len(lines) - TOLD_LINES + 1
    return [*lines[: TOLD_LINES - 1], f"and {left} lines more, in the pane of xlwings Lite"]
