"""What the buttons run in xlwings Lite: one script for each, over the same host and the same work as on a server.

Nothing is ever raised to the add-in: what goes wrong is told like everything else (`told`), since the add-in would show it with a
traceback, or in a message box whose text travels in an address. Where something goes wrong, nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import xlwings as xw

from addin import ribbon
from addin.errors import MarkbookError, RequestProblem
from addin.excel.columns import columns_in, keep_columns
from addin.excel.lite.button_cells import PLACES, said_of_a_column
from addin.excel.lite.on_demand import load
from addin.excel.lite.told import tell
from addin.hosts.xlwings_book import XlwingsBook
from addin.reading.markbook import read_markbook

SCRIPTS = tuple(PLACES)
"""The names of all scripts, in the order of the sheet of buttons."""


@xw.script(name="Score class", button=PLACES["score_class"])
def score_class(book: xw.Book) -> None:
    """Writes flag, risk, priority, reasons, topics and activities beside the students. Decisions and notes stay."""
    _press(book, ribbon.score_button)


@xw.script(name="Check data", button=PLACES["check_data"])
def check_data(book: xw.Book) -> None:
    """Tells how the markbook is understood and which cells are not. No cell of it is written."""
    _press(book, ribbon.check_button)


@xw.script(name="Columns", button=PLACES["show_columns"])
def show_columns(book: xw.Book, heading: str = "", means: str = "") -> None:
    """Tells what each column is taken for. A heading and what it means, such as "test (20)", are kept on the sheet Columns."""
    kept: list[bool] = []

    def columns(host: XlwingsBook) -> str:
        told, is_kept = _columns(host, heading, means)
        kept.append(is_kept)
        return told

    _press(book, columns, answered=lambda: any(kept))


@xw.script(name="Clear", button=PLACES["clear_results"])
def clear_results(book: xw.Book) -> None:
    """Empties the seven result columns. Decisions and notes stay."""
    _press(book, ribbon.clear_button)


@xw.script(name="Plan clinics", button=PLACES["plan_clinics"])
async def plan_clinics(book: xw.Book) -> None:
    """Scores the class and fills the sheet Clinic plan, which is the register to print too. The first press takes a while."""
    await _press_with(book, ("scipy",), ribbon.plan_button)


@xw.script(name="Clinic packs", button=PLACES["write_packs"])
def write_packs(book: xw.Book) -> None:
    """Counts the packs that the sheet Clinic plan asks for and says where they are made. Nothing is written."""
    _press(book, _packs)


@xw.script(name="Letters", button=PLACES["write_letters"])
async def write_letters(book: xw.Book) -> None:
    """Writes the letters for everybody whose decision is Accept on the sheet Letters, to be printed. Nothing is sent."""
    await _press_with(book, ("jinja2",), _letters)


@xw.script(name="What if", button=PLACES["what_if"])
def what_if(book: xw.Book) -> None:
    """On the template's sheet What if: a student's risk now, and with one thing different."""
    _press(book, ribbon.whatif_button)


@xw.script(name="E-mail markbook", button=PLACES["email_markbook"])
def email_markbook(book: xw.Book) -> None:
    """Makes the sheet Values copy, to be moved into a new workbook and mailed by yourself. Nothing is sent."""
    _press(book, _values)


@xw.script(name="Help", button=PLACES["show_help"])
def show_help(book: xw.Book) -> None:
    """Tells what the flags mean."""
    _press(book, lambda host: ribbon.help_button(host))


async def _press_with(book: xw.Book, packages: tuple[str, ...], work: Callable[[XlwingsBook], str]) -> None:
    """Press a button whose work needs more packages than the others."""
    try:
        await load(*packages)
    except MarkbookError as error:
        tell(book, str(error))
    else:
        _press(book, work)


def _press(book: xw.Book, work: Callable[[XlwingsBook], str], *, answered: Callable[[], bool] = lambda: False) -> None:
    try:
        told = work(XlwingsBook(book))
    except MarkbookError as error:
        told = _nothing_written(book, str(error))
    except Exception as fault:  # the last line of defence: a fault of ours, told without a traceback
        words = " ".join(str(fault).split())[:200]
        told = _nothing_written(
            book, f"An unexpected fault ({type(fault).__name__}: {words}). Please report this line."
        )
    tell(book, told, answered=answered())


def _nothing_written(book: xw.Book, told: str) -> str:
    """Take back what is waiting to be written: the add-in carries it out when the script ends."""
    book.json()["actions"].clear()
    return told


def _columns(host: XlwingsBook, heading: str, means: str) -> tuple[str, bool]:
    """What is told of the columns, and whether something was kept."""
    book = host.read()
    if not heading and not means:
        heading, means = said_of_a_column(book)
    if heading or means:
        if not heading or not means:
            raise RequestProblem("Give both: the heading of a column, and what it means.")
        notices = host.apply(keep_columns(book, {heading: means}))
        return "\n".join(
            [f"Kept on the sheet Columns: {heading} means {means}. Press Score class again.", *notices]
        ), True
    seen = columns_in(book)
    lines = [f"Sheet '{seen['sheet']}':", *([seen["doubt"]] if seen["doubt"] else [])]
    for one in seen["columns"]:
        guess = "left out" if one["is_left_out"] else one["guess"] + ("" if one["is_sure"] else ", a guess")
        lines.append(
            f"{one['place']} '{one['heading']}' ({', '.join(one['samples']) or 'nothing yet'}): {guess}; {one['why']}."
        )
    said = seen["asks"] or "the heading of a column"
    lines.append(f"To say otherwise, give {said} and what it means: {', '.join(seen['meanings'])}.")
    return "\n".join(lines), False


def _packs(host: XlwingsBook) -> str:
    from addin.packs.coming import coming_in

    book = host.read()
    coming = coming_in(book, read_markbook(book), today=date.today())
    lines = [
        f"{coming.told()}.",
        "Packs are web pages and Word documents, and xlwings Lite writes no files. Save this workbook, and on a computer with the "
        "program press Clinic packs, or run `markbook pack` with this workbook and `-o packs`. Nothing was written.",
    ]
    return "\n".join([*lines, *(f"{notice}." for notice in coming.notices)])


def _letters(host: XlwingsBook) -> str:
    from addin.excel.lite.letters_sheet import letters_sheet
    from addin.letters.compose import compose

    book = host.read()
    told, edits = letters_sheet(book, read_markbook(book), compose(book))
    return "\n".join([told, *host.apply(edits)])


def _values(host: XlwingsBook) -> str:
    from addin.excel.lite.values_sheet import values_sheet

    told, edits = values_sheet(host.read())
    return "\n".join([told, *host.apply(edits)])
