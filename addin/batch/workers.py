"""Tasks -> outcomes by several processes, through joblib: on this computer (loky), or on a Dask cluster.

A process that dies takes nothing with it but itself: what it and the others had in hand is scored again, one workbook at a
time, and the one that ends its process then too is told.
"""

from __future__ import annotations

import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Protocol

from joblib import Parallel, cpu_count, delayed, parallel_config
from joblib.externals.loky.process_executor import BrokenProcessPool

from addin.batch.task import Outcome, Task, refusal, score_one
from addin.errors import RequestProblem

IDLE_SECONDS = 10
"""Workers end after so long without work: soon after a batch that was killed, and never while it has work for them."""

WAITING_FOR_EACH = 2
"""Tasks handed out for each worker, so that it finds the next when it has done one; few, so that little is done twice."""


HOPELESS = 3
"""Where so many workbooks end their processes before any other is done, the workbooks are not to blame."""


class Crew(Protocol):
    """What works for a batch."""

    @property
    def died(self) -> type[Exception]:
        """What joblib raises when a process has died."""
        ...

    def config(self) -> AbstractContextManager[object]:
        """joblib's settings."""
        ...

    def size(self) -> int:
        """How many tasks are worked on at a time."""
        ...


class LocalCrew:
    """Processes of this computer.

    Args:
        workers: How many; left out, one for each processor core.
    """

    died = BrokenProcessPool

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or cpu_count()

    def size(self) -> int:
        return self.workers

    def config(self) -> AbstractContextManager[object]:
        # numpy's own threads would only get in each other's way: there is a process for every core.
        config: AbstractContextManager[object] = parallel_config(
            "loky", inner_max_num_threads=1, initializer=_begin, idle_worker_timeout=IDLE_SECONDS
        )
        return config


def _begin() -> None:
    """What a worker does first: leave Ctrl-C to the program, which lets the file in hand be finished, and load the model."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(Exception):  # it is told with the first workbook
        from model.local import in_use

        in_use()


def outcomes(tasks: Sequence[Task], crew: Crew, *, is_stopped: Callable[[], bool] = lambda: False) -> Iterator[Outcome]:
    """Work on all tasks; outcomes come as they are ready, in any order.

    Args:
        tasks: What to do, in this order. No more than a few of their outcomes are ever in memory.
        is_stopped: Asked before each task is handed out; what is in hand is finished.

    Raises:
        RequestProblem: No worker stays alive.
    """
    left = {task.file: task for task in tasks}
    has_worked, deaths = False, 0
    while left and not is_stopped():
        given: list[str] = []

        def hand_out(given: list[str] = given) -> Iterator[Task]:
            for task in list(left.values()):
                if is_stopped():
                    return
                given.append(task.file)
                yield task

        try:
            for outcome in _run(hand_out(), crew, at_once=crew.size()):
                has_worked = True
                del left[outcome.file]
                yield outcome
        except crew.died:
            for task in [left[file] for file in given if file in left]:
                if is_stopped():
                    return
                outcome = _alone(task, crew)
                deaths += outcome.refused == _DEADLY
                has_worked = has_worked or outcome.refused != _DEADLY
                if deaths == HOPELESS and not has_worked:
                    raise RequestProblem(
                        "no worker process stays alive. Check the memory of the computer, and try `markbook score` on one file."
                    ) from None
                del left[task.file]
                yield outcome


_DEADLY = (
    "the process that scored it ended, and again when it had this file alone: it was killed, or ran out of memory. Look at "
    "the file's size, and run again with more memory."
)


def _alone(task: Task, crew: Crew) -> Outcome:
    """Work on one task with nothing beside it: if a process dies now, this task is why."""
    try:
        (outcome,) = _run(iter([task]), crew, at_once=1)
    except crew.died:
        return refusal(task.file, _DEADLY)
    return outcome


def _run(tasks: Iterator[Task], crew: Crew, *, at_once: int) -> Iterator[Outcome]:
    with warnings.catch_warnings(), crew.config():
        # joblib remarks on workers that it replaces, and on what is given up when the program is stopped twice.
        warnings.simplefilter("ignore")
        # With a single job joblib would work in this very process, which a deadly file would then end; so there are two
        # processes at least, and one task at a time where one worker is asked for.
        jobs = Parallel(
            n_jobs=max(2, at_once),
            return_as="generator_unordered",
            batch_size=1,  # a workbook takes long enough: larger batches would keep workers idle at the end
            pre_dispatch=at_once * WAITING_FOR_EACH if at_once > 1 else 1,
        )
        with _interrupts_held():
            ready: Iterator[Outcome] = jobs(delayed(score_one)(task) for task in tasks)
    yield from ready


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Keep Ctrl-C waiting for a moment; a process that begins meanwhile never gets it. Windows knows no such thing."""
    if sys.platform == "win32":
        yield
        return
    earlier = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, earlier)
