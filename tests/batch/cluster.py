"""A real Dask cluster on the loopback: a scheduler and workers, each a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil


@dataclass
class Cluster:
    """A running cluster: the scheduler's address, and its workers."""

    address: str
    scheduler: Member
    workers: list[Member] = field(default_factory=list)

    def add_worker(self, **settings: str) -> None:
        """Start one more worker, and wait until it takes part."""
        # As docs/cluster.md has it: Dask's own profiler keeps what each second of the last hour was spent on, in each worker.
        settings = {"DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False"} | settings
        member = Member.start(
            "worker", self.address, "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1", **settings
        )
        self.workers.append(member)
        member.told("(Starting established connection)")

    def kill_the_scheduler(self) -> None:
        """End the scheduler as a power cut does."""
        self.scheduler.process.kill()

    def remove_worker(self) -> None:
        """Stop the worker that came last."""
        self.workers.pop().end()

    def kill_a_worker(self) -> None:
        """End the first worker's processes as a power cut does; nobody starts it again."""
        worker = self.workers.pop(0)
        nanny = psutil.Process(worker.process.pid)
        for process in (nanny, *nanny.children(recursive=True)):
            process.kill()
        worker.end()

    def kill_working_processes(self) -> None:
        """End the processes that work; their nannies start new ones."""
        for worker in self.workers:
            for process in psutil.Process(worker.process.pid).children():
                if any("spawn_main" in word for word in process.cmdline()):
                    process.kill()


@contextmanager
def cluster(workers: int = 2, **settings: str) -> Iterator[Cluster]:
    """A cluster for as long as it is needed.

    Args:
        workers: How many, one thread each.
        settings: Environment of the workers.
    """
    # Dask gives up a task when so many workers have died over it; fewer than usual, so that a test need not wait.
    gives_up = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    scheduler = Member.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", **gives_up)
    members = Cluster("", scheduler)
    try:
        members.address = scheduler.told(r"Scheduler at:\s+(tcp://\S+)")
        for _ in range(workers):
            members.add_worker(**settings)
        yield members
    finally:
        for member in (*members.workers, scheduler):
            member.end()


@dataclass(kw_only=True)
class Member:
    """A process of the cluster, and the file into which it tells what it does."""

    process: subprocess.Popen[bytes]
    log: Path

    @classmethod
    def start(cls, *arguments: str, **settings: str) -> Member:
        """Start `dask ...`."""
        handle, name = tempfile.mkstemp(suffix=".log")
        with os.fdopen(handle, "wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments],
                stdout=log, stderr=subprocess.STDOUT, env={**os.environ, **settings},
            )  # fmt: skip
        return cls(process=process, log=Path(name))

    def told(self, pattern: str, *, seconds: float = 60) -> str:
        """Wait until it tells something; answers what the pattern's group matches."""
        until = time.monotonic() + seconds
        while True:
            found = re.search(pattern, self.log.read_text(encoding="utf-8", errors="replace"))
            if found:
                return found[1]
            assert self.process.poll() is None, self.log.read_text(encoding="utf-8", errors="replace")
            assert time.monotonic() < until, f"no {pattern!r}"
            time.sleep(0.02)

    def end(self) -> None:
        """Stop it, gently at first."""
        try:
            self.process.terminate()
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.unlink()
