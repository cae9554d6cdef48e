"""Programs with xlwings in a process of their own, each forked from one that has done nothing but import it.

Importing xlwings takes a second of the processor, with pandas and matplotlib; most of what is tested takes a tenth of that. A
forked process shares nothing with the next: what a program changes in xlwings' classes, or leaves behind, ends with it.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from tests.tools import import_path

_READY = """
import json, os, sys, traceback
import xlwings
import addin.hosts.xlwings_book, addin.reading.markbook, addin.ribbon

def go_on(job):
    os.environ.clear()
    os.environ.update(job["environment"])
    os.chdir(job["folder"])
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        file = os.open(os.path.join(job["streams"], name), os.O_RDWR | os.O_CREAT)
        os.dup2(file, number)
        setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8", closefd=False))
    sys.argv[1:] = job["arguments"]
    try:
        exec(compile(job["program"], "<program>", "exec"), {"__name__": "__main__"})
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = go_on(json.loads(line))
        finally:
            os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


def python(program: str, *arguments: str, given: str, folder: Path | str, **environment: str) -> str:
    """What a program prints that ends well, in a process with xlwings and its key for noncommercial use.

    Args:
        program: Its source.
        arguments: What it finds in `sys.argv[1:]`.
        given: What it reads from stdin.
        folder: Its working folder.
        environment: Variables beside those of this process.
    """
    settings = {**os.environ, "XLWINGS_LICENSE_KEY": "noncommercial", "PYTHONPATH": import_path(), **environment}
    if not hasattr(os, "fork"):
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", program, *arguments],
            input=given, capture_output=True, encoding="utf-8", cwd=folder, env=settings, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout
    with tempfile.TemporaryDirectory() as name:
        streams = Path(name)
        (streams / "stdin").write_text(given, encoding="utf-8")
        job = {
            "program": program,
            "arguments": arguments,
            "folder": str(folder),
            "environment": settings,
            "streams": name,
        }
        ready = _ready()
        assert ready.stdin is not None
        assert ready.stdout is not None
        ready.stdin.write(json.dumps(job) + "\n")
        ready.stdin.flush()
        code = ready.stdout.readline().strip()
        told = (streams / "stderr").read_text(encoding="utf-8") if (streams / "stderr").exists() else ""
        assert code == "0", f"{code}: {told}"
        assert "Traceback" not in told, told
        return (streams / "stdout").read_text(encoding="utf-8")


@cache
def _ready() -> subprocess.Popen[str]:
    """The process that others are forked from, for as long as this one lasts."""
    process = subprocess.Popen(
        [sys.executable, "-c", _READY],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", cwd=tempfile.gettempdir(),
        env={**os.environ, "XLWINGS_LICENSE_KEY": "noncommercial", "PYTHONPATH": import_path()},
    )  # fmt: skip
    atexit.register(process.communicate)
    return process
