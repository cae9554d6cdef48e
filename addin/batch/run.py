"""The whole batch, top to bottom: find, leave out what stands, score the rest, note every result, sum up."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import FrameType

from addin.batch.files import CSV_NAME, OVERVIEW_NAME, find_workbooks
from addin.batch.ledger import DRAFT_PREFIX, Ledger, write_whole
from addin.batch.overview import as_csv, as_workbook
from addin.batch.task import Outcome, Program, Task, refusal
from addin.batch.totals import Overview, Totals
from addin.batch.workers import Crew, LocalCrew, outcomes
from addin.errors import RequestProblem

Step = Callable[[str, int, int], object]
"""Told of progress: what is being done, how many workbooks are done, and of how many."""

LOOKING, SCORING, FINISHING = "Looking", "Scoring", "Finishing what is in hand"


@dataclass(frozen=True, kw_only=True)
class Batch:
    """A finished batch.

    Args:
        folder, output: Where the markbooks are, and where the results are.
        unchanged: How many had a good result already.
        refused: Path of a workbook below `folder` -> why it has no result.
        passed_over: Why files were not looked at -> how many.
    """

    folder: Path
    output: Path
    scored: int
    unchanged: int
    refused: dict[str, str]
    passed_over: dict[str, int]
    totals: Totals
    overview: Path
    overview_csv: Path


def run_batch(
    folder: Path,
    output: Path,
    *,
    workers: int | None = None,
    dask: str | None = None,
    today: date | None = None,
    on_step: Step = lambda what, done, of: None,
) -> Batch:
    """Score every workbook under a folder into the same tree under another.

    Args:
        folder: The markbooks; none of them is changed.
        output: The results, made where it is not there. An earlier result's decisions and history are carried over.
        workers: Processes at work; left out, one for each processor core.
        dask: Address of a Dask scheduler, whose workers do the work instead.

    Raises:
        RequestProblem: The folders or the cluster cannot be used.
        FileInUse: Another batch writes to that folder.
        KeyboardInterrupt: It was stopped; every result that stands is whole and noted, and the next run goes on from there.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as name:
        ...     _ = Path(name, "North Road.xlsx").write_bytes(b"")
        ...     done = run_batch(Path(name), Path(name, "results"))
        >>> done.scored, done.refused
        (0, {'North Road.xlsx': 'the file is empty. Check that it is downloaded or copied completely.'})
    """
    folder, output = Path(os.path.abspath(folder)), Path(os.path.abspath(output))
    found = find_workbooks(folder, output)
    if not found.files and not found.refused:
        raise RequestProblem(f"{folder}: there is no .xlsx or .xlsm workbook in it. Give the folder of the markbooks.")
    program, day, overview = Program.here(), today or date.today(), Overview()
    refused = dict(found.refused)
    for file, reason in refused.items():
        overview.add(refusal(file, reason))
    with Ledger(output) as ledger, _first_interrupt() as interrupt:
        tasks = []
        for number, file in enumerate(found.files):
            on_step(LOOKING, number, len(found.files))
            if interrupt.came:
                raise KeyboardInterrupt
            standing = ledger.standing(file, folder, program)
            if standing is None:
                tasks.append(Task(folder=str(folder), output=str(output), file=file, day=day, program=program))
            else:
                overview.add(standing)
        for outcome in _score_all(tasks, _crew(workers, dask, folder, ledger.path, program), interrupt, on_step):
            if outcome.refused is None:
                ledger.note(outcome, program)
            else:
                refused[outcome.file] = outcome.refused
            overview.add(outcome)
        write_whole(output / OVERVIEW_NAME, as_workbook(overview))
        write_whole(output / CSV_NAME, as_csv(overview))
        ledger.tidy(set(found.files) - set(refused))
    return Batch(
        folder=folder,
        output=output,
        scored=len(tasks) - sum(task.file in refused for task in tasks),
        unchanged=len(found.files) - len(tasks),
        refused=dict(sorted(refused.items())),
        passed_over=found.passed_over,
        totals=overview.everything(),
        overview=output / OVERVIEW_NAME,
        overview_csv=output / CSV_NAME,
    )


def _score_all(
    tasks: Sequence[Task], hire: AbstractContextManager[Crew], interrupt: _Interrupt, on_step: Step
) -> Iterator[Outcome]:
    """Score what has to be scored; what dying processes have left half-written is taken away in any case."""
    if not tasks:
        return
    done = 0
    try:
        with hire as crew:
            on_step(SCORING, done, len(tasks))
            for outcome in outcomes(tasks, crew, is_stopped=lambda: interrupt.came):
                yield outcome
                done += 1
                on_step(FINISHING if interrupt.came else SCORING, done, len(tasks))
    finally:
        _sweep(Path(tasks[0].output))
    if done < len(tasks):
        raise KeyboardInterrupt


def _sweep(output: Path) -> None:
    """Take away what processes that died have left half-written under names of its own kind; nobody writes here now."""
    for leftover in output.rglob(f"{DRAFT_PREFIX}*"):
        with suppress(OSError):
            leftover.unlink()


def _crew(
    workers: int | None, dask: str | None, folder: Path, seen: Path, program: Program
) -> AbstractContextManager[Crew]:
    if dask is None:
        return nullcontext(LocalCrew(workers))
    try:
        from addin.batch.cluster import connected
    except ImportError as error:
        raise RequestProblem(
            "--dask needs the extra `cluster`. Install it with `pip install 'maths-markbook[cluster]'`."
        ) from error
    return connected(dask, folder=folder, seen=seen, program=program)


@dataclass
class _Interrupt:
    came: bool = False


@contextmanager
def _first_interrupt() -> Iterator[_Interrupt]:
    """Notice the first Ctrl-C, so that what is in hand can be finished; a second one ends the program at once."""
    interrupt = _Interrupt()
    if threading.current_thread() is not threading.main_thread():
        yield interrupt
        return
    earlier = signal.getsignal(signal.SIGINT)

    def notice(number: int, frame: FrameType | None) -> None:
        interrupt.came = True
        signal.signal(signal.SIGINT, earlier)

    signal.signal(signal.SIGINT, notice)
    try:
        yield interrupt
    finally:
        signal.signal(signal.SIGINT, earlier)
