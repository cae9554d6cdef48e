"""Speed of the server: spilled calls over HTTP by size, and many users at a time; every answer is compared with Python's own.

python -m benchmarks.server [--workers N] [--users N]

It starts a server of its own on a free port of this machine, with the key for noncommercial use in that process alone.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier

import httpx
import numpy as np
import psutil
from rich.console import Console
from rich.table import Table

from addin.functions import INTERVENTION_RISK
from benchmarks.functions import SIZES, ranges

CALLS = {1: 200, 30: 200, 200: 100, 2_000: 20}
"""Calls, one after the other, of a range of so many students."""

EACH = 10
"""Calls of each of the users who call at a time."""

CLASS = 30
PATIENCE = 60.0  # seconds


@dataclass
class Timed:
    """Calls that were made: milliseconds of each, how many answers were wrong or none, and what they cost the server.

    `processor` is the server's processor time for all of them, in milliseconds: it says the same on a busy machine.
    """

    milliseconds: list[float]
    errors: int
    processor: float = 0.0

    def row(self) -> tuple[str, ...]:
        """Calls, median, 99th percentile, processor time a call, errors."""
        median, high = np.percentile(self.milliseconds, (50, 99))
        calls = len(self.milliseconds)
        return f"{calls:,}", f"{median:.1f}", f"{high:.1f}", f"{self.processor / calls:.1f}", str(self.errors)


@contextmanager
def served(workers: int) -> Iterator[tuple[str, psutil.Process]]:
    """A server of our own: its address and its process."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "addin.cli", "serve", "--port", str(port), "--workers", str(workers)],
            env={**os.environ, "XLWINGS_LICENSE_KEY": "noncommercial"},
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
        try:
            origin = f"http://127.0.0.1:{port}"
            _wait(origin, process)
            yield origin, psutil.Process(process.pid)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)


def _wait(origin: str, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and process.poll() is None:
        try:
            httpx.get(origin)
            return
        except httpx.TransportError:
            time.sleep(0.05)
    raise SystemExit("the server did not start; try `markbook serve` by hand")


def question(students: int) -> tuple[bytes, object]:
    """What Excel's client sends for a range of so many students, and the answer that it should get."""
    rows, headings, out_of = ranges(students)
    asked = {
        "client": "Office.js", "version": "", "runtime": "1.4", "func_name": "INTERVENTION_RISK",
        "args": [rows, headings, out_of], "caller_address": "[class.xlsx]Markbook!BJ5", "session_id": "benchmark",
        "culture_info_name": "en-GB", "date_format": "dd/mm/yyyy",
    }  # fmt: skip
    return json.dumps(asked, default=str).encode(), INTERVENTION_RISK(rows, headings, out_of)


def processor_time(server: psutil.Process) -> float:
    """Milliseconds that the server and its workers have spent on a processor."""
    times = [one.cpu_times() for one in (server, *server.children(recursive=True))]
    return 1000 * sum(each.user + each.system for each in times)


def call(origin: str, body: bytes, expected: object, times: int, begin: Barrier | None = None) -> Timed:
    """Call one after the other over one connection, as one Excel does."""
    done = Timed([], 0)
    with httpx.Client(base_url=origin, headers={"content-type": "application/json"}, timeout=PATIENCE) as client:
        if begin is not None:
            begin.wait()
        for _ in range(times):
            begun = time.perf_counter()
            try:
                answer = client.post("/xlwings/custom-functions-call", content=body)
                right = answer.status_code == 200 and answer.json()["result"] == expected
            except httpx.HTTPError:
                right = False
            done.milliseconds.append(1000 * (time.perf_counter() - begun))
            done.errors += not right
    return done


def together(origin: str, users: int) -> tuple[Timed, float]:
    """Many users at a time, each with a class of 30: all their calls, and the calls answered in a second."""
    body, expected = question(CLASS)
    begin = Barrier(users)
    with ThreadPoolExecutor(users) as pool:
        begun = time.perf_counter()
        each = list(pool.map(lambda _: call(origin, body, expected, EACH, begin), range(users)))
        seconds = time.perf_counter() - begun
    all_of_them = Timed([ms for one in each for ms in one.milliseconds], sum(one.errors for one in each))
    return all_of_them, len(all_of_them.milliseconds) / seconds


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser()
    options.add_argument("--workers", type=int, default=1)
    options.add_argument("--users", type=int, default=50)
    wanted = options.parse_args()
    console = Console(width=110)
    table = Table(
        title=f"INTERVENTION_RISK over HTTP, milliseconds; workers: {wanted.workers}, processors: {os.cpu_count()}",
        title_justify="left",
    )
    table.add_column("students, users")
    for heading in ("calls", "median", "99th percentile", "processor time of the server", "errors"):
        table.add_column(heading, justify="right")
    with served(wanted.workers) as (origin, server):
        for students in SIZES:
            body, expected = question(students)
            call(origin, body, expected, 3)  # the first calls of a process are slower
            before = processor_time(server)
            done = call(origin, body, expected, CALLS[students])
            done.processor = processor_time(server) - before
            table.add_row(f"{students:,}, 1", *done.row())
        before = processor_time(server)
        many, rate = together(origin, wanted.users)
        many.processor = processor_time(server) - before
        table.add_row(f"{CLASS}, {wanted.users} at a time", *many.row())
        memory = sum(one.memory_info().rss for one in (server, *server.children(recursive=True)))
    console.print(table)
    console.print(f"{rate:.0f} calls a second from {wanted.users} users; memory of the server: {memory / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
