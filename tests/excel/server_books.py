"""A workbook file as the in-memory Excel holds it (excel_stand_in.mjs), and back: cells to be compared with a closed file's."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl

from addin.files.package.read import read_book
from addin.reading.grid import CellValue, Table, address

_EPOCH = date(1899, 12, 30)
_DATE_FORMAT = "yyyy-mm-dd"

Cells = dict[str, dict[str, Any]]
"""Sheet -> address -> value, empty cells left out, days as 2026-01-31."""


def stand_in_workbook(path: Path, *, filters: dict[str, dict[str, str]] | None = None) -> dict[str, Any]:
    """A file as JSON for the stand-in.

    Args:
        path: The workbook.
        filters: Table -> number of its column, from "0" -> what it is filtered by.
    """
    book = read_book(path)
    return {
        "name": path.name,
        "selection": "A1",
        "active": 0,
        "sheets": [
            {
                "name": sheet.name,
                "visibility": "Visible" if sheet.visible else "Hidden",
                "values": [[_held(cell) for cell in row] for row in sheet.rows],
                "formats": {
                    address(r, c): _DATE_FORMAT
                    for r, row in enumerate(sheet.rows, start=1)
                    for c, cell in enumerate(row, start=1)
                    if isinstance(cell, date)
                },
                "tables": [
                    {"name": table.name, "address": _corners(table), "filters": (filters or {}).get(table.name, {})}
                    for table in sheet.tables
                ],
            }
            for sheet in book.sheets
        ],
        "names": [
            {"name": name, "sheet": sheet, "address": cells.replace("$", "")}
            for name, defined in openpyxl.load_workbook(path).defined_names.items()
            for sheet, cells in defined.destinations
        ],
    }


def _held(cell: CellValue) -> Any:
    """A value as Excel holds it: days as numbers, nothing as ""."""
    if isinstance(cell, date):
        return ((cell.date() if isinstance(cell, datetime) else cell) - _EPOCH).days
    return "" if cell is None else cell


def _corners(table: Table) -> str:
    return f"{address(table.first_row, table.first_column)}:{address(table.last_row, table.last_column)}"


def stand_in_cells(snapshot: dict[str, Any]) -> Cells:
    """The cells of the stand-in's snapshot."""
    return {
        sheet["name"]: {
            place: _shown(value, sheet["formats"].get(place, "General")) for place, value in sheet["values"].items()
        }
        for sheet in snapshot["sheets"]
    }


def _shown(value: Any, number_format: str) -> Any:
    is_day = isinstance(value, (int, float)) and re.search("[dmy]", number_format)
    return date.fromordinal(_EPOCH.toordinal() + int(value)).isoformat() if is_day else value


def file_cells(path: Path) -> Cells:
    """The cells of a file."""
    return {
        sheet.name: {
            address(r, c): f"{cell:%Y-%m-%d}" if isinstance(cell, date) else cell
            for r, row in enumerate(sheet.rows, start=1)
            for c, cell in enumerate(row, start=1)
            if cell is not None and cell != ""
        }
        for sheet in read_book(path).sheets
    }


def differing(ours: Cells, theirs: Cells) -> tuple[int, list[str]]:
    """How many cells were compared, and which differ, as "Sheet!A1: one | other"."""
    compared, wrong = 0, []
    for sheet in sorted(ours.keys() | theirs.keys()):
        left, right = ours.get(sheet, {}), theirs.get(sheet, {})
        for place in sorted(left.keys() | right.keys()):
            compared += 1
            if left.get(place) != right.get(place):
                wrong.append(f"{sheet}!{place}: {left.get(place)!r} | {right.get(place)!r}")
    return compared, wrong
