"""The add-in put into the folders of a Windows computer and of a Mac, taken out again, and what is wrong found: over folders that
stand in for theirs."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import xlwings

from addin.errors import FileInUse, RequestProblem, WriteFailed
from addin.excel.desktop import parts, settings
from addin.excel.desktop.computer import Computer, System, this_computer
from addin.excel.desktop.install import install, remove
from addin.excel.desktop.status import status
from tests.libraries import needed_library

ROOT = Path(__file__).parents[2]
DLL = f"xlwings64-{xlwings.__version__}.dll"


def windows(home: Path) -> Computer:
    """A computer with Windows, Office and a virtual environment, on which Excel has been opened once."""
    python = home / "markbook" / "Scripts" / "python.exe"
    python.parent.mkdir(parents=True)
    for file in (python, home / "markbook" / DLL):
        file.touch()
    computer = Computer(
        System.WINDOWS, home, python, ROOT,
        app_data=home / "AppData" / "Roaming", excel=Path("C:/Program Files/Microsoft Office/root/Office16/EXCEL.EXE"),
    )  # fmt: skip
    computer.office.mkdir(parents=True)
    return computer


def mac(home: Path) -> Computer:
    """A Mac on which Excel has been opened once."""
    python = home / "markbook" / "bin" / "python3"
    python.parent.mkdir(parents=True)
    python.touch()
    computer = Computer(System.MACOS, home, python, ROOT, excel=Path("/Applications/Microsoft Excel.app"))
    computer.office.mkdir(parents=True)
    return computer


def linux(home: Path) -> Computer:
    return Computer(System.OTHER, home, home / "python3", ROOT)


BOTH = pytest.mark.parametrize("make", [windows, mac])


@pytest.fixture(autouse=True)
def _one_build(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file that was built once is as good for every test as a new one."""
    if "real_build" not in request.fixturenames:
        content = request.getfixturevalue("addin_file").read_bytes()
        monkeypatch.setattr("addin.excel.desktop.install.assemble", lambda *, functions: content)


@pytest.fixture
def real_build() -> None:
    """For a test that builds the file itself."""
    needed_library("pyopenvba")


def files(home: Path) -> set[str]:
    return {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}


def test_windows_has_everything_in_its_place(tmp_path: Path, real_build: None) -> None:
    computer = windows(tmp_path)
    before = files(tmp_path)
    told = install(computer)
    assert files(tmp_path) - before == {
        "AppData/Roaming/Microsoft/Excel/XLSTART/markbook.xlam", ".maths_markbook/maths_markbook.conf",
    }  # fmt: skip
    assert "Maths Clinic" in told[-1]
    written = dict(csv.reader(computer.settings.read_text().splitlines()))
    assert written == {
        "INTERPRETER_WIN": str(computer.interpreter), "PYTHONPATH": str(ROOT), "ADD_WORKBOOK_TO_PYTHONPATH": "False",
        "UDF MODULES": "addin.functions", "USE UDF SERVER": "True",
    }  # fmt: skip
    found = status(computer)
    assert found.hindrances == ()
    assert any("Add-in: markbook.xlam" in fact for fact in found.facts)
    remove(computer)
    assert files(tmp_path) == before


def test_a_mac_has_everything_in_its_place_and_is_told_of_the_functions(tmp_path: Path, real_build: None) -> None:
    from pyopenvba import ExcelFile

    computer = mac(tmp_path)
    before = files(tmp_path)
    told = install(computer)
    script = f"Library/Application Scripts/com.microsoft.Excel/xlwings-{xlwings.__version__}.applescript"
    assert files(tmp_path) - before == {
        "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel/markbook.xlam",
        "Library/Containers/com.microsoft.Excel/Data/maths_markbook.conf", script,
    }  # fmt: skip
    assert "on Windows alone" in told[-1]
    assert "docs/install-macos.md" in told[-1]
    assert "VbaHandler" in (tmp_path / script).read_text(encoding="utf-8")
    assert settings.read(computer.settings) == {
        "INTERPRETER_MAC": str(computer.interpreter), "PYTHONPATH": str(ROOT), "ADD_WORKBOOK_TO_PYTHONPATH": "False",
    }  # fmt: skip
    with ExcelFile(computer.addin) as file:
        assert "xlwings_udfs" not in file.module_names()
    assert status(computer).hindrances == ()
    told = remove(computer)
    assert files(tmp_path) - before == {script}
    assert any("belongs to xlwings" in line for line in told)


@BOTH
def test_again_repairs_and_keeps_what_others_added(make: Callable[[Path], Computer], tmp_path: Path) -> None:
    computer = make(tmp_path)
    install(computer)
    with computer.settings.open("a", encoding="utf-8") as file:
        file.write('"SHOW CONSOLE","True"\n')
    computer.addin.write_bytes(b"broken")
    assert len(status(computer).hindrances) == 1
    install(computer)
    assert status(computer).hindrances == ()
    assert settings.read(computer.settings)["SHOW CONSOLE"] == "True"


def test_settings_of_xlwings_itself_are_left_alone(tmp_path: Path) -> None:
    computer, own = windows(tmp_path), tmp_path / ".xlwings" / "xlwings.conf"
    own.parent.mkdir()
    own.write_text('"INTERPRETER_WIN","C:\\other\\python.exe"\n')
    before = own.read_bytes()
    install(computer)
    remove(computer)
    assert own.read_bytes() == before


@BOTH
def test_removing_what_is_not_there(make: Callable[[Path], Computer], tmp_path: Path) -> None:
    computer = make(tmp_path)
    before = files(tmp_path)
    assert remove(computer) == ("The add-in was not installed.",)
    assert files(tmp_path) == before


@BOTH
def test_excel_that_was_never_opened(make: Callable[[Path], Computer], tmp_path: Path) -> None:
    computer = dataclasses.replace(make(tmp_path), home=tmp_path / "new", app_data=tmp_path / "new" / "Roaming")
    with pytest.raises(RequestProblem, match="Open Excel once"):
        install(computer)
    assert not (tmp_path / "new").exists()
    assert any("Open Excel once" in line for line in status(computer).hindrances)


@BOTH
def test_a_blocked_start_up_folder(make: Callable[[Path], Computer], tmp_path: Path) -> None:
    computer = make(tmp_path)
    computer.startup.parent.mkdir(parents=True, exist_ok=True)
    computer.startup.touch()
    with pytest.raises(WriteFailed, match="IT department"):
        install(computer)
    assert any("is a file where Excel's start-up folder should be" in line for line in status(computer).hindrances)


def test_excel_that_has_the_add_in_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    computer = windows(tmp_path)
    install(computer)

    really_open = Path.open

    def refuse(path: Path, *arguments: Any, **options: Any) -> Any:
        if path.suffix == ".xlam":
            raise PermissionError(13, "Permission denied", str(path))
        return really_open(path, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        with pytest.raises(FileInUse, match="Quit Excel"):
            remove(computer)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        with pytest.raises(FileInUse, match="Quit Excel"):
            install(computer)
    assert status(computer).hindrances == ()


def test_excel_from_the_store(tmp_path: Path) -> None:
    store = Path(r"C:\Program Files\WindowsApps\Microsoft.Office.Desktop.Excel_16051\Office16\EXCEL.EXE")
    computer = dataclasses.replace(windows(tmp_path), excel=store)
    before = files(tmp_path)
    with pytest.raises(RequestProblem, match="Microsoft Store"):
        install(computer)
    assert files(tmp_path) == before
    assert "Microsoft Store" in status(computer).hindrances[0]


def test_linux_is_told_plainly(tmp_path: Path) -> None:
    for action in (install, remove):
        with pytest.raises(RequestProblem, match="Excel is not here"):
            action(linux(tmp_path))
    (told,) = status(linux(tmp_path)).hindrances
    assert "Excel is not here" in told
    assert "`markbook score FILE`" in told
    assert not list(tmp_path.iterdir())


def without_library(computer: Computer) -> None:
    (computer.home / "markbook" / DLL).unlink()


def older(computer: Computer) -> None:
    sheet = parts.settings_sheet({"MARKBOOK_VERSION": "0.0.9", "XLWINGS_VERSION": "0.33.1"})
    with ZipFile(computer.addin) as package:
        content = {name: package.read(name) for name in package.namelist()}
    with ZipFile(computer.addin, "w") as package:
        for name, part in (content | {"xl/worksheets/sheet1.xml": sheet}).items():
            package.writestr(name, part)


def setting(name: str, value: str) -> Callable[[Computer], None]:
    return lambda computer: settings.write(computer.settings, {name: value})


WRONG: list[tuple[Callable[[Computer], object], str]] = [
    (lambda computer: computer.addin.unlink(), "The add-in is not installed"),
    (older, "version 0.0.9 with xlwings 0.33.1"),
    (lambda computer: computer.addin.write_bytes(b"x"), "damaged"),
    (lambda computer: computer.settings.unlink(), "is missing or empty"),
    (lambda computer: computer.interpreter.unlink(), "Python is not at"),
    (setting("INTERPRETER_WIN", ""), "does not say which Python"),
    (setting("PYTHONPATH", "/nowhere"), "The program is not in /nowhere"),
    (setting("ADD_WORKBOOK_TO_PYTHONPATH", "True"), "ADD_WORKBOOK_TO_PYTHONPATH should be False"),
    (setting("UDF MODULES", "other"), "UDF MODULES should be addin.functions"),
    (without_library, "xlwings' library is not beside"),
]


@pytest.mark.parametrize(("spoil", "words"), WRONG, ids=[words for _, words in WRONG])
def test_what_is_wrong_is_found_with_its_remedy(
    tmp_path: Path, spoil: Callable[[Computer], object], words: str
) -> None:
    computer = windows(tmp_path)
    install(computer)
    spoil(computer)
    (told,) = status(computer).hindrances
    assert words in told
    assert "markbook excel install" in told


def test_a_mac_without_the_script(tmp_path: Path) -> None:
    computer = mac(tmp_path)
    install(computer)
    assert computer.script is not None
    computer.script.unlink()
    (told,) = status(computer).hindrances
    assert "cannot start Python" in told


def test_no_excel_and_a_policy_against_macros(tmp_path: Path) -> None:
    computer = windows(tmp_path)
    install(computer)
    told = status(dataclasses.replace(computer, excel=None, macros_off=True)).hindrances
    assert ["Excel was not found" in told[0], "IT department" in told[1], len(told)] == [True, True, 2]


def test_a_folder_name_that_vba_cannot_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "_encoding", lambda: "cp1252")
    plain, strange = {"INTERPRETER_WIN": "C:\\Zoë\\python.exe"}, {"INTERPRETER_WIN": "C:\\Łucja\\python.exe"}
    settings.write(tmp_path / "a.conf", plain)
    assert settings.read(tmp_path / "a.conf") == plain
    with pytest.raises(RequestProblem, match="'Ł' has letters"):
        settings.write(tmp_path / "b.conf", strange)
    assert not (tmp_path / "b.conf").exists()


def test_this_computer_is_looked_at() -> None:
    computer = this_computer()
    assert computer.interpreter.exists()
    assert (computer.code / "addin" / "functions.py").is_file()
