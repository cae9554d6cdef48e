"""The plan of clinics: what it promises, whatever the students, slots and settings."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from itertools import combinations, product
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as trying

from model.clinics.groups import Candidate, ClinicSettings, Plan, Slot, Topic
from model.clinics.head_counts import HeadCount, shifted
from model.clinics.plan import plan_clinics
from model.clinics.reasons import about_group, why_invited, why_not
from model.clinics.show_rates import ShowRates
from model.vocabulary import Decision, Strand
from tests.model.clinics import worlds

FRACTIONS = Topic(name="Fractions", strand=Strand.NUMBER, gap=0.9, told="6/20")
ANGLES = Topic(name="Angles", strand=Strand.GEOMETRY, gap=0.8)
MONDAY = Slot(name="Mon lunch", day=0, seats=2)
HALF = ShowRates(overall=0.5)
NO_OVERBOOKING = ClinicSettings(overflow=0.0)

many = trying(max_examples=120, deadline=None)


def overflow(chances: list[float], *, seats: int, spread: float) -> float:
    """The chance of more than `seats` heads, by adding up every way in which students can come or stay away."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(7)
    total = 0.0
    for place, weight in enumerate(weights / weights.sum()):
        now = [shifted(chance, spread)[place] for chance in chances]
        for coming in product((0, 1), repeat=len(now)):
            if sum(coming) > seats:
                total += weight * float(np.prod([p if come else 1 - p for p, come in zip(now, coming, strict=True)]))
    assert len(nodes) == 7
    return total


@pytest.mark.parametrize("spread", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("seats", [0, 1, 3, 9])
def test_the_head_count_is_that_of_every_way_to_come(seats: int, spread: float) -> None:
    chances = [0.1, 0.35, 0.5, 0.5, 0.8, 0.97]
    count = HeadCount.of(chances, seats=seats, spread=spread)
    assert count.overflow == pytest.approx(overflow(chances, seats=seats, spread=spread), abs=1e-12)
    assert count.expected == pytest.approx(sum(chances))


@given(worlds.candidates(), worlds.slots(), worlds.rates(), worlds.settings)
@many
def test_no_rule_is_ever_broken(
    people: list[Candidate], slots: list[Slot], rates: ShowRates, settings: ClinicSettings
) -> None:
    plan = plan_clinics(people, slots, rates, settings)
    at = {slot.name: slot for slot in slots}
    by_key = {one.key: one for one in people}
    for group in plan.groups:
        chances = [option.chance for option in group.invited]
        assert overflow(chances, seats=group.slot.seats, spread=rates.spread) <= settings.overflow + 1e-9
        assert len(group.topics) <= settings.topics
        assert not group.invited or group.held
    for key, places in plan.places().items():
        one = by_key[key]
        assert one.decision not in (Decision.REJECT, Decision.DEFER)
        assert one.priority is not None or one.decision is Decision.ACCEPT
        assert len(places) <= settings.each
        for option in places:
            slot = at[option.slot]
            assert slot.day not in one.unavailable
            assert slot.strand is None or option.topic.strand is slot.strand
            assert option.topic in one.topics or not one.topics
        for a, b in combinations((at[option.slot] for option in places), 2):
            assert not a.clashes(b)
    used = [group.slot for group in plan.groups if group.invited]
    for a, b in combinations(used, 2):
        assert not (a.overlaps(b) and set(a.staff) & set(b.staff))


@given(worlds.candidates(), worlds.slots(), worlds.rates(), worlds.settings)
@many
def test_everybody_is_told_why(
    people: list[Candidate], slots: list[Slot], rates: ShowRates, settings: ClinicSettings
) -> None:
    plan = plan_clinics(people, slots, rates, settings)
    places = plan.places()
    for one in people:
        if one.key in places:
            assert all(why_invited(plan, option) for option in places[one.key])
        else:
            assert why_not(plan, one.key)
            may = one.decision not in (Decision.REJECT, Decision.DEFER)
            assert may or plan.in_line(one.key) is None
    for group in plan.groups:
        assert about_group(group)
        assert not {option.key for option in group.waiting} & set(places)


@given(worlds.candidates(), worlds.slots(), worlds.rates(), worlds.settings)
@trying(max_examples=60, deadline=None)
def test_the_order_of_rows_changes_nothing(
    people: list[Candidate], slots: list[Slot], rates: ShowRates, settings: ClinicSettings
) -> None:
    plan = plan_clinics(people, slots, rates, settings)
    random = Random(len(people))
    mixed, moved = random.sample(people, len(people)), random.sample(slots, len(slots))
    again = plan_clinics(mixed, moved, rates, settings)
    assert again.groups_told() == plan.groups_told()


def students(count: int, topic: Topic = FRACTIONS) -> list[Candidate]:
    return [Candidate(key=f"id:{place:02}", priority=place, topics=(topic,)) for place in range(1, count + 1)]


def invited(plan: Plan) -> list[str]:
    return [option.key for group in plan.groups for option in group.invited]


def decided(people: list[Candidate], place: int, decision: Decision) -> list[Candidate]:
    return [replace(one, decision=decision) if number == place else one for number, one in enumerate(people)]


@pytest.mark.parametrize("settings", [ClinicSettings(), NO_OVERBOOKING])
@pytest.mark.parametrize("place", [0, 1])
def test_rejecting_one_frees_the_place_for_the_next_in_line(settings: ClinicSettings, place: int) -> None:
    people = students(9)
    before = plan_clinics(people, [MONDAY], HALF, settings)
    gone, following = people[place].key, before.groups[0].waiting[0].key
    assert gone in invited(before)
    after = plan_clinics(decided(people, place, Decision.REJECT), [MONDAY], HALF, settings)
    assert set(invited(after)) == set(invited(before)) - {gone} | {following}
    assert why_not(after, gone) == "You rejected a place"


def test_who_is_accepted_counts_before_all_others_together() -> None:
    people = decided(students(9), 8, Decision.ACCEPT)
    plan = plan_clinics(people, [MONDAY], HALF, NO_OVERBOOKING)
    assert invited(plan) == ["id:09", "id:01"]
    assert why_invited(plan, plan.groups[0].invited[0]).startswith("Accepted by you; priority 9")


def test_who_is_deferred_waits_and_leaves_the_place() -> None:
    plan = plan_clinics(decided(students(3), 0, Decision.DEFER), [MONDAY], HALF, NO_OVERBOOKING)
    assert invited(plan) == ["id:02", "id:03"]
    assert why_not(plan, "id:01").startswith("You deferred")


def test_recent_help_lowers_a_claim() -> None:
    people = [replace(one, recent=8 if one.key == "id:01" else 0) for one in students(3)]
    plan = plan_clinics(people, [MONDAY], HALF, NO_OVERBOOKING)
    assert invited(plan) == ["id:02", "id:03"]


def test_who_is_well_on_the_way_has_a_place_only_when_accepted() -> None:
    people = [replace(one, risk=0.05 if one.key == "id:01" else 0.6) for one in students(3)]
    plan = plan_clinics(people, [MONDAY], HALF, NO_OVERBOOKING)
    assert invited(plan) == ["id:02", "id:03"]
    assert why_not(plan, "id:01").startswith("On the way to the target (risk under 20 %)")
    assert invited(plan_clinics(decided(people, 0, Decision.ACCEPT), [MONDAY], HALF, NO_OVERBOOKING))[0] == "id:01"
    everybody = replace(NO_OVERBOOKING, least_risk=0.0)
    assert invited(plan_clinics(people, [MONDAY], HALF, everybody)) == ["id:01", "id:02"]


def test_nobody_is_sent_to_a_clinic_on_what_is_mastered() -> None:
    mastered, open_one = replace(FRACTIONS, share=0.8), replace(ANGLES, share=0.79)
    for topics, topic in (((mastered, open_one), ["Angles"]), ((mastered,), [])):
        plan = plan_clinics([replace(students(1)[0], topics=topics)], [MONDAY], HALF)
        assert [option.topic.name for option in plan.groups[0].invited] == topic
    assert why_not(plan, "id:01").startswith("No topic below 80 %")
    accepted = replace(students(1)[0], topics=(mastered,), decision=Decision.ACCEPT)
    assert len(plan_clinics([accepted], [MONDAY], HALF).groups[0].invited) == 1


def test_more_are_invited_the_fewer_come() -> None:
    counts = [
        plan_clinics(students(60), [replace(MONDAY, seats=6)], ShowRates(overall=rate)).groups[0].count.invited
        for rate in (0.2, 0.5, 0.8, 0.97)
    ]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 2 * counts[2]
    assert counts[-1] == 6


def test_an_empty_register_makes_a_first_plan_cautious() -> None:
    sure, unsure = (
        plan_clinics(students(60), [replace(MONDAY, seats=8)], ShowRates(overall=0.5, spread=spread)).groups[0].count
        for spread in (0.3, 1.0)
    )
    assert 8 < unsure.invited < sure.invited


def test_why_nobody_suits() -> None:
    number = Slot(name="Num", day=0, strand=Strand.NUMBER, seats=4)
    people = [
        Candidate(key="a", priority=1, topics=(ANGLES,)),
        Candidate(key="b", priority=2, topics=(FRACTIONS,), unavailable=frozenset({0})),
        Candidate(key="c", priority=None, topics=(FRACTIONS,)),
        Candidate(key="d", priority=None, decision=Decision.ACCEPT),
    ]
    plan = plan_clinics(people, [number], HALF)
    assert invited(plan) == []
    assert why_not(plan, "a") == "No clinic takes Geometry"
    assert why_not(plan, "b") == "Cannot come on Monday, when the clinics that would suit are held"
    assert why_not(plan, "c").startswith("Not enough data")
    assert why_not(plan, "d") == "No topic is known, and no clinic takes any strand"
    assert about_group(plan.groups[0]).startswith("Nobody is invited")


def test_who_is_accepted_without_a_score_goes_where_any_strand_is_taken() -> None:
    plan = plan_clinics([Candidate(key="d", priority=None, decision=Decision.ACCEPT)], [MONDAY], HALF)
    assert invited(plan) == ["d"]


def test_no_slot_and_nobody() -> None:
    assert plan_clinics(students(2), [], HALF).groups == ()
    assert why_not(plan_clinics(students(2), [], HALF), "id:01") == "There is no clinic"
    assert invited(plan_clinics([], [MONDAY], HALF)) == []


def test_one_member_of_staff_holds_one_clinic_at_a_time() -> None:
    a = Slot(name="A", day=0, seats=9, staff=("T. Example",), starts=720, ends=760)
    b = replace(a, name="B", starts=750, ends=790, staff=("t. example", "U. Other"), seats=1)
    plan = plan_clinics(students(6), [a, b], HALF, NO_OVERBOOKING)
    held = {group.slot.name: group for group in plan.groups}
    assert len(held["A"].invited) == 6
    assert not held["B"].held
    assert about_group(held["B"]).startswith("Not held")


def test_two_clinics_a_week_never_clash() -> None:
    early = Slot(name="Early", day=0, seats=3, starts=720, ends=760)
    late = replace(early, name="Late", starts=900, ends=940)
    untold = replace(early, name="Untold", starts=None, ends=None)
    settings = ClinicSettings(each=2, overflow=0.0)
    both = plan_clinics(students(1), [early, late], HALF, settings)
    assert len(both.places()["id:01"]) == 2
    one = plan_clinics(students(1), [early, untold], HALF, settings)
    assert len(one.places()["id:01"]) == 1


def test_the_plan_is_the_best_of_all_plans() -> None:
    """Against every way to fill two small clinics without overbooking."""
    random = Random(4)
    topics = [Topic(name=name, strand=strand, gap=0.0) for name, strand in (("A", Strand.NUMBER), ("B", Strand.RATIO))]
    for _ in range(25):
        people = [
            Candidate(
                key=f"id:{place}", priority=place, topics=tuple(replace(topic, gap=random.random()) for topic in topics)
            )
            for place in range(1, 6)
        ]
        slots = [
            Slot(name="N", day=0, strand=Strand.NUMBER, seats=1),
            Slot(name="R", day=1, strand=Strand.RATIO, seats=2),
        ]
        plan = plan_clinics(people, slots, HALF, replace(NO_OVERBOOKING, near_enough=0.0))
        options = {(o.key, o.slot): o.value for own in plan.options.values() for o in own}
        best = 0.0
        for places in product((None, "N", "R"), repeat=len(people)):
            used = Counter(places)
            if used["N"] <= 1 and used["R"] <= 2:
                best = max(best, sum(options[p.key, s] for p, s in zip(people, places, strict=True) if s is not None))
        assert plan.value == pytest.approx(best)
        assert plan.gap == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("any_strand", [0.0, 0.3, 1.0])
def test_a_year_of_two_hundred_with_twenty_slots(any_strand: float) -> None:
    people, slots, rates = worlds.school(200, 20, seed=1, any_strand=any_strand)
    began = time.process_time()
    plan = plan_clinics(people, slots, rates)
    # The processor's time of one thread: other work on the machine makes no plan slow.
    assert time.process_time() - began < 5
    assert max(group.count.overflow for group in plan.groups) <= 0.1 + 1e-9
    assert len(plan.places()) > 150
    assert 0 <= plan.gap < 0.5


def test_when_the_time_is_up_the_best_plan_so_far_is_given_and_its_gap_told() -> None:
    people, slots, rates = worlds.school(200, 20, seed=2, any_strand=1.0)
    plan = plan_clinics(people, slots, rates, ClinicSettings(seconds=0.1))
    assert plan.stopped
    assert plan.gap > 0
    assert len(plan.places()) > 150
    assert max(group.count.overflow for group in plan.groups) <= 0.1 + 1e-9


def test_the_solver_prints_nothing_of_its_own() -> None:
    code = (
        "from tests.model.clinics.worlds import school\nfrom model.clinics.plan import plan_clinics\n"
        "for seed in range(3):\n    plan_clinics(*school(45, 3, seed=seed))\nprint('done')"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("done\n", "")


def test_a_limit_next_to_nothing_is_no_overbooking() -> None:
    students = tuple(Candidate(key=str(place), priority=place + 1, risk=0.8, topics=(FRACTIONS,)) for place in range(4))
    plans = [
        plan_clinics(students, (MONDAY,), rates=HALF, settings=ClinicSettings(overflow=limit))
        for limit in (0.0, 5e-324)
    ]
    assert [[option.key for group in plan.groups for option in group.invited] for plan in plans] == [["0", "1"]] * 2
