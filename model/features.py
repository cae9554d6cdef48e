"""Student table -> feature matrix: the one definition for training and scoring.

Every mark counts by its place in the cohort: it is standardised within its assessment, and the mean over assessments is put
on the scale of grades by the cohort's own targets (a student in the middle of the class works at the class's mean target).
So totals, difficulty and sets need no calibration. Cohorts of fewer than eight students are compared with the reference
cohort that travels with the scorecard.

Signs: a feature carries `sign` -1 if more of it may only lower risk (better marks, attendance, homework, effort), +1 if it may
only raise it, 0 where the data decide. Raising one mark can only raise that student's standardised mark, so the signs
hold for marks too, not only for features. Sex, PP, SEN, EAL and the like are not features and never will be.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from model.students import Cohort, FloatArray, MarkState
from model.vocabulary import HALF_TERMS

SMALLEST_COHORT = 8
"""Below this many students marks are compared with the reference cohort: the standard error of a standard deviation from
eight is a quarter of it (1 / sqrt(2 * 7) = .27), and grows fast below."""

MARKS, ENGAGEMENT, BASELINE, MISSING = "marks", "engagement", "baseline", "missing"


@dataclass(frozen=True, kw_only=True)
class Feature:
    """One column of the feature matrix.

    Args:
        name: Its name in the scorecard.
        theme: What a teacher would call it: "tests", "mocks", "homework"; reasons are told by theme.
        family: marks, engagement, baseline or missing; the families are capped and explained together.
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
    *_early_and_late("target", "target", BASELINE, 0),
    *_early_and_late("ks2", "ks2", BASELINE, -1),
    Feature(name="higher", theme="tier", family=BASELINE, sign=0),
    *_early_and_late("attendance", "attendance", ENGAGEMENT, -1),
    *_early_and_late("homework", "homework", ENGAGEMENT, -1),
    *_early_and_late("effort", "effort", ENGAGEMENT, -1),
    *(
        Feature(name=f"{name}_now", theme=name, family=ENGAGEMENT, sign=-1)
        for name in ("attendance", "homework", "effort")
    ),
    Feature(name="missed_tests", theme="missed", family=ENGAGEMENT, sign=1),
    Feature(name="half_term", theme="half-term", family=MISSING, sign=0),
    Feature(name="no_ks2", theme="ks2", family=MISSING, sign=0),
    Feature(name="no_mock", theme="mocks", family=MISSING, sign=0),
    *(Feature(name=f"no_{name}", theme=name, family=MISSING, sign=0) for name in ("attendance", "homework", "effort")),
)
FEATURE_NAMES: tuple[str, ...] = tuple(feature.name for feature in FEATURES)


@dataclass(frozen=True, kw_only=True)
class Reference:
    """The cohort that small classes are compared with, and the values that stand in for what is not recorded.

    All are means over the synthetic schools of the training data: per cent and its standard deviation within one assessment
    (`test_mean`, `test_sd`, `mock_mean`, `mock_sd`), grades (`target_mean`, `target_sd`), per cent (`attendance`, `homework`) and
    the effort scale.
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


@dataclass(frozen=True, kw_only=True, eq=False)
class Standing:
    """Where each student stands, on the way from marks to features; n students, m assessments.

    Args:
        marks: (n, m) standardised marks (0 = the cohort's mean), NaN without a mark or where it cannot be compared.
        level: (n,) grade that the student is working at: the teacher's where entered, else from the marks; NaN without.
        level_from_marks: (n,) the same from the marks alone.
        target: (n,) target grade; estimated where `target_known` is False.
        target_known: (n,) whether the markbook has it.
        against_reference: The marks were compared with the reference cohort.
        parts: (n, p) the same of the parts of papers.
    """

    marks: FloatArray
    level: FloatArray
    level_from_marks: FloatArray
    target: FloatArray
    target_known: npt.NDArray[np.bool_]
    against_reference: bool
    parts: FloatArray

    @property
    def gap(self) -> FloatArray:
        """(n,) grades above target (below it if negative): the plain rule "working below target" goes by this."""
        return self.level - self.target

    @property
    def scorable(self) -> npt.NDArray[np.bool_]:
        """(n,) who has at least one mark that can be compared."""
        return np.asarray(~np.isnan(self.marks).all(axis=1))


def mean_over(values: FloatArray, axis: int = 1) -> FloatArray:
    """Means that leave NaN out; NaN where there is nothing.

    The same as numpy's nanmean, many times as fast on a class and without its warning on empty rows, which are usual here.

    Example:
        >>> mean_over(np.array([[1.0, np.nan, 3.0], [np.nan, np.nan, np.nan]])).tolist()
        [2.0, nan]
    """
    known = values == values  # NaN alone is not equal to itself; faster than isnan
    count = np.add.reduce(known, axis=axis, dtype=np.float64)
    total = np.add.reduce(np.where(known, values, 0.0), axis=axis)
    with np.errstate(invalid="ignore"):  # 0 / 0 is the NaN that is wanted
        return np.asarray(total / count)


def or_zero(values: FloatArray) -> FloatArray:
    """The values, 0 where there is none."""
    return np.where(np.isnan(values), 0.0, values)


def _spread_over(values: FloatArray, axis: int = 0) -> FloatArray:
    middle = np.expand_dims(mean_over(values, axis=axis), axis)
    return np.asarray(np.sqrt(mean_over((values - middle) ** 2, axis=axis)))


def _shrunk_mean(values: FloatArray, noise: float) -> FloatArray:
    """(n,) sums over (count + noise): the mean pulled toward 0 where few values stand behind it; 0 without any."""
    known = ~np.isnan(values)
    return np.asarray(np.where(known, values, 0.0).sum(axis=1) / (known.sum(axis=1) + noise))


def _standard_marks(cohort: Cohort, against: Cohort, reference: Reference, small: bool) -> FloatArray:
    """(n, m) marks standardised within the cohort (or its tier, for mocks), or against the reference."""
    totals = cohort.totals
    mock = cohort.is_mock
    if small:
        per_cent = 100.0 * cohort.earned / totals
        middle = np.where(mock, reference.mock_mean, reference.test_mean)
        spread = np.where(mock, reference.mock_sd, reference.test_sd)
        return np.asarray((per_cent - middle) / spread)
    standard = _within(cohort.earned, against.earned)
    if mock.any() and cohort.assessments == against.assessments:
        # Foundation and higher papers differ: where a cohort sits both, mocks are compared within the tier.
        for tier in (0.0, 1.0):
            peers, ours = against.higher == tier, cohort.higher == tier
            if peers.sum() >= SMALLEST_COHORT and (~peers & ~np.isnan(against.higher)).sum() >= SMALLEST_COHORT:
                standard[np.ix_(ours, mock)] = _within(
                    cohort.earned[np.ix_(ours, mock)], against.earned[np.ix_(peers, mock)]
                )
    return standard


def _standard_parts(cohort: Cohort, against: Cohort, reference: Reference, small: bool) -> FloatArray:
    """(n, p) marks in the parts of papers, standardised within the cohort or against the reference."""
    if small or cohort.parts != against.parts:
        totals = np.array([part.out_of for part in cohort.parts], dtype=np.float64)
        return np.asarray((100.0 * cohort.parts_earned / totals - reference.test_mean) / reference.test_sd)
    return _within(cohort.parts_earned, against.parts_earned)


def _within(earned: FloatArray, peers: FloatArray) -> FloatArray:
    middle, spread = mean_over(peers, axis=0), _spread_over(peers)
    # Where all marks are the same nobody stands out: the standard mark is 0, not a division by nothing.
    return np.asarray((earned - middle) / np.where(spread > 0, spread, np.inf))


def standing(cohort: Cohort, *, against: Cohort | None = None, reference: Reference = Reference()) -> Standing:
    """Where each student stands among `against` (left out: the cohort itself).

    Args:
        cohort: n students.
        against: The students that marks are compared with, with the same assessments; fewer than eight with marks count as
            none, and marks are then compared with the reference cohort, which needs totals.
        reference: The reference cohort.

    Example:
        >>> from model.students import Assessment, Cohort
        >>> test = Assessment(title="Angles", out_of=20)
        >>> nine = Cohort.build(keys=[str(i) for i in range(9)], half_term=1, target=[5] * 9,
        ...     assessments=(test,), earned=[[i] for i in range(9)])
        >>> standing(nine).marks[:, 0].round(1).tolist()
        [-1.5, -1.2, -0.8, -0.4, 0.0, 0.4, 0.8, 1.2, 1.5]
    """
    peers = cohort if against is None else against
    # Who has no mark yet is nobody's standard: eight students with marks make a cohort.
    small = int(peers.has_mark.sum()) < SMALLEST_COHORT
    # Without a single total nothing can be compared with the reference: place among those who are there is what is left.
    by_reference = small and not bool(np.isnan(cohort.totals).all())
    marks = _standard_marks(cohort, peers, reference, by_reference)
    if small and not by_reference and peers.has_mark.sum() < 2:
        marks = np.full_like(marks, np.nan)

    known = ~np.isnan(cohort.target)
    targets = peers.target[~np.isnan(peers.target)]
    if small or len(targets) < SMALLEST_COHORT:
        # Tests are pitched at the class, and the few targets there are tell its level; one usual student steadies them.
        anchor = float((targets.sum() + reference.target_mean) / (len(targets) + 1))
        spread = reference.target_sd
    else:
        anchor = float(targets.mean())
        # Ten students' worth of a spread of 1.2 grades keeps classes with one target for all from losing their scale.
        spread = float(np.sqrt((len(targets) * targets.var() + 10 * 1.2**2) / (len(targets) + 10)))
    target = np.where(known, cohort.target, anchor)

    mock = cohort.is_mock
    # Three mock papers are one sitting's news, as much as three tests: each counts once.
    overall = mean_over(marks)
    level = anchor + spread * overall
    if mock.any() and not small:
        # A mock compared within its tier tells the place there: the tier's own targets are its anchor.
        for tier in (0.0, 1.0):
            in_tier, ours = peers.target[(peers.higher == tier) & ~np.isnan(peers.target)], cohort.higher == tier
            others = peers.target[(peers.higher == 1 - tier) & ~np.isnan(peers.target)]
            if min(len(in_tier), len(others)) >= SMALLEST_COHORT:
                tests, mocks = marks[ours][:, ~mock], marks[ours][:, mock]
                counts = (~np.isnan(tests)).sum(axis=1), (~np.isnan(mocks)).sum(axis=1)
                tier_spread = float(np.sqrt((len(in_tier) * in_tier.var() + 10 * 1.0**2) / (len(in_tier) + 10)))
                from_tests = np.where(counts[0] > 0, anchor + spread * or_zero(mean_over(tests)), 0.0)
                from_mocks = np.where(counts[1] > 0, in_tier.mean() + tier_spread * or_zero(mean_over(mocks)), 0.0)
                both = counts[0] + counts[1]
                level[ours] = np.where(
                    both > 0, (counts[0] * from_tests + counts[1] * from_mocks) / np.maximum(both, 1), np.nan
                )
    return Standing(
        marks=marks,
        level=np.where(np.isnan(cohort.working_at), level, cohort.working_at),
        level_from_marks=level,
        target=target,
        target_known=known,
        against_reference=by_reference,
        parts=_standard_parts(cohort, peers, reference, by_reference),
    )


def features(
    cohort: Cohort,
    *,
    against: Cohort | None = None,
    reference: Reference = Reference(),
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
    n = cohort.size
    early, late = (HALF_TERMS - cohort.half_term) / (HALF_TERMS - 1), (cohort.half_term - 1) / (HALF_TERMS - 1)
    mock = cohort.is_mock
    tests, mocks = where.marks[:, ~mock], where.marks[:, mock]
    counted = (~np.isnan(where.marks)).sum(axis=1)
    trust = counted / (counted + 1.0)

    columns: dict[str, FloatArray] = {}

    def fading(name: str, values: FloatArray) -> None:
        columns[f"{name}_early"], columns[f"{name}_late"] = early * values, late * values

    fading("working_gap", trust * or_zero(where.level_from_marks - where.target))
    fading("test_standing", _shrunk_mean(tests, 1.0))
    columns["recent_tests"] = _shrunk_mean(_last_two(tests), 1.0)
    fading("mock_standing", _shrunk_mean(mocks, 0.5))
    fading("teacher_gap", or_zero(cohort.working_at - where.target))
    fading("target", where.target - reference.target_mean)
    fading("ks2", or_zero((cohort.ks2 - 104.0) / 7.5))
    columns["higher"] = np.where(np.isnan(cohort.higher), 0.5, cohort.higher)

    for name, values, usual in (
        ("attendance", cohort.attendance, reference.attendance),
        ("homework", cohort.homework, reference.homework),
        ("effort", cohort.effort, reference.effort),
    ):
        # Half the missing lessons are half as much worse, not half as many points: absence counts by its logarithm.
        scaled = -np.log1p(np.clip(100.0 - values, 0.0, 100.0)) if name == "attendance" else values / _UNITS[name]
        stand_in = -np.log1p(100.0 - usual) if name == "attendance" else usual / _UNITS[name]
        mean = mean_over(scaled)
        fading(name, np.where(np.isnan(mean), 0.0, mean - stand_in))
        now = mean_over(scaled[:, max(0, cohort.half_term - 1) : cohort.half_term])
        columns[f"{name}_now"] = np.asarray(or_zero(np.where(np.isnan(now), mean, now) - stand_in))
        columns[f"no_{name}"] = np.isnan(mean).astype(np.float64)

    absent = (cohort.state[:, ~mock] == MarkState.ABSENT).sum(axis=1)
    sat = (cohort.state[:, ~mock] == MarkState.MARK).sum(axis=1)
    columns["missed_tests"] = np.asarray(absent / (absent + sat + 1.0))
    columns["half_term"] = np.full(n, late)
    columns["no_ks2"] = np.isnan(cohort.ks2).astype(np.float64)
    columns["no_mock"] = np.asarray(np.isnan(mocks).all(axis=1), dtype=np.float64)  # no column of mocks: nobody has one
    return np.column_stack([columns[name] for name in FEATURE_NAMES])


_UNITS = {"homework": 20.0, "effort": 0.75}
"""About one standard deviation each, so that weights of the families can be compared by eye."""


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
