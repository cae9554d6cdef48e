"""A draft is written once, whole, and never over another file."""

from __future__ import annotations

import os
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from addin.errors import RequestProblem, WriteFailed
from addin.mail.outbox import keep_draft

pytestmark = pytest.mark.dates


@pytest.fixture
def message() -> EmailMessage:
    made = EmailMessage(policy=SMTP)
    made["To"] = "head@school.example"
    made.set_content("Grüße")
    return made


def test_a_draft_opens_unsent(message: EmailMessage, tmp_path: Path) -> None:
    keep_draft(message, tmp_path / "draft.EML")
    head = (tmp_path / "draft.EML").read_bytes().partition(b"\r\n\r\n")[0]
    assert b"X-Unsent: 1\r\n" in head + b"\r\n"
    assert b"Date:" not in head
    assert b"Message-ID:" not in head


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_draft_is_its_owners_alone(message: EmailMessage, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        keep_draft(message, tmp_path / "draft.eml")
    finally:
        os.umask(before)
    assert (tmp_path / "draft.eml").stat().st_mode & 0o777 == 0o600


def test_an_existing_file_stands(message: EmailMessage, tmp_path: Path) -> None:
    path = tmp_path / "draft.eml"
    path.write_bytes(b"precious")
    with pytest.raises(RequestProblem, match="exists already"):
        keep_draft(message, path)
    assert path.read_bytes() == b"precious"


@pytest.mark.parametrize("name", ["draft", "draft.txt", "draft.eml.exe"])
def test_another_ending(message: EmailMessage, tmp_path: Path, name: str) -> None:
    with pytest.raises(RequestProblem, match=r"\.eml"):
        keep_draft(message, tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there(message: EmailMessage, tmp_path: Path) -> None:
    with pytest.raises(WriteFailed, match="not written"):
        keep_draft(message, tmp_path / "nowhere" / "draft.eml")


def test_a_folder_that_is_a_file(message: EmailMessage, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(WriteFailed, match="not written"):
        keep_draft(message, tmp_path / "file" / "draft.eml")
