"""The sheet `Setup`: one setting a row, each value a defined name that program and formulas can use; below, what headings mean."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from model.clinics.settings import RANGES, ClinicSettings
from model.scorecard import bundled
from model.vocabulary import HALF_TERMS, Flag
from templates.cells import height_for, write_value
from templates.content import Content, Value
from templates.layout import Group
from templates.sheets import heading_map
from templates.sheets.input_rules import Rule, warning
from templates.styles import INPUT_FILL, LINE, SOFT_INK, Styles

NAME = "Setup"
FIRST_SETTING_ROW = 4
"""The row of the first setting, counted from 1."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One row: the defined name (also the attribute of `content.Setup`), its label, its help and its input rule."""

    name: str
    label: str
    help: str
    rule: Rule | None = None
    number_format: str = "General"


_SHARE = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1}


def _clinic(name: str, label: str, help: str, number_format: str = "0") -> Setting:
    """A setting of the clinics' plan, with the range that makes sense as its input rule."""
    lowest, highest = RANGES[name]
    kind = "integer" if number_format == "0" else "decimal"
    hint = f"Type a number from {lowest:g} to {highest:g}; {getattr(ClinicSettings(), name):g} is usual."
    rule = warning(label, hint, validate=kind, criteria="between", minimum=lowest, maximum=highest)
    return Setting(name=f"clinic_{name}", label=label, help=help, rule=rule, number_format=number_format)


SETTINGS: tuple[Setting, ...] = (
    Setting(name="school", label="School", help="Stands at the head of letters."),
    Setting(name="class_name", label="Class", help="The class, set or year group here, for example 10x/Ma1."),
    Setting(name="school_year", label="School year", help="For example 2025/26."),
    Setting(
        name="half_term",
        label="Half-term",
        help="1 to 6: how far the records reach. Left empty, it is the latest half-term with marks.",
        rule=warning(
            "Half-term",
            "A school year has the half-terms 1 to 6.",
            validate="list",
            source=list(range(1, HALF_TERMS + 1)),
        ),
    ),
    Setting(name="teacher", label="Teacher", help="Signs letters. May stay empty."),
    Setting(
        name="threshold_high",
        label="High from",
        help=f"Risk from 0 to 1. Students at or above it are flagged {Flag.HIGH.value}. Raise it for fewer flags.",
        rule=warning("High from", f"Type a number from 0 to 1; {bundled().thresholds.high:g} is usual.", **_SHARE),
        number_format="0.00",
    ),
    Setting(
        name="threshold_watch",
        label="Watch from",
        help=f"Risk from 0 to 1, below the one above. Students between the two are flagged {Flag.WATCH.value}.",
        rule=warning("Watch from", f"Type a number from 0 to 1; {bundled().thresholds.watch:g} is usual.", **_SHARE),
        number_format="0.00",
    ),
    Setting(
        name="clinic_seats",
        label="Seats in a clinic",
        help="How many students one clinic can take.",
        rule=warning(
            "Seats",
            "Type a whole number from 1 to 60.",
            validate="integer",
            criteria="between",
            minimum=1,
            maximum=60,
        ),
    ),
    _clinic(
        "overflow", "Overbooking", "Largest chance that more come than there are seats; 0: no overbooking.", "0.00"
    ),
    _clinic("show_rate", "Usual show rate", "Share of those invited who come, until the register tells.", "0.00"),
    _clinic("each", "Clinics a week", "How many clinics one student is given in a week."),
    _clinic("topics", "Topics in a clinic", "How many topics one clinic takes at a time."),
    _clinic(
        "least_risk",
        "Least risk",
        "Below it a student gets a place only where you enter Accept; 0: everybody may.",
        "0.00",
    ),
    _clinic("mastered", "Mastered from", "Share of a topic's marks from which it needs no clinic.", "0.00"),
    _clinic("weight_need", "Weight of need", "How much priority counts for a place; 0 leaves it out.", "0.0"),
    _clinic("weight_show", "Weight of showing", "How much the chance to come counts for a place.", "0.0"),
    _clinic("weight_gap", "Weight of gap", "How much the size of the gap in the topic counts.", "0.0"),
    _clinic("recent_help", "Recent help", "Part by which each clinic of the last six weeks lowers a claim.", "0.00"),
    Setting(
        name="letter_contact",
        label="Contact for families",
        help="Whom families can ask about a letter: name, telephone or mail. Stands in every letter.",
    ),
    Setting(
        name="letter_language",
        label="Language of letters",
        help="Code of the letters' wording, such as en. Left empty, it is English.",
    ),
)


ADDRESS_ROWS = 6
"""Rows for colleagues' mail addresses, all under the one name `colleague_addresses`."""

_WIDTHS = (22, 28, 62, 20)


def write(workbook: Workbook, styles: Styles, content: Content) -> None:
    """Add the sheet and its defined names.

    Example:
        >>> from io import BytesIO
        >>> book = Workbook(BytesIO())
        >>> write(book, Styles(book), Content.of())
        >>> [sheet.name for sheet in book.worksheets()]
        ['Setup']
    """
    sheet = workbook.add_worksheet(NAME)
    sheet.hide_gridlines(2)
    for position, width in enumerate(_WIDTHS):
        sheet.set_column(position, position, width)
    sheet.set_row(0, 30)
    write_value(sheet, 1, 1, "Setup", styles.page_title())
    headings = styles.band(Group.IDENTITY, align="left", indent=1, valign="vcenter")
    for column, heading in enumerate(("Setting", "Value", "What it is for"), start=1):
        write_value(sheet, FIRST_SETTING_ROW - 1, column, heading, headings)
    for row, setting in enumerate(SETTINGS, start=FIRST_SETTING_ROW):
        value = getattr(content.setup, setting.name)
        _line(sheet, styles, row, (setting.label, value, setting.help), setting.number_format)
        workbook.define_name(setting.name, f"={NAME}!$B${row}")
        if setting.rule is not None:
            sheet.data_validation(row - 1, 1, row - 1, 1, setting.rule)
    row = FIRST_SETTING_ROW + len(SETTINGS)
    _write_addresses(workbook, sheet, styles, content.setup.colleague_addresses, row)
    heading_map.write(workbook, sheet, styles, first_row=row + ADDRESS_ROWS + 1)
    a4 = 9
    sheet.set_paper(a4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)


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
