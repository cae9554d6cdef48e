"""The real server in a test: `markbook serve` as a process of its own on a free port of this machine, and what it logged."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.tools import import_path, missing

PATIENCE = 60.0
"""Seconds until a server that does not answer is taken for broken; a slow machine needs a few."""


@dataclass(frozen=True)
class Live:
    """A running server.

    Args:
        origin: Its address, such as "http://127.0.0.1:43210".
        log_file: What it writes to stderr.
    """

    origin: str
    log_file: Path

    @property
    def log(self) -> str:
        """Everything it has logged so far."""
        return self.log_file.read_text(encoding="utf-8")


def needed_server() -> None:
    """Skip, or fail where nothing may be missing, without the extra `server`."""
    if find_spec("xlwings_server") is None or find_spec("httpx") is None:
        missing("xlwings Server is not installed (pip install 'maths-markbook[server]' httpx)")


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a server process: a data folder of its own, and the key for noncommercial use there alone."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("XLWINGS_", "MARKBOOK_"))}
    return {
        **inherited,
        "MARKBOOK_HOME": str(home),
        "PYTHONPATH": import_path(),
        "PYTHONUNBUFFERED": "1",
        "XLWINGS_LICENSE_KEY": "noncommercial",
        **more,
    }


def workers(live: Live, expected: int) -> int:
    """How many worker processes have started, once there are so many or patience ends: the first answers before the last is up."""
    ends = time.monotonic() + PATIENCE
    while True:
        started = len(set(re.findall(r"Started server process \[(\d+)\]", live.log)))
        if started >= expected or time.monotonic() > ends:
            return started
        time.sleep(0.05)


@contextmanager
def live_server(folder: Path, *options: str, scheme: str = "http", **more: str) -> Iterator[Live]:
    """A server that answers, stopped as Ctrl+C would stop it.

    Args:
        folder: Where its log and its data folder go; it is also its working folder.
        options: Further options of `markbook serve`.
        scheme: http, or https where certificate and key are among the options.
        more: Environment variables.
    """
    port = free_port()
    log_file = folder / "server.log"
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "addin.cli", "serve", "--port", str(port), *options],
            cwd=folder,
            env=environment(folder / "home", **more),
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
    live = Live(f"{scheme}://127.0.0.1:{port}", log_file)
    try:
        _wait(process, live, port)
        yield live
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            pytest.fail(f"the server did not stop: {live.log}")
        if process.returncode != 0 or "Traceback" in live.log:
            pytest.fail(f"the server ended with {process.returncode}: {live.log}")


def _wait(process: subprocess.Popen[bytes], live: Live, port: int) -> None:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if process.poll() is not None:
            pytest.fail(f"the server ended: {live.log}")
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"the server did not answer: {live.log}")
