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
@click.option(
    "--sheet", "sheets", multiple=True, help="A sheet with students, where there are several; may be given again."
)
def command(file: Path, output: Path | None, sheets: tuple[str, ...]) -> None:
    """Empty the seven result columns in a copy of FILE; `Decision` and `Decision note` stay.

    The copy is FILE's name with `.cleared` before the ending.
    """
    written, notices = clear_file(file, output=output, sheets=sheets)
    for notice in notices:
        click.echo(notice)
    click.echo(f"Written to {written}")
