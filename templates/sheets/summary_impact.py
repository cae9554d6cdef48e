"""The section of `Summary` on clinics: what changed for students who were offered them, in the sentences of the last plan.

The program writes them into the table `ClinicPlan` when a plan is made with the comparison
(`addin.results.clinic_register.IMPACT`); here formulas look them up, so that a plan without it leaves no stale figure.
"""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from addin.results.clinic_register import IMPACT
from templates.cells import write_formula, write_value
from templates.sheets.summary_places import DATA_COLUMN, IMPACT_ROW
from templates.styles import LINE, Styles

_NOT_YET = "Press Plan clinics in the ribbon, or run markbook plan --impact, once the register holds attendance."


def write(sheet: Worksheet, styles: Styles) -> None:
    """Write heading and sentences.

    Example:
        >>> from io import BytesIO
        >>> from xlsxwriter import Workbook
        >>> book = Workbook(BytesIO())
        >>> write(book.add_worksheet("Summary"), Styles(book))
    """
    sheet.set_row(IMPACT_ROW - 1, 24)
    for column in range(1, DATA_COLUMN - 1):
        write_value(sheet, IMPACT_ROW, column, "What changed after clinics" if column == 1 else None, styles.section())
    look = styles.text(bottom=1, bottom_color=LINE, valign="vcenter")
    for row, status in enumerate(IMPACT, start=IMPACT_ROW + 1):
        sheet.merge_range(row - 1, 0, row - 1, DATA_COLUMN - 3, "", look)
        otherwise = _NOT_YET if row == IMPACT_ROW + 1 else ""
        found = f'INDEX(ClinicPlan[Why],MATCH("{status}",ClinicPlan[Status],0))'
        write_formula(sheet, row, 1, f'IFERROR({found},"{otherwise}")', look)
    sheet.set_row(IMPACT_ROW + len(IMPACT) - 1, 34)
