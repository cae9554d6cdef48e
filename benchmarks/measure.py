"""What a program costs: time on the clock, time of the processor and peak memory of a process of its own.

Every Python that is started keeps its compiled modules in a folder of this run's own, and each program is run once before it is
measured: an installed package is compiled, a checkout with `PYTHONDONTWRITEBYTECODE` set is not, and that is not what is compared.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

_EVERY = 0.02  # seconds between looks at the memory of a process

Command = tuple[str | Path, ...]


class Cost(NamedTuple):
    """What one run cost: seconds on the clock, seconds of the processor, and the greatest memory in megabytes."""

    seconds: float
    processor: float
    megabytes: float


class Failed(Exception):
    """A measured program did not end well."""


def score(file: Path, output: Path) -> Command:
    """`markbook score`, as it is installed."""
    return (sys.executable, "-m", "addin.cli", "score", file, "-o", output)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """A folder that is deleted when this process ends."""
    return tempfile.TemporaryDirectory(prefix="benchmarks-")


@cache
def environment() -> Mapping[str, str]:
    """The environment of measured programs: compiled modules are kept, nothing of this user's own is read."""
    folder = _folder().name
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    root = str(Path(__file__).parents[1])
    return {**kept, "PYTHONPYCACHEPREFIX": f"{folder}/compiled", "MARKBOOK_HOME": f"{folder}/home", "PYTHONPATH": root}


def cost(command: Command) -> Cost:
    """Run a program to its end.

    Raises:
        Failed: It ended with another code than 0; with what it said.
    """
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(list(map(str, command)), stdout=said, stderr=said, env=environment())
        peak = _Peak(process.pid)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise Failed(f"{' '.join(map(str, command))}: {said.read()[-2000:].decode(errors='replace')}")
    return Cost(seconds, used.ru_utime + used.ru_stime, peak.megabytes())


def alternately(tasks: Mapping[str, Callable[[], Cost]], rounds: int) -> dict[str, Cost]:
    """Medians of some rounds. In each the tasks run one after the other, so that what else the machine does meets all of them;
    where there are several, a round before them warms up."""
    costs: dict[str, list[Cost]] = {name: [] for name in tasks}
    for number in range(rounds if rounds == 1 else rounds + 1):
        for name, task in tasks.items():
            done = task()
            if number or rounds == 1:
                costs[name].append(done)
    return {name: median(each) for name, each in costs.items()}


def median(costs: Sequence[Cost]) -> Cost:
    """The medians of each figure; of the memory the greatest."""
    seconds, processor, megabytes = zip(*costs, strict=True)
    return Cost(statistics.median(seconds), statistics.median(processor), max(megabytes))


def beside(costs: Mapping[str, Cost], peer: str, digits: int) -> list[tuple[str, ...]]:
    """A row for each program: its name, time on the clock and of the processor, peak memory, and both times over a peer's, which
    have a digit less.

    Example:
        >>> beside({"ours": Cost(1.0, 0.5, 90.0), "theirs": Cost(3.0, 2.0, 200.0)}, "ours", 2)[1]
        ('theirs', '3.00', '2.00', '200', '3.0', '4.0')
    """
    return [
        (
            name, f"{each.seconds:.{digits}f}", f"{each.processor:.{digits}f}", f"{each.megabytes:.0f}",
            f"{each.seconds / costs[peer].seconds:.{digits - 1}f}",
            f"{each.processor / costs[peer].processor:.{digits - 1}f}",
        )
        for name, each in costs.items()
    ]  # fmt: skip


def peak_kilobytes(pid: int | str) -> int | None:
    """The high-water mark of a process's own memory, None once it has ended; what `wait4` says of it may be its parent's."""
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    except OSError:
        return None
    return int(found[1]) if found else None


class _Peak(threading.Thread):
    """Looks at the greatest memory of a process while it runs."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self._kilobytes = pid, 0
        self.start()

    def run(self) -> None:
        """Look until the process has ended."""
        while (found := peak_kilobytes(self._pid)) is not None:
            self._kilobytes = found
            time.sleep(_EVERY)

    def megabytes(self) -> float:
        """The peak of a process that has ended."""
        self.join()
        return self._kilobytes * 1024 / 1e6
