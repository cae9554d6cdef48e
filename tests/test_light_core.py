"""Functions and review run where only pure Python and numpy are to be had: what they load, and what they answer there."""

from __future__ import annotations

import json
import subprocess
import sys
from configparser import ConfigParser

import pytest

from tests.tools import ROOT

LIBRARIES = ("numpy", "xlwings")
"""All that the way of functions and review may load beside the standard library. xlwings tries for others, and does without."""

_RUN = """
import json, sys
from importlib.abc import MetaPathFinder
ours = {"addin", "model", *%r}
class Nothing(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        top = name.split(".")[0]
        if top not in ours and top not in sys.stdlib_module_names and not top.startswith("_"):
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, Nothing())
import addin.functions, addin.review
from addin.reading.grid import Book, Sheet
rows = (("Name", "Targte", "Angles (20)", "Doodles"), ("Ova Zarrin", 7, 2, 4), ("Tul Beska", 6, 12, 9), ("Pim Dorro", 5, 11, 7))
risk = addin.functions.INTERVENTION_RISK([list(row) for row in rows[1:]], [list(rows[0])])
done = addin.review.review(Book(sheets=(Sheet(name="Y9", rows=rows),)))
loaded = {name.split(".")[0] for name in sys.modules}
folders = {".".join(name.split(".")[:2]) for name in sys.modules if name.startswith(("addin.", "model."))}
libraries = sorted(loaded & {"numpy", "xlwings"})
print(json.dumps([risk, [result.risk for result in done.results], libraries, sorted(folders)]))
"""

LOADED = [
    "addin.errors", "addin.formulas", "addin.functions", "addin.hosts", "addin.reading", "addin.results", "addin.review",
    "addin.xlwings_alone",
    "model.activities", "model.curriculum", "model.errors", "model.fairness", "model.features", "model.intervals",
    "model.language", "model.local", "model.means", "model.pathway", "model.pinned", "model.places", "model.reasons", "model.rules",
    "model.scorecard", "model.standing", "model.strands", "model.students", "model.topic_levels", "model.vocabulary",
]  # fmt: skip
"""Rooms of addin and modules of model that are loaded; a new one here is one more for every first click and every browser."""


def test_functions_and_review_answer_with_two_libraries() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _RUN % (LIBRARIES,)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    risks, reviewed, libraries, folders = json.loads(ran.stdout)
    assert [round(risk, 4) for risk in reviewed] == [risk for (risk,) in risks]
    assert tuple(libraries) == LIBRARIES
    assert folders == LOADED


_LITE = """
import json, sys
from importlib.abc import MetaPathFinder
class Nothing(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        top = name.split(".")[0]
        if top not in {"addin", "model", *%r} and top not in sys.stdlib_module_names and not top.startswith("_"):
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, Nothing())
import addin.excel.lite.registered
later = ("addin.clinics", "addin.files", "addin.letters", "addin.mail", "addin.packs", "model.clinics", "model.learning",
    "model.training")
print(json.dumps(sorted(name for name in sys.modules if name.startswith(later))))
"""


def test_lite_is_ready_with_the_same_two_libraries() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _LITE % (LIBRARIES,)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert json.loads(ran.stdout) == [], "what one button needs waits until it is pressed"


LATER = frozenset({
    "calamine", "click", "distributed", "docx", "icalendar", "jinja2", "joblib", "keyring", "latex2mathml", "lxml",
    "matplotlib", "msoffcrypto", "openpyxl", "pandas", "python_calamine", "scipy", "sklearn", "smtplib",
    "sympy", "xlsxwriter",
})  # fmt: skip
"""What takes long to import, and no function and no button needs before it is asked for just that."""

_FIRST_CLICK = """
import json, sys
import %s
rows = [["Ova Zarrin", 7, 2, 4], ["Tul Beska", 6, 12, 9], ["Pim Dorro", 5, 11, 7]]
import addin.functions
for name in dir(addin.functions):
    if name.startswith("INTERVENTION_") and name != "INTERVENTION_WHATIF":
        getattr(addin.functions, name)(rows, [["Name", "Targte", "Angles (20)", "Doodles"]])
print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
"""


@pytest.mark.parametrize("module", ["addin.functions", "addin.excel.desktop.entries", "addin.excel.lite.registered"])
def test_the_first_click_waits_for_nothing_that_it_does_not_use(module: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _FIRST_CLICK % module], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(json.loads(ran.stdout))
    assert {"numpy", "xlwings"} <= loaded
    assert not loaded & LATER


def test_a_browser_is_asked_for_these_alone() -> None:
    setup = ConfigParser(interpolation=None)
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    lines = setup["options"]["install_requires"].split("\n")
    anywhere = [line for line in lines if line and 'sys_platform != "emscripten"' not in line]
    assert sorted(line.split("=")[0].split(">")[0] for line in anywhere) == list(LIBRARIES)
