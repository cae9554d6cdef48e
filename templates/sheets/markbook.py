"""The sheet `Markbook`: title, strands, totals, and the Excel table of students that the program reads and fills.

Names and results stand first, where the eye is; the marks scroll beside them. Headings lie flat, so that the screen is left to the
students.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from addin.results.columns import RESULT_COLUMNS, ResultColumn
from templates import layout
from templates.cells import A4, write_formula, write_value
from templates.content import Content, Value
from templates.layout import Column, Entry, Group
from templates.sheets import engagement, folding, result_columns
from templates.sheets.input_rules import above_total, input_rule, total_rule
from templates.styles import WHITE, Styles

NAME = "Markbook"
"""Of the sheet and of its table."""

_ZOOM = 90
"""Per cent at which names and results fill a small laptop's screen (1366 by 768)."""

_HEIGHTS = {layout.TITLE_ROW: 22, layout.STRAND_ROW: 15, layout.OUT_OF_ROW: 15, layout.HEADING_ROW: 52}
_SMALL = 9
"""The size of the words above narrow columns."""


def write(workbook: Workbook, styles: Styles, content: Content) -> None:
    """Add the sheet.

    The table holds the columns of `layout` and, behind the names, the nine that a run fills.

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
        lead=layout.LEADING_COLUMNS,
        formulas=engagement.formulas_of(columns),
    )
    sheet = write_students(workbook, styles, students)
    engagement.draw_lines(sheet, columns, place_of=students.place_of, rows=students.rows)
    folded = folding.folded(columns, half_term=content.setup.half_term)
    folding.fold(sheet, {students.place_of(place): columns[place].width for place in folded}, beside=students.widths())
    _add_input_rules(sheet, content, students)
    colour_marks(sheet, styles, students)
    set_up_page(sheet, students)
    sheet.set_zoom(_ZOOM)
    _define_names(workbook)


@dataclass(frozen=True, kw_only=True)
class Students:
    """What the sheet holds.

    Args:
        title: Stands above the students.
        columns: The teacher's columns from left to right, the groups one after the other.
        values: A value for each student, for each column.
        results: Result column -> a value for each student.
        lead: How many of the columns stand left of the results.
        formulas: Column from 0 -> its formula, the same in every row; its values are what the formula gives.
        per_cents: (student, column), both from 0, of numbers from 0 to 1 that are shown as per cent.
        heights: The heights of the students' rows in points; left out, the program that opens the file finds them.
    """

    title: str
    columns: tuple[Column, ...]
    values: tuple[tuple[Value, ...], ...]
    results: Mapping[ResultColumn, Sequence[Value]]
    lead: int
    formulas: Mapping[int, str] = field(default_factory=dict)
    per_cents: Set[tuple[int, int]] = frozenset()
    heights: tuple[float, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows of students there are."""
        return len(next(iter(self.results.values()), next(iter(self.values), ())))

    @property
    def after_results(self) -> int:
        """The place on the sheet of the first column right of the results, from 0."""
        return self.lead + len(self.results)

    def place_of(self, column: int) -> int:
        """The place on the sheet of one of the teacher's columns, both from 0."""
        return column if column < self.lead else column + len(self.results)

    def widths(self) -> dict[int, float]:
        """Place on the sheet -> width in characters, of all columns."""
        own = {self.place_of(number): column.width for number, column in enumerate(self.columns)}
        return own | {self.lead + number: result_columns.width_of(result) for number, result in enumerate(self.results)}


def write_students(workbook: Workbook, styles: Styles, students: Students) -> Worksheet:
    """Add the sheet with title, strands, totals, and the table of students with its results; nothing to type by, nothing folded."""
    sheet = workbook.add_worksheet(NAME)
    for row, height in _HEIGHTS.items():
        sheet.set_row(row - 1, height)
    for place, fitting in enumerate(students.heights):
        sheet.set_row(layout.FIRST_STUDENT_ROW - 1 + place, fitting)
    _write_title(sheet, styles, students)
    _write_strands_and_totals(sheet, styles, students)
    _write_table(sheet, styles, students)
    _write_cells(sheet, styles, students)
    result_columns.write(sheet, styles, right_of=students.lead, values=students.results)
    return sheet


def _define_names(workbook: Workbook) -> None:
    """Names for what the formulas of other sheets need and the table does not hold."""
    last = xl_col_to_name(len(layout.columns()) + len(RESULT_COLUMNS) - 1, col_abs=True)
    for name, row in (("strand_row", layout.STRAND_ROW), ("totals_row", layout.OUT_OF_ROW)):
        workbook.define_name(name, f"={NAME}!$B${row}:{last}${row}")
    # Through INDEX: a list to choose from takes no table's column by its name alone.
    workbook.define_name("student_ids", f"=INDEX({NAME}[Student ID],0)")


def _write_title(sheet: Worksheet, styles: Styles, students: Students) -> None:
    previous = None
    for number, column in enumerate(students.columns):
        # Empty cells beside a title let it run on without merged cells, which get in the way of sorting.
        title = column.group.value if column.group is not previous and column.group is not Group.IDENTITY else None
        style = styles.band(column.group, align="left", indent=1, valign="vcenter", font_size=12)
        write_value(sheet, layout.TITLE_ROW, students.place_of(number) + 1, title, style)
        previous = column.group
    title_style = styles.band(Group.IDENTITY, align="left", indent=1, valign="vcenter", font_size=14)
    write_value(sheet, layout.TITLE_ROW, 1, students.title, title_style)


def _write_strands_and_totals(sheet: Worksheet, styles: Styles, students: Students) -> None:
    for number, column in enumerate(students.columns):
        place = students.place_of(number) + 1
        work = column.assessment
        strand = work.strand.value if work is not None and work.strand is not None else None
        total = work.out_of if work is not None else None
        small = styles.above(column.group, align="center", valign="vcenter", font_size=_SMALL)
        write_value(sheet, layout.STRAND_ROW, place, strand, small)
        style = styles.above(column.group, align="center", valign="vcenter", bold=True)
        write_value(sheet, layout.OUT_OF_ROW, place, total, style)
    label = styles.above(Group.IDENTITY, bold=True, align="left", indent=1, valign="vcenter")
    write_value(sheet, layout.STRAND_ROW, 1, "Strand", label)
    write_value(sheet, layout.OUT_OF_ROW, 1, "Out of", label)


def _write_table(sheet: Worksheet, styles: Styles, students: Students) -> None:
    # Small headings hang from the top: the filter button hides what stands at the bottom.
    small = {"align": "center", "valign": "top", "text_wrap": True, "font_size": _SMALL}
    level = {"align": "left", "indent": 1, "valign": "vcenter", "text_wrap": True}
    line = {"left": 1, "left_color": WHITE}
    headings = [
        {
            "header": place.column.heading,
            "header_format": styles.band(
                place.column.group,
                **(small if place.column.is_narrow else level),
                **(line if place.is_first or place.column.is_narrow else {}),
            ),
            **({"formula": f"={students.formulas[number]}"} if number in students.formulas else {}),
        }
        for number, place in enumerate(_places(students.columns))
    ]
    headings[students.lead : students.lead] = result_columns.headings(styles, tuple(students.results))
    sheet.add_table(
        layout.HEADING_ROW - 1,
        0,
        layout.HEADING_ROW + students.rows - 1,
        len(headings) - 1,
        {"name": NAME, "style": None, "columns": headings},
    )


def _write_cells(sheet: Worksheet, styles: Styles, students: Students) -> None:
    for number, (place, values) in enumerate(zip(_places(students.columns), students.values, strict=True)):
        column, position, formula = place.column, students.place_of(number), students.formulas.get(number)
        sheet.set_column(position, position, column.width)
        look = partial(
            styles.student_cell,
            column.group,
            is_tinted=place.is_tinted,
            is_first=place.is_first,
            # The latest figure stands left, where it leaves the end of the line behind it free.
            centred=(column.is_narrow or column.entry is Entry.TIER) and column.entry is not Entry.LATEST,
        )
        for student, value in enumerate(values):
            style = look(per_cent=(student, number) in students.per_cents)
            row = layout.FIRST_STUDENT_ROW + student
            if formula is None:
                write_value(sheet, row, position + 1, value, style)
            else:
                write_formula(sheet, row, position + 1, formula, style, "" if value is None else value)


class _Place(NamedTuple):
    """A column among its neighbours: whether a half-term or group begins here, and whether it is tinted."""

    column: Column
    is_first: bool
    is_tinted: bool


def _places(columns: tuple[Column, ...]) -> Iterator[_Place]:
    for group, members in groupby(columns, key=lambda column: column.group):
        for half_term, block in groupby(members, key=lambda column: column.half_term):
            for position, column in enumerate(block):
                is_first = position == 0 and group is not Group.IDENTITY
                yield _Place(column, is_first=is_first, is_tinted=half_term is not None and half_term % 2 == 0)


def _add_input_rules(sheet: Worksheet, content: Content, students: Students) -> None:
    first, last = layout.FIRST_STUDENT_ROW - 1, content.last_row - 1
    for number, column in enumerate(students.columns):
        position = students.place_of(number)
        cell = xl_rowcol_to_cell(first, position)
        total = xl_rowcol_to_cell(layout.OUT_OF_ROW - 1, position, row_abs=True)
        rule = input_rule(column.entry, cell=cell, total=total)
        if rule is not None:
            sheet.data_validation(first, position, last, position, rule)
    left, right = _marks(students)
    row = layout.OUT_OF_ROW - 1
    sheet.data_validation(row, left, row, right, total_rule())


def colour_marks(sheet: Worksheet, styles: Styles, students: Students) -> None:
    """Colour marks above their total, and soften the words that stand in place of a mark; nothing where there are no marks."""
    if all(column.assessment is None for column in students.columns):
        return
    first, last = layout.FIRST_STUDENT_ROW - 1, layout.FIRST_STUDENT_ROW + students.rows - 2
    left, right = _marks(students)
    # Written for the top left cell; Excel moves the addresses for every other one.
    cell, total = xl_rowcol_to_cell(first, left), xl_rowcol_to_cell(layout.OUT_OF_ROW - 1, left, row_abs=True)
    wrong = {"type": "formula", "criteria": above_total(cell, total), "format": styles.warning()}
    word = {"type": "formula", "criteria": f"=ISTEXT({cell})", "format": styles.word_in_place_of_a_mark()}
    sheet.conditional_format(first, left, last, right, wrong)
    sheet.conditional_format(first, left, last, right, word)


def _marks(students: Students) -> tuple[int, int]:
    """The places of the first and the last column of marks, counted from 0."""
    marks = [students.place_of(number) for number, column in enumerate(students.columns) if column.assessment]
    return marks[0], marks[-1]


def set_up_page(sheet: Worksheet, students: Students) -> None:
    """Keep names, flag and priority in sight, and print names and results on A4, landscape, one page wide, headings on every page.

    Marks are for the screen: on the same paper they would make the words too small to read. Who wants them on paper prints a
    selection.
    """
    headings = [result.heading for result in students.results]
    sheet.freeze_panes(layout.HEADING_ROW, students.lead + sum(name in headings for name in layout.FROZEN_RESULTS))
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.25, right=0.25, top=0.4, bottom=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, layout.HEADING_ROW - 1)
    if students.lead:
        sheet.repeat_columns(0, students.lead - 1)
    last = students.after_results if students.results else len(students.columns)
    sheet.print_area(0, 0, layout.HEADING_ROW + students.rows - 1, last - 1)
    sheet.set_footer("&L&9Confidential: student data&C&9&A&R&9Page &P of &N")
