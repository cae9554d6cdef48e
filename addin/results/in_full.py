"""What a run found of one student, in whole sentences: for support cards, notes and a function's full answer."""

from __future__ import annotations

from collections.abc import Sequence

from model.activities import Activity
from model.pathway import CHECK, Step, StepKind
from model.strands import Need
from model.vocabulary import counted


def why_in_full(reasons: Sequence[str]) -> str:
    """Every reason, strongest first.

    Example:
        >>> why_in_full(["Homework 43 %, well under the class (71 %)", "Absent from 2 of 8 assessments"])
        'Homework 43 %, well under the class (71 %); Absent from 2 of 8 assessments.'
    """
    return "; ".join(reasons) + "."


def topics_in_full(topics: tuple[Need, ...]) -> str:
    """The topics as a teacher reads them, one a line.

    Example:
        >>> from model.vocabulary import Evidence, Strand
        >>> need = Need(strand=Strand.NUMBER, topic="Fractions", earned=5, out_of=20, evidence=Evidence.MODERATE, level=-1)
        >>> topics_in_full((need,))
        '1. Fractions (Number): 5/20, moderate evidence'
    """
    lines = []
    for place, need in enumerate(topics, start=1):
        name = f"{need.topic} ({need.strand})" if need.topic else need.strand.value
        marks = f"{need.earned:g}/{need.out_of:g}, " if need.out_of is not None and need.earned is not None else ""
        papers = f" in {counted(need.papers, 'paper')}" if need.papers else ""
        asked = f" over {counted(need.questions, 'question')}{papers}" if need.questions else ""
        lines.append(
            f"{place}. {name}: {marks.rstrip(', ')}{asked}, {need.evidence} evidence"
            if marks
            else f"{place}. {name}: {need.evidence} evidence"
        )
    return "\n".join(lines)


def activities_in_full(activities: tuple[Activity, ...]) -> str:
    """The activities in words, one a line.

    Of the first, to re-teach, everything is told where it is wanted: the misconception it meets, what to do, how the scaffold
    fades. The second is told by title.
    """
    lines = []
    for place, activity in enumerate(activities, start=1):
        line = f"{place}. {activity.kind.capitalize()} {activity.topic}: {activity.title}."
        if place == 1:
            line = f"{line} Meets: {activity.misconception} Do: {activity.scaffold} Fade: {activity.fade}"
        lines.append(line)
    return "\n".join(lines)


_KINDS = {StepKind.PRACTISE: "practise", StepKind.MIXED: "mixed practice of"}


def path_in_full(steps: Sequence[Step]) -> str:
    """The steps of a path, one a line: what, why, and the check that it is done.

    Example:
        >>> from model.vocabulary import Strand
        >>> step = Step(kind=StepKind.TOPIC, topic="Speed", strand=Strand.RATIO, why="weakest topic, 3/20",
        ...     activity="Walk it", done_when="three questions right without help, on Speed")
        >>> path_in_full([step])
        '1. Speed (weakest topic, 3/20): Walk it. Done: three questions right without help, on Speed.'
    """
    return "\n".join(
        f"{place}. {' '.join(filter(None, (_KINDS.get(step.kind), step.topic)))} ({step.why}): "
        f"{step.activity.rstrip('.')}. Done: {step.done_when}."
        for place, step in enumerate(steps, start=1)
    )


def path_on_a_card(steps: Sequence[Step]) -> str:
    """The path in two or three lines of a support card: what comes first and why, the topics in their order, and the check."""
    if not steps:
        return ""
    first = steps[0]
    names = dict.fromkeys(step.topic for step in steps if step.kind is not StepKind.MIXED)
    return f"Path: {' → '.join(names)} → mixed practice. First {first.topic}: {first.why}. Each step ends with {CHECK}."
