"""A trust's markbooks on a Dask cluster of processes here: does the memory of the batch, the scheduler or a worker grow?

    python -m benchmarks.cluster [--markbooks N] [--students LEAST MOST]

3,000 markbooks take about half an hour to make and to score on two quiet processor cores, so this is run apart. The process of the
batch itself keeps a line a student for the overview, which tells who stands in two classes: it grows with the students, and what a
class takes of it is told.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

from benchmarks.measure import environment
from benchmarks.tables import Table, from_command_line, verdict
from tests.batch.cluster import Cluster, cluster
from tests.batch.trust import make, noted

MARKBOOKS, SIZES, FOLDERS = 3_000, (25, 33), 40
EVERY = 1.0  # seconds between looks at the memory
GOAL = 1.1
"""The last fifth of the run may take so many times the memory of its second fifth, where everything is loaded."""


def tables(*, quick: bool = False, markbooks: int | None = None, students: Sequence[int] = SIZES) -> list[Table]:
    """Measure."""
    markbooks = markbooks or (12 if quick else MARKBOOKS)
    with tempfile.TemporaryDirectory() as scratch, cluster(**environment()) as members:
        place = Path(scratch)
        make(place / "in", markbooks, FOLDERS, (students[0], students[1]))
        began = time.perf_counter()
        seen = _run(place, members)
        seconds = time.perf_counter() - began
        done = noted(place / "out") - 1  # the last line tells of the overview
    fifth = max(1, len(seen) // 5)
    rows, worst = [], 0.0
    for name in seen[0]:
        early, late = ([look[name] for look in part] for part in (seen[fifth : 2 * fifth] or seen, seen[-fifth:]))
        grown = sum(late) / len(late) / (sum(early) / len(early))
        worst = max(worst, grown if name != "batch" else 0.0)
        rows.append(
            (name, f"{early[-1]:.0f}", f"{late[-1]:.0f}", f"{max(look[name] for look in seen):.0f}", f"{grown:.2f}")
        )
    return [
        Table(
            f"{markbooks:,} markbooks of {students[0]} to {students[1]} students on a Dask cluster of two workers, memory in MB",
            ("process", "after two fifths", "at the end", "peak", "last fifth / second fifth"),
            rows,
            (
                f"A class takes {1000 * _a_class(seen, done):.0f} kB of the batch's own process. "
                f"{done:,} results and {markbooks - done} reasons in {seconds:.0f} s. "
                f"Goal {verdict(worst <= GOAL, f'at most {GOAL:g}')}.",
            ),
        )
    ]


def _a_class(seen: Sequence[dict[str, float]], done: int) -> float:
    """Megabytes by which the batch's process has grown for each class, from the second fifth of the run to the last."""
    parts = len(seen) // 5 or 1
    return (seen[-1]["batch"] - seen[parts - 1]["batch"]) / max(1.0, done * (len(seen) - parts) / len(seen))


def _run(place: Path, members: Cluster) -> list[dict[str, float]]:
    """Megabytes of each process, once a second while the batch is at work."""
    command = [sys.executable, "-m", "addin.cli", "batch", place / "in", "-o", place / "out", "--dask", members.address]
    with (place / "told").open("wb") as told:
        batch = subprocess.Popen(command, stdout=told, stderr=told, env=environment())
        watched = {"batch": batch.pid, "scheduler": members.scheduler.process.pid}
        watched |= {f"worker {i + 1}": each.process.pid for i, each in enumerate(members.workers)}
        seen = []
        while batch.poll() is None:
            look = {name: _megabytes(pid) for name, pid in watched.items()}
            if all(look.values()):
                seen.append(look)
            time.sleep(EVERY)
    return seen


def _megabytes(pid: int) -> float:
    """What a process and its children take; 0 where it has ended."""
    try:
        one = psutil.Process(pid)
        return sum(each.memory_info().rss for each in (one, *one.children(recursive=True))) / 1e6
    except psutil.NoSuchProcess:
        return 0.0


if __name__ == "__main__":
    from_command_line(tables, __doc__)
