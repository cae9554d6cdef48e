"""What a plan looks like on a terminal: a table by clinic, who has no place, notes, where the files are."""

from __future__ import annotations

from addin.cli.tell.table import Styled, Table
from addin.cli.tell.terminal import say, sentence, show, tell_queries
from addin.clinics.files import time_told
from addin.clinics.planning import LINE_SHOWN
from addin.extras import left_out
from addin.files.planned import PlannedFile
from model.clinics.reasons import about_group, why_invited, why_not
from model.vocabulary import counted, day_told

MOST_LEFT_OUT = 15
"""The sheet has them all."""


def tell_plan(done: PlannedFile) -> None:
    """Print a plan for a reader."""
    planned, plan = done.planned, done.planned.plan
    results, language = planned.results(), planned.review.language

    def name(key: str) -> str:
        return results[key].name or results[key].student_id or f"row {results[key].row}"

    for session in planned.sessions:
        slot, group = session.group.slot, session.group
        when = day_told(session.day, "{weekday} {number} {month} {year}")
        staff = f", {', '.join(slot.staff)}" if slot.staff else ""
        title = f"{slot.name}: {when}{' ' + time_told(session) if time_told(session) else ''}{staff}"
        say(title, bold=True)
        table = Table()
        table.add_columns("Student", "Topic")
        table.add_column("Comes", right=True)
        table.add_columns("Why")
        for option in group.invited:
            table.add_row(
                name(option.key),
                option.topic.name,
                f"{option.chance:.0%}",
                why_invited(plan, option, language=language),
            )
        for place, option in enumerate(group.waiting[:LINE_SHOWN], start=1):
            cells = (name(option.key), option.topic.name, f"{option.chance:.0%}", f"next in line: {place}")
            table.add_row(*(Styled(cell, {"dim": True}) for cell in cells))
        if table.rows:
            show(table)
        say(f"{about_group(group, language=language)}.")
    placed = plan.places()
    without = [result for result in planned.review.in_order() if result.key not in placed]
    if without:
        say(f"Without a place: {len(without)}")
        for result in without[:MOST_LEFT_OUT]:
            why = why_not(plan, result.key, language=language) if result.key in plan.candidates else result.reasons[0]
            say(f"  {name(result.key)}: {why}.")
        if len(without) > MOST_LEFT_OUT:
            say(f"  and {len(without) - MOST_LEFT_OUT} more; the sheet Clinic plan says of each why.")
    for note in (*planned.notes, *done.notices):
        sentence(note)
    tell_queries(planned.queries)
    if planned.impact is not None:
        for line in planned.impact.lines():
            say(line)
    held = len([session for session in planned.sessions if session.group.invited])
    say(f"{counted(len(placed), 'student')} invited to {counted(held, 'clinic')}.")
    files = "Registers" if left_out("calendar") else "Registers and calendar files (without names)"
    say(f"{files}: {done.folder}")
    say(f"Written to {done.output}" if done.written else f"{done.output} holds this plan already")
