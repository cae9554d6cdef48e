"""Students and slots for tests of clinics: random ones for Hypothesis, and a large school from a seed."""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st

from model.clinics.groups import Candidate, ClinicSettings, Slot, Topic
from model.clinics.show_rates import Attendance, ShowRates, learn
from model.vocabulary import STRANDS, Decision

MOST_STUDENTS, MOST_SLOTS = 12, 4

topics = st.builds(
    Topic,
    name=st.sampled_from(("A", "B", "C")),
    strand=st.sampled_from(STRANDS[:3]),
    gap=st.sampled_from((0.2, 0.5, 0.9)),
)
"""Few different values, so that ties are the rule."""


@st.composite
def candidates(draw: st.DrawFn) -> list[Candidate]:
    """Some students, a few of them decided about or without a score."""
    count = draw(st.integers(0, MOST_STUDENTS))
    places = draw(st.permutations(range(1, count + 1)))
    scored = draw(st.lists(st.booleans() | st.just(True), min_size=count, max_size=count))
    return [
        Candidate(
            key=f"id:{number:02}",
            priority=place if scored[number] else None,
            decision=draw(st.sampled_from([Decision.NONE, Decision.NONE, *Decision])),
            topics=tuple(draw(st.lists(topics, max_size=3, unique_by=lambda topic: topic.name))),
            unavailable=frozenset(draw(st.lists(st.integers(0, 4), max_size=2))),
            recent=draw(st.integers(0, 3)),
        )
        for number, place in enumerate(places)
    ]


@st.composite
def slots(draw: st.DrawFn) -> list[Slot]:
    """Some slots: at times that clash or not, with staff in common or not."""
    return [
        Slot(
            name=f"S{number}",
            day=draw(st.integers(0, 2)),
            strand=draw(st.sampled_from((None, *STRANDS[:3]))),
            seats=draw(st.integers(1, 4)),
            staff=tuple(draw(st.lists(st.sampled_from(("T", "U")), max_size=1))),
            starts=starts,
            ends=None if starts is None else starts + 40,
        )
        for number in range(draw(st.integers(0, MOST_SLOTS)))
        for starts in (draw(st.sampled_from((None, 720, 740, 900))),)
    ]


@st.composite
def rates(draw: st.DrawFn) -> ShowRates:
    """What a short register tells."""
    records = [
        Attendance(
            key=f"id:{number:02}", slot=f"S{number % 3}", offered=offered, attended=draw(st.integers(0, offered))
        )
        for number, offered in enumerate(draw(st.lists(st.integers(0, 6), max_size=MOST_STUDENTS)))
    ]
    return learn(records, start=draw(st.sampled_from((0.2, 0.5, 0.9))))


settings = st.builds(
    ClinicSettings,
    overflow=st.sampled_from((0.0, 0.05, 0.1, 0.3)),
    each=st.integers(1, 3),
    topics=st.integers(1, 3),
    seconds=st.just(20.0),
)


def school(
    students: int, clinics: int, *, seed: int, any_strand: float = 0.3
) -> tuple[list[Candidate], list[Slot], ShowRates]:
    """A year group with a register of its own."""
    random = Random(seed)
    people = []
    for number in range(students):
        strands = random.sample(list(STRANDS), 5)
        own = tuple(
            Topic(name=f"{strand} {random.randint(1, 3)}", strand=strand, gap=max(0.05, 0.9 - 0.15 * j + random.uniform(-0.1, 0.1)))
            for j, strand in enumerate(strands)
        )  # fmt: skip
        days = frozenset(random.sample(range(5), random.choice([0, 0, 1])))
        people.append(
            Candidate(
                key=f"id:{number:03}",
                priority=number + 1,
                topics=own,
                recent=random.choice([0, 0, 1]),
                unavailable=days,
            )
        )
    held = [
        Slot(
            name=f"S{j:02}", day=j % 5, strand=None if random.random() < any_strand else random.choice(STRANDS), seats=8
        )
        for j in range(clinics)
    ]
    register = []
    for one in people:
        offered = random.randint(0, 6)
        attended = sum(random.random() < 0.5 for _ in range(offered))
        register.append(
            Attendance(key=one.key, slot=f"S{random.randrange(clinics):02}", offered=offered, attended=attended)
        )
    return people, held, learn(register, start=0.5)
