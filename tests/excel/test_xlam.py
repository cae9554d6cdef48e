"""The add-in file, read back by others than the library that wrote it: oletools, LibreOffice, and a VBA interpreter."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from addin import functions
from addin.errors import FileInUse, RequestProblem, WriteFailed
from addin.excel.buttons import BUTTONS
from addin.excel.desktop import xlam
from addin.excel.desktop.callbacks import command_of
from addin.excel.desktop.ribbon_xml import NAMESPACE
from addin.excel.desktop.vba_edits import EDITS, PROJECT_NAME, edited
from tests.libraries import needed_library
from tests.tools import needed

GOLDEN = Path(__file__).with_name("ribbon.xml")
FAMILY = sorted(name for name in vars(functions) if name.startswith("INTERVENTION_"))

_OLEVBA = """
import json, sys
from oletools.olevba import VBA_Parser
package, project = (VBA_Parser(path) for path in sys.argv[1:])
print(json.dumps({
    "modules": {name.rpartition(".")[0]: code for _, _, name, code in package.extract_macros()},
    "stomped": project.detect_vba_stomping(),
}))
"""


@pytest.fixture(scope="module")
def read_back(addin_file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What oletools finds: the modules' text, and whether compiled code (p-code) disagrees with it."""
    needed_library("oletools")
    project = tmp_path_factory.mktemp("project") / "vbaProject.bin"
    with ZipFile(addin_file) as package:
        project.write_bytes(package.read("xl/vbaProject.bin"))
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _OLEVBA, addin_file, project], capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def vba(read_back: dict[str, object]) -> dict[str, str]:
    modules = read_back["modules"]
    assert isinstance(modules, dict)
    return modules


def part(path: Path, name: str) -> bytes:
    with ZipFile(path) as package:
        return package.read(name)


def actions(path: Path) -> list[str]:
    ribbon = etree.fromstring(part(path, "customUI/customUI.xml"))
    return [str(button.get("onAction")) for button in ribbon.iter(f"{{{NAMESPACE}}}button")]


def test_the_modules(vba: dict[str, str]) -> None:
    assert set(vba) == {
        "ThisWorkbook", "Sheet2", "Dictionary", "xlwings", "xlwings_udfs", "MathsClinic", "FunctionHelp",
    }  # fmt: skip


def test_no_compiled_code_that_differs_from_the_text(read_back: dict[str, object]) -> None:
    assert read_back["stomped"] is False


def test_every_button_of_the_ribbon_has_its_sub(addin_file: Path, vba: dict[str, str]) -> None:
    assert len(actions(addin_file)) == len(BUTTONS)
    for action in actions(addin_file):
        module, _, sub = action.partition(".")
        assert f"Sub {sub}(control As IRibbonControl)" in vba[module], action


def test_every_function_has_its_wrapper_and_its_help(vba: dict[str, str]) -> None:
    for name in FAMILY:
        assert f"Function {name}(" in vba["xlwings_udfs"]
        assert f'XLPy.CallUDF("addin.functions", "{name}", ' in vba["xlwings_udfs"]
        assert f"!{name}" in vba["FunctionHelp"]


def test_vba_calls_the_entries_and_nothing_else(vba: dict[str, str]) -> None:
    assert re.findall(r'RunPython "(.*)"', vba["MathsClinic"]) == [command_of(button) for button in BUTTONS]


def test_what_the_add_in_calls_on_opening_exists(vba: dict[str, str]) -> None:
    called = re.findall(r"'!(\w+)\.(\w+)\"", vba["ThisWorkbook"])
    assert len(called) == 2
    assert all(f"Sub {sub}()" in vba[module] for module, sub in called)
    assert "Function SheetExists(" in vba["xlwings"]


def test_vba_parses_and_runs(vba: dict[str, str]) -> None:
    needed_library("pyopenvba")
    from pyopenvba.interpreter import NOTHING, Interpreter, parse_module

    for name in ("MathsClinic", "xlwings_udfs", "FunctionHelp"):
        parse_module(vba[name])
    parse_module(vba["ThisWorkbook"].replace("WithEvents ", ""))  # the interpreter knows no events
    machine = Interpreter()
    machine.add_module(vba["MathsClinic"].replace("Option Explicit", ""), name="MathsClinic")
    machine.add_module(
        "Public Ran As String\nPublic ActiveWorkbook As Object\n"
        "Function RunPython(Command As String)\n    Ran = Command\nEnd Function\n"
        "Function LastRun() As String\n    LastRun = Ran\nEnd Function\n"
        "Sub OpenBook()\n    Set ActiveWorkbook = New Collection\nEnd Sub\n",
        name="Stub",
    )
    machine.run("OpenBook", [])
    for button in BUTTONS:
        machine.run(button.id, [NOTHING])
        assert str(machine.run("LastRun", [])) == command_of(button)


def test_the_ribbon_is_as_agreed(addin_file: Path) -> None:
    assert part(addin_file, "customUI/customUI.xml") == GOLDEN.read_bytes()


def test_texts_of_the_ribbon_fit() -> None:
    for button in BUTTONS:
        assert len(button.label) <= 20
        assert all(0 < len(text) < 1024 for text in (button.screentip, button.supertip)), button.id
    assert len({button.id for button in BUTTONS}) == len(BUTTONS)


def test_names_and_versions(addin_file: Path, vba: dict[str, str]) -> None:
    assert f'PROJECT_NAME As String = "{PROJECT_NAME}"' in vba["xlwings"]
    assert f'name="{PROJECT_NAME}.conf"'.encode() in part(addin_file, "xl/workbook.xml")
    assert xlam.built_with(addin_file) == xlam.this_build()
    assert f'XLWINGS_VERSION As String = "{xlam.this_build().xlwings}"' in vba["xlwings"]
    with ZipFile(addin_file) as package:
        assert package.testzip() is None
        assert not [name for name in package.namelist() if b"felix" in package.read(name).lower()]


def test_the_open_workbook_does_not_say_which_python_runs(vba: dict[str, str]) -> None:
    assert 'SheetExists(ActiveWorkbook, PROJECT_NAME & ".conf")' not in vba["xlwings"]
    assert 'source = "" Or source = "directory"' not in vba["xlwings"]
    assert vba["xlwings"].count("-c \"\"import") == vba["xlwings"].count("-P -B -c \"\"import") == 2  # fmt: skip


def test_no_click_waits_for_pandas(vba: dict[str, str]) -> None:
    starts = re.findall(r'-c ""(import .*?;)xlwings\.utils\.prepare_sys_path', vba["xlwings"])
    assert len(starts) == 2, "a button without the server of functions, and that server"
    for start in starts:
        program = start.replace('" & LicenseKeyEnvString & "', "") + "import sys; print('pandas' in sys.modules)"
        ran = subprocess.run([sys.executable, "-P", "-B", "-c", program], capture_output=True, text=True, check=True)
        assert ran.stdout.split() == ["False"], start


def test_another_xlwings_is_refused(vba: dict[str, str]) -> None:
    with pytest.raises(RequestProblem, match=r"xlwings 0\.99 is not the one"):
        edited(vba["xlwings"], version="0.99")  # edited already: what is to be replaced is gone
    assert all(edit.times for edit in EDITS)


def test_two_builds_are_the_same_bytes(addin_file: Path, tmp_path: Path) -> None:
    xlam.build(tmp_path / "again.xlam")
    assert (tmp_path / "again.xlam").read_bytes() == addin_file.read_bytes()


def test_for_macos_there_are_no_functions_and_no_button_for_them(tmp_path: Path) -> None:
    needed_library("pyopenvba")
    from pyopenvba import ExcelFile

    xlam.build(tmp_path / "mac.xlam", functions=False)
    with ExcelFile(tmp_path / "mac.xlam") as file:
        assert "xlwings_udfs" not in file.module_names()
        assert "FunctionHelp" not in file.module_names()
        assert "Host" not in file.get_module("ThisWorkbook")
        assert file.validate() == []
    assert set(actions(tmp_path / "mac.xlam")) == {
        f"MathsClinic.{button.id}" for button in BUTTONS if not button.formulas
    }


def test_libreoffice_loads_it(addin_file: Path, tmp_path: Path) -> None:
    office = needed("soffice", remedy="apt-get install libreoffice-calc")
    subprocess.run(
        [
            office, f"-env:UserInstallation=file://{tmp_path / 'profile'}", "--headless",
            "--infilter=Calc MS Excel 2007 VBA XML", "--convert-to", "ods", "--outdir", str(tmp_path), str(addin_file),
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    with ZipFile(tmp_path / "markbook.ods") as package:
        modules = {Path(name).stem for name in package.namelist() if name.startswith("Basic/")}
        content = package.read("content.xml").decode()
    assert {"MathsClinic", "xlwings_udfs", "FunctionHelp", "ThisWorkbook"} <= modules
    assert f'table:name="{PROJECT_NAME}.conf"' in content


def test_without_the_extra_the_user_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyopenvba", None)
    with pytest.raises(RequestProblem, match=r'pip install "maths-markbook\[desktop\]"'):
        xlam.build(tmp_path / "m.xlam")
    assert not list(tmp_path.iterdir())


def test_names_and_folders_that_will_not_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RequestProblem, match=r"\.xlam"):
        xlam.build(tmp_path / "m.xlsx")
    with pytest.raises(WriteFailed, match="Choose another folder"):
        xlam.write(tmp_path / "no" / "m.xlam", b"")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(FileInUse, match="Quit Excel"):
        xlam.write(tmp_path / "m.xlam", b"")


@pytest.mark.parametrize("content", [b"", b"PK no zip"])
def test_a_file_that_is_no_add_in(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "markbook.xlam"
    path.write_bytes(content)
    assert xlam.built_with(path) is None
