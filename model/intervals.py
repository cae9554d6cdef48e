"""Shares of a few students, and differences between them, with intervals that hold for ten students as for a thousand.

Intervals are Wilson's: right for small groups and for shares near 0 and 1, where the textbook's is not. They are of 95 %; where
many differences are looked at, `for_many` widens each so that all together hold in 95 of 100 classes (Bonferroni). From ten
students on they hold a share between .05 and .95 in 95 or 96 classes of 100, on average over such shares; for the least
fortunate share it is 90. A difference takes its interval from those of its two sides: Newcombe's score method for shares, MOVER
for whatever else has an interval.
    E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209-212; R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890;
    G. Y. Zou and A. Donner, Statistics in Medicine 27 (2008) 1693-1702
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, sqrt
from statistics import NormalDist

CONFIDENCE = 0.95
_Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


def for_many(comparisons: int) -> float:
    """The half-width, in standard errors, at which so many comparisons together raise a false alarm in no more than 5 of 100
    classes.

    Example:
        >>> round(for_many(1), 2), round(for_many(5), 2)
        (1.96, 2.58)
    """
    return NormalDist().inv_cdf(1 - (1 - CONFIDENCE) / (2 * max(comparisons, 1)))


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A figure with its 95 % interval: value, low and high are shares (0 to 1, or -1 to 1 for differences).

    Args:
        students: How many students stand behind it.
    """

    value: float
    low: float
    high: float
    students: int


def wilson(count: int, students: int, *, z: float = _Z) -> Estimate:
    """A share with Wilson's interval.

    Args:
        count: How many of them.
        students: Out of how many, at least one.
        z: Half-width in standard errors; left out, that of 95 %.

    Example:
        >>> told = wilson(3, 12)
        >>> round(told.value, 3), round(told.low, 3), round(told.high, 3)
        (0.25, 0.089, 0.532)
    """
    share = count / students
    middle = (share + z**2 / (2 * students)) / (1 + z**2 / students)
    reach = z / (1 + z**2 / students) * sqrt(share * (1 - share) / students + (z / (2 * students)) ** 2)
    # Where nobody or everybody is counted one end is exactly 0 or 1; rounding must not push it past that.
    low, high = max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach))
    return Estimate(value=share, low=low, high=high, students=students)


def difference(one: Estimate, other: Estimate) -> Estimate:
    """One figure minus another, of different students, each side's interval making its own part of the uncertainty.

    Example:
        >>> told = difference(wilson(9, 12), wilson(3, 18))
        >>> round(told.value, 3), round(told.low, 3), round(told.high, 3)
        (0.583, 0.222, 0.777)
    """
    value = one.value - other.value
    return Estimate(
        value=value,
        low=value - hypot(one.value - one.low, other.high - other.value),
        high=value + hypot(one.high - one.value, other.value - other.low),
        students=one.students + other.students,
    )
