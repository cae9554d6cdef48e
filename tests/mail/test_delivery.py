"""A delivery over a real server with real TLS, read back by an independent parser."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.mail.reading import attachment_of, headers_of, parsed, text_of
from tests.mail.servers import SENDER, USER, Mailbox, running, tls, write_settings
from tests.support import class_file, run

HEAD, TUTOR = "head@school.example", "tutor@school.example"


def test_the_attachment_received_equals_the_file_written(
    sample: Path, markbook_home: Path, tmp_path: Path, password: str
) -> None:
    assert run("email", sample, "--to", HEAD, "--draft", tmp_path / "draft.eml").code == 0
    name, written = attachment_of((tmp_path / "draft.eml").read_bytes())
    mailbox = Mailbox()
    with running(mailbox, starttls=tls()) as port:
        write_settings(markbook_home, port)
        ran = run("email", sample, "--to", HEAD, "--send", "--yes")
    assert (ran.code, ran.err) == (0, "")
    (envelope,) = mailbox.received
    assert isinstance(envelope.content, bytes)
    got_name, got = attachment_of(envelope.content)
    digest = hashlib.sha256(written).hexdigest()
    assert (got_name, hashlib.sha256(got).hexdigest()) == (name, digest)
    assert digest in ran.out
    assert f"Sent to {HEAD}" in ran.out
    entries = [json.loads(line) for line in (markbook_home / "mail-log.jsonl").read_text().splitlines()]
    assert [entry["outcome"] for entry in entries] == ["drafted", "trying", "accepted"]
    assert {entry["sha256"] for entry in entries} == {digest}


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_both_ways_of_encryption(marked: Path, markbook_home: Path, password: str, security: str) -> None:
    mailbox = Mailbox()
    with running(mailbox, **({"starttls": tls()} if security == "starttls" else {"implicit": tls()})) as port:
        write_settings(markbook_home, port, security=security)
        ran = run("email", marked, "--to", HEAD, "--to", TUTOR, "--to", HEAD.upper(), "--send", "--yes")
    assert (ran.code, ran.err) == (0, "")
    assert [envelope.rcpt_tos for envelope in mailbox.received] == [[HEAD], [TUTOR]]
    assert {envelope.mail_from for envelope in mailbox.received} == {SENDER}
    assert set(mailbox.logins) == {USER}
    assert set(mailbox.commands) == {"EHLO [127.0.0.1]"}
    ids = set()
    for envelope in mailbox.received:
        assert isinstance(envelope.content, bytes)
        assert max(map(len, envelope.content.splitlines())) < 998
        assert envelope.content.isascii()
        headers = headers_of(envelope.content)
        assert headers["to"] == f"{HEAD}, {TUTOR}"
        assert headers["from"] == f'"T. Example" <{SENDER}>'
        assert "x-unsent" not in headers
        assert headers["date"]
        ids.add(headers["message-id"])
    assert len(ids) == 2


def test_a_server_that_asks_nobody(marked: Path, markbook_home: Path) -> None:
    mailbox = Mailbox()
    with running(mailbox, starttls=tls(), login=False) as port:
        write_settings(markbook_home, port, user=None)
        assert run("email", marked, "--to", HEAD, "--send", "--yes").code == 0
    assert len(mailbox.received) == 1


def test_names_beyond_ascii_arrive(tmp_path: Path, markbook_home: Path, password: str) -> None:
    class_file(tmp_path / "9º Größe 数学.xlsx")
    assert run("score", tmp_path / "9º Größe 数学.xlsx").code == 0
    mailbox = Mailbox()
    with running(mailbox, starttls=tls()) as port:
        write_settings(markbook_home, port, sender_name="Zoë Größe")
        ran = run("email", tmp_path / "9º Größe 数学.marked.xlsx", "--to", HEAD, "--send", "--yes")
    assert (ran.code, ran.err) == (0, "")
    content = mailbox.received[0].content
    assert isinstance(content, bytes)
    assert content.isascii()
    assert attachment_of(content)[0] == "9º Größe 数学.marked.xlsx"
    assert "Zoë Größe" in headers_of(content)["from"]


def test_a_file_name_is_no_header(tmp_path: Path, markbook_home: Path, password: str) -> None:
    path = tmp_path / "class\r\nBcc: me@evil.example\r\n\r\nx.xlsx"
    class_file(tmp_path / "plain.xlsx").rename(path)
    mailbox = Mailbox()
    with running(mailbox, starttls=tls()) as port:
        write_settings(markbook_home, port)
        assert run("score", path, "-o", tmp_path / "m\r\nX-Evil: 1.xlsx").code == 0
        assert run("email", tmp_path / "m\r\nX-Evil: 1.xlsx", "--to", HEAD, "--send", "--yes").code == 0
    (envelope,) = mailbox.received
    assert isinstance(envelope.content, bytes)
    assert envelope.rcpt_tos == [HEAD]
    assert not {"bcc", "x-evil"} & set(headers_of(envelope.content))
    assert attachment_of(envelope.content)[0] == "m X-Evil 1.xlsx"


def test_the_body_counts_and_says_who_decides(sample: Path, markbook_home: Path, password: str) -> None:
    mailbox = Mailbox()
    with running(mailbox, starttls=tls()) as port:
        write_settings(markbook_home, port)
        run("email", sample, "--to", HEAD, "--send", "--yes")
    content = mailbox.received[0].content
    assert isinstance(content, bytes)
    mail = parsed(content)
    assert "10x/Ma1" in mail.subject
    for body in (*mail.text_plain, *mail.text_html):
        assert "Who decides" in body
        assert "▲ High:" in body
        assert "queries" in body
    assert len(mail.text_plain) == len(mail.text_html) == 1
    assert "Zarr" not in text_of(content)
