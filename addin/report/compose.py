"""From a book to the class lists and support cards, top to bottom: who is listed, in which order, and what is said of each.

It reads and works out and writes nothing; `addin/report/page.py` makes the page, `addin/report/write.py` the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from addin.clinics.candidates import decision_of
from addin.errors import RequestProblem
from addin.letters.facts import Session
from addin.letters.sessions import places_in
from addin.reading.grid import Book, as_text
from addin.report.charts import Charts, Drawn, Small, charts_of, small_line, story_chart
from addin.report.filters import EVERYBODY, Filters, chosen
from addin.report.runs import FLAGGED, SHORT_DAY, Story, percent, stories_of
from addin.results.class_list import called
from addin.results.earlier import Decisions, decisions_at
from addin.results.history import read_history
from addin.results.in_full import topics_in_full
from addin.results.scored import Result, Review
from addin.results.short import cut
from addin.results.support_cards import REVIEW_AFTER
from addin.review import reviews, thresholds_of
from model.activities import Activity
from model.fairness import LEAST
from model.local import in_use
from model.strands import Need
from model.vocabulary import Decision, Flag, counted, day_told

TOPICS_SHOWN = 2
LONGEST_DECISION = 24
"""Characters of a decision that is none of the three words."""

NO_BREAK = "\u00a0"


@dataclass(frozen=True, kw_only=True)
class Card:
    """What a support card says beyond the list: everything that a run found, in full.

    Args:
        topics: A line a topic, as the sheet tells it.
        note: The teacher's own words beside the decision.
        review_on: When to look at the student again, as the sheet Support says it.
        runs: Every run in words, oldest first.
        chart: The runs drawn, None with fewer than two.
    """

    reasons: tuple[str, ...]
    topics: tuple[str, ...]
    activities: tuple[Activity, ...]
    note: str
    review_on: date
    runs: tuple[str, ...]
    chart: Drawn | None


@dataclass(frozen=True, kw_only=True)
class Line:
    """One student on the list.

    Args:
        risk: Whole per cent, None where there is no score.
        reason: The reason that matters most.
        topics: At most two topics with their marks.
        arrow, change: The change since the run before, as an arrow and in words.
        clinic: The coming clinic that the student is invited to, with its day, "" without one.
        card: The support card, None where none was asked for.
    """

    key: str
    name: str
    student_id: str
    priority: int | None
    flag: Flag
    risk: int | None
    reason: str
    topics: tuple[str, ...]
    arrow: str
    change: str
    small: Small | None
    decision: str
    clinic: str
    card: Card | None


@dataclass(frozen=True, kw_only=True)
class ClassList:
    """The list of one class.

    Args:
        title: The class's name in Setup, else its sheet's.
        about: School, teacher, half-term and day, as far as they are known.
        only: Which filters chose the students, "" where nobody was left out.
        students: How many the class has.
        lines: In order of priority.
        charts: None where too few are listed for figures of a group.
    """

    title: str
    about: tuple[str, ...]
    day: date
    only: str
    students: int
    lines: tuple[Line, ...]
    charts: Charts | None


@dataclass(frozen=True, kw_only=True)
class Report:
    """The lists of every class of a workbook, everybody's names, and what the user should know of classes that are left out."""

    classes: tuple[ClassList, ...]
    names: frozenset[str]
    notices: tuple[str, ...]

    def told(self) -> str:
        """How many stand on how many lists; names nobody."""
        listed = counted(sum(len(each.lines) for each in self.classes), "student")
        return f"{listed} in order of priority" + (f", {len(self.classes)} classes" if len(self.classes) > 1 else "")


def class_lists(
    book: Book,
    *,
    sheets: Sequence[str] = (),
    filters: Filters = EVERYBODY,
    support: bool = False,
    today: date | None = None,
) -> Report:
    """The list of every class that is meant, one a class.

    Args:
        book: What a host read.
        sheets: Names of the sheets; left out, the one that holds students, or all where several do.
        filters: Who is listed.
        support: Make a card for each student who is flagged or accepted; with filters, for everybody who is listed.
        today: The day of the report, left out: today's.

    Raises:
        RequestProblem: The filters leave nobody.
        MarkbookError: No class can be read or scored.

    Example:
        >>> from addin.reading.grid import Sheet
        >>> rows = (("Name", "Target", "Angles (20)"), ("Tul Beska", 4, 19), ("Ova Zarrin", 7, 2))
        >>> made = class_lists(Book(sheets=(Sheet(name="Y9", rows=rows),)), today=date(2026, 3, 2))
        >>> [(line.name, line.flag.value, line.topics) for line in made.classes[0].lines]
        [('Ova Zarrin', '▲ High', ('Angles 2/20',)), ('Tul Beska', '■ On track', ('Angles 19/20',))]
    """
    day = today or date.today()
    found = selected(book, sheets, filters)
    made = (_class_list(book, each, filters, among=found.among, support=support, today=day) for each in found.classes)
    return Report(classes=tuple(made), names=found.names, notices=found.notices)


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A class with the students who are listed: their keys, and student key -> decision and note."""

    review: Review
    keys: frozenset[str]
    decisions: Decisions


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The classes with somebody to list.

    Args:
        classes: In the order of the sheets.
        among: How many classes were read.
        names: Of every student of these, listed or not.
        notices: What to say of classes that are left out.
    """

    classes: tuple[Chosen, ...]
    among: int
    names: frozenset[str]
    notices: tuple[str, ...]


def selected(book: Book, sheets: Sequence[str], filters: Filters) -> Selection:
    """Every class with the students whom the filters leave.

    Raises:
        RequestProblem: The filters leave nobody.
        MarkbookError: No class can be read or scored.
    """
    done, notices = reviews(book, sheets)
    kept: list[Chosen] = []
    refused: list[RequestProblem] = []
    for review in done:
        decisions = decisions_at(book, review.markbook, {})
        try:
            keys = chosen(filters, review.markbook, {key: decision for key, (decision, _) in decisions.items()})
        except RequestProblem as problem:
            refused.append(problem)  # a class without the column, beside one that has it
            continue
        kept.append(Chosen(review=review, keys=keys, decisions=decisions))
    if not kept:
        raise refused[0]
    if not any(each.keys for each in kept):
        raise RequestProblem(
            f"Nobody is listed with {filters.told()}. Leave a filter out, or enter the decisions first."
        )
    empty = (f"Sheet {each.review.markbook.sheet!r}: nobody with {filters.told()}" for each in kept if not each.keys)
    told = (*notices, *(f"Left out. {problem}" for problem in refused), *empty)
    return Selection(
        classes=tuple(each for each in kept if each.keys),
        among=len(done),
        names=frozenset(student.name for review in done for student in review.markbook.students if student.name),
        notices=tuple(note.rstrip(".") for note in told),
    )


def _class_list(book: Book, found: Chosen, filters: Filters, *, among: int, support: bool, today: date) -> ClassList:
    review, keys = found.review, found.keys
    day, stories = stories_of(review, read_history(book), today=today, among=among)
    places = places_in(book, review.markbook, today=today).sessions
    listed = [result for result in review.in_order() if result.key in keys]
    thresholds = thresholds_of(book, in_use())

    def line(result: Result) -> Line:
        story = stories[result.key]
        decision, note = found.decisions.get(result.key, ("", ""))
        has_card = support and (bool(filters) or result.flag in FLAGGED or decision_of(decision) is Decision.ACCEPT)
        return Line(
            key=result.key,
            name=called(result),
            student_id=result.student_id or "",
            priority=result.priority,
            flag=result.flag,
            risk=None if result.risk is None else percent(result.risk),
            reason=result.reasons[0].short,
            topics=tuple(_topic(need) for need in result.topics[:TOPICS_SHOWN]),
            arrow=story.arrow,
            change=story.told(),
            small=small_line(story) if len(story.scored) > 1 else None,
            decision=decision_of(decision).value or cut(decision, LONGEST_DECISION),
            clinic="; ".join(dict.fromkeys(map(_place, places.get(result.key, ())))),
            card=_card(result, story, note, day, chart=story_chart(story, thresholds)) if has_card else None,
        )

    others = len(review.results) - len(listed)
    # Of a group under ten no figures, neither its own nor what could be worked out from the class's and the others'.
    too_few = bool(filters) and (len(listed) < LEAST or (bool(filters.groups) and 0 < others < LEAST))
    return ClassList(
        title=title_of(book, review, among),
        about=about(book, review),
        day=day,
        only=filters.told(),
        students=len(review.results),
        lines=tuple(map(line, listed)),
        charts=None if too_few else charts_of(review, keys, stories),
    )


def title_of(book: Book, review: Review, among: int) -> str:
    """What the class is called: its name in Setup where it is the only one, else its sheet's."""
    return (as_text(book.names.get("class_name")) if among == 1 else "") or review.markbook.sheet


def about(book: Book, review: Review) -> tuple[str, ...]:
    """School, teacher and half-term, as far as they are known."""
    told = (as_text(book.names.get("school")), as_text(book.names.get("teacher")))
    return (*filter(None, told), f"half-term {review.markbook.cohort.half_term}")


def _topic(need: Need) -> str:
    marks = f" {need.earned:g}/{need.out_of:g}" if need.earned is not None and need.out_of is not None else ""
    return f"{need.topic or need.strand.value}{marks}"


def _place(session: Session) -> str:
    day = day_told(session.date, SHORT_DAY).replace(" ", NO_BREAK) if session.date else ""
    return f"{session.slot}, {day}" if day else session.slot


def _card(result: Result, story: Story, note: str, day: date, *, chart: Drawn | None) -> Card:
    return Card(
        reasons=result.reasons,
        topics=tuple(topics_in_full(result.topics).splitlines()),
        activities=result.activities,
        note=note,
        review_on=max(day, story.flagged_since + REVIEW_AFTER),
        runs=tuple(point.told() for point in story.points) if story.remembers else (),
        chart=chart,
    )
