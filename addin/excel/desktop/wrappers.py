"""The VBA of the functions: xlwings' own generator run over `addin.functions`, and their help for Excel's function wizard.

The generator belongs to Windows: there the decorators mark the functions when they are imported. So that the same
module comes out everywhere, it runs in a process of its own, where stand-ins take the place of the Windows modules that
are absent; none of them is called.

Run as a program, this module prints what `wrappers` returns, as JSON.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from addin.errors import RequestProblem
from addin.excel.buttons import TAB
from addin.excel.desktop.callbacks import HELP_MODULE

MODULE = "xlwings_udfs"
"""The name that xlwings gives the module of wrappers, and looks for when functions are imported anew."""

FUNCTIONS = "addin.functions"
LONGEST_HELP = 255
"""Characters of a description that Excel's function wizard takes."""

_STAND_INS: dict[str, dict[str, Any]] = {
    "pythoncom": {"CoInitialize": None},
    "pywintypes": {"com_error": OSError},
    "win32com": {},
    "win32com.client": {"Dispatch": None},
}
_OTHER_ENGINES = {"XLWINGS_LICENSE_KEY", "XLWINGS_ON_SERVER"}
"""Variables that give xlwings' decorators another meaning."""


@dataclass(frozen=True)
class Help:
    """What the function wizard shows of a function: its description, and one for each argument."""

    name: str
    description: str
    arguments: tuple[str, ...]


@dataclass(frozen=True)
class Wrappers:
    """The VBA module of the functions, and the module with their help."""

    functions: str
    help: str


def wrappers() -> Wrappers:
    """Both modules as text.

    Raises:
        RequestProblem: xlwings' generator does not run; the text says with what.

    Example:
        >>> "Function INTERVENTION_RISK(students, headings, Optional out_of" in wrappers().functions
        True
    """
    root = str(Path(__file__).parents[3])
    environment = {name: value for name, value in os.environ.items() if name not in _OTHER_ENGINES}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "addin.excel.desktop.wrappers"],
        capture_output=True, encoding="utf-8", env=environment, check=False,
    )  # fmt: skip
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise RequestProblem(f"The functions could not be prepared for Excel: {last}. Install the program again.")
    return Wrappers(**json.loads(done.stdout))


def help_of(name: str, docstring: str, arguments: list[str]) -> Help:
    """The wizard's texts from a docstring: its first paragraph, and the lines under "Args:".

    Example:
        >>> help_of("F", "Doubles a number.\\n\\n    Args:\\n        number: What is doubled.\\n    ", ["number"])
        Help(name='F', description='Doubles a number.', arguments=('What is doubled.',))
    """
    summary, _, rest = docstring.partition("\n\n")
    described = dict(re.findall(r"^ +(\w+): (.+(?:\n {9,}.+)*)", rest.partition("Args:\n")[2], re.MULTILINE))
    return Help(name, _short(summary), tuple(_short(described.get(argument, "")) for argument in arguments))


def _short(text: str) -> str:
    """Text in one line, cut at a word if the wizard would cut it anyway; VBA source has no signs beyond its code page."""
    line = " ".join(text.split()).encode("cp1252", errors="replace").decode("cp1252")
    return line if len(line) <= LONGEST_HELP else f"{line[: LONGEST_HELP - 3].rsplit(' ', 1)[0]}..."


def help_module(helps: list[Help]) -> str:
    """The VBA that describes the functions to Excel, one call each; a function that fails leaves the others described."""
    lines = [f'Attribute VB_Name = "{HELP_MODULE}"', "Option Explicit", "", "Sub DescribeFunctions()"]
    lines.append("    On Error Resume Next")
    for each in helps:
        lines.append(f'    Application.MacroOptions Macro:="\'" & ThisWorkbook.Name & "\'!{each.name}", _')
        lines.append(f'        Category:="{TAB}", Description:={_quoted(each.description)}, _')
        arguments = ", _\n            ".join(map(_quoted, each.arguments))
        lines.append(f"        ArgumentDescriptions:=Array( _\n            {arguments})")
    return "\n".join([*lines, "End Sub", ""])


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _generated() -> Wrappers:
    """What `wrappers` returns, in a process that may pretend to be Windows."""
    if find_spec("pythoncom") is None:
        for name, attributes in _STAND_INS.items():
            sys.modules[name] = ModuleType(name)
            vars(sys.modules[name]).update(attributes)
    import xlwings
    from xlwings import udfs as generator

    udfs: Any = generator  # untyped
    for name, decorator in {"func": udfs.xlfunc, "arg": udfs.xlarg, "ret": udfs.xlret}.items():
        setattr(xlwings, name, decorator)
    from addin import functions

    marked: dict[str, Any] = {name: f.__xlfunc__ for name, f in vars(functions).items() if hasattr(f, "__xlfunc__")}
    helps = [
        help_of(name, about["ret"]["doc"], [argument["name"] for argument in about["args"]])
        for name, about in sorted(marked.items())
    ]
    text = io.StringIO()
    # The generator asks of the workbook its name alone: an add-in's functions look at the active workbook.
    udfs.generate_vba_wrapper(FUNCTIONS, functions, text, SimpleNamespace(Name="markbook.xlam"))
    heading = f'Attribute VB_Name = "{MODULE}"\n#Const App = "Microsoft Excel"\n'
    return Wrappers(heading + _described(text.getvalue(), helps), help_module(helps))


def _described(vba: str, helps: list[Help]) -> str:
    """The wrappers with each function's description as VBA itself keeps it: the wizard has it even before macros ran."""
    for each in helps:
        signature = re.compile(rf"^(Function {each.name}\(.*\))$", re.MULTILINE)
        attribute = f"Attribute {each.name}.VB_Description = {_quoted(each.description)}"
        vba = signature.sub(lambda found, attribute=attribute: f"{found[1]}\n{attribute}", vba)  # type: ignore[misc]
    return vba


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(_generated())))
