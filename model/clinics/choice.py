"""Chooses the places: a mixed-integer linear programme (HiGHS through scipy), then the exact rule of overflow.

How many may be invited to a slot is no linear rule: the chance that more come than there are seats depends on who is chosen.
So the programme works with a linear stand-in that is right for students of the slot's usual rate: a student takes up
w = p + z p(1-p) / (2 sqrt(V)), the chance to come and a part of the spread of the head count, and the sum may not pass what the
most students of the usual rate take up (V is the spread of their head count, z the normal quantile of the limit; a tangent to a
concave curve, so that a group whose spread differs is never thought smaller than it is). What it chooses is then held to the rule
itself, by the exact Poisson-binomial chance: the least valuable places go while the chance passes the limit, and further ones are
given, most valuable first, while it does not.

Whom the teacher accepted is placed in a first round, by itself, everybody else in a second on what is left: no number of others
outweighs one who was accepted.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum, sqrt
from statistics import NormalDist

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from model.clinics.groups import Candidate, ClinicSettings, Option, Slot
from model.clinics.head_counts import HeadCount, most_alike
from model.clinics.show_rates import ShowRates
from model.quiet import quiet
from model.vocabulary import Decision

_STOPPED_BY_TIME = 1  # scipy's status of a time or node limit


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """The places; how far from the best at most, as a share; whether the time was up; and slots that their staff cannot hold."""

    places: tuple[Option, ...]
    gap: float
    stopped: bool
    not_held: frozenset[str]


@dataclass(kw_only=True)
class _State:
    """What has been given so far."""

    slots: dict[str, Slot]
    settings: ClinicSettings
    places: list[Option] = field(default_factory=list)
    counts: dict[str, HeadCount] = field(default_factory=dict)

    def copy(self) -> _State:
        return _State(slots=self.slots, settings=self.settings, places=[*self.places], counts={**self.counts})

    @property
    def value(self) -> float:
        return fsum(option.value for option in self.places)

    def topics(self, slot: str) -> set[str]:
        return {option.topic.name for option in self.places if option.slot == slot}

    def of(self, key: str) -> list[Option]:
        return [option for option in self.places if option.key == key]

    def may(self, option: Option) -> bool:
        """Whether a place can be given without breaking any rule."""
        slot, own = self.slots[option.slot], self.of(option.key)
        topics = self.topics(option.slot)
        return (
            len(own) < self.settings.each
            and not any(slot.clashes(self.slots[other.slot]) for other in own)
            and (option.topic.name in topics or len(topics) < self.settings.topics)
            and not self.staff_elsewhere(slot)
            and self.counts[option.slot].with_one(option.chance).fits(self.settings.overflow)
        )

    def staff_elsewhere(self, slot: Slot) -> bool:
        used = {option.slot for option in self.places}
        return any(name != slot.name and share_staff(slot, self.slots[name]) for name in used)

    def give(self, option: Option) -> None:
        self.places.append(option)
        self.counts[option.slot] = self.counts[option.slot].with_one(option.chance)

    def take(self, option: Option) -> None:
        self.places.remove(option)
        left = [other.chance for other in self.places if other.slot == option.slot]
        self.counts[option.slot] = HeadCount.of(
            left, seats=self.slots[option.slot].seats, spread=self.counts[option.slot].spread
        )


def share_staff(one: Slot, other: Slot) -> bool:
    """Whether two slots need the same person at the same time."""
    return one.overlaps(other) and bool(
        {name.casefold() for name in one.staff} & {name.casefold() for name in other.staff}
    )


def choose(
    people: Mapping[str, Candidate],
    slots: Sequence[Slot],
    options: Mapping[str, tuple[Option, ...]],
    rates: ShowRates,
    settings: ClinicSettings,
) -> Chosen:
    """The places of a plan; see `model.clinics.plan.plan_clinics`, which says what is promised."""
    state = _State(slots={slot.name: slot for slot in slots}, settings=settings)
    state.counts = {slot.name: HeadCount.of((), seats=slot.seats, spread=rates.spread) for slot in slots}
    until = time.monotonic() + settings.seconds
    bound, stopped = 0.0, False
    accepted = {key for key, one in people.items() if one.decision is Decision.ACCEPT}
    for keys in (accepted, set(people) - accepted):
        wanted = [option for key in sorted(keys) for option in options[key]]
        if not wanted:
            continue
        picked, best, out_of_time = _solve(wanted, state, rates, until - time.monotonic())
        solved, plain = state.copy(), state.copy()
        for option in picked:
            solved.give(option)
        _hold_to_the_rule(solved, picked)
        _fill(solved, wanted)
        # One by one, most valuable first: what is done where the time was up before the programme found better.
        _fill(plain, wanted)
        before = state.value
        state = plain if plain.value > solved.value else solved
        bound, stopped = bound + max(best, state.value - before), stopped or out_of_time
    busy = frozenset(slot.name for slot in slots if not state.topics(slot.name) and state.staff_elsewhere(slot))
    gap = (bound - state.value) / bound if bound > 0 else 0.0
    return Chosen(places=tuple(state.places), gap=max(0.0, gap), stopped=stopped, not_held=busy)


def _solve(
    wanted: Sequence[Option], state: _State, rates: ShowRates, seconds: float
) -> tuple[list[Option], float, bool]:
    """The best places under the linear stand-in, beside those that have been given; what their value cannot pass; time up."""
    settings, slots = state.settings, state.slots
    names = list(slots)
    rivals = [(a, b) for number, a in enumerate(names) for b in names[number + 1 :] if share_staff(slots[a], slots[b])]
    topics = sorted({(option.slot, option.topic.name) for option in wanted})
    n, m, k = len(wanted), len(topics), len(names)
    topic_at = {pair: n + place for place, pair in enumerate(topics)}
    held_at = {name: n + m + place for place, name in enumerate(names)}
    rules = _Rules(n + m + k)

    by_slot, by_student = defaultdict(list), defaultdict(list)
    for place, option in enumerate(wanted):
        by_slot[option.slot].append(place)
        by_student[option.key].append(place)
    most = len(by_student) + len(state.places)
    for name, places in by_slot.items():
        usual = rates.of_slot(name)
        taken = [option for option in state.places if option.slot == name]
        weight, room = _stand_in(usual, rates.spread, seats=slots[name].seats, limit=settings.overflow, most=most)
        room -= sum(weight(option.chance) for option in taken)
        rules.at_most(room, {place: weight(wanted[place].chance) for place in places})
        # So many topics at a time, those counted that are given already; a slot that is not held takes none.
        there = state.topics(name)
        new = [topic_at[pair] for pair in topics if pair[0] == name and pair[1] not in there]
        rules.at_most(0.0, {**dict.fromkeys(new, 1.0), held_at[name]: -float(settings.topics - len(there))})
        for place in places:
            if wanted[place].topic.name not in there:
                rules.at_most(0.0, {place: 1.0, topic_at[name, wanted[place].topic.name]: -1.0})
            elif rivals:
                rules.at_most(0.0, {place: 1.0, held_at[name]: -1.0})
    for places in by_student.values():
        rules.at_most(float(settings.each), dict.fromkeys(places, 1.0))
        if settings.each > 1:
            for one in {wanted[place].slot for place in places}:
                together = [place for place in places if slots[one].clashes(slots[wanted[place].slot])]
                for place in together:
                    rules.at_most(1.0, {place: 1.0} | {p: 1.0 for p in together if wanted[p].slot == one})
    for one, other in rivals:
        rules.at_most(1.0, {held_at[one]: 1.0, held_at[other]: 1.0})

    value = np.zeros(n + m + k)
    value[:n] = [option.value for option in wanted]
    low, high = np.zeros(n + m + k), np.ones(n + m + k)
    for name in {option.slot for option in state.places}:
        low[held_at[name]] = 1.0
    # The solver prints by itself, where a reader of JSON would trip over it.
    with quiet(sys.stdout, 1):
        found = milp(
            c=-value,
            constraints=rules.constraint(),
            integrality=np.ones(n + m + k, dtype=np.int64),
            bounds=Bounds(low, high),
            options={"time_limit": max(0.1, seconds), "mip_rel_gap": settings.near_enough},
        )
    stopped = found.status == _STOPPED_BY_TIME
    bound = value.sum() if found.mip_dual_bound is None else min(value.sum(), -found.mip_dual_bound)
    if found.x is None:  # the time was up before any plan
        return [], float(bound), stopped
    return [option for option, x in zip(wanted, found.x[:n], strict=True) if x > 0.5], float(bound), stopped


def _stand_in(
    usual: float, wide: float, *, seats: int, limit: float, most: int
) -> tuple[Callable[[float], float], float]:
    """What a student takes up by the chance to come, and how much a slot has."""
    alike = most_alike(usual, seats=seats, limit=limit, most=most, spread=wide)
    spread = alike * usual * (1.0 - usual)
    if 1.0 - limit >= 1.0 or spread <= 0.0:  # next to nothing is nothing: it has no quantile
        return (lambda chance: 1.0), float(seats)
    z = NormalDist().inv_cdf(1.0 - limit)

    def weight(chance: float) -> float:
        return chance + z * chance * (1.0 - chance) / (2.0 * sqrt(spread))

    # Where all can be invited at the usual rate they need not fit at theirs: seats that are more than heads bind nobody.
    return weight, alike * weight(usual) if alike < most else max(alike * weight(usual), float(seats))


def _hold_to_the_rule(state: _State, picked: Sequence[Option]) -> None:
    """Take the least valuable of the newly given places back while the exact chance of overflow passes the limit."""
    for name in state.slots:
        given = sorted((o for o in picked if o.slot == name), key=lambda o: (o.value, o.key))
        for option in given:
            if state.counts[name].fits(state.settings.overflow):
                break
            state.take(option)


def _fill(state: _State, wanted: Sequence[Option]) -> None:
    """Give further places, most valuable first, as long as no rule breaks."""
    for option in sorted(wanted, key=lambda o: (-o.value, o.key, o.slot, o.topic.name)):
        if option.value > 0 and state.may(option):
            state.give(option)


class _Rules:
    """Rows of a sparse matrix: sums that may not pass a bound."""

    def __init__(self, variables: int) -> None:
        self._variables = variables
        self._rows: list[int] = []
        self._columns: list[int] = []
        self._factors: list[float] = []
        self._bounds: list[float] = []

    def at_most(self, bound: float, factors: Mapping[int, float]) -> None:
        self._rows += [len(self._bounds)] * len(factors)
        self._columns += factors.keys()
        self._factors += factors.values()
        self._bounds.append(max(0.0, bound) if bound < 0 and not any(f < 0 for f in factors.values()) else bound)

    def constraint(self) -> LinearConstraint:
        shape = (len(self._bounds), self._variables)
        matrix = coo_array((self._factors, (self._rows, self._columns)), shape=shape).tocsr()
        return LinearConstraint(matrix, ub=np.array(self._bounds))
