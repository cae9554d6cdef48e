"""Where the time of one function call on the server goes: ours, xlwings' and the framework's, beside a bare endpoint.

    python -m benchmarks.one_call

The applications are called in this process, without a socket, and the time is the processor's, so that it says the same on a busy
machine. A class of 30; the second call is for a class that the server has met before, as all calls but the first are.
"""

from __future__ import annotations

import asyncio
import json
import os
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from benchmarks.measure import environment
from benchmarks.tables import Table, from_command_line

CLASSES, CLASS = 40, 30
FUNCTION = "INTERVENTION_RISK"
PORT = 8_000  # nobody listens there

Application = Callable[[dict[str, Any], Any, Any], Awaitable[None]]


def tables(*, quick: bool = False) -> list[Table]:
    """Measure."""
    with tempfile.TemporaryDirectory() as folder:
        asked, told = Path(folder) / "asked", Path(folder) / "told"
        # The questions come from another process: xlwings decides at its first import whether it is a server's.
        for task, file in (("ask", asked), ("answer", told)):
            subprocess.run(
                [sys.executable, "-m", __spec__.name, task, asked, file, str(4 if quick else CLASSES)],
                env={**environment(), "XLWINGS_LICENSE_KEY": "noncommercial"},
                check=True,
            )
        spent: dict[str, float] = pickle.loads(told.read_bytes())
    whole, converted, ours = spent["whole"], spent["xlwings"], spent["ours"]
    rows = [
        ("the bare endpoint", f"{spent['bare']:.2f}"),
        ("a call for a new class", f"{spent['new']:.2f}"),
        ("a call for a known class", f"{whole:.2f}"),
        ("of that: our function", f"{ours:.2f}"),
        ("of that: xlwings, from JSON's values to arguments and back", f"{converted - ours:.2f}"),
        ("of that: FastAPI and the layers of xlwings Server", f"{whole - converted:.2f}"),
    ]
    return [
        Table(
            f"{FUNCTION} for {CLASS} students, one call, milliseconds of the processor, without HTTP",
            ("what", "ms"),
            rows,
            (f"Of a call for a known class {100 * ours / whole:.0f} % is ours.",),
        )
    ]


def ask(file: Path, classes: int) -> None:
    """Leave the bodies of the calls in a file."""
    from benchmarks.server import function_question

    bodies = [function_question(CLASS, FUNCTION, whose).body for whose in range(classes)]
    file.write_bytes(pickle.dumps(bodies))


def answer(asked: Path, told: Path) -> None:
    """Call the applications, and leave the milliseconds of each part in a file."""
    from addin.excel.server.start import Serving, prepare

    prepare(Serving(port=PORT))
    os.environ["XLWINGS_LOG_LEVEL"] = "ERROR"
    from addin.excel import cell_functions
    from addin.excel.server.app import application
    from addin.excel.server.once import forget_all
    from benchmarks.bare_endpoint import application as bare_application

    bodies: list[bytes] = pickle.loads(asked.read_bytes())
    whole, bare = application(), bare_application()
    from xlwings.server import custom_functions_call

    arguments = [[json.loads(body)["args"][place] for place in range(3)] for body in bodies]
    function = getattr(cell_functions, FUNCTION)

    async def measured() -> dict[str, float]:
        await _called(whole, bodies[0])
        await _called(bare, bodies[0])
        forget_all()
        found = {"new": await _median(lambda at: _called(whole, bodies[at]), len(bodies))}
        known = {
            "whole": lambda at: _called(whole, bodies[at]),
            "bare": lambda at: _called(bare, bodies[at]),
            "xlwings": lambda at: custom_functions_call(json.loads(bodies[at]), cell_functions),
            "ours": lambda at: asyncio.sleep(0, function(*arguments[at])),
        }
        for name, one in known.items():
            await _median(
                one, len(bodies)
            )  # plain lists and JSON's are different ranges to us: each has to be met once
            found[name] = await _median(one, len(bodies))
        return found

    told.write_bytes(pickle.dumps(asyncio.run(measured())))


async def _median(one: Callable[[int], Awaitable[object]], times: int) -> float:
    spent = []
    for at in range(times):
        begun = time.process_time()
        await one(at)
        spent.append(1000 * (time.process_time() - begun))
    return statistics.median(spent)


async def _called(application: Application, body: bytes) -> None:
    """One call as a server hands it over."""
    unread, answered = [body], list[dict[str, Any]]()

    async def receive() -> dict[str, Any]:
        return (
            {"type": "http.request", "body": unread.pop(), "more_body": False}
            if unread
            else {"type": "http.disconnect"}
        )

    async def send(message: dict[str, Any]) -> None:
        answered.append(message)

    path = "/xlwings/custom-functions-call"
    headers = [(b"host", f"127.0.0.1:{PORT}".encode()), (b"content-type", b"application/json")]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http", "path": path,
        "raw_path": path.encode(), "query_string": b"", "root_path": "", "client": ("127.0.0.1", 1), "server": ("127.0.0.1", PORT),
        "headers": [*headers, (b"content-length", str(len(body)).encode())],
    }  # fmt: skip
    await application(scope, receive, send)
    assert answered[0]["status"] == 200, answered


if __name__ == "__main__":
    if sys.argv[1:2] == ["ask"]:
        ask(Path(sys.argv[2]), int(sys.argv[4]))
    elif sys.argv[1:2] == ["answer"]:
        answer(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        from_command_line(tables, __doc__)
