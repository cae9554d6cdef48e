"""Slips of the pen in headings: what must be understood, and what must not be taken for another word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from addin.reading.headings.column import Role, understand
from addin.reading.headings.typos import close_to, slips_between

SLIPS = (
    ("Attendence %", Role.ATTENDANCE, "attendance"),
    ("Attendnace HT2", Role.ATTENDANCE, "attendance"),
    ("Atendance", Role.ATTENDANCE, "attendance"),
    ("Home work", Role.HOMEWORK, "homework"),
    ("Homwork %", Role.HOMEWORK, "homework"),
    ("Efort", Role.EFFORT, "effort"),
    ("Surename", Role.SURNAME, "surname"),
    ("Legal Surnmae", Role.SURNAME, "legal surname"),
    ("Forname", Role.FORENAME, "forename"),
    ("Prefered forename", Role.FORENAME, "preferred forename"),
    ("Studnet ID", Role.STUDENT_ID, "student id"),
    ("Admision number", Role.STUDENT_ID, "admission number"),
    ("Tutor gruop", Role.FORM, "tutor group"),
    ("Regestration fom", Role.FORM, "registration form"),
    ("Taregt grade", Role.TARGET, "target grade"),
    ("Minimum target grad", Role.TARGET, "minimum target grade"),
    ("Pupil premuim", Role.AUDIT, "pupil premium"),
    ("KS2 scaled scroe", Role.KS2, "ks2 scaled score"),
    ("Final garde", Role.OUTCOME, "final grade"),
    ("Algerba", Role.TEST, "Algebra"),
    ("Geomtry (30)", Role.TEST, "Geometry"),
    ("Prabability", Role.TEST, "Probability"),
    ("Statistcs", Role.TEST, "Statistics"),
    ("Pyhtagoras", Role.TEST, "Pythagoras"),
    ("Fractoins /20", Role.TEST, "Fractions"),
    ("Equasions", Role.TEST, "Equations"),
    ("Angels", Role.TEST, "Angles"),
    ("Straigth lines", Role.TEST, "Straight lines"),
    ("Percentage chnage", Role.TEST, None),  # "percentage" alone names the topic
)
OTHERS = (
    "Geography", "Geology", "Username", "User name", "Percentile", "Independent", "Target date", "KS1 maths",
    "KS3 score",
    "FFT80", "Motivation", "Vacation", "Promotion", "Education", "Beverages", "Effects", "Towers", "Lumber", "Tender", "Speech",
    "Spend", "Library number", "Rations day",
    "Former", "From", "Sat", "Nickname", "Information", "Attainment", "Attention", "Teacher name",
    "Detentions", "Working out", "Favourite colour", "Bicycle", "Wk 3", "Database", "Graphics", "Philosophy",
)  # fmt: skip


@pytest.mark.parametrize(("heading", "role", "word"), SLIPS)
def test_a_slip_is_understood_and_said(heading: str, role: Role, word: str | None) -> None:
    (column,) = understand([heading])
    assert column.role is role
    assert 0.7 < column.confidence <= 0.9
    if word is not None:
        assert column.why == f"close to {word!r}"


@pytest.mark.parametrize("heading", OTHERS)
def test_another_word_is_left_out_and_said(heading: str) -> None:
    (column,) = understand([heading])
    assert (column.role, column.strand, column.why) in (
        (Role.IGNORED, None, "not understood"),
        (Role.IGNORED, None, "exact"),
        (Role.IGNORED, None, "names no mark"),
    )


def test_a_topic_is_found_in_the_misspelt_heading_of_a_test() -> None:
    (column,) = understand(["Pyhtagoras test (20)"])
    assert (column.role, column.topic, column.out_of) == (Role.TEST, "Pythagoras", 20.0)
    assert column.why == "close to 'Pythagoras'"


def test_a_word_between_two_is_neither() -> None:
    assert close_to("forenome", {"forename": 1, "forenome": 2}) == ("forenome", 2, 1.0)
    assert close_to("marker", {"marked": 1, "market": 2}) is None
    assert close_to("marker", {"marked": 1, "market": 1}) is not None, "where both mean the same it does not matter"


def test_no_synonym_is_one_slip_from_one_of_another_role() -> None:
    from addin.reading.headings.roles import synonyms

    known = synonyms()
    for word, role in known.items():
        others = {other: meaning for other, meaning in known.items() if meaning is not role}
        assert close_to(word, others) is None, word


@given(st.text("abcde ", max_size=9), st.text("abcde ", max_size=9))
def test_slips_are_counted_as_the_library_counts_them(one: str, other: str) -> None:
    assert slips_between(one, other) == OSA.distance(one, other)
