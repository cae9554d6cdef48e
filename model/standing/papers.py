"""Papers of their own: whether students of a tier or of a set sat other papers than the rest, found out from the marks.

Foundation and higher papers, or the tests that each set's teacher writes, stand in one column of many markbooks. A foundation
student with 60 % is then not ahead of a higher student with 50 %. What gives it away: groups whose targets lie far apart have
means that lie as close as if they had sat a paper at their own level. Where that is so, students are compared with their own group,
and the group's targets say where it lies on the scale of grades.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.means import mean_over
from model.students import Cohort, FloatArray

TIER, SET = "tier", "set"

APART = 0.4
"""Groups whose mean targets lie closer than this, in standard deviations of the cohort's, cannot tell one paper from several."""

ONE_PAPER, OWN_PAPERS = 0.45, 0.25
"""Share of the difference between groups' targets that their marks show: from the first on they sat one paper, up to the second
papers of their own; between them in part. Measured on synthetic sheets of both kinds (`markbook model evaluate`)."""

BETWEEN = 0.68
"""Where all sit one paper, groups' mean standardised marks lie this much as far apart as their mean targets: the median over
synthetic sheets (.67 to .69 by world). Marks are noisy, and targets are not reached by all alike."""

MOST_BETWEEN = 0.8
"""Share of the variance of marks that lies between groups, at most: some is left within them however far apart targets are."""

SMALLEST_GROUP = 5
"""A mean of fewer says too little of where a group stands; deviations are pooled over groups."""


@dataclass(frozen=True, kw_only=True)
class Papers:
    """What was found out about one cohort.

    Args:
        by: TIER or SET where such groups sat papers of their own, else None.
        weight: How far the topic tests of a group are compared within it, 0 to 1.
    """

    by: str | None = None
    weight: float = 0.0

    @property
    def own(self) -> bool:
        """Whether it is as good as sure, and to be said."""
        return self.by is not None and self.weight > 0.5


def papers_of(cohort: Cohort, standard: FloatArray, *, anchor: float, spread: float) -> Papers:
    """Whether groups of a cohort sat topic tests of their own.

    Args:
        cohort: The cohort.
        standard: (n, m) its marks, standardised over the whole cohort.
        anchor, spread: Mean and spread of its targets, in grades.
    """
    overall = mean_over(standard[:, ~cohort.is_mock]) if (~cohort.is_mock).any() else np.full(cohort.size, np.nan)
    found = Papers()
    for by in (TIER, SET):
        shown = _shown(groups_of(cohort, by), overall, (cohort.target - anchor) / spread)
        if shown is not None:
            weight = float(np.clip((ONE_PAPER - shown) / (ONE_PAPER - OWN_PAPERS), 0.0, 1.0))
            # Sets lie within tiers, as a rule: where both show papers of their own, they are the sets'.
            if weight and weight >= found.weight:
                found = Papers(by=by, weight=weight)
    return found


def groups_of(cohort: Cohort, by: str) -> FloatArray:
    """(n,) the number of each student's group, NaN where it is not known."""
    return cohort.higher if by == TIER else cohort.teaching_set


def known_groups(groups: FloatArray) -> list[float]:
    """The numbers of the groups that are known, each once, ascending.

    Example:
        >>> known_groups(np.array([2.0, np.nan, 1.0, 2.0]))
        [1.0, 2.0]
    """
    # np.unique would import masked arrays, which nobody else needs.
    return sorted(set(groups[~np.isnan(groups)].tolist()))


def _shown(groups: FloatArray, overall: FloatArray, target: FloatArray) -> float | None:
    """The share of the difference between groups' targets that their marks show; None where it cannot be told."""
    counts, targets, marks = [], [], []
    for group in known_groups(groups):
        here = (groups == group) & ~np.isnan(overall) & ~np.isnan(target)
        if here.sum() >= SMALLEST_GROUP:
            counts.append(here.sum())
            targets.append(target[here].mean())
            marks.append(overall[here].mean())
    if len(counts) < 2:
        return None
    share = np.array(counts) / sum(counts)
    target_apart = np.array(targets) - share @ np.array(targets)
    apart = float(share @ target_apart**2)
    if apart < APART**2:
        return None
    return float(share @ (target_apart * np.array(marks))) / apart


def place_groups(
    cohort: Cohort,
    peers: Cohort,
    standard: FloatArray,
    *,
    by: str,
    columns: np.ndarray,
    weight: float,
    anchor: float,
    spread: float,
) -> None:
    """Move marks in `columns` toward the place within the group, in place.

    A mark counts from its group's mean, in standard deviations within groups, and the group from where its targets put it, as far
    as marks follow targets where all sit one paper (`BETWEEN`). Both are scaled so that marks vary in all as one paper's do.
    """
    ours, theirs = groups_of(cohort, by), groups_of(peers, by)
    marks = peers.earned[:, columns]
    told = []  # group, its students among the peers, their mean target
    for group in known_groups(theirs):
        fellows = (theirs == group) & peers.has_mark
        targets = peers.target[fellows & ~np.isnan(peers.target)]
        if len(targets) >= SMALLEST_GROUP:
            told.append((group, fellows, float(targets.mean())))
    if len(told) < 2:
        return
    counts = np.array([fellows.sum() for _, fellows, _ in told])
    apart = BETWEEN * (np.array([mean for *_, mean in told]) - anchor) / spread
    inside = np.sqrt(1.0 - min(MOST_BETWEEN, float(counts @ apart**2) / counts.sum()))
    middles = [mean_over(marks[fellows], axis=0) for _, fellows, _ in told]
    off = np.vstack([marks[fellows] - middle for (_, fellows, _), middle in zip(told, middles, strict=True)])
    within_groups = np.sqrt(mean_over(off**2, axis=0))
    scale = inside / np.where(within_groups > 0, within_groups, np.inf)
    for (group, *_), middle, place in zip(told, middles, apart, strict=True):
        cells = np.ix_(ours == group, columns)
        standard[cells] = weight * (place + (cohort.earned[cells] - middle) * scale) + (1 - weight) * standard[cells]
