"""The add-in file `markbook.xlam`, made from the add-in that comes with the installed xlwings.

xlwings' VBA and its library belong together by version, so the file is built on the computer it is used on and never shipped.
The same program and the same xlwings give the same bytes.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from addin.errors import FileInUse, RequestProblem, WriteFailed
from addin.excel.desktop import callbacks, wrappers
from addin.excel.desktop.parts import properties, settings_sheet, settings_told, workbook
from addin.excel.desktop.ribbon_xml import ribbon_xml
from addin.excel.desktop.vba_edits import edited
from addin.extras import needed
from addin.xlwings_alone import xlwings

if TYPE_CHECKING:
    from pyopenvba import ExcelFile

FILE_NAME = "markbook.xlam"
_ORIGINAL = "quickstart_addin_ribbon.xlam"
_ORIGINAL_CALLBACKS = "RibbonMyAddin"
_SHEET = "xl/worksheets/sheet1.xml"
# Dates of parts say nothing, and would make two builds differ.
_NO_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Built:
    """What an add-in file was built with."""

    markbook: str
    xlwings: str


def this_build() -> Built:
    """What an add-in would be built with now."""
    return Built(markbook=version("maths-markbook"), xlwings=xlwings.__version__)


def build(path: Path, *, functions: bool = True) -> None:
    """Write the add-in.

    Args:
        path: Where it goes; a file that is there is replaced, since it can be built again at any time.
        functions: Whether it has the functions, which xlwings offers on Windows alone.

    Raises:
        RequestProblem: The name does not end in .xlam, the extra "desktop" is not installed, or xlwings is another version's.
        FileInUse: Excel has the file open.
        WriteFailed: The file could not be written.
    """
    if path.suffix.lower() != ".xlam":
        raise RequestProblem(f"{path.name}: an add-in is an .xlam file. Give a name that ends in .xlam.")
    write(path, assemble(functions=functions))


def write(path: Path, content: bytes) -> None:
    """Write an assembled add-in.

    Raises:
        FileInUse, WriteFailed: As for `build`; nothing half-written stays.
    """
    try:
        file = path.open("wb")
    except PermissionError as error:
        raise FileInUse(
            f"{path}: the file may not be written. Quit Excel, which may have it open, and run again."
        ) from error
    except OSError as error:
        raise WriteFailed(f"{path}: the add-in was not written: {error.strerror}. Choose another folder.") from error
    try:
        with file:
            file.write(content)
    except OSError as error:
        with suppress(OSError):
            path.unlink()
        raise WriteFailed(f"{path}: the add-in was not written: {error.strerror}. Make room on the disk.") from error


def assemble(*, functions: bool = True) -> bytes:
    """The add-in's bytes; see `build`."""
    original = Path(xlwings.__file__).with_name(_ORIGINAL)
    if not original.is_file():
        raise RequestProblem(
            f"xlwings {xlwings.__version__} has no {_ORIGINAL}. Run: pip install --force-reinstall xlwings"
        )
    made_of = this_build()
    with TemporaryDirectory() as folder:
        draft = Path(folder) / FILE_NAME
        shutil.copyfile(original, draft)
        _write_vba(draft, functions=functions)
        with ZipFile(draft) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    parts["customUI/customUI.xml"] = ribbon_xml(functions=functions)
    parts["xl/workbook.xml"] = workbook(parts["xl/workbook.xml"])
    parts[_SHEET] = settings_sheet({"MARKBOOK_VERSION": made_of.markbook, "XLWINGS_VERSION": made_of.xlwings})
    parts["docProps/core.xml"] = properties(
        f"Maths Clinic Markbook {made_of.markbook}, with xlwings {made_of.xlwings}: flags, reasons and topics for a class."
    )
    return _packed(parts)


def built_with(path: Path) -> Built | None:
    """What an add-in file says it was built with; None where it is no add-in of ours.

    Raises:
        OSError: The file cannot be read.
    """
    try:
        with ZipFile(path) as package:
            told = settings_told(package.read(_SHEET))
        return Built(markbook=told["MARKBOOK_VERSION"], xlwings=told["XLWINGS_VERSION"])
    except (BadZipFile, KeyError, etree.XMLSyntaxError):
        return None


def _write_vba(draft: Path, *, functions: bool) -> None:
    with _opened(draft) as file:
        file.set_module("xlwings", _lines(edited(file.get_module("xlwings"), version=xlwings.__version__)))
        project = file.vba_project()
        project.rename_module(_ORIGINAL_CALLBACKS, callbacks.MODULE)
        file.set_module(callbacks.MODULE, _lines(callbacks.callbacks()))
        if functions:
            made = wrappers.wrappers()
            project.add_module(wrappers.MODULE, _lines(made.functions))
            project.add_module(callbacks.HELP_MODULE, _lines(made.help))
            file.set_module("ThisWorkbook", _lines(callbacks.on_open()))
        file.save(full_rebuild=True)


def _opened(draft: Path) -> ExcelFile:
    needed("desktop")
    from pyopenvba import ExcelFile

    return ExcelFile(draft)


def _lines(vba: str) -> str:
    """VBA's own line endings."""
    return "\r\n".join(vba.splitlines()) + "\r\n"


def _packed(parts: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with ZipFile(packed, "w") as package:
        for name, content in parts.items():
            package.writestr(ZipInfo(name, _NO_DATE), content, compress_type=ZIP_DEFLATED, compresslevel=9)
    return packed.getvalue()
