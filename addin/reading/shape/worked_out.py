"""Which columns are worked out from others: sums, means, weighted sums and per-cent copies, told by arithmetic over the rows.

A heading may call it "Total", "TTL" or nothing at all: what a sheet works out from the marks is no further assessment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from statistics import median

import numpy as np
from numpy.typing import NDArray

from addin.reading.shape.profile import Profile
from model.students import FloatArray

BoolArray = NDArray[np.bool_]

FEWEST_ROWS = 4
"""Rows that must agree: with three, two tests that have nothing to do with each other may do so by chance."""

MOST_MISFITS = 0.1
"""Rows that need not agree: a total that was typed over, a mark that came later."""

FEWEST_VALUES = 3
"""Different values that a column must hold for its agreement to mean anything."""


def worked_out(columns: Mapping[int, Profile], headings: Sequence[str] = ()) -> dict[int, str]:
    """The columns that are worked out from others, each with what it is, in words.

    Args:
        columns: The profiles of columns of numbers, by place.
        headings: The headings by place, for the words; places are named where there are none.

    Example:
        >>> from addin.reading.shape.profile import profiles
        >>> rows = [(12, 15, 27, 60), (8, 9, 17, 40), (20, 11, 31, 100), (3, 6, 9, 15), (5, 20, 25, 25)]
        >>> worked_out(dict(enumerate(profiles(rows, 4))), ["T1", "T2", "All", "T1 %"])
        {2: "the sum of 'T1' and 'T2'", 3: "'T1' in per cent"}
    """
    names = {place: repr(headings[place]) if place < len(headings) else f"column {place + 1}" for place in columns}
    values = {
        place: np.array([np.nan if number is None else number for number in column.numbers], dtype=np.float64)
        for place, column in columns.items()
    }
    telling = {
        place: cells
        for place, cells in values.items()
        if (~np.isnan(cells)).sum() >= FEWEST_ROWS and _different(cells[~np.isnan(cells)]) >= FEWEST_VALUES
    }
    found: dict[int, str] = {}
    for copy, original in _copies(telling, columns, headings):
        if original not in found:
            found.setdefault(copy, f"{names[original]} in per cent")
    for place, cells in telling.items():
        if place not in found:
            others = [other for other in telling if other != place and other not in found]
            what = _sum_or_mean(place, cells, others, telling)
            if what is not None:
                found[place] = f"the {what[0]} of {_listed([names[other] for other in what[1]])}"
    return dict(sorted(found.items()))


def _listed(names: Sequence[str]) -> str:
    if len(names) > 4:
        return f"{names[0]} to {names[-1]}"
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _agree(cells: FloatArray, others: FloatArray, tolerance: float) -> bool:
    return bool(_which_agree(cells, others[:, None], tolerance)[0]) and _is_telling(cells, others)


def _which_agree(cells: FloatArray, others: FloatArray, tolerance: float) -> BoolArray:
    """Which columns of a table (rows x columns) agree with the cells in nearly all rows where both are known."""
    apart = np.abs(cells[:, None] - others)
    known = ~np.isnan(apart)
    rows = known.sum(axis=0)
    with np.errstate(invalid="ignore"):
        agreed: BoolArray = (rows >= FEWEST_ROWS) & ((known & (apart > tolerance)).sum(axis=0) <= MOST_MISFITS * rows)
    return agreed


def _is_telling(cells: FloatArray, others: FloatArray) -> bool:
    return _different(cells[~np.isnan(cells) & ~np.isnan(others)]) >= FEWEST_VALUES


def _different(numbers: FloatArray) -> int:
    """How many different numbers there are: a set is quicker than numpy for the rows of a class, and imports nothing."""
    return len(set(numbers.tolist()))


def _rounding(cells: FloatArray) -> float:
    """How far a number may lie from what it was rounded from."""
    known = cells[~np.isnan(cells)]
    for digits in range(4):
        rounded = np.round(known, digits)
        if (np.abs(known - rounded) <= 1e-9 + 1e-5 * np.abs(rounded)).all():
            return 0.5 * 10.0**-digits + 1e-6
    return 1e-3


def _copies(
    values: Mapping[int, FloatArray], columns: Mapping[int, Profile], headings: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """Pairs of a per-cent copy and the column that it is a copy of: the same marks on a scale of 1 or of 100."""

    def looks_copied(place: int) -> tuple[bool, bool, bool, int]:
        heading = headings[place] if place < len(headings) else ""
        return "%" in heading, columns[place].highest <= 1, not columns[place].is_whole, place

    likeness = {place: looks_copied(place) for place in values}
    positive = {place: cells > 0 for place, cells in values.items()}
    for pair in combinations(values, 2):
        copy, marks = sorted(pair, key=likeness.__getitem__, reverse=True)
        scale = 1.0 if columns[copy].highest <= 1 else 100.0
        if columns[copy].highest > scale or columns[copy].lowest < 0:
            continue
        known = positive[copy] & positive[marks]
        if known.sum() < FEWEST_ROWS:
            continue
        with np.errstate(over="ignore"):  # numbers next to nothing, which are no marks and make no whole total
            factor = median((values[copy][known] / values[marks][known]).tolist())
        total = scale / factor
        # A copy of marks out of a whole total; what is twice another test is no per cent of it.
        whole = abs(total - round(total)) < 0.02 * total and total >= 0.999 * columns[marks].highest
        if not whole or abs(factor - 1) <= 0.01:
            continue
        near = _rounding(values[copy]) + factor * 1e-3
        if _agree(values[copy], values[marks] * factor, near):
            yield copy, marks


def _sum_or_mean(
    place: int, cells: FloatArray, others: Sequence[int], values: Mapping[int, FloatArray]
) -> tuple[str, list[int]] | None:
    """Of which other columns this one is the sum, the mean or a weighted sum."""
    runs = list(_runs(place, others))
    if not runs:
        return None
    rounding = _rounding(cells)
    # All runs at once: rows x columns of marks, times columns x runs of what belongs to a run.
    table = np.column_stack([values[other] for other in others])
    known = ~np.isnan(table)
    parts = np.array([[other in run for run in runs] for other in others], dtype=np.float64)
    marks = known.astype(np.float64) @ parts
    totals = np.where(marks > 0, np.where(known, table, 0.0) @ parts, np.nan)
    sums = _which_agree(cells, totals, rounding)
    means = _which_agree(cells, totals / np.maximum(marks, 1), rounding)
    means |= _which_agree(cells, totals / parts.sum(axis=0), rounding)
    for found in np.flatnonzero(sums | means):
        if _is_telling(cells, totals[:, found]):
            return "sum" if sums[found] else "mean", runs[found]
    for run, belongs in zip(runs, parts.T > 0, strict=True):
        complete = known[:, belongs].all(axis=1) & ~np.isnan(cells)
        # As many rows again as weights, and four: fewer fit whatever the numbers are.
        if complete.sum() < 2 * len(run) + FEWEST_ROWS:
            continue
        weights, *_ = np.linalg.lstsq(table[complete][:, belongs], cells[complete], rcond=None)
        if (weights > 0.01).all() and weights.sum() > 0.1:
            weighted = table[:, belongs] @ weights
            if _agree(cells, weighted, 1.2 * rounding):
                return "weighted sum", run
    return None


def _runs(place: int, others: Sequence[int]) -> Iterator[list[int]]:
    """Which columns may be the parts: all others; those left of it, from the nearest on; those right of it."""
    left, right = [other for other in others if other < place], [other for other in others if other > place]
    seen: set[tuple[int, ...]] = set()
    for run in (*(left[start:] for start in range(len(left) - 1)), *(right[:end] for end in range(len(right), 1, -1))):
        if len(run) > 1 and tuple(run) not in seen:
            seen.add(tuple(run))
            yield run
    if len(others) > 1 and tuple(others) not in seen:
        yield list(others)
