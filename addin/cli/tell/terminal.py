"""The terminal that results are printed on, and what several of them have in common there."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from addin.reading.queries import Query

PIPE_WIDTH = 160  # characters; a pipe or a file has no width of its own
MOST_QUERIES = 10


def terminal() -> Console:
    """Where to print; a pipe gets lines that are long enough to be read by another program."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, PIPE_WIDTH)
    return console


def add_columns(table: Table, *headings: str) -> None:
    """Give a table columns of text that is folded where it is too long."""
    for heading in headings:
        table.add_column(heading, overflow="fold")


def sentence(note: str) -> Text:
    """A note with a full stop."""
    return Text(note if note.endswith(".") else f"{note}.")


def tell_queries(console: Console, queries: Sequence[Query]) -> None:
    """Print the first cells that were not understood, and how many there are."""
    if queries:
        console.print(Text(f"Not understood: {len(queries)}"))
    for query in queries[:MOST_QUERIES]:
        console.print(Text(f"  {query.cell}: {query.value!r}. Rule: {query.rule}. {query.remedy}."))
    if len(queries) > MOST_QUERIES:
        console.print(Text(f"  and {len(queries) - MOST_QUERIES} more."))
