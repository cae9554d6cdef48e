"""Worlds: how synthetic students grow, and how everything about them hangs together.

A world is linear and Gaussian underneath: every quantity is a weighted sum of independent normal variables. The same weights
make the data (`model/training/cohorts.py`) and the oracle (`model/training/oracle.py`), so that every figure of the evaluation
has an exact ceiling. Units: ability and growth are in GCSE grades; a half-term is one sixth of a school year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from model.students import Assessment, AssessmentKind, FloatArray
from model.vocabulary import HALF_TERMS, STRANDS

GRADES_PER_PRIOR = 1.7  # grades per standard deviation of prior attainment
KS2_LOADING = 0.93  # correlation of the key stage 2 score with prior attainment
TEST_MEAN, TEST_POINTS_PER_GRADE = 58.0, 9.0  # per cent; topic tests are pitched at the class
MOCK = {
    0: (55.6, 15.3, 3.3),
    1: (52.9, 12.9, 6.0),
}  # tier -> per cent at the anchor, points per grade, anchor grade: as published
# (model/standing/boundaries.csv)
MOCK_PAPER_NOISE, MOCK_DAY_NOISE = 7.0, 7.0  # points: half a grade each
STRAND_SPREAD = 0.85  # grades around a student's ability
JUDGEMENT_NOISE = 0.8  # grades: about half of such judgements are exact after rounding


class OwnPapers(StrEnum):
    """Who sits topic tests of their own."""

    NOBODY = "nobody"
    TIER = "tier"
    SET = "set"


@dataclass(frozen=True, kw_only=True)
class Books:
    """How the schools of a world differ, and what their markbooks show of them.

    Args:
        papers: Whose topic tests are of their own, pitched at them.
        school_sd: Spread of schools in what they add, in grades.
        ambition, ambition_sd: How far targets are above what key stage 2 leads to beside the usual uplift, and the spread of
            schools in it, in grades.
        pitch_sd: Spread of schools in how easy their tests and mocks are, in points.
        working_at: Share of schools whose teachers enter a working-at grade.
        working_late, working_bias: By how many half-terms such grades are late, and their schools' spread in kindness, in grades.
        absence_tells: Log-odds of being away from a test by which a student one grade under expectation is likelier to be.
        blanks: Share of schools that leave a cell empty where a student was absent.
        totals: Whether tests have totals.
        sizes: Smallest and largest class, all mixed; left out, classes and years as in `cohorts.schools`.
        one_target: The same target for everybody, no key stage 2, no tier and no mock, three examinations in the year.
    """

    papers: OwnPapers = OwnPapers.NOBODY
    school_sd: float = 0.15
    ambition: float = 0.0
    ambition_sd: float = 0.0
    pitch_sd: float = 0.0
    working_at: float = 0.25
    working_late: int = 0
    working_bias: float = 0.0
    absence_tells: float = 0.0
    blanks: float = 0.0
    totals: bool = True
    one_target: bool = False
    sizes: tuple[int, int] | None = None


DIFFERENT = Books(school_sd=0.4, ambition=0.15, ambition_sd=0.4, pitch_sd=6.0, working_bias=0.4)


@dataclass(frozen=True, kw_only=True)
class World:
    """How students grow and how exams turn out in one synthetic world.

    Args:
        name: What the evaluation calls it.
        engagement_effect: Grades gained per half-term by a student one standard deviation more engaged than average.
        growth_noise: Standard deviation of growth per half-term that nothing explains, in grades.
        exam_noise: Standard deviation of the final examination around ability, in grades.
        drift: Grades gained by everybody per half-term beyond what targets expect (below 0: a pandemic year).
        mark_noise: Factor on the noise of marks in tests.
        books: How its schools differ and keep their markbooks.
    """

    name: str = "base"
    engagement_effect: float = 0.13
    growth_noise: float = 0.12
    exam_noise: float = 0.5
    drift: float = 0.0
    mark_noise: float = 1.0
    books: Books = field(default_factory=Books)


def worlds() -> tuple[World, ...]:
    """The base world and those in which the numbers that the model assumes are wrong.

    Example:
        >>> [world.name for world in worlds()]
        ['base', 'engagement without effect', 'engagement doubled', 'exam noise x3', 'no growth', 'hard']
    """
    base = World()
    return (
        base,
        replace(base, name="engagement without effect", engagement_effect=0.0),
        replace(base, name="engagement doubled", engagement_effect=2 * base.engagement_effect),
        replace(base, name="exam noise x3", exam_noise=3 * base.exam_noise),
        replace(base, name="no growth", engagement_effect=0.0, drift=-0.12),
        replace(
            base,
            name="hard",
            engagement_effect=base.engagement_effect / 2,
            growth_noise=2.5 * base.growth_noise,
            exam_noise=2 * base.exam_noise,
        ),
    )


def kinds() -> tuple[World, ...]:
    """Worlds that differ from the base in kind: what the model is trained on besides, in equal parts.

    Engagement does less in most of them than in the base world: of real pupils nobody has shown yet that it does as much.

    Example:
        >>> [world.name for world in kinds()][:2]
        ['papers by tier', 'schools that differ']
    """
    base = World()
    return (
        replace(base, name="papers by tier", books=Books(papers=OwnPapers.TIER)),
        replace(
            base, name="schools that differ", engagement_effect=0.1, exam_noise=0.7, growth_noise=0.2, books=DIFFERENT
        ),
        replace(
            base,
            name="late and kind teachers",
            engagement_effect=0.1,
            books=Books(working_at=1.0, working_late=1, working_bias=0.6),
        ),
        replace(base, name="students who change", engagement_effect=0.08, growth_noise=0.35, mark_noise=0.6),
        replace(
            base, name="no totals", engagement_effect=0.1, exam_noise=0.7, growth_noise=0.2, books=Books(totals=False)
        ),
        replace(base, name="absence means much", engagement_effect=0.1, books=Books(absence_tells=1.0, blanks=0.5)),
        replace(base, name="engagement means nothing", engagement_effect=0.0, exam_noise=0.8, books=DIFFERENT),
        replace(
            base,
            name="many schools",
            engagement_effect=0.1,
            exam_noise=0.8,
            growth_noise=0.2,
            books=replace(DIFFERENT, papers=OwnPapers.TIER, absence_tells=0.5, blanks=0.3),
        ),
    )


def held_out() -> tuple[World, ...]:
    """Worlds of kinds that no training ever saw.

    Example:
        >>> [world.name for world in held_out()]
        ['tests by set', 'another country', 'small mixed classes']
    """
    base = World()
    return (
        replace(base, name="tests by set", books=replace(DIFFERENT, papers=OwnPapers.SET)),
        replace(base, name="another country", mark_noise=0.5, engagement_effect=0.03, books=Books(one_target=True)),
        replace(
            base,
            name="small mixed classes",
            growth_noise=0.16,
            books=replace(DIFFERENT, papers=OwnPapers.TIER, absence_tells=0.7, sizes=(8, 20)),
        ),
    )


@dataclass(frozen=True, kw_only=True)
class Weights:
    """A world's quantities as weights on k independent standard normal variables; the first is prior attainment.

    Args:
        ks2: (k,) key stage 2 (or any baseline test), standardised.
        attendance, homework, effort: (6, k), standardised, by half-term.
        ability: (6, k) grades at the end of each half-term, without the mean.
        strands: (6, 6, k) ability by half-term and strand.
        marks: (m, k) for each assessment the ability it asks for, plus noise, in grades.
        working_at: (6, k) the teacher's own judgement of the working-at grade, in grades.
        exam: (k,) the final examination in grades.
    """

    ks2: FloatArray
    attendance: FloatArray
    homework: FloatArray
    effort: FloatArray
    ability: FloatArray
    strands: FloatArray
    marks: FloatArray
    working_at: FloatArray
    exam: FloatArray


def weights(world: World, assessments: Sequence[Assessment]) -> Weights:
    """The weights of a world in which these assessments are sat (each needs a half-term and a total)."""
    sittings = sorted({a.half_term for a in assessments if a.kind is AssessmentKind.MOCK and a.half_term})
    names = [
        "prior", "start", "baseline", "trait", *(f"swing{t}" for t in range(HALF_TERMS)),
        *(f"growth{t}" for t in range(HALF_TERMS)), *(f"strand{s}" for s in range(len(STRANDS))),
        *(f"{kind}{t}" for kind in ("attendance", "homework", "effort") for t in range(HALF_TERMS)),
        *(f"judgement{t}" for t in range(HALF_TERMS)), *(f"sitting{t}" for t in sittings),
        *(f"mark{j}" for j in range(len(assessments))), "exam",
    ]  # fmt: skip
    unit = dict(zip(names, np.eye(len(names)), strict=True))

    ks2 = KS2_LOADING * unit["prior"] + np.sqrt(1 - KS2_LOADING**2) * unit["baseline"]

    # Engagement: mostly a lasting trait, a little tied to prior attainment, with good and bad half-terms that linger.
    trait = 0.25 * unit["prior"] + np.sqrt(1 - 0.25**2) * unit["trait"]
    swing = unit["swing0"]
    engagement = []
    for t in range(HALF_TERMS):
        swing = swing if t == 0 else 0.5 * swing + np.sqrt(1 - 0.5**2) * unit[f"swing{t}"]
        engagement.append(np.sqrt(0.7) * trait + np.sqrt(0.3) * swing)

    def seen(kind: str, loading: float) -> FloatArray:
        return np.array(
            [loading * engagement[t] + np.sqrt(1 - loading**2) * unit[f"{kind}{t}"] for t in range(HALF_TERMS)]
        )

    ability, now = [], GRADES_PER_PRIOR * unit["prior"] + 0.75 * unit["start"]
    for t in range(HALF_TERMS):
        now = now + world.engagement_effect * engagement[t] + world.growth_noise * unit[f"growth{t}"]
        ability.append(now)

    # Strengths and weaknesses add up to nothing, so that ability stays the mean of the six strands.
    own = np.array([unit[f"strand{s}"] for s in range(len(STRANDS))])
    leaning = STRAND_SPREAD * np.sqrt(6 / 5) * (own - own.mean(axis=0))
    strands = np.array([[level + leaning[s] for s in range(len(STRANDS))] for level in ability])

    marks = []
    for j, assessment in enumerate(assessments):
        if assessment.half_term is None or assessment.out_of is None:
            raise ValueError(f"assessment {assessment.title!r} needs a half-term and a total")
        t = assessment.half_term - 1
        if assessment.kind is AssessmentKind.MOCK:
            noise = MOCK_PAPER_NOISE * unit[f"mark{j}"] + MOCK_DAY_NOISE * unit[f"sitting{assessment.half_term}"]
            marks.append(ability[t] + noise / MOCK[1][1])
        else:
            # 7 points for the choice of topic and day; 45 / sqrt(total) for the number of marks (binomial, about half right).
            points = np.hypot(7.0, 45.0 / np.sqrt(assessment.out_of))
            asked = ability[t] if assessment.strand is None else strands[t, STRANDS.index(assessment.strand)]
            marks.append(asked + world.mark_noise * points / TEST_POINTS_PER_GRADE * unit[f"mark{j}"])
    return Weights(
        ks2=ks2,
        attendance=seen("attendance", 0.65),
        homework=seen("homework", 0.75),
        effort=seen("effort", 0.75),
        ability=np.array(ability),
        strands=strands,
        marks=np.array(marks).reshape(len(assessments), len(names)),
        working_at=np.array(
            [
                ability[max(0, t - world.books.working_late)] + JUDGEMENT_NOISE * unit[f"judgement{t}"]
                for t in range(HALF_TERMS)
            ]
        ),
        exam=ability[-1] + world.exam_noise * unit["exam"],
    )
