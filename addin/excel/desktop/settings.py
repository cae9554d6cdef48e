"""The add-in's settings file: which Python it starts, and how.

The form is xlwings' own: a line `"NAME","value"` for each setting, read by VBA. The file goes by the add-in's name, so that
settings which somebody has for xlwings itself are left alone.
"""

from __future__ import annotations

import codecs
import csv
from pathlib import Path

from addin.errors import FileInUse, RequestProblem, WriteFailed
from addin.excel.desktop.computer import Computer, System

INTERPRETER = {System.WINDOWS: "INTERPRETER_WIN", System.MACOS: "INTERPRETER_MAC"}
PYTHONPATH = "PYTHONPATH"


def wanted(computer: Computer) -> dict[str, str]:
    """The settings that the add-in needs on a computer.

    Example:
        >>> windows = Computer(System.WINDOWS, Path("C:/Users/ova"), Path("C:/py/python.exe"), Path("C:/lib"))
        >>> wanted(windows)["UDF MODULES"]
        'addin.functions'
    """
    needed = {
        INTERPRETER[computer.system]: str(computer.interpreter),
        PYTHONPATH: str(computer.code),
        # A workbook in OneDrive has a web address for a folder, and modules beside a workbook are nobody's to run.
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",
    }
    if computer.has_functions:
        # One Python stays with Excel, for formulas and buttons alike, and the second click does not wait.
        needed |= {"UDF MODULES": "addin.functions", "USE UDF SERVER": "True"}
    return needed


def read(path: Path) -> dict[str, str]:
    """Names, in capitals, and values of a settings file; empty where there is none.

    Raises:
        OSError: It cannot be read.
    """
    if not path.is_file():
        return {}
    rows = csv.reader(path.read_text(encoding=_encoding(), errors="surrogateescape").splitlines())
    return {row[0].upper(): row[1] for row in rows if len(row) > 1}


def write(path: Path, settings: dict[str, str]) -> None:
    """Write a settings file; what somebody added to it stays, unless it is one of `settings`.

    Raises:
        RequestProblem: A value has a sign that VBA cannot read from the file.
        FileInUse, WriteFailed: It could not be written.
    """
    lines = [f'"{name}","{value}"\n' for name, value in (read(path) | settings).items()]
    try:
        content = "".join(lines).encode(_encoding(), errors="surrogateescape")
    except UnicodeEncodeError as error:
        raise RequestProblem(
            f"The folder name {str(error.object)[error.start : error.end]!r} has letters that Excel's macros cannot read. Install "
            "Python and this program in a folder with plain letters, such as C:\\markbook, and run again."
        ) from None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except PermissionError as error:
        raise FileInUse(f"{path}: the settings may not be written. Close programs that have the file open.") from error
    except OSError as error:
        raise WriteFailed(
            f"{path}: the settings were not written: {error.strerror}. Mend that and run again."
        ) from error


def _encoding() -> str:
    # VBA reads text in Windows' own code page, which Python calls "mbcs" there; elsewhere as xlwings writes it.
    try:
        return codecs.lookup("mbcs").name
    except LookupError:
        return "utf-8"
