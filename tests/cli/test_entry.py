"""The one place where errors become a line and an exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from addin.cli import entry
from addin.errors import NoMarks
from templates.build import class_workbook
from tests.support import class_file, refused, run
from tests.tools import import_path


def raising(error: BaseException) -> click.Command:
    @click.command()
    def command() -> None:
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NoMarks("Sheet 'Y9'\nhas no mark.  Enter one."), "Sheet 'Y9' has no mark. Enter one."),
        (click.Abort(), "stopped"),
        (OSError(28, "No space left on device", "class.marked.xlsx"), "class.marked.xlsx: No space left on device"),
        (PermissionError(13, "Permission denied"), "Permission denied"),
    ],
)
def test_an_error_is_one_line(error: BaseException, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry, "markbook", raising(error))
    assert words in refused(run())


def test_an_interruption_is_one_line_below_the_sign_of_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry, "markbook", raising(KeyboardInterrupt()))
    ran = run()
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.strip().startswith("error: stopped.")
    assert ran.err.strip().count("\n") == 0


def test_even_a_fault_of_ours_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry, "markbook", raising(ZeroDivisionError("division\nby zero")))
    ran = run()
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert ran.err.startswith("error: an unexpected fault (ZeroDivisionError: division by zero).")


@pytest.mark.parametrize(
    "arguments",
    [
        ["sing"],
        ["score"],
        ["score", "--sing"],
        ["new", "a.xlsx", "--students", "many"],
        ["email", "a.xlsx"],
        ["model", "sing"],
    ],
)
def test_wrong_usage_is_2(arguments: list[str]) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "Error" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], *([name, "--help"] for name in entry.COMMANDS)])
def test_help_is_0(arguments: list[str]) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Usage: ")


def test_the_list_of_commands_and_the_version() -> None:
    assert all(f"  {name} " in run("--help").out for name in entry.COMMANDS)
    assert run("--version").out.startswith("markbook, version ")


def test_as_a_program_of_its_own(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "addin.cli", "score"]
    done = subprocess.run([*command, class_file(tmp_path / "class.xlsx")], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    missing = subprocess.run([*command, "missing.xlsx"], capture_output=True, check=False, cwd=tmp_path)
    assert (missing.returncode, missing.stdout) == (1, b"")
    assert missing.stderr.startswith(b"error: missing.xlsx: there is no such file.")


# Each command on the same terminal; what they need is imported once.
_ONE_AFTER_THE_OTHER = """
import json, sys
from addin.cli.entry import main
for place, arguments in enumerate(json.loads(sys.argv[1])):
    print("-- next --" if place else "", end="")
    try:
        main(arguments)
    except SystemExit as ended:
        if ended.code:
            raise
"""


@pytest.mark.parametrize("settings", [
    {"PYTHONIOENCODING": "cp1252"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "COLUMNS": "40"},
], ids=["an old code page", "nothing but ASCII, narrow"])  # fmt: skip
def test_a_terminal_that_lacks_the_signs_of_the_flags(tmp_path: Path, settings: dict[str, str]) -> None:
    class_workbook(tmp_path / "class.xlsx", students=12, seed=7)

    every = (
        ("score", "class.xlsx"), ("plan", "class.marked.xlsx"), ("check", "class.xlsx"),
        ("email", "class.marked.xlsx", "--to", "head@school.example", "--draft", "class.eml"),
        ("batch", ".", "-o", "results"), ("letters", "class.marked.xlsx", "-o", "letters"), ("clear", "class.marked.xlsx"),
    )  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", _ONE_AFTER_THE_OTHER, json.dumps(every)],
        cwd=tmp_path, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": import_path(), **settings},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    score, plan, *others = done.stdout.split(b"-- next --")
    assert b"? High" in score
    assert b"Mon lunch: Monday " in plan
    assert len(others) == len(every) - 2
    assert all(told.strip() for told in others)
