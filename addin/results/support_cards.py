"""The sheet `Support`: a card for each student who is flagged or accepted, four to a page, with everything that a cell of the
markbook has no room for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from addin.reading.grid import CellValue, as_text
from addin.results.class_list import Pairs, called
from addin.results.edits import Listing
from addin.results.history import Entry, known_as
from addin.results.in_full import activities_in_full, path_on_a_card, topics_in_full, why_in_full
from addin.results.runs_line import runs_of
from addin.results.scored import Result, Review
from model.language.speech import ENGLISH, Language
from model.vocabulary import Decision, Flag

SHEET = "Support"
HEADINGS = (
    "Student", "Flag", "Why", "Topics to work on", "What to do", "Runs", "Review on", "Decision", "Decision note",
)  # fmt: skip
WIDTHS = (17, 12, 40, 23, 78, 20, 12, 10, 15)

CARDS_A_PAGE = 4

REVIEW_AFTER = timedelta(weeks=6)
"""About half a term: as long as a round of support lasts before its effect is looked at (SEND code of practice 2015, 6.44 to
6.56, assess, plan, do, review, asks for at least one review a term)."""

_FLAGGED = frozenset({Flag.HIGH, Flag.WATCH, Flag.ALWAYS_ABSENT})
_FLAGS_IN_WORDS = frozenset(flag.value for flag in _FLAGGED)


def support_cards(
    reviews: Sequence[Review],
    *,
    decisions: Sequence[Pairs],
    history: Sequence[Entry],
    today: date,
    add: bool,
) -> Listing:
    """The sheet, of several classes one after the other, each in order of priority.

    Args:
        reviews: The classes.
        decisions: For each class, by the student's key, what the teacher decided.
        history: Every run, this one included.
        today: The day of this run.
        add: Whether a workbook without the sheet gets it.
    """
    runs = runs_of(history)
    rows = []
    for review, decided in zip(reviews, decisions, strict=True):
        of_several = f" [{review.markbook.sheet}]" if len(reviews) > 1 else ""
        for result in review.in_order():
            decision, note = decided.get(result.key, ("", ""))
            if result.flag in _FLAGGED or decision == Decision.ACCEPT.value:
                known = runs.get(known_as(result, review, among=len(reviews)), [])
                rows.append(
                    _card(result, f"{called(result)}{of_several}", known, decision, note, today, review.language)
                )
    return Listing(sheet=SHEET, headings=HEADINGS, widths=WIDTHS, rows=tuple(rows), add=add)


def _card(
    result: Result, name: str, runs: Sequence[Entry], decision: str, note: str, today: date, language: Language
) -> tuple[CellValue, ...]:
    to_do = (
        activities_in_full(result.activities, language=language),
        path_on_a_card(result.pathway, language=language),
    )
    risk = "" if result.risk is None else language.gettext("Risk %(value)s%%", value=f"{100 * result.risk:.0f}")
    return (
        name if result.priority is None else f"{result.priority}. {name}",
        "\n".join(filter(None, (result.flag.value, risk))),
        "\n".join(f"- {reason}" for reason in why_in_full(result.reasons).removesuffix(".").split("; ")),
        topics_in_full(result.topics, language=language) or None,
        "\n".join(filter(None, to_do)) or None,
        story(runs, language=language) or None,
        review_day(runs, today),
        decision or None,
        note or None,
    )


def story(runs: Sequence[Entry], *, language: Language = ENGLISH) -> str:
    """What the runs said of a student, a line a run, oldest first; what was worked on is said where it is another than before.

    Example:
        >>> from addin.reading.grid import Book, Sheet
        >>> from addin.results.history import HEADINGS, read_history
        >>> days = (("2025-12-12", "Expanding"), ("2026-02-06", "Expanding"), ("2026-03-27", "Speed"))
        >>> rows = ((day, "ZQ1", "Ova Zarrin", 0.4, "● Watch", 3, 3, topic) for day, topic in days)
        >>> print(story(read_history(Book(sheets=(Sheet(name="Runs", rows=(HEADINGS, *rows)),)))))
        12 Dec: ● Watch 40%, on Expanding
        6 Feb: ● Watch 40%
        27 Mar: ● Watch 40%, on Speed
    """
    lines, before = [], ""
    for run in runs:
        if run.day is not None:
            risk = "" if run.risk is None else f" {run.risk:.0%}"
            topic = as_text(run.cells[-1])
            line = f"{language.short_day(run.day)}: {as_text(run.cells[4])}{risk}"
            if topic and topic != before:
                # Translators: a line about an earlier run, such as 12 Dec: ● Watch 40%, on Expanding.
                line = language.gettext("%(run)s, on %(topic)s", run=line, topic=topic)
            lines.append(line)
            before = topic or before
    return "\n".join(lines)


def review_day(runs: Sequence[Entry], today: date) -> date:
    """Six weeks after the run that flagged the student first without a break; today where that day is past.

    Example:
        >>> review_day([], date(2026, 2, 6))
        datetime.date(2026, 3, 20)
    """
    since = today
    for run in reversed(runs):
        if run.day is None or as_text(run.cells[4]) not in _FLAGS_IN_WORDS:
            break
        since = run.day
    return max(today, since + REVIEW_AFTER)
