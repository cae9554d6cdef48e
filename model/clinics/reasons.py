"""Why a student has a place, or has none: the plan in words, for the teacher."""

from __future__ import annotations

from model.clinics.groups import Candidate, Group, Option, Plan
from model.clinics.plan import fitting
from model.vocabulary import WEEKDAYS, Decision, Strand, counted


def why_invited(plan: Plan, option: Option) -> str:
    """Why a student has this place.

    Example:
        >>> from model.clinics.plan import plan_clinics
        >>> from model.clinics.groups import Slot, Topic
        >>> from model.clinics.show_rates import ShowRates
        >>> weak = Topic(name="Fractions", strand=Strand.NUMBER, gap=0.9, told="6/20")
        >>> one = Candidate(key="a", priority=1, topics=(weak,), recent=1)
        >>> made = plan_clinics([one], [Slot(name="Mon lunch", day=0, seats=8)], ShowRates(overall=0.5))
        >>> why_invited(made, made.groups[0].invited[0])
        'Priority 1; Fractions 6/20; likely to come: 50 %; attended 1 clinic in the last six weeks'
    """
    one = plan.candidates[option.key]
    parts = []
    if one.decision is Decision.ACCEPT:
        parts.append("accepted by you")
    if one.priority is not None:
        parts.append(f"priority {one.priority}")
    parts.append(f"{option.topic.name} {option.topic.told}".strip())
    parts.append(f"likely to come: {option.chance:.0%}".replace("%", " %"))
    if one.recent:
        parts.append(f"attended {counted(one.recent, 'clinic')} in the last six weeks")
    return _sentence("; ".join(parts))


def why_not(plan: Plan, key: str) -> str:
    """Why a student has no place, and where the student is next in line.

    Example:
        >>> from model.clinics.plan import plan_clinics
        >>> from model.clinics.groups import Slot
        >>> from model.clinics.show_rates import ShowRates
        >>> one = Candidate(key="a", priority=1, decision=Decision.REJECT)
        >>> made = plan_clinics([one], [Slot(name="Mon lunch", day=0, seats=8)], ShowRates(overall=0.5))
        >>> why_not(made, "a")
        'You rejected a place'
    """
    one = plan.candidates[key]
    if one.decision is Decision.REJECT:
        return "You rejected a place"
    if one.decision is Decision.DEFER:
        return "You deferred; looked at again when the decision is Accept or empty"
    if one.priority is None and one.decision is not Decision.ACCEPT:
        return "Not enough data to say what would help; enter Accept to give a place all the same"
    if one.needs_little(plan.settings):
        limit = _percent(plan.settings.least_risk)
        return f"On the way to the target (risk under {limit}); enter Accept to give a place all the same"
    if one.topics and not one.to_work_on(plan.settings):
        return f"No topic below {_percent(plan.settings.mastered)}; enter Accept to give a place all the same"
    if plan.options[key]:
        place = plan.in_line(key)
        if place is None:
            return "The clinics that would suit are not held: their staff hold another at that time"
        number, slot = place
        return f"The seats went to others; {'next' if number == 1 else f'number {number}'} in line for {slot}"
    return _nothing_suits(plan, one)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _nothing_suits(plan: Plan, one: Candidate) -> str:
    held = [group.slot for group in plan.groups]
    if not held:
        return "There is no clinic"
    topics = one.to_work_on(plan.settings)
    suiting = [slot for slot in held if (not topics and slot.strand is None) or fitting(topics, slot)]
    if suiting:
        days = ", ".join(WEEKDAYS[day] for day in sorted({slot.day for slot in suiting}))
        return f"Cannot come on {days}, when the clinics that would suit are held"
    if not topics:
        return "No topic is known, and no clinic takes any strand"
    strands = sorted({topic.strand.value for topic in topics if isinstance(topic.strand, Strand)})
    return f"No clinic takes {' or '.join(strands)}"


def about_group(group: Group) -> str:
    """One slot in a sentence.

    Example:
        >>> from model.clinics.groups import Slot
        >>> from model.clinics.head_counts import HeadCount
        >>> slot = Slot(name="Mon lunch", day=0, seats=8)
        >>> about_group(Group(slot=slot, invited=(), count=HeadCount.of((), seats=8), waiting=()))
        'Nobody is invited: no student has a topic that it takes, or all who have were placed elsewhere'
    """
    if not group.held:
        return "Not held: its staff hold another clinic at that time"
    if not group.invited:
        return "Nobody is invited: no student has a topic that it takes, or all who have were placed elsewhere"
    return (
        f"{group.count.invited} invited for {counted(group.slot.seats, 'seat')}; {group.count.expected:.1f} expected; chance of "
        f"more than {group.slot.seats}: {100 * group.count.overflow:.0f} %"
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
