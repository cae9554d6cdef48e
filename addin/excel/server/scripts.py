"""What the client may ask the server to do: one script for each button, named by the one table, and two for the task pane.

Each takes the workbook as the client sends it, lets `addin.ribbon` do the work, and hands over what is to be shown. A
`MarkbookError` is not caught here: the application answers it with status 400 and its text (`addin.excel.server.app`).
"""

from __future__ import annotations

import json

import xlwings as xw

from addin import ribbon
from addin.errors import RequestProblem
from addin.excel.buttons import BUTTONS
from addin.excel.columns import columns_in
from addin.excel.columns import keep_columns as keep_columns_of
from addin.excel.server.answer import Answer, hand_over
from addin.excel.server.decision import decide
from addin.excel.server.files import letter_files, mail_files, packs_files
from addin.excel.server.glance import glance
from addin.excel.server.once import class_reviews
from addin.hosts.xlwings_book import XlwingsBook
from model.language.speech import ENGLISH, SOURCE, gettext_noop, language_of, languages

_BY_ENTRY = {button.entry: button for button in BUTTONS}

SCRIPTS = (*_BY_ENTRY, "show_class", "enter_decision", "show_columns", "keep_columns")
"""All that may be called, by name."""


@xw.script
def score_class(book: xw.Book) -> None:
    """Score class."""
    hand_over(book, Answer(told=ribbon.score_button(XlwingsBook(book), reviewed=class_reviews)))


@xw.script
def check_data(book: xw.Book) -> None:
    """Check data."""
    _press(book, "check_data")


@xw.script
def clear_results(book: xw.Book) -> None:
    """Clear."""
    _press(book, "clear_results")


@xw.script
def what_if(book: xw.Book) -> None:
    """What if."""
    _press(book, "what_if")


@xw.script
def plan_clinics(book: xw.Book) -> None:
    """Plan clinics."""
    _press(book, "plan_clinics")


@xw.script
def write_packs(book: xw.Book) -> None:
    """Clinic packs: on a server, as one archive to save."""
    told, files = packs_files(XlwingsBook(book).read())
    hand_over(book, Answer(told=told, files=files))


@xw.script
def write_letters(book: xw.Book) -> None:
    """Letters: on a server, as one archive to save."""
    told, files = letter_files(XlwingsBook(book).read())
    hand_over(book, Answer(told=told, files=files))


@xw.script
def email_markbook(book: xw.Book) -> None:
    """E-mail markbook: on a server, as files to save."""
    told, files = mail_files(XlwingsBook(book).read())
    hand_over(book, Answer(told=told, files=files))


@xw.script
def show_help(book: xw.Book) -> None:
    """Help."""
    _press(book, "show_help")


@xw.script
def show_class(book: xw.Book, language: str = SOURCE) -> None:
    """The class at a glance, for the task pane; nothing is written.

    Args:
        book: The open workbook.
        language: The code of the pane's language.
    """
    spoken = language_of(str(language)) if str(language) in languages() else ENGLISH
    hand_over(book, Answer(glance=glance(XlwingsBook(book).read(), language=spoken)))


@xw.script
def enter_decision(
    book: xw.Book, key: str, decision: str, note: str = "", seen_decision: str | None = None, seen_note: str = ""
) -> None:
    """Enter a student's decision and note into the sheet.

    Args:
        book: The open workbook.
        key: The student's key, from the class at a glance.
        decision: Accept, Reject, Defer, or "" to take it back.
        note: The teacher's words.
        seen_decision, seen_note: What the task pane showed, which must still stand in the sheet; left out, whatever does.
    """
    host = XlwingsBook(book)
    seen = None if seen_decision is None else (str(seen_decision), str(seen_note))
    edits = decide(host.read(), key=str(key), decision=str(decision), note=_as_text(str(note)), seen=seen)
    notices = host.apply(edits)
    hand_over(book, Answer(told="\n".join([gettext_noop("The decision is entered."), *notices])))


@xw.script
def show_columns(book: xw.Book) -> None:
    """What each column is taken for, for the task pane; nothing is written."""
    hand_over(book, Answer(columns=columns_in(XlwingsBook(book).read())))


@xw.script
def keep_columns(book: xw.Book, said: str) -> None:
    """Keep what a teacher says of columns on the sheet `Columns`.

    Args:
        book: The open workbook.
        said: A JSON object: heading -> what it means.
    """
    try:
        answers = {str(heading): str(meaning) for heading, meaning in json.loads(str(said)).items()}
    except (ValueError, AttributeError) as error:
        raise RequestProblem("What is said of the columns is no list of headings and meanings.") from error
    host = XlwingsBook(book)
    notices = host.apply(keep_columns_of(host.read(), answers))
    hand_over(book, Answer(told="\n".join([gettext_noop("Kept on the sheet Columns."), *notices])))


def _as_text(note: str) -> str:
    """A note that Excel would take for a formula gets the apostrophe that marks text and is not part of it."""
    return f"'{note}" if note.startswith(("=", "+", "-", "@", "'")) else note


def _press(book: xw.Book, entry: str) -> None:
    told = getattr(ribbon, _BY_ENTRY[entry].function)(XlwingsBook(book))
    hand_over(book, Answer(told=told))
