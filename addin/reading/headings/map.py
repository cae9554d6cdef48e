"""The teacher's own map of headings on the sheet `Setup` or `Columns`: what it says goes before anything we think.

The map is a block of two columns, wherever it stands on the sheet: the cells `Heading` and `Means` side by side, and below
them one heading a row with what it means, in the words of a heading that the program knows.

    Heading      Means
    Wk 3 quiz    Algebra test (20)
    Prog 8       ignored
    Behaviour    effort
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from addin.reading.grades import ladder
from addin.reading.grid import Book, Sheet, Table, address, as_text
from addin.reading.headings.column import Role, role_of
from addin.reading.headings.remembered import BEST_MARK, ONLY_SUBJECT
from addin.reading.headings.text import plain
from addin.reading.queries import Query

SHEETS = ("Setup", "Columns")
"""The template's sheet, and the one that a workbook of one's own gets. Where both say something, the first counts."""

LEFT_OUT = "notes"
"""A heading of what is left out, and so the word for it."""

_IGNORED = frozenset({"ignored", "ignore", "leave out", "left out", "not used", "nothing"})
_BY_ROLE = {"outcome": "final grade", "audit": "pp", "audit only": "pp", "key stage 2 score": "ks2"}
"""Names of roles that are no heading themselves."""


@dataclass(frozen=True)
class HeadingMap:
    """What `Setup` says of headings.

    Args:
        means: `heading_text.plain` heading -> its meaning, as the text of a heading that the program knows.
        written: The same headings as they were written, for messages.
        queries: Rows of the map that were not understood; they say nothing.
    """

    means: Mapping[str, str] = field(default_factory=dict)
    written: tuple[str, ...] = ()
    queries: tuple[Query, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MapBlock:
    """Where a map stands: its sheet, the row below `Heading` and `Means`, the column of `Heading`, and its Excel table."""

    sheet: Sheet
    first_row: int
    column: int
    table: Table | None

    @property
    def rows(self) -> range:
        """The rows of the map, those that are still blank included."""
        if self.table is not None:
            return range(self.first_row, self.table.last_row + 1)
        last = self.first_row
        while any(as_text(self.sheet.cell(last, column)) for column in (self.column, self.column + 1)):
            last += 1  # below a blank row stands something else
        return range(self.first_row, last)


def map_block(book: Book, name: str) -> MapBlock | None:
    """Where the map of a sheet stands; None where it has none."""
    sheet = book.sheet(name)
    for row, cells in enumerate(sheet.rows if sheet else (), start=1):
        for column in range(1, len(cells)):
            if plain(as_text(cells[column - 1])) == "heading" and plain(as_text(cells[column])) == "means":
                assert sheet is not None, "it has rows"
                table = next((t for t in sheet.tables if (t.first_row, t.first_column) == (row, column)), None)
                return MapBlock(sheet=sheet, first_row=row + 1, column=column, table=table)
    return None


def heading_map(book: Book) -> HeadingMap:
    """The map that a book holds; an empty one where it holds none.

    Example:
        >>> from addin.reading.grid import Sheet
        >>> rows = (("Heading", "Means"), ("Wk 3 quiz", "Algebra test"), ("Behaviour", "effort"), ("Prog 8", "chess"))
        >>> read = heading_map(Book(sheets=(Sheet(name="Setup", rows=rows),)))
        >>> dict(read.means), [query.cell for query in read.queries]
        ({'wk 3 quiz': 'Algebra test', 'behaviour': 'effort'}, ['Setup!B4'])
    """
    means: dict[str, str] = {}
    written: list[str] = []
    queries: list[Query] = []
    blocks = filter(None, (map_block(book, name) for name in SHEETS))
    for sheet, left, row in [(block.sheet, block.column, row) for block in blocks for row in block.rows]:
        heading, meaning = as_text(sheet.cell(row, left)), as_text(sheet.cell(row, left + 1))
        if not heading and not meaning:
            continue
        key = plain(heading)
        words = meaning_of(key, meaning)
        if role_of(heading) is Role.RESULT:
            queries.append(
                Query(
                    cell=f"{sheet.name}!{address(row, left)}",
                    value=heading,
                    rule="the headings of results have no other meaning",
                    remedy="Clear the row; a column of your own needs another heading, such as 'My risk'",
                )
            )
        elif words is None or not key:
            queries.append(
                Query(
                    cell=f"{sheet.name}!{address(row, left + 1 if key else left)}",
                    value=meaning if key else heading,
                    rule="Means holds a word that the program knows" if key else "the map needs a heading",
                    remedy="Enter a role such as attendance, effort or ignored, or a test such as Algebra test (20)"
                    if key
                    else "Enter the heading as it stands above the students, or clear the row",
                )
            )
        elif key in means and means[key] != words:
            queries.append(
                Query(
                    cell=f"{sheet.name}!{address(row, left)}",
                    value=heading,
                    rule="a heading stands once in the map; the first row counts",
                    remedy="Remove one of the rows",
                )
            )
        else:
            means[key] = words
            written.append(heading)
    return HeadingMap(means=means, written=tuple(written), queries=tuple(queries))


def meaning_of(key: str, text: str) -> str | None:
    """A meaning in the words of a heading, None where it is not understood.

    Args:
        key: The `plain` heading, or the name of what is said of the whole sheet.
        text: What the teacher says.

    Example:
        >>> meaning_of("wk 3", "ignore"), meaning_of("best mark", "1"), meaning_of("wk 3", "chess")
        ('notes', '1', None)
    """
    if role_of(key) is Role.RESULT:
        return None
    if key == BEST_MARK:
        return text if text in ("1", "6") else None
    if key == ONLY_SUBJECT:
        return text or None
    if plain(text).startswith("stages "):
        return text if ladder(text.partition(":")[2]) else None
    if plain(text) in _IGNORED:
        return LEFT_OUT
    words = _BY_ROLE.get(plain(text), text)
    return None if role_of(words) in (None, Role.RESULT) else words
