"""Speed of the server: calls over HTTP by size, and a hundred teachers at once who call functions and score their classes.

    python -m benchmarks.server [--workers N ...] [--users N]

It starts servers of its own on free ports of this machine, with the key for noncommercial use in those processes alone. Every
answer of a function is compared with Python's own, every scored class with the answer to a first call. The users are threads of
this process and share the processors with the server, so a server that is asked over a network does better.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier

import httpx
import numpy as np
import psutil

from addin.functions import INTERVENTION_RISK
from benchmarks.functions import SIZES, ranges
from benchmarks.measure import environment
from benchmarks.tables import Table, from_command_line
from templates.build import class_workbook
from tests.excel.engine import payload_of

CALLS = {1: 200, 30: 200, 200: 100, 2_000: 20}
"""Calls, one after the other, of a range of so many students."""

USERS, WORKERS = 100, (1, 2)
ROUNDS, FUNCTIONS = 2, 4
"""What each of the users who call at a time does: so many rounds of so many functions and one score of the class."""

CLASS = 30
PATIENCE = 60.0  # seconds
FUNCTION, SCORE = "/xlwings/custom-functions-call", "/xlwings/custom-scripts-call/score_class"


@dataclass(frozen=True)
class Question:
    """What a client sends, and the answer that it should get."""

    path: str
    body: bytes
    expected: object = None


@dataclass
class Timed:
    """Calls that were made: milliseconds of each, how many answers were wrong or none, and what they cost the server.

    `processor` is the server's processor time for all of them, in milliseconds: it says the same on a busy machine.
    """

    milliseconds: list[float]
    errors: int = 0
    processor: float = 0.0

    def row(self) -> tuple[str, ...]:
        """Calls, median, 99th percentile, processor time a call, errors."""
        median, high = np.percentile(self.milliseconds, (50, 99))
        calls = len(self.milliseconds)
        return f"{calls:,}", f"{median:.1f}", f"{high:.1f}", f"{self.processor / calls:.1f}", str(self.errors)


@contextmanager
def served(workers: int) -> Iterator[tuple[str, psutil.Process]]:
    """A server of our own: its address and its process. It is stopped as by Ctrl-C, and killed where it does not stop."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "addin.cli", "serve", "--port", str(port), "--workers", str(workers)],
            env={**environment(), "XLWINGS_LICENSE_KEY": "noncommercial"},
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
        watched = psutil.Process(process.pid)
        try:
            origin = f"http://127.0.0.1:{port}"
            _wait(origin, process, workers)
            yield origin, watched
        finally:
            family = everybody(watched)
            process.send_signal(signal.SIGINT)
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                for one in family:
                    one.kill()
                raise


def _wait(origin: str, process: subprocess.Popen[bytes], workers: int) -> None:
    """Until the server answers and, of several workers, each has answered: the others may still be importing."""
    ends, answered = time.monotonic() + PATIENCE, 0
    while time.monotonic() < ends and process.poll() is None:
        try:
            httpx.get(origin)
            answered += 1
            if answered == 5 * workers:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise SystemExit("the server did not start; try `markbook serve` by hand")


def everybody(server: psutil.Process) -> list[psutil.Process]:
    """The server's process and its workers."""
    return [server, *server.children(recursive=True)] if server.is_running() else []


def function_question(students: int) -> Question:
    """A range of so many students in a formula."""
    rows, headings, out_of = ranges(students)
    asked = {
        "client": "Office.js", "version": "", "runtime": "1.4", "func_name": "INTERVENTION_RISK",
        "args": [rows, headings, out_of], "caller_address": "[class.xlsx]Markbook!BJ5", "session_id": "benchmark",
        "culture_info_name": "en-GB", "date_format": "dd/mm/yyyy",
    }  # fmt: skip
    body = json.dumps(asked, default=str).encode()
    return Question(FUNCTION, body, INTERVENTION_RISK(rows, headings, out_of))


def score_question(origin: str) -> Question:
    """A whole workbook with a class of 30, as the button sends it; the server's first answer is the expected one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "class.xlsx"
        class_workbook(path, students=CLASS, seed=7)
        body = json.dumps(payload_of(path), default=str).encode()
    first = httpx.post(origin + SCORE, content=body, headers={"content-type": "application/json"}, timeout=PATIENCE)
    first.raise_for_status()
    return Question(SCORE, body, first.json())


def processor_time(server: psutil.Process) -> float:
    """Milliseconds that the server and its workers have spent on a processor."""
    times = [one.cpu_times() for one in everybody(server)]
    return float(1000 * sum(each.user + each.system for each in times))


def call(origin: str, questions: list[Question], begin: Barrier | None = None) -> list[tuple[Question, float, bool]]:
    """Ask one after the other over one connection, as one Excel does: each question with its milliseconds and whether the answer
    was right."""
    done = []
    # Without https there is no certificate to verify, and reading the system's costs each client some of the time that is measured.
    with httpx.Client(
        base_url=origin, headers={"content-type": "application/json"}, timeout=PATIENCE, verify=False
    ) as client:
        if begin is not None:
            begin.wait(PATIENCE)
        for question in questions:
            begun = time.perf_counter()
            try:
                answer = client.post(question.path, content=question.body)
                told = answer.json() if answer.status_code == 200 else None
            except (httpx.HTTPError, ValueError):
                told = None
            milliseconds = 1000 * (time.perf_counter() - begun)
            if question.path == FUNCTION and isinstance(told, dict):
                told = told.get("result")
            done.append((question, milliseconds, told == question.expected))
    return done


def timed(answers: list[tuple[Question, float, bool]]) -> Timed:
    """The figures of some answers."""
    return Timed([each for _, each, _ in answers], sum(not right for _, _, right in answers))


def together(origin: str, users: int, rounds: int) -> tuple[dict[str, Timed], float]:
    """Many users at a time, each with a class of 30: their function calls and their scores, and what was answered in a second."""
    one_round = [function_question(CLASS)] * FUNCTIONS + [score_question(origin)]
    begin = Barrier(users)
    with ThreadPoolExecutor(users) as pool:
        begun = time.perf_counter()
        answers = [
            each for done in pool.map(lambda _: call(origin, one_round * rounds, begin), range(users)) for each in done
        ]
        seconds = time.perf_counter() - begun
    split = {
        name: timed([each for each in answers if each[0].path == path])
        for name, path in (("function", FUNCTION), ("score class", SCORE))
    }
    return split, len(answers) / seconds


def tables(*, quick: bool = False, workers: Sequence[int] | None = None, users: int | None = None) -> list[Table]:
    """Measure."""
    workers, users, rounds = (
        workers or ((2,) if quick else WORKERS),
        users or (4 if quick else USERS),
        1 if quick else ROUNDS,
    )
    by_size, by_workers = [], []
    for number in workers:
        with served(number) as (origin, server):
            if number == workers[0]:
                by_size = [_one_user(origin, server, students, quick=quick) for students in SIZES]
            before = processor_time(server)
            split, rate = together(origin, users, rounds)
            spent = processor_time(server) - before
            memory = sum(one.memory_info().rss for one in everybody(server)) / 1e6
            answers = sum(len(each.milliseconds) for each in split.values())
        for name, each in split.items():
            calls, median, high, _, errors = each.row()
            all_of_them = (
                (f"{rate:.0f}", f"{spent / answers:.1f}", f"{memory:.0f}") if name == "function" else ("", "", "")
            )
            by_workers.append(
                (f"{number} worker{'s' * (number > 1)}, {name}", calls, median, high, errors, *all_of_them)
            )
    return [
        Table(
            "INTERVENTION_RISK over HTTP by one user, milliseconds",
            ("students", "calls", "median", "99th percentile", "processor time of the server", "errors"),
            by_size,
        ),
        Table(
            f"{users} users at once, a class of {CLASS} each: {FUNCTIONS} functions to one button Score class, milliseconds",
            (
                "workers, call", "calls", "median", "99th percentile", "errors", "calls a second", "processor time a call",
                "memory of the server, MB",
            ),
            by_workers,
            ("All users begin in the same moment and wait for one another's calls: teachers who never pause.",),
        ),
    ]  # fmt: skip


def _one_user(origin: str, server: psutil.Process, students: int, *, quick: bool) -> tuple[str, ...]:
    question = function_question(students)
    call(origin, [question] * 3)  # the first calls of a process are slower
    before = processor_time(server)
    done = timed(call(origin, [question] * (2 if quick else CALLS[students])))
    done.processor = processor_time(server) - before
    return (f"{students:,}", *done.row())


if __name__ == "__main__":
    from_command_line(tables, __doc__)
    sys.stdout.write(f"{os.cpu_count()} processors\n")
