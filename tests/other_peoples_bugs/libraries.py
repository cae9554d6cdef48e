"""Workbooks by other people's libraries, and what these read of ours."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from addin.reading.grid import CellValue
from tests.libraries import needed_library
from tests.tools import needed_modules

Rows = Sequence[Sequence[CellValue]]
NODE = ("xlsx", "exceljs", "xlsx-populate")
"""Libraries for Node; the first is SheetJS."""


def _node(*arguments: object) -> str:
    modules = needed_modules(*NODE)
    done = subprocess.run(
        ["node", Path(__file__).with_name("library.cjs"), *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "NODE_PATH": str(modules)},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-1500:]
    return done.stdout


def _by_node(name: str) -> Callable[[Rows, Path], None]:
    def write(rows: Rows, path: Path) -> None:
        given = path.with_suffix(".json")
        given.write_text(json.dumps([list(row) for row in rows]), encoding="utf-8")
        _node("write", name, given, path)

    return write


def _pyexcelerate(rows: Rows, path: Path) -> None:
    needed_library("pyexcelerate")
    workbook = importlib.import_module("pyexcelerate").Workbook()
    workbook.new_sheet("Class", data=[["" if cell is None else cell for cell in row] for row in rows])
    workbook.save(str(path))


def _pylightxl(rows: Rows, path: Path) -> None:
    needed_library("pylightxl")
    light = importlib.import_module("pylightxl")
    book = light.Database()
    book.add_ws(ws="Class")
    for r, row in enumerate(rows, start=1):
        for c, cell in enumerate(row, start=1):
            book.ws(ws="Class").update_index(row=r, col=c, val="" if cell is None else cell)
    light.writexl(db=book, fn=str(path))


def _openpyxl(rows: Rows, path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "Class"
    for row in rows:
        page.append(list(row))
    book.save(path)


def _xlsxwriter(rows: Rows, path: Path) -> None:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as workbook:
        page = workbook.add_worksheet("Class")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)


def _iso_dates(rows: Rows, path: Path) -> None:
    book = openpyxl.Workbook(iso_dates=True)
    page = book.active
    assert page is not None
    page.title = "Class"
    for row in rows:
        page.append(list(row))
    page.cell(1, len(rows[0]) + 2).value = date(2026, 3, 2)
    book.save(path)


WRITERS: dict[str, Callable[[Rows, Path], None]] = {
    **{name: _by_node(name) for name in NODE},
    "PyExcelerate": _pyexcelerate,
    "pylightxl": _pylightxl,
    "openpyxl": _openpyxl,
    "openpyxl, dates spelled out": _iso_dates,
    "XlsxWriter": _xlsxwriter,
}
"""Name -> writes rows as the sheet Class of a new workbook."""


def read_by_node(name: str, path: Path) -> dict[str, Any]:
    """The names of a workbook's sheets and the rows of its first, as a library for Node reads them."""
    found: dict[str, Any] = json.loads(_node("read", name, path))
    return found
