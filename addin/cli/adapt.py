"""`markbook adapt`: a model of the school's own, from last year's outcomes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from addin.cli.shared.options import PATH, sheet_option
from addin.cli.tell.table import Table
from addin.cli.tell.terminal import progress, say, show

if TYPE_CHECKING:
    from addin.results.outcomes import Adapted


@click.command("adapt")
@click.argument("last_year", type=PATH, required=False, metavar="LAST_YEAR.xlsx")
@sheet_option
@click.option("--status", is_flag=True, help="Tell which model is in use.")
@click.option("--reset", is_flag=True, help="Remove the adapted model; the shipped one is then in use.")
def command(last_year: Path | None, sheet: str | None, status: bool, reset: bool) -> None:
    """Learn from LAST_YEAR.xlsx, a markbook with a column `Final grade` and at least 30 outcomes.

    The new model is compared with the shipped one and with the rule "working below target" on students whom it has not seen, and
    takes effect only where it is better. It is kept on this computer.
    """
    if (last_year is not None) + status + reset != 1:
        raise click.UsageError("Give one of LAST_YEAR.xlsx, --status and --reset.")
    if last_year is None and sheet is not None:
        raise click.UsageError("--sheet goes with LAST_YEAR.xlsx.")
    if last_year is not None:
        _adapt(last_year, sheet)
    elif status:
        _tell_status()
    else:
        from model import local

        click.echo("The adapted model is removed." if local.reset() else "There was no adapted model.")
        click.echo("The shipped model is in use.")


def _adapt(path: Path, sheet: str | None) -> None:
    from addin.hosts.closed_file import ClosedFile
    from addin.results.outcomes import adapt_from

    book = ClosedFile(path, output=path).read()
    with progress() as step:

        def on_step(share: float) -> None:
            step("Comparing with the shipped model", round(100 * share), 100)

        done = adapt_from(book, sheet=sheet, on_step=on_step)
    _tell(path, done)


def _tell(path: Path, done: Adapted) -> None:
    found = done.adaptation
    half_terms = f"half-term{'s' if len(found.half_terms) > 1 else ''} {', '.join(map(str, found.half_terms))}"
    say(f"{path.name}, sheet {done.sheet}: {found.outcomes} outcomes, {half_terms}.")
    table = Table(title="On students who were not learnt from")
    table.add_column("")
    for heading in ("Log loss", "Brier", "Area under the curve", "Recall at 20 %"):
        table.add_column(heading, right=True)
    for name, row in (
        (f"Adapted ({found.candidate.freedom})", found.adapted),
        ("Shipped", found.shipped),
        ("Rule: working below target", found.rule),
    ):
        values = (row.log_loss, row.brier, row.auc, row.recall)
        table.add_row(name, *("–" if value != value else f"{value:.3f}" for value in values))
    show(table)
    for line in (f"Shipped model: {found.drift}", *found.notes, found.verdict):
        say(f"{line}.")
    if done.kept is not None:
        say(f"Taken into use, kept as {done.kept}. Remove it with `markbook adapt --reset`.")
    else:
        from model import local

        earlier = local.status()
        in_use = "The shipped model" if earlier is None else "The earlier adapted model"
        say(f"Declined. {in_use} stays in use.")


def _tell_status() -> None:
    from model import local

    kept = local.status()
    if kept is None:
        say("The shipped model is in use; no adapted model is kept.")
        return
    local.in_use()  # refuses a scorecard that has been changed
    if local.only_bundled():
        say(f"The shipped model is in use, since {local.MODEL}={local.BUNDLED}. Kept meanwhile: {kept.path}")
    else:
        say(f"An adapted model is in use: {kept.path}")
    for name, value in kept.about.items():
        say(f"{name}: {value}")
    if kept.outdated:
        say("The program has come with another shipped model since: adapt again.")
