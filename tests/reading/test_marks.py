"""The grammar of a mark cell: every word of it, everything near it, and anything at all."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.reading.grid import EXCEL_ERRORS, CellValue
from addin.reading.marks import (
    LARGEST_TOTAL,
    Mark,
    read_effort,
    read_grade,
    read_ks2,
    read_mark,
    read_per_cent,
    read_tier,
)
from addin.reading.queries import Doubt
from model.students import MarkState

NO_BREAK = "\u00a0"


@pytest.mark.parametrize(
    ("words", "state"),
    [
        (("Abs", "abs", "ABS", "a", "A", "x", "X", "absent", "Absent", " Abs ", f"{NO_BREAK}abs"), MarkState.ABSENT),
        (("N/A", "n/a", "NR", "nr", "ex", "Ex", "NA"), MarkState.NOT_REQUIRED),
        (("NE", "ne"), MarkState.NOT_YET_JOINED),
        ((None, "", "  ", NO_BREAK, "\n"), MarkState.NOT_RECORDED),
    ],
)
def test_words_that_stand_for_no_mark(words: tuple[CellValue, ...], state: MarkState) -> None:
    for word in words:
        read = read_mark(word, out_of=20.0)
        assert isinstance(read, Mark), word
        assert read.state is state, word
        assert math.isnan(read.earned), word


@pytest.mark.parametrize(
    ("cell", "out_of", "earned"),
    [
        (0, 20.0, 0.0),
        (0.0, None, 0.0),
        ("0", 20.0, 0.0),
        (15, 20.0, 15.0),
        ("15 ", 20.0, 15.0),
        (f"{NO_BREAK}15", 20.0, 15.0),
        (12.5, 20.0, 12.5),
        ("12.5", 20.0, 12.5),
        (20, 20.0, 20.0),
        (15, None, 15.0),
        ("17/40", 40.0, 17.0),
        ("17 / 40", 40.0, 17.0),
        ("17/40", 20.0, 8.5),
        ("17/40", None, 17.0),
        ("0/40", 40.0, 0.0),
        ("40/40", 20.0, 20.0),
        ("50%", 40.0, 20.0),
        ("50 %", None, 50.0),
        ("0%", 40.0, 0.0),
        ("100%", 40.0, 40.0),
    ],
)
def test_marks(cell: CellValue, out_of: float | None, earned: float) -> None:
    read = read_mark(cell, out_of=out_of)
    assert isinstance(read, Mark)
    assert read.state is MarkState.MARK
    assert read.earned == pytest.approx(earned)


@pytest.mark.parametrize(("cell", "out_of", "earned"), [(0.42, 50.0, 21.0), (1.0, 50.0, 50.0), (0.42, None, 42.0)])
def test_numbers_shown_as_per_cent(cell: float, out_of: float | None, earned: float) -> None:
    read = read_mark(cell, out_of=out_of, as_fraction=True)
    assert isinstance(read, Mark)
    assert read.state is MarkState.MARK
    assert read.earned == pytest.approx(earned)


@pytest.mark.parametrize(
    ("cell", "out_of", "rule"),
    [
        (47, 40.0, "not above the total of 40"),
        ("47", 40.0, "not above the total of 40"),
        (1001, None, "not above 1000"),
        ("9" * 400, None, "a mark is a number"),
        (10**400, None, "a mark is a number"),
        (-1, 40.0, "not below 0"),
        (-0.5, None, "not below 0"),
        ("41/40", 40.0, "between 0 and 1"),
        ("0/0", 40.0, "between 0 and 1"),
        (f"{'9' * 400}/{'9' * 400}", None, "between 0 and 1"),
        ("101%", 40.0, "not above 100"),
        (f"{'9' * 400}%", 40.0, "not above 100"),
        (True, 40.0, "TRUE and FALSE"),
        (False, 40.0, "TRUE and FALSE"),
        (date(2026, 3, 12), 40.0, "date or time"),
        (datetime(2026, 3, 12), 40.0, "date or time"),
        (time(12, 3), 40.0, "date or time"),
        (timedelta(hours=12), 40.0, "date or time"),
        *((error, 40.0, "error of Excel") for error in sorted(EXCEL_ERRORS)),
        (float("nan"), 40.0, "a mark is a number"),
        (float("inf"), 40.0, "a mark is a number"),
        ("-3", 40.0, "a mark is a number"),
        ("-", 40.0, "a mark is a number"),
        ("16*", 40.0, "a mark is a number"),
        ("1O", 40.0, "a mark is a number"),
        ("O", 40.0, "a mark is a number"),
        ("1,5", 40.0, "a mark is a number"),
        ("12?", 40.0, "a mark is a number"),
        ("twelve", 40.0, "a mark is a number"),
        ("1e1", 40.0, "a mark is a number"),
        ("=5", 40.0, "a mark is a number"),
        ("12/20/25", 40.0, "a mark is a number"),
        ("None", 40.0, "a mark is a number"),
        ("nan", 40.0, "a mark is a number"),
        ("inf", 40.0, "a mark is a number"),
    ],
)
def test_what_is_never_guessed(cell: CellValue, out_of: float | None, rule: str) -> None:
    read = read_mark(cell, out_of=out_of)
    assert isinstance(read, Doubt)
    assert rule in read.rule
    assert read.remedy


@pytest.mark.parametrize(
    ("reader", "cell", "value"),
    [
        (lambda c: read_per_cent(c, as_fraction=False), 93, 93.0),
        (lambda c: read_per_cent(c, as_fraction=False), "93 %", 93.0),
        (lambda c: read_per_cent(c, as_fraction=False), "none", None),
        (lambda c: read_per_cent(c, as_fraction=False), 101, Doubt),
        (lambda c: read_per_cent(c, as_fraction=False), "93/100", 93.0),
        (lambda c: read_per_cent(c, as_fraction=False), "9/7", Doubt),
        (lambda c: read_per_cent(c, as_fraction=False), True, Doubt),
        (lambda c: read_per_cent(c, as_fraction=True), 1, 100.0),
        (lambda c: read_per_cent(c, as_fraction=True), "93%", 93.0),
        (lambda c: read_per_cent(c, as_fraction=True), 1.2, Doubt),
        (lambda c: read_grade(c, target=True), 9, 9.0),
        (lambda c: read_grade(c, target=True), "6+", 6.0),
        (lambda c: read_grade(c, target=True), "5a", 5.0),
        (lambda c: read_grade(c, target=True), 0, Doubt),
        (lambda c: read_grade(c, target=True), "U", Doubt),
        (lambda c: read_grade(c, target=False), "u", 0.0),
        (lambda c: read_grade(c, target=False), 0, 0.0),
        (lambda c: read_grade(c, target=True), "A*", Doubt),
        (lambda c: read_grade(c, target=True), 10, Doubt),
        (lambda c: read_grade(c, target=True), date(2026, 5, 4), Doubt),
        (read_effort, 4, 4.0),
        (read_effort, "3", 3.0),
        (read_effort, 5, Doubt),
        (read_effort, 0, Doubt),
        (read_ks2, 80, 80.0),
        (read_ks2, "No KS2", None),
        (read_ks2, 79, Doubt),
        (read_ks2, "4b", Doubt),
        (read_ks2, float("nan"), Doubt),
        (read_tier, "higher", 1.0),
        (read_tier, " F ", 0.0),
        (read_tier, None, None),
        (read_tier, "X", Doubt),
    ],
)
def test_other_columns(
    reader: Callable[[CellValue], float | Doubt | None], cell: CellValue, value: float | type[Doubt] | None
) -> None:
    read = reader(cell)
    assert isinstance(read, Doubt) if value is Doubt else read == value


cells = st.one_of(
    st.text(),
    st.from_regex(r"\s?-?\d{0,3}[./,]?\d{0,4}\s?[%*]?\s?", fullmatch=True),
    st.sampled_from(["Abs", "N/A", "NE", *sorted(EXCEL_ERRORS), "9" * 400]),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.none(),
)


def says_zero(cell: CellValue) -> bool:
    """Whether a person would read 0 in the cell."""
    if isinstance(cell, (int, float)):
        return cell == 0 and not isinstance(cell, bool)
    top = str(cell).partition("/")[0].strip().removesuffix("%").strip()
    return bool(top) and all(sign == "." or unicodedata.decimal(sign, 1) == 0 for sign in top)


@given(cells, st.sampled_from([None, 1.0, 20.0, 80.0]), st.booleans())
@settings(max_examples=600, deadline=None)
def test_any_cell_is_read_and_never_becomes_a_0_that_it_does_not_say(
    cell: CellValue, out_of: float | None, as_fraction: bool
) -> None:
    read = read_mark(cell, out_of=out_of, as_fraction=as_fraction)
    if isinstance(read, Doubt):
        assert read.rule
        assert read.remedy
    elif read.state is MarkState.MARK:
        assert 0 <= read.earned <= (out_of or LARGEST_TOTAL)
        assert (read.earned == 0) == says_zero(cell)
    else:
        assert math.isnan(read.earned)


@given(cells)
@settings(max_examples=300, deadline=None)
def test_any_cell_of_another_column_is_read_within_its_bounds(cell: CellValue) -> None:
    readers: list[tuple[float | Doubt | None, float, float]] = [
        (read_per_cent(cell, as_fraction=False), 0, 100),
        (read_per_cent(cell, as_fraction=True), 0, 100),
        (read_grade(cell, target=True), 1, 9),
        (read_grade(cell, target=False), 0, 9),
        (read_effort(cell), 1, 4),
        (read_ks2(cell), 80, 120),
        (read_tier(cell), 0, 1),
    ]
    for value, lowest, highest in readers:
        assert value is None or isinstance(value, Doubt) or lowest <= value <= highest
