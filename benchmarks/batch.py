"""A folder of markbooks: `markbook batch` with two workers beside one, and beside a loop of `markbook score`.

    python -m benchmarks.batch [--markbooks N] [--students LEAST MOST] [--rounds N]

Each run writes into an empty folder. The loop starts the command once for each file, as a script would. Whether the results are
the same byte for byte, whatever the number of workers, is told too. `python -m tests.batch.trust` is the same over a whole
trust, with broken files, stopped runs and a Dask cluster.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

from addin.batch.files import LEDGER_NAME
from benchmarks.measure import Cost, alternately, cost, score
from benchmarks.tables import Table, from_command_line, verdict
from templates.build import class_workbook

MARKBOOKS, SIZES, ROUNDS = 60, (30, 200), 2
GOAL = 1.9


def tables(
    *, quick: bool = False, markbooks: int | None = None, students: Sequence[int] = SIZES, rounds: int | None = None
) -> list[Table]:
    """Measure."""
    markbooks, rounds = markbooks or (3 if quick else MARKBOOKS), rounds or (1 if quick else ROUNDS)
    random = Random(11)
    sizes = [random.randint(*students) for _ in range(markbooks)]
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        files = [place / "in" / f"School {number % 5 + 1}" / f"class {number:03}.xlsx" for number in range(markbooks)]
        for number, file in enumerate(files):
            file.parent.mkdir(parents=True, exist_ok=True)
            class_workbook(file, students=sizes[number], seed=number)

        def batch(workers: int, *, again: bool = False) -> Cost:
            """A run into an empty folder, or over results that stand already."""
            output = place / f"out {workers}"
            if not again:
                shutil.rmtree(output, ignore_errors=True)
            command = (sys.executable, "-m", "addin.cli", "batch", place / "in", "-o", output)
            return cost((*command, "--workers", str(workers)))

        def loop() -> Cost:
            output = place / "loop"
            shutil.rmtree(output, ignore_errors=True)
            output.mkdir()
            done = [cost(score(file, output / file.name)) for file in files]
            seconds, processor, megabytes = zip(*done, strict=True)
            return Cost(sum(seconds), sum(processor), max(megabytes))

        one, two, looped = "batch --workers 1", "batch --workers 2", "a loop of markbook score"
        costs = alternately({one: lambda: batch(1), two: lambda: batch(2)}, rounds)
        costs[looped] = loop()
        same = _tree(place / "out 1") == _tree(place / "out 2")
        again = batch(2, again=True)
    costs["batch again, nothing changed"] = again
    rows = [
        (
            name, f"{each.seconds:.1f}", f"{markbooks / each.seconds:.{0 if each is again else 1}f}", f"{each.processor:.1f}",
            f"{each.megabytes:.0f}", f"{costs[one].seconds / each.seconds:.2f}",
        )
        for name, each in costs.items()
    ]  # fmt: skip
    ratio = costs[one].seconds / costs[two].seconds
    told = (
        f"Two workers are {ratio:.2f} times as fast as one. Goal {verdict(ratio >= GOAL, f'at least {GOAL}')}. Results of one "
        f"and of two workers are the same bytes: {'yes' if same else 'NO'}. The peak is that of the process that was started; "
        "a worker's own is that of `score`."
    )
    return [
        Table(
            f"{markbooks} markbooks of {students[0]} to {students[1]} students ({sum(sizes):,} in all), medians of {rounds} rounds",
            (
                "program",
                "clock, s",
                "markbooks a second",
                "processor, s",
                "peak MB of a process",
                "faster than one worker",
            ),
            rows,
            (told,),
        )
    ]


def _tree(folder: Path) -> dict[str, bytes]:
    """Path -> bytes of every result; the ledger and the overview name the folders."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in files
        if path.name != LEDGER_NAME and path.parent != folder
    }


if __name__ == "__main__":
    from_command_line(tables, __doc__)
