"""Addresses and ranges as the XML spells them: "F14", "A1:H34", and lists of them with blanks between."""

from __future__ import annotations

import re
from functools import lru_cache

from addin.reading.grid import Area, address

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


@lru_cache(maxsize=4096)
def column_number(letters: str) -> int:
    """The number of a column's letters; ValueError where they name no column.


    Example:
        >>> column_number("A"), column_number("XFD")
        (1, 16384)
    """
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(f"{letters!r} is no column")
        number = number * 26 + ord(letter) - ord("A") + 1
    if not 1 <= number <= LAST_COLUMN:
        raise ValueError(f"{letters!r} is no column")
    return number


def cell_column(text: str) -> int:
    """The column of an address such as "AB12"."""
    return column_number(text.rstrip("0123456789"))


class Range(Area):
    """A rectangle of cells, both ends included, counted from 1, as a part of a workbook spells it."""

    @classmethod
    def parse(cls, text: str) -> Range:
        """The range of "A1:H34", "$B$4" or "F14".

        Raises:
            ValueError: The text is no range of cells.

        Example:
            >>> Range.parse("$A$4:H34")
            Range(first_row=4, first_column=1, last_row=34, last_column=8)
        """
        start, _, end = text.strip().partition(":")
        corners = _ADDRESS.fullmatch(start), _ADDRESS.fullmatch(end or start)
        if corners[0] is None or corners[1] is None:
            raise ValueError(f"{text!r} is no range of cells")
        rows = sorted(int(corner[2]) for corner in corners if corner)
        columns = sorted(column_number(corner[1]) for corner in corners if corner)
        return cls(rows[0], columns[0], rows[1], columns[1])

    def __str__(self) -> str:
        start, end = address(self.first_row, self.first_column), address(self.last_row, self.last_column)
        return start if start == end else f"{start}:{end}"

    def meets(self, other: Range) -> bool:
        """Whether two ranges share a cell."""
        return (
            self.first_row <= other.last_row
            and other.first_row <= self.last_row
            and self.first_column <= other.last_column
            and other.first_column <= self.last_column
        )

    def union(self, other: Range) -> Range:
        """The smallest range that holds both."""
        return Range(
            min(self.first_row, other.first_row),
            min(self.first_column, other.first_column),
            max(self.last_row, other.last_row),
            max(self.last_column, other.last_column),
        )


def covers_column(ranges_text: str, column: int) -> bool:
    """Whether one of the ranges stands in just that column.

    Example:
        >>> covers_column("A1:B9 F5:F34", 6), covers_column("A1:H9", 6)
        (True, False)
    """
    return any(part.first_column == part.last_column == column for part in map(Range.parse, ranges_text.split()))


def stretch_column(ranges_text: str, wanted: Range) -> str:
    """A list of ranges whose part in the column of `wanted` is stretched to hold its rows; unchanged where it holds them.


    Example:
        >>> stretch_column("A1 F5:F34", Range.parse("F5:F36")), stretch_column("F5:F34", Range.parse("F6:F9"))
        ('A1 F5:F36', 'F5:F34')
    """
    kept: list[str] = []
    stretched = wanted
    for text in ranges_text.split():
        part = Range.parse(text)
        if part.union(wanted) == part:
            return ranges_text
        if part.first_column == part.last_column == wanted.first_column:
            stretched = stretched.union(part)
        else:
            kept.append(text)
    return " ".join([*kept, str(stretched)])


def widened(extent: str, area: Range) -> str:
    """A sheet's stated extent with an area in it; one of whole rows or columns is no statement about cells and stays.

    Example:
        >>> widened("A1:D9", Range(1, 5, 12, 6)), widened("1:10901", Range(1, 5, 12, 6))
        ('A1:F12', '1:10901')
    """
    try:
        return str(Range.parse(extent).union(area))
    except ValueError:
        return extent
