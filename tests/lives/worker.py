"""One way into the program as a process of its own: a line of JSON with a day and what is asked for in, a line out.

    python worker.py command|server|lite FAULT [MAIN.py]

`command` runs command lines, `server` the server's scripts, and `lite` those of a main.py that a workbook for xlwings Lite carries,
with nothing of the project on its path. FAULT is Python that is run first: what makes the program do something wrong.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import io
import json
import os
import sys
import types
from datetime import datetime
from typing import Any


def command(asked: dict[str, Any]) -> dict[str, Any]:
    """Run `markbook` with arguments."""
    from addin.cli.entry import main

    out, err, code = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(asked["arguments"])
        except SystemExit as end:
            code = int(end.code or 0)
    return {"code": code, "out": out.getvalue(), "error": err.getvalue()}


def script(module: types.ModuleType, asked: dict[str, Any]) -> dict[str, Any]:
    """Call a script on a workbook, as xlwings' runtimes do."""
    import xlwings as xw
    from xlwings import server

    book, said = xw.Book(json=asked["payload"]), io.StringIO()
    call = server.custom_scripts_call(
        module=module, script_name=asked["script"], typehint_to_value={xw.Book: book}, args=asked["args"]
    )
    try:
        with contextlib.redirect_stdout(said):
            done = asyncio.run(call)
    except Exception as error:
        kinds = [kind.__name__ for kind in type(error).__mro__]
        return {"actions": [], "error": str(error), "kinds": kinds, "said": said.getvalue()}
    return {"actions": done.json()["actions"], "error": "", "kinds": [], "said": said.getvalue()}


def started(main_py: str) -> types.ModuleType:
    """The module `main` of a workbook for Lite."""
    ours = os.environ["MARKBOOK_SOURCES"]
    sys.path[:] = [path for path in sys.path if os.path.realpath(path or ".") not in (ours, os.path.dirname(__file__))]
    sys.meta_path[:] = [finder for finder in sys.meta_path if "__editable__" not in str(finder)]
    module = types.ModuleType("main")
    sys.modules["main"] = module
    with open(main_py, encoding="utf-8") as file:
        exec(compile(file.read(), "main.py", "exec"), module.__dict__)
    return module


def main() -> None:
    """Answer until the input ends."""
    import time_machine

    kind, fault = sys.argv[1:3]
    module = None
    if kind == "lite":
        module = started(sys.argv[3])
    elif kind == "server":
        module = importlib.import_module("addin.excel.server.scripts")
    exec(fault, {"KIND": kind})
    for line in sys.stdin:
        asked = json.loads(line)
        with time_machine.travel(datetime.fromisoformat(asked["day"] + "T15:40"), tick=False):
            done = command(asked) if module is None else script(module, asked)
        sys.stdout.write(json.dumps(done) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
