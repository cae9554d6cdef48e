"""What several commands are given: the workbook, its sheets, and where the result goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

PATH = click.Path(path_type=Path)
FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)

file_argument = click.argument("file", type=PATH)
sheet_option = click.option("--sheet", help="The sheet with the students, where there are several.")
sheets_option = click.option(
    "--sheet", "sheets", multiple=True, help="A sheet with students, where there are several; may be given again."
)


def language_option(told: str) -> Callable[[Any], Any]:
    """The option --language, with its help."""
    return click.option("--language", metavar="CODE", help=f"{told} Such as cy for Welsh or pl for Polish.")


def output_option(told: str, kind: click.Path = FILE, **more: Any) -> Callable[[Any], Any]:
    """The option -o, with its help."""
    return click.option("-o", "--output", type=kind, help=told, **more)


def json_option(told: str) -> Callable[[Any], Any]:
    """The option --json, with its help."""
    return click.option("--json", "as_json", is_flag=True, help=told)
