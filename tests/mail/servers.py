"""Real mail servers in the test process: SMTP with real TLS and certificates, each failing in a way of its own or not at all."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HOST = "localhost"
USER, PASSWORD = "t.example", "correct horse battery"
SENDER = "t.example@school.example"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC), datetime(2020, 2, 1, tzinfo=UTC)


@dataclass
class Mailbox:
    """What a server was handed, and how it answers.

    Args:
        refused: Recipient -> the reply.
        sender_reply: To whoever sends; "" accepts.
        data_reply: At the end of a message; "" accepts.
        silent_at: The command that is never answered in time.
        cut_at: "begin" hangs up when a message begins, "end" when it is complete.
    """

    refused: Mapping[str, str] = field(default_factory=dict)
    sender_reply: str = ""
    data_reply: str = ""
    silent_at: str = ""
    cut_at: str = ""
    received: list[Envelope] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.commands.append(f"EHLO {hostname}")
        if self.silent_at == "EHLO":
            await asyncio.sleep(5)
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.sender_reply:
            return self.sender_reply
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.data_reply:
            return self.data_reply
        if self.cut_at == "end":
            assert server.transport is not None
            server.transport.abort()
            return "250 OK"
        if self.silent_at == "DATA":
            await asyncio.sleep(5)
        self.received.append(envelope)
        return "250 OK"

    def log_in(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append(data.login.decode())
        return AuthResult(success=data == LoginPassword(USER.encode(), PASSWORD.encode()), handled=False)


class CutsMessages(SMTP):
    """Hangs up in the middle of a message."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        await self.push("354 go on")
        await self._reader.read(1000)
        assert self.transport is not None
        self.transport.abort()


@cache
def authority() -> trustme.CA:
    """The school's own certificate authority."""
    return trustme.CA()


@cache
def ca_file(folder: Path) -> Path:
    path = folder / "school-ca.pem"
    authority().cert_pem.write_to_path(path)
    return path


def tls(*, issuer: trustme.CA | None = None, host: str = HOST, expired: bool = False) -> ssl.SSLContext:
    """What a server shows of itself."""
    dates = {"not_before": LONG_AGO[0], "not_after": LONG_AGO[1]} if expired else {}
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    (issuer or authority()).issue_cert(host, **dates).configure_cert(context)
    return context


@contextmanager
def running(
    mailbox: Mailbox,
    *,
    starttls: ssl.SSLContext | None = None,
    implicit: ssl.SSLContext | None = None,
    login: bool = True,
    kind: type[SMTP] = SMTP,
    **options: Any,
) -> Iterator[int]:
    """A server for as long as the `with` block lasts; gives its port."""
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(lambda *_: None)  # connections that a client refuses are what is tested

    def connection() -> SMTP:
        return kind(
            mailbox,
            loop=loop,
            tls_context=starttls,
            require_starttls=starttls is not None,
            authenticator=mailbox.log_in if login else None,
            # aiosmtpd does not count a connection that is encrypted from its first byte.
            auth_required=login and implicit is None,
            auth_require_tls=implicit is None,
            **options,
        )

    async def open_() -> asyncio.Server:
        return await loop.create_server(connection, "127.0.0.1", 0, ssl=implicit)

    server = loop.run_until_complete(open_())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:

        async def close() -> None:
            server.close()
            others = asyncio.all_tasks(loop) - {asyncio.current_task()}
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)

        with suppress(TimeoutError):
            asyncio.run_coroutine_threadsafe(close(), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


def write_settings(home: Path, port: int, **changes: object) -> Path:
    """The settings for such a server; a change of None leaves a key out."""
    settings: dict[str, object] = {
        "host": HOST, "port": port, "security": "starttls", "sender": SENDER, "sender_name": "T. Example", "user": USER,
        "ca_file": ca_file(home).name, "timeout": 20,
    }  # fmt: skip
    settings |= changes
    lines = [f"{key} = {_toml(value)}" for key, value in settings.items() if value is not None]
    path = home / "mail.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _toml(value: object) -> str:
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "\\r").replace("\n", "\\n")
        return f'"{escaped}"'
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return str(value)
