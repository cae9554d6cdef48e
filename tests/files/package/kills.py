"""Runs that are killed in the middle of writing, or find the disk full: the original stands, or the whole result does.

    python -m tests.files.package.kills [COUNT]

prints how many files were damaged.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from addin.files.package.patch import patch_workbook
from addin.reading.grid import CellValue
from addin.results.columns import RESULT_COLUMNS
from addin.results.edits import ColumnEdit, SheetEdits
from tests.files.package.books import SHEET, plain_book

STUDENTS = 600
USUAL_COUNT = 50
_RUN = """
import sys
from pathlib import Path
from addin.files.package.patch import patch_workbook
from tests.files.package.kills import edits
print("ready", flush=True)
sys.stdin.readline()
patch_workbook(Path(sys.argv[1]), edits(), Path(sys.argv[1]))
"""
_FULL = """
import resource, signal, sys
from pathlib import Path
from addin.errors import WriteFailed
from addin.files.package.patch import patch_workbook
from tests.files.package.kills import edits
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    patch_workbook(Path(sys.argv[1]), edits(), Path(sys.argv[1]))
except WriteFailed as error:
    print(error)
"""


def edits() -> SheetEdits:
    """Nine columns for a class."""
    columns = []
    for place, spec in enumerate(RESULT_COLUMNS, start=4):
        values: dict[int, CellValue] = {row: f"{spec.heading} of row {row}" for row in range(2, STUDENTS + 2)}
        columns.append(ColumnEdit(spec=spec, column=place, values=values, is_new=True))
    return SheetEdits(
        sheet=SHEET,
        header_row=1,
        first_row=2,
        last_row=STUDENTS + 1,
        columns=tuple(columns),
        identity_columns=(1,),
        identities=(),
    )


def original(folder: Path) -> Path:
    """A class without results."""
    rows = [["Name", "Form", "Mark"], *([f"Student {number}", "9B", number] for number in range(STUDENTS))]
    return plain_book(folder / "class.xlsx", rows)


def killed(path: Path, after: float) -> None:
    """Write into a file, and be killed some seconds after the start."""
    run = subprocess.Popen(
        [sys.executable, "-c", _RUN, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path.cwd()
    )
    assert run.stdin is not None
    assert run.stdout is not None
    with run:
        run.stdout.readline()
        run.stdin.write(b"\n")
        run.stdin.flush()
        time.sleep(after)
        run.send_signal(signal.SIGKILL)


def on_a_full_disk(path: Path, room: int) -> str:
    """Write into a file where no file can grow beyond some bytes; answers what the user is told."""
    done = subprocess.run(
        [sys.executable, "-c", _FULL, str(path), str(room)], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout


def damaged(count: int, folder: Path, *, seed: int = 7) -> tuple[int, int, int]:
    """Kill that many runs at random moments.

    Returns:
        Damaged files, files that hold the whole result, and files left behind beside them.
    """
    path = original(folder)
    before = path.read_bytes()
    start = time.perf_counter()
    patch_workbook(path, edits(), folder / "result.xlsx")
    seconds = time.perf_counter() - start
    after = (folder / "result.xlsx").read_bytes()
    dice, broken, finished = random.Random(seed), 0, 0
    for _ in range(count):
        path.write_bytes(before)
        killed(path, dice.uniform(0, seconds * 1.2))
        now = path.read_bytes()
        broken += now not in (before, after)
        finished += now == after
    left = len(list(folder.glob(".writing-*")))
    return broken, finished, left


def main() -> None:
    """Print the count of damaged files."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else USUAL_COUNT
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        broken, finished, left = damaged(count, folder)
        sys.stdout.write(
            f"{count} kills: {broken} damaged originals, {finished} had finished, {left} left a temporary file\n"
        )
        path = original(folder)
        before = path.read_bytes()
        for room in (0, 4_096, len(before)):
            said = on_a_full_disk(path, room)
            state = "original stands" if path.read_bytes() == before else "DAMAGED"
            sys.stdout.write(f"room for {room:,} bytes: {state}; {said}")


if __name__ == "__main__":
    main()
