"""Notes on the flag cells of a workbook that is open on the desktop: who is meant and every reason, where the mouse rests.

A note hangs on a cell and knows nothing of the student beside it, and `Why` holds the reasons anyway. So there are notes only
where an earlier one can be told and taken away first:

- Excel on the desktop can read and delete notes. A server's book knows which cells have notes but not what they say, and a closed
  file keeps every note that it finds: there none are made, and of those that may be old the user is told.
- Each note names its day and its student, whatever becomes of the rows. (Excel sorts notes along with their cells.)
- A note is ours if it begins and ends as ours do. One that somebody has written into, or somebody's own, is never touched.
- At most `MOST_NOTES` students get one, flagged ones in the order of priority: each costs Excel several requests, and the number
  of requests must not grow with the class.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from typing import Any

from addin.reading.grid import as_text
from addin.reading.upn import is_upn
from addin.results.edits import ColumnEdit, Identity, SheetEdits
from model.language.speech import gettext_noop, language_of, languages
from model.vocabulary import Flag

OPENING = gettext_noop("Maths Clinic: why this flag")
"""The first line of every note of ours."""

# Translators: Score class is a button and Decision note a column of the workbook; both keep their names.
CLOSING = gettext_noop("Score class replaces this note; Decision note is for your own words.")
"""The last line of every note of ours."""

MOST_NOTES = 30
"""As many as a usual class has students."""


def is_ours(text: str) -> bool:
    """Whether a note was made by a run, in whatever language, and nobody has written above or below it.

    Example:
        >>> is_ours(f"{OPENING}\\n2 March 2026\\n{CLOSING}"), is_ours(f"{OPENING}\\n{CLOSING}\\nRang home."), is_ours("")
        (True, False, False)
    """
    lines = text.splitlines()
    return bool(lines) and (lines[0], lines[-1]) in _ends()


@cache
def _ends() -> frozenset[tuple[str, str]]:
    """How notes begin and end, in every language: a workbook may have been scored in another one."""
    spoken = map(language_of, languages())
    return frozenset((each.gettext(OPENING), each.gettext(CLOSING)) for each in spoken)


def note_texts(edits: SheetEdits, day: date) -> dict[int, str]:
    """Row -> note, for the flagged students who come first.

    Args:
        edits: The results as they fit the sheet now. Where they empty the columns there are no notes.
    """
    flags, priorities, reasons = _values(edits, "Flag"), _values(edits, "Priority"), _in_full(edits, "Why")
    risks, topics = _values(edits, "Risk"), _in_full(edits, "Topics to work on")
    flagged = [row for row, flag in flags.items() if flag in (Flag.HIGH, Flag.WATCH) and row in priorities]
    order = sorted(flagged, key=lambda row: (float(as_text(priorities[row]) or "inf"), row))[:MOST_NOTES]
    who = {identity.row: identity for identity in edits.identities}
    language = edits.language
    return {
        row: "\n".join(
            [
                language.gettext(OPENING),
                language.day(day),
                language.gettext(
                    "%(name)s: %(flag)s, risk %(risk)s%%",
                    name=_name(who[row]),
                    flag=as_text(flags[row]),
                    risk=f"{100 * float(as_text(risks.get(row)) or 'nan'):.0f}",
                ),
                *(f"- {reason}" for reason in as_text(reasons.get(row)).removesuffix(".").split("; ")),
                *str(topics.get(row) or "").splitlines(),
                language.gettext(CLOSING),
            ]
        )
        for row in order
        if row in who
    }


def remove_notes(sheet: Any) -> int | None:
    """Delete our notes of an earlier run, wherever on the sheet they are by now.

    Returns:
        How many of them could not be deleted; None where the notes cannot even be read, so that none should be made.
    """
    try:
        # Gathered first: deleting changes what is walked over.
        ours = [spot for spot, text in _notes(sheet) if is_ours(text)]
    except Exception:  # each engine has its own errors; results matter more than notes
        return None
    left = 0
    for row, column in ours:
        try:
            sheet.range((row, column)).note.delete()
        except Exception:  # a protected sheet is the usual reason
            left += 1
    return left


def add_notes(sheet: Any, edits: SheetEdits, day: date) -> int:
    """Put the notes on the flag cells that have none.

    Returns:
        How many cells took none: they have one that is not ours, or are protected.
    """
    texts, column = note_texts(edits, day), _column(edits, "Flag")
    if not texts or column is None:
        return 0
    kept = 0
    for row, text in texts.items():
        try:
            note = sheet.range((row, column.column)).add_note(text)
        except (
            Exception
        ):  # a note is there, which xlwings refuses to replace, or a threaded comment, or notes are protected
            kept += 1
        else:
            _fit(note)
    return kept


def may_be_old(sheet: Any, edits: SheetEdits) -> bool:
    """Whether flag cells have notes, on a sheet whose engine tells that they are there but not what they say."""
    column = _column(edits, "Flag")
    with suppress(NotImplementedError):  # an Excel too old to tell
        return (
            column is not None
            and len(sheet.notes) > 0
            and any(sheet.range((row, column.column)).note is not None for row in column.values)
        )
    return False


def _notes(sheet: Any) -> Iterator[tuple[tuple[int, int], str]]:
    for note in sheet.notes:
        cell = note.location
        yield (cell.row, cell.column), str(note.text or "")


def _fit(note: Any) -> None:
    """A note's frame shows four lines unless it is told to fit. Windows alone can be told; elsewhere its corner can be drawn."""
    if sys.platform == "win32":
        with suppress(Exception):
            note.api.Shape.TextFrame.AutoSize = True


def _column(edits: SheetEdits, heading: str) -> ColumnEdit | None:
    return next((column for column in edits.columns if column.spec.heading == heading), None)


def _values(edits: SheetEdits, heading: str) -> dict[int, Any]:
    column = _column(edits, heading)
    return {} if column is None else {row: value for row, value in column.values.items() if value is not None}


def _in_full(edits: SheetEdits, heading: str) -> dict[int, Any]:
    column = _column(edits, heading)
    return _values(edits, heading) | (dict(column.in_full) if column is not None else {})


def _name(who: Identity) -> str:
    """The name: what has no digit in it, as numbers, forms and sets have; else the first that is not a UPN."""
    texts = [text for text in who.texts if text and not is_upn(text)]
    return " ".join(text for text in texts if not any(map(str.isdigit, text))) or "".join(texts[:1])
