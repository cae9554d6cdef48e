"""Readers of columns: from a cell, and whether it is shown as per cent, to the number that it stands for.

What a number means hangs on its column: out of what, from which end of which scale, and whether it is a grade.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from addin.reading import grades
from addin.reading.grid import CellValue, as_text, kinds_of
from addin.reading.headings.column import Column
from addin.reading.marks import (
    FRACTION,
    PER_CENT,
    Mark,
    number_in,
    read_effort,
    read_grade,
    read_mark,
    read_per_cent,
    read_within,
)
from addin.reading.queries import Doubt
from addin.reading.scales import per_cent_scale
from addin.reading.shape.profile import comma_number
from model.students import MarkState
from model.vocabulary import EFFORT_HIGHEST, EFFORT_LOWEST, KS2_HIGHEST, KS2_LOWEST

Reader = Callable[[CellValue, bool], float | Doubt | None]
"""From a cell, and whether it is shown as per cent, to its number."""

KS2_MEAN, KS2_DEVIATION = 104.0, 7.5
"""Of scaled scores in mathematics at key stage 2 (Department for Education, national results 2019 and 2023 to 2025)."""

BASELINE_MEAN, BASELINE_DEVIATION = 100.0, 15.0
"""Of standard age scores, by construction."""


FEWEST_COMMAS = 2
"""One comma in a column may be a slip; two are a habit."""


def with_points(cells: Sequence[CellValue]) -> Sequence[CellValue]:
    """The cells, decimal commas in texts read as points where all broken numbers of the column have one, and two at least.

    Example:
        >>> with_points(["10,5", "9,5", None]), with_points(["10,5", 9.5]), with_points(["10,5", 9])
        ([10.5, 9.5, None], ['10,5', 9.5], ['10,5', 9])
    """
    if str not in kinds_of(cells) or not any(isinstance(cell, str) and "," in cell for cell in cells):
        return cells
    commas = sum(comma_number(cell) is not None for cell in cells)
    if commas < FEWEST_COMMAS or any((number := number_in(cell)) is not None and number % 1 for cell in cells):
        return cells
    return [cell if (number := comma_number(cell)) is None else number for cell in cells]


def effort(cell: CellValue, shown: bool) -> float | Doubt | None:
    """Effort on the scale 1 to 4."""
    return read_effort(cell)


def rated(lowest: float, highest: float) -> Reader:
    """Effort on another scale, moved to 1 to 4; where the first end is the higher, 1 is the best.

    Example:
        >>> rated(1, 5)(3, False), rated(0, 10)(10, False)
        (2.5, 4.0)
    """
    low, high = sorted((lowest, highest))

    def read(cell: CellValue, shown: bool) -> float | Doubt | None:
        number = read_within(cell, lowest=low, highest=high, what="effort")
        if not isinstance(number, float):
            return number
        return EFFORT_LOWEST + (EFFORT_HIGHEST - EFFORT_LOWEST) * (number - lowest) / (highest - lowest)

    return read


def counted(column: Column) -> Reader:
    """Attendance or homework as a count out of a most, in per cent; a fraction tells its own most.

    Example:
        >>> from addin.reading.headings.column import understand
        >>> from dataclasses import replace
        >>> read = counted(replace(understand(["Homework"])[0], out_of=10.0))
        >>> read(7, False), read("7/9", False), read(12, False).rule
        (70.0, 77.777778, 'a count is not above the most, 10')
    """
    most = column.out_of or 100.0

    def read(cell: CellValue, shown: bool) -> float | Doubt | None:
        text = as_text(cell)
        number = number_in(cell)
        if number is None or shown or PER_CENT.fullmatch(text) or FRACTION.fullmatch(text):
            return read_per_cent(cell, as_fraction=shown)
        if not 0 <= number <= most:
            return Doubt(f"a count is not above the most, {most:g}", "Correct the number, or the most in the heading")
        return round(100.0 * number / most, 6)

    return read


def per_cent(cells: Sequence[CellValue]) -> Reader:
    """Attendance or homework in per cent, in the scale of its column's numbers."""
    scale = per_cent_scale(cells)

    def read(cell: CellValue, shown: bool) -> float | Doubt | None:
        answer = read_per_cent(cell, as_fraction=scale.as_fraction or shown)
        return answer if shown or answer is None else scale.doubt(cell) or answer

    return read


def graded(column: Column, *, target: bool) -> Reader:
    """A grade from 1 to 9, or of the scale that its column is on where Ofqual has tied the two together.

    A scale that nobody has tied to GCSE grades says nothing of the gap to a target: its cells are left aside.
    """
    scale = column.scale

    def read(cell: CellValue, shown: bool) -> float | Doubt | None:
        if scale is None or number_in(cell) is not None:
            return read_grade(cell, target=target)
        if scale.step(cell) is None and as_text(cell):
            return Doubt(f"a grade here is on the scale {scale.name}", "Correct it, or leave it blank")
        grade = scale.as_gcse(cell)
        return None if grade is None else max(grade, 1.0) if target else grade

    return read


def stepped(scale: grades.Scale) -> Callable[[CellValue, bool], Mark | Doubt]:
    """A grade or a word for a stage as a step of its scale: who stands above whom, and no marks out of something.

    Example:
        >>> stepped(grades.scale_of(["Secure", "Emerging"]))("secure", False).earned
        3.0
    """

    def read(cell: CellValue, shown: bool) -> Mark | Doubt:
        step = scale.step(cell)
        if step is not None:
            return Mark(MarkState.MARK, step)
        answer = read_mark(cell, out_of=None)
        if isinstance(answer, Doubt) or answer.state is MarkState.MARK:
            return Doubt(f"a grade here is on the scale {scale.name}", "Correct it, or leave it blank")
        return answer

    return read


def ks2_of_baseline(cell: CellValue, shown: bool) -> float | Doubt | None:
    """A standard age score at the same place among scaled scores of key stage 2, where a sheet has a baseline and no such score.

    Example:
        >>> ks2_of_baseline(115, False), ks2_of_baseline(100, False)
        (111.5, 104.0)
    """
    score = read_within(cell, lowest=40, highest=160, what="a standard age score")
    if not isinstance(score, float):
        return score
    scaled = KS2_MEAN + KS2_DEVIATION * (score - BASELINE_MEAN) / BASELINE_DEVIATION
    return min(max(scaled, KS2_LOWEST), KS2_HIGHEST)
