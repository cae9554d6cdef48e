"""The sheet `Markbook`: title, strands, totals, and the Excel table of students that the program reads and extends."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from addin.annotations import RESULT_COLUMNS
from templates import layout, result_columns
from templates.cells import write_value
from templates.content import Content
from templates.input_rules import above_total, input_rule, total_rule
from templates.layout import Column, Entry, Group
from templates.styles import WHITE, Styles

NAME = "Markbook"
"""Of the sheet and of its table."""

_UPRIGHT = 90
_PRINT_SCALE = 60
"""Per cent at which three pages in width hold all columns: engagement, marks with flags, topics with activities."""

_HEIGHTS = {layout.TITLE_ROW: 26, layout.STRAND_ROW: 62, layout.OUT_OF_ROW: 18, layout.HEADING_ROW: 124}


def write(workbook: Workbook, styles: Styles, content: Content) -> None:
    """Add the sheet.

    The table holds the columns of `layout` and, right of them, the nine that a run fills.

    Example:
        >>> from io import BytesIO
        >>> book = Workbook(BytesIO())
        >>> write(book, Styles(book), Content.of(rows=2))
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
    result_columns.write(sheet, styles, content)
    _fold_audit(sheet, columns)
    _add_rules(sheet, styles, content, columns)
    _set_up_page(sheet, content, columns)
    _define_names(workbook)


def _define_names(workbook: Workbook) -> None:
    """Names for what the formulas of other sheets need and the table does not hold."""
    last = xl_col_to_name(len(layout.columns()) + len(RESULT_COLUMNS) - 1, col_abs=True)
    for name, row in (("strand_row", layout.STRAND_ROW), ("totals_row", layout.OUT_OF_ROW)):
        workbook.define_name(name, f"={NAME}!$B${row}:{last}${row}")
    # Through INDEX: a list to choose from takes no table's column by its name alone.
    workbook.define_name("student_ids", f"=INDEX({NAME}[Student ID],0)")


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
    headings += result_columns.headings(styles)
    sheet.add_table(
        layout.HEADING_ROW - 1,
        0,
        content.last_row - 1,
        len(headings) - 1,
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


def _fold_audit(sheet: Worksheet, columns: tuple[Column, ...]) -> None:
    """Fold the audit columns away under a [+]: nobody should see them while deciding about a student."""
    folded = [position for position, column in enumerate(columns) if column.group is Group.AUDIT]
    for position in folded:
        sheet.set_column(position, position, columns[position].width, None, {"level": 1, "hidden": True})
    beside = folded[-1] + 1
    sheet.set_column(beside, beside, columns[beside].width, None, {"collapsed": True})


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
    sheet.set_print_scale(_PRINT_SCALE)
    groups = [column.group for column in columns]
    headings = [result.heading for result in RESULT_COLUMNS]
    sheet.set_v_pagebreaks([groups.index(Group.TESTS), len(columns) + headings.index("Topics to work on")])
    sheet.repeat_rows(0, layout.HEADING_ROW - 1)
    sheet.repeat_columns(0, layout.FROZEN_COLUMNS - 1)
    sheet.print_area(0, 0, content.last_row - 1, len(columns) + len(RESULT_COLUMNS) - 1)
    sheet.set_footer("&L&9Confidential: student data&C&9&A&R&9Page &P of &N")
