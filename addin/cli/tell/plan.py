"""What a plan looks like on a terminal: a table by clinic, who has no place, notes, where the files are."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from addin.cli.tell.score import MOST_QUERIES, PIPE_WIDTH
from addin.clinics.files import time_told
from addin.clinics.planning import LINE_SHOWN
from addin.files.planned import PlannedFile
from model.clinics.reasons import about_group, why_invited, why_not
from model.vocabulary import counted, day_told

MOST_LEFT_OUT = 15
"""The sheet has them all."""


def tell_plan(done: PlannedFile, console: Console | None = None) -> None:
    """Print a plan for a reader."""
    console = console or Console(highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, PIPE_WIDTH)
    planned, plan = done.planned, done.planned.plan
    results = planned.results()

    def name(key: str) -> Text:
        return Text(results[key].name or results[key].student_id or f"row {results[key].row}")

    for session in planned.sessions:
        slot, group = session.group.slot, session.group
        when = day_told(session.day, "{weekday} {number} {month} {year}")
        staff = f", {', '.join(slot.staff)}" if slot.staff else ""
        title = f"{slot.name}: {when}{' ' + time_told(session) if time_told(session) else ''}{staff}"
        console.print(Text(title, style="bold"))
        table = Table()
        table.add_column("Student", overflow="fold")
        table.add_column("Topic", overflow="fold")
        table.add_column("Comes", justify="right")
        table.add_column("Why", overflow="fold")
        for option in group.invited:
            table.add_row(
                name(option.key), Text(option.topic.name), f"{option.chance:.0%}", Text(why_invited(plan, option))
            )
        for place, option in enumerate(group.waiting[:LINE_SHOWN], start=1):
            table.add_row(
                name(option.key),
                Text(option.topic.name),
                f"{option.chance:.0%}",
                Text(f"next in line: {place}"),
                style="dim",
            )
        if table.row_count:
            console.print(table)
        console.print(Text(f"{about_group(group)}."))
    placed = plan.places()
    without = [result for result in planned.review.in_order() if result.key not in placed]
    if without:
        console.print(Text(f"Without a place: {len(without)}"))
        for result in without[:MOST_LEFT_OUT]:
            why = why_not(plan, result.key) if result.key in plan.candidates else result.reasons[0]
            console.print(Text.assemble("  ", name(result.key), f": {why}."))
        if len(without) > MOST_LEFT_OUT:
            console.print(Text(f"  and {len(without) - MOST_LEFT_OUT} more; the sheet Clinic plan says of each why."))
    for note in (*planned.notes, *done.notices):
        console.print(Text(note if note.endswith(".") else f"{note}."))
    if planned.queries:
        console.print(Text(f"Not understood: {len(planned.queries)}"))
        for query in planned.queries[:MOST_QUERIES]:
            console.print(Text(f"  {query.cell}: {query.value!r}. Rule: {query.rule}. {query.remedy}."))
        if len(planned.queries) > MOST_QUERIES:
            console.print(Text(f"  and {len(planned.queries) - MOST_QUERIES} more."))
    if planned.impact is not None:
        for line in planned.impact.lines():
            console.print(Text(line))
    held = len([session for session in planned.sessions if session.group.invited])
    console.print(Text(f"{counted(len(placed), 'student')} invited to {counted(held, 'clinic')}."))
    console.print(Text(f"Registers and calendar files (without names): {done.folder}"))
    console.print(Text(f"Written to {done.output}" if done.written else f"{done.output} holds this plan already"))
