"""`markbook check`: what the program understands of a markbook, and what it does not."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from addin.cli.shared.options import file_argument, json_option, sheets_option
from addin.cli.tell.as_json import print_json
from addin.files.converted import as_workbook
from addin.hosts.closed_file import ClosedFile
from addin.reading.markbook import Markbook
from addin.results.as_json import of_query
from addin.review import markbooks


@click.command("check")
@file_argument
@sheets_option
@json_option("Print what was understood as JSON.")
def command(file: Path, sheets: tuple[str, ...], as_json: bool) -> None:
    """Show how the columns of FILE are understood, and list every cell that is not.

    Nothing is written. Exits with 1 where there are such cells.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = as_workbook(file, Path(folder))
        read = markbooks(ClosedFile(source, output=source).read(), sheets)
    if as_json:
        told = [as_table(file, markbook) for markbook in read]
        print_json(told[0] if len(told) == 1 else {"input": str(file), "classes": told})
    else:
        from addin.cli.tell.check import tell_check

        for markbook in read:
            tell_check(file, markbook)
    if any(markbook.queries for markbook in read):
        sys.exit(1)


def as_table(file: Path, markbook: Markbook) -> dict[str, object]:
    """The object that `--json` prints."""
    return {
        "input": str(file),
        "sheet": markbook.sheet,
        "header_row": markbook.header_row,
        "half_term": markbook.cohort.half_term,
        "half_term_from": markbook.half_term_from,
        "students": len(markbook.students),
        "columns": [
            {
                "column": column.index + 1,
                "heading": column.heading,
                "role": column.role.value,
                "strand": column.strand.value if column.strand else None,
                "topic": column.topic,
                "out_of": column.out_of,
                "half_term": column.half_term,
                "confidence": column.confidence,
                "why": column.why,
            }
            for column in markbook.columns
            if column.heading
        ],
        "notes": list(markbook.notes),
        "queries": [of_query(query) for query in markbook.queries],
    }
