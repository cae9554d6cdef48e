"""What keeps a writer off cells, told by the XML around a sheet's rows: merged cells, a filter, protection, hidden rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import IO

from lxml import etree

from addin.files.package.cell_values import ROW
from addin.files.package.markup import main, required
from addin.files.package.ranges import Range
from addin.reading.grid import Area

_MERGED, _FILTER, _PROTECTION = main("mergeCell"), main("filterColumn"), main("sheetProtection")
_HIDDEN = re.compile(rb' hidden="(?:1|true)"')


@dataclass(kw_only=True)
class KeptOff:
    """What is found while a sheet is read.

    Args:
        merged: Cells that are merged into one.
        filtered: Whether its own filter is on; filters of tables stand in their parts.
        protected: Whether it is protected.
        hidden_rows: Rows that nobody sees.
    """

    merged: list[Area] = field(default_factory=list)
    filtered: bool = False
    protected: bool = False
    hidden_rows: set[int] = field(default_factory=set)

    def take(self, element: etree._Element) -> None:
        """Take in an element that stands around the rows."""
        if element.tag == _MERGED:
            area = Range.parse(required(element, "ref"))
            self.merged.append(Area(area.first_row, area.first_column, area.last_row, area.last_column))
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
        for _, element in etree.iterparse(
            stream, tag=(ROW, _MERGED, _FILTER, _PROTECTION), resolve_entities=False, no_network=True, huge_tree=True
        ):
            if element.tag != ROW:
                self.take(element)
                continue
            number = int(element.get("r", number + 1))
            if element.get("hidden") in ("1", "true"):
                self.hidden_rows.add(number)
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
