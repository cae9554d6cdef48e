"""From students and slots to clinic groups: who is invited where, on which topic, who is next, and why.

    candidates, slots, show rates -> options with their value -> accepted first, then the others (model/clinics/choice.py)
    -> groups by topic, head counts, next in line, reasons (model/clinics/reasons.py)

Everything is ordered by identity and by day and name of the slot, so that no order of rows changes a plan.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from model.clinics.groups import TO_BE_AGREED, Candidate, ClinicSettings, Group, Option, Plan, Slot, Topic
from model.clinics.head_counts import HeadCount
from model.clinics.show_rates import ShowRates
from model.vocabulary import Decision

USUAL = ClinicSettings()

TOPICS_FOR_ANY = 3
"""A clinic for any strand takes a student for one of this many weakest topics."""


def plan_clinics(
    candidates: Sequence[Candidate],
    slots: Sequence[Slot],
    rates: ShowRates,
    settings: ClinicSettings = USUAL,
) -> Plan:
    """The plan of one week.

    Args:
        candidates: The students, in any order; keys unique.
        slots: The clinics, in any order; names unique.
        rates: Who is likely to come.
        settings: Limits and weights.

    Returns:
        Groups whose chance of overflow is within the setting, exactly; a student has at most `settings.each` places and none
        that clash; whom the teacher rejected or deferred has none. Nobody to plan for, or no slot, gives empty groups.

    Raises:
        ValueError: Keys or names repeat (a programming error).

    Example:
        >>> from model.vocabulary import Strand
        >>> weak = Topic(name="Fractions", strand=Strand.NUMBER, gap=0.9)
        >>> students = [Candidate(key=key, priority=place, topics=(weak,)) for place, key in enumerate("abcd", start=1)]
        >>> made = plan_clinics(students, [Slot(name="Mon lunch", day=0, seats=1)], ShowRates(overall=0.5))
        >>> [option.key for option in made.groups[0].invited], [option.key for option in made.groups[0].waiting]
        (['a'], ['b', 'c', 'd'])
    """
    from model.clinics.choice import choose  # scipy.optimize is heavy, and scoring reads this module's words without it

    people = {one.key: one for one in sorted(candidates, key=lambda one: one.key)}
    ordered = sorted(slots, key=lambda slot: slot.order)
    if len(people) != len(candidates) or len({slot.name for slot in slots}) != len(slots):
        raise ValueError("keys or names of slots repeat")
    scored = sum(one.priority is not None for one in people.values())
    options = {one.key: _options(one, ordered, rates, settings, scored) for one in people.values()}
    chosen = choose(people, ordered, options, rates, settings)
    given: dict[str, int] = defaultdict(int)
    for option in chosen.places:
        given[option.key] += 1
    groups = tuple(
        _group(slot, chosen.places, people, options, given, chosen.not_held, rates.spread) for slot in ordered
    )
    return Plan(
        groups=groups,
        candidates=people,
        options=options,
        value=sum(option.value for option in chosen.places),
        gap=chosen.gap,
        stopped=chosen.stopped,
        settings=settings,
    )


def _options(
    one: Candidate, slots: Sequence[Slot], rates: ShowRates, settings: ClinicSettings, scored: int
) -> tuple[Option, ...]:
    if one.decision in (Decision.REJECT, Decision.DEFER):
        return ()
    if one.priority is None and one.decision is not Decision.ACCEPT:
        return ()
    topics = one.to_work_on(settings)
    if one.needs_little(settings) or (one.topics and not topics):
        return ()
    # Whom the teacher accepts without a score is taken at the teacher's word.
    need = 1.0 if one.priority is None else (scored + 1 - one.priority) / scored
    claim = need**settings.weight_need * (1.0 - settings.recent_help) ** one.recent
    topics = topics or (Topic(name=TO_BE_AGREED, strand=None, gap=0.5),)
    return tuple(
        Option(
            key=one.key,
            slot=slot.name,
            topic=topic,
            value=claim * chance**settings.weight_show * topic.gap**settings.weight_gap,
            chance=chance,
        )
        for slot in slots
        if slot.day not in one.unavailable
        for chance in (rates.rate(one.key, slot.name),)
        for topic in fitting(topics, slot)
    )


def fitting(topics: Sequence[Topic], slot: Slot) -> tuple[Topic, ...]:
    """The topics for which a slot would take a student."""
    if slot.strand is None:
        return tuple(topics[:TOPICS_FOR_ANY])
    return tuple(topic for topic in topics if topic.strand is slot.strand)


def _group(
    slot: Slot,
    places: Sequence[Option],
    people: Mapping[str, Candidate],
    options: Mapping[str, tuple[Option, ...]],
    given: Mapping[str, int],
    not_held: frozenset[str],
    spread: float,
) -> Group:
    def first(option: Option) -> tuple[bool, float, str]:
        return people[option.key].decision is not Decision.ACCEPT, -option.value, option.key

    invited = sorted((option for option in places if option.slot == slot.name), key=first)
    best: dict[str, Option] = {}
    for key, possible in options.items():
        for option in possible:
            if option.slot == slot.name and not given.get(key) and slot.name not in not_held:
                known = best.get(key)
                best[key] = option if known is None or option.value > known.value else known
    return Group(
        slot=slot,
        invited=tuple(invited),
        count=HeadCount.of((option.chance for option in invited), seats=slot.seats, spread=spread),
        waiting=tuple(sorted(best.values(), key=first)),
        held=slot.name not in not_held,
    )
