"""From a marked book to letters, top to bottom: who was accepted, what may be told of them, in which words.

Letters are composed and nothing more; `addin/letters/folder.py` writes them. A last look at each: no other child's name in
it, and no word that judges. The facts can hold neither, but a school's own wording can, and so can what was typed on the
sheets Clinics, Clinic plan and Setup.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from addin.clinics.candidates import needs_of
from addin.errors import RequestProblem
from addin.letters.blocks import Block
from addin.letters.facts import LetterFacts, Session, TopicMarks
from addin.letters.sessions import Places, places_in
from addin.letters.steps import path_of
from addin.letters.strengths import strengths_of
from addin.letters.wording import READERS, Wording, Words
from addin.reading.grid import Book, as_text
from addin.reading.headings.column import Role
from addin.reading.language import language_in
from addin.reading.markbook import Markbook, Student
from addin.results.columns import DECISIONS
from addin.results.earlier import decisions_in
from addin.results.scored import Result, Review
from addin.review import review
from model.strands import Need
from model.vocabulary import Decision, Evidence, counted

ACCEPT = Decision.ACCEPT.value
NO_DECISION, IN_DOUBT, NAMES_ANOTHER = "without a decision", "identity in doubt", "another student's name in the letter"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """The letters of one student: reader ("family", "student") -> blocks."""

    facts: LetterFacts
    versions: Mapping[str, tuple[Block, ...]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Letters:
    """What was composed.

    Args:
        letters: One for each accepted student, in the order of the sheet.
        without: Why a student gets none -> how many.
    """

    letters: tuple[Letter, ...]
    without: Mapping[str, int]
    notices: tuple[str, ...]
    wording: Wording

    def told(self) -> str:
        """Who gets letters and who does not, in words that name nobody."""
        words = f"{counted(len(self.letters), 'student')}: a letter to the family and one to the student."
        if self.without:
            counts = ", ".join(f"{number} {why}" for why, number in sorted(self.without.items()))
            words += f" No letter for {sum(self.without.values())}: {counts}."
        return words + " Read them before you send them."


def compose(book: Book, *, sheet: str | None = None, language: str | None = None, today: date | None = None) -> Letters:
    """A letter to the family and one to the student, for every student whose decision is Accept.

    Args:
        language: Code of the wording, left out: what Setup says of letters, else of everything, else English.

    Raises:
        RequestProblem: Nobody is accepted, or there is no wording in that language.
        FileProblem: An edited template is broken.
        MarkbookError: The sheet cannot be read or scored.
    """
    done = review(book, sheet=sheet)
    markbook = done.markbook
    decisions = {key: decision for key, (decision, _) in decisions_in(book, sheet=markbook.sheet).items()}
    without = Counter(filter(None, (_why_without(student, decisions) for student in markbook.students)))
    accepted = [student for student in markbook.students if _why_without(student, decisions) is None]
    if not accepted:
        raise RequestProblem(_nobody(markbook, without))
    wording = Wording(language or as_text(book.names.get("letter_language")) or language_in(book)[0].code)
    day = today or date.today()
    places = places_in(book, markbook, today=day)
    results = {result.key: result for result in done.results}
    planned = needs_of(markbook)
    letters, notices = [], list(_about_places(accepted, places))
    for student in accepted:
        facts = facts_of(
            book, done, student, results[student.key], planned[student.key], places.sessions.get(student.key, ()),
            wording.words, day=day,
        )  # fmt: skip
        letter = Letter(
            facts=facts, versions={reader: wording.letter(facts, reader=reader) for reader in READERS}
        )  # fmt: skip
        texts = [block.text for blocks in letter.versions.values() for block in blocks]
        if other_students(texts, facts, markbook.students):
            without[NAMES_ANOTHER] += 1
            notices.append(
                f"Row {student.row}: the letter would name another student of the sheet and was not written. Look for the name on "
                "the sheets Clinic plan, Clinics and Setup, and in your own wording"
            )
            continue
        if words := judging_words(texts):
            notices.append(
                f"Row {student.row}: the letter has the word{'s' if len(words) != 1 else ''} {', '.join(words)}. Read it before "
                "you send it"
            )
        letters.append(letter)
    if not as_text(book.names.get("letter_contact")):
        notices.append("Setup has no contact for families; the letters name the teacher instead")
    if draft := wording.draft_notice():
        notices.append(f"Letters in {wording.language}: {draft}")
    return Letters(letters=tuple(letters), without=dict(without), notices=tuple(notices), wording=wording)


def _why_without(student: Student, decisions: Mapping[str, str]) -> str | None:
    """Why a student gets no letter, None for one who gets one."""
    decision = decisions.get(student.key, "")
    if decision.casefold() != ACCEPT.casefold():
        known = next((word for word in DECISIONS if word.casefold() == decision.casefold()), None)
        return known or (f"with the decision {decision[:20]!r}, which is not understood" if decision else NO_DECISION)
    return None if student.why_not is None and student.name else IN_DOUBT


def _nobody(markbook: Markbook, without: Mapping[str, int]) -> str:
    where = f"Sheet {markbook.sheet!r}"
    if "Decision" not in markbook.results:
        return (
            f"{where} has no column 'Decision'. Run 'markbook score' first, enter Accept for a student, and run again."
        )
    counts = ", ".join(f"{number} {why}" for why, number in sorted(without.items()))
    return (
        f"{where}: no student has the decision {ACCEPT}, so there is no letter to write ({counts}). Enter {ACCEPT} and run "
        "again."
    )


def _about_places(accepted: list[Student], places: Places) -> Iterator[str]:
    missing = sum(student.key not in places.sessions for student in accepted)
    say = "the teacher will tell the time"
    if not places.planned:
        yield f"There is no clinic plan yet, so the letters say that {say}. Run 'markbook plan' first"
    elif missing == len(accepted):
        yield f"No accepted student has a coming place in the clinic plan, so the letters say that {say}. Run 'markbook plan' again"
    elif missing:
        have = "has" if missing == 1 else "have"
        yield f"{missing} of {len(accepted)} accepted {have} no coming place in the clinic plan; there the letters say that {say}"
    for name in places.unclear:
        yield f"Clinic plan: {name!r} stands for two students; enter the student ID there"


def facts_of(
    book: Book,
    done: Review,
    student: Student,
    result: Result,
    planned: tuple[Need, ...],
    sessions: tuple[Session, ...],
    words: Words,
    *,
    day: date,
) -> LetterFacts:
    """What may be told of one student to the family: nothing that judges, and nothing of anybody else.

    Args:
        book: What a host read.
        done: Its review.
        student, result: The student, and what the review says of the same.
        planned: The weakest topic of each strand (`addin.clinics.candidates.needs_of`).
        sessions: The student's coming places in the plan.
        words: Topics and activities in a family's words.
        day: The date of the letter.
    """
    markbook = done.markbook
    topics = tuple(_topic(need, words) for need in result.topics)
    in_plan = tuple(session.topic for session in sessions if session.topic)
    path = path_of(result.pathway, words, in_clinic=in_plan)
    first = next(iter(in_plan), "") or (path.steps[0].topic if path is not None and path.steps else "")
    focus = _focus(first, (*topics, *(_topic(need, words) for need in planned)), words)
    if in_plan and focus is not None and focus not in topics and focus.earned is not None:
        # A clinic of one strand may take a topic that is not among the first two: the letter says why it is that one.
        topics = (focus, *topics[:1])
    place = markbook.cohort.keys.index(student.key)
    return LetterFacts(
        key=student.key,
        row=student.row,
        student_id=student.student_id or "",
        name=student.name,
        forename=_cell(book, markbook, student, Role.FORENAME) or student.name,
        form=_cell(book, markbook, student, Role.FORM) or _cell(book, markbook, student, Role.SET),
        school=as_text(book.names.get("school")),
        class_name=as_text(book.names.get("class_name")),
        teacher=as_text(book.names.get("teacher")),
        contact=as_text(book.names.get("letter_contact")),
        day=day,
        strengths=strengths_of(
            markbook.cohort,
            place,
            not_topics=frozenset(
                {
                    *(topic.topic for topic in topics),
                    *(step.topic for step in (path.steps if path else ())),
                    focus.topic if focus else "",
                }
            ),
        ),
        topics=topics,
        sessions=sessions,
        focus=focus,
        activity=_activity(result, focus, words),
        path=path,
    )


def _cell(book: Book, markbook: Markbook, student: Student, role: Role) -> str:
    sheet = book.sheet(markbook.sheet)
    column = next((column for column in markbook.columns if column.role is role), None)
    return "" if sheet is None or column is None else as_text(sheet.cell(student.row, column.index + 1))


def _topic(need: Need, words: Words) -> TopicMarks:
    return replace(
        _named(need.topic or need.strand, words),
        earned=need.earned,
        out_of=need.out_of,
        few=need.out_of is not None and need.evidence is Evidence.WEAK,
    )


def _named(topic: str, words: Words) -> TopicMarks:
    return TopicMarks(topic=topic, means=words.of("topic", topic) or words.of("strand", topic))


def _focus(first: str, topics: tuple[TopicMarks, ...], words: Words) -> TopicMarks | None:
    """What the help is about: the topic that comes first, with its marks where known; where none does, the weakest."""
    if first:
        return next((t for t in topics if t.topic.casefold() == first.casefold()), _named(first, words))
    return topics[0] if topics else None


def _activity(result: Result, focus: TopicMarks | None, words: Words) -> str:
    if focus is None:
        return ""
    # An activity of another topic of the strand may be suggested; a letter would promise what the session is not about.
    suggested = [(activity.topic, activity.title) for activity in result.activities]
    on_path = [(step.topic, step.activity) for step in result.pathway]
    fitting = (title for topic, title in (*suggested, *on_path) if topic.casefold() == focus.topic.casefold())
    return next(filter(None, (words.of("activity", title) for title in fitting)), "")


_JUDGING = re.compile(
    r"\b(risk(?:s|y)?|weak(?:er|est|ly|ness|nesses)?|fail(?:s|ed|ing|ure|ures)?|bottom|rank(?:s|ed|ing)?|percentiles?"
    r"|flag(?:s|ged|ging)?|struggl(?:e|es|ed|ing)|missing|behind)\b",
    re.IGNORECASE,
)
"""English words for which no letter has a use; a topic may be called so, hence they are told to the teacher and not refused."""


def other_students(texts: Iterable[str], facts: LetterFacts, students: Sequence[Student]) -> bool:
    """Whether another student's full name stands in a letter, as "Ova Zarrin" or "Zarrin, Ova".

    The reader's own name, the teacher's and the staff's may stand there: a child may have the same. Of names within names the
    longer one counts.
    """
    text = "\n".join(texts).casefold()
    adults = {facts.teacher, facts.contact, *(session.staff for session in facts.sessions)}
    own = {name.casefold() for name in (facts.name, *adults) if name}
    # A single word may be anything: a topic, a room, a day.
    others = [student.name.casefold() for student in students if " " in student.name and student.key != facts.key]
    names = {*others, *(", ".join(reversed(name.rsplit(" ", 1))) for name in others)}
    longest_first = "|".join(map(re.escape, sorted(own | names, key=len, reverse=True)))
    return bool(names.difference(own).intersection(re.findall(rf"(?<!\w)(?:{longest_first})(?!\w)", text)))


def judging_words(texts: Iterable[str]) -> tuple[str, ...]:
    """Words in a letter that judge the child, each once, in small letters.

    Example:
        >>> judging_words(["Ova is at risk.", "A weak start, at RISK", "Riskington Road"])
        ('risk', 'weak')
    """
    found = [word.casefold() for text in texts for word in _JUDGING.findall(text)]
    return tuple(dict.fromkeys(found))
