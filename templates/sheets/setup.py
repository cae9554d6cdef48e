"""The sheet `Setup`: one setting a row, each value a defined name that program and formulas can use; below, what headings mean."""

from __future__ import annotations

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from addin.reading.headings.column import Role
from model.clinics.groups import RANGES, ClinicSettings
from model.scorecard import bundled
from model.vocabulary import HALF_TERMS, STRANDS
from templates.cells import height_for, new_page, write_value
from templates.content import Content, Value
from templates.layout import Group, listed
from templates.sheets.input_rules import SEATS, Rule, warning
from templates.styles import INPUT_FILL, LINE, SOFT_INK, Styles

NAME = "Setup"
FIRST_SETTING_ROW = 4
"""The row of the first setting, counted from 1."""

SETTINGS = listed("setup.csv")
"""A row each: the defined name (also the attribute of `content.Setup`, or behind `clinic_` and `threshold_` that of its `clinics`
and `thresholds`), the label, what it is for, and how its number looks."""


def _rule(name: str, label: str, number_format: str) -> Rule | None:
    """The input rule of a setting, with the range that makes sense; None where any text may stand."""
    area, _, part = name.partition("_")
    if name == "half_term":
        half_terms = list(range(1, HALF_TERMS + 1))
        return warning(label, "A school year has the half-terms 1 to 6.", validate="list", source=half_terms)
    if name == "clinic_seats":
        return SEATS
    if area not in ("threshold", "clinic"):
        return None
    lowest, highest = RANGES[part] if area == "clinic" else (0, 1)
    usual = getattr(ClinicSettings() if area == "clinic" else bundled().thresholds, part)
    hint = f"Type a number from {lowest:g} to {highest:g}; {usual:g} is usual."
    kind = "integer" if number_format == "0" else "decimal"
    return warning(label, hint, validate=kind, criteria="between", minimum=lowest, maximum=highest)


ADDRESS_ROWS = 6
"""Rows for colleagues' mail addresses, all under the one name `colleague_addresses`."""

TABLE = "HeadingMap"
MAP_ROWS = 12
_HELP = (
    "Only where the program takes a column for something else. Type the heading as it stands in your markbook, and "
    "choose what it means from the list on the right. markbook check shows how every column was understood."
)

_WIDTHS = (22, 28, 62, 20)


def meanings() -> tuple[str, ...]:
    """Everything that a heading may mean: the roles of columns, and tests by strand; results are the program's own.

    Example:
        >>> meanings()[0], "Ratio test" in meanings(), "ignored" in meanings(), "result" in meanings()
        ('student ID', True, True, False)
    """
    roles = [role.value for role in Role if role not in (Role.RESULT, Role.IGNORED)]
    return (*roles, *(f"{strand} test" for strand in STRANDS), Role.IGNORED.value)


def write(workbook: Workbook, styles: Styles, content: Content) -> None:
    """Add the sheet and its defined names.

    Example:
        >>> from io import BytesIO
        >>> book = Workbook(BytesIO())
        >>> write(book, Styles(book), Content.of())
        >>> [sheet.name for sheet in book.worksheets()]
        ['Setup']
    """
    sheet = new_page(workbook, styles, NAME, _WIDTHS, landscape=False)
    headings = styles.band(Group.IDENTITY, align="left", indent=1, valign="vcenter")
    for column, heading in enumerate(("Setting", "Value", "What it is for"), start=1):
        write_value(sheet, FIRST_SETTING_ROW - 1, column, heading, headings)
    kept = {"clinic": content.setup.clinics, "threshold": content.setup.thresholds}
    for row, setting in enumerate(SETTINGS, start=FIRST_SETTING_ROW):
        name, label, number_format = setting["name"], setting["label"], setting["number_format"]
        area, _, part = name.partition("_")
        value = getattr(kept[area], part) if area in kept else getattr(content.setup, name)
        _line(sheet, styles, row, (label, value, setting["help"]), number_format)
        workbook.define_name(name, f"={NAME}!$B${row}")
        rule = _rule(name, label, number_format)
        if rule is not None:
            sheet.data_validation(row - 1, 1, row - 1, 1, rule)
    row = FIRST_SETTING_ROW + len(SETTINGS)
    _write_addresses(workbook, sheet, styles, content.setup.colleague_addresses, row)
    _write_heading_map(workbook, sheet, styles, row + ADDRESS_ROWS + 1)
    # The words to choose from run on below the table that they are for: on paper they would make all else small.
    sheet.print_area(0, 0, row + ADDRESS_ROWS + 1 + MAP_ROWS, len(_WIDTHS) - 1)


def _write_addresses(
    workbook: Workbook, sheet: Worksheet, styles: Styles, addresses: tuple[str, ...], first_row: int
) -> None:
    helps = ("One address a row: colleagues to whom this markbook may be mailed. Never families.",)
    for place in range(ADDRESS_ROWS):
        label = "Colleagues' mail" if place == 0 else None
        value = addresses[place] if place < len(addresses) else None
        _line(sheet, styles, first_row + place, (label, value, helps[0] if place == 0 else None))
    last_row = first_row + ADDRESS_ROWS - 1
    workbook.define_name("colleague_addresses", f"={NAME}!$B${first_row}:$B${last_row}")
    one_at = f'=AND(ISNUMBER(FIND("@",B{first_row})),ISERROR(FIND(" ",B{first_row})))'
    rule = warning(
        "Mail address", "Type one mail address, such as head@school.example.", validate="custom", value=one_at
    )
    sheet.data_validation(first_row - 1, 1, last_row - 1, 1, rule)


def _line(
    sheet: Worksheet, styles: Styles, row: int, cells: tuple[Value, Value, Value], number_format: str = "General"
) -> None:
    line = {"bottom": 1, "bottom_color": LINE, "valign": "vcenter"}
    looks = (
        styles.text(**line, bold=True),
        styles.text(**line, bg_color=INPUT_FILL, num_format=number_format),
        styles.text(**line, font_color=SOFT_INK),
    )
    sheet.set_row(row - 1, max(22, height_for([str(cells[2] or "")], [_WIDTHS[2]])))
    for column, (value, look) in enumerate(zip(cells, looks, strict=True), start=1):
        write_value(sheet, row, column, value, look)


def _write_heading_map(workbook: Workbook, sheet: Worksheet, styles: Styles, first_row: int) -> None:
    """Where the program misreads a heading, the teacher says here what it means: an Excel table of two columns, `Heading` and
    `Means`, and beside it the list of meanings to choose from; title, table and list from `first_row` on, in columns A to D."""
    sheet.set_row(first_row - 1, 24)
    write_value(sheet, first_row, 1, "What headings mean", styles.section())
    for column in (2, 3, 4):
        write_value(sheet, first_row, column, None, styles.section())
    header_row = first_row + 1
    heading = styles.band(Group.IDENTITY, align="left", indent=1, valign="vcenter")
    sheet.set_row(header_row - 1, 20)
    sheet.add_table(
        header_row - 1,
        0,
        header_row - 1 + MAP_ROWS,
        1,
        {
            "name": TABLE,
            "style": None,
            "columns": [{"header": words, "header_format": heading} for words in ("Heading", "Means")],
        },
    )
    write_value(sheet, header_row, 3, None, heading)
    write_value(sheet, header_row, 4, "To choose from", heading)
    filled = styles.text(bottom=1, bottom_color=LINE, bg_color=INPUT_FILL)
    for row in range(header_row + 1, header_row + 1 + MAP_ROWS):
        for column in (1, 2):
            write_value(sheet, row, column, None, filled)
    top_of_help = styles.text(font_color=SOFT_INK, valign="top")
    sheet.merge_range(header_row, 2, header_row + 3, 2, "", top_of_help)
    write_value(sheet, header_row + 1, 3, _HELP, top_of_help)
    words = meanings()
    for row, word in enumerate(words, start=header_row + 1):
        write_value(sheet, row, 4, word, styles.text(bottom=1, bottom_color=LINE))
    workbook.define_name("heading_meanings", f"={sheet.name}!$D${header_row + 1}:$D${header_row + len(words)}")
    rule = warning("Means", "Choose one of the words on the right.", validate="list", source="=heading_meanings")
    sheet.data_validation(header_row, 1, header_row + MAP_ROWS - 1, 1, rule)
