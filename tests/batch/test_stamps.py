"""What has not changed costs a look at its entry and no reading; whatever has changed is read."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from addin.batch.run import run_batch
from addin.batch.stamps import COARSE, stamps
from tests.batch.support import trust

_opened: list[str] | None = None


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if _opened is not None and event == "open" and str(arguments[0]).endswith(".xlsx"):
        _opened.append(str(arguments[0]))


sys.addaudithook(_hear)


@contextmanager
def opened() -> Iterator[list[str]]:
    """The workbooks that this process opens meanwhile."""
    global _opened
    _opened = []
    try:
        yield _opened
    finally:
        _opened = None


def long_ago(path: Path) -> None:
    """A file is rarely scored within two seconds of its saving; here it would be."""
    before = time.time_ns() - 10 * COARSE
    os.utime(path, ns=(before, before))


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    markbooks, output = tmp_path / "markbooks", tmp_path / "results"
    for file in trust(markbooks, schools=1, classes=2):
        long_ago(markbooks / file)
    assert run_batch(markbooks, output, workers=1).scored == 2
    return markbooks, output


def test_what_has_not_changed_is_not_read(folders: tuple[Path, Path]) -> None:
    markbooks, output = folders
    with opened() as files:
        assert run_batch(markbooks, output, workers=1).unchanged == 2
    assert [file for file in files if "overview" not in file] == []


def test_what_was_only_touched_is_read_once_and_then_known(folders: tuple[Path, Path]) -> None:
    markbooks, output = folders
    touched = next(markbooks.rglob("*.xlsx"))
    os.utime(touched, ns=(1, 1))
    for times in (1, 0):
        with opened() as files:
            assert run_batch(markbooks, output, workers=1).unchanged == 2
        assert sum(Path(file) == touched for file in files) == times


@pytest.mark.parametrize("which", ["markbook", "result"])
def test_a_change_of_the_same_size_and_time_of_saving_is_seen(folders: tuple[Path, Path], which: str) -> None:
    markbooks, output = folders
    file = next((markbooks if which == "markbook" else output).rglob("7m0.xlsx"))
    before = file.stat()
    content = bytearray(file.read_bytes())
    content[-1] ^= 1  # of the comment's length: no longer a whole archive
    file.write_bytes(content)
    os.utime(file, ns=(before.st_mtime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert run_batch(markbooks, output, workers=1).unchanged == 1


def test_what_was_saved_just_now_has_no_stamps(tmp_path: Path) -> None:
    source, result = tmp_path / "9A.xlsx", tmp_path / "marked.xlsx"
    source.write_bytes(b"a")
    result.write_bytes(b"b")
    assert stamps(source, result) == ()
    long_ago(source)
    first = stamps(source, result)
    assert [size for size, _, _ in first] == [1, 1]
    result.write_bytes(b"bb")
    assert stamps(source, result) != first
