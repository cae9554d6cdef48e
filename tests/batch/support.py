"""A small trust in a folder, runs of `markbook batch` in processes of their own, and what they leave."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from addin.batch.files import CSV_NAME, LEDGER_NAME, OVERVIEW_NAME, PAGE_NAME
from tests.support import class_file

OWN_FILES = {CSV_NAME, LEDGER_NAME, OVERVIEW_NAME, PAGE_NAME}

_STAMPS = re.compile(rb'"stamps": \[.*?\](?=, "students")')

BROKEN: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_text("Name,Angles\nOva,12\n"),
    "cut off": lambda path: path.write_bytes(class_file(path).read_bytes()[:900]),
    "encrypted": lambda path: path.write_bytes(
        bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504) + "EncryptedPackage".encode("utf-16-le")
    ),
    "no students": lambda path: class_file(path, 0),
}
"""Five kinds of workbook that cannot be scored."""


def trust(folder: Path, *, schools: int = 2, classes: int = 3, students: int = 12, broken: bool = False) -> list[str]:
    """Classes of invented students in one folder a school; answers the paths of those that can be scored."""
    files = []
    for school in range(schools):
        for number in range(classes):
            file = f"School {school}/Year {7 + number % 5}/{7 + number % 5}m{number}.xlsx"
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            class_file(path, students + number, seed=100 * school + number, first=100 * number)
            files.append(file)
    for number, make in enumerate(BROKEN.values() if broken else ()):
        make(folder / f"School {number % schools}" / f"broken {number}.xlsx")
    return sorted(files)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path; of the ledger without the times of files, which no two runs have alike."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): _STAMPS.sub(b"", path.read_bytes())
        if path.name == LEDGER_NAME
        else path.read_bytes()
        for path in paths
    }


def results(output: Path) -> list[str]:
    """The workbooks below an output folder, without what is the batch's own."""
    return sorted(set(tree(output)) - OWN_FILES)


def start(*arguments: object, **settings: str) -> subprocess.Popen[str]:
    """Begin `markbook batch` in a process group of its own, as a shell does."""
    return subprocess.Popen(
        [sys.executable, "-m", "addin.cli", "batch", *map(str, arguments)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True,
        env={**os.environ, "PYTHONUTF8": "1", **settings},
    )  # fmt: skip


def ended(run: subprocess.Popen[str], *, seconds: float = 120) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a run that must come to its end."""
    out, err = run.communicate(timeout=seconds)
    return run.returncode, out, err


def wait_for(what: Callable[[], bool], run: subprocess.Popen[str], *, seconds: float = 60) -> None:
    """Wait until something is so, while a run goes on."""
    until = time.monotonic() + seconds
    while not what():
        assert run.poll() is None, f"the run ended too early: {run.communicate()}"
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.002)


def worker_processes(run: subprocess.Popen[str]) -> list[psutil.Process]:
    """The processes that work for a run."""
    found = []
    for child in psutil.Process(run.pid).children(recursive=True):
        try:
            if any("LokyProcess" in word for word in child.cmdline()):
                found.append(child)
        except psutil.Error:
            continue
    return found


@contextmanager
def scratch_group(run: subprocess.Popen[str]) -> Iterator[subprocess.Popen[str]]:
    """A run that is ended with all its processes, whatever the test does."""
    try:
        yield run
    finally:
        with suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)
        run.communicate()


@contextmanager
def whoever_scores_dies(result_folder: Path, kill: Callable[[], object]) -> Iterator[None]:
    """Call `kill` each time that a worker has begun with the one workbook whose result goes into this folder.

    A worker makes the result's folder before it reads the workbook: that is when it is at it.
    """
    over = threading.Event()

    def watch() -> None:
        while not over.is_set():
            try:
                result_folder.rmdir()
            except OSError:
                time.sleep(0.001)
                continue
            kill()

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield
    finally:
        over.set()
        watching.join()
