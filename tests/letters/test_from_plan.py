"""From a plan that the program has made to letters that say the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.files.planned import plan_file
from addin.hosts.closed_file import ClosedFile
from addin.letters.compose import Letters, compose
from addin.letters.facts import LetterFacts
from addin.results.clinic_register import INVITED, NEXT, plan_rows
from tests.letters.samples import DECIDED, TODAY, decided, whole_text
from tests.support import students, write_workbook

pytestmark = pytest.mark.dates

CLINICS = (
    ("Slot", "Day", "Time", "Room", "Strand", "Seats", "Staff"),
    ("Mon lunch", "Monday", "12:40-13:20", "M1", "Any", 4, "T. Example"),
    ("Thu lunch", "Thursday", "12:40-13:20", "M4", "Any", 4, "A. Colleague"),
)


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of 14 for 8 seats, everybody accepted, one of them without any mark, planned by the program."""
    rows = students(14)
    rows[3][9:] = [None] * 4
    folder = tmp_path_factory.mktemp("planned")
    file = write_workbook(folder / "c.xlsx", {"Y9": [DECIDED, *decided(rows, ["Accept"] * 14)], "Clinics": CLINICS})
    return plan_file(file, today=TODAY).output


@pytest.fixture
def letters(planned: Path) -> Letters:
    return compose(ClosedFile(planned, output=planned).read(), today=TODAY)


def test_who_is_invited_is_told_when_and_where_and_nobody_else(planned: Path, letters: Letters) -> None:
    book = ClosedFile(planned, output=planned).read()
    register = [cells for _, cells in plan_rows(book) or ()]
    slots = {str(cells[3]): str(cells[1]) for cells in register if cells[2] == INVITED}
    waiting = {str(cells[3]) for cells in register if cells[2] == NEXT} - set(slots)
    assert slots, "the sample has places"
    assert waiting, "and not for everybody"
    by_id = {letter.facts.student_id: letter for letter in letters.letters}
    assert len(by_id) == 14
    for student_id, letter in by_id.items():
        places: LetterFacts = letter.facts
        assert [session.slot for session in places.sessions] == ([slots[student_id]] if student_id in slots else [])
        text = whole_text(letter)
        if student_id in slots:
            assert "12:40-13:20" in text
            assert ("M1" if slots[student_id] == "Mon lunch" else "M4") in text
        else:
            assert "will tell you the day, the time and the room." in text
            assert "12:40" not in text


def test_the_sessions_topic_is_the_plans(planned: Path, letters: Letters) -> None:
    register = [cells for _, cells in plan_rows(ClosedFile(planned, output=planned).read()) or ()]
    topics = {str(cells[3]): str(cells[5]) for cells in register if cells[2] == INVITED}
    for letter in letters.letters:
        planned_topic = topics.get(letter.facts.student_id)
        if planned_topic == "to be agreed":
            assert letter.facts.focus is None
        elif planned_topic:
            assert letter.facts.focus is not None
            assert letter.facts.focus.topic == planned_topic
        assert "to be agreed" not in whole_text(letter)
    assert "to be agreed" in topics.values(), "the student without any mark"


def test_a_letter_shows_the_marks_of_the_planned_topic_though_others_are_weaker(tmp_path: Path) -> None:
    rows = [["Name", "Fractions (20)", "Ratio (20)", "Angles (20)", "Decision", "Decision note"]]
    rows += [[f"Ova Zarrin{row}", 2 + row, 3 + 2 * row if row else 9, 8 - row % 4, "Accept", None] for row in range(8)]
    clinics = [("Slot", "Day", "Strand", "Seats"), ("Tue", "Tuesday", "Geometry", 8)]
    file = write_workbook(tmp_path / "c.xlsx", {"Y9": rows, "Clinics": clinics})
    output = plan_file(file, today=TODAY).output
    composed = compose(ClosedFile(output, output=output).read(), today=TODAY)
    first = next(letter for letter in composed.letters if letter.facts.name == "Ova Zarrin0")
    assert first.facts.focus is not None
    assert first.facts.focus.topic == "Angles"
    assert [(topic.topic, topic.earned, topic.out_of) for topic in first.facts.topics] == [
        ("Angles", 8, 20), ("Fractions", 2, 20),
    ]  # fmt: skip
    assert "8 out of 20 marks" in whole_text(first)
