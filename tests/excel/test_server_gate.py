"""The gate by itself, around applications that are slow, faulty or far away: who is answered, and in which order."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from functools import partial
from threading import Thread
from typing import Any

import pytest

from addin.excel.server.bodies import ROOM, Message, Receive, Scope
from addin.excel.server.gate import FUNCTION_CALL, NOT_UNDERSTOOD, UNEXPECTED, Application, Gate, Send
from tests.excel.malformed import call

STEPS = 20
HEADERS = [(b"content-type", b"application/json"), (b"host", b"markbook.school.example:8443")]
NAMES = frozenset({"markbook.school.example"})


def done(work: Coroutine[Any, Any, Any]) -> Any:
    """Run in a thread of its own, since the browser of other tests may hold this one's event loop."""
    results: list[Any] = []
    thread = Thread(target=lambda: results.append(asyncio.run(work)))
    thread.start()
    thread.join()
    return results[0]


def arriving(body: bytes) -> tuple[Scope, Receive]:
    scope = {
        "type": "http",
        "method": "POST",
        "path": FUNCTION_CALL,
        "headers": HEADERS,
    }

    async def receive() -> Message:
        await asyncio.sleep(0)
        return {"type": "http.request", "body": body, "more_body": False}

    return scope, receive


async def answer(send: Send, status: int, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": body})


async def ask(gate: Application, body: bytes, told: list[tuple[int, bytes]], *, reads: bool = True) -> None:
    scope, receive = arriving(body)
    statuses = []

    async def send(message: Message) -> None:
        if not reads:
            await asyncio.Event().wait()
        if message["type"] == "http.response.start":
            statuses.append(message["status"])
        else:
            told.append((statuses[0], message["body"]))

    await gate(scope, receive, send)


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with the body, after many turns of the event loop, as an application behind many layers does."""
    body = (await receive())["body"]
    for _ in range(STEPS):
        await asyncio.sleep(0)
    await answer(send, 200, body)


def test_calls_are_answered_in_the_order_in_which_they_come_and_one_at_a_time() -> None:
    inside: list[int] = []
    most: list[int] = []

    async def counting(scope: Scope, receive: Receive, send: Send) -> None:
        inside.append(1)
        most.append(len(inside))
        await echo(scope, receive, send)
        inside.pop()

    async def many() -> list[tuple[int, bytes]]:
        gate, told = Gate(counting, names=NAMES, largest=100), list[tuple[int, bytes]]()
        await asyncio.gather(*(ask(gate, b"%d" % i, told) for i in range(30)))
        return told

    assert done(many()) == [(200, b"%d" % i) for i in range(30)]
    assert max(most) == 1


def test_who_does_not_read_the_answer_keeps_nobody_waiting() -> None:
    async def two() -> list[tuple[int, bytes]]:
        gate, told = Gate(echo, names=NAMES, largest=100), list[tuple[int, bytes]]()
        stuck = asyncio.create_task(ask(gate, b"never read", told, reads=False))
        await asyncio.wait_for(ask(gate, b"read", told), 60)
        assert not stuck.done()
        stuck.cancel()
        return told

    assert done(two()) == [(200, b"read")]


@pytest.mark.parametrize("answered", [False, True])
def test_a_fault_of_ours_is_told_once_and_logged_without_its_words(
    answered: bool, caplog: pytest.LogCaptureFixture
) -> None:
    whole = json.dumps(call()).encode()

    async def faulty(scope: Scope, receive: Receive, send: Send) -> None:
        if (await receive())["body"] == whole:
            if answered:
                await answer(send, 500, b"said by the application")
            raise ZeroDivisionError("Ova Zarrin")
        await answer(send, 200, b"good")

    async def two() -> list[tuple[int, bytes]]:
        gate, told = Gate(faulty, names=NAMES, largest=1000), list[tuple[int, bytes]]()
        await ask(gate, whole, told)
        await ask(gate, b"good", told)
        return told

    said = b"said by the application" if answered else UNEXPECTED.encode()
    with caplog.at_level("INFO"):
        assert done(two()) == [(500, said), (200, b"good")]
    assert "fault: ZeroDivisionError at test_server_gate.py" in caplog.text
    assert "Ova" not in caplog.text


def test_where_the_application_stumbles_over_what_is_no_call_the_sender_is_told() -> None:
    async def stumbling(scope: Scope, receive: Receive, send: Send) -> None:
        raise KeyError("args")

    async def one() -> list[tuple[int, bytes]]:
        told = list[tuple[int, bytes]]()
        await ask(Gate(stumbling, names=NAMES, largest=100), b'{"func_name": "INTERVENTION_RISK"}', told)
        return told

    ((status, words),) = done(one())
    assert status == 400
    assert words.decode() == f"{NOT_UNDERSTOOD} What stands at client is missing or of a wrong kind."


def test_what_is_kept_is_forgotten_when_nobody_asks_any_more() -> None:
    forgotten: list[int] = []

    async def asked_twice() -> int:
        gate, told = (
            Gate(echo, names=NAMES, largest=100, forget=lambda: forgotten.append(1), quiet=0.05),
            list[tuple[int, bytes]](),
        )
        await ask(gate, b"one", told)
        await ask(gate, b"two", told)
        before = len(forgotten)
        while not forgotten:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.2)
        return before

    assert (done(asked_twice()), len(forgotten)) == (0, 1)


# What somebody sends to fill the machine's memory


def never_ending(*parts: bytes) -> Receive:
    """A body whose parts arrive, and whose end does not."""
    waiting = list(parts)

    async def receive() -> Message:
        if not waiting:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": waiting.pop(0), "more_body": True}

    return receive


async def note(statuses: list[int], message: Message) -> None:
    if message["type"] == "http.response.start":
        statuses.append(message["status"])


def test_no_more_is_held_at_a_time_than_there_is_room_for_and_afterwards_there_is_again() -> None:
    async def many() -> tuple[int, list[tuple[int, bytes]], int]:
        gate, told = Gate(echo, names=NAMES, largest=100), list[tuple[int, bytes]]()
        scope, _ = arriving(b"")
        sending = [
            asyncio.create_task(gate(dict(scope), never_ending(b"x" * 90), partial(note, []))) for _ in range(50)
        ]
        for _ in range(STEPS):
            await asyncio.sleep(0)
        most = gate.bodies.held
        await ask(gate, b"y" * 100, told)
        for task in sending:
            task.cancel()
        await asyncio.gather(*sending, return_exceptions=True)
        await ask(gate, b"a class", told)
        return most, told, gate.bodies.held

    most, told, left = done(many())
    assert 100 < most <= ROOM * 100
    assert [status for status, _ in told] == [503, 200]
    assert told[1][1] == b"a class"
    assert left == 0


def test_a_body_that_never_ends_is_given_up() -> None:
    async def one() -> tuple[list[int], int]:
        gate, statuses = Gate(echo, names=NAMES, largest=100, patience=0.05), list[int]()
        await gate(arriving(b"")[0], never_ending(b"x" * 90), partial(note, statuses))
        return statuses, gate.bodies.held

    assert done(one()) == ([408], 0)


def test_who_goes_before_all_was_said_is_not_worked_for() -> None:
    worked: list[int] = []

    async def working(scope: Scope, receive: Receive, send: Send) -> None:
        worked.append(1)

    async def gone() -> tuple[list[int], int]:
        gate, statuses = Gate(working, names=NAMES, largest=100), list[int]()
        messages = [{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}]

        async def receive() -> Message:
            return messages.pop(0)

        await gate(arriving(b"")[0], receive, partial(note, statuses))
        return statuses, gate.bodies.held

    assert done(gone()) == ([], 0)
    assert not worked
