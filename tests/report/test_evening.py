"""Pages for parents' evening: a sheet a student, in words for a family, and nothing of anybody else or of flags."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

import pytest
from lxml import html

from addin.letters.compose import judging_words
from addin.letters.facts import TopicMarks
from addin.reading.grid import Book, Sheet
from addin.report.evening import Evening, EveningPage, _words_at_home, evening_of
from addin.report.filters import read_filters
from addin.report.page import evening_page
from model.training.assessments import TESTED
from model.vocabulary import STRANDS, TOPICS, Flag
from tests.letters.samples import SETUP, decided_book, longest_facts
from tests.letters.test_reading_age import grade
from tests.report.printed import TODAY, opened, text_of
from tests.support import HEADINGS, book, students

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.dates

PLAN = (("Date", "Slot", "Status", "Student ID", "Name", "Topic"),)
CLINICS = (("Slot", "Day", "Time", "Room", "Staff"), ("Mon lunch", "Monday", "12:40", "M4", "A. Colleague"))


def pages_of(evening: Evening) -> dict[str, str]:
    """Name -> the words of the student's page."""
    (tree,) = html.fromstring(evening_page(evening.pages)).xpath("//main")
    return {
        " ".join(page.xpath(".//h1")[0].itertext()): " ".join(" ".join(page.itertext()).split())
        for page in tree.xpath("./article")
    }


def test_every_student_of_the_template_has_a_sheet(chromium: Browser, full_book: Book, page_file: Path) -> None:
    made = evening_of(full_book, today=TODAY)
    assert len(made.pages) == 32
    assert made.notices == ()
    with opened(chromium, evening_page(made.pages), page_file) as shown:
        assert shown.requests == [page_file.as_uri()]
        assert shown.console == []
        assert shown.violations() == []
        sheets, paper = shown.sheets(page_file.parent)
    assert (sheets, "A4" in paper) == (32, True)


def test_nobody_else_and_nothing_that_judges_stands_on_a_page(full_book: Book) -> None:
    made = evening_of(full_book, today=TODAY)
    told = pages_of(made)
    names = [page.facts.name for page in made.pages]
    assert len(set(names)) == 32
    for name, text in told.items():
        assert not [other for other in names if other != name and other in text]
        assert judging_words([text]) == ()
        assert not re.search(r"\b(priority|score|accept|reject|defer|target|percentile|decision)", text, re.IGNORECASE)
        assert not [flag for flag in Flag if flag.value.partition(" ")[2] in text]
        assert not re.search("[▲●■◆]", text)
    markup = evening_page(made.pages)
    assert not re.search(r"\b(risk|flag|watch)\b", markup, re.IGNORECASE)
    assert "Talked to the student: fractions first" not in markup, "the note beside a decision is the teacher's"


def test_groups_stand_on_no_page(full_book: Book) -> None:
    everybody = pages_of(evening_of(full_book, today=TODAY))
    some = evening_of(full_book, filters=read_filters([], ["SEN=K", "SEN=E"]), today=TODAY)
    told = pages_of(some)
    assert 0 < len(told) < 32
    assert all(everybody[name] == text for name, text in told.items()), "a filter chooses, and is not told"
    assert not re.search(r"\b(SEN|EAL|PP|pupil premium|sex)\b", text_of(evening_page(some.pages)), re.IGNORECASE)


def test_only_who_is_accepted_is_offered_the_clinic() -> None:
    rows = students(4)
    plan = [*PLAN, *(("2026-03-09", "Mon lunch", "Invited", row[0], None, "Fractions") for row in rows[:3])]
    made = evening_of(
        decided_book(["Accept", "Reject", None, "Accept"], rows=rows, plan=plan, clinics=CLINICS), today=TODAY
    )
    told = list(pages_of(made).values())
    assert "Mon lunch, Monday 9 March 2026, 12:40, M4, with A. Colleague: Fractions" in told[0]
    assert not [text for text in told[1:3] if "linic" in text or "Mon lunch" in text]
    assert "will tell you the day and the time" in told[3]


def test_the_figures_are_the_students_own() -> None:
    row = ("ZQ1", "Zarrin", "Ova", "9A", 5.0, 100.0, 96.4, 71.0, 2.6, 12.0, "Abs", 21.0, 33.0)
    other = ("ZQ2", "Beska", "Tul", "9A", 5.0, 100.0, 50.0, 10.0, 1.0, 1.0, 2.0, 3.0, 4.0)
    made = evening_of(book(HEADINGS, row, other, names=SETUP), today=TODAY)
    text = pages_of(made)["Ova Zarrin"]
    for words in (
        "Attendance 96 %", "Homework 71 % done", "Effort good", "Tests missed 1", "Fractions 12 out of 20",
        "Equations 21 out of 30", "Test 4 33 out of 40", "Ova has been here for 96 % of the time.", "Example School",
        "2 March 2026", "please contact the maths office, 01632 960123",
    ):  # fmt: skip
        assert words in text, words
    assert "Angles 0" not in text


def test_another_students_name_typed_into_the_plan_keeps_a_page_back() -> None:
    rows = students(3)
    other = f"{rows[1][2]} {rows[1][1]}"
    plan = [*PLAN, ("2026-03-09", f"with {other}", "Invited", rows[0][0], None, "Fractions")]
    made = evening_of(decided_book(["Accept", None, None], rows=rows, plan=plan), today=TODAY)
    assert len(made.pages) == 2
    assert made.notices[0].startswith("Row 2: the page would name another student and was left out.")
    assert other not in " ".join(made.notices)


def test_who_is_in_doubt_has_no_page() -> None:
    rows = students(4)
    rows[1] = list(rows[0])
    made = evening_of(book(HEADINGS, *rows), today=TODAY)
    assert len(made.pages) == 2
    assert made.notices == ("2 students without a page: who stands in the row is in doubt",)


def longest_page() -> EveningPage:
    """As much as a page may have to hold."""
    (page,) = evening_of(book(HEADINGS, students(1)[0]), today=TODAY).pages
    marks = tuple(TopicMarks(topic=topic, earned=112.5, out_of=120.0) for topic in TESTED)
    papers = tuple(TopicMarks(topic=f"Mock {n} Paper {m}", earned=42.0, out_of=80.0) for n in (1, 2) for m in (1, 2, 3))
    at_home = sorted(_words_at_home().values(), key=len)[-2:]
    return replace(
        page, facts=longest_facts(), class_title="11-Heather/Ma1 in the year 2025/26", offered=True, attendance=100, homework=100,
        effort="excellent", marks=marks, papers=papers, missed=12, at_home=tuple(at_home),
    )  # fmt: skip


def test_the_longest_page_is_one_sheet_with_room_for_notes(chromium: Browser, page_file: Path) -> None:
    with opened(chromium, evening_page([longest_page()] * 2), page_file) as shown:
        assert shown.sheets(page_file.parent)[0] == 2
        shown.page.emulate_media(media="print")
        places = shown.page.evaluate(
            "() => [...document.querySelectorAll('.page')].map((e) => [e.scrollHeight - e.clientHeight, "
            "e.querySelector('.notes div').clientHeight, [...e.querySelectorAll('*')].filter("
            "(part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth).length])"
        )
    assert all(over <= 1 and room > 50 and not cut for over, room, cut in places), places


def test_a_book_without_totals_topics_or_engagement_has_pages_too(chromium: Browser, page_file: Path) -> None:
    rows = (("Name", "T1", "T2"), ("Ova Zarrin", 12, 9), ("Tul Beska", 15, 8), ("Pim Dorro", 9, 13))
    made = evening_of(Book(sheets=(Sheet(name="Y9", rows=rows),)), today=TODAY)
    assert len(made.pages) == 3
    with opened(chromium, evening_page(made.pages), page_file) as shown:
        assert shown.violations() == []
        assert shown.sheets(page_file.parent)[0] == 3
    assert "explain" in text_of(evening_page(made.pages))


@pytest.mark.parametrize("seed", range(2))
def test_families_can_read_it(seed: int) -> None:
    made = evening_of(decided_book(["Accept", None] * 15, seed=seed), today=TODAY)
    tree = html.fromstring(evening_page(made.pages))
    texts = [
        "\n".join(
            " ".join(each.itertext())
            for each in page.xpath("./p[position()>2] | ./ul[not(contains(@class, 'marks'))]/li")
        )
        for page in tree.xpath("//article")
    ]
    found = [grade(text) for text in texts]
    assert mean(found) <= 4.5
    assert max(found) <= 6


def test_every_topic_and_strand_has_words_for_home() -> None:
    told = _words_at_home()
    assert {("topic", topic.casefold()) for topic in TOPICS} <= set(told)
    assert {("strand", strand.value.casefold()) for strand in STRANDS} <= set(told)
    assert all(len(words) <= 95 and words[-1] in ".?" for words in told.values())
    assert max(grade(words) for words in told.values()) <= 7
