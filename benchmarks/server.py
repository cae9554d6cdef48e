"""Speed of the server: calls over HTTP by size, and a hundred teachers at once who call functions and score their classes.

    python -m benchmarks.server [--workers N ...] [--users N]

It starts servers of its own on free ports of this machine, with the key for noncommercial use in those processes alone. Every
answer of a function is compared with Python's own; of the button any answer is right, since the tests judge those. The users are
threads of this process and share the processors with the server, so a server that is asked over a network does better.
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
from functools import cache
from pathlib import Path
from threading import Barrier

import httpx
import numpy as np
import psutil

from addin import functions
from benchmarks.functions import SIZES, ranges
from benchmarks.measure import environment
from benchmarks.tables import Table, from_command_line, verdict
from templates.build import class_workbook
from tests.excel.engine import payload_of

CALLS = {1: 200, 30: 200, 200: 100, 2_000: 20}
"""Calls, one after the other, of a range of so many students."""

USERS, WORKERS = 100, (1, 2)
ROUNDS = 2
FUNCTIONS = ("INTERVENTION_RISK", "INTERVENTION_FLAG", "INTERVENTION_WHY", "INTERVENTION_TOPICS")
"""What each of the users who call at a time asks for, so many rounds of it."""

OF_BARE, UNEVEN, IN_PROCESS = 0.5, 3.0, 3.0
"""Goals: calls a second beside the bare endpoint's, the 99th percentile beside the median, a large call beside that in process."""

CLASS = 30
PATIENCE = 60.0  # seconds
FUNCTION, SCORE = "/xlwings/custom-functions-call", "/xlwings/custom-scripts-call/score_class"


_ranges = cache(ranges)


@dataclass(frozen=True)
class Question:
    """What a client sends, and the answer that it should get; None where any will do."""

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
def served(workers: int, *, bare: bool = False) -> Iterator[tuple[str, psutil.Process]]:
    """A server of our own, or the bare endpoint: its address and its process. It is stopped as by Ctrl-C, and killed where it does
    not stop."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = str(trial.getsockname()[1])
    ours = ["addin.cli", "serve", "--port", port, "--workers", str(workers)]
    theirs = ["uvicorn", "--factory", "benchmarks.bare_endpoint:application", "--port", port, "--workers", str(workers)]
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *(theirs if bare else ours), *(["--no-access-log"] if bare else [])],
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


def function_question(students: int, function: str = "INTERVENTION_RISK", whose: int = 0) -> Question:
    """A range of so many students in a formula; `whose` makes it another class: the baseline of its first student differs."""
    rows, headings, out_of = _ranges(students)
    first = list(rows[0])
    first[headings[0].index("KS2 maths")] = 80 + whose / 4
    rows = [first, *rows[1:]]
    asked = {
        "client": "Office.js", "version": "", "runtime": "1.4", "func_name": function,
        "args": [rows, headings, out_of], "caller_address": "[class.xlsx]Markbook!BJ5", "session_id": "benchmark",
        "culture_info_name": "en-GB", "date_format": "dd/mm/yyyy",
    }  # fmt: skip
    body = json.dumps(asked, default=str).encode()
    return Question(FUNCTION, body, getattr(functions, function)(rows, headings, out_of))


@cache
def score_question(seed: int) -> Question:
    """The button Score class on a whole workbook with a class of 30."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "class.xlsx"
        class_workbook(path, students=CLASS, seed=seed)
        return Question(SCORE, json.dumps(payload_of(path), default=str).encode())


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
            done.append((question, milliseconds, told is not None and question.expected in (None, told)))
    return done


def timed(answers: list[tuple[Question, float, bool]]) -> Timed:
    """The figures of some answers."""
    return Timed([each for _, each, _ in answers], sum(not right for _, _, right in answers))


def together(origin: str, users: Sequence[list[Question]]) -> tuple[list[tuple[Question, float, bool]], float]:
    """Many users at a time who each ask their questions, and how many were answered in a second."""
    begin = Barrier(len(users))
    with ThreadPoolExecutor(len(users)) as pool:
        begun = time.perf_counter()
        answers = [each for done in pool.map(lambda asked: call(origin, asked, begin), users) for each in done]
        seconds = time.perf_counter() - begun
    return answers, len(answers) / seconds


def tables(*, quick: bool = False, workers: Sequence[int] | None = None, users: int | None = None) -> list[Table]:
    """Measure."""
    workers = workers or ((2,) if quick else WORKERS)
    users, rounds = users or (4 if quick else USERS), 1 if quick else ROUNDS
    return [_by_size(quick=quick), *_functions(users, rounds), _scored(workers, users)]


def _by_size(*, quick: bool) -> Table:
    """One user's calls by the size of the class."""
    rows, ratio = list[tuple[str, ...]](), 0.0
    with served(1) as (origin, server):
        for students in SIZES:
            row, ratio = _one_user(origin, server, students, quick=quick)
            rows.append(row)
    return Table(
        "INTERVENTION_RISK over HTTP by one user, another class in each call, milliseconds",
        (
            "students",
            "calls",
            "median",
            "99th percentile",
            "processor time of the server",
            "errors",
            "median / in process",
        ),
        rows,
        (
            f"{SIZES[-1]:,} students: {ratio:.2f} times the call in process. Goal "
            f"{verdict(ratio <= IN_PROCESS, f'at most {IN_PROCESS:g}')}.",
        ),
    )


def _functions(users: int, rounds: int) -> tuple[Table, Table]:
    """Function calls of many users with classes of their own: the bare endpoint and ours; and ours by what was asked for."""
    asked = [[function_question(CLASS, function, whose) for function in FUNCTIONS] * rounds for whose in range(users)]
    rows, rates, unevenness = [], {}, 0.0
    for name, bare in (("bare endpoint", True), ("ours", False)):
        with served(2, bare=bare) as (origin, _):
            together(origin, [[asked[0][0]]] * 10)  # the first calls of a process are slower
            answers, rates[name] = together(origin, asked)
        done = timed(answers)
        median, high = np.percentile(done.milliseconds, (50, 99))
        unevenness = high / median
        errors = "" if bare else str(done.errors)  # the bare endpoint knows no answers
        figures = f"{median:.0f}", f"{high:.0f}", f"{unevenness:.1f}", errors, f"{rates[name]:.0f}"
        rows.append((name, f"{len(answers):,}", *figures))
    ratio = rates["ours"] / rates["bare endpoint"]
    side_by_side = Table(
        f"{users} users at once, a class of {CLASS} of their own each, {', '.join(FUNCTIONS)}, {rounds} times, two workers",
        ("server", "calls", "median, ms", "99th percentile, ms", "99th / median", "errors", "calls a second"),
        rows,
        (
            f"Ours answers {ratio:.2f} times as many calls a second as the bare endpoint. Goal "
            f"{verdict(ratio >= OF_BARE, f'at least {OF_BARE:g}')}.",
            f"Its 99th percentile is {unevenness:.1f} times its median. Goal "
            f"{verdict(unevenness <= UNEVEN, f'at most {UNEVEN:g}')}.",
            "All users begin in the same moment and wait for one another's calls: teachers who never pause. They share the "
            "processors with the server.",
        ),
    )
    return side_by_side, _by_call(answers, rounds)


def _by_call(answers: list[tuple[Question, float, bool]], rounds: int) -> Table:
    """The same calls by what was asked for: whether any of those who ask for the same is kept waiting longer than the others."""
    asked = [(function, number + 1) for number in range(rounds) for function in FUNCTIONS]
    rows, most = [], 0.0
    for place, (function, number) in enumerate(asked):
        median, high = np.percentile([each for _, each, _ in answers[place :: len(asked)]], (50, 99))
        most = max(most, high / median)
        rows.append((function, str(number), f"{median:.0f}", f"{high:.0f}", f"{high / median:.1f}"))
    return Table(
        "The same calls by what was asked for",
        ("function", "time", "median, ms", "99th percentile, ms", "99th / median"),
        rows,
        (
            f"Among calls for the same the 99th percentile is at most {most:.1f} times the median. A class is understood with the "
            "first call for it and known in the others, so that of all calls together an eighth takes ten times as long.",
        ),
    )


def _scored(workers: Sequence[int], users: int) -> Table:
    """The button Score class, pressed by many at once: on classes of their own, and all on one that they share."""
    rows = []
    for number in workers:
        with served(number) as (origin, server):
            for name, shared in (("a class each", False), ("one class that all share", True)):
                asked = [[score_question(7 if shared else whose + 8)] for whose in range(users)]
                before = processor_time(server)
                answers, rate = together(origin, asked)
                spent = (processor_time(server) - before) / len(answers)
                calls, median, high, _, errors = timed(answers).row()
                memory = sum(one.memory_info().rss for one in everybody(server)) / 1e6
                told = f"{number} worker{'s' * (number > 1)}, {name}"
                rows.append((told, calls, median, high, errors, f"{rate:.0f}", f"{spent:.1f}", f"{memory:.0f}"))
    return Table(
        f"{users} users at once press Score class, {CLASS} students, milliseconds",
        (
            "workers, classes", "calls", "median", "99th percentile", "errors", "calls a second", "processor time a call",
            "memory of the server, MB",
        ),
        rows,
    )  # fmt: skip


def _one_user(origin: str, server: psutil.Process, students: int, *, quick: bool) -> tuple[tuple[str, ...], float]:
    question = function_question(students)
    call(origin, [question] * 3)  # the first calls of a process are slower
    before = processor_time(server)
    # Another class in each call, so that nothing is known of it before.
    asked = [function_question(students, whose=whose) for whose in range(2 if quick else CALLS[students])]
    done = timed(call(origin, asked))
    done.processor = processor_time(server) - before
    rows, headings, out_of = _ranges(students)
    alone = []
    for whose in range(len(asked)):
        changed = [[*rows[0][:-1], whose], *rows[1:]]
        begun = time.perf_counter()
        functions.INTERVENTION_RISK(changed, headings, out_of)
        alone.append(1000 * (time.perf_counter() - begun))
    ratio = float(np.median(done.milliseconds) / np.median(alone))
    return (f"{students:,}", *done.row(), f"{ratio:.2f}"), ratio


if __name__ == "__main__":
    from_command_line(tables, __doc__)
    sys.stdout.write(f"{os.cpu_count()} processors\n")
