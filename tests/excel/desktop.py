"""A stand-in for Excel on the desktop: xlwings' remote engine, whose book here sees its own writes and tells notes and formats.

There is no Excel on the machines that test this. What xlwings' own classes do and refuse (a second note on a cell, a range of
several formats) is real; what Excel does is written down here, from the documentation: a sort takes notes along.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.excel.engine import payload_of
from tests.tools import import_path

_STAND_IN = '''
import json, sys
from datetime import date
import xlwings as xw
from xlwings.pro import _xlremote as remote
from addin import ribbon
from addin.hosts.xlwings_book import XlwingsBook

formats, texts, asked = {}, {}, []


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
    queue(self, **action)
    where = action.get("sheet_position")
    if where is None:
        return
    page = self.api["sheets"][where]
    match action["func"]:
        case "setValues" | "setFormula":
            for (r, c), value in zip(spots(action), [v for row in action["values"] for v in row], strict=True):
                put(page["values"], r, c, value)
        case "rangeClearContents":
            for r, c in spots(action):
                put(page["values"], r, c, "")
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


protected = False
remote.Note.delete = delete_note
remote.Book.append_json_action = act
remote.Range.number_format = property(format_of, remote.Range.number_format.fset)
remote.Note.text = property(lambda note: texts[key(note)], remote.Note.text.fset)
remote.Note.location = property(lambda note: note.range)

job = json.load(sys.stdin)
book = xw.Book(json=job["payload"])
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


answer = None
exec(job["script"])
json.dump(answer, sys.stdout)
'''


def on_the_desktop(script: str, path: Path, *, formats: list[tuple[str, int, int, str]] | None = None) -> Any:
    """Run a few lines with a workbook open in the stand-in, in a process of its own.

    Args:
        script: Lines that may use `book`, `press(button)`, `notes(sheet)`, `sort(sheet, rows, with_notes)`, `asked` (the ranges
            whose format was asked for) and `protected`, and leave what they found in `answer`.
        path: The workbook.
        formats: Sheet, row, column and number format of the cells that have one.
    """
    payload = payload_of(path)
    for sheet in payload["sheets"]:
        sheet["notes"] = []
    done = subprocess.run(
        [sys.executable, "-c", _STAND_IN],
        input=json.dumps({"payload": payload, "script": script, "formats": formats or []}),
        capture_output=True,
        text=True,
        cwd=path.parent,
        env={**os.environ, "XLWINGS_LICENSE_KEY": "noncommercial", "PYTHONPATH": import_path()},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
