"""`markbook lite`: the program inside a workbook, for xlwings Lite."""

from __future__ import annotations

from pathlib import Path

import click


@click.group("lite")
def command() -> None:
    """Use the program wholly inside Excel, with xlwings Lite from Office's store and nothing to install."""


@command.command("build")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the workbook (.xlsx) goes.",
)
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    help="Your own workbook, of which a copy is made; left out, the empty template.",
)
def build_command(output: Path, source: Path | None) -> None:
    """Make a workbook that carries the program, with a sheet of buttons. A model adapted on this computer goes along."""
    from addin.excel.lite.build import build

    build(output, source=source)
    click.echo(
        f"Written to {output}. Open it in Excel, add xlwings Lite (Home > Add-ins), and choose Trust and Continue."
    )
