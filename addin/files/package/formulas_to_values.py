"""A workbook for somebody without the add-in: every formula of the add-in becomes the value that it last had.

Everything else stays as it is, other formulas included. A value that is not there cannot be sent, and is no reason to guess.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from lxml import etree

from addin.errors import SheetProblem, UnsupportedWorkbook
from addin.files.package.cell_values import FORMULA, ROW, VALUE, numbered_cells, numbered_rows
from addin.files.package.draft import companion_of
from addin.files.package.guard import check_package
from addin.files.package.markup import child, main, parse, serialise
from addin.files.package.parts import Package, SheetPart, damage_explained
from addin.reading.grid import address

_HINT = re.compile(rb"INTERVENTION_|_xldudf_", re.IGNORECASE)
_CALL = re.compile(r"(?:\bINTERVENTION_[A-Z]+|_xldudf_[\w.]*)\s*\(", re.IGNORECASE)
_TEXT = re.compile(r'"(?:[^"]|"")*"')
_UNWORKED = frozenset({"#NAME?", "#GETTING_DATA", "#BUSY!", "#CONNECT!"})
_MACRO_PARTS = re.compile(r"vbaproject|xl/(macrosheets|dialogsheets|activex)/", re.IGNORECASE)
_MACRO_CONTENT = b"macroEnabled"
_CHAIN = "calcChain"
_REMEDY = (
    "Open the workbook in Excel where the add-in works, let it calculate, and save; "
    "or send the copy of values, without --whole."
)


def is_of_the_addin(formula: str) -> bool:
    """Whether a formula calls a function of the add-in, as the desktop or as the server saves it.

    Example:
        >>> is_of_the_addin("INDEX(INTERVENTION_RISK(A5:Z34,A4:Z4),2)"), is_of_the_addin("_xldudf_INTERVENTION_FLAG(A1)")
        (True, True)
        >>> is_of_the_addin('IF(A1="INTERVENTION_RISK(",1,2)'), is_of_the_addin("SUM(A1:A9)")
        (False, False)
    """
    return _CALL.search(_TEXT.sub('""', formula)) is not None


def with_values(path: Path) -> bytes:
    """The bytes of a workbook whose formulas of the add-in are values.

    Raises:
        UnsupportedWorkbook: It holds macros, or a function of the add-in stands where no value can take its place.
        SheetProblem: A formula of the add-in has no result.
        FileProblem: The guard refuses the file.
    """
    check_package(path)
    with damage_explained(path):
        content = path.read_bytes()
        package = Package(zipfile.ZipFile(BytesIO(content)))
        _refuse_macros(path, package)
        changed = _changed_parts(path, package)
        return _rewritten(content, package, changed) if changed else content


def _refuse_macros(path: Path, package: Package) -> None:
    macros = any(_MACRO_PARTS.search(name) for name in package.names()) or _MACRO_CONTENT in package.read(
        "[Content_Types].xml"
    )
    if macros or path.suffix.lower() != ".xlsx":
        raise UnsupportedWorkbook(
            f"{path.name}: a workbook with macros is not sent: mail programs block it, and a colleague should not run them. "
            "Send the copy of values, without --whole, or save it as Excel Workbook (.xlsx) first."
        )


def _changed_parts(path: Path, package: Package) -> dict[str, bytes]:
    names = package.xml(package.workbook_part).iterfind(f"{main('definedNames')}/{main('definedName')}")
    if named := [str(entry.get("name")) for entry in names if is_of_the_addin(entry.text or "")]:
        raise UnsupportedWorkbook(
            f"{path.name}: the name {named[0]!r} stands for a formula of the add-in, which a colleague cannot calculate. Delete "
            "it in Excel (Formulas, Name Manager), or send the copy of values, without --whole."
        )
    changed: dict[str, bytes] = {}
    for sheet in package.sheets():
        data = package.read(sheet.part)
        if not _HINT.search(data):
            continue
        root = parse(data)
        if _to_values(root, path, sheet):
            changed[sheet.part] = serialise(root)
        _refuse_rest(root, path, sheet)
    for part in package.names():
        if "/tables/" in part and _HINT.search(package.read(part)):
            changed[part] = _without_column_formulas(package.xml(part))
    return changed


def _to_values(root: etree._Element, path: Path, sheet: SheetPart) -> bool:
    """Change the cells of a sheet; answers whether there were any."""
    found = list(_formulas(root))
    # Cells that share a formula hold its number alone; the first one holds the text.
    shared = {f.get("si") for _, _, f in found if f.get("t") == "shared" and is_of_the_addin(f.text or "")}
    changed = False
    for place, cell, formula in found:
        if not is_of_the_addin(formula.text or "") and not (
            formula.get("t") == "shared" and formula.get("si") in shared
        ):
            continue
        value = cell.findtext(VALUE)
        if value in _UNWORKED or (not value and cell.get("t") != "str"):
            raise SheetProblem(
                f"{path.name}, sheet '{sheet.name}', cell {place}: the formula of the add-in has no result to send. {_REMEDY}"
            )
        cell.remove(formula)
        for spill in ("cm", "vm"):  # says that the cell is the head of an array, which it is no longer
            cell.attrib.pop(spill, "")
        changed = True
    return changed


def _formulas(root: etree._Element) -> Iterator[tuple[str, etree._Element, etree._Element]]:
    for number, row in numbered_rows(root.iterfind(f"{main('sheetData')}/{ROW}")):
        for column, cell in numbered_cells(row):
            formula = cell.find(FORMULA)
            if formula is not None:
                yield address(number, column), cell, formula


def _refuse_rest(root: etree._Element, path: Path, sheet: SheetPart) -> None:
    """Rules and colours that call the add-in: nothing there can be a value."""
    for element in root.iter(etree.Element):
        in_a_cell = etree.QName(element).localname in ("t", "v")
        if not in_a_cell and is_of_the_addin(element.text or ""):
            raise UnsupportedWorkbook(
                f"{path.name}, sheet '{sheet.name}': a rule or a colour uses a formula of the add-in, which a colleague cannot "
                "calculate. Delete it, or send the copy of values, without --whole."
            )


def _without_column_formulas(root: etree._Element) -> bytes:
    """A table whose new rows would be filled with a formula of the add-in, without it."""
    for column in root.iter(main("tableColumn")):
        for kind in ("calculatedColumnFormula", "totalsRowFormula"):
            formula = child(column, kind)
            if formula is not None and is_of_the_addin(formula.text or ""):
                column.remove(formula)
                if kind == "totalsRowFormula":
                    column.attrib.pop("totalsRowFunction", "")
    return serialise(root)


def _rewritten(content: bytes, package: Package, changed: dict[str, bytes]) -> bytes:
    """The file with changed parts, and without the order of calculation, which names cells that hold no formula any more; Excel
    makes a new one."""
    gone = set(package.related(package.workbook_part, _CHAIN))
    if gone:
        companion = companion_of(package.workbook_part)
        arrows, types = package.xml(companion), package.xml("[Content_Types].xml")
        for arrow in list(arrows):
            if str(arrow.get("Type", "")).endswith(f"/{_CHAIN}"):
                arrows.remove(arrow)
        for kind in list(types):
            if str(kind.get("PartName", "")).lstrip("/") in gone:
                types.remove(kind)
        changed = changed | {companion: serialise(arrows), "[Content_Types].xml": serialise(types)}
    members = {package.member(part): data for part, data in changed.items()}
    left = {package.member(part) for part in gone}
    output = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(output, "w") as after:
        for info in before.infolist():
            if info.filename not in left:
                after.writestr(info, members.get(info.filename, before.read(info)), compress_type=zipfile.ZIP_DEFLATED)
    return output.getvalue()
