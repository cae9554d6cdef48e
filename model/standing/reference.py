"""The reference cohort: what stands in for a class that is too small, and how far each kind of evidence is to be trusted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.students import FloatArray

SMALLEST_COHORT = 8
"""Below this many students marks are compared with the reference cohort: the standard error of a standard deviation from
eight is a quarter of it (1 / sqrt(2 * 7) = .27), and grows fast below."""

KS2_OF_THE_GRADE = 104.0
"""The scaled score that `Reference.ks2_grade` belongs to: the mean in England (DfE, Key stage 2 attainment, 2023)."""

BESIDE_TARGETS = 0.75
"""Grades: targets tell only a part of where students stand; by so much they differ around them (`model/training/worlds.py`)."""

IN_A_SET, ANYWHERE, ALIKE = 0.8, 1.33, 0.2
"""Grades. Students of a set with nearly one target lie apart all the same, by the first at least. Where all have the very same
target it tells nothing of how far they lie apart, and they may do so by the second, as in a usual class; targets are alike
where their variance is under the third."""


@dataclass(frozen=True, kw_only=True)
class Reference:
    """The reference cohort, measured on the synthetic schools of the training data (`model/training/measure.py`).

    Args:
        test_mean, test_sd, mock_mean, mock_sd: Per cent, and its standard deviation within one assessment.
        target_mean, target_sd: Grades.
        attendance, homework: Per cent. effort: The scale 1 to 4.
        points_per_grade: Points of per cent in a topic test that a grade is worth.
        ks2_grade, ks2_slope: The grade that the mean scaled score leads to, and the grades that a point is worth.
        class_sd: How far classes as a whole end from their targets, in grades: one standard deviation.
        tests_sd, mocks_sd, grades_sd, teacher_sd, baseline_sd: How far topic tests in per cent, mocks by grade boundaries,
            assessments in grades, working-at grades and key stage 2 are from telling it, in grades.
        topic_reliability, paper_reliability: The mean correlation between two assessments of a sheet: of tests that have a topic
            or a strand, and of papers on everything taught.
        level_slope, level_slope_sd: Grades above target that a standard deviation of engagement goes with in a sheet, and how much
            this differs between sheets in which engagement does the same.
        progress_slope, progress_slope_sd: The same of what a student gains on the others per half-term, in standard marks.
    """

    test_mean: float = 58.0
    test_sd: float = 18.0
    mock_mean: float = 50.0
    mock_sd: float = 16.0
    target_mean: float = 4.7
    target_sd: float = 1.6
    attendance: float = 92.0
    homework: float = 74.0
    effort: float = 2.8
    points_per_grade: float = 9.0
    ks2_grade: float = 4.6
    ks2_slope: float = 0.21
    class_sd: float = 0.4
    tests_sd: float = 0.9
    mocks_sd: float = 0.6
    grades_sd: float = 0.6
    teacher_sd: float = 0.6
    baseline_sd: float = 0.4
    topic_reliability: float = 0.55
    paper_reliability: float = 0.75
    level_slope: float = 0.2
    level_slope_sd: float = 0.1
    progress_slope: float = 0.07
    progress_slope_sd: float = 0.015

    def expected_grade(self, ks2: FloatArray) -> FloatArray:
        """The grades that key stage 2 scaled scores lead to, NaN without a score.

        Example:
            >>> Reference(ks2_grade=4.6, ks2_slope=0.2).expected_grade(np.array([109.0])).tolist()
            [5.6]
        """
        return np.asarray(self.ks2_grade + self.ks2_slope * (ks2 - KS2_OF_THE_GRADE))


USUAL = Reference()
"""Values of about the right size, for where no scorecard says better."""


def spread_of(targets: FloatArray) -> float:
    """The spread of what students work at, in grades, as their targets tell it.

    Example:
        >>> round(spread_of(np.full(10, 5.0)), 2)
        1.53
    """
    alike = max(0.0, 1.0 - float(targets.var()) / ALIKE)
    return float(np.hypot(max(float(targets.std()), IN_A_SET + (ANYWHERE - IN_A_SET) * alike), BESIDE_TARGETS))
