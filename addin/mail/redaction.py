"""What never leaves with a copy, whatever cell it stands in: unique pupil numbers, which follow a child for life."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from addin.reading.grid import Book, as_text
from addin.reading.headings.column import Role
from addin.reading.markbook import Markbook
from addin.reading.upn import LETTERS

Clean = Callable[[str], str]
"""From a text to the same without what must not travel."""

IN_PLACE = "(UPN left out)"
SHORTEST_KNOWN = 6
"""Characters from which an entry of a UPN column is looked for elsewhere; what is shorter is a word such as "tbc"."""

_FORM = re.compile(rf"(?<!\w)[{LETTERS}]\d{{11}}[0-9{LETTERS}](?!\w)", re.IGNORECASE)


def without_upns(known: Iterable[str] = ()) -> Clean:
    """A function that takes unique pupil numbers out of texts.

    Args:
        known: Entries of the UPN columns, which may be wrong ones; looked for as they are written.

    Example:
        >>> clean = without_upns(["80120000500"])
        >>> clean("'b801200005001' is not a UPN"), clean("80120000500"), clean("47 is above 40")
        ("'(UPN left out)' is not a UPN", '(UPN left out)', '47 is above 40')
    """
    entries = sorted({entry for entry in known if len(entry) >= SHORTEST_KNOWN}, key=len, reverse=True)
    written = re.compile("|".join(rf"(?<!\w){re.escape(entry)}(?!\w)" for entry in entries), re.IGNORECASE)

    def clean(text: str) -> str:
        found = written.sub(IN_PLACE, text) if entries else text
        return _FORM.sub(IN_PLACE, found)

    return clean


def upns_in(book: Book, markbook: Markbook) -> tuple[str, ...]:
    """What stands in the UPN columns of the students."""
    sheet = book.sheet(markbook.sheet)
    columns = [column.index + 1 for column in markbook.columns if column.role is Role.UPN]
    return tuple(
        text
        for student in markbook.students
        for column in columns
        if sheet and (text := as_text(sheet.cell(student.row, column)))
    )
