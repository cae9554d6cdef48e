"""A fresh workbook made from the values of a marked markbook, for a colleague who has neither the add-in nor the original.

Nothing is copied but values: no macro, formula, comment, hidden sheet, hidden text or property of the original can travel
with it. Columns that a colleague does not need for the decision are left out: the UPN and what is for audit only.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from addin.annotations import FLAG_COLOURS, RESULT_COLUMNS, Look
from addin.errors import SheetProblem
from addin.grid import Book, CellValue, as_text
from addin.headings import Role
from addin.markbook import Markbook

LEFT_OUT = frozenset({Role.UPN, Role.AUDIT, Role.IGNORED, Role.OUTCOME})
FIXED_DATE = datetime(2026, 1, 1)
"""The copy's date of making in its properties: the same values give the same bytes."""


def values_copy(book: Book, markbook: Markbook) -> bytes:
    """The students' sheet with flags and colours as a new .xlsx.

    Args:
        book: The marked book.
        markbook: The same, understood.

    Returns:
        The bytes of the workbook.

    Raises:
        SheetProblem: The markbook has no results yet.
    """
    if "Flag" not in markbook.results:
        raise SheetProblem(
            f"Sheet '{markbook.sheet}' has no results to send. Run 'markbook score' first and send the marked file."
        )
    sheet = book.sheet(markbook.sheet)
    assert sheet is not None, "the markbook was read from this book"
    kept = [column for column in markbook.columns if column.heading and column.role not in LEFT_OUT]
    rows = [student.row for student in markbook.students]
    buffer = BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as copy:
        copy.set_properties({"title": "Marked markbook", "created": FIXED_DATE})
        page = copy.add_worksheet("Markbook")
        heading = copy.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        looks = {
            Look.PERCENT: copy.add_format({"num_format": "0%", "valign": "top"}),
            Look.WRAPPED: copy.add_format({"text_wrap": True, "valign": "top"}),
        }
        plain = copy.add_format({"valign": "top"})
        specs = {spec.heading: spec for spec in RESULT_COLUMNS}
        for place, column in enumerate(kept):
            spec = specs.get(column.heading) if column.role is Role.RESULT else None
            page.write_string(0, place, column.heading, heading)
            page.set_column(place, place, spec.width if spec else max(8.0, min(16.0, len(column.heading) * 0.9)))
            look = looks.get(spec.look, plain) if spec else plain
            for line, row in enumerate(rows, start=1):
                _write(page, line, place, sheet.cell(row, column.index + 1), look)
            if spec is not None and spec.look is Look.FLAG:
                for flag, colours in FLAG_COLOURS.items():
                    page.conditional_format(
                        1,
                        place,
                        len(rows),
                        place,
                        {
                            "type": "cell",
                            "criteria": "==",
                            "value": f'"{flag}"',
                            "format": copy.add_format(
                                {"bg_color": f"#{colours.fill}", "font_color": f"#{colours.text}", "bold": True}
                            ),
                        },
                    )
        page.freeze_panes(
            1, sum(column.role in (Role.STUDENT_ID, Role.SURNAME, Role.FORENAME, Role.NAME) for column in kept)
        )
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
    return buffer.getvalue()


def _write(page: Worksheet, row: int, column: int, value: CellValue, look: Format) -> None:
    """Numbers as numbers, everything else as text: what begins with '=' must never become a formula."""
    if value is None:
        page.write_blank(row, column, None, look)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        page.write_number(row, column, value, look)
    else:
        text = value if isinstance(value, str) else as_text(value)
        page.write_string(row, column, text[:32767], look)
