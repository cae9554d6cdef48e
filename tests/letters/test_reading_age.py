"""Every letter can be read by nearly everybody who gets one, and by every student.

The bar: a Flesch-Kincaid grade of at most 4, which is the reading age of nine that GOV.UK asks of its own pages, on average over a
class; no single letter above grade 5 (a reading age of ten, a year below the youngest students of a secondary school). Names and
topics are the school's and may be long; what is ours to keep short are the sentences.
"""

from __future__ import annotations

import itertools
from statistics import mean

import pytest

from addin.hosts.closed_file import ClosedFile
from addin.letters.compose import Letter, compose
from addin.letters.facts import Improvement, PathStep, Pathway, Strengths, TopicMarks
from addin.letters.wording import READERS, Wording
from model.vocabulary import TOPICS
from templates.build import class_workbook
from tests.letters.samples import TODAY, book_of_every_topic, decided_book, facts, running_text
from tests.libraries import needed_library
from tests.support import opened

HIGHEST_OF_ONE, HIGHEST_ON_AVERAGE = 5.0, 4.0


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of a text."""
    needed_library("textstat")
    import textstat

    return float(textstat.flesch_kincaid_grade(text))


def test_the_measure_tells_hard_from_easy() -> None:
    hard = (
        "Notwithstanding institutional considerations, mathematical interventions necessitate parental participation."
    )
    assert grade(hard) > 12
    assert grade("We will help. You can say no. Please talk to us.") < 2


def grades(letters: tuple[Letter, ...]) -> list[float]:
    return [grade(running_text(blocks)) for letter in letters for blocks in letter.versions.values()]


@pytest.fixture(scope="module")
def template_class(tmp_path_factory: pytest.TempPathFactory) -> tuple[Letter, ...]:
    """The letters of a class of 30 in the template, everybody accepted."""
    path = tmp_path_factory.mktemp("class") / "class.xlsx"
    class_workbook(path, students=30, seed=2026)
    workbook, sheet = opened(path, "Markbook")
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "Decision"]
    for row in range(cell.row + 1, cell.row + 31):
        sheet.cell(row, cell.column).value = "Accept"
    workbook.save(path)
    return compose(ClosedFile(path, output=path).read(), today=TODAY).letters


def test_every_letter_of_a_class_in_the_template(template_class: tuple[Letter, ...]) -> None:
    assert len(template_class) == 30
    found = grades(template_class)
    assert max(found) <= HIGHEST_OF_ONE
    assert mean(found) <= HIGHEST_ON_AVERAGE


@pytest.mark.parametrize("seed", range(3))
def test_every_letter_of_other_classes(seed: int) -> None:
    found = grades(compose(decided_book(["Accept"] * 30, seed=seed), today=TODAY).letters)
    assert max(found) <= HIGHEST_OF_ONE
    assert mean(found) <= HIGHEST_ON_AVERAGE


def test_every_way_a_letter_can_go() -> None:
    wording = Wording()
    topic = TopicMarks(topic="Angles", means="how far lines turn", earned=7.0, out_of=12.0, few=True)
    strengths = (
        Strengths(),
        Strengths(best_so_far=topic),
        Strengths(
            topics=(topic, topic), attendance=97, homework=88, effort=4,
            improvement=Improvement(earlier=31, later=50, tests=6),
        ),
        Strengths(effort=3),
    )  # fmt: skip
    steps = (
        PathStep(topic="Turns", means="how far lines turn", helps_with="Angles"),
        PathStep(topic="Angles", in_clinic=True),
    )
    paths = (
        None,
        Pathway(steps=steps, again=("Speed",)),
        Pathway(steps=steps[1:]),
        Pathway(steps=(), again=("Speed", "Area")),
    )
    ways = itertools.product(
        strengths, ((), (topic,), (topic, topic)), ("", "T. Example"), ("", "the maths office"), (None, topic), paths
    )
    for well, topics, teacher, contact, focus, path in ways:
        some = facts(
            strengths=well,
            topics=topics,
            teacher=teacher,
            contact=contact,
            focus=focus,
            activity="",
            sessions=(),
            path=path,
        )
        for reader in READERS:
            assert grade(running_text(wording.letter(some, reader=reader))) <= HIGHEST_OF_ONE


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic(topic: str) -> None:
    wording = Wording()
    marks = TopicMarks(topic=topic, means=wording.words.of("topic", topic), earned=7.0, out_of=20.0)
    some = facts(topics=(marks,), focus=marks, activity="", sessions=())
    for reader in READERS:
        assert grade(running_text(wording.letter(some, reader=reader))) <= HIGHEST_OF_ONE


def test_every_topic_with_its_path() -> None:
    letters = compose(book_of_every_topic(), today=TODAY).letters
    assert {step.topic for letter in letters if letter.facts.path for step in letter.facts.path.steps} == set(TOPICS)
    found = grades(letters)
    assert max(found) <= HIGHEST_OF_ONE
    assert mean(found) <= HIGHEST_ON_AVERAGE
