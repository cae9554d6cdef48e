"""Which columns of a sheet nobody sees: hidden, folded away, or without width."""

from __future__ import annotations

import re

from addin.files.package.parts import Package, SheetPart

_COLUMNS = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"""(\w+)\s*=\s*["']([^"']*)["']""")
_CELLS = b"sheetData"
_CHUNK = 8192


def hidden_columns(package: Package, sheet: SheetPart) -> frozenset[int]:
    """The columns of a sheet that are hidden, counted from 1.

    Columns are described before the cells, so that only the beginning of a large sheet is read.
    """
    head = b""
    with package.open(sheet.part) as stream:
        while _CELLS not in head and (chunk := stream.read(_CHUNK)):
            head += chunk
    hidden: set[int] = set()
    for spelling in _COLUMNS.findall(head.partition(_CELLS)[0]):
        named = {name: value.decode() for name, value in _ATTRIBUTE.findall(spelling)}
        if named.get(b"hidden") in ("1", "true") or float(named.get(b"width", "1")) == 0:
            hidden |= set(range(int(named[b"min"]), int(named[b"max"]) + 1))
    return frozenset(hidden)
