"""The check of a finished file before it takes its place: nothing else changed, and our cells read back as written."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Mapping
from io import BytesIO
from pathlib import Path

from lxml import etree

from addin.errors import MarkbookError, WriteFailed
from addin.grid import CellValue, address
from addin.package.cell_values import CellReader
from addin.package.guard import CellBudget
from addin.package.markup import parse
from addin.package.parts import Package
from addin.package.read import read_sheet
from addin.package.sheet_xml import same_value


def verify_copy(
    written: Path,
    *,
    source: bytes,
    changed: Collection[str],
    sheet: str,
    expected: Mapping[tuple[int, int], CellValue],
    name: str,
) -> None:
    """Compare a finished file with the one it was made from.

    Args:
        written: The finished file.
        source: The bytes of the file it was made from.
        changed: The members that were meant to change.
        sheet: The sheet with the results.
        expected: (row, column) -> the value that must be read there.
        name: What messages call the file.

    Raises:
        WriteFailed: Something else changed, or a result is not what was written.
    """
    try:
        with zipfile.ZipFile(BytesIO(source)) as before, zipfile.ZipFile(written) as after:
            difference = _difference(before, after, changed) or _misread(Package(after), sheet, expected)
    except (MarkbookError, zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError) as error:
        difference = f"the result cannot be read ({error})"
    if difference:
        raise WriteFailed(f"{name}: the result was discarded: {difference}. Send a copy without names to the makers.")


def _difference(before: zipfile.ZipFile, after: zipfile.ZipFile, changed: Collection[str]) -> str | None:
    if before.namelist() != after.namelist():
        return "its parts are not those of the original"
    for member in before.namelist():
        if member in changed:
            parse(after.read(member))
        elif before.read(member) != after.read(member):
            return f"its part {member} changed although it must not"
    return None


def _misread(package: Package, name: str, expected: Mapping[tuple[int, int], CellValue]) -> str | None:
    part = next(part for part in package.sheets() if part.name == name)
    sheet = read_sheet(package, part, CellReader.of(package), CellBudget(name))
    for (row, column), value in expected.items():
        if not same_value(sheet.cell(row, column), value):
            return f"cell {address(row, column)} does not read back as it was written"
    return None
