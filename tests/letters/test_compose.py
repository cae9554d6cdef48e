"""Who gets a letter, and what may stand in it: the student's own records and nobody else's."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from addin.errors import RequestProblem
from addin.letters.compose import IN_DOUBT, NAMES_ANOTHER, NO_DECISION, compose
from addin.letters.wording import READERS
from addin.reading.headings.roles import RESULT_HEADINGS
from addin.review import review
from tests.letters.samples import DECIDED, SETUP, TODAY, decided, decided_book, whole_text
from tests.support import HEADINGS, book, students

pytestmark = pytest.mark.dates

NEVER = re.compile(
    r"at risk|\brisk|\bweak|\bfail|bottom|\brank|\bplace \d|priority|probab|percentile|flag|\bHigh\b|Watch|On track|"
    r"likely to|predict|target|Private note|class average|above|below|than the class",
    re.IGNORECASE,
)
"""Labels, ranks and chances, the class as a measure, and the teacher's own note. (The sample has no topic with such a name.)"""


def everybody(count: int = 30, *, seed: int = 1) -> list[str]:
    return ["Accept"] * count


def test_one_letter_for_each_accepted_student_by_identity() -> None:
    decisions = ["Accept", "Reject", None, "Defer", " accept ", "Yes", "ACCEPT", None]
    composed = compose(decided_book(decisions), today=TODAY)
    rows = students(8)
    assert [letter.facts.student_id for letter in composed.letters] == [rows[i][0] for i in (0, 4, 6)]
    assert [letter.facts.name for letter in composed.letters] == [f"{rows[i][2]} {rows[i][1]}" for i in (0, 4, 6)]
    assert all(tuple(letter.versions) == READERS for letter in composed.letters)
    assert composed.without == {
        "Reject": 1, "Defer": 1, NO_DECISION: 2, "with the decision 'Yes', which is not understood": 1,
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_no_letter_names_another_student_judges_or_ranks(seed: int) -> None:
    composed = compose(decided_book(everybody(), seed=seed), today=TODAY)
    assert len(composed.letters) == 30
    for letter in composed.letters:
        text = whole_text(letter)
        own = letter.facts
        for row in students(30, seed=seed):
            if row[0] != own.student_id:
                for part in (row[0], row[1], f"{row[2]} {row[1]}"):
                    assert not re.search(rf"\b{re.escape(str(part))}\b", text), (own.name, part)
        assert not NEVER.search(text), NEVER.search(text)
        assert own.name in text
        assert "T. Example" in text


@pytest.mark.parametrize("seed", range(3))
def test_every_number_is_the_students_own_or_the_letters(seed: int) -> None:
    rows = {str(row[0]): row for row in students(30, seed=seed)}
    for letter in compose(decided_book(everybody(), seed=seed), today=TODAY).letters:
        row = rows[letter.facts.student_id]
        numbers = {float(cell) for cell in row if isinstance(cell, (int, float))}
        totals = {float(total) for heading in HEADINGS for total in re.findall(r"\((\d+)\)", str(heading))}
        marked = [
            (cell, total) for cell, total in zip(row[9:], (20, 25, 30, 40), strict=True) if isinstance(cell, float)
        ]
        shares = [100 * cell / total for cell, total in marked]
        halves = {float(int(sum(part) / 2)) for part in (shares[:2], shares[2:])} if len(shares) == 4 else set()
        # The date, the contact's telephone number, a grid's squares; and the digits in invented names and forms.
        text = whole_text(letter)
        for word in (letter.facts.name, letter.facts.forename, letter.facts.form, "01632 960123", "2 March 2026"):
            text = text.replace(word, "")
        found = {float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)}
        examples = {float(n) for topic in letter.facts.topics for n in re.findall(r"\d+(?:\.\d+)?", topic.means)}
        assert found <= numbers | totals | halves | examples, found - numbers - totals - halves - examples


def test_the_same_student_gets_the_same_letter_wherever_the_row_stands() -> None:
    rows = decided(students(12), everybody(12))
    one, other = (compose(book(DECIDED, *order, names=SETUP), today=TODAY) for order in (rows, rows[::-1]))
    assert {letter.facts.key: letter.versions for letter in one.letters} == {
        letter.facts.key: letter.versions for letter in other.letters
    }


def test_the_topics_are_those_of_the_review() -> None:
    marked = decided_book(everybody(12))
    told = {
        result.key: [(need.topic or need.strand, need.earned, need.out_of) for need in result.topics]
        for result in review(marked).results
    }
    for letter in compose(marked, today=TODAY).letters:
        assert [(t.topic, t.earned, t.out_of) for t in letter.facts.topics] == told[letter.facts.key]
        for topic in letter.facts.topics:
            if topic.earned is not None:
                assert f"{topic.earned:g} out of {topic.out_of:g} marks" in whole_text(letter)


def test_strengths_come_before_the_topics_to_work_on() -> None:
    for letter in compose(decided_book(everybody()), today=TODAY).letters:
        for blocks in letter.versions.values():
            headings = [block.text for block in blocks if block.kind == "heading"]
            assert headings[0] == "What is going well"
            assert headings[1].startswith("What")
            assert headings[1].endswith("marks show")


@pytest.mark.parametrize("decisions", [["Reject", "Defer", None], [None] * 3])
def test_nobody_accepted_is_said(decisions: list[str | None]) -> None:
    with pytest.raises(RequestProblem, match=r"no student has the decision Accept.*Enter Accept"):
        compose(decided_book(decisions), today=TODAY)


def test_a_book_that_was_never_scored_is_told_how_to_begin() -> None:
    with pytest.raises(RequestProblem, match=r"no column 'Decision'.*markbook score"):
        compose(book(HEADINGS, *students(3)))


def test_who_cannot_be_told_apart_gets_none() -> None:
    rows = students(4)
    rows[1][0] = rows[0][0]
    composed = compose(decided_book(everybody(4), rows=rows), today=TODAY)
    assert len(composed.letters) == 2
    assert composed.without == {IN_DOUBT: 2}


def test_a_student_without_any_mark_gets_an_honest_letter() -> None:
    rows = students(5)
    rows[0][6:] = [None] * len(rows[0][6:])
    letter = compose(decided_book(everybody(5), rows=rows), today=TODAY).letters[0]
    assert letter.facts.topics == ()
    assert not letter.facts.strengths.known
    assert "We do not have the marks yet" in whole_text(letter)
    assert "out of" not in whole_text(letter).replace("try things out", "")


@pytest.mark.parametrize("written", ["{2} {1}", "{1}, {2}"])
def test_a_letter_that_would_name_another_child_is_not_written(written: str) -> None:
    rows = students(4)
    other = written.format(*rows[3])
    plan = (("Slot", "Student ID", "Topic"), ("Mon lunch", rows[0][0], f"Fractions with {other}"))
    composed = compose(decided_book(["Accept", "Accept", None, None], rows=rows, plan=plan), today=TODAY)
    assert [letter.facts.student_id for letter in composed.letters] == [rows[1][0]]
    assert composed.without[NAMES_ANOTHER] == 1
    assert any("Row 2:" in notice and other not in notice for notice in composed.notices)


def test_a_name_that_begins_with_the_readers_own_is_another_childs() -> None:
    rows = students(2)
    rows[1][1:3] = [f"{rows[0][1]} Moq", rows[0][2]]
    plan = (("Slot", "Student ID", "Topic"), ("Mon lunch", rows[0][0], f"Fractions with {rows[1][2]} {rows[1][1]}"))
    assert compose(decided_book([None, "Accept"], rows=rows, plan=plan), today=TODAY).letters
    with_plan = compose(decided_book(["Accept", "Accept"], rows=rows, plan=plan), today=TODAY)
    assert [letter.facts.student_id for letter in with_plan.letters] == [rows[1][0]]


def test_a_teacher_may_have_a_students_name() -> None:
    rows = students(3)
    setup = {**SETUP, "teacher": f"{rows[2][2]} {rows[2][1]}"}
    assert len(compose(decided_book(["Accept"] * 2 + [None], rows=rows, setup=setup), today=TODAY).letters) == 2


def test_a_judging_word_is_told_to_the_teacher() -> None:
    plan = (("Slot", "Student ID", "Topic"), ("Mon lunch", students(1)[0][0], "Risk and chance"))
    composed = compose(decided_book(["Accept"], plan=plan), today=TODAY)
    assert any("Row 2: the letter has the word risk" in notice for notice in composed.notices)


def test_setup_chooses_the_language_and_an_unknown_one_is_refused() -> None:
    marked = decided_book(["Accept"], setup={**SETUP, "letter_language": "tlh"})
    with pytest.raises(RequestProblem, match=r"'tlh'.*only cy, en, pl.*letter_family\.tlh\.txt\.j2"):
        compose(marked)
    assert compose(marked, language="en").wording.language == "en"


def test_letters_without_a_language_of_their_own_take_the_one_of_the_workbook() -> None:
    for setup, wanted in (
        ({"language": "cy"}, "cy"), ({"language": "cy-GB"}, "cy"), ({"language": "cy", "letter_language": "pl"}, "pl"),
        ({"language": "nothing known"}, "en"),
    ):  # fmt: skip
        composed = compose(decided_book(["Accept"], setup={**SETUP, **setup}), today=TODAY)
        assert composed.wording.language == wanted
        told = [notice for notice in composed.notices if "draft translation" in notice]
        assert len(told) == (wanted != "en"), "the teacher knows that nobody has read it yet"


def test_without_a_contact_the_teacher_is_named_and_the_user_told() -> None:
    composed = compose(decided_book(["Accept"], setup={"teacher": "T. Example"}), today=TODAY)
    assert any("no contact for families" in notice for notice in composed.notices)
    assert "please ask for T. Example" in whole_text(composed.letters[0])


def test_a_book_of_nothing_but_names_and_marks_does() -> None:
    rows = (
        ("Name", "Angles (20)", *RESULT_HEADINGS),
        ("Zarrin, Ova", 12, *[None] * 7, "Accept", None),
        ("Tul Beska", 4),
    )
    (letter,) = compose(book(*rows), today=TODAY).letters
    assert letter.facts.forename == "Ova Zarrin", "which word is the forename is not known"
    assert "The maths teacher" in whole_text(letter)


def test_letters_follow_the_facts_alone() -> None:
    composed = compose(decided_book(["Accept"] * 2), today=TODAY)
    letter = composed.letters[0]
    again = composed.wording.letter(replace(letter.facts, row=99, key="other"), reader="family")
    assert again == letter.versions["family"]
