"""Books with decisions and a clinic plan, and what a letter says in running text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from addin.letters.blocks import Block, Kind
from addin.letters.compose import Letter
from addin.letters.facts import Improvement, LetterFacts, PathStep, Pathway, Session, Strengths, TopicMarks
from addin.reading.grid import Book, CellValue
from addin.reading.headings.roles import RESULT_HEADINGS
from model.curriculum import by_name, topics
from model.vocabulary import TOPICS
from tests.support import HEADINGS, Row, students
from tests.support import book as book_of

TODAY = date(2026, 3, 2)
SETUP: Mapping[str, CellValue] = {
    "school": "Example School", "class_name": "9K", "teacher": "T. Example", "letter_contact": "the maths office, 01632 960123",
}  # fmt: skip
DECIDED: Row = (*HEADINGS, *RESULT_HEADINGS)


def decided(rows: Sequence[Sequence[CellValue]], decisions: Sequence[CellValue]) -> list[list[CellValue]]:
    """Rows under `DECIDED`: the seven results left blank, then the decision and a note that no letter may tell."""
    return [[*row, *[None] * 7, decision, "Private note"] for row, decision in zip(rows, decisions, strict=True)]


def decided_book(
    decisions: Sequence[CellValue],
    *,
    seed: int = 1,
    plan: Sequence[Row] = (),
    clinics: Sequence[Row] = (),
    setup: Mapping[str, CellValue] = SETUP,
    rows: Sequence[Sequence[CellValue]] | None = None,
) -> Book:
    """A class with a decision each, and where they are given the sheets `Clinic plan` and `Clinics`."""
    given = students(len(decisions), seed=seed) if rows is None else rows
    book = book_of(DECIDED, *decided(given, decisions), names=setup)
    more = {"Clinic plan": plan, "Clinics": clinics}
    sheets = [sheet for name, cells in more.items() if cells for sheet in book_of(*cells, name=name).sheets]
    return replace(book, sheets=(*book.sheets, *sheets))


def book_of_every_topic() -> Book:
    """A test on every topic of the map, and for each topic a student whose marks are lowest there, low in what it builds on, and
    low in one topic of another part of the map; everybody accepted."""
    names = list(TOPICS)
    rows = []
    for place, name in enumerate(names):
        builds_on = {topics()[id_].name for id_ in by_name()[name].prerequisites}
        lowest = dict.fromkeys(builds_on, 8.0) | {names[(7 * place + 11) % len(names)]: 5.0, name: 3.0}
        marks = [lowest.get(each, 13.0) for each in names]
        rows.append([f"ZQ{place:03}", f"Zarrin{place}", f"Ova{place}", 6, *marks])
    headings = ("Student ID", "Surname", "Forename", "Target", *(f"{name} (20)" for name in names), *RESULT_HEADINGS)
    return book_of(headings, *decided(rows, ["Accept"] * len(names)), names=SETUP)


def running_text(blocks: Sequence[Block]) -> str:
    """What a person reads as sentences: paragraphs and lists, a line each; letterhead, date and table are left out."""
    kept = (block for block in blocks if block.kind in (Kind.PARAGRAPH, Kind.LIST))
    return "\n".join(" ".join(row) for block in kept for row in block.rows)


def whole_text(letter: Letter) -> str:
    """Everything that both versions of a letter say."""
    return "\n".join(block.text for blocks in letter.versions.values() for block in blocks)


def facts(**changes: object) -> LetterFacts:
    """A student's facts, some of them changed."""
    usual = LetterFacts(
        key="id:zq1", row=2, student_id="ZQ1", name="Ova Zarrin", forename="Ova", form="9A", school="Example School",
        class_name="9A/Ma1", teacher="T. Example", contact="the maths office", day=TODAY,
        strengths=Strengths(topics=(TopicMarks(topic="Angles", earned=16.0, out_of=20.0),)),
        topics=(TopicMarks(topic="Fractions", means="parts of a whole", earned=6.0, out_of=20.0),),
        sessions=(
            Session(
                slot="Mon lunch", date=date(2026, 3, 9), day="Monday", time="12:30", room="M4", staff="T. Example",
                topic="Fractions",
            ),
        ),
        focus=TopicMarks(topic="Fractions", means="parts of a whole"),
        activity="We will draw bars.",
        path=Pathway(steps=(
            PathStep(topic="Equivalent fractions", means="parts of the same size", helps_with="Fractions"),
            PathStep(topic="Fractions", means="parts of a whole", in_clinic=True),
        )),
    )  # fmt: skip
    return replace(usual, **changes)  # type: ignore[arg-type]


def longest_facts() -> LetterFacts:
    """As much as a letter may have to hold: every strength, long names, three sessions."""
    teacher = "Ms A. Longname-Colleague"

    def marks(topic: str, means: str = "") -> TopicMarks:
        return TopicMarks(topic=topic, means=means, earned=112.5, out_of=120.0, few=True)

    def session(day: int, topic: str) -> Session:
        return Session(
            slot="Wednesday after school", date=date(2026, 9, day), day="Wednesday", time="15:30-16:30",
            room="Mathematics block, room M24", staff=teacher, topic=topic,
        )  # fmt: skip

    def step(topic: str, means: str, helps_with: str = "") -> PathStep:
        return PathStep(topic=topic, means=means, helps_with=helps_with, in_clinic=not helps_with)

    area = marks("Area and perimeter", "the space inside a shape and the way round it")
    return facts(
        name="Maximiliana-Alexandrina Featherstonehaugh-Zarrowmondeley",
        forename="Maximiliana-Alexandrina",
        form="11-Heather/Ma1",
        school="The Very Long Named Church of England Academy and Sixth Form College, Lower Example",
        teacher=teacher,
        contact=f"the head of mathematics, {teacher}, 01632 960123, or maths.department@longnamed-academy.example",
        strengths=Strengths(
            topics=(marks("Multiplying and dividing"), marks("Equally likely outcomes")),
            attendance=100, homework=100, effort=4, improvement=Improvement(earlier=31, later=61, tests=10),
        ),
        topics=(area, marks("Proportion", "what happens to one amount when the other grows")),
        sessions=(session(23, "Proportion"), session(24, "Percentage change"), session(30, area.topic)),
        focus=area,
        activity="We will match cards to see how much faster the inside of a shape grows than its sides.",
        path=Pathway(
            steps=(
                step("Area of parallelograms and trapeziums", "the space inside shapes with four sides", area.topic),
                step(area.topic, "the space inside a shape and the way round it"),
                step("Direct and inverse proportion formulae", "rules for how two amounts go together", "Proportion"),
                step("Proportion", "what happens to one amount when the other grows"),
            ),
            again=("Comparing distributions", "Negative and fractional indices"),
        ),
    )  # fmt: skip
