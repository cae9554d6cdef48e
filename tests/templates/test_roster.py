"""Invented students: different from one another, the same each time, and recognisable as invented."""

from __future__ import annotations

import re

import pytest

from templates.roster import LARGEST_ROSTER, class_name, invent_roster


@pytest.mark.parametrize("seed", [0, 1, 2026])
def test_the_largest_roster_repeats_nobody(seed: int) -> None:
    students = invent_roster(students=LARGEST_ROSTER, seed=seed)
    assert len({(student.surname, student.forename) for student in students}) == LARGEST_ROSTER
    assert len({student.student_id for student in students}) == LARGEST_ROSTER


def test_ids_and_forms_have_their_pattern() -> None:
    students = invent_roster(students=LARGEST_ROSTER, seed=3)
    assert all(re.fullmatch(r"ZQ\d{4}", student.student_id) for student in students)
    assert all(re.fullmatch(r"10K[1-6]", student.form) for student in students)


def test_names_are_plain_words_that_no_program_takes_for_a_mark() -> None:
    for student in invent_roster(students=LARGEST_ROSTER, seed=4):
        assert re.fullmatch(r"[A-Z][a-z]{4,}", student.surname)
        assert re.fullmatch(r"[A-Z][a-z]{3,}", student.forename)


def test_a_seed_gives_its_class_and_no_other() -> None:
    assert invent_roster(students=30, seed=5) == invent_roster(students=30, seed=5)
    assert invent_roster(students=30, seed=5) != invent_roster(students=30, seed=6)


def test_a_class_list_is_sorted_by_surname() -> None:
    surnames = [student.surname for student in invent_roster(students=30, seed=7)]
    assert surnames == sorted(surnames)


@pytest.mark.parametrize("students", [-1, LARGEST_ROSTER + 1])
def test_sizes_out_of_range_are_refused(students: int) -> None:
    with pytest.raises(ValueError, match="not 0 to 200"):
        invent_roster(students=students, seed=1)


def test_large_groups_are_not_called_a_set() -> None:
    assert class_name(students=35) == "10x/Ma1"
    assert class_name(students=36) == "10x"
