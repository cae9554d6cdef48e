"""`markbook email`: a marked markbook as a draft e-mail."""

from __future__ import annotations

from pathlib import Path

import click

from addin.hosts.closed_file import ClosedFile


@click.command("email")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--to", "to", multiple=True, required=True, metavar="ADDRESS", help="A colleague's address; may be repeated."
)
@click.option(
    "--draft", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Where the draft (.eml) goes."
)
@click.option("--sheet", help="The sheet with the students, where there are several.")
def command(file: Path, to: tuple[str, ...], draft: Path, sheet: str | None) -> None:
    """Put a copy of the marked markbook FILE, made from its values, into a draft e-mail.

    Nothing is sent: open the draft in your mail program, look at it, and send it from there.
    """
    from addin.message import compose
    from addin.outbox import keep_draft

    message = compose(ClosedFile(file, output=file).read(), to=to, source=file.name, sheet=sheet)
    keep_draft(message, draft)
    attachment = next(message.iter_attachments())
    size = len(attachment.get_content())
    click.echo(f"Draft written to {draft}")
    click.echo(f"To: {message['To']}")
    click.echo(f"Subject: {message['Subject']}")
    click.echo(f"Attachment: {attachment.get_filename()} ({size:,} bytes); UPN and audit-only columns left out")
