"""What a plan of clinics is made of: settings, slots, topics, candidates, options, groups, and the plan itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from model.clinics.head_counts import HeadCount
from model.vocabulary import Decision, Strand

SECONDS = 3.0
"""How long the best plan is looked for; a year of 200 with 20 slots is to be planned within 5 seconds."""

NEAR_ENOUGH = 0.005
"""Far below what need, gap and chance to come are known to."""


@dataclass(frozen=True, kw_only=True)
class ClinicSettings:
    """The settings of a plan; each is a defined name `clinic_...` of the sheet Setup.

    The objective is the sum, over all places given, of

        need^weight_need x chance to come^weight_show x gap^weight_gap x (1 - recent_help)^(clinics attended lately)

    where need falls evenly from 1 for priority 1 to 1/n for priority n, and gap is the share of the class that stands above
    the student in the topic. It is a heuristic until a school has outcomes of its own.

    Args:
        seats: Seats of a clinic that says nothing of its own.
        overflow: The largest chance, 0 to 0.5, that more students come than there are seats; 0 is no overbooking.
        show_rate: The chance to come that is started from, above 0 and below 1.
        each: Clinics that one student is given in a week, from 1.
        topics: Topics that one clinic takes at a time, from 1.
        least_risk: Below this risk, 0 to 1, a student is given a place only where the teacher accepts it. One in five, by default:
            a seat for somebody who needs no help is better kept for one who walks in.
        mastered: The share of a topic's marks, 0 to 1, from which it is no reason for a clinic. 80 % is the usual mark of mastery
            learning (Bloom 1968); above 1 leaves it out.
        weight_need, weight_show, weight_gap: Powers in the objective, 0 to 5; 0 leaves a factor out.
        recent_help: Part by which each clinic attended in the last six weeks lowers a student's claim, 0 to 0.9.
        seconds: The longest time to look for the best plan.
        near_enough: The search ends where it is proved that no plan is better by more than this share.

    Example:
        >>> ClinicSettings().overflow, ClinicSettings().each
        (0.1, 1)
    """

    seats: int = 8
    overflow: float = 0.10
    show_rate: float = 0.5
    each: int = 1
    topics: int = 2
    least_risk: float = 0.20
    mastered: float = 0.80
    weight_need: float = 1.0
    weight_show: float = 1.0
    weight_gap: float = 1.0
    recent_help: float = 0.15
    seconds: float = SECONDS
    near_enough: float = NEAR_ENOUGH


RANGES: dict[str, tuple[float, float]] = {
    "seats": (1, 60),
    "overflow": (0.0, 0.5),
    "show_rate": (0.01, 0.99),
    "each": (1, 5),
    "topics": (1, 6),
    "least_risk": (0.0, 1.0),
    "mastered": (0.3, 1.1),
    "weight_need": (0.0, 5.0),
    "weight_show": (0.0, 5.0),
    "weight_gap": (0.0, 5.0),
    "recent_help": (0.0, 0.9),
}
"""Setting -> the lowest and highest value that makes sense; whole numbers where the default is one."""

TO_BE_AGREED = "to be agreed"
"""The topic of a student of whom none is known."""


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A weekly clinic.

    Args:
        name: Unique among the slots.
        day: 0 for Monday to 6 for Sunday.
        strand: The strand that it takes, None for any.
        seats: From 1.
        staff: Who holds it.
        starts, ends: Minutes after midnight; None where the time is not told.
        room: Where it is held; for those who are invited, not for the plan.
    """

    name: str
    day: int
    strand: Strand | None = None
    seats: int
    staff: tuple[str, ...] = ()
    starts: int | None = None
    ends: int | None = None
    room: str = ""

    @property
    def order(self) -> tuple[int, int, str]:
        """Slots are told and filled in this order."""
        return self.day, -1 if self.starts is None else self.starts, self.name

    def overlaps(self, other: Slot) -> bool:
        """Whether both are surely held at the same time."""
        if self.starts is None or self.ends is None or other.starts is None or other.ends is None:
            return False
        return self.day == other.day and self.starts < other.ends and other.starts < self.ends

    def clashes(self, other: Slot) -> bool:
        """Whether a student must not be given both: on one day, unless both times are told and apart."""
        apart = None not in (self.starts, self.ends, other.starts, other.ends) and not self.overlaps(other)
        return self.day == other.day and not apart


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A topic that a student could work on.

    Args:
        name: The topic, or the strand where no topic is known.
        strand: Its strand, None where that is not known.
        gap: The share of the class that stands above the student in it, 0 to 1.
        told: The marks behind it, such as "6/20", "" without.
        share: The share of its marks that were earned, 0 to 1; None where that is not known.
    """

    name: str
    strand: Strand | None
    gap: float
    told: str = ""
    share: float | None = None


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A student as the plan sees one.

    Args:
        key: Identity.
        priority: 1 for who comes first, None without a score.
        decision: The teacher's.
        topics: Weakest first.
        unavailable: Days (0 to 6) on which the student cannot come.
        recent: Clinics attended in the last six weeks.
        risk: Of missing the target, 0 to 1; None where it is not asked about.
    """

    key: str
    priority: int | None
    decision: Decision = Decision.NONE
    topics: tuple[Topic, ...] = ()
    unavailable: frozenset[int] = frozenset()
    recent: int = 0
    risk: float | None = None

    def needs_little(self, settings: ClinicSettings) -> bool:
        """Whether the risk is too low for a place that nobody asked for."""
        accepted = self.decision is Decision.ACCEPT
        return not accepted and self.risk is not None and self.risk < settings.least_risk

    def to_work_on(self, settings: ClinicSettings) -> tuple[Topic, ...]:
        """The topics that are not mastered; of an accepted student who has mastered all of them, all."""
        open_ones = tuple(each for each in self.topics if each.share is None or each.share < settings.mastered)
        return open_ones or (self.topics if self.decision is Decision.ACCEPT else ())


@dataclass(frozen=True, kw_only=True)
class Option:
    """A place that a student could have: slot, topic, its value in the objective, and the chance to come."""

    key: str
    slot: str
    topic: Topic
    value: float
    chance: float


@dataclass(frozen=True, kw_only=True)
class Group:
    """One slot of the plan.

    Args:
        slot: The slot.
        invited: Who is invited, the most valuable place first.
        count: How many of them will come.
        waiting: Who would be next in line for a place that falls free, first first.
        held: False where its staff hold another clinic at that time.
    """

    slot: Slot
    invited: tuple[Option, ...]
    count: HeadCount
    waiting: tuple[Option, ...]
    held: bool = True

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics of the group, by name."""
        return tuple(sorted({option.topic.name for option in self.invited}))


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One week's groups.

    Args:
        groups: One per slot, by day, time and name.
        candidates: Student -> candidate.
        options: Student -> every place that the student could have.
        value: The objective's value.
        gap: At most how far, as a share, the value is below the best of the linear problem; 0 where it is the best.
        stopped: The time was up before the best plan was proved.
        settings: What the plan was made with.
    """

    groups: tuple[Group, ...]
    candidates: Mapping[str, Candidate]
    options: Mapping[str, tuple[Option, ...]]
    value: float
    gap: float
    stopped: bool
    settings: ClinicSettings

    def places(self) -> dict[str, tuple[Option, ...]]:
        """Student -> the places given, for those who have one: what a letter is written from."""
        found: dict[str, list[Option]] = defaultdict(list)
        for group in self.groups:
            for option in group.invited:
                found[option.key].append(option)
        return {key: tuple(places) for key, places in sorted(found.items())}

    def groups_told(self) -> list[tuple[str, tuple[Option, ...], tuple[Option, ...]]]:
        """Slot, who is invited and who waits, in a form that can be compared."""
        return [(group.slot.name, group.invited, group.waiting) for group in self.groups]

    def in_line(self, key: str) -> tuple[int, str] | None:
        """The best place in a line for which a student waits: (place from 1, slot); None where there is none."""
        places = [
            (place, group.slot.name)
            for group in self.groups
            for place, option in enumerate(group.waiting, start=1)
            if option.key == key
        ]
        return min(places, key=lambda pair: pair[0]) if places else None
