"""Students whose rows are hidden: told before anything is sent, and left out on request."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_binary_file, policy
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from addin.files.marked import score_file
from addin.files.package.read import read_book
from addin.hosts.memory import Memory
from addin.ribbon import email_button
from templates.build import class_workbook
from tests import support
from tests.mail.test_message import HEAD

HIDDEN = (5, 8, 9, 12)


@pytest.fixture
def filtered(tmp_path: Path) -> Path:
    """A marked class of which a filter hides four students."""
    support.class_file(tmp_path / "class.xlsx", 12)
    path = score_file(tmp_path / "class.xlsx").output
    book, page = support.opened(path)
    for row in HIDDEN:
        page.row_dimensions[row].hidden = True
    book.save(path)
    return path


def attached(draft: Path) -> list[object]:
    """The student IDs in the file that a draft holds."""
    with draft.open("rb") as file:
        message = message_from_binary_file(file, policy=policy.default)
    (attachment,) = message.iter_attachments()
    page = openpyxl.load_workbook(BytesIO(attachment.get_content()))["Markbook"]
    row = next(row for row in range(1, 9) if page.cell(row, 1).value == "Student ID")
    return [page.cell(r, 1).value for r in range(row + 1, page.max_row + 1)]


def test_the_preview_tells_how_many_are_hidden(filtered: Path, tmp_path: Path) -> None:
    ran = support.run("email", filtered, "--to", HEAD, "--draft", tmp_path / "d.eml")
    assert "4 of 12 students are in hidden rows" in ran.out
    assert len(attached(tmp_path / "d.eml")) == 12


def test_they_are_left_out_on_request(filtered: Path, tmp_path: Path) -> None:
    ran = support.run("email", filtered, "--to", HEAD, "--draft", tmp_path / "d.eml", "--without-hidden")
    assert "Students: 8" in ran.out
    assert "hidden rows" not in ran.out
    shown = [f"ZQ{1000 + row - 2}" for row in range(2, 14) if row not in HIDDEN]
    assert sorted(map(str, attached(tmp_path / "d.eml"))) == shown


def test_the_whole_workbook_cannot_leave_anybody_out(filtered: Path, tmp_path: Path) -> None:
    ran = support.run("email", filtered, "--to", HEAD, "--draft", tmp_path / "d.eml", "--whole", "--without-hidden")
    assert ran.code == 2
    assert "--without-hidden and --whole contradict" in ran.err


def test_the_button_tells_what_it_cannot_see(tmp_path: Path) -> None:
    class_workbook(tmp_path / "class.xlsx", students=20, seed=5)
    book = read_book(score_file(tmp_path / "class.xlsx").output)
    told = email_button(Memory(book), folder=tmp_path / "a")
    assert "hidden" not in told.partition("Left out")[0]
    blind = replace(book, sheets=tuple(replace(sheet, hidden_rows=None) for sheet in book.sheets))
    assert "which rows are hidden cannot be seen here" in email_button(Memory(blind), folder=tmp_path / "b")
