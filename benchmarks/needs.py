"""What needs over the map are worth, in classes with a true profile by topic.

    python -m benchmarks.needs [--classes N]

Needs: how often the topic that is named first is truly among the weakest quarter of those that have marks, relative to the class.
Beside it: the lowest per cent ("raw marks"), the lowest mark against the class, and a perfect judge, who knows how the world was
made and how wide its parts spread. The worlds are those of `model/training/topic_worlds.py`, drawn anew; nothing was trained on
these classes.

What paths are worth: `python -m benchmarks.paths`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.tables import Table, from_command_line, verdict
from model.curriculum import topics
from model.means import within
from model.strands import needs
from model.students import FloatArray
from model.topic_levels import columns_of
from model.training.topic_worlds import DAY_POINTS, TopicSheet, TopicWorld, carried, class_with_tests, topic_worlds
from model.training.worlds import TEST_POINTS_PER_GRADE
from model.vocabulary import STRANDS

CLASSES = 80
SEED = 83_017
KINDS = {
    "4 tests, a topic each": (4, 1),
    "4 papers, 6 topics each": (4, 6),
    "4 papers, 12 topics each": (4, 12),
    "12 tests, a topic each": (12, 1),
    "24 tests, a topic each": (24, 1),
    "10 papers, 6 topics each": (10, 6),
}
FOUR = tuple(KINDS)[:3]
"""Those with four tests, which the goal is about."""

GOAL = 0.08


@dataclass(frozen=True, kw_only=True, eq=False)
class Judged:
    """Marks of one class with what the ways name.

    Args:
        weak: For each student the places of the truly weakest quarter of the topics with marks.
        named: Way -> (n,) the place that it names first.
    """

    weak: list[frozenset[int]]
    named: dict[str, npt.NDArray[np.intp]]


RAW, AGAINST, OURS, PERFECT = "raw marks", "against the class", "needs", "perfect judge"


def judged(sheet: TopicSheet, world: TopicWorld) -> Judged:
    """What the ways name in one class."""
    earned, totals = marks_by_column(sheet)
    share, standard = earned / totals, within(earned, earned)
    known = ~np.isnan(earned)
    place = {topics()[id_].name: j for j, id_ in enumerate(sheet.tested)}
    cohort = sheet.cohort
    parts = within(cohort.parts_earned, cohort.parts_earned) if cohort.parts else None
    found = needs(cohort, within(cohort.earned, cohort.earned), parts=parts)

    def lowest(values: FloatArray) -> npt.NDArray[np.intp]:
        return np.argmin(np.where(known, values, np.inf), axis=1)

    return Judged(
        weak=[weakest(sheet.level[i], known[i]) for i in range(cohort.size)],
        named={
            RAW: lowest(share),
            AGAINST: lowest(standard),
            OURS: np.array([place[own[0].topic or ""] if own else -1 for own in found]),
            PERFECT: lowest(_perfect(sheet, world, earned, totals)),
        },
    )


def marks_by_column(sheet: TopicSheet) -> tuple[FloatArray, FloatArray]:
    """(n, t) the marks on each topic of a class, and (t,) what they are out of."""
    cohort = sheet.cohort
    if not cohort.parts:
        return cohort.earned, cohort.totals
    return cohort.parts_earned, np.array([part.out_of for part in cohort.parts])


def weakest(level: FloatArray, known: npt.NDArray[np.bool_]) -> frozenset[int]:
    """The places of the truly weakest quarter of one student's topics with marks, at least one."""
    places = np.flatnonzero(known)
    return frozenset(places[np.argsort(level[places])[: max(1, len(places) // 4)]].tolist())


def _perfect(sheet: TopicSheet, world: TopicWorld, earned: FloatArray, totals: FloatArray) -> FloatArray:
    """(n, t) what is to be believed by who knows the world's own spreads and the class's."""
    at = [list(topics()).index(id_) for id_ in sheet.tested]
    strand = np.array([STRANDS.index(topics()[id_].strand) for id_ in sheet.tested])
    along = (carried() @ carried().T)[np.ix_(at, at)]
    own = world.through_map * along + (1.0 - world.through_map) * np.eye(len(at))
    cov = sheet.ability_sd**2 + world.strand_sd**2 * (strand[:, None] == strand) + world.topic_sd**2 * own
    columns = columns_of(earned, totals)
    noise = (columns.of_marks + DAY_POINTS**2) / TEST_POINTS_PER_GRADE**2
    points = within(earned, earned) * columns.spread / TEST_POINTS_PER_GRADE
    found = np.zeros(earned.shape)
    for i in range(len(earned)):
        k = np.flatnonzero(~np.isnan(points[i]))
        found[i] = cov[:, k] @ np.linalg.solve(cov[np.ix_(k, k)] + np.diag(noise[k]), points[i, k])
    return found


def hits(world: TopicWorld, tests: int, each: int, classes: int) -> dict[str, float]:
    """Way -> the share of students whose first topic is among their weakest quarter."""
    rng = np.random.default_rng([SEED, tests, each, *world.name.encode()])
    right, total = dict.fromkeys((RAW, AGAINST, OURS, PERFECT), 0), 0
    for _ in range(classes):
        one = judged(class_with_tests(world, tests=tests, rng=rng, topics_each=each), world)
        for i, weak in enumerate(one.weak):
            if weak:
                total += 1
                for way, places in one.named.items():
                    right[way] += int(places[i]) in weak
    return {way: count / total for way, count in right.items()}


def tables(*, quick: bool = False, classes: int | None = None) -> list[Table]:
    """Measure."""
    classes = classes or (4 if quick else CLASSES)
    rows = []
    for world in topic_worlds():
        for kind, (tests, each) in KINDS.items():
            told = hits(world, tests, each, classes)
            shown = (*(told[way] for way in (RAW, AGAINST, OURS, PERFECT)), told[OURS] - told[RAW])
            rows.append((world.name, kind, shown))
    notes = []
    for kind in KINDS:
        gained = [shown[-1] for _, each_kind, shown in rows if each_kind == kind]
        gain = float(np.mean(gained))
        goal = verdict(gain >= GOAL, f"at least {GOAL:.2f}") if kind in FOUR else verdict(gain >= 0, "no loss")
        notes.append(f"{kind}: {gain:+.3f} on raw marks over all worlds, {min(gained):+.3f} in the worst; goal {goal}.")
    return [
        Table(
            f"How often the topic named first is among the truly weakest quarter, {classes} classes of 15 to 32 for each row",
            ("world", "marks", RAW, AGAINST, OURS, PERFECT, "gain"),
            [
                (name, kind, *(f"{value:.3f}" for value in shown[:-1]), f"{shown[-1]:+.3f}")
                for name, kind, shown in rows
            ],
            notes,
        ),
    ]


if __name__ == "__main__":
    from_command_line(tables, __doc__)
