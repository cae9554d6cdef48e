"""What a run found of one student, in two lines a cell: what stands in the result columns and on the class list.

A class of thirty fits on a screen only where no row is taller than two lines; whole sentences are in `in_full`.
"""

from __future__ import annotations

from collections.abc import Sequence

from addin.results.in_full import EVIDENCE
from model.activities import Activity
from model.language.speech import ENGLISH, Language
from model.pathway import Step, StepKind
from model.reasons import Reason
from model.strands import Need
from model.vocabulary import Evidence

LONGEST_WHY = 90
"""Characters of two reasons: two lines of the column `Why`."""

LONGEST_LINE = 48
"""Characters of a topic or of an activity: one line of its column."""


def why_in_short(reasons: Sequence[Reason]) -> str:
    """The two strongest reasons in a few words, at most 90 characters.

    Example:
        >>> why_in_short([Reason("Homework 43 %, well under the class (71 %)", "Homework 43 %, class 71 %"), Reason("No mark yet")])
        'Homework 43 %, class 71 %; No mark yet.'
    """
    return cut("; ".join(reason.short for reason in reasons[:2]), LONGEST_WHY - 1) + "."


def with_what_summary_reads(short: str, reasons: Sequence[Reason]) -> str:
    """The same, followed by the sentences that `Summary` read out of `Why` until it had the sheet `Class list` to read.

    In a workbook of an earlier version the formulas still look for them, in English, and would tell a false figure without.
    """
    read = [reason.english for reason in reasons if reason.kind]
    return "; ".join((short.removesuffix("."), *read)) + "."


def topics_in_short(topics: Sequence[Need], *, language: Language = ENGLISH) -> str:
    """The topics with the marks behind them, one a line; weak evidence is said, since it is a guess.

    Example:
        >>> from model.vocabulary import Strand
        >>> topics_in_short([Need(strand=Strand.NUMBER, topic="Fractions", earned=5, out_of=20, evidence=Evidence.WEAK, level=-1)])
        '1. Fractions (Number): 5/20, weak evidence'
    """
    return "\n".join(_topic(place, need, language) for place, need in enumerate(topics, start=1))


def _marks(need: Need, language: Language) -> str:
    if need.out_of is None or need.earned is None:
        return ""
    return f"{language.number(need.earned)}/{language.number(need.out_of)}"


def _topic(place: int, need: Need, language: Language) -> str:
    marks = _marks(need, language)
    strand = f" ({need.strand})" if need.topic else ""
    name = need.topic or need.strand.value
    doubts: tuple[str, ...] = ("",)
    if need.evidence is Evidence.WEAK:
        # Translators: the same as "weak evidence", where there is no room.
        doubts = language.gettext(EVIDENCE[Evidence.WEAK]), language.pgettext("evidence", "weak")
    line = ""
    for doubt in doubts:
        told = ", ".join(filter(None, (marks, doubt)))
        line = f"{place}. {name}{strand}: {told}"
        if len(line) <= LONGEST_LINE:
            return line
    # The strand in brackets and the marks stay: Summary counts by the one, and a teacher goes by the other.
    return f"{place}. {cut(name, max(8, len(name) - len(line) + LONGEST_LINE))}{strand}: {told}"


def topics_on_one_line(topics: Sequence[Need], *, longest: int, language: Language = ENGLISH) -> str:
    """The topics with the marks behind them, beside one another.

    Example:
        >>> from model.vocabulary import Strand
        >>> need = Need(strand=Strand.NUMBER, topic="Fractions", earned=5, out_of=20, evidence=Evidence.WEAK, level=-1)
        >>> topics_on_one_line([need, need], longest=40), topics_on_one_line([need, need], longest=24)
        ('Fractions 5/20?, Fractions 5/20?', 'Fractions, Fractions')
    """
    names = [need.topic or need.strand.value for need in topics]
    with_marks = [
        f"{name} {_marks(need, language)}".strip() + ("?" if need.evidence is Evidence.WEAK else "")
        for name, need in zip(names, topics, strict=True)
    ]  # fmt: skip
    told = ", ".join(with_marks)
    return told if len(told) <= longest else cut(", ".join(names), longest)


def activities_in_short(activities: Sequence[Activity]) -> str:
    """The titles of the activities, one a line: the first re-teaches, the second practises.

    Example:
        >>> from model.activities import bundled
        >>> activities_in_short(bundled()[:2])
        '1. Fraction bars before common denominators\\n2. Spot and mend wrong fraction sums'
    """
    return "\n".join(
        f"{place}. {cut(activity.title, LONGEST_LINE - 3)}" for place, activity in enumerate(activities, start=1)
    )


def path_in_short(steps: Sequence[Step], *, language: Language = ENGLISH) -> str:
    """The topics of a path in their order, on one line; the last step mixes them.

    Example:
        >>> from model.vocabulary import Strand
        >>> step = Step(kind=StepKind.TOPIC, topic="Speed", strand=Strand.RATIO, why="", activity="", done_when="")
        >>> path_in_short([step, step])
        'Speed'
    """
    names = dict.fromkeys(step.topic for step in steps if step.kind is not StepKind.MIXED)
    # Translators: the last step of a path.
    mixed = [language.gettext("mixed practice")] if any(step.kind is StepKind.MIXED for step in steps) else []
    return " → ".join((*names, *mixed))


def cut(text: str, longest: int) -> str:
    """The text, or as many whole words of it as fit, with a sign that it goes on.

    Example:
        >>> cut("Number lines first", 30), cut("Number lines first", 14)
        ('Number lines first', 'Number lines…')
    """
    if len(text) <= longest:
        return text
    return (text[: longest - 1].rsplit(" ", 1)[0] or text[: longest - 1]).rstrip(" ,;:") + "…"
