"""The part of an Excel table: it grows to the right by the new columns that touch it."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from addin.files.package.cell_text import escape, unescape
from addin.files.package.markup import child, main, required
from addin.files.package.ranges import Range


def grow(root: etree._Element, headings: Sequence[str]) -> str | None:
    """Take new columns into a table, at its right edge; answers why it was left as it is, None if it grew.

    Excel repairs a table whose columns differ from the texts of its heading cells, whose names stand twice or whose
    width does not fit its range; so a table that cannot take the columns is left as it is.

    Example:
        >>> from addin.files.package.markup import MAIN, parse
        >>> table = parse((
        ...     f'<table xmlns="{MAIN}" displayName="Y9" ref="A4:A9"><autoFilter ref="A4:A9"/>'
        ...     '<tableColumns count="1"><tableColumn id="1" name="Name"/></tableColumns></table>').encode())
        >>> grow(table, ["Flag"]), table.get("ref"), [column.get("id") for column in table[1]]
        (None, 'A4:B9', ['1', '2'])
    """
    columns = child(root, "tableColumns")
    if columns is None or root.get("tableType", "worksheet") != "worksheet":
        return "it is filled from a query or an XML map"
    taken = {unescape(column.get("name", "")).casefold() for column in columns}
    twice = [heading for heading in headings if heading.casefold() in taken]
    if twice:
        return f"it has a column '{twice[0]}' already"
    _append(columns, headings)
    for holder in (root, child(root, "autoFilter")):
        if holder is not None:
            area = Range.parse(required(holder, "ref"))
            wider = Range(area.first_row, area.first_column, area.last_row, area.last_column + len(headings))
            holder.set("ref", str(wider))
    return None


def hold(root: etree._Element, headings: Sequence[str], last_row: int) -> None:
    """Fit a table that begins at A1 to a listing down to `last_row`; columns that a teacher added on the right stay.

    Rules of a filter are taken away, since they were made for rows that are there no more.

    Example:
        >>> from addin.files.package.markup import MAIN, parse
        >>> table = parse((
        ...     f'<table xmlns="{MAIN}" displayName="Queries" ref="A1:B9"><tableColumns count="2">'
        ...     '<tableColumn id="1" name="Cell"/><tableColumn id="2" name="Rule"/></tableColumns></table>').encode())
        >>> hold(table, ["Cell", "Rule", "Remedy"], 1)
        >>> table.get("ref"), [column.get("name") for column in table[0]]
        ('A1:C2', ['Cell', 'Rule', 'Remedy'])
    """
    columns = child(root, "tableColumns")
    if columns is None:
        columns = etree.SubElement(root, main("tableColumns"))
    for name in ("totalsRowCount", "totalsRowShown"):
        root.attrib.pop(name, "")
    for column, heading in zip(columns, headings, strict=False):
        column.set("name", escape(heading))
    _append(columns, headings[len(columns) :])
    area = str(Range(1, 1, max(last_row, 2), len(columns)))
    root.set("ref", area)
    for name in ("sortState", "autoFilter"):
        part = child(root, name)
        if part is not None and name == "sortState":
            root.remove(part)
        elif part is not None:
            part[:] = []
            part.set("ref", area)


def _append(columns: etree._Element, headings: Sequence[str]) -> None:
    number = max((int(column.get("id", "0")) for column in columns), default=0)
    for step, heading in enumerate(headings, start=1):
        etree.SubElement(columns, main("tableColumn"), {"id": str(number + step), "name": escape(heading)})
    columns.set("count", str(len(columns)))
