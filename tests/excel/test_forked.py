"""Processes that are forked from one with xlwings in it are as good as fresh ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.excel import forked


def test_nothing_of_one_program_reaches_the_next(tmp_path: Path) -> None:
    first = "import os, xlwings; xlwings.mine = 1; os.environ['LEFT'] = 'x'; os.chdir('/'); print(xlwings.mine)"
    assert forked.python(first, given="", folder=tmp_path) == "1\n"
    look = "import os, xlwings; print(hasattr(xlwings, 'mine'), 'LEFT' in os.environ, os.getcwd())"
    assert forked.python(look, given="", folder=tmp_path) == f"False False {tmp_path.resolve()}\n"


def test_a_program_gets_what_it_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OF_THIS_TEST", "é")
    program = "import os, sys; print(sys.stdin.read(), sys.argv[1:], os.environ['OF_THIS_TEST'], os.environ['MORE'])"
    told = forked.python(program, "a", "b", given="▲ High", folder=tmp_path, MORE="m")
    assert told == "▲ High ['a', 'b'] é m\n"


def test_a_program_that_fails_is_told_and_the_next_one_runs(tmp_path: Path) -> None:
    for broken in ("raise SystemExit('no good')", "no good", "import os; os.abort()"):
        with pytest.raises(AssertionError, match=r"no good|-6"):
            forked.python(broken, given="", folder=tmp_path)
    assert forked.python("print(1)", given="", folder=tmp_path) == "1\n"
