"""Pages for parents' evening: a page a student, for a conversation about marks with the family.

They say what letters may say (`addin/letters/facts.py`), and all marks by topic. Nobody is picked out: every student gets a page,
decided or not, and no flag, risk, priority or decision has a place in the record. Only who is accepted is offered the clinic.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from math import floor, isnan

import numpy as np

from addin.clinics.candidates import decision_of, needs_of
from addin.letters.compose import facts_of, other_students
from addin.letters.facts import LetterFacts, TopicMarks
from addin.letters.sessions import places_in
from addin.letters.wording import Wording
from addin.reading.grid import Book
from addin.report.compose import Chosen, selected, title_of
from addin.report.filters import EVERYBODY, Filters
from model.means import mean_over
from model.students import AssessmentKind, Cohort, MarkState
from model.vocabulary import EFFORT_HIGHEST, EFFORT_LOWEST, Decision, counted

AT_HOME = "report_at_home.csv"
EFFORT_WORDS = ("little", "some", "good", "excellent")
GENERAL = "Ask what was new in maths this week. To explain it is the best way to learn it."
"""What helps at home where no topic is known."""


_TOTAL = re.compile(r"\s*(\(\s*/?\s*\d+\s*\)|/\s*\d+)$")
"""The total at the end of a heading, which the marks beside it tell too."""


@dataclass(frozen=True, kw_only=True)
class EveningPage:
    """One student, as a page for parents' evening tells of them.

    Args:
        facts: What letters may say; the sessions are empty where no clinic is offered.
        class_title: The class.
        offered: Whether a place in a clinic is offered.
        attendance, homework: Per cent on average, None where not known.
        effort: In a word, "" where not known.
        marks: Every topic or strand that has marks.
        papers: Mocks and tests of no one topic, each with its marks.
        missed: Tests that the student was absent from.
        at_home: How to help at home, a sentence a topic.
    """

    facts: LetterFacts
    class_title: str
    offered: bool
    attendance: int | None
    homework: int | None
    effort: str
    marks: tuple[TopicMarks, ...]
    papers: tuple[TopicMarks, ...]
    missed: int
    at_home: tuple[str, ...]

    def texts(self) -> Iterator[str]:
        """Everything on the page that was typed by somebody."""
        for session in self.facts.sessions:
            yield from (session.slot, session.day, session.time, session.room, session.topic)
        yield from (topic.topic for topic in (*self.facts.topics, *self.marks, *self.papers))
        yield from (self.class_title, self.facts.school, self.facts.contact)


@dataclass(frozen=True, kw_only=True)
class Evening:
    """The pages in the order of the sheets, everybody's names, and what the user should know."""

    pages: tuple[EveningPage, ...]
    names: frozenset[str]
    notices: tuple[str, ...]

    def told(self) -> str:
        """How many pages there are; names nobody."""
        return f"{counted(len(self.pages), 'student')}, a page each"


def evening_of(
    book: Book, *, sheets: Sequence[str] = (), filters: Filters = EVERYBODY, today: date | None = None
) -> Evening:
    """A page for every student of every class that is meant.

    Args:
        book: What a host read.
        sheets: Names of the sheets; left out, the one that holds students, or all where several do.
        filters: Who gets a page; no page tells of it.
        today: The date on the pages, left out: today's.

    Raises:
        RequestProblem: The filters leave nobody.
        MarkbookError: No class can be read or scored.

    Example:
        >>> from addin.reading.grid import Sheet
        >>> rows = (("Name", "Target", "Angles (20)"), ("Ova Zarrin", 7, 2), ("Tul Beska", 4, 19))
        >>> made = evening_of(Book(sheets=(Sheet(name="Y9", rows=rows),)), today=date(2026, 3, 2))
        >>> [(page.facts.name, page.marks[0].topic, page.marks[0].earned, page.offered) for page in made.pages]
        [('Ova Zarrin', 'Angles', 2.0, False), ('Tul Beska', 'Angles', 19.0, False)]
    """
    day = today or date.today()
    wording = Wording()
    found = selected(book, sheets, filters)
    pages, notices = list[EveningPage](), list(found.notices)
    for each in found.classes:
        students = each.review.markbook.students
        in_doubt = sum(student.why_not is not None for student in students if student.key in each.keys)
        if in_doubt:
            notices.append(f"{counted(in_doubt, 'student')} without a page: who stands in the row is in doubt")
        for page in _pages(book, each, wording, title=title_of(book, each.review, found.among), day=day):
            if other_students(page.texts(), page.facts, students):
                notices.append(
                    f"Row {page.facts.row}: the page would name another student and was left out. Look for the name on the sheets "
                    "Clinic plan, Clinics and Setup, and in headings"
                )
            else:
                pages.append(page)
    return Evening(pages=tuple(pages), names=found.names, notices=tuple(notices))


def _pages(book: Book, found: Chosen, wording: Wording, *, title: str, day: date) -> Iterator[EveningPage]:
    review, keys = found.review, found.keys
    accepted = {key for key, (text, _) in found.decisions.items() if decision_of(text) is Decision.ACCEPT}
    cohort = review.markbook.cohort
    places = places_in(book, review.markbook, today=day).sessions
    planned = needs_of(review.markbook)
    results = {result.key: result for result in review.results}
    for student in review.markbook.students:
        if student.key not in keys or student.why_not is not None or not student.name:
            continue
        offered = student.key in accepted
        sessions = places.get(student.key, ()) if offered else ()
        facts = facts_of(
            book, review, student, results[student.key], planned[student.key], sessions, wording.words, day=day
        )  # fmt: skip
        i = cohort.keys.index(student.key)
        marks, papers = _marks(cohort, i)
        strands = {need.topic or need.strand.value: need.strand.value for need in results[student.key].topics}
        effort = float(mean_over(cohort.effort[i : i + 1])[0])
        yield EveningPage(
            facts=facts if offered else replace(facts, focus=None, activity="", path=None),
            class_title=title,
            offered=offered,
            attendance=_per_cent(cohort, "attendance", i),
            homework=_per_cent(cohort, "homework", i),
            effort="" if isnan(effort) else EFFORT_WORDS[min(max(round(effort), EFFORT_LOWEST), EFFORT_HIGHEST) - 1],
            marks=marks,
            papers=papers,
            missed=int((cohort.state[i] == MarkState.ABSENT).sum()),
            at_home=tuple(dict.fromkeys(_at_home(topic.topic, strands.get(topic.topic, "")) for topic in facts.topics))
            or (GENERAL,),
        )


def _per_cent(cohort: Cohort, what: str, i: int) -> int | None:
    mean = float(mean_over(getattr(cohort, what)[i : i + 1])[0])
    return None if isnan(mean) else floor(mean + 0.5)


def _marks(cohort: Cohort, i: int) -> tuple[tuple[TopicMarks, ...], tuple[TopicMarks, ...]]:
    """The marks by topic, from whole tests and from the questions of papers, and those of papers and mixed tests."""
    topics: dict[str, list[tuple[float, float]]] = {}
    papers: list[TopicMarks] = []
    for j, test in enumerate(cohort.assessments):
        earned = float(cohort.earned[i, j])
        if test.out_of is None or isnan(earned):
            continue
        name = test.topic or (test.strand.value if test.strand else "")
        if test.kind is AssessmentKind.TEST and name:
            topics.setdefault(name, []).append((earned, test.out_of))
        else:
            title = _TOTAL.sub("", test.title) or test.title
            papers.append(TopicMarks(topic=title, earned=earned, out_of=test.out_of))
    for part, earned in zip(cohort.parts, cohort.parts_earned[i].tolist(), strict=True):
        if not np.isnan(earned):
            topics.setdefault(part.topic or part.strand.value, []).append((earned, part.out_of))
    by_topic = tuple(
        TopicMarks(topic=name, earned=sum(e for e, _ in each), out_of=sum(o for _, o in each))
        for name, each in topics.items()
    )
    return by_topic, tuple(papers)


def _at_home(topic: str, strand: str) -> str:
    told = _words_at_home()
    return told.get(("topic", topic.casefold())) or told.get(("strand", (strand or topic).casefold())) or GENERAL


@cache
def _words_at_home() -> dict[tuple[str, str], str]:
    text = (resources.files("templates") / AT_HOME).read_text(encoding="utf-8")
    return {(row["kind"], row["name"].casefold()): row["words"] for row in csv.DictReader(text.splitlines())}
