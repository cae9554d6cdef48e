"""Student table -> feature matrix: the one definition for training and scoring.

Marks count by where they place a student, in the cohort and on the scale of grades (`model/standing/`). Engagement counts as far as
it tells anything in the very sheet (`model/standing/engagement.py`).

Signs: a feature carries `sign` -1 if more of it may only lower risk (better marks, attendance, homework, effort), +1 if it may
only raise it, 0 where the data decide. Raising one mark can only raise that student's standardised mark, so the signs
hold for marks too, not only for features. Sex, PP, SEN, EAL and the like are not features and never will be.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from model.means import mean_over, or_zero, weighted
from model.standing.engagement import KINDS, scaled
from model.standing.place import Standing, standing
from model.standing.reference import USUAL, Reference
from model.standing.reliability import newness, trust
from model.students import Cohort, FloatArray, MarkState
from model.vocabulary import HALF_TERMS

MARKS, ENGAGEMENT, MISSED, BASELINE, MISSING = "marks", "engagement", "missed", "baseline", "missing"


MOST = 0.6
"""Share of a class with a mark from which on an empty cell tells of its student, not of a test that is still to be entered."""


@dataclass(frozen=True, kw_only=True)
class Feature:
    """One column of the feature matrix.

    Args:
        name: Its name in the scorecard.
        theme: What a teacher would call it: "tests", "mocks", "homework"; reasons are told by theme.
        family: marks, engagement, missed, baseline or missing; engagement as a family is capped and counts by the sheet.
        sign: -1, 0 or +1, the direction in which the feature may move risk.
    """

    name: str
    theme: str
    family: str
    sign: int


def _early_and_late(name: str, theme: str, family: str, sign: int) -> tuple[Feature, Feature]:
    # Two features that fade into each other over the year: both keep the sign, so every half-term's weight does.
    early = Feature(name=f"{name}_early", theme=theme, family=family, sign=sign)
    return early, replace(early, name=f"{name}_late")


FEATURES: tuple[Feature, ...] = (
    *_early_and_late("working_gap", "working", MARKS, -1),
    *_early_and_late("test_standing", "tests", MARKS, -1),
    Feature(name="recent_tests", theme="tests", family=MARKS, sign=-1),
    *_early_and_late("mock_standing", "mocks", MARKS, -1),
    *_early_and_late("teacher_gap", "working", MARKS, -1),
    *_early_and_late("target", "target", BASELINE, 1),
    *_early_and_late("ambition", "ks2", BASELINE, 1),
    Feature(name="higher", theme="tier", family=BASELINE, sign=0),
    *_early_and_late("attendance", "attendance", ENGAGEMENT, -1),
    *_early_and_late("homework", "homework", ENGAGEMENT, -1),
    *_early_and_late("effort", "effort", ENGAGEMENT, -1),
    *(
        Feature(name=f"{name}_now", theme=name, family=ENGAGEMENT, sign=-1)
        for name in ("attendance", "homework", "effort")
    ),
    Feature(name="missed_tests", theme="missed", family=MISSED, sign=1),
    Feature(name="blank_tests", theme="blank", family=MISSED, sign=1),
    Feature(name="half_term", theme="half-term", family=MISSING, sign=0),
    Feature(name="no_ks2", theme="ks2", family=MISSING, sign=0),
    Feature(name="no_mock", theme="mocks", family=MISSING, sign=0),
    *(Feature(name=f"no_{name}", theme=name, family=MISSING, sign=0) for name in ("attendance", "homework", "effort")),
)
FEATURE_NAMES: tuple[str, ...] = tuple(feature.name for feature in FEATURES)


def features(
    cohort: Cohort,
    *,
    against: Cohort | None = None,
    reference: Reference = USUAL,
    placed: Standing | None = None,
) -> FloatArray:
    """The feature matrix, (n, len(FEATURES)), without NaN; rows of students without any mark are there but mean nothing.

    Args:
        placed: The result of `standing` where the caller has it already.

    Example:
        >>> from model.students import Assessment, Cohort
        >>> one = Cohort.build(keys=("ZQ1",), half_term=3, target=[6], assessments=(Assessment(title="Angles", out_of=20),),
        ...     earned=[[7]], homework=[[45, 50, 40, float("nan"), float("nan"), float("nan")]])
        >>> features(one).shape == (1, len(FEATURES))
        True
    """
    where = placed or standing(cohort, against=against, reference=reference)
    peers = cohort if against is None else against
    n = cohort.size
    early, late = (HALF_TERMS - cohort.half_term) / (HALF_TERMS - 1), (cohort.half_term - 1) / (HALF_TERMS - 1)
    mock = cohort.is_mock
    tests, mocks = where.marks[:, ~mock], where.marks[:, mock]
    new = newness(cohort, where.reliability)

    def believed(values: FloatArray, weights: FloatArray) -> FloatArray:
        """The mean of marks, pulled toward 0 as far as so many of this sheet's marks leave it uncertain."""
        mean, worth = weighted(values, weights)
        return trust(worth, where.reliability) * or_zero(mean)

    columns: dict[str, FloatArray] = {}

    def fading(name: str, values: FloatArray) -> None:
        columns[f"{name}_early"], columns[f"{name}_late"] = early * values, late * values

    fading("working_gap", where.trust * or_zero(where.level_from_marks - where.target))
    fading("test_standing", believed(tests, new[:, ~mock]))
    columns["recent_tests"] = believed(_last_two(tests), np.ones(2))
    fading("mock_standing", believed(mocks, new[:, mock]))
    fading("teacher_gap", or_zero(cohort.working_at - where.target))
    fading("target", where.target - reference.target_mean)
    fading("ambition", or_zero(where.target - reference.expected_grade(cohort.ks2)))
    columns["higher"] = np.where(np.isnan(cohort.higher), 0.5, cohort.higher)

    for kind in KINDS:
        measure = scaled(kind, getattr(cohort, kind))
        mean, usual = mean_over(measure), scaled(kind, np.array([getattr(reference, kind)]))
        fading(kind, where.engagement * or_zero(mean - usual))
        now = mean_over(measure[:, max(0, cohort.half_term - 1) : cohort.half_term])
        columns[f"{kind}_now"] = where.engagement * or_zero(np.where(np.isnan(now), mean, now) - usual)
        columns[f"no_{kind}"] = np.isnan(mean).astype(np.float64)

    columns["missed_tests"], columns["blank_tests"] = _not_sat(cohort, peers)
    columns["half_term"] = np.full(n, late)
    columns["no_ks2"] = np.isnan(cohort.ks2).astype(np.float64)
    columns["no_mock"] = np.asarray(np.isnan(mocks).all(axis=1), dtype=np.float64)  # no column of mocks: nobody has one
    return np.column_stack([columns[name] for name in FEATURE_NAMES])


def sat_by_most(cohort: Cohort) -> npt.NDArray[np.bool_]:
    """(m,) which assessments most of those have a mark in who have any."""
    marked = (cohort.state == MarkState.MARK).sum(axis=0)
    return np.asarray(marked >= MOST * max(int(cohort.has_mark.sum()), 1))


def _not_sat(cohort: Cohort, peers: Cohort) -> tuple[FloatArray, FloatArray]:
    """(n,) the shares of the assessments that a student was marked absent from, and that stand empty though most others have a
    mark; each out of those that could have been sat, and one more, so that one miss among few is not taken for a habit."""
    absent = (cohort.state == MarkState.ABSENT).sum(axis=1)
    blank = ((cohort.state == MarkState.NOT_RECORDED) & sat_by_most(peers)).sum(axis=1)
    due = absent + blank + (cohort.state == MarkState.MARK).sum(axis=1) + 1.0
    return np.asarray(absent / due), np.asarray(blank / due)


def _last_two(marks: FloatArray) -> FloatArray:
    """(n, 2) each student's two latest marks, NaN where there are fewer."""
    n, m = marks.shape
    latest = np.full((n, 2), np.nan)
    if m:
        known = ~np.isnan(marks)
        # How many known marks come at or after each: 1 for the latest, 2 for the one before.
        rank = np.cumsum(known[:, ::-1], axis=1)[:, ::-1]
        for back in (1, 2):
            rows, cols = np.nonzero(known & (rank == back))
            latest[rows, back - 1] = marks[rows, cols]
    return latest
