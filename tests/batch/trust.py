"""A whole trust: hundreds of markbooks in one batch, stopped, resumed, by one worker, by two and by a Dask cluster.

    python -m tests.batch.trust [--markbooks 300] [--folders 20] [--students 30 200] [--into DIR]

makes the markbooks, five of them broken, and prints a table: what each run did, how long it took, and whether every result is byte
for byte that of the first run. Exits with 1 where anything is not as it must be.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from joblib import Parallel, delayed
from rich.console import Console
from rich.table import Table

from addin.batch.files import LEDGER_NAME
from templates.build import class_workbook
from tests.batch.cluster import cluster
from tests.batch.support import BROKEN, OWN_FILES, ended, start, tree, wait_for

GOAL = 1.6
"""How much faster two workers must be than one."""


@dataclass
class Findings:
    """What each run did, and what was not as it must be."""

    rows: list[tuple[str, str, str, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def must(self, holds: bool, what: str) -> str:
        """Note a claim; answers yes or NO."""
        if not holds:
            self.wrong.append(what)
        return "yes" if holds else "NO"


def make(folder: Path, markbooks: int, folders: int, students: tuple[int, int]) -> None:
    """Markbooks of invented students, the last five broken in five ways."""
    random, tasks = Random(11), []
    for number in range(markbooks):
        path = (
            folder
            / f"School {number % folders + 1:02}"
            / f"Year {7 + number % 5}"
            / f"{7 + number % 5}m{number:03}.xlsx"
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        tasks.append((path, random.randint(*students), number))
    good = tasks[: markbooks - len(BROKEN)]
    Parallel(n_jobs=2)(delayed(class_workbook)(path, students=size, seed=seed) for path, size, seed in good)
    for (path, _, _), break_it in zip(tasks[len(good) :], BROKEN.values(), strict=True):
        break_it(path)


def timed(
    *arguments: object, meanwhile: Callable[[subprocess.Popen[str]], None] | None = None
) -> tuple[float, int, str, str]:
    """Run `markbook batch`; answers seconds, exit code, stdout and stderr."""
    began = time.perf_counter()
    batch = start(*arguments)
    if meanwhile is not None:
        meanwhile(batch)
    code, out, err = ended(batch, seconds=3600)
    return time.perf_counter() - began, code, out, err


def noted(output: Path) -> int:
    """How many results the ledger tells of."""
    path = output / LEDGER_NAME
    return path.read_bytes().count(b"\n") if path.exists() else 0


def main() -> None:
    """Make the trust, run it in every way, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--markbooks", type=int, default=300)
    parser.add_argument("--folders", type=int, default=20)
    parser.add_argument("--students", type=int, nargs=2, default=(30, 200))
    parser.add_argument("--into", type=Path, help="where the files go and stay; left out, a folder that is deleted")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        place = given.into or Path(scratch)
        make(place / "in", given.markbooks, given.folders, tuple(given.students))
        findings = run_all(place, given.markbooks - len(BROKEN))
    console = Console(width=140)
    table = Table("Run", "Result", "Seconds", "Same bytes", title=f"{given.markbooks} markbooks", title_justify="left")
    for row in findings.rows:
        table.add_row(*row)
    console.print(table)
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    console.print(f"{os.cpu_count()} processor cores; load at the end {load}")
    for line in findings.wrong:
        console.print(f"NOT AS IT MUST BE: {line}")
    sys.exit(1 if findings.wrong else 0)


def run_all(place: Path, good: int) -> Findings:
    """Every run, each into a folder of its own."""
    source, findings = place / "in", Findings()
    broken = len(BROKEN)

    seconds_two, code, out, err = timed(source, "-o", place / "two", "--workers", 2)
    whole = tree(place / "two")
    refused = len(err.splitlines())
    findings.must(code == 1, "exit code 1 with broken workbooks")
    findings.must(len(set(whole) - OWN_FILES) == good, f"{good} results")
    findings.must(refused == broken and err.count("error: ") == broken, f"{broken} reasons")
    findings.must(set(whole) >= OWN_FILES, "an overview")
    findings.rows.append(
        (
            "--workers 2",
            f"{len(set(whole) - OWN_FILES)} results, {refused} reasons, exit {code}",
            f"{seconds_two:.1f}",
            "",
        )
    )
    findings.rows += [("", line, "", "") for line in err.splitlines()]

    seconds, code, out, _ = timed(source, "-o", place / "two", "--workers", 2)
    findings.must(code == 1 and f"Nothing to do: {good} workbooks" in out, "run again it does nothing and says so")
    same = findings.must(tree(place / "two") == whole, "run again it changes nothing")
    findings.rows.append(("run again", out.splitlines()[0], f"{seconds:.1f}", same))

    def kill_at_half_time(batch: subprocess.Popen[str]) -> None:
        wait_for(lambda: noted(place / "killed") >= good // 2, batch, seconds=3600)
        os.killpg(batch.pid, signal.SIGKILL)

    seconds, _, _, _ = timed(source, "-o", place / "killed", "--workers", 2, meanwhile=kill_at_half_time)
    stood = noted(place / "killed")
    findings.rows.append(("killed at half time", f"{stood} results noted", f"{seconds:.1f}", ""))
    seconds, code, out, _ = timed(source, "-o", place / "killed", "--workers", 2)
    findings.must(f"{stood} had one already" in out, "what stood is not scored again")
    same = findings.must(tree(place / "killed") == whole, "killed and run again: the same bytes")
    findings.rows.append(("and run again", out.splitlines()[0], f"{seconds:.1f}", same))

    seconds_one, code, _, _ = timed(source, "-o", place / "one", "--workers", 1)
    same = findings.must(tree(place / "one") == whole, "--workers 1: the same bytes")
    findings.rows.append(("--workers 1", f"exit {code}", f"{seconds_one:.1f}", same))
    ratio = seconds_one / seconds_two
    met = "MET" if ratio >= GOAL else "MISSED"
    findings.rows.append(("--workers 2 against 1", f"{ratio:.2f} times as fast, goal {GOAL}: {met}", "", ""))

    with cluster() as members:
        seconds, code, _, _ = timed(source, "-o", place / "dask", "--dask", members.address)
        same = findings.must(tree(place / "dask") == whole, "--dask: the same bytes")
        findings.rows.append(("--dask, two workers", f"exit {code}", f"{seconds:.1f}", same))

        def kill_a_worker(batch: subprocess.Popen[str]) -> None:
            wait_for(lambda: noted(place / "dask killed") >= good // 2, batch, seconds=3600)
            members.kill_a_worker()

        seconds, code, _, _ = timed(
            source, "-o", place / "dask killed", "--dask", members.address, meanwhile=kill_a_worker
        )
        same = findings.must(tree(place / "dask killed") == whole, "--dask with a worker killed: the same bytes")
        findings.rows.append(("--dask, one of them killed", f"exit {code}", f"{seconds:.1f}", same))
    return findings


if __name__ == "__main__":
    main()
