"""`markbook model`: train the model."""

from __future__ import annotations

from pathlib import Path

import click


@click.group("model")
def command() -> None:
    """Train the model and look at it."""


@command.command("train")
@click.option(
    "--seed", type=click.IntRange(min=0), default=None, help="Seed of the synthetic schools; left out, the shipped one."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Folder for the model's files; left out, the program's own.",
)
def train_command(seed: int | None, output: Path | None) -> None:
    """Rebuild the model from synthetic schools and print its figures on schools that it has not seen."""
    from rich.console import Console
    from rich.table import Table

    from model import train

    folder = output or Path(train.__file__).parent
    trained = train.train(folder=folder, seed=train.SEED if seed is None else seed)
    figures = train.held_out(trained.card)
    console = Console(highlight=False)
    table = Table(title="Held-out synthetic schools: area under the curve, by half-term", title_justify="left")
    table.add_column("Half-term", justify="right")
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
        table.add_column(heading, justify="right")
    for half_term, row in figures.iterrows():
        table.add_row(str(half_term), *(form.format(row[name]) for name, (_, form) in names.items()))
    console.print(table)
    gain = float(figures["model"].loc[3]) - float(figures["below target"].loc[3])
    console.print(f"At half-term 3 the model's area is {gain:.3f} above the rule's.")
    console.print(f"{'Written to' if trained.changed else 'Nothing changed in'} {folder}")
