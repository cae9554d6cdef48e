"""What a run found of one student, in whole sentences: for support cards, notes and a function's full answer."""

from __future__ import annotations

from collections.abc import Sequence

from model.activities import Activity, ActivityKind
from model.language.speech import ENGLISH, Language, gettext_noop
from model.pathway import Step, StepKind
from model.strands import Need
from model.vocabulary import Evidence

EVIDENCE = {
    Evidence.WEAK: gettext_noop("weak evidence"),
    Evidence.MODERATE: gettext_noop("moderate evidence"),
    Evidence.STRONG: gettext_noop("strong evidence"),
}
"""How much stands behind what is said of a topic -> the words for it."""


def why_in_full(reasons: Sequence[str]) -> str:
    """Every reason, strongest first.

    Example:
        >>> why_in_full(["Homework 43 %, well under the class (71 %)", "Absent from 2 of 8 assessments"])
        'Homework 43 %, well under the class (71 %); Absent from 2 of 8 assessments.'
    """
    return "; ".join(reasons) + "."


def topics_in_full(topics: tuple[Need, ...], *, language: Language = ENGLISH) -> str:
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
        told = ", ".join(filter(None, (_marks(need, language), language.gettext(EVIDENCE[need.evidence]))))
        lines.append(f"{place}. {name}: {told}")
    return "\n".join(lines)


def _marks(need: Need, language: Language) -> str:
    """The marks on a topic, over how many questions and in how many papers; "" without any."""
    if need.out_of is None or need.earned is None:
        return ""
    marks = f"{language.number(need.earned)}/{language.number(need.out_of)}"
    if not need.questions:
        return marks
    questions = language.ngettext("%(number)s question", "%(number)s questions", need.questions)
    if not need.papers:
        # Translators: marks such as 5/20, and over how many questions.
        return language.gettext("%(marks)s over %(questions)s", marks=marks, questions=questions)
    # Translators: marks such as 5/20, over how many questions, and in how many papers.
    return language.gettext(
        "%(marks)s over %(questions)s in %(papers)s",
        marks=marks,
        questions=questions,
        papers=language.ngettext("%(number)s paper", "%(number)s papers", need.papers),
    )


def activities_in_full(activities: tuple[Activity, ...], *, language: Language = ENGLISH) -> str:
    """The activities in words, one a line.

    Of the first, to re-teach, everything is told where it is wanted: the misconception it meets, what to do, how the scaffold
    fades. The second is told by title.
    """
    lines = []
    for place, activity in enumerate(activities, start=1):
        named = {"place": place, "topic": activity.topic, "title": activity.title}
        if activity.kind is ActivityKind.RE_TEACH:
            # Translators: an activity that teaches a topic anew.
            line = language.gettext("%(place)s. Re-teach %(topic)s: %(title)s.", **named)
        else:
            line = language.gettext("%(place)s. Practise %(topic)s: %(title)s.", **named)
        if place == 1:
            # Translators: the mistaken idea that an activity meets, what to do, and how help is taken away step by step.
            more = language.gettext(
                "Meets: %(misconception)s Do: %(scaffold)s Fade: %(fade)s",
                misconception=activity.misconception,
                scaffold=activity.scaffold,
                fade=activity.fade,
            )
            line = f"{line} {more}"
        lines.append(line)
    return "\n".join(lines)


_STEPS = {
    # Translators: a step of a path; "why" is in small letters, and so is what stands after "Done".
    StepKind.PRACTISE: gettext_noop("%(place)s. practise %(topic)s (%(why)s): %(activity)s. Done: %(done)s."),
    StepKind.MIXED: gettext_noop("%(place)s. mixed practice of %(topic)s (%(why)s): %(activity)s. Done: %(done)s."),
}
_STEP = gettext_noop("%(place)s. %(topic)s (%(why)s): %(activity)s. Done: %(done)s.")


def path_in_full(steps: Sequence[Step], *, language: Language = ENGLISH) -> str:
    """The steps of a path, one a line: what, why, and the check that it is done.

    Example:
        >>> from model.vocabulary import Strand
        >>> step = Step(kind=StepKind.TOPIC, topic="Speed", strand=Strand.RATIO, why="weakest topic, 3/20",
        ...     activity="Walk it", done_when="three questions right without help, on Speed")
        >>> path_in_full([step])
        '1. Speed (weakest topic, 3/20): Walk it. Done: three questions right without help, on Speed.'
    """
    return "\n".join(
        language.gettext(
            _STEPS.get(step.kind, _STEP),
            place=place,
            topic=step.topic,
            why=step.why,
            activity=step.activity.rstrip("."),
            done=step.done_when,
        )
        for place, step in enumerate(steps, start=1)
    )


def path_on_a_card(steps: Sequence[Step], *, language: Language = ENGLISH) -> str:
    """The path in two or three lines of a support card: what comes first and why, the topics in their order, and the check."""
    if not steps:
        return ""
    names = dict.fromkeys(step.topic for step in steps if step.kind is not StepKind.MIXED)
    # Translators: "topics" are topics with arrows between them.
    return language.gettext(
        "Path: %(topics)s → mixed practice. First %(topic)s: %(why)s. Each step ends with three questions right without help.",
        topics=" → ".join(names),
        topic=steps[0].topic,
        why=steps[0].why,
    )
