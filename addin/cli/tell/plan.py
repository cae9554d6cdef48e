"""What a plan looks like on a terminal: a table by clinic, who has no place, notes, where the files are."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from addin.cli.tell.terminal import add_columns, sentence, tell_queries, terminal
from addin.clinics.files import time_told
from addin.clinics.planning import LINE_SHOWN
from addin.files.planned import PlannedFile
from model.clinics.reasons import about_group, why_invited, why_not
from model.vocabulary import counted, day_told

MOST_LEFT_OUT = 15
"""The sheet has them all."""


def tell_plan(done: PlannedFile) -> None:
    """Print a plan for a reader."""
    console = terminal()
    planned, plan = done.planned, done.planned.plan
    results, language = planned.results(), planned.review.language

    def name(key: str) -> Text:
        return Text(results[key].name or results[key].student_id or f"row {results[key].row}")

    for session in planned.sessions:
        slot, group = session.group.slot, session.group
        when = day_told(session.day, "{weekday} {number} {month} {year}")
        staff = f", {', '.join(slot.staff)}" if slot.staff else ""
        title = f"{slot.name}: {when}{' ' + time_told(session) if time_told(session) else ''}{staff}"
        console.print(Text(title, style="bold"))
        table = Table()
        add_columns(table, "Student", "Topic")
        table.add_column("Comes", justify="right")
        add_columns(table, "Why")
        for option in group.invited:
            table.add_row(
                name(option.key),
                Text(option.topic.name),
                f"{option.chance:.0%}",
                Text(why_invited(plan, option, language=language)),
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
        console.print(Text(f"{about_group(group, language=language)}."))
    placed = plan.places()
    without = [result for result in planned.review.in_order() if result.key not in placed]
    if without:
        console.print(Text(f"Without a place: {len(without)}"))
        for result in without[:MOST_LEFT_OUT]:
            why = why_not(plan, result.key, language=language) if result.key in plan.candidates else result.reasons[0]
            console.print(Text.assemble("  ", name(result.key), f": {why}."))
        if len(without) > MOST_LEFT_OUT:
            console.print(Text(f"  and {len(without) - MOST_LEFT_OUT} more; the sheet Clinic plan says of each why."))
    for note in (*planned.notes, *done.notices):
        console.print(sentence(note))
    tell_queries(console, planned.queries)
    if planned.impact is not None:
        for line in planned.impact.lines():
            console.print(Text(line))
    held = len([session for session in planned.sessions if session.group.invited])
    console.print(Text(f"{counted(len(placed), 'student')} invited to {counted(held, 'clinic')}."))
    console.print(Text(f"Registers and calendar files (without names): {done.folder}"))
    console.print(Text(f"Written to {done.output}" if done.written else f"{done.output} holds this plan already"))
