"""The functions as Excel on Windows sees them: xlwings' generator and dispatcher, with the Windows modules stood in for."""

from __future__ import annotations

import inspect
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from addin import functions
from addin.errors import RequestProblem
from addin.excel.desktop import wrappers
from addin.excel.desktop.callbacks import HELP_MODULE
from addin.excel.desktop.wrappers import LONGEST_HELP, Help, help_module, help_of
from tests.tools import import_path

FAMILY = sorted(name for name in vars(functions) if name.startswith("INTERVENTION_"))
ROOT = Path(__file__).parents[2]

GOLDEN = """\
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        INTERVENTION_RISK = XLPy.CallUDF("addin.functions", "INTERVENTION_RISK", \
Array(students, headings, out_of, strands, cohort, half_term), ActiveWorkbook, Application.Caller)
        Exit Function
    #Else
        INTERVENTION_RISK = XLPy.CallUDF("addin.functions", "INTERVENTION_RISK", \
Array(students, headings, out_of, strands, cohort, half_term))
        Exit Function
    #End If
failed:
    INTERVENTION_RISK = Err.Description
End Function
"""

# Ranges arrive from Excel as COM objects; a stand-in with values takes their place.
_CALL = """
import json, sys
from types import ModuleType, SimpleNamespace
from addin.excel.desktop.wrappers import _STAND_INS
for name, attributes in _STAND_INS.items():
    sys.modules[name] = ModuleType(name)
    vars(sys.modules[name]).update(attributes)
import xlwings
class Excel:
    name, type = "excel", "desktop"
    clean_value_data = staticmethod(lambda rows, *_: [list(row) for row in rows])
    prepare_xl_data_element = staticmethod(lambda value, _: value)
class Cells:
    sheet = SimpleNamespace(book=SimpleNamespace(app=SimpleNamespace(engine=Excel, pid=1)))
    max_cells_per_read = None
    def __init__(self, xl): self.xl = xl
    raw_value = property(lambda self: self.xl["cells"])
    shape = property(lambda self: (len(self.xl["cells"]), len(self.xl["cells"][0])))
windows = ModuleType("xlwings._xlwindows")
windows.Range, windows.is_range_instance, windows.BOOK_CALLER = Cells, lambda value: isinstance(value, dict), None
sys.modules["xlwings._xlwindows"] = xlwings._xlwindows = windows
xlwings.engines.add(xlwings.Engine(impl=Excel))
server = sys.modules["xlwings.com_server"] = ModuleType("xlwings.com_server")
server.loop = None
from xlwings import udfs
xlwings.func, xlwings.arg, xlwings.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret
answers = [list(udfs.call_udf("addin.functions", name, tuple(args))) for name, args in json.load(sys.stdin)]
json.dump(answers, sys.stdout)
"""
_MISSING = -2147352572
"""What COM hands over for an argument that was left out."""

ROWS = (("Ova", 7.0, 2.0), ("Tul", 4.0, 19.0), (None, None, None), ("Zev", 5.0, "Abs"))
HEADINGS = (("Name", "Target", "Angles (20)"),)


@pytest.fixture(scope="module")
def made() -> wrappers.Wrappers:
    return wrappers.wrappers()


def test_every_function_with_its_own_arguments(made: wrappers.Wrappers) -> None:
    for name in FAMILY:
        parameters = inspect.signature(getattr(functions, name)).parameters.values()
        arguments = [p.name if p.default is p.empty else f"Optional {p.name}" for p in parameters]
        assert f"\nFunction {name}({', '.join(arguments)})\n" in made.functions
    assert made.functions.count("\nEnd Function") == len(FAMILY)
    assert made.functions.startswith('Attribute VB_Name = "xlwings_udfs"\n')


def test_a_whole_wrapper(made: wrappers.Wrappers) -> None:
    _, _, rest = made.functions.partition("Function INTERVENTION_RISK(")
    signature, attribute, body = rest.split("\n", 2)
    assert signature.startswith("students, headings")
    assert attribute.startswith('Attribute INTERVENTION_RISK.VB_Description = "The risk')
    assert body.startswith(GOLDEN)


def test_the_wizard_is_told_of_every_function_and_argument(made: wrappers.Wrappers) -> None:
    assert f'Attribute VB_Name = "{HELP_MODULE}"' in made.help
    for name in FAMILY:
        function = getattr(functions, name)
        told = help_of(name, function.__doc__, list(inspect.signature(function).parameters))
        assert all(told.arguments), name
        for text in (told.description, *told.arguments):
            assert len(text) <= LONGEST_HELP
            assert text.replace('"', '""') in made.help
    made.help.encode("cp1252")
    made.functions.encode("cp1252")
    # A statement of VBA goes on over at most 24 lines, and a line holds at most 1,023 characters.
    assert max(map(len, made.help.splitlines())) < 1023
    assert all(block.count(" _\n") <= 24 for block in made.help.split("Application.MacroOptions"))


def test_quotes_and_long_help() -> None:
    told = help_of("F", f'Says.\n\nArgs:\n    a: The {"word " * 80}\n    b: Such as "x".\n', ["a", "b", "c"])
    assert len(told.arguments[0]) <= LONGEST_HELP
    assert told.arguments[0].endswith("...")
    assert told.arguments[2] == ""
    assert '"Such as ""x""."' in help_module([Help("F", "Says.", told.arguments)])


def called(*calls: tuple[str, list[Any]]) -> list[Any]:
    """What xlwings' dispatcher answers to calls, as to Excel's, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", _CALL], input=json.dumps(calls), capture_output=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": import_path()}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answers = json.loads(done.stdout)
    assert isinstance(answers, list)
    return answers


def test_xlwings_dispatches_to_the_functions() -> None:
    ranges = {"cells": ROWS}, {"cells": HEADINGS}
    left_out = [_MISSING] * 4
    names = [name for name in FAMILY if name != "INTERVENTION_WHATIF"]
    answers = called(*((name, [*ranges, *left_out]) for name in names))
    for name, answer in zip(names, answers, strict=True):
        expected = getattr(functions, name)([list(row) for row in ROWS], [list(row) for row in HEADINGS])
        assert answer == expected, name
        assert len(answer) == len(ROWS)


def test_single_values_and_arrays_instead_of_ranges() -> None:
    now, then = called(
        ("INTERVENTION_RISK", [ROWS, HEADINGS, *[_MISSING] * 4]),
        ("INTERVENTION_WHATIF", [ROWS, HEADINGS, _MISSING, "Target", 4.0]),
    )
    assert then[0][0] < now[0][0]


@pytest.mark.parametrize("key", [None, "noncommercial"])
def test_the_same_answer_with_and_without_the_key(key: str | None) -> None:
    # The decorators are chosen when xlwings is imported: each environment needs its own process.
    program = (
        "import json\nfrom addin.functions import INTERVENTION_RISK\n"
        f"print(json.dumps(INTERVENTION_RISK({[list(row) for row in ROWS]!r}, {[list(row) for row in HEADINGS]!r})))"
    )
    environment = {name: value for name, value in os.environ.items() if name != "XLWINGS_LICENSE_KEY"}
    environment |= {"PYTHONPATH": import_path()} | ({"XLWINGS_LICENSE_KEY": key} if key else {})
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True)
    here = functions.INTERVENTION_RISK([list(row) for row in ROWS], [list(row) for row in HEADINGS])
    assert json.loads(done.stdout) == here


def test_a_generator_that_fails_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\necho 'ImportError: no xlwings' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(broken))
    with pytest.raises(RequestProblem, match="could not be prepared for Excel: ImportError: no xlwings"):
        wrappers.wrappers()
