"""The log of messages: `mail-log.jsonl` in the program's data folder, one JSON object a line, and no student's name in it.

    {"time": "2026-03-05T15:04:05+00:00", "id": "<...@school.example>", "sha256": "...", "content_sha256": "...",
     "recipients": ["head@school.example"], "outcome": "accepted"}

`sha256` is that of the file that was attached, `content_sha256` that of the workbook before encryption. A message is logged as
"trying" before the server gets it, and with what became of it before the next one is tried: so nobody gets a message twice because
a computer or a connection failed in between.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from addin.errors import MailProblem
from addin.mail.attachment import Attachment
from model.local import folder, hold, private_folder

FILE = "mail-log.jsonl"


class Outcome(StrEnum):
    """What became of a message."""

    DRAFTED = "drafted"
    SHOWN = "shown in Outlook"
    TRYING = "trying"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    FAILED = "failed"
    UNKNOWN = "unknown"


_OUTCOMES = {outcome.value: outcome for outcome in Outcome if outcome not in (Outcome.DRAFTED, Outcome.SHOWN)}
"""What a server was asked for; drafts are sent, or not, by somebody else's program."""


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """What the log says of a workbook and a recipient.

    Args:
        outcome: The last one; UNKNOWN where a message was tried and nothing is known of its end, None where none was tried.
        day: When, such as "2026-03-05".
        accepted: How often such a message was accepted.
    """

    outcome: Outcome | None = None
    day: str = ""
    accepted: int = 0

    @property
    def may_have_arrived(self) -> bool:
        """Whether the recipient has the workbook, or may have it."""
        return self.outcome in (Outcome.ACCEPTED, Outcome.UNKNOWN)


class MailLog:
    """The log in a file, by default `mail-log.jsonl` in the data folder."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or folder() / FILE

    def add(self, attachment: Attachment, recipients: Sequence[str], outcome: Outcome, *, message_id: str = "") -> None:
        """Write one line, and see it onto the disk.

        Raises:
            MailProblem: It cannot be written.
        """
        entry = {
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "id": message_id,
            "sha256": attachment.sha256,
            "content_sha256": attachment.content_sha256,
            "recipients": list(recipients),
            "outcome": outcome.value,
        }
        try:
            private_folder(self.path.parent)
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(handle, "a+b") as file:
                # After a line that was cut off, a new one begins: two in one would be read as none.
                file.seek(max(0, file.seek(0, os.SEEK_END) - 1))
                cut_off = file.read() not in (b"", b"\n")
                file.write(b"\n" * cut_off + json.dumps(entry).encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise MailProblem(
                f"{self.path}: the log cannot be written ({error.strerror}), and without it nobody could tell what was sent. "
                "Free the place and run again."
            ) from error

    def earlier(self, attachment: Attachment, recipient: str) -> Earlier:
        """What became of this workbook on its way to this recipient.

        Raises:
            MailProblem: The log cannot be read.
        """
        last: Outcome | None = None
        accepted, doubtful, day = 0, False, ""
        for entry in self._entries():
            known = entry.get("recipients")
            if entry.get("content_sha256") != attachment.content_sha256 or not isinstance(known, list):
                continue
            outcome = _OUTCOMES.get(str(entry.get("outcome")))
            if outcome is None or recipient.casefold() not in [str(address).casefold() for address in known]:
                continue
            doubtful |= outcome is Outcome.UNKNOWN
            accepted += outcome is Outcome.ACCEPTED
            last, day = outcome, str(entry.get("time", ""))[:10]
        # "trying" without an end: the computer stopped in between, and nobody knows. A later try that failed takes nothing back.
        if accepted:
            last = Outcome.ACCEPTED
        elif doubtful or last is Outcome.TRYING:
            last = Outcome.UNKNOWN
        return Earlier(outcome=last, day=day, accepted=accepted)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the log to this process, from looking who has a workbook already until it is sent: two that send at once would both
        look before either has sent.

        Raises:
            MailProblem: Another process is sending, or the place cannot be written to.
        """
        try:
            private_folder(self.path.parent)
            lock = self.path.with_suffix(".lock").open("a+b")
        except OSError as error:
            raise MailProblem(
                f"{self.path.parent}: cannot be written to ({error.strerror}). Nothing was sent. Free the place and run again."
            ) from error
        with lock:
            try:
                hold(lock)
            except PermissionError:
                raise MailProblem(
                    "Another `markbook email --send` is at work on this computer. Nothing was sent. Wait until it has ended, "
                    "then run again: only those who have it not are tried."
                ) from None
            yield

    def waiting(
        self, attachment: Attachment, recipients: Sequence[str], *, again: bool = False
    ) -> tuple[tuple[str, ...], dict[str, Earlier]]:
        """Who is still to get a workbook (`again`: everybody), and who has it, or may have it, from an earlier run."""
        known = {recipient: self.earlier(attachment, recipient) for recipient in recipients}
        there = {recipient: earlier for recipient, earlier in known.items() if earlier.may_have_arrived}
        return tuple(one for one in recipients if again or one not in there), there

    def _entries(self) -> Iterator[dict[str, object]]:
        try:
            lines = self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return
        except OSError as error:
            raise MailProblem(
                f"{self.path}: the log cannot be read ({error.strerror}), and without it nobody could tell what was sent "
                "before. Nothing was sent. Free the place and run again."
            ) from error
        for line in lines:
            try:
                entry = json.loads(line)
            except ValueError:
                continue  # a line that was cut off when the computer stopped
            if isinstance(entry, dict):
                yield entry


def message_id(attachment: Attachment, recipient: str, sender: str, *, accepted: int) -> str:
    """The id of a message: the same for every try, so that a mail server that got it twice shows it once; another one once it was
    accepted and is sent again on purpose.

    Example:
        >>> file = Attachment(name="a.xlsx", content=b"1", content_sha256="ab", students=1)
        >>> first = message_id(file, "head@school.example", "me@school.example", accepted=0)
        >>> first == message_id(file, "Head@school.example", "me@school.example", accepted=0), first.endswith("@school.example>")
        (True, True)
    """
    told = "\n".join((attachment.content_sha256, recipient.casefold(), sender.casefold(), str(accepted)))
    return f"<{hashlib.sha256(told.encode()).hexdigest()[:40]}@{sender.rpartition('@')[2]}>"
