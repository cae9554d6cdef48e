"""Every failure of sending, against a real server: one clear line, and nothing half-sent."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import trustme

from tests.mail import servers
from tests.mail.conftest import TOLD
from tests.mail.servers import Mailbox, running, tls, write_settings
from tests.support import Ran, run

HEAD, TUTOR = "head@school.example", "tutor@school.example"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A failure.

    Args:
        name: What happens.
        told: Words that the line must hold.
        mailbox: How the server answers.
        server: How it is run, asked only when it is.
        settings: Changes of the settings.
        password: What the environment holds.
        options: Of the command.
        to: To whom.
        received: How many messages the server takes all the same.
    """

    name: str
    told: tuple[str, ...]
    mailbox: Callable[[], Mailbox] = Mailbox
    server: Callable[[], dict[str, object]] = lambda: {"starttls": tls()}
    settings: dict[str, object] = field(default_factory=dict)
    password: str = servers.PASSWORD
    options: tuple[str, ...] = ("--yes",)
    to: tuple[str, ...] = (HEAD,)
    received: int = 0


NOTHING = "Nothing was sent"
CASES = (
    Case(name="wrong password", told=("t.example", "password is wrong", "535", NOTHING), password="hunter two three"),
    Case(name="no password anywhere", told=("no password for t.example", "keyring set", NOTHING), password=""),
    Case(name="a password with letters that servers do not take", told=("letters", NOTHING), password="pässwörd 123"),
    Case(name="server without TLS", told=("offers no encryption", NOTHING), server=lambda: {"login": False}),
    Case(
        name="server without login", told=("has no login", NOTHING),
        server=lambda: {"starttls": tls(), "login": False, "auth_exclude_mechanism": ["PLAIN", "LOGIN"]},
    ),
    Case(
        name="untrusted certificate", told=("certificate is not trusted", "ca_file", NOTHING),
        server=lambda: {"starttls": tls(issuer=trustme.CA())},
    ),
    Case(
        name="untrusted certificate, encrypted from the first byte", told=("certificate is not trusted", NOTHING),
        server=lambda: {"implicit": tls(issuer=trustme.CA())}, settings={"security": "tls"},
    ),
    Case(name="the school's authority is not in the settings", told=("is not trusted", "ca_file"), settings={"ca_file": None}),
    Case(
        name="expired certificate", told=("expired", "renew", NOTHING), server=lambda: {"starttls": tls(expired=True)},
    ),
    Case(
        name="certificate of another server", told=("for another name than localhost", NOTHING),
        server=lambda: {"starttls": tls(host="mail.other.example")},
    ),
    Case(
        name="port and security do not fit", told=("no encrypted connection", "587", NOTHING), settings={"security": "tls"},
    ),
    Case(
        name="some recipients refused",
        told=(f"Sent to {HEAD}", f"Not sent to {TUTOR}", "550 no such user", "only those who have it not"),
        mailbox=lambda: Mailbox(refused={TUTOR: "550 no such user"}), to=(TUTOR, HEAD), received=1,
    ),
    Case(
        name="all recipients refused", told=(f"Not sent to {TUTOR}", f"Not sent to {HEAD}", "550"),
        mailbox=lambda: Mailbox(refused=dict.fromkeys((HEAD, TUTOR), "550 no such user")), to=(TUTOR, HEAD),
    ),
    Case(
        name="recipient's mailbox busy", told=(f"Not sent to {HEAD}", "451", "may work later"),
        mailbox=lambda: Mailbox(refused={HEAD: "451 try again"}),
    ),
    Case(
        name="sender refused", told=(f"refused {servers.SENDER}", "553"), mailbox=lambda: Mailbox(sender_reply="553 not yours"),
    ),
    Case(name="too large for the settings", told=("more than the 0.01 MB", "largest_mb"), settings={"largest_mb": 0.01}),
    Case(
        name="too large, says the server beforehand", told=("takes messages of up to 10 kB", NOTHING),
        server=lambda: {"starttls": tls(), "data_size_limit": 10_000},
    ),
    Case(
        name="too large, says the server afterwards", told=("refused the message", "552 too big"),
        mailbox=lambda: Mailbox(data_reply="552 too big"),
    ),
    Case(
        name="refused for what it holds", told=("554 looks like spam",), mailbox=lambda: Mailbox(data_reply="554 looks like spam"),
    ),
    Case(
        name="an answer at the end that is none", told=("may have reached", "not understood", "--again"),
        mailbox=lambda: Mailbox(data_reply="hello"),
    ),
    Case(
        name="connection cut in the middle of a message", told=("may have reached", "connection broke", "ask there", "--again"),
        server=lambda: {"starttls": tls(), "kind": servers.CutsMessages},
    ),
    Case(
        name="connection cut when the message is complete", told=("may have reached", "connection broke", "ask there", "--again"),
        mailbox=lambda: Mailbox(cut_at="end"),
    ),
    Case(
        name="no answer at the beginning", told=("did not answer within 0.5 seconds", NOTHING),
        mailbox=lambda: Mailbox(silent_at="EHLO"), settings={"timeout": 0.5},
    ),
    Case(
        name="no answer at the end", told=("may have reached", "no answer in time"), mailbox=lambda: Mailbox(silent_at="DATA"),
        settings={"timeout": 0.5},
    ),
    Case(name="nobody listens at the port", told=("cannot be reached", NOTHING), settings={"port": "closed"}),
    Case(name="a server's name that is none", told=("cannot be reached", NOTHING), settings={"host": "mail..school.example"}),
    Case(name="no such server", told=("cannot be reached", NOTHING), settings={"host": "mail.school.invalid"}),
    Case(name="ca_file holds no certificate", told=("no certificate", "ca_file"), settings={"ca_file": "mail.toml"}),
    Case(name="ca_file is not there", told=("No such file", "ca_file"), settings={"ca_file": "nowhere.pem"}),
    Case(
        name="a mistyped domain", told=("head@shcool.example", "school.example alone"), to=("head@shcool.example",),
        settings={"allowed_domains": ["school.example"]},
    ),
    Case(name="header injection in an address", told=("not a mail address",), to=(f"{HEAD}\r\nBcc: me@evil.example",)),
    Case(name="a command in an address", told=("not a mail address",), to=(f"{HEAD}>\r\nRCPT TO:<me@evil.example",)),
    Case(
        name="header injection in the sender", told=("sender must be",), settings={"sender": f"{HEAD}\r\nBcc: me@evil.example"},
    ),
    Case(
        name="header injection in the sender's name", told=("sender_name must be",),
        settings={"sender_name": "T.\r\nBcc: me@evil.example"},
    ),
    Case(name="encryption turned off in the settings", told=("security must be", "nothing is sent"), settings={"security": "none"}),
    Case(name="a password in the settings", told=("does not belong into this file",), settings={"password": "secret"}),
    Case(name="nobody to ask", told=("Nobody is there to be asked", "--yes", NOTHING), options=()),
)  # fmt: skip


@contextmanager
def closed_port() -> Iterator[int]:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # held and not listening
        yield held.getsockname()[1]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_failure_is_one_clear_line_and_nothing_is_half_sent(
    case: Case,
    marked: Path,
    markbook_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    monkeypatch.setenv("MARKBOOK_MAIL_PASSWORD", case.password)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    mailbox, settings = case.mailbox(), dict(case.settings)
    with ExitStack() as stack:
        port = stack.enter_context(running(mailbox, **case.server()))
        if settings.pop("port", None) == "closed":
            port = stack.enter_context(closed_port())
        write_settings(markbook_home, port, **settings)
        ran = send(marked, *case.options, to=case.to)
    told = told_by(ran)
    for words in case.told:
        assert words in told
    assert len(mailbox.received) == case.received
    for envelope in mailbox.received:
        assert envelope.rcpt_tos == [HEAD]
    if case.password:
        log = markbook_home / "mail-log.jsonl"
        assert case.password not in ran.out + ran.err + (log.read_text() if log.exists() else "")
    record_property(TOLD, (case.name, told))


def send(path: Path, *options: str, to: tuple[str, ...] = (HEAD,)) -> Ran:
    return run("email", path, *(part for address in to for part in ("--to", address)), "--send", *options)


def told_by(ran: Ran) -> str:
    """The one line of a refusal."""
    assert ran.code == 1, ran
    assert ran.err.startswith("error: ")
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err
    assert "unexpected fault" not in ran.err
    return ran.err.removeprefix("error: ").strip()


def test_without_settings_the_file_to_write_is_named(
    marked: Path, markbook_home: Path, record_property: Callable[[str, object], None]
) -> None:
    told = told_by(send(marked, "--yes"))
    assert str(markbook_home / "mail.toml") in told
    assert "host" in told
    record_property(TOLD, ("no settings", told))


def test_a_log_that_cannot_be_written_keeps_the_message_back(
    marked: Path, markbook_home: Path, password: str, record_property: Callable[[str, object], None]
) -> None:
    mailbox = Mailbox()
    (markbook_home / "mail-log.jsonl").mkdir()
    with running(mailbox, starttls=tls()) as port:
        write_settings(markbook_home, port)
        told = told_by(send(marked, "--yes"))
    assert "the log cannot be" in told
    assert mailbox.received == []
    record_property(TOLD, ("the log cannot be written", told))


def test_failures_are_logged_without_names_or_secrets(marked: Path, markbook_home: Path, password: str) -> None:
    with running(Mailbox(refused={HEAD: "550 no"}), starttls=tls()) as port:
        write_settings(markbook_home, port)
        send(marked, "--yes")
    (entry,) = [json.loads(line) for line in (markbook_home / "mail-log.jsonl").read_text().splitlines()]
    assert set(entry) == {"time", "id", "sha256", "content_sha256", "recipients", "outcome"}
    assert (entry["recipients"], entry["outcome"]) == ([HEAD], "refused")


def test_nothing_is_said_to_a_server_before_it_is_known(marked: Path, markbook_home: Path, password: str) -> None:
    """A server with a wrong certificate learns neither who sends nor the computer's name."""
    mailbox = Mailbox()
    with running(mailbox, starttls=tls(issuer=trustme.CA())) as port:
        write_settings(markbook_home, port)
        send(marked, "--yes")
    assert mailbox.commands == ["EHLO [127.0.0.1]"]
    assert mailbox.logins == []
