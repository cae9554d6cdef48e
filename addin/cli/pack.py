"""`markbook pack`: what a session needs on paper, for the teacher and for each student."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from addin.cli.shared.options import PATH, file_argument, output_option, sheet_option
from addin.extras import left_out, needed


@click.command("pack")
@file_argument
@output_option("The folder for the packs: a new or empty one.", PATH, metavar="DIR")
@click.option("--format", "formats", help="html, docx, or both with a comma; left out, both.")
@click.option(
    "--home", is_flag=True, help="Add two weeks of practice at home for each student, with answers for the family."
)
@click.option("--easy-to-read", is_flag=True, help="Larger letters with more room, on a pale ground.")
@sheet_option
def command(
    file: Path, output: Path | None, formats: str | None, home: bool, easy_to_read: bool, sheet: str | None
) -> None:
    """Make a pack to print for each coming session of FILE's clinic plan.

    A register with seating by group and the activity to teach from; for each student a starter, a worked example, two that fade,
    practice at the student's level and an exit ticket; answers apart. Questions are new for each session. A student's page holds
    that student's name and mathematics, and nothing else.
    """
    if output is None:
        raise click.UsageError("Name with -o the folder for the packs.")
    needed("packs")
    from addin.files.marked import with_name
    from addin.hosts.closed_file import ClosedFile
    from addin.letters.folder import formats_here
    from addin.packs.compose import packs_of
    from addin.packs.folder import EASY_TO_READ, PLAIN, write_packs

    file = with_name(file)
    made = packs_of(ClosedFile(file, output=file).read(), sheet=sheet, today=date.today(), home=home)
    chosen = (
        formats_here()
        if formats is None
        else tuple(dict.fromkeys(part.strip().casefold() for part in formats.split(",") if part.strip()))
    )
    written = write_packs(made, output, formats=chosen, prints=(EASY_TO_READ if easy_to_read else PLAIN,))
    for notice in (*made.notices, *(left_out("word") if formats is None else ())):
        click.echo(f"{notice}.")
    click.echo(made.told())
    click.echo(f"Written to {written.folder}: {len(written.files)} files ({', '.join(chosen)}).")
