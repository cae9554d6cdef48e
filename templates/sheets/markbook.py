"""The sheet `Markbook`: title, strands, totals, and the Excel table of students that the program reads and extends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from addin.results.columns import RESULT_COLUMNS, ResultColumn
from templates import layout
from templates.cells import A4, write_value
from templates.content import Content, Value
from templates.layout import Column, Entry, Group
from templates.sheets import result_columns
from templates.sheets.input_rules import above_total, input_rule, total_rule
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
    columns = layout.columns()
    students = Students(
        title=content.setup.title,
        columns=columns,
        values=tuple(tuple(content.values(column)) for column in columns),
        results=result_columns.of_content(content),
    )
    sheet = write_students(workbook, styles, students)
    _fold_audit(sheet, columns)
    _add_input_rules(sheet, content, columns)
    colour_marks(sheet, styles, students)
    set_up_page(sheet, students, frozen=layout.FROZEN_COLUMNS)
    _define_names(workbook)


@dataclass(frozen=True, kw_only=True)
class Students:
    """What the sheet holds.

    Args:
        title: Stands above the students.
        columns: The teacher's columns from left to right, the groups one after the other.
        values: A value for each student, for each column.
        results: Result column -> a value for each student.
        per_cents: (student, column), both from 0, of numbers from 0 to 1 that are shown as per cent.
        heights: The heights of the students' rows in points; left out, the program that opens the file finds them.
    """

    title: str
    columns: tuple[Column, ...]
    values: tuple[tuple[Value, ...], ...]
    results: Mapping[ResultColumn, Sequence[Value]]
    per_cents: Set[tuple[int, int]] = frozenset()
    heights: tuple[float, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows of students there are."""
        return len(next(iter(self.results.values()), next(iter(self.values), ())))


def write_students(workbook: Workbook, styles: Styles, students: Students) -> Worksheet:
    """Add the sheet with title, strands, totals, and the table of students with its results; nothing to type by, nothing folded."""
    sheet = workbook.add_worksheet(NAME)
    for row, height in _HEIGHTS.items():
        sheet.set_row(row - 1, height)
    for place, fitting in enumerate(students.heights):
        sheet.set_row(layout.FIRST_STUDENT_ROW - 1 + place, fitting)
    _write_title(sheet, styles, students.title, students.columns)
    _write_strands_and_totals(sheet, styles, students.columns)
    _write_table(sheet, styles, students)
    _write_cells(sheet, styles, students)
    result_columns.write(sheet, styles, right_of=len(students.columns), values=students.results)
    return sheet


def _define_names(workbook: Workbook) -> None:
    """Names for what the formulas of other sheets need and the table does not hold."""
    last = xl_col_to_name(len(layout.columns()) + len(RESULT_COLUMNS) - 1, col_abs=True)
    for name, row in (("strand_row", layout.STRAND_ROW), ("totals_row", layout.OUT_OF_ROW)):
        workbook.define_name(name, f"={NAME}!$B${row}:{last}${row}")
    # Through INDEX: a list to choose from takes no table's column by its name alone.
    workbook.define_name("student_ids", f"=INDEX({NAME}[Student ID],0)")


def _write_title(sheet: Worksheet, styles: Styles, title_of_all: str, columns: tuple[Column, ...]) -> None:
    previous = None
    for number, column in enumerate(columns, start=1):
        # Empty cells beside a title let it run on without merged cells, which get in the way of sorting.
        title = column.group.value if column.group is not previous and column.group is not Group.IDENTITY else None
        style = styles.band(column.group, align="left", indent=1, valign="vcenter", font_size=12)
        write_value(sheet, layout.TITLE_ROW, number, title, style)
        previous = column.group
    title_style = styles.band(Group.IDENTITY, align="left", indent=1, valign="vcenter", font_size=14)
    write_value(sheet, layout.TITLE_ROW, 1, title_of_all, title_style)


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


def _write_table(sheet: Worksheet, styles: Styles, students: Students) -> None:
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
        for place in _places(students.columns)
    ]
    headings += result_columns.headings(styles, tuple(students.results))
    sheet.add_table(
        layout.HEADING_ROW - 1,
        0,
        layout.HEADING_ROW + students.rows - 1,
        len(headings) - 1,
        {"name": NAME, "style": None, "columns": headings},
    )


def _write_cells(sheet: Worksheet, styles: Styles, students: Students) -> None:
    for position, (place, values) in enumerate(zip(_places(students.columns), students.values, strict=True)):
        column = place.column
        sheet.set_column(position, position, column.width)
        look = partial(
            styles.student_cell,
            column.group,
            is_tinted=place.is_tinted,
            is_first=place.is_first,
            centred=column.is_narrow or column.entry is Entry.TIER,
        )
        for student, value in enumerate(values):
            style = look(per_cent=(student, position) in students.per_cents)
            write_value(sheet, layout.FIRST_STUDENT_ROW + student, position + 1, value, style)


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


def _add_input_rules(sheet: Worksheet, content: Content, columns: tuple[Column, ...]) -> None:
    first, last = layout.FIRST_STUDENT_ROW - 1, content.last_row - 1
    for position, column in enumerate(columns):
        cell = xl_rowcol_to_cell(first, position)
        total = xl_rowcol_to_cell(layout.OUT_OF_ROW - 1, position, row_abs=True)
        rule = input_rule(column.entry, cell=cell, total=total)
        if rule is not None:
            sheet.data_validation(first, position, last, position, rule)
    left, right = _marks(columns)
    row = layout.OUT_OF_ROW - 1
    sheet.data_validation(row, left, row, right, total_rule())


def colour_marks(sheet: Worksheet, styles: Styles, students: Students) -> None:
    """Colour marks above their total, and soften the words that stand in place of a mark; nothing where there are no marks."""
    if all(column.assessment is None for column in students.columns):
        return
    first, last = layout.FIRST_STUDENT_ROW - 1, layout.FIRST_STUDENT_ROW + students.rows - 2
    left, right = _marks(students.columns)
    # Written for the top left cell; Excel moves the addresses for every other one.
    cell, total = xl_rowcol_to_cell(first, left), xl_rowcol_to_cell(layout.OUT_OF_ROW - 1, left, row_abs=True)
    wrong = {"type": "formula", "criteria": above_total(cell, total), "format": styles.warning()}
    word = {"type": "formula", "criteria": f"=ISTEXT({cell})", "format": styles.word_in_place_of_a_mark()}
    sheet.conditional_format(first, left, last, right, wrong)
    sheet.conditional_format(first, left, last, right, word)


def _marks(columns: tuple[Column, ...]) -> tuple[int, int]:
    """The first and the last column of marks, counted from 0."""
    marks = [position for position, column in enumerate(columns) if column.assessment is not None]
    return marks[0], marks[-1]


def set_up_page(sheet: Worksheet, students: Students, *, frozen: int) -> None:
    """Print on A4, landscape, three pages wide where all groups are there, with headings and names on every page.

    Args:
        sheet: Where.
        students: What it holds.
        frozen: How many columns from the left stay in sight.
    """
    sheet.freeze_panes(layout.HEADING_ROW, frozen)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.6)
    sheet.set_print_scale(_PRINT_SCALE)
    columns = [*(column.group for column in students.columns), *(result.heading for result in students.results)]
    sheet.set_v_pagebreaks([columns.index(name) for name in (Group.TESTS, "Topics to work on") if name in columns[1:]])
    sheet.repeat_rows(0, layout.HEADING_ROW - 1)
    if frozen:
        sheet.repeat_columns(0, frozen - 1)
    sheet.print_area(0, 0, layout.HEADING_ROW + students.rows - 1, len(columns) - 1)
    sheet.set_footer("&L&9Confidential: student data&C&9&A&R&9Page &P of &N")
