"""`markbook clear`: empty the result columns of a closed file."""

from __future__ import annotations

from pathlib import Path

import click

from addin.cli.shared.options import file_argument, output_option, sheets_option
from addin.files.marked import clear_file


@click.command("clear")
@file_argument
@output_option("Where the cleared markbook goes.")
@sheets_option
def command(file: Path, output: Path | None, sheets: tuple[str, ...]) -> None:
    """Empty the seven result columns in a copy of FILE; `Decision` and `Decision note` stay.

    The copy is FILE's name with `.cleared` before the ending.
    """
    written, notices = clear_file(file, output=output, sheets=sheets)
    for notice in notices:
        click.echo(notice)
    click.echo(f"Written to {written}")
