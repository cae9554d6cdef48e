"""`markbook plan`: clinic groups for a closed file."""

from __future__ import annotations

from pathlib import Path

import click

from addin.cli.shared.options import file_argument, json_option, language_option, output_option, sheet_option
from addin.cli.tell.as_json import print_json
from addin.files.planned import PlannedFile, plan_file
from addin.results.as_json import of_query
from model.clinics.groups import Option
from model.clinics.reasons import why_invited, why_not
from model.language.speech import language_of
from model.vocabulary import WEEKDAYS


@click.command("plan")
@file_argument
@output_option("Where the markbook with the plan goes.")
@sheet_option
@click.option("--impact", is_flag=True, help="Also tell what changed for students who were offered clinics.")
@click.option(
    "--add-sheets",
    is_flag=True,
    help="Give a workbook without them the sheets Clinics (with an example), Queries and Runs.",
)
@language_option("The language of the reasons; left out, the one on the sheet Setup, else English.")
@json_option("Print the plan as JSON.")
def command(
    file: Path,
    output: Path | None,
    sheet: str | None,
    impact: bool,
    add_sheets: bool,
    language: str | None,
    as_json: bool,
) -> None:
    """Plan the next session of every clinic on the sheet Clinics of FILE.

    The plan goes to the sheet Clinic plan of a copy (FILE's name with `.marked` before the ending, as score writes it; a marked
    file is planned into itself, after a dated backup), and registers to print and calendar files without names into a folder
    beside it. A workbook of your own without the sheet Clinics gets it with --add-sheets, filled with an example that you change
    to your own clinics. Attendance that was entered is kept and learnt from.
    """
    spoken = language_of(language) if language else None
    done = plan_file(file, output=output, sheet=sheet, impact=impact, add_sheets=add_sheets, language=spoken)
    if as_json:
        print_json(as_table(done))
    else:
        from addin.cli.tell.plan import tell_plan

        tell_plan(done)


def as_table(done: PlannedFile) -> dict[str, object]:
    """The object that `--json` prints.

    `{"input", "output", "folder", "files": [name], "sheet", "settings": {name: value}, "objective", "gap", "stopped",
    "clinics": [{"slot", "date": "YYYY-MM-DD", "day", "strand": str|null, "seats", "staff": [str], "held": bool, "topics": [str],
    "expected", "overflow", "invited": [{"student_id", "name", "topic", "strand", "chance", "value", "why"}], "next": [the same
    without "why"]}], "students": [{"row", "student_id", "name", "decision", "priority", "slots": [str], "why"}], "notes": [str],
    "queries": [{"cell", "value", "rule", "remedy"}], "impact": object|null}`. Every student row of the sheet is there; `chance` and
    `overflow` are 0 to 1; `next` is in the order of the line; `gap` is the share by which the objective may lie below the best.
    """
    planned, plan = done.planned, done.planned.plan
    results = planned.results()
    places, language = planned.places(), planned.review.language

    def one(option: Option) -> dict[str, object]:
        result = results[option.key]
        return {
            "student_id": result.student_id,
            "name": result.name,
            "topic": option.topic.name,
            "strand": None if option.topic.strand is None else option.topic.strand.value,
            "chance": round(option.chance, 4),
            "value": round(option.value, 4),
        }

    return {
        "input": str(done.source),
        "output": str(done.output),
        "folder": str(done.folder),
        "files": list(done.files),
        "sheet": planned.review.markbook.sheet,
        "settings": {name: getattr(plan.settings, name) for name in plan.settings.__dataclass_fields__},
        "objective": round(plan.value, 4),
        "gap": round(plan.gap, 4),
        "stopped": plan.stopped,
        "clinics": [
            {
                "slot": session.group.slot.name,
                "date": session.day.isoformat(),
                "day": WEEKDAYS[session.group.slot.day],
                "strand": None if session.group.slot.strand is None else session.group.slot.strand.value,
                "seats": session.group.slot.seats,
                "staff": list(session.group.slot.staff),
                "held": session.group.held,
                "topics": list(session.group.topics),
                "expected": round(session.group.count.expected, 4),
                "overflow": round(session.group.count.overflow, 4),
                "invited": [
                    one(option) | {"why": why_invited(plan, option, language=language)}
                    for option in session.group.invited
                ],
                "next": [one(option) for option in session.group.waiting],
            }
            for session in planned.sessions
        ],
        "students": [
            {
                "row": result.row,
                "student_id": result.student_id,
                "name": result.name,
                "decision": plan.candidates[key].decision.value if key in plan.candidates else "",
                "priority": result.priority,
                "slots": [option.slot for _, option in places.get(key, ())],
                "why": "; ".join(why_invited(plan, option, language=language) for _, option in places[key])
                if key in places
                else why_not(plan, key, language=language)
                if key in plan.candidates
                else result.reasons[0],
            }
            for key, result in results.items()
        ],
        "notes": list(planned.notes),
        "queries": [of_query(query) for query in planned.queries],
        "impact": None if planned.impact is None else planned.impact.as_table(),
    }
