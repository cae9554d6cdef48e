"""The sheet `Setup`: one setting a row, each value a defined name that program and formulas can use."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter import Workbook

from model.scorecard import bundled
from model.vocabulary import HALF_TERMS, Flag
from templates.cells import write_value
from templates.content import Content
from templates.input_rules import Rule, warning
from templates.layout import Group
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
)


def write(workbook: Workbook, styles: Styles, content: Content) -> None:
    """Add the sheet and its defined names.

    Example:
        >>> from io import BytesIO
        >>> from templates.content import Setup
        >>> book = Workbook(BytesIO())
        >>> write(book, Styles(book), Content.of(roster=(), cohort=None, setup=Setup(), rows=None))
        >>> [sheet.name for sheet in book.worksheets()]
        ['Setup']
    """
    sheet = workbook.add_worksheet(NAME)
    sheet.hide_gridlines(2)
    sheet.set_column("A:A", 20)
    sheet.set_column("B:B", 26)
    sheet.set_column("C:C", 84)
    sheet.set_row(0, 30)
    write_value(sheet, 1, 1, "Setup", styles.page_title())
    for column, heading in enumerate(("Setting", "Value", "What it is for"), start=1):
        write_value(
            sheet,
            FIRST_SETTING_ROW - 1,
            column,
            heading,
            styles.band(Group.IDENTITY, align="left", indent=1, valign="vcenter"),
        )
    line = {"bottom": 1, "bottom_color": LINE, "valign": "vcenter"}
    for row, setting in enumerate(SETTINGS, start=FIRST_SETTING_ROW):
        sheet.set_row(row - 1, 26)
        value = getattr(content.setup, setting.name)
        filled = styles.text(**line, bg_color=INPUT_FILL, num_format=setting.number_format)
        write_value(sheet, row, 1, setting.label, styles.text(**line, bold=True))
        write_value(sheet, row, 2, value, filled)
        write_value(sheet, row, 3, setting.help, styles.text(**line, font_color=SOFT_INK))
        workbook.define_name(setting.name, f"={NAME}!$B${row}")
        if setting.rule is not None:
            sheet.data_validation(row - 1, 1, row - 1, 1, setting.rule)
    a4 = 9
    sheet.set_paper(a4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
