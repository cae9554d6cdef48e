"""Grade boundaries: the published table makes sense, and Setup's own are read or told."""

from __future__ import annotations

import numpy as np
import pytest

from addin.reading.boundaries import boundaries_in, own_boundaries
from addin.reading.grid import Book
from model.standing.boundaries import TIERS, Boundaries, published, usual


@pytest.mark.parametrize("examination", published(), ids=lambda e: f"{e.series} {e.tier}")
def test_published_boundaries_rise_within_the_paper_and_name_their_source(examination) -> None:
    grades = sorted(examination.boundaries.lowest)
    marks = [examination.boundaries.lowest[grade] for grade in grades]
    assert marks == sorted(set(marks))
    assert 0 < marks[0] < marks[-1] < 100
    assert grades == {"higher": list(range(3, 10)), "foundation": list(range(1, 6))}[examination.tier]
    assert examination.source.startswith("https://")


@pytest.mark.parametrize("tier", TIERS)
def test_levels_rise_with_marks_and_a_boundary_is_half_a_grade_under_its_grade(tier: str) -> None:
    table = usual(tier)
    levels = table.level(np.linspace(0, 100, 101))
    assert (np.diff(levels) >= 0).all()
    for grade, mark in table.lowest.items():
        assert table.level(np.array([mark]))[0] == pytest.approx(grade - 0.5)
    assert np.isnan(table.level(np.array([np.nan]))[0])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nobody knows", "neither boundaries nor an examination"),
        ("AQA June 2023", "neither boundaries nor an examination"),
        ("5: 120", "two grades at least"),
        ("5: 120, 6: 110 of 240", "a higher grade needs more marks"),
        ("5: 120, 6: 250 of 240", "above the total of 240"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, says: str) -> None:
    assert says in str(boundaries_in(text, "higher"))
    found, (query,) = own_boundaries(Book(sheets=(), names={"boundaries_higher": text}))
    assert not found
    assert query.value == text
    assert query.remedy


@pytest.mark.parametrize(
    "text", ["9: 203, 8: 174, 7: 145 of 240", "9=84.6 8=72.5 7=60.4", "Edexcel June 2023", "1MA1 June 2023"]
)
def test_own_boundaries_and_examinations_are_read(text: str) -> None:
    read = boundaries_in(text, "higher")
    assert isinstance(read, Boundaries)
    assert read.lowest[9] == pytest.approx(203 / 2.4, abs=0.1)
