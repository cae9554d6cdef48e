"""Cells as a host hands them over: a book of sheets, each a rectangle of plain values that begins at A1.

Rows and columns are counted from 1, as Excel shows them; `rows[r - 1][c - 1]` is the cell in row r, column c.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

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


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One worksheet.

    Args:
        name: The name on its tab.
        rows: Rectangular values from A1 to the last used cell.
        visible: False for hidden and very hidden sheets.
        tables: Its Excel tables.
        formulas: (row, column) of cells that hold a formula; these are never written to. Empty where a host cannot tell.
        percents: (row, column) of numbers that are shown as per cent (0.42 shown as 42 %). Empty where a host cannot tell.
        floating_columns: The last column that a chart, picture or other floating object reaches, 0 without any.
        hidden_columns: Columns that nobody sees, counted from 1. None where a host cannot tell.
        refusal: Why the sheet is too large to be read, in which case it has no rows; "" for all others.
    """

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    visible: bool = True
    tables: tuple[Table, ...] = ()
    formulas: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    percents: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    floating_columns: int = 0
    hidden_columns: frozenset[int] | None = None
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


@dataclass(frozen=True, kw_only=True)
class Book:
    """All sheets of a workbook, in the order of their tabs, and its defined names' single cells.

    Args:
        sheets: The worksheets.
        names: Values of the workbook's defined names that stand for one cell, such as "half_term".
    """

    sheets: tuple[Sheet, ...]
    names: dict[str, CellValue] = field(default_factory=dict)

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name, None where there is none; Excel's names ignore case."""
        return next((sheet for sheet in self.sheets if sheet.name.casefold() == name.casefold()), None)


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
    """A cell's value as a person would write it: no '.0' behind whole numbers, no white space around, no-break spaces plain.

    Example:
        >>> as_text(4827.0), as_text("  Q\\u00a0x "), as_text(None)
        ('4827', 'Q x', '')
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


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
