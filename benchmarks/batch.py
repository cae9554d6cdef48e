"""A folder of markbooks: `markbook batch` with two workers beside one, and beside a loop of `markbook score`.

    python -m benchmarks.batch [--markbooks N] [--students LEAST MOST] [--rounds N]

Each run writes into an empty folder. The loop starts the command once for each file, as a script would. Whether the results are
the same byte for byte, whatever the number of workers, is told too. `python -m tests.batch.trust` is the same over a whole
trust, with broken files, stopped runs and a Dask cluster.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from random import Random

from addin.batch.files import LEDGER_NAME
from benchmarks.measure import Cost, alternately, cost, score
from benchmarks.tables import Table, tell, verdict
from templates.build import class_workbook

MARKBOOKS, SIZES, ROUNDS = 60, (30, 200), 2
GOAL = 1.6


def tables(
    *, quick: bool = False, markbooks: int | None = None, sizes: tuple[int, int] = SIZES, rounds: int | None = None
) -> list[Table]:
    """Measure."""
    markbooks, rounds = markbooks or (3 if quick else MARKBOOKS), rounds or (1 if quick else ROUNDS)
    random = Random(11)
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        files = [place / "in" / f"School {number % 5 + 1}" / f"class {number:03}.xlsx" for number in range(markbooks)]
        students = 0
        for number, file in enumerate(files):
            file.parent.mkdir(parents=True, exist_ok=True)
            size = random.randint(*sizes)
            students += size
            class_workbook(file, students=size, seed=number)

        def batch(workers: int) -> Cost:
            output = place / f"out {workers}"
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
        again = batch_again(place)
    rows = [
        (
            name, f"{each.seconds:.1f}", f"{markbooks / each.seconds:.1f}", f"{each.processor:.1f}", f"{each.megabytes:.0f}",
            f"{costs[one].seconds / each.seconds:.2f}",
        )
        for name, each in costs.items()
    ]  # fmt: skip
    rows.append(("batch again, nothing changed", f"{again.seconds:.1f}", f"{markbooks / again.seconds:.0f}",
                 f"{again.processor:.1f}", f"{again.megabytes:.0f}", f"{costs[one].seconds / again.seconds:.2f}"))  # fmt: skip
    ratio = costs[one].seconds / costs[two].seconds
    told = (
        f"Two workers are {ratio:.2f} times as fast as one. Goal {verdict(ratio >= GOAL, f'at least {GOAL}')}. Results of one "
        f"and of two workers are the same bytes: {'yes' if same else 'NO'}. The peak is that of the process that was started; "
        "a worker's own is that of `score`."
    )
    return [
        Table(
            f"{markbooks} markbooks of {sizes[0]} to {sizes[1]} students ({students:,} in all), medians of {rounds} rounds",
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


def batch_again(place: Path) -> Cost:
    """A run over results that stand already."""
    output = place / "out 2"
    return cost((sys.executable, "-m", "addin.cli", "batch", place / "in", "-o", output, "--workers", "2"))


def _tree(folder: Path) -> dict[str, bytes]:
    """Path -> bytes of every result; the ledger and the overview name the folders."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in files
        if path.name != LEDGER_NAME and path.parent != folder
    }


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--markbooks", type=int, default=MARKBOOKS)
    parser.add_argument("--students", type=int, nargs=2, default=SIZES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    tell(tables(markbooks=given.markbooks, sizes=tuple(given.students), rounds=given.rounds))


if __name__ == "__main__":
    main()
