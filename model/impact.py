"""What changed for students who were offered clinics, beside comparable students who were not.

Every student who was offered a clinic is compared with the not offered who stood nearest before: in the test before the clinics
and, where it is known, in priority. What is told is the mean difference of the changes, with an interval that counts how much
students differ and that one comparable student may serve several of those offered. It is no experiment: teachers choose whom they
offer, and whoever stands low in one test stands higher in the next by chance alone. Matching on the test before takes most of
that away, not all of it; the warning is always told.
    Nearest-neighbour matching with replacement and its variance: A. Abadie and G. W. Imbens, Econometrica 74 (2006) 235-267; what
    remains of a difference before is taken out by a line, Journal of Business & Economic Statistics 29 (2011) 1-11.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from model.students import FloatArray
from model.vocabulary import counted

FEWEST = 10
"""Below ten students on either side no figure is told: it would be chance, and could be traced to a child."""

NEIGHBOURS = 3
"""Comparable students to each who was offered: fewer leave more to chance, more are less alike."""

WARNING = (
    "Not an experiment: who is chosen because of low marks tends to rise by chance (regression to the mean), and the comparison "
    "takes away most of that, not all. Read it beside what you know of the students."
)


@dataclass(frozen=True, kw_only=True)
class Impact:
    """The comparison; changes are in standard deviations of the class, NaN where there are too few students.

    Args:
        offered: Students who were offered at least one clinic and have both tests.
        attended: How many of them came at least once.
        compared: Students who were not offered any and have both tests.
        change: Mean change of those offered.
        change_compared: Mean change of those whom they are compared with.
        effect: The difference, what was left of the difference before taken out.
        low, high: Its 95 % interval.
        before, after: What the two tests are.
        why_not: Why no figure is told, where none is.
    """

    offered: int
    attended: int
    compared: int
    change: float = float("nan")
    change_compared: float = float("nan")
    effect: float = float("nan")
    low: float = float("nan")
    high: float = float("nan")
    before: str = ""
    after: str = ""
    why_not: str = f"No figure is told below {FEWEST} students on either side"

    @property
    def is_told(self) -> bool:
        """Whether there are enough students for a figure."""
        return not np.isnan(self.effect)

    def lines(self) -> tuple[str, ...]:
        """The comparison in words.

        Example:
            >>> Impact(offered=4, attended=3, compared=12).lines()[0]
            'Clinics: 4 students with both tests were offered one, 3 of them came; 12 were not offered any.'
        """
        first = (
            f"Clinics: {counted(self.offered, 'student')} with both tests were offered one, "
            f"{self.attended} of them came; {self.compared} were not offered any."
        )
        if not self.is_told:
            return first, f"{self.why_not}."
        sure = "more than chance" if self.low > 0 or self.high < 0 else "no clear difference: the interval holds 0"
        return (
            first,
            f"From {self.before} to {self.after}, in standard deviations of the class: offered {self.change:+.2f}, comparable "
            f"students not offered {self.change_compared:+.2f}.",
            f"Difference {self.effect:+.2f}, 95 % interval {self.low:+.2f} to {self.high:+.2f} ({sure}).",
            WARNING,
        )

    def as_table(self) -> dict[str, object]:
        """What `--json` prints; figures are null where there are too few students."""
        numbers = {
            name: round(getattr(self, name), 4) if self.is_told else None
            for name in ("change", "change_compared", "effect", "low", "high")
        }
        counts = {"offered": self.offered, "attended": self.attended, "compared": self.compared}
        return {**counts, **numbers, "before": self.before, "after": self.after, "warning": WARNING}


def impact(
    *,
    before: FloatArray,
    after: FloatArray,
    offered: NDArray[np.bool_],
    attended: NDArray[np.bool_],
    priority: FloatArray | None = None,
    names: tuple[str, str] = ("", ""),
) -> Impact:
    """Compare those who were offered clinics with comparable students who were not.

    Args:
        before, after: (n,) standardised results of the tests before and after the clinics, NaN where there is none.
        offered, attended: (n,) who was offered a clinic, and who came at least once.
        priority: (n,) priority before the clinics (1 = first), NaN where it is not known; left out, matching is on the test.
        names: What the two tests are.

    Example:
        >>> rng = np.random.default_rng(1)
        >>> chosen = np.arange(60) < 20
        >>> test = rng.normal(size=60)
        >>> found = impact(before=test, after=test + 0.8 * chosen, offered=chosen, attended=chosen)
        >>> round(found.effect, 2), found.low <= 0.8 <= found.high
        (0.8, True)
    """
    known = ~np.isnan(before) & ~np.isnan(after)
    ours, others = np.flatnonzero(known & offered), np.flatnonzero(known & ~offered)
    told = Impact(
        offered=len(ours),
        attended=int((attended & offered & known).sum()),
        compared=len(others),
        before=names[0],
        after=names[1],
    )
    if min(len(ours), len(others)) < FEWEST:
        return told
    baseline = before[:, None]
    if priority is not None and not np.isnan(priority[known]).any():
        baseline = np.column_stack([before, priority])
    spread = baseline[known].std(axis=0)
    baseline = baseline / np.where(spread > 0, spread, 1.0)
    nearest = _nearest(baseline[ours], baseline[others])
    change = after - before
    matrix = np.column_stack([np.ones(len(baseline)), baseline])
    factors, *_ = np.linalg.lstsq(matrix[others], change[others], rcond=None)
    expected = matrix @ factors
    # Every neighbour is moved along the line to where the student stood.
    matched = change[others][nearest] - expected[others][nearest] + expected[ours][:, None]
    differences = change[ours] - matched.mean(axis=1)
    effect = float(differences.mean())
    # How often each comparable student serves makes its own noise count more than once.
    serves = np.bincount(nearest.ravel(), minlength=len(others)) / nearest.shape[1]
    residual = change - expected
    noise = float((residual[others] ** 2).sum() / max(1, len(others) - matrix.shape[1]))
    own = float(np.var(residual[ours], ddof=1))
    moved = matrix[ours].mean(axis=0) - (matrix[others] * serves[:, None]).sum(axis=0) / len(ours)
    by_line = noise * float(moved @ np.linalg.pinv(matrix[others].T @ matrix[others]) @ moved)
    variance = own / len(ours) + noise * float((serves**2).sum()) / len(ours) ** 2 + by_line
    reach = _t_quantile(min(len(ours), len(others)) - 1) * sqrt(variance)
    return replace(
        told,
        change=float(change[ours].mean()),
        change_compared=float(matched.mean()),
        effect=effect,
        low=effect - reach,
        high=effect + reach,
    )


def _nearest(ours: FloatArray, others: FloatArray) -> NDArray[np.intp]:
    """(n, k) the places of the nearest others to each of ours."""
    apart = ((ours[:, None, :] - others[None, :, :]) ** 2).sum(axis=2)
    return np.asarray(np.argsort(apart, axis=1, kind="stable")[:, :NEIGHBOURS])


def _t_quantile(free: int) -> float:
    """Student's t at 97.5 %: scipy's, imported here since nothing else of this module needs it."""
    from scipy.stats import t

    return float(t.ppf(0.975, max(1, free)))
