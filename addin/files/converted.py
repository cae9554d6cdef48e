"""Files that cannot be patched, as a new workbook of their values: .xls, .xlsb, .ods and .csv, and papers whose students stand in
columns. The source is never touched; the result of scoring is written to the new workbook.
"""

from __future__ import annotations

import re
import sys
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from addin.errors import FileProblem, NotAWorkbook, UnsafeWorkbook
from addin.extras import needed
from addin.files.package.guard import MOST_CELLS, check_readable, check_sizes
from addin.reading.grid import CellValue, Sheet, as_text, column_letters
from addin.reading.marks import number_in
from addin.reading.table.turned import is_turned, turned
from model.quiet import quiet

SPREADSHEETS = frozenset({".xls", ".xlsb", ".ods"})
TEXTS = frozenset({".csv", ".tsv"})
WIDEST = 40
_ODS_CONTENT = "content.xml"
_ODS_SPACES = re.compile(rb"""text:c\s*=\s*["']([^"']*)["']""")
_MOST_SPACES, _LONGEST_ATTRIBUTE = 1_000_000, 100
_HEADING, _INK = "1F3A5F", "FFFFFF"


def converted_name(path: Path) -> Path:
    """The name that a file goes by as a workbook.

    Example:
        >>> converted_name(Path("class.ods")).name, converted_name(Path("class.xlsm")).name
        ('class.xlsx', 'class.xlsm')
    """
    return path.with_suffix(".xlsx") if path.suffix.lower() in SPREADSHEETS | TEXTS else path


def as_workbook(path: Path, folder: Path) -> Path:
    """The file itself where it can be patched, else a new workbook of its values in a folder.

    Raises:
        FileProblem: The file is missing, damaged, encrypted, or too large.
        RequestProblem: The reader of such files is not installed.

    Example:
        >>> as_workbook(Path("class.xlsx"), Path("."))
        PosixPath('class.xlsx')
    """
    ending = path.suffix.lower()
    if ending in TEXTS:
        return write_values([_of_text(path)], folder / converted_name(path).name)
    if ending in SPREADSHEETS:
        return write_values(_of_spreadsheet(path), folder / converted_name(path).name)
    return path


def write_values(sheets: Sequence[Sheet], target: Path) -> Path:
    """Write sheets as plain values, the top rows as headings; sheets whose students stand in columns are turned.

    Returns:
        The target.
    """
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    with xlsxwriter.Workbook(target, options) as workbook:
        heading = workbook.add_format(
            {"bold": True, "bg_color": _HEADING, "font_color": _INK, "text_wrap": True, "valign": "top"}
        )
        looks = {datetime: "yyyy-mm-dd hh:mm", date: "yyyy-mm-dd", time: "hh:mm", timedelta: "[h]:mm"}
        formats = {kind: workbook.add_format({"num_format": look}) for kind, look in looks.items()}
        for sheet in sheets:
            rows = turned(sheet).rows if is_turned(sheet) else sheet.rows
            page = workbook.add_worksheet(sheet.name[:31])
            for r, cells in enumerate(rows):
                for c, cell in enumerate(cells):
                    if cell is not None and cell != "":
                        page.write(r, c, cell, heading if r == 0 else formats.get(type(cell)))
            for c in range(max(map(len, rows), default=0)):
                longest = max((len(as_text(cells[c])) for cells in rows if c < len(cells)), default=0)
                page.set_column(c, c, min(WIDEST, longest + 2))
            page.freeze_panes(1, 0)
    return target


def _of_text(path: Path) -> Sheet:
    """The rows of a CSV file; texts that are numbers are numbers, but for those that begin with a nought."""
    from addin.importing.export import csv_rows  # with all that knows platforms' exports, which no workbook waits for

    rows = [tuple(map(_value, cells)) for cells in csv_rows(path)]
    width = max(map(len, rows), default=0)
    name = "".join(letter for letter in path.stem if letter not in "[]:*?/\\'")
    return Sheet(name=name[:31] or "Class", rows=tuple((*row, *[None] * (width - len(row))) for row in rows))


def _value(text: str) -> CellValue:
    plain = text.strip()
    number = number_in(plain)
    kept_as_text = plain.startswith("0") and plain not in ("0",) and not plain.startswith("0.")
    return plain or None if number is None or kept_as_text else int(number) if number.is_integer() else number


def _check_spaces(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse an OpenDocument file that says of spaces that there are millions: its reader would write them all out."""
    if _ODS_CONTENT not in archive.namelist():
        return
    spaces, before = 0, b""
    with archive.open(_ODS_CONTENT) as stream:
        while part := stream.read(1 << 20):
            found = [match[1].strip() for match in _ODS_SPACES.finditer(before + part)]
            spaces += sum(int(count) if count.isdigit() and len(count) < 9 else _MOST_SPACES for count in found)
            if spaces >= _MOST_SPACES:
                raise UnsafeWorkbook(f"{path.name}: it holds millions of spaces. Save the students only.")
            before = part[-_LONGEST_ATTRIBUTE:]


def _of_spreadsheet(path: Path) -> list[Sheet]:
    check_readable(path)
    needed("formats")
    import python_calamine

    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                check_sizes(path, archive)
                _check_spaces(path, archive)
        sheets = []
        # Where a damaged file makes the reader panic, it prints by itself.
        with quiet(sys.stderr, 2):
            book = python_calamine.CalamineWorkbook.from_path(str(path))
            found = [(about, book.get_sheet_by_name(about.name)) for about in book.sheets_metadata]
        for about, sheet in found:
            if sheet.total_height * sheet.total_width > MOST_CELLS:
                raise UnsafeWorkbook(
                    f"{path.name}, sheet '{about.name}': it reaches to column {column_letters(sheet.total_width)} and row "
                    f"{sheet.total_height:,}, where no markbook does. Save the students only."
                )
            rows = tuple(
                tuple(None if cell == "" else cell for cell in row) for row in sheet.to_python(skip_empty_area=False)
            )
            sheets.append(Sheet(name=about.name, rows=rows, visible="Visible" in str(about.visible)))
    except FileProblem:
        raise
    except BaseException as error:  # the reader's own errors have no common base, and its panics are no exceptions
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise NotAWorkbook(
            f"{path.name}: it cannot be read ({error}). Open it and save it as Excel Workbook (.xlsx)."
        ) from error
    return sheets
