"""How columns look on a terminal: as `markbook map` takes them, and as `markbook check` understood them, with the rest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from addin.cli.tell.table import Table
from addin.cli.tell.terminal import say, sentence, show
from addin.reading.grid import column_letters
from addin.reading.headings.column import Column
from addin.reading.markbook import Markbook, told_of_columns
from addin.reading.table.asked import Asked
from addin.reading.table.find_class import Found

SURE = 1.0


def tell_check(file: Path, markbook: Markbook) -> None:
    """Print what was understood for a reader."""
    table = Table(title=f"{file.name}, sheet {markbook.sheet}, headings in row {markbook.header_row}")
    table.add_column("Column", right=True)
    table.add_columns("Heading", "Understood as")
    table.add_column("Out of", right=True)
    table.add_columns("Confidence")
    for column in markbook.columns:
        if column.heading:
            table.add_row(
                column_letters(column.index + 1),
                column.heading,
                meaning(column),
                "" if column.out_of is None else f"{column.out_of:g}",
                _confidence(column),
            )
    show(table)
    say(f"{_students(markbook)}.")
    say(f"Half-term {markbook.cohort.half_term}, from {markbook.half_term_from}.")
    for note in markbook.notes:
        sentence(note)
    for line in told_of_columns(markbook):
        say(line)
    if not markbook.queries:
        return
    queries = Table(title=f"Not understood: {len(markbook.queries)}")
    queries.add_columns("Cell", "Value", "Rule", "Remedy")
    for query in markbook.queries:
        queries.add_row(query.cell, query.value, query.rule, query.remedy)
    show(queries)


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


def tell_columns(name: str, found: Found, asked: Sequence[Asked]) -> None:
    """Print the columns of a class, and what has to be said before it can be scored."""
    table = Table(title=f"{name}, sheet {found.sheet.name}")
    table.add_columns("Column", "Heading", "Values", "Taken for", "Why")
    for one in asked:
        guess = one.guess if one.is_sure else "left out" if one.is_left_out else f"{one.guess}?"
        table.add_row(one.place, one.heading, ", ".join(one.samples), guess, one.why)
    show(table)
    if found.doubt:
        say(found.doubt)
