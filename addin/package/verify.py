"""The check of a finished file before it takes its place: nothing else changed, and our cells read back as written."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Sequence
from io import BytesIO
from pathlib import Path

from lxml import etree

from addin.errors import MarkbookError, WriteFailed
from addin.package.archive import records
from addin.package.lint import findings
from addin.package.markup import parse
from addin.package.parts import Package
from addin.package.verify_cells import CellCheck, ExpectedCells

_LARGE = 150_000  # bytes of a sheet; a year group

CellsOfSheets = dict[str, ExpectedCells]
"""Sheet -> row -> column -> the value that must be read there."""


def verify_copy(
    written: Path,
    *,
    source: bytes,
    before: Package,
    changed: Collection[str],
    added: Sequence[str],
    expected: CellsOfSheets,
    name: str,
) -> None:
    """Compare a finished file with the one it was made from.

    Args:
        written: The finished file.
        source: The bytes of the file it was made from.
        before: The same, opened.
        changed: The members that were meant to change.
        added: The members that it was meant to get.
        expected: The values that must be read.
        name: What messages call the file.

    Raises:
        WriteFailed: Something else changed, or a result is not what was written.
    """
    try:
        finished = written.read_bytes()
        difference = _difference(source, finished, changed, added)
        with zipfile.ZipFile(BytesIO(finished)) as archive:
            after = Package(archive)
            sheets = {part.part for name in expected if (part := after.sheet(name)) is not None}
            difference = difference or _misread(before, after, expected) or _new_faults(before, after, sheets)
            for member in {*changed, *added} - sheets:
                parse(after.read(member))
    except (MarkbookError, zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError) as error:
        difference = f"the result cannot be read ({error})"
    if difference:
        raise WriteFailed(f"{name}: the result was discarded: {difference}. Send a copy without names to the makers.")


def _difference(source: bytes, written: bytes, changed: Collection[str], added: Sequence[str]) -> str | None:
    before, after = records(source), records(written)
    if [*before, *added] != list(after):
        return "its parts are not those of the original"
    return next(
        (
            f"its part {member} changed although it must not"
            for member, record in before.items()
            if member not in changed and record != after[member]
        ),
        None,
    )


def _new_faults(before: Package, after: Package, sheets: Collection[str]) -> str | None:
    """What Excel would repair now and would not have repaired before; the cells of large sheets are compared, not parsed."""
    large = {part for part in sheets if after.size(part) > _LARGE}
    found = findings(after, sheets=sheets, without_cells=large)
    if not found:
        return None
    known = findings(before, sheets=sheets, without_cells=large)
    return next((finding for finding in found if finding not in known), None)


def _misread(before: Package, after: Package, expected: CellsOfSheets) -> str | None:
    for name, cells in expected.items():
        sheet = after.sheet(name)
        if sheet is None:
            return f"the sheet '{name}' is missing"
        check = CellCheck(before=before, after=after, earlier=before.sheet(name), sheet=sheet, expected=cells)
        wrong = check.difference()
        if wrong is not None:
            return f"sheet '{name}', {wrong}"
    return None
