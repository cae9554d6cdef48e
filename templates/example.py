"""What gathers in a markbook over a year, for an invented class: audit columns, earlier runs, decisions and clinics.

The earlier runs are no inventions: they are what the shipped scorecard says of the class as it stood at those half-terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

import numpy as np

from addin.results.columns import DECISIONS
from model.pathway import NEEDS_OF_A_PATH, pathways
from model.scorecard import bundled, score
from model.strands import needs
from model.students import Cohort
from model.vocabulary import Flag
from templates.content import Clinic, Example, Run, Value
from templates.roster import Student

EARLIER_RUNS: tuple[tuple[int, date], ...] = ((2, date(2025, 12, 12)), (3, date(2026, 2, 6)))
"""Half-term and day of the runs before: the last days of the half-terms."""

CLINICS: tuple[Clinic, ...] = (
    Clinic("Mon lunch", "Monday", "12:40-13:20", "M1", strand="Number", seats=8, staff="T. Example"),
    Clinic("Tue after school", "Tuesday", "15:15-16:00", "M4", strand="Algebra", seats=8, staff="A. Colleague"),
    Clinic("Thu lunch", "Thursday", "12:40-13:20", "M1", strand="Any", seats=6, staff="T. Example"),
)

_SHARES: dict[str, tuple[tuple[str, float], ...]] = {
    "PP": (("Y", 0.4), ("N", 0.6)),
    "SEN": (("K", 0.14), ("E", 0.04), ("N", 0.82)),
    "EAL": (("Y", 0.2), ("N", 0.8)),
    "Sex": (("F", 0.5), ("M", 0.5)),
}
"""What the audit columns say, and of what share of students; near those of schools in England, with more pupil premium."""

_DECIDED: tuple[tuple[str, str], ...] = (
    (DECISIONS[0], "Agreed with form tutor; starts after the break."),
    (DECISIONS[0], "Talked to the student: fractions first."),
    (DECISIONS[2], "Back from illness. Look again in two weeks."),
    (DECISIONS[0], "Invited to Tuesday's clinic."),
    (DECISIONS[1], "Works well in class; the last test was missed for a trip."),
)
"""What the teacher decided about the first five of the last run, in order of priority."""

_OFFERED = 3


def invent_example(roster: Sequence[Student], cohort: Cohort, *, seed: int) -> Example:
    """The example for a class.

    Args:
        roster: n students.
        cohort: Their n records in the same order.
        seed: Any whole number; the same number gives the same example.

    Example:
        >>> from model.training.cohorts import sample_class
        >>> from templates import layout
        >>> from templates.roster import invent_roster
        >>> cohort = sample_class(students=12, seed=5, half_term=4, assessments=layout.assessments())
        >>> made = invent_example(invent_roster(students=12, seed=5), cohort, seed=5)
        >>> len(made.history), [decision for decision, _ in made.decisions].count("Accept")
        (24, 3)
    """
    random = Random(seed)
    audit = {heading: _shared_out(random, shares, len(roster)) for heading, shares in _SHARES.items()}
    runs = [
        _run(roster, cohort.up_to(half_term), half_term, day)
        for half_term, day in EARLIER_RUNS
        if half_term <= cohort.half_term
    ]
    latest = runs[-1] if runs else ()
    place = {run.priority: i for i, run in enumerate(latest) if run.priority is not None}
    decisions: list[tuple[Value, Value]] = [(None, None)] * len(roster)
    for priority, decided in enumerate(_DECIDED, start=1):
        if priority in place:
            decisions[place[priority]] = decided
    offered = [_OFFERED if run.flag == Flag.HIGH.value else 0 for run in latest]
    attended = [random.randint(1, times) if times else 0 for times in offered]
    return Example(
        columns={
            **audit,
            "Clinics offered": tuple(float(times) or None for times in offered),
            "Clinics attended": tuple(
                float(came) if times else None for came, times in zip(attended, offered, strict=True)
            ),
        },
        decisions=tuple(decisions),
        history=tuple(row for run in runs for row in run),
        clinics=CLINICS,
    )


def _shared_out(random: Random, shares: tuple[tuple[str, float], ...], students: int) -> tuple[Value, ...]:
    """Each word for its share of the students, dealt out at random; the last word takes what is left."""
    dealt: list[Value] = [word for word, share in shares[:-1] for _ in range(round(share * students))]
    dealt = (dealt + [shares[-1][0]] * students)[:students]
    random.shuffle(dealt)
    return tuple(dealt)


def _run(roster: Sequence[Student], cohort: Cohort, half_term: int, day: date) -> tuple[Run, ...]:
    # The shipped scorecard and no other: a build may not depend on what a school has taught its own copy.
    scores = score(cohort, card=bundled())
    placed = scores.standing
    weak = needs(cohort, placed.marks, parts=placed.parts, most=NEEDS_OF_A_PATH)
    paths = pathways(cohort, placed.marks, weak, parts=placed.parts)
    return tuple(
        Run(
            day=day,
            student_id=student.student_id,
            name=f"{student.forename} {student.surname}",
            risk=None if np.isnan(risk) else round(float(risk), 4),
            flag=flag.value,
            priority=int(priority) or None,
            half_term=half_term,
            working_on=None if np.isnan(risk) or not path else path[0].topic,
        )
        for student, risk, flag, priority, path in zip(
            roster, scores.risk.tolist(), scores.flags, scores.priority.tolist(), paths, strict=True
        )
    )
