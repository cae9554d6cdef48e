"""What stands in front of xlwings Server in every worker: which addresses and bodies are let through, in which order calls are
worked at, and the log of requests."""

from __future__ import annotations

import re
from asyncio import Lock, TimerHandle, get_running_loop
from collections.abc import Awaitable, Callable
from time import perf_counter

from addin.excel.server.bodies import PATIENCE, Bodies, Gone, Message, Receive, Refused, Scope
from addin.excel.server.log import LOGGER, kind_and_place
from addin.excel.server.names import REFUSED, is_ours
from addin.excel.server.scripts import SCRIPTS
from model.language.speech import gettext_noop

Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

SCRIPT_CALL = "/xlwings/custom-scripts-call/"
FUNCTION_CALL = "/xlwings/custom-functions-call"
CLOSED = ("/xlwings/alert",)
"""Addresses that xlwings Server has and we do not: a message's text would travel in the address, where a proxy would log it."""

UNEXPECTED = gettext_noop(
    "The server met an unexpected fault; your workbook was not changed. Tell the person who runs it: its log has more."
)

NOT_UNDERSTOOD = gettext_noop("The request is not understood. Reload the add-in.")

_PLAIN = re.compile(r"(/(?![./])[\w.-]*)*", re.ASCII)
"""Addresses of plain names. xlwings Server 1.20 joins what stands behind /static/ to its folder as it is: `..` would reach every
file that the server may read, its key for https too."""

QUIET = 60.0
"""Seconds without a request after which a worker forgets what it has kept of classes."""

_LONGEST = 200  # characters of an address in the log


class Gate:
    """An ASGI application around another one.

    Args:
        inner: The application that answers what is let through.
        names: The names to which the server answers (`addin.excel.server.names`).
        largest: Bytes of the largest body; a larger one is answered with 413 and never kept in memory.
        patience: Seconds in which a body has to arrive (`addin.excel.server.bodies`).
        forget: Is called when nobody has asked for anything for `quiet` seconds.

    Calls are worked at one after the other in the order in which they have arrived whole. xlwings Server does all of them in one
    thread anyway, and goes from one to the next at every `await`: a hundred at once would all take as long as the last of them,
    some three times that. Who sends or reads slowly keeps nobody waiting.
    """

    def __init__(
        self,
        inner: Application,
        *,
        names: frozenset[str],
        largest: int,
        patience: float = PATIENCE,
        forget: Callable[[], None] = lambda: None,
        quiet: float = QUIET,
    ) -> None:
        self.inner, self.names, self.forget, self.quiet = inner, names, forget, quiet
        self.bodies = Bodies(largest, patience=patience)
        self._later: TimerHandle | None = None
        self._turn = Lock()  # asyncio's locks are fair: first come, first served

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request and log it."""
        if scope["type"] != "http":
            return
        begun, statuses = perf_counter(), list[int]()

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])
            await send(message)

        try:
            await self._answer(scope, receive, noting)
        except Exception as fault:
            LOGGER.error("fault: %s", kind_and_place(fault))
            if not statuses:
                await _say(noting, 500, UNEXPECTED)
        if self._later is not None:
            self._later.cancel()
        self._later = get_running_loop().call_later(self.quiet, self.forget)
        status = statuses[0] if statuses else 0
        LOGGER.info(
            "%s %s %d %.0f ms", scope["method"], shown(scope["path"], status), status, 1000 * (perf_counter() - begun)
        )

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if not is_ours(_header(scope, b"host").decode("latin-1"), self.names):
            await _say(send, 421, REFUSED)
            return
        _, call, script = path.partition(SCRIPT_CALL)
        posted = scope["method"] == "POST"
        known = script in SCRIPTS if call else not posted or path.endswith(FUNCTION_CALL)
        if not known or not _PLAIN.fullmatch(path) or path.endswith(CLOSED):
            await _say(send, 404, "There is no such address on this server. Reload the add-in.")
            return
        if posted and not _header(scope, b"content-type").startswith(b"application/json"):
            # A page of another site can make a browser post forms and plain text to us, but not JSON.
            await _say(send, 415, "Only JSON is taken here. Reload the add-in.")
            return
        answer = list[Message]()
        try:
            async with self.bodies.whole(_header(scope, b"content-length"), receive) as body:
                if posted:
                    await self._work(scope, body, receive, answer)
                else:
                    await self.inner(scope, _replayed(body, receive), send)
        except Refused as refused:
            await _say(send, refused.status, refused.text)
        except Gone:
            pass  # nobody is there to be answered
        finally:
            # What was said before a fault is an answer too. By now the body is let go, however slowly this is read.
            for message in answer:
                await send(message)

    async def _work(self, scope: Scope, body: bytes, receive: Receive, answer: list[Message]) -> None:
        """Have a call worked at when its turn has come, and keep what is answered."""

        async def keep(message: Message) -> None:
            answer.append(message)

        if not body.strip():
            await _say(keep, 400, NOT_UNDERSTOOD)
            return
        try:
            async with self._turn:
                await self.inner(scope, _replayed(body, receive), keep)
        except Exception:
            from addin.excel.server.requests import what_is_wrong  # by pydantic, which comes with xlwings Server alone

            wrong = what_is_wrong(body, function=SCRIPT_CALL not in scope["path"])
            if wrong is None:
                raise  # a fault of ours
            answer.clear()
            await _say(keep, 400, f"{NOT_UNDERSTOOD} {wrong}")


def shown(path: str, status: int) -> str:
    """A path as it may stand in the log: without its query, and not at all where it is none of ours and may say anything.

    Example:
        >>> shown("/xlwings/custom-functions-call", 200), shown("/Ova Zarrin", 404)
        ('/xlwings/custom-functions-call', '(unknown)')
    """
    return path if status != 404 and len(path) <= _LONGEST and _PLAIN.fullmatch(path) else "(unknown)"


def _replayed(body: bytes, receive: Receive) -> Receive:
    """The body once more, for the application behind."""
    unread = [body]

    async def replay() -> Message:
        if unread:
            return {"type": "http.request", "body": unread.pop(), "more_body": False}
        return await receive()

    return replay


def _header(scope: Scope, wanted: bytes) -> bytes:
    return next((bytes(value) for name, value in scope["headers"] if name == wanted), b"")


async def _say(send: Send, status: int, text: str) -> None:
    body = text.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
