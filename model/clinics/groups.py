"""What a plan of clinics is made of: slots, topics, candidates, options, groups, and the plan itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from model.clinics.head_counts import HeadCount
from model.clinics.settings import ClinicSettings
from model.vocabulary import Decision, Strand

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


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
