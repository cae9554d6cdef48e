"""A sheet whose XML is right and unusual, spelled as nearly every program spells it, so that a search finds its cells.

Three ways are common among unusual ones: a prefix before every element ("<x:row>"), rows and cells that do not say where they
stand, and cells that do not say it first. These are respelled by replacing bytes, in a small part of the time that a tree takes;
everything else is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from addin.files.package.markup import MAIN
from addin.files.package.ranges import LAST_COLUMN, cell_column
from addin.files.package.sheet_stream import Unusual
from addin.reading.grid import column_letters

_PREFIXED = re.compile(rb"<([A-Za-z][A-Za-z0-9]*):worksheet(?=[ >])")
_WITHOUT_PREFIX = re.compile(rb"</?[A-Za-z_][^<>:/ \t\r\n]*[<>/ \t\r\n]")
_DEFAULT = re.compile(rb"\sxmlns\s*=")
_ROW = re.compile(rb'(\s*+)<row((?: [A-Za-z0-9:]+="[^"<&]*")*+)>')
_ROW_WITHOUT_CELLS = re.compile(rb"<row(?: [^<>]*)?/>")
_NUMBER = re.compile(rb' r="([0-9]{1,7})"')
_SAID_LATER = re.compile(rb'<c((?: [a-z]+="[^"<>]*+")+?) r="([A-Z]{1,3}[0-9]{1,7})"')
_CELL = re.compile(rb"<c(?=[ />])")
_PLACE = re.compile(rb' r="([A-Z]{1,3}[0-9]{1,7})"')
_DATA, _END, _ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"


def respelled(data: bytes) -> bytes:
    """A sheet's part in plain spelling: itself where nothing is to be done.

    Raises:
        Unusual: Only a parser understands it.
        ValueError: A cell stands where Excel has none.

    Example:
        >>> prefixed = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c/></x:row></x:sheetData></x:worksheet>'
        >>> respelled(prefixed.encode()).partition(b"<sheetData>")[2]
        b'<row r="1"><c r="A1"/></row></sheetData></worksheet>'
    """
    if b"<!" in data or data.count(b"<?") > 1:
        raise Unusual
    return _placed(_without_prefix(data))


def is_usual(data: bytes) -> bool:
    """Whether the first cell of a sheet is spelled as usual, which those behind it follow.

    Example:
        >>> is_usual(b'<sheetData><row r="1"><c r="A1"/>'), is_usual(b'<sheetData><row r="1"><c/>'), is_usual(b"<sheetData/>")
        (True, False, True)
    """
    found = _CELL.search(data, max(data.find(_DATA), 0))
    return found is None or data.startswith(b'<c r="', found.start())


def _without_prefix(data: bytes) -> bytes:
    found = _PREFIXED.search(data, 0, data.find(b">", data.find(b"worksheet")) + 1)
    if found is None:
        return data
    start, end, namespace = b"<" + found[1] + b":", b"</" + found[1] + b":", MAIN.encode()
    declared = b' xmlns:%b="%b"' % (found[1], namespace)
    # The prefix must mean the same everywhere, and what has none must not come to mean something.
    if (
        data.count(namespace + b'"') != 1
        or declared not in data
        or len(re.findall(rb"xmlns:%b\s*=" % found[1], data)) > 1
    ):
        raise Unusual
    others = data.count(b"<") - data.count(start) - data.count(end) - data.count(b"<?")
    if _DEFAULT.search(data) or (others and _WITHOUT_PREFIX.search(data)):
        raise Unusual
    plain = data.replace(start, b"<").replace(end, b"</")
    return plain.replace(b"<worksheet", b'<worksheet xmlns="%b"' % namespace, 1)


def _placed(data: bytes) -> bytes:
    head, _, rest = data.partition(_DATA)
    body, end, tail = rest.rpartition(_END)
    if not end or _ROW_WITHOUT_CELLS.search(body):
        raise Unusual
    return b"".join((head, _DATA, *_placed_rows(body), _END, tail))


def _placed_rows(body: bytes) -> Iterator[bytes]:
    *rows, rest = body.split(_ROW_END)
    number = 0
    for row in rows:
        found = _ROW.match(row)
        if found is None:
            raise Unusual
        said = _NUMBER.search(found[2])
        number = int(said[1]) if said else number + 1
        attributes = found[2] if said is None else found[2][: said.start()] + found[2][said.end() :]
        yield b'%b<row r="%d"%b>%b</row>' % (found[1], number, attributes, placed_cells(row[found.end() :], number))
    yield rest


def placed_cells(cells: bytes, number: int) -> bytes:
    """The cells of a row, each of which says first where it stands.

    Example:
        >>> placed_cells(b'<c/><c s="1" r="C5"/><c><is><r><rPr><color/></rPr></r></is></c>', 5)
        b'<c r="A5"/><c r="C5" s="1"/><c r="D5"><is><r><rPr><color/></rPr></r></is></c>'
    """
    before, *each = _CELL.split(cells)
    if cells.count(b'<c r="') < len(each):
        cells = _SAID_LATER.sub(rb'<c r="\2"\1', cells)
        before, *each = _CELL.split(cells)
    if cells.count(b'<c r="') == len(each):
        return cells
    row, column, placed = b'%d"' % number, 0, [before]
    for cell in each:
        tag = cell[: cell.find(b">")]
        said = _PLACE.search(tag)
        column = column + 1 if said is None else cell_column(said[1].decode())
        if column > LAST_COLUMN:
            raise ValueError("a row with more cells than Excel has columns")
        rest = cell if said is None else cell[: said.start()] + cell[said.end() :]
        placed += (_STARTS[column], row, rest) if said is None else (b'<c r="', said[1], b'"', rest)
    return b"".join(placed)


class _Starts(dict[int, bytes]):
    """Column -> how a cell of it begins, up to the row's number."""

    def __missing__(self, column: int) -> bytes:
        self[column] = b'<c r="' + column_letters(column).encode()
        return self[column]


_STARTS = _Starts()
