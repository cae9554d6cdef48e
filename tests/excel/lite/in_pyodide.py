"""Pyodide from npm in Node: a built workbook's main.py in the Python that xlwings Lite has, with numpy's wheel where it is at hand.

npm has Pyodide's runtime and its standard library. numpy for it is on no registry that tests reach: a folder with its wheel, and
with those of scipy, jinja2 and markupsafe where they are to be had, may be named in MARKBOOK_PYODIDE_WHEELS.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.browser import browser
from tests.excel.lite.inside import HERE, carried_texts
from tests.tools import needed, needed_modules

WHEELS = "MARKBOOK_PYODIDE_WHEELS"
PURE = ("xlwings",)
"""Packages that a browser installs from their wheels of pure Python."""

START = """
import json, os, sys
os.environ.update(XLWINGS_LICENSE_KEY="noncommercial", XLWINGS_ON_SERVER="true")
sys.path.insert(0, "/mounted")
"""

WITHOUT_NUMPY = """
import types
from unittest.mock import MagicMock
_names = {name: type(name, (), {}) for name in ("ndarray", "number", "floating", "bool_", "datetime64", "generic")}
class _Nothing(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _names.setdefault(name, MagicMock(name=name))
sys.modules["numpy"] = _Nothing("numpy")
sys.modules["numpy.typing"] = MagicMock()
"""
"""In numpy's place a module that can be imported and computes nothing."""

RUN_MAIN = """
import lite_python
with open("/mounted/main.py", encoding="utf-8") as _file:
    module = lite_python.start(_file.read())
"""


@dataclass(frozen=True)
class Answered:
    """What Pyodide tells: its Python's version, answers, and how long each step took in milliseconds."""

    python: str
    answers: list[Any]
    milliseconds: dict[str, Any]


def locked() -> dict[str, Any]:
    """What Pyodide ships with: name of a package -> its file, version and what it needs."""
    modules = needed_modules("pyodide")
    table = json.loads((modules / "pyodide" / "pyodide-lock.json").read_text(encoding="utf-8"))
    packages: dict[str, Any] = table["packages"]
    return packages


def numpys_wheels() -> list[Path]:
    """The wheels at hand for this Pyodide, numpy's among them, or a skip with the reason: no registry has it, so nothing fails."""
    given = os.environ.get(WHEELS, "").strip()
    if not given:
        pytest.skip(
            f"numpy's wheel for Pyodide is on no registry that is reached here; name a folder that has it in {WHEELS}"
        )
    found = fitting_wheels(Path(given))
    if not any(wheel.name.startswith("numpy-") for wheel in found):
        wanted = locked()["numpy"]["file_name"]
        pytest.skip(f"{WHEELS} has no wheel of numpy for this Pyodide; {wanted} is the one that it ships with")
    return found


def fitting_wheels(folder: Path) -> list[Path]:
    """The wheels of a folder that this Pyodide can use."""
    tag = locked()["numpy"]["file_name"].split("-")[2]
    return [wheel for wheel in sorted(folder.glob("*.whl")) if f"-{tag}-" in wheel.name or "-none-any" in wheel.name]


def site_of(book: Path, folder: Path) -> Path:
    """A folder with the pure Python packages, and what a built workbook carries."""
    site = folder / "site"
    site.mkdir()
    for name in PURE:
        found = find_spec(name)
        assert found is not None
        assert found.origin is not None
        skipped = shutil.ignore_patterns("__pycache__", "*.so", "*.pyd", "*.dll", "*.exe", "*.xla*", "*.xls*")
        shutil.copytree(Path(found.origin).parent, site / name, ignore=skipped)
    (site / "main.py").write_text(carried_texts(book)["main.py"], encoding="utf-8")
    shutil.copy(HERE / "python.py", site / "lite_python.py")
    return site


def run_in_pyodide(site: Path, *ask: str, prepare: str = "", wheels: list[Path] | None = None) -> Answered:
    """Run code in Pyodide.

    Args:
        site: The folder that is on its path.
        ask: Expressions whose values are JSON; they may await.
        prepare: Code that runs before them, after `START`.
        wheels: Wheels that are unpacked first.
    """
    node = needed("node", remedy="install Node.js 20 or later")
    given = {
        "modules": str(needed_modules("pyodide")),
        "site": str(site),
        "wheels": [str(wheel) for wheel in wheels or []],
        "prepare": START + prepare,
        "ask": list(ask),
    }
    done = subprocess.run(
        [node, str(HERE / "pyodide.mjs")], input=json.dumps(given), capture_output=True, text=True, encoding="utf-8",
        check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return Answered(**json.loads(done.stdout))


_IN_A_BROWSER = """
async ([prepare, ask]) => {
  const { loadPyodide } = await import("/pyodide/pyodide.mjs");
  const pyodide = await loadPyodide();
  const site = await (await fetch("/site.zip")).arrayBuffer();
  pyodide.unpackArchive(new Uint8Array(site), "zip", { extractDir: "/mounted" });
  await pyodide.runPythonAsync(prepare);
  const answers = [];
  for (const code of ask) answers.push(JSON.parse(await pyodide.runPythonAsync(code)));
  return answers;
}
"""


def run_in_chromium(site: Path, *ask: str, prepare: str = "") -> list[Any]:
    """The same in headless Chromium, as in the browser that Excel has inside."""
    modules = needed_modules("pyodide")
    with browser() as chromium, _served(site, modules) as origin:
        page = chromium.new_page()
        page.goto(f"{origin}/empty.html")
        answers: list[Any] = page.evaluate(_IN_A_BROWSER, [START + prepare, list(ask)])
        page.close()
    return answers


@contextmanager
def _served(site: Path, modules: Path) -> Iterator[str]:
    """The address of a folder with Pyodide and, as one archive, the site."""
    root = site.parent / "served"
    root.mkdir(exist_ok=True)
    (root / "empty.html").write_text("<!doctype html><title>Pyodide</title>", encoding="utf-8")
    (root / "pyodide").symlink_to(modules / "pyodide")
    shutil.make_archive(str(root / "site"), "zip", site)

    class Files(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    Files.extensions_map = {**Files.extensions_map, ".mjs": "text/javascript", ".wasm": "application/wasm"}
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
