"""`markbook excel`; what it does is tested in tests/excel, over folders that stand in for those of Windows and macOS."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from addin.excel.desktop import computer
from addin.excel.desktop.computer import Computer, System
from tests.libraries import needed_library
from tests.support import class_file, refused, run
from tests.tools import import_path

ROOT = Path(__file__).parents[2]


@pytest.fixture
def linux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = Computer(System.OTHER, tmp_path, Path(sys.executable), ROOT)
    monkeypatch.setattr(computer, "this_computer", lambda: here)


@pytest.fixture
def windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Computer:
    here = Computer(
        System.WINDOWS, tmp_path, Path(sys.executable), ROOT, app_data=tmp_path, excel=Path("C:/Office16/EXCEL.EXE")
    )
    here.office.mkdir(parents=True)
    monkeypatch.setattr(computer, "this_computer", lambda: here)
    return here


def test_without_excel_status_says_so_and_what_to_do(linux: None) -> None:
    ran = run("excel", "status")
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.startswith("Excel is not here: it runs on Windows and macOS")
    assert "markbook score FILE" in ran.out


@pytest.mark.parametrize("action", ["install", "remove"])
def test_without_excel_nothing_is_installed_or_removed(linux: None, action: str, tmp_path: Path) -> None:
    assert "Excel is not here" in refused(run("excel", action))
    assert not list(tmp_path.iterdir())


def test_installed_looked_at_and_removed(windows: Computer) -> None:
    needed_library("pyopenvba")
    ran = run("excel", "status")
    assert ran.code == 1
    assert "The add-in is not installed. Run `markbook excel install`." in ran.out
    ran = run("excel", "install")
    assert (ran.code, ran.err) == (0, "")
    assert f"Add-in written to {windows.addin}." in ran.out
    assert windows.addin.is_file()
    ran = run("excel", "status")
    assert "built with xlwings" in ran.out
    assert ran.code == 1  # no DLL beside a Python that is not Windows'
    assert "xlwings' library is not beside" in ran.out
    assert f"Removed {windows.addin}." in run("excel", "remove").out
    assert not windows.addin.exists()
    assert run("excel", "remove").out == "The add-in was not installed.\n"


def test_build(tmp_path: Path) -> None:
    needed_library("pyopenvba")
    ran = run("excel", "build", "-o", tmp_path / "m.xlam")
    assert (ran.code, ran.out, ran.err) == (0, f"Written to {tmp_path / 'm.xlam'}\n", "")
    assert (tmp_path / "m.xlam").read_bytes().startswith(b"PK")
    assert "Choose another folder" in refused(run("excel", "build", "-o", tmp_path / "no" / "m.xlam"))
    assert ".xlam" in refused(run("excel", "build", "-o", tmp_path / "m.xlsm"))


def test_without_the_extra_only_building_is_refused(tmp_path: Path) -> None:
    program = "import sys; sys.modules['pyopenvba'] = None; from addin.cli.entry import main; main(sys.argv[1:])"
    environment = {**os.environ, "PYTHONPATH": import_path()}

    def without(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", program, *arguments]
        return subprocess.run(
            command, capture_output=True, encoding="utf-8", errors="replace", check=False, cwd=tmp_path, env=environment
        )

    built = without("excel", "build", "-o", "m.xlam")
    assert (built.returncode, built.stdout) == (1, "")
    assert built.stderr.startswith("error: For building the add-in for Excel on the desktop pyOpenVBA is missing.")
    assert 'pip install "maths-markbook[desktop]"' in built.stderr
    class_file(tmp_path / "class.xlsx")
    assert without("score", "class.xlsx").returncode == 0


@pytest.mark.parametrize("arguments", [["excel", "sing"], ["excel", "build"], ["excel", "install", "now"]])
def test_wrong_usage(arguments: list[str]) -> None:
    assert run(*arguments).code == 2
