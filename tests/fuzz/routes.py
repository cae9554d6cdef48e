"""Every route of the server with JSON of wrong kinds: a known status, a sentence, no fault in the log, no thread that is stuck."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from addin.excel.server.scripts import SCRIPTS
from tests import support
from tests.excel.engine import payload_of
from tests.excel.malformed import CALL, call
from tests.excel.malformed import SCRIPTS as SCRIPT_CALL
from tests.excel.server_process import live_server
from tests.fuzz.campaign import Attempt, Kind
from tests.fuzz.choices import Choices
from tests.fuzz.functions import FUNCTIONS
from tests.fuzz.seeds import workbooks
from tests.fuzz.values import TEXTS

STATUSES = frozenset({200, 400, 404, 405, 413, 415, 421})
_PAGES = (
    "/",
    "/taskpane.html",
    "/manifest.xml",
    "/xlwings/custom-functions-meta.json",
    "/xlwings/custom-functions-code.js",
    "/nosuch",
)
_ARGUMENTS: dict[str, list[Any]] = {
    "enter_decision": ["id:ZQ1000", "Accept", "note", "", ""], "keep_columns": ['{"Effort": "ignored"}'],
}  # fmt: skip
_PLAIN = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    10**30,
    "",
    "x",
    [],
    {},
    [[]],
    [None],
    {"type": "Error", "basicValue": "#N/A"},
    {"a": 1},
    [[1, 2], [3]],
)


def odd_json(choices: Choices) -> Any:
    """A value of any kind that JSON can say."""
    match choices.randrange(6):
        case 0:
            return choices.choice(TEXTS)
        case 1:
            return choices.choice(
                (
                    "2026-03-12T00:00:00.000Z",
                    "9999999-01-01T00:00:00Z",
                    "Sheet1!A1",
                    "A1:XFD1048576",
                    "$A$0",
                    "#REF!",
                    "__class__",
                    "inf",
                )
            )
        case 2:
            return [odd_json(choices) for _ in range(choices.randrange(3))]
        case 3:
            return {choices.choice(("type", "value", "basicValue", "values", "x")): odd_json(choices)}
        case _:
            return choices.choice(_PLAIN)


def changed(choices: Choices, body: Any) -> Any:
    """The body with one place of another kind, gone, doubled, or with something more."""
    body = json.loads(json.dumps(body))
    holder: Any = {"body": body}
    key: Any = "body"
    depth = choices.randrange(1, 7)
    for _ in range(depth):
        inner = holder[key]
        if not isinstance(inner, (dict, list)) or not inner:
            break
        holder, key = inner, choices.choice(sorted(inner) if isinstance(inner, dict) else range(len(inner)))
    if holder is body or isinstance(holder, (dict, list)):
        match choices.randrange(5):
            case 0 if isinstance(holder, dict) and key in holder and holder is not body:
                del holder[key]
            case 1 if isinstance(holder, list):
                holder.insert(key, odd_json(choices))
            case 2 if isinstance(holder, list):
                del holder[key]
            case _:
                holder[key] = odd_json(choices)
    return body if "body" not in holder or holder is body else holder["body"]


def begin(home: Path, stack: ExitStack) -> Attempt:
    """A server of its own, and the calls that a client would make of real workbooks."""
    import httpx

    served = home / "server"
    served.mkdir()
    live = stack.enter_context(live_server(served))
    books = [payload_of(support.class_file(home / "class.xlsx", 6))]
    books += map(payload_of, list(workbooks(home / "seeds", foreign=False).values())[:8])
    client = stack.enter_context(
        httpx.Client(base_url=live.origin, timeout=30, headers={"content-type": "application/json"})
    )
    rows, headings = [list(row) for row in support.students(5)], [list(support.HEADINGS)]

    def attempt(choices: Choices, folder: Path) -> bool:
        kind = choices.randrange(10)
        if kind == 9:
            answer = client.get(choices.choice(_PAGES) + choices.choice(("", "?x=1", "/..", "%00", "//")))
            return _judged(answer.status_code, answer.text, live.log)
        if kind >= 5:
            path, body = CALL, call(func_name=choices.choice(FUNCTIONS).__name__, args=[rows, headings])
        else:
            script = choices.choice(SCRIPTS)
            path = SCRIPT_CALL + script
            body = {**choices.choice(books), "args": _ARGUMENTS.get(script, [])}
        for _ in range(choices.randrange(4)):
            body = changed(choices, body)
        sent = json.dumps(body, default=str).encode()
        if choices.once_in(20):
            at = choices.randrange(len(sent) + 1)
            sent = (
                sent[:at]
                + choices.choice((b"", b"\xff", b"}", b'"', b"NaN", b"[" * 3000))
                + sent[at + choices.randrange(3) :]
            )
        choices.made = f"{path}\n{sent[:3000].decode('utf-8', 'replace')}"
        answer = client.post(path, content=sent)
        well = _judged(answer.status_code, answer.text, live.log)
        if choices.once_in(50):
            good = client.post(CALL, json=call())
            assert good.status_code == 200, "a good call is not answered any more"
        return well

    return attempt


def _judged(status: int, text: str, log: str) -> bool:
    """Whether a request was answered; fails where it was not answered as it must be."""
    fault = next((line for line in reversed(log.splitlines()) if "fault: " in line), "")
    assert status in STATUSES, f"status {status}: {fault.partition('fault: ')[2]}\n{text}"
    assert "Traceback" not in text, "a traceback"
    if status != 200:
        assert text.strip().endswith((".", "!")), f"no sentence: {text[:80]}"
    return status == 200


KIND = Kind(
    name="routes", about="every route of the server with JSON of wrong kinds", share=8, begin=begin, patience=45.0
)
