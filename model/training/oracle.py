"""The ceiling: what could be known at best from a synthetic markbook by somebody who knows the world that made it.

Everything a synthetic student shows is a rounded picture of normal variables (`model/training/cohorts.py`), so the distribution of
the final grade given all that was recorded is normal too, and one linear solve gives it exactly. The oracle sees the
numbers before they are rounded and the difficulty of each test, so it is never worse than the exact filter on the
markbook: a true ceiling.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from model.students import FloatArray, MarkState
from model.training.cohorts import SyntheticSheet


@dataclass(frozen=True, kw_only=True, eq=False)
class Ceiling:
    """What the oracle says of n students.

    Args:
        missed: (n,) the probability that the final grade is at least one below target.
        missed_by_three: (n,) the same for three.
        strands: (n, 6) the expected ability by strand, in grades, without the sheet's mean.
    """

    missed: FloatArray
    missed_by_three: FloatArray
    strands: FloatArray


def ceiling(sheet: SyntheticSheet, half_term: int) -> Ceiling:
    """What can be known at the end of `half_term` (1 to 6).

    Example:
        >>> from model.training.cohorts import schools
        >>> from model.training.worlds import World
        >>> sheet = next(schools(World(), students=20, seed=3))
        >>> told = ceiling(sheet, 6)
        >>> bool(((told.missed >= told.missed_by_three) & (told.missed <= 1)).all())
        True
    """
    form, cohort, n = sheet.weights, sheet.cohort, sheet.cohort.size
    held = [j for j, a in enumerate(cohort.assessments) if (a.half_term or 1) <= half_term]
    now, so_far = slice(half_term - 1, half_term), slice(half_term)
    # The weights of what may be known, and of whom it is. Targets come from the baseline test even where the scaled score itself
    # is not in the markbook.
    sources = (
        (form.ks2[None, :], np.ones((n, 1), dtype=bool)),
        (form.attendance[so_far], ~np.isnan(cohort.attendance[:, so_far])),
        (form.homework[so_far], ~np.isnan(cohort.homework[:, so_far])),
        (form.effort[so_far], ~np.isnan(cohort.effort[:, so_far])),
        (form.marks[held], cohort.state[:, held] == MarkState.MARK),
        (form.working_at[now], ~np.isnan(sheet.working_at[:, now])),
    )
    rows, seen = np.vstack([weights for weights, _ in sources]), np.hstack([known for _, known in sources])
    variance = np.ones(rows.shape[1])
    variance[0] = sheet.spread**2
    centre = np.zeros(rows.shape[1])
    centre[0] = sheet.centre

    surprise = np.where(seen, (sheet.hidden - centre) @ rows.T, 0.0)
    covariance = (rows * variance) @ rows.T
    # What was not recorded keeps its row but loses every tie: one batched solve serves every pattern of gaps.
    both = seen[:, :, None] & seen[:, None, :]
    observed = np.where(both, covariance[None], 0.0) + np.eye(len(rows))[None] * np.where(seen, 1e-9, 1.0)[:, :, None]
    wanted = np.vstack([form.exam[None, :], form.strands[half_term - 1]])
    ties = np.where(seen[:, None, :], ((wanted * variance) @ rows.T)[None], 0.0)
    gain = np.linalg.solve(observed, np.swapaxes(ties, 1, 2))
    expected = wanted @ centre + np.einsum("nr,nrw->nw", surprise, gain)
    left = (form.exam**2 * variance).sum() - np.einsum("nr,nr->n", ties[:, 0], gain[:, :, 0])
    spread = np.sqrt(np.maximum(left, 1e-12))

    # The sheet's mean (school effect, drift) is known to the oracle: the truth minus the hidden part.
    level = sheet.strand_ability[0, -1].mean() - float(sheet.hidden[0] @ form.ability[-1])
    exam = level + expected[:, 0]
    target = cohort.target
    return Ceiling(
        missed=ndtr((target - 0.5 - exam) / spread),
        # Nobody ends below 0, so a target under 3 cannot be missed by three.
        missed_by_three=np.where(target >= 3, ndtr((target - 2.5 - exam) / spread), 0.0),
        strands=expected[:, 1:],
    )
