"""The level of a class as a whole: whether it stands above or under its own targets.

Places in a class cannot tell it: a class in which everybody is two grades under target has the same places as one in which all is
well. What can: mocks read by grade boundaries, assessments in grades, the teacher's working-at grades, what key stage 2 leads to
elsewhere, and, weakly, whether tests turned out as tests usually do. Each gives a difference in grades; they are averaged with
weights of one over their variance, and pulled toward 0 as far as classes in general end at their targets.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from model.means import mean_over
from model.standing.boundaries import TIERS, Boundaries, usual
from model.standing.reference import Reference
from model.students import Cohort, FloatArray

WITHIN_CLASS = 1.0
"""Grades: how far students of a class lie apart in what one kind of evidence says of them, for the error of a mean over few."""


def usual_boundaries() -> dict[str, Boundaries]:
    """By tier, the mean of the published examinations."""
    return {tier: usual(tier) for tier in TIERS}


def mock_levels(cohort: Cohort, boundaries: Mapping[str, Boundaries]) -> FloatArray:
    """(n, m) the grades that marks in mocks stand for, by the boundaries of the student's tier; NaN for all else."""
    levels = np.full(cohort.earned.shape, np.nan)
    mocks = np.flatnonzero(cohort.is_mock & ~np.isnan(cohort.totals))
    if len(mocks):
        per_cent = 100.0 * cohort.earned[:, mocks] / cohort.totals[mocks]
        for value, tier in enumerate(TIERS):
            rows = cohort.higher == value
            if rows.any():
                levels[np.ix_(rows, mocks)] = boundaries[tier].level(per_cent[rows])
    return levels


def graded_levels(cohort: Cohort) -> FloatArray:
    """(n, m) the grades of assessments that were given in grades; NaN for all else."""
    levels = np.full(cohort.earned.shape, np.nan)
    for j, assessment in enumerate(cohort.assessments):
        if assessment.grades:
            known = ~np.isnan(cohort.earned[:, j])
            levels[known, j] = np.array(assessment.grades)[cohort.earned[known, j].astype(int)]
    return levels


def differences(
    cohort: Cohort, reference: Reference, boundaries: Mapping[str, Boundaries]
) -> dict[str, tuple[float, int]]:
    """By kind of evidence: grades above the class's targets that it says, and of how many students."""
    said: dict[str, FloatArray] = {}
    tests = ~cohort.is_mock & ~np.isnan(cohort.totals)
    if tests.any():
        per_cent = mean_over(100.0 * cohort.earned[:, tests] / cohort.totals[tests])
        said["tests"] = (per_cent - reference.test_mean) / reference.points_per_grade
    if cohort.is_mock.any():
        said["mocks"] = mean_over(mock_levels(cohort, boundaries)) - cohort.target
    if any(assessment.grades for assessment in cohort.assessments):
        said["grades"] = mean_over(graded_levels(cohort)) - cohort.target
    said["teacher"] = cohort.working_at - cohort.target
    said["baseline"] = reference.expected_grade(cohort.ks2) - cohort.target
    found = {}
    for kind, values in said.items():
        known = values[~np.isnan(values)]
        if len(known):
            found[kind] = float(known.mean()), len(known)
    return found


def class_shift(
    cohort: Cohort, reference: Reference, boundaries: Mapping[str, Boundaries], *, tests: bool = True
) -> float:
    """Grades by which a class stands above its targets (below 0: under them); 0 where nothing tells.

    Args:
        cohort: The class.
        reference: How far each kind of evidence is to be trusted.
        boundaries: By tier.
        tests: Whether tests in per cent count; not where marks are compared with the reference cohort anyway.
    """
    apart = {
        "tests": reference.tests_sd, "mocks": reference.mocks_sd, "grades": reference.grades_sd,
        "teacher": reference.teacher_sd, "baseline": reference.baseline_sd,
    }  # fmt: skip
    weights, total = reference.class_sd**-2, 0.0
    for kind, (difference, students) in differences(cohort, reference, boundaries).items():
        if kind == "tests" and not tests:
            continue
        weight = 1.0 / (apart[kind] ** 2 + WITHIN_CLASS**2 / students)
        weights += weight
        total += weight * difference
    return total / weights
