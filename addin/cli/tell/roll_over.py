"""What a roll-over looks like on a terminal: who goes on, what was emptied, what to look at, where the copy is."""

from __future__ import annotations

from collections.abc import Iterator

import click

from addin.files.rolled_over import RolledOver
from addin.importing.turned_class import RolledClass
from model.vocabulary import counted


def tell_roll_over(done: RolledOver) -> None:
    """Print a finished roll-over for a reader."""
    for line in lines(done):
        # A heading of the sheet may hold signs that would steer the terminal.
        click.echo("".join(sign if sign.isprintable() else " " for sign in line))


def lines(done: RolledOver) -> Iterator[str]:
    """The lines that are printed; leavers are told by their rows."""
    year = done.year
    for each in year.classes:
        yield from _of_class(each)
    yield "Kept: students, baselines, targets. Look at the targets: they are those of last year."
    if year.runs:
        yield f"Runs: {counted(year.runs, 'row')} in the sheet 'Runs {year.ended}'; the sheet Runs is empty."
    if year.runs_out:
        yield f"Runs: {counted(year.runs_out, 'row')} of leavers left out."
    if year.outcomes:
        yield f"Last grades: of {counted(year.outcomes, 'student')}, {_where_grades_are(year.ended, done)}."
    if year.register:
        yield f"Clinic plan: {counted(year.register, 'row')} of the register emptied. The sheet Clinics stays as it is."
    if year.years:
        yield f"School year: {year.years[0]} -> {year.years[1]}."
    yield f"The class is still called {year.class_name or year.classes[0].sheet}: names are not changed."
    for notice in (*year.notes, *done.notices):
        yield notice if notice.endswith(".") else f"{notice}."
    yield f"What was emptied or left out stands in {done.source.name}: keep that file."
    yield f"Written to {done.output}" if done.written else f"{done.output} holds this result already"


def _of_class(each: RolledClass) -> Iterator[str]:
    out = f" Out: {counted(len(each.out), 'leaver')} ({_rows(each)})." if each.out else " No leavers."
    yield f"Sheet '{each.sheet}': {counted(each.students, 'student')} {'goes' if each.students == 1 else 'go'} on.{out}"
    if each.emptied:
        kinds = (f"{kind} ({counted(n, 'column')})" for kind, n in each.emptied.items())
        yield f"Emptied: {', '.join(kinds)}."
    for leaver, why in each.still_there:
        yield (
            f"Row {leaver.one.row} is a leaver's ({leaver.why}) and is still there, without marks: {why}. Delete the row in Excel."
        )
    if each.guessed:
        yield f"Emptied since they are taken for marks, which is a guess: {', '.join(each.guessed)}."
    if each.kept:
        yield f"Kept as they are, and perhaps of last year: {', '.join(each.kept)}."
    if each.formulas:
        yield f"Formulas stay in {', '.join(each.formulas)}. Open the copy in Excel and save it before you score it."
    if each.hidden:
        yield f"A filter hides {counted(each.hidden, 'row')}; clear it in Excel."
    if each.tied:
        yield f"Notes, comments or links hang on {counted(each.tied, 'row')} and stay; Clear in Excel takes the program's own away."
    for note in each.notes:
        yield note if note.endswith(".") else f"{note}."


def _rows(each: RolledClass) -> str:
    return ", ".join(f"row {leaver.one.row}, {leaver.why}" for leaver in each.out)


def _where_grades_are(ended: str, done: RolledOver) -> str:
    added = any(listing.sheet.startswith("Outcomes") for listing in done.year.listings)
    return f"in the sheet 'Outcomes {ended}'" if added else "in the column for them"
