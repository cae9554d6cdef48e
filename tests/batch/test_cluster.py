"""`markbook batch --dask` on a real scheduler with two real workers."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from addin.batch.cluster import connected
from addin.batch.files import LEDGER_NAME
from addin.batch.task import Program
from addin.errors import RequestProblem
from model import local
from model.scorecard import bundled
from tests.batch.cluster import Cluster, cluster
from tests.batch.support import ended, results, scratch_group, start, tree, trust, wait_for, whoever_scores_dies
from tests.support import class_file, refused, run


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def running(home: str) -> Iterator[Cluster]:
    with cluster(MARKBOOK_HOME=home) as started:
        yield started


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    trust(tmp_path / "in", schools=2, classes=5, students=40, broken=True)
    return tmp_path


def noted(output: Path) -> int:
    path = output / LEDGER_NAME
    return path.read_bytes().count(b"\n") if path.exists() else 0


def test_the_same_bytes_as_on_this_computer_with_a_worker_killed_as_well(
    folder: Path, running: Cluster, home: str
) -> None:
    here = run("batch", folder / "in", "-o", folder / "here")
    code, _, err = ended(start(folder / "in", "-o", folder / "there", "--dask", running.address, MARKBOOK_HOME=home))
    assert (code, err) == (here.code, here.err)
    assert tree(folder / "there") == tree(folder / "here")

    output = folder / "killed"
    batch = start(folder / "in", "-o", output, "--dask", running.address, MARKBOOK_HOME=home)
    with scratch_group(batch):
        wait_for(lambda: noted(output) >= 3, batch)
        running.kill_a_worker()
        code, _, err = ended(batch)
    running.add_worker(MARKBOOK_HOME=home)
    assert (code, err) == (here.code, here.err)
    assert tree(output) == tree(folder / "here")


def test_a_file_that_ends_every_worker_is_told_and_the_rest_is_done(folder: Path, running: Cluster, home: str) -> None:
    deadly, output = folder / "in" / "Deadly" / "7x.xlsx", folder / "out"
    deadly.parent.mkdir()
    class_file(deadly, 400)
    batch = start(folder / "in", "-o", output, "--dask", running.address, MARKBOOK_HOME=home)
    with scratch_group(batch), whoever_scores_dies(output / "Deadly", running.kill_working_processes):
        code, _, err = ended(batch)
    assert code == 1
    assert "error: Deadly/7x.xlsx: the process that scored it ended" in err
    assert len(results(output)) == 10


def test_a_worker_that_cannot_take_part_is_named(
    folder: Path, running: Cluster, home: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card, other = bundled(), tmp_path / "other home"
    with monkeypatch.context() as here:
        here.setenv("MARKBOOK_HOME", str(other))
        local.keep(replace(card, intercepts=card.intercepts + 0.5), {"made": "for a test"})
    running.add_worker(MARKBOOK_HOME=str(other))
    code, out, err = ended(start(folder / "in", "-o", folder / "out", "--dask", running.address, MARKBOOK_HOME=home))
    running.remove_worker()
    assert (code, out) == (1, "")
    assert re.fullmatch(
        r"error: --dask \S+: the worker tcp:\S+ has another model in use than this computer\. .+\n", err
    )
    for nowhere in ({"folder": folder / "nowhere"}, {"seen": folder / "nowhere" / LEDGER_NAME}):
        places = {"folder": folder, "seen": folder / "in" / "School 0" / "broken 0.xlsx"} | nowhere
        expected = pytest.raises(RequestProblem, match=f"does not see {folder / 'nowhere'}. Give a shared folder")
        with expected, connected(running.address, program=Program.here(), **places):
            raise AssertionError("it took part")


def test_nobody_answers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("addin.batch.cluster.ANSWER_SECONDS", 1)
    for address in ("tcp://127.0.0.1:9", "nonsense", "http://127.0.0.1:9", "tls://127.0.0.1:9"):
        message = refused(run("batch", folder / "in", "-o", folder / "out", "--dask", address))
        assert message.startswith(f"--dask {address}: no Dask scheduler answers")
    assert results(folder / "out") == []


def test_a_cluster_without_workers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("addin.batch.cluster.ANSWER_SECONDS", 2)
    with cluster(workers=0) as empty:
        message = refused(run("batch", folder / "in", "-o", folder / "out", "--dask", empty.address))
    assert message == f"--dask {empty.address}: the cluster has no worker. Start one with `dask worker`."


def test_a_cluster_that_is_lost_one_part_after_the_other(folder: Path, home: str) -> None:
    output = folder / "out"
    with cluster(workers=1, MARKBOOK_HOME=home) as members:
        batch = start(folder / "in", "-o", output, "--dask", members.address, MARKBOOK_HOME=home)
        with scratch_group(batch):
            wait_for(lambda: noted(output) >= 2, batch)
            members.kill_a_worker()
            stood = noted(output)
            time.sleep(1)
            assert batch.poll() is None, "without a worker it waits for one"
            assert noted(output) - stood <= 1, "this computer is no worker"
            members.kill_the_scheduler()
            code, out, err = ended(batch)
    assert (code, out) == (1, "")
    assert err.startswith(f"error: --dask {members.address}: the scheduler no longer answers.")
    assert err.count("\n") == 1
    assert run("batch", folder / "in", "-o", output).code == 1
    assert len(results(output)) == 10


def test_without_the_extra_it_says_what_to_install(folder: Path) -> None:
    blocked = (
        "import sys; sys.modules['distributed'] = None; from addin.cli.entry import main; "
        f"main(['batch', {str(folder / 'in')!r}, '-o', {str(folder / 'out')!r}, '--dask', 'tcp://127.0.0.1:9'])"
    )
    ran = subprocess.run([sys.executable, "-c", blocked], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr.startswith("error: For a batch on a Dask cluster distributed is missing.")
