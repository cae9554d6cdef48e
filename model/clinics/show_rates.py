"""How likely a student is to come to a clinic: what the register says, shrunk to what is usual in the slot.

Two of two attended is no certainty, and none of one no refusal. A student's rate is beta-binomial: the prior's mean is the
slot's rate, itself shrunk to that of all clinics and this to the starting rate; the prior's weight, in clinics, is learnt from
how much students differ, and is a usual one until there are enough records.
    The method: A. Agresti, Categorical Data Analysis (3rd ed. 2013), 14.3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import lgamma, sqrt

ALL_CLINICS_WEIGHT = 4.0
"""Offers for which the starting rate stands, until the school's own clinics outweigh it."""

SLOT_WEIGHT = 12.0
"""Offers for which the rate of all clinics stands in a slot's: about one session."""

USUAL_WEIGHT = 4.0
"""Clinics that the slot's rate counts for in a student's: with rates of .5 a spread of .22 between students."""

WEIGHTS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0)
ENOUGH_STUDENTS, ENOUGH_OFFERS = 10, 3
"""From ten students with three offers each how much they differ can be told at all."""

WEEKS_DIFFER = 0.3
"""Standard deviation, in log-odds, by which one week differs from another for everybody: around .5 it is 7 points."""

LOWEST, HIGHEST = 0.02, 0.98
"""Nobody is certain to come or to stay away."""


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """One line of a register: how many clinics of a slot a student was offered, and to how many the student came.

    Args:
        key: The student.
        slot: Name of the slot, "" where it is not told.
        offered: From 0.
        attended: 0 to `offered`.
    """

    key: str
    slot: str
    offered: int
    attended: int


@dataclass(frozen=True, kw_only=True)
class ShowRates:
    """What is known of who comes.

    Args:
        overall: The rate of all clinics, 0 to 1.
        by_slot: Slot -> its rate.
        weight: Clinics that the slot's rate counts for in a student's.
        records: Student -> (offered, attended) over all slots.
        spread: Standard deviation, in log-odds, of what moves all chances together: how weeks differ, and how little is known of
            the rate of all clinics yet. With an empty register it is about 1, which keeps a first plan cautious.
    """

    overall: float
    by_slot: Mapping[str, float] = field(default_factory=dict)
    weight: float = USUAL_WEIGHT
    records: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    spread: float = 0.0

    def of_slot(self, slot: str) -> float:
        """The rate of a slot; that of all clinics where the slot has no record."""
        return self.by_slot.get(slot, self.overall)

    def rate(self, key: str, slot: str) -> float:
        """The chance that a student comes to a slot, 0.02 to 0.98."""
        offered, attended = self.records.get(key, (0, 0))
        mean = (attended + self.weight * self.of_slot(slot)) / (offered + self.weight)
        return min(HIGHEST, max(LOWEST, mean))


def learn(records: Iterable[Attendance], *, start: float) -> ShowRates:
    """Show rates from a register.

    Args:
        records: What was offered and attended, in any order.
        start: The rate to start from where nothing is known, 0 to 1.

    Example:
        >>> rates = learn([Attendance(key="a", slot="Mon", offered=4, attended=4)], start=0.5)
        >>> round(rates.rate("a", "Mon"), 2), round(rates.rate("b", "Mon"), 2), round(rates.rate("b", "Tue"), 2)
        (0.91, 0.81, 0.75)
    """
    by_slot: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    by_student: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for record in records:
        for sums in (by_slot[record.slot], by_student[record.key]):
            sums[0] += record.offered
            sums[1] += record.attended
    offered, attended = (sum(sums[place] for sums in by_slot.values()) for place in (0, 1))
    overall = (attended + ALL_CLINICS_WEIGHT * start) / (offered + ALL_CLINICS_WEIGHT)
    unknown = 1.0 / ((offered + ALL_CLINICS_WEIGHT) * overall * (1.0 - overall))  # variance of the rate's log-odds
    counts = [(n, came) for n, came in by_student.values() if n >= ENOUGH_OFFERS]
    return ShowRates(
        overall=overall,
        by_slot={slot: (came + SLOT_WEIGHT * overall) / (n + SLOT_WEIGHT) for slot, (n, came) in by_slot.items()},
        weight=_likeliest_weight(counts, overall) if len(counts) >= ENOUGH_STUDENTS else USUAL_WEIGHT,
        records={key: (n, came) for key, (n, came) in by_student.items()},
        spread=round(sqrt(WEEKS_DIFFER**2 + unknown), 6),
    )


def _likeliest_weight(counts: Sequence[tuple[int, int]], mean: float) -> float:
    """The weight under which the students' counts are likeliest; sorted first, so that no order of rows moves a digit."""
    mean = min(HIGHEST, max(LOWEST, mean))
    ordered = sorted(counts)
    return max(WEIGHTS, key=lambda weight: sum(_log_chance(n, came, mean, weight) for n, came in ordered))


def _log_chance(offered: int, attended: int, mean: float, weight: float) -> float:
    """Logarithm of the beta-binomial chance, the part that does not depend on the weight left out."""
    yes, no = mean * weight, (1.0 - mean) * weight
    missed = offered - attended
    return (
        lgamma(yes + attended)
        + lgamma(no + missed)
        - lgamma(weight + offered)
        + lgamma(weight)
        - lgamma(yes)
        - lgamma(no)
    )
