"""What an import looks like on a terminal: columns, students, every cell that was not simply filled, where the result is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from addin.files.imported import Imported
from addin.importing.changes import Difference, ImportPlan
from addin.importing.roll import Person


def tell_import(done: Imported) -> None:
    """Print a finished import for a reader."""
    for line in lines(done):
        # A heading or name of the export may hold signs that would steer the terminal.
        click.echo("".join(sign if sign.isprintable() else " " for sign in line))


def lines(done: Imported) -> Iterator[str]:
    """The lines that are printed.

    Nothing is cut short: what was not taken over, and what was, the teacher can only check where it is listed.
    """
    plan = done.plan
    yield f"{done.export.name} into {done.source.name}, sheet {plan.sheet}"
    yield f"Columns matched: {len(plan.pairs)}"
    others = (pair for pair in plan.pairs if pair.source.heading.casefold() != pair.target.heading.casefold())
    yield from _block("Under another heading", (f"{pair.source.heading} -> {pair.target.heading}" for pair in others))
    yield from _block("Columns left out", (f"{each.heading}: {each.reason}" for each in plan.left_out))
    yield from _block("New columns", (each.heading for each in plan.columns_added))
    yield from _block("Tests that may get a column (--add-columns)", plan.offered)
    yield from _block("Values that cannot be read, not written", map(_difference, plan.unread))
    yield from _block("Rows of the export left out", (f"line {each.line}: {each.reason}" for each in plan.skipped))
    yield f"Students on the sheet already: {plan.known}"
    yield from _block("New students", map(_who, plan.added))
    yield from _leavers(plan)
    yield from _block("Marked as left, but in the export", map(_who, plan.returned))
    yield f"Blank cells filled: {plan.filled}"
    yield from _block(
        "Different and kept (--overwrite takes the export's)",
        map(_difference, (each for each in plan.kept if not each.formula)),
    )
    yield from _block("Formulas, kept", map(_difference, (each for each in plan.kept if each.formula)))
    yield from _block("Overwritten", map(_difference, plan.changed))
    for notice in done.notices:
        yield notice if notice.endswith(".") else f"{notice}."
    if not plan.edits.values:
        yield "The export changes nothing."
    yield f"Written to {done.output}" if done.written else f"{done.output} holds this result already"


def _leavers(plan: ImportPlan) -> Iterator[str]:
    marked = "listed only: the markbook has no column Status or Left"
    if plan.status_heading is not None:
        marked = f"in the column {plan.status_heading}"
    yield from _block(f"Leavers, not in the export ({marked})", map(_who, plan.leavers))
    if plan.leavers and not plan.known:
        yield "Not one student of the markbook is in the export: check that they belong together."


def _block(title: str, entries: Iterable[str]) -> Iterator[str]:
    """A title with the number of entries, and one line for each; nothing without any."""
    found = list(entries)
    if found:
        yield f"{title}: {len(found)}"
        yield from (f"  {entry}" for entry in found)


def _who(one: Person) -> str:
    return f"row {one.row}: {one}"


def _difference(each: Difference) -> str:
    return f"{each.cell} {each.heading}, {each.who}: now {each.now!r}, export {each.export!r}"
