"""Synthetic schools: cohorts of invented students whose grades, marks and engagement hang together as in real schools.

How students grow and how everything hangs together is a world (`model/training/worlds.py`): normal variables and their weights.
Here they become what a markbook shows: scaled scores, per cent, the effort scale, marks and grades, each a rounded, monotone
picture of the normal variable, with the gaps that markbooks have.

Where the base world's marginals come from. They are rounded to resemble the named statistics, not fitted to them; the effect
sizes of engagement are an assumption, and the reason why `worlds()` holds others in which they are wrong:
    key stage 2 maths: mean 104, spread about 7.5        DfE, Key stage 2 attainment, 2023 (mean 104 in maths)
    final grades: mean about 4.6, spread about 2.0       Ofqual, GCSE outcomes in England, mathematics, 2023
    key stage 2 with final grade: correlation about .8   DfE, key stage 2 to GCSE transition matrices, 2019
    absence: mean about 8 %, one in five misses 10 %     DfE, Pupil absence in schools in England, 2022/23, secondary
Chosen from classroom experience, without a published source: homework, effort, missed tests, noise of one examination (half a
grade), reliability of a class test (.65 to .75 for 15 to 30 marks in one topic), and the correlation of true scores in two
strands (about .85; a student's strands are more alike than different).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from model.students import Assessment, AssessmentKind, Cohort, FloatArray, MarkState, StateArray
from model.training.assessments import examinations, usual_assessments
from model.training.worlds import (
    GRADES_PER_PRIOR,
    KS2_LOADING,
    MOCK,
    TEST_MEAN,
    TEST_POINTS_PER_GRADE,
    OwnPapers,
    Weights,
    World,
    weights,
)
from model.vocabulary import (
    EFFORT_HIGHEST,
    EFFORT_LOWEST,
    GRADE_HIGHEST,
    GRADE_LOWEST,
    HALF_TERMS,
    KS2_HIGHEST,
    KS2_LOWEST,
)

MEAN_GRADE = 4.6
KS2_MEAN, KS2_SD = 104.0, 7.5
TARGET_UPLIFT = 0.1  # schools set targets a little above what key stage 2 predicts

SheetKind = Literal["set", "mixed", "year"]
SHEET_KINDS: tuple[SheetKind, ...] = ("set", "mixed", "year")


@dataclass(frozen=True, kw_only=True, eq=False)
class SyntheticSheet:
    """One sheet of a synthetic school with the truth behind it.

    Args:
        school: Number of the school; splits go by it.
        cohort: What the markbook shows at the end of half-term 6; `at(t)` shows it earlier in the year.
        final_grade: (n,) grades 0 (ungraded) to 9 of the examination in the summer.
        gap: (n,) target minus final grade, in grades; at least 1 means the target was missed.
        working_at: (n, 6) what the teacher held the student to be working at, NaN where not entered.
        strand_ability: (n, 6, 6) true ability by half-term and strand, in grades.
        world, weights, centre, spread: What the oracle needs: the world, its weights, and the mean and standard deviation
            of prior attainment in this sheet.
        hidden: (n, k) the standard normal variables (the first one scaled to prior attainment).
    """

    school: int
    cohort: Cohort
    final_grade: FloatArray
    gap: FloatArray
    working_at: FloatArray
    strand_ability: FloatArray
    world: World
    weights: Weights
    centre: float
    spread: float
    hidden: FloatArray

    def at(self, half_term: int) -> Cohort:
        """The markbook as it stood at the end of `half_term` (1 to 6)."""
        return replace(self.cohort.up_to(half_term), working_at=self.working_at[:, half_term - 1])


def target_from_baseline(score: FloatArray, *, ambition: float = 0.0) -> FloatArray:
    """Target grades from a standardised baseline score: the expected grade, a little raised, rounded, 1 to 9.

    Example:
        >>> target_from_baseline(np.array([-2.0, 0.0, 2.0]))
        array([2., 5., 8.])
    """
    expected = MEAN_GRADE + GRADES_PER_PRIOR * KS2_LOADING * score + TARGET_UPLIFT + ambition
    return np.clip(np.round(expected), GRADE_LOWEST, GRADE_HIGHEST)


def attendance_per_cent(score: FloatArray) -> FloatArray:
    """Attendance from a standardised score: absence is log-normal with a median of 5.8 %, at most 70 %."""
    return np.round(100.0 - np.minimum(np.exp(1.75 - 0.75 * score), 70.0))


def _homework_per_cent(score: FloatArray) -> FloatArray:
    # A logistic curve of slope 1.35 stands for the normal one: median 80 %, a tenth below 45 %.
    return np.round(100.0 / (1.0 + np.exp(-(1.4 + 1.35 * score))))


def _effort_scale(score: FloatArray) -> FloatArray:
    return np.clip(np.round(2.8 + 0.75 * score), EFFORT_LOWEST, EFFORT_HIGHEST)


def _mark_states(
    cohort_attendance: FloatArray,
    assessments: Sequence[Assessment],
    joined: FloatArray,
    rng: np.random.Generator,
    likelier: FloatArray,
    away: MarkState,
) -> StateArray:
    """Who has no mark and why.

    Absence on the day depends on attendance of that half-term, so engagement shows in it, and for some on what they fear of the
    test (`likelier`, in log-odds); their cells show `away`.
    """
    n, m = len(joined), len(assessments)
    half_terms = np.array([a.half_term or 1 for a in assessments], dtype=int)
    absence = np.maximum(100.0 - cohort_attendance[:, half_terms - 1], 1.0)
    absent = rng.random((n, m)) < 1.0 / (1.0 + np.exp(3.1 - 1.1 * np.log(absence / 6.0) - likelier[:, None]))
    state = np.full((n, m), int(MarkState.MARK))
    state[rng.random((n, m)) < 0.02] = MarkState.NOT_RECORDED
    state[rng.random((n, m)) < 0.01] = MarkState.NOT_REQUIRED
    state[absent] = away
    state[half_terms[None, :] < joined[:, None]] = MarkState.NOT_YET_JOINED
    return state.astype(np.int8)


def _per_cent(
    marks: FloatArray,
    assessments: Sequence[Assessment],
    higher: FloatArray,
    level: FloatArray,
    rng: np.random.Generator,
    easier: float,
) -> FloatArray:
    """Per cent earned: tests are pitched at the level of those who sit them, mocks at their tier's anchor; a school's are all
    `easier` by so many points."""
    per_cent = np.empty_like(marks)
    for j, assessment in enumerate(assessments):
        if assessment.kind is AssessmentKind.MOCK:
            middle, slope, anchor = (np.where(higher == 1, MOCK[1][i], MOCK[0][i]) for i in range(3))
            per_cent[:, j] = middle + slope * (marks[:, j] - anchor) + easier
        else:
            difficulty = rng.normal(0.0, 5.0)
            per_cent[:, j] = TEST_MEAN + difficulty + easier + TEST_POINTS_PER_GRADE * (marks[:, j] - level)
    return np.clip(per_cent, 0.0, 100.0)


def simulate(
    world: World,
    *,
    students: int,
    kind: SheetKind,
    assessments: Sequence[Assessment],
    rng: np.random.Generator,
    school: int = 0,
    record_working_at: bool = False,
    without: frozenset[str] = frozenset(),
    joined_by: int = HALF_TERMS - 1,
) -> SyntheticSheet:
    """One sheet: a set (students of like attainment), a mixed class, or a whole year.

    Args:
        without: Names among "ks2", "attendance", "homework" and "effort" that this school does not record.
        joined_by: The last half-term in which a student joins (4 in 100 join late).
        record_working_at: Whether the teacher also enters a working-at grade (see JUDGEMENT_NOISE).
    """
    form, books = weights(world, assessments), world.books
    centre, spread = (rng.normal(0, 0.85), 0.5) if kind == "set" else (rng.normal(0, 0.3), 0.95)
    hidden = rng.standard_normal((students, len(form.ks2)))
    hidden[:, 0] = centre + spread * hidden[:, 0]

    school_effect = rng.normal(0, books.school_sd)
    # Schools of the base world are alike in what follows; a school that differs draws once for each.
    spreads = (books.ambition_sd, books.pitch_sd, books.working_bias)
    ambition, easier, kindness = (rng.normal(0, sd) if sd else 0.0 for sd in spreads)
    ambition += books.ambition
    away = MarkState.NOT_RECORDED if books.blanks and rng.random() < books.blanks else MarkState.ABSENT
    base = MEAN_GRADE + school_effect
    growth = world.drift * np.arange(1, HALF_TERMS + 1)
    baseline = hidden @ form.ks2
    target = target_from_baseline(baseline, ambition=ambition)
    higher = (target + rng.normal(0, 0.5, students) > 4.6).astype(np.float64)
    exam = base + growth[-1] + hidden @ form.exam
    if books.one_target:
        target, higher = np.full(students, np.round(base + GRADES_PER_PRIOR * centre)), np.full(students, np.nan)
    # 0 stands for ungraded; foundation papers award no more than a 5, which none of their candidates' targets passes.
    final = np.clip(np.round(exam), 0.0, np.where((higher == 0) & (target <= 5), 5.0, GRADE_HIGHEST))

    joined = np.where(rng.random(students) < 0.04, rng.integers(2, max(joined_by, 2) + 1, students), 1).astype(
        np.float64
    )
    attendance = attendance_per_cent(hidden @ form.attendance.T)
    not_there = np.arange(1, HALF_TERMS + 1)[None, :] < joined[:, None]
    shortfall = target - TARGET_UPLIFT - ambition - base - hidden @ form.ability[-1]
    state = _mark_states(attendance, assessments, joined, rng, books.absence_tells * shortfall, away)
    level = np.full(students, base + GRADES_PER_PRIOR * centre)
    teaching_set = None
    if kind != "set" and books.papers is not OwnPapers.NOBODY:
        if books.papers is OwnPapers.SET and kind == "year":
            # Sets of about 28 by target, with some who are in another set than theirs.
            order = np.argsort(np.argsort(baseline + rng.normal(0, 0.3, students)))
            group = (order * max(2, round(students / 28)) // students).astype(np.float64)
            teaching_set = group
        else:
            group = higher if books.papers is OwnPapers.TIER else np.zeros(students)
        for each in np.unique(group):
            level[group == each] += GRADES_PER_PRIOR * (hidden[group == each, 0].mean() - centre)
    shift = base + np.array([growth[(a.half_term or 1) - 1] for a in assessments])
    per_cent = _per_cent(hidden @ form.marks.T + shift, assessments, higher, level, rng, easier)
    totals = np.array([a.out_of for a in assessments], dtype=np.float64)
    earned = np.where(state == MarkState.MARK, np.round(per_cent / 100.0 * totals), np.nan)

    scaled = np.clip(np.round(KS2_MEAN + KS2_SD * baseline), KS2_LOWEST, KS2_HIGHEST)
    no_ks2 = (rng.random(students) < np.where(joined > 1, 0.6, 0.05)) | ("ks2" in without) | books.one_target
    judged = np.clip(np.round(base + growth + kindness + hidden @ form.working_at.T), 0, GRADE_HIGHEST)
    working_at = np.where(not_there | (not record_working_at), np.nan, judged)

    def recorded(name: str, values: FloatArray) -> FloatArray:
        return np.where(not_there | (name in without), np.nan, values)

    shown = assessments if books.totals else [replace(assessment, out_of=None) for assessment in assessments]
    cohort = Cohort.build(
        keys=tuple(f"S{i + 1:03d}" for i in range(students)),
        half_term=HALF_TERMS,
        target=target,
        ks2=np.where(no_ks2, np.nan, scaled),
        working_at=working_at[:, -1],
        higher=higher,
        teaching_set=teaching_set,
        attendance=recorded("attendance", attendance),
        homework=recorded("homework", _homework_per_cent(hidden @ form.homework.T)),
        effort=recorded("effort", _effort_scale(hidden @ form.effort.T)),
        assessments=shown,
        earned=earned,
        state=state,
    )
    return SyntheticSheet(
        school=school,
        cohort=cohort,
        final_grade=final,
        gap=target - final,
        working_at=working_at,
        strand_ability=base + growth[None, :, None] + np.einsum("nk,tsk->nts", hidden, form.strands),
        world=world,
        weights=form,
        centre=centre,
        spread=spread,
        hidden=hidden,
    )


def schools(
    world: World, *, students: int, seed: int, sizes: tuple[int, int] | None = None
) -> Iterator[SyntheticSheet]:
    """Sheets of different schools until there are at least `students` students.

    Args:
        world: The world they live in.
        students: The least number of students over all sheets.
        seed: The same seed gives the same students, whatever the machine.
        sizes: Smallest and largest sheet; left out, classes of 15 to 33 (two in three, half of them sets) and years of 60
            to 200.

    Example:
        >>> sheets = list(schools(World(), students=100, seed=1, sizes=(20, 30)))
        >>> all(20 <= sheet.cohort.size <= 30 for sheet in sheets)
        True
    """
    rng = np.random.default_rng([seed, *world.name.encode()])
    made, school = 0, 0
    while made < students:
        kind = SHEET_KINDS[int(rng.integers(3))]
        if world.books.sizes:
            kind = "mixed"
        smallest, largest = sizes or world.books.sizes or ((60, 200) if kind == "year" else (15, 33))
        without = frozenset(
            name
            for name, share in (("ks2", 0.1), ("attendance", 0.03), ("homework", 0.1), ("effort", 0.1))
            if rng.random() < share
        )
        sheet = simulate(
            world,
            students=int(rng.integers(smallest, largest + 1)),
            kind=kind,
            assessments=examinations(rng) if world.books.one_target else usual_assessments(rng),
            rng=rng,
            school=school,
            without=without,
            record_working_at=bool(rng.random() < world.books.working_at) and not world.books.one_target,
        )
        made, school = made + sheet.cohort.size, school + 1
        yield sheet


def sample_class(*, students: int, seed: int, half_term: int, assessments: Sequence[Assessment]) -> Cohort:
    """A believable class for a sample markbook, with the usual gaps: absences, a joiner without KS2, one without marks.

    Args:
        students: 1 to 200.
        seed: The same seed gives the same class.
        half_term: What comes after it is not recorded.
        assessments: The columns of the markbook, with half-terms and totals.

    Returns:
        A cohort whose `assessments` are those given, unchanged. From 10 students on, one joined late without KS2, and
        one has no mark at all.
    """
    kind: SheetKind = "mixed" if students <= 40 else "year"
    sheet = simulate(
        World(),
        students=students,
        kind=kind,
        assessments=assessments,
        rng=np.random.default_rng(seed),
        joined_by=max(2, half_term - 1),
    )
    full = sheet.cohort
    later = np.array([(a.half_term or 1) > half_term for a in assessments])
    state = np.where(later[None, :], int(MarkState.NOT_RECORDED), full.state)
    ks2 = full.ks2.copy()
    keep = np.arange(1, HALF_TERMS + 1) <= half_term
    kept = {name: np.where(keep, getattr(full, name), np.nan) for name in ("attendance", "homework", "effort")}
    engagement: dict[str, Any] = kept
    if students >= 10:
        joiner, markless = students // 3, (2 * students) // 3
        before = np.array([(a.half_term or 1) < min(3, half_term) for a in assessments])
        state[joiner] = np.where(before, int(MarkState.NOT_YET_JOINED), state[joiner])
        ks2[joiner] = np.nan
        for values in engagement.values():
            values[joiner, : min(3, half_term) - 1] = np.nan
        state[markless] = int(MarkState.NOT_RECORDED)
    return Cohort.build(
        keys=full.keys,
        half_term=half_term,
        target=full.target,
        ks2=ks2,
        higher=full.higher,
        assessments=assessments,
        earned=np.where(state == MarkState.MARK, full.earned, np.nan),
        state=state,
        **engagement,
    )
