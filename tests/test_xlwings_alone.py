"""xlwings without pandas and matplotlib until somebody imports them: then it does all that it does with them from the beginning."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.tools import ROOT

PLAIN = "import xlwings as xw"
ALONE = "from addin.xlwings_alone import xlwings as xw"

_BOOK = """
import sys
page = {"name": "S", "values": [["", "a"], ["x", 1.5], ["y", 2.5]], "pictures": [], "shapes": [], "charts": [], "tables": []}
def sheet():
    book = xw.Book(json={"client": "Office.js", "version": "", "names": [], "sheets": [page],
                         "book": {"name": "b.xlsx", "active_sheet_index": 0, "selection": "A1"}})
    return book.sheets[0]
"""
"""A workbook in xlwings' remote engine, which runs without Excel."""

_WITH_LIBRARIES = """
import pandas as pd
import matplotlib.pyplot as plt
page = sheet()
frame = page["A1:B3"].options(pd.DataFrame).value
page["D1"].value = frame
page["G1"].options(index=False).value = pd.Series([pd.Timestamp("2027-01-08"), pd.NaT], name="day")
page.tables.add(page["J1"], name="T").update(frame)
page.pictures.add(plt.figure(figsize=(1, 1)), name="P")
actions = [action for action in page.book.json()["actions"] if action["func"] != "addPicture"]
print(frame, page["A1:B3"].options(pd.Series).value, page["A1:B3"].options("df").value, actions)
for name, module in sorted(sys.modules.items()):
    if name.split(".")[0] == "xlwings":
        # xlwings.utils binds "matplotlib" itself as well, and uses it nowhere.
        there = {key for key, value in vars(module).items() if value is not None} - {"matplotlib", "__warningregistry__"}
        print(name, *sorted(there))
"""


def printed(*program: str) -> str:
    """What a program prints that ends well, in a process of its own."""
    environment = {**os.environ, "XLWINGS_LICENSE_KEY": "noncommercial", "MPLBACKEND": "agg"}
    ran = subprocess.run(
        [sys.executable, "-c", "\n".join(program)], cwd=ROOT, capture_output=True, encoding="utf-8", env=environment, check=False
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_neither_is_imported_until_somebody_does() -> None:
    told = printed(
        ALONE, "import json, sys", "print(json.dumps([n for n in ('pandas', 'matplotlib') if n in sys.modules]))"
    )
    assert json.loads(told) == []


@pytest.mark.parametrize(
    "imports",
    [
        (ALONE,),
        (PLAIN, ALONE),
        ("import pandas", ALONE),
        ("import matplotlib", ALONE),
        (ALONE, "import matplotlib.figure"),
    ],
    ids="; ".join,
)
def test_data_frames_and_figures_are_taken_as_ever(imports: tuple[str, ...]) -> None:
    expected = printed(PLAIN, _BOOK, _WITH_LIBRARIES)
    assert "2027-01-08" in expected
    assert printed(*imports, _BOOK, _WITH_LIBRARIES) == expected


def test_a_frame_asked_for_by_name_imports_pandas() -> None:
    told = printed(ALONE, _BOOK, "print(sheet()['A1:B3'].options('df').value.loc['y', 'a'], 'pandas' in sys.modules)")
    assert told.split() == ["2.5", "True"]


def test_values_are_read_and_written_without_pandas() -> None:
    program = """
import datetime, numpy
page = sheet()
page["D1"].value = [[1, "a", None], [numpy.float64("nan"), datetime.datetime(2027, 1, 8), True]]
print(page["A1:B3"].value, page.book.json()["actions"])
"""
    assert printed(ALONE, _BOOK, program, "assert 'pandas' not in sys.modules") == printed(PLAIN, _BOOK, program)


def test_others_find_what_xlwings_does_not() -> None:
    # A thread that imports pandas while xlwings is being imported, here by the first module of xlwings that asks for numpy.
    program = """
import importlib.abc, sys, threading
class Meanwhile(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "numpy" and self in sys.meta_path:
            sys.meta_path.remove(self)
            thread = threading.Thread(target=exec, args=("import pandas; found.append(pandas.DataFrame)", {"found": found}))
            thread.start()
            waiting.append(thread)
found, waiting = [], []
sys.meta_path.insert(0, Meanwhile())
from addin.xlwings_alone import xlwings as xw
for thread in waiting:
    thread.join()
from xlwings.conversion import accessors
print(len(found), found[0] in accessors)
"""
    assert printed(program).split() == ["1", "True"]
