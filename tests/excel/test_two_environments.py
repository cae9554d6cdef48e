"""With and without xlwings' key, with and without the extras: the functions answer alike, and the core needs neither.

xlwings chooses its decorators when it is imported, so each environment is a process of its own. `python -m venv` with and without
extras goes further; what that gave is in docs/excel-checklist.md.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from addin import functions
from tests.tools import import_path

ROOT = Path(__file__).parents[2]
EXTRAS = (
    "dask", "distributed", "matplotlib", "oletools", "pyopenvba", "pythoncom", "starlette", "win32api", "win32com",
    "xlwings_server",
)  # fmt: skip
HEADINGS = [["Name", "Target", "Angles (20)", "Ratio /20", "Homework %"]]
ROWS = [["Ova Zarrin", 7, 2, "5/20", 40], ["Tul Beska", 4, 19, 17, 90], ["Fen Orlix", 5, "Abs", None, 70]]

# Python runs a module of this name at its start.
_WITHOUT = f"""
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {EXTRAS!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Missing())
"""

_ANSWERS = """
import json, sys
from addin import functions
from tests.tools import import_path
rows, headings = json.load(sys.stdin)
answers = {}
for name in sorted(vars(functions)):
    if name == "INTERVENTION_WHATIF":
        answers[name] = functions.INTERVENTION_WHATIF(rows, headings, None, "Homework %", 95)
    elif name.startswith("INTERVENTION_"):
        answers[name] = getattr(functions, name)(rows, headings)
json.dump({"answers": answers, "extras": sorted(set(sys.argv[1:]) & set(sys.modules))}, sys.stdout)
"""


def run(*command: str, key: str | None, extras: bool, folder: Path, stdin: str = "") -> str:
    """The output of a Python process in an environment."""
    (folder / "sitecustomize.py").write_text("" if extras else _WITHOUT)
    environment = {name: value for name, value in os.environ.items() if name != "XLWINGS_LICENSE_KEY"}
    environment |= {"PYTHONPATH": import_path(folder), "MARKBOOK_HOME": str(folder / "home")}
    environment |= {"XLWINGS_LICENSE_KEY": key} if key else {}
    done = subprocess.run(
        [sys.executable, *command],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("extras", [True, False], ids=["extras", "no extras"])
@pytest.mark.parametrize("key", [None, "noncommercial"])
def test_the_whole_family_answers_alike(key: str | None, extras: bool, tmp_path: Path) -> None:
    told = json.loads(
        run("-c", _ANSWERS, *EXTRAS, key=key, extras=extras, folder=tmp_path, stdin=json.dumps([ROWS, HEADINGS]))
    )
    assert len(told["answers"]) == 8
    for name, answer in told["answers"].items():
        more = (None, "Homework %", 95) if name == "INTERVENTION_WHATIF" else ()
        assert answer == getattr(functions, name)(ROWS, HEADINGS, *more), name
        assert len(answer) == len(ROWS)
    assert set(told["extras"]) <= {"matplotlib"}, (
        "xlwings itself takes that one where it is there; the functions take none"
    )


def test_new_and_score_need_neither_key_nor_extras(tmp_path: Path) -> None:
    for command in (["new", "class.xlsx", "--students", "12", "--seed", "7"], ["score", "class.xlsx"]):
        run("-m", "addin.cli", *command, key=None, extras=False, folder=tmp_path)
    assert (tmp_path / "class.marked.xlsx").exists()


def test_what_is_said_to_be_missing_is_missing(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="No module named 'pyopenvba'"):
        run("-c", "import pyopenvba", key=None, extras=False, folder=tmp_path)
