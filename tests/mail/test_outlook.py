"""Outlook's window: filled and shown, never sent. Outlook itself is on Windows alone; a recorder stands in for its object."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from time import monotonic

import pytest

from addin.errors import MailProblem
from addin.mail import outlook
from addin.mail.message import compose
from tests.mail.test_message import DAY, HEAD, marked
from tests.support import refused, run

pytestmark = pytest.mark.dates


class Attachments:
    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def Add(self, path: str) -> None:  # noqa: N802
        self.files[Path(path).name] = Path(path).read_bytes()


class Item:
    def __init__(self) -> None:
        self.To = self.Subject = self.HTMLBody = ""
        self.Attachments = Attachments()
        self.calls: list[str] = []

    def Display(self, modal: bool) -> None:  # noqa: N802
        self.calls.append(f"Display({modal})")

    def Send(self) -> None:  # noqa: N802
        self.calls.append("Send()")


class Outlook:
    def __init__(self) -> None:
        self.items: list[Item] = []

    def CreateItem(self, kind: int) -> Item:  # noqa: N802
        assert kind == 0
        self.items.append(Item())
        return self.items[-1]


def test_a_window_is_filled_and_shown() -> None:
    message = compose(marked(), to=[HEAD, "b@school.example"], source="class.xlsx", today=DAY)
    application = Outlook()
    outlook.show(message, application)
    (item,) = application.items
    assert item.To == f"{HEAD}; b@school.example"
    assert item.Subject == message["Subject"]
    assert "Who decides" in item.HTMLBody
    (attachment,) = message.iter_attachments()
    assert item.Attachments.files == {"class.xlsx": attachment.get_content()}
    assert item.calls == ["Display(False)"]


def test_a_refusal_of_outlook_is_told() -> None:
    with pytest.raises(MailProblem, match="Outlook refused"):
        outlook.show(compose(marked(), to=[HEAD], source="c.xlsx"), object())


def test_an_outlook_that_does_not_answer_is_waited_for_no_longer_than_the_limit() -> None:
    class Asleep:
        def CreateItem(self, kind: int) -> Item:  # noqa: N802
            Event().wait(20)
            return Item()

    began = monotonic()
    with pytest.raises(MailProblem, match=r"not answered for 0\.2 seconds.*--draft"):
        outlook.show(compose(marked(), to=[HEAD], source="c.xlsx"), Asleep(), limit=0.2)
    assert monotonic() - began < 10


@pytest.mark.skipif(outlook.is_present(), reason="this computer has Outlook")
def test_where_there_is_none_the_draft_is_named(tmp_path: Path, sample: Path) -> None:
    assert "--draft" in refused(run("email", sample, "--to", HEAD, "--outlook")).partition("Outlook")[2]
