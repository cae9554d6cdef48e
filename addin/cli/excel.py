"""`markbook excel`: the ribbon and the functions in Excel on the desktop."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from addin.cli.shared.options import output_option


@click.group("excel")
def command() -> None:
    """Put the tab Maths Clinic and the functions into Excel on this computer, and see whether all is well."""


@command.command("install")
def install_command() -> None:
    """Build the add-in and put it where Excel starts it. Run it again after every update."""
    from addin.excel.desktop.computer import this_computer
    from addin.excel.desktop.install import install

    for line in install(this_computer()):
        click.echo(line)


@command.command("remove")
def remove_command() -> None:
    """Take the add-in and its settings away. Workbooks are not touched."""
    from addin.excel.desktop.computer import this_computer
    from addin.excel.desktop.install import remove

    for line in remove(this_computer()):
        click.echo(line)


@command.command("status")
def status_command() -> None:
    """Tell whether the add-in is installed and what is wrong with it. Exits with 1 where something is."""
    from addin.excel.desktop.computer import this_computer
    from addin.excel.desktop.status import status

    found = status(this_computer())
    for line in (*found.facts, *(found.hindrances or ("Nothing is wrong.",))):
        click.echo(line)
    if found.hindrances:
        sys.exit(1)


@command.command("build")
@output_option("Where the add-in (.xlam) goes.", required=True)
def build_command(output: Path) -> None:
    """Build the add-in into a file, to look at it; it works only with the xlwings it was built with."""
    from addin.excel.desktop.xlam import build

    build(output)
    click.echo(f"Written to {output}")
