"""Results and queries as data ready for JSON: what `--json` prints, and what the task pane is sent."""

from __future__ import annotations

from typing import Any

from addin.reading.queries import Query
from addin.results.scored import Result
from model.activities import Activity
from model.pathway import Step
from model.strands import Need


def of_query(query: Query) -> dict[str, str]:
    """What was not understood: cell, value, rule and remedy."""
    return {"cell": query.cell, "value": query.value, "rule": query.rule, "remedy": query.remedy}


def of_result(result: Result) -> dict[str, Any]:
    """What a run says of one student; risk 0 to 1 with four places, null with priority where there is no score.

    Example:
        >>> from addin.reading.grid import Book, Sheet
        >>> from addin.review import review
        >>> done = review(Book(sheets=(Sheet(name="Y9", rows=(("Name", "Target", "Angles (20)"), ("Ova Zarrin", 7, 2))),)))
        >>> told = of_result(done.results[0])
        >>> told["row"], told["flag"], told["topics"][0]["earned"]
        (2, '▲ High', 2.0)
    """
    return {
        "row": result.row,
        "student_id": result.student_id,
        "name": result.name,
        "risk": None if result.risk is None else round(result.risk, 4),
        "flag": result.flag.value,
        "priority": result.priority,
        "reasons": list(result.reasons),
        "topics": [_of_need(need) for need in result.topics],
        "activities": [of_activity(activity) for activity in result.activities],
    }


def of_activity(activity: Activity) -> dict[str, str]:
    """What a suggested activity is, what to do, and how its scaffold fades."""
    return {
        "title": activity.title,
        "strand": activity.strand.value,
        "topic": activity.topic,
        "scaffold": activity.scaffold,
        "fade": activity.fade,
    }


def of_step(step: Step) -> dict[str, str | None]:
    """A step of a student's path: what it is about, why, with which activity, and how one knows that it is done."""
    return {
        "kind": step.kind.value,
        "topic": step.topic,
        "strand": None if step.strand is None else step.strand.value,
        "why": step.why,
        "activity": step.activity,
        "done_when": step.done_when,
    }


def _of_need(need: Need) -> dict[str, Any]:
    return {
        "strand": need.strand.value,
        "topic": need.topic,
        "earned": need.earned,
        "out_of": need.out_of,
        "evidence": need.evidence.value,
    }
