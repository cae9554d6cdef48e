"""The sheet `Summary`: the class at a glance, by formulas over the tables `Markbook` and `History`.

No formula has a stored result: Excel and LibreOffice calculate what has none when they open the file, and a figure that is not
there cannot be out of date.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from addin.results.clinic_register import IMPACT
from addin.results.columns import FLAG_COLOURS
from model.vocabulary import STRANDS, Flag
from templates import formulas, layout
from templates.cells import A4, write_formula, write_value
from templates.content import Content, Value
from templates.layout import Group
from templates.sheets import summary_charts
from templates.sheets.summary_charts import NAME
from templates.styles import BANDS, LINE, NEED, SECURE, SOFT_INK, Styles

_WIDTHS = (24, 11, 11, 11, 11, 11, 2)
_SCORED_FLAGS = (Flag.HIGH, Flag.WATCH, Flag.ON_TRACK)
_NOT_SCORED = "Not scored yet. Press Score in the ribbon, or run markbook score; the figures then fill in."
_NEED_NOTE = (
    "Share of the marks earned, in topic tests; the darker, the weaker. “To help”: students who have the strand among "
    "their topics to work on."
)
_FORMULA_NOTE = " Marks typed as 17/40 are left out here."
_RULE_NOTE = (
    "The plain rule is what one would do without a model: flag whoever works half a grade or more below target. Where the "
    "two differ, look twice; Class list says so beside the student."
)

_GAP_NOTE = (
    "The chart: left of 0, a likely final grade below target. A high risk near 0 comes from more than marks: look at "
    f"attendance, homework and effort. Up to {layout.DATA_ROWS} students are drawn."
)
_NOT_YET = "Press Plan clinics in the ribbon, or run markbook plan --impact, once the register holds attendance."

Figure = Callable[[Worksheet, int, int, str, Format], None]
"""Writes a figure: sheet, row, column, the formula that works it out (without its "="), and its format."""


def write(workbook: Workbook, styles: Styles, content: Content) -> None:
    """Add the sheet, its defined names and its charts.

    Example:
        >>> from io import BytesIO
        >>> book = Workbook(BytesIO())
        >>> write(book, Styles(book), Content.of())
        >>> [sheet.name for sheet in book.worksheets()], len(book.charts)
        (['Summary'], 4)
    """
    del content
    for name, column in (("previous_run", "B"), ("last_run", "C")):
        workbook.define_name(name, f"={NAME}!${column}${layout.DAYS_ROW}")
    sheet = _write(workbook, styles, write_formula, note=_NEED_NOTE + _FORMULA_NOTE, stored=False)
    _write_impact(sheet, styles)
    # Without a password: it keeps slips away from the formulas, and nobody out.
    sheet.protect()


def write_figures(workbook: Workbook, styles: Styles, figures: Mapping[tuple[int, int], Value]) -> None:
    """Add the same sheet with figures in place of formulas, for a workbook that has nothing to work them out from.

    Args:
        workbook, styles: Where.
        figures: (row, column), from 1, -> what stands there; empty where there is none.
    """

    def write_stored(sheet: Worksheet, row: int, column: int, formula: str, style: Format) -> None:
        del formula
        write_value(sheet, row, column, figures.get((row, column)), style)

    _write(workbook, styles, write_stored, note=_NEED_NOTE, stored=True)


def _write(workbook: Workbook, styles: Styles, figure: Figure, *, note: str, stored: bool) -> Worksheet:
    sheet = workbook.add_worksheet(NAME)
    sheet.hide_gridlines(2)
    sheet.set_default_row(19)
    for position, width in enumerate(_WIDTHS):
        sheet.set_column(position, position, width)
    sheet.set_column(layout.CHART_COLUMN - 1, layout.DATA_COLUMN - 3, 9)
    _write_title(sheet, styles, figure)
    _write_flags(sheet, styles, figure)
    _write_runs(sheet, styles, figure)
    _write_need(sheet, styles, figure, note)
    _write_rule(sheet, styles, figure)
    _write_data(sheet, styles, figure)
    summary_charts.write(workbook, sheet, stored=stored)
    sheet.set_paper(A4)
    sheet.set_portrait()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, layout.LAST_ROW - 1, layout.DATA_COLUMN - 3)
    sheet.set_footer("&L&9Confidential: student data&C&9&A&R&9&D")
    return sheet


def _write_title(sheet: Worksheet, styles: Styles, figure: Figure) -> None:
    band = styles.band(Group.IDENTITY, font_size=18, align="left", indent=1, valign="vcenter")
    pale = styles.text(bg_color=BANDS[Group.IDENTITY].pale, valign="vcenter", text_wrap=False)
    sheet.set_row(0, 34)
    sheet.set_row(1, 24)
    for column in range(1, layout.DATA_COLUMN - 1):
        write_value(sheet, 1, column, None, band)
        write_value(sheet, 2, column, None, pale)
    figure(sheet, 1, 1, '"Summary"&IF(class_name="",""," – class "&class_name)', band)
    who = f'{formulas.STUDENTS}&IF({formulas.STUDENTS}=1," student, "," students, ")'
    told = f'{who}&{formulas.SCORED}&" scored"&IF(half_term="","",", half-term "&half_term)'
    figure(sheet, 2, 1, f'IF({formulas.SCORED}=0,"{_NOT_SCORED}",{told})', pale)


def _write_flags(sheet: Worksheet, styles: Styles, figure: Figure) -> None:
    _heading(sheet, styles, layout.FLAGS_ROW, "Students by flag", ("Flag", "Students", "Share"))
    first, total = layout.FLAGS_ROW + 2, layout.FLAGS_ROW + 2 + len(Flag)
    for row, flag in enumerate(Flag, start=first):
        write_value(sheet, row, 1, flag.value, _sign(styles, flag))
        figure(sheet, row, 2, formulas.with_flag(f"$A{row}"), _figure(styles))
        figure(sheet, row, 3, f'IF($B${total}=0,"",B{row}/$B${total})', _figure(styles, num_format="0%"))
    write_value(sheet, total, 1, "All", _figure(styles, bold=True, align="left", indent=1))
    figure(sheet, total, 2, f"SUM(B{first}:B{total - 1})", _figure(styles, bold=True))
    write_value(sheet, total, 3, None, _figure(styles))


def _write_runs(sheet: Worksheet, styles: Styles, figure: Figure) -> None:
    headings = ("Flag", "Run before", "Last run", "Change")
    _heading(sheet, styles, layout.RUNS_ROW, "Change since the run before", headings)
    days = layout.DAYS_ROW
    write_value(sheet, days, 1, "Date", _figure(styles, align="left", indent=1, font_color=SOFT_INK))
    day = _figure(styles, num_format="yyyy-mm-dd", font_color=SOFT_INK)
    figure(sheet, days, 2, formulas.RUN_BEFORE, day)
    figure(sheet, days, 3, formulas.LAST_RUN, day)
    write_value(sheet, days, 4, None, day)
    for row, flag in enumerate(Flag, start=days + 1):
        write_value(sheet, row, 1, flag.value, _sign(styles, flag))
        figure(sheet, row, 2, formulas.with_flag_on("previous_run", f"$A{row}"), _figure(styles))
        figure(sheet, row, 3, formulas.with_flag_on("last_run", f"$A{row}"), _figure(styles))
        step = f'IF(OR(B{row}="",C{row}=""),"",C{row}-B{row})'
        figure(sheet, row, 4, step, _figure(styles, num_format="+0;-0;0"))


def _write_need(sheet: Worksheet, styles: Styles, figure: Figure, note: str) -> None:
    headings = ("Strand", "Class", *(flag.value for flag in _SCORED_FLAGS), "To help")
    _heading(sheet, styles, layout.NEED_ROW, "Need by strand", headings)
    for column, flag in enumerate(_SCORED_FLAGS, start=3):
        write_value(sheet, layout.NEED_ROW + 1, column, flag.value, _sign(styles, flag, align="center", indent=0))
    first = layout.NEED_ROW + 2
    for row, strand in enumerate(STRANDS, start=first):
        write_value(sheet, row, 1, strand.value, _figure(styles, align="left", indent=1, bold=True))
        per_cent = _figure(styles, num_format="0%")
        figure(sheet, row, 2, formulas.strand_mean(f"$A{row}"), per_cent)
        for column in (3, 4, 5):
            flag_cell = xl_rowcol_to_cell(layout.NEED_ROW, column - 1, row_abs=True)
            figure(sheet, row, column, formulas.strand_mean(f"$A{row}", flag_cell), per_cent)
        figure(sheet, row, 6, formulas.students_to_help(f"$A{row}"), _figure(styles))
    last = first + len(STRANDS) - 1
    scale = {"type": "2_color_scale", "min_color": f"#{NEED}", "max_color": f"#{SECURE}"}
    sheet.conditional_format(first - 1, 1, last - 1, 4, scale)
    _note(sheet, styles, last + 1, note)


def _write_rule(sheet: Worksheet, styles: Styles, figure: Figure) -> None:
    _heading(sheet, styles, layout.RULE_ROW, "Model beside the plain rule", ("", "Students"))
    lines = (
        ("They agree", formulas.AGREED),
        ("Model alone flags", formulas.BY_MODEL_ALONE),
        ("Plain rule alone flags", formulas.BY_RULE_ALONE),
    )
    for row, (words, formula) in enumerate(lines, start=layout.RULE_ROW + 2):
        write_value(sheet, row, 1, words, _figure(styles, align="left", indent=1))
        figure(sheet, row, 2, formula, _figure(styles))
    _note(sheet, styles, layout.RULE_ROW + 5, _RULE_NOTE)
    _note(sheet, styles, layout.RULE_ROW + 9, _GAP_NOTE)


def _write_data(sheet: Worksheet, styles: Styles, figure: Figure) -> None:
    """What the scatter chart is drawn from, in folded columns: number in the table, gap, and risk under its flag."""
    plain = styles.text()
    headings = ("Number", "Gap", *(flag.value for flag in _SCORED_FLAGS))
    for column, heading in enumerate(headings, start=layout.DATA_COLUMN):
        write_value(sheet, layout.FIRST_DATA_ROW - 1, column, heading, plain)
    sheet.set_column(layout.DATA_COLUMN - 1, layout.DATA_COLUMN + len(headings) - 2, 9, None, {"hidden": True})
    for number in range(1, layout.DATA_ROWS + 1):
        row = layout.FIRST_DATA_ROW + number - 1
        cell = xl_rowcol_to_cell(row - 1, layout.DATA_COLUMN - 1, col_abs=True)
        write_value(sheet, row, layout.DATA_COLUMN, number, plain)
        figure(sheet, row, layout.DATA_COLUMN + 1, formulas.target_gap(cell), plain)
        for column, flag in enumerate(_SCORED_FLAGS, start=layout.DATA_COLUMN + 2):
            figure(sheet, row, column, formulas.risk_if(cell, flag), plain)


def _write_impact(sheet: Worksheet, styles: Styles) -> None:
    """What changed for students who were offered clinics, in the sentences of the last plan.

    The program writes them into the table `ClinicPlan` when a plan is made with the comparison
    (`addin.results.clinic_register.IMPACT`); here formulas look them up, so that a plan without it leaves no stale figure.
    """
    _heading(sheet, styles, layout.IMPACT_ROW, "What changed after clinics", ())
    look = styles.text(bottom=1, bottom_color=LINE, valign="vcenter")
    for row, status in enumerate(IMPACT, start=layout.IMPACT_ROW + 1):
        sheet.merge_range(row - 1, 0, row - 1, layout.DATA_COLUMN - 3, "", look)
        otherwise = _NOT_YET if row == layout.IMPACT_ROW + 1 else ""
        found = f'INDEX(ClinicPlan[Why],MATCH("{status}",ClinicPlan[Status],0))'
        write_formula(sheet, row, 1, f'IFERROR({found},"{otherwise}")', look)
    sheet.set_row(layout.IMPACT_ROW + len(IMPACT) - 1, 34)


def _heading(sheet: Worksheet, styles: Styles, row: int, title: str, headings: Sequence[str]) -> None:
    sheet.set_row(row - 1, 24)
    for column in range(1, layout.DATA_COLUMN - 1):
        write_value(sheet, row, column, title if column == 1 else None, styles.section())
    for column, heading in enumerate(headings, start=1):
        place = {"align": "left", "indent": 1} if column == 1 else {"align": "center"}
        write_value(sheet, row + 1, column, heading, styles.band(Group.IDENTITY, valign="vcenter", **place))


def _note(sheet: Worksheet, styles: Styles, row: int, words: str) -> None:
    style = styles.text(font_color=SOFT_INK, font_size=10)
    sheet.merge_range(row - 1, 0, row + 1, 5, "", style)
    write_value(sheet, row, 1, words, style)


def _figure(styles: Styles, **properties: Any) -> Format:
    usual = {"align": "center", "indent": 0, "bottom": 1, "bottom_color": LINE, "text_wrap": False, "valign": "vcenter"}
    return styles.text(**(usual | properties))


def _sign(styles: Styles, flag: Flag, **properties: Any) -> Format:
    colours = FLAG_COLOURS[flag]
    usual = {
        "bold": True,
        "font_color": colours.text,
        "bg_color": colours.fill,
        "text_wrap": False,
        "valign": "vcenter",
    }
    return styles.text(**(usual | properties))
