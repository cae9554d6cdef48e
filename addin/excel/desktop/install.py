"""The add-in into Excel's start-up folder, and out of it."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from addin.errors import FileInUse, RequestProblem, WriteFailed
from addin.excel.desktop import settings
from addin.excel.desktop.computer import Computer, script_name
from addin.excel.desktop.xlam import assemble, write
from addin.xlwings_alone import xlwings

STORE = (
    "Excel is the one from the Microsoft Store, which other programs cannot drive. Install Office from office.com, and run "
    "`markbook excel install` again."
)
NEVER_OPENED = (
    "{folder} is missing: Excel has not been opened on this computer by this user. Open Excel once, quit it, and run "
    "`markbook excel install`."
)
ASK_IT = "Ask your IT department to let you write there."
NO_FUNCTIONS = (
    "The buttons work in Excel for macOS; the formulas =INTERVENTION_...() do not, since xlwings offers them on Windows alone. "
    "They need the server: see docs/install-macos.md."
)


def install(computer: Computer) -> tuple[str, ...]:
    """Build the add-in, put it where Excel starts it, and write its settings. Doing it again repairs and updates.

    Returns:
        What was done, a line each.

    Raises:
        RequestProblem: There is no Excel here, or it is one that no program can drive, or the extra is missing.
        FileInUse: Excel has the add-in open.
        WriteFailed: A folder cannot be written.
    """
    _refuse_unfit(computer)
    content = assemble(
        functions=computer.has_functions
    )  # first: whatever is missing is told before anything is written
    settings.write(computer.settings, settings.wanted(computer))
    done = [f"Settings written to {computer.settings}."]
    if computer.script is not None:
        _place_script(computer.script)
        done.append(f"xlwings' script placed at {computer.script}.")
    _make(computer.startup)
    write(computer.addin, content)
    done.append(f"Add-in written to {computer.addin}.")
    done.append("Quit Excel completely and start it again: the tab is called Maths Clinic.")
    if not computer.has_functions:
        done.append(NO_FUNCTIONS)
    return tuple(done)


def remove(computer: Computer) -> tuple[str, ...]:
    """Take the add-in and its settings away; workbooks are not touched.

    Returns:
        What was done, a line each.

    Raises:
        RequestProblem: There is no Excel here.
        FileInUse: Excel has the add-in open.
    """
    gone = [path for path in (computer.addin, computer.settings) if _removed(path)]
    with suppress(OSError):  # the folder is ours on Windows, and Excel's on macOS; neither goes while anything is in it
        if computer.settings in gone and computer.settings.parent.name.startswith("."):
            computer.settings.parent.rmdir()
    if not gone:
        return ("The add-in was not installed.",)
    stays = () if computer.script is None else (f"{computer.script} stays: it belongs to xlwings.",)
    return (*(f"Removed {path}." for path in gone), *stays, "Restart Excel.")


def _refuse_unfit(computer: Computer) -> None:
    if computer.from_store:
        raise RequestProblem(STORE)
    if not computer.office.is_dir():
        raise RequestProblem(NEVER_OPENED.format(folder=computer.office))


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteFailed(f"{folder}: Excel's start-up folder cannot be made: {error.strerror}. {ASK_IT}") from error


def _place_script(target: Path) -> None:
    original = Path(xlwings.__file__).with_name(script_name())
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(original, target)
    except OSError as error:
        raise WriteFailed(f"{target}: xlwings' script was not placed: {error.strerror}. {ASK_IT}") from error


def _removed(path: Path) -> bool:
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise FileInUse(f"{path}: the file was not removed: {error.strerror}. Quit Excel and run again.") from error
    return True
