"""The button Letters, on the desktop and on a server: the same letters as the command, and no name in what is told."""

from __future__ import annotations

import io
import zipfile
from base64 import b64decode
from pathlib import Path

import pytest

from addin.errors import RequestProblem
from addin.excel.server.files import letter_files
from addin.hosts.memory import Memory
from addin.letters.folder import BUTTONS_FOLDER, MAIL_MERGE
from addin.ribbon import letters_button
from tests.letters.samples import decided_book
from tests.support import contents, students

pytestmark = pytest.mark.dates

DECISIONS = ["Accept", "Reject", "Accept"]


def test_letters_go_into_a_folder_of_the_program(home: Path) -> None:
    told = letters_button(Memory(decided_book(DECISIONS)))
    (folder,) = (home / BUTTONS_FOLDER).iterdir()
    assert folder.name.startswith("9K-")
    assert len(contents(folder)) == 2 * 2 * 2 + 1
    assert told.startswith("2 students: a letter to the family and one to the student. No letter for 1: 1 Reject.")
    assert str(folder) in told
    assert not [row for row in students(3) if str(row[1]) in told]


def test_a_server_hands_over_the_same_files_and_writes_none(home: Path, tmp_path: Path) -> None:
    book = decided_book(DECISIONS)
    letters_button(Memory(book), folder=tmp_path / "x")
    before = {path.relative_to(home) for path in home.rglob("*")}
    told, (archive,) = letter_files(book)
    assert archive.name == "9K-letters.zip"
    with zipfile.ZipFile(io.BytesIO(b64decode(archive.base64))) as opened:
        assert {name: opened.read(name) for name in opened.namelist()} == contents(tmp_path / "x")
        assert MAIL_MERGE in opened.namelist()
    assert {path.relative_to(home) for path in home.rglob("*")} == before
    assert told.startswith("2 students:")


@pytest.mark.parametrize("press", [letters_button, lambda host: letter_files(host.read())])
def test_nobody_accepted(press: object, home: Path) -> None:
    with pytest.raises(RequestProblem, match="no student has the decision Accept"):
        press(Memory(decided_book(["Reject"])))  # type: ignore[operator]
    assert not (home / BUTTONS_FOLDER).exists()
