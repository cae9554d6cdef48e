"""The path in a letter: the review's, in its order, moved on by what was done in clinics, in words that judge nobody."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from addin.letters.blocks import Block, Kind
from addin.letters.compose import Letter, compose, judging_words
from addin.letters.steps import path_of
from addin.letters.wording import READERS, Wording, Words, copy_wording, own_folder
from addin.results.clinic_register import HEADINGS as PLAN_HEADINGS
from addin.results.in_full import path_on_a_card
from addin.review import review
from model.pathway import Step, StepKind
from model.vocabulary import Strand
from tests.letters.samples import TODAY, book_of_every_topic, decided_book, facts, whole_text
from tests.support import Row, students

NO_WORDS = Words(table={})
BRACKETS = "Double brackets"


def step(kind: StepKind, topic: str) -> Step:
    return Step(
        kind=kind, topic=topic, strand=Strand.ALGEBRA, why="weakest topic, 3/20", activity="", done_when="three right"
    )


def steps_told(blocks: tuple[Block, ...]) -> list[str]:
    """The list of steps."""
    lists = [[row[0] for row in block.rows] for block in blocks if block.kind is Kind.LIST]
    return next((rows for rows in lists if rows[0].startswith("First: ")), [])


def test_an_empty_path_is_none() -> None:
    assert path_of([], NO_WORDS, in_clinic=()) is None


def test_practice_is_no_step_of_its_own_and_what_comes_first_says_for_what() -> None:
    path = path_of(
        [
            step(StepKind.MISSING, "Expanding"), step(StepKind.TOPIC, BRACKETS), step(StepKind.PRACTISE, BRACKETS),
            step(StepKind.MISSING, "Place value"), step(StepKind.TOPIC, "Decimals"),
            step(StepKind.MIXED, f"Expanding, {BRACKETS}, Place value, Decimals"),
        ],
        NO_WORDS,
        in_clinic=[BRACKETS.upper()],
    )  # fmt: skip
    assert path is not None
    assert [(each.topic, each.helps_with) for each in path.steps] == [
        ("Expanding", BRACKETS), (BRACKETS, ""), ("Place value", "Decimals"), ("Decimals", ""),
    ]  # fmt: skip
    assert [each.topic for each in path.steps if each.in_clinic] == [BRACKETS]
    assert path.again == ()


def test_a_topic_with_a_comma_is_one_topic() -> None:
    name = "Shape, space and measure"
    path = path_of(
        [step(StepKind.TOPIC, name), step(StepKind.PRACTISE, name), step(StepKind.MIXED, f"{name}, Speed, Area")],
        NO_WORDS,
        in_clinic=(),
    )
    assert path is not None
    assert ([each.topic for each in path.steps], path.again) == ([name], ("Speed", "Area"))


def test_only_the_mix_is_left() -> None:
    path = path_of([step(StepKind.MIXED, "Speed, Area")], NO_WORDS, in_clinic=())
    assert path is not None
    assert (path.steps, path.again) == ((), ("Speed", "Area"))
    for reader in READERS:
        text = "\n".join(block.text for block in Wording().letter(facts(path=path), reader=reader))
        assert "Next comes a mix of tasks on Speed and Area, so that it stays." in text
        assert "next steps" not in text


@pytest.fixture(scope="module")
def every_topic() -> tuple[Letter, ...]:
    return compose(book_of_every_topic(), today=TODAY).letters


def test_every_letter_tells_the_path_of_the_review_in_its_order(every_topic: tuple[Letter, ...]) -> None:
    cards = {result.key: path_on_a_card(result.pathway) for result in review(book_of_every_topic()).results}
    assert any(each.helps_with for letter in every_topic for each in letter.facts.path.steps)  # type: ignore[union-attr]
    for letter in every_topic:
        path = letter.facts.path
        assert path is not None
        names = [each.topic for each in path.steps]
        assert cards[letter.facts.key].startswith(f"Path: {' → '.join(names)} → mixed practice."), "as on Support"
        for blocks in letter.versions.values():
            told = steps_told(blocks)
            assert [line.split(": ")[0] for line in told] == ["First", *["Then"] * (len(names) - 1), "Last"]
            for line, each in zip(told, path.steps, strict=False):
                assert re.match(rf"\w+: {re.escape(each.topic)}(?: \(.+\))?\.", line), line
                assert (f" It helps with {each.helps_with}." in line) is bool(each.helps_with)
                known = {topic.topic for topic in letter.facts.topics}
                assert (each.means in line) is (each.topic not in known), "explained once"
            assert told[-1].startswith("Last: a mix of ")


def test_no_letter_judges_or_tells_a_teachers_reasons(every_topic: tuple[Letter, ...]) -> None:
    for letter in every_topic:
        text = whole_text(letter)
        assert not judging_words([text])
        assert not re.search(r"builds? on it|so far on|nothing shows|without help", text)


def test_without_a_place_the_first_step_is_what_will_be_done(every_topic: tuple[Letter, ...]) -> None:
    for letter in every_topic:
        assert letter.facts.path is not None
        assert letter.facts.focus is not None
        assert letter.facts.focus.topic == letter.facts.path.steps[0].topic
        assert letter.facts.activity, "an activity of every topic has words for a family"


def test_no_path_no_word_of_it() -> None:
    rows = students(5)
    rows[0][9:] = [None] * 4
    letter = compose(decided_book(["Accept"] * 5, rows=rows), today=TODAY).letters[0]
    assert letter.facts.path is None
    assert not re.search(r"next steps|First:|\ba mix\b", whole_text(letter))


def session(student: Row, topic: str, *, came: object, ticket: object) -> list[object]:
    """A row of the register."""
    cells = dict.fromkeys(PLAN_HEADINGS) | {
        "Date": "2026-02-23", "Slot": "Mon lunch", "Status": "Invited", "Student ID": student[0], "Topic": topic, "Offered": 1,
        "Attended": came, "Exit ticket": ticket,
    }  # fmt: skip
    return list(cells.values())


@pytest.mark.parametrize(
    ("came", "ticket", "moves"), [(1, None, True), (1, 3, True), (1, 1, False), (0, None, False), (None, None, False)]
)
def test_clinics_and_exit_tickets_move_it_on(came: object, ticket: object, *, moves: bool) -> None:
    rows = students(12)
    before = compose(decided_book(["Accept"] * 12, rows=rows), today=TODAY).letters[0]
    assert before.facts.path is not None
    first = before.facts.topics[0].topic
    plan = [PLAN_HEADINGS, session(rows[0], first, came=came, ticket=ticket)]
    after = compose(decided_book(["Accept"] * 12, rows=rows, plan=plan), today=TODAY).letters[0]  # type: ignore[arg-type]
    assert after.facts.path is not None
    assert (first not in [each.topic for each in after.facts.path.steps]) is moves
    assert (first in after.facts.path.again) is moves
    assert (f", and of {first}, so that it stays." in whole_text(after)) is moves


def test_a_step_that_a_coming_session_is_about_says_so() -> None:
    rows = students(12)
    usual = compose(decided_book(["Accept"] * 12, rows=rows), today=TODAY).letters
    letter = next(each for each in usual if each.facts.path and len(each.facts.path.steps) > 1)
    assert letter.facts.path is not None
    second = letter.facts.path.steps[1].topic
    plan = (("Date", "Slot", "Student ID", "Topic"), ("2026-03-09", "Mon lunch", letter.facts.student_id, second))
    found = compose(decided_book(["Accept"] * 12, rows=rows, plan=plan), today=TODAY).letters
    (again,) = [each for each in found if each.facts.key == letter.facts.key]
    assert again.facts.focus is not None
    assert again.facts.focus.topic == second, "what the session is about"
    for blocks in again.versions.values():
        told = steps_told(blocks)
        assert ", in the clinic." in told[1]
        assert not any(", in the clinic." in line for place, line in enumerate(told) if place != 1)


@pytest.mark.parametrize("reader", READERS)
def test_wording_copied_before_there_were_paths_goes_on(reader: str) -> None:
    now = Wording().letter(facts(), reader=reader)
    copy_wording()
    path = own_folder() / f"letter_{reader}.en.txt.j2"
    words = path.read_text(encoding="utf-8")
    older = re.sub(r"\{% if letter\.path .*?\n(?=\n### \{% trans %\}Who decided)", "", words, flags=re.DOTALL)
    assert "letter.path" in words
    assert "letter.path" not in older
    path.write_text(older, encoding="utf-8")
    then = Wording().letter(facts(), reader=reader)
    assert steps_told(now)
    assert then == Wording().letter(replace(facts(), path=None), reader=reader)
    assert [block for block in now if block in then] == [block for block in then if block in now]
    assert len(then) == len(now) - 1
