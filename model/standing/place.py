"""Where each student stands: in the cohort, and on the scale of grades.

Every mark counts by its place in the cohort: it is standardised within its assessment, so difficulty needs no calibration. The
cohort's targets say where such a place lies on the scale of grades (a student in the middle works at the mean target), moved by
what is known of the class as a whole (`class_level`). Students with papers of their own, by tier or by set, are compared mostly
with each other (`papers`); mocks always are within their tier. Cohorts of fewer than eight students with marks are compared with
the reference cohort that travels with the scorecard.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model.means import weighted, within
from model.standing.boundaries import Boundaries
from model.standing.class_level import class_shift, graded_levels, mock_levels, usual_boundaries
from model.standing.engagement import engagement_counts, engagement_index, progress
from model.standing.papers import SMALLEST_GROUP, TIER, Papers, known_groups, papers_of, place_groups
from model.standing.reference import SMALLEST_COHORT, USUAL, Reference, spread_of
from model.standing.reliability import half_terms, newness, reliability, trust, usual_reliability
from model.students import Cohort, FloatArray


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
        papers: Whether groups sat topic tests of their own.
        shift: Grades by which the class as a whole stands above its targets (below 0: under them), as far as anything tells.
        reliability: (n,) how far one mark of the sheet is to be believed, 0 to 1; reliability_of_all: the same, nobody left out.
        trust: (n,) the reliability of each student's marks together, 0 without any.
        engagement: (n,) how far engagement counts for each student: 0 not at all, 1 as usual.
        engagement_counts: The same for the class as a whole.
    """

    marks: FloatArray
    level: FloatArray
    level_from_marks: FloatArray
    target: FloatArray
    target_known: npt.NDArray[np.bool_]
    against_reference: bool
    parts: FloatArray
    papers: Papers
    shift: float
    reliability: FloatArray
    reliability_of_all: float
    trust: FloatArray
    engagement: FloatArray
    engagement_counts: float

    @property
    def gap(self) -> FloatArray:
        """(n,) grades above target (below it if negative): the plain rule "working below target" goes by this."""
        return self.level - self.target

    @property
    def scorable(self) -> npt.NDArray[np.bool_]:
        """(n,) who has at least one mark that can be compared."""
        return np.asarray(~np.isnan(self.marks).all(axis=1))


def standing(
    cohort: Cohort,
    *,
    against: Cohort | None = None,
    reference: Reference = USUAL,
    boundaries: Mapping[str, Boundaries] | None = None,
    places: Sequence[int] | None = None,
) -> Standing:
    """Where each student stands among `against` (left out: the cohort itself).

    Args:
        cohort: n students.
        against: The students that marks are compared with, with the same assessments; fewer than eight with marks count as
            none, and marks are then compared with the reference cohort, which needs totals.
        reference: The reference cohort.
        boundaries: The school's own grade boundaries by tier; left out, the mean of the published ones.
        places: n places in `against` at which the same students stand, -1 for who does not; left out, they are found by their keys.
            What the class tells of a student leaves that student's own figures out.

    Example:
        >>> from model.students import Assessment, Cohort
        >>> test = Assessment(title="Angles", out_of=20)
        >>> nine = Cohort.build(keys=[str(i) for i in range(9)], half_term=1, target=[5] * 9,
        ...     assessments=(test,), earned=[[i] for i in range(9)])
        >>> standing(nine).marks[:, 0].round(1).tolist()
        [-1.5, -1.2, -0.8, -0.4, 0.0, 0.4, 0.8, 1.2, 1.5]
    """
    peers = cohort if against is None else against
    bounds = boundaries or usual_boundaries()
    # Who has no mark yet is nobody's standard: eight students with marks make a cohort.
    small = int(peers.has_mark.sum()) < SMALLEST_COHORT
    # Without a single total nothing can be compared with the reference: place among those who are there is what is left.
    by_reference = small and not bool(np.isnan(cohort.totals).all())

    targets = peers.target[~np.isnan(peers.target)]
    if small or len(targets) < SMALLEST_COHORT:
        # Tests are pitched at the class, and the few targets there are tell its level; one usual student steadies them.
        anchor = float((targets.sum() + reference.target_mean) / (len(targets) + 1))
        spread = reference.target_sd
    else:
        anchor, spread = float(targets.mean()), spread_of(targets)

    # What the class tells is worked out once, from the class itself.
    among = None if against is None or small else standing(against, reference=reference, boundaries=boundaries)
    papers, by_grade = Papers(), np.zeros(cohort.earned.shape, dtype=bool)
    if by_reference:
        marks = _against_reference(cohort, reference, bounds, anchor, spread)
    else:
        marks = within(cohort.earned, peers.earned)
        if small and peers.has_mark.sum() < 2:
            marks = np.full_like(marks, np.nan)
        elif not small and cohort.assessments == peers.assessments:
            papers = papers_of(cohort, marks, anchor=anchor, spread=spread) if among is None else among.papers
            by_grade = _place_groups(marks, cohort, peers, papers, bounds, anchor, spread)
    # What the sheet says of its own marks goes by places alone: a few who are read by grades would weigh too much in it.
    places_alone = np.where(by_grade, np.nan, marks)

    usual = usual_reliability(cohort, reference)
    one_mark, of_all, counts = np.full(cohort.size, usual), usual, 1.0
    engagement = np.ones(cohort.size)
    if among is not None:
        place = np.array(_places(cohort, peers) if places is None else places)
        one_mark, of_all = np.append(among.reliability, among.reliability_of_all)[place], among.reliability_of_all
        engagement, counts = np.append(among.engagement, among.engagement_counts)[place], among.engagement_counts
    elif not small:
        one_mark, of_all = reliability(places_alone, usual)
    shift = class_shift(peers, reference, bounds, tests=not by_reference) if among is None else among.shift
    mean, worth = weighted(marks, newness(cohort, one_mark))
    level = anchor + shift + spread * mean
    known = ~np.isnan(cohort.target)
    target = np.where(known, cohort.target, anchor)
    if among is None and not small:
        # Only places in this very cohort tell what engagement goes with in it.
        gain, weight = progress(places_alone, half_terms(cohort))
        above = spread * weighted(places_alone, newness(cohort, one_mark))[0] - target
        engagement, counts = engagement_counts(engagement_index(cohort), above, gain, weight, reference)
    return Standing(
        marks=marks,
        level=np.where(np.isnan(cohort.working_at), level, cohort.working_at),
        level_from_marks=level,
        target=target,
        target_known=known,
        against_reference=by_reference,
        parts=_parts(cohort, peers, reference, by_reference),
        papers=papers,
        shift=shift,
        reliability=one_mark,
        reliability_of_all=of_all,
        trust=trust(worth, one_mark),
        engagement=engagement,
        engagement_counts=counts,
    )


def _places(cohort: Cohort, peers: Cohort) -> list[int]:
    """Where students stand among their peers, by their keys; -1 for who does not."""
    place_of = {key: place for place, key in enumerate(peers.keys)}
    return [place_of.get(key, -1) for key in cohort.keys]


def _against_reference(
    cohort: Cohort, reference: Reference, bounds: Mapping[str, Boundaries], anchor: float, spread: float
) -> FloatArray:
    """(n, m) marks compared with the reference cohort; mocks by grade boundaries where the tier is known."""
    mock = cohort.is_mock
    per_cent = 100.0 * cohort.earned / cohort.totals
    middle = np.where(mock, reference.mock_mean, reference.test_mean)
    usual = np.where(mock, reference.mock_sd, reference.test_sd)
    graded = _on_scale(cohort, bounds, anchor, spread)
    return np.where(np.isnan(graded), (per_cent - middle) / usual, graded)


def _on_scale(cohort: Cohort, bounds: Mapping[str, Boundaries], anchor: float, spread: float) -> FloatArray:
    """(n, m) marks that stand for grades, as standardised marks; NaN for all else."""
    return (np.fmax(mock_levels(cohort, bounds), graded_levels(cohort)) - anchor) / spread


def _place_groups(
    marks: FloatArray,
    cohort: Cohort,
    peers: Cohort,
    papers: Papers,
    bounds: Mapping[str, Boundaries],
    anchor: float,
    spread: float,
) -> npt.NDArray[np.bool_]:
    """Compare marks within tiers and sets where these sat papers of their own, in place; (n, m) which are read by grades."""
    mock = peers.is_mock
    by_grade = np.zeros(marks.shape, dtype=bool)
    if mock.any() and len(known_groups(peers.higher)) == 2:
        # Mocks of the two tiers are two papers. Too few of a tier to compare with: their grades by boundaries.
        counts = [int(((peers.higher == tier) & peers.has_mark).sum()) for tier in (0, 1)]
        for tier, count in enumerate(counts):
            if count < SMALLEST_GROUP:
                by_grade[np.ix_(cohort.higher == tier, mock)] = True
        if by_grade.any():
            marks[by_grade] = _on_scale(cohort, bounds, anchor, spread)[by_grade]
        place_groups(cohort, peers, marks, by=TIER, columns=mock, weight=1.0, anchor=anchor, spread=spread)
    if papers.by is not None:
        place_groups(
            cohort, peers, marks, by=papers.by, columns=~mock, weight=papers.weight, anchor=anchor, spread=spread
        )
    return by_grade


def _parts(cohort: Cohort, peers: Cohort, reference: Reference, by_reference: bool) -> FloatArray:
    """(n, p) marks in the parts of papers, standardised within the cohort or against the reference."""
    if by_reference or cohort.parts != peers.parts:
        totals = np.array([part.out_of for part in cohort.parts], dtype=np.float64)
        return np.asarray((100.0 * cohort.parts_earned / totals - reference.test_mean) / reference.test_sd)
    return within(cohort.parts_earned, peers.parts_earned)
