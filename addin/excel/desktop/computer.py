"""The computer that Excel is on: which system, where Excel starts add-ins from, where their settings are.

Everything is a value of `Computer`, so that the same code runs over the folders of any computer; `this_computer` looks
at the one it runs on.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PureWindowsPath

from addin.errors import RequestProblem
from addin.excel.desktop.vba_edits import PROJECT_NAME
from addin.excel.desktop.xlam import FILE_NAME
from addin.xlwings_alone import xlwings

_CONTAINER = Path("Library") / "Containers" / "com.microsoft.Excel" / "Data"
_MAC_STARTUP = (
    Path("Library")
    / "Group Containers"
    / "UBF8T346G9.Office"
    / "User Content.localized"
    / "Startup.localized"
    / "Excel"
)
_SCRIPTS = Path("Library") / "Application Scripts" / "com.microsoft.Excel"


class System(Enum):
    """Where Excel runs, and where it does not."""

    WINDOWS = "Windows"
    MACOS = "macOS"
    OTHER = "other"


NO_EXCEL = (
    "Excel is not here: it runs on Windows and macOS, and this computer has neither. Score closed files with "
    "`markbook score FILE`, or run `markbook excel install` on the computer that has Excel."
)


@dataclass(frozen=True)
class Computer:
    """A computer and what on it matters to the add-in.

    Args:
        system: Its operating system.
        home: The user's folder.
        interpreter: The Python that the add-in is to start.
        code: The folder that holds the program's packages.
        app_data: Windows' folder for programs' data (%APPDATA%).
        excel: Excel's own program, None where none was found.
        macros_off: Whether a policy of the school turns all macros off.

    Example:
        >>> mac = Computer(System.MACOS, Path("/Users/ova"), Path("/opt/python3"), Path("/opt/lib"))
        >>> mac.settings.as_posix()
        '/Users/ova/Library/Containers/com.microsoft.Excel/Data/maths_markbook.conf'
    """

    system: System
    home: Path
    interpreter: Path
    code: Path
    app_data: Path | None = None
    excel: Path | None = None
    macros_off: bool = False

    @property
    def office(self) -> Path:
        """The folder that Excel makes when it is first opened.

        Raises:
            RequestProblem: There is no Excel on this system.
        """
        if self.system is System.WINDOWS:
            return (self.app_data or self.home / "AppData" / "Roaming") / "Microsoft" / "Excel"
        if self.system is System.MACOS:
            return self.home / _CONTAINER
        raise RequestProblem(NO_EXCEL)

    @property
    def startup(self) -> Path:
        """The folder whose add-ins Excel opens when it starts; it may have to be made."""
        return self.home / _MAC_STARTUP if self.system is System.MACOS else self.office / "XLSTART"

    @property
    def addin(self) -> Path:
        """Where the add-in is, or would be."""
        return self.startup / FILE_NAME

    @property
    def settings(self) -> Path:
        """The settings file that the add-in's VBA looks for."""
        folder = _CONTAINER if self.system is System.MACOS else Path(f".{PROJECT_NAME}")
        return self.home / folder / f"{PROJECT_NAME}.conf"

    @property
    def script(self) -> Path | None:
        """macOS: the AppleScript through which Excel's sandbox lets xlwings start Python. It belongs to xlwings."""
        return self.home / _SCRIPTS / script_name() if self.system is System.MACOS else None

    @property
    def from_store(self) -> bool:
        """Whether Excel came from the Microsoft Store: it then takes no orders from other programs."""
        return self.excel is not None and "windowsapps" in (part.casefold() for part in _parts(self.excel))

    @property
    def has_functions(self) -> bool:
        """Whether formulas reach Python: xlwings offers that on Windows alone."""
        return self.system is System.WINDOWS


def script_name() -> str:
    """The name of xlwings' AppleScript, in its package and where Excel looks for it."""
    return f"xlwings-{xlwings.__version__}.applescript"


def this_computer() -> Computer:
    """The computer that this runs on."""
    home, interpreter, code = Path.home(), Path(sys.executable), Path(__file__).resolve().parents[3]
    if sys.platform == "win32":
        app_data = os.environ.get("APPDATA")
        return Computer(
            System.WINDOWS, home, interpreter, code,
            app_data=Path(app_data) if app_data else None, excel=_windows_excel(), macros_off=_macros_off(),
        )  # fmt: skip
    elif sys.platform == "darwin":
        program = Path("/Applications/Microsoft Excel.app")
        return Computer(System.MACOS, home, interpreter, code, excel=program if program.exists() else None)
    else:
        return Computer(System.OTHER, home, interpreter, code)


def _parts(path: Path) -> tuple[str, ...]:
    # A Windows path, also where this runs on another system.
    return PureWindowsPath(path).parts


if sys.platform == "win32":
    import winreg

    def _registered(root: int, key: str, name: str) -> str | int | None:
        try:
            with winreg.OpenKey(root, key) as opened:
                value = winreg.QueryValueEx(opened, name)[0]
        except OSError:
            return None
        return value if isinstance(value, (str, int)) else None

    def _windows_excel() -> Path | None:
        for root in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
            found = _registered(root, r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe", "")
            if isinstance(found, str):
                return Path(found.strip('"'))
        return None

    def _macros_off() -> bool:
        # 4: "Disable all without notification", set by a policy and not by the user.
        policy = r"SOFTWARE\Policies\Microsoft\Office\16.0\Excel\Security"
        return any(
            _registered(root, policy, "VBAWarnings") == 4
            for root in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE)
        )
