"""The columns of a class, as data for the task pane, and what a teacher says of them -> edits of the sheet `Columns`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from addin.errors import RequestProblem
from addin.reading.grid import Book
from addin.reading.headings.map import heading_map
from addin.reading.table.asked import MEANINGS, answers_in, asked_of
from addin.reading.table.find_class import Found, find_class, of_each_class
from addin.results.annotate import map_edits
from addin.results.edits import SheetEdits


def columns_in(book: Book) -> dict[str, Any]:
    """Everything that the part Columns of the task pane shows, ready for JSON.

    Returns:
        `sheet`; `doubt`: what has to be said before the class can be scored, "" where nothing has; `asks`: under which name the
        answer is kept where it is said of no column; `meanings`: what to choose
        from; `columns`, each with `place`, `heading`, `samples`, `guess`, `why`, `is_sure` and `is_left_out`.

    Example:
        >>> from addin.reading.grid import Sheet
        >>> rows = (("Name", "Angles (20)"), ("Ova Zarrin", 12), ("Tul Beska", 15))
        >>> columns_in(Book(sheets=(Sheet(name="Y9", rows=rows),)))["columns"][1]["guess"]
        'test (20)'
    """
    found = _class_in(book)
    return {
        "sheet": found.sheet.name,
        "doubt": found.doubt or "",
        "asks": found.asks,
        "meanings": list(MEANINGS),
        "columns": [asdict(one) for one in asked_of(found)],
    }


def keep_columns(book: Book, said: Mapping[str, str]) -> SheetEdits:
    """The edits that keep what a teacher says of columns on the sheet `Columns`, which is added.

    Args:
        book: What a host read.
        said: Heading, or a name of `remembered.SPECIAL` -> what it means.

    Raises:
        RequestProblem: Nothing is said, a heading is not there, or a meaning is not understood.

    Example:
        >>> from addin.reading.grid import Sheet
        >>> rows = (("Name", "Angles (20)"), ("Ova Zarrin", 12), ("Tul Beska", 15))
        >>> keep_columns(Book(sheets=(Sheet(name="Y9", rows=rows),)), {"Angles (20)": "ignored"}).listings[0].rows
        (('Angles (20)', 'ignored'),)
    """
    if not said:
        raise RequestProblem("Nothing is said of any column. Choose what one of them means, and press Keep.")
    found = _class_in(book)
    return map_edits(found, {**heading_map(book).means, **answers_in(found, dict(said))})


def _class_in(book: Book) -> Found:
    means = heading_map(book).means
    return of_each_class(lambda name: find_class(book, name, means, may_be_empty=True))[0]
