"""`markbook serve`: the add-in for Excel on the web, on Macs and on managed computers, from one machine of the school."""

from __future__ import annotations

from pathlib import Path

import click

from addin.cli.shared.options import PATH

MEGABYTE = 1_000_000


@click.command("serve")
@click.option("--educational-use", is_flag=True, help="State that the use is educational, as xlwings' licence asks.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; by default this computer alone.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
@click.option("--certificate", type=PATH, help="The certificate (PEM) for https.")
@click.option("--key", type=PATH, help="The certificate's key (PEM).")
@click.option(
    "--name", "names", multiple=True, metavar="NAME",
    help="A name of the server that is not in its certificate; can be given several times.",
)  # fmt: skip
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="How many processes answer requests."
)
@click.option(
    "--largest-request", "largest", default=20, show_default=True, type=click.IntRange(1, 500), metavar="MB",
    help="The largest workbook that is taken, in megabytes as sent.",
)  # fmt: skip
def command(
    educational_use: bool,
    host: str,
    port: int,
    certificate: Path | None,
    key: Path | None,
    names: tuple[str, ...],
    workers: int,
    largest: int,
) -> None:
    """Serve the tab Maths Clinic, the functions and the task pane to Excel, until stopped with Ctrl+C.

    Students' data is worked on in memory and never kept; the log has no names. docs/school-it.md is the guide.
    """
    from addin.excel.server.start import Serving, prepare, run

    wanted = Serving(
        host=host, port=port, certificate=certificate, key=key, names=names, workers=workers,
        educational_use=educational_use, largest=largest * MEGABYTE,
    )  # fmt: skip
    for warning in prepare(wanted):
        click.echo(f"warning: {warning}", err=True)
    click.echo(f"Maths Clinic is served at {wanted.address}; Excel's manifest is {wanted.address}/manifest.xml")
    try:
        run(wanted)
    except KeyboardInterrupt:
        click.echo("Stopped.")
