"""What the plan of clinics is worth against simpler ways: `python -m benchmarks.clinics [--terms N]`.

A term of six weeks, 36 students, three clinics a week of six seats (Number, Algebra, any strand). Every student has a need, gaps in
six strands and a chance to come, around the mean show rate and as different from one another as a beta distribution of weight 3
makes them; week by week the chance wanders, for all together (weather, trips) and for each. No way of planning is told any of this:
priority and gaps are seen with noise, and who comes is learnt from the register of the weeks before, beginning at one half. Who
comes when is drawn once and is the same for all ways. Where more come than there are seats, chance says who is turned away.

Need met is the sum, over everybody who had a seat, of need x gap in the topic; it is told twice, with the worth of a clinic falling
by a fifth for each that the student has had in the term, and without (then the same few may as well come every week).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from benchmarks.tables import Table, from_command_line
from model.clinics.groups import Candidate, ClinicSettings, Slot, Topic
from model.clinics.plan import fitting, plan_clinics
from model.clinics.show_rates import Attendance, learn
from model.students import FloatArray
from model.vocabulary import STRANDS, Strand

TERMS, WEEKS, STUDENTS, SEATS = 1000, 6, 36, 6
SHOW_RATES = (0.2, 0.5, 0.8)
BETWEEN = 3.0
"""Weight of the beta distribution of students' chances: a standard deviation of .25 around .5."""

WEEK_SD, STUDENT_SD = 0.3, 0.5
"""Standard deviations, in log-odds, of the week's wandering for all and for each student."""

SEEN_NOISE = 0.5
"""Noise of what is seen of need and gaps, in their own standard deviations."""

WORN_OFF = 0.8
SLOTS = (
    Slot(name="Mon", day=0, strand=Strand.NUMBER, seats=SEATS),
    Slot(name="Tue", day=1, strand=Strand.ALGEBRA, seats=SEATS),
    Slot(name="Thu", day=3, strand=None, seats=SEATS),
)

Invited = dict[str, list[tuple[int, Strand]]]
"""Slot -> (student, strand) invited."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Term:
    """One simulated term: what is true, what is seen of it, and who would come in which week.

    Args:
        need: (n,) 0 to 1.
        gaps: (n, 6) 0 to 1.
        order: (n,) students as the priority that is seen puts them, first first.
        seen: (n, 6) gaps as they are seen.
        comes: (weeks, n) who would come if invited.
        keen: (weeks, n) the order of signing up: lower first; who is likelier to come signs up earlier.
        luck: (weeks, n) who keeps the seat where too many come: lower first.
    """

    need: FloatArray
    gaps: FloatArray
    order: list[int]
    seen: FloatArray
    comes: npt.NDArray[np.bool_]
    keen: FloatArray
    luck: FloatArray


@dataclass(kw_only=True)
class Outcome:
    """What a way of planning came to in a term."""

    seats_used: float = 0.0
    need_met: float = 0.0
    need_met_plain: float = 0.0
    overflow: float = 0.0
    turned_away: float = 0.0
    had: dict[int, int] = field(default_factory=lambda: defaultdict(int))


def term(mean: float, seed: int) -> Term:
    """A term in a school whose students come with this chance on average."""
    rng = np.random.default_rng([seed, round(mean * 100)])
    chance = np.clip(rng.beta(mean * BETWEEN, (1 - mean) * BETWEEN, STUDENTS), 0.01, 0.99)
    week = rng.normal(scale=WEEK_SD, size=(WEEKS, 1)) + rng.normal(scale=STUDENT_SD, size=(WEEKS, STUDENTS))
    now = 1 / (1 + np.exp(-(np.log(chance / (1 - chance)) + week)))
    need, gaps = rng.random(STUDENTS), rng.random((STUDENTS, len(STRANDS)))
    noise = SEEN_NOISE / np.sqrt(12)  # the standard deviation of a uniform number
    return Term(
        need=need,
        gaps=gaps,
        order=np.argsort(-(need + rng.normal(scale=noise, size=STUDENTS))).tolist(),
        seen=np.clip(gaps + rng.normal(scale=noise, size=gaps.shape), 0.02, 0.98),
        comes=rng.random((WEEKS, STUDENTS)) < now,
        keen=rng.exponential(size=(WEEKS, STUDENTS)) / chance,
        luck=rng.random((WEEKS, STUDENTS)),
    )


def _topics(one: Term, student: int) -> tuple[Topic, ...]:
    weakest = np.argsort(-one.seen[student], kind="stable")
    return tuple(Topic(name=STRANDS[s], strand=STRANDS[s], gap=float(one.seen[student, s])) for s in weakest)


def by_plan(
    settings: ClinicSettings, one: Term, week: int, register: Sequence[Attendance], had: Mapping[int, int]
) -> Invited:
    """Our plan."""
    people = [
        Candidate(key=f"{student:03}", priority=place, topics=_topics(one, student), recent=had.get(student, 0))
        for place, student in enumerate(one.order, start=1)
    ]
    made = plan_clinics(people, SLOTS, learn(register, start=settings.show_rate), settings)
    return {
        group.slot.name: [(int(option.key), option.topic.strand) for option in group.invited if option.topic.strand]
        for group in made.groups
    }


def one_by_one(students: Sequence[int], one: Term) -> Invited:
    """As many as there are seats: each student in turn has the free slot with the largest gap that it takes."""
    invited: Invited = {slot.name: [] for slot in SLOTS}
    for student in students:
        own = _topics(one, student)
        free = [(topic, slot) for slot in SLOTS if len(invited[slot.name]) < SEATS for topic in fitting(own, slot)]
        if free:
            topic, slot = max(free, key=lambda pair: pair[0].gap)
            assert topic.strand is not None
            invited[slot.name].append((student, topic.strand))
    return invited


def first_come(one: Term, week: int, register: Sequence[Attendance], had: Mapping[int, int]) -> Invited:
    """First come, first served."""
    return one_by_one(np.argsort(one.keen[week]).tolist(), one)


def highest_risk(one: Term, week: int, register: Sequence[Attendance], had: Mapping[int, int]) -> Invited:
    """Highest risk first, week after week."""
    return one_by_one(one.order, one)


Way = Callable[[Term, int, Sequence[Attendance], Mapping[int, int]], Invited]
SETTINGS = ClinicSettings(near_enough=0.3)
"""As shipped, but for a search that ends earlier: over 48 weeks it met as much need as one to within half a per cent."""

WAYS: dict[str, Way] = {
    "our plan": partial(by_plan, SETTINGS),
    "our plan, no overbooking": partial(by_plan, replace(SETTINGS, overflow=0.0)),
    "highest risk first": highest_risk,
    "first come, first served": first_come,
}
RIVAL = "highest risk first"


def run(way: Way, one: Term) -> Outcome:
    """One term under one way of planning; the register of earlier weeks is all that it learns from."""
    told, register = Outcome(), list[Attendance]()
    for week in range(WEEKS):
        for slot, invited in way(one, week, register, dict(told.had)).items():
            came = [pair for pair in invited if one.comes[week, pair[0]]]
            seated = sorted(came, key=lambda pair: one.luck[week, pair[0]])[:SEATS]
            told.overflow += (len(came) > SEATS) / (WEEKS * len(SLOTS))
            told.turned_away += len(came) - len(seated)
            told.seats_used += len(seated) / (WEEKS * len(SLOTS) * SEATS)
            register += [
                Attendance(key=f"{student:03}", slot=slot, offered=1, attended=int(one.comes[week, student]))
                for student, _ in invited
            ]
            for student, strand in seated:
                worth = float(one.need[student] * one.gaps[student, STRANDS.index(strand)])
                told.need_met_plain += worth / (WEEKS * len(SLOTS) * SEATS)
                told.need_met += worth * WORN_OFF ** told.had[student] / (WEEKS * len(SLOTS) * SEATS)
                told.had[student] += 1
    return told


def run_all(mean: float, seed: int) -> list[Outcome]:
    """Every way over the same term."""
    one = term(mean, seed)
    return [run(way, one) for way in WAYS.values()]


def interval(values: FloatArray) -> tuple[float, float]:
    """Mean, and half of its 95 % interval."""
    return float(values.mean()), float(1.96 * values.std(ddof=1) / np.sqrt(len(values)))


def gain(ours: FloatArray, theirs: FloatArray) -> tuple[float, float]:
    """By how much, as a share, the mean of ours is above theirs over the same terms, and half of its 95 % interval."""
    ratio = ours.mean() / theirs.mean()
    spread = (ours - ratio * theirs).std(ddof=1) / np.sqrt(len(ours)) / theirs.mean()
    return float(ratio - 1), float(1.96 * spread)


def tables(*, terms: int = TERMS) -> list[Table]:
    """Measure."""
    terms, rows = max(2, terms), []
    with ProcessPoolExecutor() as pool:
        for mean in SHOW_RATES:
            outcomes = list(pool.map(partial(run_all, mean), range(terms), chunksize=4))
            figures = {
                name: {
                    what: np.array([getattr(told[place], what) for told in outcomes])
                    for what in ("seats_used", "overflow", "turned_away", "need_met", "need_met_plain")
                }
                for place, name in enumerate(WAYS)
            }
            for name, found in figures.items():
                cells = [name, f"{mean:.1f}"]
                for what, scale, form in (
                    ("seats_used", 100, ".1f"),
                    ("overflow", 100, ".1f"),
                    ("turned_away", 1, ".2f"),
                ):
                    middle, reach = interval(found[what])
                    cells.append(f"{scale * middle:{form}} ± {scale * reach:{form}}")
                for what in ("need_met", "need_met_plain"):
                    middle, reach = interval(found[what])
                    cells.append(f"{middle:.4f} ± {reach:.4f}")
                    more, about = gain(found[what], figures[RIVAL][what])
                    cells.append("" if name == RIVAL else f"{100 * more:+.1f} ± {100 * about:.1f} %")
                rows.append(cells)
    headings = (
        "Way", "Show rate", "Seats used %", "Overflow % of sessions", "Turned away a term", "Need met a seat", f"beside {RIVAL}",
        "without wearing off", f"beside {RIVAL}",
    )  # fmt: skip
    title = (
        f"{terms} terms of {WEEKS} weeks, {STUDENTS} students, {len(SLOTS)} clinics of {SEATS} seats; 95 % intervals"
    )
    return [Table(title, headings, rows)]


if __name__ == "__main__":
    from_command_line(tables, __doc__)
