"""How much engagement tells in this very sheet.

Attendance, homework and effort go with progress in most schools and with nothing in some: a homework column that everybody
fills with 80 % says little. So each sheet is asked twice. Do those who engage more gain on the others from test to test? And do
they stand better against their targets? Each answer is a slope with a standard error; with how far engagement counts in general
as a third, they are averaged by their precision. A class of thirty moves it little, a year of two hundred a lot.

Each student's own figures are left out of the answer that counts for that student, so that more homework can never make homework
count less for the one who did it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.means import mean_over
from model.standing.reference import Reference
from model.students import Cohort, FloatArray

PRIOR_SD = 0.6
"""How far engagement counts differs between schools by so much: from not at all to twice in the worlds
(`model/training/worlds.py`)."""

UNTESTED = 0.3
"""What is believed at first where no progress can be seen yet, as on a sheet with one assessment: of real pupils who were known
by one mark, attendance and effort told next to nothing more (UCI mathematics)."""

LEAST_STUDENTS = 8
"""A slope from fewer says nothing."""

LIGHTLY = 0.5
"""A share under this is said aloud."""

KINDS = ("attendance", "homework", "effort")
_SPREAD = {"attendance": 0.6, "homework": 20.0, "effort": 0.75}
"""About one standard deviation between the students of a class, attendance on its logarithmic scale."""


def scaled(kind: str, values: FloatArray) -> FloatArray:
    """Attendance, homework or effort in standard deviations: half the missing lessons are half as much worse, not half as many
    points, so attendance counts by the logarithm of absence.

    Example:
        >>> scaled("homework", np.array([80.0])).tolist(), scaled("attendance", np.array([100.0, 90.0])).round(1).tolist()
        ([4.0], [-0.0, -4.0])
    """
    measure = -np.log1p(np.clip(100.0 - values, 0.0, 100.0)) if kind == "attendance" else values
    return np.asarray(measure / _SPREAD[kind])


def engagement_index(cohort: Cohort) -> FloatArray:
    """(n,) the mean of what is recorded of attendance, homework and effort, in standard deviations; NaN without any.

    Each kind counts from the class's mean, so that a student of whom one kind is missing is not moved by it.
    """
    kinds = np.column_stack([mean_over(scaled(kind, getattr(cohort, kind))) for kind in KINDS])
    return mean_over(kinds - mean_over(kinds, axis=0))


def progress(marks: FloatArray, when: FloatArray) -> tuple[FloatArray, FloatArray]:
    """(n,) by how much each student gains on the others per half-term, and how much the answer weighs.

    Args:
        marks: (n, m) standardised marks, NaN without one.
        when: (m,) half-terms.

    Returns:
        The slope of a student's marks over time, NaN with fewer than two at different times, and the squares it rests on.

    Example:
        >>> gain, weight = progress(np.array([[0.0, 0.2, 0.4], [1.0, np.nan, np.nan]]), np.array([1.0, 2.0, 3.0]))
        >>> gain.round(2).tolist(), weight.tolist()
        ([0.2, nan], [2.0, 0.0])
    """
    known = ~np.isnan(marks)
    count = np.maximum(known.sum(axis=1), 1)
    time = np.where(known, when, 0.0)
    apart = np.where(known, when - (time.sum(axis=1) / count)[:, None], 0.0)
    squares = (apart**2).sum(axis=1)
    some = squares > 1e-9
    gain = (apart * np.where(known, marks, 0.0)).sum(axis=1) / np.where(some, squares, 1.0)
    return np.where(some, gain, np.nan), np.where(some, squares, 0.0)


def engagement_counts(
    index: FloatArray, gap: FloatArray, gain: FloatArray, weight: FloatArray, reference: Reference
) -> tuple[FloatArray, float]:
    """How far engagement counts: 0 not at all, 1 as usual.

    Args:
        index: (n,) engagement, in standard deviations; NaN where nothing is recorded.
        gap: (n,) grades by which marks put students above their targets, NaN without marks.
        gain, weight: (n,) from `progress`.
        reference: The usual slopes, and how much slopes differ for other reasons.

    Returns:
        For each student the share from all others, and the share from all.

    Example:
        >>> rng = np.random.default_rng(1); index, noise, ones = rng.normal(size=400), rng.normal(size=400), np.ones(400)
        >>> engagement_counts(index, noise, noise / 5, ones, Reference())[1] < 0.4
        True
        >>> engagement_counts(index, 0.2 * index + noise, 0.07 * index + noise / 5, ones, Reference())[1] > 0.7
        True
    """
    slopes = (
        (Sums.of(index, gap, np.ones(len(index))), reference.level_slope, reference.level_slope_sd),
        (Sums.of(index, gain, weight), reference.progress_slope, reference.progress_slope_sd),
    )
    believed = 1.0 if (weight > 0).any() else UNTESTED
    precision, total = np.full(len(index) + 1, PRIOR_SD**-2), np.full(len(index) + 1, believed * PRIOR_SD**-2)
    for sums, usual, differs in slopes:
        slope, error = sums.slopes()
        told = usual / (differs**2 + error)  # an error that cannot be told is infinite
        precision += usual * told
        total += slope * told
    share = np.clip(total / precision, 0.0, 1.0)
    return share[:-1], float(share[-1])


@dataclass(frozen=True, kw_only=True)
class Sums:
    """(6, n + 1) weighted sums of 1, x, y, xx, xy, yy, without each student in turn and of all, and how many they are."""

    sums: FloatArray
    count: FloatArray

    @classmethod
    def of(cls, x: FloatArray, y: FloatArray, weight: FloatArray) -> Sums:
        known = ~(np.isnan(x) | np.isnan(y))
        w = np.where(known, weight, 0.0)
        x, y = np.where(known, x, 0.0), np.where(known, y, 0.0)
        own = np.stack([w, w * x, w * y, w * x * x, w * x * y, w * y * y])
        everybody = own.sum(axis=1, keepdims=True)
        return cls(
            sums=np.hstack([everybody - own, everybody]),
            count=np.append(known.sum() - known, known.sum()).astype(float),
        )

    def slopes(self) -> tuple[FloatArray, FloatArray]:
        """Slopes of y on x, and their squared standard errors, infinite where too few students tell."""
        total, x, y, xx, xy, yy = self.sums
        n = np.where(total > 0, total, 1.0)
        across, along, up = xx - x * x / n, xy - x * y / n, yy - y * y / n
        told = (self.count >= LEAST_STUDENTS) & (across > 1e-9 * np.maximum(xx, 1e-300))
        safe = np.where(told, across, 1.0)
        slope = along / safe
        error = np.maximum(up - slope * along, 0.0) / np.maximum(self.count - 2.0, 1.0) / safe
        return np.where(told, slope, 0.0), np.where(told, error, np.inf)
