"""What a path is worth over a term of six weeks, in classes with a true profile by topic.

    python -m benchmarks.paths [--classes N]

Each week a student works at one step, then answers an exit ticket of three questions; the path is made anew with it, and its first
step is the next week's, as in a markbook that is run again each week. Beside it: the two topics with the lowest marks worked on in
turn, moved on by the same tickets ("lowest two"), and the path without what is missing first. Gain is the mean over the student's
truly weakest quarter of the topics that have marks, relative to the class, in grades; new tests are not sat in these weeks.

Assumed, without a published source:

- A step on a topic brings it half the way to the class's best tenth where what it builds on is there, and less by how far the
  weakest of its prerequisites lies under the class's middle. How much this matters is varied: all of it is lost at one grade, at
  two, at six, or nothing ever is. So the figures do not say whether topics build on each other; they say what paths are worth if
  they do, and what they cost if they do not.
- A question of the ticket is as likely right as a mark of a test on the topic would be at the level reached, and easier by twenty
  points, since it is at the student's level and about what was just done. With three right the topic is done, as in the product.
- Mixed practice brings each of its topics its share of a step.

Varied too: that nobody enters tickets, so that whatever was worked on counts as done, and that a path is printed once and worked
through from the top, over and over, while the lowest two are worked on in turn.

The rule was tuned on the worlds of `model/training/topic_worlds.py` from another seed; here are new classes of them, and of the
worlds of `OTHERS`, which no choice was made by.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from math import inf

import numpy as np

from benchmarks.needs import KINDS, marks_by_column, weakest
from benchmarks.tables import Table, from_command_line, verdict
from model.curriculum import by_name, topics
from model.means import within
from model.pathway import NEEDS_OF_A_PATH, Step, StepKind, pathways
from model.strands import needs
from model.students import FloatArray
from model.training.topic_worlds import TopicSheet, TopicWorld, class_with_tests, topic_worlds
from model.training.worlds import TEST_MEAN, TEST_POINTS_PER_GRADE

CLASSES = 24
SEED = 83_018
TERM = 6
HALF_WAY = 0.5
QUESTIONS, EASIER_POINTS = 3, 20.0

OTHERS = (
    TopicWorld(name="strengths by strand", strand_sd=0.9, topic_sd=0.4, through_map=0.3),
    TopicWorld(name="tests of very different difficulty", difficulty_sd=10.0),
    TopicWorld(name="topics far apart", through_map=0.7, strand_sd=0.3, topic_sd=1.1),
)

LOWEST_TWO, WITHOUT, PATH = "lowest two", "path without what is missing", "path"
WAYS = (LOWEST_TWO, WITHOUT, PATH)
STANDARD_ERRORS = 2.0
"""A loss within so many standard errors is taken for chance; of the 48 worlds and kinds of marks that are looked at one or two may
lie beyond it by chance alone."""


@dataclass(frozen=True, kw_only=True)
class Assumed:
    """How a term goes.

    Args:
        name: What tables call it.
        lost_at: Grades under the class's middle of a prerequisite at which a step brings nothing.
        tickets: Whether tickets are entered; otherwise what was worked on counts as done.
        anew: Whether the path is made anew each week; otherwise it is printed once.
    """

    name: str
    lost_at: float
    tickets: bool = True
    anew: bool = True


USUAL = Assumed(name="lost at 2 grades", lost_at=2.0)
ASSUMED = (
    Assumed(name="lost at 1 grade", lost_at=1.0),
    USUAL,
    Assumed(name="lost at 6 grades", lost_at=6.0),
    Assumed(name="never lost", lost_at=inf),
    replace(USUAL, name="at 2, no tickets", tickets=False),
    replace(USUAL, name="at 2, printed once", anew=False),
)


@dataclass
class _Known:
    """What tickets tell of one student: topics that are done, and how often others were worked on."""

    done: set[str] = field(default_factory=set)
    tried: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Class:
    """One class, with what every way sees of it.

    Args:
        best, middle: (t,) the class's best tenth and its middle in every topic of the map.
        paths: The paths, given what tickets tell.
        lowest: For each student the names of the topics with marks, lowest per cent first.
        truly: For each student the places of the truly weakest topics; empty without marks.
        luck: (n, weeks, questions) what the answers to tickets hang on.
    """

    sheet: TopicSheet
    best: FloatArray
    middle: FloatArray
    paths: Callable[..., tuple[tuple[Step, ...], ...]]
    lowest: list[list[str]]
    truly: list[list[int]]
    luck: FloatArray


def gains(
    world: TopicWorld, tests: int, each: int, classes: int, assumed: Assumed = USUAL, *, ways: Sequence[str] = WAYS
) -> dict[str, FloatArray]:
    """Way -> for each class the mean gain of a term in its students' truly weakest topics, in grades."""
    rng = np.random.default_rng([SEED, tests, each, *world.name.encode()])
    found: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(classes):
        one = _class(class_with_tests(world, tests=tests, rng=rng, topics_each=each), rng)
        for way in ways:
            gained = _term(one, way, assumed) - one.sheet.everywhere
            found[way].append(float(np.mean([gained[i, truly].mean() for i, truly in enumerate(one.truly) if truly])))
    return {way: np.array(values) for way, values in found.items()}


def _class(sheet: TopicSheet, rng: np.random.Generator) -> _Class:
    earned, totals = marks_by_column(sheet)
    cohort, known = sheet.cohort, ~np.isnan(earned)
    parts = within(cohort.parts_earned, cohort.parts_earned) if cohort.parts else None
    marks = within(cohort.earned, cohort.earned)
    weak = needs(cohort, marks, parts=parts, most=NEEDS_OF_A_PATH)
    at = [_place(id_) for id_ in sheet.tested]
    order = np.argsort(np.where(known, earned / totals, np.inf), axis=1, kind="stable")
    return _Class(
        sheet=sheet,
        best=np.quantile(sheet.everywhere, 0.9, axis=0),
        middle=np.median(sheet.everywhere, axis=0),
        paths=partial(pathways, cohort, marks, weak, parts=parts),
        lowest=[[sheet.tested[j] for j in order[i, : known[i].sum()]] for i in range(len(earned))],
        truly=[
            [at[j] for j in weakest(sheet.level[i], known[i])] if known[i].any() else [] for i in range(len(earned))
        ],
        luck=rng.random((len(earned), TERM, QUESTIONS)),
    )


@cache
def _place(id_: str) -> int:
    return list(topics()).index(id_)


def _term(one: _Class, way: str, assumed: Assumed) -> FloatArray:
    """(n, t) levels after a term."""
    now = one.sheet.everywhere.copy()
    known = [_Known() for _ in now]
    paths: list[list[Step]] = []
    for week in range(TERM):
        if way != LOWEST_TWO and (assumed.anew or not paths):
            paths = _paths(one, known, missing=way == PATH)
        for i in np.flatnonzero([bool(truly) for truly in one.truly]):
            if way == LOWEST_TWO:
                ids = [_lowest_two(one.lowest[i], known[i], week=None if assumed.anew else week)]
            else:
                step = paths[i][0 if assumed.anew else week % len(paths[i])]
                ids = [by_name()[name].id for name in step.topic.split(", ")]
            for id_ in ids:
                _work(now[i], id_, HALF_WAY / len(ids), one, assumed)
            if len(ids) == 1:
                likely = (TEST_MEAN + EASIER_POINTS + TEST_POINTS_PER_GRADE * now[i, _place(ids[0])]) / 100.0
                if not assumed.tickets or (one.luck[i, week] < np.clip(likely, 0.02, 0.98)).all():
                    known[i].done.add(ids[0])
                else:
                    known[i].tried[ids[0]] = known[i].tried.get(ids[0], 0) + 1
    return now


def _paths(one: _Class, known: Sequence[_Known], *, missing: bool) -> list[list[Step]]:
    """The paths as the product makes them, from the same marks and what tickets tell."""
    told = dict(zip(one.sheet.cohort.keys, known, strict=True))
    paths = one.paths(
        attended={key: frozenset(topics()[id_].name for id_ in own.done) for key, own in told.items()},
        tried={key: {topics()[id_].name: times for id_, times in own.tried.items()} for key, own in told.items()},
    )
    return [[step for step in steps if missing or step.kind is not StepKind.MISSING] for steps in paths]


def _lowest_two(lowest: Sequence[str], known: _Known, *, week: int | None) -> str:
    """The topic of a week: of the two lowest that are not done the one worked on less often; or by the week alone, in turn."""
    if week is not None:
        return lowest[week % min(2, len(lowest))]
    two = ([id_ for id_ in lowest if id_ not in known.done] or list(lowest))[:2]
    return min(two, key=lambda id_: known.tried.get(id_, 0))


def _work(now: FloatArray, id_: str, share: float, one: _Class, assumed: Assumed) -> None:
    """Work at a topic: the share of the way to the class's best tenth, less by what is missing below it."""
    j, before = _place(id_), [_place(each) for each in topics()[id_].prerequisites]
    under = max((float(one.middle[p] - now[p]) for p in before), default=0.0)
    taken = 1.0 - min(1.0, max(0.0, under) / assumed.lost_at)
    now[j] += share * taken * max(0.0, float(one.best[j] - now[j]))


def _against_lowest_two(gained: Mapping[str, FloatArray]) -> tuple[float, float]:
    """How much more a path brings, and the standard error of that over classes."""
    more = gained[PATH] - gained[LOWEST_TWO]
    return float(more.mean()), float(more.std() / np.sqrt(len(more)))


def tables(*, quick: bool = False, classes: int | None = None) -> list[Table]:
    """Measure."""
    classes = classes or (2 if quick else CLASSES)
    worlds = (*topic_worlds(), *OTHERS)
    asked = (USUAL,) if quick else ASSUMED
    rows, notes = [], []
    by_kind: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for assumed in asked:
        losses = []
        for kind, (tests, each) in KINDS.items():
            ways = WAYS if assumed is USUAL else (LOWEST_TWO, PATH)
            found = {world.name: gains(world, tests, each, classes, assumed, ways=ways) for world in worlds}
            more = {name: _against_lowest_two(gained) for name, gained in found.items()}
            if assumed is USUAL:
                rows += [
                    (name, kind, *(f"{found[name][way].mean():.3f}" for way in WAYS), f"{mean:+.3f} ± {error:.3f}")
                    for name, (mean, error) in more.items()
                ]
            means, errors = np.array(list(more.values())).T
            by_kind[kind].append(f"{means.mean():+.3f} ({means.min():+.3f})")
            more["all worlds"] = float(means.mean()), float(np.sqrt((errors**2).sum()) / len(errors))
            losses += [f"{kind}, {name}" for name, (mean, error) in more.items() if mean < -STANDARD_ERRORS * error]
        goal = verdict(not losses, "no loss in any world, nor over all")
        notes.append(f"{assumed.name}: {goal} {'; '.join(losses)}".strip())
    return [
        Table(
            f"Gain of a term of {TERM} weeks in the truly weakest quarter of topics, grades, {classes} classes a row",
            ("world", "marks", *WAYS, "path − lowest two"),
            rows,
        ),
        Table(
            "Gain of a path less that of the lowest two, grades: mean over all worlds (and in the worst world), by what is assumed",
            ("marks", *(assumed.name for assumed in asked)),
            [(kind, *shown) for kind, shown in by_kind.items()],
            notes,
        ),
    ]


if __name__ == "__main__":
    from_command_line(tables, __doc__)
