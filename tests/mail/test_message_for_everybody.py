"""The message for everybody who reads: the page in it, the same in plain text, and the workbook of values beside it."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from addin.files.package.read import read_book
from addin.mail.message import compose
from tests.everybody import workbook
from tests.everybody.page import problems
from tests.mail.test_message import DAY, HEAD, bodies

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.dates


@pytest.fixture
def message(sample: Path) -> EmailMessage:
    return compose(read_book(sample), to=[HEAD], source="class.marked.xlsx", today=DAY)


def test_the_page_in_the_message(chromium: Browser, message: EmailMessage, tmp_path: Path) -> None:
    texts = bodies(message)
    (tmp_path / "message.html").write_text(texts["html"], encoding="utf-8")
    assert problems(chromium, tmp_path / "message.html") == []
    assert "▲ High" in texts["plain"], "whoever reads plain text is told the same"


def test_the_workbook_of_values(message: EmailMessage, tmp_path: Path) -> None:
    (attachment,) = message.iter_attachments()
    (tmp_path / "values.xlsx").write_bytes(attachment.get_content())
    assert workbook.problems(tmp_path / "values.xlsx") == []
    assert len(workbook.drawn(tmp_path / "values.xlsx")) == 4
