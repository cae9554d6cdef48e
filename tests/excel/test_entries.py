"""What VBA's RunPython runs: each button's command on a real engine, and how results and faults are shown."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import xlwings

from addin import ribbon
from addin.errors import NoMarks
from addin.excel.buttons import BUTTONS
from addin.excel.desktop import entries
from addin.excel.desktop.callbacks import command_of
from addin.files.marked import score_file
from templates.build import class_workbook
from tests.excel import forked
from tests.excel.engine import payload_of
from tests.support import write_workbook

_CALLER = """
import json, sys
import xlwings as xw
payload, command = json.load(sys.stdin), sys.argv[1]
book = xw.Book(json=payload)
book.set_mock_caller()
exec(command)
json.dump([action["args"] for action in book.json()["actions"] if action["func"] == "alert"], sys.stdout)
"""


def shown(command: str, path: Path, home: Path) -> list[list[Any]]:
    """The messages that a command shows on a workbook in xlwings' remote engine, in a process of its own."""
    given = json.dumps(payload_of(path))
    messages = json.loads(forked.python(_CALLER, command, given=given, folder=home, MARKBOOK_HOME=str(home)))
    assert isinstance(messages, list)
    return messages


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("entries") / "class.xlsx"
    class_workbook(path, students=10, seed=7)
    return score_file(path).output


@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.id)
def test_every_command_runs_and_tells_in_one_message(button: Any, marked: Path, tmp_path: Path) -> None:
    ((told, title, *_),) = shown(command_of(button), marked, tmp_path)
    assert told
    assert "unexpected fault" not in told
    assert title == f"Maths Clinic: {button.label}"


def test_a_book_without_students_is_told_and_not_raised(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "notes.xlsx", {"Notes": [["Buy", "compasses"]]})
    ((told, *_),) = shown(command_of(BUTTONS[0]), path, tmp_path)
    assert "unexpected fault" not in told
    assert told.endswith(".")


class Desktop:
    """As much of an open workbook on the desktop as an entry touches."""

    def __init__(self) -> None:
        self.bars: list[object] = []
        self.messages: list[tuple[str, str, str | None]] = []
        self.app = self
        self.engine = SimpleNamespace(type="desktop")

    @property
    def status_bar(self) -> object:
        return self.bars[-1]

    @status_bar.setter
    def status_bar(self, text: object) -> None:
        self.bars.append(text)

    def alert(self, prompt: str, title: str, mode: str | None) -> None:
        self.messages.append((prompt, title, mode))


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> Desktop:
    book = Desktop()
    monkeypatch.setattr(xlwings.Book, "caller", lambda: book)
    return book


def test_the_status_bar_says_what_goes_on_and_is_given_back(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ribbon, "score_button", lambda host: f"bar: {host.book.status_bar}")
    entries.score_class()
    assert desktop.messages == [("bar: Maths Clinic: scoring the class ...", "Maths Clinic: Score class", None)]
    assert desktop.bars[-1] is False


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NoMarks("Sheet 'Y9' has no mark. Enter one."), "Sheet 'Y9' has no mark. Enter one."),
        (ZeroDivisionError("division\nby zero"), "An unexpected fault (ZeroDivisionError: division by zero)."),
    ],
)
def test_an_error_is_one_message(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    def fail(_: object) -> str:
        raise error

    monkeypatch.setattr(ribbon, "score_button", fail)
    entries.score_class()
    ((told, _, mode),) = desktop.messages
    assert told.startswith(words)
    assert "Traceback" not in told
    assert mode == "critical"
    assert desktop.bars[-1] is False
