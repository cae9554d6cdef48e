"""How far charts, pictures and other floating objects reach, so that results do not go underneath them."""

from __future__ import annotations

import math

from lxml import etree

from addin.files.package.parts import Package, SheetPart

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_STANDARD_COLUMN = 609_600  # width of an untouched column in English Metric Units: 64 pixels at 9,525 each


def last_floating_column(package: Package, sheet: SheetPart) -> int:
    """The last column that a floating object of the sheet reaches, counted from 1; 0 without any.

    An object that is not tied to a cell at its right edge has only a size; columns are then taken to be of standard width.
    """
    reached = [0]
    for part in package.related(sheet.part, "drawing"):
        root = package.xml(part)
        reached.extend(_right_edge(anchor) for anchor in root.iter(f"{_DRAWING}twoCellAnchor"))
        reached.extend(
            _from_size(anchor) for anchor in root.iter(f"{_DRAWING}oneCellAnchor", f"{_DRAWING}absoluteAnchor")
        )
    return max(reached)


def _right_edge(anchor: etree._Element) -> int:
    column = _number(anchor, "to/col")
    # An object that ends exactly on the line between two columns does not reach into the second.
    return column + 1 if _number(anchor, "to/colOff") > 0 else column


def _from_size(anchor: etree._Element) -> int:
    size = anchor.find(f"{_DRAWING}ext")
    position = anchor.find(f"{_DRAWING}pos")
    width = 0 if size is None else int(size.get("cx", "0"))
    left = 0 if position is None else int(position.get("x", "0"))
    offset = _number(anchor, "from/colOff")
    return _number(anchor, "from/col") + max(1, math.ceil((left + offset + width) / _STANDARD_COLUMN))


def _number(anchor: etree._Element, path: str) -> int:
    return int(anchor.findtext("/".join(_DRAWING + step for step in path.split("/")), "0"))
