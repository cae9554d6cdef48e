"""What a worker keeps of classes: never another class's, never an older one's, and never without end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import time_machine

from addin.errors import MarkbookError
from addin.excel.server.once import KEPT, Reviews, class_reviews, forget_all
from addin.functions import INTERVENTION_RISK
from addin.reading.grid import Book, CellValue, Sheet
from addin.review import reviews

HEADINGS = ("Name", "Target", "Angles (20)", "Present")
ROWS: tuple[tuple[CellValue, ...], ...] = (
    ("Ova Zarrin", 7, 2, 1), ("Tul Beska", 6, 12, 1), ("Pim Rolo", 5, 15, 1), ("Nox Wend", 4, 9, 1)
)  # fmt: skip


def book(*rows: tuple[CellValue, ...], sheet: str = "9A", **names: CellValue) -> Book:
    return Book(sheets=(Sheet(name=sheet, rows=(HEADINGS, *rows)),), names=names)


def told(done: Any) -> Any:
    (first, *_), left_out = done
    return [(each.key, each.risk, each.flag, each.reasons) for each in first.results], first.markbook.sheet, left_out


@pytest.mark.parametrize(
    "other",
    [
        book(*ROWS[:3], ("Nox Wend", 4, 10, 1)),
        book(*ROWS[:3], ("Nox Wend", 4, 9, True)),
        book(*ROWS[:3], ("Nox Wend", 4, 9.0, 1)),
        book(*ROWS[:3], ("Nox Wend", 4, "9", 1)),
        book(*ROWS[:3], ("Nox Wend", 4, None, 1)),
        book(*ROWS, sheet="9B"),
        book(*reversed(ROWS)),
        book(*ROWS, threshold_high=0.9),
    ],
    ids=["mark", "true", "float", "text", "empty", "sheet", "order", "threshold"],
)
def test_another_class_is_never_taken_for_one_that_is_kept(other: Book) -> None:
    kept = Reviews()
    first = kept(book(*ROWS))
    assert kept(other) is not first
    assert told(kept(other)) == told(reviews(other))
    assert kept(book(*ROWS)) is first


def test_the_same_cells_are_scored_once_and_on_another_day_anew() -> None:
    kept = Reviews()
    with time_machine.travel(date(2026, 11, 30), tick=False):
        first = kept(book(*ROWS))
        assert kept(replace(book(*ROWS))) is first
    with time_machine.travel(date(2026, 12, 1), tick=False):
        assert kept(book(*ROWS)) is not first


def test_no_more_than_a_few_are_kept_and_the_oldest_goes_first() -> None:
    kept = Reviews()
    first = kept(book(*ROWS))
    for mark in range(KEPT - 1):
        kept(book(*ROWS[:3], ("Nox Wend", 4, mark, 1)))
    assert kept(book(*ROWS)) is first  # asked for again: now the youngest
    kept(book(*ROWS[:3], ("Nox Wend", 4, 20, 1)))
    assert len(kept) == KEPT
    assert kept(book(*ROWS)) is first


def test_what_cannot_be_read_is_told_each_time_and_not_kept() -> None:
    kept = Reviews()
    for _ in range(2):
        with pytest.raises(MarkbookError):
            kept(Book(sheets=(Sheet(name="Y9", rows=(("a", "b"), (1, 2))),)))
    assert len(kept) == 0


def test_a_worker_that_nobody_asks_has_forgotten_the_classes_of_formulas_too() -> None:
    from addin.formulas import cells, scored

    class_reviews(book(*ROWS))
    INTERVENTION_RISK([list(row) for row in ROWS], [list(HEADINGS)])
    assert len(class_reviews)
    assert cells._kept
    forget_all()
    assert not len(class_reviews)
    assert not cells._kept
    assert not scored._kept
