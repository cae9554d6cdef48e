"""Values -> the XML of cells: what Excel can hold, and spelled so that it stays what it is."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

from lxml import etree

from addin.errors import WriteFailed
from addin.files.package.cell_text import escape, fit
from addin.files.package.cell_values import INLINE, VALUE
from addin.files.package.markup import XML_SPACE, main
from addin.reading.grid import CellValue, as_text, column_letters

# What belongs to a value and not to its look: the type, and metadata of spilled arrays and of pictures in cells.
_OF_THE_VALUE = ("t", "cm", "vm")


def storable(value: CellValue, where: str, place: bytes = b"") -> str | float | bool | None:
    """A value as a cell can hold it: text cut to fit, empty text as nothing, dates as text; True and False stay.

    A number that is not finite, which Excel cannot store, is WriteFailed in the cell `place` of the file and sheet `where`.
    """
    if isinstance(value, str):
        return fit(value) or None
    if isinstance(value, (date, datetime, time, timedelta)):
        return as_text(value)
    if isinstance(value, (int, float)) and not math.isfinite(value):
        cell = f"{where}, cell {place.decode()}" if place else where
        raise WriteFailed(f"{cell}: {value} is no number that Excel can hold. Report this with the markbook's queries.")
    return value


def same_value(current: CellValue, new: CellValue) -> bool:
    """Whether a cell holds a value already.

    True is not 1, an empty text is an empty cell, and numbers are the same that agree in the 15 digits Excel works with: other
    programs round to them when they save.

    Example:
        >>> same_value(0.61, 0.6100000000000001), same_value(1.0, True), same_value("", None)
        (True, False, True)
    """
    if isinstance(current, bool) is not isinstance(new, bool):
        return False
    if isinstance(current, (int, float)) and isinstance(new, (int, float)):
        return current == new or f"{current:.15g}" == f"{new:.15g}"
    return (current if current != "" else None) == new


def cell_bytes(place: bytes, style: int | None, value: str | float | bool | None) -> bytes:
    """A whole cell of that address, format and `storable` value, spelled as `set_value` spells it.

    Example:
        >>> cell_bytes(b"F5", 3, "<b>"), cell_bytes(b"G5", None, 0.5), cell_bytes(b"H5", 3, None)
        (b'<c r="F5" s="3" t="inlineStr"><is><t xml:space="preserve">&lt;b&gt;</t></is></c>',
         b'<c r="G5"><v>0.5</v></c>', b'<c r="H5" s="3"/>')
    """
    look = b"" if style is None else b' s="%d"' % style
    if value is None:
        return b'<c r="%b"%b/>' % (place, look)
    if isinstance(value, str):
        return b'<c r="%b"%b%b' % (place, look, inline_text(value))
    kind = b' t="b"' if isinstance(value, bool) else b""
    return b'<c r="%b"%b%b><v>%b</v></c>' % (place, look, kind, number_text(value).encode())


def inline_text(text: str) -> bytes:
    """What follows on a cell's address and format where the cell holds a text."""
    spelled = escape(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()
    return b' t="inlineStr"><is><t xml:space="preserve">%b</t></is></c>' % spelled


def set_value(cell: etree._Element, value: str | float | bool | None) -> None:
    for part in list(cell):
        if part.tag in (VALUE, INLINE):
            cell.remove(part)
    for name in _OF_THE_VALUE:
        if name in cell.attrib:
            del cell.attrib[name]
    if value is None:
        return
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, INLINE), main("t"), {XML_SPACE: "preserve"})
        text.text = escape(value)
        return
    if isinstance(value, bool):
        cell.set("t", "b")
    etree.SubElement(cell, VALUE).text = number_text(value)


def number_text(number: float) -> str:
    if isinstance(number, int):
        return str(int(number))  # int() writes True as 1
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


@dataclass(frozen=True, kw_only=True)
class ColumnCells:
    """One column.

    Args:
        column: Counted from 1.
        heading: (row, text, format) of its heading cell, None where that stands already.
        rows: The rows that are written, ascending; not the heading's.
        values: Row -> value; a row without one is emptied or, in a new column, given the format alone.
        style: Answers the format for cells that lack one; asked only if there is such a cell.
        is_new: Every cell gets the format, not only those that do not exist yet.
        wrap_at: Rows are made high enough for text in lines of that many characters; None leaves heights alone.
    """

    column: int
    heading: tuple[int, str, int] | None
    rows: Collection[int]
    values: Mapping[int, CellValue]
    style: Callable[[], int]
    is_new: bool
    wrap_at: float | None

    @cached_property
    def letters(self) -> bytes:
        """The column as addresses spell it."""
        return column_letters(self.column).encode()

    def alone(self, row: int) -> ColumnCells:
        """What the column holds in one row."""
        heading = self.heading if self.heading is not None and self.heading[0] == row else None
        return replace(self, heading=heading, rows=(row,) if row in self.rows else ())
