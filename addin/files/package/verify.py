"""The self-check before a result takes its place: nothing else changed, and our cells read back as written.

What is packed is looked at first (`check_change`); the finished file must hold just that (`check_finished`), and the disk just that
file (`verify_copy`).
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Collection, Mapping
from pathlib import Path

from lxml import etree

from addin.errors import MarkbookError, WriteFailed
from addin.files.package.archive import Packed, holds, records
from addin.files.package.draft import ChangedPackage
from addin.files.package.lint import findings
from addin.files.package.markup import parse
from addin.files.package.parts import Package
from addin.files.package.verify_appended import ExpectedCells
from addin.files.package.verify_cells import CellCheck

_LARGE = 150_000  # bytes of a sheet; a year group
_PIECE = 1_000_000  # bytes that are compared at once

_UNREADABLE = (MarkbookError, zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, KeyError, ValueError)

CellsOfSheets = dict[str, ExpectedCells]
"""Sheet -> the values that must be read there."""


def check_change(
    before: Package, *, changed: Mapping[str, Packed], added: Mapping[str, Packed], expected: CellsOfSheets, name: str
) -> None:
    """Compare the parts that are to be written with those of the file that they are made from.

    Raises:
        WriteFailed: A cell of the teacher's changed, a result is not what it should be, or Excel would repair the file.
    """
    after = ChangedPackage(before, changed, added)
    try:
        sheets = {part.part for name in expected if (part := after.sheet(name)) is not None}
        around: dict[str, bytes] = {}
        difference = _misread(before, after, expected, around) or _new_faults(before, after, sheets, around)
        for member in {*changed, *added} - sheets:
            parse(after.read(member))
    except _UNREADABLE as error:
        difference = f"the result cannot be read ({error})"
    if difference:
        raise _discarded(name, difference)


def check_finished(
    finished: bytes, *, source: bytes, changed: Mapping[str, Packed], added: Mapping[str, Packed], name: str
) -> None:
    """Compare a finished file with the `source` it was made from, and its new parts with those that were checked.

    Raises:
        WriteFailed: It holds anything else, or another part changed.
    """
    try:
        difference = _difference(source, finished, changed, added) or _unlike(finished, {**changed, **added})
    except _UNREADABLE as error:
        difference = f"the result cannot be read ({error})"
    if difference:
        raise _discarded(name, difference)


def verify_copy(written: Path, *, finished: bytes, name: str) -> None:
    """Compare the file on the disk with what was checked, piece by piece, so that memory does not grow with it.

    Raises:
        WriteFailed: It holds anything else.
    """
    view, at = memoryview(finished), 0
    with written.open("rb") as stream:
        while piece := stream.read(_PIECE):
            if piece != view[at : at + len(piece)]:
                raise _discarded(name, "the file on the disk is not what was checked")
            at += len(piece)
    if at != len(finished):
        raise _discarded(name, "the file on the disk is cut short")


def _discarded(name: str, difference: str) -> WriteFailed:
    return WriteFailed(f"{name}: the result was discarded: {difference}. Send a copy without names to the makers.")


def _difference(source: bytes, written: bytes, changed: Collection[str], added: Collection[str]) -> str | None:
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


def _unlike(written: bytes, checked: Mapping[str, Packed]) -> str | None:
    """The first part that is not, byte for byte, the packed one from which the checked content was read."""
    return next(
        (
            f"its part {member} is not what was checked"
            for member, content in checked.items()
            if not holds(written, member, content)
        ),
        None,
    )


def _new_faults(before: Package, after: Package, sheets: Collection[str], around: Mapping[str, bytes]) -> str | None:
    """What Excel would repair now and would not have repaired before; the cells of large sheets are compared, not parsed."""
    large = [part for part in sheets if after.size(part) > _LARGE]
    found = findings(after, sheets=sheets, without_cells={part: around.get(part, b"") for part in large})
    if not found:
        return None
    known = findings(before, sheets=sheets, without_cells=dict.fromkeys(large, b""))
    return next((finding for finding in found if finding not in known), None)


def _misread(before: Package, after: Package, expected: CellsOfSheets, around: dict[str, bytes]) -> str | None:
    for name, cells in expected.items():
        sheet = after.sheet(name)
        if sheet is None:
            return f"the sheet '{name}' is missing"
        earlier = next((each for each in before.sheets() if each.part == sheet.part), None)  # it may have been renamed
        check = CellCheck(before=before, after=after, earlier=earlier, sheet=sheet, expected=cells)
        wrong = check.difference()
        around[sheet.part] = check.around
        if wrong is not None:
            return f"sheet '{name}', {wrong}"
    return None
