"""The whole batch, top to bottom: find, leave out what stands, score the rest, note every result, sum up."""

from __future__ import annotations

import os
import secrets
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import FrameType

from addin.batch.files import CSV_NAME, NAMES_NAME, OVERVIEW_NAME, PAGE_NAME, base_of, find_workbooks
from addin.batch.ledger import DRAFT_PREFIX, Ledger, write_whole
from addin.batch.shown import Shown, made_of, shown
from addin.batch.task import Outcome, Program, Task, refusal
from addin.batch.workers import Crew, LocalCrew, outcomes
from addin.errors import RequestProblem
from addin.extras import needed
from addin.overview.figures import Overview
from addin.overview.names import names_workbook
from addin.overview.page import as_page
from addin.overview.tally import Tally
from addin.overview.workbook import as_csv, as_workbook

Step = Callable[[str, int, int], object]
"""Told of progress: what is being done, how many workbooks are done, and of how many."""

LOOKING, SCORING, COMPARING, FINISHING = "Looking", "Scoring", "Comparing", "Finishing what is in hand"


@dataclass(frozen=True, kw_only=True)
class Batch:
    """A finished batch.

    Args:
        folder, output: Where the markbooks are, and where the results are.
        unchanged: How many had a good result already.
        refused: Path of a workbook below `folder` -> why it has no result.
        passed_over: Why files were not looked at -> how many.
        totals: The figures of all students, each once.
        overview, overview_csv, page: The overview, without a student's name.
        names: Who needs help across classes, with names; None where it was not asked for.
        old_names: Whether such a list of an earlier run stands there, and was not made anew.
    """

    folder: Path
    output: Path
    scored: int
    unchanged: int
    refused: dict[str, str]
    passed_over: dict[str, int]
    totals: Tally
    overview: Path
    overview_csv: Path
    page: Path
    names: Path | None
    old_names: bool


def run_batch(
    folder: Path,
    output: Path,
    *,
    workers: int | None = None,
    dask: str | None = None,
    add_sheets: bool = False,
    names: bool = False,
    today: date | None = None,
    on_step: Step = lambda what, done, of: None,
) -> Batch:
    """Score every workbook under a folder into the same tree under another, and make an overview of all classes.

    Args:
        folder: The markbooks, or one workbook; none of them is changed.
        output: The results, made where it is not there. An earlier result's decisions and history are carried over.
        workers: Processes at work; left out, one for each processor core.
        dask: Address of a Dask scheduler, whose workers do the work instead.
        add_sheets: Give workbooks without them the sheets `Queries` and `Runs`: without `Runs` no change is told next time.
        names: Write the list of who needs help too. It holds names, which never travel: not together with `dask`.

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
    if names and dask is not None:
        raise RequestProblem(
            "--names and --dask: names do not travel between computers. Run with --dask first, then again with --names: what "
            "stands is only read."
        )
    folder, output = Path(os.path.abspath(folder)), Path(os.path.abspath(output))
    found = find_workbooks(folder, output)
    source, base = folder, base_of(folder)
    if not found.files and not found.refused:
        raise RequestProblem(f"{folder}: there is no .xlsx or .xlsm workbook in it. Give the folder of the markbooks.")
    program, day, key = Program.here(), today or date.today(), secrets.token_bytes(32)
    made: list[Outcome] = [refusal(file, reason) for file, reason in found.refused.items()]
    with Ledger(output) as ledger, _first_interrupt() as interrupt:
        tasks = []
        for number, file in enumerate(found.files):
            on_step(LOOKING, number, len(found.files))
            if interrupt.came:
                raise KeyboardInterrupt
            tasks.append(
                Task(
                    folder=str(base),
                    output=str(output),
                    file=file,
                    day=day,
                    program=program,
                    key=key,
                    add_sheets=add_sheets,
                    names=names,
                    standing=ledger.standing(file, base, program, add_sheets=add_sheets),
                )
            )

        def work_on(some: Sequence[Task], what: str) -> Iterator[Outcome]:
            return _work_on(some, _crew(workers, dask, base, ledger.path, program), interrupt, on_step, what)

        to_score = [task for task in tasks if task.standing is None]
        for outcome in work_on(to_score, SCORING):
            if outcome.refused is None:
                ledger.note(outcome, program)
            made.append(outcome)
        looked_at = [task for task in tasks if task.standing is not None]
        left = [task.standing for task in looked_at if task.standing is not None]
        made_now, last = made_of([*made, *left], program), ledger.shown
        if not names and last is not None and last.still_holds(made_now, output):
            made += left
            totals = last.tally()
            told: Shown | None = last
        else:
            made += work_on(looked_at, COMPARING)
            overview = _overview(made)
            write_whole(output / OVERVIEW_NAME, as_workbook(overview))
            write_whole(output / CSV_NAME, as_csv(overview))
            write_whole(output / PAGE_NAME, as_page(overview))
            if names:
                write_whole(output / NAMES_NAME, names_workbook(overview), for_owner_alone=True)
            totals = overview.everything()
            # A result that could not be looked at is scored again next time, and then belongs into the overview.
            whole = not {task.file for task in looked_at}.intersection(
                each.file for each in made if each.refused is not None
            )
            told = shown(made_now, totals, output) if whole else None
        refused = {outcome.file: outcome.refused for outcome in made if outcome.refused is not None}
        ledger.tidy(set(found.files) - set(refused), told)
    return Batch(
        folder=source,
        output=output,
        scored=sum(task.file not in refused for task in to_score),
        unchanged=sum(task.file not in refused for task in looked_at),
        refused=dict(sorted(refused.items())),
        passed_over=found.passed_over,
        totals=totals,
        overview=output / OVERVIEW_NAME,
        overview_csv=output / CSV_NAME,
        page=output / PAGE_NAME,
        names=output / NAMES_NAME if names else None,
        old_names=not names and (output / NAMES_NAME).exists(),
    )


def _overview(made: Sequence[Outcome]) -> Overview:
    """The overview of all that came out, in whatever order it came."""
    without = sorted((outcome for outcome in made if outcome.refused is not None), key=lambda outcome: outcome.file)
    return Overview(
        seen=sorted((seen for outcome in made for seen in outcome.seen), key=lambda seen: (seen.file, seen.sheet)),
        refused={outcome.file: outcome.problem for outcome in without},
        refused_at={outcome.file: outcome.place for outcome in without},
    )


def _work_on(
    tasks: Sequence[Task], hire: AbstractContextManager[Crew], interrupt: _Interrupt, on_step: Step, what: str
) -> Iterator[Outcome]:
    """Score, or look at what stands; what dying processes have left half-written is taken away in any case."""
    if not tasks:
        return
    done = 0
    try:
        with hire as crew:
            on_step(what, done, len(tasks))
            for outcome in outcomes(tasks, crew, is_stopped=lambda: interrupt.came):
                yield outcome
                done += 1
                on_step(FINISHING if interrupt.came else what, done, len(tasks))
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
    needed("cluster")
    from addin.batch.cluster import connected

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
