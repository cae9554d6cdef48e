"""How wide the interval of a predicted grade must be, so that it holds near to 80 % of grades in whatever kind of school.

Split conformal, normalised (Lei and others, 2018): the absolute error of the expected gap on schools that the model has not seen,
in units of the error that students whose marks are this reliable usually have. How much more error there is where marks are less
reliable is told within half-terms: early in the year marks are less reliable and the examination is further off besides, and the
second must not be put down to the first. Errors are smaller on foundation papers, which award no more than a 5, in every kind of
school that the model is trained on; with one width for all, other students would be held too seldom.

A percentile of these errors over all kinds of schools together would hold 80 % of the mixture, and too little of those where
examinations turn out less as expected; it would also depend on how many of each kind were made. A width for each kind (Vovk,
2012) is not to be had, as a sheet does not tell of which kind its school is; the widest of them would serve for all (Barber and
others, 2021), and hold nine in ten of the others. So at each half-term the width is the one whose worst departure from 80 % over
the kinds is least: the kind that it holds least is as far below as the one that it holds most is above. Errors differ so much
between kinds that no width keeps all of them between 75 % and 85 %; this one keeps them between about 73 % and 87 %.
    J. Lei and others, J. Am. Stat. Assoc. 113 (2018) 1094-1111; V. Vovk, Proc. Mach. Learn. Res. 25 (2012) 475-490;
    R. F. Barber and others, Information and Inference 10 (2021) 455-482
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model.scorecard import usual_error
from model.students import FloatArray

COVERED = 0.8
"""Of final grades, the share that the interval is meant to hold."""


@dataclass(frozen=True, kw_only=True)
class Widths:
    """What a scorecard says of intervals: half their width by half-term, and how it differs between students (`usual_error`)."""

    interval: dict[int, float]
    doubt: float
    foundation: float


def intervals(
    error: FloatArray,
    *,
    trust: FloatArray,
    higher: FloatArray,
    half_term: FloatArray,
    world: npt.NDArray[np.str_],
) -> Widths:
    """Half the width of the 80 % interval by half-term, and for whom it is wider or narrower.

    Args:
        error: (n,) absolute errors of the expected gap, of students whom the model has not seen.
        trust: (n,) how reliable their marks are, 0 to 1.
        higher: (n,) 0 for foundation, 1 for higher tier, NaN without.
        half_term: (n,) the half-term of each.
        world: (n,) the name of the world that each comes from.
    """
    doubt = round(_doubt(error, 1.0 - trust, half_term), 3)
    reliable = error / usual_error(trust, higher, doubt=doubt, foundation=1.0)
    foundation = round(_foundation(reliable, higher == 0, half_term), 3)
    scaled = error / usual_error(trust, higher, doubt=doubt, foundation=foundation)
    widths = {}
    for each in np.unique(half_term):
        here = half_term == each
        widths[int(each)] = round(balanced_width(scaled[here], world[here]), 3)
    return Widths(interval=widths, doubt=doubt, foundation=foundation)


def balanced_width(error: FloatArray, world: npt.NDArray[np.str_]) -> float:
    """The least width at which the world held least is no further below `COVERED` than the one held most is above.

    Args:
        error: (n,) absolute errors, in units of the width.
        world: (n,) the name of the world that each comes from.

    Example:
        >>> calm, wild = np.arange(1, 1001) / 1000, np.arange(1, 1001) / 500
        >>> balanced_width(np.concatenate([calm, calm]), np.repeat(["one", "two"], 1000))
        0.8
        >>> wide = balanced_width(np.concatenate([calm, calm, calm, wild]), np.repeat(["a", "b", "c", "wild"], 1000))
        >>> wide, float((wild <= wide).mean()), float((calm <= wide).mean())
        (1.2, 0.6, 1.0)
    """
    tried = np.sort(error)
    held = []
    for kind in np.unique(world):
        own = np.sort(error[world == kind])
        held.append(np.searchsorted(own, tried, side="right") / len(own))
    middle = (np.min(held, axis=0) + np.max(held, axis=0)) / 2
    return float(tried[np.searchsorted(middle, COVERED)])


def _doubt(error: FloatArray, lacking: FloatArray, half_term: FloatArray) -> float:
    """By how much the squared error grows with what reliability lacks, as a multiple of what it is where nothing lacks."""
    square = error**2
    within, beside = np.array(lacking), np.array(square)
    for each in np.unique(half_term):
        here = half_term == each
        within[here] -= lacking[here].mean()
        beside[here] -= square[here].mean()
    spread = float((within**2).sum())
    slope = max(float((within * beside).sum()) / spread, 0.0) if spread else 0.0
    return slope / float(square.mean() - slope * lacking.mean())


def _foundation(error: FloatArray, foundation: npt.NDArray[np.bool_], half_term: FloatArray) -> float:
    """How large errors on foundation papers are beside those of other students: their percentiles, mean over half-terms."""
    ratios = []
    for each in np.unique(half_term):
        own, other = error[(half_term == each) & foundation], error[(half_term == each) & ~foundation]
        if len(own) and len(other):
            ratios.append(float(np.quantile(own, COVERED) / np.quantile(other, COVERED)))
    return float(np.mean(ratios)) if ratios else 1.0
