"""`markbook import`: the students and columns of a CSV export into a closed file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from addin.cli.shared.options import PATH, output_option, sheet_option
from addin.cli.tell.imports import tell_import
from addin.files.imported import import_file


@click.command("import")
@click.argument("export", type=PATH, metavar="EXPORT.csv")
@click.option("--into", required=True, type=PATH, help="The markbook that takes the export.")
@output_option("Where the result goes.")
@sheet_option
@click.option("--add-columns", is_flag=True, help="Give tests that the markbook does not have a column each.")
@click.option("--overwrite", is_flag=True, help="Let the export's values replace others; each such cell is listed.")
def command(
    export: Path, into: Path, output: Path | None, sheet: str | None, add_columns: bool, overwrite: bool
) -> None:
    """Take the students and columns of EXPORT (.csv or .xlsx) into a copy of a markbook, by role and identity.

    Blank cells are filled and new students added below the others. A cell that holds something else is listed and kept, unless
    --overwrite is given. Formulas, results, decisions and notes are never written to. Students who are not in the export are
    listed as leavers; where the markbook has a column `Status` or `Left`, "Left" is written there. Nobody is deleted.

    A test that the markbook does not have gets a column right of its last one, its total in the heading, with --add-columns or
    when a terminal asks and you agree.

    The copy is the markbook's name with `.imported` before the ending; the markbook itself is not touched.
    """

    def consent(offered: tuple[str, ...]) -> bool:
        if add_columns or not sys.stdin.isatty():
            return add_columns
        return click.confirm(f"The markbook has no column for {', '.join(offered)}. Add one for each?")

    tell_import(import_file(export, into=into, output=output, sheet=sheet, overwrite=overwrite, add_columns=consent))
