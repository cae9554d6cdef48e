"""A sheet that is a table: title, a line of explanation, headings in the colours of their groups, lines, and sums below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from addin.overview.tally import HIDDEN
from model.vocabulary import day_told
from templates.cells import A4, write_value
from templates.layout import Group
from templates.styles import LINE, SOFT_INK, Styles

HEADER_ROW = 4
_HEIGHT = 19.0  # points

Cell = str | int | float | date | None


class Kind(Enum):
    """How a column's values are shown: as text, whole numbers, shares of 1, or days."""

    TEXT = "@"
    NUMBER = "#,##0"
    SHARE = "0%"
    DAY = "d mmm yyyy"


@dataclass(frozen=True, kw_only=True)
class Head:
    """One column: its heading, the group whose colour it has, how its values are shown, and its width in characters."""

    heading: str
    group: Group
    kind: Kind = Kind.NUMBER
    width: float = 11.5


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table that is written: where its lines are, rows counted from 1, and where it ends with its sums."""

    sheet: Worksheet
    heads: tuple[Head, ...]
    first: int
    last: int
    end: int

    def column(self, heading: str) -> int:
        """The place of a column, from 0."""
        return [head.heading for head in self.heads].index(heading)


def write_table(
    workbook: Workbook,
    styles: Styles,
    name: str,
    *,
    title: str,
    notes: Sequence[str],
    heads: Sequence[Head],
    rows: Sequence[Sequence[Cell]],
    sums: Sequence[Cell] = (),
    frozen: int = 1,
) -> Table:
    """Add a sheet with a table; its lines can be filtered and sorted, its headings stay in sight and stand on every page.

    Args:
        name: Of the sheet.
        notes: One line or two below the title.
        heads: Its n columns.
        rows: Its lines of n values; `HIDDEN` may stand in any.
        sums: A further line, apart from the others.
        frozen: How many columns stay in sight.
    """
    sheet = workbook.add_worksheet(name)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 30)
    write_value(sheet, 1, 1, title, styles.page_title())
    for row, note in enumerate(notes, start=2):
        write_value(sheet, row, 1, note, styles.text(font_color=SOFT_INK, text_wrap=False))
    sheet.set_row(HEADER_ROW - 1, 48)
    for column, head in enumerate(heads, start=1):
        place = {"indent": 1} if head.kind is Kind.TEXT else {"align": "center", "indent": 0}
        style = styles.band(head.group, text_wrap=True, valign="vcenter", **place)
        write_value(sheet, HEADER_ROW, column, head.heading, style)
        sheet.set_column(column - 1, column - 1, head.width)
    line = {"bottom": 1, "bottom_color": LINE, "valign": "vcenter"}
    for row, values in enumerate(rows, start=HEADER_ROW + 1):
        _line(sheet, styles, row, heads, values, line)
    last = end = HEADER_ROW + len(rows)
    if rows:
        sheet.autofilter(HEADER_ROW - 1, 0, last - 1, len(heads) - 1)
    if sums:
        # One row is left free, or sorting would take the sums for a line.
        end = last + 2
        _line(sheet, styles, end, heads, sums, {"bold": True, "top": 1, "top_color": LINE, "valign": "vcenter"})
    sheet.freeze_panes(HEADER_ROW, frozen)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW - 1)
    return Table(sheet=sheet, heads=tuple(heads), first=HEADER_ROW + 1, last=last, end=end)


def _line(
    sheet: Worksheet, styles: Styles, row: int, heads: Sequence[Head], values: Sequence[Cell], look: dict[str, object]
) -> None:
    sheet.set_row(row - 1, _HEIGHT)
    for column, (head, value) in enumerate(zip(heads, values, strict=True), start=1):
        if isinstance(value, date):
            moment = datetime(value.year, value.month, value.day)
            sheet.write_datetime(row - 1, column - 1, moment, _style(styles, head, look))
        elif value == HIDDEN:
            place = {} if head.kind is Kind.TEXT else {"align": "center", "indent": 0}
            faint = look | {"font_color": SOFT_INK, "bold": False, "italic": True} | place
            write_value(sheet, row, column, value, styles.text(**faint))
        else:
            write_value(sheet, row, column, value, _style(styles, head, look))


def _style(styles: Styles, head: Head, look: dict[str, object]) -> Format:
    if head.kind is Kind.TEXT:
        return styles.text(**look)
    return styles.text(**look, align="center", indent=0, num_format=head.kind.value)


def told(value: Cell, kind: Kind) -> str:
    """A value in words, as a page shows it.

    Example:
        >>> [told(value, Kind.SHARE) for value in (0.256, None, HIDDEN)], told(date(2026, 2, 9), Kind.DAY), told(1200, Kind.NUMBER)
        (['26 %', '', 'under 10'], '9 Feb 2026', '1,200')
    """
    if value is None:
        return ""
    if isinstance(value, date):
        return day_told(value, "{number} {short} {year}")
    if isinstance(value, str):
        return value
    return f"{round(100 * value)} %" if kind is Kind.SHARE else f"{value:,.0f}"
