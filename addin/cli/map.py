"""`markbook map`: what each column is taken for, and the place to say once what it means."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from addin.cli.shared.options import file_argument
from addin.cli.tell.check import tell_columns
from addin.errors import RequestProblem
from addin.files.mapped import Kept, columns_of, keep_answers
from addin.reading.headings.map import meaning_of
from addin.reading.headings.remembered import BEST_MARK, ONLY_SUBJECT, SPECIAL
from addin.reading.headings.text import plain
from addin.reading.table.asked import MEANINGS, Asked, answers_in, asked_of
from addin.reading.table.find_class import Found
from addin.results.edits import COLUMNS_SHEET


@click.command("map")
@file_argument
@click.option("--sheet", "sheets", multiple=True, help="A sheet with students, where there are several.")
@click.option(
    "--set", "said", multiple=True, metavar='"HEADING=MEANING"', help="What a column means; may be given again."
)
@click.option("--add-sheets", is_flag=True, help="Keep it in FILE on a sheet Columns, where FILE has no sheet Setup.")
@click.option("--leave-file", is_flag=True, help="Keep it on this computer only and do not write into FILE.")
def command(file: Path, sheets: tuple[str, ...], said: tuple[str, ...], add_sheets: bool, leave_file: bool) -> None:
    """Show what each column of FILE is taken for, with three of its values and the reason, and let it be said otherwise.

    In a terminal every column that is a guess or is left out is asked for. What is said is kept on this computer for workbooks
    of the same shape, and in FILE: on the sheet Setup where there is one, else on a sheet Columns that is added on request. A
    dated backup of FILE is kept. A heading may be given by its column's letters; "best mark=1" says that 1 is the best mark,
    "only subject=..." which subject's rows are read.
    """
    book, classes = columns_of(file, sheets)
    asks = not said and sys.stdin.isatty()
    answers = dict(map(_pair, said))
    for found in classes:
        if len(classes) == 1 or _fits(found, answers):
            answers_in(found, answers)  # refused before anything is told or kept
        tell_columns(file.name, found, asked_of(found))
    if asks:
        for found in classes:
            answers |= _asked_for(found)
        if answers and not leave_file and book.sheet("Setup") is None and book.sheet(COLUMNS_SHEET) is None:
            add_sheets = add_sheets or click.confirm(f"Keep this in {file.name} too, on a new sheet {COLUMNS_SHEET}?")
    if not answers:
        return
    there = [found for found in classes if len(classes) == 1 or _fits(found, answers)] or list(classes[:1])
    for place, found in enumerate(there):
        kept = keep_answers(file, book, found, answers, add_sheet=add_sheets, in_file=not leave_file and not place)
        _tell(file, kept)


def _pair(text: str) -> tuple[str, str]:
    heading, equals, meaning = text.rpartition("=")
    if not equals or not heading.strip() or not meaning.strip():
        raise RequestProblem(f'--set {text!r}: give a heading and what it means, such as --set "Wk 3=test (20)".')
    return heading.strip(), meaning.strip()


def _fits(found: Found, answers: dict[str, str]) -> bool:
    headings = {plain(one.heading) for one in asked_of(found)}
    return {plain(heading) for heading in answers} <= headings | set(SPECIAL)


def _asked_for(found: Found) -> dict[str, str]:
    """What the teacher answers to each open question; Enter leaves a column as it is."""
    answers: dict[str, str] = {}
    if found.asks == BEST_MARK:
        answers[BEST_MARK] = click.prompt("Which is the best mark?", type=click.Choice(["1", "6"]))
    if found.asks == ONLY_SUBJECT:
        answers[ONLY_SUBJECT] = click.prompt("Which subject's rows are read?", type=str)
    questions = [one for one in asked_of(found) if not one.is_sure]
    if questions:
        click.echo(f"What do these columns mean? One of: {', '.join(MEANINGS)}.")
        click.echo("A total stands behind, as in test (20). Enter keeps the guess.")
    for one in questions:
        said = _meant(one)
        if said:
            answers[one.heading] = said
    return answers


def _meant(one: Asked) -> str:
    while True:
        shown = f"{one.place} {one.heading!r} ({', '.join(one.samples)}) is {one.guess}"
        said: str = click.prompt(shown, default="", show_default=False)
        if not said:
            # What the teacher has seen and left is confirmed, so that it is not asked again.
            return one.guess
        if meaning_of(plain(one.heading), said) is not None:
            return said
        click.echo(f"{said!r} is not understood.")


def _tell(file: Path, kept: Kept) -> None:
    where = f"on the sheet {kept.sheet} of {file.name} and on this computer" if kept.sheet else "on this computer"
    click.echo(f"Kept {where}; it is not asked again.")
    for notice in kept.notices:
        click.echo(notice)
