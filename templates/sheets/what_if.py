"""The sheet `What if`: a student, a change, and room for what the risk would be; the What if button writes the formulas.

The formulas are spelled differently by the desktop and the server, so that the file holds none: labels, inputs and names only.
"""

from __future__ import annotations

from xlsxwriter import Workbook

from templates.cells import height_for, new_page, write_formula, write_value
from templates.content import Content
from templates.layout import Group
from templates.sheets.input_rules import warning
from templates.styles import INPUT_FILL, LINE, SOFT_INK, Styles

NAME = "What if"

CHANGES = ("Attendance %", "Homework %", "Effort")
"""What the list offers; any heading of the markbook may be typed instead."""

_INPUTS: tuple[tuple[str, str, str], ...] = (
    ("what_if_student", "Student ID", "Choose a student of the markbook."),
    ("what_if_change", "Change", "Choose attendance, homework or effort, or type the heading of a test."),
    ("what_if_value", "To", "The value that it would have: a per cent, an effort from 1 to 4, or a mark."),
)
_RESULTS: tuple[tuple[str, str, str, str], ...] = (
    ("Risk", "what_if_risk_now", "what_if_risk_then", "0%"),
    ("Flag", "what_if_flag_now", "what_if_flag_then", "General"),
)
_PROMISE = (
    "This is association and no promise: students with such a record tended to reach their targets more or less often. It "
    "does not say that changing one figure changes the outcome. Nothing on this sheet changes the markbook."
)
_EMPTY_NOTE = "Choose above, then press What if in the ribbon: Now and Then fill in."

FIRST_INPUT_ROW = 4
RESULT_ROW = 10


def write(workbook: Workbook, styles: Styles, content: Content) -> None:
    """Add the sheet and its defined names.

    Example:
        >>> from io import BytesIO
        >>> book = Workbook(BytesIO())
        >>> write(book, Styles(book), Content.of())
        >>> [sheet.name for sheet in book.worksheets()]
        ['What if']
    """
    del content
    widths = (18, 24, 24, 60)
    sheet = new_page(workbook, styles, NAME, widths)
    sheet.hide()  # it can do nothing before the button, which shows it
    heading = styles.band(Group.IDENTITY, align="left", indent=1, valign="vcenter")
    line = {"bottom": 1, "bottom_color": LINE, "valign": "vcenter"}
    for column, words in enumerate(("Question", "Your choice", "Name", "What to enter"), start=1):
        write_value(sheet, FIRST_INPUT_ROW - 1, column, words, heading)
    for row, (name, label, hint) in enumerate(_INPUTS, start=FIRST_INPUT_ROW):
        sheet.set_row(row - 1, 24)
        write_value(sheet, row, 1, label, styles.text(**line, bold=True))
        write_value(sheet, row, 2, None, styles.text(**line, bg_color=INPUT_FILL))
        write_value(sheet, row, 3, None, styles.text(**line))
        write_value(sheet, row, 4, hint, styles.text(**line, font_color=SOFT_INK))
        workbook.define_name(name, f"='{NAME}'!$B${row}")
    place = "MATCH(what_if_student,Markbook[Student ID],0)"
    full_name = f'INDEX(Markbook[Forename],{place})&" "&INDEX(Markbook[Surname],{place})'
    shown = f'IF(what_if_student="","",IFERROR({full_name},"not in the markbook"))'
    write_formula(sheet, FIRST_INPUT_ROW, 3, shown, styles.text(**line))
    student = warning("Student", "Choose a student ID of the markbook.", validate="list", source="=student_ids")
    hint = "Choose from the list, or type a heading of the markbook."
    change = warning("Change", hint, validate="list", source=list(CHANGES))
    sheet.data_validation(FIRST_INPUT_ROW - 1, 1, FIRST_INPUT_ROW - 1, 1, student)
    sheet.data_validation(FIRST_INPUT_ROW, 1, FIRST_INPUT_ROW, 1, change)

    for column, words in enumerate(("", "Now", "Then"), start=1):
        write_value(sheet, RESULT_ROW - 1, column, words, heading)
    for row, (label, now, then, number_format) in enumerate(_RESULTS, start=RESULT_ROW):
        sheet.set_row(row - 1, 26)
        write_value(sheet, row, 1, label, styles.text(**line, bold=True))
        look = styles.text(**line, num_format=number_format, bold=True, font_size=13)
        for column, name in ((2, now), (3, then)):
            write_value(sheet, row, column, None, look)
            workbook.define_name(name, f"='{NAME}'!${'ABC'[column - 1]}${row}")
    write_value(sheet, RESULT_ROW, 4, _EMPTY_NOTE, styles.text(font_color=SOFT_INK, valign="vcenter"))
    note = styles.text(valign="vcenter")
    last = RESULT_ROW + len(_RESULTS) + 1
    sheet.set_row(last - 1, height_for((_PROMISE,), (sum(widths),)) + 6)
    sheet.merge_range(last - 1, 0, last - 1, len(widths) - 1, "", note)
    write_value(sheet, last, 1, _PROMISE, note)
