"""What is to change in a workbook: columns of results, whole sheets of the program's own, single cells.

An edit says what a column holds and what it is; how that is spelled (XML, xlwings calls) is the host's business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from addin.reading.grid import CellValue, Table
from addin.results.columns import ResultColumn
from model.language.speech import ENGLISH, Language

QUERIES_SHEET = "Queries"
COLUMNS_SHEET = "Columns"


@dataclass(frozen=True, kw_only=True)
class ColumnEdit:
    """The new content of one result column.

    Args:
        spec: Heading, look and width.
        column: Where it stands, counted from 1.
        values: Row -> value; None empties the cell. Rows that are not named are left alone.
        is_new: The column does not exist yet, so that its heading, formats and width are written too.
        in_full: Row -> in whole sentences what the cell says in few words, for a note beside it.
    """

    spec: ResultColumn
    column: int
    values: Mapping[int, CellValue]
    is_new: bool
    in_full: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """Who stands in a row: the texts of the identity cells, as `grid.as_text` gives them."""

    row: int
    texts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Link:
    """A cell that leads to another cell of the same workbook.

    Args:
        text: What the cell shows.
        sheet, cell: Where it leads, such as "Markbook" and "F14".
    """

    text: str
    sheet: str
    cell: str


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A sheet of the program's own, such as `Queries` or `Runs`: its headings and rows are replaced as a whole.

    Args:
        sheet: The sheet's name.
        headings: Its heading row, in row 1.
        widths: Column widths in characters, one per heading.
        rows: Values below the headings; text is always text.
        add: Whether a workbook that has no such sheet gets it; without it the listing is left out there.
        formerly: An older name of the sheet; one of that name is renamed. "" without one.
        per_cents: Headings of columns whose numbers from 0 to 1 are shown as per cent.
    """

    sheet: str
    headings: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[CellValue | Link, ...], ...]
    add: bool = False
    formerly: str = ""
    per_cents: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class SheetEdits:
    """Everything that one run changes: the results in one sheet, and the program's own sheets.

    Args:
        sheet: The sheet's name.
        header_row: The row of the headings.
        first_row, last_row: The students' rows; formats and conditional formats of new columns cover them.
        columns: The result columns, left to right.
        identity_columns: Where `identities` were read; a host reads them again before it writes.
        identities: One per student row.
        table: The Excel table that holds the students, None without one. Where new columns touch its right edge it grows
            to take them in; where they do not, it stays.
        identity_headings: The texts of the heading cells above `identity_columns`, as `grid.as_text` gives them. With them a
            host can follow a heading row that moved; without them it takes the heading row to be where it was.
        listings: The program's own sheets that the run replaces or adds.
        language: The language of its reasons, for what a host adds to them.
    """

    sheet: str
    header_row: int
    first_row: int
    last_row: int
    columns: tuple[ColumnEdit, ...]
    identity_columns: tuple[int, ...]
    identities: tuple[Identity, ...]
    table: Table | None = None
    identity_headings: tuple[str, ...] = ()
    listings: tuple[Listing, ...] = ()
    language: Language = ENGLISH


@dataclass(frozen=True, kw_only=True)
class CellEdits:
    """What changes in one sheet.

    Args:
        sheet: The sheet's name.
        values: (row, column) -> value, counted from 1.
        first_row: The first row below the headings; formats are never borrowed from above it.
        last_row: The last row that the students' block has now: of the table, else the last student.
        added_rows: How many rows follow on it. They get the formats and rules of `last_row`, and the table grows over them.
        table: The Excel table that holds the students, None without one.
        emptied: (row, column) of cells that lose what is in them. A formula stays and loses its stored result alone, which is of
            what stood there before.
    """

    sheet: str
    values: Mapping[tuple[int, int], CellValue]
    first_row: int
    last_row: int
    added_rows: int = 0
    table: Table | None = None
    emptied: frozenset[tuple[int, int]] = field(default_factory=frozenset)
