"""`markbook letters`: letters for the students whose decision is Accept."""

from __future__ import annotations

from pathlib import Path

import click

from addin.cli.shared.options import PATH, language_option, output_option, sheet_option
from addin.extras import left_out
from addin.hosts.closed_file import ClosedFile


@click.command("letters")
@click.argument("file", type=PATH, required=False)
@output_option("The folder for the letters: a new or empty one.", PATH, metavar="DIR")
@click.option("--format", "formats", help="html, docx, or both with a comma; left out, both.")
@language_option("The language of the letters; left out, the one on the sheet Setup, else English.")
@sheet_option
@click.option("--copy-wording", is_flag=True, help="Copy the wording to where you can edit it, and say where that is.")
def command(
    file: Path | None,
    output: Path | None,
    formats: str | None,
    language: str | None,
    sheet: str | None,
    copy_wording: bool,
) -> None:
    """Write a letter to the family and one to the student for everybody in the marked FILE whose decision is Accept.

    Each is one page, as a web page to print and as a Word document; a CSV for a mail merge lies beside them. Nothing is sent.
    """
    if copy_wording:
        if file is not None or output is not None:
            raise click.UsageError("--copy-wording stands alone: leave FILE and -o out.")
        _copy_wording()
        return
    if file is None or output is None:
        raise click.UsageError("Name the marked FILE, and with -o the folder for the letters.")
    chosen = _formats(formats)
    from addin.letters.compose import compose
    from addin.letters.folder import MAIL_MERGE, write_letters

    composed = compose(ClosedFile(file, output=file).read(), sheet=sheet, language=language)
    written = write_letters(composed, output, formats=chosen)
    for notice in (*composed.notices, *(left_out("word") if formats is None else ())):
        click.echo(f"{notice}.")
    click.echo(composed.told())
    click.echo(f"Written to {written.folder}: {len(written.files)} files ({', '.join(chosen)} and {MAIL_MERGE}).")


def _copy_wording() -> None:
    from addin.letters.wording import copy_wording

    folder, copied = copy_wording()
    click.echo(f"The wording to edit is in {folder}")
    for path in copied:
        click.echo(f"  {path.name}")
    click.echo("What was there already stays as it is. Delete a file, and the program's own is used again.")


def _formats(text: str | None) -> tuple[str, ...]:
    from addin.letters.folder import FORMATS, formats_here

    if text is None:
        return formats_here()
    asked = [part.strip().casefold() for part in text.split(",") if part.strip()]
    unknown = [part for part in asked if part not in FORMATS]
    if unknown or not asked:
        raise click.UsageError(
            f"--format: {', '.join(unknown) or 'nothing'} is not known. Give {' or '.join(FORMATS)}, or both."
        )
    return tuple(dict.fromkeys(asked))
