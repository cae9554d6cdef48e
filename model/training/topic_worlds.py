"""Classes with a true profile by topic: what each student can do in every topic, and the marks that show a little of it.

A student's level in a topic is ability, a strength in the strand, and a part of the topic's own. How much of that part comes
through the map (a topic is carried by those that it builds on) is the world's: all, a half, or nothing, so that a method that
trusts the map can be judged where it is right and where it is wrong. Marks are made as in `model/training/cohorts.py`: nine points
a grade, a test's own difficulty, the day's noise and that of the number of marks; in papers that are told question by question each
mark is right or wrong. Units: grades.

Assumptions, chosen without a published source: the spreads of the parts, that a topic takes most of its part from the mean of what
it builds on, and that topics of a paper differ in difficulty three times as much as tests do. The benchmark of needs therefore
tells each world apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from model.curriculum import Stage, topics
from model.students import Assessment, Cohort, FloatArray, Part
from model.training.worlds import GRADES_PER_PRIOR, TEST_MEAN, TEST_POINTS_PER_GRADE
from model.vocabulary import STRANDS

DAY_POINTS, MARK_POINTS = 7.0, 45.0
"""Noise of a test in points: of the day, and of the number of marks (over its square root), as in `worlds.weights`."""

HANDED_ON = 0.8
"""What a topic takes from the mean of those that it builds on, before its part is scaled to the world's spread."""

AWAY = 0.06
"""Share of marks that are missing."""


@dataclass(frozen=True, kw_only=True)
class TopicWorld:
    """How strengths and weaknesses lie.

    Args:
        name: What tables call it.
        through_map: Share of the variance of a topic's own part that is carried along the map, 0 to 1.
        strand_sd, topic_sd: Spread of strengths by strand and by topic around a student's ability, in grades.
        difficulty_sd: Spread of difficulty between whole tests, in points; between topics of a paper it is three times that.
    """

    name: str
    through_map: float = 0.5
    strand_sd: float = 0.6
    topic_sd: float = 0.7
    difficulty_sd: float = 5.0


def topic_worlds() -> tuple[TopicWorld, ...]:
    """The worlds that needs are judged in.

    Example:
        >>> [world.name for world in topic_worlds()]
        ['half through the map', 'all through the map', 'the map says nothing', 'no strands', 'alike in all topics']
    """
    return (
        TopicWorld(name="half through the map"),
        TopicWorld(name="all through the map", through_map=1.0),
        TopicWorld(name="the map says nothing", through_map=0.0),
        TopicWorld(name="no strands", strand_sd=0.0, topic_sd=0.9),
        TopicWorld(name="alike in all topics", strand_sd=0.4, topic_sd=0.4),
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class TopicSheet:
    """One class with its truth.

    Args:
        cohort: What the markbook shows.
        tested: The ids of the topics that have marks, in the order of their columns.
        everywhere: (n, all topics of the map) true levels, in grades around the class's own.
        ability_sd: Spread of the students' general ability, in grades.
    """

    cohort: Cohort
    tested: tuple[str, ...]
    everywhere: FloatArray
    ability_sd: float

    @property
    def level(self) -> FloatArray:
        """(n, t) true levels in the topics that have marks."""
        place = {id_: i for i, id_ in enumerate(topics())}
        return np.asarray(self.everywhere[:, [place[id_] for id_ in self.tested]])


@cache
def carried() -> FloatArray:
    """(t, t) the weights of independent normal variables that make the parts carried along the map, each of variance 1."""
    ids = list(topics())
    place = {id_: i for i, id_ in enumerate(ids)}
    rows = np.zeros((len(ids), len(ids)))
    done: set[str] = set()

    def make(id_: str) -> None:
        if id_ in done:
            return
        i, before = place[id_], topics()[id_].prerequisites
        for each in before:
            make(each)
        if before:
            mean = np.mean([rows[place[each]] for each in before], axis=0)
            rows[i] = HANDED_ON * mean / np.linalg.norm(mean)
        rows[i, i] = np.sqrt(1.0 - rows[i] @ rows[i])
        done.add(id_)

    for id_ in ids:
        make(id_)
    return rows


def profiles(world: TopicWorld, *, students: int, spread: float, rng: np.random.Generator) -> FloatArray:
    """(n, t) levels in every topic of the map, in grades around the class's own level."""
    known = list(topics().values())
    strand_of = np.array([STRANDS.index(topic.strand) for topic in known])
    own = rng.standard_normal((students, len(known)))
    part = np.sqrt(world.through_map) * (rng.standard_normal((students, len(known))) @ carried().T)
    part += np.sqrt(1.0 - world.through_map) * own
    ability = spread * rng.standard_normal(students)
    strands = world.strand_sd * rng.standard_normal((students, len(STRANDS)))
    return np.asarray(ability[:, None] + strands[:, strand_of] + world.topic_sd * part)


def taught(rng: np.random.Generator, *, count: int) -> tuple[str, ...]:
    """So many topics that one class has been taught: of its stage, in runs of neighbours as schemes of work have them.

    Example:
        >>> len(taught(np.random.default_rng(1), count=12))
        12
    """
    stages = list(Stage)[: 1 + int(rng.integers(1, 3))]
    ids = [topic.id for topic in topics().values() if topic.stage in stages]
    chosen: dict[str, None] = {}
    while len(chosen) < count:
        first = ids[int(rng.integers(len(ids)))]
        near = [first, *(each for each in topics()[first].prerequisites)]
        for each in near[: 1 + int(rng.integers(0, 3))]:
            if len(chosen) < count:
                chosen.setdefault(each)
    return tuple(chosen)


def class_with_tests(world: TopicWorld, *, tests: int, rng: np.random.Generator, topics_each: int = 1) -> TopicSheet:
    """A class that has sat so many tests: each on one topic, or papers told question by question, with several topics each.

    Args:
        world: The world.
        tests: How many.
        rng: Where chance comes from.
        topics_each: Topics of one test; with more than one, tests are papers with parts of 3 to 8 marks a topic.
    """
    students, spread = int(rng.integers(15, 33)), GRADES_PER_PRIOR * float(rng.choice([0.5, 0.95]))
    level = profiles(world, students=students, spread=spread, rng=rng)
    place = {id_: i for i, id_ in enumerate(topics())}
    asked = taught(rng, count=tests * topics_each)
    if topics_each == 1:
        cohort = _with_topic_tests(world, level, asked, place, rng)
        return TopicSheet(cohort=cohort, tested=asked, everywhere=level, ability_sd=spread)
    order = [asked[i] for i in rng.permutation(len(asked))]
    papers = [order[i * topics_each : (i + 1) * topics_each] for i in range(tests)]
    cohort = _with_papers(world, level, papers, place, rng)
    return TopicSheet(cohort=cohort, tested=tuple(order), everywhere=level, ability_sd=spread)


def _with_topic_tests(
    world: TopicWorld, level: FloatArray, asked: Sequence[str], place: dict[str, int], rng: np.random.Generator
) -> Cohort:
    columns, tests = [], []
    for number, id_ in enumerate(asked):
        topic, out_of = topics()[id_], float(rng.integers(3, 9) * 5)
        columns.append(_marks(level[:, place[id_]], out_of, rng.normal(0, world.difficulty_sd), DAY_POINTS, rng))
        half_term = 1 + 6 * number // len(asked)
        tests.append(
            Assessment(title=topic.name, strand=topic.strand, topic=topic.name, out_of=out_of, half_term=half_term)
        )
    earned = np.column_stack(columns)
    earned[rng.random(earned.shape) < AWAY] = np.nan
    keys = [str(i) for i in range(len(level))]
    return Cohort.build(keys=keys, half_term=6, assessments=tests, earned=earned)


def _with_papers(
    world: TopicWorld,
    level: FloatArray,
    papers: Sequence[Sequence[str]],
    place: dict[str, int],
    rng: np.random.Generator,
) -> Cohort:
    parts, columns, totals, tests = [], [], [], []
    for number, asked in enumerate(papers, start=1):
        paper = f"Paper {number}"
        day = rng.normal(0, DAY_POINTS, len(level))
        away = rng.random(len(level)) < AWAY
        own = []
        for id_ in asked:
            topic, out_of = topics()[id_], float(rng.integers(3, 9))
            hard = rng.normal(0, 3 * world.difficulty_sd)
            right = TEST_MEAN + hard + TEST_POINTS_PER_GRADE * level[:, place[id_]] + day
            marks = rng.binomial(int(out_of), np.clip(right / 100.0, 0.02, 0.98)).astype(np.float64)
            own.append(np.where(away, np.nan, marks))
            questions = max(1, int(out_of) // 2)
            parts.append(Part(paper=paper, strand=topic.strand, topic=topic.name, out_of=out_of, questions=questions))
        columns += own
        totals.append(np.sum(own, axis=0))
        tests.append(Assessment(title=paper, out_of=sum(part.out_of for part in parts if part.paper == paper)))
    return Cohort.build(
        keys=[str(i) for i in range(len(level))],
        half_term=6,
        assessments=tests,
        earned=np.column_stack(totals),
        parts=parts,
        parts_earned=np.column_stack(columns),
    )


def _marks(level: FloatArray, out_of: float, hard: float, day: float, rng: np.random.Generator) -> FloatArray:
    noise = rng.normal(0, np.hypot(day, MARK_POINTS / np.sqrt(out_of)), len(level))
    per_cent = np.clip(TEST_MEAN + hard + TEST_POINTS_PER_GRADE * level + noise, 0.0, 100.0)
    return np.asarray(np.round(per_cent / 100.0 * out_of))
