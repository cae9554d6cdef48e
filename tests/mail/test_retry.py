"""Trying again after a failure: whoever has the workbook does not get it twice, whoever has it not gets it."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.mail.reading import headers_of
from tests.mail.servers import Mailbox, running, tls, write_settings
from tests.support import Ran, refused, run

HEAD, TUTOR, THIRD = "head@school.example", "tutor@school.example", "third@school.example"


def send(path: Path, *to: str, again: bool = False) -> Ran:
    addresses = [part for address in to for part in ("--to", address)]
    return run("email", path, *addresses, "--send", "--yes", *(["--again"] if again else []))


def begun(path: Path, home: Path) -> subprocess.Popen[str]:
    """The command in a process of its own."""
    environment = os.environ | {"MARKBOOK_HOME": str(home), "MARKBOOK_MAIL_PASSWORD": "correct horse battery"}
    command = [sys.executable, "-m", "addin.cli", "email", str(path), "--to", HEAD, "--send", "--yes"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def recipients(mailbox: Mailbox) -> list[str]:
    return [address for envelope in mailbox.received for address in envelope.rcpt_tos]


def ids(mailbox: Mailbox) -> list[str]:
    found = []
    for envelope in mailbox.received:
        assert isinstance(envelope.content, bytes)
        found.append(headers_of(envelope.content)["message-id"])
    return found


def outcomes(home: Path) -> list[tuple[str, str]]:
    entries = [json.loads(line) for line in (home / "mail-log.jsonl").read_text().splitlines()]
    return [(address, entry["outcome"]) for entry in entries for address in entry["recipients"]]


def test_after_a_partial_refusal_only_the_missing_one_is_tried(
    marked: Path, markbook_home: Path, password: str
) -> None:
    mailbox = Mailbox(refused={TUTOR: "451 busy"})
    with running(mailbox, starttls=tls()) as port:
        write_settings(markbook_home, port)
        assert send(marked, HEAD, TUTOR, THIRD).code == 1
        assert recipients(mailbox) == [HEAD, THIRD]
        mailbox.refused = {}
        ran = send(marked, HEAD, TUTOR, THIRD)
    assert ran.code == 0
    assert recipients(mailbox) == [HEAD, THIRD, TUTOR]
    assert f"{HEAD} has this workbook since" in ran.out
    assert f"Sent to {TUTOR}" in ran.out
    assert len(set(ids(mailbox))) == 3


def test_a_second_run_sends_nothing(marked: Path, markbook_home: Path, password: str) -> None:
    mailbox = Mailbox()
    with running(mailbox, starttls=tls()) as port:
        write_settings(markbook_home, port)
        assert send(marked, HEAD).code == 0
        ran = send(marked, HEAD.upper())
        assert (ran.code, len(mailbox.received)) == (1, 1)
        assert "has this workbook since" in ran.err
        assert "--again" in ran.err
        assert send(marked, HEAD, again=True).code == 0
    assert len(mailbox.received) == 2
    assert len(set(ids(mailbox))) == 2, "sent again on purpose, it is another message"


def test_a_line_that_was_cut_off_takes_no_other_along(marked: Path, markbook_home: Path, password: str) -> None:
    mailbox = Mailbox()
    (markbook_home / "mail-log.jsonl").write_bytes(b'{"time": "2026-03-05T15:0')
    with running(mailbox, starttls=tls()) as port:
        write_settings(markbook_home, port)
        assert send(marked, HEAD).code == 0
    lines = (markbook_home / "mail-log.jsonl").read_text().splitlines()
    assert [json.loads(line)["outcome"] for line in lines[1:]] == ["trying", "accepted"]


def test_a_changed_workbook_is_another_message(
    marked: Path, markbook_home: Path, password: str, tmp_path: Path
) -> None:
    from tests.support import class_file

    class_file(tmp_path / "other.xlsx", seed=2)
    run("score", tmp_path / "other.xlsx")
    mailbox = Mailbox()
    with running(mailbox, starttls=tls()) as port:
        write_settings(markbook_home, port)
        assert send(marked, HEAD).code == send(tmp_path / "other.marked.xlsx", HEAD).code == 0
    assert len(mailbox.received) == 2


@pytest.mark.parametrize("options", [{"cut_at": "end"}, {"silent_at": "DATA"}])
def test_what_may_have_arrived_is_not_sent_again_unasked(
    marked: Path, markbook_home: Path, password: str, options: dict[str, str]
) -> None:
    mailbox = Mailbox(**options)
    with running(mailbox, starttls=tls()) as port:
        write_settings(markbook_home, port, timeout=0.5)
        assert send(marked, HEAD, TUTOR).code == 1
        assert outcomes(markbook_home) == [(HEAD, "trying"), (HEAD, "unknown"), (TUTOR, "failed")]
        mailbox.cut_at = mailbox.silent_at = ""
        ran = send(marked, HEAD, TUTOR)
        assert f"{HEAD} may have this workbook" in ran.out
        assert recipients(mailbox)[-1:] == [TUTOR]
        before = len(mailbox.received)
        assert send(marked, HEAD, again=True).code == 0
    assert len(mailbox.received) == before + 1


def test_the_same_message_keeps_its_id_until_it_was_accepted(marked: Path, markbook_home: Path, password: str) -> None:
    """So a mail server that got it in spite of a broken connection can tell that it is the same."""
    mailbox = Mailbox(data_reply="451 later")
    with running(mailbox, starttls=tls()) as port:
        write_settings(markbook_home, port)
        for _ in range(2):
            assert send(marked, HEAD).code == 1
        mailbox.data_reply = ""
        assert send(marked, HEAD).code == 0
    logged = {json.loads(line)["id"] for line in (markbook_home / "mail-log.jsonl").read_text().splitlines()}
    assert logged == set(ids(mailbox))


def test_a_killed_run_leaves_its_trace(marked: Path, markbook_home: Path) -> None:
    """Killed while the server has the message and has not answered: the next run knows that it may have arrived."""
    mailbox = Mailbox(silent_at="DATA")
    with running(mailbox, starttls=tls()) as port:
        write_settings(markbook_home, port)
        process = begun(marked, markbook_home)
        log = markbook_home / "mail-log.jsonl"
        while process.poll() is None and not (log.exists() and "trying" in log.read_text()):
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert outcomes(markbook_home) == [(HEAD, "trying")]
    told = run("email", marked, "--to", HEAD, "--send", "--yes")
    assert "may have this workbook" in told.err
    assert "--again" in told.err


def on_a_terminal(path: Path, answer: str, home: Path) -> tuple[int, str]:
    """The command in a terminal of its own, with an answer typed into it."""
    environment = os.environ | {"MARKBOOK_HOME": str(home), "MARKBOOK_MAIL_PASSWORD": "correct horse battery"}
    command = [sys.executable, "-m", "addin.cli", "email", str(path), "--to", HEAD, "--send"]
    mine, its = pty.openpty()
    process = subprocess.Popen(command, env=environment, stdin=its, stdout=its, stderr=its, close_fds=True)
    os.close(its)
    os.write(mine, f"{answer}\n".encode())
    shown = b""
    while True:
        try:
            read = os.read(mine, 4096)
        except OSError:
            break
        if not read:
            break
        shown += read
    os.close(mine)
    return process.wait(), shown.decode(errors="replace")


@pytest.mark.parametrize(("answer", "sent"), [("y", 1), ("n", 0), ("", 0)])
def test_on_a_terminal_it_asks(marked: Path, markbook_home: Path, answer: str, sent: int) -> None:
    mailbox = Mailbox()
    with running(mailbox, starttls=tls()) as port:
        write_settings(markbook_home, port)
        code, shown = on_a_terminal(marked, answer, markbook_home)
    assert f"Send it to {HEAD}?" in shown
    assert shown.index("Attachment: class.marked.xlsx") < shown.index("Send it to")
    assert len(mailbox.received) == sent
    assert code == (0 if sent else 1)


def test_nobody_to_ask(marked: Path, markbook_home: Path) -> None:
    write_settings(markbook_home, 1)
    assert "--yes" in refused(run("email", marked, "--to", HEAD, "--send"))


def test_of_several_that_send_at_the_same_moment_one_sends_and_the_others_say_why_not(
    marked: Path, markbook_home: Path
) -> None:
    mailbox = Mailbox()
    with running(mailbox, starttls=tls()) as port:
        write_settings(markbook_home, port)
        processes = [begun(marked, markbook_home) for _ in range(4)]
        ended = [(*process.communicate(timeout=120), process.returncode) for process in processes]
    assert sorted(code for _, _, code in ended) == [0, 1, 1, 1]
    assert recipients(mailbox) == [HEAD]
    assert outcomes(markbook_home) == [(HEAD, "trying"), (HEAD, "accepted")]
    for _, err, code in ended:
        if code:
            assert "is at work on this computer" in err or f"{HEAD} has this workbook since" in err
            assert "Nothing was sent" in err


def test_while_another_process_sends_nothing_is_sent_and_afterwards_it_is(
    marked: Path, markbook_home: Path, password: str
) -> None:
    from addin.mail.log import MailLog

    mailbox = Mailbox()
    with running(mailbox, starttls=tls()) as port:
        write_settings(markbook_home, port)
        with MailLog().held():
            assert "is at work on this computer" in send(marked, HEAD).err
        assert mailbox.received == []
        assert send(marked, HEAD).code == 0
    assert recipients(mailbox) == [HEAD]
