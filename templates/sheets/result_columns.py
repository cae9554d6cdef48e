"""The nine result columns of the sheet `Markbook`: empty, and ready with formats, colours and list for what a run writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from addin.results.columns import DECISIONS, FLAG_COLOURS, RESULT_COLUMNS, Look, ResultColumn
from templates import layout
from templates.cells import write_value
from templates.content import Content, Value
from templates.layout import Group
from templates.sheets.input_rules import warning
from templates.styles import BANDS, INPUT_FILL, LINE, WHITE, Styles

_CENTRED = {Look.FLAG, Look.PERCENT, Look.WHOLE, Look.CHOICE}
_WRAPPED = {Look.WRAPPED, Look.TEXT}
_NUMBER_FORMATS = {Look.PERCENT: "0%", Look.WHOLE: "0", Look.WRAPPED: "@", Look.TEXT: "@"}
"""Sentences are text first: a program that types "1/2" into a cell of no kind gets a date."""


def of_content(content: Content) -> dict[ResultColumn, list[Value]]:
    """What the nine columns hold before a run: nothing but what the teacher of the example decided."""
    return {column: _values(column, content) for column in RESULT_COLUMNS}


def headings(styles: Styles, columns: Sequence[ResultColumn] = RESULT_COLUMNS) -> list[dict[str, Any]]:
    """The headings of the nine columns (or of some of them), as XlsxWriter's `add_table` takes them.

    Example:
        >>> from io import BytesIO
        >>> from xlsxwriter import Workbook
        >>> [column["header"] for column in headings(Styles(Workbook(BytesIO())))][:3]
        ['Flag', 'Risk', 'Priority']
    """
    level = {"align": "left", "indent": 1, "valign": "vcenter", "text_wrap": True}
    return [
        {
            "header": column.heading,
            "header_format": styles.band(
                Group.RESULTS, **level, **({"left": 1, "left_color": WHITE} if position == 0 else {})
            ),
        }
        for position, column in enumerate(columns)
    ]


def width_of(column: ResultColumn) -> float:
    """The width of a result column in the template, in characters."""
    return layout.RESULT_WIDTHS.get(column.heading, column.width)


def write(sheet: Worksheet, styles: Styles, *, right_of: int, values: Mapping[ResultColumn, Sequence[Value]]) -> None:
    """Write titles, cells, colours and list of the result columns.

    Args:
        sheet, styles: Where.
        right_of: The column that they follow on, counted from 1.
        values: Column -> a value for each row of students.

    Example:
        >>> from io import BytesIO
        >>> from xlsxwriter import Workbook
        >>> book = Workbook(BytesIO())
        >>> sheet = book.add_worksheet()
        >>> write(sheet, Styles(book), right_of=50, values=of_content(Content.of(rows=2)))
        >>> sheet.dim_colmax - 50 + 1
        9
    """
    for position, (column, cells) in enumerate(values.items()):
        first, last = layout.FIRST_STUDENT_ROW - 1, layout.FIRST_STUDENT_ROW + len(cells) - 2
        number = right_of + position + 1
        sheet.set_column(number - 1, number - 1, width_of(column))
        title = Group.RESULTS.value if position == 0 else None
        style = styles.band(Group.RESULTS, align="left", indent=1, valign="vcenter", font_size=12)
        write_value(sheet, layout.TITLE_ROW, number, title, style)
        for row in (layout.STRAND_ROW, layout.OUT_OF_ROW):
            write_value(sheet, row, number, None, styles.above(Group.RESULTS))
        cell = styles.text(**_look(column, is_first=position == 0))
        for row, value in enumerate(cells, start=layout.FIRST_STUDENT_ROW):
            write_value(sheet, row, number, value, cell)
        if column.look is Look.FLAG:
            for flag, colours in FLAG_COLOURS.items():
                rule = {"type": "cell", "criteria": "==", "value": f'"{flag.value}"', "format": styles.flag(colours)}
                sheet.conditional_format(first, number - 1, last, number - 1, rule)
        if column.look is Look.CHOICE:
            hint = f"Choose {', '.join(DECISIONS[:-1])} or {DECISIONS[-1]}, or leave the cell empty."
            rule = warning("Decision", hint, validate="list", source=list(DECISIONS))
            sheet.data_validation(first, number - 1, last, number - 1, rule)


def _look(column: ResultColumn, *, is_first: bool) -> dict[str, Any]:
    look: dict[str, Any] = {"valign": "top", "bottom": 1, "bottom_color": LINE}
    look["text_wrap"] = column.look in _WRAPPED
    if column.look in _CENTRED:
        look |= {"align": "center", "indent": 0}
    if column.look in _NUMBER_FORMATS:
        look["num_format"] = _NUMBER_FORMATS[column.look]
    if column.teachers:
        look["bg_color"] = INPUT_FILL
    if is_first:
        look |= {"left": 1, "left_color": BANDS[Group.RESULTS].strong}
    return look


def _values(column: ResultColumn, content: Content) -> list[Value]:
    place = {"Decision": 0, "Decision note": 1}.get(column.heading)
    known = [] if place is None else [decided[place] for decided in content.example.decisions]
    return known + [None] * (content.room - len(known))
