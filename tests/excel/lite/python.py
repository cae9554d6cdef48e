"""Python as xlwings Lite runs it: a workbook's `main.py` as the module `main`, its scripts and functions called by xlwings.

Started as a program of its own, with nothing of this project on its path: what runs is what the workbook carries. A line of JSON
in, a line out.
"""

import asyncio
import contextlib
import io
import json
import os
import sys
import types

OURS = ("addin", "model", "templates")


def start(main_py: str) -> types.ModuleType:
    """The module `main`, as xlwings' runtime for the browser makes it from a text."""
    module = types.ModuleType("main")
    sys.modules["main"] = module
    exec(compile(main_py, "main.py", "exec"), module.__dict__)
    return module


async def answer(module: types.ModuleType, asked: dict[str, object]) -> object:
    """What xlwings' own runtime (wasm_runtime.py) answers."""
    import xlwings as xw
    import xlwings.server as server

    if "meta" in asked:
        return server.custom_scripts_meta(module)
    if "where" in asked:
        return {
            name: getattr(sys.modules[name], "__file__", None) for name in sys.modules if name.split(".")[0] in OURS
        }
    if "functions" in asked:
        return server.custom_functions_meta(module)
    if "function" in asked:
        return await server.custom_functions_call(asked["function"], module=module)
    payload = dict(asked["payload"])  # type: ignore[call-overload]
    arguments = payload.pop("args", [])
    book = xw.Book(json=payload)
    try:
        done = await server.custom_scripts_call(
            module=module, script_name=asked["script"], typehint_to_value={xw.Book: book}, args=arguments
        )
    except Exception as error:
        return {"error": str(error), "details": repr(error)}
    return done.json()


def main() -> None:
    """Answer until the input ends."""
    ours = os.environ.pop("MARKBOOK_SOURCES")
    sys.path[:] = [path for path in sys.path if os.path.realpath(path or ".") != ours]
    sys.meta_path[:] = [finder for finder in sys.meta_path if "__editable__" not in str(finder)]
    with open(sys.argv[1], encoding="utf-8") as file:
        module = start(file.read())
    for line in sys.stdin:
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            done = asyncio.run(answer(module, json.loads(line)))
        sys.stdout.write(json.dumps({"answer": done, "said": said.getvalue()}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
