"""`markbook roll-over`: a copy of a closed file for the next school year."""

from __future__ import annotations

from pathlib import Path

import click

from addin.cli.shared.options import file_argument, output_option, sheets_option
from addin.cli.tell.roll_over import tell_roll_over
from addin.files.rolled_over import roll_over_file


@click.command("roll-over")
@file_argument
@output_option("Where the copy goes; a file that is there already is never replaced.")
@sheets_option
@click.option(
    "--leaver",
    "leavers",
    multiple=True,
    metavar="ID or NAME",
    help="A student who does not go on, by student ID or name; may be given again.",
)
def command(file: Path, output: Path | None, sheets: tuple[str, ...], leavers: tuple[str, ...]) -> None:
    """Copy FILE into the next school year; FILE itself is not touched, and keeps everything that the copy leaves out.

    Students, form, tier, baselines and targets stay. Marks, attendance, homework, effort, grades of the year, results, decisions
    and their notes are emptied; headings, totals, formulas and formats stay. Runs and last grades are kept in sheets named after
    the year that ends. On Setup the school year moves on and the half-term is emptied.

    Leavers are out: whom the sheet marks under Status, Left or Leaving date, and whom --leaver names. Their rows stay blank.

    The copy is FILE's name with the year that begins before the ending, such as class.2026-27.xlsx.
    """
    tell_roll_over(roll_over_file(file, output=output, sheets=sheets, leavers=leavers))
