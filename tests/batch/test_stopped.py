"""Batches that are stopped, and workers that die: no result is ever half a file, and the next run completes the rest."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from pathlib import Path

import pytest

from addin.batch.files import LEDGER_NAME
from tests.batch.support import (
    OWN_FILES,
    ended,
    results,
    scratch_group,
    start,
    tree,
    trust,
    wait_for,
    whoever_scores_dies,
    worker_processes,
)
from tests.support import class_file, opened, run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals as Unix knows them")

CLASSES = 7


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fourteen classes, large enough to be caught at work, and what a run leaves that nobody disturbs."""
    place = tmp_path_factory.mktemp("undisturbed")
    trust(place / "in", schools=2, classes=CLASSES, students=60)
    home = str(tmp_path_factory.mktemp("home"))
    assert ended(start(place / "in", "-o", place / "out", "--workers", 2, MARKBOOK_HOME=home))[0] == 0
    return place


@pytest.fixture
def folder(undisturbed: Path, tmp_path: Path) -> Path:
    """The same classes for one test."""
    shutil.copytree(undisturbed / "in", tmp_path / "in")
    return tmp_path


@pytest.fixture
def whole(undisturbed: Path) -> dict[str, bytes]:
    """What must be there in the end."""
    return tree(undisturbed / "out")


def noted(output: Path) -> int:
    path = output / LEDGER_NAME
    return path.read_bytes().count(b"\n") if path.exists() else 0


def all_whole(output: Path, whole: dict[str, bytes]) -> bool:
    """Whether every result that stands is the whole one, and the ledger tells of no other."""
    there = {file: content for file, content in tree(output).items() if file not in OWN_FILES}
    lines = (output / LEDGER_NAME).read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in lines if line.endswith("}")]
    files = {line["file"] for line in told if "overview" not in line}
    return all(whole[file] == content for file, content in there.items() if ".writing-" not in file) and files <= set(
        there
    )


def test_killed_at_half_time_and_run_again_it_completes_with_the_same_bytes(
    folder: Path, whole: dict[str, bytes]
) -> None:
    output = folder / "out"
    with scratch_group(start(folder / "in", "-o", output, "--workers", 2)) as batch:
        wait_for(lambda: noted(output) >= CLASSES, batch)
        os.killpg(batch.pid, signal.SIGKILL)
    stood = noted(output)
    assert 0 < stood < 2 * CLASSES
    assert all_whole(output, whole)
    with (output / LEDGER_NAME).open("ab") as ledger:
        ledger.write(b'{"file": "School 1/Ye')  # as a kill in the middle of a line leaves it
    (output / "School 0" / ".writing-abc.xlsx").write_bytes(b"half")
    again = run("batch", folder / "in", "-o", output, "--workers", 2)
    assert again.code == 0
    assert f"{stood} had one already" in again.out
    assert tree(output) == whole


@pytest.mark.parametrize(("results_before", "times"), [(0, 1), (CLASSES, 1), (CLASSES // 2, 2)])
def test_ctrl_c_leaves_whole_files_and_a_ledger_that_is_right(
    folder: Path, whole: dict[str, bytes], results_before: int, times: int
) -> None:
    output = folder / "out"
    with scratch_group(start(folder / "in", "-o", output, "--workers", 2)) as batch:
        wait_for(lambda: (output / LEDGER_NAME).exists() and noted(output) >= results_before, batch)
        for _ in range(times):
            os.killpg(batch.pid, signal.SIGINT)  # the terminal sends it to every process
            time.sleep(0.1)
        code, out, err = ended(batch)
    assert (code, out) == (1, "")
    assert err.lstrip() == "error: stopped. Nothing was half-written; run again when you are ready.\n"
    # What is in hand at the first Ctrl-C is finished and noted; a second one gives it up.
    assert noted(output) <= len(results(output)) < 2 * CLASSES
    assert times == 2 or noted(output) == len(results(output))
    assert all_whole(output, whole)
    assert not list(output.rglob(".writing-*"))
    assert run("batch", folder / "in", "-o", output, "--workers", 2).code == 0
    assert tree(output) == whole


def test_a_worker_that_is_killed_loses_nothing(folder: Path, whole: dict[str, bytes]) -> None:
    output = folder / "out"
    with scratch_group(start(folder / "in", "-o", output, "--workers", 2)) as batch:
        wait_for(lambda: noted(output) >= 2 and len(worker_processes(batch)) >= 2, batch)
        worker_processes(batch)[0].kill()
        code, out, err = ended(batch)
    assert (code, err) == (0, "")
    assert f"{2 * CLASSES} scored now" in out
    assert tree(output) == whole


@pytest.mark.parametrize("workers", [1, 2])
def test_a_file_that_ends_its_process_is_told_and_the_rest_is_done(
    folder: Path, whole: dict[str, bytes], workers: int
) -> None:
    output, deadly = folder / "out", folder / "in" / "Deadly" / "7x.xlsx"
    deadly.parent.mkdir()
    class_file(deadly, 400)

    def kill() -> None:
        for worker in worker_processes(batch):
            worker.kill()

    batch = start(folder / "in", "-o", output, "--workers", workers)
    with scratch_group(batch), whoever_scores_dies(output / "Deadly", kill):
        code, out, err = ended(batch)
    assert code == 1
    assert err.startswith("error: Deadly/7x.xlsx: the process that scored it ended")
    assert err.count("\n") == 1
    assert f"{2 * CLASSES} scored now" in out
    assert results(output) == sorted(set(whole) - OWN_FILES)
    assert all_whole(output, whole)
    assert opened(output / "batch-overview.xlsx", "Refused")[1]["A5"].value == "Deadly/7x.xlsx"
