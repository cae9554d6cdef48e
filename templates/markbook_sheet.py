"""The sheet `Markbook`: title, strands, totals, and the Excel table of students that the program reads and extends."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from templates import layout
from templates.cells import write_value
from templates.content import Content
from templates.input_rules import above_total, input_rule, total_rule
from templates.layout import Column, Entry, Group
from templates.styles import WHITE, Styles

NAME = "Markbook"
"""Of the sheet and of its table."""

_UPRIGHT = 90
_HEIGHTS = {layout.TITLE_ROW: 26, layout.STRAND_ROW: 62, layout.OUT_OF_ROW: 18, layout.HEADING_ROW: 124}


def write(workbook: Workbook, styles: Styles, content: Content) -> None:
    """Add the sheet.

    The table is as wide as the columns of `layout`: a run puts its results to the right of it and lets it grow.

    Example:
        >>> from io import BytesIO
        >>> from templates.content import Setup
        >>> book = Workbook(BytesIO())
        >>> write(book, Styles(book), Content.of(roster=(), cohort=None, setup=Setup(), rows=2))
        >>> [sheet.name for sheet in book.worksheets()]
        ['Markbook']
    """
    sheet = workbook.add_worksheet(NAME)
    columns = layout.columns()
    for row, height in _HEIGHTS.items():
        sheet.set_row(row - 1, height)
    _write_title(sheet, styles, content, columns)
    _write_strands_and_totals(sheet, styles, columns)
    _write_table(sheet, styles, content, columns)
    _write_students(sheet, styles, content, columns)
    _add_rules(sheet, styles, content, columns)
    _set_up_page(sheet, content, columns)


def _write_title(sheet: Worksheet, styles: Styles, content: Content, columns: tuple[Column, ...]) -> None:
    previous = None
    for number, column in enumerate(columns, start=1):
        # Empty cells beside a title let it run on without merged cells, which get in the way of sorting.
        title = column.group.value if column.group is not previous and column.group is not Group.IDENTITY else None
        style = styles.band(column.group, align="left", indent=1, valign="vcenter", font_size=12)
        write_value(sheet, layout.TITLE_ROW, number, title, style)
        previous = column.group
    title_style = styles.band(Group.IDENTITY, align="left", indent=1, valign="vcenter", font_size=14)
    write_value(sheet, layout.TITLE_ROW, 1, content.setup.title, title_style)


def _write_strands_and_totals(sheet: Worksheet, styles: Styles, columns: tuple[Column, ...]) -> None:
    for number, column in enumerate(columns, start=1):
        work = column.assessment
        strand = work.strand.value if work is not None and work.strand is not None else None
        total = work.out_of if work is not None else None
        upright = styles.above(column.group, rotation=_UPRIGHT, align="center", valign="bottom", font_size=10)
        write_value(sheet, layout.STRAND_ROW, number, strand, upright)
        style = styles.above(column.group, align="center", valign="vcenter", bold=True)
        write_value(sheet, layout.OUT_OF_ROW, number, total, style)
    label = styles.above(Group.IDENTITY, bold=True, align="left", indent=1, valign="bottom")
    write_value(sheet, layout.STRAND_ROW, 1, "Strand", label)
    write_value(sheet, layout.OUT_OF_ROW, 1, "Out of", label)


def _write_table(sheet: Worksheet, styles: Styles, content: Content, columns: tuple[Column, ...]) -> None:
    upright = {"rotation": _UPRIGHT, "align": "center", "valign": "top", "text_wrap": True, "font_size": 10}
    level = {"align": "left", "indent": 1, "valign": "bottom", "text_wrap": True}
    line = {"left": 1, "left_color": WHITE}
    headings = [
        {
            "header": place.column.heading,
            # Upright headings hang from the top: the filter button hides what stands at the bottom.
            "header_format": styles.band(
                place.column.group,
                **(upright if place.column.is_narrow else level),
                **(line if place.is_first else {}),
            ),
        }
        for place in _places(columns)
    ]
    sheet.add_table(
        layout.HEADING_ROW - 1,
        0,
        content.last_row - 1,
        len(columns) - 1,
        {"name": NAME, "style": None, "columns": headings},
    )


def _write_students(sheet: Worksheet, styles: Styles, content: Content, columns: tuple[Column, ...]) -> None:
    for number, place in enumerate(_places(columns), start=1):
        column = place.column
        sheet.set_column(number - 1, number - 1, column.width)
        style = styles.student_cell(
            column.group,
            is_tinted=place.is_tinted,
            is_first=place.is_first,
            centred=column.is_narrow or column.entry is Entry.TIER,
        )
        for row, value in enumerate(content.values(column), start=layout.FIRST_STUDENT_ROW):
            write_value(sheet, row, number, value, style)


class _Place(NamedTuple):
    """A column among its neighbours: whether a half-term or group begins here, and whether it is tinted."""

    column: Column
    is_first: bool
    is_tinted: bool


def _places(columns: tuple[Column, ...]) -> Iterator[_Place]:
    for group, members in groupby(columns, key=lambda column: column.group):
        for order, (_, block) in enumerate(groupby(members, key=lambda column: column.half_term)):
            for position, column in enumerate(block):
                is_first = position == 0 and group is not Group.IDENTITY
                yield _Place(column, is_first=is_first, is_tinted=order % 2 == 1)


def _add_rules(sheet: Worksheet, styles: Styles, content: Content, columns: tuple[Column, ...]) -> None:
    first, last = layout.FIRST_STUDENT_ROW - 1, content.last_row - 1
    for position, column in enumerate(columns):
        cell = xl_rowcol_to_cell(first, position)
        total = xl_rowcol_to_cell(layout.OUT_OF_ROW - 1, position, row_abs=True)
        rule = input_rule(column.entry, cell=cell, total=total)
        if rule is not None:
            sheet.data_validation(first, position, last, position, rule)
    marks = [position for position, column in enumerate(columns) if column.assessment is not None]
    left, right, row = marks[0], marks[-1], layout.OUT_OF_ROW - 1
    sheet.data_validation(row, left, row, right, total_rule())
    # Written for the top left cell; Excel moves the addresses for every other one.
    cell, total = xl_rowcol_to_cell(first, left), xl_rowcol_to_cell(row, left, row_abs=True)
    wrong = {"type": "formula", "criteria": above_total(cell, total), "format": styles.warning()}
    word = {"type": "formula", "criteria": f"=ISTEXT({cell})", "format": styles.word_in_place_of_a_mark()}
    sheet.conditional_format(first, left, last, right, wrong)
    sheet.conditional_format(first, left, last, right, word)


def _set_up_page(sheet: Worksheet, content: Content, columns: tuple[Column, ...]) -> None:
    a4 = 9
    sheet.freeze_panes(layout.HEADING_ROW, layout.FROZEN_COLUMNS)
    sheet.set_landscape()
    sheet.set_paper(a4)
    sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, layout.HEADING_ROW - 1)
    sheet.repeat_columns(0, layout.FROZEN_COLUMNS - 1)
    sheet.print_area(0, 0, content.last_row - 1, len(columns) - 1)
    sheet.set_footer("&L&9Confidential: student data&C&9&A&R&9Page &P of &N")
