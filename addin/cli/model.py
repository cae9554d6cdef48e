"""`markbook model`: train the model."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import click

from addin.cli.shared.options import FILE, FOLDER, output_option
from addin.cli.tell.table import Table
from addin.cli.tell.terminal import say, show
from addin.extras import needed


@click.group("model")
def command() -> None:
    """Train the model and look at it."""


@command.command("train")
@click.option("--seed", type=click.IntRange(min=0), help="Seed of the synthetic schools; left out, the shipped one.")
@output_option("Folder for the model's files; left out, the program's own.", FOLDER)
def train_command(seed: int | None, output: Path | None) -> None:
    """Rebuild the model from synthetic schools and print its figures on schools that it has not seen."""
    needed("train")
    from model.training import train

    folder = output or Path(str(resources.files("model")))
    trained = train.train(folder=folder, seed=train.SEED if seed is None else seed)
    figures = train.held_out(trained.card)
    table = Table(title="Held-out synthetic schools: area under the curve, by half-term")
    table.add_column("Half-term", right=True)
    names = {
        "students": ("Students", "{:.0f}"),
        "missed": ("Missed target", "{:.1%}"),
        "model": ("Model", "{:.3f}"),
        "below target": ("Rule: working below target", "{:.3f}"),
        "lowest average": ("Rule: lowest average", "{:.3f}"),
        "high": ("Flagged High", "{:.1%}"),
        "right": ("of these right", "{:.1%}"),
    }
    for heading, _ in names.values():
        table.add_column(heading, right=True)
    for half_term, row in figures.iterrows():
        table.add_row(str(half_term), *(form.format(row[name]) for name, (_, form) in names.items()))
    show(table)
    gain = float(figures["model"].loc[3]) - float(figures["below target"].loc[3])
    say(f"At half-term 3 the model's area is {gain:.3f} above the rule's.")
    say(f"{'Written to' if trained.changed else 'Nothing changed in'} {folder}")


@command.command("evaluate")
@click.option("--quick", is_flag=True, help="Two seeds of fewer students: a look within two minutes.")
@output_option("Folder for the report.", FOLDER, default=Path("reports"), show_default=True)
def evaluate_command(quick: bool, output: Path) -> None:
    """Run the whole benchmark and write a report with plots; each goal's line ends with MET or MISSED."""
    needed("train")
    import sys

    from addin.cli.shared.trial import scored
    from model.training import evaluate, report

    def tell(step: str) -> None:
        if sys.stderr.isatty():
            click.echo(f"... {step}", err=True)

    measured = evaluate.run(scored=scored, size=evaluate.QUICK if quick else evaluate.FULL, tell=tell)
    report.write(measured, output, quick=quick)
    for goal in measured.goals:
        click.echo(goal.line())
    if measured.public_missing:
        click.echo(f"Real pupils were not evaluated: {measured.public_missing}")
    click.echo(f"Report written to {output}")


@command.command("card")
@click.option("--figures", type=FILE, help="figures.json of an evaluation; left out, that of the shipped model.")
@output_option("Where the card goes; left out, it is printed.")
def card_command(figures: Path | None, output: Path | None) -> None:
    """Make the model card from measured figures."""
    needed("train")
    from model.training import card as model_card

    text = model_card.card(figures or Path(str(resources.files("model") / "evaluation.json")))
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"Written to {output}")
