"""A sheet's XML cut into what stands before its rows, the rows one by one, and what stands behind them.

The rows of a sheet make up nearly all of a workbook. Cutting their bytes takes a twentieth of the time that building
elements takes, and of the memory only a row at a time. That is for XML in the spelling of nearly every program that writes
workbooks, in whose bytes a search finds what a parser would: UTF-8, the main namespace without a prefix, and no comments,
sections or instructions. Whatever is spelled otherwise goes to the parser, which is slower and sees everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, NamedTuple

from addin.files.package.markup import MAIN
from addin.files.package.ranges import LAST_ROW

_CHUNK = 1 << 18
_LONGEST = 64 << 20  # bytes of a head, or of a row: 200 cells with the longest texts take a tenth of that
_DATA, _ROW_END = b"<sheetData>", b"</row>"
_END = re.compile(rb"\s*+</sheetData>")
_ROW = re.compile(rb'\s*(<row r="([0-9]{1,7})"(?: [A-Za-z0-9:]+="[^"<&]*")*)(/?)>')


class RowBytes(NamedTuple):
    """One row: its number, its start tag without the closing bracket, and the bytes between start tag and end tag."""

    number: int
    tag: bytes
    cells: bytes

    def whole(self) -> bytes:
        """The row as it is written."""
        return b"%b>%b</row>" % (self.tag, self.cells) if self.cells else self.tag + b"/>"


class SheetStream:
    """Cuts a sheet, from start to end, once.

    Any method raises Unusual where only a parser understands the sheet, ValueError at a row longer than any of Excel's.

    Example:
        >>> from io import BytesIO
        >>> from addin.files.package.markup import MAIN
        >>> xml = f'<worksheet xmlns="{MAIN}"><sheetData><row r="2"><c r="A2"/></row></sheetData></worksheet>'
        >>> sheet = SheetStream(BytesIO(xml.encode()))
        >>> sheet.head()[-11:], list(sheet.rows()), sheet.tail()
        (b'<sheetData>', [RowBytes(number=2, tag=b'<row r="2"', cells=b'<c r="A2"/>')], b'</sheetData></worksheet>')
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._left = b""

    def head(self) -> bytes:
        """Everything up to the first row, `<sheetData>` included."""
        held = b""
        while (at := held.find(_DATA)) < 0:
            chunk = self._stream.read(_CHUNK)
            held += chunk
            if not chunk or len(held) > _LONGEST:
                raise Unusual
        end = at + len(_DATA)
        if not is_plain(held[:end], b"<worksheet", held[:end]):
            raise Unusual
        self._left = held[end:]
        return held[:end]

    def rows(self) -> Iterator[RowBytes]:
        """The rows, in ascending order; after `head`."""
        number, match = 0, _ROW.match
        while True:
            chunk = self._stream.read(_CHUNK)
            held = self._left + chunk
            # Comments, sections and instructions; the single character is looked for first, as that is ten times faster.
            if (b"!" in held and b"<!" in held) or (b"?" in held and b"<?" in held):
                raise Unusual
            pieces = held.split(_ROW_END)
            rest = pieces.pop()
            for place, piece in enumerate(pieces):
                found, at = match(piece), 0
                while found is not None and found[3]:  # a row without cells has no end of its own
                    number, at = _next(number, found), found.end()
                    yield RowBytes(number, found[1], b"")
                    found = match(piece, at)
                if found is None:
                    if _is_over(piece, at):
                        self._left = _ROW_END.join((piece[at:], *pieces[place + 1 :], rest))
                        return
                    raise Unusual
                before, number = number, int(found[2])
                if not before < number <= LAST_ROW:
                    raise Unusual
                yield RowBytes(number, found[1], piece[found.end() :])
            at = 0
            while (found := match(rest, at)) is not None and found[3]:
                number, at = _next(number, found), found.end()
                yield RowBytes(number, found[1], b"")
            self._left = rest[at:]
            if _is_over(rest, at):
                return
            if not chunk:
                raise Unusual
            if len(self._left) > _LONGEST:
                raise ValueError("a row without an end")

    def tail(self) -> bytes:
        """Everything behind the last row, `</sheetData>` included; after `rows`."""
        return self._left + self._stream.read()


def _is_over(piece: bytes, at: int) -> bool:
    """Whether nothing but the end of the rows follows."""
    return _END.match(piece, at) is not None


def _next(before: int, found: re.Match[bytes]) -> int:
    number = int(found[2])
    if not before < number <= LAST_ROW:
        raise Unusual
    return number


_DECLARATION = re.compile(rb"""<\?xml version=["']1\.0["'](?: encoding=["']([A-Za-z0-9-]+)["'])?[^>?]*\?>""")
_NAMESPACE = re.compile(rb"""\sxmlns=["']([^"']*)["']""")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Unusual(Exception):
    """The bytes are spelled in a way that only a parser understands; never leaves `addin.files.package`."""


def is_plain(data: bytes, root: bytes, head: bytes) -> bool:
    """Whether a part can be searched instead of parsed.

    Args:
        data: The part, or as much of it as is to be searched.
        root: How its root element begins, such as b"<sst".
        head: The part from its first byte to somewhere behind the start of its root element.

    Example:
        >>> sheet = f'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="{MAIN}"><si/></sst>'.encode()
        >>> is_plain(sheet, b"<sst", sheet), is_plain(b"<x:sst/>", b"<sst", b"<x:sst/>")
        (True, False)
    """
    rest = head.removeprefix(_BYTE_ORDER_MARK).lstrip()
    declaration = _DECLARATION.match(rest)
    if declaration is not None:
        if (declaration[1] or b"utf-8").lower() not in (b"utf-8", b"us-ascii"):
            return False
        rest = rest[declaration.end() :].lstrip()
    end = rest.find(b">")
    if not rest.startswith(root) or end < 0 or b"<!" in data or data.count(b"<?") > 1:
        return False
    namespace = _NAMESPACE.search(rest, 0, end)
    return namespace is not None and namespace[1] == MAIN.encode()
