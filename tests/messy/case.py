"""One messy markbook: what its sheets hold, and what must be read from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import xlsxwriter
from openpyxl import Workbook as PlainWorkbook
from xlsxwriter.worksheet import Worksheet

from addin.reading.grid import CellValue


@dataclass(frozen=True)
class Percent:
    """A number that is shown as per cent: 0.42 as 42 %."""

    number: float


@dataclass(frozen=True)
class Formula:
    """A formula with the result that Excel stored; None where no program has worked it out."""

    text: str
    result: float | str | None = None


Cell = CellValue | Percent | Formula
Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True, kw_only=True)
class Marks:
    """The marks of one assessment, in the order of the students.

    Args:
        heading: As it is written in the sheet, in one line.
        out_of: The total; None where there is none.
        read: One word a student: a number, Abs, N/A, NE, or a dot for "not recorded".
        strand: The strand that must be told, "" where none is, None where it does not matter.
    """

    heading: str
    out_of: float | None
    read: str
    strand: str | None = None


@dataclass(frozen=True, kw_only=True)
class Messy:
    """A messy markbook.

    Args:
        name: The file's name, without its ending.
        trouble: What is wrong with it, in a few words.
        sheets: Name -> rows of cells.
        students: Who must be found, in the order of the sheet; a name in brackets must be listed but not scored.
        marks: What must be read of every assessment.
        known: What must be read of other columns, by the name of the model's field: one number a student, None for nothing.
        queries: The cells that must be asked about.
        refused: Words of the refusal, for a file that cannot be read as it is.
        sheet: The sheet that is asked for, as with --sheet.
        finish: What is done to a sheet besides its cells: merged cells, hidden rows, tables.
        results_missing: Whether formulas are written without results, as programs other than Excel do.
    """

    name: str
    trouble: str
    sheets: Mapping[str, Rows]
    students: tuple[str, ...] = ()
    marks: tuple[Marks, ...] = ()
    known: Mapping[str, tuple[float | None, ...]] = field(default_factory=dict)
    queries: tuple[str, ...] = ()
    refused: str = ""
    sheet: str | None = None
    finish: Callable[[Worksheet], object] | None = None
    results_missing: bool = False

    def write(self, folder: Path) -> Path:
        """Make the workbook in a folder."""
        path = folder / f"{self.name}.xlsx"
        if self.results_missing:
            _write_without_results(path, self.sheets)
        else:
            _write(path, self.sheets, self.finish)
        return path


def _write(path: Path, sheets: Mapping[str, Rows], finish: Callable[[Worksheet], object] | None) -> None:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        per_cent, day = workbook.add_format({"num_format": "0%"}), workbook.add_format({"num_format": "dd/mm/yyyy"})
        for title, rows in sheets.items():
            sheet = workbook.add_worksheet(title)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    if isinstance(cell, Percent):
                        sheet.write_number(r, c, cell.number, per_cent)
                    elif isinstance(cell, Formula):
                        sheet.write_formula(r, c, cell.text, None, cell.result)
                    elif isinstance(cell, date):
                        sheet.write_datetime(r, c, cell, day)
                    elif cell is not None:
                        sheet.write(r, c, cell)
            if finish is not None:
                finish(sheet)


def _write_without_results(path: Path, sheets: Mapping[str, Rows]) -> None:
    workbook = PlainWorkbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append([cell.text if isinstance(cell, Formula) else cell for cell in row])
    workbook.save(path)
