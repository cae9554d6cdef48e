"""The terminal that results are printed on, and what several of them have in common there."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import click

from addin.cli.tell.table import Table, folded
from addin.reading.queries import Query

PIPE_WIDTH = 160  # signs; a pipe or a file has no width of its own
MOST_QUERIES = 10


def width() -> int:
    """How many signs a line may have; a pipe gets lines that are long enough to be read by another program."""
    found = shutil.get_terminal_size().columns
    return found if sys.stdout.isatty() else max(found, PIPE_WIDTH)


def say(text: str, *, bold: bool = False) -> None:
    """Print text, folded between words."""
    for line in folded(text, width()):
        tell(click.style(line, bold=True) if bold else line)


def tell(line: str) -> None:
    """Print a line as it is, in colours on a terminal alone; none where NO_COLOR is set."""
    # To this very stream: click would write UTF-8 past one that says that it takes plain letters alone.
    click.echo(line, file=sys.stdout, color=False if os.environ.get("NO_COLOR") else None)


def sentence(note: str) -> None:
    """Print a note with a full stop."""
    say(note if note.endswith(".") else f"{note}.")


def show(table: Table) -> None:
    """Print a table."""
    for line in table.lines(width(), encoding=sys.stdout.encoding or "utf-8"):
        tell(line)


def tell_queries(queries: Sequence[Query]) -> None:
    """Print the first cells that were not understood, and how many there are."""
    if queries:
        say(f"Not understood: {len(queries)}")
    for query in queries[:MOST_QUERIES]:
        say(f"  {query.cell}: {query.value!r}. Rule: {query.rule}. {query.remedy}.")
    if len(queries) > MOST_QUERIES:
        say(f"  and {len(queries) - MOST_QUERIES} more.")


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """What is to be called with what is done, how much of it, and of how much; a bar on a terminal, nothing in a pipe."""
    if not sys.stdout.isatty():
        yield lambda what, done, of: None
        return
    with ExitStack() as bars:
        shown: list[Any] = []

        def step(what: str, done: int, of: int) -> None:
            if not shown or shown[-1].label != what:
                bars.close()
                shown.append(bars.enter_context(click.progressbar(length=of, label=what, show_pos=True)))
            shown[-1].update(done - shown[-1].pos)

        yield step
