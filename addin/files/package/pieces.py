"""Bytes that are put together row by row, without ever being in memory twice."""

from __future__ import annotations

from io import BytesIO

_PIECE = 40_000_000
"""Bytes of a piece: above the 32 MB from which on the C library gives memory back to the system as soon as it is let go."""


class Pieces:
    """A long text of bytes that grows at its end.

    A sheet of 100,000 students has some 300 MB of rows. Joined at the end they would stand in memory twice; here each piece
    is let go as soon as it is copied, and the copy itself is handed out as it is.

    Example:
        >>> pieces = Pieces()
        >>> pieces.add(b"<row/>")
        >>> pieces.add(b"<row/>")
        >>> pieces.between(b"<sheetData>", b"</sheetData>")
        b'<sheetData><row/><row/></sheetData>'
    """

    def __init__(self) -> None:
        self._full: list[bytes] = []
        self._open = BytesIO()

    def add(self, data: bytes) -> None:
        """Put something behind what is there."""
        self._open.write(data)
        if self._open.tell() >= _PIECE:
            self._full.append(self._open.getvalue())
            self._open = BytesIO()

    def between(self, head: bytes, tail: bytes) -> bytes:
        """All of it between a head and a tail; nothing is left here afterwards."""
        whole = BytesIO()
        whole.write(head)
        self._full.append(self._open.getvalue())
        self._open = BytesIO()
        self._full.reverse()
        while self._full:
            whole.write(self._full.pop())
        whole.write(tail)
        return whole.getvalue()
