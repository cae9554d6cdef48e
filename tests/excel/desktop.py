"""A stand-in for Excel on the desktop: xlwings' remote engine, whose book here sees its own writes and tells notes and formats.

There is no Excel on the machines that test this. What xlwings' own classes do and refuse (a second note on a cell, a range of
several formats) is real; what Excel does is written down here, from the documentation, with its bad manners:

- a sort takes notes along;
- of a block that is written over filtered rows the visible ones alone take values, and each takes the first of them (xlwings
  issues 679, 747, 2619);
- of merged cells only the first takes a value;
- a protected sheet takes nothing;
- references in a rule count from the active cell, not from the cells that it colours;
- what a text looks like, Excel takes it for, unless the cell is text or an apostrophe stands before it;
- nothing can be undone.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl

from tests.excel import forked
from tests.excel.engine import payload_of

_STAND_IN = '''
import json, sys
from datetime import date
import xlwings as xw
from xlwings.pro import _xlremote as remote
from addin import ribbon
from addin.errors import MarkbookError
from addin.hosts.xlwings_book import XlwingsBook

formats, texts, asked = {}, {}, []
formulas, results, merged, hidden, rules, clears = {}, {}, {}, {}, [], []
active, fail_at, done = (1, 1), None, 0
CHANGING = {"setValues", "setFormula", "rangeClearContents", "rangeClear", "setNumberFormat", "resizeTable", "addSheet",
            "addConditionalFormat", "setDataValidationList", "setWrapText", "setFontProperty", "setSheetName"}


class Native(dict):
    """What Excel itself says of a sheet, as xlwings hands it over on Windows."""

    @property
    def ProtectContents(self):
        return self["name"] in locked

    @property
    def FilterMode(self):
        return bool(hidden.get(self["name"]))

    def ShowAllData(self):
        clears.append(self["name"])
        hidden[self["name"]] = set()


def shown(name, rows):
    """The rows that take a block's values: the visible ones, whatever was meant."""
    return [row for row in rows if row not in hidden.get(name, ())]


def entered(name, r, c, value):
    """What Excel makes of an entry."""
    if isinstance(value, str) and value.startswith("'"):
        return value[1:]
    if not isinstance(value, str) or formats.get((name, r + 1, c + 1)) == "@":
        return "" if value is None else value
    try:
        return float(value)
    except ValueError:
        return value


def enter(page, r, c, value):
    name = page["name"]
    area = next((area for area in merged.get(name, ()) if area[0] <= r + 1 <= area[2] and area[1] <= c + 1 <= area[3]), None)
    if area is not None and (r + 1, c + 1) != area[:2]:
        return
    formulas.pop((name, r + 1, c + 1), None)
    if isinstance(value, str) and value.startswith("=") and formats.get((name, r + 1, c + 1)) != "@":
        formulas[name, r + 1, c + 1] = value
        put(page["values"], r, c, results.get((name, r + 1, c + 1), {}).get(value, value))
    else:
        put(page["values"], r, c, entered(name, r, c, value))


def spots(action):
    first, left = action["start_row"], action["start_column"]
    return [(first + r, left + c) for r in range(action["row_count"]) for c in range(action["column_count"])]


def put(rows, r, c, value):
    while len(rows) <= r:
        rows.append([""] * max(map(len, rows), default=0))
    for row in rows:
        row.extend([""] * (c + 1 - len(row)))
    rows[r][c] = "" if value is None else value


queue = remote.Book.append_json_action


def act(self, **action):
    global done
    where = action.get("sheet_position")
    if action["func"] in CHANGING:
        done += 1
        if done == fail_at:
            raise OSError("Excel is busy")
        if where is not None and self.api["sheets"][where]["name"] in locked:
            raise OSError("the sheet is protected")
    queue(self, **action)
    if action["func"] == "addSheet":
        self.api["sheets"][-1] = Native(self.api["sheets"][-1])
        self.api["sheets"][-1].setdefault("notes", [])
    if where is None:
        return
    page = self.api["sheets"][where]
    match action["func"]:
        case "setValues" | "setFormula":
            first, left = action["start_row"], action["start_column"]
            whole = range(first + 1, first + action["row_count"] + 1)
            rows = shown(page["name"], whole)
            given = action["values"] if len(rows) == len(whole) else [action["values"][0]] * len(rows)
            for row, values in zip(rows, given):
                for c, value in enumerate(values, start=left):
                    enter(page, row - 1, c, value)
        case "rangeClearContents" | "rangeClear":
            for r, c in spots(action):
                enter(page, r, c, "")
            if action["func"] == "rangeClear":
                for r, c in spots(action):
                    formats.pop((page["name"], r + 1, c + 1), None)
                rules[:] = [rule for rule in rules if rule["spots"][0] not in spots(action) or rule["sheet"] != page["name"]]
        case "addConditionalFormat":
            (spec,) = action["args"]
            rules.append({"sheet": page["name"], "spots": spots(action), "active": active, **spec})
        case "setNumberFormat":
            formats.update({(page["name"], r + 1, c + 1): action["args"] for r, c in spots(action)})
        case "resizeTable":
            page["tables"][action["args"][0]]["range_address"] = action["args"][1].replace("$", "")
        case "addNote":
            texts[page["name"], action["args"][0].replace("$", "")] = action["args"][1]
        case "deleteNote":
            del texts[page["name"], action["args"][0].replace("$", "")]


def format_of(cells):
    asked.append(cells.address)
    (top, left), (height, width) = (cells.row, cells.column), cells.shape
    found = {
        formats.get((cells.sheet.name, r, c), "General")
        for r in range(top, top + height) for c in range(left, left + width)
    }
    return found.pop() if len(found) == 1 else None


def key(note):
    return note.range.sheet.name, note.range.address.replace("$", "")


delete = remote.Note.delete


def delete_note(note):
    if protected:
        raise PermissionError("the sheet is protected")
    delete(note)


protected, locked = False, set()


def grid(cells, of):
    (top, left), (height, width) = (cells.row, cells.column), cells.shape
    return [[of(cells.sheet.name, r, c) for c in range(left, left + width)] for r in range(top, top + height)]


def formula_of(cells):
    def one(name, r, c):
        values = next(page for page in book.impl.api["sheets"] if page["name"] == name)["values"]
        value = values[r - 1][c - 1] if r <= len(values) and c <= len(values[r - 1]) else ""
        return formulas.get((name, r, c), value if isinstance(value, str) else str(value))

    found = grid(cells, one)
    return found[0][0] if cells.shape == (1, 1) else found


def is_merged(cells):
    inside = {
        any(area[0] <= r <= area[2] and area[1] <= c <= area[3] for area in merged.get(cells.sheet.name, ()))
        for row in grid(cells, lambda name, r, c: (r, c)) for r, c in row
    }
    return inside.pop() if len(inside) == 1 else None


def merge_area(cells):
    r, c = cells.row, cells.column
    areas = merged.get(cells.sheet.name, ())
    area = next((area for area in areas if area[0] <= r <= area[2] and area[1] <= c <= area[3]), (r, c, r, c))
    return cells.sheet.range(tuple(area[:2]), tuple(area[2:]))


def row_hidden(cells):
    found = {row in hidden.get(cells.sheet.name, ()) for row in range(cells.row, cells.row + cells.shape[0])}
    return found.pop() if len(found) == 1 else None


def colours(sheet):
    """Address of a cell -> the fill that the rules give it. The last rule that was added comes first."""
    page = next(page for page in book.impl.api["sheets"] if page["name"] == sheet)
    found = {}
    for rule in (rule for rule in reversed(rules) if rule["sheet"] == sheet):
        assert rule["type"] == "CellValue" and rule["operator"] == "EqualTo", rule
        assert rule["formula1"].startswith('="'), "references would count from the active cell"
        for r, c in rule["spots"]:
            if page["values"][r][c] == rule["formula1"][2:-1]:
                found.setdefault(f"{r + 1},{c + 1}", rule["fill_color"])
    return found


def everything():
    """The workbook as it is, to be compared."""
    pages = []
    for page in book.impl.api["sheets"]:
        rows = [[cell for cell in row] for row in page["values"]]
        cells = {f"{r},{c}": v for r, row in enumerate(rows) for c, v in enumerate(row) if v != ""}
        pages.append([page["name"], cells, [[t["name"], t["range_address"].replace("$", "")] for t in page["tables"]]])
    return json.loads(json.dumps([pages, sorted([*spot, formula] for spot, formula in formulas.items()), len(rules)]))


remote.Range.formula = property(formula_of, remote.Range.formula.fset)
remote.Range.merge_cells = property(is_merged)
remote.Range.merge_area = property(merge_area)
remote.Range.row_hidden = property(row_hidden)
remote.Note.delete = delete_note
remote.Book.append_json_action = act
remote.Range.number_format = property(format_of, remote.Range.number_format.fset)
remote.Note.text = property(lambda note: texts[key(note)], remote.Note.text.fset)
remote.Note.location = property(lambda note: note.range)

job = json.load(sys.stdin)
job["payload"]["sheets"] = [Native(page) for page in job["payload"]["sheets"]]
book = xw.Book(json=job["payload"])
for name, r, c, formula, value in job["formulas"]:
    formulas[name, r, c] = formula
    results.setdefault((name, r, c), {})[formula] = value
hidden.update({name: set(rows) for name, rows in job["filtered"].items()})
merged.update({name: [tuple(area) for area in areas] for name, areas in job["merged"].items()})
type(remote.engine).type = property(lambda engine: "desktop")  # from here on: only the remote engine opens such a book
formats.update({(sheet, r, c): code for sheet, r, c, code in job["formats"]})


def press(button="score_button", day=date(2026, 3, 2)):
    return getattr(ribbon, button)(XlwingsBook(book, today=day))


def notes(sheet):
    return {place: text for (name, place), text in texts.items() if name == sheet}


def sort(sheet, rows, with_notes):
    """What Excel does to whole rows; rows are given in their new order, from the first of them."""
    page = next(page for page in book.impl.api["sheets"] if page["name"] == sheet)
    first, before = min(rows), list(page["values"])
    moved = {}
    for place, row in enumerate(rows, start=first):
        page["values"][place - 1] = before[row - 1]
        moved[row] = place
    if with_notes:
        before = dict(texts)
        texts.clear()
        for (name, place), text in before.items():
            letters, row = place.rstrip("0123456789"), int(place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
            texts[name, f"{letters}{moved.get(row, row) if name == sheet else row}"] = text
        page["notes"][:] = [{"address": place} for name, place in texts if name == sheet]


def refusal(button="score_button"):
    """What a button refuses with."""
    try:
        return "told: " + press(button)
    except MarkbookError as error:
        return str(error)


answer = None
exec(job["script"])
json.dump(answer, sys.stdout)
'''


def on_the_desktop(script: str, path: Path, *, formats: list[tuple[str, int, int, str]] | None = None) -> Any:
    """Run a few lines with a workbook open in the stand-in, in a process of its own.

    Args:
        script: Lines that may use `book`, `press(button)`, `notes(sheet)`, `sort(sheet, rows, with_notes)`, `asked` (the ranges
            whose format was asked for), `protected` (notes cannot be deleted), `locked` (sheets that are protected), `hidden`
            (sheet -> rows that a filter hides, at first those of the file), `active`, `fail_at` (the change that Excel refuses,
            from 1), `colours(sheet)`,
            `refusal(button)` and `everything()`, and leave what they found in `answer`.
        path: The workbook.
        formats: Sheet, row, column and number format of the cells that have one.
    """
    payload = payload_of(path)
    for sheet in payload["sheets"]:
        sheet["notes"] = []
    pages = openpyxl.load_workbook(path).worksheets
    held = openpyxl.load_workbook(path, data_only=True)
    found = [
        (page.title, cell.row, cell.column, str(cell.value), _plain(held[page.title].cell(cell.row, cell.column).value))
        for page in pages
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f" and isinstance(cell.value, str)
    ]
    filtered = {
        page.title: [row for row, look in page.row_dimensions.items() if look.hidden]
        for page in pages
        if page.auto_filter.filterColumn
    }
    merged = {
        page.title: [(a.min_row, a.min_col, a.max_row, a.max_col) for a in page.merged_cells.ranges] for page in pages
    }
    job = {
        "payload": payload,
        "script": script,
        "formats": formats or [],
        "formulas": found,
        "merged": merged,
        "filtered": filtered,
    }
    return json.loads(forked.python(_STAND_IN, given=json.dumps(job), folder=path.parent))


def _plain(value: Any) -> Any:
    return "" if value is None else value if isinstance(value, (str, int, float)) else str(value)
