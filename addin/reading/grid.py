"""Cells as a host hands them over: a book of sheets, each a rectangle of plain values that begins at A1.

Rows and columns are counted from 1, as Excel shows them; `rows[r - 1][c - 1]` is the cell in row r, column c.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from operator import itemgetter
from typing import NamedTuple

CellValue = str | float | int | bool | date | datetime | time | timedelta | None
"""What a cell may hold. Empty cells are None; Excel's errors are their own text, such as "#N/A"."""

EXCEL_ERRORS = frozenset(
    {"#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)


@dataclass(frozen=True, kw_only=True)
class Table:
    """An Excel table (ListObject): its heading row and the rows below it."""

    name: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int


class Area(NamedTuple):
    """A rectangle of cells, its corners included.

    Example:
        >>> str(Area(2, 1, 3, 4)), Area(2, 1, 3, 4).holds(3, 4)
        ('A2:D3', True)
    """

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        return f"{address(self.first_row, self.first_column)}:{address(self.last_row, self.last_column)}"

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One worksheet.

    What a host cannot tell is None, or said by `tells_formulas`; writers then keep off: no row without a result is written, and
    no column inside the used range is covered.

    Args:
        name: The name on its tab.
        rows: Rectangular values from A1 to the last used cell.
        visible: False for hidden and very hidden sheets.
        tables: Its Excel tables.
        formulas: (row, column) of cells that hold a formula; these are never written to. Empty where a host cannot tell.
        tells_formulas: Whether the host knows which cells hold formulas.
        merged: Cells that are merged into one. None where a host cannot tell.
        filtered: Whether a filter is on. None where a host cannot tell.
        protected: Whether the sheet is protected. None where a host cannot tell.
        uncalculated: Whether the program that wrote the file works out no formulas, and stores 0 for them.
        percents: (row, column) of numbers that are shown as per cent (0.42 shown as 42 %). Empty where a host cannot tell.
        floating_columns: The last column that a chart, picture or other floating object reaches, 0 without any.
        hidden_columns: Columns that nobody sees, counted from 1. None where a host cannot tell.
        hidden_rows: Rows that nobody sees. None where a host cannot tell.
        refusal: Why the sheet is too large to be read, in which case it has no rows; "" for all others.
    """

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    visible: bool = True
    tables: tuple[Table, ...] = ()
    formulas: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    tells_formulas: bool = True
    merged: tuple[Area, ...] | None = ()
    filtered: bool | None = False
    protected: bool | None = False
    uncalculated: bool = False
    percents: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    floating_columns: int = 0
    hidden_columns: frozenset[int] | None = None
    hidden_rows: frozenset[int] | None = None
    refusal: str = ""

    def cell(self, row: int, column: int) -> CellValue:
        """The value at (row, column), None outside the used rectangle.

        Example:
            >>> Sheet(name="Y9", rows=(("Name", "Mark"),)).cell(1, 2)
            'Mark'
        """
        if 1 <= row <= len(self.rows) and 1 <= column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return None

    def last_used(self, first_row: int = 1) -> int:
        """The last column in which anything stands, a formula without a result and merged cells from `first_row` on included.

        Where the host cannot tell formulas or merged cells, it is the last column of the used range, empty or not.

        Example:
            >>> rows = (("Name", "Mark", None, None),)
            >>> Sheet(name="Y9", rows=rows).last_used(), Sheet(name="Y9", rows=rows, tells_formulas=False).last_used()
            (2, 4)
        """
        if not self.tells_formulas or self.merged is None:
            return max(map(len, self.rows), default=0)
        last = max((column for _, column in self.formulas), default=0)
        last = max([last, *(area.last_column for area in self.merged if area.last_row >= first_row)])
        for cells in self.rows:
            for column in range(len(cells), last, -1):
                if holds(cells[column - 1]):
                    last = column
                    break
        return last


def holds(cell: CellValue) -> bool:
    """Whether anything stands in a cell; white space and signs that nobody sees are nothing.

    Example:
        >>> holds(0), holds(" \\u00a0"), holds(None)
        (True, False, False)
    """
    if not isinstance(cell, str):
        return cell is not None
    return bool(cell) and not cell.isspace() and (cell.isascii() or bool(as_text(cell)))


@dataclass(frozen=True, kw_only=True)
class Book:
    """All sheets of a workbook, in the order of their tabs, and its defined names' single cells.

    Args:
        sheets: The worksheets.
        names: Values of the workbook's defined names that stand for one cell, such as "half_term".
        manual_calculation: Whether Excel works formulas out on request alone. None where a host cannot tell.
    """

    sheets: tuple[Sheet, ...]
    names: dict[str, CellValue] = field(default_factory=dict)
    manual_calculation: bool | None = None

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name, None where there is none; Excel's names ignore case."""
        return next((sheet for sheet in self.sheets if sheet.name.casefold() == name.casefold()), None)


def cells_of(rows: Sequence[Sequence[CellValue]], place: int) -> list[CellValue]:
    """What rows hold in one column, counted from 0; None where a row ends left of it.

    Example:
        >>> cells_of([("Ova", 12), ("Tul",)], 1)
        [12, None]
    """
    try:
        return list(map(itemgetter(place), rows))
    except IndexError:
        return [row[place] if place < len(row) else None for row in rows]


def texts_of(cells: Iterable[CellValue]) -> list[str]:
    """`as_text` of many cells, of which most hold plain texts.

    Example:
        >>> texts_of(["  Ova  Zarrin", None, 4827.0])
        ['Ova Zarrin', '', '4827']
    """
    return [" ".join(cell.split()) if cell.__class__ is str and cell.isascii() else as_text(cell) for cell in cells]


def kinds_of(cells: Iterable[CellValue]) -> set[type]:
    """The types of many cells: what most columns hold is told by them, without a look at each cell.

    Example:
        >>> kinds_of([12.0, None, 7.5]) == {float, type(None)}
        True
    """
    return set(map(type, cells))


def are_alike(kinds: Set[type]) -> bool:
    """Whether cells of these types may be equal and yet not the same, as True, 1 and 1.0 are.

    Example:
        >>> are_alike({float, str}), are_alike({float, bool})
        (False, True)
    """
    return len(kinds & _ALIKE) > 1


_ALIKE = frozenset((bool, int, float))


@cache
def column_letters(column: int) -> str:
    """The letters of a column counted from 1.

    Example:
        >>> column_letters(1), column_letters(28), column_letters(16384)
        ('A', 'AB', 'XFD')
    """
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The address of a cell as Excel shows it.

    Example:
        >>> address(14, 6)
        'F14'
    """
    return f"{column_letters(column)}{row}"


def as_text(value: CellValue) -> str:
    """A cell's value as a person would write it: no '.0' behind whole numbers, no white space around, no-break spaces plain, and
    no sign that nobody sees, such as a space without width.

    Example:
        >>> as_text(4827.0), as_text("  Q\\u00a0x "), as_text("Z\\u200bov"), as_text(None)
        ('4827', 'Q x', 'Zov', '')
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    return " ".join((text if text.isascii() else _UNSEEN.sub("", text)).split())


_UNSEEN = re.compile(
    "[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001"
    "\U000e0020-\U000e007f]"
)
"""Signs that only say how others are written, which Unicode calls format characters."""


def whole_letters(text: str) -> str:
    """A text without halves of letters, which JSON and the escapes of Excel's files can spell, and no file or page can hold.

    Example:
        >>> whole_letters("Zov\\ud83d\\ude00"), whole_letters("Zov\\ud83d"), whole_letters("Zovβ")
        ('Zov😀', 'Zov\ufffd', 'Zovβ')
    """
    if text.isascii() or _HALF.search(text) is None:
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


_HALF = re.compile("[\ud800-\udfff]")


def as_date(value: CellValue) -> date | None:
    """The day that a cell holds as a date or writes as such (YYYY-MM-DD), None where it is none.

    Example:
        >>> as_date(datetime(2026, 2, 9, 12, 40)), as_date("2026-02-09"), as_date("next week")
        (datetime.date(2026, 2, 9), datetime.date(2026, 2, 9), None)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(as_text(value)[:10])
    except ValueError:
        return None


_FORMULA = re.compile(r"(^|[;,|\t\r\n])(?=\s*[=+\-@＝＋－＠\t\r\n])")
"""What begins a formula, at the beginning of a cell and after every character that some program may take for a separator."""


def safe(text: str) -> str:
    """A text that no spreadsheet program takes for a formula; all others stay as they are.

    Example:
        >>> safe("=1+1"), safe("x;@SUM(A1)"), safe("Anne-Marie O'Zar"), safe(" -2")
        ("'=1+1", "x;'@SUM(A1)", "Anne-Marie O'Zar", "' -2")
    """
    return _FORMULA.sub(r"\1'", text)
