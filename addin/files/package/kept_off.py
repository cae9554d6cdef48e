"""What keeps a writer off cells, told by the XML around a sheet's rows: merged cells, a filter, protection, what is hidden; and
how far charts, pictures and other floating objects reach, so that results do not go underneath them.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from lxml import etree

from addin.files.package.cell_values import ROW
from addin.files.package.markup import main, required, streamed
from addin.files.package.parts import Package, SheetPart, open_package
from addin.files.package.ranges import Range
from addin.reading.grid import Area

_MERGED, _FILTER, _PROTECTION = main("mergeCell"), main("filterColumn"), main("sheetProtection")
_HIDDEN = re.compile(rb' hidden="(?:1|true)"')


@dataclass(kw_only=True)
class KeptOff:
    """What is found while a sheet is read.

    Args:
        filtered: Whether its own filter is on; filters of tables stand in their parts.
    """

    merged: list[Area] = field(default_factory=list)
    filtered: bool = False
    protected: bool = False
    hidden_rows: set[int] = field(default_factory=set)

    def take(self, element: etree._Element) -> None:
        """Take in an element that stands around the rows."""
        if element.tag == _MERGED:
            self.merged.append(Area(*Range.parse(required(element, "ref"))))
        elif element.tag == _FILTER:
            self.filtered = True
        elif element.tag == _PROTECTION:
            self.protected = element.get("sheet") in ("1", "true")

    def take_around(self, root: etree._Element) -> None:
        """Take in a sheet whose rows were left out."""
        for element in root.iter(_MERGED, _FILTER, _PROTECTION):
            self.take(element)

    def take_row(self, number: int, tag: bytes) -> None:
        """Take in the start tag of a row."""
        if _HIDDEN.search(tag):
            self.hidden_rows.add(number)

    def take_stream(self, stream: IO[bytes]) -> None:
        """Take in a sheet that only a parser understands, a row in memory at a time."""
        number = 0
        for element in streamed(stream, ROW, _MERGED, _FILTER, _PROTECTION):
            if element.tag != ROW:
                self.take(element)
                continue
            number = int(element.get("r", number + 1))
            if element.get("hidden") in ("1", "true"):
                self.hidden_rows.add(number)


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


def rows_with_notes(path: Path, sheet: str) -> frozenset[int]:
    """The rows of a sheet on which a note, a comment or a link hangs: these are tied to a cell, whoever stands in it.

    Raises:
        FileProblem: The file cannot be read.
    """
    with open_package(path) as package:
        part = package.sheet(sheet)
        if part is None:
            return frozenset()
        places = [str(link.get("ref", "")) for link in package.xml(part.part).iter(main("hyperlink"))]
        for kind in _NOTES:
            for notes in package.related(part.part, kind):
                places += [
                    str(entry.get("ref", "")) for entry in package.xml(notes).iter("{*}comment", "{*}threadedComment")
                ]
    areas = (Range.parse(place) for place in places if place)
    return frozenset(row for area in areas for row in range(area.first_row, area.last_row + 1))


_NOTES = ("comments", "threadedComment")
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
