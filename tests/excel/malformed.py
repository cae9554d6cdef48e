"""Requests that are wrong in one way each, to functions, scripts and pages, with the status that each must get.

    python -m tests.excel.malformed

sends all of them to a server of its own and prints the table. It exits with 1 where a status is not as it must be, or an answer
tells more than a sentence.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests import support
from tests.excel.engine import payload_of
from tests.excel.server_process import live_server, needed_server

CALL, SCRIPTS = "/xlwings/custom-functions-call", "/xlwings/custom-scripts-call/"
SECRET = "Ova Zarrin"
ROWS, HEADINGS = [[SECRET, 7, 2], ["Tul Beska", 6, 11]], [["Name", "Target", "Angles (20)"]]


@dataclass(frozen=True)
class Malformed:
    """A request that is wrong.

    Args:
        kind: What is wrong with it.
        path, body: Where it goes and what is sent; a text or bytes as they stand, anything else as JSON.
        statuses: What may be answered. 200 is for what a function can tell in the cell.
    """

    kind: str
    path: str
    body: Any
    statuses: tuple[int, ...] = (400,)
    headers: tuple[tuple[str, str], ...] = ()
    method: str = "POST"

    def sent(self) -> bytes:
        """The bytes of the body."""
        if isinstance(self.body, bytes):
            return self.body
        return (self.body if isinstance(self.body, str) else json.dumps(self.body)).encode()


def call(**changes: Any) -> dict[str, Any]:
    """A formula's call, with changes; None takes a key away."""
    whole = {
        "client": "Office.js", "version": "0.0.0", "runtime": "1.4", "func_name": "INTERVENTION_RISK", "args": [ROWS, HEADINGS],
        "caller_address": "[class.xlsx]Markbook!AA1", "session_id": "s", "culture_info_name": "en-GB", "date_format": "dd/mm/yyyy",
    }  # fmt: skip
    return {name: value for name, value in (whole | changes).items() if value is not None}


@cache
def _book() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        return payload_of(support.class_file(Path(folder, "class.xlsx"), 3))


def book(*place: str | int, to: Any = None, without: bool = False) -> dict[str, Any]:
    """A button's call, with one place of it changed or taken away."""
    whole = json.loads(json.dumps(_book(), default=str))
    if place:
        at = whole
        for step in place[:-1]:
            at = at[step]
        if without:
            del at[place[-1]]
        else:
            at[place[-1]] = to
    return deepcopy(whole)


def requests() -> Iterator[Malformed]:
    """All kinds."""
    for path, name in ((CALL, "function"), (SCRIPTS + "score_class", "script")):
        for kind, body in {
            "an empty body": b"", "spaces": b"  \n", "half an object": b'{"args": [', "no JSON": b"students=3",
            "bytes that are no text": b"\xff\xfe\x00{", "null": b"null", "a number": b"7", "a text": b'"Ova Zarrin"',
            "a list": b'["Ova Zarrin"]', "an empty object": b"{}", "lists a hundred thousand deep": b"[" * 100_000 + b"]" * 100_000,
            "an object deep inside": b'{"args": ' + b'[{"a": ' * 5_000 + b"1" + b"}]" * 5_000 + b"}",
            "a key twice, of other kinds": b'{"args": [], "args": 3, "sheets": [], "sheets": 3}',
        }.items():  # fmt: skip
            yield Malformed(f"{name}: {kind}", path, body)
    for key in ("func_name", "args", "version", "client"):
        yield Malformed(f"function: no {key}", CALL, {k: v for k, v in call().items() if k != key})
    for kind, changes in {
        "an unknown name": {"func_name": "NO_SUCH_FUNCTION"},
        "a name of Python's": {"func_name": "__class__"},
        "a name of the module's": {"func_name": "explain"},
        "a number as name": {"func_name": 7},
        "a list as language": {"culture_info_name": ["en-GB"], "date_format": "High"},
        "a list as name": {"func_name": ["INTERVENTION_RISK"]},
        "an empty name": {"func_name": ""},
        "no arguments": {"args": []},
        "one argument of two": {"args": [ROWS]},
        "too many arguments": {"args": [ROWS] * 9},
        "arguments that are a text": {"args": SECRET},
        "arguments that are an object": {"args": {"students": ROWS}},
        "an object in a cell": {"args": [[[SECRET, {}, 2]], HEADINGS]},
        "an object of an unknown shape in a cell": {"args": [[[SECRET, {"value": 7}, 2]], HEADINGS]},
        "an error without a value in a cell": {"args": [[[SECRET, {"type": "Error"}, 2]], HEADINGS]},
        "an object as argument": {"args": [{"rows": ROWS}, HEADINGS]},
        "another client of another version": {"client": "Other", "version": "9"},
    }.items():
        yield Malformed(f"function: {kind}", CALL, call(**changes))
    # A function tells in its cell what is wrong with cells.
    for kind, arguments in {
        "a list in a cell": [[[SECRET, [7], 2]], HEADINGS],
        "rows of other lengths": [[[SECRET, 7], [SECRET, 7, 2, 9]], HEADINGS],
        "rows that are texts": [[SECRET, SECRET], HEADINGS],
        "a text for students": [SECRET, HEADINGS],
        "nulls": [None, None],
        "empty rows": [[[]], [[]]],
        "headings that are numbers": [ROWS, [[1, 2, 3]]],
        "headings in two rows": [ROWS, HEADINGS * 2],
        "a half-term that is a text": [ROWS, HEADINGS, None, None, None, "spring"],
        "a half-term that is a range": [ROWS, HEADINGS, None, None, None, [[1, 2], [3, 4]]],
        "numbers without end": [[[SECRET, 1e308, -1e308]], HEADINGS, None, None, ROWS],
        "a number of a thousand digits": [[[SECRET, int("9" * 1000), 2]], HEADINGS, None, None, ROWS],
    }.items():
        yield Malformed(f"function: {kind}", CALL, call(args=arguments), (200, 400))
    yield Malformed(
        "function: NaN and Infinity",
        CALL,
        json.dumps(call(args=[[[SECRET, float("nan"), float("inf")]], HEADINGS, None, None, ROWS])),
        (200, 400),
    )
    yield Malformed("function: a runtime that is no number", CALL, call(runtime="new"), (200, 400))
    yield Malformed("function: an address that is none", CALL, call(caller_address="nowhere"), (200, 400))
    score = SCRIPTS + "score_class"
    for key in ("client", "version", "book", "names", "sheets"):
        statuses = (200, 400) if key in ("client", "version") else (400,)
        yield Malformed(f"script: no {key}", score, book(key, without=True), statuses)
    for kind, place, to in (
        ("a client that cannot clear filters", ("client",), "Other"),
        ("a book that is a text", ("book",), SECRET),
        ("a sheet's place that is a text", ("book", "active_sheet_index"), "first"),
        ("a sheet's place that is not there", ("book", "active_sheet_index"), 99),
        ("a sheet's place below zero", ("book", "active_sheet_index"), -99),
        ("names that are an object", ("names",), {}),
        ("a name of a sheet that is not there", ("names",), [{"name": "staff", "sheet_index": 99, "address": "A1"}]),
        ("sheets that are a text", ("sheets",), SECRET),
        ("no sheet", ("sheets",), []),
        ("a sheet that is null", ("sheets", 0), None),
        ("a sheet without visibility", ("sheets", 0), {"name": "Y9", "values": [[""]], "tables": []}),
        ("a sheet's name that is a number", ("sheets", 0, "name"), 7),
        ("values that are a text", ("sheets", 0, "values"), SECRET),
        ("a row that is null", ("sheets", 0, "values", 0), None),
        ("rows of other lengths", ("sheets", 0, "values", 0), [1]),
        ("an object in a cell", ("sheets", 0, "values", 0, 0), {"a": 1}),
        ("a list in a cell", ("sheets", 0, "values", 0, 0), [1, 2]),
        ("tables that are a number", ("sheets", 0, "tables"), 7),
        ("a table without an address", ("sheets", 0, "tables"), [{"name": "Markbook"}]),
        ("arguments that are a text", ("args",), SECRET),
    ):
        statuses = (200, 400) if kind in _HARMLESS else (400,)
        yield Malformed(f"script: {kind}", score, book(*place, to=to), statuses)
    decide = SCRIPTS + "enter_decision"
    for kind, arguments in {
        "no arguments": [],
        "one argument of two": ["key"],
        "too many": ["key"] * 9,
        "a list for a key": [["key"], "Accept"],
        "an unknown decision": ["key", "Perhaps"],
        "numbers": [1, 2],
    }.items():
        yield Malformed(f"decision: {kind}", decide, book("args", to=arguments))
    for said in ("", "[]", "{", "null", '{"Name": []}'):
        statuses = (200, 400) if said.endswith("}") else (400,)
        yield Malformed(
            f"columns: {said or 'nothing'} said", SCRIPTS + "keep_columns", book("args", to=[said]), statuses
        )
    yield Malformed("no script of that name", SCRIPTS + "no_such", book(), (404,))
    yield Malformed("a script of Python's", SCRIPTS + "__import__", book(), (404,))
    yield Malformed("a post to a page", "/taskpane.html", book(), (404,))
    yield Malformed("a get of a function", CALL, b"", (404, 405), method="GET")
    yield Malformed("a delete of a function", CALL, call(), (404, 405), method="DELETE")
    yield Malformed("a form", CALL, b"a=b", (415,), (("content-type", "application/x-www-form-urlencoded"),))
    for name in ("evil.example", "localhost.evil.example", "", "127.0.0.1.evil.example", "markbook@evil.example"):
        hosts = (("host", name),)
        yield Malformed(f"a function under the name {name or 'nothing'}", CALL, call(), (400, 421), hosts)
        yield Malformed(f"a page under the name {name or 'nothing'}", "/taskpane.html", b"", (400, 421), hosts, "GET")
    yield Malformed("no kind of content", CALL, call(), (415,), (("content-type", ""),))


_HARMLESS = {
    "a sheet's place that is a text", "a sheet's place that is not there", "a sheet's place below zero",
    "names that are an object", "a name of a sheet that is not there", "rows of other lengths",
}  # fmt: skip
"""What the scripts do not look at."""


def answered(origin: str, one: Malformed) -> Any:
    """The server's answer."""
    import httpx

    headers = {"content-type": "application/json", **dict(one.headers)}
    return httpx.request(one.method, origin + one.path, content=one.sent(), headers=headers, timeout=60)


def faults(one: Malformed, answer: Any) -> list[str]:
    """What is not as it must be with an answer."""
    found = [] if answer.status_code in one.statuses else [f"{answer.status_code} instead of {one.statuses}"]
    if answer.status_code != 200:
        found += [word for word in ("Traceback", SECRET, ".py", "Error:") if word in answer.text]
        found += [] if answer.text.strip().endswith((".", "!")) else ["no sentence"]
    return found


def main() -> None:
    """Send all, print the table."""
    needed_server()
    table, wrong = Table("What is wrong with the request", "Status", "Answer"), 0
    with tempfile.TemporaryDirectory() as folder, live_server(Path(folder)) as live:
        for one in requests():
            answer = answered(live.origin, one)
            bad = faults(one, answer)
            wrong += bool(bad)
            table.add_row(one.kind, f"{answer.status_code}{' WRONG' if bad else ''}", answer.text[:90])
    console = Console(width=170)
    console.print(table)
    console.print(f"{table.row_count} kinds, {wrong} wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
