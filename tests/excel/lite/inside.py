"""A built workbook in use: its main.py in a Python of its own, a page with xlwings' client, and that client in Node over it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lxml import etree

from addin.excel.lite.build import build
from addin.excel.lite.button_cells import LITE_BUTTONS, SHEET
from addin.files.package.web_extension import kept_for
from tests.excel.server_books import stand_in_workbook
from tests.tools import ROOT, missing, needed

HERE = Path(__file__).parent
STORE = "xl/webextensions/webextension1.xml"


def carried_texts(path: Path, part: str = STORE) -> dict[str, str]:
    """What a workbook carries for the add-in: name -> text."""
    with zipfile.ZipFile(path) as archive:
        return kept_for(etree.fromstring(archive.read(part)))


@dataclass
class Carried:
    """A Python that runs what a workbook carries.

    Args:
        process: The program python.py.
        said: What scripts have said in the pane of output, one text a call.
    """

    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, what: dict[str, Any]) -> Any:
        """One question, one answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with self.lock:
            self.process.stdin.write(json.dumps(what) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        assert line, "Python ended: look at its standard error"
        answer = json.loads(line)
        if answer["said"]:
            self.said.append(answer["said"])
        return answer["answer"]


@contextmanager
def python_of(path: Path, folder: Path, *, python: str = sys.executable) -> Iterator[Carried]:
    """The main.py of a built workbook, running with nothing of this project on its path.

    Args:
        path: The workbook.
        folder: Where Python works; a folder for temporary files is made in it.
        python: The interpreter.
    """
    main_py, temporary = folder / "main.py", folder / "tmp"
    main_py.write_text(carried_texts(path)["main.py"], encoding="utf-8")
    temporary.mkdir(exist_ok=True)
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("XLWINGS_", "MARKBOOK_"))}
    inherited.pop("PYTHONPATH", None)
    process = subprocess.Popen(
        [python, str(HERE / "python.py"), str(main_py)],
        cwd=folder,
        env={
            **inherited, "XLWINGS_LICENSE_KEY": "noncommercial", "XLWINGS_ON_SERVER": "true", "TMPDIR": str(temporary),
            "MARKBOOK_SOURCES": str(ROOT),
        },
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    try:
        yield Carried(process)
    finally:
        process.communicate(timeout=30)


@contextmanager
def page_of(carried: Carried) -> Iterator[str]:
    """The address of a page with xlwings' client, which asks this Python."""
    found = find_spec("xlwings_server")
    if found is None or found.origin is None:
        missing("xlwings Server is not installed (pip install 'maths-markbook[server]'), whose client is run here")
    static = Path(found.origin).parent / "static"
    config = {"appPath": "", "onWasm": True, "isOfficialLiteAddin": False, "xlwingsVersion": "", "requestTimeout": 60}
    html = (
        f'<script id="config" type="application/json">{json.dumps(config)}</script>'
        '<script type="module" src="/static/js/custom-scripts/index.js"></script>'
    )

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/taskpane.html":
                self._send(html.encode(), "text/html")
            elif self.path == "/xlwings/pyodide.json":
                self._send(b'{"packages": [], "files": {}}', "application/json")
            else:
                self._send((static / self.path.removeprefix("/static/")).read_bytes(), "text/javascript")

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self._send(json.dumps(carried.ask(asked)).encode(), "application/json")

        def _send(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@dataclass(frozen=True)
class Acted:
    """What came of the steps: an answer each, the workbook afterwards, what the scripts said, all else that client.mjs tells."""

    steps: list[dict[str, Any]]
    workbook: dict[str, Any]
    said: list[str]
    seen: dict[str, Any]

    def sheet(self, name: str) -> dict[str, Any]:
        """A sheet of the workbook afterwards."""
        found: dict[str, Any] = next(sheet for sheet in self.workbook["sheets"] if sheet["name"] == name)
        return found

    def told(self) -> list[str]:
        """What stands on the sheet of buttons as said last."""
        from addin.excel.lite.button_cells import TOLD_LINES, TOLD_ROW

        values = self.sheet(SHEET)["values"]
        places = [f"B{row}" for row in range(TOLD_ROW + 1, TOLD_ROW + TOLD_LINES + 1)]
        return [str(values[place]) for place in places if place in values]


def act(origin: str, carried: Carried, workbook: dict[str, Any], *steps: dict[str, Any]) -> Acted:
    """Let the client take the steps on a workbook; a message box, or a fault that it logs, fails the test."""
    node = needed("node", remedy="install Node.js 20 or later")
    carried.said.clear()
    done = subprocess.run(
        [node, str(HERE / "client.mjs")],
        input=json.dumps({"origin": origin, "workbook": workbook, "steps": steps}),
        capture_output=True, text=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["faults"] == []
    assert answer["seen"]["dialogs"] == [], "a message box's text travels in an address"
    return Acted(answer.pop("steps"), answer.pop("workbook"), list(carried.said), answer)


def open_book(path: Path) -> dict[str, Any]:
    """A workbook as the in-memory Excel holds it, with the shapes of a sheet of buttons."""
    workbook = stand_in_workbook(path)
    for sheet in workbook["sheets"]:
        if sheet["name"] == SHEET:
            sheet["shapes"] = [button.entry for button in LITE_BUTTONS]
    return workbook


def built(source: Path | None, target: Path) -> Path:
    """A workbook for Lite made from another."""
    build(target, source=source)
    return target
