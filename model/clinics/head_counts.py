"""How many of those who are invited will come: Poisson-binomial in any one week, averaged over how weeks differ.

In one week each student comes or not, with a chance of their own and independently of the others: the number who come is
Poisson-binomial, and exact here. But a week of rain or of a trip moves everybody, and what is known of show rates is itself
uncertain at first; both move all chances together. So the chances are shifted, in log-odds, by a normal number of the given spread,
and the distribution is averaged over seven such shifts (Gauss-Hermite). Without a spread it is the Poisson-binomial alone.
    S. D. Poisson, Recherches sur la probabilite des jugements (1837), ch. 2.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import log, pi, sqrt

import numpy as np
from numpy.polynomial.hermite_e import hermegauss

from model.students import FloatArray

SHIFTS = 7
EXACT = 1e-12
"""Sums of rounded products are right to about this; a chance closer to the limit counts as within it."""

_NODES, _WEIGHTS = hermegauss(SHIFTS)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()


@dataclass(frozen=True, kw_only=True, eq=False)
class HeadCount:
    """The distribution of the number who come.

    Args:
        by_shift: (7, seats + 1) for each shift the chance that exactly 0, 1, ... seats students come.
        expected: The mean of the number who come.
        invited: How many are invited.
        spread: Standard deviation, in log-odds, of what moves all chances together.
    """

    by_shift: FloatArray
    expected: float
    invited: int
    spread: float

    @classmethod
    def of(cls, chances: Iterable[float], *, seats: int, spread: float = 0.0) -> HeadCount:
        """The head count of a clinic.

        Args:
            chances: The chance to come of each who is invited, above 0 and below 1, over all weeks.
            seats: Seats of the clinic, from 0.
            spread: Standard deviation, in log-odds, of what moves all chances together.

        Example:
            >>> two = HeadCount.of([0.5, 0.5], seats=1)
            >>> two.expected, round(two.overflow, 6), round(HeadCount.of([0.5, 0.5], seats=1, spread=1.0).overflow, 2)
            (1.0, 0.25, 0.29)
        """
        nobody = np.zeros((SHIFTS, seats + 1))
        nobody[:, 0] = 1.0
        count = cls(by_shift=nobody, expected=0.0, invited=0, spread=spread)
        for chance in chances:
            count = count.with_one(chance)
        return count

    def with_one(self, chance: float) -> HeadCount:
        """The head count with one more student, who comes with this chance."""
        now = shifted(chance, self.spread)[:, None]
        after = self.by_shift * (1.0 - now)
        after[:, 1:] += self.by_shift[:, :-1] * now
        return HeadCount(by_shift=after, expected=self.expected + chance, invited=self.invited + 1, spread=self.spread)

    @property
    def seats(self) -> int:
        """Seats of the clinic."""
        return len(self.by_shift[0]) - 1

    @property
    def overflow(self) -> float:
        """The chance that more come than there are seats; exactly 0 where no more are invited."""
        if self.invited <= self.seats:
            return 0.0
        return float(min(1.0, max(0.0, 1.0 - _WEIGHTS @ self.by_shift.sum(axis=1))))

    def fits(self, limit: float) -> bool:
        """Whether the chance of overflow is within the limit."""
        return self.overflow <= limit + EXACT


@lru_cache(maxsize=4096)
def shifted(chance: float, spread: float) -> FloatArray:
    """(7,) the chance under each shift; their mean is the chance itself, nearly (the usual stretch of a logit-normal mean).

    Example:
        >>> np.round(shifted(0.8, 1.0), 2).tolist()
        [0.11, 0.33, 0.62, 0.84, 0.94, 0.98, 1.0]
    """
    if not 0.0 < chance < 1.0 or spread == 0.0:
        return np.full(SHIFTS, chance)
    middle = log(chance / (1.0 - chance)) * sqrt(1.0 + pi * spread**2 / 8.0)
    return np.asarray(1.0 / (1.0 + np.exp(-(middle + spread * _NODES))))


def most_alike(chance: float, *, seats: int, limit: float, most: int, spread: float = 0.0) -> int:
    """How many students with one and the same chance to come can be invited.

    Args:
        chance: Their chance to come.
        seats: Seats of the clinic.
        limit: The largest chance of overflow that is allowed, 0 to 1.
        most: No more than this.
        spread: As in `HeadCount`.

    Example:
        >>> most_alike(0.5, seats=8, limit=0.1, most=30), most_alike(0.98, seats=8, limit=0.1, most=30)
        (12, 8)
    """
    count = HeadCount.of((), seats=seats, spread=spread)
    while count.invited < most:
        more = count.with_one(chance)
        if not more.fits(limit):
            break
        count = more
    return count.invited
