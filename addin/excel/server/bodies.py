"""The bodies of requests: none larger than allowed, no more at a time than there is room for, none that never ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]

ROOM = 8
"""Bodies of the largest size that a worker holds at a time. A class is a twentieth of one; what somebody sends to fill the
machine's memory, in hundreds of requests that never end, is not taken."""

PATIENCE = 120.0
"""Seconds in which a body has to arrive: 20 MB at the speed of a bad school network."""

_READ_ON = 5  # times the largest body


class Refused(Exception):
    """A body that is not taken.

    Args:
        status: HTTP's.
        text: What to tell who sent it.
    """

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status, self.text = status, text


class Gone(Exception):
    """Whoever asked has gone before all was said."""


class Bodies:
    """The bodies that a worker holds.

    Args:
        largest: Bytes of the largest body.
        patience: Seconds in which one has to arrive.
    """

    def __init__(self, largest: int, *, patience: float = PATIENCE) -> None:
        self.largest, self.patience = largest, patience
        self.held = 0
        """Bytes that are in memory now."""

    @asynccontextmanager
    async def whole(self, announced: bytes, receive: Receive) -> AsyncIterator[bytes]:
        """A request's body, held for as long as it is worked at.

        Args:
            announced: The header Content-Length; b"" without one.

        Raises:
            Refused: It is too large, too slow, or there is no room for it.
            Gone: The connection ended before the body did.
        """
        parts = list[bytes]()
        try:
            try:
                async with asyncio.timeout(self.patience):
                    await self._read(announced, receive, parts)
            except TimeoutError:
                raise Refused(
                    408, "The workbook took too long to arrive. Try again, or from a faster network."
                ) from None
            yield b"".join(parts)
        finally:
            self._drop(parts)

    async def _read(self, announced: bytes, receive: Receive, parts: list[bytes]) -> None:
        size, refused = 0, None
        if announced and (not announced.isdigit() or int(announced) > self.largest):
            refused = self._too_large()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise Gone
            part = message.get("body", b"")
            size += len(part)
            if refused is None and size > self.largest:
                refused = self._too_large()
            elif refused is None and self.held + len(part) > ROOM * self.largest:
                refused = Refused(503, "Many large workbooks arrive at once. Wait a minute, and press again.")
            if refused is None:
                parts.append(part)
                self.held += len(part)
            else:
                # What follows is read and dropped for a while: a client that is still sending does not hear an answer.
                self._drop(parts)
            if not message.get("more_body", False) or size > _READ_ON * self.largest:
                break
        if refused is not None:
            raise refused

    def _drop(self, parts: list[bytes]) -> None:
        self.held -= sum(map(len, parts))
        parts.clear()

    def _too_large(self) -> Refused:
        return Refused(
            413,
            f"The workbook is larger than the {self.largest / 1e6:g} MB that this server takes. Remove sheets that are not "
            "needed, or ask the person who runs it to allow more.",
        )
