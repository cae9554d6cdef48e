"""`markbook new`: a sample markbook of invented students."""

from __future__ import annotations

from pathlib import Path

import click

from addin.cli.shared.options import FILE
from addin.errors import RequestProblem
from model.vocabulary import counted


@click.command("new")
@click.argument("path", type=FILE)
@click.option(
    "--students", type=click.IntRange(1, 200), default=30, show_default=True, help="How many invented students."
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=1, show_default=True, help="The same seed makes the same class."
)
@click.option("--force", is_flag=True, help="Replace PATH if it exists.")
def command(path: Path, students: int, seed: int, force: bool) -> None:
    """Make a sample markbook of invented students at PATH."""
    from templates.build import class_workbook

    if path.suffix.lower() != ".xlsx":
        raise RequestProblem(f"{path.name}: a new markbook is an .xlsx file. Give a name that ends in .xlsx.")
    if path.exists() and not force:
        raise RequestProblem(f"{path.name}: the file exists already. Give another name, or --force to replace it.")
    class_workbook(path, students=students, seed=seed)
    click.echo(f"{path}: a markbook of {counted(students, 'invented student')}.")
