"""What VBA's RunPython calls: one function for each button, named by `addin.excel.buttons`.

Each takes the workbook that called, lets `addin.ribbon` do the work, and shows in one message what it answers: never a
traceback.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from addin import ribbon
from addin.errors import MarkbookError
from addin.excel.buttons import BUTTONS, TAB
from addin.hosts.xlwings_book import XlwingsBook
from addin.xlwings_alone import xlwings as xw

_BY_ENTRY = {button.entry: button for button in BUTTONS}


def score_class() -> None:
    """Score class."""
    _press("score_class")


def check_data() -> None:
    """Check data."""
    _press("check_data")


def clear_results() -> None:
    """Clear."""
    _press("clear_results")


def what_if() -> None:
    """What if."""
    _press("what_if")


def plan_clinics() -> None:
    """Plan clinics."""
    _press("plan_clinics")


def write_packs() -> None:
    """Clinic packs."""
    _press("write_packs")


def write_letters() -> None:
    """Letters."""
    _press("write_letters")


def email_markbook() -> None:
    """E-mail markbook."""
    _press("email_markbook")


def show_help() -> None:
    """Help."""
    _press("show_help")


def _press(entry: str) -> None:
    button, book = _BY_ENTRY[entry], xw.Book.caller()
    mode = None
    with _busy(book, button.busy):
        try:
            told = getattr(ribbon, button.function)(XlwingsBook(book))
        except MarkbookError as error:
            told, mode = str(error), "critical"
        except Exception as error:  # the last line of defence: a fault of ours, told without a traceback
            told, mode = (
                f"An unexpected fault ({type(error).__name__}: {' '.join(str(error).split())[:200]}). Look at the sheet before you "
                "save it, and press Undo if results are incomplete. Please report this message.",
                "critical",
            )
    book.app.alert(told, title=f"{TAB}: {button.label}", mode=mode)


@contextmanager
def _busy(book: xw.Book, doing: str) -> Iterator[None]:
    """Say in the status bar what is going on, where the engine has one; a bar that cannot be written stops nobody."""
    has_bar = book.app.engine.type == "desktop"
    if has_bar:
        with suppress(Exception):
            book.app.status_bar = f"{TAB}: {doing} ..."
    try:
        yield
    finally:
        if has_bar:
            with suppress(Exception):
                book.app.status_bar = False
