"""`markbook clear`: empty the result columns of a closed file."""

from __future__ import annotations

from pathlib import Path

import click

from addin.files.marked import clear_file


@click.command("clear")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Where the cleared markbook goes."
)
@click.option("--sheet", help="The sheet with the students, where there are several.")
def command(file: Path, output: Path | None, sheet: str | None) -> None:
    """Empty the seven result columns in a copy of FILE; `Decision` and `Decision note` stay.

    The copy is FILE's name with `.cleared` before the ending.
    """
    written, notices = clear_file(file, output=output, sheet=sheet)
    for notice in notices:
        click.echo(notice)
    click.echo(f"Written to {written}")
