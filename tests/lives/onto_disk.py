"""A workbook into a file as Excel would save it, its formulas worked out, and back out of a file that the program has written."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import openpyxl
import xlsxwriter

from tests.lives.workbook import Page, Workbook, _column, plain

_SUM = re.compile(r"=SUM\(([A-Z]+)(\d+):([A-Z]+)(\d+)\)")


def save(book: Workbook, path: Path) -> None:
    """Write the file."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as out:
        styles = {
            code: out.add_format({"num_format": code}) for page in book.pages.values() for code in page.formats.values()
        }
        day = out.add_format({"num_format": "yyyy-mm-dd"})
        for page in book.pages.values():
            sheet = out.add_worksheet(page.name)
            if page.table is not None:
                top, left, bottom, right = (end - 1 for end in page.table)
                headings = [
                    {"header": str(page.cells.get((top + 1, c + 1), f"Column{c}"))} for c in range(left, right + 1)
                ]
                name = f"Table{page.name.replace(' ', '')}"
                sheet.add_table(top, left, bottom, right, {"columns": headings, "name": name})
            elif page.hidden:
                height, width = page.corner()
                sheet.autofilter(min(page.hidden) - 2, 0, height - 1, width - 1)
            for row in page.hidden:
                sheet.set_row(row - 1, None, None, {"hidden": True})
            for (row, column), value in page.cells.items():
                style, formula = styles.get(page.formats.get((row, column), "")), page.formula(row, column)
                if formula is not None:
                    sheet.write_formula(row - 1, column - 1, formula, style, value)
                elif isinstance(value, str):
                    sheet.write_string(row - 1, column - 1, value, style)
                elif isinstance(value, date):
                    sheet.write_datetime(row - 1, column - 1, value, day)  # type: ignore[arg-type]
                else:
                    sheet.write(row - 1, column - 1, value, style)
        for name, (sheet_name, row, column) in book.names.items():
            cell = xlsxwriter.utility.xl_rowcol_to_cell(row - 1, column - 1, True, True)
            out.define_name(name, f"='{sheet_name}'!{cell}")


def load(path: Path, names: dict[str, tuple[str, int, int]]) -> Workbook:
    """Open a file.

    Args:
        names: The workbook's names, which no command touches.
    """
    formulas = openpyxl.load_workbook(path)
    pages = {}
    for sheet in formulas.worksheets:
        page = pages[sheet.title] = Page(sheet.title)
        for line in sheet.iter_rows():
            for cell in line:
                value, place = cell.value, (cell.row, cell.column)
                if isinstance(value, str) and cell.data_type == "f":
                    found = _SUM.fullmatch(value)
                    if found:
                        page.sums[place] = (_column(found[1]), _column(found[3]))
                        assert int(found[2]) == int(found[4]) == cell.row, f"{sheet.title}!{cell.coordinate}: {value}"
                    else:
                        page.cells[place] = f"formula {value}"
                elif (held := plain(value)) is not None:
                    page.cells[place] = held
                if cell.number_format not in ("General", "yyyy-mm-dd"):
                    page.formats[place] = cell.number_format
        page.hidden = {row for row, look in sheet.row_dimensions.items() if look.hidden}
        for table in sheet.tables.values():
            (left, top), (right, bottom) = re.findall(r"([A-Z]+)(\d+)", table.ref)
            page.table = (int(top), _column(left), int(bottom), _column(right))
        page.calculate()
    return Workbook(pages, dict(names))
