"""New pages, and writing cells: rows and columns from 1, text that is never taken for a formula, formulas without stale results."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from templates.content import Value
from templates.styles import Styles

A4 = 9
"""Excel's number of the paper."""

_LINE_HEIGHT, _PADDING = 15.0, 5.0
_HIGHEST_ROW = 409.0
"""Heights in points; Excel allows no higher row."""

_LETTERS_PER_WIDTH = 1.08
"""Excel counts widths in digits, and letters are narrower; 1.17 was measured, some is kept back for wide words."""


def new_page(
    workbook: Workbook, styles: Styles, name: str, widths: Sequence[float], *, landscape: bool = True
) -> Worksheet:
    """Add a sheet that is read like a page: its name as the title, no grid lines, printed on one side of A4.

    Args:
        workbook, styles: Where.
        name: Of the sheet.
        widths: Of its columns, in characters.
        landscape: How the paper lies.

    Example:
        >>> from io import BytesIO
        >>> book = Workbook(BytesIO())
        >>> new_page(book, Styles(book), "Setup", (22, 28)).get_name()
        'Setup'
    """
    sheet = workbook.add_worksheet(name)
    sheet.hide_gridlines(2)
    for position, width in enumerate(widths):
        sheet.set_column(position, position, width)
    sheet.set_row(0, 30)
    write_value(sheet, 1, 1, name, styles.page_title())
    sheet.set_paper(A4)
    (sheet.set_landscape if landscape else sheet.set_portrait)()
    sheet.fit_to_pages(1, 1)
    return sheet


def write_value(sheet: Worksheet, row: int, column: int, value: Value, style: Format) -> None:
    """Write a text, a number or, for None, an empty cell with its format.

    XlsxWriter's own `write` makes a formula of any text that begins with "=", and a name may begin with anything.

    Example:
        >>> from io import BytesIO
        >>> book = Workbook(BytesIO())
        >>> write_value(book.add_worksheet(), 1, 1, "=1+1", book.add_format())
        >>> book.str_table.count  # the text went to the table of texts
        1
    """
    if value is None:
        sheet.write_blank(row - 1, column - 1, None, style)
    elif isinstance(value, str):
        sheet.write_string(row - 1, column - 1, value, style)
    else:
        sheet.write_number(row - 1, column - 1, value, style)


def write_formula(
    sheet: Worksheet, row: int, column: int, formula: str, style: Format, result: str | float = ""
) -> None:
    """Write a formula (without its "=") and no result, unless it is known.

    XlsxWriter would store 0 as the result, which is seldom right; without one, every program calculates on opening.

    Example:
        >>> from io import BytesIO
        >>> book = Workbook(BytesIO())
        >>> sheet = book.add_worksheet()
        >>> write_formula(sheet, 1, 1, "1+1", book.add_format())
        >>> sheet.table[0][0].value
        ''
    """
    sheet.write_formula(row - 1, column - 1, f"={formula}", style, result)


def height_for(texts: Sequence[str], widths: Sequence[float]) -> float:
    """The height in points of a row whose wrapped texts stand in columns of these widths (in characters).

    Excel fits rows when a teacher edits them, but not every program does so when it opens a file.

    Example:
        >>> height_for(["short"], [20.0]), height_for(["word " * 12], [16.0])
        (20.0, 65.0)
    """
    letters = [int(width * _LETTERS_PER_WIDTH) for width in widths]
    lines = max(_lines(text, width) for text, width in zip(texts, letters, strict=True))
    return min(_PADDING + lines * _LINE_HEIGHT, _HIGHEST_ROW)


def _lines(text: str, letters: int) -> int:
    return sum(max(1, len(textwrap.wrap(line, width=letters))) for line in text.split("\n"))
