"""Columns beside the names that are no marks, and must never be taken for any."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from addin.reading.grid import Book, CellValue, Sheet
from addin.reading.markbook import read_markbook
from tests.reading.shapes import NAMES

Draw = Callable[[random.Random, int], CellValue]


def between(low: int, high: int) -> Draw:
    return lambda draw, i: draw.randint(low, high)


def counting(first: int, step: int = 1) -> Draw:
    return lambda draw, i: first + step * i


TRAPS: tuple[tuple[str, Draw], ...] = (
    ("Attendance", between(5, 10)),
    ("Days absent", between(0, 14)),
    ("Lates", between(0, 9)),
    ("Absences", between(0, 20)),
    ("Sessions missed", between(0, 12)),
    ("Roll No", counting(1)),
    ("Reg No", counting(17, 3)),
    ("S/N", counting(1)),
    ("No.", counting(1)),
    ("Candidate number", counting(4101)),
    ("Serial", counting(12)),
    ("Admission year", between(2019, 2022)),
    ("Year of entry", between(2019, 2022)),
    ("Born", between(2010, 2012)),
    ("Phone", between(7_100_000_000, 7_999_999_999)),
    ("Emergency contact", between(7_100_000_000, 7_999_999_999)),
    ("Age", between(13, 16)),
    ("Age in months", between(150, 190)),
    ("Height", between(140, 185)),
    ("Weight (kg)", between(38, 80)),
    ("Shoe size", between(3, 10)),
    ("Rank", between(1, 30)),
    ("Position", between(1, 30)),
    ("Pos.", counting(1)),
    ("Class rank", between(1, 30)),
    ("Percentile", between(1, 99)),
    ("House points", between(0, 60)),
    ("Merits", between(0, 40)),
    ("Behaviour points", between(0, 25)),
    ("Detentions", between(0, 6)),
    ("Fees paid", between(100, 900)),
    ("Reading age", between(9, 15)),
    ("Room", between(1, 40)),
    ("Locker", between(1, 400)),
    ("Seat", between(1, 32)),
    ("English", between(20, 95)),
    ("Physics", between(20, 95)),
    ("Science marks", between(20, 95)),
    ("Last year", between(20, 95)),
    ("Previous year %", between(20, 95)),
    ("Average", between(20, 95)),
    ("Overall %", between(20, 95)),
    ("Grand total", between(40, 200)),
    ("Sum of marks", between(40, 200)),
    ("Marks total", between(40, 200)),
    ("Total so far", between(40, 200)),
    ("Grade", lambda draw, i: draw.choice("ABCD")),
    ("Progress 8", lambda draw, i: round(draw.uniform(-2, 2), 2)),
    ("Residual", lambda draw, i: round(draw.uniform(-2, 2), 2)),
    ("Postcode", lambda draw, i: f"AB{i} {draw.randint(1, 9)}CD"),
    ("Date of birth", lambda draw, i: f"{draw.randint(1, 28):02}/0{draw.randint(1, 9)}/2011"),
    ("Books read", between(0, 30)),
    ("Minutes late", between(0, 45)),
)
"""Heading -> what stands below it, by student."""


@pytest.mark.parametrize(("heading", "value"), TRAPS, ids=[heading for heading, _ in TRAPS])
@pytest.mark.parametrize("left", [True, False], ids=["left of the tests", "right of the tests"])
def test_no_trap_is_taken_for_marks(heading: str, value: Draw, left: bool) -> None:
    draw = random.Random(heading)
    tests = ["Fractions (20)", "Angles (30)"]
    rows: list[tuple[CellValue, ...]] = [("Name", heading, *tests) if left else ("Name", *tests, heading)]
    for i, (forename, surname) in enumerate(NAMES):
        marks = [draw.randint(3, 20), draw.randint(5, 30)]
        trap = value(draw, i)
        rows.append((f"{forename} {surname}", trap, *marks) if left else (f"{forename} {surname}", *marks, trap))
    markbook = read_markbook(Book(sheets=(Sheet(name="Y9", rows=tuple(rows)),)))
    assert [assessment.title for assessment in markbook.cohort.assessments] == tests
    assert len(markbook.students) == len(NAMES)
