"""The teacher's own activities: the sheet `Activities` of a workbook, read back so that a school's own are suggested.

A row that cannot be used becomes a query and is left out; the others are used. Without the sheet the bundled library serves.
"""

from __future__ import annotations

from addin.reading.grid import Book, Sheet, address, as_text
from addin.reading.markbook import Query
from model import activities
from model.activities import Activity, parse_row
from model.errors import ActivitiesError

SHEET = "Activities"
HEADINGS = {
    "strand": "strand",
    "topic": "topic",
    "kind": "kind",
    "title": "title",
    "misconception": "misconception",
    "scaffold": "scaffold",
    "how it fades": "fade",
    "source": "source",
}
"""Heading on the sheet -> column of the library."""

NEEDED = frozenset({"strand", "topic", "kind", "title", "scaffold"})


def library_in(book: Book) -> tuple[tuple[Activity, ...], tuple[Query, ...]]:
    """The activities of a workbook and the queries about rows that cannot be used.

    Returns:
        The teacher's own activities, and the bundled ones of all topics that the sheet `Activities` does not have.

    Example:
        >>> headings = ("Strand", "Topic", "Kind", "Title", "Scaffold")
        >>> rows = (headings, ("Number", "Fractions", "re-teach", "Our bars", "Draw bars."), ("Nombre", "", "", "", ""))
        >>> own, queries = library_in(Book(sheets=(Sheet(name="Activities", rows=rows),)))
        >>> own[0].title, len(own) > 100, [query.cell for query in queries]
        ('Our bars', True, ['Activities!A3'])
    """
    sheet = book.sheet(SHEET)
    place = None if sheet is None else _headings(sheet)
    if sheet is None or place is None:
        return activities.bundled(), ()
    header_row, columns = place
    own: list[Activity] = []
    queries: list[Query] = []
    for row in range(header_row + 1, len(sheet.rows) + 1):
        texts = {name: as_text(sheet.cell(row, column)) for name, column in columns.items()}
        if not any(texts.values()):
            continue
        try:
            own.append(parse_row(texts, place=f"{SHEET}, row {row}"))
        except ActivitiesError as error:
            cell = address(row, columns[error.column])
            queries.append(
                Query(cell=f"{SHEET}!{cell}", value=texts[error.column], rule=error.rule, remedy=error.remedy)
            )
    topics = {activity.topic.casefold() for activity in own}
    extended = (activity for activity in activities.bundled() if activity.topic.casefold() not in topics)
    return (*own, *extended), tuple(queries)


def _headings(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The heading row within the first ten, and column of the library -> column of the sheet."""
    for row in range(1, min(10, len(sheet.rows)) + 1):
        columns = {
            HEADINGS[text]: column
            for column, cell in enumerate(sheet.rows[row - 1], start=1)
            if (text := as_text(cell).casefold()) in HEADINGS
        }
        if set(columns) >= NEEDED:
            return row, columns
    return None
