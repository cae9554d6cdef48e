"""How `markbook check` looks on a terminal: the columns as understood, then what was not understood."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from addin.cli.tell.score import PIPE_WIDTH
from addin.reading.grid import column_letters
from addin.reading.headings.column import Column
from addin.reading.markbook import Markbook, told_of_columns

SURE = 1.0


def tell_check(file: Path, markbook: Markbook, console: Console | None = None) -> None:
    """Print what was understood for a reader."""
    console = console or Console(highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, PIPE_WIDTH)
    table = Table(
        title=f"{file.name}, sheet {markbook.sheet}, headings in row {markbook.header_row}", title_justify="left"
    )
    table.add_column("Column", justify="right")
    table.add_column("Heading", overflow="fold")
    table.add_column("Understood as", overflow="fold")
    table.add_column("Out of", justify="right")
    table.add_column("Confidence", overflow="fold")
    for column in markbook.columns:
        if column.heading:
            table.add_row(
                column_letters(column.index + 1),
                Text(column.heading),
                Text(meaning(column)),
                "" if column.out_of is None else f"{column.out_of:g}",
                Text(_confidence(column)),
            )
    console.print(table)
    console.print(Text(f"{_students(markbook)}."))
    console.print(Text(f"Half-term {markbook.cohort.half_term}, from {markbook.half_term_from}."))
    for note in markbook.notes:
        console.print(Text(note if note.endswith(".") else note + "."))
    for line in told_of_columns(markbook):
        console.print(Text(line))
    if not markbook.queries:
        return
    queries = Table(title=f"Not understood: {len(markbook.queries)}", title_justify="left")
    for heading in ("Cell", "Value", "Rule", "Remedy"):
        queries.add_column(heading, overflow="fold")
    for query in markbook.queries:
        queries.add_row(*(Text(text) for text in (query.cell, query.value, query.rule, query.remedy)))
    console.print(queries)


def meaning(column: Column) -> str:
    """A column's role with strand, topic and half-term, in words.

    Example:
        >>> from addin.reading.headings.column import understand
        >>> [meaning(column) for column in understand(["Angles HT2 (20)", "Homework HT3", "Doodles"])]
        ['test: Geometry, Angles, half-term 2', 'homework: half-term 3', 'ignored']
    """
    parts = [part for part in (column.strand, column.topic) if part]
    if column.half_term is not None:
        parts.append(f"half-term {column.half_term}")
    return f"{column.role.value}: {', '.join(parts)}" if parts else column.role.value


def _confidence(column: Column) -> str:
    return column.why if column.confidence >= SURE else f"{column.confidence:.0%}, {column.why}"


def _students(markbook: Markbook) -> str:
    rows = [student.row for student in markbook.students]
    return f"1 student in row {rows[0]}" if len(rows) == 1 else f"{len(rows)} students in rows {rows[0]} to {rows[-1]}"
