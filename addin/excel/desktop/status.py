"""What stands between the add-in and Excel on a computer: each hindrance with its remedy."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from addin.excel.desktop import settings
from addin.excel.desktop.computer import NO_EXCEL, Computer, System
from addin.excel.desktop.install import ASK_IT, NEVER_OPENED, STORE
from addin.excel.desktop.xlam import built_with, this_build
from addin.xlwings_alone import xlwings

_AGAIN = "Run `markbook excel install` again."


@dataclass(frozen=True)
class Status:
    """How the add-in stands.

    Args:
        facts: What is, a line each.
        hindrances: What is wrong, each with its remedy; none where all is well.
    """

    facts: tuple[str, ...]
    hindrances: tuple[str, ...]


def status(computer: Computer) -> Status:
    """Look at a computer; nothing is changed.

    Example:
        >>> linux = Computer(System.OTHER, Path("/home/ova"), Path("/usr/bin/python3"), Path("/srv/lib"))
        >>> status(linux).hindrances[0].split(":")[0]
        'Excel is not here'
    """
    if computer.system is System.OTHER:
        return Status((), (NO_EXCEL,))
    facts = [f"Excel's start-up folder: {computer.startup}"]
    if computer.excel is not None:
        facts.insert(0, f"Excel: {computer.excel}")
    made_of = built_with(computer.addin) if computer.addin.is_file() else None
    if made_of is not None:
        facts.append(f"Add-in: {computer.addin.name} {made_of.markbook}, built with xlwings {made_of.xlwings}")
        told = settings.read(computer.settings).get(settings.INTERPRETER[computer.system])
        facts += [f"Python: {told}"] if told else []
    return Status(tuple(facts), tuple(_hindrances(computer)))


def _hindrances(computer: Computer) -> Iterator[str]:
    if computer.from_store:
        yield STORE
    elif computer.excel is None:
        yield "Excel was not found on this computer. Install Office, open Excel once, and run `markbook excel install`."
    if computer.macros_off:
        yield "A policy of your school turns macros off, and with them every add-in. Ask your IT department to allow this one."
    yield from _folders(computer)
    if not computer.addin.is_file():
        yield "The add-in is not installed. Run `markbook excel install`."
        return
    yield from _versions(computer)
    yield from _settings(computer)
    if computer.script is not None and not computer.script.is_file():
        yield f"{computer.script} is missing, without which Excel cannot start Python. {_AGAIN}"


def _folders(computer: Computer) -> Iterator[str]:
    startup = computer.startup
    if not computer.office.is_dir():
        yield NEVER_OPENED.format(folder=computer.office)
    elif startup.exists() and not startup.is_dir():
        yield f"{startup} is a file where Excel's start-up folder should be. Delete or rename it. {_AGAIN}"
    elif startup.is_dir() and not os.access(startup, os.W_OK):
        yield f"{startup} may not be written. {ASK_IT}"


def _versions(computer: Computer) -> Iterator[str]:
    found, now = built_with(computer.addin), this_build()
    if found is None:
        yield f"{computer.addin} is not an add-in of this program, or is damaged. {_AGAIN}"
    elif found != now:
        yield (
            f"The add-in is of version {found.markbook} with xlwings {found.xlwings}, the program of {now.markbook} with "
            f"xlwings {now.xlwings}; they work together only where both agree. {_AGAIN}"
        )


def _settings(computer: Computer) -> Iterator[str]:
    name, told = settings.INTERPRETER[computer.system], settings.read(computer.settings)
    if not told:
        yield f"{computer.settings} is missing or empty: the add-in does not know which Python to start. {_AGAIN}"
        return
    interpreter = told.get(name)
    if not interpreter:
        yield f"{computer.settings} does not say which Python to start ({name}). {_AGAIN}"
    elif not Path(interpreter).is_file():
        yield f"Python is not at {interpreter} any more. {_AGAIN}"
    elif computer.system is System.WINDOWS and not _library_of(Path(interpreter)):
        yield (
            f"xlwings' library is not beside {interpreter}. Install the program in a virtual environment "
            "(docs/install-windows.md), and run `markbook excel install` there."
        )
    code = told.get(settings.PYTHONPATH, "")
    if not (Path(code) / "addin" / "functions.py").is_file():
        yield f"The program is not in {code or 'any folder that ' + computer.settings.name + ' names'}. {_AGAIN}"
    for other, value in settings.wanted(computer).items():
        if other not in (name, settings.PYTHONPATH) and told.get(other, "").casefold() != value.casefold():
            yield f"{computer.settings}: {other} should be {value}. {_AGAIN}"


def _library_of(interpreter: Path) -> bool:
    """Whether xlwings' DLL is where its VBA looks: beside Python, or one folder up, as in a virtual environment."""
    names = [f"xlwings{bits}-{xlwings.__version__}.dll" for bits in (64, 32)]
    return any((folder / name).is_file() for folder in interpreter.parents[:2] for name in names)
