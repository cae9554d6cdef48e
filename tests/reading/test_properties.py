"""What never changes a student's risk, and what never goes wrong, over random classes and random grids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.reading.grid import Book, CellValue
from addin.review import review
from tests.reading.random_grids import books, reviewed
from tests.support import FIRST_MARK, HEADINGS, Row, book, students

CLASS = students(14, seed=3)
FOOT: Row = ("Average", None, None, None, 5.5)
LABELS = ("Out of", "Max mark", "Marks available:", None)


def risks(read: Book) -> dict[str, float | None]:
    return {result.key: result.risk for result in review(read).results}


def same(one: dict[str, float | None], other: dict[str, float | None]) -> bool:
    return one.keys() == other.keys() and all(one[key] == pytest.approx(other[key], abs=1e-9) for key in one)


PLAIN = risks(book(HEADINGS, *CLASS))


@given(st.permutations(CLASS), st.lists(st.integers(0, 14), max_size=3))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_students_never_changes_a_risk(rows: list[list[CellValue]], blanks: list[int]) -> None:
    shuffled: list[Row] = list(rows)
    for place in blanks:
        shuffled.insert(place, ())
    assert same(risks(book(HEADINGS, *shuffled, FOOT)), PLAIN)


@given(st.lists(st.integers(0, len(HEADINGS)), min_size=1, max_size=4))
@settings(max_examples=25, deadline=None)
def test_blank_columns_never_change_a_risk(places: list[int]) -> None:
    rows = [list(HEADINGS), *(list(row) for row in CLASS)]
    for place in places:
        for row in rows:
            row.insert(place, None)
    assert same(risks(book(*rows)), PLAIN)


@given(st.permutations(range(FIRST_MARK)))
@settings(max_examples=25, deadline=None)
def test_the_order_of_the_columns_before_the_marks_never_changes_a_risk(order: list[int]) -> None:
    def turned(row: Sequence[CellValue]) -> Row:
        return (*(row[i] for i in order), *row[FIRST_MARK:])

    assert same(risks(book(turned(HEADINGS), *map(turned, CLASS))), PLAIN)


@given(st.text(st.characters(exclude_characters="[]:*?/\\'"), min_size=1, max_size=31))
@settings(max_examples=40, deadline=None)
def test_the_name_of_the_sheet_never_changes_a_risk(name: str) -> None:
    assert same(risks(book(HEADINGS, *CLASS, name=name)), PLAIN)


@given(
    st.sets(st.integers(FIRST_MARK, len(HEADINGS) - 1), min_size=1),
    st.sampled_from(["above", "below", "foot"]),
    st.sampled_from(LABELS),
)
@settings(max_examples=50, deadline=None)
def test_totals_may_move_between_heading_and_row(moved: set[int], where: str, label: str | None) -> None:
    def full_marks(place: int) -> bool:
        total = float(str(HEADINGS[place]).partition(" (")[2].rstrip(")"))
        return max(mark for row in CLASS if isinstance(mark := row[place], (int, float))) == total

    # Without a word a row of totals is told from its numbers, and at the foot or for one test alone nothing is told. "Max" over
    # tests in all of which somebody has full marks may as well be the best marks: what it says then is not believed.
    if (label is None and (where == "foot" or len(moved) < 2)) or (
        label and "max" in label.casefold() and all(map(full_marks, moved))
    ):
        label = "Out of"
    headings = list(HEADINGS)
    totals: list[CellValue] = [label, *[None] * (len(headings) - 1)]
    for place in moved:
        bare, _, total = str(headings[place]).partition(" (")
        headings[place], totals[place] = bare, float(total.rstrip(")"))
    rows: list[Row] = [headings, *CLASS]
    rows.insert({"above": 0, "below": 1, "foot": len(rows)}[where], totals)
    assert same(risks(book(*rows)), PLAIN)


@given(st.integers(0, 20), st.integers(0, 3))
@settings(max_examples=25, deadline=None)
def test_titles_above_never_change_a_risk(titles: int, blanks: int) -> None:
    above: list[Row] = [(f"Year 9, note {number}",) for number in range(titles)]
    assert same(risks(book(*above, *[()] * blanks, HEADINGS, *CLASS)), PLAIN)


@given(st.sets(st.integers(0, 13), max_size=4))
@settings(max_examples=25, deadline=None)
def test_a_query_on_one_student_changes_nothing_for_students_with_other_tests(wrong: set[int]) -> None:
    # A cell that is not understood counts as not recorded, for that student and nobody else's identity.
    rows = [list(row) for row in CLASS]
    for place in wrong:
        rows[place][FIRST_MARK] = "1O"
    blank = [
        [None if (i in wrong and j == FIRST_MARK) else cell for j, cell in enumerate(row)]
        for i, row in enumerate(CLASS)
    ]
    assert same(risks(book(HEADINGS, *rows)), risks(book(HEADINGS, *blank)))


def test_the_sheet_may_stand_anywhere_in_the_book() -> None:
    cover = book(("Cover",), name="Cover").sheets[0]
    (marks,) = book(HEADINGS, *CLASS).sheets
    hidden = replace(marks, name="Last year", visible=False)
    for sheets in ((cover, marks), (marks, cover), (hidden, cover, marks)):
        assert same(risks(Book(sheets=sheets)), PLAIN)


@given(books())
@settings(max_examples=300, deadline=None)
def test_a_random_grid_is_reviewed_or_refused_in_words(random: Book) -> None:
    reviewed(random)
