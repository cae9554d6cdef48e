"""`markbook batch`: score every workbook under a folder, or the classes of one, into one overview."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from addin.batch.files import NAMES_NAME
from addin.cli.shared.options import PATH, json_option, output_option
from addin.cli.tell.as_json import print_json
from model.vocabulary import STRANDS, Flag, counted

if TYPE_CHECKING:
    from addin.batch.run import Batch


@click.command("batch")
@click.argument("folder", metavar="FILE_OR_DIR", type=PATH)
@output_option("Folder of the results.", PATH, metavar="DIR", required=True)
@click.option("--workers", type=click.IntRange(min=1), help="Processes at work; left out, one for each processor core.")
@click.option("--dask", metavar="ADDRESS", help="Let the Dask cluster at this address work (extra `cluster`).")
@click.option(
    "--add-sheets",
    is_flag=True,
    help="Add the sheets Queries and Runs where a workbook has none; from Runs the next overview tells what changed.",
)
@click.option(
    "--names",
    is_flag=True,
    help="Also write batch-names.xlsx: who needs help across classes. It holds names and stays in the department.",
)
@json_option("Print what was done as JSON.")
def command(
    folder: Path, output: Path, workers: int | None, dask: str | None, add_sheets: bool, names: bool, as_json: bool
) -> None:
    """Score every .xlsx and .xlsm workbook under a folder, or one workbook of several classes, into another folder.

    A workbook that cannot be scored never stops the others; it is named at the end, and the exit code is then 1. What has a good
    result from an earlier run, and has not changed since, is left as it is; so a batch that was stopped goes on where it was.
    Decisions in earlier results are carried over.

    `batch-overview.xlsx`, `.html` and `.csv` there show classes beside one another, without a student's name: flags, change since
    earlier runs, topics that a year struggles with, take-up of clinics, teachers. A student in two classes stands once in
    sums, and groups under ten are hidden.

    With --names, `batch-names.xlsx` lists who needs help across classes, by need and by topic, to fill one clinic from several
    classes. It holds students' names: it stays in the department.
    """
    if dask is not None and workers is not None:
        raise click.UsageError("--workers and --dask contradict each other: give one of them.")
    if dask is not None and names:
        raise click.UsageError(
            "--dask and --names contradict each other, since names do not travel: run with --dask first, then again with --names."
        )
    done = _with_progress(folder, output, workers, dask, add_sheets=add_sheets, names=names)
    for file, reason in done.refused.items():
        click.echo(f"error: {_in_one_line(file)}: {_in_one_line(reason)}", err=True)
    if as_json:
        print_json(as_table(done))
    else:
        _tell(done)
    if done.refused:
        sys.exit(1)


def as_table(done: Batch) -> dict[str, object]:
    """The object that `--json` prints.

    {"input", "output": folders, "scored", "unchanged": how many workbooks, "refused": [{"file", "reason"}], "passed_over":
    {reason: n}, "students": n, "counts": {flag: n}, "needs": {strand: n}, "queries": n, "overview", "overview_csv",
    "overview_page": paths, "names": path or null}. Sums are over all results, old and new, each student once; `file` is a path
    below the input folder.
    """
    return {
        "input": str(done.folder),
        "output": str(done.output),
        "scored": done.scored,
        "unchanged": done.unchanged,
        "refused": [{"file": file, "reason": reason} for file, reason in done.refused.items()],
        "passed_over": done.passed_over,
        "students": done.totals.students,
        "counts": dict(zip((flag.value for flag in Flag), done.totals.counts, strict=True)),
        "needs": dict(zip((strand.value for strand in STRANDS), done.totals.needs, strict=True)),
        "queries": done.totals.queries,
        "overview": str(done.overview),
        "overview_csv": str(done.overview_csv),
        "overview_page": str(done.page),
        "names": None if done.names is None else str(done.names),
    }


def _with_progress(
    folder: Path, output: Path, workers: int | None, dask: str | None, *, add_sheets: bool, names: bool
) -> Batch:
    """Run the batch under a bar with the time that is left, where a terminal shows one."""
    from addin.batch.run import run_batch
    from addin.cli.tell.terminal import progress

    with progress() as step:
        return run_batch(folder, output, workers=workers, dask=dask, add_sheets=add_sheets, names=names, on_step=step)


def _tell(done: Batch) -> None:
    click.echo(_summary(done))
    if done.passed_over:
        passed = ", ".join(f"{count} {reason}" for reason, count in done.passed_over.items())
        click.echo(f"Passed over: {passed}.")
    counts = "   ".join(f"{flag.value} {count}" for flag, count in zip(Flag, done.totals.counts, strict=True))
    click.echo(f"{counted(done.totals.students, 'student')}: {counts}")
    click.echo(f"Queries: {done.totals.queries}")
    click.echo(
        f"Results are in {done.output}; the overview is {_below(done.overview)}, {done.page.name} and {done.overview_csv.name}"
    )
    if done.names is not None:
        click.echo(f"{done.names.name} names the students who need help: it stays in the department.")
    elif done.old_names:
        click.echo(f"{NAMES_NAME} there is of an earlier run and holds names. Delete it, or make it anew with --names.")


def _summary(done: Batch) -> str:
    """What was done, in a sentence or two."""
    standing = done.scored + done.unchanged
    if done.scored == 0 and done.unchanged:
        first = f"Nothing to do: {counted(done.unchanged, 'workbook')} had a good result already."
    else:
        first = f"{counted(standing, 'workbook')} with a result: {done.scored} scored now, {done.unchanged} had one already."
    return f"{first} Refused: {len(done.refused)}." if done.refused else first


def _below(path: Path) -> str:
    with suppress(ValueError):
        return str(path.relative_to(Path.cwd()))
    return str(path)


def _in_one_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else "?" for letter in text).split())
