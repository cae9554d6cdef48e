"""Why a student has a place, or has none: the plan in words, for the teacher."""

from __future__ import annotations

from model.clinics.groups import Candidate, Group, Option, Plan
from model.clinics.plan import fitting
from model.language.speech import ENGLISH, Language
from model.vocabulary import WEEKDAYS, Decision, Strand


def why_invited(plan: Plan, option: Option, *, language: Language = ENGLISH) -> str:
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
        parts.append(language.gettext("accepted by you"))
    if one.priority is not None:
        parts.append(language.gettext("priority %(number)s", number=one.priority))
    parts.append(f"{option.topic.name} {option.topic.told}".strip())
    # Translators: how likely the student is to come to the clinic.
    parts.append(language.gettext("likely to come: %(value)s %%", value=f"{100 * option.chance:.0f}"))
    if one.recent:
        parts.append(
            language.ngettext(
                "attended %(number)s clinic in the last six weeks",
                "attended %(number)s clinics in the last six weeks",
                one.recent,
            )
        )
    return _sentence("; ".join(parts))


def why_not(plan: Plan, key: str, *, language: Language = ENGLISH) -> str:
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
    one, say = plan.candidates[key], language.gettext
    # Translators: Accept is what a teacher enters; the word stays as it is.
    if one.decision is Decision.REJECT:
        return say("You rejected a place")
    if one.decision is Decision.DEFER:
        return say("You deferred; looked at again when the decision is Accept or empty")
    if one.priority is None and one.decision is not Decision.ACCEPT:
        return say("Not enough data to say what would help; enter Accept to give a place all the same")
    if one.needs_little(plan.settings):
        return say(
            "On the way to the target (risk under %(value)s %%); enter Accept to give a place all the same",
            value=_percent(plan.settings.least_risk),
        )
    if one.topics and not one.to_work_on(plan.settings):
        return say(
            "No topic below %(value)s %%; enter Accept to give a place all the same",
            value=_percent(plan.settings.mastered),
        )
    if plan.options[key]:
        place = plan.in_line(key)
        if place is None:
            return say("The clinics that would suit are not held: their staff hold another at that time")
        number, slot = place
        if number == 1:
            return say("The seats went to others; next in line for %(slot)s", slot=slot)
        return say("The seats went to others; number %(number)s in line for %(slot)s", number=number, slot=slot)
    return _nothing_suits(plan, one, language)


def in_line(place: int, *, language: Language = ENGLISH) -> str:
    """What is said of a student who is in line.

    Example:
        >>> in_line(2)
        'Number 2 in line, should a place fall free'
    """
    return language.gettext("Number %(number)s in line, should a place fall free", number=place)


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"


def _nothing_suits(plan: Plan, one: Candidate, language: Language) -> str:
    say, held = language.gettext, [group.slot for group in plan.groups]
    if not held:
        return say("There is no clinic")
    topics = one.to_work_on(plan.settings)
    suiting = [slot for slot in held if (not topics and slot.strand is None) or fitting(topics, slot)]
    if suiting:
        days = ", ".join(language.weekday(WEEKDAYS[day]) for day in sorted({slot.day for slot in suiting}))
        # Translators: "days" are weekdays, apart by commas.
        return say("Cannot come on %(days)s, when the clinics that would suit are held", days=days)
    if not topics:
        return say("No topic is known, and no clinic takes any strand")
    strands = sorted({topic.strand.value for topic in topics if isinstance(topic.strand, Strand)})
    # Translators: "strands" are strands of the course, such as: Algebra or Number.
    return say("No clinic takes %(strands)s", strands=language.alternatives(strands))


def about_group(group: Group, *, language: Language = ENGLISH) -> str:
    """One slot in a sentence.

    Example:
        >>> from model.clinics.groups import Slot
        >>> from model.clinics.head_counts import HeadCount
        >>> slot = Slot(name="Mon lunch", day=0, seats=8)
        >>> about_group(Group(slot=slot, invited=(), count=HeadCount.of((), seats=8), waiting=()))
        'Nobody is invited: no student has a topic that it takes, or all who have were placed elsewhere'
    """
    if not group.held:
        return language.gettext("Not held: its staff hold another clinic at that time")
    if not group.invited:
        return language.gettext(
            "Nobody is invited: no student has a topic that it takes, or all who have were placed elsewhere"
        )
    return language.ngettext(
        "%(invited)s invited for %(number)s seat; %(expected)s expected; chance of more than %(number)s: %(chance)s %%",
        "%(invited)s invited for %(number)s seats; %(expected)s expected; chance of more than %(number)s: %(chance)s %%",
        group.slot.seats,
        invited=group.count.invited,
        expected=language.number(group.count.expected, 1),
        chance=f"{100 * group.count.overflow:.0f}",
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
