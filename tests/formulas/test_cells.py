"""The same cells are the same object, and others are not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from addin.errors import RequestProblem
from addin.formulas.cells import NOTHING, cells_of, forget_ranges
from tests.formulas.random_calls import WAYS, converted

NAN = float("nan")


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    forget_ranges()
    yield
    forget_ranges()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True), (1.0, True), (0, False), (0.0, False), (1, "1"), (None, ""), (None, 0), (7, "7"), (NAN, 7), (NAN, None),
        ("a", "A"), (date(2026, 2, 9), datetime(2026, 2, 9)), (date(2026, 2, 9), "2026-02-09"),
        ({"type": "Error", "basicValue": "#N/A"}, "#N/A"),
        (datetime(2026, 2, 9, 12, tzinfo=UTC), datetime(2026, 2, 9, 13, tzinfo=timezone(timedelta(hours=1)))),
        (-2146826281, -2146826281.0), (2**60, float(2**60) * 2),
    ],
)  # fmt: skip
def test_what_is_not_the_same_is_another_range(one: Any, other: Any) -> None:
    for first, second in ((one, other), (other, one)):
        forget_ranges()
        kept = cells_of([["Ova", first], ["Tul", 5.0]], "students")
        assert cells_of([["Ova", first], ["Tul", 5.0]], "students") is kept
        assert cells_of([["Ova", second], ["Tul", 5.0]], "students") is not kept


@pytest.mark.parametrize("number", [7, np.int64(7), np.float64(7), np.float32(7), Decimal(7)])
def test_a_number_is_a_number(number: Any) -> None:
    told = cells_of([["Ova", number]], "students").rows
    assert told == (("Ova", 7.0),)
    assert type(told[0][1]) is float


def test_what_is_too_long_for_a_number_of_excel_stays() -> None:
    assert cells_of([[2**70 + 1, 10**400, True]], "students").rows == ((2**70 + 1, 10**400, True),)


@pytest.mark.parametrize("way", WAYS)
def test_a_list_that_is_changed_afterwards_is_another_range(way: Any) -> None:
    rows = [["Ova", 3.0, {"type": "Error", "basicValue": "#N/A"}], ["Tul", 4.0, None]]
    before = cells_of(way([rows])[0], "students")
    rows[1][1] = 5.0
    after = cells_of(way([rows])[0], "students")
    assert after is not before
    rows[1][1] = 4.0
    assert cells_of(way([rows])[0], "students").rows == before.rows
    rows.append(["Zev", 1.0, None])
    assert len(cells_of(way([rows])[0], "students").rows) == 3


def test_the_converter_cleans_what_is_new_alone() -> None:
    rows = [["Ova", -2146826281, ""], ["Tul", -2146826281.0, 4]]
    kept = converted([None, rows])[1]
    assert kept.rows == (("Ova", "#DIV/0!", None), ("Tul", -2146826281.0, 4.0))
    assert converted([None, rows])[1] is kept
    plain = cells_of(tuple(map(tuple, rows)), "cohort")
    assert plain is not kept, "who hands over the same otherwise means something else"
    assert plain.rows[0][1] == -2146826281


def test_single_rows_of_an_argument_that_is_another_row_everywhere_are_not_kept() -> None:
    row = [["Ova", 3.0]]
    assert cells_of(row, "students", keep=False) is not cells_of(row, "students", keep=False)
    rows = [*row, ["Tul", 4.0]]
    assert cells_of(rows, "students", keep=False) is cells_of(rows, "students", keep=False)


def test_what_nobody_can_compare_is_read_and_not_kept() -> None:
    rows = [["Ova", object()]]
    assert cells_of(rows, "students").rows[0][0] == "Ova"
    assert cells_of(rows, "students") is not cells_of(rows, "students")


def test_shapes() -> None:
    assert cells_of(None, "cohort") is cells_of([], "cohort") is NOTHING
    assert cells_of(7, "x").rows == ((7.0,),)
    assert cells_of(np.array([[1.0, np.nan]]), "x").rows == ((1.0, None),)
    with pytest.raises(RequestProblem, match="x: rows and single cells are mixed"):
        cells_of([["Ova"], 7], "x")
