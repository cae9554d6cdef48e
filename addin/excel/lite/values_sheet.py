"""E-mail in a browser: a copy of values as a sheet, which the teacher moves into a new workbook and mails.

It leaves out what the copy that `markbook email` makes leaves out: UPN, what is for audit only, outcomes, what the program does not
use. What is hidden in Excel cannot be seen from here, and that is said.
"""

from __future__ import annotations

from addin.errors import SheetProblem
from addin.excel.lite.own_sheet import sheet_edits
from addin.mail.copied_columns import chosen, template_columns, upns_in, without_upns
from addin.reading.grid import Book, CellValue, as_text
from addin.reading.markbook import read_markbook
from addin.results.columns import RESULT_COLUMNS
from addin.results.edits import SheetEdits
from model.vocabulary import counted

SHEET = "Values copy"
NUMBER = "No."
"""The first heading."""

LONGEST_TEXT = 32_767


def values_sheet(book: Book) -> tuple[str, SheetEdits]:
    """The sheet with the values of the class, and what to tell.

    Raises:
        SheetProblem: There are no results to send.
        RequestProblem: A sheet of that name holds something else.
        MarkbookError: The markbook cannot be read.
    """
    markbook = read_markbook(book)
    sheet = book.sheet(markbook.sheet)
    assert sheet is not None, "the markbook was read from this book"
    if "Flag" not in markbook.results:
        raise SheetProblem(
            f"Sheet '{markbook.sheet}' has no results to send. Press Score class first, then this again."
        )
    choice = chosen(book, markbook)
    clean = without_upns(upns_in(book, markbook))
    described = template_columns(choice, coded=False, clean=clean)
    results = [spec for spec in RESULT_COLUMNS if spec.heading in choice.results]
    places = [column.index + 1 for column in choice.columns] + [markbook.results[spec.heading] for spec in results]

    def value(cell: CellValue) -> CellValue:
        if cell is None or (isinstance(cell, (int, float)) and not isinstance(cell, bool)):
            return cell
        return clean(as_text(cell))[:LONGEST_TEXT]

    rows = tuple(
        (number, *(value(sheet.cell(student.row, place)) for place in places))
        for number, student in enumerate(markbook.students, start=1)
    )
    edits = sheet_edits(
        book,
        markbook,
        sheet=SHEET,
        headings=(NUMBER, *(column.heading for column in described), *(spec.heading for spec in results)),
        widths=(6.0, *(column.width for column in described), *(spec.width for spec in results)),
        rows=rows,
    )
    told = (
        f"The sheet {SHEET} holds the values of {counted(len(rows), 'student')}, those of hidden rows too. Left out: "
        f"{'; '.join(choice.left_out)}. Right-click its tab, choose Move or Copy, (new book) and Create a copy; save that book "
        "with a password, look at it, and mail it yourself. Nothing was sent. Then delete the sheet here."
    )
    return told, edits
