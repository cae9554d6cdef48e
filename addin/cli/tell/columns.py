"""How the columns of a class look on a terminal: what each is taken for, three of its values and the reason."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from addin.cli.tell.score import PIPE_WIDTH
from addin.reading.table.asked import Asked
from addin.reading.table.find_class import Found


def tell_columns(name: str, found: Found, asked: Sequence[Asked], console: Console | None = None) -> None:
    """Print the columns of a class, and what has to be said before it can be scored."""
    console = console or Console(highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, PIPE_WIDTH)
    table = Table(title=f"{name}, sheet {found.sheet.name}", title_justify="left")
    for heading in ("Column", "Heading", "Values", "Taken for", "Why"):
        table.add_column(heading, overflow="fold")
    for one in asked:
        guess = one.guess if one.is_sure else "left out" if one.is_left_out else f"{one.guess}?"
        table.add_row(*map(Text, (one.place, one.heading, ", ".join(one.samples), guess, one.why)))
    console.print(table)
    if found.doubt:
        console.print(Text(found.doubt))
