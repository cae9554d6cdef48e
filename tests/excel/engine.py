"""xlwings' remote engine in a test: a book's payload as Excel's client sends it, and the cells after the client has acted.

The key for noncommercial use is set for the engine's own process alone, never for the program. Only the actions that the
program may use are known here: any other fails the test.
"""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import xlwings

from addin.files.package.read import read_book
from addin.reading.grid import CellValue, Table, address
from tests.excel import forked

_ENGINE = """
import json, os, sys
import xlwings as xw
from addin.errors import MarkbookError
from addin.hosts.xlwings_book import XlwingsBook
from addin.reading.markbook import read_markbook
from addin import ribbon

def run(button, payload, home):
    os.environ["MARKBOOK_HOME"] = home
    book = xw.Book(json=payload)
    host = XlwingsBook(book)
    pressed = {"told": "", "refused": "", "queries": []}
    try:
        pressed["told"] = getattr(ribbon, button)(host)
        if button == "check_button":  # a message tells the first few; these are all
            pressed["queries"] = [vars(query) for query in read_markbook(host.read()).queries]
    except MarkbookError as error:
        pressed["refused"] = str(error)
    return {**pressed, "actions": book.json()["actions"]}

json.dump([run(**job) for job in json.load(sys.stdin)], sys.stdout)
"""


@dataclass(frozen=True, kw_only=True)
class Press:
    """A button on a workbook, and the data folder of whoever presses it."""

    button: str
    payload: dict[str, Any]
    home: Path


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """What a button tells or why it refuses, the queries that Check data has, and the actions for the client."""

    told: str
    refused: str
    queries: list[dict[str, Any]]
    actions: list[dict[str, Any]]


@dataclass
class Page:
    """What a sheet looks like after the client has acted."""

    cells: dict[tuple[int, int], CellValue]
    number_formats: dict[tuple[int, int], str] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)
    flag_rules: list[tuple[str, str]] = field(default_factory=list)
    lists: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)


def payload_of(path: Path) -> dict[str, Any]:
    """The smallest payload of a workbook: values from A1, "" for empty cells, tables and names with their addresses."""
    book = read_book(path)
    sheets = [
        {
            "name": sheet.name,
            "visibility": "Visible" if sheet.visible else "Hidden",
            "values": [[_sent(cell) for cell in row] for row in sheet.rows] or [[""]],
            "pictures": [],
            "shapes": [],
            "charts": [],
            "tables": [_table(table) for table in sheet.tables],
        }
        for sheet in book.sheets
    ]
    positions = {sheet.name: index for index, sheet in enumerate(book.sheets)}
    names = [
        {
            "name": name,
            "sheet_index": positions[sheet],
            "address": cells.replace("$", ""),
            "scope_sheet_name": None,
            "scope_sheet_index": None,
            "book_scope": True,
        }
        for name, defined in openpyxl.load_workbook(path).defined_names.items()
        for sheet, cells in defined.destinations
    ]
    return {
        "client": "Office.js",
        "version": xlwings.__version__,
        "book": {"name": path.name, "active_sheet_index": 0, "selection": "A1"},
        "names": names,
        "sheets": sheets,
    }


def _sent(cell: CellValue) -> Any:
    """A value as the client sends it: nothing as "", dates as text with a Z."""
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%dT00:00:00.000Z}"
    return "" if cell is None else cell


def plain(cell: CellValue) -> CellValue:
    """A value as it is compared: dates as their day, however they are spelled."""
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00(\.000)?Z?", cell):
        return cell[:10]
    return cell


def _table(table: Table) -> dict[str, Any]:
    corner = f"{address(table.first_row, table.first_column)}:{address(table.last_row, table.last_column)}"
    return {
        "name": table.name,
        "range_address": corner,
        "header_row_range_address": "",
        "data_body_range_address": "",
        "total_row_range_address": None,
        "show_headers": True,
        "show_totals": False,
        "table_style": "",
        "show_autofilter": True,
    }


def press(button: str, path: Path) -> tuple[str, dict[str, Page], list[dict[str, Any]]]:
    """Press a button on a workbook that is open in the remote engine, in a process of its own.

    Returns:
        What the user is told, the pages by sheet after the client has acted, and the actions themselves.
    """
    (pressed,) = press_all([Press(button=button, payload=payload_of(path), home=path.parent / "home")])
    assert not pressed.refused, pressed.refused
    return pressed.told, pages_after(path, pressed.actions), pressed.actions


def press_all(presses: list[Press]) -> list[Pressed]:
    """Press many buttons, each on a workbook freshly opened, in one process; what the engine cannot do fails."""
    jobs = json.dumps([{**vars(press), "home": str(press.home)} for press in presses])
    told = forked.python(_ENGINE, given=jobs, folder=tempfile.gettempdir())
    return [Pressed(**answer) for answer in json.loads(told)]


def pages_after(path: Path, actions: list[dict[str, Any]]) -> dict[str, Page]:
    """The pages of a workbook by sheet after the client has acted."""
    book = read_book(path)
    pages = {
        sheet.name: Page(
            cells={
                (r, c): plain(cell)
                for r, row in enumerate(sheet.rows, start=1)
                for c, cell in enumerate(row, start=1)
                if cell is not None
            }
        )
        for sheet in book.sheets
    }
    names = [sheet.name for sheet in book.sheets]
    for action in actions:
        _act(pages[names[action["sheet_position"]]], action)
    return pages


def shown(cell: CellValue) -> CellValue:
    """What Excel shows of a formula: a link's text; what the add-in's own functions answer, a test without Excel cannot see."""
    link = re.fullmatch(r'=HYPERLINK\("#.*","(.*)"\)', cell) if isinstance(cell, str) else None
    return link[1] if link else cell


def _act(page: Page, action: dict[str, Any]) -> None:
    """What Excel does on one action of the client."""
    what, args = action["func"], action.get("args")
    top, left = action.get("start_row"), action.get("start_column")
    spots = (
        [(top + 1 + r, left + 1 + c) for r in range(action["row_count"]) for c in range(action["column_count"])]
        if top is not None
        else []
    )
    match what:
        case "setValues":
            for r, row in enumerate(action["values"]):
                for c, cell in enumerate(row):
                    spot = (top + 1 + r, left + 1 + c)
                    if cell in ("", None):
                        page.cells.pop(spot, None)
                    else:
                        page.cells[spot] = plain(cell)
        case "setFormula":
            for r, row in enumerate(action["values"]):
                for c, cell in enumerate(row):
                    page.cells[(top + 1 + r, left + 1 + c)] = shown(cell)
        case "rangeClearContents":
            for spot in spots:
                page.cells.pop(spot, None)
        case "setNumberFormat":
            page.number_formats.update(dict.fromkeys(spots, args[0]))
        case "setDataValidationList":
            page.lists.update(dict.fromkeys(spots, tuple(args[0]["values"])))
        case "resizeTable":
            page.tables[str(args[0])] = str(args[1])
        case "addConditionalFormat":
            page.flag_rules.append((str(spots[0]), json.dumps(args, ensure_ascii=False)))
        case "setSheetVisibility":
            assert args == ["Visible"], "a sheet is shown once it holds something, and never hidden"
        case "setWrapText" | "setFontProperty" | "clearAutoFilterTable" | "clearAutoFilterRange":
            pass
        case _:
            raise AssertionError(f"an action that the program should not need: {what} {args}")
