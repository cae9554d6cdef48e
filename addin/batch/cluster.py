"""A Dask cluster as the crew of a batch (extra `cluster`): the same tasks, on computers that see the same folders.

Paths, hashes, counts and lines without names travel; workbooks stay in the shared folder. docs/cluster.md says how to start a
cluster.
"""

from __future__ import annotations

import logging
import platform
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from importlib import metadata
from pathlib import Path
from typing import Any

import distributed
import joblib
from distributed.client import FutureCancelledError
from distributed.scheduler import KilledWorker
from joblib._dask import DaskDistributedBackend

from addin.batch.task import Program
from addin.errors import RequestProblem

ANSWER_SECONDS = 10
"""How long a cluster may take to answer, and to show a first worker."""

_NAME = "markbook-dask"
_MUST_MATCH = ("maths-markbook", "joblib", "dask", "distributed")


class ClusterCrew:
    """The workers of a cluster; use `connected`."""

    died = KilledWorker

    def __init__(self, client: Any) -> None:
        self.client = client

    def size(self) -> int:
        return max(1, int(sum(self.client.ncores().values())))

    def config(self) -> AbstractContextManager[object]:
        config: AbstractContextManager[object] = joblib.parallel_config(
            _NAME, client=self.client, wait_for_workers_timeout=ANSWER_SECONDS
        )
        return config


class _Client(distributed.Client):
    """Dask's client, which fails once more, and loudly, when it is thrown away after it could not connect."""

    def start(self, **settings: object) -> None:
        try:
            super().start(**settings)  # type: ignore[no-untyped-call]
        except BaseException:
            self.status = "closed"
            raise


class _Backend(DaskDistributedBackend):  # type: ignore[misc]
    """joblib's Dask backend with two ways mended.

    It waits for ever where Dask gives a task up because every worker that took it died; and where the cluster has a single worker,
    joblib does the work in this very process.
    """

    def effective_n_jobs(self, n_jobs: int) -> int:
        return max(2, int(super().effective_n_jobs(n_jobs)))

    def submit(self, func: Callable[..., object], callback: Callable[[object], object] | None = None) -> Future[object]:
        future: Future[object] = super().submit(func, callback)
        if callback is not None:
            future.add_done_callback(lambda done: callback(done) if done.exception() else None)
        return future

    def retrieve_result_callback(self, out: object) -> object:
        if isinstance(out, Future):
            out.result()  # raises
        return super().retrieve_result_callback(out)


@contextmanager
def connected(address: str, *, folder: Path, seen: Path, program: Program) -> Iterator[ClusterCrew]:
    """The crew of the cluster at an address, for as long as the batch takes.

    Args:
        address: Of the scheduler, such as tcp://10.0.0.5:8786 or tls://cluster.trust.example:8786.
        folder: The markbooks, absolute.
        seen: A file in the output folder, absolute.

    Raises:
        RequestProblem: Nobody answers there or goes on answering, there is no worker, or a worker cannot take part; it is named,
            with the reason.
    """
    try:
        with _quiet():
            client: Any = _Client(address, timeout=ANSWER_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except Exception as error:  # Dask has many ways to say that nobody is there
        raise RequestProblem(
            f"--dask {address}: no Dask scheduler answers there. Check that it runs, that the address is the one it tells, "
            "such as tcp://10.0.0.5:8786, and that versions and security settings match."
        ) from error
    with _quiet(), client:
        try:
            client.wait_for_workers(1, timeout=ANSWER_SECONDS)
        except TimeoutError as error:
            raise RequestProblem(
                f"--dask {address}: the cluster has no worker. Start one with `dask worker`."
            ) from error
        _check_workers(client, address, folder, seen, program)
        joblib.register_parallel_backend(_NAME, _Backend)
        try:
            yield ClusterCrew(client)
        except FutureCancelledError as error:
            raise RequestProblem(
                f"--dask {address}: the scheduler no longer answers. Every result so far stands; start it again, and run again."
            ) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask's log, with its tracebacks, off the terminal: what matters of it is told in one line."""
    earlier = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(earlier)


def versions() -> dict[str, str]:
    """What must be the same on every computer, with its version here."""
    return {"python": ".".join(platform.python_version_tuple()[:2])} | {
        name: metadata.version(name) for name in _MUST_MATCH
    }


def worker_state(folder: str, seen: str) -> tuple[dict[str, str], Program, bool, bool]:
    """What a worker has: its versions, its program, and whether it sees the two folders."""
    return versions(), Program.here(), Path(folder).is_dir(), Path(seen).is_file()


def _check_workers(client: Any, address: str, folder: Path, seen: Path, program: Program) -> None:
    try:
        states: dict[str, Any] = client.run(worker_state, str(folder), str(seen))
    except Exception as error:
        raise RequestProblem(
            f"--dask {address}: a worker cannot run the program ({type(error).__name__}). Install the same version of it, with "
            "the extra `cluster`, in the Python that runs `dask worker`."
        ) from error
    here = versions()
    for worker, (there, its_program, sees_folder, sees_output) in sorted(states.items()):
        who = f"--dask {address}: the worker {worker}"
        for name, version in here.items():
            if there.get(name) != version:
                raise RequestProblem(f"{who} has {name} {there.get(name)}, this computer {version}. Install the same.")
        if its_program != program:
            raise RequestProblem(
                f"{who} has another model in use than this computer. Let MARKBOOK_HOME name the same shared folder on both."
            )
        for sees, place in ((sees_folder, folder), (sees_output, seen.parent)):
            if not sees:
                raise RequestProblem(
                    f"{who} does not see {place}. Give a shared folder that has this path on every computer."
                )
