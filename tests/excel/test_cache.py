"""A formula in each row: the class is understood once, and what is kept of it never shows in an answer."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from addin import functions
from addin.formulas import cells, scored
from addin.formulas.cells import forget_ranges
from addin.formulas.scored import ScoredClass, forget_classes
from addin.reading.headings.remembered import remember
from model.local import keep
from model.scorecard import bundled, parse
from tests.formulas.random_calls import CALLS, FAMILY, WAYS, WHAT_IF, Book, anew, converted, differences, nothing_kept

ALL_ROWS = [name for name in FAMILY if name not in (WHAT_IF, "INTERVENTION_PRIORITY")]
SEEDS = (1, 2, 3, 4)


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    forget_ranges()
    forget_classes()
    yield
    forget_ranges()
    forget_classes()


@pytest.mark.parametrize("seed", SEEDS)
def test_cached_answers_are_those_without_a_cache(seed: int) -> None:
    differing, counts = differences(edits=40, seed=seed)
    assert not differing
    assert counts["calls"] == 40 * CALLS
    assert counts["known class"] > 20, "what is kept is used"
    assert counts["told of students"] > 30, "and calls tell more than errors"


def test_the_comparison_sees_cells_that_are_equal_and_not_the_same() -> None:
    with patch.object(cells, "_as_it_is", lambda cell: cell):
        assert any(differences(edits=40, seed=seed)[0] for seed in SEEDS)


@pytest.mark.parametrize("name", ALL_ROWS)
def test_a_formula_in_each_row_says_what_one_over_all_rows_says(name: str) -> None:
    function, book = getattr(functions, name), Book(random.Random(3), 12)
    book.students[4][3] = "10,5"  # one decimal comma is a slip, and stays one where its row is handed over twice
    book.students[6], book.students[7][3] = list(book.students[5]), "#N/A"
    for out_of in (book.out_of, None):
        spilled = function(book.students, book.headings, out_of)
        assert [function([row], book.headings, out_of, None, book.students)[0] for row in book.students] == spilled


def test_priorities_are_among_the_students_of_the_call() -> None:
    book = Book(random.Random(3), 12)
    spilled = functions.INTERVENTION_PRIORITY(book.students, book.headings, book.out_of)
    some = functions.INTERVENTION_PRIORITY(book.students[3:7], book.headings, book.out_of, None, book.students)
    order = sorted(range(4), key=lambda place: spilled[3 + place])
    assert [some[place] for place in order] == [[1], [2], [3], [4]]


@pytest.mark.parametrize("way", WAYS)
def test_a_class_is_understood_once_for_the_whole_family(way: Any) -> None:
    book = Book(random.Random(3), 10)
    with patch.object(scored, "ScoredClass", side_effect=ScoredClass) as understood:
        for name in ALL_ROWS:
            for row in book.students:
                arguments = [[row], book.headings, book.out_of, book.strands, book.students]
                getattr(functions, name)(*way(arguments))
    assert understood.call_count == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [(1, True), (0, False), (1, "1"), (None, ""), (20, "20"), (4, 5), ("Abs", "N"), (-2146826281.0, -2146826281)],
)
def test_a_cell_that_changes_is_another_class(before: Any, after: Any) -> None:
    book = Book(random.Random(3), 10)
    row: list[Any] = book.students[2]
    for value in (before, after, before, after):
        row[3] = value
        for arguments in (
            [book.students, book.headings, book.out_of],
            [[row], book.headings, None, None, book.students],
        ):
            for way in (anew, converted, *WAYS):
                told = functions.INTERVENTION_WHY(*way(arguments))
                with nothing_kept():
                    assert told == functions.INTERVENTION_WHY(*way(arguments))


def test_another_model_is_another_class(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKBOOK_HOME", str(tmp_path))
    book = Book(random.Random(3), 10)

    def risks() -> Any:
        return functions.INTERVENTION_RISK(book.students, book.headings, book.out_of)

    shipped = risks()
    changed = bundled().to_json().replace('"blend"', '"blend" ').replace('"cap": ', '"cap": 0.1e-9, "ignored": ')
    keep(parse(changed), {})
    adapted = risks()
    assert adapted != shipped
    monkeypatch.setenv("MARKBOOK_MODEL", "bundled")
    assert risks() == shipped


def test_what_a_teacher_says_of_a_heading_is_another_class(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKBOOK_HOME", str(tmp_path))
    rows, headings = (
        [["Ova", 7, 3, 12], ["Tul", 5, 15, 19], ["Zev", 6, 9, 4]],
        [["Name", "Target", "Angles (20)", "Wk 3"]],
    )
    unknown = functions.INTERVENTION_RISK(rows, headings)
    remember(["Name", "Target", "Angles (20)", "Wk 3"], {"wk 3": "test (20)"})
    assert functions.INTERVENTION_RISK(rows, headings) != unknown


def test_threads_get_the_answers_of_one() -> None:
    books = [Book(random.Random(seed), 9 + seed) for seed in range(6)]

    def asked(number: int) -> tuple[Any, ...]:
        book, name = books[number % 6], ALL_ROWS[number % len(ALL_ROWS)]
        row = book.students[number % len(book.students)]
        return name, [[row], book.headings, book.out_of, book.strands, book.students]

    def answer(question: tuple[Any, ...]) -> Any:
        name, arguments = question
        return getattr(functions, name)(*anew(arguments))

    questions = [asked(number) for number in range(400)]
    with patch.multiple(cells, MOST_RANGES=6), patch.multiple(scored, MOST_CLASSES=3), ThreadPoolExecutor(8) as pool:
        together = list(pool.map(answer, questions))
    assert together == [answer(question) for question in questions]


def test_what_is_kept_is_bounded() -> None:
    with patch.multiple(cells, MOST_CELLS=1_000), patch.multiple(scored, MOST_CELLS=1_000):
        for seed in range(40):
            book = Book(random.Random(seed), 20)
            functions.INTERVENTION_FLAG(book.students, book.headings, book.out_of)
            assert sum(each.cells.size for each in cells._kept) <= 1_000
            assert sum(key.rows.size for key in scored._kept) <= 1_000
        # A class larger than all room is kept as the only one, for as long as it is asked for.
        book = Book(random.Random(99), 150)
        functions.INTERVENTION_FLAG(book.students, book.headings, book.out_of)
        assert len(scored._kept) == 1
    assert len(cells._kept) <= cells.MOST_RANGES
