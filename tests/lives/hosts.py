"""The three places where a markbook lives: a workbook, and the way into the program that works on it there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from addin.excel.lite.build import build
from tests.excel.lite.inside import carried_texts
from tests.lives.onto_disk import load, save
from tests.lives.workbook import Workbook
from tests.tools import ROOT, import_path

SCRIPTS = {"score": "score_class", "clear": "clear_results", "plan": "plan_clinics", "check": "check_data"}
FILE = "class.xlsx"


@dataclass
class Worker:
    """A process of worker.py."""

    process: subprocess.Popen[str]

    def send(self, day: date, **asked: Any) -> None:
        """Ask."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"day": day.isoformat(), **asked}) + "\n")
        self.process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """What it answers to what was asked first."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the program ended: look at its standard error"
        found: dict[str, Any] = json.loads(line)
        return found


@dataclass(frozen=True)
class Told:
    """What came of a press: whether it was done, what was told, and whether a refusal was one of ours in one line."""

    done: bool
    text: str
    proper: bool = True


@dataclass
class Host:
    """A workbook and how the program is reached from it.

    Args:
        name: "file", "server" or "lite".
        worker: The way into the program.
        commands: The command line, which every host needs for what has no button.
        folder: Where its files are.
        book: The workbook; None before a life begins.
        saved: Its file as it was saved before the last command.
    """

    name: str
    worker: Worker
    commands: Worker
    folder: Path
    book: Workbook = field(default_factory=lambda: Workbook({}))
    saved: bytes = b""

    @property
    def path(self) -> Path:
        """Its file, as far as it has one."""
        return self.folder / FILE

    def send(self, day: date, press: str, options: Sequence[str] = ()) -> None:
        """Press a button, or run the command that does the same; `take` answers.

        Args:
            options: What follows the command on a command line.
        """
        if self.name == "file":
            self._save()
            self.worker.send(day, arguments=[press, str(self.path), *options])
        else:
            self.worker.send(day, payload=self.book.payload(), script=SCRIPTS[press], args=[])

    def take(self) -> Told:
        """What came of the press that was sent, once the workbook holds it."""
        answer = self.worker.answer()
        if self.name == "file":
            return self._ran(answer, self.path)
        return self._acted(answer)

    def take_from(self, result: Path) -> Told:
        """The same of a command whose result is another file."""
        return self._ran(self.worker.answer(), result)

    def decide(self, day: date, key: str, decision: str, note: str) -> Told:
        """Enter a decision in the server's task pane."""
        self.worker.send(day, payload=self.book.payload(), script="enter_decision", args=[key, decision, note])
        return self._acted(self.worker.answer())

    def command(self, day: date, arguments: Sequence[str], *, result: Path | None = None) -> Told:
        """Save the workbook, close it, run a command on the file, and open what it left.

        Args:
            arguments: "{file}" stands for the workbook's file.
            result: The file that is opened afterwards; left out, the same.
        """
        self._save()
        self.commands.send(day, arguments=[word.replace("{file}", str(self.path)) for word in arguments])
        return self._ran(self.commands.answer(), result or self.path)

    def _save(self) -> None:
        save(self.book, self.path)
        self.saved = self.path.read_bytes()

    def _ran(self, answer: dict[str, Any], path: Path) -> Told:
        done = answer["code"] == 0 or not answer["error"]  # check ends with 1 where it has queries
        if done and path.exists():
            self.book = load(path, self.book.names)
        lines = answer["error"].strip().splitlines()
        proper = done or (len(lines) == 1 and lines[0].startswith("error: ") and "unexpected fault" not in lines[0])
        return Told(done, answer["out"] if done else answer["error"].removeprefix("error: "), proper)

    def _acted(self, answer: dict[str, Any]) -> Told:
        if answer["error"]:
            return Told(False, answer["error"], "MarkbookError" in answer["kinds"])
        answers = self.book.act(answer["actions"])
        for page in self.book.pages.values():
            page.calculate()
        if self.name == "server":
            return Told(True, str(answers[-1]["told"]))
        # Lite says a refusal in the same pane as everything else; what is refused leaves no action.
        said = answer["said"].strip()
        done = bool(answer["actions"]) or said.endswith("has no results to clear.")
        return Told(done, said, "unexpected fault" not in said)


@contextmanager
def hosts(folder: Path, *, fault: str = "", faulty: Sequence[str] = ("file", "server", "lite")) -> Iterator[list[Host]]:
    """The three hosts, their processes running.

    Args:
        folder: Where everything is kept.
        fault: Python that makes the program do something wrong; "" leaves it as it is.
        faulty: In which hosts.
    """
    main_py = folder / "main.py"
    main_py.write_text(_carried(), encoding="utf-8")
    kinds = {"file": ("command",), "server": ("server",), "lite": ("lite", str(main_py))}
    with ExitStack() as stack:
        workers = {}
        for name, (kind, *more) in kinds.items():
            place = folder / name
            place.mkdir()
            given = fault if name in faulty else ""
            workers[name] = stack.enter_context(_worker(place, kind, given, *more))
        yield [Host(name, worker, workers["file"], folder / name) for name, worker in workers.items()]


@cache
def _carried() -> str:
    """The main.py that a workbook for Lite carries."""
    with tempfile.TemporaryDirectory() as place:
        lite = Path(place) / "lite.xlsx"
        build(lite, source=None)
        return carried_texts(lite)["main.py"]


@contextmanager
def _worker(folder: Path, kind: str, fault: str, *more: str) -> Iterator[Worker]:
    settings = {
        **os.environ, "XLWINGS_LICENSE_KEY": "noncommercial", "XLWINGS_ON_SERVER": "true", "PYTHONPATH": import_path(),
        "MARKBOOK_HOME": str(folder / "home"), "MARKBOOK_SOURCES": str(ROOT), "COLUMNS": "120", "TZ": "UTC",
    }  # fmt: skip
    if kind == "command":
        settings.pop("XLWINGS_LICENSE_KEY")
    process = subprocess.Popen(
        [sys.executable, "-X", "utf8", str(Path(__file__).parent / "worker.py"), kind, fault, *more],
        cwd=folder, env=settings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    try:
        yield Worker(process)
    finally:
        process.communicate(timeout=30)
